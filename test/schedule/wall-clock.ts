/**
 * The clocks of a few zones, minute by minute, and what schedulers do at each minute. Written from
 * their manuals and sources alone and from Intl, so that it shares nothing with src/schedule.
 */
export interface WallClock {
  /** The instant of the first minute. */
  readonly start: number;
  /** For each real minute, what the clock reads: minutes as if it were in UTC. */
  readonly readings: Int32Array;
}

const minute = 60_000;

/** Reads a zone's clock for every minute of [from, to); offsets change at quarter hours only. */
export function readWallClock(timezone: string, from: number, to: number): WallClock {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const readings = new Int32Array((to - from) / minute);
  for (let slot = 0; slot < readings.length; slot += 15) {
    const instant = from + slot * minute;
    const local = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) / minute;
    for (let index = 0; index < 15; index++) readings[slot + index] = local + index;
  }
  return { start: from, readings };
}

/** What a scheduler looks at in one real minute: the reading it compares, and for which jobs. */
export interface Look {
  readonly index: number;
  readonly reading: number;
  readonly jobs: 'all' | 'fixed' | 'wildcard';
}

/** Compares whatever the clock reads, each minute (Jenkins, robfig/cron, Spring). */
export function lookAtClock({ readings }: WallClock): Look[] {
  return Array.from(readings, (reading, index) => ({ index, reading, jobs: 'all' as const }));
}

/** Compares each reading only the first time that it comes (systemd). */
export function lookOnce({ readings }: WallClock): Look[] {
  const looks: Look[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [index, reading] of readings.entries()) {
    if (reading <= latest) continue;
    latest = reading;
    looks.push({ index, reading, jobs: 'all' });
  }
  return looks;
}

/** Compares each reading only the last time that it comes (Quartz). */
export function lookLast({ readings }: WallClock): Look[] {
  const looks: Look[] = [];
  let soonest = Number.POSITIVE_INFINITY;
  for (let index = readings.length - 1; index >= 0; index--) {
    const reading = readings[index] ?? 0;
    if (reading >= soonest) continue;
    soonest = reading;
    looks.push({ index, reading, jobs: 'all' });
  }
  return looks.reverse();
}

/**
 * The main loop of cronie: a virtual clock of minutes that runs behind a clock that was put forward
 * by up to three hours, and waits for one that was put back.
 */
export function lookAsCronie({ readings }: WallClock): Look[] {
  const looks: Look[] = [];
  let virtual = (readings[0] ?? 0) - 1;
  for (const [index, reading] of readings.entries()) {
    const ahead = reading - virtual;
    if (ahead === 1) {
      virtual = reading;
      looks.push({ index, reading, jobs: 'all' });
    } else if (Math.abs(ahead) > 180) {
      virtual = reading;
      looks.push({ index, reading, jobs: 'all' });
    } else if (ahead > 0) {
      looks.push({ index, reading, jobs: 'wildcard' });
      while (virtual < reading) looks.push({ index, reading: ++virtual, jobs: 'fixed' });
    } else looks.push({ index, reading, jobs: 'wildcard' });
  }
  return looks;
}

/** A job as sets of values, and how its two day fields go together. */
export interface Job {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  readonly eitherDay: boolean;
  readonly wildcard: boolean;
}

/** Looks of one day of the clock, so that days that do not match cost nothing. */
export interface DayOfLooks {
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
  /** For each look: the real minute, the minute of the day that it reads, and which jobs. */
  readonly indexes: Int32Array;
  readonly minutes: Int16Array;
  readonly jobs: Uint8Array;
}

const kinds = { all: 0, fixed: 1, wildcard: 2 };

/** Groups looks by the date that they read. */
export function groupByDay(looks: readonly Look[]): DayOfLooks[] {
  const groups: Look[][] = [];
  let current = Number.NaN;
  for (const look of looks) {
    const number = Math.floor(look.reading / 1440);
    if (number !== current) groups.push([]);
    current = number;
    groups.at(-1)?.push(look);
  }
  return groups.map((group) => {
    const date = new Date((group[0]?.reading ?? 0) * minute);
    return {
      day: date.getUTCDate(),
      month: date.getUTCMonth() + 1,
      weekday: date.getUTCDay(),
      indexes: Int32Array.from(group, ({ index }) => index),
      minutes: Int16Array.from(group, ({ reading }) => ((reading % 1440) + 1440) % 1440),
      jobs: Uint8Array.from(group, ({ jobs }) => kinds[jobs]),
    };
  });
}

/** Every minute at which the job runs. */
export function simulate(job: Job, clock: WallClock, days: readonly DayOfLooks[]): number[] {
  const wanted = new Uint8Array(1440);
  for (const hour of job.hours) for (const at of job.minutes) wanted[hour * 60 + at] = 1;
  const other = job.wildcard ? kinds.fixed : kinds.wildcard;
  const instants: number[] = [];
  let last = -1;
  for (const { day, month, weekday, indexes, minutes, jobs } of days) {
    if (!job.months.has(month)) continue;
    const [isDay, isWeekday] = [job.days.has(day), job.weekdays.has(weekday)];
    if (!(job.eitherDay ? isDay || isWeekday : isDay && isWeekday)) continue;
    for (let look = 0; look < indexes.length; look++) {
      if (wanted[minutes[look] ?? 0] !== 1 || jobs[look] === other) continue;
      const index = indexes[look] ?? 0;
      if (index !== last) instants.push(clock.start + index * minute);
      last = index;
    }
  }
  return instants;
}
