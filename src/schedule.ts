import { findCronFault } from './schedule/cron.ts';
import type { Scheduler } from './schedule/scheduler.ts';
import { isTimezone as isKnownTimezone } from './schedule/zone-of.ts';

/** When a job runs: the expression as its scheduler writes it, and the zone its clock is in. */
export interface Schedule {
  readonly expression: string;
  /** An IANA name; empty where none is known. */
  readonly timezone: string;
  /** Whose rules hold; absent for cron. */
  readonly scheduler?: Scheduler;
  /** What the scheduler spreads its jobs by: for Jenkins the full name of the job. */
  readonly name?: string;
  /** Local date and time from which intervals count, such as `2026-01-05T06:00`. */
  readonly start?: string;
  /** Its scheduler starts it up to so many minutes later, by a draw that nobody can tell. */
  readonly delayMinutes?: number;
}

/** Why a cron daemon would refuse these five fields or this nickname, or `undefined` if it would not. */
export function findCronError(expression: string): string | undefined {
  return findCronFault(expression);
}

/** Whether the runtime knows this IANA time zone. */
export function isTimezone(name: string): boolean {
  return isKnownTimezone(name);
}

/** Writes a schedule as people read it in reports. */
export function formatSchedule(schedule: Schedule): string {
  return schedule.timezone ? `${schedule.expression} (${schedule.timezone})` : schedule.expression;
}
