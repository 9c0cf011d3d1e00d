/** How a moment is kept in a table. */
export type TimeKind =
  /** A type of date and time of the engine's own. */
  | 'moment'
  /** A number since 1970. */
  | 's'
  | 'ms'
  | 'us'
  | 'ns'
  /** ISO 8601 text. */
  | 'iso';

/** One named expression. It may use those of earlier steps. */
export interface Step {
  readonly name: string;
  readonly sql: string;
}

/** A query that reads one table once: steps for each row, then groups, then groups of groups. */
export interface GroupingQuery {
  /** As `FROM` names it. */
  readonly table: string;
  /** Conditions on the columns of the table; all must hold. */
  readonly where: readonly string[];
  /** Steps that use the columns of the table, then those that use earlier steps, and so on. */
  readonly steps: readonly (readonly Step[])[];
  /** What rows are grouped by, each the name of a step, under the name that the result gives it. */
  readonly keys: readonly Step[];
  /** One more key of the first grouping alone. */
  readonly bucket: string;
  /** Aggregates of the first grouping. */
  readonly first: readonly Step[];
  /** Aggregates of the second one, over those of the first. */
  readonly second: readonly Step[];
  /** The most rows of the result, which is ordered by the keys: another run gives the same. */
  readonly limit: number;
}

/** The SQL of one engine. What is given and returned is SQL, unless it says otherwise. */
export interface Dialect {
  /** A name as it stands in a statement. */
  identifier(name: string): string;
  /** A text as it stands in a statement; it must not hold NUL. */
  text(value: string): string;
  /** Any value as text, '' for NULL. */
  toText(value: string): string;
  /** Any value as a floating number, `otherwise` where it is none. */
  toNumber(value: string, otherwise: number): string;
  /** A whole number. */
  toWhole(value: string): string;
  /** Milliseconds since 1970 as a whole number; NULL where the value says no moment. */
  toMilliseconds(value: string, kind: TimeKind): string;
  /** The start of a day, `YYYY-MM-DD` UTC, to compare a column with that is kept so. */
  startOfDay(day: string, kind: TimeKind): string;
  /** Whether a regular expression is found. @param pattern what RE2 and Java both take */
  matches(text: string, pattern: string): string;
  /** What the one group of a regular expression holds; '' where it is not found. */
  extract(text: string, pattern: string): string;
  /** With all matches replaced by a plain text. */
  replace(text: string, pattern: string, by: string): string;
  /** Whether a plain text stands somewhere in another: cheaper than an expression. */
  contains(text: string, part: string): string;
  /** Length in bytes. */
  bytes(text: string): string;
  /** The first characters, or bytes. */
  start(text: string, length: number): string;
  /** The length of a plain text as `start` counts it. */
  lengthOf(text: string): number;
  /** SHA-256 in lower case hexadecimal. */
  digest(text: string): string;
  /** The pieces between a plain separator. */
  split(text: string, separator: string): string;
  join(array: string, separator: string): string;
  /** Elements from the first one (1) on; to the last one without a count. */
  slice(array: string, from: number, count?: number): string;
  concatArrays(one: string, other: string): string;
  map(array: string, body: (item: string) => string): string;
  /** The elements that are not ''. */
  filled(array: string): string;
  size(array: string): string;
  /** An aggregate: the texts of all rows where a condition holds, with blanks between them. */
  gather(text: string, condition: string): string;
  /** The whole statement. */
  write(query: GroupingQuery): string;
}

/** The first condition that holds decides. */
export function choose(
  cases: readonly (readonly [when: string, then: string])[],
  otherwise: string,
): string {
  if (cases.length === 0) return otherwise;
  const branches = cases.map(([when, then]) => `WHEN ${when} THEN ${then}`);
  return `CASE ${branches.join(' ')} ELSE ${otherwise} END`;
}

/** Writes a list of named expressions, one a line. */
export function writeSteps(steps: readonly Step[], indent: string): string {
  return steps.map(({ name, sql }) => `${indent}${sql} AS ${name}`).join(',\n');
}

/** Joins conditions that must all hold. */
export function writeWhere(conditions: readonly string[], indent: string): string {
  return conditions.length === 0 ? '' : `\n${indent}WHERE ${conditions.join(`\n${indent}  AND `)}`;
}
