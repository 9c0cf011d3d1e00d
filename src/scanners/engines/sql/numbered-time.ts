import type { TimeKind } from './dialect.ts';

type Unit = Exclude<TimeKind, 'moment' | 'iso'>;

/** Milliseconds in one of each unit. */
export const millisecondsOf: Readonly<Record<Unit, number>> = {
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

const zeros: Readonly<Record<Unit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

/** The start of a day, `YYYY-MM-DD` UTC, as a number since 1970: more digits than a float holds. */
export function numberOfDay(day: string, unit: Unit): string {
  return `${Date.parse(`${day}T00:00:00Z`) / 1000}${'0'.repeat(zeros[unit])}`;
}
