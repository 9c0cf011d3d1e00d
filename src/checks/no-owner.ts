import type { Rule } from './rule.ts';

/** Nobody answers for a system, or for a link and both of its ends. */
export const noOwner: Rule = {
  name: 'no-owner',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
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
      ...analysis.ownership.orphanedLinks.map((key) => ({
        subject: key,
        message: `${key} has no owner, and neither has one of its ends.`,
        remedy: 'Name a team for the link or for one of its ends.',
        evidence: (links.get(key)?.evidence ?? []).map(({ origin }) => origin),
      })),
    ];
  },
};
