import { roundHours } from '../round-hours.ts';
import { type BreakEven, findBreakEven } from './break-even.ts';
import { listWaveDays } from './lay-waves.ts';
import { listChanges, openHours, type PlannedCase } from './planned-case.ts';
import { findBridges } from './problem.ts';
import type { Changes, WiredState } from './wired-state.ts';

/** The landscape today and after each wave, and when the way there has paid for itself. */
export interface Simulation {
  /** Today first; a wave in which nothing happens is left out. */
  readonly steps: readonly SimulationStep[];
  readonly breakEven: BreakEven;
}

/** Every counted system as it is wired today or at the end of a wave. */
export interface SimulationStep extends WiredState {
  /** 0 is today. */
  readonly wave: number;
  /** The last day of the wave; of today, the first day of the first one. */
  readonly on: string;
  /** Moved to a platform by then. */
  readonly movedLinks: number;
  /** Retired by then. */
  readonly retiredLinks: number;
  /**
   * Of the links that are point-to-point today or move, with the adapters and platforms that the plan
   * builds. What a platform carries today takes the same before and after, and is left out.
   */
  readonly hoursPerYear: number;
  /** Bridges that stand at that time; they take hours once, not by the year. */
  readonly bridges: number;
}

/**
 * Simulates a plan wave by wave. What moves is mediated and registered from the end of its wave on;
 * what is retired goes with the first wave there is.
 */
export function simulatePlan(
  planned: PlannedCase,
  measureState: (changes: Changes) => WiredState,
): Simulation {
  const { draft, problem, decision, retired } = planned;
  const { start } = draft;
  const done = new Set([...decision.items, ...decision.adapters, ...decision.platforms]);
  const used = problem.waves.flatMap((_, wave) => (done.has(wave) ? [wave] : []));
  if (used.length === 0 && retired.length > 0) used.push(0);
  const days = listWaveDays(draft.settings, start);
  const bridges = findBridges(problem, decision.items);
  const hoursAt = openHours(planned);
  return {
    steps: [-1, ...used].map((wave): SimulationStep => {
      const changes = listChanges(planned, wave);
      const { direct, routes, adapters, platforms } = hoursAt(wave);
      const retiredLinks = wave < 0 ? 0 : retired.length;
      return {
        wave: wave + 1,
        on: days[wave]?.last ?? start,
        ...measureState(changes),
        movedLinks: changes.size - retiredLinks,
        retiredLinks,
        hoursPerYear: roundHours(direct + routes + adapters + platforms),
        bridges: bridges[wave]?.length ?? 0,
      };
    }),
    breakEven: findBreakEven(problem, decision, start),
  };
}
