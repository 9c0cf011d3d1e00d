import type { Schedule } from '../schedule.ts';
import { dayMs, hourMs, minuteMs, readLocalTime } from './calendar.ts';
import { weekdayCodes } from './calendar-names.ts';
import { asTheClockReads, placeOnClock } from './clock-change.ts';
import { monthWords } from './fields.ts';
import { type Frequency, openRecurrence, type Recurrence, type RuleDay } from './recurrence.ts';
import { makeEvenRuns, makeRuns, type Runs, type RunsError } from './runs.ts';
import { openZone } from './zone-of.ts';

const frequencies = new Set([
  'YEARLY',
  'MONTHLY',
  'WEEKLY',
  'DAILY',
  'HOURLY',
  'MINUTELY',
  'SECONDLY',
]);

/** The parts that are lists of numbers, and their bounds; 0 is none where negative ones are allowed. */
const numberParts = new Map([
  ['BYMONTHDAY', { key: 'monthDays', low: -31, high: 31 }],
  ['BYYEARDAY', { key: 'yearDays', low: -366, high: 366 }],
  ['BYHOUR', { key: 'hours', low: 0, high: 23 }],
  ['BYMINUTE', { key: 'minutes', low: 0, high: 59 }],
  ['BYSECOND', { key: 'seconds', low: 0, high: 59 }],
  ['BYSETPOS', { key: 'positions', low: -366, high: 366 }],
] as const);

/**
 * Opens a repeat interval of Oracle's DBMS_SCHEDULER such as `FREQ=WEEKLY;BYDAY=MON;BYHOUR=22`, an
 * interval of DBMS_JOB such as `SYSDATE + 1/24` or `TRUNC(SYSDATE) + 1 + 2/24`, or the same syntax
 * that Windows tasks are written in, with `UNTIL=2026-12-31T23:59:00` for the local time of the last
 * possible run. What the rule leaves out comes from `schedule.start`. Named
 * schedules, BYWEEKNO, INCLUDE, EXCLUDE and their like are refused. What happens when the clock
 * changes is not documented; that it runs as the clock reads is assumed.
 */
export function openOracle(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const job = readJobInterval(schedule.expression);
  if (job !== undefined) return job;
  const daily = readDailyTime(schedule.expression);
  if (daily !== undefined) {
    const rule: Recurrence = { frequency: 'DAILY', interval: 1, start: 0, ...daily };
    return runRecurrence(rule, zone, true);
  }
  const start = schedule.start === undefined ? 0 : readLocalTime(schedule.start);
  if (start === undefined) return { error: `"${schedule.start}" is no start` };
  const rule = readRule(schedule.expression, start);
  if ('error' in rule) return rule;
  return runRecurrence(rule, zone, schedule.start !== undefined);
}

/** The runs of a recurrence on the clock of a zone. */
export function runRecurrence(
  rule: Recurrence,
  zone: { readonly name: string; readonly notes: readonly string[] },
  startKnown: boolean,
  clockRule = asTheClockReads,
): Runs | RunsError {
  const opened = openRecurrence(rule);
  if ('error' in opened) return opened;
  const needsStart = rule.interval > 1 || !isWhole(rule);
  return makeRuns({
    list: placeOnClock(opened.list, zone.name, clockRule),
    perDay: opened.perDay,
    phase: startKnown || !needsStart ? 'known' : 'assumed',
    notes:
      startKnown || !needsStart
        ? zone.notes
        : [...zone.notes, 'its start is not known; it is counted from 1970-01-01 00:00'],
  });
}

/** Whether a rule tells its times without a start. */
function isWhole(rule: Recurrence): boolean {
  const { frequency, hours, minutes, monthDays, yearDays, weekdays: days, months } = rule;
  const order = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
  const rank = order.indexOf(frequency);
  return (
    (rank < 2 || minutes !== undefined) &&
    (rank < 3 || hours !== undefined) &&
    (rank < 4 || [monthDays, yearDays, days].some((part) => part !== undefined)) &&
    (rank < 6 ||
      [yearDays, months].some((part) => part !== undefined) ||
      days?.some(({ nth }) => nth) === true)
  );
}

function readRule(text: string, start: number): Recurrence | RunsError {
  const numbers: Partial<
    Record<
      'monthDays' | 'yearDays' | 'hours' | 'minutes' | 'seconds' | 'positions' | 'months',
      number[]
    >
  > = {};
  let frequency: Frequency | undefined;
  let interval = 1;
  let days: RuleDay[] | undefined;
  let until: number | undefined;
  for (const part of text.toUpperCase().split(';')) {
    if (part.trim() === '') continue;
    const [key = '', value = ''] = part.split('=').map((side) => side.trim());
    const terms = value.split(',').map((term) => term.trim());
    const numeric = numberParts.get(key as never);
    if (key === 'FREQ') {
      if (!frequencies.has(value)) return { error: `the frequency "${value}" is not supported` };
      frequency = value as Frequency;
    } else if (key === 'INTERVAL') {
      if (!/^\d{1,3}$/.test(value) || Number(value) === 0)
        return { error: `"${value}" is no interval` };
      interval = Number(value);
    } else if (key === 'UNTIL') {
      until = readLocalTime(value.replace(' ', 'T'));
      if (until === undefined) return { error: `"${value}" is no date and time` };
    } else if (key === 'BYDAY') {
      const read = terms.map(readRuleDay);
      const bad = read.indexOf(undefined);
      if (bad >= 0) return { error: `"${terms[bad]}" is no day` };
      days = read.filter((day) => day !== undefined);
    } else if (key === 'BYMONTH') {
      const months = terms.map(
        (term) => monthWords.indexOf(term.toLowerCase()) + 1 || Number(term),
      );
      const bad = months.findIndex((month) => !(month >= 1 && month <= 12));
      if (bad >= 0) return { error: `"${terms[bad]}" is no month` };
      numbers.months = months;
    } else if (numeric) {
      const { low, high } = numeric;
      const bad = terms.find(
        (term) =>
          !/^[+-]?\d{1,3}$/.test(term) ||
          Number(term) < low ||
          Number(term) > high ||
          (low < 0 && Number(term) === 0),
      );
      if (bad !== undefined) return { error: `"${bad}" is not allowed in ${key}` };
      numbers[numeric.key] = [...new Set(terms.map(Number))].sort((a, b) => a - b);
    } else return { error: `"${key}" is not supported` };
  }
  if (!frequency) return { error: 'it has no frequency' };
  return {
    frequency,
    interval,
    start,
    ...numbers,
    ...(days ? { weekdays: days } : {}),
    ...(until === undefined ? {} : { until }),
  };
}

function readRuleDay(text: string): RuleDay | undefined {
  const match = /^([+-]?\d{1,2})?\s?([A-Z]{2,3})$/.exec(text);
  const weekday = weekdayCodes.findIndex(
    (name) => name === match?.[2] || name.slice(0, 2) === match?.[2],
  );
  if (!match || weekday < 0 || Number(match[1]) === 0) return undefined;
  return match[1] === undefined ? { weekday } : { weekday, nth: Number(match[1]) };
}

/** The two forms of DBMS_JOB that tell a time: an interval from the last run, and a time each day. */
function readJobInterval(text: string): Runs | undefined {
  const match = /^SYSDATE\s*\+\s*(\d{1,4})(?:\s*\/\s*(\d{1,5}))?$/i.exec(text.trim());
  if (!match) return undefined;
  const ms = Math.round((Number(match[1]) * dayMs) / Number(match[2] ?? 1));
  if (!Number.isFinite(ms) || ms < 1000) return undefined;
  return makeEvenRuns(ms, 0, {
    phase: 'assumed',
    notes: ['it runs at this interval from its last end, so in fact less often by its duration'],
  });
}

/** `TRUNC(SYSDATE) + 1 + 2/24` as hours and minutes after midnight. */
function readDailyTime(text: string): Pick<Recurrence, 'hours' | 'minutes'> | undefined {
  const match = /^TRUNC\s*\(\s*SYSDATE\s*\)\s*\+\s*1(?:\s*\+\s*(\d{1,4})\s*\/\s*(24|1440))?$/i.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const ms =
    match[1] === undefined ? 0 : Number(match[1]) * (match[2] === '24' ? hourMs : minuteMs);
  return ms < dayMs
    ? { hours: [Math.floor(ms / hourMs)], minutes: [Math.floor(ms / minuteMs) % 60] }
    : undefined;
}
