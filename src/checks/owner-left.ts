import { openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** Whoever is named as owner of a system or link is no longer here. */
export const ownerLeft: Rule = {
  name: 'owner-left',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape, analysis }) => {
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return analysis.ownership.ownersGone.map(({ subject, team, leftOn }): Judgement => {
      const system = systems.get(subject);
      const link = links.get(subject);
      const what = system?.name ?? (link ? naming.link(link) : subject);
      const person = (system ?? link)?.owner?.person;
      const named = person === undefined ? '' : `, ${person},`;
      const rows = (link?.evidence ?? []).filter(({ witness }) => witness === 'declared');
      return {
        subject,
        message:
          leftOn === undefined
            ? `The owner of ${what}${named} is not among the people who are here.`
            : `The owner of ${what}${named} left on ${leftOn}.`,
        remedy: `Name somebody ${team === undefined ? 'who is still here, and a team' : `of ${team} who is still here`}.`,
        evidence: system?.origins ?? rows.map(({ origin }) => origin),
        // A name may be spelled in another way than in the file of people.
        isTentative: leftOn === undefined,
      };
    });
  },
};
