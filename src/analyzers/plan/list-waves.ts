import { findBridges, type PlanDecision, type PlanProblem } from './problem.ts';

/** A wave as `plan.json` holds it. */
export interface PlannedWave {
  /** From 1. */
  readonly number: number;
  readonly links: readonly string[];
  /** To be built in this wave. */
  readonly adapters: readonly { readonly system: string; readonly platform: string }[];
  /** To be set up in this wave. */
  readonly platforms: readonly string[];
  /** Those that stand between this wave and the next, as places in the model's `bridges`. */
  readonly bridges: readonly number[];
  readonly effortHours: number;
}

/** Tells an answer wave by wave. Waves in which nothing happens are left out. */
export function listWaves(
  problem: PlanProblem,
  decision: PlanDecision,
): { readonly waves: readonly PlannedWave[]; readonly kept: readonly string[] } {
  const bridges = findBridges(problem, decision.items);
  const here = <T>(of: readonly T[], at: readonly number[], wave: number): T[] =>
    of.filter((_, place) => at[place] === wave);
  const waves = problem.waves.map((_, wave): PlannedWave => {
    const items = here(problem.items, decision.items, wave);
    const adapters = here(problem.adapters, decision.adapters, wave);
    const platforms = here(problem.platforms, decision.platforms, wave);
    const open = bridges[wave] ?? [];
    return {
      number: wave + 1,
      links: items.flatMap(({ links }) => links),
      adapters: adapters.map(({ system, platform }) => ({
        system,
        platform: problem.platforms[platform]?.name ?? '',
      })),
      platforms: platforms.map(({ name }) => name),
      bridges: open,
      effortHours:
        [...items, ...adapters, ...platforms].reduce((sum, { hours }) => sum + hours, 0) +
        open.length * problem.bridgeHours,
    };
  });
  return {
    waves: waves.filter(
      ({ links, adapters, platforms, bridges: open }) =>
        links.length + adapters.length + platforms.length + open.length > 0,
    ),
    kept: here(problem.items, decision.items, -1).flatMap(({ links }) => links),
  };
}
