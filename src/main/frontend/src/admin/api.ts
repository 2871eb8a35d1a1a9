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

/** What `admin-stats` carries: sums over the nodes that are up. */
export interface AdminStats {
  readonly at: string;
  readonly streams: number;
  readonly behind: number;
  readonly lag: number;
  readonly eventsPerSecond: number;
  readonly failed: number;
  readonly nodes: number;
}

export type AuditEntry = Schemas['AuditEntry'];

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

/** Newest first. */
export function auditList(action: string) {
  return listOf<AuditEntry>(adminKeys.audit, 'admin/audit', { action, limit: 50 });
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

export function closeStream(id: string): Promise<unknown> {
  return api.delete(`admin/streams/${encodeURIComponent(id)}`);
}

export function getCluster(signal: AbortSignal): Promise<Cluster> {
  return api.get('admin/cluster', { signal });
}

export function sendNotification(order: NotificationOrder, idempotencyKey: string): Promise<Mailing> {
  return api.post('admin/notifications', order, { idempotencyKey });
}
