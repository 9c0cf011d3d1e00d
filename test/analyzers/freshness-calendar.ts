import { type Instants, packInstants } from '../../src/analyzers/freshness/instants.ts';

const day = 86_400_000;

/** The instant at which clocks in a zone show this date and time; no time that a change skips. */
export function atClock(date: string, clock: string, timezone = 'Europe/Oslo'): number {
  const wanted = Date.parse(`${date}T${clock}:00Z`);
  const shown = (instant: number): number => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'medium',
    }).formatToParts(new Date(instant));
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
    return Date.parse(
      `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`,
    );
  };
  let instant = wanted;
  for (let round = 0; round < 2; round++) instant += wanted - shown(instant);
  return instant;
}

/** A time of day on some days of the week (0 is Sunday), from one date up to another. */
export function everyWeek(
  clock: string,
  weekdays: readonly number[],
  from: string,
  to: string,
  timezone = 'Europe/Oslo',
): Instants {
  const instants: number[] = [];
  for (let date = Date.parse(from); date < Date.parse(to); date += day)
    if (weekdays.includes(new Date(date).getUTCDay()))
      instants.push(atClock(new Date(date).toISOString().slice(0, 10), clock, timezone));
  return packInstants(instants);
}

export const workingDays = [1, 2, 3, 4, 5];
export const everyDay = [0, 1, 2, 3, 4, 5, 6];
