import { dayMs, minuteMs, readLocalTime, secondMs } from '../../schedule/calendar.ts';
import { monthCodes, weekdayCodes } from '../../schedule/calendar-names.ts';
import { readIsoDuration } from '../../schedule/time-span.ts';
import type { Schedule } from '../../schedule.ts';
import { groupTimes } from './day-times.ts';

/** A trigger of a task as the XML of the Task Scheduler writes it. */
export interface WindowsTrigger {
  /** `CalendarTrigger`, `TimeTrigger` … */
  readonly kind: string;
  readonly start?: string;
  readonly end?: string;
  readonly interval?: string;
  readonly duration?: string;
  readonly randomDelay?: string;
  readonly calendar?: WindowsCalendar;
}

/** Which days a calendar trigger names. */
export type WindowsCalendar =
  | { readonly kind: 'day'; readonly every: number }
  | { readonly kind: 'week'; readonly every: number; readonly weekdays: readonly string[] }
  | { readonly kind: 'month'; readonly months: readonly string[]; readonly days: readonly string[] }
  | {
      readonly kind: 'month-weekday';
      readonly months: readonly string[];
      readonly weekdays: readonly string[];
      readonly weeks: readonly string[];
    };

/** What a trigger comes down to, and what of it could not be told. */
export interface TriggerReading {
  readonly schedules: readonly Schedule[];
  readonly flaws: readonly string[];
}

const eventOf: Readonly<Record<string, string>> = {
  BootTrigger: 'the machine starts',
  LogonTrigger: 'somebody logs on',
  IdleTrigger: 'the machine is idle',
  EventTrigger: 'an event is logged',
  RegistrationTrigger: 'the task is registered',
  SessionStateChangeTrigger: 'a session changes its state',
  WnfStateChangeTrigger: 'Windows changes its state',
};

/**
 * A trigger in the calendar syntax that the schedule room reads for `windows`. A boundary with `Z` or
 * an offset counts in UTC, one without in the machine's zone, which the file does not name.
 */
export function readTrigger(trigger: WindowsTrigger): TriggerReading {
  const event = eventOf[trigger.kind];
  if (event !== undefined)
    return { schedules: [], flaws: [`it starts when ${event}, by no clock`] };
  const flaws: string[] = [];
  const delay = trigger.randomDelay === undefined ? 0 : readIsoDuration(trigger.randomDelay);
  if (delay !== 0)
    flaws.push(`each run begins up to ${trigger.randomDelay} later, which is not counted`);
  const start = readBoundary(trigger.start ?? '');
  if (!start) return unknown(trigger, `"${trigger.start ?? ''}" is no start`, flaws);
  const end = trigger.end === undefined ? undefined : readBoundary(trigger.end);
  if (trigger.end !== undefined && !end)
    flaws.push(`its end "${trigger.end}" is no date and time, and is passed over`);
  // The end is given in the zone of the start, as the Task Scheduler writes both.
  const until = end && end.isUtc === start.isUtc ? `;UNTIL=${toText(end.local)}` : '';
  if (end && until === '') flaws.push(`its end ${trigger.end} is passed over`);
  const shared = {
    timezone: start.isUtc ? 'UTC' : '',
    scheduler: 'windows',
    start: toText(start.local),
  } as const;
  const repeat = readRepetition(trigger);
  if (repeat === 'unreadable')
    return unknown(trigger, 'its repetition is no length of time', flaws);
  if (!trigger.calendar) {
    const schedules = readOnce(start, repeat, until, shared);
    return schedules
      ? { schedules, flaws }
      : unknown(trigger, 'its repetition cannot be written as a calendar', flaws);
  }
  const days = readDays(trigger.calendar, start.local);
  if (typeof days !== 'string') return unknown(trigger, days.reason, flaws);
  if (repeat && repeat.lengthMs === undefined) {
    // Each run begins a repetition that never ends.
    const schedules = readOnce(start, repeat, until, shared);
    return schedules
      ? { schedules, flaws }
      : unknown(trigger, 'its repetition cannot be written as a calendar', flaws);
  }
  return readCalendar({ days, until, start: start.local, repeat, trigger, shared, flaws });
}

interface Repetition {
  readonly everyMs: number;
  /** Absent where it goes on for ever. */
  readonly lengthMs: number | undefined;
}

function readRepetition({
  interval,
  duration,
}: WindowsTrigger): Repetition | undefined | 'unreadable' {
  if (interval === undefined || interval === '') return undefined;
  const everyMs = readIsoDuration(interval);
  const lengthMs =
    duration === undefined || duration === '' ? undefined : readIsoDuration(duration);
  if (everyMs === undefined || everyMs < minuteMs) return 'unreadable';
  if (duration !== undefined && duration !== '' && lengthMs === undefined) return 'unreadable';
  return { everyMs, lengthMs };
}

/** A date and time; what has a zone of its own is turned into UTC. */
function readBoundary(text: string): { local: number; isUtc: boolean } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/.exec(
    text.trim(),
  );
  const local = match?.[1] === undefined ? undefined : readLocalTime(match[1]);
  if (!match || local === undefined) return undefined;
  const zone = match[2];
  if (zone === undefined) return { local, isUtc: false };
  if (zone === 'Z') return { local, isUtc: true };
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  const offset = (hours * 60 + minutes) * minuteMs;
  return { local: zone.startsWith('-') ? local + offset : local - offset, isUtc: true };
}

function toText(local: number): string {
  return new Date(local).toISOString().slice(0, 19);
}

/** One start, and what repeats from it on. */
function readOnce(
  start: { readonly local: number; readonly isUtc: boolean },
  repeat: Repetition | undefined,
  until: string,
  shared: Pick<Schedule, 'timezone' | 'start'> & { readonly scheduler: 'windows' },
): Schedule[] | undefined {
  const zone = start.isUtc ? 'Z' : '';
  if (!repeat)
    return [
      {
        expression: `R0/${toText(start.local)}${zone}/P1D`,
        timezone: shared.timezone,
        scheduler: 'interval',
      },
    ];
  if (repeat.lengthMs !== undefined) {
    const count = Math.max(0, Math.ceil(repeat.lengthMs / repeat.everyMs) - 1);
    return [
      {
        expression: `R${Math.min(count, 999_999)}/${toText(start.local)}${zone}/PT${repeat.everyMs / secondMs}S`,
        timezone: shared.timezone,
        scheduler: 'interval',
      },
    ];
  }
  const minutes = repeat.everyMs / minuteMs;
  const [frequency, interval] =
    minutes % 1440 === 0
      ? ['DAILY', minutes / 1440]
      : minutes % 60 === 0
        ? ['HOURLY', minutes / 60]
        : ['MINUTELY', minutes];
  if (!Number.isInteger(interval) || interval > 999) return undefined;
  return [{ ...shared, expression: `FREQ=${frequency};INTERVAL=${interval}${until}` }];
}

/** The part of the rule that names the days, with `{BYDAY}` where weekdays stand. */
function readDays(calendar: WindowsCalendar, start: number): string | { reason: string } {
  switch (calendar.kind) {
    case 'day':
      return calendar.every >= 1 && calendar.every <= 999
        ? `FREQ=DAILY;INTERVAL=${calendar.every}`
        : { reason: 'its days are counted in no number that is known' };
    case 'week': {
      const named = calendar.weekdays.map(toWeekday);
      const days = named.length > 0 ? named : [new Date(start).getUTCDay()];
      if (days.includes(-1) || !(calendar.every >= 1 && calendar.every <= 999))
        return { reason: 'its weekdays are not known' };
      return `FREQ=WEEKLY;INTERVAL=${calendar.every};BYDAY=${days.map((day) => weekdayCodes[day]).join(',')}`;
    }
    case 'month': {
      const days = calendar.days.map((day) => (/^last$/i.test(day) ? -1 : Number(day)));
      const isWhole = days.every((day) => day === -1 || (day >= 1 && day <= 31));
      const months = readMonths(calendar.months);
      if (months === undefined || days.length === 0 || !isWhole)
        return { reason: 'its days of the month are not known' };
      return `FREQ=MONTHLY;INTERVAL=1${months};BYMONTHDAY=${days.join(',')}`;
    }
    case 'month-weekday': {
      const weekdays = calendar.weekdays.map(toWeekday);
      const weeks = calendar.weeks.map((week) => (/^last$/i.test(week) ? -1 : Number(week)));
      const months = readMonths(calendar.months);
      const isWhole = weeks.every((week) => week === -1 || (week >= 1 && week <= 5));
      if (months === undefined || weekdays.length === 0 || weekdays.includes(-1) || !isWhole)
        return { reason: 'its weeks of the month are not known' };
      const named = weeks.length > 0 ? weeks : [''];
      const days = named.flatMap((week) => weekdays.map((day) => `${week}${weekdayCodes[day]}`));
      return `FREQ=MONTHLY;INTERVAL=1${months};BYDAY=${days.join(',')}`;
    }
  }
}

function toWeekday(name: string): number {
  return weekdayCodes.indexOf(name.slice(0, 3).toUpperCase());
}

function readMonths(names: readonly string[]): string | undefined {
  const months = names.map((name) => name.slice(0, 3).toUpperCase());
  if (months.some((month) => !monthCodes.includes(month))) return undefined;
  return months.length === 0 || months.length === 12 ? '' : `;BYMONTH=${months.join(',')}`;
}

/** The times of each day; those after midnight belong to the next one. */
function readCalendar(given: {
  readonly days: string;
  readonly until: string;
  readonly start: number;
  readonly repeat: Repetition | undefined;
  readonly trigger: WindowsTrigger;
  readonly shared: Pick<Schedule, 'timezone' | 'start'> & { readonly scheduler: 'windows' };
  readonly flaws: string[];
}): TriggerReading {
  const { days, until, start, repeat, trigger, shared, flaws } = given;
  const first = ((start % dayMs) + dayMs) % dayMs;
  const seconds = Math.floor(first / secondMs) % 60;
  const times = [Math.floor(first / minuteMs)];
  if (repeat?.lengthMs !== undefined) {
    if (repeat.lengthMs > dayMs || repeat.everyMs % minuteMs !== 0)
      return unknown(trigger, 'its repetition is longer than a day', flaws);
    for (let at = repeat.everyMs; at < repeat.lengthMs; at += repeat.everyMs)
      times.push(Math.floor((first + at) / minuteMs));
  }
  const schedules: Schedule[] = [];
  for (const shift of [0, 1]) {
    const own = times.filter((time) => Math.floor(time / 1440) === shift);
    if (own.length === 0) continue;
    const shifted = shift === 0 ? days : shiftDays(days);
    if (shifted === undefined)
      return unknown(
        trigger,
        'it repeats over midnight, from days that have no plain next day',
        flaws,
      );
    for (const { hours, minutes } of groupTimes(own.map((time) => time % 1440)))
      schedules.push({
        ...shared,
        expression: `${shifted.replace(';INTERVAL=1', '')};BYHOUR=${hours.join(',')};BYMINUTE=${minutes.join(',')};BYSECOND=${seconds}${until}`,
      });
  }
  return { schedules, flaws };
}

/** The rule for the days after those of a rule; undefined where there is none so simple. */
function shiftDays(days: string): string | undefined {
  if (days === 'FREQ=DAILY;INTERVAL=1') return days;
  const [head, named] = days.split(';BYDAY=');
  if (head !== 'FREQ=WEEKLY;INTERVAL=1' || named === undefined) return undefined;
  const next = named.split(',').map((day) => weekdayCodes[(weekdayCodes.indexOf(day) + 1) % 7]);
  return `${head};BYDAY=${next.join(',')}`;
}

/** A trigger that cannot be followed keeps its words as expression, which nothing takes for a calendar. */
function unknown(
  trigger: WindowsTrigger,
  reason: string,
  flaws: readonly string[],
): TriggerReading {
  const words = [
    trigger.kind,
    trigger.calendar?.kind,
    trigger.start && `from ${trigger.start}`,
    trigger.interval && `every ${trigger.interval}`,
    trigger.duration && `for ${trigger.duration}`,
  ];
  return {
    schedules: [
      { expression: words.filter((word) => word).join(' '), timezone: '', scheduler: 'windows' },
    ],
    flaws: [...flaws, `its trigger cannot be followed: ${reason}`],
  };
}
