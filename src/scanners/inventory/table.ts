import type { Place } from '../../errors.ts';

/** One row as the file has it: headers and cells, and where it stands. */
export interface Row {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
  /** What is odd about the row although it can be used. */
  readonly flaw?: string;
  /** What the cells are made of, where the file nests values. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What could not be read as rows, and about how many rows that is. */
export interface Broken {
  readonly place: Place;
  readonly reason: string;
  readonly count: number;
}

/** Rows under one header: a CSV file, one sheet of a workbook, one list of a YAML file. */
export interface Table {
  /** What the file itself calls the rows, e.g. the sheet or the YAML key. */
  readonly title: string;
  readonly rows: readonly Row[];
  /** Rows that could not be read at all. */
  readonly broken: readonly Broken[];
  /** Systems along both sides in place of rows. */
  readonly matrix?: Matrix;
}

/** Whether a header is one that the reader of the rows understands. */
export type IsKnownHeader = (header: string) => boolean;

/** A line of cells, and where it stands. */
export interface TableRecord {
  readonly cells: readonly string[];
  readonly place: Place;
}

/** A table whose header is one of its first records. */
export interface HeadedTable extends Table {
  readonly header: readonly string[];
}

/** A table with systems along both sides: what stands in a cell is exchanged by the two. */
export interface Matrix {
  /** Where the names of the rows stand. */
  readonly labels: number;
  readonly header: readonly string[];
  /** The cells that stand below the name of a system. */
  readonly targets: readonly number[];
  readonly records: readonly TableRecord[];
}
