import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { listOf } from './api';

/** A keyset-paginated list as the pages show it. */
export interface Pages<T> {
  readonly items: readonly T[];
  /** Nothing was fetched yet. */
  readonly loading: boolean;
  /** What was fetched before stays. */
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** An item that moved between two pages while they were fetched is shown once, where it was seen first. */
export function usePages<T>(list: ReturnType<typeof listOf<T>>, idOf: (item: T) => string, enabled = true): Pages<T> {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, isLoading, error, refetch } = useInfiniteQuery({
    ...list,
    enabled,
  });
  const items = useMemo(
    () => [...new Map((data?.pages ?? []).flatMap((page) => page.items).map((item) => [idOf(item), item])).values()],
    [data, idOf],
  );
  return {
    items,
    loading: isLoading,
    error,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    retry: () => void refetch(),
  };
}
