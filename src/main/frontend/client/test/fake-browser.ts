import type { Browser, Channel, Locks } from '../src/refresh.js';
import type { Environment } from '../src/sse-client.js';
import type { WorkerLike } from '../src/transport.js';
import { serveTabs, type Port } from '../src/worker-hub.js';

type Clone = (message: unknown) => unknown;
const clone: Clone = (message) => structuredClone(message);

interface Holder {
  readonly owner: object;
  readonly grant: () => void;
  readonly refuse: (error: unknown) => void;
}

/** Web Locks: first come first served, one after the other, given back when the tab or worker dies. */
class FakeLocks {
  private readonly queues = new Map<string, Holder[]>();

  of(owner: object): Locks {
    return {
      request: <T>(name: string, options: { signal?: AbortSignal }, run: () => Promise<T>) =>
        new Promise<T>((resolve, reject) => {
          const queue = this.queues.get(name) ?? [];
          this.queues.set(name, queue);
          const holder: Holder = {
            owner,
            refuse: reject,
            grant: () => {
              run()
                .then(resolve, reject)
                .finally(() => this.remove(name, holder));
            },
          };
          options.signal?.addEventListener('abort', () => {
            if (queue[0] !== holder && queue.includes(holder)) {
              queue.splice(queue.indexOf(holder), 1);
              reject(options.signal?.reason as Error);
            }
          });
          queue.push(holder);
          if (queue.length === 1) {
            setTimeout(holder.grant, 0);
          }
        }),
    };
  }

  died(owner: object): void {
    for (const [name, queue] of this.queues) {
      queue.filter((holder) => holder.owner === owner).forEach((holder) => this.remove(name, holder));
    }
  }

  private remove(name: string, holder: Holder): void {
    const queue = this.queues.get(name) ?? [];
    const at = queue.indexOf(holder);
    if (at >= 0) {
      queue.splice(at, 1);
      const next = queue[0];
      if (at === 0 && next) {
        setTimeout(next.grant, 0);
      }
    }
  }
}

class FakeChannel implements Channel {
  onmessage: ((event: MessageEvent) => void) | null = null;
  private readonly browser: FakeBrowser;
  readonly name: string;
  readonly owner: FakeTab | null;

  constructor(browser: FakeBrowser, name: string, owner: FakeTab | null) {
    this.browser = browser;
    this.name = name;
    this.owner = owner;
    browser.channels.add(this);
  }

  postMessage(message: unknown): void {
    if (this.owner?.dead === true) {
      return;
    }
    const copy = clone(message);
    for (const other of this.browser.channels) {
      if (other !== this && other.name === this.name) {
        setTimeout(() => {
          if (this.browser.channels.has(other) && other.owner?.dead !== true) {
            other.onmessage?.({ data: copy } as MessageEvent);
          }
        }, 0);
      }
    }
  }

  close(): void {
    this.browser.channels.delete(this);
  }
}

/** A page: its events, whether it is seen, and its end. */
export class FakePage extends EventTarget implements Environment {
  readonly navigator = { onLine: true };
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });

  goOffline(offline = true): void {
    this.navigator.onLine = !offline;
    this.dispatchEvent(new Event(offline ? 'offline' : 'online'));
  }

  show(visible: boolean): void {
    this.document.visibilityState = visible ? 'visible' : 'hidden';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Closed by its user. */
  hide(): void {
    this.dispatchEvent(new Event('pagehide'));
  }
}

export class FakeTab {
  dead = false;
  readonly page = new FakePage();
  readonly browser: Browser;
  readonly worker: (name: string) => WorkerLike;
  private readonly whole: FakeBrowser;
  private readonly requests = new Set<AbortController>();

  constructor(whole: FakeBrowser) {
    this.whole = whole;
    this.browser = {
      fetch: (input, init = {}) => {
        if (this.dead) {
          return new Promise<Response>(() => undefined);
        }
        // What a page has under way ends with it.
        const request = new AbortController();
        this.requests.add(request);
        const signal = init.signal ? AbortSignal.any([init.signal, request.signal]) : request.signal;
        return whole.fetch(input, { ...init, signal });
      },
      locks: whole.withoutLocks ? null : whole.locks.of(this),
      channel: (name) => new FakeChannel(whole, name, this),
    };
    this.worker = (name) => whole.connectToWorker(name, this);
  }

  /** Dies without a word: nothing is sent or received any more, its locks and requests end. */
  crash(): void {
    this.dead = true;
    this.requests.forEach((request) => request.abort());
    this.whole.locks.died(this);
  }
}

interface FakeWorker {
  alive: boolean;
  readonly serve: (port: Port) => void;
  readonly requests: Set<AbortController>;
  /** Whose its locks are. */
  readonly holder: object;
}

/** A browser profile: its tabs share locks, channels, workers and cookies. */
export class FakeBrowser {
  readonly channels = new Set<FakeChannel>();
  readonly locks = new FakeLocks();
  readonly workers = new Map<string, FakeWorker>();
  readonly fetch: typeof fetch;
  /** As in an insecure context. */
  withoutLocks = false;

  constructor(fetch: typeof globalThis.fetch) {
    this.fetch = fetch;
  }

  tab(): FakeTab {
    return new FakeTab(this);
  }

  killWorkers(): void {
    for (const worker of this.workers.values()) {
      worker.alive = false;
      worker.requests.forEach((request) => request.abort());
      this.locks.died(worker.holder);
    }
    this.workers.clear();
  }

  connectToWorker(name: string, tab: FakeTab): WorkerLike {
    const worker = this.workers.get(name) ?? this.startWorker();
    this.workers.set(name, worker);
    const inside: Port = {
      onmessage: null,
      postMessage: (message) => {
        const copy = clone(message);
        setTimeout(() => {
          if (!tab.dead && worker.alive) {
            outside.onmessage?.({ data: copy } as MessageEvent);
          }
        }, 0);
      },
    };
    const outside: WorkerLike['port'] = {
      onmessage: null,
      postMessage: (message) => {
        const copy = clone(message);
        setTimeout(() => {
          if (!tab.dead && worker.alive) {
            inside.onmessage?.({ data: copy } as MessageEvent);
          }
        }, 0);
      },
      close: () => undefined,
    };
    worker.serve(inside);
    return { port: outside, onerror: null };
  }

  private startWorker(): FakeWorker {
    const requests = new Set<AbortController>();
    const holder = {};
    const worker: FakeWorker = {
      alive: true,
      requests,
      holder,
      serve: serveTabs({
        fetch: (input, init = {}) => {
          if (!worker.alive) {
            return new Promise<Response>(() => undefined);
          }
          const request = new AbortController();
          requests.add(request);
          const signal = init.signal ? AbortSignal.any([init.signal, request.signal]) : request.signal;
          return this.fetch(input, { ...init, signal });
        },
        locks: this.withoutLocks ? null : this.locks.of(holder),
        channel: (channel) => new FakeChannel(this, channel, null),
      }),
    };
    return worker;
  }
}
