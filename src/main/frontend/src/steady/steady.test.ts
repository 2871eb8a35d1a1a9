import { describe, expect, test } from 'vitest';
import { settle, shownAnew, type Settling, type Steady } from './steady';

interface Item {
  readonly id: string;
  readonly text: string;
}

const PLAIN: Settling<Item> = { idOf: (item) => item.id, hasMore: false };

/** `a b:read` are two items, the second one with a text. */
function list(ids: string): Item[] {
  return ids.split(' ').filter(Boolean).map((word) => ({ id: word[0] ?? '', text: word.slice(2) }));
}

function settled(shown: string | Steady<Item>, items: string, more: Partial<Settling<Item>> = {}): Steady<Item> {
  return settle(typeof shown === 'string' ? shownAnew(list(shown)) : shown, list(items), { ...PLAIN, ...more });
}

/** As the test's lists are written, with `-` behind what is gone. */
function rows({ rows: all }: Steady<Item>): string {
  return all.map(({ item, gone }) => `${item.id}${item.text && `:${item.text}`}${gone ? '-' : ''}`).join(' ');
}

describe('a list that is looked at', () => {
  test('keeps what is new waiting, and counts it', () => {
    const one = settled('a b', 'n a b');
    expect([rows(one), one.waiting]).toEqual(['a b', ['n']]);
    const two = settled(one, 'm n a b');
    expect([rows(two), two.waiting]).toEqual(['a b', ['m', 'n']]);
  });

  test('takes changes in place', () => {
    const one = settled('a b c', 'a b:read c');
    expect([rows(one), one.waiting]).toEqual(['a b:read c', []]);
  });

  test('shows what is renewed where it stands, and waits to bring it up', () => {
    const one = settled('a b c', 'c:again a b');
    expect([rows(one), one.waiting]).toEqual(['a b c:again', ['c']]);
    const two = settled(one, 'b:again c:again a');
    expect([rows(two), two.waiting]).toEqual(['a b:again c:again', ['b', 'c']]);
  });

  test('does not take what waits for a further page, once what it stood above has moved up', () => {
    const one = settled('a', 'n a');
    expect(rows(settled(one, 'a:again n'))).toBe('a:again');
  });

  test('keeps the row of what is gone, marked, and takes it back where it returns', () => {
    const one = settled('a b c', 'a c');
    expect([rows(one), one.waiting]).toEqual(['a b- c', []]);
    expect(rows(settled(one, 'a b c'))).toBe('a b c');
    expect(rows(settled('a b', ''))).toBe('a- b-');
  });

  test('puts a further page at the end', () => {
    const one = settled('a b', 'n a b c d');
    expect([rows(one), one.waiting]).toEqual(['a b c d', ['n']]);
  });

  test('does not take for gone what lies behind a first page that was fetched again', () => {
    const one = settled('a b c d', 'a c', { hasMore: true });
    expect(rows(one)).toBe('a b- c d');
    expect(rows(settled('a b', 'm n', { hasMore: true }))).toBe('a b');
    expect(rows(settled(one, 'a c e', { hasMore: false }))).toBe('a b- c d- e');
  });

  test('shows what the user has brought back where it belongs', () => {
    const expected = new Set(['b']);
    expect(rows(settled('a c', 'a b c', { expected }))).toBe('a b c');
    expect(rows(settled('a c', 'b a c', { expected }))).toBe('b a c');
    expect(settled('a c', 'n a b c', { expected }).waiting).toEqual(['n']);
  });

  test('shows everything at once where there was nothing', () => {
    expect(rows(settled('', 'a b'))).toBe('a b');
  });
});
