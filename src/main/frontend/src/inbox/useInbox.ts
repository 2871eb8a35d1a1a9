import { useFleetEvents, useNotifications } from '@fleetman/client';
import type { FleetNotification } from '@fleetman/client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isOwn, listOf } from '../api';
import { useSteady } from '../steady/useSteady';
import type { Pages } from '../usePages';
import { changed, isPlain, isShown, staysIn } from './filter';
import type { Change, InboxFilter } from './filter';

const KEY = ['inbox'] as const;
const PAGE = 30;
const EVENTS = new Set(['notification', 'notification-updated', 'notification-state', 'reset']);
/** What happens within this time is fetched once, ms. */
const TOGETHER_MS = 250;

export interface Inbox extends Pages<FleetNotification> {
  /** Shown at once, and taken back if the server does not make it: then this rejects. */
  readonly change: (id: string, change: Change) => Promise<void>;
  readonly readAll: () => Promise<void>;
}

/**
 * The plain inbox is the client library's, kept up by its reducer. What is filtered is the server's answer, asked for
 * again when an event has changed something. Either stays where it is while it is looked at.
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

  const fetched = query.data;
  const filtered = useMemo(() => fetched?.pages.flatMap((page) => page.items) ?? [], [fetched]);
  const items = plain ? live.items : filtered;
  const hasMore = plain ? live.hasMore : query.hasNextPage;
  const [returned, setReturned] = useState<ReadonlySet<string>>(new Set());
  const { rows: steady, waiting, show, drop } = useSteady(items, {
    of: JSON.stringify(filter),
    idOf: (item) => item.id,
    hasMore,
    expected: returned,
    own: !plain && isOwn(query.dataUpdatedAt),
  });

  const [changes, setChanges] = useState<Readonly<Record<string, Change>>>({});
  const forget = useCallback(
    (id: string, change: Change) =>
      setChanges(({ [id]: known, ...others }) => (known === undefined || known === change ? others : { ...others, [id]: known })),
    [],
  );
  const { markRead, markUnread, archive, remove } = live;
  const { state } = filter;
  const change = useCallback(
    async (id: string, wanted: Change) => {
      setChanges((known) => ({ ...known, [id]: wanted }));
      if (wanted === 'unread') {
        setReturned((known) => new Set(known).add(id));
      }
      try {
        await { read: markRead, unread: markUnread, archived: archive, deleted: remove }[wanted](id);
        await refresh();
      } catch (error) {
        forget(id, wanted);
        throw error;
      }
      // What is deleted stays away, also until the event of it has come.
      if (wanted !== 'deleted') {
        if (!staysIn(state, wanted)) {
          drop(id);
        }
        forget(id, wanted);
      }
    },
    [markRead, markUnread, archive, remove, refresh, forget, drop, state],
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

  const rows = useMemo(
    () =>
      steady.flatMap(({ item, gone }) => {
        const now = changed(item, changes[item.id]);
        return now !== null && isShown(now, state) ? [{ item: now, gone }] : [];
      }),
    [steady, changes, state],
  );
  return {
    items,
    rows,
    waiting: waiting.filter((id) => changes[id] === undefined).length,
    show,
    loading: plain ? live.isLoading : query.isPending,
    error: plain ? live.error : query.error,
    retry: plain ? undefined : () => void query.refetch(),
    hasMore,
    loadingMore: plain ? isLoadingMore : query.isFetchingNextPage,
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
