import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Settling, type Steady, settle, shownAnew } from './steady';

function subscribe(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** Whether the page is to be seen: not in a tab behind another one, not minimised. */
export function usePageVisible(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
}

export interface SteadyOptions<T> extends Settling<T> {
  /** What is shown: with another one, the list is a new one. */
  readonly of: string;
  /** The items are what they are because of what the user has just done, so they are shown at once. */
  readonly own?: boolean;
}

export interface Shown<T> extends Steady<T> {
  /** Shows everything where it belongs. */
  readonly show: () => void;
  /** The user has taken this one away. */
  readonly drop: (id: string) => void;
}

interface Memory<T> extends Steady<T> {
  readonly items: readonly T[];
  readonly of: string;
  readonly hasMore: boolean;
}

/** A list that does not move while it is looked at. Its items and their order come from elsewhere and stay as they are. */
export function useSteady<T>(items: readonly T[], options: SteadyOptions<T>): Shown<T> {
  const { of, own = false, hasMore, idOf } = options;
  const visible = usePageVisible();
  const [memory, setMemory] = useState<Memory<T>>(() => ({ ...shownAnew(items), items, of, hasMore }));
  const changed = memory.items !== items || memory.hasMore !== hasMore;
  const moved = memory.waiting.length > 0 || memory.rows.some((row) => row.gone);
  const anew = memory.of !== of || (changed && own) || (!visible && (changed || moved));
  let now = memory;
  if (anew || changed) {
    now = { ...(anew ? shownAnew(items) : settle(memory, items, options)), items, of, hasMore };
    setMemory(now);
  }
  const show = useCallback(() => setMemory((before) => ({ ...before, ...shownAnew(before.items) })), []);
  const latest = useRef(idOf);
  useEffect(() => {
    latest.current = idOf;
  });
  const drop = useCallback(
    (id: string) => setMemory((before) => ({ ...before, rows: before.rows.filter((row) => latest.current(row.item) !== id) })),
    [],
  );
  return { rows: now.rows, waiting: now.waiting, show, drop };
}
