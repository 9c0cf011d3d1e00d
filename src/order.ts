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

/** The earlier of two ISO 8601 times in one zone. */
export function earlier(a: string, b: string): string {
  return compareText(a, b) <= 0 ? a : b;
}

/** The later of two ISO 8601 times in one zone. */
export function later(a: string, b: string): string {
  return compareText(a, b) >= 0 ? a : b;
}
