import type { ScheduledJob, SchedulerFile, SkippedJob } from './scheduled-job.ts';

/** Takes up the jobs of a file and what cannot be said of them. */
export interface JobCollector {
  /** Jobs of one name get a number, so that each keeps a name of its own. */
  add(job: ScheduledJob): void;
  skip(line: number, reason: string): void;
  flaw(line: number, reason: string): void;
  finish(): SchedulerFile;
}

/** Begins a collection without jobs. */
export function collectJobs(): JobCollector {
  const jobs: ScheduledJob[] = [];
  const skipped: SkippedJob[] = [];
  const flaws: SkippedJob[] = [];
  const counts = new Map<string, number>();
  return {
    add: (job) => {
      const count = (counts.get(job.name) ?? 0) + 1;
      counts.set(job.name, count);
      jobs.push(count === 1 ? job : { ...job, name: `${job.name} (${count})` });
    },
    skip: (line, reason) => skipped.push({ line, reason }),
    flaw: (line, reason) => flaws.push({ line, reason }),
    finish: () => ({ jobs, skipped, ...(flaws.length > 0 ? { flaws } : {}) }),
  };
}
