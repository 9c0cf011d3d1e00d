import type { Rule } from './rule.ts';

/** Traffic shows a link that neither a registry nor any code that was read knows. */
export const shadowLink: Rule = {
  name: 'shadow-link',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ landscape }) =>
    landscape.links
      .filter(
        (link) =>
          !link.registered && link.class.includes('observed') && !link.class.includes('coded'),
      )
      .map((link) => ({
        subject: link.key,
        message: `${link.from} → ${link.to} runs (${link.traffic?.calls ?? 0} calls, last on ${link.traffic?.lastSeen.slice(0, 10) ?? '?'}), but is not registered, and no code that was read makes it.`,
        remedy: 'Find the caller, then register it or stop it.',
        evidence: link.evidence.map(({ origin }) => origin),
        isTentative: !link.pointToPoint,
      })),
};
