import { openRuns } from '../schedule/open-runs.ts';
import type { Schedule } from '../schedule.ts';
import { readDeclaredSchedule } from './freshness/declared-schedule.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Words for periods whose day nobody tells, and how many days they can be apart. */
const longPeriods: readonly (readonly [RegExp, number])[] = [
  [/^(?:fortnightly|biweekly|twice monthly|every (?:two|2) weeks)$/, 16],
  [/^(?:monthly|month[ -]end|every month|once a month)$/, 62],
  [/^(?:bimonthly|every (?:two|2) months)$/, 93],
  [/^(?:quarterly|quarter[ -]end|every quarter|once a quarter)$/, 184],
  [/^(?:half[ -]yearly|semi-?annual(?:ly)?|twice (?:a year|yearly)|bi-?annual(?:ly)?)$/, 366],
  [/^(?:yearly|annual(?:ly)?|year[ -]end|every year|once a year|biyearly)$/, 366],
  [/^(?:biennial(?:ly)?|every (?:two|2) years|every other year)$/, 731],
];

/**
 * The days that two runs of a schedule can be apart; 0 where data moves at once, undefined where
 * nobody can tell: no clock starts it, or its words cannot be followed.
 */
export function longestGapDays(schedule: Schedule): number | undefined {
  const text = schedule.expression.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 200);
  const words = longPeriods.find(([pattern]) => pattern.test(text));
  if (words) return words[1];
  const read = readDeclaredSchedule(schedule);
  if (read.kind === 'at-once') return 0;
  if (read.kind === 'unknown') return undefined;
  const runs = openRuns(read.schedule);
  if ('error' in runs || runs.phase === 'none') return undefined;
  if (runs.everyMs !== undefined) return runs.everyMs / dayMs;
  const start = Date.UTC(2024, 0, 1);
  // Most schedules run again within half a year; the rest run rarely enough to be followed for long.
  const near = widestGap(runs.each(start, start + 400 * dayMs), start, 400);
  if (near !== undefined && near <= 200) return near;
  const years = 9 * 366;
  return widestGap(runs.each(start, start + years * dayMs), start, years);
}

/** The widest gap in days, with those before the first run and after the last one. */
function widestGap(instants: Iterable<number>, start: number, days: number): number | undefined {
  let widest = 0;
  let before = start;
  let count = 0;
  for (const at of instants) {
    widest = Math.max(widest, at - before);
    before = at;
    count += 1;
  }
  if (count === 0) return undefined;
  return Math.max(widest, start + days * dayMs - before) / dayMs;
}
