import type { JobCollector } from './collect-jobs.ts';
import type { ScheduledJob } from './scheduled-job.ts';

/** A job with the events it waits for and those it sets. */
export interface ConditionedJob {
  readonly job: ScheduledJob;
  readonly waitsFor: readonly string[];
  readonly gives: readonly string[];
  /** Whether any of the events is enough. */
  readonly any: boolean;
  /** Whether a time of the day starts it as well. */
  readonly hasTime: boolean;
  /** What its times do not name, told where no other job starts it. */
  readonly missing?: string | undefined;
}

/**
 * Adds jobs with what they wait for: the jobs of the same file that set an event. A job without a time
 * of its own that waits for others is started by them.
 */
export function addConditionedJobs(all: readonly ConditionedJob[], jobs: JobCollector): void {
  const givers = new Map<string, string[]>();
  for (const { job, gives } of all)
    for (const event of gives) {
      const names = givers.get(event) ?? [];
      names.push(job.name);
      givers.set(event, names);
    }
  for (const { job, waitsFor, any, hasTime, missing } of all) {
    const after = new Set<string>();
    for (const event of waitsFor) {
      const names = (givers.get(event) ?? []).slice(0, 200).filter((name) => name !== job.name);
      if (names.length === 0)
        jobs.flaw(job.line, `it waits for "${event}", which no job of the file sets`);
      for (const name of names) after.add(name);
    }
    if (any && waitsFor.length > 1)
      jobs.flaw(job.line, 'any of the jobs before it is enough to start it');
    if (missing !== undefined && (after.size === 0 || hasTime)) jobs.flaw(job.line, missing);
    jobs.add({
      ...job,
      ...(after.size === 0 ? {} : { after: [...after] }),
      ...(after.size > 0 && !hasTime ? { schedules: [] } : {}),
    });
  }
}
