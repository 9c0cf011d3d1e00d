import { codeSchedulerReaders } from '../../src/scanners/schedulers/code-readers.ts';
import type { SchedulerFile } from '../../src/scanners/schedulers/scheduled-job.ts';
import { openRuns } from '../../src/schedule/open-runs.ts';
import type { Schedule } from '../../src/schedule.ts';

/** All that the readers of schedules in programs find in a file. */
export function readJobs(
  file: string,
  text: string,
  settings: Readonly<Record<string, string>> = {},
): SchedulerFile {
  const files = codeSchedulerReaders
    .filter((reader) => reader.matches(file, text))
    .map((reader) => reader.read(text, file, (key) => settings[key]));
  return {
    jobs: files.flatMap(({ jobs }) => jobs),
    skipped: files.flatMap(({ skipped }) => skipped),
    flaws: files.flatMap(({ flaws = [] }) => flaws),
  };
}

/** Jobs as `line name: scheduler expression (zone) from start`, or `off`. */
export function drawJobs(
  file: string,
  text: string,
  settings: Readonly<Record<string, string>> = {},
): string[] {
  return readJobs(file, text, settings).jobs.map(({ line, name, schedules, disabled }) => {
    const times = schedules.map(drawSchedule).join(' and ') || 'no schedule';
    return `${line} ${name}: ${disabled ? 'off, ' : ''}${times}`;
  });
}

function drawSchedule({ scheduler = 'cron', expression, timezone, start }: Schedule): string {
  const zone = timezone === '' ? '' : ` (${timezone})`;
  return `${scheduler} ${expression}${zone}${start === undefined ? '' : ` from ${start}`}`;
}

/** What protects the jobs, as `line safeguard effect`. */
export function drawSafeguards(file: string, text: string): string[] {
  return readJobs(file, text).jobs.flatMap(({ safeguards = [] }) =>
    safeguards.map(({ line, safeguard, effect }) => `${line} ${safeguard} ${effect}`),
  );
}

/** The first runs of all jobs from a day on, as ISO 8601 UTC to the minute. */
export function firstRuns(file: string, text: string, from: string, count: number): string[] {
  const start = Date.parse(`${from}T00:00:00Z`);
  return readJobs(file, text)
    .jobs.flatMap(({ schedules }) => schedules)
    .flatMap((schedule) => {
      const runs = openRuns(schedule);
      if ('error' in runs) throw new Error(`${schedule.expression}: ${runs.error}`);
      return runs.runs(start, start + 40 * 86_400_000).slice(0, count);
    })
    .map((instant) => new Date(instant).toISOString().slice(0, 16));
}
