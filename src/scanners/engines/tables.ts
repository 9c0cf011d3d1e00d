import { ConfigError } from '../../errors.ts';
import type { ScanContext } from '../scanner.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Dialect } from './sql/dialect.ts';

/** What lies in an object store or behind an address is none of the files of this machine. */
const remote = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Whether a pattern of a DuckDB source names files of this machine. */
export function isFileOfData(pattern: string): boolean {
  return !remote.test(pattern);
}

/** Whether a reader takes a folder as one table, whose own files name others. */
export function isLakeTable(reader: EngineOptions<'duckdb'>['reader']): boolean {
  return reader === 'iceberg' || reader === 'delta';
}

/** What a DuckDB source reads: addresses as they are written, files of this machine with their whole path. */
export function filesOfData({
  files,
  paths,
  patterns,
}: Pick<ScanContext, 'files' | 'paths' | 'patterns'>): string[] {
  const remote = patterns.filter((pattern) => !isFileOfData(pattern));
  const local = paths.length > 0 ? paths.map(asPattern) : patterns.filter(isFileOfData);
  const below = files.root === undefined ? '' : `${files.root}/`;
  return [...remote, ...local.map((file) => `${below}${file}`)];
}

/** A name as DuckDB takes it, to which each is a pattern. */
function asPattern(file: string): string {
  return file.replace(/[*?[]/g, '[$&]');
}

/**
 * The only files that the query of a source needs. Undefined where some lie elsewhere, or are tables
 * whose own files name others.
 */
export function knownFiles(
  { reader }: Pick<EngineOptions<'duckdb'>, 'reader'>,
  context: Pick<ScanContext, 'files' | 'paths' | 'patterns'>,
): string[] | undefined {
  const { files, paths, patterns } = context;
  if (isLakeTable(reader) || !patterns.every(isFileOfData)) return undefined;
  return paths.flatMap((file) => [file, asPattern(file)].map((each) => `${files.root}/${each}`));
}

/** A table by its name, whose parts have dots between them. @throws ConfigError */
export function writeTable(patterns: readonly string[], sql: Dialect): string {
  const [name = '', ...more] = patterns;
  const parts = name.split('.');
  if (
    more.length > 0 ||
    !parts.every((part) => /^[^\0\s()'"`;]{1,200}$/.test(part)) ||
    parts.length > 3
  )
    throw new ConfigError(
      `"${patterns.join(', ').slice(0, 200)}" is no table: write one name such as access_log or logs.access_log`,
    );
  return parts.map((part) => sql.identifier(part)).join('.');
}

const readers = {
  parquet: 'read_parquet',
  csv: 'read_csv',
  json: 'read_json',
  iceberg: 'iceberg_scan',
  delta: 'delta_scan',
} as const;

type Reader = keyof typeof readers;

/** Files of data as DuckDB reads them. @param files absolute paths, or addresses @throws ConfigError */
export function writeFiles(
  files: readonly string[],
  reader: EngineOptions<'duckdb'>['reader'],
  sql: Dialect,
): string {
  const chosen = reader ?? readerOf(files);
  const names = files.map((file) => sql.text(file));
  if (isLakeTable(chosen)) {
    if (names.length !== 1)
      throw new ConfigError(`an ${chosen} table is one folder; write one entry for each`);
    return `${readers[chosen]}(${names[0]})`;
  }
  return `${readers[chosen]}([${names.join(', ')}], union_by_name = true)`;
}

/** The reader that all files' names ask for. @throws ConfigError */
function readerOf(files: readonly string[]): Reader {
  const found = new Set(files.map(readerOfName));
  const [reader, other] = found;
  if (reader === undefined || other !== undefined)
    throw new ConfigError(
      'names files that are read in several ways, or in none that is known; set "reader: parquet", csv, json, iceberg or delta',
    );
  return reader;
}

function readerOfName(file: string): Reader | undefined {
  const name = file.toLowerCase().replace(/\.(?:gz|zst)$/, '');
  if (name.endsWith('.parquet')) return 'parquet';
  if (/\.(?:csv|tsv)$/.test(name)) return 'csv';
  return /\.(?:json|jsonl|ndjson)$/.test(name) ? 'json' : undefined;
}
