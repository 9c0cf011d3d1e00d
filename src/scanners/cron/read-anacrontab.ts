import type { ScheduledJob, SkippedJob } from '../schedulers/scheduled-job.ts';
import { type CrontabFile, openNames } from './read-crontab.ts';
import { longestLine } from './read-entry.ts';

/**
 * Reads an anacrontab by the patterns of cronie's anacron/readtab.c: variables, and lines of `period
 * delay name command`. A line may go on behind a backslash.
 * @param timezone of the machine's clock
 */
export function readAnacrontab(text: string, timezone: string): CrontabFile {
  const jobs: ScheduledJob[] = [];
  const skipped: SkippedJob[] = [];
  const nameJob = openNames();
  const environment = new Map<string, string>();
  const drafts: { readonly job: Omit<ScheduledJob, 'schedules'>; readonly period: string }[] = [];
  let assignments = 0;
  let hours: string | undefined;
  const delays: (string | undefined)[] = [];
  let random: string | undefined;
  for (const { line, text: whole } of joinLines(text)) {
    if (/^[ \t]*(?:$|#)/.test(whole)) continue;
    if (whole.length > longestLine || whole.includes('\0')) {
      skipped.push({
        line,
        reason: 'anacron would skip it with "Invalid syntax": no line of text',
      });
      continue;
    }
    const [, name, value = ''] = /^[ \t]*([^ \t=]+)[ \t]*=(.*)$/.exec(whole) ?? [];
    if (name !== undefined) {
      const wrong = findSettingError(name, value);
      if (wrong === undefined) {
        assignments++;
        if (name.startsWith('START_HOURS_RANGE')) hours = value;
        else if (name.startsWith('RANDOM_DELAY')) random = value === '0' ? undefined : value;
        else if (environment.size < 100) environment.set(name, value);
      } else skipped.push({ line, reason: wrong });
      continue;
    }
    const entry = readEntry(whole);
    if (typeof entry === 'string') {
      skipped.push({ line, reason: entry });
      continue;
    }
    drafts.push({
      period: `${entry.period} ${entry.delay}`,
      job: {
        name: nameJob(entry.command),
        line,
        command: { text: entry.command, language: 'shell' },
        environment: new Map(environment),
        user: 'root',
      },
    });
    delays.push(random);
  }
  // The hours hold for the whole file, the delay for the lines below it.
  for (const [index, { job, period }] of drafts.entries())
    jobs.push({
      ...job,
      schedules: [
        { expression: writePeriod(period, hours, delays[index]), timezone, scheduler: 'anacron' },
      ],
    });
  return { jobs, skipped, flaws: [], assignments };
}

/** The form that docs/schedules.md gives it: `7 10 3-22 45`. */
function writePeriod(
  period: string,
  hours: string | undefined,
  random: string | undefined,
): string {
  if (hours === undefined && random === undefined) return period;
  return `${period} ${hours ?? '0-24'}${random === undefined ? '' : ` ${random}`}`;
}

function readEntry(
  line: string,
): { readonly period: string; readonly delay: string; readonly command: string } | string {
  const [, period = '', delay = '', command = ''] =
    /^[ \t]*(\d+|@[^ \t]+)[ \t]+(\d+)[ \t]+[^ \t/]+[ \t]+([^ \t].*)$/.exec(line) ?? [];
  if (command === '')
    return 'anacron would skip it with "Invalid syntax": expected a period, a delay, a name without a slash and a command';
  if (period.startsWith('@') && !/^@(?:monthly|yearly|annuall?y|daily|weekly)/.test(period))
    return `anacron would skip it with "Unknown named period": ${period.slice(0, 40)}`;
  if (Number(delay) > 2 ** 31 - 1 || (!period.startsWith('@') && Number(period) > 2 ** 31 - 1))
    return 'anacron would skip it with "number out of range"';
  // Anacron looks at the beginning alone.
  const known = period
    .replace(/^@annuall?y.*$/, '@yearly')
    .replace(/^(@(?:monthly|yearly|daily|weekly)).*$/, '$1');
  return { period: known, delay, command };
}

function findSettingError(name: string, value: string): string | undefined {
  if (name.startsWith('START_HOURS_RANGE')) {
    const range = /^(\d{1,4})-(\d{1,4})$/.exec(value);
    if (range && Number(range[1]) <= Number(range[2])) return undefined;
    return `anacron would skip it with "Invalid syntax": "${value.slice(0, 40)}" is no range of hours`;
  }
  if (name.startsWith('RANDOM_DELAY') && !/^\d{1,6}$/.test(value))
    return `anacron would skip it with "Invalid syntax": "${value.slice(0, 40)}" is no number of minutes`;
  return undefined;
}

/** Lines with those that a backslash continues, by the number of the first. */
function joinLines(text: string): { readonly line: number; readonly text: string }[] {
  const joined: { line: number; text: string }[] = [];
  let parts: string[] = [];
  let first = 1;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (parts.length === 0) first = index + 1;
    if (line.endsWith('\\')) {
      parts.push(line.slice(0, -1));
      continue;
    }
    joined.push({ line: first, text: [...parts, line].join('') });
    parts = [];
  }
  if (parts.length > 0) joined.push({ line: first, text: parts.join('') });
  return joined;
}
