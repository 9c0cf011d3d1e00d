import {
  type PlanDecision,
  type PlanItem,
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
  const bridges = openBridges(problem);
  /** The first wave in which anything moved to a platform. */
  const carries = problem.platforms.map(() => Number.POSITIVE_INFINITY);
  let [first, last, band] = [0, 0, 0];
  for (const at of order) {
    const item = problem.items[at];
    if (!item || !chosen.has(at)) continue;
    if (item.band > band) [band, first] = [item.band, last];
    const span = findSpan(item.band, begins, problem.waves.length - 1);
    for (let wave = Math.max(first, span.first); wave <= span.final; wave++) {
      const work = listWork(at, wave);
      if (item.frozen.includes(wave) || !isProven(item, wave) || !fits(work, wave)) continue;
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
    const taken = hours.reduce((sum, [, one]) => sum + one, 0);
    return (
      bridges
        .countWith(work.at, wave)
        .every(
          (open, at) =>
            (at === wave ? taken : 0) + open * problem.bridgeHours <= (left[at] ?? 0) + slack,
        ) &&
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
    bridges.take(work.at, wave);
    const item = problem.items[work.at];
    for (const platform of item ? platformsOf(problem, item) : [])
      carries[platform] = Math.min(carries[platform] ?? wave, wave);
    for (const one of work.built) adapters[one] = wave;
    for (const one of work.opened) platforms[one] = wave;
  }

  function isProven(item: PlanItem, wave: number): boolean {
    if (!item.missionCritical) return true;
    if (wave === 0) return false;
    return platformsOf(problem, item).every(
      (platform) => problem.platforms[platform]?.proven || (carries[platform] ?? wave) < wave,
    );
  }
}

/** Below this, hours are rounding. */
const slack = 1e-9;

/** Keeps count of the bridges that stand after each wave while items are placed one by one. */
function openBridges({ items, bridges, waves }: PlanProblem) {
  const groupsOf = items.map((): number[] => []);
  for (const [at, group] of bridges.entries())
    for (const item of group.items) groupsOf[item]?.push(at);
  const first = bridges.map(({ begun }) => begun ?? Number.POSITIVE_INFINITY);
  const last = bridges.map(() => -1);
  const open = waves.map(() => 0);
  /** What the count after each wave would be. */
  const countWith = (item: number, wave: number): number[] => {
    const counts = [...open];
    for (const group of groupsOf[item] ?? []) {
      const [begin, end] = [first[group] ?? 0, last[group] ?? -1];
      const [from, to] = [Math.min(begin, wave), Math.max(end, wave)];
      for (let at = from; at < to; at++)
        if (at < begin || at >= end) counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  };
  return {
    countWith,
    take(item: number, wave: number): void {
      for (const [at, count] of countWith(item, wave).entries()) open[at] = count;
      for (const group of groupsOf[item] ?? []) {
        first[group] = Math.min(first[group] ?? wave, wave);
        last[group] = Math.max(last[group] ?? wave, wave);
      }
    },
  };
}

function isThere(wave: number | undefined, by: number): boolean {
  return wave !== undefined && wave >= 0 && wave <= by;
}
