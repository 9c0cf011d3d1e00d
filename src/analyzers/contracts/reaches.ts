import type { Access, Landscape, Link, Proof, System } from '../../landscape.ts';

/** One line of code that reaches a system, as part of a link. */
export interface Reach {
  readonly link: Link;
  readonly access: Access;
  readonly origin: Proof['origin'];
  /** The script or job, by id. */
  readonly code: string;
  /** Whose the code is: a system, or the carrier itself. */
  readonly by: string;
  /** The system that is reached. */
  readonly system: string;
  /** As the code names it, without secrets. */
  readonly reference: string;
}

/** Every line of code that is proof of a link, in the order of links and of their evidence. */
export function listReaches({ links }: Landscape, systems: ReadonlyMap<string, System>): Reach[] {
  return links.flatMap((link) =>
    link.evidence.flatMap(({ access, ends, origin }): Reach[] => {
      if (access === undefined) return [];
      const [far, near] = access.end === 1 ? [ends[1], ends[0]] : ends;
      const system = findSystem(far.is, systems);
      if (system === undefined) return [];
      const { reference } = far;
      return [{ link, access, origin, code: near.reference, by: near.is, system, reference }];
    }),
  );
}

/** `files:/out/stock.csv` is a place on `files`. */
function findSystem(place: string, systems: ReadonlyMap<string, System>): string | undefined {
  if (systems.has(place)) return place;
  for (let at = place.indexOf(':'); at > 0; at = place.indexOf(':', at + 1))
    if (systems.has(place.slice(0, at))) return place.slice(0, at);
  return undefined;
}

/** The scheme of an address that has one, in lower case. */
export function schemeOf(reference: string): string | undefined {
  return /^([a-z][a-z0-9+.-]{0,30}):\/\//i.exec(reference)?.[1]?.toLowerCase();
}
