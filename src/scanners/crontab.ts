import { z } from 'zod';
import type { Evidence } from '../evidence.ts';
import { isTimezone } from '../schedule.ts';
import { listComments } from './comments.ts';
import { findFileKind } from './cron/file-kind.ts';
import { readHostsFile, toAddressEvidence } from './cron/hosts-file.ts';
import { type Machine, splitMachines } from './cron/machine.ts';
import { readAnacrontab } from './cron/read-anacrontab.ts';
import { readCrontab } from './cron/read-crontab.ts';
import { type FolderRun, findFolderRun, findPeriod, judgeName } from './cron/run-parts.ts';
import { yieldsToSystemd } from './cron/systemd-guard.ts';
import type { ScanContext, Scanner } from './scanner.ts';
import { openReadCommand, type ReadCommand } from './schedulers/read-command.ts';
import {
  type ScheduledJob,
  type SchedulerFile,
  toJobEvidence,
  toJobId,
} from './schedulers/scheduled-job.ts';
import { readTimers } from './schedulers/systemd.ts';
import type { TextFile } from './schedulers/systemd-units.ts';
import { listCredentials } from './scripts/credentials.ts';
import { toEvidence } from './scripts/facts.ts';
import { findLanguage } from './scripts/languages/readers.ts';
import { openReadScript, type ReadScript } from './scripts/read-script.ts';

const options = z.strictObject({
  /** The host whose crontab this is. */
  host: z.string().min(1).optional(),
  /** For user crontabs, which have no user column. */
  user: z.string().min(1).optional(),
  /** The zone of the host's clock; UTC where neither this nor a gathered folder says it. */
  timezone: z
    .string()
    .refine(isTimezone, 'no such time zone; use an IANA name such as Europe/Oslo')
    .optional(),
});

type CronOptions = z.output<typeof options>;

/** What all files of a source are read with. */
interface Reading {
  readonly given: CronOptions;
  readonly context: ScanContext;
  readonly readCommand: ReadCommand;
  readonly readScript: ReadScript;
}

/** A file whose jobs are known. */
interface JobFile extends SchedulerFile {
  /** Lines that set variables. */
  readonly assignments?: number;
}

/** Reads what starts jobs on machines: crontabs, anacron, systemd timers; and their hosts files. */
export const crontabScanner: Scanner<typeof options> = {
  name: 'cron',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'lines';
    const reading: Reading = {
      given,
      context,
      readCommand: openReadCommand(),
      readScript: openReadScript([]),
    };
    const files: TextFile[] = [];
    for (const file of context.paths) {
      context.progress(file);
      files.push({ file, text: await context.files.text(file) });
    }
    for (const machine of splitMachines(files, given)) yield* readMachine(machine, reading);
  },
};

async function* readMachine(machine: Machine, reading: Reading): AsyncIterable<Evidence> {
  const { context } = reading;
  for (const { reason, ...place } of machine.flaws)
    context.coverage.flaw({ ...place, column: 1 }, reason);
  const jobFiles = listJobs(machine, reading);
  const jobs = [...jobFiles.values()].flatMap((file) => file.jobs);
  const folders = new Map<string, FolderRun>();
  for (const entry of machine.files) {
    const { file, text } = entry;
    const kind = findFileKind(file);
    const content = jobFiles.get(file);
    if (content) yield* tellJobs(file, content, machine, reading);
    else if (kind === 'hosts') yield* tellHosts(entry, context);
    else if (kind === 'run-parts') yield* tellScript(entry, jobs, folders, machine, reading);
    else if (kind === 'backup') context.coverage.leaveOut('backup of a crontab');
    const shared = {
      scanner: 'cron',
      witness: 'coded',
      environment: context.environment,
      confidence: 1,
    } as const;
    yield* listCredentials(text, file, 'text', shared);
    yield* listComments(text, file, shared);
  }
}

/** The jobs of all crontabs and timers of a machine, by file. */
function listJobs(machine: Machine, { given }: Reading): Map<string, JobFile> {
  const found = new Map<string, JobFile>();
  const { timezone, running } = machine;
  for (const { file, text } of machine.files) {
    const kind = findFileKind(file);
    if (kind === 'anacrontab') found.set(file, readAnacrontab(text, timezone));
    if (kind === 'crontab')
      found.set(file, readCrontab(text, file, { timezone, user: given.user }));
  }
  const units = machine.files.filter(({ file }) => findFileKind(file) === 'unit');
  const timers = readTimers(units, { timezone, ...(running === undefined ? {} : { running }) });
  for (const { file, ...content } of timers) found.set(file, content);
  return found;
}

async function* tellJobs(
  file: string,
  content: JobFile,
  machine: Machine,
  { context, readCommand }: Reading,
): AsyncIterable<Evidence> {
  const { coverage } = context;
  coverage.read(content.assignments ?? 0);
  for (const { line, reason } of content.skipped) coverage.skip({ file, line, column: 1 }, reason);
  for (const { line, reason } of content.flaws ?? [])
    coverage.flaw({ file, line, column: 1 }, reason);
  for (const job of content.jobs) {
    coverage.read();
    const isCron = job.schedules[0]?.scheduler !== 'systemd';
    if (isCron && yieldsToSystemd(job.command?.text ?? '')) {
      if (machine.hasSystemd) {
        coverage.leaveOut('replaced by a timer');
        continue;
      }
      if (machine.hasSystemd === undefined)
        coverage.flaw(
          { file, line: job.line, column: 1 },
          'it does nothing where systemd runs; gather the timers of this machine too',
        );
    }
    yield* toJobEvidence(job, file, toSource(machine, context));
    yield* tellCommand(job, file, machine, context, readCommand);
  }
}

async function* tellCommand(
  job: ScheduledJob,
  file: string,
  machine: Machine,
  context: ScanContext,
  readCommand: ReadCommand,
): AsyncIterable<Evidence> {
  if (!job.command) return;
  const origin = { file, line: job.line, ...job.command.place, column: 1 };
  const environment = job.environment ?? new Map<string, string>();
  const result = await readCommand(
    { ...job.command, environment },
    { ...toSource(machine, context), id: toJobId(file, job.name), toOrigin: () => origin },
  );
  if ('skipped' in result) context.coverage.flaw(origin, result.skipped);
  else yield* result.evidence;
}

/** A script in a folder that run-parts runs: a job with the time of that folder. */
async function* tellScript(
  { file, text }: TextFile,
  jobs: readonly ScheduledJob[],
  folders: Map<string, FolderRun>,
  machine: Machine,
  { context, readScript }: Reading,
): AsyncIterable<Evidence> {
  const { coverage } = context;
  const period = findPeriod(file);
  const name = file.slice(file.lastIndexOf('/') + 1);
  // Packages keep empty folders with it.
  if (period === undefined || name === '.placeholder') return;
  const place = { file, line: 1, column: 1 };
  let run = folders.get(period);
  if (!run) {
    run = findFolderRun(period, jobs, machine.timezone);
    folders.set(period, run);
    if (run.isAssumed)
      coverage.flaw(
        place,
        `no line of this source runs cron.${period}; Debian's usual time is assumed: ${run.schedules[0]?.expression}`,
      );
  }
  coverage.read();
  const { disabled, doubt } = judgeName(name, run.kind);
  const remark = disabled ?? doubt;
  if (remark !== undefined) coverage.flaw(place, remark);
  const source = toSource(machine, context);
  const job: ScheduledJob = {
    name,
    line: 1,
    schedules: run.schedules,
    command: { text: `/etc/cron.${period}/${name}`, language: 'shell' },
    ...(run.user === undefined ? {} : { user: run.user }),
    ...(disabled === undefined ? {} : { disabled: true }),
  };
  yield* toJobEvidence(job, file, source);
  const language = text.startsWith('#!') ? findLanguage(name, text)?.name : 'shell';
  if (language === undefined || text.includes('\0')) {
    coverage.flaw(place, 'a program that is not read, so what it connects to is unknown');
    return;
  }
  const result = await readScript({ language, file, text });
  if ('skipped' in result) coverage.flaw(place, `the script ${result.skipped}`);
  else
    for (const fact of result.reading.facts)
      yield toEvidence(fact, {
        ...source,
        id: toJobId(file, name),
        toOrigin: ({ line, column }) => ({ file, line, column }),
      });
}

function* tellHosts({ file, text }: TextFile, { coverage, environment }: ScanContext) {
  const hosts = readHostsFile(text);
  coverage.read(hosts.lines);
  for (const { line, reason } of hosts.skipped) coverage.skip({ file, line, column: 1 }, reason);
  yield* toAddressEvidence(hosts, file, environment);
}

function toSource({ host }: Machine, { environment }: ScanContext) {
  return { scanner: 'cron', environment, ...(host === undefined ? {} : { host }) };
}
