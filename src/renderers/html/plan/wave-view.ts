import type { PlanIndex, Wave } from '../../migration-plan/plan-index.ts';
import { type Move, tellWave, type WaveWords } from '../../migration-plan/tell-wave.ts';
import type { Context, Named } from '../context.ts';

/** One wave of the report: its words, with links that lead to their proof. */
export interface WaveView extends Omit<WaveWords, 'moves'> {
  readonly id: string;
  readonly isFirst: boolean;
  /** Where the landscape after the wave is shown. */
  readonly href: string;
  readonly moves: { readonly rows: readonly (Move & Named)[]; readonly more: string };
}

const limit = { rows: 30, elsewhere: 'migration-plan.md' };

/** Tells one wave in HTML. */
export function viewWave(context: Context, index: PlanIndex, wave: Wave): WaveView {
  const { moves, ...words } = tellWave(index, wave, limit);
  return {
    ...words,
    id: `wave-${wave.number}`,
    isFirst: wave === index.plan.waves[0],
    href: `#waves?step=${index.plan.simulation.steps.findIndex(({ wave: number }) => number === wave.number)}`,
    moves: {
      rows: moves.rows.map((move) => ({ ...move, ...context.toLink(move.link) })),
      more: moves.more,
    },
  };
}
