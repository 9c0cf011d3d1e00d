import { describe, expect, test } from 'vitest';
import { openJenkinsHash } from '../../src/schedule/jenkins-hash.ts';
import { openRuns } from '../../src/schedule/open-runs.ts';
import type { Scheduler } from '../../src/schedule/scheduler.ts';
import fc from '../fast-check.ts';
import { listFirst, openValid } from './open.ts';

const schedulers: readonly Scheduler[] = [
  'cron',
  'cron-tz',
  'kubernetes',
  'github',
  'gitlab',
  'airflow',
  'pg-cron',
  'quartz',
  'spring',
  'jenkins',
  'systemd',
  'anacron',
  'interval',
  'mysql',
  'oracle',
  'windows',
  'sql-server',
];

/** First runs in UTC from Thursday, 1 January 2026. */
const firstRuns: readonly (readonly [Scheduler, string, string[]])[] = [
  // Both day fields restricted: either one, unless one begins with a star.
  [
    'cron',
    '30 4 1,15 * 5',
    ['2026-01-01T04:30', '2026-01-02T04:30', '2026-01-09T04:30', '2026-01-15T04:30'],
  ],
  ['cron', '0 0 */2 * mon', ['2026-01-05T00:00', '2026-01-19T00:00']],
  [
    'cron',
    '0 0 1-31/2 * mon',
    ['2026-01-01T00:00', '2026-01-03T00:00', '2026-01-05T00:00', '2026-01-07T00:00'],
  ],
  [
    'cron',
    '0 12 * * fri-sun',
    ['2026-01-02T12:00', '2026-01-03T12:00', '2026-01-04T12:00', '2026-01-09T12:00'],
  ],
  ['cron', '0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00']],
  ['cron', '*/50 0 * * *', ['2026-01-01T00:00', '2026-01-01T00:50', '2026-01-02T00:00']],
  ['cron', '@weekly', ['2026-01-04T00:00', '2026-01-11T00:00']],
  ['cron', '0 0 31 2 *', []],
  [
    'kubernetes',
    '0 0 */2 * mon',
    ['2026-01-01T00:00', '2026-01-03T00:00', '2026-01-05T00:00', '2026-01-07T00:00'],
  ],
  ['kubernetes', '5/20 0 ? * ?', ['2026-01-01T00:05', '2026-01-01T00:25', '2026-01-01T00:45']],
  ['kubernetes', 'TZ=Europe/Oslo 30 22 * * *', ['2026-01-01T21:30', '2026-01-02T21:30']],
  ['gitlab', '0 22-1 * * *', ['2026-01-01T00:00', '2026-01-01T01:00', '2026-01-01T22:00']],
  ['gitlab', '0 9 * * mon#1', ['2026-01-05T09:00', '2026-02-02T09:00']],
  ['airflow', '@quarterly', ['2026-01-01T00:00', '2026-04-01T00:00', '2026-07-01T00:00']],
  ['airflow', '0 6 L * *', ['2026-01-31T06:00', '2026-02-28T06:00']],
  ['pg-cron', '0 6 $ * *', ['2026-01-31T06:00', '2026-02-28T06:00']],
  ['quartz', '0 0 12 L-3 * ?', ['2026-01-28T12:00', '2026-02-25T12:00']],
  ['quartz', '0 0 12 1W * ?', ['2026-01-01T12:00', '2026-02-02T12:00', '2026-03-02T12:00']],
  ['quartz', '0 0 12 ? * 6#3', ['2026-01-16T12:00', '2026-02-20T12:00']],
  ['quartz', '0 0 12 ? * 6L', ['2026-01-30T12:00', '2026-02-27T12:00']],
  [
    'quartz',
    '0 0 22-1 ? * SAT-SUN 2027',
    ['2027-01-02T00:00', '2027-01-02T01:00', '2027-01-02T22:00'],
  ],
  [
    'quartz',
    '15 0/30 6 * * ?',
    ['2026-01-01T06:00:15', '2026-01-01T06:30:15', '2026-01-02T06:00:15'],
  ],
  // Spring: both day fields must match, and a step over weekdays begins on Monday.
  ['spring', '0 0 9 13 * FRI', ['2026-02-13T09:00', '2026-03-13T09:00', '2026-11-13T09:00']],
  [
    'spring',
    '0 0 9 ? * */2',
    ['2026-01-02T09:00', '2026-01-04T09:00', '2026-01-05T09:00', '2026-01-07T09:00'],
  ],
  ['spring', '0 0 9 LW * *', ['2026-01-30T09:00', '2026-02-27T09:00', '2026-03-31T09:00']],
  ['spring', '@daily', ['2026-01-01T00:00', '2026-01-02T00:00']],
  ['systemd', 'Mon..Fri 22:30', ['2026-01-01T22:30', '2026-01-02T22:30', '2026-01-05T22:30']],
  ['systemd', 'Sun *-*-1..7 1:00:00', ['2026-01-04T01:00', '2026-02-01T01:00', '2026-03-01T01:00']],
  ['systemd', '*-02~03', ['2026-02-26T00:00', '2027-02-26T00:00', '2028-02-27T00:00']],
  ['systemd', 'Mon *-05~07/1', ['2026-05-25T00:00', '2027-05-31T00:00']],
  ['systemd', '*-*~1..6/4 12:00', ['2026-01-27T12:00', '2026-01-31T12:00', '2026-02-24T12:00']],
  ['systemd', '1,7-1 06:00 Europe/Oslo', ['2026-01-01T05:00', '2026-07-01T04:00']],
  [
    'systemd',
    'OnCalendar=06:00\nOnCalendar=Sat 07:00',
    ['2026-01-01T06:00', '2026-01-02T06:00', '2026-01-03T06:00', '2026-01-03T07:00'],
  ],
  [
    'systemd',
    'OnCalendar=hourly\nOnCalendar=\nOnCalendar=weekly',
    ['2026-01-05T00:00', '2026-01-12T00:00'],
  ],
  ['systemd', '@1767261600', ['2026-01-01T10:00']],
  [
    'jenkins',
    'TZ=Europe/Oslo\n# nights\n0 2 * * 7\n0 3 * * *',
    ['2026-01-01T02:00', '2026-01-02T02:00', '2026-01-03T02:00', '2026-01-04T01:00'],
  ],
  ['jenkins', '0 0 13 * 5', ['2026-02-13T00:00', '2026-03-13T00:00']],
  ['anacron', '1 5', ['2026-01-01T00:06', '2026-01-02T00:06']],
  ['anacron', '@monthly 15 3-22', ['2026-01-01T03:16', '2026-02-01T03:16']],
  ['anacron', '@yearly 15', ['2026-01-01T00:16', '2027-01-01T00:16']],
  [
    'interval',
    'R/2026-01-05T06:00/PT36H',
    ['2026-01-05T06:00', '2026-01-06T18:00', '2026-01-08T06:00'],
  ],
  [
    'interval',
    'R2/2026-01-05T06:00Z/P1D',
    ['2026-01-05T06:00', '2026-01-06T06:00', '2026-01-07T06:00'],
  ],
  ['mysql', "EVERY 1 MONTH STARTS '2026-01-31 02:00:00'", ['2026-01-31T02:00', '2026-03-31T02:00']],
  [
    'mysql',
    "EVERY 90 MINUTE STARTS '2026-01-01 02:00:00' ENDS '2026-01-01 05:00:00'",
    ['2026-01-01T02:00', '2026-01-01T03:30', '2026-01-01T05:00'],
  ],
  ['mysql', "AT '2026-05-01 12:00:00'", ['2026-05-01T12:00']],
  [
    'oracle',
    'FREQ=WEEKLY; BYDAY=MON,FRI; BYHOUR=22; BYMINUTE=30; BYSECOND=0',
    ['2026-01-02T22:30', '2026-01-05T22:30', '2026-01-09T22:30'],
  ],
  [
    'oracle',
    'FREQ=MONTHLY;BYDAY=MON,TUE,WED,THU,FRI;BYSETPOS=-1;BYHOUR=18;BYMINUTE=0',
    ['2026-01-30T18:00', '2026-02-27T18:00', '2026-03-31T18:00'],
  ],
  [
    'oracle',
    'FREQ=MONTHLY;BYDAY=-1 SUN;BYHOUR=1;BYMINUTE=0',
    ['2026-01-25T01:00', '2026-02-22T01:00'],
  ],
  [
    'oracle',
    'FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=23;BYMINUTE=0',
    ['2026-01-31T23:00', '2026-02-28T23:00'],
  ],
  [
    'oracle',
    'FREQ=YEARLY;BYMONTH=JAN,JUL;BYMONTHDAY=15;BYHOUR=8;BYMINUTE=0',
    ['2026-01-15T08:00', '2026-07-15T08:00', '2027-01-15T08:00'],
  ],
  [
    'oracle',
    'FREQ=YEARLY;BYYEARDAY=-1;BYHOUR=8;BYMINUTE=0',
    ['2026-12-31T08:00', '2027-12-31T08:00'],
  ],
  [
    'oracle',
    'FREQ=MINUTELY;INTERVAL=30;BYHOUR=8,9',
    [
      '2026-01-01T08:00',
      '2026-01-01T08:30',
      '2026-01-01T09:00',
      '2026-01-01T09:30',
      '2026-01-02T08:00',
    ],
  ],
  ['oracle', 'TRUNC(SYSDATE) + 1 + 2/24', ['2026-01-01T02:00', '2026-01-02T02:00']],
  [
    'sql-server',
    '@freq_type = 8, @freq_interval = 62, @freq_recurrence_factor = 1, @active_start_time = 223000',
    ['2026-01-01T22:30', '2026-01-02T22:30', '2026-01-05T22:30'],
  ],
  ['sql-server', 'freq_type=16 freq_interval=31', ['2026-01-31T00:00', '2026-03-31T00:00']],
  [
    'sql-server',
    'freq_type=32 freq_interval=9 freq_relative_interval=16 freq_recurrence_factor=1',
    ['2026-01-30T00:00', '2026-02-27T00:00'],
  ],
  [
    'sql-server',
    'freq_type=32 freq_interval=3 freq_relative_interval=2',
    ['2026-01-13T00:00', '2026-02-10T00:00'],
  ],
  [
    'sql-server',
    'freq_type=32 freq_interval=8 freq_relative_interval=8',
    ['2026-01-04T00:00', '2026-02-04T00:00'],
  ],
  [
    'sql-server',
    'freq_type=4 freq_interval=3 active_start_date=20260102 active_end_date=20260106',
    ['2026-01-02T00:00', '2026-01-05T00:00'],
  ],
];

test.each(firstRuns)('%s %s', (scheduler, expression, expected) => {
  const got = listFirst(
    { expression, timezone: 'UTC', scheduler },
    '2026-01-01T00:00Z',
    Math.max(1, expected.length),
  );
  expect(got).toEqual(expected);
});

test('intervals count from the start', () => {
  const start = '2026-01-01T03:20';
  const first = (scheduler: Scheduler, expression: string) =>
    listFirst({ expression, timezone: 'Europe/Oslo', scheduler, start }, '2026-01-01T00:00Z', 3);
  expect(first('airflow', 'timedelta(hours=5)')).toEqual([
    '2026-01-01T02:20',
    '2026-01-01T07:20',
    '2026-01-01T12:20',
  ]);
  expect(first('oracle', 'FREQ=HOURLY;INTERVAL=5')).toEqual([
    '2026-01-01T02:20',
    '2026-01-01T07:20',
    '2026-01-01T12:20',
  ]);
  expect(first('windows', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=THU')).toEqual([
    '2026-01-01T02:20',
    '2026-01-15T02:20',
    '2026-01-29T02:20',
  ]);
  expect(first('oracle', 'FREQ=DAILY;INTERVAL=3')).toEqual([
    '2026-01-01T02:20',
    '2026-01-04T02:20',
    '2026-01-07T02:20',
  ]);
});

test.each<readonly [Scheduler, string, string]>([
  ['cron', '0 0 L * *', 'day of month "L" is not from 1 to 31'],
  ['kubernetes', '0 0 * * 7', 'day of week "7" is not from 0 to 6'],
  ['github', '0~5 0 * * *', '"0~5" is no minute'],
  ['quartz', '0 0 0 1 * 1', 'exactly one of day of month and day of week must be "?"'],
  ['quartz', '0 0 * * ?', '5 fields where six or seven are expected'],
  ['quartz', '0 0 0 ? * 2#6', 'a number from 1 to 5 must follow "#"'],
  ['spring', '0 0 0 * *', '5 fields where six are expected'],
  ['spring', '0 0 0 * * FRI-MON', 'the range "5-1" runs backwards'],
  ['jenkins', '0 0 * * mon', 'day of week "mon" is not from 0 to 7'],
  ['jenkins', 'H/90 * * * *', 'a step of 90 in "H/90" is not from 1 to 60'],
  ['systemd', '5min', '"5min" is no calendar event'],
  ['systemd', '*-*~5/5 ', '"*-*~5/5" is no calendar event'],
  ['systemd', '2016~11-22', '"2016~11-22" is no calendar event'],
  ['systemd', '*:*:0/0.5', 'it runs more than once a second'],
  ['systemd', 'daily Europe/Olso', '"Europe/Olso" is no time zone'],
  ['systemd', 'OnUnitActiveSec=5 bananas', '"5 bananas" is no time span'],
  [
    'anacron',
    '@fortnightly 5',
    'the period "@fortnightly" is neither a number of days nor a known name',
  ],
  ['oracle', 'FREQ=WEEKLY;BYWEEKNO=2', '"BYWEEKNO" is not supported'],
  ['oracle', 'FREQ=MY_SCHEDULE', 'the frequency "MY_SCHEDULE" is not supported'],
  ['sql-server', 'freq_type=5', 'freq_type 5 is not known'],
  [
    'mysql',
    'EVERY 1 FORTNIGHT',
    '"EVERY 1 FORTNIGHT" is no schedule of an event that can be followed',
  ],
])('%s refuses %s: %s', (scheduler, expression, error) => {
  expect(openRuns({ expression, timezone: 'UTC', scheduler })).toEqual({ error });
});

describe('what is not known is said', () => {
  test.each<readonly [Scheduler, string, string]>([
    ['cron', '@reboot', 'none'],
    ['systemd', 'OnBootSec=10min', 'none'],
    ['sql-server', 'freq_type=64', 'none'],
    ['airflow', '@once', 'none'],
    ['systemd', 'OnBootSec=10min\nOnUnitActiveSec=1h 30min', 'assumed'],
    ['kubernetes', '@every 1h30m', 'assumed'],
    ['interval', 'R/PT90M', 'assumed'],
    ['oracle', 'SYSDATE + 1/16', 'assumed'],
    ['oracle', 'FREQ=DAILY;INTERVAL=2;BYHOUR=3;BYMINUTE=0', 'assumed'],
    ['oracle', 'FREQ=DAILY;BYHOUR=3;BYMINUTE=0', 'known'],
    ['cron', '0 3 * * *', 'known'],
  ])('%s %s: %s', (scheduler, expression, phase) => {
    const runs = openValid({ expression, timezone: 'UTC', scheduler });
    expect(runs.phase).toBe(phase);
    expect(runs.notes.length > 0).toBe(phase !== 'known');
    if (phase === 'none') expect(runs.runs(0, 1e12)).toEqual([]);
  });

  test('periods of an hour and a half have that distance', () => {
    for (const [scheduler, expression] of [
      ['systemd', 'OnUnitActiveSec=1h 30min'],
      ['kubernetes', '@every 1h30m'],
      ['oracle', 'SYSDATE + 1/16'],
    ] as const)
      expect(openValid({ expression, timezone: 'UTC', scheduler }).everyMs).toBe(5_400_000);
  });

  test('a zone that nobody named is UTC, with a note', () => {
    const runs = openValid({ expression: '0 3 * * *', timezone: '' });
    expect(runs.notes).toEqual(['no time zone is known; UTC is assumed']);
    expect(openValid({ expression: '0 3 * * *', timezone: '', scheduler: 'github' }).notes).toEqual(
      [],
    );
    expect(openRuns({ expression: '0 3 * * *', timezone: 'Europe/Olso' })).toEqual({
      error: '"Europe/Olso" is no time zone',
    });
  });

  test.each<readonly [Scheduler, string, number]>([
    ['cron', '0~30 2 * * *', 30],
    ['cron', '~ 1~5 * * *', 59 + 240],
    ['jenkins', 'H H(1-5) * * *', 59 + 240],
    ['jenkins', 'H/15 * * * *', 14],
    ['systemd', 'OnCalendar=daily\nRandomizedDelaySec=12h', 720],
    ['anacron', '1 5 3-22 45', 45],
  ])('%s %s may be %d minutes later', (scheduler, expression, minutes) => {
    expect(openValid({ expression, timezone: 'UTC', scheduler }).jitterMinutes).toBe(minutes);
  });
});

describe('H of Jenkins', () => {
  // Recorded from java.util.Random, seeded as hudson.scheduler.Hash does it.
  test.each([
    ['', [57, 11, 24, 4, 5, 6, 1, 14, 0, 18, 755_123_101]],
    ['nightly', [1, 17, 10, 10, 1, 9, 2, 12, 0, 2, 485_977_218]],
    ['folder/export stock', [54, 16, 9, 4, 2, 5, 2, 5, 0, 14, 726_229_018]],
    ['Ærlig/øl', [3, 8, 11, 0, 3, 1, 0, 10, 0, 21, 865_361_594]],
  ])('%j draws as Java does', (name, expected) => {
    const draw = openJenkinsHash(name);
    expect([60, 24, 28, 12, 7, 15, 3, 16, 1, 59, 1_000_000_007].map(draw)).toEqual(expected);
  });

  test('it gives a job its time by its name', () => {
    const schedule = { expression: '@daily', timezone: 'UTC', scheduler: 'jenkins' as const };
    expect(listFirst({ ...schedule, name: 'nightly' }, '2026-01-01T00:00Z', 2)).toEqual([
      '2026-01-01T17:01',
      '2026-01-02T17:01',
    ]);
    expect(listFirst({ ...schedule, name: 'folder/export stock' }, '2026-01-01T00:00Z', 1)).toEqual(
      ['2026-01-01T16:54'],
    );
    expect(openValid({ ...schedule, name: 'nightly' }).jitterMinutes).toBe(0);
  });
});

test('an even distance is the true one', () => {
  for (const timezone of ['UTC', 'Europe/Oslo', 'Australia/Lord_Howe'])
    for (const expression of [
      '* * * * *',
      '*/15 * * * *',
      '7-59/30 * * * *',
      '0 * * * *',
      '0 3 * * *',
      '*/7 * * * *',
    ]) {
      const runs = openValid({ expression, timezone });
      const all = runs.runs(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
      const distances = new Set(all.slice(1).map((instant, index) => instant - (all[index] ?? 0)));
      if (runs.everyMs !== undefined) expect([...distances]).toEqual([runs.everyMs]);
      expect(Math.max(...distances)).toBeGreaterThan(0);
    }
  expect(openValid({ expression: '* * * * *', timezone: 'Europe/Oslo' }).everyMs).toBe(60_000);
  expect(openValid({ expression: '0 3 * * *', timezone: 'UTC' }).everyMs).toBe(86_400_000);
});

test('a job that runs each second does not fill the memory', () => {
  const runs = openValid({ expression: '* * * * * *', timezone: 'UTC', scheduler: 'spring' });
  expect(runs.runs(0, 86_400_000)).toHaveLength(86_400);
  expect(runs.runs(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toHaveLength(525_600);
});

test('two thousand schedules over a year take seconds', () => {
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const started = process.cpuUsage();
  let count = 0;
  for (let index = 0; index < 2000; index++) {
    const expression =
      [
        `${index % 60} ${index % 24} * * 1-5`,
        `*/${5 + (index % 20)} * * * *`,
        `${index % 60} * * * *`,
        '0 4 1 * *',
      ][index % 4] ?? '';
    count += openValid({
      expression,
      timezone: ['Europe/Oslo', 'America/New_York'][index % 2] ?? '',
    }).runs(from, to).length;
  }
  const used = process.cpuUsage(started);
  expect(count).toBeGreaterThan(5_000_000);
  expect((used.user + used.system) / 1e6).toBeLessThan(15);
});

const words = fc.constantFrom(
  '*',
  '0',
  '5',
  '59',
  '99999',
  '-',
  '/',
  ',',
  '..',
  '~',
  '?',
  'L',
  'W',
  '#',
  'H',
  '(',
  ')',
  'mon',
  'JAN',
  '@',
  '@daily',
  ' ',
  '\n',
  '=',
  ';',
  ':',
  'FREQ',
  'BYDAY',
  'TZ=',
  'Europe/Oslo',
  'R/',
  'P',
  'T1H',
  'OnCalendar',
  'EVERY',
  'constructor',
  '__proto__',
  "'",
);

test('no expression makes it throw or hang', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...schedulers),
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.array(words, { maxLength: 14 }).map((all) => all.join('')),
        fc.array(words, { maxLength: 14 }).map((all) => all.join(' ')),
      ),
      fc.constantFrom('UTC', 'Europe/Oslo', '', 'nowhere'),
      (scheduler, expression, timezone) => {
        const opened = openRuns({ expression, timezone, scheduler });
        if ('error' in opened) return opened.error.length > 0;
        const [from, to] = [Date.UTC(2026, 2, 28), Date.UTC(2026, 2, 31)];
        const instants = opened.runs(from, to);
        return instants.every(
          (at, index) => at >= from && at < to && (index === 0 || at > (instants[index - 1] ?? 0)),
        );
      },
    ),
    { numRuns: 5000, seed: 20_260_101 },
  );
});

test('a very long expression is refused at once', () => {
  for (const scheduler of schedulers)
    expect(
      openRuns({ expression: '1,'.repeat(500_000), timezone: 'UTC', scheduler }),
    ).toHaveProperty('error');
});
