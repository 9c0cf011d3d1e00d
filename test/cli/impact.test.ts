import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();

/** Asks what a failed run at Nordfisk does. */
async function impact(subject: string, time: string, ...more: string[]): Promise<number> {
  const common = ['inventories/nordfisk', '--no-cache', '--no-progress', '--no-color'];
  return run(['node', 'landscape', 'impact', subject, ...common, '--failed-run', time, ...more]);
}

const sentence =
  'If the stock export of Friday 30 October at 22:30 fails, ERP works with stock up to 79.5 hours old on Monday 2 November at 06:00, Finance gets it late too, and possibly Data platform and Transport portal too; nobody can see it in the data for 55.5 hours.';

describe('landscape impact --failed-run', () => {
  test.each([
    ['the id of the job', 'scripts/stock_export.sh', '2026-10-30T22:30'],
    ['a part of it', 'stock_EXPORT', '2026-10-30T22:30'],
    ['the row of the registry', 'INT-002', '2026-10-30 22:30'],
    ['the key of the link', 'warehouse=>erp#file', '2026-10-30T21:30Z'],
    ['an offset', 'INT-002', '2026-10-30T22:30+01:00'],
  ])('by %s', async (_name, subject, time) => {
    expect(await impact(subject, time)).toBe(0);
    expect(shown.errors).toBe('');
    expect(shown.out.replace(/\s+/g, ' ')).toContain(sentence);
  });

  test('a row for each system: then, anyway, from when until when, who sees it first', async () => {
    await impact('INT-002', '2026-10-30T22:30');
    const rows = shown.out.split('\n').map((line) => line.split(/ {2,}/).join(' | '));
    expect(rows).toContain(
      'ERP | stock | 79.5 h read | 55.5 h read | Fri 30 Oct 22:30 | Mon 2 Nov 22:30 | Mon 2 Nov 06:00',
    );
    expect(rows).toContain(
      'Finance | stock | 102.8 h | 78.8 h | Mon 2 Nov 05:15 | Tue 3 Nov 05:15 | nobody known',
    );
    expect(shown.out).toContain('possibly Transport portal');
    expect(shown.out).not.toMatch(/Production|Quality/);
  });

  test('as JSON', async () => {
    expect(await impact('INT-002', '2026-10-30T22:30', '--json')).toBe(0);
    const report = JSON.parse(shown.out);
    expect(report).toMatchObject({
      links: ['warehouse=>erp#file'],
      run: '2026-10-30T21:30:00Z',
      timezone: 'Europe/Oslo',
      sentence,
    });
    expect(report.effects).toContainEqual(
      expect.objectContaining({
        consumer: 'erp',
        object: 'stock',
        normallyAtReadHours: 55.5,
        ageAtReadHours: 79.5,
        normallyAtRestHours: 72,
        ageAtRestHours: 96,
        from: '2026-10-30T21:30:00Z',
        until: '2026-11-02T21:30:00Z',
        hoursUnnoticed: 55.5,
      }),
    );
  });

  test.each([
    [
      'a time without a run',
      'INT-002',
      '2026-10-31T22:30',
      /2026-10-30T22:30 and 2026-11-02T22:30/,
    ],
    ['no time', 'INT-002', 'friday', /"friday" is no time.*2026-10-30T22:30/],
    ['a day that there is not', 'INT-002', '2026-02-30T22:30', /is no time/],
    [
      'a system',
      'erp',
      '2026-10-30T22:30',
      /ERP is a system; --failed-run wants one of its scheduled.*\n {2}INT-007/,
    ],
    ['several that fit', 'scripts/', '2026-10-30T22:30', /"scripts\/" may mean 1\d things/],
    ['none that fits', 'INT-02', '2026-10-30T22:30', /Did you mean "INT-002"/],
    ['a link without runs', 'INT-003', '2026-10-30T22:30', /told at once, not by runs/],
  ])('%s: told, and exit 2', async (_name, subject, time, message) => {
    expect(await impact(subject, time)).toBe(2);
    expect(shown.errors).toMatch(message);
    expect(shown.out).toBe('');
  });

  test.each([['--outage'], ['--object', 'stock'], ['--depth', '2'], ['--format', 'mermaid']])(
    'with %s is wrong usage',
    async (...flags) => {
      expect(await impact('INT-002', '2026-10-30T22:30', ...flags)).toBe(2);
      expect(shown.errors).toContain(`leave ${flags[0]} out`);
    },
  );
});
