import { describe, expect, test } from 'vitest';
import type { Scheduler } from '../../src/schedule/scheduler.ts';
import { listAll } from './open.ts';

/** Oslo goes from 02:00 to 03:00 on 29 March 2026 and from 03:00 to 02:00 on 25 October, at 01:00 UTC. */
const spring = ['2026-03-28T22:00Z', '2026-03-29T04:00Z'] as const;
const autumn = ['2026-10-24T22:00Z', '2026-10-25T03:59Z'] as const;

/**
 * What each scheduler does around the change, derived from its documentation or source. The rules of
 * systemd, Kubernetes, Quartz, Spring and GitLab were also compared with the real programs.
 */
const jobs: readonly (readonly [Scheduler, string, string[], string[]])[] = [
  ['cron', '30 2 * * *', ['01:00'], ['00:30']],
  ['cron', '0 3 * * *', ['01:00'], ['02:00']],
  ['cron', '0,30 2-3 * * *', ['01:00', '01:30'], ['00:00', '00:30', '02:00', '02:30']],
  ['cron', '*/30 2 * * *', [], ['00:00', '00:30', '01:00', '01:30']],
  ['cron', '30 */2 * * *', ['23:30', '02:30'], ['22:30', '00:30', '01:30', '03:30']],
  ['cron-tz', '30 2 * * *', [], ['00:30', '01:30']],
  ['kubernetes', '30 2 * * *', [], ['00:30', '01:30']],
  ['jenkins', '30 2 * * *', [], ['00:30', '01:30']],
  ['pg-cron', '30 2 * * *', [], ['00:30', '01:30']],
  ['spring', '0 30 2 * * *', [], ['00:30', '01:30']],
  ['quartz', '0 30 2 * * ?', [], ['01:30']],
  ['quartz', '0 0 2,3 * * ?', ['01:00'], ['01:00', '02:00']],
  ['quartz', '0 0 1-3 * * ?', ['00:00', '01:00'], ['23:00', '01:00', '02:00']],
  ['systemd', '02:30', [], ['00:30']],
  ['systemd', '1..3:0', ['00:00', '01:00'], ['23:00', '00:00', '02:00']],
  ['github', '30 2 * * *', ['01:00'], ['00:30']],
  ['gitlab', '30 2 * * *', [], ['00:30']],
  ['gitlab', '0,30 2 * * *', [], ['00:00', '00:30', '01:00', '01:30']],
  ['gitlab', '30 1-3 * * *', ['00:30', '01:30'], ['23:30', '00:30', '02:30']],
  ['airflow', '30 2 * * *', ['01:30'], ['01:30']],
  ['airflow', '0,30 2 * * *', ['01:00'], ['01:00', '01:30']],
  [
    'airflow',
    '30 * 29,25 * *',
    ['23:30', '00:30', '01:30', '02:30', '03:30'],
    ['22:30', '23:30', '00:30', '01:30', '02:30', '03:30'],
  ],
  ['sql-server', 'freq_type=4 freq_interval=1 active_start_time=23000', ['01:00'], ['00:30']],
  [
    'sql-server',
    'freq_type=4 freq_interval=1 freq_subday_type=8 freq_subday_interval=1 active_start_time=3000 active_end_time=40000',
    ['23:30', '00:30', '01:00', '01:30'],
    ['22:30', '23:30', '00:30', '02:30'],
  ],
];

test.each(jobs)('%s %s: %j and %j', (scheduler, expression, inSpring, inAutumn) => {
  const schedule = { expression, timezone: 'Europe/Oslo', scheduler };
  const toTimes = (all: readonly string[]) => all.map((text) => text.slice(11));
  expect(toTimes(listAll(schedule, ...spring))).toEqual(inSpring);
  expect(toTimes(listAll(schedule, ...autumn))).toEqual(inAutumn);
});

describe('half an hour on Lord Howe Island, 02:00 to 02:30 and back', () => {
  test.each([
    ['cron', '15 2 * * *', ['15:30'], ['15:45']],
    ['cron', '45 1 * * *', ['15:15'], ['14:45']],
    ['systemd', '01,02:15,45', ['14:45', '15:15', '15:45'], ['14:15', '14:45', '15:45', '16:15']],
    [
      'quartz',
      '0 15,45 1-3 * * ?',
      ['14:45', '15:15', '15:45', '16:15', '16:45'],
      ['14:15', '15:15', '15:45', '16:15', '16:45', '17:15'],
    ],
  ] as const)('%s %s', (scheduler, expression, inSpring, inAutumn) => {
    const schedule = { expression, timezone: 'Australia/Lord_Howe', scheduler };
    const toTimes = (all: readonly string[]) => all.map((text) => text.slice(11));
    expect(toTimes(listAll(schedule, '2026-10-03T14:00Z', '2026-10-03T18:00Z'))).toEqual(inSpring);
    expect(toTimes(listAll(schedule, '2026-04-04T14:00Z', '2026-04-04T18:00Z'))).toEqual(inAutumn);
  });
});

test('a change of three hours or more is a correction of the clock, for cronie', () => {
  // Samoa had no 30 December 2011.
  const schedule = { expression: '30 2 30 12 *', timezone: 'Pacific/Apia' };
  expect(listAll(schedule, '2011-12-29T00:00Z', '2012-01-01T00:00Z')).toEqual([]);
  expect(listAll(schedule, '2010-12-29T00:00Z', '2011-01-01T00:00Z')).toHaveLength(1);
});

test('a clock that changes at midnight', () => {
  const schedule = { expression: '0 0 * * *', timezone: 'Africa/Cairo' };
  expect(listAll(schedule, '2026-04-23T12:00Z', '2026-04-25T12:00Z')).toEqual([
    '2026-04-23T22:00',
    '2026-04-24T21:00',
  ]);
});
