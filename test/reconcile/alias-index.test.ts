import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { indexAliases } from '../../src/reconcile/alias-index.ts';
import fc from '../fast-check.ts';

const word = fc.stringMatching(/^[ab.]{1,4}$/);
const pattern = fc.oneof(
  word,
  fc.stringMatching(/^[ab.*?]{1,4}$/),
  fc.constantFrom('{a,b}.a', '*', 'A.b', '[ab]b'),
);

test('finds what asking each alias in turn finds', () => {
  let hits = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(pattern, fc.constantFrom('erp', 'wms', 'nobody')), { maxLength: 12 }),
      fc.array(word, { minLength: 1, maxLength: 2 }),
      (aliases, texts) => {
        const idOf = (name: string): string | undefined => (name === 'nobody' ? undefined : name);
        const first = aliases.find(
          ([glob, system]) =>
            idOf(system) !== undefined &&
            texts.some((text) => picomatch(glob.toLowerCase(), { dot: true, nocase: true })(text)),
        );
        const found = indexAliases(
          aliases.map(([glob, system]) => ({ pattern: glob, system })),
          idOf,
        )(texts);
        expect(found && [found.pattern, found.id]).toEqual(first);
        if (found) hits++;
      },
    ),
    { numRuns: 3000 },
  );
  expect(hits).toBeGreaterThan(500);
});
