import { createFleetClient, Problem } from '@fleetman/client';
import type { Account, Page } from '@fleetman/client';
import { infiniteQueryOptions, MutationCache, QueryClient } from '@tanstack/react-query';

/** The application's root, whatever the context path; read before the first navigation. */
export const baseUrl = new URL('.', document.baseURI);

/** For the router: the root's path without the slash at its end. */
export const basename = baseUrl.pathname.replace(/\/$/, '');

export const client = createFleetClient({ baseUrl });

/** `api.get<Page<Machine>>('machines')`: paths are relative to `api/v1/`, answers are the `data`. */
export const api = client.api;

/** What is wrong with the request stays wrong; everything else is tried again a few times. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (error instanceof Problem && error.status < 500 && error.status !== 429) {
    return false;
  }
  return failures < 3;
}

/** How long after a change of the user's own what is fetched counts as its outcome, ms. */
const OUTCOME_MS = 3_000;
let changedAt = -Infinity;

/** Whether what was fetched then shows what the user has just changed, rather than what happened elsewhere. */
export function isOwn(fetchedAt: number): boolean {
  return fetchedAt >= changedAt && fetchedAt <= changedAt + OUTCOME_MS;
}

export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onSuccess: () => {
      changedAt = Date.now();
    },
  }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});

export const ME = ['me'] as const;

/** The own account, or null where nobody is signed in. */
export async function whoAmI(): Promise<Account | null> {
  try {
    return await api.get<Account>('users/me');
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      return null;
    }
    throw error;
  }
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A keyset-paginated list for `useInfiniteQuery`; its items are `data.pages.flatMap((page) => page.items)`. */
export function listOf<T>(key: readonly unknown[], path: string, query: Query = {}) {
  return infiniteQueryOptions({
    queryKey: [...key, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });
}
