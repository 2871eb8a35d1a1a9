import type { ConnectionState, ContactList, FleetState, Loadable, MessageList, NotificationList, PendingMessage } from './state.js';
import type {
  ChatMessageData,
  ChatReadData,
  Contact,
  ConversationSummary,
  Counts,
  FleetEvent,
  FleetNotification,
  Message,
  NotificationData,
  NotificationStateData,
  Page,
} from './wire.js';

/**
 * When a page was asked for: what happened between the asking and the answer is applied to the answer again, since nobody
 * knows which of it the answer has seen already. Take it from the state before the request: {@link asked}.
 */
export interface Asked {
  readonly seq: number;
  readonly epoch: number;
}

export function asked(state: FleetState): Asked {
  return { seq: state.seq, epoch: state.epoch };
}

/** What changes the state beside the server's events. */
export type LocalChange =
  | { readonly type: 'started'; readonly userId: string }
  | { readonly type: 'connection'; readonly connection: ConnectionState }
  /** Where this tab comes in on the browser's connection. */
  | { readonly type: 'attached'; readonly seq: number; readonly counts: Counts | null }
  /** An answer that has counts; only of use before the stream has told some. */
  | { readonly type: 'counts-loaded'; readonly counts: Counts }
  | Loaded<'notifications-loaded', FleetNotification>
  | Loaded<'conversations-loaded', ConversationSummary>
  | Loaded<'contacts-loaded', Contact>
  | Loaded<'blocked-loaded', Contact>
  | (Loaded<'messages-loaded', Message> & { readonly userId: string })
  | { readonly type: 'notification-added'; readonly notification: FleetNotification }
  | { readonly type: 'notification-answered'; readonly notification: FleetNotification; readonly asked: Asked }
  | { readonly type: 'sending'; readonly userId: string; readonly message: PendingMessage }
  | { readonly type: 'sent'; readonly userId: string; readonly key: string; readonly message: Message }
  | { readonly type: 'send-failed'; readonly userId: string; readonly key: string; readonly code: string }
  | { readonly type: 'discarded'; readonly userId: string; readonly key: string }
  | { readonly type: 'time'; readonly now: number };

interface Loaded<T extends string, I> {
  readonly type: T;
  readonly page: Page<I>;
  /** Whether it goes on from `nextCursor`; a first page replaces what there was. */
  readonly append: boolean;
  readonly asked: Asked;
}

export type Change = FleetEvent | LocalChange;

/** How long a typing hint holds, ms. */
export const TYPING_MS = 5_000;
/** As many events are kept to be applied to late answers. */
const RECENT = 300;

const EMPTY: Loadable & { readonly items: readonly never[] } = { items: [], loaded: false, stale: false, nextCursor: null };

const NO_MESSAGES: MessageList = { ...EMPTY, pending: [], unreadCount: null };

export const initialState: FleetState = {
  userId: null,
  attached: false,
  seq: 0,
  connection: { phase: 'closed', attempt: 0, retryAt: null, reason: null },
  counts: null,
  notifications: EMPTY,
  conversations: EMPTY,
  contacts: EMPTY,
  blocked: EMPTY,
  messages: {},
  typing: {},
  epoch: 0,
  recent: [],
};

/**
 * The one way in which anything changes: events of the stream, whoever caused them, and answers over REST. Pure. An event
 * that was applied before (by its position) changes nothing.
 */
export function reduce(state: FleetState, change: Change): FleetState {
  return 'name' in change ? received(state, change) : local(state, change);
}

function received(state: FleetState, event: FleetEvent): FleetState {
  switch (event.name) {
    case 'connected': {
      const { seq, counts } = event.data;
      // After a reconnection it starts where this tab is; further on, something is missing.
      return !state.attached || seq > state.seq ? attached(state, seq, counts) : state;
    }
    case 'reset':
      return attached(state, event.data.seq, event.data.counts);
    case 'typing':
      return { ...state, typing: { ...state.typing, [event.data.conversationWith]: event.at + TYPING_MS } };
    case 'expired':
    case 'superseded':
    case 'reconnect':
    case 'admin-stats':
      return state;
    default:
      break;
  }
  if (event.seq !== null && event.seq <= state.seq) {
    return state;
  }
  const gap = state.attached && event.seq !== null && event.seq > state.seq + 1;
  const next = applied(gap ? missed(state) : state, event);
  return event.seq === null ? next : { ...next, seq: event.seq, recent: [...next.recent, event].slice(-RECENT) };
}

/** What an event does to everything that it says something about. */
function applied(state: FleetState, event: FleetEvent): FleetState {
  const { messages } = state;
  switch (event.name) {
    case 'notification':
    case 'notification-updated':
      return {
        ...state,
        counts: event.data.counts,
        notifications: onNotifications(state.notifications, event),
      };
    case 'notification-state':
      return { ...state, counts: event.data.counts, notifications: onNotifications(state.notifications, event) };
    case 'chat-message': {
      const { conversationWith, message } = event.data;
      const list = messages[conversationWith];
      const typing = { ...state.typing };
      if (message.senderId === conversationWith) {
        delete typing[conversationWith];
      }
      return {
        ...state,
        counts: event.data.counts,
        typing,
        conversations: onConversations(state.conversations, event),
        messages: list ? { ...messages, [conversationWith]: onMessages(list, event) } : messages,
      };
    }
    case 'chat-read': {
      const { conversationWith } = event.data;
      const list = messages[conversationWith];
      return {
        ...state,
        counts: event.data.counts,
        conversations: onConversations(state.conversations, event),
        messages: list ? { ...messages, [conversationWith]: onMessages(list, event) } : messages,
      };
    }
    case 'contact':
      return {
        ...state,
        counts: event.data.counts,
        conversations: onConversations(state.conversations, event),
        contacts: onContacts(state.contacts, event, 'isContact'),
        blocked: onContacts(state.blocked, event, 'isBlocked'),
      };
    default:
      return state;
  }
}

function onNotifications(list: NotificationList, event: FleetEvent): NotificationList {
  switch (event.name) {
    case 'notification': {
      const known = list.items.find((item) => item.id === event.data.id);
      // An answer had it already, as it is by now; still nothing that was told before stands above it.
      return known ? { ...list, items: [known, ...list.items.filter((item) => item !== known)] } : told(list, event.data);
    }
    case 'notification-updated':
      return told(list, event.data);
    case 'notification-state':
      return stateChanged(list, event.data);
    default:
      return list;
  }
}

function told(list: NotificationList, data: NotificationData): NotificationList {
  const notification: FleetNotification & { count?: number; counts?: Counts } = { ...data };
  delete notification.count;
  delete notification.counts;
  return { ...list, items: [notification, ...list.items.filter((item) => item.id !== notification.id)] };
}

function stateChanged(list: NotificationList, data: NotificationStateData): NotificationList {
  const ids = new Set(data.ids);
  if (data.change === 'deleted') {
    return { ...list, items: list.items.filter((item) => !ids.has(item.id)) };
  }
  const concerns = (item: FleetNotification): boolean =>
    data.all ? item.readAt === null && item.createdAt <= (data.readAt ?? '') : ids.has(item.id);
  const items = list.items
    .map((item) => (concerns(item) ? withState(item, data) : item))
    .filter((item) => item.archivedAt === null);
  // Back from the archive: only the server knows where in the list it stands.
  const returned = data.change === 'unread' && data.ids.some((id) => !list.items.some((item) => item.id === id));
  return { ...list, items, stale: list.stale || (returned && list.loaded) };
}

function withState(item: FleetNotification, data: NotificationStateData): FleetNotification {
  const seenAt = item.seenAt ?? data.seenAt;
  switch (data.change) {
    case 'seen':
      return { ...item, seenAt };
    case 'read':
      return { ...item, seenAt, readAt: item.readAt ?? data.readAt };
    case 'unread':
      return { ...item, readAt: null, archivedAt: null };
    case 'archived':
      return { ...item, seenAt, archivedAt: item.archivedAt ?? data.archivedAt };
    default:
      return item;
  }
}

type ConversationItems = FleetState['conversations'];

function onConversations(list: ConversationItems, event: FleetEvent): ConversationItems {
  switch (event.name) {
    case 'chat-message':
      return talked(list, event.data);
    case 'chat-read':
      return { ...list, items: list.items.map((item) => readIn(item, event.data)) };
    case 'contact': {
      const { userId, user, isContact, isBlocked, isAccepted } = event.data;
      return {
        ...list,
        items: list.items.map((item) =>
          item.conversationWith === userId ? { ...item, user, isContact, isBlocked, isAccepted } : item,
        ),
      };
    }
    default:
      return list;
  }
}

function talked(list: ConversationItems, data: ChatMessageData): ConversationItems {
  const known = list.items.find((item) => item.conversationWith === data.conversationWith);
  if (!known) {
    // The event does not tell who that is; the list does.
    return { ...list, stale: list.stale || list.loaded };
  }
  const { message } = data;
  const same = known.lastMessage.id === message.id;
  const item: ConversationSummary = {
    ...known,
    lastMessage: same ? known.lastMessage : message,
    lastActivityAt: message.sentAt,
    unreadCount: data.unreadCount,
  };
  return { ...list, items: [item, ...list.items.filter((other) => other !== known)] };
}

function readIn(item: ConversationSummary, data: ChatReadData): ConversationSummary {
  if (item.conversationWith !== data.conversationWith) {
    return item;
  }
  const { lastMessage } = item;
  const read =
    lastMessage.id === data.upToMessageId && lastMessage.recipientId === data.readerId && lastMessage.readAt === null;
  return {
    ...item,
    unreadCount: data.unreadCount,
    lastMessage: read ? { ...lastMessage, readAt: data.readAt } : lastMessage,
  };
}

function onMessages(list: MessageList, event: FleetEvent): MessageList {
  if (event.name === 'chat-message') {
    const { message, unreadCount } = event.data;
    return { ...withMessage(list, message), unreadCount };
  }
  if (event.name === 'chat-read') {
    const { readerId, upToMessageId, readAt, unreadCount } = event.data;
    const last = list.items.findIndex((item) => item.id === upToMessageId);
    const items = list.items.map((item, index) =>
      index <= last && item.recipientId === readerId && item.readAt === null ? { ...item, readAt } : item,
    );
    return { ...list, items, unreadCount };
  }
  return list;
}

/** In the order of sending; an own message takes the place of the pending one it was made of. */
function withMessage(list: MessageList, message: Message): MessageList {
  const own = message.senderId !== message.conversationWith;
  const isNew = !list.items.some((item) => item.id === message.id);
  const match = own && isNew ? list.pending.findIndex((it) => it.status === 'sending' && it.content === message.content) : -1;
  const pending = match < 0 ? list.pending : list.pending.filter((_, index) => index !== match);
  if (!isNew || !list.loaded) {
    return { ...list, pending };
  }
  const at = list.items.findLastIndex((item) => item.sentAt <= message.sentAt) + 1;
  return { ...list, pending, items: [...list.items.slice(0, at), message, ...list.items.slice(at)] };
}

function onContacts(list: ContactList, event: FleetEvent, member: 'isContact' | 'isBlocked'): ContactList {
  if (event.name !== 'contact') {
    return list;
  }
  const { userId, user, isContact, isBlocked, isAccepted } = event.data;
  const relation = { isContact, isBlocked, isAccepted };
  const known = list.items.some((item) => item.userId === userId);
  if (!event.data[member]) {
    return known ? { ...list, items: list.items.filter((item) => item.userId !== userId) } : list;
  }
  if (known) {
    return { ...list, items: list.items.map((item) => (item.userId === userId ? { ...item, user, ...relation } : item)) };
  }
  // The list is in the order of making, so a new one belongs behind pages that were not fetched yet.
  const since = new Date(event.at).toISOString();
  return list.nextCursor === null ? { ...list, items: [...list.items, { userId, user, since, ...relation }] } : list;
}

function local(state: FleetState, change: LocalChange): FleetState {
  switch (change.type) {
    case 'started':
      return { ...initialState, userId: change.userId, epoch: state.epoch + 1 };
    case 'connection':
      return { ...state, connection: change.connection };
    case 'attached':
      return state.attached ? state : attached(state, change.seq, change.counts);
    case 'counts-loaded':
      return state.counts === null ? { ...state, counts: change.counts } : state;
    case 'notifications-loaded':
      return { ...state, notifications: loaded(state, state.notifications, change, (item) => item.id, onNotifications) };
    case 'conversations-loaded':
      return {
        ...state,
        conversations: loaded(state, state.conversations, change, (item) => item.conversationWith, onConversations),
      };
    case 'contacts-loaded':
      return {
        ...state,
        contacts: loaded(state, state.contacts, change, (item) => item.userId, (list, event) =>
          onContacts(list, event, 'isContact'),
        ),
      };
    case 'blocked-loaded':
      return {
        ...state,
        blocked: loaded(state, state.blocked, change, (item) => item.userId, (list, event) =>
          onContacts(list, event, 'isBlocked'),
        ),
      };
    case 'messages-loaded': {
      const list = state.messages[change.userId] ?? NO_MESSAGES;
      const oldestFirst = { ...change, page: { ...change.page, items: change.page.items.toReversed() } };
      const next = loaded(state, list, oldestFirst, (item) => item.id, (messages, event) =>
        'conversationWith' in (event.data as object) &&
        (event.data as ChatMessageData).conversationWith === change.userId
          ? onMessages(messages, event)
          : messages,
        'older-first',
      );
      return { ...state, messages: { ...state.messages, [change.userId]: next } };
    }
    case 'notification-added': {
      const { items } = state.notifications;
      return items.some((item) => item.id === change.notification.id)
        ? state
        : { ...state, notifications: { ...state.notifications, items: [change.notification, ...items] } };
    }
    case 'notification-answered': {
      const items = state.notifications.items
        .map((item) => (item.id === change.notification.id ? change.notification : item))
        .filter((item) => item.archivedAt === null);
      const list = { ...state.notifications, items };
      return { ...state, notifications: again(state, list, change.asked, onNotifications) };
    }
    case 'sending':
      return withList(state, change.userId, (list) => ({
        ...list,
        pending: [...list.pending.filter((item) => item.key !== change.message.key), change.message],
      }));
    case 'sent':
      return withList(state, change.userId, (list) => {
        const rest = { ...list, pending: list.pending.filter((item) => item.key !== change.key) };
        const { pending } = rest;
        // The pending one is gone already; the message must not take another one of the same text with it.
        return { ...withMessage(rest, change.message), pending };
      });
    case 'send-failed':
      return withList(state, change.userId, (list) => ({
        ...list,
        pending: list.pending.map((item) =>
          item.key === change.key ? { ...item, status: 'failed' as const, code: change.code } : item,
        ),
      }));
    case 'discarded':
      return withList(state, change.userId, (list) => ({
        ...list,
        pending: list.pending.filter((item) => item.key !== change.key),
      }));
    case 'time': {
      const typing = Object.entries(state.typing).filter(([, until]) => until > change.now);
      return typing.length === Object.keys(state.typing).length ? state : { ...state, typing: Object.fromEntries(typing) };
    }
  }
}

function attached(state: FleetState, seq: number, counts: Counts | null): FleetState {
  // What was fetched before may lack what happened until now.
  return { ...missed(state), attached: true, seq, counts: counts ?? state.counts };
}

/** Whatever was fetched has to be fetched again. It stays on the screen until then. */
function missed(state: FleetState): FleetState {
  const stale = <T extends Loadable>(list: T): T => (list.loaded ? { ...list, stale: true } : list);
  return {
    ...state,
    epoch: state.epoch + 1,
    recent: [],
    notifications: stale(state.notifications),
    conversations: stale(state.conversations),
    contacts: stale(state.contacts),
    blocked: stale(state.blocked),
    messages: Object.fromEntries(Object.entries(state.messages).map(([userId, list]) => [userId, stale(list)])),
  };
}

function withList(state: FleetState, userId: string, change: (list: MessageList) => MessageList): FleetState {
  return { ...state, messages: { ...state.messages, [userId]: change(state.messages[userId] ?? NO_MESSAGES) } };
}

function loaded<I, L extends Loadable & { readonly items: readonly I[] }>(
  state: FleetState,
  list: L,
  change: Loaded<string, I>,
  key: (item: I) => string,
  apply: (list: L, event: FleetEvent) => L,
  order: 'newer-first' | 'older-first' = 'newer-first',
): L {
  const { page, append } = change;
  const known = new Set(append ? list.items.map(key) : []);
  const fresh = page.items.filter((item) => !known.has(key(item)));
  const kept = append ? list.items : [];
  const items = order === 'newer-first' ? [...kept, ...fresh] : [...fresh, ...kept];
  const next: L = {
    ...list,
    items,
    loaded: true,
    nextCursor: page.nextCursor,
    stale: (append && list.stale) || change.asked.epoch !== state.epoch,
  };
  return again(state, next, change.asked, apply);
}

/** Applies what has happened since the answer was asked for. */
function again<L extends Loadable>(
  state: FleetState,
  list: L,
  since: Asked,
  apply: (list: L, event: FleetEvent) => L,
): L {
  const first = state.recent[0]?.seq ?? state.seq + 1;
  if (since.epoch === state.epoch && since.seq + 1 < first && since.seq < state.seq) {
    return { ...list, stale: true };
  }
  return state.recent.filter((event) => (event.seq ?? 0) > since.seq).reduce(apply, list);
}
