import type { Link } from '../landscape.ts';
import { sortBy } from '../order.ts';
import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** Nobody answers for a system, or for a link and both of its ends. */
export const noOwner: Rule = {
  name: 'no-owner',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape, analysis }) => {
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return [
      ...analysis.ownership.systemsWithoutOwner
        .filter((id) => systems.get(id)?.registered)
        .map((id) => ({
          subject: id,
          message: `${systems.get(id)?.name ?? id} has no owner.`,
          remedy: 'Name a team in the inventory.',
          evidence: systems.get(id)?.origins ?? [],
        })),
      ...analysis.ownership.orphanedLinks.map((key) => {
        const link = links.get(key);
        return {
          subject: key,
          message: `${link ? naming.link(link) : key} has no owner, and neither has one of its ends.${tellWhoCouldKnow(link)}`,
          remedy: 'Name a team for the link or for one of its ends.',
          evidence: (link?.evidence ?? []).map(({ origin }) => origin),
        };
      }),
    ];
  },
};

/** The code of the link that was changed last, and by how many people, where git tells. */
function tellWhoCouldKnow(link: Link | undefined): string {
  const known = (link?.implementations ?? []).flatMap(({ id, authors }) =>
    authors ? [{ id, ...authors }] : [],
  );
  const newest = sortBy(
    known,
    ({ lastOn }) => lastOn,
    ({ id }) => id,
  ).at(-1);
  if (!newest) return '';
  const who = newest.last === undefined ? '' : ` by ${newest.last}`;
  const people = newest.count === 1 ? 'one author' : `${newest.count} authors`;
  return ` ${newest.id} was last changed on ${newest.lastOn}${who} and has ${people}.`;
}
