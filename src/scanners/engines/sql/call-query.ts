import type { Role } from '../../gateway/log-format.ts';
import { callerSteps } from './caller-steps.ts';
import { choose, type Dialect, type GroupingQuery, type Step } from './dialect.ts';
import { figureSteps, firstFigures, secondFigures } from './figure-steps.ts';
import { targetSteps } from './target-steps.ts';
import { type CallQuery, stepName, type Writing } from './writing.ts';

/** The columns of the result that say whose calls a row counts. */
export const keyNames = [
  'outcome',
  'caller_kind',
  'caller',
  'agent',
  'callee_kind',
  'callee',
  'host',
  'template',
] as const;

/**
 * The query that groups the calls of a table as the reader of logs does: by who called, what a row
 * names as called, and the template of its path, with the counts of durations by bucket.
 */
export function toCallQuery(query: CallQuery, sql: Dialect): GroupingQuery {
  const none = sql.text('');
  const has = (role: Role): boolean => query.columns.has(role);
  const column = (role: Role): string => {
    const found = query.columns.get(role);
    return found ? sql.toText(found.sql) : none;
  };
  const filled = (role: Role): string =>
    has(role) ? choose([[`${column(role)} = ${sql.text('-')}`, none]], column(role)) : none;
  const writing: Writing = { query, sql, none, has, column, filled };
  const parts = [callerSteps(writing), targetSteps(writing), figureSteps(writing)];
  const depth = Math.max(...parts.map(({ length }) => length));
  const steps = Array.from({ length: depth }, (_, level) =>
    parts.flatMap((part) => part[level] ?? []),
  );
  return {
    table: query.table,
    where: query.where,
    steps: [...steps, [toOutcome(writing)], keyNames.flatMap((name) => toKey(name, none))],
    keys: keyNames.map((name) => ({ name, sql: stepName(`key_${name}`) })),
    bucket: stepName('bucket'),
    first: firstFigures(writing),
    second: secondFigures(sql),
    limit: query.limit,
  };
}

/** Why a row counts no call: '' for one that does. */
function toOutcome({ sql, none, has }: Writing): Step {
  const isNoCall =
    has('request') || has('path')
      ? [[`${stepName('path')} = ${none}`, sql.text('no call')] as const]
      : [];
  const name = stepName('outcome');
  return {
    name,
    sql: choose([[stepName('is_other'), sql.text('other')], ...isNoCall], none),
  };
}

/** Rows that count no call stand together, whatever they hold. */
function toKey(name: (typeof keyNames)[number], none: string): Step[] {
  const value = stepName(name);
  const sql =
    name === 'outcome' ? value : choose([[`${stepName('outcome')} <> ${none}`, none]], value);
  return [{ name: stepName(`key_${name}`), sql }];
}
