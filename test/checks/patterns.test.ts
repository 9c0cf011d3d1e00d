import { expect, test } from 'vitest';
import { fitsGlob } from '../../src/checks/patterns.ts';
import fc from '../fast-check.ts';

test.each([
  ['erp', 'erp', true],
  ['erp-north', 'erp', false],
  ['erp-north', 'erp*', true],
  ['erp-north', '*north', true],
  ['erp-north', '*-*', true],
  ['erp', '*-*', false],
  ['erp', '*', true],
  ['', '*', true],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['a.b', 'a?b', false],
])('%s fits %s: %s', (value, glob, expected) => {
  expect(fitsGlob(value, glob)).toBe(expected);
});

test('fits what a regular expression of the same meaning fits', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
  fc.assert(
    fc.property(text, glob, (value, pattern) => {
      const meaning = pattern.replaceAll('.', '\\.').replace(/\*+/g, '.*');
      expect(fitsGlob(value, pattern)).toBe(new RegExp(`^${meaning}$`).test(value));
    }),
  );
});
