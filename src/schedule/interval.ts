import type { Schedule } from '../schedule.ts';
import { dayMs, hourMs, minuteMs, readLocalTime, secondMs } from './calendar.ts';
import { asTheClockReads, placeOnClock } from './clock-change.ts';
import { runRecurrence } from './oracle.ts';
import type { Frequency } from './recurrence.ts';
import { makeEvenRuns, makeNoRuns, makeRuns, type Runs, type RunsError } from './runs.ts';
import { readIsoDuration } from './time-span.ts';
import { openZone } from './zone-of.ts';

const startUnknown = 'its start is not known; it is counted from 1970-01-01 00:00 UTC';

/**
 * Opens an ISO 8601 repetition, `R/2026-01-05T06:00/PT4H` or without the start. The duration is real
 * time, whatever the clock does: a day is 24 hours. A start without `Z` is in the schedule's zone.
 */
export function openInterval(schedule: Schedule): Runs | RunsError {
  const match = /^R(\d{0,6})\/(?:([\d:T.-]+)(Z?)\/)?(P\w+)$/.exec(schedule.expression.trim());
  const everyMs = readIsoDuration(match?.[4] ?? '');
  if (!match || everyMs === undefined || everyMs < secondMs)
    return { error: `"${schedule.expression}" is no repetition such as R/2026-01-05T06:00/PT4H` };
  return runFrom(
    match[2] ?? schedule.start,
    match[3] === 'Z' ? 'UTC' : schedule.timezone,
    everyMs,
    match[1],
  );
}

/** Opens `timedelta(hours=6)` as an Airflow DAG writes it. */
export function openTimedelta(schedule: Schedule): Runs | RunsError | undefined {
  const inside = /^(?:datetime\.)?timedelta\(([^()]*)\)$/.exec(schedule.expression.trim())?.[1];
  if (inside === undefined) return undefined;
  const units = {
    weeks: 7 * dayMs,
    days: dayMs,
    hours: hourMs,
    minutes: minuteMs,
    seconds: secondMs,
  };
  let everyMs = 0;
  for (const part of inside.split(',')) {
    const [, unit = 'days', count] =
      /^\s*(?:(weeks|days|hours|minutes|seconds)\s*=\s*)?(\d{1,7})\s*$/.exec(part) ?? [];
    if (count === undefined)
      return { error: `"${schedule.expression}" is no fixed length of time` };
    everyMs += Number(count) * units[unit as keyof typeof units];
  }
  if (everyMs < secondMs) return { error: 'it repeats without any time between' };
  return runFrom(schedule.start, schedule.timezone || 'UTC', everyMs, undefined);
}

function runFrom(
  start: string | undefined,
  timezone: string,
  everyMs: number,
  count: string | undefined,
): Runs | RunsError {
  if (start === undefined)
    return makeEvenRuns(everyMs, 0, { phase: 'assumed', notes: [startUnknown] });
  const zone = openZone(timezone, undefined);
  if ('error' in zone) return zone;
  const local = readLocalTime(start);
  if (local === undefined) return { error: `"${start}" is no date and time` };
  const first = toInstant(local, zone.name);
  if (!count) return makeEvenRuns(everyMs, first, { first, notes: zone.notes });
  const even = makeEvenRuns(everyMs, first, { first });
  // ISO 8601 counts repetitions, so that R1 runs twice.
  const end = first + Number(count) * everyMs + 1;
  return makeRuns({
    list: (from, to) => even.runs(from, Math.min(to, end)),
    perDay: even.perDay,
    notes: zone.notes,
  });
}

function toInstant(local: number, timezone: string): number {
  const place = placeOnClock((from, to) => (local >= from && local < to ? [local] : []), timezone, {
    skipped: 'moved-on',
    repeated: 'first',
  });
  return place(local - 2 * dayMs, local + 2 * dayMs)[0] ?? local;
}

const mysqlUnits = new Map<string, readonly [frequency: Frequency, times: number]>([
  ['SECOND', ['SECONDLY', 1]],
  ['MINUTE', ['MINUTELY', 1]],
  ['HOUR', ['HOURLY', 1]],
  ['DAY', ['DAILY', 1]],
  ['WEEK', ['DAILY', 7]],
  ['MONTH', ['MONTHLY', 1]],
  ['QUARTER', ['MONTHLY', 3]],
  ['YEAR', ['YEARLY', 1]],
]);

/**
 * Opens the ON SCHEDULE clause of a MySQL event: `EVERY 1 DAY STARTS '2026-01-05 02:00:00'` (literal
 * times, and units of one part), or `AT '…'`. Intervals count in the event's local time; what happens
 * when the clock changes is not documented, that it runs as the clock reads is assumed.
 */
export function openMysql(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  const text = schedule.expression.trim();
  const once = /^AT\s+(?:TIMESTAMP\s*)?'([^']{1,40})'$/i.exec(text);
  if (once) {
    const local = readLocalTime(once[1] ?? '');
    if (local === undefined) return { error: `"${once[1]}" is no date and time` };
    return makeRuns({
      list: placeOnClock(
        (from, to) => (local >= from && local < to ? [local] : []),
        zone.name,
        asTheClockReads,
      ),
      perDay: 1,
      notes: zone.notes,
    });
  }
  if (/^AT\s+CURRENT_TIMESTAMP\b/i.test(text))
    return makeNoRuns('it runs once, counted from when it was created');
  const match =
    /^EVERY\s+'?(\d{1,6})'?\s+([A-Z]+)(?:\s+STARTS\s+(?:TIMESTAMP\s*)?'([^']{1,40})')?(?:\s+ENDS\s+(?:TIMESTAMP\s*)?'([^']{1,40})')?$/i.exec(
      text,
    );
  const unit = mysqlUnits.get(match?.[2]?.toUpperCase() ?? '');
  const count = Number(match?.[1]);
  if (!match || !unit || !(count > 0))
    return { error: `"${text}" is no schedule of an event that can be followed` };
  const start = readLocalTime(match[3] ?? schedule.start ?? '1970-01-01');
  const until = match[4] === undefined ? undefined : readLocalTime(match[4]);
  if (start === undefined || (match[4] !== undefined && until === undefined))
    return { error: 'its start or end is no date and time' };
  const [frequency, times] = unit;
  return runRecurrence(
    { frequency, interval: count * times, start, ...(until === undefined ? {} : { until }) },
    zone,
    match[3] !== undefined || schedule.start !== undefined,
  );
}
