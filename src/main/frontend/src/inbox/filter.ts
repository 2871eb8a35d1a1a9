import type { FleetNotification } from '@fleetman/client';

export const STATES = ['inbox', 'unread', 'read', 'archived', 'all'] as const;
export type InboxState = (typeof STATES)[number];

export const TYPES = [
  'NEW_MESSAGE',
  'MAINTENANCE_ALERT',
  'QUICKCHECK_APPROVED',
  'QUICKCHECK_DISAPPROVED',
  'QUICKCHECK_NOT_INITIATED',
  'MACHINE_ASSIGNED',
  'MACHINE_UNASSIGNED',
  'MACHINE_EVENT',
] as const;
export const SOURCES = ['MESSAGING', 'MAINTENANCE', 'QUICKCHECK', 'FLEET', 'SYSTEM'] as const;
export const PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;

/** What is shown; it stands in the address, so that it can be reloaded and sent to others. */
export interface InboxFilter {
  readonly state: InboxState;
  readonly type: string | null;
  readonly source: string | null;
  readonly priority: string | null;
}

export function filterIn(search: URLSearchParams): InboxFilter {
  return {
    state: STATES.find((state) => state === search.get('state')) ?? 'inbox',
    type: TYPES.find((type) => type === search.get('type')) ?? null,
    source: SOURCES.find((source) => source === search.get('source')) ?? null,
    priority: PRIORITIES.find((priority) => priority === search.get('priority')) ?? null,
  };
}

/** How many of the three selections are made. */
export function selections({ type, source, priority }: InboxFilter): number {
  return [type, source, priority].filter((value) => value !== null).length;
}

/** Everything that is not archived: what the client library keeps up by itself. */
export function isPlain(filter: InboxFilter): boolean {
  return filter.state === 'inbox' && selections(filter) === 0;
}

export type Change = 'read' | 'unread' | 'archived' | 'deleted';

/** What a notification will be once the server has made the change; null for gone. */
export function changed(item: FleetNotification, change: Change | undefined): FleetNotification | null {
  const now = new Date().toISOString();
  switch (change) {
    case undefined:
      return item;
    case 'read':
      return { ...item, seenAt: item.seenAt ?? now, readAt: item.readAt ?? now };
    case 'unread':
      return { ...item, readAt: null, archivedAt: null };
    case 'archived':
      return { ...item, archivedAt: now };
    case 'deleted':
      return null;
  }
}

export function isShown(item: FleetNotification, state: InboxState): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'archived':
      return item.archivedAt !== null;
    case 'inbox':
      return item.archivedAt === null;
    case 'read':
      return item.archivedAt === null && item.readAt !== null;
    case 'unread':
      return item.archivedAt === null && item.readAt === null;
  }
}

/** Whether a notification of this list is in it still after the change. */
export function staysIn(state: InboxState, change: Change): boolean {
  switch (change) {
    case 'read':
      return state !== 'unread';
    case 'unread':
      return state !== 'read' && state !== 'archived';
    case 'archived':
      return state === 'archived' || state === 'all';
    case 'deleted':
      return false;
  }
}
