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

/** The columns that decide: X, Z and Y of docs/plan-model.md. */
export interface Columns {
  readonly items: Grid;
  readonly adapters: Grid;
  readonly platforms: Grid;
}

/**
 * Writes the problem as a program, constraint by constraint as docs/plan-model.md numbers them. Only
 * 6 is left out: the search settles it by `raiseRisk`.
 */
export function toProgram(problem: PlanProblem): { program: Program; columns: Columns } {
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
function addGrid({ chain }: ProgramWriter, worth: readonly (readonly number[])[]): Grid {
  return worth.map((row) => chain(row));
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
      if (group.begun !== undefined && group.begun <= wave) atMost(-1, [-1, begun]);
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
