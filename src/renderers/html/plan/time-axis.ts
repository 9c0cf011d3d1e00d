import { addDays, countDays, toTime } from '../../migration-plan/days.ts';

/** Dates along the width of a picture. */
export interface TimeAxis {
  readonly x: (date: string) => number;
  /** The first days of months that have room for their names, `YYYY-MM`. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

/** Lays dates from the first to the last between two edges. */
export function layTimeAxis(first: string, last: string, left: number, right: number): TimeAxis {
  const [from, to] = [toTime(first), toTime(last)];
  const x = (date: string): number => {
    const share = (toTime(date) - from) / Math.max(1, to - from);
    return left + Math.min(1, Math.max(0, share)) * (right - left);
  };
  const room = Math.max(1, Math.floor((right - left) / 84));
  const months = countDays(first, last) / (365.25 / 12);
  const steps = [1, 2, 3, 6, 12, 24, 60, 120];
  const every = steps.find((step) => months / step <= room) ?? 240;
  const ticks: { x: number; label: string }[] = [];
  const year = Number(first.slice(0, 4));
  for (let month = 0; ; month += every) {
    const label = `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    if (`${label}-01` > last) break;
    if (`${label}-01` >= first) ticks.push({ x: x(`${label}-01`), label });
  }
  return { x, ticks };
}

/** The date by which a picture ends, so that what happens on the last day still shows. */
export function addMargin(first: string, last: string): string {
  return addDays(last, Math.max(2, Math.round(countDays(first, last) * 0.05)));
}
