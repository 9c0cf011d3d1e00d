import { type DelimitedTable, readDelimited } from '../scanners/inventory/delimited.ts';
import type { IsKnownHeader } from '../scanners/inventory/table.ts';
import type { EditableText } from './editable-text.ts';

type Cells = ReadonlyMap<string, string>;

/**
 * Appends rows to a CSV or TSV text, with its own columns, delimiter, quotes and line ends.
 * @returns the new bytes and the appended text; undefined where the text cannot be added to safely
 */
export function addCsvRows(
  editable: EditableText,
  rows: readonly Cells[],
  file: string,
  isKnown: IsKnownHeader,
): { readonly bytes: Uint8Array; readonly inserted: string } | undefined {
  const { text, lineEnd } = editable;
  const before = readDelimited(text, file, isKnown);
  if (before.header.length === 0 || before.broken.length > 0) return undefined;
  const quoting = findQuoting(text, before);
  const safe = rows.map((row) => new Map([...row].map(([header, cell]) => [header, toSafe(cell)])));
  const lines = safe.map((row) => writeRow(row, before, quoting));
  const isOpen = text !== '' && !/[\r\n]$/.test(text);
  const inserted = isOpen
    ? lines.map((line) => `${lineEnd}${line}`).join('')
    : lines.map((line) => `${line}${lineEnd}`).join('');
  const after = readDelimited(text + inserted, file, isKnown);
  if (!isAsExpected(before, after, safe)) return undefined;
  return { bytes: editable.insert(text.length, inserted), inserted };
}

/** What a spreadsheet would take for a formula is shown as text, and a cell stays on its line. */
function toSafe(cell: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const line = cell.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

interface Quoting {
  readonly filled: boolean;
  readonly empty: boolean;
}

/** Whether the last row of the file quotes its cells without need. */
function findQuoting(text: string, { delimiter }: DelimitedTable): Quoting {
  const last =
    text
      .trimEnd()
      .split(/[\r\n]+/)
      .at(-1) ?? '';
  const cells = last.split(delimiter).map((cell) => cell.trim());
  const filled = cells.filter((cell) => cell !== '' && cell !== '""');
  return {
    filled: filled.length > 0 && filled.every((cell) => cell.startsWith('"') || cell.endsWith('"')),
    empty: cells.includes('""') && !cells.includes(''),
  };
}

function writeRow(row: Cells, { header, delimiter }: DelimitedTable, quoting: Quoting): string {
  const seen = new Set<string>();
  return header
    .map((name) => {
      const cell = seen.has(name) ? '' : (row.get(name) ?? '');
      seen.add(name);
      if (cell === '') return quoting.empty ? '""' : '';
      const isNeeded = cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell);
      return quoting.filled || isNeeded ? `"${cell.replaceAll('"', '""')}"` : cell;
    })
    .join(delimiter);
}

function isAsExpected(
  before: DelimitedTable,
  after: DelimitedTable,
  added: readonly Cells[],
): boolean {
  const toText = (cells: Cells): string =>
    JSON.stringify([...cells].filter(([header, cell]) => header !== '' && cell !== '').sort());
  const expected = [...before.rows.map(({ cells }) => cells), ...added].map(toText);
  return (
    after.broken.length === 0 &&
    after.rows.every(({ flaw }, index) => flaw === before.rows[index]?.flaw) &&
    JSON.stringify(after.rows.map(({ cells }) => toText(cells))) === JSON.stringify(expected)
  );
}
