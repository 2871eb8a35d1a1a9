import type { Mute } from '@fleetman/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api';

export const MUTES = ['mutes'] as const;

/** The types of notifications that the product makes, and people may mute. */
export const TYPES = [
  'NEW_MESSAGE',
  'MAINTENANCE_ALERT',
  'QUICKCHECK_APPROVED',
  'QUICKCHECK_DISAPPROVED',
  'QUICKCHECK_NOT_INITIATED',
  'MACHINE_EVENT',
  'MACHINE_ASSIGNED',
  'MACHINE_UNASSIGNED',
  'ANNOUNCEMENT',
] as const;

/** The types that the user has muted; none until that is known. Events keep it up to date. */
export function useMutedTypes(): readonly string[] {
  const { data } = useQuery({
    queryKey: MUTES,
    queryFn: ({ signal }) => api.get<readonly Mute[]>('notifications/mutes', { signal }),
    staleTime: Infinity,
  });
  return data?.map((mute) => mute.type) ?? [];
}

/** @param onError told why it could not be done */
export function useMuting(onError: (error: Error) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ type, muted }: { readonly type: string; readonly muted: boolean }) => {
      const path = `notifications/mutes/${encodeURIComponent(type)}`;
      return muted ? api.put<readonly Mute[]>(path) : api.delete<readonly Mute[]>(path);
    },
    onSuccess: (mutes) => queries.setQueryData(MUTES, mutes),
    onError,
  });
}
