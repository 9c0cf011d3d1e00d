import type { Schedule } from '../schedule.ts';
import type { ClockRule } from './clock-change.ts';
import {
  dayField,
  type Field,
  hourField,
  minuteField,
  monthField,
  readField,
  secondField,
  weekdayWords,
} from './fields.ts';
import { listTimes, runPattern } from './pattern.ts';
import type { Runs, RunsError } from './runs.ts';
import {
  type DayTest,
  lastDayLess,
  nearestWorkingDay,
  nthLastWeekday,
  nthWeekday,
} from './special-days.ts';
import { openZone } from './zone-of.ts';

const rules = { stepAfterNumber: true, wraps: true };

/** Sunday is 1. */
const weekdayField: Field = { name: 'day of week', low: 1, high: 7, words: weekdayWords };
const yearField: Field = { name: 'year', low: 1970, high: 2199 };

/**
 * CronExpression.getTimeAfter sets the fields of a lenient java.util.GregorianCalendar: a skipped
 * local time becomes a later one that does not match, and of a repeated one the calendar takes the
 * standard time, which is the second.
 */
const clockRule: ClockRule = { skipped: 'left-out', repeated: 'second' };

/** Opens a Quartz cron expression: seconds to weekday and perhaps years, with `?`, `L`, `W`, `#`. */
export function openQuartz(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const parts = schedule.expression.trim().toUpperCase().split(/\s+/);
  if (parts.length < 6 || parts.length > 7)
    return { error: `${parts.length} fields where six or seven are expected` };
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', year = '*'] =
    parts;
  const seconds = readField(openStep(second), secondField, rules);
  if ('error' in seconds) return seconds;
  const minutes = readField(openStep(minute), minuteField, rules);
  if ('error' in minutes) return minutes;
  const hours = readField(openStep(hour), hourField, rules);
  if ('error' in hours) return hours;
  const months = readField(openStep(month), monthField, rules);
  if ('error' in months) return months;
  const years = readField(openStep(year), yearField, rules);
  if ('error' in years) return years;
  if ((day === '?') === (weekday === '?'))
    return { error: 'exactly one of day of month and day of week must be "?"' };
  const days = day === '?' ? readWeekdays(weekday) : readDays(day);
  if ('error' in days) return days;
  const isMonth = new Set(months.values);
  const isYear = new Set(years.values);
  return runPattern(
    {
      times: listTimes(hours.values, minutes.values, seconds.values),
      isDay: (date) => isYear.has(date.year) && isMonth.has(date.month) && days.test(date),
      everyDay: days.all && isMonth.size === 12 && year === '*',
    },
    zone.name,
    clockRule,
    { jitterMinutes: 0, notes: zone.notes },
  );
}

/** `/15` is short for `*` with the same step. */
function openStep(text: string): string {
  return text.startsWith('/') ? `*${text}` : text;
}

type DaysOrError = { readonly test: DayTest; readonly all: boolean } | RunsError;

function readDays(text: string): DaysOrError {
  const tests: DayTest[] = [];
  const plain: string[] = [];
  for (const term of text.split(',')) {
    const last = /^L(?:-(\d{1,2}))?(W)?$/.exec(term);
    const near = /^(\d{1,2})W$/.exec(term);
    const less = Number(last?.[1] ?? 0);
    const target = Number(near?.[1]);
    if (less > 30) return { error: 'an offset from the last day is at most 30' };
    if (near && (target < 1 || target > 31))
      return { error: `day of month "${near[1]}" is not from 1 to 31` };
    if (last && !last[2]) tests.push(lastDayLess(less));
    else if (last) tests.push(nearestWorkingDay((lastDay) => lastDay - less, 'back'));
    else if (near) tests.push(nearestWorkingDay(() => target, 'back'));
    else plain.push(term);
  }
  const read = plain.length > 0 ? readField(openStep(plain.join(',')), dayField, rules) : undefined;
  if (read && 'error' in read) return read;
  const numbers = new Set(read?.values);
  return {
    test: (date) => numbers.has(date.day) || tests.some((test) => test(date)),
    all: numbers.size === 31,
  };
}

function readWeekdays(text: string): DaysOrError {
  const special = /^([A-Z]{3}|\d)(?:(L)|#(\d))$/.exec(text);
  if (special?.[1] !== undefined) {
    const read = readField(special[1], weekdayField, rules);
    if ('error' in read) return read;
    const weekday = (read.values[0] ?? 1) - 1;
    if (special[2]) return { test: nthLastWeekday(weekday, 1), all: false };
    const nth = Number(special[3]);
    if (nth < 1 || nth > 5) return { error: 'a number from 1 to 5 must follow "#"' };
    return { test: nthWeekday(weekday, nth), all: false };
  }
  // `L` alone is Saturday.
  const read = readField(openStep(text === 'L' ? '7' : text), weekdayField, rules);
  if ('error' in read) return read;
  const numbers = new Set(read.values.map((value) => value - 1));
  return { test: (date) => numbers.has(date.weekday), all: numbers.size === 7 };
}
