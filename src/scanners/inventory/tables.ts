import { CsvError, parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { InputError, type Place } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { parseYaml } from '../../yaml.ts';

/** One row as the file has it: headers and cells, and where it stands. */
export interface Row {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
}

/** Rows under one header: a CSV file, one sheet of a workbook, one list of a YAML file. */
export interface Table {
  /** What the file itself calls the rows, e.g. the sheet or the YAML key. */
  readonly title: string;
  readonly rows: readonly Row[];
  /** Rows that could not be read at all. */
  readonly broken: readonly { readonly place: Place; readonly reason: string }[];
}

/**
 * Reads the tables of one inventory file by its extension.
 * @throws InputError if the file is no table at all
 */
export async function readTables(files: Files, file: string): Promise<Table[]> {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'csv':
    case 'tsv':
    case 'txt':
      return [readDelimited(await files.text(file), file)];
    case 'xlsx':
      return readSheets(await files.bytes(file), file);
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

function readDelimited(text: string, file: string): Table {
  const records: { record: string[]; line: number }[] = [];
  const broken: { place: Place; reason: string }[] = [];
  try {
    // One kind of line end, because the parser counts a CRLF inside quotes as two lines.
    const lines = text.replace(/\r\n?/g, '\n');
    parse(lines, {
      bom: true,
      delimiter: findDelimiter(lines),
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
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 1);
    const reason =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quoted cell opens here and is never closed; close the quote'
        : error.message;
    broken.push({ place: { file, line, column: 1 }, reason });
  }
  const [header, ...body] = records;
  const rows = body
    .filter(({ record }) => record.some((cell) => cell !== '') && !record[0]?.startsWith('#'))
    .map(({ record, line }) => ({
      cells: toCells(header?.record ?? [], record),
      place: { file, line, column: 1 },
    }));
  return { title: '', rows, broken };
}

/** The delimiter that cuts the first line into the most cells. */
function findDelimiter(text: string): string {
  const first =
    text
      .slice(0, 10_000)
      .split('\n')
      .find((line) => line.trim() !== '') ?? '';
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

async function readSheets(bytes: Uint8Array, file: string): Promise<Table[]> {
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
    // Titles and logos stand above many a header: it is the first row with two cells or more.
    const at = data.findIndex((row) => row.filter((cell) => toText(cell) !== '').length >= 2);
    const header = (data[at] ?? []).map(toText);
    const rows = data
      .map((row, index) => ({ row: row.map(toText), index }))
      .filter(({ row, index }) => at >= 0 && index > at && row.some((cell) => cell !== ''))
      .map(({ row, index }) => ({
        cells: toCells(header, row),
        place: { file, line: index + 1, column: 1 },
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
    const broken: { place: Place; reason: string }[] = [];
    (list as unknown[]).forEach((item, index) => {
      const place = yaml.placeOf(title === '' ? [index] : [title, index]);
      if (item === null || typeof item !== 'object' || Array.isArray(item)) {
        broken.push({ place, reason: 'expected a row of "key: value" pairs' });
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
    if (name !== '') cells.set(name, record[index] ?? '');
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
