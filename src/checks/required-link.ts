import { findConnected } from '../analyzers/ways.ts';
import { listSome, openNaming } from './naming.ts';
import { findFitting, touchesLink } from './patterns.ts';
import { selectPolicies, tellReason } from './policy.ts';
import type { Judgement, Rule } from './rule.ts';

/** A system lacks a link that a policy wants each of its like to have. */
export const requiredLink: Rule = {
  name: 'required-link',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape, policies }) => {
    const { links, systems } = landscape;
    const naming = openNaming(landscape);
    return selectPolicies(policies, 'require').flatMap(({ policy, demand }): Judgement[] => {
      const { every, sendsTo, receivesFrom, reachable, ...pattern } = demand;
      const bound = findFitting(systems, every);
      const partners = findFitting(systems, sendsTo ?? receivesFrom);
      const [own, other] = sendsTo ? (['from', 'to'] as const) : (['to', 'from'] as const);
      const satisfied = reachable
        ? findConnected(links, partners, sendsTo ? 'against' : 'along')
        : new Set([
            ...partners,
            ...links
              .filter((link) => partners.has(link[other]) && touchesLink(link, pattern))
              .map((link) => link[own]),
          ]);
      const does = sendsTo ? 'sends nothing to' : 'receives nothing from';
      const names = listSome([...partners].map(naming.system), 3);
      const whom = partners.size > 1 ? `any of ${names}` : names;
      return systems
        .filter(({ id }) => bound.has(id) && !satisfied.has(id))
        .map((system) => ({
          subject: system.id,
          message: `${system.name} ${does} ${whom}${reachable ? ', not even by way of others' : ''}, as the policy "${policy.name}" wants it to: ${tellReason(policy)}`,
          remedy:
            'Make the link, register the one that is there, or except the system in the policy.',
          evidence: [...system.origins, policy.origin],
          detail: policy.name,
        }));
    });
  },
};
