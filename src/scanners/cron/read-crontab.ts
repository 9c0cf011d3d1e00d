import { toSummary } from '../../evidence.ts';
import { isTimezone, type Schedule } from '../../schedule.ts';
import { listMailSafeguards, type MailTo } from '../safeguards/cron-mail.ts';
import type { ScheduledJob, SchedulerFile, SkippedJob } from '../schedulers/scheduled-job.ts';
import { type Assignment, readAssignment } from './assignment.ts';
import { type CrontabForm, findForm } from './find-form.ts';
import { longestLine, readEntry } from './read-entry.ts';

/** What is known about a crontab beside its text. */
export interface CrontabContext {
  /** The zone of the machine's clock; empty where it is not known. */
  readonly timezone: string;
  /** Whose crontab it is, where that is known. */
  readonly user?: string | undefined;
}

/** A crontab as read: its jobs, and how many lines set variables. */
export interface CrontabFile extends SchedulerFile {
  readonly assignments: number;
}

/** Limits of cronie for a user's crontab, in its src/macros.h. */
const mostUserEntries = 10_000;

/** People set a handful; each job carries all of them. */
const mostVariables = 100;

const mostDelayMinutes = 24 * 60;

/** Reads a crontab by the rules of crontab(5) and of cronie's source. */
export function readCrontab(text: string, file: string, context: CrontabContext): CrontabFile {
  const form: CrontabForm =
    context.user === undefined ? findForm(text, file) : { form: 'user', user: context.user };
  const jobs: ScheduledJob[] = [];
  const skipped: SkippedJob[] = [];
  const flaws: SkippedJob[] = [];
  const nameJob = openNames();
  const state: ZoneState = { schedule: { timezone: context.timezone } };
  const variables = new Map<string, string>();
  let environment: ReadonlyMap<string, string> | undefined;
  let assignments = 0;
  let mailTo: MailTo | undefined;
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  if (form.doubt !== undefined) flaws.push({ line: firstJobLine(lines), reason: form.doubt });
  for (const [index, whole] of lines.entries()) {
    const line = index + 1;
    const trimmed = whole.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (index === lines.length - 1)
      flaws.push({
        line,
        reason:
          'the last line has no line end; cronie ignores it with "missing newline before EOF"',
      });
    // What no daemon reads whole is refused as a job, whatever it is.
    const isWhole = trimmed.length <= longestLine && !trimmed.includes('\0');
    const assignment = isWhole ? readAssignment(trimmed) : undefined;
    if (assignment) {
      assignments++;
      if (assignment.name === 'MAILTO') mailTo = { line, value: assignment.value };
      const flaw = applyAssignment(assignment, state);
      if (flaw !== undefined) flaws.push({ line, reason: flaw });
      if (variables.has(assignment.name) || variables.size < mostVariables) {
        variables.set(assignment.name, assignment.value);
        environment = undefined;
      } else if (assignments === mostVariables + 1)
        flaws.push({ line, reason: `only the first ${mostVariables} variables are read` });
      continue;
    }
    const entry = readEntry(trimmed, form.form, form.user);
    if ('reason' in entry) {
      skipped.push({ line, reason: entry.reason });
      continue;
    }
    environment ??= new Map(variables);
    jobs.push({
      name: nameJob(entry.command),
      line,
      schedules: [{ expression: entry.expression, ...state.schedule }],
      command: {
        text: entry.command,
        language: 'shell',
        ...(entry.input === undefined ? {} : { input: entry.input }),
      },
      environment,
      safeguards: listMailSafeguards(mailTo, entry.command),
      ...(entry.user === undefined ? {} : { user: entry.user }),
    });
  }
  if (form.form === 'user' && jobs.length + skipped.length > mostUserEntries)
    flaws.push({
      line: 1,
      reason: `cronie refuses the whole file with "too many entries": it has more than ${mostUserEntries}`,
    });
  return { jobs, skipped, flaws, assignments };
}

/** What the variables so far say about when the jobs below them run. */
interface ZoneState {
  schedule: Omit<Schedule, 'expression'>;
}

function applyAssignment({ name, value }: Assignment, state: ZoneState): string | undefined {
  if (name === 'CRON_TZ') {
    const { delayMinutes } = state.schedule;
    const delay = delayMinutes === undefined ? {} : { delayMinutes };
    const zone = value.replace(/^:/, '');
    const known = zone !== '' && isTimezone(zone);
    // The C library takes a name that it does not know for UTC; a rule such as CET-1CEST it knows.
    const isRule = /^<?[A-Za-z+-]{3,}>?[+-]?\d/.test(zone) && !known;
    const timezone = known || isRule ? zone : 'UTC';
    state.schedule = { timezone, scheduler: 'cron-tz', ...delay };
    if (known) return undefined;
    return isRule
      ? `CRON_TZ "${value}" is a rule, which is not followed; write a zone such as Europe/Oslo`
      : `CRON_TZ "${value}" is no time zone; cron takes it for UTC`;
  }
  if (name !== 'RANDOM_DELAY') return undefined;
  const minutes = Number.parseInt(value, 10);
  if (!(minutes >= 0 && minutes <= mostDelayMinutes))
    return `cronie leaves RANDOM_DELAY "${value}" aside with "bad value of RANDOM_DELAY"`;
  const { delayMinutes: _, ...rest } = state.schedule;
  state.schedule = minutes === 0 ? rest : { ...rest, delayMinutes: minutes };
  return undefined;
}

function firstJobLine(lines: readonly string[]): number {
  const index = lines.findIndex((line) => /^\s*[-@\d*~]/.test(line));
  return index < 0 ? 1 : index + 1;
}

/**
 * Names jobs by their commands, so that they keep their names when lines move. Commands that begin
 * alike are told apart by a number; the same command at two times is one job.
 */
export function openNames(): (command: string) => string {
  const names = new Map<string, number>();
  return (command) => {
    const short = toSummary(command).slice(0, 60);
    const exact = `${short}\u0000${command}`;
    const known = names.get(exact);
    const number = known ?? (names.get(short) ?? 0) + 1;
    if (known === undefined) {
      names.set(exact, number);
      names.set(short, number);
    }
    return number === 1 ? short : `${short} (${number})`;
  };
}
