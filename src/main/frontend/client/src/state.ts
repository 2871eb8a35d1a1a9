import type { Contact, ConversationSummary, Counts, FleetEvent, FleetNotification, Message } from './wire.js';

/**
 * - `connecting`: a request is under way
 * - `open`: events arrive
 * - `waiting`: it broke, the next attempt is at `retryAt`
 * - `offline`: the browser has no network
 * - `signed-out`: the session is over, see `reason`; sign in again
 * - `superseded`: the user has too many streams; only `reconnect()` brings it back
 * - `closed`: not started, or stopped
 */
export type ConnectionPhase = 'connecting' | 'open' | 'waiting' | 'offline' | 'signed-out' | 'superseded' | 'closed';

export interface ConnectionState {
  readonly phase: ConnectionPhase;
  /** Attempts since it was last open. */
  readonly attempt: number;
  /** When the next attempt is made (ms since the epoch), while `waiting`. */
  readonly retryAt: number | null;
  /** A code of the server, or `other_user`, `network`, `silent`, `http_503`, ...; null while all is well. */
  readonly reason: string | null;
}

/** A list that is fetched over REST and kept up by events. */
export interface Loadable {
  /** Whether a first page was ever fetched. */
  readonly loaded: boolean;
  /** Something happened that only REST can tell: fetch the first page again. */
  readonly stale: boolean;
  readonly nextCursor: string | null;
}

/** A message that is on its way; `key` is its Idempotency-Key. */
export interface PendingMessage {
  readonly key: string;
  readonly content: string;
  readonly createdAt: string;
  readonly status: 'sending' | 'failed';
  /** Code of the problem, once `failed`. */
  readonly code: string | null;
}

export interface NotificationList extends Loadable {
  /** The inbox (not archived), last told first. */
  readonly items: readonly FleetNotification[];
}

export interface ConversationList extends Loadable {
  /** Last activity first. */
  readonly items: readonly ConversationSummary[];
}

export interface ContactList extends Loadable {
  readonly items: readonly Contact[];
}

export interface MessageList extends Loadable {
  /** Oldest first. */
  readonly items: readonly Message[];
  readonly pending: readonly PendingMessage[];
  /** Unread messages of this conversation as the server said last, null before. */
  readonly unreadCount: number | null;
}

/** Everything that a user's devices know, as one immutable value. */
export interface FleetState {
  readonly userId: string | null;
  /** Whether this tab takes part in the log, from `seq` on. */
  readonly attached: boolean;
  /** Position of the last event that was applied. */
  readonly seq: number;
  readonly connection: ConnectionState;
  /** Null until the server has told them. */
  readonly counts: Counts | null;
  readonly notifications: NotificationList;
  readonly conversations: ConversationList;
  readonly contacts: ContactList;
  readonly blocked: ContactList;
  /** By the other user's id; only conversations that were opened. */
  readonly messages: Readonly<Record<string, MessageList>>;
  /** Who is typing, and until when that holds (ms since the epoch). */
  readonly typing: Readonly<Record<string, number>>;
  /** Grows with every `reset`: what was fetched under another number must be fetched again. */
  readonly epoch: number;
  /** The latest events, to be applied to answers that were asked for before them. */
  readonly recent: readonly FleetEvent[];
}
