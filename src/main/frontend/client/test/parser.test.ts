import { describe, expect, it } from 'vitest';
import { EventParser } from '../src/parser.js';
import { Random, seed } from './random.js';

/** What a parser made of some bytes, in order. */
function parse(chunks: readonly Uint8Array[], lastEventId = ''): { seen: unknown[]; id: string } {
  const seen: unknown[] = [];
  const parser = new EventParser(
    {
      onEvent: (event) => seen.push([event.type, event.data, event.lastEventId]),
      onRetry: (ms) => seen.push(['retry', ms]),
      onComment: (text) => seen.push(['comment', text]),
    },
    lastEventId,
  );
  chunks.forEach((chunk) => parser.push(chunk));
  return { seen, id: parser.lastEventId };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const BOM = '\uFEFF';

/** Text of a stream, and what the standard makes of it. */
const cases: [name: string, text: string, expected: unknown[], id?: string][] = [
  ['one event', 'data: a\n\n', [['message', 'a', '']]],
  ['lines that end in CR', 'data: a\rdata: b\r\r', [['message', 'a\nb', '']]],
  ['lines that end in CRLF', 'data: a\r\ndata: b\r\n\r\n', [['message', 'a\nb', '']]],
  ['a mixture of line ends', 'data: a\ndata: b\rdata: c\r\n\ndata: d\n\r\n', [['message', 'a\nb\nc', ''], ['message', 'd', '']]],
  ['CR LF as one end and not two', 'data: a\r\n\r\ndata: b\r\n\r\n', [['message', 'a', ''], ['message', 'b', '']]],
  ['LF CR as two ends', 'data: a\n\rdata: b\n\n', [['message', 'a', ''], ['message', 'b', '']]],
  ['a byte order mark at the start', `${BOM}data: a\n\n`, [['message', 'a', '']]],
  ['a second byte order mark as part of the field name', `${BOM}${BOM}data: a\n\ndata: b\n\n`, [['message', 'b', '']]],
  ['a byte order mark within data', `data: ${BOM}a\n\n`, [['message', `${BOM}a`, '']]],
  ['comments', ':\n: heartbeat\ndata: a\n:b\n\n', [['comment', ''], ['comment', ' heartbeat'], ['comment', 'b'], ['message', 'a', '']]],
  ['one space after the colon, and only one', 'data:a\ndata: b\ndata:  c\ndata:\td\n\n', [['message', 'a\nb\n c\n\td', '']]],
  ['colons in the value', 'data: a:b: c\n\n', [['message', 'a:b: c', '']]],
  ['empty data', 'data\n\ndata:\n\n', [['message', '', ''], ['message', '', '']]],
  ['two empty data lines', 'data\ndata\n\n', [['message', '\n', '']]],
  ['no event without data', 'event: x\n\ndata: a\n\n', [['message', 'a', '']]],
  ['the type for one event only', 'event: x\ndata: a\n\ndata: b\n\n', [['x', 'a', ''], ['message', 'b', '']]],
  ['the last of two types', 'event: x\nevent: y\ndata: a\n\n', [['y', 'a', '']]],
  ['an empty type', 'event: x\nevent:\ndata: a\n\n', [['message', 'a', '']]],
  ['an id that holds on', 'id: 7\ndata: a\n\ndata: b\n\n', [['message', 'a', '7'], ['message', 'b', '7']], '7'],
  ['an id without data', 'id: 8\n\n', [], '8'],
  ['an id that is emptied', 'id: 7\ndata: a\n\nid\ndata: b\n\n', [['message', 'a', '7'], ['message', 'b', '']], ''],
  ['an id with NUL', 'id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n', [['message', 'a', '7'], ['message', 'b', '7']], '7'],
  ['an id whose event never ended', 'id: 7\ndata: a\n\nid: 8\ndata: b\n', [['message', 'a', '7']], '7'],
  ['retry', 'retry: 3000\nretry: 3s\nretry: -1\nretry:\nretry: 1.5\nretry: ٣\ndata: a\n\n', [['retry', 3000], ['message', 'a', '']]],
  ['unknown fields, and names in other case', 'Data: a\nfoo: b\n data: c\ndata: d\n\n', [['message', 'd', '']]],
  ['what stands before the end of the stream without a blank line', 'data: a\n\ndata: b\n', [['message', 'a', '']]],
  ['characters of two, three and four bytes', 'event: ñ\ndata: grúa €🚜\n\n', [['ñ', 'grúa €🚜', '']]],
  ['many blank lines', '\n\r\n\r\rdata: a\n\n\n\n', [['message', 'a', '']]],
];

describe('EventParser', () => {
  it.each(cases)('takes %s', (_name, text, expected, id = '') => {
    expect(parse([bytes(text)])).toEqual({ seen: expected, id });
  });

  it.each(cases)('takes %s, cut in two at every byte', (_name, text, expected, id = '') => {
    const all = bytes(text);
    for (let cut = 0; cut <= all.length; cut++) {
      expect(parse([all.subarray(0, cut), all.subarray(cut)]), `cut at ${String(cut)}`).toEqual({ seen: expected, id });
    }
  });

  it.each(cases)('takes %s, byte by byte with empty chunks between', (_name, text, expected, id = '') => {
    const chunks = [...bytes(text)].flatMap((byte) => [new Uint8Array(), Uint8Array.of(byte)]);
    expect(parse(chunks)).toEqual({ seen: expected, id });
  });

  it('replaces bytes that are no UTF-8', () => {
    const broken = [...bytes('data: a'), 0xff, ...bytes('b\n\n')];
    expect(parse([Uint8Array.from(broken)]).seen).toEqual([['message', 'a\uFFFDb', '']]);
  });

  it('tells whether an event has an id of its own', () => {
    const own: boolean[] = [];
    const parser = new EventParser({ onEvent: (event) => own.push(event.ownId) }, '6');
    parser.push(bytes('data: a\n\nid: 7\ndata: b\n\ndata: c\n\nid: 7\ndata: d\n\nid: 8\n\ndata: e\n\n'));
    expect(own).toEqual([false, true, false, true, false]);
  });

  it('goes on from an earlier id', () => {
    expect(parse([bytes('data: a\n\n')], '41')).toEqual({ seen: [['message', 'a', '41']], id: '41' });
  });

  it('makes the same of all cases one after the other, cut at random', () => {
    const random = new Random(seed());
    const text = cases.map(([, part]) => part.replaceAll(BOM, '') + '\n\n').join('');
    const whole = parse([bytes(text)]);
    for (let round = 0; round < 200; round++) {
      const chunks: Uint8Array[] = [];
      for (let rest = bytes(text); rest.length > 0; ) {
        const size = 1 + random.below(20);
        chunks.push(rest.subarray(0, size));
        rest = rest.subarray(size);
      }
      expect(parse(chunks), `SEED=${String(random.seed)} round ${String(round)}`).toEqual(whole);
    }
  });
});
