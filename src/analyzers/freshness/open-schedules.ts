import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
import { type DeclaredSchedule, readDeclaredSchedule } from './declared-schedule.ts';
import { type Instants, openInstants, packInstants } from './instants.ts';

/** When something runs within a span, and what is to be said about it. */
export interface Timetable {
  /** None where no schedule of it can be followed. */
  readonly runs: Instants | undefined;
  /** Runs more than once a minute, or whenever data changes: data is as good as told at once. */
  readonly isAtOnce: boolean;
  /** The schedules that were followed, as they are understood. */
  readonly schedules: readonly Schedule[];
  /** What was assumed. */
  readonly notes: readonly string[];
  /** Why a schedule could not be followed. */
  readonly faults: readonly string[];
}

/** Opens the schedules of a landscape over one span; equal ones once. */
export interface Calendar {
  /** Schedules of schedulers; one that its scheduler would refuse is a fault. */
  readonly open: (schedules: readonly Schedule[]) => Timetable;
  /** Schedules as a registry tells them, perhaps in words. */
  readonly openDeclared: (schedules: readonly Schedule[]) => Timetable;
}

const mostPerDay = 24 * 60;

/**
 * Makes a calendar of [from, to) in ms.
 * @param timezone the IANA zone of schedules that name none; left to their scheduler where undefined
 */
export function openCalendar(
  { from, to }: { readonly from: number; readonly to: number },
  timezone: string | undefined,
): Calendar {
  const opened = new Map<string, Timetable>();
  const openOne = (given: Schedule): Timetable => {
    const schedule = withZone(given, timezone);
    const key = JSON.stringify(schedule);
    const known = opened.get(key) ?? followSchedule(schedule, from, to);
    opened.set(key, known);
    return known;
  };
  const join = (parts: readonly Timetable[], key: string): Timetable => {
    const [only] = parts;
    if (only && parts.length === 1) return only;
    const known = opened.get(key) ?? joinTimetables(parts);
    opened.set(key, known);
    return known;
  };
  return {
    open: (schedules) => join(schedules.map(openOne), JSON.stringify(schedules)),
    openDeclared: (schedules) =>
      join(
        schedules.map((given) => {
          const declared = readDeclaredSchedule(given);
          return declared.kind === 'schedule' ? openOne(declared.schedule) : withoutRuns(declared);
        }),
        `declared ${JSON.stringify(schedules)}`,
      ),
  };
}

function withZone(schedule: Schedule, timezone: string | undefined): Schedule {
  // Schedulers that document a zone of their own keep it.
  const isOpen = schedule.timezone === '' && (schedule.scheduler ?? 'cron') === 'cron';
  return isOpen && timezone !== undefined ? { ...schedule, timezone } : schedule;
}

function withoutRuns(declared: Exclude<DeclaredSchedule, { kind: 'schedule' }>): Timetable {
  return {
    runs: undefined,
    isAtOnce: declared.kind === 'at-once',
    schedules: [],
    notes: [],
    faults: declared.kind === 'unknown' ? [declared.reason] : [],
  };
}

function followSchedule(schedule: Schedule, from: number, to: number): Timetable {
  const base = { isAtOnce: false, schedules: [schedule], notes: [], faults: [] };
  const opened = openRuns(schedule);
  if ('error' in opened)
    return {
      ...base,
      runs: undefined,
      faults: [`the schedule "${schedule.expression.slice(0, 80)}" is not valid: ${opened.error}`],
    };
  if (opened.phase === 'none')
    return {
      ...base,
      runs: undefined,
      faults: opened.notes.length > 0 ? opened.notes : ['no clock starts it'],
    };
  const notes = [
    ...opened.notes,
    ...(opened.jitterMinutes > 0
      ? [`runs may start up to ${opened.jitterMinutes} minutes later than counted here`]
      : []),
  ];
  if (opened.perDay > mostPerDay)
    return {
      ...base,
      runs: undefined,
      isAtOnce: true,
      notes: [...notes, 'runs more than once a minute, and is counted as telling all at once'],
    };
  return {
    ...base,
    runs:
      opened.everyMs === undefined
        ? packInstants(opened.each(from, to))
        : spread(opened.each(from, to), opened.everyMs, to),
    notes,
  };
}

/** Runs at one distance, of which only the first is asked for. */
function spread(each: Iterable<number>, step: number, to: number): Instants {
  for (const first of each) return [{ first, step, count: Math.ceil((to - first) / step) }];
  return [];
}

function joinTimetables(parts: readonly Timetable[]): Timetable {
  const followed = parts.flatMap(({ runs }) => (runs ? [runs] : []));
  const isAtOnce = parts.some((part) => part.isAtOnce);
  return {
    runs: isAtOnce || followed.length === 0 ? undefined : joinRuns(followed),
    isAtOnce,
    schedules: parts.flatMap(({ schedules }) => schedules),
    notes: [...new Set(parts.flatMap(({ notes }) => notes))],
    faults: [...new Set(parts.flatMap(({ faults }) => faults))],
  };
}

function joinRuns(all: readonly Instants[]): Instants {
  const [only] = all;
  if (only && all.length === 1) return only;
  const opened = all.map((instants) => openInstants(instants));
  const joined = new Float64Array(opened.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const instants of opened) {
    joined.set(instants, next);
    next += instants.length;
  }
  return packInstants(joined.sort());
}
