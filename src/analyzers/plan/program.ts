/** A mixed-integer program by its rows: each keeps a sum of columns below a bound. Columns are 0 to 1. */
export interface Program {
  /** To be maximised. */
  readonly worth: readonly number[];
  readonly isWhole: readonly boolean[];
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
  atMost(limit: number, ...terms: readonly Term[]): void;
  readonly program: Program;
}

export function openProgram(): ProgramWriter {
  const worth: number[] = [];
  const isWhole: boolean[] = [];
  const rows: Row[] = [];
  const add = (value: number, whole: boolean): number => {
    worth.push(value);
    isWhole.push(whole);
    return worth.length - 1;
  };
  return {
    part: (value) => add(value, false),
    whole: (value) => add(value, true),
    atMost: (limit, ...terms) => {
      rows.push({
        columns: terms.map(([, column]) => column),
        factors: terms.map(([factor]) => factor),
        atMost: limit,
      });
    },
    program: { worth, isWhole, rows },
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
