import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import {
  changeNotification,
  deleteNotification,
  loadList,
  loadMessages,
  readAllNotifications,
  readConversation,
  retryMessage,
  sendMessage,
  tellTyping,
  type ListName,
} from './actions.js';
import type { FleetClient, Topic } from './client.js';
import type { ConnectionState, FleetState, Loadable, PendingMessage } from './state.js';
import type { Contact, ConversationSummary, Counts, FleetEvent, FleetNotification, Message } from './wire.js';

const FleetContext = createContext<FleetClient | null>(null);

export interface FleetProviderProps {
  readonly client: FleetClient;
  /** Who is signed in; null while nobody is. The provider starts and stops the client. */
  readonly userId: string | null;
  /** What the connection carries besides, `topicsOf(account)`; none by default. */
  readonly topics?: readonly Topic[];
  readonly children?: ReactNode;
}

export function FleetProvider({ client, userId, topics, children }: FleetProviderProps): ReactElement {
  useEffect(() => {
    if (userId === null) {
      return undefined;
    }
    client.start(userId, topics);
    return () => client.stop();
  }, [client, userId, topics]);
  return createElement(FleetContext.Provider, { value: client }, children);
}

/** The client of the {@link FleetProvider} above. */
export function useFleetClient(): FleetClient {
  const client = useContext(FleetContext);
  if (!client) {
    throw new Error('there is no FleetProvider above this component');
  }
  return client;
}

/** A part of the state; `select` must return something that the state holds, not make anything new. */
export function useFleetState<T>(select: (state: FleetState) => T): T {
  const client = useFleetClient();
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client]);
  const get = (): T => select(client.getState());
  return useSyncExternalStore(subscribe, get, get);
}

export function useConnectionState(): ConnectionState & { reconnect: () => void } {
  const client = useFleetClient();
  const connection = useFleetState((state) => state.connection);
  return useMemo(() => ({ ...connection, reconnect: () => client.reconnect() }), [client, connection]);
}

/** Null until the server has told them. */
export function useCounts(): Counts | null {
  return useFleetState((state) => state.counts);
}

/** Every event, once and in order. The handler may be another one with every render. */
export function useFleetEvents(handler: (event: FleetEvent) => void): void {
  const client = useFleetClient();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => client.onEvent((event) => latest.current(event)), [client]);
}

/** How often a hint is sent at most, ms; the server takes no more either. */
const TYPING_EVERY_MS = 2_000;

/** Whether that user is typing to us, and `tell()` to say that we are. */
export function useTyping(userId: string): { isTyping: boolean; tell: () => void } {
  const client = useFleetClient();
  const isTyping = useFleetState((state) => state.typing[userId] !== undefined);
  const told = useRef(0);
  const tell = useCallback(() => {
    const now = Date.now();
    if (now - told.current >= TYPING_EVERY_MS) {
      told.current = now;
      tellTyping(client, userId).catch(() => undefined);
    }
  }, [client, userId]);
  return { isTyping, tell };
}

/** Pause before a list that could not be fetched is tried again, ms. */
const LOAD_AGAIN_MS = 5_000;

interface Loading {
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
}

/** Fetches what is not there or stale, for as long as it is shown. */
function useLoading(list: Loadable, key: string, load: (append: boolean) => Promise<void>): Loading {
  const signedIn = useFleetState((state) => state.userId !== null && state.connection.phase !== 'signed-out');
  const epoch = useFleetState((state) => state.epoch);
  const open = useFleetState((state) => state.connection.phase === 'open');
  const [failure, setFailure] = useState<{ key: string; error: unknown; attempt: number } | null>(null);
  const current = failure?.key === key ? failure : null;
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const wanted = signedIn && (!list.loaded || list.stale);
  const attempt = current?.attempt ?? 0;
  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    let mounted = true;
    const go = (): void => {
      latest.current(false).then(
        () => mounted && setFailure(null),
        (error: unknown) => mounted && setFailure({ key, error, attempt: attempt + 1 }),
      );
    };
    const timer = setTimeout(go, attempt === 0 ? 0 : LOAD_AGAIN_MS);
    return () => {
      mounted = false;
      clearTimeout(timer);
    };
    // The list itself too: an answer that a reset has overtaken leaves it as stale as it was.
  }, [wanted, key, epoch, open, attempt, list]);
  const loadMore = useCallback(() => latest.current(true), []);
  return {
    isLoading: wanted && current === null && !list.loaded,
    error: list.loaded ? null : (current?.error ?? null),
    hasMore: list.nextCursor !== null,
    loadMore,
  };
}

function useList(name: ListName): Loading {
  const client = useFleetClient();
  const list = useFleetState((state) => state[name]);
  return useLoading(list, name, (append) => loadList(client, name, append));
}

export interface Notifications extends Loading {
  /** The inbox, last told first. */
  readonly items: readonly FleetNotification[];
  /** Takes in a notification from elsewhere, as the origin's hook did; one that is known already changes nothing. */
  readonly addNotification: (notification: FleetNotification) => void;
  readonly markSeen: (id: string) => Promise<void>;
  readonly markRead: (id: string) => Promise<void>;
  readonly markUnread: (id: string) => Promise<void>;
  readonly archive: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly readAll: () => Promise<void>;
}

/** The inbox: fetched on first use, kept up by events, fetched again after a reset. */
export function useNotifications(): Notifications {
  const client = useFleetClient();
  const items = useFleetState((state) => state.notifications.items);
  const loading = useList('notifications');
  const actions = useMemo(
    () => ({
      addNotification: (notification: FleetNotification) => client.dispatch({ type: 'notification-added', notification }),
      markSeen: (id: string) => changeNotification(client, id, 'seen'),
      markRead: (id: string) => changeNotification(client, id, 'read'),
      markUnread: (id: string) => changeNotification(client, id, 'unread'),
      archive: (id: string) => changeNotification(client, id, 'archived'),
      remove: (id: string) => deleteNotification(client, id),
      readAll: () => readAllNotifications(client),
    }),
    [client],
  );
  return { items, ...loading, ...actions };
}

/** The list of conversations, last activity first, kept up by events. */
export function useConversations(): Loading & { readonly items: readonly ConversationSummary[] } {
  const items = useFleetState((state) => state.conversations.items);
  return { items, ...useList('conversations') };
}

/** The contacts, in the order in which they were made, kept up by events. */
export function useContacts(): Loading & { readonly items: readonly Contact[] } {
  const items = useFleetState((state) => state.contacts.items);
  return { items, ...useList('contacts') };
}

/** Those whom the user has blocked, kept up by events. */
export function useBlocked(): Loading & { readonly items: readonly Contact[] } {
  const items = useFleetState((state) => state.blocked.items);
  return { items, ...useList('blocked') };
}

const NO_LIST: Loadable = { loaded: false, stale: false, nextCursor: null };
const NOTHING: readonly never[] = [];

export interface OneConversation extends Loading {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Own messages that are on their way or failed, to be shown after `messages`. */
  readonly pending: readonly PendingMessage[];
  /** Null before the server has told it. */
  readonly unreadCount: number | null;
  /** Never rejects: what fails shows in `pending`. */
  readonly send: (content: string) => Promise<void>;
  readonly retry: (key: string) => Promise<void>;
  readonly discard: (key: string) => void;
  /** Reads up to a message, or everything. */
  readonly markRead: (messageId?: string) => Promise<void>;
  readonly isTyping: boolean;
  readonly tellTyping: () => void;
}

/** One conversation: history, live messages, receipts, optimistic sending with retry. */
export function useConversation(userId: string): OneConversation {
  const client = useFleetClient();
  const list = useFleetState((state) => state.messages[userId]);
  const summaryUnread = useFleetState(
    (state) => state.conversations.items.find((item) => item.conversationWith === userId)?.unreadCount ?? null,
  );
  const loading = useLoading(list ?? NO_LIST, userId, (append) => loadMessages(client, userId, append));
  const typing = useTyping(userId);
  const actions = useMemo(
    () => ({
      send: (content: string) => sendMessage(client, userId, content),
      retry: (key: string) => retryMessage(client, userId, key),
      discard: (key: string) => client.dispatch({ type: 'discarded', userId, key }),
      markRead: (messageId?: string) => readConversation(client, userId, messageId),
    }),
    [client, userId],
  );
  return {
    messages: list?.items ?? NOTHING,
    pending: list?.pending ?? NOTHING,
    unreadCount: list?.unreadCount ?? summaryUnread,
    ...loading,
    ...actions,
    isTyping: typing.isTyping,
    tellTyping: typing.tell,
  };
}

export type Permission = NotificationPermission | 'unsupported';

export interface ShowNotificationOptions {
  readonly body?: string;
  readonly icon?: string;
  /** The notification's id: the same one is shown once. */
  readonly tag?: string;
  readonly data?: { readonly actionUrl?: string | null };
}

export interface BrowserNotification {
  readonly permission: Permission;
  readonly requestPermission: () => Promise<Permission>;
  /** Does nothing without permission. */
  readonly showNotification: (title: string, options?: ShowNotificationOptions) => void;
}

/** Notifications of the operating system. A click brings the tab to the front and opens `data.actionUrl`. */
export function useBrowserNotification(options: { readonly navigate?: (actionUrl: string) => void } = {}): BrowserNotification {
  const client = useContext(FleetContext);
  const [permission, setPermission] = useState<Permission>(currentPermission);
  const latest = useRef(options.navigate);
  useEffect(() => {
    latest.current = options.navigate;
  });
  const requestPermission = useCallback(async () => {
    if (typeof Notification !== 'undefined') {
      await Notification.requestPermission();
    }
    const now = currentPermission();
    setPermission(now);
    return now;
  }, []);
  const showNotification = useCallback(
    (title: string, { body, icon, tag, data }: ShowNotificationOptions = {}) => {
      if (currentPermission() !== 'granted') {
        return;
      }
      const init: NotificationOptions = {
        ...(body === undefined ? {} : { body }),
        ...(icon === undefined ? {} : { icon }),
        ...(tag === undefined ? {} : { tag }),
        data: data ?? {},
      };
      let shown: Notification;
      try {
        shown = new Notification(title, init);
      } catch {
        // Where only a service worker may show notifications, the page's badge has to do.
        return;
      }
      shown.onclick = () => {
        window.focus();
        shown.close();
        const actionUrl = data?.actionUrl;
        if (actionUrl) {
          (latest.current ?? ((url: string) => openWithin(client?.baseUrl, url)))(actionUrl);
        }
      };
    },
    [client],
  );
  return { permission, requestPermission, showNotification };
}

function currentPermission(): Permission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

/** Whatever the path says, it stays within this origin. */
function openWithin(baseUrl: URL | undefined, actionUrl: string): void {
  const base = baseUrl ?? new URL(document.baseURI);
  const url = new URL(actionUrl.replace(/^[/\\]+/, ''), base);
  if (url.origin === base.origin) {
    window.location.assign(url);
  }
}

export interface ObserverOptions {
  /** Texts of a notification whose title and message are keys. */
  readonly translate?: (notification: FleetNotification) => { readonly title: string; readonly body: string };
  readonly navigate?: (actionUrl: string) => void;
  readonly icon?: string;
  /** True of a notification that shall not draw attention: it is neither shown nor told. */
  readonly isMuted?: (notification: FleetNotification) => boolean;
  /** Every live notification, in every tab; for a screen reader's announcement. */
  readonly onNotification?: (notification: FleetNotification) => void;
}

/** At the root of the application, once: shows what happens while the user is there, in one tab of the browser. */
export function useNotificationObserver(options: ObserverOptions = {}): void {
  const client = useFleetClient();
  const { navigate } = options;
  const { showNotification } = useBrowserNotification(navigate ? { navigate } : {});
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useFleetEvents((event) => {
    if (event.name === 'notification' && event.live && !latest.current.isMuted?.(event.data)) {
      latest.current.onNotification?.(event.data);
    }
  });
  useEffect(
    () =>
      client.onShow((notification) => {
        const { translate, icon, isMuted } = latest.current;
        if (isMuted?.(notification)) {
          return;
        }
        const { title, body } = translate?.(notification) ?? { title: notification.title, body: notification.message };
        showNotification(title, {
          body,
          tag: notification.id,
          data: { actionUrl: notification.actionUrl },
          ...(icon === undefined ? {} : { icon }),
        });
      }),
    [client, showNotification],
  );
}
