import { ConfigError, didYouMean } from '../../errors.ts';
import { expectEnds } from '../gateway/formats/assemble.ts';
import { roles } from '../gateway/formats/json-map.ts';
import type { DurationUnit, Role } from '../gateway/log-format.ts';
import type { Dialect, TimeKind } from './sql/dialect.ts';

/** What holds a role in a table, as it stands in a statement. */
export interface TableColumn {
  readonly sql: string;
  /** Of a duration. */
  readonly unit: DurationUnit;
  /** Of a time. */
  readonly time: TimeKind;
}

/** Roles that a table cannot fill: a moment is one column, and both sides of a call are not joined. */
const unusable: readonly Role[] = ['date', 'clock', 'request-id'];

/** The roles that a table may fill. */
export const tableRoles: readonly Role[] = roles.filter((role) => !unusable.includes(role));

/**
 * Reads the column map of a source: role → name of a column with an optional unit, such as
 * `{ time: ts, consumer: consumer.name, duration: took ms }`, or an expression in parentheses.
 * @throws ConfigError that names every wrong entry, and what was meant
 */
export function readTableColumns(
  map: Readonly<Record<string, string>>,
  sql: Dialect,
): ReadonlyMap<Role, TableColumn> {
  const problems: string[] = [];
  const columns = new Map<Role, TableColumn>();
  for (const [key, value] of Object.entries(map)) {
    const role = tableRoles.find((known) => known === key);
    if (!role) {
      problems.push(
        `"columns" has no role "${key}".${didYouMean(key, tableRoles)} The roles are ${tableRoles.join(', ')}`,
      );
      continue;
    }
    const column = readColumn(role, value.trim(), sql);
    if (typeof column === 'string') problems.push(column);
    else columns.set(role, column);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  expectEnds('columns', [...columns.keys()]);
  return columns;
}

function readColumn(role: Role, value: string, sql: Dialect): TableColumn | string {
  const [, name = '', unit] = /^(.*?)(?:\s+(s|ms|us|ns|iso))?$/s.exec(value) ?? [];
  if (unit !== undefined && role !== 'duration' && role !== 'time')
    return `"columns" gives "${role}" the unit "${unit}": only "duration" and "time" have one`;
  if (unit === 'iso' && role !== 'time')
    return `"columns" gives "${role}" the unit "iso": only "time" has it`;
  const written = writeColumn(name, sql);
  if (written === undefined)
    return `"columns" gives "${role}" the column "${value.slice(0, 200)}": write its name, or an expression of the engine in parentheses`;
  return {
    sql: written,
    unit: unit === undefined || unit === 'iso' ? 's' : (unit as DurationUnit),
    time: (unit as TimeKind | undefined) ?? 'moment',
  };
}

/** A name whose parts have dots between them, or what stands in parentheses as it is. */
function writeColumn(name: string, sql: Dialect): string | undefined {
  if (name.startsWith('(')) return isClosed(name) && name.endsWith(')') ? name : undefined;
  const parts = name.split('.');
  return parts.every((part) => /^[^\0\s()]{1,200}$/.test(part))
    ? parts.map((part) => sql.identifier(part)).join('.')
    : undefined;
}

/**
 * Whether SQL ends where it seems to: parentheses and quotes close, no comment and no second
 * statement begins. What follows it is then read as it was written.
 */
export function isClosed(text: string): boolean {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (quote !== '') {
      // A backslash escapes in some engines and not in others: neither reading may leave it open.
      if (sign === '\\' || sign === '\0') return false;
      if (sign === quote) quote = '';
    } else if (`'"\``.includes(sign)) quote = sign;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth < 0) return false;
    else if (sign === ';' || /^(?:--|\/\*|#|\0)/.test(text.slice(at, at + 2))) return false;
    // In some engines a text begins with these, and what it holds would be taken for SQL here.
    else if (/[$\u2018\u2019\u201c\u201d]/.test(sign)) return false;
  }
  return depth === 0 && quote === '';
}
