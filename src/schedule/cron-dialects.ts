import { hourMs } from './calendar.ts';
import { asTheClockReads, type ClockRule } from './clock-change.ts';
import type { Field, FieldRules } from './fields.ts';
import { weekdayWords } from './fields.ts';
import type { CronScheduler } from './scheduler.ts';

/** How one scheduler reads the five fields, and what it does when the clock changes. */
export interface CronDialect extends FieldRules {
  /**
   * Which day field leaves the choice to the other one, so that both must match; of two others
   * either may match. fugit looks for a star among the days of the month, but of weekdays only at
   * the star alone.
   */
  readonly openDays: 'begins-with-star' | 'star-without-step' | 'fugit' | 'every-day';
  /** For jobs without a fixed time of the day: by cronie, minute or hour begin with `*`. */
  readonly wildcardRule: ClockRule;
  readonly wildcard: 'minute-or-hour' | 'every-hour';
  /** For all others. */
  readonly fixedRule: ClockRule;
  /** Where the scheduler runs when the schedule names no zone; the host's zone where absent. */
  readonly defaultZone?: string;
  /** Where a sixth field of seconds stands. */
  readonly seconds?: 'first' | 'last';
  /** `L` (in pg_cron `$`) for the last day of the month, and with `L` also `fri#2` and its like. */
  readonly specialDays?: 'L' | '$';
  readonly weekday?: Field;
  readonly nicknames?: ReadonlyMap<string, string>;
  readonly reboot?: boolean;
  /** `@every 1h30m`, or `30 seconds`. */
  readonly every?: 'duration' | 'seconds';
  /** `TZ=Europe/Oslo` before the fields. */
  readonly zonePrefix?: boolean;
}

/** Sunday is only 0. */
const weekdayToSix: Field = { name: 'day of week', low: 0, high: 6, words: weekdayWords };

/** Changes of three hours and more count as corrections of the clock. */
const cronieLimit = 3 * hourMs;

/**
 * The schedulers that read five fields. docs/schedules.md tells the same to people, with sources.
 *
 * - `cron`: cronie, cron(8) "Daylight Saving Time and other time changes" and the main loop of
 *   src/cron.c. A job without `*` at the head of minute and hour runs right after a skipped time and
 *   not again in a repeated one; a job with it follows the clock.
 * - `cron-tz`: a crontab with CRON_TZ. cronie looks at that zone's clock each minute of its own, and
 *   src/cron.c says that jobs are missed or run twice when it changes.
 * - `kubernetes`: robfig/cron v3, doc.go: jobs in skipped hours are not run; spec.go walks real hours,
 *   so that it meets repeated ones twice. A step makes `*` a restriction, Sunday is only 0.
 * - `github`: the documentation of GitHub Actions: UTC unless `timezone` is set; skipped hours
 *   advance to the next valid time. Repeated ones are not documented; the first is assumed.
 * - `gitlab`: fugit's Cron#next_time walks real seconds and refuses only to give the same reading of
 *   the clock twice in a row.
 * - `airflow`: timetables/_cron.py and utils/timezone.make_aware: with a fixed hour the local time is
 *   made aware with fold=1, which moves skipped times on and takes the second of repeated ones; with
 *   `*` as hour it adds real time.
 * - `pg-cron`: pg_cron compares with the clock of `cron.timezone` (GMT unless set) each minute.
 * - `control-m`: the times of a job definition, written in five fields by its reader. A job is ordered
 *   once for a day and starts from its time on, so that a skipped time starts it right after the
 *   change and a repeated one only once; this follows from the manual, which does not say it.
 * - `autosys`: likewise; Broadcom's article 417036 says that jobs in a repeated hour run the second
 *   time only. That skipped times run right after the change is assumed.
 */
export const cronDialects: Readonly<Record<CronScheduler, CronDialect>> = {
  cron: {
    openDays: 'begins-with-star',
    sundayEnds: true,
    draws: true,
    reboot: true,
    wildcard: 'minute-or-hour',
    wildcardRule: asTheClockReads,
    fixedRule: { skipped: 'at-change', repeated: 'first', below: cronieLimit },
  },
  'cron-tz': {
    openDays: 'begins-with-star',
    sundayEnds: true,
    draws: true,
    reboot: true,
    wildcard: 'minute-or-hour',
    wildcardRule: asTheClockReads,
    fixedRule: asTheClockReads,
  },
  kubernetes: {
    openDays: 'star-without-step',
    stepAfterNumber: true,
    questionMark: true,
    weekday: weekdayToSix,
    every: 'duration',
    zonePrefix: true,
    defaultZone: 'UTC',
    wildcard: 'minute-or-hour',
    wildcardRule: asTheClockReads,
    fixedRule: asTheClockReads,
  },
  github: {
    openDays: 'star-without-step',
    stepAfterNumber: true,
    weekday: weekdayToSix,
    defaultZone: 'UTC',
    wildcard: 'minute-or-hour',
    wildcardRule: asTheClockReads,
    fixedRule: { skipped: 'at-change', repeated: 'first' },
  },
  gitlab: {
    openDays: 'fugit',
    stepAfterNumber: true,
    wraps: true,
    seconds: 'first',
    specialDays: 'L',
    defaultZone: 'UTC',
    nicknames: new Map([['@noon', '0 12 * * *']]),
    wildcard: 'minute-or-hour',
    wildcardRule: { skipped: 'left-out', repeated: 'distinct' },
    fixedRule: { skipped: 'left-out', repeated: 'distinct' },
  },
  airflow: {
    openDays: 'every-day',
    stepAfterNumber: true,
    wraps: true,
    seconds: 'last',
    specialDays: 'L',
    defaultZone: 'UTC',
    nicknames: new Map([['@quarterly', '0 0 1 */3 *']]),
    wildcard: 'every-hour',
    wildcardRule: asTheClockReads,
    fixedRule: { skipped: 'moved-on', repeated: 'second' },
  },
  'pg-cron': {
    openDays: 'begins-with-star',
    sundayEnds: true,
    reboot: true,
    specialDays: '$',
    every: 'seconds',
    defaultZone: 'UTC',
    wildcard: 'minute-or-hour',
    wildcardRule: asTheClockReads,
    fixedRule: asTheClockReads,
  },
  'control-m': {
    openDays: 'star-without-step',
    specialDays: 'L',
    wildcard: 'minute-or-hour',
    wildcardRule: { skipped: 'at-change', repeated: 'first' },
    fixedRule: { skipped: 'at-change', repeated: 'first' },
  },
  autosys: {
    openDays: 'star-without-step',
    wildcard: 'minute-or-hour',
    wildcardRule: { skipped: 'at-change', repeated: 'second' },
    fixedRule: { skipped: 'at-change', repeated: 'second' },
  },
};
