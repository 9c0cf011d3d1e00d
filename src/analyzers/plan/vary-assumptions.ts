import type { AssumedRange, Costs } from '../../assumptions.ts';
import { sortBy } from '../../order.ts';
import { roundHours } from '../round-hours.ts';
import type { PlannedCase } from './planned-case.ts';
import { type CostFigure, costFigures, isUncertain, readCosts } from './point-costs.ts';
import { priceProblem } from './price-problem.ts';
import { type PlanDecision, type PlanProblem, sumPlan } from './problem.ts';
import { solvePlan } from './solve.ts';

/** What the plan hangs on. */
export interface Sensitivity {
  /** What this plan is worth with one figure at its low or high reading, the widest span first. */
  readonly bars: readonly SensitivityBar[];
  /** Figures that are uncertain, and change nothing of what this plan is worth. */
  readonly withoutEffect: readonly CostFigure[];
  /** What the best plan would be then; `null` where it was not looked for. */
  readonly replanned: Replanned | null;
}

export interface SensitivityBar {
  readonly figure: CostFigure;
  /** What is assumed of most platforms; single ones may have their own. */
  readonly assumed: AssumedRange;
  /** Worth in hours of today at the low and at the high reading. */
  readonly low: number;
  readonly high: number;
}

/** The best plans with one figure at another reading. */
export interface Replanned {
  readonly scenarios: readonly Scenario[];
  /** Scenarios in which no plan was proved to be best in time, or which were one too many. */
  readonly unsolved: number;
  /** Links that do the same in every scenario: move in the wave of the plan, or stay as in the plan. */
  readonly robust: readonly string[];
}

export interface Scenario {
  /** `capacityHours`: the hours of all waves and teams, a quarter less or more. */
  readonly figure: CostFigure | 'capacityHours';
  readonly reading: 'low' | 'high';
  readonly worth: number;
  /** Links that join the first wave of the plan, and links that leave it. */
  readonly movedIn: readonly string[];
  readonly movedOut: readonly string[];
}

/** How other plans are looked for. */
export interface ReplanSearch {
  /** Seconds for one of them, and for all together. */
  readonly timeLimit: number;
  readonly totalTime: number;
}

/** Solves that are tried; the capacity and the widest bars come first. */
const mostScenarios = 20;
const capacityShare = 0.25;

/**
 * Reads one figure after the other at its low and its high end, and values the plan again; where a
 * search is given, also finds the plan that would be best then.
 */
export async function varyAssumptions(
  planned: PlannedCase,
  costs: Costs,
  directLinks: number,
  search: ReplanSearch | null,
): Promise<Sensitivity> {
  const { draft, problem, decision } = planned;
  const price = (figure: CostFigure, reading: 'low' | 'high'): PlanProblem =>
    priceProblem(problem, draft, readCosts(costs, directLinks, { [figure]: reading }));
  const varied = costFigures
    .filter((figure) => isUncertain(costs, figure))
    .map((figure) => {
      const [low, high] = [price(figure, 'low'), price(figure, 'high')];
      return {
        figure,
        problems: { low, high },
        low: roundHours(sumPlan(low, decision)),
        high: roundHours(sumPlan(high, decision)),
      };
    });
  const widest = sortBy(varied, ({ low, high }) => -Math.abs(high - low));
  return {
    bars: widest
      .filter(({ low, high }) => low !== high)
      .map(({ figure, low, high }) => ({ figure, assumed: costs[figure], low, high })),
    withoutEffect: varied.flatMap(({ figure, low, high }) => (low === high ? [figure] : [])),
    replanned:
      search &&
      (await replan(
        planned,
        [
          ...listReadings('capacityHours', {
            low: scaleCapacity(problem, 1 - capacityShare),
            high: scaleCapacity(problem, 1 + capacityShare),
          }),
          ...widest.flatMap(({ figure, problems }) => listReadings(figure, problems)),
        ],
        search,
      )),
  };
}

interface Reading extends Pick<Scenario, 'figure' | 'reading'> {
  readonly problem: PlanProblem;
}

function listReadings(
  figure: Scenario['figure'],
  problems: Readonly<Record<'low' | 'high', PlanProblem>>,
): Reading[] {
  return (['low', 'high'] as const).map((reading) => ({
    figure,
    reading,
    problem: problems[reading],
  }));
}

function scaleCapacity(problem: PlanProblem, factor: number): PlanProblem {
  const scale = (hours: number): number => Math.round(hours * factor * 10) / 10;
  return {
    ...problem,
    waves: problem.waves.map((slot) => ({
      ...slot,
      capacityHours: scale(slot.capacityHours),
      teamHours: Object.fromEntries(
        Object.entries(slot.teamHours).map(([team, hours]) => [team, scale(hours)]),
      ),
    })),
  };
}

async function replan(
  { problem, decision }: PlannedCase,
  readings: readonly Reading[],
  { timeLimit, totalTime }: ReplanSearch,
): Promise<Replanned> {
  const asPlanned = writeOut(problem);
  // A figure that no part of the problem is reckoned with asks for no other plan.
  const open = readings.filter((one) => writeOut(one.problem) !== asPlanned);
  const end = performance.now() + totalTime * 1000;
  const first = problem.waves.findIndex((_, wave) => decision.items.includes(wave));
  const scenarios: Scenario[] = [];
  const changed = problem.items.map(() => false);
  for (const { figure, reading, problem: other } of open.slice(0, mostScenarios)) {
    const left = (end - performance.now()) / 1000;
    if (left <= 0) break;
    const { decision: found, certificate } = await solvePlan(other, {
      timeLimit: Math.min(timeLimit, left),
    });
    if (certificate.gap !== 0 || !certificate.tieBroken) continue;
    for (const at of changed.keys()) if (found.items[at] !== decision.items[at]) changed[at] = true;
    scenarios.push({
      figure,
      reading,
      worth: roundHours(certificate.objective),
      movedIn: listJoining(problem, decision, found, first),
      movedOut: listJoining(problem, found, decision, first),
    });
  }
  return {
    scenarios,
    unsolved: open.length - scenarios.length,
    robust:
      scenarios.length === 0
        ? []
        : problem.items.flatMap(({ links }, at) => (changed[at] ? [] : links)).sort(),
  };
}

/** A problem as text, the same for two between which no decision is worth more or less. */
function writeOut(problem: PlanProblem): string {
  const hasBridges = problem.bridges.length > 0;
  return JSON.stringify(hasBridges ? problem : { ...problem, bridgeHours: 0 });
}

/** Links that are in a wave by one decision, and were not by another. */
function listJoining(
  { items }: PlanProblem,
  before: PlanDecision,
  after: PlanDecision,
  first: number,
): string[] {
  const wave = Math.max(0, first);
  return items
    .flatMap(({ links }, at) =>
      after.items[at] === wave && before.items[at] !== wave ? links : [],
    )
    .sort();
}
