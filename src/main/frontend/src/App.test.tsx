import type { FleetNotification } from '@fleetman/client';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeServer, notification, OWNER, Refusal } from './testing/FakeServer';

const WAIT = { timeout: 40_000 };
let server: FakeServer;

/** The whole application at an address, as a browser would load it. */
async function open(path: string): Promise<void> {
  vi.resetModules();
  window.history.replaceState(null, '', path);
  const { startTexts } = await import('./i18n');
  await startTexts('en');
  const { App } = await import('./App');
  render(<App />);
}

function inbox(...items: FleetNotification[]): void {
  server.on('GET notifications', () => ({ items, nextCursor: null }));
}

function row(title: string): HTMLElement {
  const item = screen.getByText(title).closest('li');
  if (!item) {
    throw new Error(`${title} is in no list`);
  }
  return item;
}

beforeEach(() => {
  localStorage.clear();
  document.head.innerHTML = '<base href="/">';
  document.body.innerHTML = '';
  server = new FakeServer().on('GET users/me', () => OWNER);
  inbox();
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('SharedWorker', undefined);
});

function signedOut(): void {
  server
    .on('GET users/me', () => new Refusal(401, 'unauthenticated'))
    .on('POST auth/refresh', () => new Refusal(401, 'unauthenticated'));
}

test('signs in and shows the page that was asked for', async () => {
  const user = userEvent.setup();
  signedOut();
  server.on('POST auth/login', ({ body }) =>
    (body as { password: string }).password === 'fleetman-demo'
      ? { user: OWNER, token: 't', refreshToken: 'r', expiresAt: '2026-01-10T13:00:00.000Z' }
      : new Refusal(401, 'invalid_credentials'),
  );
  await open('/profile');

  await user.type(await screen.findByLabelText('Email', {}, WAIT), 'owner@fleetman.example');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert', {}, WAIT)).textContent).toContain('The email or the password is wrong.');

  await user.clear(screen.getByLabelText('Password'));
  await user.type(screen.getByLabelText('Password'), 'fleetman-demo{Enter}');
  expect(await screen.findByRole('heading', { level: 1, name: 'Profile' }, WAIT)).toBeDefined();
  expect(window.location.pathname).toBe('/profile');
});

test('says at the field what is wrong with it', async () => {
  const user = userEvent.setup();
  signedOut();
  server.on('POST auth/register', () => new Refusal(400, 'too_short', 'password'));
  await open('/register');

  await user.type(await screen.findByLabelText('Company name', {}, WAIT), 'Grúas');
  await user.click(screen.getByRole('button', { name: 'Create account' }));

  expect(await screen.findByText('This is too short.', {}, WAIT)).toBeDefined();
  const password = screen.getByLabelText('Password');
  expect(password.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(password);
});

test('the badge is the number that the server says, and news is shown and read out at once', async () => {
  server.counts = { notifications: 7, messages: 2 };
  inbox(notification('1'));
  await open('/inbox');
  expect(await screen.findByRole('link', { name: 'Notifications: 7 unread' }, WAIT)).toBeDefined();
  expect(await screen.findByText('Message from Sender 1', {}, WAIT)).toBeDefined();

  server.emit(null, { ...notification('2'), count: 41, counts: { notifications: 41, messages: 3 } });

  expect(await screen.findByRole('link', { name: 'Notifications: 41 unread' }, WAIT)).toBeDefined();
  await waitFor(() => {
    const said = screen.getAllByRole('status').map((region) => region.textContent);
    expect(said).toContain('New notification: Message from Sender 2');
  }, WAIT);
  expect(document.title).toContain('Notifications');
});

function titles(): (string | null)[] {
  return [...document.querySelectorAll('.notification-title')].map((title) => title.textContent);
}

const UNREAD = (id: string) => `Unread: Message from Sender ${id}`;

test('what is new waits behind a button, which shows it and hands over the focus', async () => {
  const user = userEvent.setup();
  inbox(notification('1'));
  await open('/inbox');
  await screen.findByText('Message from Sender 1', {}, WAIT);
  await screen.findByText('Live', {}, WAIT);
  const counts = { notifications: 2, messages: 0 };
  server.emit(null, { ...notification('2'), count: 2, counts });
  server.emit(null, { ...notification('3'), count: 2, counts });
  await screen.findByRole('button', { name: '2 new' }, WAIT);
  expect(titles()).toEqual([UNREAD('1')]);

  screen.getByRole('button', { name: '2 new' }).focus();
  await user.keyboard('{Enter}');
  expect(titles()).toEqual([UNREAD('3'), UNREAD('2'), UNREAD('1')]);
  expect(document.activeElement?.textContent).toBe(UNREAD('3'));
  expect(screen.queryByRole('button', { name: / new$/ })).toBeNull();
});

test('what is new is there when the reader comes back to the tab', async () => {
  inbox(notification('1'));
  await open('/inbox');
  await screen.findByText('Message from Sender 1', {}, WAIT);
  await screen.findByText('Live', {}, WAIT);
  server.emit(null, { ...notification('2'), count: 2, counts: { notifications: 2, messages: 0 } });
  await screen.findByRole('button', { name: '1 new' }, WAIT);

  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => expect(titles()).toEqual([UNREAD('2'), UNREAD('1')]), WAIT);
  visibility.mockRestore();
});

test('what another device archives keeps its row, marked, and what is archived here goes', async () => {
  const user = userEvent.setup();
  inbox(notification('1'), notification('2'), notification('3'));
  server.on('PATCH notifications/3', () => notification('3', { archivedAt: new Date().toISOString() }));
  await open('/inbox');
  await screen.findByText('Message from Sender 1', {}, WAIT);
  await screen.findByText('Live', {}, WAIT);
  const archivedAt = new Date().toISOString();
  server.emit('notification-state', {
    change: 'archived', all: false, ids: ['1'], seenAt: archivedAt, readAt: null, archivedAt,
    counts: { notifications: 2, messages: 0 },
  });
  await waitFor(() => expect(row('Message from Sender 1').textContent).toContain('No longer in this list'), WAIT);
  expect(titles()).toHaveLength(3);
  expect(within(row('Message from Sender 1')).queryByRole('button', { name: /Actions/ })).toBeNull();

  await user.click(within(row('Message from Sender 3')).getByRole('button', { name: /Actions/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Archive' }));
  await screen.findAllByText('Archived', {}, WAIT);
  expect(titles()).toHaveLength(2);
});

test('another device reads everything, and it shows here', async () => {
  server.counts = { notifications: 1, messages: 0 };
  inbox(notification('1'));
  await open('/inbox');
  await screen.findByText('Message from Sender 1', {}, WAIT);
  expect(row('Message from Sender 1').querySelector('.notification-unread')).not.toBeNull();
  await screen.findByText('Live', {}, WAIT);

  const now = new Date().toISOString();
  server.emit('notification-state', {
    change: 'read',
    all: true,
    ids: [],
    seenAt: now,
    readAt: now,
    archivedAt: null,
    counts: { notifications: 0, messages: 0 },
  });

  await waitFor(() => expect(row('Message from Sender 1').querySelector('.notification-unread')).toBeNull(), WAIT);
  expect(screen.getByRole('link', { name: 'Notifications: none unread' })).toBeDefined();
});

test('opening a notification reads it and shows its page', async () => {
  const user = userEvent.setup();
  const item = notification('1', { actionUrl: '/profile' });
  inbox(item);
  server.on('PATCH notifications/1', () => ({ ...item, readAt: new Date().toISOString() }));
  await open('/inbox');

  await user.click(await screen.findByRole('link', { name: /Message from Sender 1/ }, WAIT));

  expect(await screen.findByRole('heading', { level: 1, name: 'Profile' }, WAIT)).toBeDefined();
  expect(server.requests).toContain('PATCH notifications/1');
});

test('what the server refuses comes back', async () => {
  const user = userEvent.setup();
  inbox(notification('1', { actionUrl: '/messages' }), notification('2'));
  server.on('DELETE notifications/1', () => new Refusal(503, 'database_unavailable'));
  await open('/inbox');
  await screen.findByText('Message from Sender 1', {}, WAIT);

  await user.click(within(row('Message from Sender 1')).getByRole('button', { name: /^Actions/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Delete' }));

  expect((await screen.findAllByText(/not available right now/, {}, WAIT)).length).toBeGreaterThan(0);
  expect(await screen.findByText('Message from Sender 1', {}, WAIT)).toBeDefined();
});

test('filters stand in the address and are asked of the server', async () => {
  const user = userEvent.setup();
  await open('/inbox?priority=HIGH');
  await user.click(await screen.findByRole('button', { name: 'Archived' }, WAIT));

  await waitFor(
    () => expect(server.requests).toContain('GET notifications?state=archived&priority=HIGH&limit=30'),
    WAIT,
  );
  expect(await screen.findByText('Nothing matches', {}, WAIT)).toBeDefined();
  expect(window.location.search).toBe('?state=archived&priority=HIGH');
});

test('an address that is none says so', async () => {
  await open('/nowhere');
  expect(await screen.findByText('This page does not exist', {}, WAIT)).toBeDefined();
});

test('works below any context path', async () => {
  document.head.innerHTML = '<base href="/some/where/">';
  await open('/some/where/inbox');
  expect(await screen.findByRole('heading', { level: 1, name: 'Notifications' }, WAIT)).toBeDefined();
  expect(screen.getByRole('link', { name: 'Machines' }).getAttribute('href')).toBe('/some/where/machines');
});

test('a session that ended elsewhere ends here, with the reason', async () => {
  await open('/inbox');
  await screen.findByText('Live', {}, WAIT);
  signedOut();
  server.emit('expired', { reason: 'deactivated' });
  expect((await screen.findAllByText('This account is deactivated.', {}, WAIT)).length).toBeGreaterThan(0);
  expect(await screen.findByRole('heading', { level: 1, name: 'Sign in' }, WAIT)).toBeDefined();
});
