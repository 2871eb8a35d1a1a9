import { isRecord } from './problem.js';
import { SSEClient, type ServerEvent, type SSEClientOptions } from './sse-client.js';
import type { Locks } from './refresh.js';
import type { ConnectionState } from './state.js';
import type { Counts, EventName, FleetEvent } from './wire.js';

/** What a tab says to the one that holds the connection. `tab` is the tab's own random name. */
export type ToHub = { readonly tab: string } & (
  | { readonly kind: 'hello'; readonly seq: number | null; readonly visible: boolean; readonly online: boolean }
  | { readonly kind: 'look'; readonly visible: boolean; readonly online: boolean }
  | { readonly kind: 'again'; readonly seq: number }
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'bye' }
);

/** What the holder of the connection says to one tab (`to`) or to all. */
export type ToTab = { readonly to?: string } & (
  | { readonly kind: 'welcome'; readonly connection: ConnectionState; readonly seq: number | null; readonly counts: Counts | null }
  | { readonly kind: 'event'; readonly event: FleetEvent; readonly show: string | null }
  | { readonly kind: 'connection'; readonly connection: ConnectionState }
  /** What the tab lacks is not kept any more: everything has to be fetched over REST. */
  | { readonly kind: 'gone'; readonly seq: number; readonly counts: Counts | null }
  | { readonly kind: 'roll-call' }
  | { readonly kind: 'pong' }
  /** From a shared worker: the lock that it holds while it lives. */
  | { readonly kind: 'holding'; readonly lock: string }
);

export interface HubOptions {
  readonly streamUrl: string;
  readonly userId: string;
  readonly sse: SSEClientOptions;
  readonly locks: Locks | null;
  send(message: ToTab): void;
  /** A tab is gone. */
  left?(tab: string): void;
}

interface Tab {
  visible: boolean;
  online: boolean;
  /** Order of the last time it came to the front. */
  front: number;
  heardAt: number;
}

/** How long a new hub waits to hear how far the tabs are, ms. */
const ROLL_CALL_MS = 150;
/** Events that are kept for tabs that missed some. */
const KEPT = 500;
/** A tab that cannot be watched by a lock and says nothing for so long is gone, ms. */
const SILENT_MS = 180_000;

const NAMES: ReadonlySet<string> = new Set<EventName>([
  'connected',
  'notification',
  'notification-updated',
  'notification-state',
  'chat-message',
  'chat-read',
  'contact',
  'mutes',
  'typing',
  'reset',
  'expired',
  'superseded',
  'reconnect',
  'admin-stats',
]);

/** Name of the lock that a tab holds while it lives. */
export function tabLock(tab: string): string {
  return `fleetman-tab:${tab}`;
}

/**
 * Holds the browser's one connection for a user and hands every event to all tabs, in order. It lives in the shared
 * worker, in the leading tab, or in the only tab; it can vanish at any moment, and the next one goes on from the tab that
 * has seen least.
 */
export class Hub {
  private readonly options: HubOptions;
  private readonly sse: SSEClient;
  private readonly tabs = new Map<string, Tab>();
  private readonly hello = new Map<string, number | null>();
  private kept: FleetEvent[] = [];
  private seq: number | null = null;
  private counts: Counts | null = null;
  private connectedAt = '';
  private begun = false;
  private beginTimer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(options: HubOptions) {
    this.options = options;
    this.sse = new SSEClient({ ...options.sse, environment: null });
    this.sse.onEvent((event) => this.take(event));
    this.sse.onState((connection) => options.send({ kind: 'connection', connection: this.connection(connection) }));
  }

  private wrongUser: ConnectionState | null = null;

  private connection(state: ConnectionState): ConnectionState {
    const about = { ...state, phase: 'connecting' } as const;
    return this.wrongUser ?? (state.phase === 'closed' && !this.begun ? about : state);
  }

  /** Asks who is there, for one that takes over. */
  rollCall(): void {
    this.options.send({ kind: 'roll-call' });
  }

  stop(): void {
    clearTimeout(this.beginTimer);
    this.begun = false;
    this.tabs.clear();
    this.sse.disconnect();
  }

  receive(message: ToHub): void {
    const tab = this.tabs.get(message.tab);
    if (tab) {
      tab.heardAt = Date.now();
    }
    switch (message.kind) {
      case 'hello':
        this.arrived(message.tab, message.seq);
        this.looked(message.tab, message.visible, message.online);
        break;
      case 'look':
        this.looked(message.tab, message.visible, message.online);
        break;
      case 'again':
        this.refill(message.tab, message.seq);
        break;
      case 'reconnect':
        this.again();
        break;
      case 'ping':
        if (!tab) {
          // It was taken for gone, a sleeping laptop for example.
          this.options.send({ kind: 'roll-call', to: message.tab });
        }
        this.options.send({ kind: 'pong', to: message.tab });
        break;
      case 'bye':
        this.left(message.tab);
        break;
    }
  }

  private arrived(name: string, seq: number | null): void {
    const isNew = !this.tabs.has(name);
    if (isNew) {
      this.tabs.set(name, { visible: false, online: true, front: 0, heardAt: Date.now() });
      void this.options.locks
        ?.request(tabLock(name), {}, () => Promise.resolve(this.left(name)))
        .catch(() => undefined);
    }
    this.options.send({
      kind: 'welcome',
      to: name,
      connection: this.connection(this.sse.state),
      seq: this.seq,
      counts: this.counts,
    });
    if (this.begun) {
      if (isNew && (this.wrongUser !== null || this.sse.state.phase === 'signed-out')) {
        // Whoever comes now has signed in since.
        this.again();
      }
      if (seq !== null && this.seq !== null && seq < this.seq) {
        this.refill(name, seq);
      }
      return;
    }
    this.hello.set(name, seq);
    if (seq === null && this.beginTimer === undefined) {
      this.begin();
    } else {
      this.beginTimer ??= setTimeout(() => this.begin(), ROLL_CALL_MS);
    }
  }

  private again(): void {
    this.wrongUser = null;
    if (this.sse.state.phase === 'closed' && this.begun) {
      this.connect();
    } else {
      this.sse.reconnect();
    }
  }

  private begin(): void {
    clearTimeout(this.beginTimer);
    this.beginTimer = undefined;
    this.begun = true;
    const seen = [...this.hello.values()].filter((seq) => seq !== null);
    this.hello.clear();
    if (this.seq === null && seen.length > 0) {
      this.seq = Math.min(...seen);
      this.sse.resumeAfter(String(this.seq));
    }
    this.connect();
  }

  private connect(): void {
    this.sse.connect(this.options.streamUrl, () => undefined);
    this.sse.setOnline(this.isOnline());
  }

  private left(name: string): void {
    if (!this.tabs.delete(name)) {
      return;
    }
    this.options.left?.(name);
    if (this.tabs.size > 0) {
      this.sse.setOnline(this.isOnline());
    } else {
      clearTimeout(this.beginTimer);
      this.beginTimer = undefined;
      this.hello.clear();
      this.begun = false;
      // The next one to come starts anew, perhaps much later, and says itself how far it is.
      this.seq = null;
      this.counts = null;
      this.kept = [];
      this.wrongUser = null;
      this.sse.disconnect();
      this.sse.resumeAfter('');
    }
  }

  private looked(name: string, visible: boolean, online: boolean): void {
    const tab = this.tabs.get(name);
    if (!tab) {
      return;
    }
    const cameToFront = visible && !tab.visible;
    tab.visible = visible;
    tab.online = online;
    if (visible) {
      tab.front = ++this.turn;
    }
    this.sse.setOnline(this.isOnline());
    if (cameToFront) {
      this.sse.wake();
    }
  }

  private isOnline(): boolean {
    return [...this.tabs.values()].every((tab) => tab.online);
  }

  private take(event: ServerEvent): void {
    const { data } = event;
    if (!isRecord(data)) {
      return;
    }
    if (event.name === 'connected') {
      if (data['userId'] !== this.options.userId) {
        this.wrongUser = { phase: 'signed-out', attempt: 0, retryAt: null, reason: 'other_user' };
        this.sse.disconnect();
        return;
      }
      this.connectedAt = String(data['serverTime']);
      if (this.seq === null || Number(data['seq']) > this.seq) {
        this.seq = Number(data['seq']);
        this.kept = [];
      }
    }
    const positioned = event.name === 'reset' ? Number(data['seq']) : event.name === 'connected' ? null : event.seq;
    if (event.name === 'reset') {
      this.kept = [];
    }
    if (positioned !== null) {
      this.seq = positioned;
    }
    if (isCounts(data['counts'])) {
      this.counts = data['counts'];
    }
    const handed = this.envelope(event);
    if (positioned !== null && event.name !== 'reset') {
      this.kept.push(handed);
      if (this.kept.length > KEPT) {
        this.kept.shift();
      }
    }
    const show = handed.name === 'notification' && handed.live ? this.front() : null;
    this.options.send({ kind: 'event', event: handed, show });
  }

  private envelope(event: ServerEvent): FleetEvent {
    const known = NAMES.has(event.name);
    return {
      name: known ? event.name : 'unknown',
      ...(known ? {} : { event: event.name }),
      seq: event.name === 'connected' || event.name === 'reset' ? null : event.seq,
      data: event.data,
      at: Date.now(),
      live: this.isLive(event),
    } as FleetEvent;
  }

  /** Both times are the server's. */
  private isLive(event: ServerEvent): boolean {
    const data = event.data as Record<string, unknown>;
    const message = data['message'];
    const time = event.name === 'chat-message' && isRecord(message) ? message['sentAt'] : data['createdAt'];
    return typeof time !== 'string' || Date.parse(time) >= Date.parse(this.connectedAt);
  }

  /** The tab that shows browser notifications: the one that was in front last. */
  private front(): string | null {
    const oldest = Date.now() - SILENT_MS;
    let best: [string, Tab] | null = null;
    for (const entry of this.tabs) {
      const [, tab] = entry;
      const alive = this.options.locks !== null || tab.heardAt >= oldest;
      if (alive && (best === null || rank(tab) > rank(best[1]))) {
        best = entry;
      }
    }
    return best?.[0] ?? null;
  }

  private refill(name: string, seq: number): void {
    const missing = this.kept.filter((event) => (event.seq ?? 0) > seq);
    if (this.seq === null || seq >= this.seq) {
      return;
    }
    if (missing[0]?.seq !== seq + 1) {
      this.options.send({ kind: 'gone', to: name, seq: this.seq, counts: this.counts });
      return;
    }
    for (const event of missing) {
      this.options.send({ kind: 'event', to: name, event, show: null });
    }
  }
}

function rank(tab: Tab): number {
  return (tab.visible ? 1e9 : 0) + tab.front;
}

function isCounts(value: unknown): value is Counts {
  return isRecord(value) && typeof value['notifications'] === 'number' && typeof value['messages'] === 'number';
}
