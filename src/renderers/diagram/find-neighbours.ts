import type { Link } from '../../landscape.ts';

/** How many links away from a system others are, in either direction, up to a depth. The system itself is 0 away. */
export function findNeighbours(
  links: readonly Pick<Link, 'from' | 'to'>[],
  system: string,
  depth: number,
): ReadonlyMap<string, number> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of links)
    for (const [end, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const known = neighbours.get(end);
      if (known) known.push(other);
      else neighbours.set(end, [other]);
    }
  const distances = new Map([[system, 0]]);
  let edge = [system];
  for (let away = 1; away <= depth && edge.length > 0; away++) {
    const next: string[] = [];
    for (const other of edge.flatMap((id) => neighbours.get(id) ?? []))
      if (!distances.has(other)) {
        distances.set(other, away);
        next.push(other);
      }
    edge = next;
  }
  return distances;
}
