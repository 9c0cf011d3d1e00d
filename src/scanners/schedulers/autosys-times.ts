import { isTimezone, type Schedule } from '../../schedule.ts';
import { groupTimes, readDayTime, toCronField } from './day-times.ts';

/** When a job of AutoSys starts, as JIL writes it. */
export interface AutosysTimes {
  /** `all`, or `su` to `sa`. */
  readonly daysOfWeek: readonly string[];
  /** `HH:MM`. */
  readonly startTimes: readonly string[];
  /** Minutes of every hour. */
  readonly startMinutes: readonly string[];
  readonly runCalendar: string;
  readonly excludeCalendar: string;
  /** `HH:MM-HH:MM`. */
  readonly runWindow: string;
  readonly timezone: string;
}

const weekdays = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'];

/** The times as five fields of the scheduler `autosys`; what they cannot say is kept in words. */
export function toAutosysSchedules(times: AutosysTimes): {
  readonly schedules: readonly Schedule[];
  readonly flaws: readonly string[];
} {
  const flaws: string[] = [];
  if (times.excludeCalendar !== '')
    flaws.push(
      `the days of the calendar ${times.excludeCalendar} are left out, which are not known`,
    );
  if (times.timezone !== '' && !isTimezone(times.timezone))
    flaws.push(`its time zone ${times.timezone} is defined on the AutoSys server`);
  const minutes = listMinutes(times);
  const days = readDays(times);
  const reason = [days, minutes].find((reading) => typeof reading === 'string');
  if (reason !== undefined || typeof days === 'string' || typeof minutes === 'string') {
    flaws.push(`when it runs cannot be followed: ${String(reason)}`);
    return {
      schedules: [{ expression: toWords(times), timezone: times.timezone, scheduler: 'autosys' }],
      flaws,
    };
  }
  return {
    schedules: groupTimes(minutes).map((group) => ({
      expression: `${toCronField(group.minutes, 0, 59)} ${toCronField(group.hours, 0, 23)} * * ${days.field}`,
      timezone: times.timezone,
      scheduler: 'autosys',
    })),
    flaws,
  };
}

function readDays({ daysOfWeek, runCalendar }: AutosysTimes): { readonly field: string } | string {
  if (runCalendar !== '') return `its days are those of the calendar ${runCalendar}`;
  if (daysOfWeek.length === 0) return 'it names no days';
  if (daysOfWeek.includes('all')) return { field: '*' };
  const numbers = daysOfWeek.map((day) => weekdays.indexOf(day.slice(0, 2)));
  if (numbers.includes(-1)) return `"${daysOfWeek.join(', ')}" are no days of the week`;
  return {
    field: toCronField(
      [...new Set(numbers)].sort((a, b) => a - b),
      0,
      6,
    ),
  };
}

/** The starts of one day in minutes after midnight, or why they are not known. */
function listMinutes({ startTimes, startMinutes, runWindow }: AutosysTimes): number[] | string {
  if (startTimes.length > 0) {
    const known = startTimes.map(readDayTime).filter((time) => time !== undefined);
    return known.length === startTimes.length
      ? known
      : `"${startTimes.join(', ')}" are no times of the day`;
  }
  const minutes = startMinutes.map(Number);
  if (minutes.length === 0) return 'it names no times';
  if (minutes.some((minute) => !(Number.isInteger(minute) && minute >= 0 && minute < 60)))
    return `"${startMinutes.join(', ')}" are no minutes of the hour`;
  const [from, to] = runWindow === '' ? [0, 1439] : runWindow.split('-').map(readDayTime);
  if (from === undefined || to === undefined) return `"${runWindow}" is no window of time`;
  if (from > to) return 'its window runs over midnight';
  const all: number[] = [];
  for (let hour = 0; hour < 24; hour++)
    for (const minute of minutes) {
      const time = hour * 60 + minute;
      if (time >= from && time <= to) all.push(time);
    }
  return all.length > 0 ? all : 'none of its minutes is in its window';
}

/** What is known of the times, for people. */
function toWords(times: AutosysTimes): string {
  const words = [
    times.startTimes.length > 0 ? `at ${times.startTimes.join(' ')}` : '',
    times.startMinutes.length > 0 ? `at minutes ${times.startMinutes.join(' ')}` : '',
    times.daysOfWeek.length > 0 ? `on ${times.daysOfWeek.join(' ')}` : '',
    times.runCalendar === '' ? '' : `on days of ${times.runCalendar}`,
  ];
  return words.filter((word) => word !== '').join(' ') || 'by date conditions';
}
