import { z } from 'zod';
import type { CredentialEvidence, Evidence } from '../evidence.ts';
import { isTimezone } from '../schedule.ts';
import { listComments } from './comments.ts';
import type { ScanContext, Scanner } from './scanner.ts';
import { findSchedulerReader, listSchedulerNames } from './schedulers/find-reader.ts';
import { openReadCommand, type ReadCommand } from './schedulers/read-command.ts';
import { type ScheduledJob, toJobEvidence, toJobId } from './schedulers/scheduled-job.ts';
import { listCredentials } from './scripts/credentials.ts';

const options = z.strictObject({
  /** Where jobs run that name no host. */
  host: z.string().min(1).optional(),
  /** The clock of a scheduler that names no zone. */
  timezone: z
    .string()
    .refine(isTimezone, 'no such time zone; use an IANA name such as Europe/Oslo')
    .optional(),
});

type JobsOptions = z.output<typeof options>;

/** Reads files that schedulers export: which jobs run when, and what their commands connect to. */
export const jobsScanner: Scanner<typeof options> = {
  name: 'jobs',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'jobs';
    const readCommand = openReadCommand();
    for (const file of context.paths) {
      context.progress(file);
      // UTF-16 without a byte order mark comes as every other character.
      const text = (await context.files.text(file)).replaceAll('\u0000', '');
      yield* readFile(text, file, given, context, readCommand);
    }
  },
};

async function* readFile(
  text: string,
  file: string,
  given: JobsOptions,
  context: ScanContext,
  readCommand: ReadCommand,
): AsyncIterable<Evidence> {
  const { coverage } = context;
  const reader = findSchedulerReader(file, text);
  if (!reader) {
    coverage.skip(
      { file, line: 1, column: 1 },
      `it is no file of a known scheduler; known are ${listSchedulerNames()}`,
    );
    return;
  }
  coverage.detect(reader.name, 1);
  const { jobs, skipped, flaws = [] } = reader.read(text, file);
  for (const { line, reason } of skipped) coverage.skip({ file, line, column: 1 }, reason);
  for (const { line, reason } of flaws) coverage.flaw({ file, line, column: 1 }, reason);
  for (const job of jobs) {
    coverage.read();
    yield* readJob(inZone(job, given.timezone), file, given, context, readCommand);
  }
  const shared: Pick<CredentialEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'> = {
    scanner: 'jobs',
    witness: 'coded',
    environment: context.environment,
    confidence: 1,
  };
  yield* listCredentials(text, file, 'text', shared);
  yield* listComments(text, file, shared);
}

async function* readJob(
  job: ScheduledJob,
  file: string,
  given: JobsOptions,
  { environment, coverage }: ScanContext,
  readCommand: ReadCommand,
): AsyncIterable<Evidence> {
  const host = job.host ?? given.host;
  const place = host === undefined ? {} : { host };
  yield* toJobEvidence(job, file, { scanner: 'jobs', environment, ...place });
  if (!job.command) return;
  const origin = { file, line: job.line, column: 1 };
  const reading = await readCommand(
    {
      ...job.command,
      ...(job.environment === undefined ? {} : { environment: job.environment }),
    },
    {
      id: toJobId(file, job.name),
      scanner: 'jobs',
      environment,
      toOrigin: () => origin,
      ...place,
    },
  );
  if ('skipped' in reading) coverage.flaw(origin, reading.skipped);
  else yield* reading.evidence;
}

/** The job with the zone of the source where its schedules name none. */
function inZone(job: ScheduledJob, timezone: string | undefined): ScheduledJob {
  if (timezone === undefined) return job;
  return {
    ...job,
    schedules: job.schedules.map((schedule) =>
      schedule.timezone === '' ? { ...schedule, timezone } : schedule,
    ),
  };
}
