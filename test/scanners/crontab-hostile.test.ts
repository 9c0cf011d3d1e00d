import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCrontab } from '../../src/scanners/cron/read-crontab.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';

const folder = new URL('../fixtures/cron/debian/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => statSync(new URL(name, folder)).isFile())
  .sort();

test.each([
  ['a line of 10 MB', `0 1 * * * root ${'x'.repeat(10_000_000)}\n`],
  ['a field of 10 MB', `${'1,'.repeat(5_000_000)} * * * * root x\n`],
  ['10 MB of blanks', `0 1 * * *${' '.repeat(10_000_000)}root x\n`],
  ['10 MB of stars', `${'*'.repeat(10_000_000)}\n`],
  ['a variable of 10 MB', `A=${'x'.repeat(10_000_000)}\n`],
])('%s is refused in bounded time', async (_name, text) => {
  const started = performance.now();
  const { of, coverage } = await scan('cron', {
    x: text,
    'x.timer': text,
    hosts: text,
    anacrontab: text,
  });
  expect(of('job')).toEqual([]);
  expect(coverage.skipped).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a NUL character is refused with its line', async () => {
  const { of, coverage } = await scan('cron', {
    x: '0 1 * * * root a\n0 2 * * * root b\0c\nA=b\0\n0 3 * * * root d\n',
  });
  expect(of('job').map(({ origin }) => origin.line)).toEqual([1, 4]);
  expect(coverage.skippedPlaces.map(({ place }) => place.line)).toEqual([2, 3]);
});

test('100,000 lines are read in seconds', () => {
  const started = performance.now();
  const many = Array.from({ length: 100_000 }, (_, i) => `${i % 60} 1 * * * /opt/j${i}.sh`);
  const { jobs, flaws } = readCrontab(`${many.join('\n')}\n`, 'crontabs/etl', { timezone: '' });
  expect(jobs).toHaveLength(100_000);
  expect(flaws).toMatchObject([{ reason: expect.stringContaining('too many entries') }]);
  expect(performance.now() - started).toBeLessThan(20_000);
}, 60_000);

test('a job carries the first hundred variables', async () => {
  const lines = Array.from({ length: 300 }, (_, index) => `V${index}=http://h${index}.example`);
  const { coverage, of } = await scan('cron', {
    x: `${lines.join('\n')}\n0 1 * * * root curl $V99; curl $V100\n`,
  });
  expect(coverage.parsed).toBe(301);
  expect(coverage.flaws).toMatchObject([
    { place: { line: 101 }, reason: expect.stringContaining('first 100 variables') },
  ]);
  expect(of('connection').map(({ from }) => from)).toMatchObject([{ host: 'h99.example' }]);
});

test('whatever happens to real files, nothing is thrown and every job keeps its place', async () => {
  const texts = files.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const);
  expect(texts.length).toBeGreaterThan(30);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(
        fc.record({
          at: fc.nat(),
          cut: fc.nat(12),
          put: fc.constantFrom(
            '',
            '\n',
            '%',
            '\\',
            '"',
            "'",
            '\0',
            '=',
            '[',
            '*',
            '~',
            '@',
            '\r',
            'é',
            ' ',
            '\\\n',
          ),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      async ([file, text], changes) => {
        let changed = text;
        for (const { at, cut, put } of changes) {
          const place = at % (changed.length + 1);
          changed = changed.slice(0, place) + put + changed.slice(place + cut);
        }
        const { of } = await scan('cron', { [file]: changed });
        const lines = changed.split('\n').length;
        for (const { origin } of of('job')) expect(origin.line).toBeLessThanOrEqual(lines);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
