import type { Conflict, System } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { foldName } from './names.ts';
import { oneOf } from './part-of.ts';

/** Finds a system by a name: as it is written, case aside, then without separators. */
export interface NameIndex {
  find(name: string): string | undefined;
  /** Every folded name, for suggestions. */
  readonly folded: ReadonlyMap<string, string>;
}

/** Ids before names before aliases; a name that two systems claim is a conflict and stands for none. */
export function indexNames(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  conflicts: Conflict[],
): NameIndex {
  const written = claimNames(all, systems, spellName, (level, name, ids, taken) => {
    // An id is given by whoever keeps the inventory, so it stays; an equal name of another does not.
    const outcome = taken === undefined ? 'so it stands for neither' : `so it stands for ${taken}`;
    conflicts.push({
      subject: ids[0] ?? name,
      kind: 'name',
      message: `The ${level} "${name}" is claimed by ${ids.join(' and ')}, ${outcome}.`,
      origins: ids.flatMap((id) => systems.get(id)?.origins ?? []),
    });
  });
  // Names that differ only in separators are told apart as they are written; folded they say nothing.
  const folded = claimNames(all, systems, foldName, () => {});
  return { find: (name) => written.get(spellName(name)) ?? folded.get(foldName(name)), folded };
}

function spellName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

const nameLevels: readonly (readonly [string, (system: System) => readonly string[]])[] = [
  ['id', ({ id }) => [id]],
  ['name', ({ name }) => [name]],
  ['alias', ({ aliases }) => aliases],
];

function claimNames(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  toKey: (name: string) => string,
  report: (level: string, name: string, ids: readonly string[], taken: string | undefined) => void,
): Map<string, string> {
  const index = new Map<string, string>();
  const disputed = new Set<string>();
  for (const [level, read] of nameLevels) {
    const claims = groupBy(
      all.flatMap((system) => read(system).map((name) => ({ name, id: system.id }))),
      ({ name }) => toKey(name),
    );
    for (const [key, claimants] of claims) {
      if (key === '' || disputed.has(key)) continue;
      const taken = index.get(key);
      const ids = [...new Set([...(taken ? [taken] : []), ...claimants.map(({ id }) => id)])];
      const only = oneOf(ids, systems);
      if (only === undefined) {
        report(level, claimants[0]?.name ?? key, ids, taken);
        if (taken === undefined) disputed.add(key);
      } else if (taken === undefined) index.set(key, only);
    }
  }
  return index;
}
