import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/problem.js';
import { createApi, idempotencyKey, type Api } from '../src/rest.js';
import { ScriptedServer, problem, success } from './scripted-server.js';

function setUp(refresh: () => Promise<boolean> = () => Promise.resolve(true)): {
  server: ScriptedServer;
  api: Api;
  signedOut: string[];
} {
  const server = new ScriptedServer();
  const signedOut: string[] = [];
  const api = createApi({
    root: new URL('http://fleet.example/any/path/api/v1/'),
    fetch: server.fetch,
    refresh,
    onSignedOut: (code) => signedOut.push(code),
  });
  return { server, api, signedOut };
}

describe('the REST client', () => {
  it('asks under the context path, with cookies, and unwraps the data', async () => {
    const { server, api } = setUp();
    server.on('GET', '/machines', () => success({ items: [1], nextCursor: null }));
    const page = await api.get('machines', { query: { search: 'grúa & co', cursor: null, limit: 20, type: undefined } });
    expect(page).toEqual({ items: [1], nextCursor: null });
    expect(server.requests[0]).toMatchObject({
      url: 'http://fleet.example/any/path/api/v1/machines?search=gr%C3%BAa+%26+co&limit=20',
      credentials: 'include',
    });
  });

  it('does not leave the API for a path with a leading slash', async () => {
    const { server, api } = setUp();
    server.on('GET', '/api/v1/users/me', () => success({ id: 'ana' }));
    await api.get('/users/me');
    expect(server.requests[0]?.url).toBe('http://fleet.example/any/path/api/v1/users/me');
  });

  it('sends JSON and the idempotency key', async () => {
    const { server, api } = setUp();
    server.on('POST', '/messages', () => success({ id: 'm' }));
    const key = idempotencyKey();
    await api.post('messages', { content: 'hola' }, { idempotencyKey: key });
    expect(server.requests[0]).toMatchObject({ method: 'POST', body: { content: 'hola' } });
    expect(server.requests[0]?.headers.get('Content-Type')).toBe('application/json');
    expect(server.requests[0]?.headers.get('Idempotency-Key')).toBe(key);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(idempotencyKey()).not.toBe(key);
  });

  it.each(['put', 'patch'] as const)('sends %s', async (method) => {
    const { server, api } = setUp();
    server.on(method.toUpperCase(), '/machines/m', () => success({ id: 'm' }));
    await expect(api[method]('machines/m', { model: 'x' })).resolves.toEqual({ id: 'm' });
  });

  it('tells headers to who asks for them', async () => {
    const { server, api } = setUp();
    server.on('GET', '/machines/m', () => {
      const response = success({ id: 'm' });
      response.headers.set('ETag', '"3"');
      return response;
    });
    const { data, headers } = await api.send<{ id: string }>('GET', 'machines/m');
    expect([data.id, headers.get('ETag')]).toEqual(['m', '"3"']);
  });

  it('takes an answer without content', async () => {
    const { server, api } = setUp();
    server.on('DELETE', '/notifications/n', () => new Response(null, { status: 204 }));
    await expect(api.delete('notifications/n')).resolves.toBeUndefined();
  });

  it('takes no 200 for an answer that is not one of the API', async () => {
    const { server, api } = setUp();
    for (const body of ['', '<html>It works!</html>']) {
      server.on('POST', '/messages', () => new Response(body, { status: 200 }));
      await expect(api.post('messages', {})).rejects.toBeInstanceOf(TypeError);
    }
  });

  it('rejects with the problem: code, status, fields, waiting time', async () => {
    const { server, api } = setUp();
    server.on('POST', '/auth/register', () => {
      const body = { status: 400, code: 'validation_failed', detail: 'no', errors: [{ field: 'email', code: 'required', message: 'x' }] };
      return new Response(JSON.stringify(body), { status: 400, headers: { 'Content-Type': 'application/problem+json' } });
    });
    const error = await api.post('auth/register', {}).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'validation_failed', status: 400, detail: 'no', retryAfter: null });
    expect((error as Problem).field('email')).toBe('required');
    expect((error as Problem).field('password')).toBeNull();

    server.on('POST', '/auth/login', () => problem(429, 'too_many_attempts', { 'Retry-After': '30' }));
    await expect(api.post('auth/login', {})).rejects.toMatchObject({ code: 'too_many_attempts', retryAfter: 30_000 });
  });

  it('makes a problem of an answer that is none', async () => {
    const { server, api } = setUp();
    server.on('GET', '/machines', () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }));
    await expect(api.get('machines')).rejects.toMatchObject({ code: 'http_502', status: 502, errors: [] });
  });

  it('refreshes an expired session once and asks again', async () => {
    const refresh = vi.fn(() => Promise.resolve(true));
    const { server, api } = setUp(refresh);
    let asked = 0;
    server.on('GET', '/machines', () => (asked++ === 0 ? problem(401, 'token_expired') : success([])));
    await expect(api.get('machines')).resolves.toEqual([]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('asks no third time', async () => {
    const refresh = vi.fn(() => Promise.resolve(true));
    const { server, api } = setUp(refresh);
    server.on('GET', '/machines', () => problem(401, 'unauthenticated'));
    await expect(api.get('machines')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(server.requests).toHaveLength(2);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('says when the session is over, but not when nobody could tell', async () => {
    const over = setUp(() => Promise.resolve(false));
    over.server.on('GET', '/machines', () => problem(401, 'token_expired'));
    await expect(over.api.get('machines')).rejects.toMatchObject({ code: 'token_expired' });
    expect(over.signedOut).toEqual(['token_expired']);

    const unknown = setUp(() => Promise.reject(new TypeError('network')));
    unknown.server.on('GET', '/machines', () => problem(401, 'token_expired'));
    await expect(unknown.api.get('machines')).rejects.toMatchObject({ code: 'token_expired' });
    expect(unknown.signedOut).toEqual([]);
  });

  it('does not refresh for a failed sign-in', async () => {
    const refresh = vi.fn(() => Promise.resolve(true));
    const { server, api } = setUp(refresh);
    server.on('POST', '/auth/login', () => problem(401, 'invalid_credentials'));
    await expect(api.post('auth/login', {})).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(refresh).not.toHaveBeenCalled();
  });
});
