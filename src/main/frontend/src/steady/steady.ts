/** One row of a list that is being looked at. */
export interface Row<T> {
  readonly item: T;
  /** It is in the list no more; it keeps its place until the list is shown anew. */
  readonly gone: boolean;
}

export interface Steady<T> {
  readonly rows: readonly Row<T>[];
  /** Ids of what is new or has moved up, and waits to be shown where it belongs. */
  readonly waiting: readonly string[];
}

export interface Settling<T> {
  readonly idOf: (item: T) => string;
  /** What lies behind the end of the list is not known: what is missing there is not gone. */
  readonly hasMore: boolean;
  /** Shown at once where they belong: what the user has brought back. */
  readonly expected?: ReadonlySet<string>;
}

/** Everything where it belongs. */
export function shownAnew<T>(items: readonly T[]): Steady<T> {
  return { rows: items.map((item) => ({ item, gone: false })), waiting: [] };
}

/**
 * What is shown of a list that has become another one while it is looked at: every row keeps its place and takes what is
 * new in it, a further page comes at the end, and the rest waits.
 */
export function settle<T>(shown: Steady<T>, items: readonly T[], { idOf, hasMore, expected }: Settling<T>): Steady<T> {
  if (shown.rows.length === 0) {
    return shownAnew(items);
  }
  const known = new Map(items.map((item) => [idOf(item), item]));
  const lastKnown = shown.rows.findLastIndex(({ item }) => known.has(idOf(item)));
  const rows: Row<T>[] = shown.rows.map((row, index) => {
    const item = known.get(idOf(row.item));
    return item === undefined ? { item: row.item, gone: row.gone || !hasMore || index < lastKnown } : { item, gone: false };
  });
  const places = new Set(rows.map(({ item }) => idOf(item)));
  const waited = new Set(shown.waiting);
  const end = items.findLastIndex((item) => places.has(idOf(item)));
  items.forEach((item, index) => {
    const id = idOf(item);
    if (places.has(id)) {
      return;
    }
    if (expected?.has(id)) {
      const before = items.slice(0, index).findLast((other) => places.has(idOf(other)));
      const at = before === undefined ? 0 : rows.findIndex((row) => idOf(row.item) === idOf(before)) + 1;
      rows.splice(at, 0, { item, gone: false });
      places.add(id);
    } else if (end >= 0 && index > end && !waited.has(id)) {
      rows.push({ item, gone: false });
      places.add(id);
    }
  });
  return { rows, waiting: waitingIn(rows, items, idOf) };
}

/** What has no row, and what stands above something that it stood below. */
function waitingIn<T>(rows: readonly Row<T>[], items: readonly T[], idOf: (item: T) => string): string[] {
  const places = new Map(rows.map(({ item }, index) => [idOf(item), index]));
  let highest = Infinity;
  const waiting: string[] = [];
  for (const item of items.toReversed()) {
    const place = places.get(idOf(item));
    if (place === undefined || place > highest) {
      waiting.push(idOf(item));
    }
    highest = Math.min(highest, place ?? Infinity);
  }
  return waiting.reverse();
}
