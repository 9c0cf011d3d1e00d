import { type PlanDecision, type PlanProblem, platformsOf, valuePlan } from './problem.ts';
import {
  cell,
  type Grid,
  inWave,
  openProgram,
  type Program,
  type ProgramWriter,
  type Term,
} from './program.ts';
import { type Begins, findSpan } from './risk-span.ts';

/** The columns that decide: X, Z and Y of docs/plan-model.md. */
export interface Columns {
  readonly items: Grid;
  readonly adapters: Grid;
  readonly platforms: Grid;
}

/** The highest risk band. */
const bands = 4;

/**
 * Writes the problem as a program, constraint by constraint as docs/plan-model.md numbers them.
 * @param begins where this is given, risk rises as it says, and bands that it leaves out are free
 */
export function toProgram(
  problem: PlanProblem,
  begins?: Begins,
): { program: Program; columns: Columns } {
  const writer = openProgram();
  const values = valuePlan(problem);
  const columns: Columns = {
    items: addGrid(writer, values.items),
    adapters: addGrid(writer, values.adapters.map(negate)),
    platforms: addGrid(writer, values.platforms.map(negate)),
  };
  forbid(writer, problem, columns);
  needAdapters(writer, problem, columns);
  const bridges = needBridges(writer, problem, columns, values.bridges);
  limitHours(writer, problem, columns, bridges);
  if (begins) settleRisk(writer, problem, columns, begins);
  else raiseRisk(writer, problem, columns);
  proveFirst(writer, problem, columns);
  return { program: writer.program, columns };
}

function negate(values: readonly number[]): number[] {
  return values.map((value) => -value);
}

/**
 * 1: a column for each place and wave, and what has happened stays so. What it is worth in a wave is
 * told as what it is worth by then, less by the wave after.
 */
function addGrid({ whole, atMost }: ProgramWriter, worth: readonly (readonly number[])[]): Grid {
  return worth.map((row) => {
    const columns = row.map((value, wave) => whole(value - (row[wave + 1] ?? 0)));
    for (const [wave, column] of columns.entries()) {
      const before = columns[wave - 1];
      if (before !== undefined) atMost(0, [1, before], [-1, column]);
    }
    return columns;
  });
}

/** 5: freezes; and of 7, that nothing mission-critical moves in the first wave. */
function forbid({ atMost }: ProgramWriter, { items, waves }: PlanProblem, columns: Columns): void {
  for (const [at, { frozen, missionCritical }] of items.entries())
    for (const wave of waves.keys())
      if (frozen.includes(wave) || (missionCritical && wave === 0))
        atMost(0, ...inWave(columns.items, at, wave, 1));
}

/** 2 and 3: what has moved has its adapters, and an adapter has its platform. */
function needAdapters(
  { atMost }: ProgramWriter,
  { items, adapters, waves }: PlanProblem,
  columns: Columns,
): void {
  for (const wave of waves.keys()) {
    for (const [at, item] of items.entries())
      for (const adapter of item.adapters)
        atMost(0, [1, cell(columns.items, at, wave)], [-1, cell(columns.adapters, adapter, wave)]);
    for (const [at, { platform }] of adapters.entries())
      atMost(
        0,
        [1, cell(columns.adapters, at, wave)],
        [-1, cell(columns.platforms, platform, wave)],
      );
  }
}

/** 8: a bridge stands where something has moved and something has yet to. @returns d, `[group][wave]` */
function needBridges(
  { part, atMost }: ProgramWriter,
  { bridges, waves }: PlanProblem,
  { items }: Columns,
  worth: readonly number[],
): Grid {
  const last = waves.length - 1;
  return bridges.map((group) =>
    worth.map((value, wave) => {
      const [bridge, begun, unfinished] = [part(-value), part(0), part(0)];
      for (const item of group.items) {
        const now = cell(items, item, wave);
        atMost(0, [1, now], [-1, begun]);
        atMost(0, [1, cell(items, item, last)], [-1, now], [-1, unfinished]);
      }
      atMost(1, [1, begun], [1, unfinished], [-1, bridge]);
      return bridge;
    }),
  );
}

/** 4: the hours of each wave, in all and of each team. */
function limitHours(
  { atMost }: ProgramWriter,
  problem: PlanProblem,
  columns: Columns,
  bridges: Grid,
): void {
  const work = (
    of: readonly { readonly hours: number; readonly team?: string }[],
    grid: Grid,
    wave: number,
    team?: string,
  ): Term[] =>
    of.flatMap((one, at): Term[] =>
      team === undefined || one.team === team ? inWave(grid, at, wave, one.hours) : [],
    );
  for (const [wave, { capacityHours, teamHours }] of problem.waves.entries()) {
    atMost(
      capacityHours,
      ...work(problem.items, columns.items, wave),
      ...work(problem.adapters, columns.adapters, wave),
      ...work(problem.platforms, columns.platforms, wave),
      ...bridges.flatMap((group): Term[] => {
        const bridge = group[wave];
        return bridge === undefined ? [] : [[problem.bridgeHours, bridge]];
      }),
    );
    for (const [team, hours] of Object.entries(teamHours))
      atMost(
        hours,
        ...work(problem.items, columns.items, wave, team),
        ...work(problem.adapters, columns.adapters, wave, team),
      );
  }
}

/** 6: no wave holds a higher risk band than the lowest of a later one. */
function raiseRisk(
  { whole, atMost }: ProgramWriter,
  { items, waves }: PlanProblem,
  columns: Columns,
): void {
  const last = waves.length - 1;
  const begun = Array.from({ length: bands + 1 }, () => waves.map(() => whole(0)));
  for (let band = 2; band <= bands; band++)
    for (const wave of waves.keys()) {
      const here = cell(begun, band, wave);
      if (wave > 0) atMost(0, [1, cell(begun, band, wave - 1)], [-1, here]);
      if (band < bands) atMost(0, [1, cell(begun, band + 1, wave)], [-1, here]);
    }
  for (const [at, { band }] of items.entries())
    for (const wave of waves.keys()) {
      const moved = cell(columns.items, at, wave);
      if (band >= 2) atMost(0, [1, moved], [-1, cell(begun, band, wave)]);
      // Once something riskier has moved, what has not moved stays.
      if (band < bands && wave < last)
        atMost(
          1,
          [1, cell(columns.items, at, last)],
          [-1, moved],
          [1, cell(begun, band + 1, wave)],
        );
    }
}

/** 6, where it is settled when bands begin: no item moves before its own, or after a higher one. */
function settleRisk(
  { atMost }: ProgramWriter,
  { items, waves }: PlanProblem,
  columns: Columns,
  begins: Begins,
): void {
  const last = waves.length - 1;
  for (const [at, { band }] of items.entries()) {
    const { first, final } = findSpan(band, begins, last);
    if (first > 0) atMost(0, [1, cell(columns.items, at, Math.min(first - 1, last))]);
    if (final < last)
      atMost(0, [1, cell(columns.items, at, last)], [-1, cell(columns.items, at, final)]);
  }
}

/** 7: a platform carries something else for a wave before anything mission-critical. */
function proveFirst({ part, atMost }: ProgramWriter, problem: PlanProblem, columns: Columns): void {
  const users = problem.platforms.map((): number[] => []);
  for (const [at, item] of problem.items.entries())
    for (const platform of platformsOf(problem, item)) users[platform]?.push(at);
  for (const [platform, { proven }] of problem.platforms.entries()) {
    const critical = (users[platform] ?? []).filter((at) => problem.items[at]?.missionCritical);
    if (proven || critical.length === 0) continue;
    for (let wave = 1; wave < problem.waves.length; wave++) {
      const carries = part(0);
      const moved = (users[platform] ?? []).map(
        (at): Term => [-1, cell(columns.items, at, wave - 1)],
      );
      atMost(0, [1, carries], ...moved);
      for (const at of critical) atMost(0, [1, cell(columns.items, at, wave)], [-1, carries]);
    }
  }
}

/** Reads an answer out of the values of the columns. */
export function toDecision(columns: Columns, values: ArrayLike<number>): PlanDecision {
  const find = (grid: Grid): number[] =>
    grid.map((row) => row.findIndex((column) => (values[column] ?? 0) > 0.5));
  return {
    items: find(columns.items),
    adapters: find(columns.adapters),
    platforms: find(columns.platforms),
  };
}

/** An answer as values of the columns that decide; the solver finds the others. */
export function toStart(columns: Columns, decision: PlanDecision): ReadonlyMap<number, number> {
  const start = new Map<number, number>();
  for (const of of ['items', 'adapters', 'platforms'] as const)
    for (const [at, row] of columns[of].entries())
      for (const [wave, column] of row.entries()) {
        const from = decision[of][at] ?? -1;
        start.set(column, from >= 0 && from <= wave ? 1 : 0);
      }
  return start;
}
