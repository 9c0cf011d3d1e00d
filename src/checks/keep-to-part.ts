import type { Landscape } from '../landscape.ts';
import type { Judgement, Rule } from './rule.ts';

/** Rules that judge what rows alone show, too. */
const rulesOfRows: readonly string[] = [
  'forbidden-link',
  'allowed-links',
  'fan-in-limit',
  'cyclic-dependency',
];

/**
 * Of what is judged where a folder sees only a part: a limit or a policy that rows of the registry
 * alone break is mended where they are kept, so what is left has a link that code or logs of this
 * part show.
 */
export function keepToPart(
  { name }: Rule,
  judgements: readonly Judgement[],
  { links }: Landscape,
): readonly Judgement[] {
  if (!rulesOfRows.includes(name)) return judgements;
  const own = links.filter(({ class: seen }) => seen.some((witness) => witness !== 'declared'));
  return judgements.filter(({ subject, related = [] }) => {
    const about = new Set([subject, ...related]);
    return own.some(
      ({ key, from, to }) =>
        about.has(key) || (about.has(to) && (name === 'fan-in-limit' || about.has(from))),
    );
  });
}
