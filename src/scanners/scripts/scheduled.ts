import type { Evidence, Origin } from '../../evidence.ts';
import { codeSchedulerReaders } from '../schedulers/code-readers.ts';
import { crontabReader } from '../schedulers/crontab.ts';
import { openReadCommand, type ReadCommand } from '../schedulers/read-command.ts';
import { schedulerReaders } from '../schedulers/readers.ts';
import {
  type ScheduledJob,
  type SchedulerFile,
  type SchedulerReader,
  type SettingOf,
  toJobEvidence,
  toJobId,
} from '../schedulers/scheduled-job.ts';
import { isSqlFile } from '../schedulers/sql-file.ts';
import { readTimers } from '../schedulers/systemd.ts';
import type { CodeSubject } from './facts.ts';
import type { Place } from './project/places.ts';
import type { Project } from './project/project.ts';
import type { SourceReading } from './read-source.ts';
import { openStarted, type StartedScripts } from './started.ts';

/** A file of the source that holds jobs, and who reads them. */
export interface ScheduledFile {
  readonly file: string;
  readonly text: string;
  readonly place: Place;
  readonly readers: readonly SchedulerReader[];
}

/** What the jobs of a source have in common, and where is told what they are not. */
export interface ScheduledContext {
  readonly environment: string;
  readonly host: string | undefined;
  /** A job, or something of it, could not be read. */
  flaw(origin: Origin, reason: string): void;
  /** Whose a piece of code is, by the file that it stands in. */
  describeOwner(file: string, code: string): Evidence;
  /** Whether a connection is one of the build, and no system's. */
  isTooling(evidence: Evidence): boolean;
}

/** Readers of whole files; the first that knows one reads it. */
const fileReaders = [crontabReader, ...schedulerReaders];
const inCode = new Set<SchedulerReader>(codeSchedulerReaders);

/**
 * Who reads the jobs of a file; nobody those of tests, examples and other people's code. Among the
 * tools of a build are workflows that run by the clock.
 */
export function findSchedulers(file: string, text: string, place: Place): SchedulerReader[] {
  if (place !== 'code' && place !== 'tooling') return [];
  const exported = fileReaders.find((reader) => reader.matches(file, text));
  const own =
    place === 'code' ? codeSchedulerReaders.filter((reader) => reader.matches(file, text)) : [];
  return exported ? [exported, ...own] : own;
}

/** The jobs of a source, what they connect to, and the scripts that they start. */
export async function* listScheduled(
  source: SourceReading,
  project: Project,
  context: ScheduledContext,
): AsyncIterable<Evidence> {
  if (source.scheduled.length === 0 && source.units.length === 0) return;
  const started = openStarted(source, project);
  const readCommand = openReadCommand();
  for (const each of source.scheduled) {
    const settingOf: SettingOf = (key) =>
      project.fillers.settings
        .find(key, each.file)
        .find(({ value }) => value !== '' && value !== '***')?.value;
    for (const reader of each.readers) {
      const found = reader.read(each.text, each.file, settingOf);
      if (each.place === 'code') tellFlaws(found, each.file, context);
      for (const job of found.jobs)
        yield* describeJob(job, each, inCode.has(reader), started, readCommand, context);
    }
  }
  for (const found of readTimers(source.units, { timezone: '' })) {
    tellFlaws(found, found.file, context);
    for (const job of found.jobs)
      yield* describeJob(
        job,
        { file: found.file, place: 'code' },
        false,
        started,
        readCommand,
        context,
      );
  }
}

function tellFlaws(
  { skipped, flaws = [] }: SchedulerFile,
  file: string,
  context: ScheduledContext,
): void {
  for (const { line, reason } of [...skipped, ...flaws])
    context.flaw({ file, line, column: 1 }, reason);
}

async function* describeJob(
  job: ScheduledJob,
  { file, place }: Pick<ScheduledFile, 'file' | 'place'>,
  isInCode: boolean,
  started: StartedScripts,
  readCommand: ReadCommand,
  context: ScheduledContext,
): AsyncIterable<Evidence> {
  if (place === 'tooling' && job.schedules.length === 0 && job.after === undefined) return;
  const origin: Origin = { file, line: job.line, column: 1 };
  const found = await readJobCommand(job, origin, readCommand, context);
  const host = context.host === undefined ? {} : { host: context.host };
  const scripts = isInCode
    ? listStarted(job, origin, found, started, context)
    : [...(job.scripts ?? []), ...started.imageScripts(file, job)];
  yield* toJobEvidence({ ...job, scripts: [...new Set(scripts)] }, file, {
    scanner: 'scripts',
    environment: context.environment,
    ...host,
  });
  yield context.describeOwner(file, toJobId(file, job.name));
  for (const evidence of found) {
    if (evidence.kind === 'calls-script') {
      // Programs and workflows start much that is no script of this source.
      const isOwn = started.find(evidence.script, file) !== undefined;
      if (isOwn || (place === 'code' && !isInCode)) yield evidence;
    } else if (!isReadThere(file) && !context.isTooling(evidence)) yield evidence;
  }
}

async function readJobCommand(
  { name, host, command, environment }: ScheduledJob,
  origin: Origin,
  readCommand: ReadCommand,
  context: ScheduledContext,
): Promise<readonly Evidence[]> {
  if (!command) return [];
  const runsOn = host ?? context.host;
  const subject: CodeSubject = {
    id: toJobId(origin.file, name),
    scanner: 'scripts',
    environment: context.environment,
    toOrigin: () => origin,
    ...(runsOn === undefined ? {} : { host: runsOn }),
  };
  const variables = environment === undefined ? {} : { environment };
  const read = await readCommand({ ...command, ...variables }, subject);
  if ('evidence' in read) return read.evidence;
  context.flaw(origin, read.skipped);
  return [];
}

/** The scripts of the source that a job in a program starts: classes, procedures, the file itself. */
function listStarted(
  { scripts = [], command }: ScheduledJob,
  origin: Origin,
  found: readonly Evidence[],
  started: StartedScripts,
  context: ScheduledContext,
): string[] {
  const { file } = origin;
  const called = scripts.flatMap((script) => {
    const own = script === file ? file : started.find(script, file);
    if (own === undefined) context.flaw(origin, `it starts ${script}, which is not in this source`);
    return own ?? [];
  });
  const connects = found.some(({ kind }) => kind === 'connection' || kind === 'unresolved');
  if (isReadThere(file) && connects) called.push(file);
  if (command?.language === 'sql') called.push(...started.definers(command.text));
  return called;
}

/** What a job in a SQL file runs is read with the file, whose links then take the schedule. */
function isReadThere(file: string): boolean {
  return isSqlFile(file);
}
