/** The part of Web Locks that is used here; absent in insecure contexts and in old browsers. */
export interface Locks {
  request<T>(name: string, options: { signal?: AbortSignal; mode?: 'exclusive' | 'shared' }, run: () => Promise<T>): Promise<T>;
}

/** The part of BroadcastChannel that is used here. */
export interface Channel {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

export interface Browser {
  readonly fetch: typeof fetch;
  readonly locks: Locks | null;
  readonly channel: ((name: string) => Channel) | null;
}

/** What this page or worker has. */
export function thisBrowser(): Browser {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: Locks }).locks;
  return {
    fetch: (input, init) => fetch(input, init),
    locks: locks ?? null,
    channel: typeof BroadcastChannel === 'undefined' ? null : (name) => new BroadcastChannel(name),
  };
}

const TIMEOUT_MS = 15_000;

/**
 * Refreshes the session of this browser by its cookie. A refresh token is good for one use and a second use ends the
 * session, so all tabs and workers of the browser take turns, and who waited while another one succeeded does nothing.
 */
export class SessionRefresh {
  private readonly url: string;
  private readonly browser: Browser;
  private readonly lock: string;
  private readonly channel: Channel | null;
  private running: Promise<boolean> | null = null;
  private refreshedAt = -Infinity;

  /** @param url of `auth/refresh`, absolute */
  constructor(url: string | URL, browser: Browser = thisBrowser()) {
    this.url = String(url);
    this.browser = browser;
    this.lock = `fleetman-refresh:${this.url}`;
    this.channel = browser.channel?.(this.lock) ?? null;
    if (this.channel) {
      this.channel.onmessage = (event) => {
        this.refreshedAt = Math.max(this.refreshedAt, Number(event.data) || 0);
      };
    }
  }

  /**
   * @param since when the request that was refused was sent, ms since the epoch
   * @returns false if the session is over; rejects where that could not be learned
   */
  refresh(since = Date.now()): Promise<boolean> {
    if (this.refreshedAt > since) {
      return Promise.resolve(true);
    }
    this.running ??= this.inTurn(since).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  close(): void {
    this.channel?.close();
  }

  private inTurn(since: number): Promise<boolean> {
    const turn = (): Promise<boolean> => (this.refreshedAt > since ? Promise.resolve(true) : this.post());
    return this.browser.locks ? this.browser.locks.request(this.lock, {}, turn) : turn();
  }

  private async post(): Promise<boolean> {
    const response = await this.browser.fetch(this.url, {
      method: 'POST',
      credentials: 'include',
      cache: 'no-store',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // 409: another client of this session was faster, its cookies are ours.
    if (response.ok || response.status === 409) {
      this.refreshedAt = Date.now();
      this.channel?.postMessage(this.refreshedAt);
      return true;
    }
    if (response.status === 401 || response.status === 403) {
      return false;
    }
    throw new Error(`refresh answered ${String(response.status)}`);
  }
}
