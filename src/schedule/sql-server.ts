import type { Schedule } from '../schedule.ts';
import { type Day, hourMs, minuteMs, secondMs, toDay, toDayNumber } from './calendar.ts';
import type { ClockRule } from './clock-change.ts';
import { runPattern } from './pattern.ts';
import { makeNoRuns, type Runs, type RunsError } from './runs.ts';
import { type DayTest, nthLastWeekday, nthWeekday } from './special-days.ts';
import { openZone } from './zone-of.ts';

/**
 * Microsoft does not document it; published measurements (Coeo, "Does SQL Server lose an hour of
 * sleep?"; SQLskills, "How does daylight savings time affect disaster recovery?") agree that skipped
 * runs take place right after the change and that the agent pauses in a repeated hour.
 */
const clockRule: ClockRule = { skipped: 'at-change', repeated: 'first' };

const subdayUnits = new Map([
  [2, secondMs],
  [4, minuteMs],
  [8, hourMs],
]);

/**
 * Opens the numbers of sp_add_schedule or sp_add_jobschedule, as `freq_type=8 freq_interval=62 …` in
 * any order, with or without `@` and commas.
 */
export function openSqlServer(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const numbers = new Map<string, number>();
  for (const [, key = '', value] of schedule.expression.matchAll(/@?\b(\w+)\s*=\s*(\d{1,8})\b/g))
    numbers.set(key.toLowerCase(), Number(value));
  const type = numbers.get('freq_type');
  if (type === undefined) return { error: 'it has no freq_type' };
  if (type === 64 || type === 128)
    return makeNoRuns(
      'it runs when the agent starts or the machine is idle, at no time of the calendar',
    );
  const start = readDate(numbers.get('active_start_date') ?? 19700101);
  const end = readDate(numbers.get('active_end_date') ?? 99991231);
  if (!start || !end) return { error: 'a date is not a date of the form YYYYMMDD' };
  const isDay = openDays(type, numbers, start);
  if (typeof isDay !== 'function') return isDay;
  const times = listSubdayTimes(numbers);
  if ('error' in times) return times;
  const counted = (numbers.get(type === 4 ? 'freq_interval' : 'freq_recurrence_factor') ?? 1) > 1;
  return runPattern(
    {
      times,
      isDay: (day) => day.number >= start.number && day.number <= end.number && isDay(day),
      everyDay: false,
    },
    zone.name,
    clockRule,
    {
      jitterMinutes: 0,
      notes:
        counted && !numbers.has('active_start_date')
          ? [...zone.notes, 'its start is not known; it is counted from 1970-01-01']
          : zone.notes,
    },
  );
}

function openDays(
  type: number,
  numbers: ReadonlyMap<string, number>,
  start: Day,
): DayTest | RunsError {
  const interval = numbers.get('freq_interval') ?? 1;
  const factor = Math.max(1, numbers.get('freq_recurrence_factor') ?? 1);
  const everyMonths: DayTest = ({ year, month }) =>
    ((year - start.year) * 12 + month - start.month) % factor === 0;
  switch (type) {
    case 1:
      return ({ number }) => number === start.number;
    case 4:
      return ({ number }) => (number - start.number) % Math.max(1, interval) === 0;
    case 8: {
      // Weeks begin on Sunday, the first bit.
      const toWeek = ({ number }: Day) => Math.floor((number + 4) / 7);
      return (day) =>
        ((interval >> day.weekday) & 1) === 1 && (toWeek(day) - toWeek(start)) % factor === 0;
    }
    case 16:
      return (day) => day.day === interval && everyMonths(day);
    case 32: {
      const relative = numbers.get('freq_relative_interval') ?? 0;
      const isRelative = openRelative(interval, relative);
      return isRelative
        ? (day) => isRelative(day) && everyMonths(day)
        : {
            error: `freq_relative_interval ${relative} with freq_interval ${interval} is not known`,
          };
    }
    default:
      return { error: `freq_type ${type} is not known` };
  }
}

/** First to fourth (1, 2, 4, 8) or last (16) weekday (1 to 7), day (8), working or weekend day. */
function openRelative(interval: number, relative: number): DayTest | undefined {
  const nth = [1, 2, 4, 8].indexOf(relative) + 1;
  if ((nth === 0 && relative !== 16) || interval < 1 || interval > 10) return undefined;
  if (interval <= 7)
    return nth > 0 ? nthWeekday(interval - 1, nth) : nthLastWeekday(interval - 1, 1);
  const counts = ({ weekday }: Pick<Day, 'weekday'>): boolean => {
    const weekend = weekday === 0 || weekday === 6;
    return interval === 8 || (interval === 10) === weekend;
  };
  return (day) => {
    if (!counts(day)) return false;
    const [from, to] = nth > 0 ? [1, day.day - 1] : [day.day + 1, day.last];
    let others = 0;
    for (let at = from; at <= to; at++)
      if (counts({ weekday: (((day.weekday + at - day.day) % 7) + 7) % 7 })) others++;
    return others === Math.max(0, nth - 1);
  };
}

function listSubdayTimes(numbers: ReadonlyMap<string, number>): number[] | RunsError {
  const start = readTime(numbers.get('active_start_time') ?? 0);
  const end = readTime(numbers.get('active_end_time') ?? 235959);
  if (start === undefined || end === undefined)
    return { error: 'a time is not a time of the form HHMMSS' };
  const type = numbers.get('freq_subday_type') ?? 1;
  const unit = subdayUnits.get(type);
  if (type <= 1) return [start];
  if (unit === undefined) return { error: `freq_subday_type ${type} is not known` };
  const step = unit * Math.max(1, numbers.get('freq_subday_interval') ?? 1);
  if (step < 10 * secondMs) return { error: 'the agent runs at most every ten seconds' };
  const times: number[] = [];
  // An end before the start lies on the next day.
  const last = end < start ? end + 24 * hourMs : end;
  for (let time = start; time <= last; time += step) times.push(time % (24 * hourMs));
  return times.sort((a, b) => a - b);
}

function readDate(number: number): Day | undefined {
  const [year, month, day] = [
    Math.floor(number / 10_000),
    Math.floor(number / 100) % 100,
    number % 100,
  ];
  const found = toDay(toDayNumber(year, month, day));
  return found.month === month && found.day === day && year > 1900 ? found : undefined;
}

function readTime(number: number): number | undefined {
  const [hour, minute, second] = [
    Math.floor(number / 10_000),
    Math.floor(number / 100) % 100,
    number % 100,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return hour * hourMs + minute * minuteMs + second * secondMs;
}
