import { bucketCount, bucketsPerOctave } from '../../../latency.ts';
import { choose, type Dialect, type Step } from './dialect.ts';
import { stepName, type Writing } from './writing.ts';

/** Microseconds in one of each unit of a duration. */
const microsecondsOf = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;

/** No call takes longer: 2^40 µs, as in `latency.ts`. */
const longest = 2 ** 40;
const mostPathCharacters = 2000;
/** How the methods begin that bring data to the caller, and those that send it. */
const reading = ['GE', 'HE'];
const writing = ['PO', 'PU', 'PA', 'DE'];
/** No answer is larger: sums of it fit into whole numbers. */
const mostBytes = 1e13;
/** The end of the year 9999, in milliseconds since 1970. */
const latest = 253_402_300_800_000;

/** How a call went: the class of its status, its bytes, when, and the bucket of its duration. */
export function figureSteps(writing: Writing): Step[][] {
  const { query, sql, none, has, column } = writing;
  const status = stepName('status');
  const bytes = stepName('bytes_written');
  const took = stepName('took');
  const bounded = stepName('took_bounded');
  const octave = stepName('octave');
  const time = query.columns.get('time');
  const moment = stepName('moment');
  const number = (role: 'bytes' | 'duration', otherwise: number): string => {
    const found = query.columns.get(role);
    return found ? sql.toNumber(found.sql, otherwise) : String(otherwise);
  };
  const factor = microsecondsOf[query.columns.get('duration')?.unit ?? 's'];
  return [
    [
      { name: status, sql: column('status') },
      { name: bytes, sql: number('bytes', 0) },
      { name: stepName('duration_written'), sql: number('duration', -1) },
      { name: moment, sql: time ? sql.toMilliseconds(time.sql, time.time) : sql.toWhole('NULL') },
      ...(time?.time === 'iso' ? [{ name: stepName('time_written'), sql: column('time') }] : []),
    ],
    [
      {
        name: stepName('status_digit'),
        sql: has('status') ? sql.extract(status, '^(?:.*[ ,])?([0-9])[0-9][0-9]$') : none,
      },
      {
        name: took,
        sql: choose(
          [[`${stepName('duration_written')} < 0`, '-1']],
          `floor(${stepName('duration_written')} * ${factor} + 0.5)`,
        ),
      },
      {
        name: stepName('bytes'),
        sql: sql.toWhole(choose([[`${bytes} > 0 AND ${bytes} < ${mostBytes}`, bytes]], '0')),
      },
    ],
    [
      {
        name: stepName('status_class'),
        sql: has('status') ? toStatusClass(sql, none) : sql.text('0'),
      },
      {
        name: bounded,
        sql: choose(
          [
            [`${took} < ${bucketsPerOctave}`, float(bucketsPerOctave)],
            [`${took} < ${float(longest)}`, took],
          ],
          float(longest - 1),
        ),
      },
    ],
    // Half above the whole number, so that no rounding of a logarithm falls below a power of two.
    [
      { name: octave, sql: `floor(log2(${bounded} + 0.5)) - ${Math.log2(bucketsPerOctave)}` },
      {
        name: stepName('is_other'),
        sql: `(${[
          `${stepName('status_class')} = ${sql.text('x')}`,
          ...(time?.time === 'iso'
            ? [`(${stepName('time_written')} <> ${none} AND ${moment} IS NULL)`]
            : []),
          ...(time ? [`${moment} < 0`, `${moment} >= ${latest}`] : []),
        ].join(' OR ')})`,
      },
    ],
    [
      {
        name: stepName('bucket_of'),
        sql: choose(
          [
            [`${took} < 0`, '-1'],
            [`${took} < ${bucketsPerOctave}`, took],
            [
              `${took} < ${float(longest)}`,
              `${octave} * ${bucketsPerOctave} + floor(${bounded} / power(2, ${octave}))`,
            ],
          ],
          float(bucketCount - 1),
        ),
      },
    ],
    [{ name: stepName('bucket'), sql: sql.toWhole(stepName('bucket_of')) }],
  ];
}

/** A number that every engine takes for a floating one, as whole as it is. */
function float(value: number): string {
  return `${value}e0`;
}

/**
 * The first digit of a status, `0` where none was sent, `x` where it is no status. Proxies that asked
 * several upstreams write several; the last one answered.
 */
function toStatusClass(sql: Dialect, none: string): string {
  const status = stepName('status');
  const digit = stepName('status_digit');
  return choose(
    [
      [`${digit} <> ${none}`, digit],
      [`${status} IN (${none}, ${sql.text('0')}, ${sql.text('-')})`, sql.text('0')],
      [`${sql.start(status, 1)} = ${sql.text('-')} AND ${sql.bytes(status)} = 2`, sql.text('0')],
    ],
    sql.text('x'),
  );
}

/** The figures of one group and bucket. */
export function firstFigures({ query, sql }: Writing): Step[] {
  const list = (texts: readonly string[]): string => `(${texts.map(sql.text).join(', ')})`;
  const count = (condition: string): string => `sum(${choose([[condition, '1']], '0')})`;
  const status = stepName('status_class');
  const method = stepName('method');
  const moment = stepName('moment');
  const figures: Readonly<Record<string, string>> = {
    calls: 'count(*)',
    client_errors: count(`${status} = ${sql.text('4')}`),
    server_errors: count(`${status} = ${sql.text('5')}`),
    reads: count(`${sql.start(method, 2)} IN ${list(reading)}`),
    writes: count(`${sql.start(method, 2)} IN ${list(writing)}`),
    bytes: `sum(${stepName('bytes')})`,
    first_ms: `min(${moment})`,
    last_ms: `max(${moment})`,
    path: query.keepPaths
      ? `min(${sql.start(sql.extract(stepName('path'), '^([^ ]*)'), mostPathCharacters)})`
      : sql.text(''),
  };
  return Object.entries(figures).map(([name, value]) => ({
    name: stepName(`first_${name}`),
    sql: value,
  }));
}

/** The figures of one group, and the counts of its durations as `bucket:count bucket:count …`. */
export function secondFigures(sql: Dialect): Step[] {
  const first = (name: string): string => stepName(`first_${name}`);
  const sums = ['calls', 'client_errors', 'server_errors', 'reads', 'writes', 'bytes'];
  const bucket = stepName('bucket');
  const pair = `concat(${sql.toText(bucket)}, ':', ${sql.toText(first('calls'))})`;
  return [
    ...sums.map((name) => ({ name, sql: `sum(${first(name)})` })),
    { name: 'first_ms', sql: `min(${first('first_ms')})` },
    { name: 'last_ms', sql: `max(${first('last_ms')})` },
    { name: 'path', sql: `min(${first('path')})` },
    { name: 'durations', sql: sql.gather(pair, `${bucket} >= 0`) },
  ];
}
