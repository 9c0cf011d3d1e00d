import type { System } from '../landscape.ts';
import { isIntermediary } from '../vocabulary.ts';
import { openNaming } from './naming.ts';
import { findFitting, keepsToLink } from './patterns.ts';
import { selectPolicies, tellReason } from './policy.ts';
import { isWellProved } from './proof.ts';
import type { Judgement, Rule } from './rule.ts';

/** A system exchanges data with one that its policy does not allow, or in another way than it allows. */
export const allowedLinks: Rule = {
  name: 'allowed-links',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape, policies }) => {
    const naming = openNaming(landscape);
    const systems = new Map(landscape.systems.map((system) => [system.id, system]));
    return selectPolicies(policies, 'allowOnly').flatMap(({ policy, demand }): Judgement[] => {
      const { of, with: others, ...pattern } = demand;
      const bound = findFitting(landscape.systems, of);
      const partners = findFitting(landscape.systems, others);
      return landscape.links.flatMap((link) => {
        // Among themselves they may; what one of them alone uses to get to others is no partner.
        if (bound.has(link.from) === bound.has(link.to)) return [];
        const [own, other] = bound.has(link.from) ? [link.from, link.to] : [link.to, link.from];
        if (!isPartner(systems.get(other))) return [];
        const mayTalk = partners.has(other);
        if (mayTalk && keepsToLink(link, pattern)) return [];
        const why = mayTalk
          ? `goes over ${link.protocol ?? link.family}`
          : `makes ${naming.system(other)} a partner of ${naming.system(own)}`;
        return [
          {
            subject: link.key,
            message: `${naming.link(link)} ${why}, which the policy "${policy.name}" does not allow: ${tellReason(policy)}`,
            remedy: 'Remove the link, send the data another way, or add it to the policy.',
            evidence: link.evidence.map(({ origin }) => origin),
            detail: policy.name,
            isTentative: !isWellProved([link]),
          },
        ];
      });
    });
  },
};

/** Brokers and gateways pass data on, and a database that nobody registered may be the system's own. */
function isPartner(system: System | undefined): boolean {
  if (system === undefined) return false;
  const { kind, registered } = system;
  return (
    !isIntermediary(kind) &&
    kind !== 'proxy' &&
    kind !== 'host' &&
    (kind !== 'database' || registered)
  );
}
