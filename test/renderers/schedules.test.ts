import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { toScheduleFacts } from '../../src/renderers/schedules/facts.ts';
import { openClock, tellTime } from '../../src/renderers/schedules/local-time.ts';
import {
  findOldest,
  listHurtingRuns,
  sortOldest,
  tellOldest,
} from '../../src/renderers/schedules/oldest-data.ts';
import { shortenIds } from '../../src/renderers/schedules/shorten-ids.ts';
import { tellAge, tellHours } from '../../src/renderers/schedules/tell-age.ts';
import { tellSchedule } from '../../src/renderers/schedules/tell-schedule.ts';
import { drawWeekGantt } from '../../src/renderers/schedules/week-gantt.ts';
import { renderScanSummary } from '../../src/renderers/terminal.ts';
import { auditFiles } from '../audit-files.ts';
import { auditFridayNight, auditJobs } from './audit-schedules.ts';
import { hostileNames } from './browser.ts';

const name = (id: string): string => id;

describe('ages', () => {
  test.each([
    [0, '0 min', '0 h'],
    [0.25, '15 min', '0.3 h'],
    [0.999, '1 h', '1 h'],
    [1, '1 h', '1 h'],
    [7.5, '7.5 h', '7.5 h'],
    [48, '48 h', '48 h'],
    [48.01, '2 d 0.1 h', '48.1 h'],
    [55.5, '2 d 7.5 h', '55.5 h'],
    [72, '3 d', '72 h'],
    [79.500001, '3 d 7.5 h', '79.5 h'],
    [80.51, '3 d 8.6 h', '80.6 h'],
    [336, '14 d', '336 h'],
  ])('%d hours are %s', (hours, age, plain) => {
    expect(tellAge(hours)).toBe(age);
    expect(tellHours(hours)).toBe(plain);
  });

  test('what lasts at least so long is rounded down', () => {
    expect(tellAge(55.59, 'down')).toBe('2 d 7.5 h');
    expect(tellAge(0.999, 'down')).toBe('59 min');
    expect(tellAge(7.499999, 'down')).toBe('7.5 h');
  });
});

describe('the clock on the wall', () => {
  test.each([
    ['2026-10-30T21:30:00Z', 'Europe/Oslo', 'Friday 30 Oct 22:30'],
    ['2026-10-25T00:30:00Z', 'Europe/Oslo', 'Sunday 25 Oct 02:30'],
    ['2026-10-25T01:30:00Z', 'Europe/Oslo', 'Sunday 25 Oct 02:30'],
    ['2026-12-31T23:30:00Z', 'Asia/Tokyo', 'Friday 1 Jan 08:30'],
    ['2026-12-31T23:30:00Z', 'nowhere', 'Thursday 31 Dec 23:30'],
  ])('%s in %s', (time, zone, told) => {
    expect(tellTime(openClock(zone)(Date.parse(time)))).toBe(told);
  });
});

describe('the Friday-night export', () => {
  test('is the oldest data, in one line', async () => {
    const facts = toScheduleFacts(await auditFridayNight());
    expect(findOldest(facts.freshness)).toMatchObject({ consumer: 'erp', object: 'stock' });
    expect(tellOldest(facts, name)).toBe(
      'Oldest data: stock in erp, 55.5 h when read; 79.5 h after one silent failure (Friday 22:30)',
    );
  });

  test('that line is on the terminal, within 80 columns', async () => {
    const text = renderScanSummary(await auditFridayNight(), {
      color: false,
      width: 80,
      reports: [],
      folder: '',
    });
    expect(text.replaceAll('\n', ' ')).toContain(
      'Oldest data: stock in ERP, 55.5 h when read; 79.5 h after one silent failure (Friday 22:30).',
    );
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('leads the section in Markdown, with its ages in a table', async () => {
    const text = renderMarkdown(await auditFridayNight());
    const section =
      /\n## Schedules and freshness\n\n([\s\S]*?)\n## Who answers/.exec(text)?.[1] ?? '';
    expect(section).toMatch(/^If the .*Friday 30 October at 22:30 fails, ERP .*79\.5 hours/);
    expect(section).toContain(
      '| ERP | stock | Warehouse | 2 d 7.5 h, 3 d at rest | 3 d 7.5 h, 4 d at rest | 4 d 7.5 h, 5 d at rest | Fri 30 Oct 22:30 | 2 d 7.5 h | declared |',
    );
    expect(section).toMatch(/### Nobody knows when[\s\S]*Finance → Data/);
    expect(text).toContain('Monday to Friday at 22:30');
  });

  test('of the runs, those of Friday and Monday hurt; a quarter of an hour does not', async () => {
    const { freshness, schedules } = toScheduleFacts(await auditFridayNight());
    const runs = listHurtingRuns(freshness)
      .filter(({ of }) => of.consumer === 'erp')
      .map(({ critical }) => tellTime(openClock(schedules.timezone)(Date.parse(critical.run))));
    expect(runs).toEqual(['Friday 30 Oct 22:30', 'Monday 2 Nov 22:30']);
    expect(listHurtingRuns(freshness).map(({ of }) => of.object)).not.toContain('lots');
  });

  test('rows go from certain and old to possible and young', async () => {
    const rows = sortOldest((await auditFridayNight()).analysis.freshness);
    const certainties = rows.map(({ certainty }) => certainty);
    expect(certainties).toEqual([...certainties].sort());
    expect(sortOldest([...rows].reverse())).toEqual(rows);
  });
});

test('without schedules no report speaks of them', async () => {
  const audit = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: l.csv\n',
    'l.csv': 'id,from,to,protocol\n1,a,b,https\n',
  });
  expect(renderMarkdown(audit)).not.toContain('A week of runs');
  expect(
    renderScanSummary(audit, { color: false, width: 80, reports: [], folder: '' }),
  ).not.toContain('Oldest data');
});

describe('the week as a gantt', () => {
  test('has the time of each run, and red ones where a failure hurts', async () => {
    const gantt = drawWeekGantt(toScheduleFacts(await auditFridayNight()), name);
    const lines = (gantt?.text ?? '').split('\n').map((line) => line.trim());
    expect(lines).toContain('22#58;30 :crit, 2026-10-30T22:30, 60m');
    expect(lines).toContain('22#58;30 :2026-10-27T22:30, 60m');
    expect(lines).toContain('every 15 min :2026-10-26T00:00, 10080m');
    expect(gantt).toMatchObject({ omittedJobs: 0, hasHurting: true });
  });

  test('stays within 40 jobs, 300 runs and the 50,000 characters of Mermaid', async () => {
    const audit = await auditJobs(
      Array.from({ length: 200 }, (_, index) => `<${'x'.repeat(300)}${index}>`),
    );
    const gantt = drawWeekGantt(toScheduleFacts(audit), name);
    const text = gantt?.text ?? '';
    expect(text.match(/^ {2}section /gm)).toHaveLength(40);
    expect(text.match(/\dm$/gm)?.length).toBeLessThanOrEqual(300);
    expect(text.length).toBeLessThan(50_000);
    expect(gantt?.omittedJobs).toBe(160);
  });
});

test('hostile jobs open no tag, no cell and no code in Markdown', async () => {
  const text = renderMarkdown(await auditJobs(hostileNames));
  const outside = text.replace(/```mermaid[\s\S]*?```/g, '');
  expect(outside).not.toMatch(/<(?:script|img|b)\b/);
  const table = /### What scheduled jobs lack\n\n([\s\S]*?)\n\n/.exec(outside)?.[1] ?? '';
  const rows = table.split('\n');
  expect(rows).toHaveLength(hostileNames.length + 2);
  expect(new Set(rows.map((row) => row.replace(/\\\|/g, '').split('|').length)).size).toBe(1);
});

test('ids are cut to what tells them apart', () => {
  const names = shortenIds(['scripts/a.sh', 'b/load.py', 'c/load.py', 'cron.d/x: curl http://y/z']);
  expect([...names.values()]).toEqual([
    'a.sh',
    'b/load.py',
    'c/load.py',
    'cron.d/x: curl http://y/z',
  ]);
});

test('schedules are told in words, with what the scheduler reads', () => {
  expect(tellSchedule({ expression: '30 22 * * 1-5', timezone: 'Europe/Oslo' })).toBe(
    'Monday to Friday at 22:30, Europe/Oslo (30 22 * * 1-5)',
  );
  expect(tellSchedule({ expression: 'when it rains', timezone: '' })).toBe('when it rains');
});
