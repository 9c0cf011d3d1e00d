import type { Schedule } from '../schedule.ts';
import { minuteMs, secondMs } from './calendar.ts';
import type { ClockRule } from './clock-change.ts';
import { runPattern } from './pattern.ts';
import { joinRuns, makeEvenRuns, makeNoRuns, type Runs, type RunsError } from './runs.ts';
import { readCalendarEvent } from './systemd-calendar.ts';
import { readSystemdSpan } from './time-span.ts';
import { openZone } from './zone-of.ts';

/**
 * find_next of systemd's src/shared/calendarspec.c searches in local time and asks mktime: a local
 * time that does not exist is passed over, and after the first of two equal readings the search goes
 * on at the next reading, so that the repeated hour does not run again, not even for `hourly`.
 */
const clockRule: ClockRule = { skipped: 'left-out', repeated: 'first' };

/**
 * Opens the lines of a timer: calendar events, with or without `OnCalendar=`, monotonic ones such as
 * `OnUnitActiveSec=15min`, and the delays `RandomizedDelaySec=` and `AccuracySec=` (as jitter where
 * it is set). An empty `OnCalendar=` forgets the lines before it, as it does in a unit.
 */
export function openSystemd(schedule: Schedule): Runs | RunsError {
  const zone = openZone(schedule.timezone, undefined);
  if ('error' in zone) return zone;
  let all: Runs[] = [];
  let delayMs = 0;
  for (const line of schedule.expression.split(/\r?\n/)) {
    const [, key = 'OnCalendar', value = ''] = /^\s*(?:(\w+)\s*=)?\s*(.*?)\s*$/.exec(line) ?? [];
    if (value === '') {
      if (line.includes('=')) all = [];
      continue;
    }
    if (key === 'OnCalendar') {
      const event = readCalendarEvent(value);
      if ('error' in event) return event;
      // A time stamp is in UTC.
      const name = value.startsWith('@') ? 'UTC' : (event.zone ?? zone.name);
      const notes = event.zone === undefined ? zone.notes : [];
      all.push(runPattern(event, name, clockRule, { jitterMinutes: 0, notes }));
      continue;
    }
    const span = readSystemdSpan(value);
    if (span === undefined) return { error: `"${value}" is no time span` };
    if (key === 'RandomizedDelaySec' || key === 'AccuracySec') delayMs += span;
    else {
      const runs = openMonotonic(key, span);
      if ('error' in runs) return runs;
      all.push(runs);
    }
  }
  if (all.length === 0) return { error: 'it has no line that starts the timer' };
  const periodic = all.filter(({ phase }) => phase !== 'none');
  const runs = joinRuns(periodic.length > 0 ? periodic : all);
  return delayMs === 0 ? runs : { ...runs, jitterMinutes: delayMs / minuteMs };
}

function openMonotonic(key: string, span: number): Runs | RunsError {
  switch (key) {
    case 'OnUnitActiveSec':
    case 'OnUnitInactiveSec':
      return makeEvenRuns(Math.max(secondMs, span), 0, {
        phase: 'assumed',
        notes: [
          key === 'OnUnitActiveSec'
            ? 'it runs at this interval from its last start, which is not known'
            : 'it runs at this interval from its last end, so in fact less often by its duration',
        ],
      });
    case 'OnBootSec':
    case 'OnStartupSec':
    case 'OnActiveSec':
      return makeNoRuns(
        'it runs after the machine or the timer starts, at no time of the calendar',
      );
    default:
      return { error: `unknown setting ${key}` };
  }
}
