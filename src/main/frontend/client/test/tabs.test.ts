import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFleetClient, topicsOf, type FleetClient } from '../src/client.js';
import type { FleetEvent } from '../src/wire.js';
import { FakeBrowser, type FakeTab } from './fake-browser.js';
import { ScriptedServer, connected, notification, problem, success } from './scripted-server.js';

interface Tab {
  readonly fake: FakeTab;
  readonly client: FleetClient;
  readonly events: FleetEvent[];
  readonly shown: string[];
  /** Positions of the numbered events, as they came. */
  seqs(): number[];
}

let server: ScriptedServer;
let browser: FakeBrowser;

function tab(way: 'shared-worker' | 'leader' | 'direct', userId: string | null = 'ana'): Tab {
  const fake = browser.tab();
  const client = createFleetClient({
    baseUrl: 'http://fleet.example/app/',
    transport: way,
    browser: fake.browser,
    worker: fake.worker,
    page: fake.page,
    sse: { random: () => 1 },
  });
  const events: FleetEvent[] = [];
  const shown: string[] = [];
  client.onEvent((event) => events.push(event));
  client.onShow((one) => shown.push(one.id));
  if (userId !== null) {
    client.start(userId);
  }
  return { fake, client, events, shown, seqs: () => events.flatMap((event) => (event.seq === null ? [] : [event.seq])) };
}

const settle = (ms = 300): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Opens tabs, one after the other, and the stream at position 4. */
async function tabs(count: number, way: 'shared-worker' | 'leader'): Promise<Tab[]> {
  const all: Tab[] = [];
  for (let i = 0; i < count; i++) {
    all.push(tab(way));
    await settle();
    if (i === 0) {
      server.stream.event(null, 4, connected(4, { counts: { notifications: 2, messages: 1 } }));
      await settle();
    }
  }
  return all;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T10:00:00Z'));
  server = new ScriptedServer();
  browser = new FakeBrowser(server.fetch);
});

afterEach(() => {
  vi.useRealTimers();
});

describe.each(['shared-worker', 'leader'] as const)('one connection per browser, by %s', (way) => {
  it('serves eight tabs, each with every event once and with the counts', async () => {
    const all = await tabs(8, way);
    expect(all.map((one) => one.client.transport)).toEqual(Array(8).fill(way));
    server.stream.event(null, 5, notification('n5', { counts: { notifications: 3, messages: 1 } }));
    server.stream.event('typing', null, { conversationWith: 'ben' });
    server.stream.event('chat-read', 6, { conversationWith: 'ben', readerId: 'ana', counts: { notifications: 3, messages: 0 } });
    await settle();
    expect(server.streams).toHaveLength(1);
    for (const one of all) {
      expect(one.seqs()).toEqual([5, 6]);
      expect(one.client.getState()).toMatchObject({ seq: 6, counts: { notifications: 3, messages: 0 } });
      expect(one.client.getState().connection.phase).toBe('open');
      expect(one.client.getState().typing).toHaveProperty('ben');
    }
  });

  it('carries the topics of an administrator for all tabs', async () => {
    const all = ['first', 'second'].map(() => tab(way, null));
    const stats = all.map((one) => {
      const streams: number[] = [];
      one.client.on('admin-stats', (data) => streams.push(data.streams));
      return streams;
    });
    for (const one of all) {
      one.client.start('ana', topicsOf({ roles: ['ADMIN'] }));
      await settle();
    }
    expect(server.streams).toHaveLength(1);
    expect(server.stream.request.url).toMatch(/\/notifications\/stream\?topics=admin$/);
    server.stream.event(null, 4, connected(4));
    server.stream.event('admin-stats', null, { at: '2026-01-01T10:00:00Z', streams: 7 });
    await settle();
    expect(stats).toEqual([[7], [7]]);
    expect(all.map((one) => one.client.getState().seq)).toEqual([4, 4]);
    if (way === 'leader') {
      all[0]?.fake.crash();
      await settle();
      expect(server.stream.request.url).toMatch(/\/notifications\/stream\?topics=admin$/);
    }
    expect(server.openStreams).toHaveLength(1);
  });

  it('gives a tab that comes later the counts and the position of now', async () => {
    await tabs(1, way);
    server.stream.event(null, 5, notification('n5', { counts: { notifications: 3, messages: 1 } }));
    await settle();
    const late = tab(way);
    await settle();
    expect(late.client.getState()).toMatchObject({ attached: true, seq: 5, counts: { notifications: 3, messages: 1 } });
    server.stream.event(null, 6, notification('n6'));
    await settle();
    expect(late.seqs()).toEqual([6]);
  });

  it('shows a notification in one tab, the one in front', async () => {
    const all = await tabs(3, way);
    all[0]?.fake.page.show(false);
    all[2]?.fake.page.show(false);
    await settle();
    server.stream.event(null, 5, notification('n5'));
    await settle();
    expect(all.map((one) => one.shown)).toEqual([[], ['n5'], []]);
  });

  it('never shows what is older than the connection', async () => {
    const [one] = await tabs(1, way);
    server.stream.event(null, 5, notification('old', { createdAt: '2026-01-01T09:59:59.000Z' }));
    server.stream.event(null, 6, notification('new'));
    await settle();
    expect(one?.shown).toEqual(['new']);
    expect(one?.events.filter((event) => event.seq !== null).map((event) => event.live)).toEqual([false, true]);
  });

  it('never shows what is fetched from the log after a reconnection', async () => {
    const [one] = await tabs(1, way);
    server.stream.break();
    await settle(3_000);
    server.stream.event(null, 4, connected(4, { serverTime: '2026-01-01T10:00:05.000Z' }));
    server.stream.event(null, 5, notification('replayed'));
    server.stream.event(null, 6, notification('live', { createdAt: '2026-01-01T10:00:06.000Z' }));
    await settle();
    expect(one?.seqs()).toEqual([5, 6]);
    expect(one?.shown).toEqual(['live']);
  });

  it('stops all tabs at logout', async () => {
    server.on('POST', '/auth/logout', () => success({}));
    const all = await tabs(3, way);
    await all[1]?.client.logout();
    await settle();
    for (const one of all) {
      expect(one.client.getState().connection).toMatchObject({ phase: 'signed-out', reason: 'logged_out' });
    }
    expect(server.openStreams).toHaveLength(0);
    await settle(3_600_000);
    expect(server.streams).toHaveLength(1);
  });

  it('stops all tabs when the server ends the session', async () => {
    const all = await tabs(3, way);
    server.stream.event('expired', null, { reason: 'logged_out' });
    await settle(60_000);
    expect(all.map((one) => one.client.getState().connection.phase)).toEqual(Array(3).fill('signed-out'));
    expect(server.streams).toHaveLength(1);
  });

  it('opens again for who signs in again', async () => {
    const [first] = await tabs(2, way);
    server.stream.event('expired', null, { reason: 'logged_out' });
    await settle();
    first?.client.start('ana');
    await settle();
    server.stream.event(null, 9, connected(9));
    await settle();
    expect(server.openStreams).toHaveLength(1);
    expect(first?.client.getState()).toMatchObject({ seq: 9, connection: { phase: 'open' } });
  });

  it('never mixes two users of one profile', async () => {
    const ana = tab(way, 'ana');
    await settle();
    server.stream.event(null, 4, connected(4));
    await settle();
    const ben = tab(way, 'ben');
    await settle();
    // Ben's sign-in has replaced the cookies, so Ana's tab is signed out; her connection is not his.
    expect(server.streams).toHaveLength(2);
    server.streams[1]?.event(null, 70, connected(70, { userId: 'ben' }));
    await settle();
    server.streams[1]?.event(null, 71, notification('for-ben', { userId: 'ben' }));
    await settle();
    expect(ana.client.getState().connection).toMatchObject({ phase: 'signed-out', reason: 'other_user' });
    expect(ana.seqs()).toEqual([]);
    expect(ben.seqs()).toEqual([71]);
    expect(server.openStreams).toHaveLength(1);
  });

  it('lets go of a stream that turns out to be of another user', async () => {
    const ana = tab(way, 'ana');
    await settle();
    server.stream.event(null, 70, connected(70, { userId: 'ben' }));
    server.stream.event(null, 71, notification('for-ben', { userId: 'ben' }));
    await settle(60_000);
    expect(ana.client.getState()).toMatchObject({ attached: false, connection: { phase: 'signed-out', reason: 'other_user' } });
    expect(ana.events).toEqual([]);
    expect(server.openStreams).toHaveLength(0);
  });

  it('superseded: all tabs show it, and one brings it back for all', async () => {
    const all = await tabs(3, way);
    server.stream.event('superseded', null, { reason: 'too_many_streams' });
    await settle(3_600_000);
    expect(all.map((one) => one.client.getState().connection.phase)).toEqual(Array(3).fill('superseded'));
    all[2]?.client.reconnect();
    await settle();
    expect(all.map((one) => one.client.getState().connection.phase)).toEqual(Array(3).fill('open'));
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
  });

  it('goes offline and online with its tabs', async () => {
    const all = await tabs(2, way);
    all.forEach((one) => one.fake.page.goOffline());
    await settle();
    expect(all.map((one) => one.client.getState().connection.phase)).toEqual(['offline', 'offline']);
    expect(server.openStreams).toHaveLength(0);
    all.forEach((one) => one.fake.page.goOffline(false));
    await settle();
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
    expect(all.map((one) => one.client.getState().connection.phase)).toEqual(['open', 'open']);
  });

  it('tells whoever read before the tab came in that something may be missing', async () => {
    server.on('GET', '/notifications', () => success({ items: [], nextCursor: null }));
    const one = tab(way);
    await one.client.api.get('notifications');
    await settle();
    server.stream.event(null, 4, connected(4));
    await settle();
    expect(one.events.map((event) => event.name)).toEqual(['reset', 'connected']);
  });

  it('tells of a reset in all tabs', async () => {
    const all = await tabs(2, way);
    server.stream.event('reset', 90, { reason: 'expired', seq: 90, counts: { notifications: 9, messages: 9 } });
    await settle();
    for (const one of all) {
      expect(one.client.getState()).toMatchObject({ seq: 90, counts: { notifications: 9, messages: 9 } });
      expect(one.events.map((event) => event.name)).toContain('reset');
    }
    server.stream.event(null, 91, notification('n91'));
    await settle();
    expect(all.map((one) => one.seqs())).toEqual([[91], [91]]);
  });

  it('ends with its last tab', async () => {
    const all = await tabs(3, way);
    for (const one of all) {
      expect(server.openStreams).toHaveLength(1);
      one.fake.page.hide();
      one.fake.crash();
      await settle();
    }
    expect(server.openStreams).toHaveLength(0);
  });

  it('forgets a tab that crashes', async () => {
    const all = await tabs(2, way);
    all[1]?.fake.crash();
    await settle();
    server.stream.event(null, 5, notification('n5'));
    await settle();
    expect(all[0]?.shown).toEqual(['n5']);
  });
});

describe('the leading tab', () => {
  it.each(['closes', 'crashes'])('%s: the next one goes on where all tabs are', async (how) => {
    const [first, ...others] = await tabs(4, 'leader');
    server.stream.event(null, 5, notification('n5'));
    await settle();
    if (how === 'closes') {
      first?.fake.page.hide();
    }
    first?.fake.crash();
    await settle();
    expect(server.openStreams).toHaveLength(1);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('5');
    server.stream.event(null, null, connected(5));
    server.stream.event(null, 6, notification('n6'));
    await settle();
    expect(others.map((one) => one.seqs())).toEqual([[5, 6], [5, 6], [5, 6]]);
    expect(others.map((one) => one.client.getState().connection.phase)).toEqual(['open', 'open', 'open']);
  });

  it('crashes between two tabs: the next one goes on from the tab that has seen least', async () => {
    const [first, second, third] = await tabs(3, 'leader');
    // The third tab does not get event 5.
    const channels = [...browser.channels].filter((channel) => channel.owner === third?.fake);
    channels.forEach((channel) => browser.channels.delete(channel));
    server.stream.event(null, 5, notification('n5'));
    await settle();
    first?.fake.crash();
    channels.forEach((channel) => browser.channels.add(channel));
    await settle();
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
    server.stream.event(null, null, connected(4));
    server.stream.event(null, 5, notification('n5'));
    server.stream.event(null, 6, notification('n6'));
    await settle();
    expect(second?.seqs()).toEqual([5, 6]);
    expect(third?.seqs()).toEqual([5, 6]);
  });

  it('is asked for what a tab has missed', async () => {
    const [first, second] = await tabs(2, 'leader');
    const channels = [...browser.channels].filter((channel) => channel.owner === second?.fake);
    channels.forEach((channel) => browser.channels.delete(channel));
    server.stream.event(null, 5, notification('n5'));
    await settle();
    channels.forEach((channel) => browser.channels.add(channel));
    server.stream.event(null, 6, notification('n6'));
    await settle();
    expect(first?.seqs()).toEqual([5, 6]);
    expect(second?.seqs()).toEqual([5, 6]);
  });

  it('hands over again and again, and loses nothing', async () => {
    const all = await tabs(6, 'leader');
    let seq = 4;
    for (const leader of all.slice(0, 5)) {
      server.stream.event(null, ++seq, notification(`n${String(seq)}`));
      await settle();
      leader.fake.crash();
      await settle();
      const from = Number(server.stream.request.headers.get('Last-Event-ID'));
      server.stream.event(null, null, connected(from));
      await settle();
    }
    server.stream.event(null, ++seq, notification('last'));
    await settle();
    expect(all.at(-1)?.seqs()).toEqual([5, 6, 7, 8, 9, 10]);
    expect(server.openStreams).toHaveLength(1);
  });
});

describe('the shared worker', () => {
  it('is killed: the tabs start another one and go on where they were', async () => {
    const all = await tabs(3, 'shared-worker');
    server.stream.event(null, 5, notification('n5'));
    await settle();
    browser.killWorkers();
    await settle();
    expect(server.openStreams).toHaveLength(1);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('5');
    server.stream.event(null, null, connected(5));
    server.stream.event(null, 6, notification('n6'));
    await settle();
    expect(all.map((one) => one.seqs())).toEqual([[5, 6], [5, 6], [5, 6]]);
  });

  it('is known to be dead at once where there are locks, by its own', async () => {
    const all = await tabs(3, 'shared-worker');
    browser.killWorkers();
    await settle();
    expect(server.openStreams).toHaveLength(1);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
    server.stream.event(null, null, connected(4));
    server.stream.event(null, 5, notification('n5'));
    await settle();
    expect(all.map((one) => one.seqs())).toEqual([[5], [5], [5]]);
    // And the one that has taken its place is watched too.
    browser.killWorkers();
    await settle();
    expect(server.openStreams).toHaveLength(1);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('5');
  });

  it('is known to be dead by its silence where there are no locks', async () => {
    browser.withoutLocks = true;
    const all = await tabs(2, 'shared-worker');
    browser.killWorkers();
    await settle(4_000);
    expect(server.openStreams).toHaveLength(0);
    await settle(15_000);
    expect(server.openStreams).toHaveLength(1);
    server.stream.event(null, null, connected(4));
    server.stream.event(null, 5, notification('n5'));
    await settle();
    expect(all.map((one) => one.seqs())).toEqual([[5], [5]]);
  });

  it('does not answer: the tab takes part by a leader instead', async () => {
    const fake = browser.tab();
    const client = createFleetClient({
      baseUrl: 'http://fleet.example/',
      browser: fake.browser,
      page: fake.page,
      worker: () => ({ port: { postMessage: () => undefined, onmessage: null, close: () => undefined }, onerror: null }),
    });
    client.start('ana');
    await settle(10_000);
    expect(client.transport).toBe('leader');
    expect(server.openStreams).toHaveLength(1);
  });

  it('is forbidden: the tab takes part by a leader, and without locks on its own', async () => {
    for (const [locks, way] of [[true, 'leader'], [false, 'direct']] as const) {
      const fake = browser.tab();
      const client = createFleetClient({
        baseUrl: 'http://fleet.example/',
        browser: locks ? fake.browser : { ...fake.browser, locks: null },
        page: fake.page,
        worker: () => {
          throw new DOMException('policy', 'SecurityError');
        },
      });
      client.start('ana');
      await settle();
      expect(client.transport).toBe(way);
      client.stop();
    }
  });
});

describe('a refresh', () => {
  it('is made by one at a time, and once for all who wait', async () => {
    let expired = true;
    server.on('GET', '/machines', () => (expired ? problem(401, 'token_expired') : success({ items: [], nextCursor: null })));
    server.on('POST', '/auth/refresh', async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      expired = false;
      return success({});
    });
    const all = await tabs(5, 'leader');
    const answers = Promise.all(all.map((one) => one.client.api.get('machines')));
    await settle(2_000);
    await expect(answers).resolves.toHaveLength(5);
    expect(server.requestsTo('/auth/refresh')).toHaveLength(1);
  });

  it('that fails signs the tab out', async () => {
    server.on('GET', '/machines', () => problem(401, 'token_expired'));
    server.on('POST', '/auth/refresh', () => problem(401, 'session_ended'));
    const [one] = await tabs(1, 'leader');
    const refused = expect(one?.client.api.get('machines')).rejects.toMatchObject({ code: 'token_expired', status: 401 });
    await settle();
    await refused;
    expect(one?.client.getState().connection.phase).toBe('signed-out');
  });
});
