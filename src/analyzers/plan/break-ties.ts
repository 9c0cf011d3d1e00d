import { sortBy } from '../../order.ts';
import { keeps, nameBegins, narrowBranch, type Search } from './branch-on-bands.ts';
import { rounding, type Solver } from './open-solver.ts';
import { type PlanDecision, type PlanProblem, sumPlan } from './problem.ts';
import type { Grid, Program, Row } from './program.ts';
import { type Columns, toDecision, toStart } from './to-program.ts';

/**
 * Of the plans that are worth as much as the best, the one with the earliest moves; nothing where
 * the time did not suffice to tell.
 */
export function breakTies(
  solver: Solver,
  problem: PlanProblem,
  { program, columns }: { readonly program: Program; readonly columns: Columns },
  { decision, branches }: Search,
  seconds: number,
): PlanDecision | undefined {
  const deadline = performance.now() + seconds * 1000;
  const objective = sumPlan(problem, decision);
  const slack = rounding * Math.max(1, Math.abs(objective));
  const enough = objective - slack;
  const early = preferEarly(program, columns);
  const held: Row = {
    columns: program.worth.map((_, column) => column),
    factors: program.worth.map((value) => -value),
    atMost: -enough,
  };
  let chosen: PlanDecision | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const branch of sortBy(branches, ({ begins }) => nameBegins(begins))) {
    if (branch.bound <= enough) continue;
    const start = keeps(problem, decision, branch.begins) ? toStart(columns, decision) : undefined;
    const { rows } = narrowBranch(problem, program, columns, branch, enough);
    const found = solver.solve({ ...program, worth: early, rows: [...rows, held] }, start, {
      seconds: Math.max(0, (deadline - performance.now()) / 1000),
      gap: 0,
    });
    if (!found.isOptimal) return undefined;
    if (!found.values || found.bound <= most) continue;
    [chosen, most] = [toDecision(columns, found.values), found.bound];
  }
  return chosen;
}

/**
 * Asks for early moves: each item weighs a little more than the one before, so that equal items do
 * not swap. What is built weighs next to nothing, and comes as late as it can.
 */
function preferEarly({ worth }: Program, columns: Columns): number[] {
  const early = worth.map(() => 0);
  const weigh = (grid: Grid, weight: number): void => {
    for (const [at, row] of grid.entries())
      for (const column of row) early[column] = weight * (1 + at / (2 * grid.length));
  };
  weigh(columns.items, 1);
  weigh(columns.adapters, -buildingWeight);
  weigh(columns.platforms, -buildingWeight);
  return early;
}

const buildingWeight = 0.001;
