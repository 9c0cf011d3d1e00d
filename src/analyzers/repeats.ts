import type { Landscape, Link, Registration } from '../landscape.ts';
import { foldWriting, groupBy, sortBy, sortedUnique } from '../order.ts';

/** One object that goes from one system to another more than once. */
export interface Repeat {
  readonly from: string;
  readonly to: string;
  readonly object: string;
  readonly links: readonly string[];
  /** Ids of the rows that approve it. */
  readonly registrations: readonly string[];
  readonly protocols: readonly string[];
}

/**
 * Finds objects that two links, or two rows of the registry, carry between the same two systems the
 * same way. A row that covers several links says once what it carries: its object counts for none of
 * these links by itself.
 */
export function findRepeats({ links, registrations }: Landscape): Repeat[] {
  const rows = groupBy(registrations, ({ id }) => id);
  const found: Repeat[] = [];
  for (const group of groupBy(links, ({ from, to }) => `${from}\u0000${to}`).values()) {
    const [first] = group;
    if (!first || first.from === first.to) continue;
    const said = group.flatMap((link) =>
      link.objects.map((object) => ({ object, link, rows: findRows(link, object, rows) })),
    );
    for (const same of groupBy(said, ({ object }) => foldWriting(object)).values()) {
      // A row with its id, or a link whose object no approved row names.
      const claims = new Set(
        same.flatMap(({ link, rows: own }) => (own.length > 0 ? own.map(name) : [link.key])),
      );
      if (claims.size < 2) continue;
      const own = same.flatMap((each) => each.rows);
      found.push({
        from: first.from,
        to: first.to,
        object: same[0]?.object ?? '',
        links: sortedUnique(same.map(({ link }) => link.key)),
        registrations: sortedUnique(own.map(({ id }) => id)),
        protocols: sortedUnique([
          ...own.flatMap(({ protocol }) => protocol ?? []),
          ...same.flatMap(({ link }) => link.protocol ?? []),
        ]),
      });
    }
  }
  return sortBy(
    found,
    ({ from }) => from,
    ({ to }) => to,
    ({ object }) => object,
  );
}

function findRows(
  link: Link,
  object: string,
  rows: ReadonlyMap<string, readonly Registration[]>,
): Registration[] {
  const wanted = foldWriting(object);
  return sortedUnique(link.registrations)
    .flatMap((id) => rows.get(id) ?? [])
    .filter(({ objects }) => objects.some((each) => foldWriting(each) === wanted));
}

/** Two rows with one id are two rows. */
function name({ id, origin }: Registration): string {
  return [id, origin.file, origin.line].join('\u0000');
}
