import type { Observation } from '../analyzers/observation.ts';
import type { Link } from '../landscape.ts';
import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** A registered link that a log would have shown was not seen. */
export const unobservedLink: Rule = {
  name: 'unobserved-link',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const observations = new Map(analysis.observation.map((each) => [each.link, each]));
    return landscape.links
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
        ...tell(naming.link(link), link.window, observations.get(link.key)),
        evidence: link.evidence
          .filter(({ witness }) => witness === 'declared')
          .map(({ origin }) => origin),
      }));
  },
};

const askOwner = 'Ask its owner whether it still runs; if not, retire the row.';

function tell(
  arrow: string,
  window: Link['window'],
  observation: Observation | undefined,
): { message: string; remedy: string } {
  if (window === undefined)
    return {
      message: `${arrow} is registered, but not in the logs that would show it.`,
      remedy: askOwner,
    };
  const days = `${window.days} ${window.days === 1 ? 'day' : 'days'}`;
  const logs = `${days} of logs that would show it (${window.first} to ${window.last})`;
  if (observation?.name === 'zombie')
    return {
      message: `${arrow} is a zombie: it is registered, and not seen in ${logs}, longer than any two of its runs are apart.`,
      remedy: 'Retire the row, unless its owner can show that it still runs.',
    };
  const after = observation?.zombieAfterDays;
  return {
    message: `${arrow} is registered, but not seen in ${logs}.`,
    remedy:
      after === undefined || after <= window.days
        ? askOwner
        : `${askOwner} ${after} days of logs without it would show that it is dead.`,
  };
}
