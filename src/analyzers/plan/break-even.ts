import { roundHours } from '../round-hours.ts';
import { findDay } from './lay-waves.ts';
import { annuity, discount, findBridges, type PlanDecision, type PlanProblem } from './problem.ts';

/** When the plan has paid for itself, and the way there. Hours of today, discounted as in the objective. */
export interface BreakEven {
  /** The day from which on more has been saved than spent; `null` where none is within the horizon. */
  readonly on: string | null;
  /** From the start to the horizon: where waves begin or end and years are over; none where nothing moves. */
  readonly points: readonly BreakEvenPoint[];
}

export interface BreakEvenPoint {
  readonly on: string;
  /** After the start of the first wave. */
  readonly years: number;
  /** Spent so far, with what is paid at that moment. */
  readonly cost: number;
  readonly saved: number;
}

/** What one wave adds: hours of once are paid, hours a year run on to the horizon. */
interface WaveFlow {
  readonly startYears: number;
  readonly endYears: number;
  readonly once: number;
  readonly runningPerYear: number;
  /** From the end of the wave on. */
  readonly savingPerYear: number;
  /** Paid at the end of the wave. */
  readonly bridges: number;
}

/** A longer horizon shows every second or third year. */
const mostYears = 12;

/** Adds up what a decision costs and saves by each time; at the horizon the two differ by its worth. */
export function findBreakEven(
  problem: PlanProblem,
  decision: PlanDecision,
  start: string,
): BreakEven {
  const flows = listFlows(problem, decision);
  if (flows.length === 0) return { on: null, points: [] };
  const boundaries = flows.flatMap(({ startYears, endYears }) => [startYears, endYears]);
  const { horizonYears } = problem;
  const end = Math.max(horizonYears, ...boundaries);
  const every = Math.ceil(horizonYears / mostYears);
  const years = Array.from(
    { length: Math.floor(horizonYears / every) },
    (_, at) => (at + 1) * every,
  );
  const sum = (at: number): { cost: number; saved: number } => sumFlows(problem, flows, at);
  const paid = findPaid(sortTimes([0, ...boundaries, end]), sum);
  return {
    on: paid === null ? null : findDay(start, paid),
    points: sortTimes([0, ...boundaries, ...years, end]).map((at) => {
      const { cost, saved } = sum(at);
      return {
        on: findDay(start, at),
        years: roundHours(at),
        cost: roundHours(cost),
        saved: roundHours(saved),
      };
    }),
  };
}

/** The flows of the waves in which anything happens. */
function listFlows(problem: PlanProblem, { items, adapters, platforms }: PlanDecision): WaveFlow[] {
  const bridges = findBridges(problem, items);
  const done = new Set([...items, ...adapters, ...platforms]);
  const last = problem.waves.findLastIndex((_, wave) => done.has(wave));
  return problem.waves.slice(0, last + 1).map(({ startYears, endYears }, wave) => {
    const moved = problem.items.filter((_, at) => items[at] === wave);
    const built = [
      ...problem.adapters.filter((_, at) => adapters[at] === wave),
      ...problem.platforms.filter((_, at) => platforms[at] === wave),
    ];
    return {
      startYears,
      endYears,
      once: [...moved, ...built].reduce((sum, { hours }) => sum + hours, 0),
      runningPerYear: built.reduce((sum, { hoursPerYear }) => sum + hoursPerYear, 0),
      savingPerYear: moved.reduce((sum, { savingPerYear }) => sum + savingPerYear, 0),
      bridges: (bridges[wave]?.length ?? 0) * problem.bridgeHours,
    };
  });
}

function sumFlows(
  problem: PlanProblem,
  flows: readonly WaveFlow[],
  at: number,
): { cost: number; saved: number } {
  const once = (hours: number, from: number): number =>
    from <= at ? hours * discount(problem, from) : 0;
  const running = (hours: number, from: number): number =>
    from < at ? hours * (annuity(problem, from) - annuity(problem, at)) : 0;
  return {
    cost: flows.reduce(
      (sum, flow) =>
        sum +
        once(flow.once, flow.startYears) +
        running(flow.runningPerYear, flow.startYears) +
        once(flow.bridges, flow.endYears),
      0,
    ),
    saved: flows.reduce((sum, flow) => sum + running(flow.savingPerYear, flow.endYears), 0),
  };
}

/**
 * The time from which on the sum stays above 0. Between two boundaries it only rises or only falls, so
 * the last one below 0 has it between itself and the next.
 */
function findPaid(
  boundaries: readonly number[],
  sum: (at: number) => { readonly cost: number; readonly saved: number },
): number | null {
  const isPaid = (at: number): boolean => {
    const { cost, saved } = sum(at);
    return saved >= cost;
  };
  const unpaid = boundaries.findLastIndex((at) => !isPaid(at));
  if (unpaid === boundaries.length - 1) return null;
  let [before, after] = [boundaries[unpaid] ?? 0, boundaries[unpaid + 1] ?? 0];
  if (unpaid < 0) return 0;
  for (let halving = 0; halving < 50; halving++) {
    const middle = (before + after) / 2;
    if (isPaid(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** In rising order, without those that differ by their last bits alone. */
function sortTimes(times: readonly number[]): number[] {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.filter((at, place) => place === 0 || at - (sorted[place - 1] ?? 0) > 1e-6);
}
