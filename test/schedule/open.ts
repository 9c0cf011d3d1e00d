import { openRuns } from '../../src/schedule/open-runs.ts';
import type { Runs } from '../../src/schedule/runs.ts';
import type { Schedule } from '../../src/schedule.ts';

/** Opens a schedule that must be valid. */
export function openValid(schedule: Schedule): Runs {
  const opened = openRuns(schedule);
  if ('error' in opened) throw new Error(`${schedule.expression}: ${opened.error}`);
  return opened;
}

/** The first runs from a time on, as `2026-01-01T06:00` in UTC; seconds only where there are any. */
export function listFirst(schedule: Schedule, from: string, count: number): string[] {
  const start = Date.parse(from);
  const instants: string[] = [];
  for (const instant of openValid(schedule).each(start, start + 40 * 366 * 86_400_000)) {
    if (instants.push(toText(instant)) === count) break;
  }
  return instants;
}

/** All runs of [from, to), written as `listFirst` does. */
export function listAll(schedule: Schedule, from: string, to: string): string[] {
  return openValid(schedule).runs(Date.parse(from), Date.parse(to)).map(toText);
}

function toText(instant: number): string {
  return new Date(instant).toISOString().replace(/(?::00)?\.000Z$/, '');
}
