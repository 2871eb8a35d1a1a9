import { useFleetEvents, useNotifications } from '@fleetman/client';
import type { FleetNotification } from '@fleetman/client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { listOf } from '../api';
import { changed, isPlain, isShown } from './filter';
import type { Change, InboxFilter } from './filter';

const KEY = ['inbox'] as const;
const PAGE = 30;
const EVENTS = new Set(['notification', 'notification-updated', 'notification-state', 'reset']);
/** What happens within this time is fetched once, ms. */
const TOGETHER_MS = 250;

export interface Inbox {
  readonly items: readonly FleetNotification[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: (() => void) | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  /** Shown at once, and taken back if the server does not make it: then this rejects. */
  readonly change: (id: string, change: Change) => Promise<void>;
  readonly readAll: () => Promise<void>;
}

/**
 * The plain inbox is the client library's, kept up by its reducer. What is filtered is the server's answer, asked for
 * again when an event has changed something.
 */
export function useInbox(filter: InboxFilter): Inbox {
  const plain = isPlain(filter);
  const live = useNotifications();
  const { limit, ...selected } = { ...filter, limit: PAGE };
  const query = useInfiniteQuery({ ...listOf<FleetNotification>(KEY, 'notifications', { ...selected, limit }), enabled: !plain });
  const { refresh, soon } = useRefresh();
  useFleetEvents((event) => {
    if (EVENTS.has(event.name)) {
      soon();
    }
  });

  const [changes, setChanges] = useState<Readonly<Record<string, Change>>>({});
  const forget = useCallback(
    (id: string, change: Change) =>
      setChanges(({ [id]: known, ...others }) => (known === undefined || known === change ? others : { ...others, [id]: known })),
    [],
  );
  const { markRead, markUnread, archive, remove } = live;
  const change = useCallback(
    async (id: string, wanted: Change) => {
      setChanges((known) => ({ ...known, [id]: wanted }));
      try {
        await { read: markRead, unread: markUnread, archived: archive, deleted: remove }[wanted](id);
        await refresh();
      } catch (error) {
        forget(id, wanted);
        throw error;
      }
      // What is deleted stays away, also until the event of it has come.
      if (wanted !== 'deleted') {
        forget(id, wanted);
      }
    },
    [markRead, markUnread, archive, remove, refresh, forget],
  );

  const [isLoadingMore, setLoadingMore] = useState(false);
  const { loadMore: more } = live;
  const loadMoreLive = useCallback(() => {
    setLoadingMore(true);
    // What fails is asked for again by the button.
    more()
      .catch(() => undefined)
      .finally(() => setLoadingMore(false));
  }, [more]);

  const fetched = query.data;
  const known = plain ? live.items : fetched?.pages.flatMap((page) => page.items);
  const items = useMemo(
    () =>
      (known ?? [])
        .map((item) => changed(item, changes[item.id]))
        .filter((item): item is FleetNotification => item !== null && isShown(item, filter.state)),
    [known, changes, filter.state],
  );
  return {
    items,
    isLoading: plain ? live.isLoading : query.isPending,
    error: plain ? live.error : query.error,
    retry: plain ? undefined : () => void query.refetch(),
    hasMore: plain ? live.hasMore : query.hasNextPage,
    isLoadingMore: plain ? isLoadingMore : query.isFetchingNextPage,
    loadMore: plain ? loadMoreLive : () => void query.fetchNextPage(),
    change,
    readAll: live.readAll,
  };
}

function useRefresh() {
  const queries = useQueryClient();
  const timer = useRef<number>(undefined);
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: KEY }), [queries]);
  const soon = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void refresh(), TOGETHER_MS);
  }, [refresh]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { refresh, soon };
}
