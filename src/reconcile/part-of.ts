import type { System } from '../landscape.ts';
import { isIntermediary } from '../vocabulary.ts';

/** The application that a database, host or store belongs to. */
export function rollUp(id: string, systems: ReadonlyMap<string, System>): string {
  let current = id;
  for (let guard = 0; guard < 10; guard++) {
    const system = systems.get(current);
    if (
      !system ||
      system.counted ||
      isIntermediary(system.kind) ||
      !system.partOf ||
      !systems.has(system.partOf)
    )
      break;
    current = system.partOf;
  }
  return current;
}

/** The one claimant, or the one that all claimants are part of; undefined where they are two things. */
export function oneOf(
  ids: readonly string[],
  systems: ReadonlyMap<string, System>,
): string | undefined {
  if (ids.length === 1) return ids[0];
  const wholes = new Set(ids.map((id) => rollUp(id, systems)));
  return wholes.size === 1 ? [...wholes][0] : undefined;
}
