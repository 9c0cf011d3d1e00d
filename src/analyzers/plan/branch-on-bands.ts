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
}

/**
 * Searches for the best plan. That risk rises from wave to wave binds every item loosely to every
 * other, and a solver left alone with it proves little; but once it is settled in which wave each
 * risk band begins, what remains is solved quickly. So the beginnings are branched on, each bounded
 * by its relaxation (branch and bound, Land & Doig 1960): down to a first plan, then the most
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
  let open: Node[] = [{ begins: new Map(), bound: addUp(problem) }];
  // What the time did not suffice to settle, or was close enough not to.
  let settled = Number.NEGATIVE_INFINITY;
  while (open.length > 0 && left() > 0) {
    const [node, ...others] = sortBy(
      open,
      ({ begins }) => (isFirst ? -begins.size : 0),
      ({ bound }) => -bound,
    );
    open = others;
    if (!node) break;
    if (!isOpen(node)) {
      settled = Math.max(settled, node.bound);
      continue;
    }
    const band = bands[node.begins.size];
    if (band === undefined) settle(node);
    else
      for (const begins of branch(problem, node.begins, band)) {
        const relaxed =
          left() > 0 ? solver.relax(toProgram(problem, begins).program, left()) : node.bound;
        open.push({ begins, bound: Math.min(node.bound, relaxed) });
      }
  }
  return { decision, bound: Math.max(best, settled, ...open.map(({ bound }) => bound)) };

  /** Solves what remains once every band has its beginning; again with more time, if need be. */
  function settle(node: Node): void {
    isFirst = false;
    const { program, columns } = toProgram(problem, node.begins);
    const start = keeps(problem, decision, node.begins)
      ? decision
      : planGreedily(problem, node.begins);
    const found = solver.solve(program, toStart(columns, start), {
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
function* branch({ waves }: PlanProblem, begins: Begins, band: number): Generator<Begins> {
  const { first, final } = findSpan(band, begins, waves.length);
  for (let wave = first; wave <= final; wave++) yield new Map([...begins, [band, wave]]);
}
