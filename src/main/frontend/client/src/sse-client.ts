import { EventParser, type StreamEvent } from './parser.js';
import { retryAfterMs, isRecord } from './problem.js';
import { SessionRefresh, thisBrowser } from './refresh.js';
import type { ConnectionState } from './state.js';
import type { EventData, EventName } from './wire.js';

/** An event of the stream with its JSON parsed. */
export interface ServerEvent {
  /** `connected` and `notification` for the two kinds of default event, else the name on the wire. */
  readonly name: string;
  readonly data: unknown;
  /** Position in the user's log, null where the event has no number of its own. */
  readonly seq: number | null;
}

export interface SSEClientOptions {
  /** Whether cookies go along to other origins too; default true. */
  readonly withCredentials?: boolean;
  /** Where to resume, for the first connection. */
  readonly lastEventId?: string;
  /**
   * Makes an expired session good again; false if it is over, rejects if that could not be learned. Default:
   * `POST ../auth/refresh` with the cookie.
   */
  readonly refresh?: (since: number) => Promise<boolean>;
  readonly fetch?: typeof fetch;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Longest time between two attempts; default 30 s. */
  readonly maxBackoffMs?: number;
  /** How long an answer may take; default 30 s. */
  readonly connectTimeoutMs?: number;
  /** Where `online`, `offline` and `visibilitychange` come from; null for nowhere. Default: the page or worker. */
  readonly environment?: Environment | null;
}

export interface Environment {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  /** Absent in workers. */
  readonly document?: { readonly visibilityState: string } & Environment;
  readonly navigator?: { readonly onLine?: boolean };
}

const DEFAULT_RETRY_MS = 3_000;
const DEFAULT_HEARTBEAT_MS = 30_000;
/** A connection that held so long was a good one: the next failure is the first again. */
const GOOD_AFTER_MS = 5_000;
/** For the cookies of a new session to arrive, where another request of this browser has just made one. */
const NEW_SESSION_MS = 1_000;
/** `expired` with these reasons is final; after the others this browser may have, or get, another token. */
const FINAL: ReadonlySet<string> = new Set(['logged_out', 'deactivated', 'refresh_reused']);

const CLOSED: ConnectionState = { phase: 'closed', attempt: 0, retryAt: null, reason: null };

type MessageHandler = (data: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any -- the origin's contract
type ErrorHandler = (error: any) => void; // eslint-disable-line @typescript-eslint/no-explicit-any -- the origin's contract
type Listener = (data: never, event: ServerEvent) => void;

/**
 * The stream of one user over `fetch`, with the contract of the origin's class: `connect(url, onMessage, onError?)`,
 * `disconnect()`, `withCredentials`. It comes back by itself for as long as it takes, and resumes after the last event
 * that it has handed on.
 */
export class SSEClient {
  withCredentials: boolean;

  private readonly options: SSEClientOptions;
  private readonly environment: Environment | null;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly anyListeners = new Set<(event: ServerEvent) => void>();
  private readonly stateListeners = new Set<(state: ConnectionState) => void>();

  private current: ConnectionState = CLOSED;
  private url = '';
  private onMessage: MessageHandler = () => undefined;
  private onError: ErrorHandler | undefined;
  private ownRefresh: SessionRefresh | null = null;

  private position: string;
  private retryMs = DEFAULT_RETRY_MS;
  private heartbeatMs = DEFAULT_HEARTBEAT_MS;
  private failures = 0;
  private online = true;
  private refreshedInVain = false;

  /** The connection under way; another one, or null, means that what it still says is of no interest. */
  private request: AbortController | null = null;
  private openedAt = 0;
  private lastSign = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SSEClientOptions = {}) {
    this.options = options;
    this.withCredentials = options.withCredentials ?? true;
    this.position = options.lastEventId ?? '';
    this.environment = options.environment === undefined ? (globalThis as unknown as Environment) : options.environment;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** What the next connection resumes after; empty before the first event. */
  get lastEventId(): string {
    return this.position;
  }

  /** Where the next connection resumes; empty for the end of the log. */
  resumeAfter(lastEventId: string): void {
    this.position = lastEventId;
  }

  /** Milliseconds between two signs of life of the server. */
  get heartbeat(): number {
    return this.heartbeatMs;
  }

  /**
   * Opens the stream and keeps it open.
   *
   * @param onMessage the parsed JSON of default events, except the one whose `type` is `connected`
   * @param onError told of every failure; nothing has to be done, the client comes back by itself
   */
  connect(url: string | URL, onMessage: MessageHandler, onError?: ErrorHandler): void {
    this.disconnect();
    this.url = String(url);
    this.onMessage = onMessage;
    this.onError = onError;
    this.failures = 0;
    this.refreshedInVain = false;
    this.listen(true);
    this.online = this.environment?.navigator?.onLine !== false;
    if (this.online) {
      void this.open();
    } else {
      this.become({ phase: 'offline', attempt: 0, retryAt: null, reason: 'offline' });
    }
  }

  /** Ends the connection and all attempts. `connect` may be called again; it resumes where this one ended. */
  disconnect(): void {
    this.drop();
    this.listen(false);
    this.ownRefresh?.close();
    this.ownRefresh = null;
    this.become(CLOSED);
  }

  /** Tries again at once, from whatever state but `closed`. */
  reconnect(): void {
    if (this.current.phase === 'closed') {
      return;
    }
    this.drop();
    this.failures = 0;
    this.refreshedInVain = false;
    void this.open();
  }

  /** Handles an event by its name; `notification` is the default event. Returns the way to stop. */
  on<N extends EventName>(name: N, handler: (data: EventData[N], event: ServerEvent) => void): () => void;
  on(name: string, handler: (data: never, event: ServerEvent) => void): () => void;
  on(name: string, handler: Listener): () => void {
    const handlers = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  /** Every event, in order. */
  onEvent(handler: (event: ServerEvent) => void): () => void {
    this.anyListeners.add(handler);
    return () => void this.anyListeners.delete(handler);
  }

  onState(handler: (state: ConnectionState) => void): () => void {
    this.stateListeners.add(handler);
    return () => void this.stateListeners.delete(handler);
  }

  /** For those who learn of the network elsewhere, as a worker does from its pages. */
  setOnline(online: boolean): void {
    if (online === this.online && online === (this.current.phase !== 'offline')) {
      return;
    }
    this.online = online;
    if (online) {
      if (this.current.phase === 'offline') {
        this.reconnect();
      } else {
        this.wake();
      }
    } else if (['connecting', 'open', 'waiting'].includes(this.current.phase)) {
      this.drop();
      this.become({ phase: 'offline', attempt: this.failures, retryAt: null, reason: 'offline' });
    }
  }

  /** Somebody looks at the page again, perhaps after the machine slept: waiting ends, a silent connection is replaced. */
  wake(): void {
    if (this.current.phase === 'waiting') {
      this.reconnect();
    } else if (this.current.phase === 'open' && Date.now() - this.lastSign > this.silenceMs()) {
      this.fail('silent', new Error('no sign of life from the server'), 0);
    }
  }

  private async open(): Promise<void> {
    clearTimeout(this.retryTimer);
    const request = new AbortController();
    this.request = request;
    this.become({ phase: 'connecting', attempt: this.failures, retryAt: null, reason: this.current.reason });
    this.lastSign = Date.now();
    const sentAt = Date.now();
    const overdue = setTimeout(() => {
      if (this.request === request && this.current.phase === 'connecting') {
        this.fail('timeout', new Error('the server did not answer'));
      }
    }, this.options.connectTimeoutMs ?? 30_000);
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (this.position !== '') {
        headers['Last-Event-ID'] = this.position;
      }
      const response = await (this.options.fetch ?? fetch)(this.url, {
        headers,
        credentials: this.withCredentials ? 'include' : 'same-origin',
        cache: 'no-store',
        signal: request.signal,
      });
      clearTimeout(overdue);
      if (this.request === request) {
        await this.answered(request, response, sentAt);
      } else {
        await response.body?.cancel();
      }
    } catch (error) {
      if (this.request === request) {
        this.fail('network', error);
      }
    } finally {
      clearTimeout(overdue);
    }
  }

  private async answered(request: AbortController, response: Response, sentAt: number): Promise<void> {
    if (response.status === 401) {
      await this.renew(request, sentAt, 'unauthenticated');
      return;
    }
    const type = response.headers.get('Content-Type') ?? '';
    if (response.status === 204) {
      this.drop();
      this.become({ ...CLOSED, reason: 'http_204' });
      return;
    }
    if (response.status !== 200 || !/^text\/event-stream\b/i.test(type) || !response.body) {
      const wait = retryAfterMs(response.headers.get('Retry-After'));
      const reason = response.status === 200 ? 'no_event_stream' : `http_${String(response.status)}`;
      this.fail(reason, new Error(`the stream answered ${String(response.status)}`), wait ?? undefined);
      return;
    }
    this.openedAt = Date.now();
    this.lastSign = this.openedAt;
    this.become({ phase: 'open', attempt: 0, retryAt: null, reason: null });
    this.watch();
    await this.read(request, response.body);
  }

  private async read(request: AbortController, body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const parser = new EventParser(
      {
        onEvent: (event) => {
          if (this.request === request) {
            this.take(request, event);
          }
        },
        onRetry: (ms) => {
          this.retryMs = ms;
        },
      },
      this.position,
    );
    for (;;) {
      const { done, value } = await reader.read();
      if (this.request !== request) {
        await reader.cancel().catch(() => undefined);
        return;
      }
      if (done) {
        this.fail('ended', new Error('the stream ended'));
        return;
      }
      this.lastSign = Date.now();
      parser.push(value);
      // The standard moves the position even for a block that has an id and no data.
      if (this.stillOn(request)) {
        this.position = parser.lastEventId;
      }
    }
  }

  /** Not narrowed by the compiler: handlers may have ended the connection meanwhile. */
  private stillOn(request: AbortController): boolean {
    return this.request === request;
  }

  private take(request: AbortController, event: StreamEvent): void {
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch (error) {
      this.onError?.(error);
      return;
    }
    const name = event.type !== 'message' ? event.type : isConnected(data) ? 'connected' : 'notification';
    const seq = event.ownId && /^\d+$/.test(event.lastEventId) ? Number(event.lastEventId) : null;
    if (name === 'connected' && isRecord(data)) {
      this.refreshedInVain = false;
      this.heartbeatMs = Number(data['heartbeatMs']) || this.heartbeatMs;
      this.watch();
    }
    this.emit({ name, data, seq });
    if (!this.stillOn(request)) {
      return;
    }
    this.position = event.lastEventId;
    if (event.type === 'expired' || event.type === 'superseded' || event.type === 'reconnect') {
      this.bye(event.type, isRecord(data) ? data : {});
    }
  }

  private emit(event: ServerEvent): void {
    const handlers: (() => void)[] = [];
    if (event.name === 'notification') {
      handlers.push(() => this.onMessage(event.data));
    }
    this.anyListeners.forEach((handler) => handlers.push(() => handler(event)));
    this.listeners.get(event.name)?.forEach((handler) => handlers.push(() => handler(event.data as never, event)));
    for (const handler of handlers) {
      try {
        handler();
      } catch (error) {
        // One bad handler must not cost the others the event, nor the stream its reader.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** The server said why it ends the stream. */
  private bye(type: 'expired' | 'superseded' | 'reconnect', data: Record<string, unknown>): void {
    const reason = typeof data['reason'] === 'string' ? data['reason'] : type;
    if (type === 'superseded') {
      this.retryMs = DEFAULT_RETRY_MS;
      this.end('superseded', reason);
    } else if (type === 'reconnect') {
      const wait = Number(data['retryMs']) || this.retryMs;
      // All clients of the node hear this at once; they must not come back at once.
      this.fail(reason, new Error('the server asks for another connection'), wait * (1 + this.random() / 2));
    } else if (FINAL.has(reason)) {
      this.end('signed-out', reason);
    } else {
      this.drop();
      const request = new AbortController();
      this.request = request;
      this.become({ phase: 'connecting', attempt: this.failures, retryAt: null, reason });
      if (reason === 'token_expired') {
        void this.renew(request, Date.now(), reason);
      } else {
        this.retryTimer = setTimeout(() => void this.open(), NEW_SESSION_MS);
      }
    }
  }

  private async renew(request: AbortController, since: number, reason: string): Promise<void> {
    if (this.refreshedInVain) {
      this.end('signed-out', reason);
      return;
    }
    let refreshed: boolean;
    try {
      refreshed = await this.refresh(since);
    } catch (error) {
      if (this.request === request) {
        this.fail('refresh_failed', error);
      }
      return;
    }
    if (this.request !== request) {
      return;
    }
    if (refreshed) {
      this.refreshedInVain = true;
      void this.open();
    } else {
      this.end('signed-out', reason);
    }
  }

  private refresh(since: number): Promise<boolean> {
    if (this.options.refresh) {
      return this.options.refresh(since);
    }
    const base = (globalThis as { location?: { href: string } }).location?.href;
    this.ownRefresh ??= new SessionRefresh(new URL('../auth/refresh', new URL(this.url, base)), {
      ...thisBrowser(),
      ...(this.options.fetch ? { fetch: this.options.fetch } : {}),
    });
    return this.ownRefresh.refresh(since);
  }

  /** @param wait what the server asked for, in milliseconds; else exponential backoff */
  private fail(reason: string, error: unknown, wait?: number): void {
    const held = this.current.phase === 'open' && Date.now() - this.openedAt >= GOOD_AFTER_MS;
    this.drop();
    this.failures = held ? 1 : this.failures + 1;
    const delay = wait === undefined ? this.backoff() : wait + this.random() * Math.min(wait / 4, 5_000);
    this.become({ phase: 'waiting', attempt: this.failures, retryAt: Date.now() + delay, reason });
    this.retryTimer = setTimeout(() => void this.open(), delay);
    this.onError?.(error);
  }

  private backoff(): number {
    const most = Math.max(this.options.maxBackoffMs ?? 30_000, this.retryMs);
    const delay = Math.min(most, this.retryMs * 2 ** Math.min(this.failures - 1, 16));
    return delay * (0.5 + this.random() / 2);
  }

  private random(): number {
    return (this.options.random ?? Math.random)();
  }

  private end(phase: 'signed-out' | 'superseded', reason: string): void {
    this.drop();
    this.become({ phase, attempt: 0, retryAt: null, reason });
    this.onError?.(new Error(reason));
  }

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchdog);
    const request = this.request;
    this.request = null;
    request?.abort();
  }

  /** Two heartbeats and a bit: one may be late, comments count. */
  private silenceMs(): number {
    return this.heartbeatMs * 2 + 5_000;
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    const left = this.lastSign + this.silenceMs() - Date.now();
    if (left <= 0) {
      this.fail('silent', new Error('no sign of life from the server'), 0);
    } else {
      this.watchdog = setTimeout(() => this.watch(), left);
    }
  }

  private become(state: ConnectionState): void {
    const before = this.current;
    this.current = state;
    if (before.phase !== state.phase || before.retryAt !== state.retryAt || before.reason !== state.reason) {
      this.stateListeners.forEach((listener) => listener(state));
    }
  }

  private listen(on: boolean): void {
    const change = on ? 'addEventListener' : 'removeEventListener';
    const environment = this.environment;
    if (environment && typeof environment[change] === 'function') {
      environment[change]('online', this.cameOnline);
      environment[change]('offline', this.wentOffline);
      environment.document?.[change]('visibilitychange', this.looked);
    }
  }

  private readonly cameOnline = (): void => this.setOnline(true);
  private readonly wentOffline = (): void => this.setOnline(false);
  private readonly looked = (): void => {
    if (this.environment?.document?.visibilityState === 'visible') {
      this.wake();
    }
  };
}

function isConnected(data: unknown): boolean {
  return isRecord(data) && data['type'] === 'connected';
}
