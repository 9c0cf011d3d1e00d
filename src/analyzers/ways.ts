import type { Link } from '../landscape.ts';
import { groupBy } from '../order.ts';

/** A way that data takes from one set of systems into another, by its links; the last one enters. */
export interface Way {
  readonly start: string;
  readonly links: readonly Link[];
}

/**
 * Finds every link by which data of some systems comes into others, over any number of links, each
 * with the shortest way to it. A way ends where it enters: what happens inside is not told again.
 * Takes one step for each link.
 */
export function findWaysInto(
  links: readonly Link[],
  starts: ReadonlySet<string>,
  goals: ReadonlySet<string>,
): Way[] {
  const next = groupBy(links, ({ from }) => from);
  const found: Way[] = [];
  const cameBy = new Map<string, Link | undefined>();
  for (const start of starts) if (!goals.has(start)) cameBy.set(start, undefined);
  // A map hands out what is added while it is walked through, so this is a queue.
  for (const system of cameBy.keys())
    for (const link of next.get(system) ?? [])
      if (goals.has(link.to)) found.push(trace(link, cameBy));
      else if (!cameBy.has(link.to)) cameBy.set(link.to, link);
  return found;
}

function trace(last: Link, cameBy: ReadonlyMap<string, Link | undefined>): Way {
  const links = [last];
  let start = last.from;
  for (let link = cameBy.get(start); link !== undefined; link = cameBy.get(start)) {
    links.push(link);
    start = link.from;
  }
  return { start, links: links.toReversed() };
}

/** The systems that data of the given ones reaches, or whose data reaches them; themselves too. */
export function findConnected(
  links: readonly Link[],
  given: ReadonlySet<string>,
  direction: 'along' | 'against',
): ReadonlySet<string> {
  const [tail, head] =
    direction === 'along' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const next = groupBy(links, (link) => link[tail]);
  const reached = new Set(given);
  for (const system of reached) for (const link of next.get(system) ?? []) reached.add(link[head]);
  return reached;
}
