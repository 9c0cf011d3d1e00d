import type { Schedule } from '../schedule.ts';
import { dayMs, minuteMs } from './calendar.ts';
import { asTheClockReads } from './clock-change.ts';
import { runPattern } from './pattern.ts';
import type { Runs, RunsError } from './runs.ts';
import { openZone } from './zone-of.ts';

const periods = new Map([
  ['@daily', 1],
  ['@weekly', 7],
]);
/** Periods of the calendar: run when the month, or the year, is another. */
const calendarPeriods = new Set(['@monthly', '@yearly']);

/**
 * Opens `period delay` of anacrontab(5), with the hours of START_HOURS_RANGE behind it if they are
 * set (`7 10 3-22`). Anacron runs a job on the first day that its period is over, when it is called;
 * cronie calls it a minute past each hour (contrib/0hourly). A machine that is always on is assumed,
 * and that the periods are counted from 1970-01-01, since the last run is not known; a monthly job
 * runs on the first day of the month, a yearly one on that of the year. RANDOM_DELAY (minutes) may follow as a fourth word.
 */
export function openAnacron(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const match = /^(@?\w+)\s+(\d{1,6})(?:\s+(\d{1,2})-(\d{1,2})(?:\s+(\d{1,6}))?)?$/.exec(
    schedule.expression.trim(),
  );
  if (!match) return { error: 'expected a period in days and a delay in minutes' };
  const [, period = '', delay, from = '0', to = '24', random = '0'] = match;
  const isOfCalendar = calendarPeriods.has(period);
  const days = /^\d{1,5}$/.test(period) ? Number(period) : periods.get(period);
  if (!isOfCalendar && (days === undefined || days === 0))
    return { error: `the period "${period}" is neither a number of days nor a known name` };
  if (Number(from) > 23 || Number(to) > 24 || Number(from) >= Number(to))
    return { error: `"${from}-${to}" is no range of hours` };
  const called = (Number(from) * 60 + 1) * minuteMs;
  const time = called + Number(delay) * minuteMs;
  const shift = Math.floor(time / dayMs);
  return runPattern(
    {
      times: [time - shift * dayMs],
      isDay: ({ number, day, month }) =>
        isOfCalendar
          ? day === 1 + shift && (period === '@monthly' || month === 1)
          : (number - shift) % (days ?? 1) === 0,
      everyDay: days === 1,
    },
    zone.name,
    asTheClockReads,
    {
      jitterMinutes: Number(random),
      notes: [
        ...zone.notes,
        'the machine is assumed to be on, and anacron to be called once an hour',
        ...(days === 1 ? [] : ['the day of its last run is not known']),
      ],
    },
  );
}
