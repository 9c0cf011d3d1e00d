import { formatPlace, InputError } from '../../errors.ts';
import type { Evidence } from '../../evidence.ts';
import { identityOf, toCalleeFinder } from '../gateway/callees.ts';
import { newLoggedDays } from '../gateway/logged-days.ts';
import { expectMappedSystems, tellFolded, toRoutes } from '../gateway/mapping.ts';
import { openProxyConfigs } from '../gateway/proxy-configs.ts';
import { toConnections } from '../gateway/to-connections.ts';
import { CallMerger } from '../gateway/traffic/merge-calls.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { askEngine } from './ask-engine.ts';
import { type EngineName, type EngineOptions, optionsOf } from './engine-options.ts';
import { readRow } from './read-row.ts';
import { readSavedRows, type SavedRow } from './saved-result.ts';
import type { Dialect } from './sql/dialect.ts';
import { filesOfData, isFileOfData, isLakeTable, writeFiles, writeTable } from './tables.ts';
import { openTaking, type RowTotals } from './take-rows.ts';
import { type WrittenQuery, writeQuery } from './write-query.ts';

type Given = EngineOptions<EngineName>;

/** The scanner of a gateway log that an analytical engine holds, and is asked for its groups of calls. */
export function engineScanner(engine: unknown): Scanner {
  return { name: 'gateway', options: optionsOf(engine), isFile, scan } as Scanner;
}

/** Tables are no files; files of data are, where DuckDB is to read them and nobody saved its answer. */
function isFile(pattern: string, given: Given): boolean {
  return (
    given.engine === 'duckdb' &&
    given.result === undefined &&
    given.database === undefined &&
    !isLakeTable(given.reader) &&
    isFileOfData(pattern)
  );
}

/** The query of a source, and what finds the callees of its rows. @throws ConfigError */
export async function openQuery(
  given: Given,
  context: Pick<
    ScanContext,
    'coverage' | 'files' | 'paths' | 'patterns' | 'placeOf' | 'alsoRead' | 'today'
  >,
): Promise<{ readonly query: WrittenQuery; readonly finder: ReturnType<typeof toCalleeFinder> }> {
  const { configs } = await openProxyConfigs(given.config, context);
  const finder = toCalleeFinder(given.routes, configs, given.intermediary);
  const query = writeQuery(given.engine, given, {
    table: (sql) => toTable(given, context, sql),
    finder,
    keepPaths: configs.length > 0,
    today: context.today,
    placeOf: context.placeOf,
  });
  return { query, finder };
}

function toTable(
  given: Given,
  context: Pick<ScanContext, 'files' | 'paths' | 'patterns'>,
  sql: Dialect,
): string {
  return given.engine === 'duckdb' && given.database === undefined
    ? writeFiles(filesOfData(context), given.reader, sql)
    : writeTable(context.patterns, sql);
}

async function* scan(given: Given, context: ScanContext): AsyncIterable<Evidence> {
  context.coverage.unit = 'rows';
  expectMappedSystems(given, context);
  const { query, finder } = await openQuery(given, context);
  const merger = new CallMerger(finder.find, identityOf);
  const origin = given.result ?? `${context.patterns.join(', ')} (${given.engine})`;
  const { totals, take } = openTaking(merger, {
    callers: given.callers,
    namesUpstream: query.columns.has('upstream'),
    origin,
  });
  let rows = 0;
  for await (const [line, row] of openRows(given, query.sql, context)) {
    rows++;
    const read = readRow(row);
    if (typeof read === 'string')
      throw new InputError(
        `${origin}:${line}:1: ${read}; run the query that "landscape sql" prints.`,
      );
    if (rows > given.maxRows) throw tooMany(given, origin, context);
    take(read, line);
  }
  count(totals, query.days, origin, context);
  if (merger.folded > 0) tellFolded(merger.folded, context.placeOf('callers'), context.coverage);
  const logged = newLoggedDays();
  logged.add(origin, totals.first, totals.last);
  yield* toRoutes(given, logged.spans(), context);
  yield* toConnections(merger.groups(), given.intermediary, context);
}

/** The rows of the answer, in its order, and the line or number of each. */
async function* openRows(given: Given, sql: string, context: ScanContext): AsyncIterable<SavedRow> {
  if (given.result !== undefined) {
    context.alsoRead(given.result);
    yield* readSavedRows(given.result, context.files);
    return;
  }
  let line = 0;
  for await (const row of askEngine(given, sql, context)) yield [++line, row];
}

function tooMany(
  { maxRows }: Given,
  origin: string,
  { placeOf }: Pick<ScanContext, 'placeOf'>,
): InputError {
  return new InputError(
    `${formatPlace(placeOf('maxRows'))}: ${origin}: has more than ${maxRows} groups of caller, callee and route, as "maxRows" allows; ask for fewer days, leave out what is no integration with "where", or raise it.`,
  );
}

function count(
  totals: Readonly<RowTotals>,
  [from, to]: WrittenQuery['days'],
  origin: string,
  { coverage }: ScanContext,
): void {
  const place = { file: origin, line: 1, column: 1 };
  coverage.read(totals.rows - totals.other);
  if (totals.other > 0) coverage.skip(place, 'a status or time is none', totals.other);
  if (totals.rows === 0) {
    const window =
      from === undefined && to === undefined
        ? ''
        : ` from ${from ?? 'its begin'} to ${to ?? 'its end'}`;
    coverage.flaw(place, `has no row${window}; see whether that is meant`);
  }
  for (const time of [totals.first, totals.last])
    if (Number.isFinite(time)) coverage.seen(`${new Date(time).toISOString().slice(0, 19)}Z`);
  coverage.leaveOut('health checks', totals.healthChecks);
  coverage.leaveOut('answered by the gateway itself', totals.answeredItself);
}
