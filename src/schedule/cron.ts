import type { Schedule } from '../schedule.ts';
import type { Day } from './calendar.ts';
import type { ClockRule } from './clock-change.ts';
import { type CronDialect, cronDialects } from './cron-dialects.ts';
import {
  dayField,
  type Field,
  type FieldValues,
  hourField,
  minuteField,
  monthField,
  readField,
  secondField,
  weekdayField,
} from './fields.ts';
import { listTimes, runPattern } from './pattern.ts';
import { makeEvenRuns, makeNoRuns, type Runs, type RunsError } from './runs.ts';
import { type DayTest, lastDayLess, nthLastWeekday, nthWeekday } from './special-days.ts';
import { readGoDuration } from './time-span.ts';
import { openZone } from './zone-of.ts';

/** The nicknames of crontab(5), as the five fields that they stand for. */
export const cronNicknames: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

const dayMinutes = 24 * 60;

/** The five fields as read. */
interface CronFields {
  readonly times: number[];
  readonly isDay: DayTest;
  readonly everyDay: boolean;
  readonly jitterMinutes: number;
  /** The job has no fixed time of the day, as its scheduler judges that. */
  readonly wildcard: boolean;
}

/**
 * Opens a schedule of five fields, or the few more that some schedulers know, by the dialect of its
 * scheduler.
 */
export function openCron(schedule: Schedule, dialect: CronDialect): Runs | RunsError {
  const zone = openZone(schedule.timezone, dialect.defaultZone);
  if ('error' in zone) return zone;
  const text = schedule.expression.trim().replace(/\s+/g, ' ');
  if (text === '@reboot' && dialect.reboot)
    return makeNoRuns('it runs when the machine starts, at no time of the calendar');
  const every = dialect.every === undefined ? undefined : readEvery(text, dialect.every);
  if (every !== undefined) return every;
  const prefix = dialect.zonePrefix ? /^(?:CRON_)?TZ=(\S+) (.*)$/.exec(text) : null;
  if (prefix?.[1] !== undefined && prefix[2] !== undefined)
    return openCron({ ...schedule, timezone: prefix[1], expression: prefix[2] }, dialect);
  const fields = readCron(text, dialect);
  if ('error' in fields) return fields;
  const rule: ClockRule = fields.wildcard ? dialect.wildcardRule : dialect.fixedRule;
  const drawn = fields.jitterMinutes > 0 ? ['~ draws a time; the earliest one is taken'] : [];
  return runPattern(fields, zone.name, rule, {
    jitterMinutes: fields.jitterMinutes,
    notes: [...zone.notes, ...drawn],
  });
}

/**
 * Why cronie would refuse these five fields or this nickname, or `undefined` if it would not. The
 * grammar is that of its src/entry.c: names stand in ranges too, `~` draws from a range, a range may
 * end on a Sunday, and a step may be larger than its range, which leaves the first value.
 */
export function findCronFault(expression: string): string | undefined {
  if (expression === '@reboot') return undefined;
  const read = readCron(expression, cronDialects.cron);
  return 'error' in read ? read.error : undefined;
}

function readEvery(
  text: string,
  form: NonNullable<CronDialect['every']>,
): Runs | RunsError | undefined {
  const match =
    form === 'duration' ? /^@every (\S+)$/.exec(text) : /^(\d{1,2}) seconds?$/.exec(text);
  if (!match?.[1]) return undefined;
  const ms = form === 'duration' ? readGoDuration(match[1]) : Number(match[1]) * 1000;
  if (ms === undefined) return { error: `"${match[1]}" is no duration` };
  if (form === 'seconds' && (ms < 1000 || ms > 59_000))
    return { error: 'an interval is from 1 to 59 seconds' };
  // robfig/cron rounds down to seconds and up to at least one.
  return makeEvenRuns(Math.max(1000, Math.floor(ms / 1000) * 1000), 0, {
    phase: 'assumed',
    notes: ['it runs at this interval from when its scheduler started, which is not known'],
  });
}

function readCron(text: string, dialect: CronDialect): CronFields | RunsError {
  if (text.startsWith('@')) {
    const plain = cronNicknames.get(text) ?? dialect.nicknames?.get(text);
    return plain === undefined ? { error: `unknown nickname ${text}` } : readCron(plain, dialect);
  }
  const parts = text.split(' ');
  const hasSeconds = parts.length === 6 && dialect.seconds !== undefined;
  if (parts.length !== 5 && !hasSeconds)
    return {
      error: `${parts.length} fields where ${dialect.seconds ? 'five or six' : 'five'} are expected`,
    };
  const seconds = !hasSeconds ? '0' : dialect.seconds === 'first' ? parts.shift() : parts.pop();
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  const second = readField(seconds ?? '0', secondField, dialect);
  if ('error' in second) return second;
  const minutes = readField(minute, minuteField, dialect);
  if ('error' in minutes) return minutes;
  const hours = readField(hour, hourField, dialect);
  if ('error' in hours) return hours;
  const days = readDays(day, dayField, dialect, readSpecialDay);
  if ('error' in days) return days;
  const months = readField(month, monthField, dialect);
  if ('error' in months) return months;
  const weekdays = readDays(weekday, dialect.weekday ?? weekdayField, dialect, readSpecialWeekday);
  if ('error' in weekdays) return weekdays;
  const allMonths = months.values.length === 12;
  const matches = joinDays(
    days,
    weekdays,
    isOpen('day', day, days, dialect),
    isOpen('weekday', weekday, weekdays, dialect),
  );
  return {
    times: listTimes(hours.values, minutes.values, second.values),
    isDay: allMonths ? matches : (date) => months.values.includes(date.month) && matches(date),
    everyDay: allMonths && days.all && weekdays.all,
    jitterMinutes:
      minutes.spread +
      hours.spread * 60 +
      (days.spread + weekdays.spread) * dayMinutes +
      months.spread * 31 * dayMinutes,
    wildcard:
      dialect.wildcard === 'every-hour'
        ? hours.values.length === 24
        : minute.startsWith('*') || hour.startsWith('*'),
  };
}

/** The days that one of the two day fields names. */
interface Days extends Omit<FieldValues, 'values'> {
  readonly isDay: DayTest;
  /** It names every day. */
  readonly all: boolean;
}

type ReadSpecial = (term: string, field: Field, form: 'L' | '$') => DayTest | undefined;

function readDays(
  text: string,
  field: Field,
  dialect: CronDialect,
  readSpecial: ReadSpecial,
): Days | RunsError {
  const ofWeek = field.low === 0;
  const terms = text.split(',');
  const form = dialect.specialDays;
  const special = form ? terms.map((term) => readSpecial(term, field, form)) : [];
  const plain = terms.filter((_, index) => special[index] === undefined);
  const read =
    plain.length > 0 ? readField(plain.join(','), field, dialect) : { values: [], spread: 0 };
  if ('error' in read) return read;
  const numbers = new Set(ofWeek ? read.values.map((value) => value % 7) : read.values);
  const tests = special.filter((test) => test !== undefined);
  const all = numbers.size === (ofWeek ? 7 : 31);
  return {
    spread: read.spread,
    all,
    isDay: (date: Day) =>
      all || numbers.has(ofWeek ? date.weekday : date.day) || tests.some((test) => test(date)),
  };
}

/** `L` or `$` in the day of month. */
function readSpecialDay(term: string, _field: Field, form: 'L' | '$'): DayTest | undefined {
  return term.toUpperCase() === form ? lastDayLess(0) : undefined;
}

/** `fri#2`, `fri#-1` and `L5` in the day of week. */
function readSpecialWeekday(term: string, field: Field, form: 'L' | '$'): DayTest | undefined {
  if (form === '$') return undefined;
  const match = /^(\w{1,3})#(-?)([1-5]|L)$|^l(\d)$/i.exec(term);
  const day = match?.[1] ?? match?.[4];
  if (!match || day === undefined) return undefined;
  const read = readField(day, field, {});
  const weekday = 'error' in read ? undefined : read.values[0];
  if (weekday === undefined) return undefined;
  if (match[4] !== undefined || /l/i.test(match[3] ?? '')) return nthLastWeekday(weekday % 7, 1);
  const nth = Number(match[3]);
  return match[2] ? nthLastWeekday(weekday % 7, nth) : nthWeekday(weekday % 7, nth);
}

/** Whether a day field leaves the choice of days to the other one. */
function isOpen(field: 'day' | 'weekday', text: string, days: Days, dialect: CronDialect): boolean {
  switch (dialect.openDays) {
    case 'begins-with-star':
      return text.startsWith('*');
    case 'star-without-step':
      return text.split(',').some((term) => /^[*?](?:\/0*1)?$/.test(term));
    case 'fugit':
      return field === 'day' ? /(?:^|,)\*(?:\/1)?(?:,|$)/.test(text) : text === '*';
    case 'every-day':
      return days.all;
  }
}

function joinDays(days: Days, weekdays: Days, daysOpen: boolean, weekdaysOpen: boolean): DayTest {
  if (days.all && weekdays.all) return () => true;
  return daysOpen || weekdaysOpen
    ? (date) => days.isDay(date) && weekdays.isDay(date)
    : (date) => days.isDay(date) || weekdays.isDay(date);
}
