import { listSome, openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** More systems reach each other in a circle than the configuration allows. */
export const cyclicDependency: Rule = {
  name: 'cyclic-dependency',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis, limits }) => {
    const { cyclicGroup: most } = limits;
    if (most === undefined) return [];
    const naming = openNaming(landscape);
    return analysis.coupling.all.cyclicGroups
      .filter((group) => group.length > most)
      .flatMap((group) => {
        const [first] = group;
        if (first === undefined) return [];
        const inside = new Set(group);
        const links = landscape.links.filter(({ from, to }) => inside.has(from) && inside.has(to));
        const allowed = most === 1 ? 'none are allowed to' : `${most} are allowed to`;
        return [
          {
            subject: first,
            figure: group.length,
            message: `Data of ${group.length} systems goes round in circles, so that a wrong value can come back to where it was born, and ${allowed}: ${listSome(group.map(naming.system), 8)}. ${links.length} links hold them together.`,
            remedy:
              'Decide which system owns each object, and let data flow away from it; the links of least use are cut first.',
            related: group.slice(1),
            evidence: [
              limits.placeOf('cyclicGroup'),
              ...links
                .slice(0, 20)
                .flatMap(({ evidence }) => evidence.slice(0, 1))
                .map(({ origin }) => origin),
            ],
          },
        ];
      });
  },
};
