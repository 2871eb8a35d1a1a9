import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isOwn, type listOf } from './api';
import type { Row } from './steady/steady';
import { useSteady } from './steady/useSteady';

/** A keyset-paginated list as the pages show it. */
export interface Pages<T> {
  /** What is there by now, in its order. */
  readonly items: readonly T[];
  /** What is to be shown: it stays where it is while it is looked at. */
  readonly rows: readonly Row<T>[];
  /** How many have come or moved up, and wait for `show`. */
  readonly waiting: number;
  readonly show: () => void;
  /** Nothing was fetched yet. */
  readonly loading: boolean;
  /** What was fetched before stays. */
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  /** Fetches all of it again, and shows it. Absent where it is tried again by itself. */
  readonly retry: (() => void) | undefined;
}

/** An item that moved between two pages while they were fetched is shown once, where it was seen first. */
export function usePages<T>(list: ReturnType<typeof listOf<T>>, idOf: (item: T) => string, enabled = true): Pages<T> {
  const { data, dataUpdatedAt, fetchNextPage, hasNextPage, isFetchingNextPage, isLoading, error, refetch } = useInfiniteQuery({
    ...list,
    enabled,
  });
  const items = useMemo(
    () => [...new Map((data?.pages ?? []).flatMap((page) => page.items).map((item) => [idOf(item), item])).values()],
    // What an item is called never changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [data],
  );
  const { rows, waiting, show } = useSteady(items, {
    of: JSON.stringify(list.queryKey),
    idOf,
    hasMore: hasNextPage,
    own: isOwn(dataUpdatedAt),
  });
  return {
    items,
    rows,
    waiting: waiting.length,
    show,
    loading: isLoading,
    error,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void refetch().then(show),
  };
}
