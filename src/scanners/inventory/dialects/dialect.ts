import type { Place } from '../../../errors.ts';
import type { Column } from '../columns.ts';
import type { Row, Table } from '../table.ts';

/** What becomes of a row of an export. */
export type Translation =
  | {
      readonly kind: 'row';
      /** By the project's own columns. */
      readonly row: Row;
      /** It says that one system needs the other, and nothing of data. */
      readonly isDependence: boolean;
    }
  | { readonly kind: 'skipped'; readonly place: Place; readonly reason: string }
  /** It was understood, and is neither a system nor a link. */
  | { readonly kind: 'left out'; readonly what: string };

/** The export of one tool: how its tables are told from others, and what their rows say. */
export interface Dialect {
  readonly name: string;
  /** @param headers of the table, folded; @param raw as the file writes them */
  recognises(headers: ReadonlySet<string>, raw: ReadonlySet<string>, table: Table): boolean;
  /** Reads all tables of a source together, for they name each other's rows. */
  translate(tables: readonly Table[]): Iterable<Translation>;
}

type Cells = Partial<Readonly<Record<Column, string | readonly string[] | undefined>>>;

/** A row by the project's own columns; empty cells are absent. */
export function toRow(place: Place, cells: Cells, isDependence = false): Translation {
  const filled = Object.entries(cells).flatMap(([column, cell]): (readonly [string, string])[] => {
    const text = typeof cell === 'string' ? cell.trim() : (cell ?? []).join('; ');
    return text === '' ? [] : [[column, text]];
  });
  return { kind: 'row', row: { cells: new Map(filled), place }, isDependence };
}

/** A link from a row that names both ends; one end of several systems is not cut at a `;`. */
export function toLink(place: Place, from: string, to: string, cells: Cells = {}): Translation {
  return toRow(place, { ...cells, from, to });
}

/** One system needs the other. */
export function toDependence(
  place: Place,
  from: string,
  to: string,
  cells: Cells = {},
): Translation {
  return toRow(place, { ...cells, from, to }, true);
}
