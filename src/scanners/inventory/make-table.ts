import { findMatrix } from './matrix.ts';
import type { Broken, HeadedTable, IsKnownHeader, TableRecord } from './table.ts';

/**
 * Makes a table of records: finds the header, and what stands below it.
 * @param findFlaw what is odd about a row although it can be used
 */
export function toTable(
  title: string,
  records: readonly TableRecord[],
  broken: readonly Broken[],
  isKnown: IsKnownHeader,
  findFlaw: (header: readonly string[], cells: readonly string[]) => string | undefined = () =>
    undefined,
): HeadedTable {
  const at = findHeader(
    records.map(({ cells }) => cells),
    isKnown,
  );
  const header = records[at]?.cells ?? [];
  const below = records
    .slice(at + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== '') && !isComment(cells));
  const matrix = findMatrix(header, below, isKnown);
  if (matrix) return { title, rows: [], broken, header, matrix };
  const rows = below.map(({ cells, place }) => {
    const flaw = findFlaw(header, cells);
    return { cells: toCells(header, cells), place, ...(flaw === undefined ? {} : { flaw }) };
  });
  return { title, rows, broken, header };
}

function isComment(cells: readonly string[]): boolean {
  return cells[0]?.startsWith('#') ?? false;
}

const searchedRows = 30;

/**
 * Titles, dates and logos stand above many a header: it is the first row with two headers that are
 * known, else the first row with two cells or more, else the first row.
 */
function findHeader(rows: readonly (readonly string[])[], isKnown: IsKnownHeader): number {
  const first = rows.slice(0, searchedRows);
  const filled = (row: readonly string[]): number => row.filter((cell) => cell !== '').length;
  // `#` alone may head a column of numbers, `# text` is a comment.
  const candidate = (row: readonly string[]): boolean => !/^#./.test(row[0] ?? '');
  const known = first.findIndex((row) => candidate(row) && row.filter(isKnown).length >= 2);
  const wide = first.findIndex((row) => candidate(row) && filled(row) >= 2);
  if (known >= 0) return known;
  return wide >= 0
    ? wide
    : Math.max(
        0,
        first.findIndex((row) => candidate(row) && filled(row) > 0),
      );
}

function toCells(header: readonly string[], record: readonly string[]): Map<string, string> {
  const cells = new Map<string, string>();
  header.forEach((name, index) => {
    // Where a header stands twice, the first cell with a value counts.
    if (name !== '' && !cells.get(name)) cells.set(name, record[index] ?? '');
  });
  return cells;
}
