import type { Message } from '@fleetman/client';
import { useEffect, useRef } from 'react';
import { usePageVisible } from '../steady/useSteady';

/** Reads the conversation up to its newest message once that is in front of the reader's eyes. */
export function useReadWhenSeen(
  peerId: string,
  messages: readonly Message[],
  atEnd: boolean,
  markRead: (messageId?: string) => Promise<void>,
) {
  const visible = usePageVisible();
  const told = useRef<string | null>(null);
  const newest = messages.findLast((message) => message.senderId === peerId);
  const unread = newest !== undefined && newest.readAt === null ? newest.id : null;

  useEffect(() => {
    if (!visible || !atEnd || unread === null || told.current === unread) return;
    told.current = unread;
    markRead(unread).catch(() => {
      // The next message, or coming back to the page, tries again.
      told.current = null;
    });
  }, [visible, atEnd, unread, markRead]);
}
