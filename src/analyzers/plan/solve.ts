import { branchOnBands } from './branch-on-bands.ts';
import { planGreedily } from './greedy.ts';
import { openSolver, rounding } from './open-solver.ts';
import { type PlanDecision, type PlanProblem, sumPlan } from './problem.ts';
import { cell, type Program, type Row } from './program.ts';
import { type Columns, toDecision, toProgram, toStart } from './to-program.ts';

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
  const greedy = tidy(problem, planGreedily(problem));
  if (problem.items.length === 0)
    return {
      decision: greedy,
      certificate: { objective: 0, bound: 0, gap: 0, solver: 'none needed', tieBroken: true },
    };
  const solver = await openSolver();
  const search = branchOnBands(solver, problem, greedy, {
    seconds: timeLimit,
    gap: enough,
  });
  const best = tidy(problem, search.decision);
  const objective = sumPlan(problem, best);
  const scale = Math.max(1, Math.abs(objective));
  const gap = Math.max(0, (search.bound - objective) / scale);
  if (gap > rounding) {
    const certificate = { objective, bound: search.bound, gap, solver: solver.name };
    return { decision: best, certificate: { ...certificate, tieBroken: false } };
  }
  const { program, columns } = toProgram(problem);
  const early = solver.solve(
    preferEarly(problem, program, columns, objective),
    toStart(columns, best),
    { seconds: Math.min(tieSeconds, timeLimit), gap: 0 },
  );
  const isTold = early.values !== undefined && early.isOptimal;
  const decision = isTold ? tidy(problem, toDecision(columns, early.values)) : best;
  const worth = sumPlan(problem, decision);
  return {
    decision,
    certificate: { objective: worth, bound: worth, gap: 0, solver: solver.name, tieBroken: isTold },
  };
}

/**
 * The same program with its objective held, asking for early moves instead: each item weighs a
 * little more than the one before, so that equal items do not swap.
 */
function preferEarly(
  { items, waves }: PlanProblem,
  program: Program,
  columns: Columns,
  objective: number,
): Program {
  const worth = program.worth.map(() => 0);
  for (const at of items.keys())
    for (const wave of waves.keys())
      worth[cell(columns.items, at, wave)] = 1 + at / (2 * items.length);
  const held: Row = {
    columns: program.worth.map((_, column) => column),
    factors: program.worth.map((value) => -value),
    atMost: -objective + rounding * Math.max(1, Math.abs(objective)),
  };
  return { ...program, worth, rows: [...program.rows, held] };
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
  return {
    items,
    adapters: built,
    platforms: platforms.map((wave, at) => (open.has(at) ? wave : -1)),
  };
}
