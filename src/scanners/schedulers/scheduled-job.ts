import type { Evidence, Origin } from '../../evidence.ts';
import { toSummary } from '../../evidence.ts';
import { redact } from '../../redact.ts';
import type { Schedule } from '../../schedule.ts';
import type { Safeguard } from '../../vocabulary.ts';

/** What a command of a job is written in. */
export type CommandLanguage = 'shell' | 'powershell' | 'batch' | 'sql';

/** A job as its scheduler describes it. Texts are as written: `toJobEvidence` removes secrets. */
export interface ScheduledJob {
  /** Unlike that of any other job in the file; it stays when lines move. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** None where people, events or other jobs start it. */
  readonly schedules: readonly Schedule[];
  /** What it runs, to be read like a script of that language. */
  readonly command?: ScheduledCommand;
  /** The script files, programs or stored procedures that it starts, where no command says so. */
  readonly scripts?: readonly string[];
  /** What its command finds in its environment. */
  readonly environment?: ReadonlyMap<string, string>;
  readonly host?: string;
  readonly user?: string;
  /** Names of the jobs of the same file that must have ended before it starts. */
  readonly after?: readonly string[];
  readonly durationMs?: number;
  readonly disabled?: true;
  /** What its scheduler does for it when a run fails, and the line that says so. */
  readonly safeguards?: readonly JobSafeguard[];
}

/** The command of a job as it is written. */
export interface ScheduledCommand {
  readonly text: string;
  readonly language: CommandLanguage;
  /** Its scheduler ends it at the first command that fails, as `set -e` does. */
  readonly stopsAtFailure?: true;
  /** What the scheduler hands to its standard input. */
  readonly input?: string;
  /** Where it is written, if not where the job is: the service of a systemd timer. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** A setting of the scheduler that makes a job survivable, or takes that away. */
export interface JobSafeguard {
  /** The file that holds the line, if not the job's. */
  readonly file?: string;
  readonly line: number;
  readonly safeguard: Safeguard;
  readonly effect: 'provides' | 'defeats';
  readonly summary: string;
}

/** Something that is written like a job and is none that can be read. */
export interface SkippedJob {
  readonly line: number;
  readonly reason: string;
}

/** What a reader finds in one file. */
export interface SchedulerFile {
  readonly jobs: readonly ScheduledJob[];
  readonly skipped: readonly SkippedJob[];
  /** What was read and can be told only in part, such as a calendar that the file only names. */
  readonly flaws?: readonly SkippedJob[];
}

/** The value of a setting such as `erp.export.cron`, where the files around give it. */
export type SettingOf = (key: string) => string | undefined;

/** How the files of one scheduler are known and read. It never throws: what is broken is skipped. */
export interface SchedulerReader {
  /** As people call it, for messages: `Kubernetes CronJob`. */
  readonly name: string;
  /** Whether this is such a file, by its name and content. Cheap: every file is asked. */
  matches(file: string, text: string): boolean;
  /** @param settingOf for schedules that stand in settings; without it only their defaults count */
  read(text: string, file: string, settingOf?: SettingOf): SchedulerFile;
}

/** What all evidence of one job has in common. */
export interface JobSource {
  readonly scanner: string;
  readonly environment: string;
  readonly host?: string;
}

/** The id of a job, by which scripts and safeguards refer to it. */
export function toJobId(file: string, name: string): string {
  return `${file}: ${toSummary(name)}`;
}

/** A job, what protects it and the scripts it starts, as evidence. Its command is read elsewhere. */
export function* toJobEvidence(
  job: ScheduledJob,
  file: string,
  source: JobSource,
): Iterable<Evidence> {
  const id = toJobId(file, job.name);
  const host = job.host ?? source.host;
  const at = (line: number): Origin => ({ file, line, column: 1 });
  const shared = {
    scanner: source.scanner,
    witness: 'coded',
    environment: source.environment,
    confidence: 1,
  } as const;
  yield {
    ...shared,
    kind: 'job',
    origin: at(job.line),
    id,
    ...(host === undefined ? {} : { host }),
    ...(job.user === undefined ? {} : { user: job.user }),
    schedules: job.schedules,
    command: toSummary(job.command?.text ?? job.scripts?.join(' ') ?? ''),
    ...(job.after === undefined ? {} : { after: job.after.map((name) => toJobId(file, name)) }),
    ...(job.durationMs === undefined ? {} : { durationMs: job.durationMs }),
    ...(job.disabled ? { disabled: true } : {}),
  };
  for (const { file: holder, line, safeguard, effect, summary } of job.safeguards ?? [])
    yield {
      ...shared,
      kind: 'safeguard',
      origin: { file: holder ?? file, line, column: 1 },
      code: id,
      safeguard,
      effect,
      summary: toSummary(summary),
    };
  for (const script of job.scripts ?? [])
    yield {
      ...shared,
      kind: 'calls-script',
      origin: at(job.line),
      caller: id,
      script: redact(script),
    };
}
