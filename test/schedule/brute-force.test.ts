import { beforeAll, describe, expect, test } from 'vitest';
import { openRuns } from '../../src/schedule/open-runs.ts';
import type { Scheduler } from '../../src/schedule/scheduler.ts';
import { drawJob, type JobShape, openDraw } from './random-job.ts';
import {
  type DayOfLooks,
  groupByDay,
  type Look,
  lookAsCronie,
  lookAtClock,
  lookLast,
  lookOnce,
  readWallClock,
  simulate,
  type WallClock,
} from './wall-clock.ts';

const from = Date.UTC(2025, 0, 1);
const to = Date.UTC(2029, 0, 1);

/** `SCHEDULES=20000 npx vitest run test/schedule/brute-force.test.ts` takes longer. */
const count = Number(process.env['SCHEDULES'] ?? 2100);

const zones = ['Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe'];

const cronie: JobShape = {
  draws: true,
  stepAfterNumber: false,
  names: true,
  sundayIsSeven: true,
  open: 'head',
};
const robfig: JobShape = {
  draws: false,
  stepAfterNumber: true,
  names: true,
  sundayIsSeven: false,
  open: 'bare',
};
const jenkins: JobShape = { ...cronie, draws: false, names: false, open: 'always' };

interface Case {
  readonly scheduler: Scheduler;
  readonly shape: JobShape;
  readonly look: (clock: WallClock) => Look[];
  /** How much of the count it gets. */
  readonly share: number;
  readonly write?: (text: string) => string;
}

const cases: readonly Case[] = [
  { scheduler: 'cron', shape: cronie, look: lookAsCronie, share: 4 / 7 },
  { scheduler: 'kubernetes', shape: robfig, look: lookAtClock, share: 1 / 7 },
  { scheduler: 'jenkins', shape: jenkins, look: lookAtClock, share: 1 / 7 },
  {
    scheduler: 'quartz',
    shape: { ...jenkins, stepAfterNumber: true },
    look: lookLast,
    share: 1 / 7,
    write: toQuartz,
  },
];

/** Quartz leaves one day field open and counts weekdays from 1; here the days of the month decide. */
function toQuartz(text: string): string {
  const [minute, hour, day, month] = text.split(' ');
  return `0 ${minute} ${hour} ${day} ${month} ?`;
}

const clocks = new Map<string, WallClock>();

beforeAll(() => {
  // A day more on either side, so that the simulated daemons have settled when the span begins.
  for (const zone of zones) clocks.set(zone, readWallClock(zone, from - 86_400_000, to));
}, 60_000);

describe.each(cases)('random $scheduler expressions over four years', (item) => {
  test.each(zones)('as minute by minute in %s', (timezone) => {
    const clock = clocks.get(timezone);
    if (!clock) throw new Error('no clock');
    const days: DayOfLooks[] = groupByDay(item.look(clock));
    const draw = openDraw(zones.indexOf(timezone) * 7919 + item.scheduler.length);
    let runs = 0;
    for (let index = 0; index < (count * item.share) / zones.length; index++) {
      const { text, job } = drawJob(draw, item.shape);
      const expression = item.write?.(text) ?? text;
      const quartz = item.write !== undefined;
      const expected = simulate(
        quartz ? { ...job, weekdays: new Set([0, 1, 2, 3, 4, 5, 6]) } : job,
        clock,
        days,
      ).filter((instant) => instant >= from);
      const opened = openRuns({ expression, timezone, scheduler: item.scheduler });
      if ('error' in opened) throw new Error(`${expression}: ${opened.error}`);
      const got = opened.runs(from, to);
      runs += got.length;
      if (!isSame(got, expected))
        throw new Error(`${expression} in ${timezone}: ${tellDifference(got, expected)}`);
    }
    expect(runs).toBeGreaterThan(10_000);
  });
});

test.each(zones)('shorthands of systemd as minute by minute in %s', (timezone) => {
  const clock = clocks.get(timezone);
  if (!clock) throw new Error('no clock');
  const days = groupByDay(lookOnce(clock));
  const every = (low: number, high: number, step = 1) =>
    new Set(
      Array.from({ length: high - low + 1 }, (_, index) => low + index).filter(
        (value) => (value - low) % step === 0,
      ),
    );
  const all = {
    minutes: every(0, 59),
    hours: every(0, 23),
    days: every(1, 31),
    months: every(1, 12),
    weekdays: every(0, 6),
    eitherDay: false,
    wildcard: false,
  };
  const zero = new Set([0]);
  const jobs = {
    minutely: all,
    hourly: { ...all, minutes: zero },
    daily: { ...all, minutes: zero, hours: zero },
    weekly: { ...all, minutes: zero, hours: zero, weekdays: new Set([1]) },
    quarterly: { ...all, minutes: zero, hours: zero, days: new Set([1]), months: every(1, 12, 3) },
    'Sat,Sun 1..3:0/15': {
      ...all,
      minutes: every(0, 59, 15),
      hours: every(1, 3),
      weekdays: new Set([0, 6]),
    },
    '*-*-25..31 02:30': {
      ...all,
      minutes: new Set([30]),
      hours: new Set([2]),
      days: every(25, 31),
    },
  };
  for (const [expression, job] of Object.entries(jobs)) {
    const opened = openRuns({ expression, timezone, scheduler: 'systemd' });
    if ('error' in opened) throw new Error(opened.error);
    const expected = simulate(job, clock, days).filter((instant) => instant >= from);
    const got = [...opened.each(from, to)];
    if (!isSame(got, expected))
      throw new Error(`${expression} in ${timezone}: ${tellDifference(got, expected)}`);
    expect(got.length).toBeGreaterThan(10);
  }
});

test('spans may be cut anywhere', () => {
  const opened = openRuns({ expression: '*/7 1-3 * * *', timezone: 'Australia/Lord_Howe' });
  if ('error' in opened) throw new Error(opened.error);
  const whole = opened.runs(from, to);
  const draw = openDraw(5);
  const pieces: number[] = [];
  for (let at = from; at < to; ) {
    const next = Math.min(to, at + 1 + draw(3 * 86_400_000));
    pieces.push(...opened.runs(at, next));
    at = next;
  }
  expect(isSame(pieces, whole)).toBe(true);
  expect(isSame([...opened.each(from, to)], whole)).toBe(true);
});

function isSame(got: readonly number[], expected: readonly number[]): boolean {
  return got.length === expected.length && got.every((value, index) => value === expected[index]);
}

function tellDifference(got: readonly number[], expected: readonly number[]): string {
  const index = expected.findIndex((value, at) => value !== got[at]);
  const tell = (value: number | undefined) =>
    value === undefined ? 'none' : new Date(value).toISOString();
  return `${got.length} runs for ${expected.length}, first ${tell(got[index])} for ${tell(expected[index])}`;
}
