import type { Schedule } from '../schedule.ts';
import { asTheClockReads } from './clock-change.ts';
import {
  dayField,
  type Field,
  hourField,
  minuteField,
  monthField,
  readField,
  weekdayField,
} from './fields.ts';
import { type DrawNumber, openJenkinsHash } from './jenkins-hash.ts';
import { listTimes, runPattern } from './pattern.ts';
import { joinRuns, type Runs, type RunsError } from './runs.ts';
import { openZone } from './zone-of.ts';

/** A field as Jenkins reads it, and the bounds that `H` draws from: no day after the 28th. */
interface JenkinsField {
  readonly field: Field;
  readonly hashHigh: number;
  /** Minutes that one step of the field is worth. */
  readonly minutes: number;
}

const plain = (field: Field): Field => ({ name: field.name, low: field.low, high: field.high });
const day = 24 * 60;

const fields: readonly JenkinsField[] = [
  { field: plain(minuteField), hashHigh: 59, minutes: 1 },
  { field: plain(hourField), hashHigh: 23, minutes: 60 },
  { field: plain(dayField), hashHigh: 28, minutes: day },
  { field: plain(monthField), hashHigh: 12, minutes: 31 * day },
  { field: plain(weekdayField), hashHigh: 6, minutes: day },
];

/** The nicknames as hudson/scheduler/CrontabParser.g4 expands them. */
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': 'H H H H *',
  '@annually': 'H H H H *',
  '@monthly': 'H H H * *',
  '@weekly': 'H H * * H',
  '@daily': 'H H * * *',
  '@midnight': 'H H(0-2) * * *',
  '@hourly': 'H * * * *',
};

/**
 * Opens the lines of a Jenkins schedule. All five fields must match; `H` is the number that Jenkins
 * draws by the job's full name (`schedule.name`), else the smallest with the rest as jitter. Jenkins
 * compares every minute with the clock (hudson.triggers.Trigger.Cron), so that skipped times do not
 * run and repeated ones run twice.
 */
export function openJenkins(schedule: Schedule): Runs | RunsError {
  const lines = schedule.expression
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const prefix = /^TZ=(\S+)$/.exec(lines[0] ?? '');
  if (prefix) lines.shift();
  const zone = openZone(prefix?.[1] ?? schedule.timezone, undefined);
  if ('error' in zone) return zone;
  if (lines.length === 0) return { error: 'it has no line' };
  const draw = schedule.name === undefined ? undefined : openJenkinsHash(schedule.name);
  const all: Runs[] = [];
  for (const line of lines) {
    const runs = openLine(line, zone, draw);
    if ('error' in runs) return runs;
    all.push(runs);
  }
  return joinRuns(all);
}

function openLine(
  line: string,
  zone: { readonly name: string; readonly notes: readonly string[] },
  draw: DrawNumber | undefined,
): Runs | RunsError {
  const text = Object.hasOwn(nicknames, line) ? nicknames[line] : undefined;
  if (text === undefined && line.startsWith('@')) return { error: `unknown nickname ${line}` };
  const parts = (text ?? line).split(/[ \t]+/);
  if (parts.length !== 5) return { error: `${parts.length} fields where five are expected` };
  let jitterMinutes = 0;
  const sets: number[][] = [];
  for (const [index, part] of parts.entries()) {
    const shape = fields[index];
    if (!shape) break;
    const read = readJenkinsField(part, shape, draw);
    if ('error' in read) return read;
    sets.push(read.values);
    jitterMinutes += read.spread * shape.minutes;
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = sets;
  const [isDay, isMonth] = [new Set(days), new Set(months)];
  const isWeekday = new Set(weekdays.map((value) => value % 7));
  return runPattern(
    {
      times: listTimes(hours, minutes),
      isDay: (date) =>
        isDay.has(date.day) && isMonth.has(date.month) && isWeekday.has(date.weekday),
      everyDay: isDay.size === 31 && isMonth.size === 12 && isWeekday.size === 7,
    },
    zone.name,
    asTheClockReads,
    {
      jitterMinutes,
      notes:
        jitterMinutes > 0
          ? [...zone.notes, 'H depends on the name of the job; the earliest time is taken']
          : zone.notes,
    },
  );
}

function readJenkinsField(
  text: string,
  { field, hashHigh }: JenkinsField,
  draw: DrawNumber | undefined,
): { values: number[]; spread: number } | RunsError {
  const values = new Set<number>();
  let spread = 0;
  for (const term of text.split(',')) {
    const hash = /^H(?:\((\d{1,2})-(\d{1,2})\))?(?:\/(\d{1,4}))?$/.exec(term);
    if (!hash) {
      const read = readField(term, field, {});
      if ('error' in read) return read;
      for (const value of read.values) values.add(value);
      continue;
    }
    const low = Number(hash[1] ?? field.low);
    const high = Number(hash[2] ?? hashHigh);
    const step = Number(hash[3] ?? 1);
    if (low < field.low || high > field.high)
      return { error: `${field.name} "${term}" is not from ${field.low} to ${field.high}` };
    if (low > high) return { error: `the range "${term}" runs backwards` };
    if (step < 1 || step > high - low + 1)
      return { error: `a step of ${step} in "${term}" is not from 1 to ${high - low + 1}` };
    const size = step > 1 ? step : high - low + 1;
    if (!draw) spread = Math.max(spread, size - 1);
    const first = low + (draw?.(size) ?? 0);
    if (step === 1) values.add(first);
    else for (let value = first; value <= high; value += step) values.add(value);
  }
  return { values: [...values].sort((a, b) => a - b), spread };
}
