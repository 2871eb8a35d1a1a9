/** What the server sends: `docs/events.md` and `docs/api.md`. Times are ISO 8601 in UTC with milliseconds. */

/** Unread notifications and messages, absolute. Only ever taken from the server. */
export interface Counts {
  readonly notifications: number;
  readonly messages: number;
}

/** Only the first two can register themselves. */
export type UserType = 'CLIENT' | 'PROVIDER' | 'ADMIN';
export type Locale = 'es' | 'en';
export type Priority = 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';

export interface PublicProfile {
  readonly id: string;
  readonly companyName: string;
  readonly type: UserType;
  readonly locale: Locale;
}

/** The own account. */
export interface Account extends PublicProfile {
  readonly email: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
}

/** `title` and `message` may be i18n keys, to be translated with `metadata`. */
export interface FleetNotification {
  readonly id: string;
  readonly userId: string;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** A path within the application that starts with `/`, without the context path. */
  readonly actionUrl: string | null;
  readonly priority: Priority;
  readonly source: string;
  readonly createdAt: string;
  readonly seenAt: string | null;
  readonly readAt: string | null;
  readonly archivedAt: string | null;
}

export interface Message {
  readonly id: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly content: string;
  readonly sentAt: string;
  readonly readAt: string | null;
  /** The other one of the two. */
  readonly conversationWith: string;
}

export interface Relation {
  readonly isContact: boolean;
  readonly isBlocked: boolean;
  readonly isAccepted: boolean;
}

export interface ConversationSummary extends Relation {
  readonly conversationWith: string;
  readonly user: PublicProfile;
  readonly lastMessage: Message;
  readonly lastActivityAt: string;
  readonly unreadCount: number;
}

/** A contact or a blocked user, in a list of them. */
export interface Contact extends Relation {
  readonly userId: string;
  readonly user: PublicProfile;
  readonly since: string;
}

/** A page of a keyset-paginated list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** `POST auth/login`, `auth/register`, `auth/refresh`. In a browser the cookies are enough. */
export interface SignedIn {
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
  readonly user: Account;
}

export interface ConnectedData {
  readonly type: 'connected';
  readonly message: string;
  readonly streamId: string;
  readonly userId: string;
  /** Where the connection starts in the user's log. */
  readonly seq: number;
  readonly counts: Counts;
  readonly serverTime: string;
  readonly heartbeatMs: number;
}

/** The default event, and `notification-updated`. */
export interface NotificationData extends FleetNotification {
  /** Unread notifications. */
  readonly count: number;
  readonly counts: Counts;
}

export interface NotificationStateData {
  readonly change: 'seen' | 'read' | 'unread' | 'archived' | 'deleted';
  readonly ids: readonly string[];
  /** Everything that was unread before; `ids` is empty. */
  readonly all: boolean;
  readonly seenAt: string | null;
  readonly readAt: string | null;
  readonly archivedAt: string | null;
  readonly counts: Counts;
}

export interface ChatMessageData {
  readonly message: Message;
  readonly conversationWith: string;
  readonly unreadCount: number;
  readonly counts: Counts;
}

export interface ChatReadData {
  readonly conversationWith: string;
  readonly readerId: string;
  readonly upToMessageId: string;
  readonly readAt: string;
  readonly unreadCount: number;
  readonly counts: Counts;
}

export interface ContactData extends Relation {
  readonly change: 'added' | 'removed' | 'blocked' | 'unblocked' | 'accepted';
  readonly userId: string;
  readonly user: PublicProfile;
  readonly counts: Counts;
}

/** A type of notification that shall not draw attention, and from when on. */
export interface Mute {
  readonly type: string;
  readonly since: string;
}

export interface MutesData {
  /** All that are muted now. */
  readonly mutes: readonly Mute[];
}

export interface TypingData {
  readonly conversationWith: string;
}

export interface ResetData {
  readonly reason: string;
  readonly seq: number;
  readonly counts: Counts;
}

export interface ByeData {
  readonly reason?: string;
  readonly retryMs?: number;
}

/** For administrators whose connection has the topic `admin`: sums over the nodes that are up. */
export interface AdminStatsData {
  readonly at: string;
  readonly streams: number;
  readonly behind: number;
  /** Events that the stream that is furthest behind lacks. */
  readonly lag: number;
  readonly eventsPerSecond: number;
  /** Since the nodes' start, by a mistake of the server. */
  readonly failed: number;
  /** Streams and requests that the server failed to serve, in the last minute. */
  readonly errors: number;
  /** Median and 99th percentile of the milliseconds from the commit to the stream, in the last minute. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly nodes: readonly { readonly id: string }[];
}

/** Names of events and what they carry; `notification` is the wire's default event. */
export interface EventData {
  readonly connected: ConnectedData;
  readonly notification: NotificationData;
  readonly 'notification-updated': NotificationData;
  readonly 'notification-state': NotificationStateData;
  readonly 'chat-message': ChatMessageData;
  readonly 'chat-read': ChatReadData;
  readonly contact: ContactData;
  readonly mutes: MutesData;
  readonly typing: TypingData;
  readonly reset: ResetData;
  readonly expired: ByeData;
  readonly superseded: ByeData;
  readonly reconnect: ByeData;
  readonly 'admin-stats': AdminStatsData;
}

export type EventName = keyof EventData;

interface Envelope<N extends string, D> {
  readonly name: N;
  /** Position in the user's log; null for what stands in no log (typing, connected of a stream). */
  readonly seq: number | null;
  readonly data: D;
  /** When it was received here, ms since the epoch by the browser's clock. */
  readonly at: number;
  /**
   * Whether it happened while the connection was open: false for a notification or message that is older than the
   * connection and was fetched from the log. Only live events may raise a browser notification.
   */
  readonly live: boolean;
}

/** An event as every tab gets it, in the order of the log. Narrow it by `name`. */
export type FleetEvent = { readonly [N in EventName]: Envelope<N, EventData[N]> }[EventName] | UnknownEvent;

/** An event of a newer server; `event` is its name. */
export interface UnknownEvent extends Envelope<'unknown', unknown> {
  readonly event: string;
}
