import { tabLock, type ToTab } from './hub.js';
import { Problem } from './problem.js';
import { initialState, reduce, type Change } from './reducer.js';
import { SessionRefresh, thisBrowser, type Browser, type Channel } from './refresh.js';
import { createApi, type Api } from './rest.js';
import type { Environment, SSEClientOptions } from './sse-client.js';
import type { ConnectionState, FleetState } from './state.js';
import { open, sharedWorker, type Transport, type TransportOptions, type WorkerLike } from './transport.js';
import type { Account, EventData, EventName, FleetEvent, FleetNotification, ResetData, SignedIn } from './wire.js';

export interface FleetClientOptions {
  /** The application's root, any context path; default `document.baseURI`. */
  readonly baseUrl?: string | URL;
  /** Default `auto`: SharedWorker, else a leading tab, else one connection for this tab. */
  readonly transport?: 'auto' | 'shared-worker' | 'leader' | 'direct';
  /** For the connection, where this tab holds it. */
  readonly sse?: Pick<SSEClientOptions, 'random' | 'maxBackoffMs' | 'connectTimeoutMs'>;
  /** What the browser has; replaced in tests. */
  readonly browser?: Browser;
  /** Makes a SharedWorker of that name; null for none. */
  readonly worker?: ((name: string) => WorkerLike) | null;
  /** The page, for its events; null for none. */
  readonly page?: Environment | null;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly type: 'CLIENT' | 'PROVIDER';
  readonly companyName: string;
  readonly locale?: string;
}

/** What a connection can carry besides the user's own events. */
export type Topic = 'admin';

const NO_TOPICS: readonly Topic[] = [];
const ADMIN_TOPICS: readonly Topic[] = ['admin'];

/** What this account may ask for. A role that changes ends the session, so this holds as long as the session does. */
export function topicsOf(account: Pick<Account, 'roles'> | null | undefined): readonly Topic[] {
  return account?.roles.includes('ADMIN') === true ? ADMIN_TOPICS : NO_TOPICS;
}

export interface FleetClient {
  readonly baseUrl: URL;
  readonly api: Api;
  /** Which way is used, null while stopped. */
  readonly transport: 'shared-worker' | 'leader' | 'direct' | null;
  /**
   * Takes part in the browser's one connection as that user. Idempotent; another user replaces the one before.
   *
   * @param topics what the connection carries besides: {@link topicsOf} the account, the same in all tabs
   */
  start(userId: string, topics?: readonly Topic[]): void;
  /** This tab lets go; other tabs go on. */
  stop(): void;
  /** Tries again at once; the only way back from `superseded`. */
  reconnect(): void;
  /** `POST auth/login`, then `start`. */
  signIn(email: string, password: string): Promise<Account>;
  /** `POST auth/register`, then `start`. */
  register(registration: Registration): Promise<Account>;
  /** Ends the session, and stops all tabs of this browser: their phase becomes `signed-out`. */
  logout(): Promise<void>;
  getState(): FleetState;
  /** Called after every change of the state. */
  subscribe(listener: () => void): () => void;
  /** The only way to change the state: an answer of the server, for example. */
  dispatch(change: Change): void;
  /** Every event, once and in order, after the state has taken it in. */
  onEvent(handler: (event: FleetEvent) => void): () => void;
  on<N extends EventName>(name: N, handler: (data: EventData[N], event: FleetEvent) => void): () => void;
  /** Live notifications that this tab, of all tabs, is to show in the browser. */
  onShow(handler: (notification: FleetNotification) => void): () => void;
  /** When it is worthwhile to fetch: the stream is there, or it has been waited for long enough. */
  ready(): Promise<void>;
}

/** How long fetching waits for the stream, so that nothing has to be fetched twice, ms. */
const READY_MS = 1_500;
/** How long a tab waits for what it asked to be sent again, ms. */
const AGAIN_MS = 3_000;

const CLOSED: ConnectionState = { phase: 'closed', attempt: 0, retryAt: null, reason: null };

type OnSession = { readonly kind: 'user' | 'signed-out'; readonly userId: string };

export function createFleetClient(options: FleetClientOptions = {}): FleetClient {
  return new Client(options);
}

class Client implements FleetClient {
  readonly baseUrl: URL;
  readonly api: Api;

  private readonly options: FleetClientOptions;
  private readonly browser: Browser;
  private readonly page: Environment | null;
  private readonly root: URL;
  private readonly session: SessionRefresh;
  private readonly sessionChannel: Channel | null;

  private state = initialState;
  private readonly subscribers = new Set<() => void>();
  private readonly eventHandlers = new Set<(event: FleetEvent) => void>();
  private readonly showHandlers = new Set<(notification: FleetNotification) => void>();

  private way: Transport | null = null;
  private topics = NO_TOPICS;
  private tab = '';
  private release: () => void = () => undefined;
  private generation = 0;
  private reads = 0;
  private again: ReturnType<typeof setTimeout> | undefined;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private readyTimer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];
  private waited = false;

  constructor(options: FleetClientOptions) {
    this.options = options;
    this.browser = options.browser ?? thisBrowser();
    this.page = options.page === undefined ? thisPage() : options.page;
    const base = new URL(options.baseUrl ?? '.', (globalThis as { document?: Document }).document?.baseURI);
    this.baseUrl = new URL(base.pathname.endsWith('/') ? base : `${base.origin}${base.pathname}/`);
    this.root = new URL('api/v1/', this.baseUrl);
    this.session = new SessionRefresh(new URL('auth/refresh', this.root), this.browser);
    this.api = createApi({
      root: this.root,
      fetch: this.browser.fetch,
      refresh: (since) => this.session.refresh(since),
      onSignedOut: (code) => this.signedOut(code),
      onRead: () => {
        this.reads++;
      },
    });
    this.sessionChannel = this.browser.channel?.(`fleetman-session:${this.baseUrl.href}`) ?? null;
    if (this.sessionChannel) {
      this.sessionChannel.onmessage = (event: MessageEvent<OnSession>) => this.heardOfSession(event.data);
    }
  }

  get transport(): FleetClient['transport'] {
    return this.way?.kind ?? null;
  }

  start(userId: string, topics = NO_TOPICS): void {
    const { phase } = this.state.connection;
    const same = this.state.userId === userId && this.topics.join() === topics.join();
    if (same && this.tab !== '' && phase !== 'signed-out') {
      return;
    }
    this.stop();
    this.topics = topics;
    this.dispatch({ type: 'started', userId });
    this.reads = 0;
    this.become({ phase: 'connecting', attempt: 0, retryAt: null, reason: null });
    this.sessionChannel?.postMessage({ kind: 'user', userId } satisfies OnSession);
    this.readyTimer = setTimeout(() => this.becomeReady(), READY_MS);
    this.listen(true);
    this.join();
  }

  stop(): void {
    this.leave();
    this.listen(false);
    clearTimeout(this.readyTimer);
    this.becomeReady();
    this.waited = false;
    if (this.state.connection.phase !== 'closed' && this.state.connection.phase !== 'signed-out') {
      this.become(CLOSED);
    }
  }

  reconnect(): void {
    if (this.way) {
      this.way.send({ kind: 'reconnect', tab: this.tab });
    } else if (this.state.userId !== null && this.tab === '') {
      this.start(this.state.userId, this.topics);
    }
  }

  async signIn(email: string, password: string): Promise<Account> {
    const { user } = await this.api.post<SignedIn>('auth/login', { email, password });
    this.start(user.id, topicsOf(user));
    return user;
  }

  async register(registration: Registration): Promise<Account> {
    const { user } = await this.api.post<SignedIn>('auth/register', registration);
    this.start(user.id, topicsOf(user));
    return user;
  }

  async logout(): Promise<void> {
    const { userId } = this.state;
    await this.api.post('auth/logout');
    if (userId !== null) {
      this.sessionChannel?.postMessage({ kind: 'signed-out', userId } satisfies OnSession);
    }
    this.signedOut('logged_out');
  }

  getState(): FleetState {
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.subscribers.add(listener);
    return () => void this.subscribers.delete(listener);
  }

  dispatch(change: Change): void {
    const before = this.state;
    this.state = reduce(before, change);
    if (this.state === before) {
      return;
    }
    if (this.state.typing !== before.typing) {
      this.forgetTyping();
    }
    if (this.state.attached) {
      this.becomeReady();
    }
    this.subscribers.forEach((listener) => guarded(listener));
  }

  onEvent(handler: (event: FleetEvent) => void): () => void {
    this.eventHandlers.add(handler);
    return () => void this.eventHandlers.delete(handler);
  }

  on<N extends EventName>(name: N, handler: (data: EventData[N], event: FleetEvent) => void): () => void {
    return this.onEvent((event) => {
      if (event.name === name) {
        handler(event.data as EventData[N], event);
      }
    });
  }

  onShow(handler: (notification: FleetNotification) => void): () => void {
    this.showHandlers.add(handler);
    return () => void this.showHandlers.delete(handler);
  }

  ready(): Promise<void> {
    return this.state.attached || this.waited || this.tab === ''
      ? Promise.resolve()
      : new Promise((resolve) => this.waiting.push(resolve));
  }

  private becomeReady(): void {
    this.waited = true;
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach((go) => go());
  }

  /** Under a new name, so that nobody takes this tab for the one that has left. */
  private join(): void {
    const generation = ++this.generation;
    const tab = `${generation}-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
    this.tab = tab;
    const come = (): void => {
      if (this.generation === generation) {
        this.take(this.options.transport === undefined || this.options.transport === 'auto' ? 'shared-worker' : this.options.transport);
      }
    };
    if (!this.browser.locks) {
      this.release = () => undefined;
      come();
      return;
    }
    // The lock ends with the tab, however it ends; that is how the connection's holder learns of it.
    void this.browser.locks
      .request(tabLock(tab), {}, () => {
        come();
        return new Promise<void>((resolve) => {
          if (this.generation === generation) {
            this.release = resolve;
          } else {
            resolve();
          }
        });
      })
      .catch(() => undefined);
  }

  private take(first: Transport['kind']): void {
    const { tab, generation } = this;
    const { userId } = this.state;
    if (userId === null) {
      return;
    }
    const mine = (): boolean => this.generation === generation && this.tab === tab;
    const stream = new URL('notifications/stream', this.root);
    if (this.topics.length > 0) {
      stream.searchParams.set('topics', this.topics.join());
    }
    const options: TransportOptions = {
      config: {
        streamUrl: stream.href,
        refreshUrl: new URL('auth/refresh', this.root).href,
        userId,
      },
      browser: this.browser,
      sse: { ...this.options.sse, fetch: this.browser.fetch, refresh: (since) => this.session.refresh(since) },
      worker: this.options.worker === undefined ? (typeof SharedWorker === 'undefined' ? null : sharedWorker) : this.options.worker,
      tab,
      receive: (message) => {
        if (mine()) {
          this.receive(message);
        }
      },
      failed: () => {
        if (mine()) {
          const next = this.way?.kind === 'shared-worker' ? 'leader' : 'direct';
          this.way?.stop();
          this.take(next);
        }
      },
    };
    this.way = open(options, first);
    this.hello();
  }

  private leave(): void {
    this.generation++;
    if (this.way) {
      this.way.send({ kind: 'bye', tab: this.tab });
      this.way.stop();
      this.way = null;
    }
    this.tab = '';
    clearTimeout(this.again);
    this.again = undefined;
    this.release();
    this.release = nothing;
  }

  private hello(): void {
    this.way?.send({
      kind: 'hello',
      tab: this.tab,
      seq: this.state.attached ? this.state.seq : null,
      ...this.look(),
    });
  }

  private look(): { visible: boolean; online: boolean } {
    return {
      visible: this.page?.document?.visibilityState !== 'hidden',
      online: this.page?.navigator?.onLine !== false,
    };
  }

  private receive(message: ToTab): void {
    switch (message.kind) {
      case 'welcome':
        this.become(message.connection);
        if (!this.state.attached && message.seq !== null) {
          this.attach(() => this.dispatch({ type: 'attached', seq: message.seq ?? 0, counts: message.counts }));
        }
        break;
      case 'connection':
        this.become(message.connection);
        break;
      case 'roll-call':
        this.hello();
        break;
      case 'gone': {
        const { seq } = message;
        if (this.state.attached && seq > this.state.seq) {
          this.reset({ reason: 'missed', seq, counts: message.counts ?? this.state.counts ?? { notifications: 0, messages: 0 } });
        }
        break;
      }
      case 'event':
        this.happened(message.event, message.show === this.tab);
        break;
      case 'pong':
      case 'holding':
        break;
    }
  }

  private happened(event: FleetEvent, show: boolean): void {
    const { attached, seq } = this.state;
    if (event.seq !== null) {
      if (!attached || event.seq <= seq) {
        return;
      }
      if (event.seq > seq + 1) {
        this.askAgain();
        return;
      }
      clearTimeout(this.again);
      this.again = undefined;
    }
    if (event.name === 'connected' && !attached) {
      this.attach(() => this.dispatch(event));
    } else {
      this.dispatch(event);
    }
    this.tell(event);
    if (show && event.name === 'notification') {
      this.showHandlers.forEach((handler) => guarded(() => handler(event.data)));
    }
  }

  /** What was read before this tab came in may lack what happened in between, which those who read it must learn. */
  private attach(attached: () => void): void {
    attached();
    if (this.reads > 0) {
      const { seq, counts } = this.state;
      this.tell(resetEvent({ reason: 'attached', seq, counts: counts ?? { notifications: 0, messages: 0 } }));
    }
  }

  /** Something between this tab's position and the event is missing. */
  private askAgain(): void {
    if (this.again !== undefined) {
      return;
    }
    this.again = setTimeout(() => {
      this.again = undefined;
    }, AGAIN_MS);
    this.way?.send({ kind: 'again', tab: this.tab, seq: this.state.seq });
  }

  private reset(data: ResetData): void {
    const event = resetEvent(data);
    this.dispatch(event);
    this.tell(event);
  }

  private tell(event: FleetEvent): void {
    this.eventHandlers.forEach((handler) => guarded(() => handler(event)));
  }

  private become(connection: ConnectionState): void {
    this.dispatch({ type: 'connection', connection });
    if (connection.phase === 'signed-out') {
      this.becomeReady();
    }
  }

  private signedOut(reason: string): void {
    if (this.state.userId === null || this.tab === '') {
      return;
    }
    this.leave();
    this.listen(false);
    this.become({ phase: 'signed-out', attempt: 0, retryAt: null, reason });
  }

  private heardOfSession(message: OnSession): void {
    if (message.kind === 'signed-out' && message.userId === this.state.userId) {
      this.signedOut('logged_out');
    } else if (message.kind === 'user' && message.userId !== this.state.userId) {
      // The cookies are another user's now.
      this.signedOut('other_user');
    }
  }

  private forgetTyping(): void {
    clearTimeout(this.typingTimer);
    const next = Math.min(...Object.values(this.state.typing));
    if (Number.isFinite(next)) {
      this.typingTimer = setTimeout(() => this.dispatch({ type: 'time', now: Date.now() }), Math.max(0, next - Date.now()) + 1);
    }
  }

  private listen(on: boolean): void {
    const change = on ? 'addEventListener' : 'removeEventListener';
    this.page?.[change]('online', this.looked);
    this.page?.[change]('offline', this.looked);
    this.page?.[change]('focus', this.looked);
    this.page?.[change]('pagehide', this.hidden);
    this.page?.[change]('pageshow', this.shown);
    this.page?.document?.[change]('visibilitychange', this.looked);
  }

  private readonly looked = (): void => {
    this.way?.send({ kind: 'look', tab: this.tab, ...this.look() });
  };

  /** Also into the cache of pages that can be gone back to. */
  private readonly hidden = (): void => {
    this.leave();
  };

  private readonly shown = (): void => {
    if (this.tab === '' && this.state.userId !== null && this.state.connection.phase !== 'signed-out') {
      this.join();
    }
  };
}

function nothing(): void {
  // Nothing is held.
}

function resetEvent(data: ResetData): FleetEvent {
  return { name: 'reset', seq: null, data, at: Date.now(), live: true };
}

function thisPage(): Environment | null {
  return typeof document === 'undefined' ? null : (globalThis as unknown as Environment);
}

/** One bad handler must not cost the others the event. */
function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** The code to show for a failed request: the server's, or `network`. */
export function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : 'network';
}
