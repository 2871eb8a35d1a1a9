import { api, listOf } from '../api';
import { type Refined, type Schemas, valuesOf } from '../schemas';

export type Role = Schemas['AccountState']['type'];
export const ROLES = valuesOf<Role>()(['CLIENT', 'PROVIDER', 'ADMIN']);

export type AdminAccount = Schemas['AccountState'];

export type OpenStream = Schemas['StreamView'];

export type NodeState = Refined<
  Schemas['NodeView'],
  { readonly state: 'up' | 'gone'; readonly bus: 'up' | 'down' }
>;

export type Cluster = Refined<Schemas['ClusterAdminCluster'], { readonly nodes: readonly NodeState[] }>;

export type AuditEntry = Schemas['AuditEntry'];
export type Announcement = Schemas['AnnouncementView'];
export type AnnouncementOrder = Partial<Schemas['AnnouncementAnnounceRequest']>;

/** Exactly one of the fields that are described. */
export type Recipients =
  | { readonly all: true }
  | { readonly role: Role }
  | { readonly emails: readonly string[] };

export type NotificationOrder = Refined<Schemas['NotificationAdminSendRequest'], { readonly recipients: Recipients }>;

export type Mailing = Schemas['MailingView'];

export const adminKeys = {
  users: ['admin', 'users'] as const,
  streams: ['admin', 'streams'] as const,
  cluster: ['admin', 'cluster'] as const,
  announcements: ['admin', 'announcements'] as const,
  audit: ['admin', 'audit'] as const,
};

/** By company name. */
export function userList(search: string, type: Role | '', active: '' | 'true' | 'false') {
  return listOf<AdminAccount>(adminKeys.users, 'admin/users', { search, type, active, limit: 50 });
}

/** Newest first. */
export function streamList() {
  return listOf<OpenStream>(adminKeys.streams, 'admin/streams', { limit: 50 });
}

/** Something that was done, a call that only read, or one that was refused. */
export type AuditKind = 'DONE' | 'READ' | 'REJECTED';

/** Newest first. */
export function auditList(action: string, kind: AuditKind | '') {
  return listOf<AuditEntry>(adminKeys.audit, 'admin/audit', { action, kind, limit: 50 });
}

function user(id: string, rest: string): string {
  return `admin/users/${encodeURIComponent(id)}/${rest}`;
}

function changeRole(id: string, role: Role): Promise<unknown> {
  const change: Schemas['UserAdminChangeRoleRequest'] = { role };
  return api.put(user(id, 'role'), change);
}

export const administer = {
  deactivate: (id: string): Promise<unknown> => api.post(user(id, 'deactivate')),
  reactivate: (id: string): Promise<unknown> => api.post(user(id, 'reactivate')),
  endSessions: (id: string): Promise<unknown> => api.delete(user(id, 'sessions')),
  makeAdmin: (id: string): Promise<unknown> => changeRole(id, 'ADMIN'),
  takeAdmin: (id: string, type: Role): Promise<unknown> => changeRole(id, type),
  resetPassword: (id: string): Promise<Schemas['UserAdminIssued']> => api.post(user(id, 'password')),
};

/** Newest first. */
export function announcementList() {
  return listOf<Announcement>(adminKeys.announcements, 'admin/announcements', { limit: 50 });
}

/** One row for everybody, however many they are. */
export function announce(order: AnnouncementOrder, idempotencyKey: string): Promise<Announcement> {
  return api.post('admin/announcements', order, { idempotencyKey });
}

export function closeStream(id: string): Promise<unknown> {
  return api.delete(`admin/streams/${encodeURIComponent(id)}`);
}

export function getCluster(signal: AbortSignal): Promise<Cluster> {
  return api.get('admin/cluster', { signal });
}

export function sendNotification(order: NotificationOrder, idempotencyKey: string): Promise<Mailing> {
  return api.post('admin/notifications', order, { idempotencyKey });
}
