import { describe, expect, test } from 'vitest';
import { openRuns } from '../../src/schedule/open-runs.ts';
import type { Schedule } from '../../src/schedule.ts';
import { listAll } from '../schedule/open.ts';
import { drawProblems, scanFixture, scanText } from './schedulers-files.ts';

/** All runs of a job's schedules in [from, to), in UTC, each instant once. */
function listRuns(schedules: readonly Schedule[], from: string, to: string): string[] {
  return [...new Set(schedules.flatMap((schedule) => listAll(schedule, from, to)))].sort();
}

async function runsOf(
  name: string,
  job: string,
  [from, to]: readonly [string, string],
  options = {},
): Promise<string[]> {
  const found = (await scanFixture(name, options)).of('job').find(({ id }) => id.endsWith(job));
  return listRuns(found?.schedules ?? [], from, to);
}

/** The week in which Norway's clocks go back, on Sunday, 25 October 2026 at 01:00 UTC. */
const autumn = ['2026-10-22T00:00Z', '2026-10-29T00:00Z'] as const;
const oslo = { timezone: 'Europe/Oslo' };

const workdays = [
  '2026-10-22T20:30',
  '2026-10-23T20:30',
  '2026-10-26T21:30',
  '2026-10-27T21:30',
  '2026-10-28T21:30',
];

describe('22:30 from Monday to Friday over the end of summer time', () => {
  test.each([
    ['cronjobs.yaml', 'trade/stock-export', {}],
    ['tasks.xml', 'Stock export', oslo],
    ['schtasks.csv', 'Prices', oslo],
    ['control-m.xml', 'WMS_EXPORT', oslo],
    ['control-m.json', 'Export', oslo],
  ])('%s: %s', async (name, job, options) => {
    expect(await runsOf(name, job, autumn, options)).toEqual(workdays);
  });
});

describe('the rules of each scheduler when clocks change', () => {
  test.each<[string, string, readonly [string, string], object, string[]]>([
    // 02:15 in Oslo: in spring it is skipped, in autumn it comes twice.
    [
      '.github/workflows/nightly.yml',
      'fetch',
      ['2026-03-28T00:00Z', '2026-03-30T00:00Z'],
      {},
      ['2026-03-28T01:15', '2026-03-29T01:00'],
    ],
    [
      '.github/workflows/nightly.yml',
      'fetch',
      ['2026-10-24T23:00Z', '2026-10-26T00:00Z'],
      {},
      ['2026-10-25T00:15'],
    ],
    // 01:30 in Stockholm is neither.
    [
      'pipeline_schedules.json',
      'Nightly stock',
      ['2026-10-24T00:00Z', '2026-10-27T00:00Z'],
      {},
      ['2026-10-24T23:30', '2026-10-26T00:30'],
    ],
    [
      'Jenkinsfile',
      'Jenkinsfile',
      ['2026-03-27T12:00Z', '2026-03-30T12:00Z'],
      {},
      ['2026-03-28T02:45', '2026-03-29T01:45', '2026-03-30T01:45'],
    ],
    [
      'nightly.jil',
      'EXPORT_STOCK',
      ['2026-10-23T00:00Z', '2026-10-27T00:00Z'],
      {},
      ['2026-10-23T20:30', '2026-10-23T21:00', '2026-10-26T21:30', '2026-10-26T22:00'],
    ],
    [
      'tasks.xml',
      'Copy labels',
      ['2026-10-25T01:00Z', '2026-10-26T00:00Z'],
      {},
      ['2026-10-25T01:05', '2026-10-25T01:20', '2026-10-25T01:35', '2026-10-25T01:50'],
    ],
  ])('%s: %s', async (name, job, span, options, expected) => {
    const found = (await scanFixture(name, options)).of('job').find(({ id }) => id.endsWith(job));
    const opened = (found?.schedules ?? []).filter((schedule) => !('error' in openRuns(schedule)));
    expect(listRuns(opened, ...span)).toEqual(expected);
  });

  test.each([
    // Skipped: both start right after the change. Repeated: Control-M the first, AutoSys the second.
    ['control-m', ['2026-03-28T01:30', '2026-03-29T01:00'], ['2026-10-25T00:30']],
    ['autosys', ['2026-03-28T01:30', '2026-03-29T01:00'], ['2026-10-25T01:30']],
  ] as const)('%s at 02:30', (scheduler, forward, back) => {
    const schedule = { expression: '30 2 * * *', timezone: 'Europe/Oslo', scheduler };
    expect(listAll(schedule, '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual(forward);
    expect(listAll(schedule, '2026-10-24T12:00Z', '2026-10-26T00:00Z')).toEqual(back);
  });

  test('H of Jenkins is the number of the full name, in the zone of its first line', async () => {
    const runs = await runsOf(
      'jenkins/jobs/finance/jobs/invoices/config.xml',
      'finance/invoices',
      autumn,
    );
    const minutes = new Set(runs.map((run) => run.slice(-2)));
    expect(minutes.size).toBe(1);
    expect(runs.map((run) => run.slice(0, 13))).toEqual([
      '2026-10-22T00',
      '2026-10-23T00',
      '2026-10-26T01',
      '2026-10-27T01',
      '2026-10-28T01',
    ]);
  });
});

describe('triggers of Windows tasks', () => {
  const toTask = (trigger: string): string =>
    `<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers>${trigger}</Triggers></Task>`;
  const calendar = (start: string, inside: string): string =>
    `<CalendarTrigger><StartBoundary>${start}</StartBoundary>${inside}</CalendarTrigger>`;

  test.each<[string, string, string, string, string[]]>([
    [
      'every second day from its start',
      calendar(
        '2026-10-23T06:00:00',
        '<ScheduleByDay><DaysInterval>2</DaysInterval></ScheduleByDay>',
      ),
      '2026-10-20T00:00Z',
      '2026-10-28T00:00Z',
      ['2026-10-23T04:00', '2026-10-25T05:00', '2026-10-27T05:00'],
    ],
    [
      'every second week',
      calendar(
        '2026-10-12T06:00:00',
        '<ScheduleByWeek><WeeksInterval>2</WeeksInterval><DaysOfWeek><Monday/><Sunday/></DaysOfWeek></ScheduleByWeek>',
      ),
      '2026-10-01T00:00Z',
      '2026-11-03T00:00Z',
      ['2026-10-12T04:00', '2026-10-18T04:00', '2026-10-26T05:00', '2026-11-01T05:00'],
    ],
    [
      'days of some months',
      calendar(
        '2026-01-01T06:00:00',
        '<ScheduleByMonth><DaysOfMonth><Day>1</Day><Day>Last</Day></DaysOfMonth><Months><October/><November/></Months></ScheduleByMonth>',
      ),
      '2026-09-01T00:00Z',
      '2027-01-01T00:00Z',
      ['2026-10-01T04:00', '2026-10-31T05:00', '2026-11-01T05:00', '2026-11-30T05:00'],
    ],
    [
      'weekdays of some weeks of the month',
      calendar(
        '2026-01-01T06:00:00',
        '<ScheduleByMonthDayOfWeek><Weeks><Week>1</Week><Week>Last</Week></Weeks><DaysOfWeek><Sunday/></DaysOfWeek><Months><October/></Months></ScheduleByMonthDayOfWeek>',
      ),
      '2026-09-01T00:00Z',
      '2027-01-01T00:00Z',
      ['2026-10-04T04:00', '2026-10-25T05:00'],
    ],
    [
      'a repetition within the day, its end not included',
      calendar(
        '2026-01-01T08:00:00',
        '<Repetition><Interval>PT40M</Interval><Duration>PT2H</Duration></Repetition><ScheduleByWeek><DaysOfWeek><Monday/></DaysOfWeek></ScheduleByWeek>',
      ),
      '2026-10-25T00:00Z',
      '2026-10-27T00:00Z',
      ['2026-10-26T07:00', '2026-10-26T07:40', '2026-10-26T08:20'],
    ],
    [
      'a repetition over midnight',
      calendar(
        '2026-01-01T23:00:00',
        '<Repetition><Interval>PT1H</Interval><Duration>PT3H</Duration></Repetition><ScheduleByWeek><DaysOfWeek><Saturday/></DaysOfWeek></ScheduleByWeek>',
      ),
      '2026-10-24T00:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-24T21:00', '2026-10-24T22:00', '2026-10-24T23:00'],
    ],
    [
      'once',
      '<TimeTrigger><StartBoundary>2026-10-25T12:00:00</StartBoundary></TimeTrigger>',
      '2026-10-01T00:00Z',
      '2027-10-01T00:00Z',
      ['2026-10-25T11:00'],
    ],
    [
      'once, with a repetition that ends',
      '<TimeTrigger><Repetition><Interval>PT30M</Interval><Duration>PT1H</Duration></Repetition><StartBoundary>2026-10-25T12:00:00+02:00</StartBoundary></TimeTrigger>',
      '2026-10-01T00:00Z',
      '2027-10-01T00:00Z',
      ['2026-10-25T10:00', '2026-10-25T10:30'],
    ],
    [
      'until its end, which counts',
      calendar(
        '2026-01-01T06:00:00',
        '<EndBoundary>2026-10-26T06:00:00</EndBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>',
      ),
      '2026-10-25T00:00Z',
      '2026-10-29T00:00Z',
      ['2026-10-25T05:00', '2026-10-26T05:00'],
    ],
  ])('%s', async (_, trigger, from, to, expected) => {
    const found = await scanText('t.xml', toTask(trigger), oslo);
    expect(listRuns(found.of('job')[0]?.schedules ?? [], from, to)).toEqual(expected);
    expect(drawProblems(found)).toEqual([]);
  });

  test.each([
    [
      '<CalendarTrigger><StartBoundary>soon</StartBoundary><ScheduleByDay/></CalendarTrigger>',
      /"soon" is no start/,
    ],
    [
      calendar(
        '2026-01-01T23:00:00',
        '<Repetition><Interval>PT1H</Interval><Duration>PT3H</Duration></Repetition><ScheduleByMonth><DaysOfMonth><Day>31</Day></DaysOfMonth></ScheduleByMonth>',
      ),
      /over midnight/,
    ],
    [
      calendar(
        '2026-01-01T23:00:00',
        '<Repetition><Interval>P1M</Interval></Repetition><ScheduleByDay/>',
      ),
      /no length of time/,
    ],
    [
      calendar(
        '2026-01-01T23:00:00',
        '<ScheduleByWeek><DaysOfWeek><Someday/></DaysOfWeek></ScheduleByWeek>',
      ),
      /weekdays are not known/,
    ],
    [
      calendar(
        '2026-01-01T23:00:00',
        '<ScheduleByMonth><DaysOfMonth><Day>32</Day></DaysOfMonth></ScheduleByMonth>',
      ),
      /days of the month/,
    ],
  ])('%s is kept in words, with the reason', async (trigger, reason) => {
    const found = await scanText('t.xml', toTask(trigger));
    expect(drawProblems(found)).toEqual([expect.stringMatching(reason)]);
    const [schedule] = found.of('job')[0]?.schedules ?? [];
    expect(schedule && openRuns(schedule)).toHaveProperty('error');
  });

  test.each(['BootTrigger', 'LogonTrigger', 'EventTrigger', 'IdleTrigger'])(
    'no clock starts a %s',
    async (kind) => {
      const found = await scanText('t.xml', toTask(`<${kind}><Enabled>true</Enabled></${kind}>`));
      expect(found.of('job')[0]?.schedules).toEqual([]);
      expect(drawProblems(found)).toEqual([expect.stringMatching(/by no clock$/)]);
    },
  );
});

describe('what cannot be followed is never taken for a schedule', () => {
  test.each([
    ['control-m.xml', 'HOLIDAYS'],
    ['control-m.xml', 'REPORT'],
    ['nightly.jil', 'CLOSE'],
    ['pipeline_schedules.json', 'Elsewhere'],
    ['schtasks.csv', 'Often'],
    ['cronjobs.yaml', 'image-only'],
  ])('%s: %s', async (name, job) => {
    const found = (await scanFixture(name)).of('job').find(({ id }) => id.endsWith(job));
    expect(found?.schedules).toHaveLength(1);
    for (const schedule of found?.schedules ?? [])
      expect(openRuns(schedule)).toHaveProperty('error');
  });
});
