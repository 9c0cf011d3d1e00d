import { monthNames, weekdayNames } from '../../schedule/calendar-names.ts';

/** What a clock on the wall shows at an instant. */
export interface LocalTime {
  /** Days since 1970-01-01, by the calendar of the zone. */
  readonly day: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

/** Reads instants in ms as the clock of one IANA zone shows them; in UTC where it is not known. */
export function openClock(timezone: string): (instant: number) => LocalTime {
  const format = openFormat(timezone);
  return (instant) => {
    const found: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(new Date(instant)))
      found[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = found;
    return { day: Date.UTC(year, month - 1, day) / msOfDay, minute: hour * 60 + minute };
  };
}

const msOfDay = 86_400_000;

function openFormat(timezone: string): Intl.DateTimeFormat {
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: timezone || 'UTC' });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

/** As in "Friday 6 Nov". */
export function tellDay(day: number, form: 'long' | 'short' = 'long'): string {
  const date = new Date(day * msOfDay);
  const name = weekdayNames[date.getUTCDay()] ?? '';
  return `${form === 'long' ? name : name.slice(0, 3)} ${date.getUTCDate()} ${monthNames[date.getUTCMonth()]?.slice(0, 3)}`;
}

/** As in "22:30". */
export function tellMinute(minute: number): string {
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${pad(minute / 60)}:${pad(minute % 60)}`;
}

/** As in "Friday 6 Nov 22:30". */
export function tellTime({ day, minute }: LocalTime, form: 'long' | 'short' = 'long'): string {
  return `${tellDay(day, form)} ${tellMinute(minute)}`;
}

/** As in "Friday 22:30". */
export function tellWeekTime({ day, minute }: LocalTime): string {
  return `${weekdayNames[new Date(day * msOfDay).getUTCDay()]} ${tellMinute(minute)}`;
}
