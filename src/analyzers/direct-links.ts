import type { Landscape, Link } from '../landscape.ts';

/** The point-to-point links between counted systems: those whose hours a hub or a plan could save. */
export function listDirect({ systems, links }: Landscape): Link[] {
  const counted = new Set(systems.flatMap((one) => (one.counted ? [one.id] : [])));
  return links.filter(
    ({ from, to, pointToPoint }) => pointToPoint && counted.has(from) && counted.has(to),
  );
}
