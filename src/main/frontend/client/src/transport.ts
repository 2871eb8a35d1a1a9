import { Hub, type ToHub, type ToTab } from './hub.js';
import type { Browser, Channel } from './refresh.js';
import type { SSEClientOptions } from './sse-client.js';
import type { ToWorker, WorkerConfig } from './worker-hub.js';

/** The way from a tab to whoever holds the connection. */
export interface Transport {
  readonly kind: 'shared-worker' | 'leader' | 'direct';
  send(message: ToHub): void;
  stop(): void;
}

/** The part of SharedWorker that is used here. */
export interface WorkerLike {
  readonly port: {
    postMessage(message: unknown): void;
    onmessage: ((event: MessageEvent) => void) | null;
    start?(): void;
    close(): void;
  };
  onerror: ((event: never) => void) | null;
}

export interface TransportOptions {
  readonly config: WorkerConfig;
  readonly browser: Browser;
  readonly sse: SSEClientOptions;
  /** Makes the worker of that name; null where there is none. */
  readonly worker: ((name: string) => WorkerLike) | null;
  readonly tab: string;
  receive(message: ToTab): void;
  /** This way does not work after all. */
  failed(): void;
}

/** Tells users and installations apart: a worker, a lock or a channel of one never serves another. */
export function scopeName(config: WorkerConfig): string {
  return `fleetman:${config.streamUrl}:${config.userId}`;
}

/** The worker's script is a file of its own, as a strict Content-Security-Policy wants it. */
export function sharedWorker(name: string): WorkerLike {
  return new SharedWorker(new URL('./shared-worker.js', import.meta.url), { type: 'module', name });
}

export function hubOptions(options: TransportOptions, send: (message: ToTab) => void): ConstructorParameters<typeof Hub>[0] {
  const { config, browser, sse } = options;
  return { streamUrl: config.streamUrl, userId: config.userId, sse, locks: browser.locks, send };
}

/** One connection for this tab alone. */
export function direct(options: TransportOptions): Transport {
  const hub = new Hub(hubOptions(options, later(options.receive)));
  return { kind: 'direct', send: (message) => hub.receive(message), stop: () => hub.stop() };
}

/** A tab is told after the call that caused it has returned, as it is with ports and channels. */
function later(receive: (message: ToTab) => void): (message: ToTab) => void {
  return (message) => queueMicrotask(() => receive(message));
}

/** Time for a worker to load and to answer the first time, ms. */
const FIRST_ANSWER_MS = 8_000;
/** Time for one that is known to answer, or that was started in the place of one that has died, ms. */
const ANSWER_MS = 3_000;
/** Where there are no locks, only silence tells that the worker has died, ms. */
const PING_EVERY_MS = 5_000;
const PONG_WITHIN_MS = 10_000;

export function shared(options: TransportOptions, make: (name: string) => WorkerLike): Transport {
  const name = scopeName(options.config);
  const { locks } = options.browser;
  const stopped = new AbortController();
  let worker: WorkerLike | null = null;
  let answered = false;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let greeted = false;

  function post(message: ToHub): void {
    worker?.port.postMessage({ config: options.config, message } satisfies ToWorker);
  }

  function connect(): void {
    const made = make(name);
    worker = made;
    made.onerror = () => {
      if (!answered) {
        options.failed();
      }
    };
    made.port.onmessage = (event: MessageEvent<ToTab>) => {
      if (worker !== made) {
        return;
      }
      answered = true;
      clearTimeout(deadline);
      deadline = undefined;
      if (event.data.kind === 'holding') {
        watch(made, event.data.lock);
      } else {
        options.receive(event.data);
      }
    };
    made.port.start?.();
  }

  /** The browser gives the lock to whoever waits for it as soon as the worker has died, in whatever way. */
  function watch(watched: WorkerLike, lock: string): void {
    void locks
      ?.request(lock, { mode: 'shared', signal: stopped.signal }, () => {
        if (worker === watched) {
          again();
        }
        return Promise.resolve();
      })
      .catch(() => undefined);
  }

  /** It has died: the constructor starts another one, or finds the one that another tab has started. */
  function again(): void {
    worker?.port.close();
    connect();
    options.receive({ kind: 'roll-call' });
  }

  function expectAnswer(within: number): void {
    deadline ??= setTimeout(() => {
      deadline = undefined;
      if (answered) {
        again();
      } else {
        options.failed();
      }
    }, within);
  }

  const pinging = locks
    ? undefined
    : setInterval(() => {
        if (greeted) {
          post({ kind: 'ping', tab: options.tab });
          expectAnswer(PONG_WITHIN_MS);
        }
      }, PING_EVERY_MS);

  connect();
  return {
    kind: 'shared-worker',
    send(message) {
      if (message.kind === 'hello') {
        greeted = true;
        expectAnswer(answered ? ANSWER_MS : FIRST_ANSWER_MS);
      }
      post(message);
    },
    stop() {
      stopped.abort();
      clearInterval(pinging);
      clearTimeout(deadline);
      worker?.port.close();
      worker = null;
    },
  };
}

type OnChannel = { readonly toHub: ToHub } | { readonly toTab: ToTab };

/** The tab that has the lock holds the connection; when it ends, in whatever way, the browser gives the lock to the next. */
export function leading(options: TransportOptions, channel: Channel): Transport {
  const { browser, tab, receive } = options;
  const name = scopeName(options.config);
  const ended = new AbortController();
  let hub: Hub | null = null;
  let resign: () => void = () => undefined;

  channel.onmessage = (event: MessageEvent<OnChannel>) => {
    const message = event.data;
    if ('toHub' in message) {
      hub?.receive(message.toHub);
    } else if (!hub && (message.toTab.to === undefined || message.toTab.to === tab)) {
      receive(message.toTab);
    }
  };

  function lead(): Promise<void> {
    if (ended.signal.aborted) {
      return Promise.resolve();
    }
    const own = later(receive);
    hub = new Hub(
      hubOptions(options, (message) => {
        if (message.to === undefined || message.to === tab) {
          own(message);
        }
        if (message.to !== tab) {
          channel.postMessage({ toTab: message } satisfies OnChannel);
        }
      }),
    );
    hub.rollCall();
    return new Promise((resolve) => {
      resign = resolve;
    });
  }

  void browser.locks?.request(name, { signal: ended.signal }, lead).catch(() => {
    if (!ended.signal.aborted) {
      options.failed();
    }
  });

  return {
    kind: 'leader',
    send(message) {
      if (hub) {
        hub.receive(message);
      } else {
        channel.postMessage({ toHub: message } satisfies OnChannel);
      }
    },
    stop() {
      ended.abort();
      hub?.stop();
      hub = null;
      resign();
      channel.close();
    },
  };
}

/** The best way that this browser has, from `first` on. */
export function open(options: TransportOptions, first: 'shared-worker' | 'leader' | 'direct'): Transport {
  const { browser, worker } = options;
  if (first === 'shared-worker' && worker) {
    try {
      return shared(options, worker);
    } catch {
      // A worker of another origin, or one that the policy forbids.
    }
  }
  if (first !== 'direct' && browser.locks && browser.channel) {
    return leading(options, browser.channel(scopeName(options.config)));
  }
  return direct(options);
}
