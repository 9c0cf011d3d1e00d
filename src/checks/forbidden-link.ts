import { findWaysInto } from '../analyzers/ways.ts';
import type { Link } from '../landscape.ts';
import { listSome, openNaming } from './naming.ts';
import { findFitting, touchesLink } from './patterns.ts';
import { selectPolicies, tellReason } from './policy.ts';
import { isWellProved } from './proof.ts';
import type { Judgement, Rule } from './rule.ts';

/** A link, or a way over several, that a policy of the house forbids. */
export const forbiddenLink: Rule = {
  name: 'forbidden-link',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape, policies }) => {
    const naming = openNaming(landscape);
    return selectPolicies(policies, 'forbid').flatMap(({ policy, demand }): Judgement[] => {
      const { from, to, reachable, ...pattern } = demand;
      const starts = findFitting(landscape.systems, from);
      const goals = findFitting(landscape.systems, to);
      const judge = (links: readonly Link[], what: string): Judgement[] => {
        const last = links.at(-1);
        return last === undefined
          ? []
          : [
              {
                subject: last.key,
                message: `${what}, which the policy "${policy.name}" forbids: ${tellReason(policy)}`,
                remedy: 'Remove the link, send the data another way, or change the policy.',
                related: links.slice(0, -1).map(({ key }) => key),
                evidence: links
                  .toReversed()
                  .flatMap(({ evidence }) => evidence.map(({ origin }) => origin)),
                detail: policy.name,
                isTentative: !isWellProved(links),
              },
            ];
      };
      if (reachable)
        return findWaysInto(landscape.links, starts, goals).flatMap(({ start, links }) => {
          const between = links.slice(1).map((link) => naming.system(link.from));
          const by = between.length === 0 ? '' : ` by way of ${listSome(between)}`;
          const goal = naming.system(links.at(-1)?.to ?? '');
          return judge(links, `Data of ${naming.system(start)} reaches ${goal}${by}`);
        });
      return landscape.links
        .filter((link) => starts.has(link.from) && goals.has(link.to) && touchesLink(link, pattern))
        .flatMap((link) =>
          judge([link], `${naming.link(link)} goes over ${link.protocol ?? link.family}`),
        );
    });
  },
};
