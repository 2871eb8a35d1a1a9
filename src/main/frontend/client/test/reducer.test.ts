import { describe, expect, it } from 'vitest';
import { asked, initialState, reduce, type Asked, type Change } from '../src/reducer.js';
import type { FleetState } from '../src/state.js';
import type { EventData, EventName, FleetEvent, FleetNotification, Message } from '../src/wire.js';
import { FleetModel } from './fleet-model.js';
import { Random, seed } from './random.js';
import { notification as wireNotification } from './scripted-server.js';

const NONE = { notifications: 0, messages: 0 };

function event<N extends EventName>(name: N, seq: number | null, data: Partial<EventData[N]>): FleetEvent {
  return { name, seq, data: { counts: NONE, ...data }, at: 1_000, live: true } as unknown as FleetEvent;
}

function after(...changes: Change[]): FleetState {
  const start: Change[] = [{ type: 'started', userId: 'ana' }, { type: 'attached', seq: 4, counts: NONE }];
  return [...start, ...changes].reduce(reduce, initialState);
}

const inbox = (...items: FleetNotification[]): Change => ({
  type: 'notifications-loaded', page: { items, nextCursor: null }, append: false, asked: { seq: 4, epoch: after().epoch },
});

function note(id: string, more: Partial<FleetNotification> = {}): FleetNotification {
  const inner = new Set(['count', 'counts']);
  const rest = Object.fromEntries(Object.entries(wireNotification(id)).filter(([name]) => !inner.has(name)));
  return { ...rest, ...more } as unknown as FleetNotification;
}

function text(id: string, from: string, more: Partial<Message> = {}): Message {
  const to = from === 'ana' ? 'ben' : 'ana';
  return { id, senderId: from, recipientId: to, content: id, sentAt: `2026-01-01T10:00:0${id.slice(1)}.000Z`, readAt: null, conversationWith: 'ben', ...more };
}

const history = (...items: Message[]): Change => ({
  type: 'messages-loaded', userId: 'ben', page: { items: items.toReversed(), nextCursor: null }, append: false, asked: { seq: 4, epoch: after().epoch },
});

describe('the reducer', () => {
  it('takes counts from the server only', () => {
    const counts = { notifications: 7, messages: 3 };
    const state = after(inbox(note('n1')), event('notification-state', 5, { change: 'read', ids: ['n1'], all: false, readAt: 'x', counts }));
    expect(state.counts).toEqual(counts);
    expect(after(inbox(note('n1'), note('n2'))).counts).toEqual(NONE);
  });

  it('passes over what it has seen, by its position', () => {
    const told = event('notification', 5, { ...note('n1'), counts: { notifications: 1, messages: 0 } });
    const read = event('notification-state', 6, { change: 'read', ids: ['n1'], all: false, seenAt: 'x', readAt: 'x' });
    const state = after(told, read);
    expect(reduce(state, told)).toBe(state);
    expect(reduce(state, read)).toBe(state);
    expect(state.notifications.items[0]?.readAt).toBe('x');
  });

  it('puts a notification that is told anew first, unseen', () => {
    const state = after(inbox(note('n2'), note('n1', { seenAt: 'x' })), event('notification-updated', 5, note('n1', { metadata: { n: 2 } })));
    expect(state.notifications.items.map((item) => [item.id, item.seenAt])).toEqual([['n1', null], ['n2', null]]);
  });

  it('keeps the time of the first look', () => {
    const state = after(inbox(note('n1', { seenAt: 'first' })), event('notification-state', 5, { change: 'read', ids: ['n1'], all: false, seenAt: 'later', readAt: 'later' }));
    expect(state.notifications.items[0]).toMatchObject({ seenAt: 'first', readAt: 'later' });
  });

  it('fetches the inbox again when something returns from the archive', () => {
    const state = after(inbox(note('n1')), event('notification-state', 5, { change: 'unread', ids: ['n9'], all: false }));
    expect(state.notifications.stale).toBe(true);
  });

  it('applies a receipt to what was sent up to it', () => {
    const state = after(
      history(text('m1', 'ana'), text('m2', 'ben'), text('m3', 'ana'), text('m4', 'ana')),
      event('chat-read', 5, { conversationWith: 'ben', readerId: 'ben', upToMessageId: 'm3', readAt: 'x', unreadCount: 1 }),
    );
    expect(state.messages['ben']?.items.map((item) => item.readAt)).toEqual(['x', null, 'x', null]);
    expect(state.messages['ben']?.unreadCount).toBe(1);
  });

  it('shows an own message once, whichever of answer and event is first', () => {
    const pending = { key: 'k', content: 'm5', createdAt: 'x', status: 'sending', code: null } as const;
    const sending: Change = { type: 'sending', userId: 'ben', message: pending };
    const sent: Change = { type: 'sent', userId: 'ben', key: 'k', message: text('m5', 'ana') };
    const told = event('chat-message', 5, { message: text('m5', 'ana'), conversationWith: 'ben', unreadCount: 0 });
    for (const order of [[sent, told], [told, sent]]) {
      const first = after(history(), sending);
      expect(first.messages['ben']?.pending).toHaveLength(1);
      const states = order.map((_, index) => order.slice(0, index + 1).reduce(reduce, first));
      for (const state of states) {
        expect(state.messages['ben']).toMatchObject({ pending: [], items: [{ id: 'm5' }] });
      }
    }
  });

  it('does not take a failed or another pending message for the one that was sent', () => {
    const pending = (key: string, status: 'sending' | 'failed'): Change => ({
      type: 'sending', userId: 'ben', message: { key, content: 'm5', createdAt: 'x', status, code: null },
    });
    const state = after(history(), pending('a', 'failed'), pending('b', 'sending'), pending('c', 'sending'),
      event('chat-message', 5, { message: text('m5', 'ana'), conversationWith: 'ben', unreadCount: 0 }),
      { type: 'sent', userId: 'ben', key: 'b', message: text('m5', 'ana') });
    expect(state.messages['ben']?.pending.map((item) => item.key)).toEqual(['a', 'c']);
    expect(state.messages['ben']?.items).toHaveLength(1);
  });

  it('keeps messages in the order of sending when an answer overtakes an event', () => {
    const state = after(history(text('m1', 'ben')), { type: 'sent', userId: 'ben', key: 'k', message: text('m3', 'ana') },
      event('chat-message', 5, { message: text('m2', 'ben'), conversationWith: 'ben', unreadCount: 1 }));
    expect(state.messages['ben']?.items.map((item) => item.id)).toEqual(['m1', 'm2', 'm3']);
  });

  it('ends typing with the message, and with time', () => {
    const typing = after(event('typing', null, { conversationWith: 'ben' }));
    expect(typing.typing).toEqual({ ben: 6_000 });
    expect(reduce(typing, { type: 'time', now: 5_999 })).toBe(typing);
    expect(reduce(typing, { type: 'time', now: 6_000 }).typing).toEqual({});
    const written = event('chat-message', 5, { message: text('m1', 'ben'), conversationWith: 'ben', unreadCount: 1 });
    expect(reduce(typing, written).typing).toEqual({});
  });

  it('marks everything stale at a reset, keeps it on the screen, and goes on from there', () => {
    const before = after(inbox(note('n1')), history(text('m1', 'ben')));
    const state = reduce(before, event('reset', null, { reason: 'expired', seq: 90, counts: { notifications: 5, messages: 5 } }));
    expect(state).toMatchObject({ seq: 90, counts: { notifications: 5, messages: 5 }, epoch: before.epoch + 1 });
    expect(state.notifications).toMatchObject({ stale: true, items: [{ id: 'n1' }] });
    expect(state.messages['ben']).toMatchObject({ stale: true, items: [{ id: 'm1' }] });
    expect(reduce(state, event('notification', 91, note('n2'))).seq).toBe(91);
  });

  it('goes back in the log where a reset says so', () => {
    expect(after(event('reset', null, { reason: 'unknown', seq: 2 })).seq).toBe(2);
  });

  it('does not trust an answer that was asked for before a reset', () => {
    const question = asked(after());
    const state = after(event('reset', null, { reason: 'expired', seq: 90 }), {
      type: 'notifications-loaded', page: { items: [note('n1')], nextCursor: null }, append: false, asked: question,
    });
    expect(state.notifications.stale).toBe(true);
  });

  it('notices a gap', () => {
    const state = after(inbox(note('n1')), event('notification', 7, note('n2')));
    expect(state).toMatchObject({ seq: 7, notifications: { stale: true } });
  });

  it('knows nothing of another user afterwards', () => {
    const state = reduce(after(inbox(note('n1')), history(text('m1', 'ben'))), { type: 'started', userId: 'eva' });
    expect(state).toMatchObject({ userId: 'eva', seq: 0, attached: false, counts: null, messages: {} });
    expect(state.notifications.items).toEqual([]);
  });

  it('appends older pages without doubles', () => {
    const first = after({ type: 'notifications-loaded', page: { items: [note('n3'), note('n2')], nextCursor: 'c' }, append: false, asked: { seq: 4, epoch: after().epoch } });
    const state = reduce(first, { type: 'notifications-loaded', page: { items: [note('n2'), note('n1')], nextCursor: null }, append: true, asked: asked(first) });
    expect(state.notifications.items.map((item) => item.id)).toEqual(['n3', 'n2', 'n1']);
    expect(state.notifications.nextCursor).toBeNull();
  });

  it('takes unknown events for what they are', () => {
    const unknown: FleetEvent = { name: 'unknown', event: 'presence', seq: 5, data: {}, at: 0, live: true };
    expect(after(unknown).seq).toBe(5);
  });
});

/** What the screen shows, without what only REST can know (since when somebody is a contact). */
function shown(state: FleetState): unknown {
  const relation = ({ userId, isContact, isBlocked, isAccepted }: FleetState['contacts']['items'][number]): unknown => ({
    userId, isContact, isBlocked, isAccepted,
  });
  return {
    counts: state.counts,
    notifications: state.notifications.items,
    conversations: state.conversations.items,
    contacts: state.contacts.items.map(relation),
    blocked: state.blocked.items.map(relation),
    messages: Object.fromEntries(Object.entries(state.messages).map(([userId, list]) => [userId, list.items])),
  };
}

const OTHERS = ['ben', 'eva', 'leo'];

type Answer = (asked: Asked) => Change;

/** What the server would answer now; every list whole, so that both ways can be compared. */
function answers(model: FleetModel): Answer[] {
  const page = <T>(items: T[]): { items: T[]; nextCursor: null } => ({ items, nextCursor: null });
  const notifications = page(model.inbox());
  const conversations = page(model.conversations());
  const contacts = page(model.contacts('contact'));
  const blocked = page(model.contacts('blocked'));
  return [
    (since) => ({ type: 'notifications-loaded', page: notifications, append: false, asked: since }),
    (since) => ({ type: 'conversations-loaded', page: conversations, append: false, asked: since }),
    (since) => ({ type: 'contacts-loaded', page: contacts, append: false, asked: since }),
    (since) => ({ type: 'blocked-loaded', page: blocked, append: false, asked: since }),
    ...OTHERS.map((userId) => {
      const messages = page(model.messages(userId));
      return (since: Asked): Change => ({ type: 'messages-loaded', userId, page: messages, append: false, asked: since });
    }),
  ];
}

function fresh(model: FleetModel): FleetState {
  const start: Change[] = [{ type: 'started', userId: 'ana' }, { type: 'attached', seq: model.seq, counts: model.counts() }];
  const state = start.reduce(reduce, initialState);
  return answers(model).map((answer) => answer(asked(state))).reduce(reduce, state);
}

/** Fetches what the state says is stale, as the hooks do. */
function refetched(state: FleetState, model: FleetModel): FleetState {
  const stale = [
    state.notifications.stale,
    state.conversations.stale,
    state.contacts.stale,
    state.blocked.stale,
    ...OTHERS.map((userId) => state.messages[userId]?.stale === true),
  ];
  return answers(model)
    .filter((_, index) => stale[index])
    .map((answer) => answer(asked(state)))
    .reduce(reduce, state);
}

describe('old state + events == fresh state', () => {
  it('after random operations, with events doubled', () => {
    const random = new Random(seed());
    for (let round = 0; round < 60; round++) {
      const model = new FleetModel(random);
      for (let i = random.below(30); i > 0; i--) {
        model.step();
      }
      let state = fresh(model);
      for (let i = 0; i < 60; i++) {
        const from = state.seq;
        model.step();
        const replayed = Math.max(0, from - random.below(3));
        state = model.log.slice(replayed).reduce(reduce, state);
      }
      state = refetched(state, model);
      expect(shown(state), `SEED=${String(random.seed)} round ${String(round)}`).toEqual(shown(fresh(model)));
    }
  });

  it('with answers that were read at one time and arrive at another', () => {
    const random = new Random(seed());
    for (let round = 0; round < 60; round++) {
      const model = new FleetModel(random);
      let state = fresh(model);
      const waiting: { answer: Answer; since: Asked }[] = [];
      for (let i = 0; i < 80; i++) {
        model.step();
        // The page knows less of the log than the server; an answer knows as much as the server did when it was read.
        const until = state.seq + random.below(model.seq - state.seq + 1);
        const since = asked(state);
        if (random.below(3) === 0) {
          waiting.push({ answer: random.of(answers(model)), since });
        }
        state = model.log.slice(state.seq, until).reduce(reduce, state);
        const late = waiting[0];
        if (late && random.below(2) === 0) {
          waiting.shift();
          state = reduce(state, late.answer(late.since));
        }
      }
      waiting.forEach(({ answer, since }) => {
        state = reduce(state, answer(since));
      });
      state = model.log.slice(state.seq).reduce(reduce, state);
      state = refetched(state, model);
      expect(shown(state), `SEED=${String(random.seed)} round ${String(round)}`).toEqual(shown(fresh(model)));
    }
  });

  it('across resets', () => {
    const random = new Random(seed());
    for (let round = 0; round < 30; round++) {
      const model = new FleetModel(random);
      let state = fresh(model);
      for (let i = 0; i < 60; i++) {
        model.step();
        if (random.below(10) === 0) {
          state = reduce(state, event('reset', null, { reason: 'expired', seq: model.seq, counts: model.counts() }));
          state = refetched(state, model);
        } else if (random.below(2) === 0) {
          state = model.log.slice(state.seq).reduce(reduce, state);
        }
      }
      state = refetched(model.log.slice(state.seq).reduce(reduce, state), model);
      expect(shown(state), `SEED=${String(random.seed)} round ${String(round)}`).toEqual(shown(fresh(model)));
    }
  });
});
