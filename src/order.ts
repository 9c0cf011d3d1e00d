/** Orders two texts by code unit, so that the order never depends on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A sorted copy, by one or more text or number keys in order of weight. */
export function sortBy<T>(
  items: Iterable<T>,
  ...keys: readonly ((item: T) => string | number)[]
): T[] {
  return [...items].sort((a, b) => {
    for (const key of keys) {
      const left = key(a);
      const right = key(b);
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  });
}

/**
 * Brings sorted items that tie into the one order of their JSON, and leaves out those that are equal.
 * Only ties are written out: most items have a place of their own.
 */
export function joinTies<T>(sorted: readonly T[], isTie: (a: T, b: T) => boolean): readonly T[] {
  if (!sorted.some((item, at) => at > 0 && isTie(sorted[at - 1] as T, item))) return sorted;
  const joined: T[] = [];
  for (let first = 0; first < sorted.length; ) {
    const item = sorted[first] as T;
    let end = first + 1;
    while (end < sorted.length && isTie(item, sorted[end] as T)) end++;
    if (end === first + 1) joined.push(item);
    else {
      const unique = new Map(sorted.slice(first, end).map((tied) => [JSON.stringify(tied), tied]));
      for (const text of [...unique.keys()].sort(compareText)) joined.push(unique.get(text) as T);
    }
    first = end;
  }
  return joined;
}

/** A name of a team or person without what its spellings differ in: case, blanks, Unicode form. */
export function foldWriting(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The distinct texts in code-unit order. */
export function sortedUnique(items: Iterable<string>): string[] {
  return [...new Set(items)].sort(compareText);
}

/** Groups items by a text key, keys in order of first appearance. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** Yields each item in order and takes it out of the list, so that memory holds no more of it. */
export function* drain<T>(items: T[]): Generator<T> {
  items.reverse();
  while (items.length > 0) yield items.pop() as T;
}

/** The earlier of two ISO 8601 times in one zone. */
export function earlier(a: string, b: string): string {
  return compareText(a, b) <= 0 ? a : b;
}

/** The later of two ISO 8601 times in one zone. */
export function later(a: string, b: string): string {
  return compareText(a, b) >= 0 ? a : b;
}
