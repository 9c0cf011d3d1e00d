import type { PlanProblem } from '../../../src/analyzers/plan/problem.ts';

/**
 * The best plan by trying every one, with the constraints and the objective of docs/plan-model.md
 * written once more. -1 = not at all.
 */
export function tryEveryPlan(problem: PlanProblem): number {
  const { items, adapters, platforms, waves } = problem;
  let best = Number.NEGATIVE_INFINITY;
  for (const x of everyChoice(items.length, waves.length)) {
    if (!areItemsAllowed(problem, x)) continue;
    for (const z of everyChoice(adapters.length, waves.length)) {
      if (!isBuiltInTime(problem, x, z)) continue;
      for (const y of everyChoice(platforms.length, waves.length)) {
        const isOpen = adapters.every(
          ({ platform }, at) =>
            at_(z, at) < 0 || (at_(y, platform) >= 0 && at_(y, platform) <= at_(z, at)),
        );
        if (!isOpen || !fits(problem, x, z, y)) continue;
        best = Math.max(best, worthOf(problem, x, z, y));
      }
    }
  }
  return best;
}

const at_ = (list: readonly number[], at: number): number => list[at] ?? -1;

function* everyChoice(count: number, waves: number): Generator<number[]> {
  const total = (waves + 1) ** count;
  for (let code = 0; code < total; code++) {
    let rest = code;
    yield Array.from({ length: count }, () => {
      const wave = (rest % (waves + 1)) - 1;
      rest = Math.floor(rest / (waves + 1));
      return wave;
    });
  }
}

function areItemsAllowed(
  { items, adapters, platforms }: PlanProblem,
  x: readonly number[],
): boolean {
  const usedBy = (at: number): Set<number> =>
    new Set(items[at]?.adapters.map((adapter) => adapters[adapter]?.platform ?? -1));
  return items.every((item, at) => {
    const wave = at_(x, at);
    if (wave < 0) return true;
    if (item.frozen.includes(wave)) return false;
    const rises = items.every(
      (other, place) => at_(x, place) < 0 || at_(x, place) >= wave || other.band <= item.band,
    );
    if (!rises) return false;
    if (!item.missionCritical) return true;
    return (
      wave > 0 &&
      [...usedBy(at)].every(
        (platform) =>
          platforms[platform]?.proven ||
          items.some(
            (_, place) =>
              place !== at &&
              at_(x, place) >= 0 &&
              at_(x, place) < wave &&
              usedBy(place).has(platform),
          ),
      )
    );
  });
}

function isBuiltInTime(
  { items }: PlanProblem,
  x: readonly number[],
  z: readonly number[],
): boolean {
  return items.every(
    (item, at) =>
      at_(x, at) < 0 ||
      item.adapters.every((adapter) => at_(z, adapter) >= 0 && at_(z, adapter) <= at_(x, at)),
  );
}

const waveless = Number.POSITIVE_INFINITY;

function countBridges({ bridges }: PlanProblem, x: readonly number[], wave: number): number {
  return bridges.filter(({ items, begun }) => {
    const moved = items.map((item) => at_(x, item)).filter((at) => at >= 0);
    return Math.min(begun ?? waveless, ...moved) <= wave && Math.max(-1, ...moved) > wave;
  }).length;
}

function fits(
  problem: PlanProblem,
  x: readonly number[],
  z: readonly number[],
  y: readonly number[],
): boolean {
  const { items, adapters, platforms, waves, bridgeHours } = problem;
  return waves.every(({ capacityHours, teamHours }, wave) => {
    const work: { readonly hours: number; readonly team?: string }[] = [
      ...items.filter((_, at) => at_(x, at) === wave),
      ...adapters.filter((_, at) => at_(z, at) === wave),
    ];
    const sum = (of: readonly { readonly hours: number }[]): number =>
      of.reduce((total, { hours }) => total + hours, 0);
    const shared =
      sum(platforms.filter((_, at) => at_(y, at) === wave)) +
      (wave < waves.length - 1 ? bridgeHours * countBridges(problem, x, wave) : 0);
    return (
      sum(work) + shared <= capacityHours &&
      Object.entries(teamHours).every(
        ([team, hours]) => sum(work.filter((one) => one.team === team)) <= hours,
      )
    );
  });
}

function worthOf(
  problem: PlanProblem,
  x: readonly number[],
  z: readonly number[],
  y: readonly number[],
): number {
  const { items, adapters, platforms, waves, horizonYears, discountRate, bridgeHours } = problem;
  const then = (years: number): number => 1 / (1 + discountRate) ** years;
  /** One hour a year from then to the horizon, added up in small steps. */
  const running = (from: number): number => {
    const steps = 4000;
    const width = Math.max(0, horizonYears - from) / steps;
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += then(from + (step + 0.5) * width) * width;
    return sum;
  };
  const starts = waves.map(({ startYears }) => ({
    paid: then(startYears),
    runs: running(startYears),
  }));
  const ends = waves.map(({ endYears }) => ({ paid: then(endYears), runs: running(endYears) }));
  let worth = 0;
  for (const [at, { hours, savingPerYear, stay }] of items.entries()) {
    const wave = at_(x, at);
    if (stay !== undefined) {
      // To stay where nothing moves is the measure that all else is told against.
      if (stay.wave < 0 && wave >= 0) worth -= stay.hours;
      if (stay.wave >= 0 && wave === stay.wave) worth += stay.hours;
    }
    if (wave >= 0)
      worth += savingPerYear * (ends[wave]?.runs ?? 0) - hours * (starts[wave]?.paid ?? 0);
  }
  for (const [list, chosen] of [
    [adapters, z],
    [platforms, y],
  ] as const)
    for (const [at, { hours, hoursPerYear }] of list.entries()) {
      const wave = at_(chosen, at);
      if (wave >= 0)
        worth -= hours * (starts[wave]?.paid ?? 0) + hoursPerYear * (starts[wave]?.runs ?? 0);
    }
  for (let wave = 0; wave < waves.length - 1; wave++)
    worth -= countBridges(problem, x, wave) * bridgeHours * (ends[wave]?.paid ?? 0);
  return worth;
}
