/** Milliseconds of a second, a minute, an hour and a day of 24 hours. */
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** One day of the Gregorian calendar. */
export interface Day {
  /** Days since 1970-01-01. */
  readonly number: number;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 (Sunday) to 6. */
  readonly weekday: number;
  /** The last day of its month: 28 to 31. */
  readonly last: number;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How many days a month has; months are 1 to 12. */
export function countDays(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (lengths[month - 1] ?? 30) + (leap ? 1 : 0);
}

/** The day that is so many days after 1970-01-01. */
export function toDay(number: number): Day {
  const date = new Date(number * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  return {
    number,
    year,
    month,
    day: date.getUTCDate(),
    weekday: (((number + 4) % 7) + 7) % 7,
    last: countDays(year, month),
  };
}

/** Days from 1970-01-01 to this date; a month or day out of range runs on into the next. */
export function toDayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / dayMs);
}

/** A local date and time as milliseconds, as if its clock were in UTC; `undefined` if it is none. */
export function readLocalTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const fits = month >= 1 && month <= 12 && day >= 1 && day <= countDays(year, month);
  if (!fits || hour > 23 || minute > 59 || second > 59) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
