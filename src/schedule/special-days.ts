import type { Day } from './calendar.ts';

/** Whether it runs on a day. */
export type DayTest = (day: Day) => boolean;

/** The day so many days before the last of the month; 0 is the last day itself. */
export function lastDayLess(days: number): DayTest {
  return (day) => day.day === day.last - days;
}

/** The n-th such weekday (0 is Sunday) of the month. */
export function nthWeekday(weekday: number, nth: number): DayTest {
  return (day) => day.weekday === weekday && Math.ceil(day.day / 7) === nth;
}

/** The n-th such weekday from the end of the month; 1 is the last one. */
export function nthLastWeekday(weekday: number, nth: number): DayTest {
  return (day) => day.weekday === weekday && Math.ceil((day.last - day.day + 1) / 7) === nth;
}

/**
 * The working day (Monday to Friday) nearest to a day of the month, within that month: from a
 * Saturday back to Friday, from a Sunday on to Monday, unless that leaves the month. `toTarget` gives
 * the day aimed at, by the last day of the month; a day that the month does not have gives none.
 * `overEnd` tells whether a Sunday at the end of the month goes back to its Friday.
 */
export function nearestWorkingDay(
  toTarget: (last: number) => number,
  overEnd: 'back' | 'never',
): DayTest {
  return ({ day, weekday, last }) => {
    if (weekday === 0 || weekday === 6) return false;
    const target = toTarget(last);
    if (target < 1 || target > last) return false;
    const targetWeekday = (((weekday + target - day) % 7) + 7) % 7;
    if (targetWeekday === 6) return day === (target === 1 ? 3 : target - 1);
    if (targetWeekday !== 0) return day === target;
    if (target < last) return day === target + 1;
    return overEnd === 'back' && day === target - 2;
  };
}
