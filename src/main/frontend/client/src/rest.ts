import { Problem, isRecord } from './problem.js';

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Sent as `Idempotency-Key`; make one with {@link idempotencyKey}. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Paths are relative to `{baseUrl}api/v1/`, without a leading slash: `api.get<Page<Machine>>('machines')`. Answers are
 * the `data` of `{success, data}`. Rejects with {@link Problem}, or with a TypeError where there was no answer. Where the
 * session's token ran out it is refreshed and the request is sent once more.
 */
export interface Api {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  patch<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  delete<T>(path: string, options?: RequestOptions): Promise<T>;
  /** The same with the answer's headers, for `ETag` and `If-Match`. */
  send<T>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<{ data: T; headers: Headers }>;
}

export interface ApiDependencies {
  /** `{baseUrl}api/v1/` */
  readonly root: URL;
  readonly fetch: typeof fetch;
  refresh(since: number): Promise<boolean>;
  /** The session is over. */
  onSignedOut?(code: string): void;
  /** A request that reads is about to be sent. */
  onRead?(): void;
}

/** A fresh key for the `Idempotency-Key` header. Also where `crypto.randomUUID` is missing (plain HTTP). */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What the API answers is JSON. A 200 without it comes from something before the API, a server that is just taking the
 * application away for example: nothing says that anything was done, as if there were no answer.
 */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError('The answer is not one of the API.');
  }
}

export function createApi(dependencies: ApiDependencies): Api {
  const { root } = dependencies;

  function address(path: string, query: RequestOptions['query']): URL {
    const url = new URL(path.replace(/^\/+/, ''), root);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined && value !== null && value !== '') {
        url.searchParams.set(name, String(value));
      }
    }
    return url;
  }

  async function attempt(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
    const headers = new Headers({ Accept: 'application/json', ...options.headers });
    if (options.idempotencyKey !== undefined) {
      headers.set('Idempotency-Key', options.idempotencyKey);
    }
    const init: RequestInit = { method, headers, credentials: 'include', cache: 'no-store' };
    if (body !== undefined) {
      headers.set('Content-Type', 'application/json');
      init.body = JSON.stringify(body);
    } else if (method === 'POST') {
      // Resources that read JSON want to be told so even when nothing follows.
      headers.set('Content-Type', 'application/json');
    }
    if (options.signal) {
      init.signal = options.signal;
    }
    return dependencies.fetch(address(path, options.query), init);
  }

  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<{ data: T; headers: Headers }> {
    if (method === 'GET') {
      dependencies.onRead?.();
    }
    const sentAt = Date.now();
    let response = await attempt(method, path, body, options);
    if (response.status === 401 && !path.replace(/^\/+/, '').startsWith('auth/')) {
      // Whatever the code: another tab may have got this browser a new session meanwhile.
      const problem = await Problem.of(response);
      const refreshed = await dependencies.refresh(sentAt).catch(() => null);
      if (refreshed !== true) {
        if (refreshed === false) {
          dependencies.onSignedOut?.(problem.code);
        }
        throw problem;
      }
      response = await attempt(method, path, body, options);
    }
    if (!response.ok) {
      throw await Problem.of(response);
    }
    const answer = response.status === 204 ? undefined : parsed(await response.text());
    const data = isRecord(answer) && answer['success'] === true && 'data' in answer ? answer['data'] : answer;
    return { data: data as T, headers: response.headers };
  }

  const data = async <T>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<T> =>
    (await send<T>(method, path, body, options)).data;

  return {
    get: (path, options) => data('GET', path, undefined, options),
    post: (path, body, options) => data('POST', path, body, options),
    put: (path, body, options) => data('PUT', path, body, options),
    patch: (path, body, options) => data('PATCH', path, body, options),
    delete: (path, options) => data('DELETE', path, undefined, options),
    send,
  };
}
