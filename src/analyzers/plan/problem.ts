/** What the migration plan decides over: docs/plan-model.md in numbers. Hours throughout. */
export interface PlanProblem {
  readonly waves: readonly WaveSlot[];
  /** Of a wave without a freeze; told for plans that begin where this one leaves. */
  readonly capacityHours?: number;
  /** Years from the start of the first wave to the end of the reckoning. */
  readonly horizonYears: number;
  /** A year, e.g. 0.05. */
  readonly discountRate: number;
  /** To build and later remove one bridge. */
  readonly bridgeHours: number;
  readonly items: readonly PlanItem[];
  readonly adapters: readonly PlanAdapter[];
  readonly platforms: readonly PlanPlatform[];
  readonly bridges: readonly BridgeGroup[];
}

/** The span of one wave, and the hours that there are in it. */
export interface WaveSlot {
  /** Years after the start of the first wave. */
  readonly startYears: number;
  readonly endYears: number;
  readonly capacityHours: number;
  /** Teams whose hours are limited by themselves. */
  readonly teamHours: Readonly<Record<string, number>>;
}

/** Links that move together. */
export interface PlanItem {
  readonly links: readonly string[];
  readonly hours: number;
  /** Hours a year that the links take today, less those that they take on the platform. */
  readonly savingPerYear: number;
  /** Places in `adapters`. */
  readonly adapters: readonly number[];
  /** Risk band, 1 to 4. */
  readonly band: number;
  readonly missionCritical: boolean;
  /** Whose work it is. */
  readonly team?: string;
  /** Waves, from 0, in which a freeze forbids the move. */
  readonly frozen: readonly number[];
  /** Where an earlier plan has it, -1 for nowhere, and the hours that it takes to plan otherwise. */
  readonly stay?: { readonly wave: number; readonly hours: number };
}

/** Connects one system to one platform. */
export interface PlanAdapter {
  readonly system: string;
  /** Place in `platforms`. */
  readonly platform: number;
  readonly hours: number;
  readonly hoursPerYear: number;
  readonly team?: string;
}

export interface PlanPlatform {
  readonly name: string;
  readonly hours: number;
  readonly hoursPerYear: number;
  /** Whether it carries traffic today: then it has no need to prove itself. */
  readonly proven: boolean;
}

/** Items that carry one object: while some have moved and some have yet to, a bridge joins them. */
export interface BridgeGroup {
  readonly object: string;
  /** Places in `items`: two or more, or one where something of it has moved before. */
  readonly items: readonly number[];
  /** The wave, from 0, by which something of it that is no item any more has moved. */
  readonly begun?: number;
}

/** One answer. Waves from 0; -1 where an item is kept, or an adapter or platform not built. */
export interface PlanDecision {
  readonly items: readonly number[];
  readonly adapters: readonly number[];
  readonly platforms: readonly number[];
}

/** What work of one hour is worth today if it falls due at a time. */
export function discount({ discountRate }: PlanProblem, years: number): number {
  return (1 + discountRate) ** -years;
}

/** What one hour a year is worth today, from a time to the horizon; nothing beyond it. */
export function annuity(problem: PlanProblem, years: number): number {
  const { discountRate, horizonYears } = problem;
  if (years >= horizonYears) return 0;
  if (discountRate === 0) return horizonYears - years;
  return (discount(problem, years) - discount(problem, horizonYears)) / Math.log(1 + discountRate);
}

/** The platforms that an item needs, each once, as places in `platforms`. */
export function platformsOf(problem: PlanProblem, item: PlanItem): number[] {
  return [...new Set(item.adapters.flatMap((at) => problem.adapters[at]?.platform ?? []))];
}

/** What the move of each item in each wave is worth; the costs of adapters and platforms likewise. */
export interface PlanValues {
  /** `[item][wave]`, to be earned. */
  readonly items: readonly (readonly number[])[];
  /** `[adapter][wave]`, to be paid. */
  readonly adapters: readonly (readonly number[])[];
  readonly platforms: readonly (readonly number[])[];
  /** `[wave]`: one bridge after this wave, to be paid; none after the last. */
  readonly bridges: readonly number[];
}

/** The coefficients of the objective. */
export function valuePlan(problem: PlanProblem): PlanValues {
  const { waves } = problem;
  const paid = (hours: number, hoursPerYear: number): number[] =>
    waves.map(
      ({ startYears }) =>
        hours * discount(problem, startYears) + hoursPerYear * annuity(problem, startYears),
    );
  return {
    items: problem.items.map(({ hours, savingPerYear, stay }) =>
      waves.map(
        ({ startYears, endYears }, wave) =>
          savingPerYear * annuity(problem, endYears) -
          hours * discount(problem, startYears) +
          // To leave a wave takes as much as to stay in it earns; to leave none is paid in every wave.
          (stay === undefined
            ? 0
            : stay.wave < 0
              ? -stay.hours
              : stay.wave === wave
                ? stay.hours
                : 0),
      ),
    ),
    adapters: problem.adapters.map(({ hours, hoursPerYear }) => paid(hours, hoursPerYear)),
    platforms: problem.platforms.map(({ hours, hoursPerYear }) => paid(hours, hoursPerYear)),
    bridges: waves
      .slice(0, -1)
      .map(({ endYears }) => problem.bridgeHours * discount(problem, endYears)),
  };
}

/** The bridges that stand after each wave but the last: places in `bridges` of the problem. */
export function findBridges(problem: PlanProblem, items: readonly number[]): number[][] {
  return problem.waves.slice(0, -1).map((_, wave) =>
    problem.bridges.flatMap((group, index) => {
      const waves = group.items.map((item) => items[item] ?? -1);
      const hasBegun = group.begun !== undefined && group.begun <= wave;
      const isOpen =
        (hasBegun || waves.some((at) => at >= 0 && at <= wave)) && waves.some((at) => at > wave);
      return isOpen ? [index] : [];
    }),
  );
}

/** The objective of an answer, in hours of today. */
export function sumPlan(problem: PlanProblem, decision: PlanDecision): number {
  const values = valuePlan(problem);
  const sum = (of: readonly (readonly number[])[], at: readonly number[]): number =>
    at.reduce((total, wave, index) => total + (of[index]?.[wave] ?? 0), 0);
  const bridges = findBridges(problem, decision.items);
  return (
    sum(values.items, decision.items) -
    sum(values.adapters, decision.adapters) -
    sum(values.platforms, decision.platforms) -
    bridges.reduce((total, open, wave) => total + open.length * (values.bridges[wave] ?? 0), 0)
  );
}
