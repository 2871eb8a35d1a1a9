/** An event as it was dispatched: WHATWG HTML section 9.2.6. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly type: string;
  readonly data: string;
  /** The last `id` that stood before the end of this event; empty before the first. */
  readonly lastEventId: string;
  /** Whether that `id` stood in this event, and is not one that still holds. */
  readonly ownId: boolean;
}

export interface ParserHandlers {
  onEvent(event: StreamEvent): void;
  /** Reconnection time in milliseconds. */
  onRetry?(ms: number): void;
  /** A comment, without the colon. */
  onComment?(text: string): void;
}

const LF = '\n';
const CR = '\r';

/**
 * Parses `text/event-stream` from chunks that may end anywhere, within a character or between CR and LF too. What stands
 * after the last blank line when the stream ends is dropped, as the standard wants it.
 */
export class EventParser {
  private readonly decoder = new TextDecoder('utf-8');
  private readonly handlers: ParserHandlers;
  private partial = '';
  private afterCr = false;
  private type = '';
  private data: string[] = [];
  private id: string;
  private ownId = false;
  private dispatchedId: string;

  /** @param lastEventId what an earlier connection ended with; it holds until the stream has another */
  constructor(handlers: ParserHandlers, lastEventId = '') {
    this.handlers = handlers;
    this.id = lastEventId;
    this.dispatchedId = lastEventId;
  }

  /** What to resume with: the last `id` whose event was complete, even if it had no data. */
  get lastEventId(): string {
    return this.dispatchedId;
  }

  push(chunk: Uint8Array): void {
    // The decoder takes one byte order mark at the start away and keeps half a character for the next chunk.
    this.text(this.decoder.decode(chunk, { stream: true }));
  }

  private text(text: string): void {
    let start = 0;
    if (this.afterCr && text.length > 0) {
      this.afterCr = false;
      if (text.startsWith(LF)) {
        start = 1;
      }
    }
    for (let i = start; i < text.length; i++) {
      const c = text[i];
      if (c !== LF && c !== CR) {
        continue;
      }
      const line = this.partial + text.slice(start, i);
      this.partial = '';
      if (c === CR) {
        if (i + 1 === text.length) {
          this.afterCr = true;
        } else if (text[i + 1] === LF) {
          i++;
        }
      }
      start = i + 1;
      this.line(line);
    }
    this.partial += text.slice(start);
  }

  private line(line: string): void {
    if (line === '') {
      this.dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.handlers.onComment?.(line.slice(1));
      return;
    }
    if (colon < 0) {
      this.field(line, '');
      return;
    }
    const value = line.slice(colon + 1);
    this.field(line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value);
  }

  private field(name: string, value: string): void {
    switch (name) {
      case 'event':
        this.type = value;
        break;
      case 'data':
        this.data.push(value);
        break;
      case 'id':
        if (!value.includes('\0')) {
          this.id = value;
          this.ownId = true;
        }
        break;
      case 'retry':
        if (/^[0-9]+$/.test(value)) {
          this.handlers.onRetry?.(Number(value));
        }
        break;
      default:
        break;
    }
  }

  private dispatch(): void {
    this.dispatchedId = this.id;
    const { type, data, ownId } = this;
    this.ownId = false;
    this.type = '';
    this.data = [];
    // The standard looks at the buffer with its line feeds: one empty data line is an event with empty data.
    if (data.length > 0) {
      this.handlers.onEvent({ type: type === '' ? 'message' : type, data: data.join(LF), lastEventId: this.id, ownId });
    }
  }
}
