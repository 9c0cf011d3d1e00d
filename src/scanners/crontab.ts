import { z } from 'zod';
import { type Evidence, type Origin, toSummary } from '../evidence.ts';
import { findCronError, isTimezone } from '../schedule.ts';
import type { ScanContext, Scanner } from './scanner.ts';
import { type CodeSubject, type ReadCode, toEvidence } from './scripts/facts.ts';
import { listSecrets } from './scripts/scripts.ts';

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
    const { loadShellReader } = await import('./scripts/shell.ts');
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
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const origin: Origin = { file, line: index + 1, column: 1 };
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const assignment = /^([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(trimmed);
    if (assignment) {
      const value = (assignment[2] ?? '').replace(/^(['"])(.*)\1$/, '$2');
      if (assignment[1] === 'CRON_TZ' && isTimezone(value)) timezone = value;
      context.coverage.read();
      continue;
    }
    const job = readJobLine(trimmed, given.user);
    if ('reason' in job) {
      context.coverage.skip(origin, job.reason);
      continue;
    }
    context.coverage.read();
    yield* readJob({ ...job, timezone }, origin, given, context, readShell);
  }
  for (const secret of listSecrets(text, file)) {
    yield {
      kind: 'credential',
      scanner: 'cron',
      witness: 'coded',
      environment: context.environment,
      confidence: 1,
      ...secret,
    };
  }
}

interface JobLine {
  readonly schedule: string;
  readonly user: string;
  readonly command: string;
}

/** Splits `minute hour day month weekday [user] command`, or `@nickname [user] command`. */
function readJobLine(
  line: string,
  fixedUser: string | undefined,
): JobLine | { readonly reason: string } {
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

function* readJob(
  job: JobLine & { readonly timezone: string },
  origin: Origin,
  given: CronOptions,
  context: ScanContext,
  readShell: ReadCode,
): Iterable<Evidence> {
  // In a crontab, % ends the command and begins its input; \% is a percent sign.
  const [command = '', ...input] = job.command
    .split(/(?<!\\)%/)
    .map((part) => part.replaceAll('\\%', '%'));
  const id = `${origin.file}: ${toSummary(command).slice(0, 60)}`;
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
  const script =
    input.length > 0
      ? `${command} <<'CRONTAB_INPUT'\n${input.join('\n')}\nCRONTAB_INPUT\n`
      : command;
  for (const fact of readShell(script, origin.file)) yield toEvidence(fact, subject);
}
