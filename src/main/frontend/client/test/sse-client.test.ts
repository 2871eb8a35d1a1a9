import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SSEClient, type Environment, type SSEClientOptions } from '../src/sse-client.js';
import { ScriptedServer, connected, never, notification, problem, success } from './scripted-server.js';

const URL_OF_STREAM = 'http://fleet.example/app/api/v1/notifications/stream';

let server: ScriptedServer;
let client: SSEClient;

function make(options: SSEClientOptions = {}): SSEClient {
  client = new SSEClient({ fetch: server.fetch, random: () => 1, environment: null, ...options });
  return client;
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

async function opened(options: SSEClientOptions = {}): Promise<unknown[]> {
  const messages: unknown[] = [];
  make(options).connect(URL_OF_STREAM, (data) => messages.push(data));
  await settle();
  server.stream.write(`retry: 3000\nid: 4\ndata: ${JSON.stringify(connected(4))}\n\n`);
  await settle();
  return messages;
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new ScriptedServer();
});

afterEach(() => {
  client.disconnect();
  vi.useRealTimers();
});

describe("the origin's contract", () => {
  it('hands on the JSON of default events, except connected', async () => {
    const messages = await opened();
    server.stream.event(null, 5, { id: 'a', title: 'x' });
    server.stream.event('chat-message', 6, { message: {} });
    await settle();
    expect(messages).toEqual([{ id: 'a', title: 'x' }]);
  });

  it('sends cookies, unless told otherwise', async () => {
    await opened();
    expect(server.stream.request.credentials).toBe('include');
    make().withCredentials = false;
    client.connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(server.stream.request.credentials).toBe('same-origin');
  });

  it('tells onError and comes back by itself', async () => {
    const errors: unknown[] = [];
    make().connect(URL_OF_STREAM, () => undefined, (error) => errors.push(error));
    await settle();
    server.stream.break();
    await settle();
    expect(errors).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.streams).toHaveLength(2);
  });

  it('passes over what is no JSON', async () => {
    const messages: unknown[] = [];
    const errors: unknown[] = [];
    make().connect(URL_OF_STREAM, (data) => messages.push(data), (error) => errors.push(error));
    await settle();
    server.stream.write('data: {\n\ndata: {"id":"b"}\n\n');
    await settle();
    expect(messages).toEqual([{ id: 'b' }]);
    expect(errors).toHaveLength(1);
  });

  it('ends with disconnect', async () => {
    const messages = await opened();
    client.disconnect();
    expect(server.stream.aborted).toBe(true);
    expect(client.state.phase).toBe('closed');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.streams).toHaveLength(1);
    expect(messages).toEqual([]);
  });
});

describe('typed events', () => {
  it('are told by name, with their position', async () => {
    make();
    const seen: unknown[] = [];
    client.on('connected', (data) => seen.push(['connected', data.seq]));
    client.on('notification', (data, event) => seen.push(['notification', data.id, event.seq]));
    client.on('chat-read', (data, event) => seen.push(['chat-read', data.readerId, event.seq]));
    client.on('typing', (data, event) => seen.push(['typing', data.conversationWith, event.seq]));
    const off = client.on('contact', () => seen.push('contact'));
    off();
    client.connect(URL_OF_STREAM, () => undefined);
    await settle();
    server.stream.event(null, 4, connected(4));
    server.stream.event(null, 5, notification('n'));
    server.stream.event('typing', null, { conversationWith: 'ben' });
    server.stream.event('chat-read', 6, { readerId: 'ben' });
    server.stream.event('contact', 7, {});
    await settle();
    expect(seen).toEqual([
      ['connected', 4],
      ['notification', 'n', 5],
      ['typing', 'ben', null],
      ['chat-read', 'ben', 6],
    ]);
  });
});

describe('coming back', () => {
  it('resumes after the last event that was handed on', async () => {
    await opened();
    expect(server.stream.request.headers.get('Last-Event-ID')).toBeNull();
    server.stream.event(null, 5, notification('n'));
    server.stream.write('id: 6\ndata: {"half":');
    await settle();
    server.stream.end();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('5');
  });

  it('does not move on for a connected event without id, since a reset follows', async () => {
    await opened();
    server.stream.end();
    await vi.advanceTimersByTimeAsync(3_000);
    server.stream.event(null, null, connected(90));
    await settle();
    expect(client.lastEventId).toBe('4');
    server.stream.event('reset', 90, { reason: 'expired', seq: 90, counts: {} });
    await settle();
    expect(client.lastEventId).toBe('90');
  });

  it('never gives up, waits twice as long each time and at most 30 s', async () => {
    make().connect(URL_OF_STREAM, () => undefined);
    const waits: number[] = [];
    client.onState((state) => {
      if (state.phase === 'waiting') {
        waits.push((state.retryAt ?? 0) - Date.now());
      }
    });
    for (let i = 0; i < 40; i++) {
      server.answerNext(() => Promise.reject(new TypeError('refused')));
    }
    await settle();
    server.streams.forEach((stream) => stream.break());
    await vi.advanceTimersByTimeAsync(40 * 30_000);
    expect(waits.slice(0, 6)).toEqual([3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
    expect(waits.length).toBeGreaterThan(30);
    expect(client.state.phase).toBe('open');
  });

  it('spreads by jitter, never below half', async () => {
    for (const random of [0, 0.5, 0.999]) {
      make({ random: () => random }).connect(URL_OF_STREAM, () => undefined);
      await settle();
      server.stream.break();
      await settle();
      expect((client.state.retryAt ?? 0) - Date.now()).toBeCloseTo(3_000 * (0.5 + random / 2), 0);
      client.disconnect();
    }
  });

  it('begins anew with short waits after a connection that held', async () => {
    make().connect(URL_OF_STREAM, () => undefined);
    for (let i = 0; i < 4; i++) {
      server.answerNext(() => Promise.reject(new TypeError('refused')));
    }
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.advanceTimersByTimeAsync(10_000);
    server.stream.break();
    await settle();
    expect(client.state).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it.each([503, 429])('waits as long as Retry-After of %i says', async (status) => {
    server.answerNext(() => problem(status, 'busy', { 'Retry-After': '40' }));
    make({ random: () => 0 }).connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(client.state).toMatchObject({ phase: 'waiting', reason: `http_${String(status)}` });
    await vi.advanceTimersByTimeAsync(39_999);
    expect(server.streams).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.streams).toHaveLength(1);
  });

  it('understands a date in Retry-After', async () => {
    vi.setSystemTime(new Date('2026-01-01T10:00:00Z'));
    server.answerNext(() => problem(503, 'busy', { 'Retry-After': 'Thu, 01 Jan 2026 10:00:20 GMT' }));
    make({ random: () => 0 }).connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect((client.state.retryAt ?? 0) - Date.now()).toBe(20_000);
  });

  it('heeds retry:', async () => {
    await opened();
    server.stream.write('retry: 500\n\n');
    await settle();
    server.stream.end();
    await vi.advanceTimersByTimeAsync(500);
    expect(server.streams).toHaveLength(2);
  });

  it('takes a page that is no event stream for a failure', async () => {
    server.answerNext(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }));
    make().connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(client.state).toMatchObject({ phase: 'waiting', reason: 'no_event_stream' });
  });

  it('stops at 204', async () => {
    server.answerNext(() => new Response(null, { status: 204 }));
    make().connect(URL_OF_STREAM, () => undefined);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(client.state.phase).toBe('closed');
    expect(server.requests).toHaveLength(1);
  });

  it('gives up on an answer that does not come, and tries again', async () => {
    server.answerNext(never);
    make({ connectTimeoutMs: 10_000 }).connect(URL_OF_STREAM, () => undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.state).toMatchObject({ phase: 'waiting', reason: 'timeout' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(client.state.phase).toBe('open');
  });
});

describe('a half-open connection', () => {
  it('is replaced when two heartbeats stay away', async () => {
    await opened();
    await vi.advanceTimersByTimeAsync(65_001);
    expect(server.streams).toHaveLength(2);
    expect(server.streams[0]?.aborted).toBe(true);
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
  });

  it('is none while comments come', async () => {
    await opened();
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(30_000);
      server.stream.write(': heartbeat\n\n');
    }
    await settle();
    expect(server.streams).toHaveLength(1);
  });

  it('is measured by the interval that the server tells', async () => {
    make().connect(URL_OF_STREAM, () => undefined);
    await settle();
    server.stream.event(null, 1, connected(1, { heartbeatMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(7_001);
    expect(server.streams).toHaveLength(2);
  });
});

describe('what the server says at the end', () => {
  it('superseded: does not come back by itself, but when asked', async () => {
    await opened();
    server.stream.write('retry: 3600000\nevent: superseded\ndata: {"reason":"too_many_streams","retryMs":3600000}\n\n');
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(client.state).toMatchObject({ phase: 'superseded', reason: 'too_many_streams' });
    expect(server.streams).toHaveLength(1);
    client.reconnect();
    await settle();
    expect(client.state.phase).toBe('open');
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
  });

  it('reconnect: comes back after its time, spread', async () => {
    await opened({ random: () => 0 });
    server.stream.write('retry: 2000\nevent: reconnect\ndata: {"reason":"shutting_down","retryMs":2000}\n\n');
    await settle();
    expect(client.state).toMatchObject({ phase: 'waiting', reason: 'shutting_down' });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(server.streams).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.streams).toHaveLength(2);
  });

  it('expired because the token ran out: refreshes with the cookie and goes on', async () => {
    server.on('POST', '/auth/refresh', () => success({}));
    await opened();
    server.stream.event('expired', null, { reason: 'token_expired' });
    await settle();
    const [refresh] = server.requestsTo('/app/api/v1/auth/refresh');
    expect(refresh).toMatchObject({ method: 'POST', credentials: 'include' });
    expect(client.state.phase).toBe('open');
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
  });

  it.each(['logged_out', 'deactivated', 'refresh_reused'])('expired with %s: the session is over', async (reason) => {
    const refresh = vi.fn(() => Promise.resolve(true));
    await opened({ refresh });
    server.stream.event('expired', null, { reason });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(client.state).toMatchObject({ phase: 'signed-out', reason });
    expect(refresh).not.toHaveBeenCalled();
    expect(server.streams).toHaveLength(1);
  });

  it('expired with password_changed: the browser that changed it goes on with its new session', async () => {
    await opened();
    server.stream.event('expired', null, { reason: 'password_changed' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.state.phase).toBe('open');
    expect(server.streams).toHaveLength(2);
  });
});

describe('401', () => {
  it('refreshes once and goes on', async () => {
    server.answerNext(() => problem(401, 'token_expired'));
    server.on('POST', '/auth/refresh', () => success({}));
    make().connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(client.state.phase).toBe('open');
  });

  it('is the end where the session cannot be refreshed', async () => {
    server.answerNext(() => problem(401, 'unauthenticated'));
    server.on('POST', '/auth/refresh', () => problem(401, 'refresh_invalid'));
    make().connect(URL_OF_STREAM, () => undefined);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(client.state.phase).toBe('signed-out');
    expect(server.requestsTo('/auth/refresh')).toHaveLength(1);
  });

  it('is the end where a refreshed session is refused too', async () => {
    server.answerNext(() => problem(401, 'token_invalid')).answerNext(() => problem(401, 'token_invalid'));
    make({ refresh: () => Promise.resolve(true) }).connect(URL_OF_STREAM, () => undefined);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(client.state.phase).toBe('signed-out');
  });

  it('is tried again where the refresh got no answer', async () => {
    server.answerNext(() => problem(401, 'token_expired')).answerNext(() => problem(401, 'token_expired'));
    let answers = 0;
    server.on('POST', '/auth/refresh', () => (answers++ === 0 ? problem(503, 'try_again') : success({})));
    make().connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(client.state).toMatchObject({ phase: 'waiting', reason: 'refresh_failed' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(client.state.phase).toBe('open');
  });
});

describe('the network and the eye', () => {
  class Page extends EventTarget implements Environment {
    readonly navigator = { onLine: true };
    readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  }

  it('is offline while the browser is, and comes back at once', async () => {
    const page = new Page();
    await opened({ environment: page });
    page.dispatchEvent(new Event('offline'));
    expect(client.state.phase).toBe('offline');
    expect(server.stream.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.streams).toHaveLength(1);
    page.dispatchEvent(new Event('online'));
    await settle();
    expect(client.state.phase).toBe('open');
    expect(server.stream.request.headers.get('Last-Event-ID')).toBe('4');
  });

  it('waits for the network where there is none at the start', async () => {
    const page = new Page();
    page.navigator.onLine = false;
    make({ environment: page }).connect(URL_OF_STREAM, () => undefined);
    await settle();
    expect(client.state.phase).toBe('offline');
    page.dispatchEvent(new Event('online'));
    await settle();
    expect(client.state.phase).toBe('open');
  });

  it('ends the waiting when somebody looks', async () => {
    const page = new Page();
    await opened({ environment: page });
    server.stream.break();
    await settle();
    expect(client.state.phase).toBe('waiting');
    page.document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(client.state.phase).toBe('open');
  });

  it('listens no more after disconnect', async () => {
    const page = new Page();
    await opened({ environment: page });
    client.disconnect();
    page.dispatchEvent(new Event('online'));
    page.document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.streams).toHaveLength(1);
  });
});
