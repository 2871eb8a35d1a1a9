import type { Contact, PublicProfile, UserType } from '@fleetman/client';
import { api, listOf } from '../api';
import type { Refined, Schemas } from '../schemas';

/** Somebody, contact or not, and how we stand to them. */
export type Peer = Refined<Schemas['ContactView'], { readonly user: PublicProfile }>;

/** What follows from a decision about somebody. */
export type Decided = Schemas['Decided'];

export type Decision = 'add' | 'remove' | 'block' | 'unblock' | 'accept';

export interface DiscoverFilter {
  readonly searchTerm: string;
  readonly type: UserType | '';
}

export const contactKeys = {
  all: ['contacts'] as const,
  list: ['contacts', 'list'] as const,
  blocked: ['contacts', 'blocked'] as const,
  peer: (userId: string) => ['contacts', 'peer', userId] as const,
};

/** In the order in which they were added. */
export function contactList() {
  return listOf<Contact>(contactKeys.list, 'users/me/contacts', { limit: 100 });
}

export function blockedList() {
  return listOf<Contact>(contactKeys.blocked, 'users/me/blocked', { limit: 50 });
}

/** Other companies by name. */
export function discoverList(filter: DiscoverFilter) {
  return listOf<PublicProfile>(['discover'], 'users/discover', {
    searchTerm: filter.searchTerm || undefined,
    type: filter.type || undefined,
  });
}

export function peerQuery(userId: string) {
  return {
    queryKey: contactKeys.peer(userId),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<Peer>(`users/me/contacts/${encodeURIComponent(userId)}`, { signal }),
  };
}

/** All five are idempotent. */
export function decide(userId: string, decision: Decision): Promise<Decided> {
  const id = encodeURIComponent(userId);
  switch (decision) {
    case 'add':
      return api.post(`users/me/contacts/${id}`);
    case 'remove':
      return api.delete(`users/me/contacts/${id}`);
    case 'block':
      return api.put(`users/me/blocked/${id}`);
    case 'unblock':
      return api.delete(`users/me/blocked/${id}`);
    case 'accept':
      return api.post(`messages/conversations/${id}/accept`);
  }
}
