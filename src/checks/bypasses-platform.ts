import type { Link, System } from '../landscape.ts';
import { isIntermediary } from '../vocabulary.ts';
import { listSome, openNaming } from './naming.ts';
import { isWellProved } from './proof.ts';
import type { Facts, Rule } from './rule.ts';

/** A new link goes straight from one system to another where there is a platform that could carry it. */
export const bypassesPlatform: Rule = {
  name: 'bypasses-platform',
  defaultSeverity: 'off',
  needsWhole: false,
  check: ({ landscape, base }) => {
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    const platforms = landscape.systems.filter(({ kind }) => isIntermediary(kind));
    if (platforms.length === 0) return [];
    const naming = openNaming(landscape);
    const usersOf = findUsers(landscape.links, systems);
    return landscape.links
      .filter((link) => link.pointToPoint && isNew(link, base))
      .filter(({ from, to }) => systems.get(from)?.counted && systems.get(to)?.counted)
      .map((link) => {
        const shared = platforms.filter(({ id }) => {
          const users = usersOf.get(id);
          return users?.has(link.from) && users.has(link.to);
        });
        const names = (found: readonly System[]): string =>
          listSome(
            found.map(({ name }) => name),
            3,
          );
        const where =
          shared.length > 0
            ? `both already exchange data by way of ${names(shared)}`
            : `there is ${names(platforms)} for it`;
        return {
          subject: link.key,
          message: `${naming.link(link)} is new and goes straight from one to the other, but ${where}.`,
          remedy: 'Route it through the platform.',
          related: (shared.length > 0 ? shared : platforms).map(({ id }) => id),
          evidence: link.evidence.map(({ origin }) => origin),
          isTentative: !isWellProved([link]),
        };
      });
  },
};

/** Without an earlier audit, new is what nobody has approved. */
function isNew(link: Link, base: Facts['base']): boolean {
  return base === undefined ? !link.registered : !base.links.has(link.key);
}

/** Who exchanges data by way of each platform. */
function findUsers(
  links: readonly Link[],
  systems: ReadonlyMap<string, System>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const { from, to, via } of links)
    for (const id of [from, to, ...via]) {
      const kind = systems.get(id)?.kind;
      if (kind === undefined || !isIntermediary(kind)) continue;
      const known = users.get(id) ?? new Set();
      users.set(id, known.add(from).add(to));
    }
  return users;
}
