import type { Dialect } from './dialect.ts';
import { millisecondsOf, numberOfDay } from './numbered-time.ts';
import { quote, writeNested } from './standard.ts';

const text = (value: string): string => quote(value, "'");

/** DuckDB from version 1.3 on. The session's time zone is UTC. */
export const duckdbDialect: Dialect = {
  identifier: (name) => quote(name, '"'),
  text,
  toText: (value) => `COALESCE(CAST(${value} AS VARCHAR), '')`,
  toNumber: (value, otherwise) => `COALESCE(TRY_CAST(${value} AS DOUBLE), ${otherwise})`,
  toWhole: (value) => `CAST(${value} AS BIGINT)`,
  toMilliseconds(value, kind) {
    if (kind === 'moment') return `TRY_CAST(FLOOR(EPOCH(${value})) AS BIGINT) * 1000`;
    if (kind === 'iso')
      return `TRY_CAST(FLOOR(EPOCH(TRY_CAST(${value} AS TIMESTAMPTZ))) AS BIGINT) * 1000`;
    return `TRY_CAST(FLOOR(${value} * CAST(${millisecondsOf[kind]} AS DOUBLE)) AS BIGINT)`;
  },
  startOfDay(day, kind) {
    if (kind === 'moment') return `TIMESTAMP '${day} 00:00:00'`;
    return kind === 'iso' ? text(day) : numberOfDay(day, kind);
  },
  matches: (value, pattern) => `REGEXP_MATCHES(${value}, ${text(pattern)})`,
  extract: (value, pattern) => `REGEXP_EXTRACT(${value}, ${text(pattern)}, 1)`,
  replace: (value, pattern, by) =>
    `REGEXP_REPLACE(${value}, ${text(pattern)}, ${text(by.replaceAll('\\', '\\\\'))}, 'g')`,
  contains: (value, part) => `CONTAINS(${value}, ${text(part)})`,
  bytes: (value) => `STRLEN(${value})`,
  start: (value, length) => `SUBSTR(${value}, 1, ${length})`,
  lengthOf: (value) => [...value].length,
  digest: (value) => `SHA256(${value})`,
  split: (value, separator) => `STRING_SPLIT(${value}, ${text(separator)})`,
  join: (array, separator) => `ARRAY_TO_STRING(${array}, ${text(separator)})`,
  slice: (array, from, count) =>
    `LIST_SLICE(${array}, ${from}, ${count === undefined ? `LEN(${array})` : from + count - 1})`,
  concatArrays: (one, other) => `LIST_CONCAT(${one}, ${other})`,
  map: (array, body) => `LIST_TRANSFORM(${array}, LAMBDA item: ${body('item')})`,
  filled: (array) => `LIST_FILTER(${array}, LAMBDA item: item <> '')`,
  size: (array) => `LEN(${array})`,
  gather: (value, condition) =>
    `COALESCE(STRING_AGG(${value}, ' ') FILTER (WHERE ${condition}), '')`,
  write: writeNested,
};
