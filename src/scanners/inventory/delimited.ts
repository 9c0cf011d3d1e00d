import { CsvError, parse } from 'csv-parse/sync';
import type { Place } from '../../errors.ts';
import { toTable } from './make-table.ts';
import type { Broken, HeadedTable, IsKnownHeader } from './table.ts';

/** A delimited table as its file writes it. */
export interface DelimitedTable extends HeadedTable {
  readonly delimiter: string;
}

/** Reads the table of a CSV or TSV text. */
export function readDelimited(text: string, file: string, isKnown: IsKnownHeader): DelimitedTable {
  const records: { cells: string[]; place: Place }[] = [];
  const broken: Broken[] = [];
  let end = 0;
  // One kind of line end, because the parser counts a CRLF inside quotes as two lines.
  const whole = text.replace(/\r\n?/g, '\n');
  // Excel writes and heeds a first line that says which delimiter follows.
  const told = /^\uFEFF?sep=([^\n])(?=\n)/i.exec(whole);
  const lines = told ? whole.slice(told[0].length) : whole;
  const quote = findQuote(lines);
  const delimiter = told?.[1] ?? findDelimiter(lines, quote, isKnown);
  try {
    parse(lines, {
      bom: true,
      delimiter,
      quote,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1_000_000,
      on_record: (cells: string[], context) => {
        // The parser names the line a record ends on; people look for the line it begins on.
        const within = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        const line = context.lines - within;
        records.push({ cells, place: { file, line, column: 1 } });
        end = context.lines;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser stops at the end of the file; what it could not read begins behind the last record.
    const line =
      error.code === 'CSV_QUOTE_NOT_CLOSED' ? end + 1 : Number(error['lines'] ?? end + 1);
    const reason =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quoted cell opens here and is never closed; close the quote'
        : error.message;
    // Every line from there on is lost, and all of them count against `minParsed`.
    const lost = lines
      .split('\n')
      .slice(line - 1)
      .filter((row) => row.trim() !== '').length;
    broken.push({ place: { file, line, column: 1 }, reason, count: Math.max(1, lost) });
  }
  return { ...toTable('', records, broken, isKnown, findSurplus), delimiter };
}

/** A comma that nobody quoted shifts every cell behind it. */
function findSurplus(header: readonly string[], cells: readonly string[]): string | undefined {
  return cells.slice(header.length).some((cell) => cell !== '')
    ? `the row has ${cells.length} cells under ${header.length} headers; quote what holds the delimiter`
    : undefined;
}

const delimiters = [',', ';', '\t', '|'];
const sampleCharacters = 20_000;
const sampleRecords = 40;

/** Single quotes count where every cell of the first line with a delimiter stands in them. */
function findQuote(text: string): string {
  const first = text.slice(0, sampleCharacters).split('\n', 30);
  const isSingle = first.some((line) => /^'[^'"]*'(?:[,;\t|]'[^'"]*')+$/.test(line.trim()));
  return isSingle && !first.some((line) => line.includes('"')) ? "'" : '"';
}

/**
 * The delimiter that finds the most known headers in one row, then the one that cuts the most rows
 * into equally many cells, then into the most cells.
 */
function findDelimiter(text: string, quote: string, isKnown: IsKnownHeader): string {
  const sample = text.slice(0, sampleCharacters);
  const scores = delimiters.map((delimiter) => {
    const rows = cutSample(sample, delimiter, quote).filter(([first = '']) => !/^#./.test(first));
    const known = Math.max(0, ...rows.map((row) => row.filter((cell) => isKnown(cell)).length));
    const widths = new Map<number, number>();
    for (const { length } of rows)
      if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
    const [width, alike] = [...widths].reduce((best, next) => (next[1] > best[1] ? next : best), [
      0, 0,
    ] as [number, number]);
    return [known >= 2 ? known : 0, alike, width] as const;
  });
  const best = scores.reduce((found, score, index) => {
    const other = scores[found] ?? score;
    const differing = score.findIndex((value, at) => value !== other[at]);
    return differing >= 0 && (score[differing] ?? 0) > (other[differing] ?? 0) ? index : found;
  }, 0);
  return delimiters[best] ?? ',';
}

/** The first records as a delimiter would cut them; delimiters and line ends in quotes cut nothing. */
function cutSample(sample: string, delimiter: string, quote: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of sample) {
    if (character === quote && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (isQuoted || (character !== delimiter && character !== '\n')) cell += character;
    else {
      row.push(cell.trim());
      cell = '';
      if (character === delimiter) continue;
      if (row.some((text) => text !== '')) rows.push(row);
      row = [];
      if (rows.length >= sampleRecords) return rows;
    }
  }
  rows.push([...row, cell.trim()]);
  return rows.filter((cells) => cells.some((text) => text !== ''));
}
