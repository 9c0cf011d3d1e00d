import { z } from 'zod';
import { type Evidence, type Origin, toSummary } from '../evidence.ts';
import { findCronError, isTimezone } from '../schedule.ts';
import type { ScanContext, Scanner } from './scanner.ts';
import { listCredentials } from './scripts/credentials.ts';
import { type CodeSubject, type ReadCode, toEvidence, unreadableCode } from './scripts/facts.ts';

const options = z.strictObject({
  /** The host whose crontab this is. */
  host: z.string().min(1).optional(),
  /** For user crontabs, which have no user column. */
  user: z.string().min(1).optional(),
  /** The zone of the host's clock. */
  timezone: z
    .string()
    .refine(isTimezone, 'no such time zone; use an IANA name such as Europe/Oslo')
    .default('UTC'),
});

type CronOptions = z.output<typeof options>;

/** Reads crontabs: which commands run when, and what they connect to. */
export const crontabScanner: Scanner<typeof options> = {
  name: 'cron',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'lines';
    const { loadShellReader } = await import('./scripts/shell/shell.ts');
    const readShell = await loadShellReader();
    for (const file of context.paths) {
      context.progress(file);
      yield* readCrontab(await context.files.text(file), file, given, context, readShell);
    }
  },
};

function* readCrontab(
  text: string,
  file: string,
  given: CronOptions,
  context: ScanContext,
  readShell: ReadCode,
): Iterable<Evidence> {
  let timezone = given.timezone;
  const environment = new Map<string, string>();
  const names = new Map<string, number>();
  const isAnacron = /(?:^|\/)anacrontab$/.test(file);
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const origin: Origin = { file, line: index + 1, column: 1 };
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (index === lines.length - 1)
      context.coverage.flaw(origin, 'the last line has no line end; some cron daemons ignore it');
    const assignment = readAssignment(trimmed);
    if (assignment) {
      environment.set(assignment.name, assignment.value);
      if (assignment.name === 'CRON_TZ') {
        if (isTimezone(assignment.value)) timezone = assignment.value;
        else context.coverage.flaw(origin, `CRON_TZ "${assignment.value}" is no time zone`);
      }
      context.coverage.read();
      continue;
    }
    const job = isAnacron ? readAnacronLine(trimmed) : readJobLine(trimmed, given.user);
    if ('reason' in job) {
      context.coverage.skip(origin, job.reason);
      continue;
    }
    context.coverage.read();
    yield* readJob(
      { ...job, timezone, environment },
      nameJob(file, job.command, names),
      origin,
      given,
      context,
      readShell,
    );
  }
  yield* listCredentials(text, file, 'text', {
    scanner: 'cron',
    witness: 'coded',
    environment: context.environment,
    confidence: 1,
  });
}

/** `NAME = value`; either side may be quoted, and cron expands nothing in it. */
function readAssignment(line: string): { name: string; value: string } | undefined {
  const match = /^(?:([A-Za-z_]\w*)|"([^"=]+)"|'([^'=]+)')\s*=\s*(.*)$/.exec(line);
  const name = match?.[1] ?? match?.[2] ?? match?.[3];
  if (!match || name === undefined) return undefined;
  return { name, value: (match[4] ?? '').replace(/^(['"])(.*)\1$/, '$2') };
}

/**
 * A job is named by its command, so that it keeps its name when lines move. Commands that begin
 * alike are told apart by a number.
 */
function nameJob(file: string, command: string, names: Map<string, number>): string {
  const short = `${file}: ${toSummary(command).slice(0, 60)}`;
  const exact = `${short}\u0000${command}`;
  const known = names.get(exact);
  const number = known ?? (names.get(short) ?? 0) + 1;
  if (known === undefined) {
    names.set(exact, number);
    names.set(short, number);
  }
  return number === 1 ? short : `${short} (${number})`;
}

interface JobLine {
  readonly schedule: string;
  readonly user: string;
  readonly command: string;
}

/** Splits `minute hour day month weekday [user] command`, or `@nickname [user] command`. */
function readJobLine(
  whole: string,
  fixedUser: string | undefined,
): JobLine | { readonly reason: string } {
  // A leading `-` only keeps cron from logging the run.
  const line = whole.replace(/^-(?=\S)/, '');
  const fields = line.startsWith('@') ? 1 : 5;
  const match = new RegExp(`^((?:\\S+\\s+){${fields - 1}}\\S+)\\s+(.*)$`).exec(line);
  if (!match?.[1] || !match[2]) return { reason: 'expected a schedule, a user and a command' };
  const schedule = match[1].replace(/\s+/g, ' ');
  const error = findCronError(schedule);
  if (error) return { reason: `the schedule "${schedule}" is not valid: ${error}` };
  if (fixedUser !== undefined) return { schedule, user: fixedUser, command: match[2] };
  const [, user, command] = /^(\S+)\s+(.*)$/.exec(match[2]) ?? [];
  if (!user || !command)
    return { reason: 'expected a user before the command; set "user:" if this is a user crontab' };
  if (!/^[A-Za-z_][\w.-]*\$?$/.test(user)) {
    return { reason: `"${user}" is no user name; a system crontab has a user before the command` };
  }
  return { schedule, user, command };
}

/** `period delay name command` of anacrontab(5): the period in days or as a nickname. */
function readAnacronLine(line: string): JobLine | { readonly reason: string } {
  const [, period = '', delay, , command] = /^(\S+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
  if (!command || delay === undefined || !/^(?:\d+|@\w+)$/.test(period))
    return { reason: 'expected a period, a delay, a name and a command' };
  if (period.startsWith('@') && findCronError(period))
    return { reason: `the period "${period}" is not valid` };
  return { schedule: `${period} ${delay}`, user: 'root', command };
}

function* readJob(
  job: JobLine & {
    readonly timezone: string;
    readonly environment: ReadonlyMap<string, string>;
  },
  id: string,
  origin: Origin,
  given: CronOptions,
  context: ScanContext,
  readShell: ReadCode,
): Iterable<Evidence> {
  // In a crontab, % ends the command and begins its input; \% is a percent sign.
  const [command = '', ...input] = job.command
    .split(/(?<!\\)%/)
    .map((part) => part.replaceAll('\\%', '%'));
  const host = given.host === undefined ? {} : { host: given.host };
  yield {
    kind: 'job',
    scanner: 'cron',
    witness: 'coded',
    environment: context.environment,
    confidence: 1,
    origin,
    id,
    ...host,
    user: job.user,
    schedule: job.schedule,
    timezone: job.timezone,
    command: toSummary(command),
  };
  const subject: CodeSubject = {
    id,
    scanner: 'cron',
    environment: context.environment,
    toOrigin: () => origin,
    ...host,
  };
  const body = input.length > 0 ? ` <<'CRONTAB_INPUT'\n${input.join('\n')}\nCRONTAB_INPUT` : '';
  const script = `${writeAssignments(job.environment)}${command}${body}\n`;
  try {
    for (const fact of readShell(script, origin.file).facts) yield toEvidence(fact, subject);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.coverage.flaw(origin, `the command ${unreadableCode}`);
  }
}

/** The environment of a crontab as the shell has it: every value as it is written. */
function writeAssignments(environment: ReadonlyMap<string, string>): string {
  return [...environment]
    .filter(([name]) => /^\w+$/.test(name))
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}
