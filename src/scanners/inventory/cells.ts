import { didYouMean, type Place } from '../../errors.ts';
import { redact } from '../../redact.ts';
import type { CoverageCounter } from '../coverage.ts';
import type { Column } from './columns.ts';
import { readDate } from './dates.ts';
import type { Row } from './table.ts';
import { findValue } from './value-words.ts';

/** Reads the cells of one row by the project's own column names. Blank cells are absent. */
export interface CellReader {
  readonly place: Place;
  has(column: Column): boolean;
  text(column: Column): string | undefined;
  /** A cell with several values, separated by `;`, `|` or a line break. */
  list(column: Column): string[];
  /** A date as `YYYY-MM-DD`; anything else is noted as a flaw. */
  date(column: Column): string | undefined;
  /** One of the given values, case and blanks aside; anything else is noted as a flaw. */
  oneOf<T extends string>(column: Column, values: readonly T[]): T | undefined;
}

/** Words for nothing in the languages of the headers; what they say of a kind or a yes is looked at first. */
const blank =
  /^(?:n\/?a|null|none|unknown|tbd|tbc|-+|\?+|k\.? ?a\.?|unbekannt|keine?r?|inconnue?|aucune?|néant|desconocid[oa]|ningun[oa]|bilinmiyor|yok|ukjent|ingen)$/iu;

/**
 * Wraps a row.
 * @param columns header → column, as the headers of its table are understood
 */
export function toCellReader(
  row: Row,
  columns: ReadonlyMap<string, Column>,
  coverage: CoverageCounter,
): CellReader {
  const cells = new Map<Column, string>();
  for (const [header, cell] of row.cells) {
    const column = columns.get(header);
    if (column === undefined || cell === '' || cells.has(column) || isBlank(cell, column)) continue;
    cells.set(column, redact(cell));
  }
  const known = new Set(columns.values());
  return {
    place: row.place,
    has: (column) => known.has(column),
    text: (column) => cells.get(column),
    list: (column) => splitCell(cells.get(column) ?? ''),
    oneOf(column, values) {
      const cell = cells.get(column);
      if (cell === undefined) return undefined;
      const folded = cell.toLowerCase().replace(/[\s_]+/g, '-');
      const said = findValue(column, cell);
      const found = values.find((value) => value === folded || value === said);
      if (found === undefined) {
        coverage.flaw(
          row.place,
          `${column} "${cell}" is none of ${values.join(', ')}.${didYouMean(folded, values)}`,
        );
      }
      return found;
    },
    date(column) {
      const cell = cells.get(column);
      const date = cell === undefined ? undefined : readDate(cell);
      if (cell !== undefined && date === undefined)
        coverage.flaw(row.place, `${column} "${cell}" is no date; write it as 2026-03-31`);
      return date;
    },
  };
}

/** People write many words for nothing; only as a kind of system does `unknown` say something. */
function isBlank(cell: string, column: Column): boolean {
  return blank.test(cell) && !(column === 'kind' && cell.toLowerCase() === 'unknown');
}

function splitCell(cell: string): string[] {
  return cell
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
