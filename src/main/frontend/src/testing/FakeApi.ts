/** What a test's server was asked. */
export interface Asked {
  readonly method: string;
  /** Below `/api/v1/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

type Answer = Response | Promise<Response>;
type Answering = (asked: Asked) => Answer;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: Answering;
}

/** A server behind `fetch`, written by hand: routes, everything it was asked, and the stream of events. */
export class FakeApi {
  readonly asked: Asked[] = [];
  private readonly routes: Route[] = [];
  private readonly streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  private readonly userId: string;
  private seq = 1;

  constructor(userId: string) {
    this.userId = userId;
    globalThis.fetch = (input, init) => this.fetch(String(input instanceof Request ? input.url : input), init);
    this.on('GET', /^notifications\/stream$/, () => this.open());
    this.on('GET', /^notifications$/, () => ok({ items: [], nextCursor: null }));
  }

  /** The route that was added last wins. */
  on(method: string, path: RegExp, answer: Answering): void {
    this.routes.unshift({ method, path, answer });
  }

  /** An event for everybody who is connected; the same `id` again is a replay. */
  tell(event: string, data: object, id = ++this.seq): number {
    const name = event === 'notification' ? '' : `event: ${event}\n`;
    this.write(`id: ${id}\n${name}data: ${JSON.stringify(data)}\n\n`);
    return id;
  }

  get isConnected(): boolean {
    return this.streams.size > 0;
  }

  requests(method: string, path: RegExp): Asked[] {
    return this.asked.filter((asked) => asked.method === method && path.test(asked.path));
  }

  close(): void {
    for (const stream of this.streams) {
      stream.close();
    }
    this.streams.clear();
  }

  private async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, document.baseURI);
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname.replace(/^.*\/api\/v1\//, ''),
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    this.asked.push(asked);
    const route = this.routes.find((one) => one.method === asked.method && one.path.test(asked.path));
    return route ? await route.answer(asked) : problem(404, 'not_found');
  }

  private open(): Response {
    let mine: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller;
        this.streams.add(controller);
      },
      cancel: () => {
        if (mine) this.streams.delete(mine);
      },
    });
    const connected = {
      type: 'connected',
      message: 'SSE connection established',
      streamId: 'stream',
      userId: this.userId,
      seq: this.seq,
      counts: { notifications: 0, messages: 0 },
      serverTime: new Date().toISOString(),
      heartbeatMs: 30_000,
    };
    this.write(`retry: 3000\nid: ${this.seq}\ndata: ${JSON.stringify(connected)}\n\n`);
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  private write(text: string): void {
    const bytes = new TextEncoder().encode(text);
    for (const stream of this.streams) {
      stream.enqueue(bytes);
    }
  }
}

export function ok(data: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify({ success: true, data }), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

export function problem(status: number, code: string, errors: readonly { field: string; code: string }[] = []): Response {
  const body = {
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: code,
    errors: errors.map((error) => ({ ...error, message: error.code })),
  };
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });
}
