import { branchOnBands } from './branch-on-bands.ts';
import { breakTies } from './break-ties.ts';
import { planGreedily } from './greedy.ts';
import { openSolver, rounding } from './open-solver.ts';
import { type PlanDecision, type PlanProblem, sumPlan } from './problem.ts';
import { toProgram } from './to-program.ts';

/** How good an answer is. Objective and bound in hours of today. */
export interface Certificate {
  readonly objective: number;
  /** What no plan can pass, as the solver has proved. */
  readonly bound: number;
  /** (bound − objective) / max(1, |objective|); 0 where the plan is proved to be best. */
  readonly gap: number;
  readonly solver: string;
  /** Whether of equal plans the one with the earliest moves was taken. */
  readonly tieBroken: boolean;
}

export interface SolveOptions {
  /** Seconds for the search; what is proved by then is told. */
  readonly timeLimit: number;
  /** A gap that is small enough to stop at. */
  readonly gap?: number;
}

/** Seconds for the choice among equal plans: it makes no plan better. */
const tieSeconds = 10;

/**
 * Solves the problem: first for the best plan, then, among equals, for the earliest moves. Never
 * worse than the greedy plan, which the search starts from.
 */
export async function solvePlan(
  problem: PlanProblem,
  { timeLimit, gap: enough = 0 }: SolveOptions,
): Promise<{ decision: PlanDecision; certificate: Certificate }> {
  if (problem.items.length === 0)
    return {
      decision: tidy(problem, planGreedily(problem)),
      certificate: { objective: 0, bound: 0, gap: 0, solver: 'none needed', tieBroken: true },
    };
  const solver = await openSolver();
  const written = toProgram(problem);
  const search = branchOnBands(solver, problem, written, { seconds: timeLimit, gap: enough });
  const best = tidy(problem, search.decision);
  const objective = sumPlan(problem, best);
  const gap = Math.max(0, (search.bound - objective) / Math.max(1, Math.abs(objective)));
  if (gap > rounding) {
    const certificate = { objective, bound: search.bound, gap, solver: solver.name };
    return { decision: best, certificate: { ...certificate, tieBroken: false } };
  }
  const early = breakTies(solver, problem, written, search, Math.min(tieSeconds, timeLimit));
  const decision = early ? tidy(problem, early) : best;
  const worth = sumPlan(problem, decision);
  return {
    decision,
    certificate: {
      objective: worth,
      bound: worth,
      gap: 0,
      solver: solver.name,
      tieBroken: early !== undefined,
    },
  };
}

/** Builds nothing that no item needs. */
function tidy(problem: PlanProblem, { items, adapters, platforms }: PlanDecision): PlanDecision {
  const needed = new Set(
    problem.items.flatMap((item, at) => ((items[at] ?? -1) >= 0 ? item.adapters : [])),
  );
  const built = adapters.map((wave, at) => (needed.has(at) ? wave : -1));
  const open = new Set(
    problem.adapters.flatMap(({ platform }, at) => ((built[at] ?? -1) >= 0 ? [platform] : [])),
  );
  /** A platform that costs nothing is there when the first adapter is: any earlier wave is as good. */
  const whenNeeded = (platform: number): number =>
    problem.adapters.reduce((first, one, at) => {
      const wave = built[at] ?? -1;
      return one.platform === platform && wave >= 0 ? Math.min(first, wave) : first;
    }, problem.waves.length - 1);
  return {
    items,
    adapters: built,
    platforms: platforms.map((wave, at) => {
      if (!open.has(at)) return -1;
      const { hours = 0, hoursPerYear = 0 } = problem.platforms[at] ?? {};
      return hours === 0 && hoursPerYear === 0 ? whenNeeded(at) : wave;
    }),
  };
}
