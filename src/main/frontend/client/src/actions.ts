import { codeOf, type FleetClient } from './client.js';
import { Problem } from './problem.js';
import { asked } from './reducer.js';
import { idempotencyKey } from './rest.js';
import type { Contact, ConversationSummary, FleetNotification, Message, Page } from './wire.js';

const PAGE = 30;
/** Pauses before a message is sent again by itself, ms. */
const SEND_AGAIN_MS = [1_000, 3_000, 8_000];

/** Lists that several components may want at the same time are fetched once. */
const running = new WeakMap<FleetClient, Map<string, Promise<void>>>();

function once(client: FleetClient, key: string, run: () => Promise<void>): Promise<void> {
  const map = running.get(client) ?? new Map<string, Promise<void>>();
  running.set(client, map);
  const known = map.get(key);
  if (known) {
    return known;
  }
  const promise = run().finally(() => map.delete(key));
  map.set(key, promise);
  return promise;
}

/** A list of the state: how it is fetched, and where it stands. */
export type ListName = 'notifications' | 'conversations' | 'contacts' | 'blocked';

const PATHS: Readonly<Record<ListName, string>> = {
  notifications: 'notifications',
  conversations: 'messages/conversations',
  contacts: 'users/me/contacts',
  blocked: 'users/me/blocked',
};

/** Fetches the first page of a list, or the one after what there is. */
export function loadList(client: FleetClient, name: ListName, append = false): Promise<void> {
  return once(client, `${name}:${String(append)}`, async () => {
    await client.ready();
    const before = client.getState();
    const cursor = append ? before[name].nextCursor : null;
    if (append && cursor === null) {
      return;
    }
    const page = await client.api.get<Page<FleetNotification & ConversationSummary & Contact>>(PATHS[name], {
      query: { limit: PAGE, cursor },
    });
    if (client.getState().userId === before.userId) {
      client.dispatch({ type: `${name}-loaded`, page, append, asked: asked(before) });
    }
  });
}

/** Fetches the newest messages of a conversation, or older ones. */
export function loadMessages(client: FleetClient, userId: string, append = false): Promise<void> {
  return once(client, `messages:${userId}:${String(append)}`, async () => {
    await client.ready();
    const before = client.getState();
    const cursor = append ? (before.messages[userId]?.nextCursor ?? null) : null;
    if (append && cursor === null) {
      return;
    }
    const page = await client.api.get<Page<Message>>(`messages/conversations/${encodeURIComponent(userId)}`, {
      query: { limit: PAGE, cursor },
    });
    if (client.getState().userId === before.userId) {
      client.dispatch({ type: 'messages-loaded', userId, page, append, asked: asked(before) });
    }
  });
}

/** Shows the message at once and sends it, again where the server could not be reached; never sent twice. */
export async function sendMessage(client: FleetClient, userId: string, content: string): Promise<void> {
  const key = idempotencyKey();
  const message = { key, content, createdAt: new Date().toISOString(), status: 'sending', code: null } as const;
  client.dispatch({ type: 'sending', userId, message });
  await deliver(client, userId, key, content);
}

/** Sends a failed message again, with the same key. */
export async function retryMessage(client: FleetClient, userId: string, key: string): Promise<void> {
  const failed = client.getState().messages[userId]?.pending.find((item) => item.key === key);
  if (failed?.status === 'failed') {
    client.dispatch({ type: 'sending', userId, message: { ...failed, status: 'sending', code: null } });
    await deliver(client, userId, key, failed.content);
  }
}

async function deliver(client: FleetClient, userId: string, key: string, content: string): Promise<void> {
  const sender = client.getState().userId;
  for (let attempt = 0; ; attempt++) {
    try {
      const message = await client.api.post<Message>('messages', { recipientId: userId, content }, { idempotencyKey: key });
      if (client.getState().userId === sender) {
        client.dispatch({ type: 'sent', userId, key, message });
      }
      return;
    } catch (error) {
      const pause = SEND_AGAIN_MS[attempt];
      const mayPass = !(error instanceof Problem) || [429, 502, 503, 504].includes(error.status);
      if (client.getState().userId !== sender) {
        return;
      }
      if (pause === undefined || !mayPass) {
        client.dispatch({ type: 'send-failed', userId, key, code: codeOf(error) });
        return;
      }
      const wait = error instanceof Problem ? Math.max(pause, Math.min(error.retryAfter ?? 0, 15_000)) : pause;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

export type NotificationAction = 'seen' | 'read' | 'unread' | 'archived';

export async function changeNotification(client: FleetClient, id: string, state: NotificationAction): Promise<void> {
  const before = asked(client.getState());
  const notification = await client.api.patch<FleetNotification>(`notifications/${encodeURIComponent(id)}`, { state });
  client.dispatch({ type: 'notification-answered', notification, asked: before });
}

export async function deleteNotification(client: FleetClient, id: string): Promise<void> {
  await client.api.delete(`notifications/${encodeURIComponent(id)}`);
}

export async function readAllNotifications(client: FleetClient): Promise<void> {
  await client.api.post('notifications/read-all');
}

export async function readConversation(client: FleetClient, userId: string, messageId?: string): Promise<void> {
  await client.api.post(
    `messages/conversations/${encodeURIComponent(userId)}/read`,
    messageId === undefined ? undefined : { messageId },
  );
}

export async function tellTyping(client: FleetClient, userId: string): Promise<void> {
  await client.api.post(`messages/conversations/${encodeURIComponent(userId)}/typing`);
}
