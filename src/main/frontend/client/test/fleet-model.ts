import type {
  Contact,
  ConversationSummary,
  Counts,
  EventData,
  EventName,
  FleetEvent,
  FleetNotification,
  Message,
  PublicProfile,
} from '../src/wire.js';
import type { Random } from './random.js';

const OTHERS = ['ben', 'eva', 'leo'] as const;
export type Other = (typeof OTHERS)[number];

interface Talk {
  readonly messages: Message[];
  activity: number;
}

interface Standing {
  contact: number | null;
  blocked: number | null;
  accepted: boolean;
}

/**
 * What the server does for one user, Ana, as far as it shows on the wire: `docs/events.md` in the form of a program. It
 * keeps the log, and answers over REST from its tables and not from the log.
 */
export class FleetModel {
  readonly log: FleetEvent[] = [];
  private readonly random: Random;
  private readonly notifications: (FleetNotification & { order: number; about: number | null; with: string | null })[] = [];
  private readonly talks = new Map<Other, Talk>();
  private readonly standings = new Map<Other, Standing>();
  private clock = Date.parse('2026-01-01T10:00:00.000Z');
  private ids = 0;

  constructor(random: Random) {
    this.random = random;
  }

  get seq(): number {
    return this.log.length;
  }

  /** One random operation of Ana's or somebody else's; it may have no event, or several. */
  step(): void {
    this.clock += 1 + this.random.below(1_000);
    const other = this.random.of(OTHERS);
    const known = this.notifications.length > 0 ? this.random.of(this.notifications) : null;
    switch (this.random.below(14)) {
      case 0:
      case 1:
      case 2:
        this.message(other, 'ana');
        break;
      case 3:
      case 4:
        this.message('ana', other);
        break;
      case 5:
        this.read('ana', other);
        break;
      case 6:
        this.read(other, 'ana');
        break;
      case 7:
        this.notify({ type: 'MAINTENANCE_ALERT', source: 'MAINTENANCE' }, null, null);
        break;
      case 8:
        this.readAll();
        break;
      case 9:
        if (known) {
          this.remove(known.id);
        }
        break;
      case 10:
        if (known && known.readAt === null && known.archivedAt === null) {
          this.renew(known.id);
        }
        break;
      case 11:
        this.decide(other);
        break;
      default:
        if (known) {
          this.change(known.id, this.random.of(['seen', 'read', 'unread', 'archived'] as const));
        }
        break;
    }
  }

  counts(): Counts {
    return {
      notifications: this.notifications.filter((item) => item.readAt === null && item.archivedAt === null).length,
      messages: OTHERS.reduce((sum, other) => sum + this.unread(other), 0),
    };
  }

  inbox(): FleetNotification[] {
    return this.notifications
      .filter((item) => item.archivedAt === null)
      .toSorted((a, b) => b.order - a.order)
      .map((item) => view(item));
  }

  conversations(): ConversationSummary[] {
    return [...this.talks]
      .toSorted(([, a], [, b]) => b.activity - a.activity)
      .map(([other, talk]) => {
        const last = talk.messages.at(-1) as Message;
        return {
          conversationWith: other,
          user: profile(other),
          lastMessage: last,
          lastActivityAt: last.sentAt,
          unreadCount: this.unread(other),
          ...this.relation(other),
        };
      });
  }

  /** Newest first, as the server answers. */
  messages(other: string): Message[] {
    return (this.talks.get(other as Other)?.messages ?? []).toReversed();
  }

  contacts(member: 'contact' | 'blocked'): Contact[] {
    return [...this.standings]
      .filter(([, standing]) => standing[member] !== null)
      .toSorted(([, a], [, b]) => Number(a[member]) - Number(b[member]))
      .map(([other, standing]) => ({
        userId: other,
        user: profile(other),
        since: new Date(Number(standing[member])).toISOString(),
        ...this.relation(other),
      }));
  }

  private now(): string {
    return new Date(this.clock).toISOString();
  }

  private append<N extends EventName>(name: N, data: Omit<EventData[N], 'counts'>): void {
    const event = { name, seq: this.seq + 1, data: { ...data, counts: this.counts() }, at: this.clock, live: true };
    this.log.push(event as unknown as FleetEvent);
  }

  private talk(other: Other): Talk {
    const talk = this.talks.get(other) ?? { messages: [], activity: 0 };
    this.talks.set(other, talk);
    return talk;
  }

  private unread(other: Other): number {
    return (this.talks.get(other)?.messages ?? []).filter((item) => item.recipientId === 'ana' && item.readAt === null).length;
  }

  private message(from: Other | 'ana', to: Other | 'ana'): void {
    const other = (from === 'ana' ? to : from) as Other;
    const talk = this.talk(other);
    const message: Message = {
      id: `m${String(++this.ids)}`,
      senderId: from,
      recipientId: to,
      content: `text ${String(this.random.below(3))}`,
      sentAt: this.now(),
      readAt: null,
      conversationWith: other,
    };
    talk.messages.push(message);
    if (to === 'ana') {
      this.notify({ type: 'NEW_MESSAGE', source: 'MESSAGING' }, talk.messages.length, other);
    }
    talk.activity = this.seq + 1;
    this.append('chat-message', { message, conversationWith: other, unreadCount: this.unread(other) });
  }

  private read(reader: Other | 'ana', peer: Other | 'ana'): void {
    const other = (reader === 'ana' ? peer : reader) as Other;
    const { messages } = this.talks.get(other) ?? { messages: [] };
    const upTo = this.random.below(2) === 0 ? messages.length - 1 : this.random.below(messages.length);
    const last = messages[upTo];
    if (!last) {
      return;
    }
    const readAt = this.now();
    let read = 0;
    messages.forEach((item, index) => {
      if (index <= upTo && item.recipientId === reader && item.readAt === null) {
        messages[index] = { ...item, readAt };
        read++;
      }
    });
    if (read === 0) {
      return;
    }
    if (reader === 'ana') {
      const about = this.notifications.filter(
        (item) => item.with === other && (item.about ?? Infinity) <= upTo + 1 && item.readAt === null && item.archivedAt === null,
      );
      about.forEach((item) => this.replace(item.id, { readAt, seenAt: item.seenAt ?? readAt }));
      if (about.length > 0) {
        this.append('notification-state', {
          change: 'read', all: false, ids: about.map((item) => item.id), seenAt: readAt, readAt, archivedAt: null,
        });
      }
    }
    this.append('chat-read', {
      conversationWith: other, readerId: reader, upToMessageId: last.id, readAt, unreadCount: this.unread(other),
    });
  }

  private notify(kind: { type: string; source: string }, about: number | null, other: string | null): void {
    const one = {
      id: `n${String(++this.ids)}`, userId: 'ana', ...kind, title: 't', message: 'm', metadata: {}, actionUrl: null,
      priority: 'NORMAL' as const, createdAt: this.now(), seenAt: null, readAt: null, archivedAt: null,
    };
    this.notifications.push({ ...one, order: this.seq + 1, about, with: other });
    this.append('notification', { ...one, count: this.counts().notifications });
  }

  private renew(id: string): void {
    this.replace(id, { metadata: { again: this.ids++ }, seenAt: null });
    const one = this.notifications.find((item) => item.id === id);
    if (one) {
      one.order = this.seq + 1;
      this.append('notification-updated', { ...view(one), count: this.counts().notifications });
    }
  }

  private change(id: string, change: 'seen' | 'read' | 'unread' | 'archived'): void {
    const before = this.notifications.find((item) => item.id === id);
    if (!before) {
      return;
    }
    const now = this.now();
    const seenAt = before.seenAt ?? now;
    const after =
      change === 'seen' ? { seenAt }
      : change === 'read' ? { seenAt, readAt: before.readAt ?? now }
      : change === 'unread' ? { readAt: null, archivedAt: null }
      : { seenAt, archivedAt: before.archivedAt ?? now };
    if (Object.entries(after).every(([key, value]) => before[key as keyof typeof before] === value)) {
      return;
    }
    this.replace(id, after);
    const { seenAt: seen, readAt, archivedAt } = { ...before, ...after };
    this.append('notification-state', { change, all: false, ids: [id], seenAt: seen, readAt, archivedAt });
  }

  private readAll(): void {
    const now = this.now();
    const unread = this.notifications.filter((item) => item.readAt === null && item.archivedAt === null);
    unread.forEach((item) => this.replace(item.id, { readAt: now, seenAt: item.seenAt ?? now }));
    if (unread.length > 0) {
      this.append('notification-state', { change: 'read', all: true, ids: [], seenAt: now, readAt: now, archivedAt: null });
    }
  }

  private remove(id: string): void {
    this.notifications.splice(this.notifications.findIndex((item) => item.id === id), 1);
    this.append('notification-state', { change: 'deleted', all: false, ids: [id], seenAt: null, readAt: null, archivedAt: null });
  }

  private replace(id: string, change: Partial<FleetNotification>): void {
    const at = this.notifications.findIndex((item) => item.id === id);
    const before = this.notifications[at];
    if (before) {
      this.notifications[at] = { ...before, ...change };
    }
  }

  private relation(other: Other): { isContact: boolean; isBlocked: boolean; isAccepted: boolean } {
    const standing = this.standings.get(other);
    return {
      isContact: (standing?.contact ?? null) !== null,
      isBlocked: (standing?.blocked ?? null) !== null,
      isAccepted: standing?.accepted ?? false,
    };
  }

  private decide(other: Other): void {
    const standing = this.standings.get(other) ?? { contact: null, blocked: null, accepted: false };
    this.standings.set(other, standing);
    const change = this.random.of(['added', 'removed', 'blocked', 'unblocked', 'accepted'] as const);
    const before = JSON.stringify(standing);
    switch (change) {
      case 'added':
        standing.contact ??= this.clock;
        break;
      case 'removed':
        standing.contact = null;
        break;
      case 'blocked':
        standing.blocked ??= this.clock;
        break;
      case 'unblocked':
        standing.blocked = null;
        break;
      case 'accepted':
        standing.accepted = true;
        break;
    }
    if (JSON.stringify(standing) !== before) {
      this.append('contact', { change, userId: other, user: profile(other), ...this.relation(other) });
    }
  }
}

function profile(id: string): PublicProfile {
  return { id, companyName: id.toUpperCase(), type: 'CLIENT', locale: 'es' };
}

function view(item: FleetNotification): FleetNotification {
  const inner = new Set(['order', 'about', 'with']);
  return Object.fromEntries(Object.entries(item).filter(([name]) => !inner.has(name))) as unknown as FleetNotification;
}
