import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { BrokenFileError, InputError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import type { Row } from './engine.ts';

/** A file of Parquet is read from the end of the file, so it is held whole. */
const mostParquetBytes = 512 * 1024 * 1024;
/** One more than any source takes. */
const mostParquetRows = 2_000_001;
/** So is a list of JSON, which has no end before its last sign. */
const mostListCharacters = 64 * 1024 * 1024;
const mostLineCharacters = 1_000_000;

/** A row, and the line that holds it; where rows have no lines, which of them it is. */
export type SavedRow = readonly [line: number, row: Row];

/** Reads the rows of a result that was saved: CSV with names, JSON by lines or as one, Parquet. */
export async function* readSavedRows(file: string, files: Files): AsyncIterable<SavedRow> {
  const extension = /\.([a-z]+)(?:\.(?:gz|zst|bz2))?$/i.exec(file)?.[1]?.toLowerCase();
  try {
    if (extension === 'csv') yield* readCsv(file, files);
    else if (extension === 'jsonl' || extension === 'ndjson' || extension === 'json')
      yield* readJson(file, files);
    else if (extension === 'parquet') yield* readParquet(file, files);
    else
      throw new InputError(
        `${file}:1:1: a saved result is a .csv, .json, .jsonl or .parquet file; save it as one of these.`,
      );
  } catch (error) {
    if (error instanceof InputError && !(error instanceof BrokenFileError)) throw error;
    throw new InputError(
      `${file}:1:1: is no ${extension} that can be read to its end; save the result again.`,
      { cause: error },
    );
  }
}

async function* readCsv(file: string, files: Files): AsyncIterable<SavedRow> {
  const parser = parse({
    bom: true,
    columns: true,
    info: true,
    max_record_size: mostLineCharacters,
    // ClickHouse writes NULL so, and a text with quotes.
    cast: (value, { quoting }) => (value === '\\N' && !quoting ? '' : value),
  });
  const source = Readable.from(files.stream(file));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser)) yield [info.lines, record];
  } finally {
    source.destroy();
  }
}

/** One object a line, or one list of them, or an object that holds the list, as engines write both. */
async function* readJson(file: string, files: Files): AsyncIterable<SavedRow> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 0;
  let isLines: boolean | undefined;
  for await (const chunk of files.stream(file)) {
    rest += decoder.decode(chunk, { stream: true });
    isLines ??= firstLineIsObject(rest);
    if (!isLines) {
      if (rest.length > mostListCharacters) throw new Error('too large for one list');
      continue;
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line++;
      if (text.trim() !== '') yield [line, JSON.parse(text)];
    }
  }
  rest += decoder.decode();
  if (rest.trim() === '') return;
  if (isLines) yield [line + 1, JSON.parse(rest)];
  else yield* number(toList(JSON.parse(rest)));
}

function number(rows: readonly Row[]): SavedRow[] {
  return rows.map((row, index) => [index + 1, row]);
}

/** Undefined as long as no line has ended. */
function firstLineIsObject(text: string): boolean | undefined {
  const end = text.indexOf('\n');
  if (end < 0 && text.length < mostLineCharacters) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(0, end));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function toList(value: unknown): readonly Row[] {
  if (Array.isArray(value)) return value as Row[];
  const list = Object.values(value ?? {}).findLast(Array.isArray);
  // ClickHouse names the columns in a list before that of the rows.
  if (list) return list as Row[];
  return [value as Row];
}

async function* readParquet(file: string, files: Files): AsyncIterable<SavedRow> {
  const size = await files.size(file);
  if (size > mostParquetBytes)
    throw new InputError(`${file}:1:1: is larger than 512 MB; save fewer days, or as CSV.`);
  const bytes = await files.bytes(file);
  const { parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({
    file: copy as ArrayBuffer,
    compressors,
    rowEnd: mostParquetRows,
  });
  yield* number(rows as Row[]);
}
