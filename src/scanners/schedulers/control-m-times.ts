import { weekdayCodes } from '../../schedule/calendar-names.ts';
import { isTimezone, type Schedule } from '../../schedule.ts';
import { groupTimes, readDayTime, toCronField } from './day-times.ts';

/** When a job of Control-M is ordered and may start, in the words of either of its formats. */
export interface ControlMTimes {
  /** `2230`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `ALL`, or 0 (Sunday) to 6, or SUN to SAT; empty where none is named. */
  readonly weekdays: readonly string[];
  /** `ALL`, 1 to 31, or L1 for the last; empty where none is named. */
  readonly monthDays: readonly string[];
  /** 1 to 12; empty for all. */
  readonly months: readonly number[];
  /** Whether a day must be named by both lists, where both name some. */
  readonly both: boolean;
  /** Calendars of the server that name or confirm the days. */
  readonly calendars: readonly string[];
  /** Minutes between the runs of a cyclic job. */
  readonly everyMinutes?: number | undefined;
  /** The minutes count from the end of the run before. */
  readonly fromEnd?: boolean;
  /** Times at which a cyclic job runs. */
  readonly at?: readonly string[];
  readonly timezone?: string | undefined;
}

/** The schedules of a job, and what of its times could not be told. */
export interface ControlMReading {
  readonly schedules: readonly Schedule[];
  readonly flaws: readonly string[];
  /** What is not named at all, which is no flaw of a job that others start. */
  readonly missing?: string;
}

const noTime = 'it names no time, so that the new day of its server starts it';
const noDays = 'it names no days';

/**
 * The times of a job as five fields of the scheduler `control-m`. What they cannot say is kept in
 * words, which nothing takes for a schedule, with the reason.
 */
export function toControlMSchedules(times: ControlMTimes): ControlMReading {
  const flaws: string[] = [];
  const timezone = readZone(times.timezone, flaws);
  const minutes = listMinutes(times, flaws);
  const days = readDays(times);
  if (typeof days === 'string' || typeof minutes === 'string') {
    const reason = [days, minutes].find((reading) => typeof reading === 'string');
    const told = `when it runs cannot be followed: ${String(reason)}`;
    const isMissing = reason === noDays || reason === noTime;
    if (!isMissing) flaws.push(told);
    return {
      ...(isMissing ? { missing: told } : {}),
      schedules: [{ expression: toWords(times), timezone, scheduler: 'control-m' }],
      flaws,
    };
  }
  const first = Math.min(...minutes);
  if (first < 7 * 60)
    flaws.push(
      'it starts in the early hours: if the new day of its server begins later, each run belongs to the day after',
    );
  return {
    schedules: groupTimes(minutes).map((group) => ({
      expression: `${toCronField(group.minutes, 0, 59)} ${toCronField(group.hours, 0, 23)} ${days.fields}`,
      timezone,
      scheduler: 'control-m',
    })),
    flaws,
  };
}

/** Zones are three letters that each server defines; only those that mean one thing are taken. */
function readZone(zone: string | undefined, flaws: string[]): string {
  const written = zone?.trim() ?? '';
  if (written === '') return '';
  if (written === 'GMT' || written === 'UTC') return 'UTC';
  if (written.includes('/') && isTimezone(written)) return written;
  flaws.push(`its time zone ${written} is defined on the Control-M server`);
  return `Control-M ${written}`;
}

/** The starts of one day in minutes after midnight, or why they are not known. */
function listMinutes(times: ControlMTimes, flaws: string[]): number[] | string {
  if (times.at) {
    const at = times.at.map(readDayTime);
    const known = at.filter((time) => time !== undefined);
    return known.length === at.length && at.length > 0 ? known : 'its times are not readable';
  }
  const from = times.from === undefined ? undefined : readDayTime(times.from.slice(0, 4));
  if (from === undefined)
    return times.everyMinutes === undefined
      ? noTime
      : 'it is cyclic from the new day of its server on, whose time the file does not hold';
  const every = times.everyMinutes;
  if (every === undefined) return [from];
  if (!Number.isInteger(every) || every < 1) return 'its interval is no number of minutes';
  if (times.fromEnd)
    flaws.push('its interval counts from the end of the run before, so that it runs less often');
  const to = times.to === undefined ? undefined : readDayTime(times.to);
  if (to === undefined) flaws.push('it is cyclic without an end; it is taken to stop at midnight');
  if (to !== undefined && to < from) return 'it is cyclic over midnight';
  const last = to ?? 24 * 60 - 1;
  const minutes: number[] = [];
  for (let at = from; at <= last; at += every) minutes.push(at);
  return minutes;
}

/** The three fields of days, or why they are not known. */
function readDays(times: ControlMTimes): { readonly fields: string } | string {
  const { both, calendars, months } = times;
  if (calendars.length > 0) return `its days are those of the calendar ${calendars.join(', ')}`;
  const weekdays = readWeekdays(times.weekdays);
  const days = readMonthDays(times.monthDays);
  if (weekdays === undefined || days === undefined)
    return 'its days are counted in a way of its own';
  if (weekdays === '' && days === '') return noDays;
  const isEither = weekdays !== '' && days !== '' && !both;
  const isAll = isEither && (weekdays === '*' || days === '*');
  if (both && ![weekdays, days].some((field) => field === '' || field === '*'))
    return 'days of the month and weekdays must both match';
  const month =
    months.length === 0
      ? '*'
      : toCronField(
          [...months].sort((a, b) => a - b),
          1,
          12,
        );
  return { fields: `${isAll ? '*' : days || '*'} ${month} ${isAll ? '*' : weekdays || '*'}` };
}

function readWeekdays(words: readonly string[]): string | undefined {
  const named = words.map((word) => word.trim().toUpperCase()).filter((word) => word !== '');
  if (named.length === 0 || named.includes('NONE')) return '';
  if (named.includes('ALL')) return '*';
  const numbers = named.map((word) =>
    /^[0-6]$/.test(word) ? Number(word) : weekdayCodes.indexOf(word),
  );
  if (numbers.includes(-1)) return undefined;
  return toCronField(
    [...new Set(numbers)].sort((a, b) => a - b),
    0,
    6,
  );
}

function readMonthDays(words: readonly string[]): string | undefined {
  const named = words.map((word) => word.trim().toUpperCase()).filter((word) => word !== '');
  if (named.length === 0 || named.includes('NONE')) return '';
  if (named.includes('ALL')) return '*';
  const fields = named.map((word) => (word === 'L1' ? 'L' : word));
  const isPlain = fields.every(
    (word) => word === 'L' || (/^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31),
  );
  return isPlain
    ? fields.map((word) => (word === 'L' ? word : String(Number(word)))).join(',')
    : undefined;
}

/** What is known of the times, for people. */
function toWords(times: ControlMTimes): string {
  const words = [
    times.everyMinutes === undefined ? '' : `every ${times.everyMinutes} minutes`,
    times.from ? `from ${times.from}` : '',
    times.to ? `to ${times.to}` : '',
    times.weekdays.length > 0 ? `weekdays ${times.weekdays.join(' ')}` : '',
    times.monthDays.length > 0 ? `days ${times.monthDays.join(' ')}` : '',
    times.calendars.length > 0 ? `calendar ${times.calendars.join(' ')}` : '',
  ];
  return words.filter((word) => word !== '').join(' ') || 'at the new day of the server';
}
