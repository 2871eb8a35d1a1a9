import { Hub, type ToHub, type ToTab } from './hub.js';
import { SessionRefresh, type Browser } from './refresh.js';

/** How a tab introduces itself to the worker; all tabs of a worker's name say the same. */
export interface WorkerConfig {
  readonly streamUrl: string;
  readonly refreshUrl: string;
  readonly userId: string;
}

export type ToWorker = { readonly config: WorkerConfig; readonly message: ToHub };

/** The part of MessagePort that is used here. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** What a shared worker does with the port of every tab that connects: one hub for all. */
export function serveTabs(browser: Browser): (port: Port) => void {
  const ports = new Map<string, Port>();
  const held = holdLock(browser);
  let hub: Hub | null = null;

  function send(message: ToTab): void {
    if (message.to !== undefined) {
      ports.get(message.to)?.postMessage(message);
    } else {
      ports.forEach((port) => port.postMessage(message));
    }
  }

  function hubFor(config: WorkerConfig): Hub {
    if (!hub) {
      const session = new SessionRefresh(config.refreshUrl, browser);
      hub = new Hub({
        streamUrl: config.streamUrl,
        userId: config.userId,
        sse: { fetch: browser.fetch, refresh: (since) => session.refresh(since) },
        locks: browser.locks,
        send,
        left: (tab) => void ports.delete(tab),
      });
    }
    return hub;
  }

  return (port) => {
    port.onmessage = (event: MessageEvent<ToWorker>) => {
      const { config, message } = event.data;
      ports.set(message.tab, port);
      hubFor(config).receive(message);
    };
    void held?.then((lock) => port.postMessage({ kind: 'holding', lock } satisfies ToTab));
  };
}

/** A lock of this worker's own, held for as long as it lives; resolves to its name. Null where there are no locks. */
function holdLock({ locks }: Browser): Promise<string> | null {
  if (!locks) {
    return null;
  }
  const name = `fleetman-worker:${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  return new Promise((resolve) => {
    void locks
      .request(name, {}, () => {
        resolve(name);
        return new Promise<never>(() => undefined);
      })
      .catch(() => undefined);
  });
}
