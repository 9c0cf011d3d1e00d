import { CsvError, parse } from 'csv-parse/sync';
import { InputError, type Place } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { parseYaml } from '../../yaml.ts';
import { checkWorkbook } from './workbook.ts';

/** One row as the file has it: headers and cells, and where it stands. */
export interface Row {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
  /** What is odd about the row although it can be used. */
  readonly flaw?: string;
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
}

/** Whether a header is one that the reader of the rows understands. */
export type IsKnownHeader = (header: string) => boolean;

/**
 * Reads the tables of one inventory file by its extension.
 * @throws InputError if the file is no table at all
 */
export async function readTables(
  files: Files,
  file: string,
  isKnown: IsKnownHeader,
): Promise<Table[]> {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'csv':
    case 'tsv':
    case 'txt':
      return [readDelimited(await files.text(file), file, isKnown)];
    case 'xlsx':
      return readSheets(await files.bytes(file), file, isKnown);
    case 'yaml':
    case 'yml':
    case 'json':
      return readLists(await files.text(file), file);
    default:
      throw new InputError(
        `${file}:1:1: an inventory is a .csv, .tsv, .xlsx, .yaml or .json file; save it as one of these.`,
      );
  }
}

/** A delimited table as its file writes it. */
export interface DelimitedTable extends Table {
  readonly delimiter: string;
  readonly header: readonly string[];
}

/** Reads the table of a CSV or TSV text. */
export function readDelimited(text: string, file: string, isKnown: IsKnownHeader): DelimitedTable {
  const records: { record: string[]; line: number }[] = [];
  const broken: Broken[] = [];
  let end = 0;
  // One kind of line end, because the parser counts a CRLF inside quotes as two lines.
  const lines = text.replace(/\r\n?/g, '\n');
  const delimiter = findDelimiter(lines);
  try {
    parse(lines, {
      bom: true,
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1_000_000,
      on_record: (record: string[], context) => {
        // The parser names the line a record ends on; people look for the line it begins on.
        const within = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        records.push({ record, line: context.lines - within });
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
    const lost = text
      .split(/\r\n?|\n/)
      .slice(line - 1)
      .filter((row) => row.trim() !== '').length;
    broken.push({ place: { file, line, column: 1 }, reason, count: Math.max(1, lost) });
  }
  const at = findHeader(
    records.map(({ record }) => record),
    isKnown,
  );
  const header = records[at]?.record ?? [];
  const rows = records
    .slice(at + 1)
    .filter(({ record }) => record.some((cell) => cell !== '') && !isComment(record))
    .map(({ record, line }) => ({
      cells: toCells(header, record),
      place: { file, line, column: 1 },
      ...findSurplus(header, record),
    }));
  return { title: '', rows, broken, delimiter, header };
}

function isComment(record: readonly string[]): boolean {
  return record[0]?.startsWith('#') ?? false;
}

/** A comma that nobody quoted shifts every cell behind it. */
function findSurplus(header: readonly string[], record: readonly string[]): { flaw?: string } {
  const surplus = record.slice(header.length).some((cell) => cell !== '');
  return surplus
    ? {
        flaw: `the row has ${record.length} cells under ${header.length} headers; quote what holds the delimiter`,
      }
    : {};
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
  if (known >= 0) return known;
  const wide = first.findIndex((row) => candidate(row) && filled(row) >= 2);
  return wide >= 0
    ? wide
    : Math.max(
        0,
        first.findIndex((row) => candidate(row) && filled(row) > 0),
      );
}

/** The delimiter that cuts the first line into the most cells. */
function findDelimiter(text: string): string {
  const first =
    text
      .slice(0, 10_000)
      .split('\n')
      .find((line) => line.trim() !== '' && !line.startsWith('# ')) ?? '';
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

async function readSheets(
  bytes: Uint8Array,
  file: string,
  isKnown: IsKnownHeader,
): Promise<Table[]> {
  checkWorkbook(bytes, file);
  const { default: readWorkbook } = await import('read-excel-file/node');
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    sheets = (await readWorkbook(Buffer.from(bytes))) as typeof sheets;
  } catch (error) {
    throw new InputError(
      `${file}:1:1: is no Excel workbook that can be read; open it and save it again as .xlsx.`,
      { cause: error },
    );
  }
  return sheets.map(({ sheet, data }) => {
    const records = data.map((row) => row.map(toText));
    const at = findHeader(records, isKnown);
    const header = records[at] ?? [];
    const rows = records
      .map((record, index) => ({ record, index }))
      .filter(({ record, index }) => index > at && record.some((cell) => cell !== ''))
      .map(({ record, index }) => ({
        cells: toCells(header, record),
        // Rows of several sheets have the same numbers.
        place: { file: `${file}#${sheet}`, line: index + 1, column: 1 },
      }));
    return { title: sheet, rows, broken: [] };
  });
}

function readLists(text: string, file: string): Table[] {
  const yaml = parseYaml(text, file);
  const value = yaml.value ?? {};
  const lists: [string, unknown][] = Array.isArray(value)
    ? [['', value]]
    : Object.entries(value as Record<string, unknown>).filter(([, list]) => Array.isArray(list));
  if (typeof value !== 'object' || (lists.length === 0 && Object.keys(value).length > 0)) {
    throw new InputError(
      `${file}:1:1: expected a list of rows, or "systems:" and "links:" with one each.`,
    );
  }
  return lists.map(([title, list]) => {
    const rows: Row[] = [];
    const broken: Broken[] = [];
    (list as unknown[]).forEach((item, index) => {
      const place = yaml.placeOf(title === '' ? [index] : [title, index]);
      if (item === null || typeof item !== 'object' || Array.isArray(item)) {
        broken.push({ place, reason: 'expected a row of "key: value" pairs', count: 1 });
      } else {
        rows.push({ cells: toCellTexts(item), place });
      }
    });
    return { title, rows, broken };
  });
}

function toCells(header: readonly string[], record: readonly string[]): Map<string, string> {
  const cells = new Map<string, string>();
  header.forEach((name, index) => {
    // Where a header stands twice, the first cell with a value counts.
    if (name !== '' && !cells.get(name)) cells.set(name, record[index] ?? '');
  });
  return cells;
}

/** The cells of a row that is written as a mapping. */
export function toCellTexts(row: object): Map<string, string> {
  return new Map(Object.entries(row).map(([key, cell]) => [key, toText(cell)] as const));
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(toText).join('; ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value).trim();
}
