import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How far from the end still counts as being there, in CSS pixels. */
const NEAR = 48;

/** What is in the box, as far as its scrolling goes. */
export interface LogContent {
  /** Of the oldest entry, null while there is none. */
  readonly firstId: string | null;
  /** Changes with whatever stands at the end. */
  readonly endKey: string;
  /** Own entries at the end: a new one is always scrolled to. */
  readonly ownCount: number;
}

/**
 * Keeps a box of messages where the reader has it: older entries above move nothing, newer ones are followed at the end
 * only, and an own one always.
 */
export function useLogScroll(box: RefObject<HTMLElement | null>, content: LogContent) {
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const before = useRef<LogContent & { height: number }>({ firstId: null, endKey: '', ownCount: 0, height: 0 });
  const { firstId, endKey, ownCount } = content;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const known = before.current;
    const prepended = known.firstId !== null && firstId !== known.firstId && endKey === known.endKey;
    if (prepended && !following.current) {
      element.scrollTop += element.scrollHeight - known.height;
    } else if (following.current || ownCount > known.ownCount) {
      element.scrollTop = element.scrollHeight;
      following.current = true;
    }
    before.current = { firstId, endKey, ownCount, height: element.scrollHeight };
  }, [box, firstId, endKey, ownCount]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      setAtEnd(following.current);
    };
    element.addEventListener('scroll', look, { passive: true });
    // The keyboard of a telephone, or a line more in the composer, makes the box smaller.
    const resized =
      typeof ResizeObserver === 'undefined'
        ? null
        : new ResizeObserver(() => {
            if (following.current) element.scrollTop = element.scrollHeight;
          });
    resized?.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized?.disconnect();
    };
  }, [box]);

  return {
    atEnd,
    toEnd: () => {
      const element = box.current;
      if (!element) return;
      following.current = true;
      element.scrollTop = element.scrollHeight;
    },
  };
}
