import type { Schedule } from '../schedule.ts';
import type { Day } from './calendar.ts';
import { asTheClockReads } from './clock-change.ts';
import {
  dayField,
  type Field,
  hourField,
  minuteField,
  monthField,
  readField,
  secondField,
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

const rules = { stepAfterNumber: true };
const dayRules = { stepAfterNumber: true, questionMark: true };

/** Sunday is 0 and 7; `*` and an open step go from Monday (1) to Sunday (7). */
const weekdayField: Field = { name: 'day of week', low: 0, high: 7 };
const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

const macros: Readonly<Record<string, string>> = {
  '@YEARLY': '0 0 0 1 1 *',
  '@ANNUALLY': '0 0 0 1 1 *',
  '@MONTHLY': '0 0 0 1 * *',
  '@WEEKLY': '0 0 0 * * 0',
  '@DAILY': '0 0 0 * * *',
  '@MIDNIGHT': '0 0 0 * * *',
  '@HOURLY': '0 0 * * * *',
};

/**
 * Opens a cron expression of Spring's @Scheduled: six fields, all of which must match, also both day
 * fields. By CronExpression and its daylightSaving test, a skipped time is not run; in a repeated
 * hour the search goes on in real time, so that it runs both times.
 */
export function openSpring(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const written = schedule.expression.trim().toUpperCase();
  const text = (Object.hasOwn(macros, written) ? macros[written] : undefined) ?? written;
  const parts = text.split(/\s+/);
  if (parts.length !== 6) return { error: `${parts.length} fields where six are expected` };
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  const seconds = readField(second, secondField, rules);
  if ('error' in seconds) return seconds;
  const minutes = readField(minute, minuteField, rules);
  if ('error' in minutes) return minutes;
  const hours = readField(hour, hourField, rules);
  if ('error' in hours) return hours;
  const months = readField(month, monthField, rules);
  if ('error' in months) return months;
  const days = joinTerms(day, dayField, readSpecialDay, (date) => date.day);
  if ('error' in days) return days;
  const numbered = weekdays.reduce(
    (all, name, index) => all.replaceAll(name, `${index + 1}`),
    weekday,
  );
  const ofWeek = joinTerms(
    startOnMonday(numbered),
    weekdayField,
    readSpecialWeekday,
    (date) => date.weekday,
  );
  if ('error' in ofWeek) return ofWeek;
  const isMonth = new Set(months.values);
  return runPattern(
    {
      times: listTimes(hours.values, minutes.values, seconds.values),
      isDay: (date) => isMonth.has(date.month) && days.test(date) && ofWeek.test(date),
      everyDay: days.all && ofWeek.all && isMonth.size === 12,
    },
    zone.name,
    asTheClockReads,
    { jitterMinutes: 0, notes: zone.notes },
  );
}

/** `*` with a step begins on Monday, and a range from 7 on Sunday as 0. */
function startOnMonday(text: string): string {
  return text
    .split(',')
    .map((term) => term.replace(/^[*?]\//, '1-7/').replace(/^7-/, '0-'))
    .join(',');
}

function joinTerms(
  text: string,
  field: Field,
  readSpecial: (term: string) => DayTest | RunsError | undefined,
  toNumber: (date: Day) => number,
): { readonly test: DayTest; readonly all: boolean } | RunsError {
  const tests: DayTest[] = [];
  const numbers = new Set<number>();
  for (const term of text.split(',')) {
    const special = readSpecial(term);
    if (special !== undefined) {
      if (typeof special !== 'function') return special;
      tests.push(special);
      continue;
    }
    const read = readField(term, field, dayRules);
    if ('error' in read) return read;
    for (const value of read.values) numbers.add(field === weekdayField ? value % 7 : value);
  }
  return {
    test: (date) => numbers.has(toNumber(date)) || tests.some((test) => test(date)),
    all: numbers.size === (field === weekdayField ? 7 : 31),
  };
}

function readSpecialDay(term: string): DayTest | RunsError | undefined {
  if (term === 'LW') return nearestWorkingDay((last) => last, 'back');
  const last = /^L(?:-(\d{1,2}))?$/.exec(term);
  if (last) return lastDayLess(Number(last[1] ?? 0));
  const near = /^(\d{1,2})W$/.exec(term);
  const target = Number(near?.[1]);
  if (!near) return undefined;
  if (target < 1 || target > 31) return { error: `day of month "${near[1]}" is not from 1 to 31` };
  return nearestWorkingDay(() => target, 'never');
}

function readSpecialWeekday(term: string): DayTest | RunsError | undefined {
  const match = /^(\d)(?:L|#(\d{1,2}))$/.exec(term);
  if (!match) return undefined;
  const weekday = Number(match[1]);
  if (weekday > 7) return { error: `day of week "${weekday}" is not from 0 to 7` };
  if (match[2] === undefined) return nthLastWeekday(weekday % 7, 1);
  const nth = Number(match[2]);
  return nth === 0 ? { error: `"${term}" is no day of week` } : nthWeekday(weekday % 7, nth);
}
