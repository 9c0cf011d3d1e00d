import type { Link } from '../../landscape.ts';
import type { Context } from './context.ts';
import { type Markup, markup } from './markup.ts';

/** What the links of a pair of systems come to, in matrices of pairs. */
export type PairState = 'registered' | 'unregistered' | 'unobserved' | 'found' | 'unused';

/** What each state is called. */
export const pairLabels: Readonly<Record<PairState, string>> = {
  registered: 'used and registered',
  unregistered: 'at least one link nobody registered',
  unobserved: 'declared only',
  found: 'used; no registry was read',
  unused: 'unused',
};

/** The state of links between the same two systems. */
export function judgePair(links: readonly Link[], context: Context): PairState {
  const standings = links.map(context.standingOf);
  if (standings.some((standing) => standing === 'unregistered' || standing === 'shadow'))
    return 'unregistered';
  if (standings.every((standing) => standing === 'unobserved' || standing === 'attested'))
    return 'unobserved';
  return standings.includes('registered') ? 'registered' : 'found';
}

/** Colour and shape both tell the state: full, full with a stroke, hollow. */
export function drawPairState(state: PairState, x: number, y: number, size: number): Markup {
  const inset = state === 'unobserved' ? 1.5 : 0;
  const stroke =
    state === 'unregistered'
      ? [
          markup`<path class="stroke" d="M${x + size * 0.28} ${y + size * 0.72}L${x + size * 0.72} ${y + size * 0.28}"/>`,
        ]
      : [];
  return markup`<rect class="${state}" x="${x + inset}" y="${y + inset}" width="${size - 2 * inset}" height="${size - 2 * inset}"/>${stroke}`;
}

/** A small cell for a legend. */
export function drawPairSample(state: PairState): Markup {
  const shape =
    state === 'unused'
      ? markup`<path class="unused" d="M5.5 7h3"/>`
      : drawPairState(state, 0, 0, 14);
  return markup`<svg class="sample triangle" width="14" height="14" aria-hidden="true">${shape}</svg>`;
}
