import { sortBy } from '../../order.ts';
import { planGreedily } from './greedy.ts';
import { openPrices } from './improve-prices.ts';
import { rounding, type Solver } from './open-solver.ts';
import { boundBy, forbidWorse, type MayBegin, type Pricing, priceRows } from './price-rows.ts';
import { type PlanDecision, type PlanProblem, sumPlan } from './problem.ts';
import type { Program } from './program.ts';
import { type Begins, findSpan, mayMove, raiseRisk } from './risk-span.ts';
import { type Columns, toDecision, toStart } from './to-program.ts';

export interface SearchLimits {
  readonly seconds: number;
  /** A gap that is small enough to stop at. */
  readonly gap: number;
}

/** The plans in which some risk bands begin in given waves. */
export interface Branch {
  readonly begins: Begins;
  /** No plan with these beginnings is worth more. */
  readonly bound: number;
  /** The prices that tell most of it, once its own relaxation is solved. */
  readonly pricing?: Pricing;
  /** How many of all pricings the bound knows. */
  readonly priced: number;
  /** How often better prices have been searched for. */
  readonly searches: number;
  /** How often it was solved without an end. */
  readonly tries: number;
}

export interface Search {
  readonly decision: PlanDecision;
  readonly bound: number;
  /** The branches that may hold plans worth as much as the bound. */
  readonly branches: readonly Branch[];
}

interface Relaxed {
  readonly pricing: Pricing;
  readonly bound: number;
  readonly isSettled: boolean;
}

/** Searches for better prices of one branch; then its relaxation is solved. */
const mostSearches = 2;

/** Up to so many items, the greedy plan of every branch is looked at: it costs next to nothing. */
const fewItems = 200;

/** What the solver may look at when it first solves a branch; each further time, four times more. */
const firstNodes = 2000;

/**
 * Searches for the best plan. That risk rises from wave to wave binds every item loosely to every
 * other, and a solver left alone with it proves little; but once it is settled in which wave each
 * risk band begins, what remains is solved quickly. So the beginnings are branched on, the most
 * promising first (branch and bound, Land & Doig 1960). The prices that one relaxation finds for the
 * rows bound all other branches as well, for the cost of an addition: few need their own.
 */
export function branchOnBands(
  solver: Solver,
  problem: PlanProblem,
  { program, columns }: { readonly program: Program; readonly columns: Columns },
  { seconds, gap }: SearchLimits,
): Search {
  const deadline = performance.now() + seconds * 1000;
  const left = (): number => Math.max(0, (deadline - performance.now()) / 1000);
  const bands = listBands(problem);
  const improvePrices = openPrices(program);
  const pricings: Pricing[] = [priceRows(program, [])];
  const relaxed = new Map<string, Relaxed>();
  let decision = planGreedily(problem);
  let best = sumPlan(problem, decision);
  const isOpen = (bound: number): boolean =>
    bound - best > Math.max(gap, rounding) * Math.max(1, Math.abs(best));
  const root: Branch = {
    begins: new Map(),
    bound: Infinity,
    priced: 0,
    searches: 0,
    tries: 0,
  };
  relax({ ...root, begins: expectBegins(problem, bands) });
  let open: Branch[] = [priceAgain(root)];
  const closed: Branch[] = [];
  while (left() > 0) {
    const [top, ...others] = sortBy(open, ({ bound }) => -bound);
    if (!top || !isOpen(top.bound)) break;
    // A plan now is worth more than a better bound of what is as good as equal.
    const near = others.find(
      ({ pricing, tries, bound }) =>
        pricing && tries === 0 && top.bound - bound <= (gap / 2) * Math.abs(bound),
    );
    const branch = top.pricing || gap === 0 ? top : (near ?? top);
    open = [top, ...others].filter((one) => one !== branch);
    const band = bands[branch.begins.size];
    const told = branch.priced < pricings.length ? priceAgain(branch) : branch;
    if (told.bound < branch.bound) open.push(told);
    else if (band !== undefined)
      open.push(...divide(problem, told, band).map(priceAgain).map(recall));
    else if (told.searches < mostSearches) open.push(improve(told));
    else if (!told.pricing) open.push(...relax(told));
    else settle(told, told.pricing);
  }
  const rest = [...open, ...closed];
  const bound = Math.max(best, ...rest.map((one) => one.bound));
  const slack = rounding * Math.max(1, Math.abs(best));
  return { decision, bound, branches: bound - best > slack ? rest : rest.flatMap(complete) };

  /** The branches below one in which every band has its beginning, and which may hold the best. */
  function complete(branch: Branch): Branch[] {
    if (branch.bound < best - slack) return [];
    const band = bands[branch.begins.size];
    if (band === undefined) return [branch];
    return divide(problem, branch, band).map(priceAgain).flatMap(complete);
  }

  /** The bound by all prices found so far. */
  function priceAgain(branch: Branch): Branch {
    const may = allow(problem, branch.begins);
    const bounds = pricings.slice(branch.priced).map((pricing) => boundBy(pricing, may));
    return { ...branch, bound: Math.min(branch.bound, ...bounds), priced: pricings.length };
  }

  /** Searches for prices by which the branch is no better than the best that is relaxed, or found. */
  function improve(branch: Branch): Branch {
    const may = allow(problem, branch.begins);
    const [nearest] = sortBy(pricings, (pricing) => boundBy(pricing, may));
    const waiting = [...relaxed.values()].filter((one) => !one.isSettled);
    const target = Math.max(
      best + gap * Math.abs(best),
      ...waiting.map(({ bound }) => bound + (gap / 2) * Math.abs(bound)),
    );
    if (nearest) pricings.push(priceRows(program, improvePrices(nearest.prices, may, target)));
    return { ...priceAgain(branch), searches: branch.searches + 1 };
  }

  function recall(branch: Branch): Branch {
    const known = relaxed.get(nameBegins(branch.begins));
    return known ? { ...branch, pricing: known.pricing, searches: mostSearches } : branch;
  }

  function relax(branch: Branch): Branch[] {
    if (problem.items.length <= fewItems) consider(planGreedily(problem, branch.begins));
    const rows = [...program.rows, ...raiseRisk(problem, columns.items, branch.begins)];
    const prices = solver.relax({ ...program, rows }, left());
    if (!prices) return [];
    const pricing = priceRows(program, prices);
    pricings.push(pricing);
    const told = { ...priceAgain(branch), pricing };
    relaxed.set(nameBegins(branch.begins), { pricing, bound: told.bound, isSettled: false });
    return [told];
  }

  function consider(plan: PlanDecision): void {
    const worth = sumPlan(problem, plan);
    if (worth > best) [decision, best] = [plan, worth];
  }

  /** Solves what remains once every band has its beginning; later again, if there is no end of it. */
  function settle(branch: Branch, pricing: Pricing): void {
    const enough = best - rounding * Math.max(1, Math.abs(best));
    const narrow = narrowBranch(problem, program, columns, { ...branch, pricing }, enough);
    const start = keeps(problem, decision, branch.begins) ? toStart(columns, decision) : undefined;
    const found = solver.solve(narrow, start, {
      seconds: left(),
      gap: gap / 2,
      nodes: firstNodes * 4 ** branch.tries,
    });
    if (found.values) consider(toDecision(columns, found.values));
    // What was forbidden is worth less than enough.
    const bound = Math.min(branch.bound, Math.max(found.bound, enough));
    relaxed.set(nameBegins(branch.begins), { pricing, bound, isSettled: true });
    const after = { ...branch, bound, tries: branch.tries + 1 };
    if (found.isOptimal) closed.push(after);
    else open.push(after);
  }
}

/** One name for the same beginnings, in whatever order they were settled. */
export function nameBegins(begins: Begins): string {
  return sortBy(begins, ([band]) => band)
    .map(([band, wave]) => `${band} from ${wave}`)
    .join();
}

/** The program of a branch, without what would be worth less than a given sum. */
export function narrowBranch(
  problem: PlanProblem,
  program: Program,
  columns: Columns,
  { begins, pricing }: Pick<Branch, 'begins' | 'pricing'>,
  enough: number,
): Program {
  const worse = pricing ? forbidWorse(program, pricing, allow(problem, begins), enough) : [];
  return {
    ...program,
    rows: [...program.rows, ...raiseRisk(problem, columns.items, begins), ...worse],
  };
}

/** Items are the first chains of the program. */
function allow(problem: PlanProblem, begins: Begins): MayBegin {
  const may = mayMove(problem, begins);
  return (chain, place) => chain >= problem.items.length || may(chain, place);
}

/** Whether every item moves in the span of its band. */
export function keeps(
  { items, waves }: PlanProblem,
  decision: PlanDecision,
  begins: Begins,
): boolean {
  const starts = [...begins].every(([band, wave]) => {
    const moved = items.flatMap((item, at) => {
      const own = decision.items[at] ?? -1;
      return item.band >= band && own >= 0 ? [own] : [];
    });
    return Math.min(waves.length, ...moved) === wave;
  });
  return (
    starts &&
    items.every(({ band }, at) => {
      const wave = decision.items[at] ?? -1;
      const { first, final } = findSpan(band, begins, waves.length - 1);
      return wave < 0 || (wave >= first && wave <= final);
    })
  );
}

/** The bands above the lowest that there is, the middle one first: it halves the rest. */
function listBands({ items }: PlanProblem): number[] {
  const present = [...new Set(items.map(({ band }) => band))].sort((a, b) => a - b).slice(1);
  const middle = present[Math.floor(present.length / 2)];
  return middle === undefined ? [] : [middle, ...present.filter((band) => band !== middle)];
}

/** Where bands begin if the work on items is spread evenly. */
function expectBegins({ items, waves }: PlanProblem, bands: readonly number[]): Begins {
  const sum = (of: PlanProblem['items']): number => of.reduce((all, { hours }) => all + hours, 0);
  const total = Math.max(1, sum(items));
  return new Map(
    bands.map((band) => {
      const lower = sum(items.filter((item) => item.band < band));
      return [band, Math.min(waves.length - 1, Math.round((lower / total) * waves.length))];
    }),
  );
}

/** Every wave in which a band can begin, with what is settled of the others. */
function divide({ waves }: PlanProblem, branch: Branch, band: number): Branch[] {
  const { first, final } = findSpan(band, branch.begins, waves.length);
  return Array.from({ length: Math.max(0, final - first + 1) }, (_, index) => ({
    ...branch,
    begins: new Map([...branch.begins, [band, first + index]]),
    priced: 0,
  }));
}
