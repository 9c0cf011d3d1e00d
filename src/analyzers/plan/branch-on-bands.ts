import { sortBy } from '../../order.ts';
import { planGreedily } from './greedy.ts';
import { rounding, type Solver } from './open-solver.ts';
import { type PlanDecision, type PlanProblem, sumPlan, valuePlan } from './problem.ts';
import { type Begins, findSpan } from './risk-span.ts';
import { toDecision, toProgram, toStart } from './to-program.ts';

export interface SearchLimits {
  readonly seconds: number;
  /** A gap that is small enough to stop at. */
  readonly gap: number;
}

interface Node {
  readonly begins: Begins;
  /** No plan with these beginnings is worth more. */
  readonly bound: number;
  /** Whether its own relaxation is solved; until then it has the bound of its parent. */
  readonly isRelaxed: boolean;
  /** How far its beginnings are from those that the hours of each band suggest. */
  readonly distance: number;
}

/**
 * Searches for the best plan. That risk rises from wave to wave binds every item loosely to every
 * other, and a solver left alone with it proves little; but once it is settled in which wave each
 * risk band begins, what remains is solved quickly. So the beginnings are branched on, each bounded
 * by its relaxation (branch and bound, Land & Doig 1960): straight down to a first plan, then the most
 * promising first.
 */
export function branchOnBands(
  solver: Solver,
  problem: PlanProblem,
  greedy: PlanDecision,
  { seconds, gap }: SearchLimits,
): { readonly decision: PlanDecision; readonly bound: number } {
  const deadline = performance.now() + seconds * 1000;
  const left = (): number => Math.max(0, (deadline - performance.now()) / 1000);
  const bands = orderBands(problem);
  let decision = greedy;
  let best = sumPlan(problem, greedy);
  let isFirst = true;
  const isOpen = ({ bound }: Node): boolean =>
    bound - best > Math.max(gap, rounding) * Math.max(1, Math.abs(best));
  let open: Node[] = [{ begins: new Map(), bound: addUp(problem), isRelaxed: true, distance: 0 }];
  // What the time did not suffice to settle, or was close enough not to.
  let settled = Number.NEGATIVE_INFINITY;
  while (open.length > 0 && left() > 0) {
    const [node, ...others] = sortBy(
      open,
      ({ begins }) => (isFirst ? -begins.size : 0),
      ({ distance }) => (isFirst ? distance : 0),
      ({ bound }) => -bound,
    );
    open = others;
    if (!node) break;
    const band = bands[node.begins.size];
    if (!isOpen(node)) settled = Math.max(settled, node.bound);
    else if (!node.isRelaxed && !isFirst) open.push(relax(node));
    else if (band === undefined) settle(node);
    else open.push(...branch(problem, node, band));
  }
  return { decision, bound: Math.max(best, settled, ...open.map(({ bound }) => bound)) };

  function relax(node: Node): Node {
    const relaxed = solver.relax(toProgram(problem, node.begins).program, left());
    return { ...node, bound: Math.min(node.bound, relaxed), isRelaxed: true };
  }

  /** Solves what remains once every band has its beginning; again with more time, if need be. */
  function settle(node: Node): void {
    isFirst = false;
    const { program, columns } = toProgram(problem, node.begins);
    const start = keeps(problem, decision, node.begins)
      ? decision
      : planGreedily(problem, node.begins);
    const found = solver.solve(program, toStart(columns, start), {
      // The rest is for what proves that nothing else is better.
      seconds: Math.max(1, left() / 2),
      gap: gap / 2,
    });
    const plan = found.values && toDecision(columns, found.values);
    const worth = plan ? sumPlan(problem, plan) : Number.NEGATIVE_INFINITY;
    if (plan && worth > best) [decision, best] = [plan, worth];
    const bound = Math.min(node.bound, found.bound);
    // Near enough to best is as good as settled; what is not is tried again with more time.
    if (found.isOptimal) settled = Math.max(settled, bound);
    else open.push({ ...node, bound });
  }
}

/** What the items could be worth if nothing stood in their way and all else were free. */
function addUp(problem: PlanProblem): number {
  return valuePlan(problem).items.reduce((sum, worth) => sum + Math.max(0, ...worth), 0);
}

/** Whether every item moves in the span of its band. */
function keeps({ items, waves }: PlanProblem, decision: PlanDecision, begins: Begins): boolean {
  return items.every(({ band }, at) => {
    const wave = decision.items[at] ?? -1;
    const { first, final } = findSpan(band, begins, waves.length - 1);
    return wave < 0 || (wave >= first && wave <= final);
  });
}

/** The bands above the lowest that there is, the middle one first: it halves the rest. */
function orderBands({ items }: PlanProblem): number[] {
  const present = [...new Set(items.map(({ band }) => band))].sort((a, b) => a - b).slice(1);
  const middle = present[Math.floor(present.length / 2)];
  return middle === undefined ? [] : [middle, ...present.filter((band) => band !== middle)];
}

/** Every wave in which a band can begin, with what is settled of the others. */
function branch(problem: PlanProblem, { begins, bound, distance }: Node, band: number): Node[] {
  const { first, final } = findSpan(band, begins, problem.waves.length);
  const lower = problem.items.filter((item) => item.band < band);
  // Where the hours of all lower bands end, if work is spread evenly.
  const share = sumHours(lower) / Math.max(1, sumHours(problem.items));
  const expected = Math.floor(share * problem.waves.length);
  return Array.from({ length: Math.max(0, final - first + 1) }, (_, index): Node => {
    const wave = first + index;
    return {
      begins: new Map([...begins, [band, wave]]),
      bound,
      isRelaxed: false,
      distance: distance + Math.abs(wave - expected),
    };
  });
}

function sumHours(items: PlanProblem['items']): number {
  return items.reduce((sum, { hours }) => sum + hours, 0);
}
