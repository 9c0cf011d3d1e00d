import {
  findBridges,
  type PlanDecision,
  type PlanProblem,
  platformsOf,
  sumPlan,
} from './problem.ts';
import { type Begins, findSpan } from './risk-span.ts';

/**
 * A plan without proof: each item, the least risky first, goes into the earliest wave that has room
 * for it; then whole platforms and single items that cost more than they save are dropped again. It
 * is where the solver starts, and what its plans are compared with.
 */
export function planGreedily(problem: PlanProblem, begins: Begins = new Map()): PlanDecision {
  const order = [...problem.items.keys()].sort(
    (a, b) =>
      (problem.items[a]?.band ?? 0) - (problem.items[b]?.band ?? 0) ||
      (problem.items[b]?.savingPerYear ?? 0) - (problem.items[a]?.savingPerYear ?? 0) ||
      a - b,
  );
  let chosen = new Set(order);
  let best = place(problem, order, chosen, begins);
  let worth = sumPlan(problem, best);
  const tryWithout = (dropped: ReadonlySet<number>): void => {
    const fewer = new Set([...chosen].filter((item) => !dropped.has(item)));
    const plan = place(problem, order, fewer, begins);
    const value = sumPlan(problem, plan);
    if (value <= worth) return;
    [chosen, best, worth] = [fewer, plan, value];
  };
  for (const platform of problem.platforms.keys())
    tryWithout(
      new Set(
        order.filter((at) => {
          const item = problem.items[at];
          return item && platformsOf(problem, item).includes(platform);
        }),
      ),
    );
  if (order.length <= mostDropped) for (const item of order) tryWithout(new Set([item]));
  if (worth >= 0) return best;
  return place(problem, order, new Set(), begins);
}

/** Beyond so many items, none is tried without: the solver does better. */
const mostDropped = 200;

function place(
  problem: PlanProblem,
  order: readonly number[],
  chosen: ReadonlySet<number>,
  begins: Begins,
): PlanDecision {
  const items = problem.items.map(() => -1);
  const adapters = problem.adapters.map(() => -1);
  const platforms = problem.platforms.map(() => -1);
  const left = problem.waves.map(({ capacityHours }) => capacityHours);
  const teamLeft = problem.waves.map(({ teamHours }) => ({ ...teamHours }));
  let [first, last, band] = [0, 0, 0];
  for (const at of order) {
    const item = problem.items[at];
    if (!item || !chosen.has(at)) continue;
    if (item.band > band) [band, first] = [item.band, last];
    const span = findSpan(item.band, begins, problem.waves.length - 1);
    for (let wave = Math.max(first, span.first); wave <= span.final; wave++) {
      const work = listWork(at, wave);
      if (item.frozen.includes(wave) || !isProven(at, wave) || !fits(work, wave)) continue;
      const opened = items.with(at, wave);
      if (overBridged(opened)) continue;
      take(work, wave);
      last = Math.max(last, wave);
      break;
    }
  }
  return { items, adapters, platforms };

  /** What has to be done for an item that is not there yet. */
  function listWork(at: number, wave: number) {
    const item = problem.items[at];
    const built = (item?.adapters ?? []).filter((adapter) => !isThere(adapters[adapter], wave));
    const opened = [...new Set(built.map((adapter) => problem.adapters[adapter]?.platform ?? -1))];
    return { at, built, opened: opened.filter((one) => !isThere(platforms[one], wave)) };
  }

  function hoursOf({
    at,
    built,
    opened,
  }: ReturnType<typeof listWork>): [string | undefined, number][] {
    const item = problem.items[at];
    return [
      [item?.team, item?.hours ?? 0],
      ...built.map((one): [string | undefined, number] => {
        const adapter = problem.adapters[one];
        return [adapter?.team, adapter?.hours ?? 0];
      }),
      ...opened.map((one): [undefined, number] => [undefined, problem.platforms[one]?.hours ?? 0]),
    ];
  }

  function fits(work: ReturnType<typeof listWork>, wave: number): boolean {
    // What is built for later waves must not be needed earlier than it is there.
    if (work.built.some((one) => (adapters[one] ?? -1) > wave)) return false;
    const hours = hoursOf(work);
    const byTeam = new Map<string, number>();
    for (const [team, one] of hours)
      if (team !== undefined) byTeam.set(team, (byTeam.get(team) ?? 0) + one);
    return (
      hours.reduce((sum, [, one]) => sum + one, 0) <= (left[wave] ?? 0) &&
      [...byTeam].every(
        ([team, one]) => one <= (teamLeft[wave]?.[team] ?? Number.POSITIVE_INFINITY),
      )
    );
  }

  function take(work: ReturnType<typeof listWork>, wave: number): void {
    for (const [team, one] of hoursOf(work)) {
      left[wave] = (left[wave] ?? 0) - one;
      const own = teamLeft[wave];
      if (own && team !== undefined && team in own) own[team] = (own[team] ?? 0) - one;
    }
    items[work.at] = wave;
    for (const one of work.built) adapters[one] = wave;
    for (const one of work.opened) platforms[one] = wave;
  }

  function isProven(at: number, wave: number): boolean {
    const item = problem.items[at];
    if (!item?.missionCritical) return true;
    if (wave === 0) return false;
    return platformsOf(problem, item).every(
      (platform) =>
        problem.platforms[platform]?.proven ||
        problem.items.some((other, place) => {
          const moved = items[place] ?? -1;
          return (
            place !== at &&
            moved >= 0 &&
            moved < wave &&
            platformsOf(problem, other).includes(platform)
          );
        }),
    );
  }

  /** Whether bridges take more hours than a wave has left. */
  function overBridged(opened: readonly number[]): boolean {
    return findBridges(problem, opened).some(
      (open, wave) => open.length * problem.bridgeHours > (left[wave] ?? 0),
    );
  }
}

function isThere(wave: number | undefined, by: number): boolean {
  return wave !== undefined && wave >= 0 && wave <= by;
}
