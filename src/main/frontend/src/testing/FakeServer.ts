import type { Account, Counts, FleetNotification } from '@fleetman/client';

type Answer = Readonly<{ status?: number; body: unknown }>;
type Handler = (request: { body: unknown; url: URL }) => unknown;

/** A failure in the server's form. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field?: string,
  ) {}
}

/** A server that answers what the test says, and has one stream that the test writes to. */
export class FakeServer {
  readonly requests: string[] = [];
  private readonly handlers = new Map<string, Handler>();
  private stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  private seq = 0;
  counts: Counts = { notifications: 0, messages: 0 };

  /** @param call `GET users/me`, `PATCH notifications/1` */
  on(call: string, handler: Handler): this {
    this.handlers.set(call, handler);
    return this;
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const call = `${init.method ?? 'GET'} ${url.pathname.replace(/^.*\/api\/v1\//, '')}`;
    this.requests.push(call + url.search);
    if (call === 'GET notifications/stream') {
      return this.opened(init.signal ?? undefined);
    }
    const handler = this.handlers.get(call);
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const answer = handler ? handler({ body, url }) : new Refusal(404, 'not_found');
    return answer instanceof Refusal ? problem(answer) : json({ body: { success: true, data: answer } });
  };

  /** An event of the user's log, to every open tab. */
  emit(name: string | null, data: object): void {
    this.seq++;
    this.write(`id: ${this.seq}\n${name === null ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  private opened(signal: AbortSignal | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.stream = controller;
        signal?.addEventListener('abort', () => {
          this.stream = null;
        });
      },
    });
    const connected = {
      type: 'connected',
      message: 'SSE connection established',
      streamId: 's',
      userId: OWNER.id,
      seq: this.seq,
      counts: this.counts,
      serverTime: new Date().toISOString(),
      heartbeatMs: 30_000,
    };
    this.write(`retry: 1000\nid: ${this.seq}\ndata: ${JSON.stringify(connected)}\n\n`);
    return new Response(body, { status: 200, headers: { 'Content-Type': 'text/event-stream' } });
  }

  private write(text: string): void {
    this.stream?.enqueue(new TextEncoder().encode(text));
  }
}

function json({ status = 200, body }: Answer, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
}

function problem({ status, code, field }: Refusal): Response {
  const errors = field === undefined ? [] : [{ field, code, message: code }];
  const body = { type: 'about:blank', title: 'Error', status, code: field ? 'validation_failed' : code, detail: code, errors };
  return json({ status, body }, 'application/problem+json');
}

export const OWNER: Account = {
  id: '00000000-0000-4000-8000-000000000001',
  email: 'owner@fleetman.example',
  type: 'CLIENT',
  companyName: 'Grúas Norte',
  roles: ['CLIENT'],
  locale: 'en',
  createdAt: '2026-01-10T12:00:00.000Z',
};

export function notification(id: string, more: Partial<FleetNotification> = {}): FleetNotification {
  return {
    id,
    userId: OWNER.id,
    type: 'NEW_MESSAGE',
    title: 'notification.message.received',
    message: 'notification.message.received.description',
    metadata: { senderName: `Sender ${id}`, messagePreview: `Preview ${id}`, conversationWith: 'peer' },
    actionUrl: null,
    priority: 'NORMAL',
    source: 'MESSAGING',
    createdAt: new Date().toISOString(),
    seenAt: null,
    readAt: null,
    archivedAt: null,
    ...more,
  };
}
