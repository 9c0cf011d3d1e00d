import { type Day, dayMs, hourMs, minuteMs, secondMs, toDay, toDayNumber } from './calendar.ts';
import { listLocalTimes, listTimes } from './pattern.ts';
import type { ListInstants, RunsError } from './runs.ts';

/** How often a period comes round. */
export type Frequency =
  | 'YEARLY'
  | 'MONTHLY'
  | 'WEEKLY'
  | 'DAILY'
  | 'HOURLY'
  | 'MINUTELY'
  | 'SECONDLY';

/** A weekday (0 is Sunday), or the n-th of its month or year; negative counts from the end. */
export interface RuleDay {
  readonly weekday: number;
  readonly nth?: number;
}

/** A recurrence in the manner of RFC 5545 and of Oracle's calendaring syntax, in local time. */
export interface Recurrence {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Local ms; gives what the rule leaves out, and where intervals begin. */
  readonly start: number;
  readonly months?: readonly number[];
  /** Negative counts from the end. */
  readonly monthDays?: readonly number[];
  readonly yearDays?: readonly number[];
  readonly weekdays?: readonly RuleDay[];
  readonly hours?: readonly number[];
  readonly minutes?: readonly number[];
  readonly seconds?: readonly number[];
  /** Which of the days of each period; negative counts from the end. */
  readonly positions?: readonly number[];
  /** Local ms of the last possible run. */
  readonly until?: number;
}

const lengths = { HOURLY: hourMs, MINUTELY: minuteMs, SECONDLY: secondMs };

/** The local times of a recurrence, and at most how many on one day. */
export function openRecurrence(
  rule: Recurrence,
):
  | { readonly list: ListInstants; readonly perDay: number; readonly everyDay: boolean }
  | RunsError {
  const { frequency } = rule;
  const opened =
    frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY'
      ? openWithinDay(rule, frequency)
      : openDays(rule);
  if ('error' in opened) return opened;
  const last = rule.until ?? Number.POSITIVE_INFINITY;
  return {
    ...opened,
    list: (from, to) => opened.list(Math.max(from, rule.start), Math.min(to, last + 1)),
  };
}

/** Periods of days and longer: the days that match, at the times that the rule or its start give. */
function openDays(rule: Recurrence) {
  const start = toDay(Math.floor(rule.start / dayMs));
  const time = rule.start - start.number * dayMs;
  const times = listTimes(
    rule.hours ?? [Math.floor(time / hourMs)],
    rule.minutes ?? [Math.floor(time / minuteMs) % 60],
    rule.seconds ?? [Math.floor(time / secondMs) % 60],
  );
  const matches = openDayFilter(rule, start);
  if (rule.positions && times.length > 1)
    return { error: 'positions of several times a day are not supported' };
  const isInPeriod = openPeriods(rule, start);
  const inPeriod = (day: Day) => isInPeriod(day) && matches(day);
  const isDay = rule.positions ? openPositions(rule, rule.positions, inPeriod) : inPeriod;
  return {
    list: listLocalTimes({ isDay, times, everyDay: false }),
    perDay: times.length,
    everyDay:
      rule.frequency === 'DAILY' && rule.interval === 1 && !rule.positions && !hasDays(rule),
  };
}

function hasDays({ months, monthDays, yearDays, weekdays }: Recurrence): boolean {
  return [months, monthDays, yearDays, weekdays].some((part) => part !== undefined);
}

function openPeriods({ frequency, interval }: Recurrence, start: Day): (day: Day) => boolean {
  // Weeks begin on Monday, as those of ISO 8601 and of RFC 5545 do.
  const toWeek = (day: Day) => Math.floor((day.number + 3) / 7);
  const toIndex = (day: Day): number => {
    switch (frequency) {
      case 'YEARLY':
        return day.year - start.year;
      case 'MONTHLY':
        return (day.year - start.year) * 12 + day.month - start.month;
      case 'WEEKLY':
        return toWeek(day) - toWeek(start);
      default:
        return day.number - start.number;
    }
  };
  return (day) => toIndex(day) % interval === 0;
}

/** The parts that name days narrow each other down; where none does, the start names the day. */
function openDayFilter(rule: Recurrence, start: Day): (day: Day) => boolean {
  const { frequency, months, monthDays, yearDays, weekdays } = rule;
  const namesDay = monthDays ?? yearDays ?? weekdays;
  const ofStart = (day: Day): boolean => {
    if (namesDay || frequency === 'DAILY') return true;
    if (frequency === 'WEEKLY') return day.weekday === start.weekday;
    return (
      day.day === start.day &&
      (frequency === 'MONTHLY' || months !== undefined || day.month === start.month)
    );
  };
  const inYear = frequency === 'YEARLY' && months === undefined;
  return (day) =>
    ofStart(day) &&
    (!months || months.includes(day.month)) &&
    (!monthDays || monthDays.some((n) => day.day === (n < 0 ? day.last + 1 + n : n))) &&
    (!yearDays || yearDays.some((n) => isYearDay(day, n))) &&
    (!weekdays || weekdays.some((item) => isRuleDay(day, item, inYear)));
}

function isYearDay({ number, year }: Day, nth: number): boolean {
  return (
    number === (nth < 0 ? toDayNumber(year + 1, 1, 1) + nth : toDayNumber(year, 1, 1) + nth - 1)
  );
}

function isRuleDay(day: Day, { weekday, nth }: RuleDay, inYear: boolean): boolean {
  if (day.weekday !== weekday) return false;
  if (nth === undefined) return true;
  const first = inYear ? toDayNumber(day.year, 1, 1) : day.number - day.day + 1;
  const next = inYear ? toDayNumber(day.year + 1, 1, 1) : day.number + day.last - day.day + 1;
  return nth > 0
    ? Math.floor((day.number - first) / 7) + 1 === nth
    : Math.floor((next - 1 - day.number) / 7) + 1 === -nth;
}

function openPositions(
  { frequency }: Recurrence,
  positions: readonly number[],
  matches: (day: Day) => boolean,
): (day: Day) => boolean {
  const kept = new Map<number, ReadonlySet<number>>();
  return (day) => {
    const [first, next] = boundsOfPeriod(day, frequency);
    let chosen = kept.get(first);
    if (!chosen) {
      const days: number[] = [];
      for (let number = first; number < next; number++)
        if (matches(toDay(number))) days.push(number);
      chosen = new Set(
        positions
          .map((position) => days.at(position > 0 ? position - 1 : position))
          .filter((number) => number !== undefined),
      );
      if (kept.size > 500) kept.clear();
      kept.set(first, chosen);
    }
    return chosen.has(day.number);
  };
}

function boundsOfPeriod(day: Day, frequency: Frequency): readonly [first: number, next: number] {
  switch (frequency) {
    case 'YEARLY':
      return [toDayNumber(day.year, 1, 1), toDayNumber(day.year + 1, 1, 1)];
    case 'MONTHLY':
      return [day.number - day.day + 1, day.number - day.day + 1 + day.last];
    case 'WEEKLY': {
      const monday = Math.floor((day.number + 3) / 7) * 7 - 3;
      return [monday, monday + 7];
    }
    default:
      return [day.number, day.number + 1];
  }
}

/** Hours, minutes and seconds: every so many of them from the start, of which the parts keep some. */
function openWithinDay(rule: Recurrence, frequency: keyof typeof lengths) {
  if (rule.positions) return { error: 'positions within a day are not supported' };
  const length = lengths[frequency];
  const step = rule.interval * length;
  const first = Math.floor(rule.start / length) * length;
  const start = toDay(Math.floor(rule.start / dayMs));
  const isDay = openDayFilter({ ...rule, frequency: 'DAILY' }, start);
  const ofStart = rule.start - first;
  // Parts below the period multiply it, those at it and above narrow it down.
  const minutes = frequency === 'HOURLY' ? (rule.minutes ?? [Math.floor(ofStart / minuteMs)]) : [0];
  const seconds =
    frequency === 'SECONDLY' ? [0] : (rule.seconds ?? [Math.floor(ofStart / secondMs) % 60]);
  const offsets = listTimes([0], minutes, seconds);
  const list: ListInstants = (from, to) => {
    const locals: number[] = [];
    let day = toDay(Math.floor(from / dayMs));
    for (let at = first + Math.floor((from - first) / step) * step; at < to; at += step) {
      const number = Math.floor(at / dayMs);
      if (number !== day.number) day = toDay(number);
      const time = at - number * dayMs;
      if (rule.hours && !rule.hours.includes(Math.floor(time / hourMs))) continue;
      if (
        frequency !== 'HOURLY' &&
        rule.minutes &&
        !rule.minutes.includes(Math.floor(time / minuteMs) % 60)
      )
        continue;
      if (
        frequency === 'SECONDLY' &&
        rule.seconds &&
        !rule.seconds.includes(Math.floor(time / secondMs) % 60)
      )
        continue;
      if (!isDay(day)) continue;
      for (const offset of offsets)
        if (at + offset >= from && at + offset < to) locals.push(at + offset);
    }
    return locals;
  };
  return { list, perDay: Math.ceil(dayMs / step) * offsets.length, everyDay: false };
}
