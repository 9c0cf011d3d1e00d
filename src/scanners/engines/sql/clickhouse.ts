import { type Dialect, writeSteps, writeWhere } from './dialect.ts';
import { millisecondsOf, numberOfDay } from './numbered-time.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '`': '\\`',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function quote(text: string, sign: "'" | '`'): string {
  const inside = text.replace(/[\\'`\n\r\t\b\f]/g, (found) =>
    (found === "'" || found === '`') && found !== sign ? found : (escapes[found] as string),
  );
  return `${sign}${inside}${sign}`;
}

const text = (value: string): string => quote(value, "'");

/**
 * ClickHouse, from 18.16 on: no window functions, no maps, no types that came later. The steps stand
 * in one statement with the table, so that shards of a distributed table group for themselves.
 */
export const clickhouseDialect: Dialect = {
  identifier: (name) => quote(name, '`'),
  text,
  toText: (value) => `ifNull(toString(${value}), '')`,
  toNumber: (value, otherwise) => `ifNull(toFloat64OrNull(toString(${value})), ${otherwise})`,
  toWhole: (value) => `toInt64(${value})`,
  toMilliseconds(value, kind) {
    if (kind === 'moment') return `toInt64(toUnixTimestamp(${value})) * 1000`;
    if (kind === 'iso')
      return `toInt64(toUnixTimestamp(parseDateTimeBestEffortOrNull(toString(${value}), 'UTC'))) * 1000`;
    return `toInt64(floor(toFloat64(${value}) * ${millisecondsOf[kind]}))`;
  },
  startOfDay(day, kind) {
    if (kind === 'moment') return `toDateTime('${day} 00:00:00', 'UTC')`;
    return kind === 'iso' ? text(day) : numberOfDay(day, kind);
  },
  matches: (value, pattern) => `match(${value}, ${text(pattern)})`,
  extract: (value, pattern) => `extract(${value}, ${text(pattern)})`,
  replace: (value, pattern, by) => `replaceRegexpAll(${value}, ${text(pattern)}, ${text(by)})`,
  contains: (value, part) => `position(${value}, ${text(part)}) > 0`,
  bytes: (value) => `length(${value})`,
  start: (value, length) => `substring(${value}, 1, ${length})`,
  lengthOf: (value) => Buffer.byteLength(value),
  digest: (value) => `lower(hex(SHA256(${value})))`,
  split: (value, separator) => `splitByChar(${text(separator)}, ${value})`,
  join: (array, separator) => `arrayStringConcat(${array}, ${text(separator)})`,
  slice: (array, from, count) =>
    `arraySlice(${array}, ${from}${count === undefined ? '' : `, ${count}`})`,
  concatArrays: (one, other) => `arrayConcat(${one}, ${other})`,
  map: (array, body) => `arrayMap(item -> ${body('item')}, ${array})`,
  filled: (array) => `arrayFilter(item -> item <> '', ${array})`,
  size: (array) => `length(${array})`,
  gather: (value, condition) => `arrayStringConcat(groupArrayIf(${value}, ${condition}), ' ')`,
  write({ table, where, steps, keys, bucket, first, second, limit }) {
    const names = keys.map(({ sql }) => sql);
    const by = [...names, bucket].join(', ');
    return [
      'SELECT',
      writeSteps([...keys, ...second], '  '),
      'FROM (',
      '  WITH',
      writeSteps(steps.flat(), '    '),
      `  SELECT ${by},`,
      writeSteps(first, '    '),
      `  FROM ${table}${writeWhere(where, '  ')}`,
      `  GROUP BY ${by}`,
      ')',
      `GROUP BY ${names.join(', ')}`,
      `ORDER BY ${names.join(', ')}`,
      `LIMIT ${limit}`,
    ].join('\n');
  },
};
