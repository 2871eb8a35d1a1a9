import type { Message } from '@fleetman/client';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '../api';
import { startTexts } from '../i18n';
import { FakeApi, ok, problem } from '../testing/FakeApi';
import { OWNER, showPage } from '../testing/pages';
import routes from './routes';

const PEER = '0b0b0b0b-0000-4000-8000-000000000002';
const user = { id: PEER, companyName: 'Talleres Sur', type: 'PROVIDER', locale: 'es' };

let server: FakeApi;

function message(id: string, content: string, change: Partial<Message> = {}): Message {
  return {
    id,
    senderId: PEER,
    recipientId: OWNER.id,
    content,
    sentAt: '2026-11-30T10:00:00.000Z',
    readAt: null,
    conversationWith: PEER,
    ...change,
  };
}

function own(id: string, content: string, change: Partial<Message> = {}): Message {
  return message(id, content, { senderId: OWNER.id, recipientId: PEER, ...change });
}

function history(...newestFirst: Message[]) {
  server.on('GET', /^messages\/conversations\/[^/]+$/, () => ok({ items: newestFirst, nextCursor: null }));
}

function relation(change: object = {}) {
  server.on('GET', /^users\/me\/contacts\/[^/]+$/, () =>
    ok({ userId: PEER, user, since: null, isContact: true, isBlocked: false, isAccepted: false, ...change }),
  );
}

function show() {
  return showPage([{ path: '/messages', children: routes }], `/messages/conversations/${PEER}`);
}

beforeAll(() => startTexts('en'));

beforeEach(() => {
  server = new FakeApi(OWNER.id);
  server.on('GET', /^messages\/conversations$/, () => ok({ items: [], nextCursor: null }));
  server.on('POST', /^messages\/conversations\/[^/]+\/(read|typing)$/, () => ok({ told: true }));
  relation();
  history();
});

afterEach(() => {

  client.stop();
  server.close();
});

async function log() {
  return within(await screen.findByRole('log'));
}

async function write(text: string) {
  const person = userEvent.setup();
  await person.type(await screen.findByRole('textbox', { name: /message to talleres sur/i }), text);
  await person.keyboard('{Enter}');
  return person;
}

test('a receipt says in words whether a message was read', async () => {
  history(own('m2', 'And now?'), own('m1', 'Hello', { readAt: '2026-11-30T10:01:00.000Z' }));
  show();
  const first = (await (await log()).findByText('Hello')).closest('li');
  const second = (await log()).getByText('And now?').closest('li');
  expect(first?.textContent).toMatch(/✓✓Read Nov 30, 2026/);
  expect(second?.textContent).toMatch(/✓Sent, not read yet/);

  server.tell('chat-read', {
    conversationWith: PEER,
    readerId: PEER,
    upToMessageId: 'm2',
    readAt: '2026-11-30T10:05:00.000Z',
    unreadCount: 0,
    counts: { notifications: 0, messages: 0 },
  });
  await waitFor(() => expect(second?.textContent).toMatch(/✓✓Read Nov 30, 2026/));
});

test('a message is shown at once; one that failed is sent again with the same key', async () => {
  let answer: (response: Response) => void = () => undefined;
  server.on('POST', /^messages$/, () => new Promise<Response>((resolve) => (answer = resolve)));
  show();
  const person = await write('The crane is back');
  const pending = (await (await log()).findByText('The crane is back')).closest('li');
  expect(pending?.textContent).toContain('Sending…');

  answer(problem(500, 'internal_error'));
  const again = await screen.findByRole('button', { name: 'Send again' });
  expect(pending?.textContent).toContain('Not sent.');
  await person.click(again);
  await waitFor(() => expect(server.requests('POST', /^messages$/)).toHaveLength(2));
  answer(ok(own('m9', 'The crane is back')));

  await waitFor(() => expect(screen.queryByText('Sending…')).toBeNull());
  expect((await log()).getAllByText('The crane is back')).toHaveLength(1);
  const keys = server.requests('POST', /^messages$/).map((asked) => asked.headers.get('Idempotency-Key'));
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test('a message that arrives is shown once, also where it is replayed, and is read', async () => {
  history(message('m1', 'First', { readAt: '2026-11-30T10:00:01.000Z' }));
  show();
  await (await log()).findByText('First');
  const event = {
    message: message('m2', 'Second', { sentAt: '2026-11-30T10:02:00.000Z' }),
    conversationWith: PEER,
    unreadCount: 1,
    counts: { notifications: 1, messages: 1 },
  };
  const id = server.tell('chat-message', event);
  await (await log()).findByText('Second');
  server.tell('chat-message', event, id);
  server.tell('typing', { conversationWith: PEER });
  await screen.findByText('is typing…');

  expect((await log()).getAllByText('Second')).toHaveLength(1);
  await waitFor(() => {
    const read = server.requests('POST', /\/read$/);
    expect(read.map((asked) => asked.body)).toEqual([{ messageId: 'm2' }]);
  });
});

test('the list of conversations takes news in place, and its order is renewed by a button', async () => {
  const other = '0b0b0b0b-0000-4000-8000-000000000003';
  const talk = (userId: string, companyName: string, id: string) => ({
    conversationWith: userId,
    user: { ...user, id: userId, companyName },
    lastMessage: message(id, `Last of ${companyName}`, { senderId: userId, conversationWith: userId }),
    lastActivityAt: '2026-11-30T10:00:00.000Z',
    unreadCount: 0,
    isContact: true,
    isBlocked: false,
    isAccepted: false,
  });
  server.on('GET', /^messages\/conversations$/, () =>
    ok({ items: [talk(PEER, 'Talleres Sur', 'm1'), talk(other, 'Grúas Este', 'm2')], nextCursor: null }),
  );
  showPage([{ path: '/messages', children: routes }], '/messages');
  await screen.findByText('Last of Grúas Este');
  const names = () => [...document.querySelectorAll('.conversation-item-name')].map((name) => name.textContent);
  server.tell('chat-message', {
    message: message('m3', 'The part is there', { senderId: other, conversationWith: other, sentAt: '2026-11-30T11:00:00.000Z' }),
    conversationWith: other,
    unreadCount: 1,
    counts: { notifications: 1, messages: 1 },
  });
  await screen.findByText('The part is there');
  expect(names()).toEqual(['Talleres Sur', 'Grúas Este']);
  await userEvent.setup().click(screen.getByRole('button', { name: '1 new' }));
  expect(names()).toEqual(['Grúas Este', 'Talleres Sur']);
  expect(document.activeElement?.textContent).toContain('Grúas Este');
});

test('the length is counted in characters, not in UTF-16 units', async () => {
  server.on('POST', /^messages$/, (asked) => ok(own('m3', (asked.body as { content: string }).content)));
  show();
  const field = await screen.findByRole('textbox', { name: /message to/i });
  const person = userEvent.setup();
  // A key press of the test library would halve a character of two units.
  fireEvent.change(field, { target: { value: '🏗'.repeat(1001) } });
  await person.click(field);
  expect(screen.getByText('1 character too many (at most 1000)')).toBeTruthy();
  await person.keyboard('{Enter}');
  expect(server.requests('POST', /^messages$/)).toHaveLength(0);

  fireEvent.change(field, { target: { value: '🏗'.repeat(1000) } });
  await person.keyboard('{Enter}');
  await waitFor(() => expect(server.requests('POST', /^messages$/)).toHaveLength(1));
  expect((field as HTMLTextAreaElement).value).toBe('');
});

test('who is no contact is told so, and can accept the chat', async () => {
  relation({ isContact: false });
  history(message('m1', 'We have a spare part'));
  server.on('POST', /\/accept$/, () => ok({ userId: PEER, isContact: false, isBlocked: false, isAccepted: true }));
  show();
  await screen.findByText(/Accept the chat to answer/);
  relation({ isContact: false, isAccepted: true });
  await userEvent.setup().click(screen.getByRole('button', { name: 'Accept chat' }));
  await waitFor(() => expect(screen.queryByText(/Accept the chat to answer/)).toBeNull());
});

test('being blocked is said at the message that could not be sent', async () => {
  server.on('POST', /^messages$/, () => problem(403, 'blocked'));
  show();
  await write('Hello?');
  await screen.findByText(/does not accept your messages/);
});

test('an address of nobody says so', async () => {
  server.on('GET', /^users\/me\/contacts\/[^/]+$/, () => problem(404, 'user_not_found'));
  show();
  await screen.findByText('There is no such company');
});
