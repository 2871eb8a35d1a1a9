// @vitest-environment jsdom
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react';
import { StrictMode, type ReactElement, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  FleetProvider,
  SSEClient,
  createFleetClient,
  topicsOf,
  useBrowserNotification,
  useConnectionState,
  useContacts,
  useConversation,
  useConversations,
  useCounts,
  useFleetEvents,
  useNotificationObserver,
  useNotifications,
  useTyping,
  type FleetClient,
  type FleetEvent,
} from '../src/index.js';
import { FakeBrowser } from './fake-browser.js';
import { useOriginObserver } from './origin-hook.js';
import { ScriptedServer, connected, notification, problem, success } from './scripted-server.js';

// A machine may be busy.
configure({ asyncUtilTimeout: 20_000 });

/** The browser's own, as far as it is used. */
class FakeNotification {
  static permission: NotificationPermission = 'granted';
  static readonly shown: FakeNotification[] = [];
  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = 'granted';
    return Promise.resolve('granted');
  }
  onclick: (() => void) | null = null;
  closed = false;
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

let server: ScriptedServer;
let client: FleetClient;

function wrapper({ children }: { children: ReactNode }): ReactElement {
  return (
    <StrictMode>
      <FleetProvider client={client} userId="ana">
        {children}
      </FleetProvider>
    </StrictMode>
  );
}

/** Writes to the stream and lets React take it in. */
async function happens(write: () => void): Promise<void> {
  await act(async () => {
    write();
    await new Promise((resolve) => setTimeout(resolve, 30));
  });
}

async function open(seq = 4, counts = { notifications: 1, messages: 2 }): Promise<void> {
  await waitFor(() => expect(server.openStreams).toHaveLength(1));
  await happens(() => server.stream.event(null, seq, connected(seq, { counts })));
}

function wire(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const inner = new Set(['count', 'counts']);
  return Object.fromEntries(Object.entries(notification(id, more)).filter(([name]) => !inner.has(name)));
}

function message(id: string, from: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const to = from === 'ana' ? 'ben' : 'ana';
  return { id, senderId: from, recipientId: to, content: `text ${id}`, sentAt: `2026-01-01T10:00:0${id.slice(1)}.000Z`, readAt: null, conversationWith: 'ben', ...more };
}

beforeEach(() => {
  server = new ScriptedServer();
  const tab = new FakeBrowser(server.fetch).tab();
  client = createFleetClient({
    baseUrl: 'http://localhost:3000/app/', transport: 'leader', browser: tab.browser, page: tab.page, worker: null,
  });
  FakeNotification.permission = 'granted';
  FakeNotification.shown.length = 0;
  vi.stubGlobal('Notification', FakeNotification);
});

afterEach(() => {
  cleanup();
  client.stop();
});

describe('hooks', () => {
  it('show the connection and the counts of the server', async () => {
    const { result } = renderHook(() => ({ connection: useConnectionState(), counts: useCounts() }), { wrapper });
    expect(result.current.counts).toBeNull();
    await open();
    expect(result.current.connection.phase).toBe('open');
    expect(result.current.counts).toEqual({ notifications: 1, messages: 2 });
    await happens(() => server.stream.event(null, 5, notification('n1', { counts: { notifications: 2, messages: 2 } })));
    expect(result.current.counts?.notifications).toBe(2);
    await happens(() => server.stream.break());
    expect(result.current.connection.phase).toBe('waiting');
    await happens(() => result.current.connection.reconnect());
    expect(result.current.connection.phase).toBe('open');
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('5');
  });

  it('useNotifications: fetches once, lives on events, changes over REST', async () => {
    server.on('GET', '/notifications', () => success({ items: [wire('n1')], nextCursor: 'more' }));
    server.on('PATCH', '/notifications/n1', () => success(wire('n1', { seenAt: 'x', readAt: 'x' })));
    const { result } = renderHook(() => useNotifications(), { wrapper });
    expect(result.current.isLoading).toBe(true);
    await open();
    await waitFor(() => expect(result.current.items.map((item) => item.id)).toEqual(['n1']));
    expect(result.current).toMatchObject({ isLoading: false, hasMore: true, error: null });
    await happens(() => server.stream.event(null, 5, notification('n2')));
    expect(result.current.items.map((item) => item.id)).toEqual(['n2', 'n1']);
    await act(() => result.current.markRead('n1'));
    expect(result.current.items[1]?.readAt).toBe('x');
    server.on('GET', '/notifications', () => success({ items: [wire('n0')], nextCursor: null }));
    await act(() => result.current.loadMore());
    expect(result.current.items.map((item) => item.id)).toEqual(['n2', 'n1', 'n0']);
    expect(server.requestsTo('/notifications').map((request) => new URL(request.url).search)).toEqual(['?limit=30', '?limit=30&cursor=more']);
  });

  it('fetch again after a reset', async () => {
    server.on('GET', '/notifications', () => success({ items: [wire('n1')], nextCursor: null }));
    const { result } = renderHook(() => useNotifications(), { wrapper });
    await open();
    await waitFor(() => expect(result.current.items).toHaveLength(1));
    server.on('GET', '/notifications', () => success({ items: [wire('n9'), wire('n1')], nextCursor: null }));
    await happens(() => server.stream.event('reset', 90, { reason: 'expired', seq: 90, counts: { notifications: 2, messages: 0 } }));
    await waitFor(() => expect(result.current.items.map((item) => item.id)).toEqual(['n9', 'n1']));
  });

  it('fetch again when a reset overtakes an answer', async () => {
    const answers: ((response: Response) => void)[] = [];
    server.on('GET', '/notifications', () => new Promise((resolve) => answers.push(resolve)));
    const { result } = renderHook(() => useNotifications(), { wrapper });
    await open();
    await waitFor(() => expect(answers).toHaveLength(1));
    await happens(() => server.stream.event('reset', 90, { reason: 'expired', seq: 90, counts: { notifications: 2, messages: 0 } }));
    await happens(() => answers[0]?.(success({ items: [wire('n1')], nextCursor: null })));
    await waitFor(() => expect(answers).toHaveLength(2));
    await happens(() => answers[1]?.(success({ items: [wire('n9'), wire('n1')], nextCursor: null })));
    expect(result.current.items.map((item) => item.id)).toEqual(['n9', 'n1']);
    expect(client.getState().notifications.stale).toBe(false);
  });

  it('do not start twice who signs in by the client', async () => {
    let signedIn: string | null = null;
    server.on('POST', '/auth/login', () => success({ user: { id: 'ana', roles: ['ADMIN'] } }));
    const { rerender } = renderHook(({ userId }: { userId: string | null }) => userId, {
      initialProps: { userId: null as string | null },
      wrapper: ({ children }: { children: ReactNode }) => (
        <FleetProvider client={client} userId={signedIn} topics={topicsOf({ roles: ['ADMIN'] })}>
          {children}
        </FleetProvider>
      ),
    });
    await act(() => client.signIn('a', 'b').then((account) => void (signedIn = account.id)));
    await open();
    rerender({ userId: signedIn });
    await happens(() => undefined);
    expect(server.streams).toHaveLength(1);
    expect(client.getState().connection.phase).toBe('open');
  });

  it('tell an error of the first page', async () => {
    server.on('GET', '/notifications', () => problem(503, 'database_unavailable'));
    const { result } = renderHook(() => useNotifications(), { wrapper });
    await open();
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'database_unavailable' }));
    expect(result.current.isLoading).toBe(false);
  });

  it('useConversation: history, live messages, receipts, typing', async () => {
    server.on('GET', '/messages/conversations/ben', () => success({ items: [message('m2', 'ana'), message('m1', 'ben')], nextCursor: null }));
    server.on('POST', '/messages/conversations/ben/read', () => success({}));
    server.on('POST', '/messages/conversations/ben/typing', () => success({ told: true }));
    const { result } = renderHook(() => useConversation('ben'), { wrapper });
    await open();
    await waitFor(() => expect(result.current.messages.map((item) => item.id)).toEqual(['m1', 'm2']));
    await happens(() => {
      server.stream.event('typing', null, { conversationWith: 'ben' });
    });
    expect(result.current.isTyping).toBe(true);
    await happens(() => {
      server.stream.event('chat-message', 5, { message: message('m3', 'ben'), conversationWith: 'ben', unreadCount: 1, counts: { notifications: 2, messages: 3 } });
      server.stream.event('chat-read', 6, { conversationWith: 'ben', readerId: 'ben', upToMessageId: 'm2', readAt: 'x', unreadCount: 1, counts: { notifications: 2, messages: 3 } });
    });
    expect(result.current.messages.map((item) => [item.id, item.readAt])).toEqual([['m1', null], ['m2', 'x'], ['m3', null]]);
    expect(result.current).toMatchObject({ unreadCount: 1, isTyping: false });
    await act(() => result.current.markRead('m3'));
    act(() => result.current.tellTyping());
    act(() => result.current.tellTyping());
    expect(server.requestsTo('/ben/read')[0]?.body).toEqual({ messageId: 'm3' });
    expect(server.requestsTo('/ben/typing')).toHaveLength(1);
  });

  it('useConversation: sends optimistically, again by itself and with the same key, and by hand where it failed', async () => {
    server.on('GET', '/messages/conversations/ben', () => success({ items: [], nextCursor: null }));
    const { result } = renderHook(() => useConversation('ben'), { wrapper });
    await open();
    await waitFor(() => expect(result.current.isLoading).toBe(false));

    let attempt = 0;
    server.on('POST', '/messages', () => (attempt++ === 0 ? Promise.reject(new TypeError('network')) : success(message('m3', 'ana'))));
    let sending = Promise.resolve();
    act(() => {
      sending = result.current.send('text m3');
    });
    expect(result.current.pending).toMatchObject([{ content: 'text m3', status: 'sending' }]);
    await act(() => sending);
    expect(result.current.pending).toEqual([]);
    expect(result.current.messages.map((item) => item.id)).toEqual(['m3']);
    const keys = server.requestsTo('/messages').map((request) => request.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);

    server.on('POST', '/messages', () => problem(403, 'blocked'));
    await act(() => result.current.send('text m4'));
    expect(result.current.pending).toMatchObject([{ status: 'failed', code: 'blocked' }]);
    const key = result.current.pending[0]?.key ?? '';
    server.on('POST', '/messages', () => success(message('m4', 'ana')));
    await act(() => result.current.retry(key));
    expect(result.current.messages.map((item) => item.id)).toEqual(['m3', 'm4']);
    expect(server.requestsTo('/messages').at(-1)?.headers.get('Idempotency-Key')).toBe(key);
  });

  it('useConversations and useContacts live on events', async () => {
    const user = { id: 'ben', companyName: 'Ben', type: 'PROVIDER', locale: 'es' };
    const relation = { isContact: true, isBlocked: false, isAccepted: false };
    server.on('GET', '/messages/conversations', () =>
      success({ items: [{ conversationWith: 'ben', user, lastMessage: message('m1', 'ben'), lastActivityAt: 'x', unreadCount: 1, ...relation }], nextCursor: null }));
    server.on('GET', '/users/me/contacts', () => success({ items: [{ userId: 'ben', user, since: 'x', ...relation }], nextCursor: null }));
    const { result } = renderHook(() => ({ conversations: useConversations(), contacts: useContacts() }), { wrapper });
    await open();
    await waitFor(() => expect(result.current.contacts.items).toHaveLength(1));
    await waitFor(() => expect(result.current.conversations.items).toHaveLength(1));
    await happens(() => {
      server.stream.event('chat-message', 5, { message: message('m2', 'ben'), conversationWith: 'ben', unreadCount: 2, counts: { notifications: 0, messages: 2 } });
      server.stream.event('contact', 6, { change: 'removed', userId: 'ben', user, isContact: false, isBlocked: false, isAccepted: true, counts: { notifications: 0, messages: 2 } });
    });
    expect(result.current.contacts.items).toEqual([]);
    expect(result.current.conversations.items[0]).toMatchObject({ unreadCount: 2, lastMessage: { id: 'm2' }, isContact: false, isAccepted: true });
  });

  it('useFleetEvents calls the handler of the latest render, once per event', async () => {
    const seen: [string, number | null][] = [];
    let label = 'first';
    const { rerender } = renderHook(() => useFleetEvents((event: FleetEvent) => seen.push([`${label}:${event.name}`, event.seq])), { wrapper });
    await open();
    label = 'second';
    rerender();
    await happens(() => server.stream.event(null, 5, notification('n1')));
    expect(seen).toEqual([['first:connected', null], ['second:notification', 5]]);
  });

  it('useTyping forgets by itself', async () => {
    const { result } = renderHook(() => useTyping('ben'), { wrapper });
    await open();
    await happens(() => server.stream.event('typing', null, { conversationWith: 'ben' }));
    expect(result.current.isTyping).toBe(true);
    await waitFor(() => expect(result.current.isTyping).toBe(false));
  });
});

describe('notifications of the browser', () => {
  it('are shown for live ones, translated, with the tag; a click opens the page', async () => {
    const opened: string[] = [];
    const told: string[] = [];
    vi.spyOn(window, 'focus').mockImplementation(() => undefined);
    renderHook(
      () =>
        useNotificationObserver({
          translate: (one) => ({ title: `T:${one.title}`, body: `B:${one.message}` }),
          navigate: (url) => opened.push(url),
          icon: '/app/icon.png',
          onNotification: (one) => told.push(one.id),
        }),
      { wrapper },
    );
    await open();
    await happens(() => {
      server.stream.event(null, 5, notification('old', { createdAt: '2025-12-31T10:00:00.000Z' }));
      server.stream.event(null, 6, notification('n1'));
      server.stream.event(null, 6, notification('n1'));
    });
    expect(FakeNotification.shown).toHaveLength(1);
    expect(told).toEqual(['n1']);
    const [shown] = FakeNotification.shown;
    expect(shown).toMatchObject({
      title: 'T:notification.message.received',
      options: { tag: 'n1', icon: '/app/icon.png', body: 'B:notification.message.received.description' },
    });
    shown?.onclick?.();
    expect(opened).toEqual(['/messages/conversations/ben']);
    expect(shown?.closed).toBe(true);
  });

  it('are neither shown nor told if they are muted', async () => {
    const told: string[] = [];
    let muted = true;
    renderHook(
      () => useNotificationObserver({ isMuted: ({ id }) => muted && id === 'n1', onNotification: (one) => told.push(one.id) }),
      { wrapper },
    );
    await open();
    await happens(() => {
      server.stream.event(null, 6, notification('n1'));
      server.stream.event(null, 7, notification('n2'));
    });
    muted = false;
    await happens(() => server.stream.event(null, 8, notification('n3')));
    expect(told).toEqual(['n2', 'n3']);
    expect(FakeNotification.shown.map((shown) => shown.options.tag)).toEqual(['n2', 'n3']);
  });

  it('are not shown without permission, which can be asked for', async () => {
    FakeNotification.permission = 'default';
    const { result } = renderHook(() => useBrowserNotification(), { wrapper });
    act(() => result.current.showNotification('title'));
    expect(FakeNotification.shown).toEqual([]);
    expect(result.current.permission).toBe('default');
    await act(async () => {
      await result.current.requestPermission();
    });
    expect(result.current.permission).toBe('granted');
    act(() => result.current.showNotification('title', { tag: 'n1' }));
    expect(FakeNotification.shown).toHaveLength(1);
  });
});

describe("the origin's hook", () => {
  it('works with SSEClient as it is', async () => {
    const direct = new ScriptedServer();
    const sse = new SSEClient({ fetch: direct.fetch });
    const { result, unmount } = renderHook(
      () => {
        useOriginObserver('http://localhost:3000/api/v1/notifications/stream', sse);
        return useNotifications().items;
      },
      { wrapper },
    );
    await waitFor(() => expect(direct.openStreams).toHaveLength(1));
    await happens(() => {
      direct.stream.event(null, 4, connected(4));
      direct.stream.event(null, 5, notification('n1'));
      direct.stream.event('chat-message', 6, {});
    });
    expect(result.current.map((item) => item.id)).toEqual(['n1']);
    expect(FakeNotification.shown.map((shown) => shown.options.tag)).toEqual(['n1']);
    unmount();
    await waitFor(() => expect(direct.openStreams).toHaveLength(0));
  });
});
