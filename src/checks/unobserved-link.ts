import type { Rule } from './rule.ts';

/** A registered link that a log would have shown was not seen. */
export const unobservedLink: Rule = {
  name: 'unobserved-link',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape }) =>
    landscape.links
      .filter(
        (link) =>
          link.registered &&
          link.observable === 'yes' &&
          !link.class.includes('observed') &&
          link.mediation !== 'decoupled',
      )
      .filter((link) => !link.class.includes('coded') || link.mediation === 'gateway')
      .map((link) => ({
        subject: link.key,
        message: `${link.from} → ${link.to} is registered, but not in the logs that would show it.`,
        remedy: 'Ask its owner whether it still runs; if not, retire the row.',
        evidence: link.evidence
          .filter(({ witness }) => witness === 'declared')
          .map(({ origin }) => origin),
      })),
};
