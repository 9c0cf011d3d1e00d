import vm from 'node:vm';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../../src/files.ts';
import { toCsv } from '../../../src/renderers/csv.ts';
import fc from '../../fast-check.ts';
import { hostileNames } from '../browser.ts';

interface Csv {
  cell(value: string, isNumber: boolean): string;
  text(rows: readonly (readonly string[])[]): string;
  fileName(...parts: readonly string[]): string;
}

const csv = vm.runInNewContext(
  `${await nodeFiles('templates').text('page/csv.js')}\ncsv`,
  {},
) as Csv;

const cells = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...hostileNames, '=1+1', '@x', '-2', '+3', '\t=1', "it's", '"', 'a,b', ''),
);

test('the page writes a cell as the exported files do', () => {
  fc.assert(
    fc.property(cells, (text) => {
      expect(`${csv.cell(text, false)}\r\n`).toBe(toCsv([[text.trim()]]));
    }),
  );
});

test('what is written is read back, and no cell begins like a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cells, cells), { minLength: 1, maxLength: 9 }), (rows) => {
      const text = csv.text(rows.map((row) => row.map((value) => csv.cell(value, false))));
      const read = parse(text, { relax_column_count: true }) as string[][];
      const wanted = rows.map((row) =>
        row.map((value) => value.trim().replace(/^[=+\-@\t\r]/, "'$&")),
      );
      expect(read).toEqual(wanted);
      for (const value of read.flat()) expect(value).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test.each([
  ['1,234', true, '1234'],
  ['-5', true, '-5'],
  ['-5', false, '"\'-5"'],
  ['1,234', false, '"1,234"'],
  ['96 h', true, '96 h'],
  ['-cmd', true, '"\'-cmd"'],
  ['12 %', true, '12 %'],
])('%j, a figure: %s, is %s', (text, isNumber, expected) => {
  expect(csv.cell(text, isNumber)).toBe(expected);
});

test.each([
  [['Nordfisk Seafood', 'Runs of a week'], 'nordfisk-seafood-runs-of-a-week.csv'],
  [['../../etc/passwd', 'a:b*c'], 'etc-passwd-a-b-c.csv'],
  [['x'.repeat(10_000)], `${'x'.repeat(80)}.csv`],
])('a file is called so that every system takes it: %j', (parts, expected) => {
  expect(csv.fileName(...parts)).toBe(expected);
});
