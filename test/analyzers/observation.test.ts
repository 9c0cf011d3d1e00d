import { describe, expect, test } from 'vitest';
import { longestGapDays } from '../../src/analyzers/schedule-period.ts';
import { newLoggedDays } from '../../src/scanners/gateway/logged-days.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const day = 24 * 60 * 60 * 1000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line on the given day before 2026-11-01, to a system nobody asks about. */
function line(daysBefore: number, path = '/wms/x'): string {
  const date = new Date(Date.UTC(2026, 10, 1) - daysBefore * day);
  const stamp = `${String(date.getUTCDate()).padStart(2, '0')}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `10.0.1.7 - - [${stamp}:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 12 "-" "x"\n`;
}

async function observe(given: {
  logs: Readonly<Record<string, string>>;
  schedule?: string;
  row?: string;
  routes?: string;
}) {
  const found = await auditFiles({
    'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - gateway: logs/*.log\n    format: combined\n    routes: { ${given.routes ?? '"/wms/": wms, "/erp/": erp'} }\n    callers: { "10.0.1.7": fin }\n`,
    'systems.csv': 'id,team\nerp,T\nwms,T\nfin,T\n',
    'links.csv': `id,from,to,initiator,protocol,schedule\n${given.row ?? 'L1,erp,fin,to,rest'},${given.schedule ?? ''}\n`,
    ...Object.fromEntries(Object.entries(given.logs).map(([name, text]) => [`logs/${name}`, text])),
  });
  const link = found.links.find(({ registered }) => registered);
  return {
    observable: link?.observable,
    window: link?.window,
    ...found.analysis.observation.find((each) => each.link === link?.key),
    message: found.findings.find(({ rule }) => rule === 'unobserved-link')?.message,
  };
}

const span = (days: number): Record<string, string> => ({ 'a.log': line(days - 1) + line(0) });

describe('a declared link that no log shows', () => {
  test.each<[string, number, string, string, number | undefined]>([
    ['few days', 30, '', 'unobserved', 400],
    ['399 days', 399, '', 'unobserved', 400],
    ['400 days', 400, '', 'zombie', 400],
    ['a daily run', 400, '0 5 * * *', 'zombie', 400],
    ['a yearly run in fewer than two years', 731, '0 5 1 1 *', 'unobserved', 732],
    ['a yearly run in two years', 732, '0 5 1 1 *', 'zombie', 732],
    ['a yearly run in words', 731, 'yearly', 'unobserved', 732],
    ['a monthly run in words', 400, 'monthly', 'zombie', 400],
    ['a leap day', 1000, '0 5 29 2 *', 'unobserved', 2922],
    ['data that moves at once', 400, 'real-time', 'zombie', 400],
    ['words that nobody can follow', 4000, 'when the auditors come', 'unobserved', undefined],
  ])('%s', async (_, days, schedule, name, after) => {
    const found = await observe({ logs: span(days), schedule });
    expect(found.name).toBe(name);
    expect(found.zombieAfterDays).toBe(after);
    expect(found.window).toMatchObject({ days, last: '2026-11-01' });
    expect(found.message).toContain(`${days} days of logs that would show it`);
    expect(found.message).toContain(name === 'zombie' ? 'is a zombie' : 'not seen in');
  });

  test('is attested where no log could have shown it', async () => {
    const found = await observe({ logs: span(900), routes: '"/wms/": wms' });
    expect(found).toMatchObject({ name: 'attested', observable: 'no' });
    expect(found.window).toBeUndefined();
    expect(found.message).toBeUndefined();
    const file = await observe({ logs: span(900), row: 'L1,erp,fin,to,sftp' });
    expect(file).toMatchObject({ name: 'attested' });
  });

  test('is attested where the log is empty', async () => {
    expect(await observe({ logs: { 'a.log': '' } })).toMatchObject({ name: 'attested' });
  });

  test('is known by a route that names a host', async () => {
    const found = await observe({ logs: span(500), routes: '"erp.example/api": erp' });
    expect(found.name).toBe('zombie');
  });

  test('needs both ends in a log where nobody knows who calls, and the shorter counts', async () => {
    const found = await observe({ logs: span(500), row: 'L1,erp,wms,,rest' });
    expect(found).toMatchObject({ name: 'zombie', window: { days: 500 } });
  });

  test('two short logs far apart are no long one', async () => {
    const logs = { 'a.log': line(801) + line(800), 'b.log': line(1) + line(0) };
    const found = await observe({ logs });
    expect(found).toMatchObject({
      name: 'unobserved',
      window: { first: '2024-08-22', last: '2026-11-01', days: 4 },
    });
  });
});

test('one that is seen is in use', async () => {
  const found = await observe({ logs: { 'a.log': line(500, '/erp/x') + line(0) } });
  expect(found).toMatchObject({ name: 'in-use', window: { days: 501 } });
  expect(found.message).toBeUndefined();
});

test.each<[expression: string, days: number | undefined]>([
  ['* * * * *', 1],
  ['0 5 * * 1-5', 3],
  ['0 5 1 * *', 31],
  ['0 5 1 1,7 *', 184],
  ['@yearly', 366],
  ['every 15 min', 1],
  ['weekly', 7],
  ['quarterly', 184],
  ['@reboot', undefined],
  ['on demand', undefined],
  ['61 * * * *', undefined],
])('%s leaves at most %s days', (expression, days) => {
  const gap = longestGapDays({ expression, timezone: '' });
  expect(gap === undefined ? undefined : Math.ceil(gap)).toBe(days);
});

test('days of logs are those of all files, each once', () => {
  const file = fc.record({ from: fc.nat(400), length: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 30 }), (files) => {
      const days = newLoggedDays();
      const expected = new Set<number>();
      for (const [index, { from, length }] of files.entries()) {
        // In two parts, as threads read a file.
        days.add(`f${index}`, from * day, from * day + 5);
        days.add(`f${index}`, from * day + 7, (from + length) * day + 9);
        for (let at = from; at <= from + length; at++) expected.add(at);
      }
      const spans = days
        .spans()
        .map(([first, last]) => [Date.parse(first) / day, Date.parse(last) / day] as const);
      const covered = spans.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, at) => first + at),
      );
      expect(covered).toEqual([...expected].sort((a, b) => a - b));
    }),
  );
});
