import type { Dialect } from './dialect.ts';
import { millisecondsOf, numberOfDay } from './numbered-time.ts';
import { quote, writeNested } from './standard.ts';

const text = (value: string): string => quote(value, "'");

/** In Java `$` also holds before a line break at the end; no pattern here has one that is meant. */
const regex = (pattern: string): string => text(pattern.replaceAll('$', '\\z'));

/** Trino from version 360 on, and Amazon Athena's engine version 3. The session's time zone is UTC. */
export const trinoDialect: Dialect = {
  identifier: (name) => quote(name, '"'),
  text,
  toText: (value) => `COALESCE(CAST(${value} AS VARCHAR), '')`,
  toNumber: (value, otherwise) => `COALESCE(TRY_CAST(${value} AS DOUBLE), ${otherwise}e0)`,
  toWhole: (value) => `CAST(${value} AS BIGINT)`,
  toMilliseconds(value, kind) {
    if (kind === 'moment') return `TRY_CAST(FLOOR(TO_UNIXTIME(${value})) AS BIGINT) * 1000`;
    if (kind === 'iso')
      return `TRY_CAST(FLOOR(TO_UNIXTIME(TRY(FROM_ISO8601_TIMESTAMP(${value})))) AS BIGINT) * 1000`;
    return `TRY_CAST(FLOOR(${value} * ${millisecondsOf[kind]}e0) AS BIGINT)`;
  },
  startOfDay(day, kind) {
    if (kind === 'moment') return `TIMESTAMP '${day} 00:00:00'`;
    return kind === 'iso' ? text(day) : numberOfDay(day, kind);
  },
  matches: (value, pattern) => `REGEXP_LIKE(${value}, ${regex(pattern)})`,
  extract: (value, pattern) => `COALESCE(REGEXP_EXTRACT(${value}, ${regex(pattern)}, 1), '')`,
  replace: (value, pattern, by) =>
    `REGEXP_REPLACE(${value}, ${regex(pattern)}, ${text(by.replace(/[\\$]/g, '\\$&'))})`,
  contains: (value, part) => `STRPOS(${value}, ${text(part)}) > 0`,
  bytes: (value) => `LENGTH(TO_UTF8(${value}))`,
  start: (value, length) => `SUBSTR(${value}, 1, ${length})`,
  lengthOf: (value) => [...value].length,
  digest: (value) => `LOWER(TO_HEX(SHA256(TO_UTF8(${value}))))`,
  split: (value, separator) => `SPLIT(${value}, ${text(separator)})`,
  join: (array, separator) => `ARRAY_JOIN(${array}, ${text(separator)})`,
  slice: (array, from, count) =>
    `SLICE(${array}, ${from}, ${count ?? `GREATEST(CARDINALITY(${array}) - ${from - 1}, 0)`})`,
  concatArrays: (one, other) => `CONCAT(${one}, ${other})`,
  map: (array, body) => `TRANSFORM(${array}, item -> ${body('item')})`,
  filled: (array) => `FILTER(${array}, item -> item <> '')`,
  size: (array) => `CARDINALITY(${array})`,
  gather: (value, condition) =>
    `COALESCE(ARRAY_JOIN(ARRAY_AGG(${value}) FILTER (WHERE ${condition}), ' '), '')`,
  write: writeNested,
};
