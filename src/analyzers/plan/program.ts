/** A mixed-integer program by its rows: each keeps a sum of columns below a bound. Columns are 0 to 1. */
export interface Program {
  /** To be maximised. */
  readonly worth: readonly number[];
  readonly isWhole: readonly boolean[];
  /** Columns that rise: none is more than the next. */
  readonly chains: Grid;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly columns: readonly number[];
  readonly factors: readonly number[];
  readonly atMost: number;
}

export type Term = readonly [factor: number, column: number];

/** Columns of one variable, `[place][wave]`: 1 from the wave on in which it happens. */
export type Grid = readonly (readonly number[])[];

/** A program that is being written. */
export interface ProgramWriter {
  /** A column between 0 and 1. */
  part(worth: number): number;
  /** A column that is 0 or 1. */
  whole(worth: number): number;
  /** Columns that are 0 or 1 and rise; worth is told for the place of the first that is 1. */
  chain(worth: readonly number[]): readonly number[];
  atMost(limit: number, ...terms: readonly Term[]): void;
  readonly program: Program;
}

export function openProgram(): ProgramWriter {
  const worth: number[] = [];
  const isWhole: boolean[] = [];
  const chains: (readonly number[])[] = [];
  const rows: Row[] = [];
  const add = (value: number, whole: boolean): number => {
    worth.push(value);
    isWhole.push(whole);
    return worth.length - 1;
  };
  return {
    part: (value) => add(value, false),
    whole: (value) => add(value, true),
    chain: (values) => {
      const columns = values.map((value, at) => add(value - (values[at + 1] ?? 0), true));
      chains.push(columns);
      return columns;
    },
    atMost: (limit, ...terms) => {
      rows.push(toRow(limit, ...terms));
    },
    program: { worth, isWhole, chains, rows },
  };
}

/** A row that keeps a sum below a limit. */
export function toRow(limit: number, ...terms: readonly Term[]): Row {
  return {
    columns: terms.map(([, column]) => column),
    factors: terms.map(([factor]) => factor),
    atMost: limit,
  };
}

/** The column of a place in a wave. */
export function cell(grid: Grid, place: number, wave: number): number {
  const column = grid[place]?.[wave];
  if (column === undefined) throw new RangeError(`no column for ${place} in wave ${wave}`);
  return column;
}

/** What happens in this very wave: by it, less by the wave before. */
export function inWave(grid: Grid, place: number, wave: number, factor: number): Term[] {
  const now: Term = [factor, cell(grid, place, wave)];
  return wave === 0 ? [now] : [now, [-factor, cell(grid, place, wave - 1)]];
}
