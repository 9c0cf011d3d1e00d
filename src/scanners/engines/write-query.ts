import { ConfigError, formatPlace, type Place } from '../../errors.ts';
import type { CalleeFinder } from '../gateway/callees.ts';
import type { Role } from '../gateway/log-format.ts';
import { startsOfAgents } from '../gateway/traffic/caller-rules.ts';
import type { EngineName, QueryOptions } from './engine-options.ts';
import { toCallQuery } from './sql/call-query.ts';
import { clickhouseDialect } from './sql/clickhouse.ts';
import type { Dialect } from './sql/dialect.ts';
import { duckdbDialect } from './sql/duckdb.ts';
import { trinoDialect } from './sql/trino.ts';
import { isClosed, readTableColumns, type TableColumn } from './table-columns.ts';

/** The SQL of each engine. */
export const dialects: Readonly<Record<EngineName, Dialect>> = {
  clickhouse: clickhouseDialect,
  trino: trinoDialect,
  duckdb: duckdbDialect,
};

/** What a query is written by, beside the options of its source. */
export interface QueryGround {
  /** Writes the table for `FROM`. @throws ConfigError without a place */
  table(sql: Dialect): string;
  readonly finder: Pick<CalleeFinder, 'byHost' | 'literalSegments'>;
  readonly keepPaths: boolean;
  /** The last day of `days`, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where the options stand. */
  placeOf(...path: readonly (string | number)[]): Place;
}

/** A query that is ready to be run. */
export interface WrittenQuery {
  readonly sql: string;
  readonly columns: ReadonlyMap<Role, TableColumn>;
  /** First and last day that are read, each undefined where there is no such bound. */
  readonly days: readonly [from: string | undefined, to: string | undefined];
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Writes the query of a source. @throws ConfigError with the place of what is wrong */
export function writeQuery(
  engine: EngineName,
  given: QueryOptions,
  ground: QueryGround,
): WrittenQuery {
  const sql = dialects[engine];
  const at = <T>(path: readonly string[], read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const place = formatPlace(ground.placeOf(...path));
      throw new ConfigError(
        error.message
          .split('\n')
          .map((line) => `${place}: ${line}.`)
          .join('\n'),
        { cause: error },
      );
    }
  };
  const columns = at(['columns'], () => readTableColumns(given.columns, sql));
  const days = at(['days'], () => toDays(given, ground.today));
  const where = [
    ...at(['from'], () => toWindow(days, columns, sql)),
    ...at(['partition'], () => toPartition(days, given.partition, sql)),
    ...at(['where'], () => toCondition(given.where)),
  ];
  const query = toCallQuery(
    {
      table: at(['gateway'], () => ground.table(sql)),
      columns,
      where,
      agents: columns.has('agent') ? startsOfAgents(given.callers).filter(holdsNoNul) : [],
      byHost: ground.finder.byHost,
      literalSegments: ground.finder.literalSegments,
      keepPaths: ground.keepPaths,
      // One more than is taken tells that there are too many.
      limit: given.maxRows + 1,
    },
    sql,
  );
  return { sql: sql.write(query), columns, days };
}

/** No header holds NUL, and no engine takes it within a statement. */
function holdsNoNul(text: string): boolean {
  return !text.includes('\0');
}

function toDays({ from, to, days }: QueryOptions, today: string): WrittenQuery['days'] {
  if (days === undefined) {
    if (from !== undefined && to !== undefined && from > to)
      throw new ConfigError(`"from" is ${from} and "to" is ${to}: turn them round`);
    return [from, to];
  }
  if (from !== undefined || to !== undefined)
    throw new ConfigError('"days" counts back from today; leave it out, or "from" and "to"');
  return [dayAfter(today, 1 - days), today];
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** Conditions on the column itself, so that the engine can leave whole parts unread. */
function toWindow(
  [from, to]: WrittenQuery['days'],
  columns: ReadonlyMap<Role, TableColumn>,
  sql: Dialect,
): string[] {
  const time = columns.get('time');
  if (!time) return [];
  return [
    ...(from === undefined ? [] : [`${time.sql} >= ${sql.startOfDay(from, time.time)}`]),
    ...(to === undefined ? [] : [`${time.sql} < ${sql.startOfDay(dayAfter(to, 1), time.time)}`]),
  ];
}

function toPartition(
  [from, to]: WrittenQuery['days'],
  partition: string | undefined,
  sql: Dialect,
): string[] {
  if (partition === undefined) return [];
  if (from === undefined && to === undefined)
    throw new ConfigError(
      'without "from", "to" or "days" there is nothing to choose partitions by',
    );
  if (!holdsNoNul(partition)) throw new ConfigError('no column has NUL in its name');
  const column = sql.identifier(partition);
  return [
    ...(from === undefined ? [] : [`${column} >= ${sql.text(from)}`]),
    ...(to === undefined ? [] : [`${column} <= ${sql.text(to)}`]),
  ];
}

function toCondition(where: string | undefined): string[] {
  if (where === undefined) return [];
  if (!isClosed(where))
    throw new ConfigError(
      '"where": its quotes or parentheses do not close, or it holds ";", a comment or a backslash in quotes; write one condition',
    );
  return [`(${where})`];
}
