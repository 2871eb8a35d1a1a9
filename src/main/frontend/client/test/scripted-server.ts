/** A request that was made, as far as tests ask. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly credentials: string | undefined;
}

/** A stream that the test writes to. */
export class OpenStream {
  readonly request: Request;
  readonly response: Response;
  aborted = false;
  private controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor(request: Request) {
    this.request = request;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.controller = controller;
      },
      cancel: () => {
        this.aborted = true;
      },
    });
    this.response = new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  write(text: string): void {
    this.controller.enqueue(new TextEncoder().encode(text));
  }

  event(name: string | null, id: number | null, data: unknown): void {
    this.write(
      (name === null ? '' : `event: ${name}\n`) +
        (id === null ? '' : `id: ${String(id)}\n`) +
        `data: ${JSON.stringify(data)}\n\n`,
    );
  }

  end(): void {
    this.controller.close();
  }

  /** As if the connection was reset, or its request given up. */
  break(error: unknown = new TypeError('network error')): void {
    if (!this.aborted) {
      this.aborted = true;
      this.controller.error(error);
    }
  }
}

type Answer = (request: Request) => Response | Promise<Response>;

/** Answers `fetch` as the test says; without a word for a path, the stream is opened and the rest is 404. */
export class ScriptedServer {
  readonly requests: Request[] = [];
  readonly streams: OpenStream[] = [];
  private readonly next: Answer[] = [];
  private readonly routes = new Map<string, Answer>();

  /** Whoever asks for the stream next gets this instead. */
  answerNext(answer: Answer): this {
    this.next.push(answer);
    return this;
  }

  on(method: string, path: string, answer: Answer): this {
    this.routes.set(`${method} ${path}`, answer);
    return this;
  }

  get stream(): OpenStream {
    const last = this.streams.at(-1);
    if (!last) {
      throw new Error('no stream was opened');
    }
    return last;
  }

  /** Streams that somebody still reads. */
  get openStreams(): readonly OpenStream[] {
    return this.streams.filter((stream) => !stream.aborted);
  }

  requestsTo(path: string): readonly Request[] {
    return this.requests.filter((request) => new URL(request.url).pathname.endsWith(path));
  }

  readonly fetch = (async (input: string | URL, init: RequestInit = {}) => {
    const request: Request = {
      method: init.method ?? 'GET',
      url: String(input),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      credentials: init.credentials,
    };
    this.requests.push(request);
    await Promise.resolve();
    init.signal?.throwIfAborted();
    const path = new URL(request.url).pathname;
    if (!path.endsWith('/notifications/stream')) {
      const route = [...this.routes].find(([key]) => {
        const [method = '', suffix = ''] = key.split(' ');
        return method === request.method && path.endsWith(suffix);
      });
      return route ? route[1](request) : problem(404, 'not_found');
    }
    const scripted = this.next.shift();
    if (scripted) {
      return abortable(scripted(request), init.signal);
    }
    const stream = new OpenStream(request);
    this.streams.push(stream);
    init.signal?.addEventListener('abort', () => stream.break(init.signal?.reason));
    return stream.response;
  }) as typeof fetch;
}

async function abortable(answer: Response | Promise<Response>, signal?: AbortSignal | null): Promise<Response> {
  return Promise.race([
    answer,
    new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  ]);
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: '', status, code, detail: code }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

export function success(data: unknown): Response {
  return new Response(JSON.stringify({ success: true, data }), { headers: { 'Content-Type': 'application/json' } });
}

export const never: Answer = () => new Promise<Response>(() => undefined);

export function connected(seq: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'connected',
    message: 'SSE connection established',
    streamId: 's',
    userId: 'ana',
    seq,
    counts: { notifications: 0, messages: 0 },
    serverTime: '2026-01-01T10:00:00.000Z',
    heartbeatMs: 30_000,
    ...more,
  };
}

export function notification(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    userId: 'ana',
    type: 'NEW_MESSAGE',
    title: 'notification.message.received',
    message: 'notification.message.received.description',
    metadata: {},
    actionUrl: '/messages/conversations/ben',
    priority: 'NORMAL',
    source: 'MESSAGING',
    createdAt: '2026-01-01T10:00:01.000Z',
    seenAt: null,
    readAt: null,
    archivedAt: null,
    count: 1,
    counts: { notifications: 1, messages: 0 },
    ...more,
  };
}
