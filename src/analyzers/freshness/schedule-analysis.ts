import type { Schedule } from '../../schedule.ts';
import type { Overlap, SharedMinute } from './collisions.ts';
import type { FailedRun } from './failed-run.ts';
import type { Progression } from './instants.ts';

/** What is known of jobs beside the age of data. Lists are bounded; `leftOut` counts the rest. */
export interface ScheduleAnalysis {
  /** The zone in which times are told: that of most jobs. */
  readonly timezone: string;
  /** ISO 8601 UTC. */
  readonly horizon: { readonly from: string; readonly to: string };
  /** The seven days from `asOf` on that `runs` of jobs are listed for. Instants in ms. */
  readonly week: { readonly from: number; readonly to: number };
  /** Jobs that move data, by id. */
  readonly jobs: readonly PlannedLinkJob[];
  /** The runs that hurt most, one for each job, the oldest data first. */
  readonly failedRuns: readonly WorstRun[];
  readonly sharedMinutes: readonly SharedMinute[];
  readonly overlaps: readonly Overlap[];
  /** Links whose data comes nobody knows when. */
  readonly unknown: readonly UnknownSchedule[];
  /** What was assumed, in plain sentences. */
  readonly notes: readonly string[];
  readonly leftOut: {
    readonly freshness: number;
    readonly jobs: number;
    readonly failedRuns: number;
    readonly sharedMinutes: number;
    readonly overlaps: number;
    readonly unknown: number;
    readonly notes: number;
  };
}

/** A job, or a link of which only a registry tells the schedule. */
export interface PlannedLinkJob {
  /** The id of the script or job; the key of the link where no code is known. */
  readonly id: string;
  /** The keys of the links that it realises. */
  readonly links: readonly string[];
  readonly hosts: readonly string[];
  readonly schedules: readonly Schedule[];
  /** When it runs, in plain words. */
  readonly words: string;
  /** Its runs in the week, as instants at one distance from each other, in ms. */
  readonly runs: readonly Progression[];
  /** In ms; 0 where it is not known. */
  readonly durationMs: number;
}

/** A failed run of the horizon and what it does, also as a sentence for people. */
export interface WorstRun extends FailedRun {
  readonly sentence: string;
  /** IANA zone of the times in the sentence. */
  readonly timezone: string;
}

/** A link, or one job of it, that cannot be followed through time. */
export interface UnknownSchedule {
  /** The key of the link. */
  readonly subject: string;
  readonly job?: string;
  readonly reason: string;
}
