import type { Link } from '../landscape.ts';
import { type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** Traffic shows a link that neither a registry nor any code that was read knows. */
export const shadowLink: Rule = {
  name: 'shadow-link',
  defaultSeverity: 'error',
  needsWhole: true,
  check: ({ landscape }) => {
    const naming = openNaming(landscape);
    return landscape.links
      .filter(
        ({ registered, class: seen }) =>
          !registered && seen.includes('observed') && !seen.includes('coded'),
      )
      .map((link) => judge(link, naming));
  },
};

function judge(link: Link, naming: Naming): Judgement {
  const { calls = 0, errors = 0, lastSeen = '?' } = link.traffic ?? {};
  const confidence = Math.max(0, ...link.evidence.map((piece) => piece.confidence));
  return {
    subject: link.key,
    message: `${naming.link(link)} runs (${calls} calls, last on ${lastSeen.slice(0, 10)}), but is not registered, and no code that was read makes it.`,
    remedy: 'Find the caller, then register it or stop it.',
    evidence: link.evidence.map(({ origin }) => origin),
    // Someone who is refused every time gets no data, and a caller that is guessed may be another.
    isTentative: !link.pointToPoint || confidence < 0.7 || errors === calls,
  };
}
