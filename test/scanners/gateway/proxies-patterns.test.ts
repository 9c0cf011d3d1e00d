import { describe, expect, test } from 'vitest';
import {
  type Anchoring,
  toLinearPattern,
} from '../../../src/scanners/gateway/proxies/linear-pattern.ts';
import { literalPrefix } from '../../../src/scanners/gateway/proxies/parse-pattern.ts';
import fc from '../../fast-check.ts';
import { draw, readConfig } from './proxy-lines.ts';

const piece = fc.oneof(
  fc.constantFrom('a', 'b', '/', '\\d', '\\w', '[^/]', '[a-b]', '.', '\\.', '(a|b)', '(?:ab|/)'),
  fc.constantFrom('(a(?:b|/)?)', '(?<n>a|)', '[^\\d/]', '[]a]', '[a-]', '\\D'),
);
const repeat = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{2,}', '*?', '+?');
const item = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(piece, repeat).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('^', '$', '|') },
);
const pattern = fc.array(item, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const subject = fc.array(fc.constantFrom('a', 'b', 'A', '/', '1', '.', ']', '-'), { maxLength: 8 });
const wraps: Readonly<Record<Anchoring, (source: string) => string>> = {
  anywhere: (source) => source,
  start: (source) => `^(?:${source})`,
  whole: (source) => `^(?:${source})$`,
};

test.each<Anchoring>(['anywhere', 'start', 'whole'])(
  'patterns fit %s what those of JavaScript fit',
  (anchoring) => {
    let compared = 0;
    fc.assert(
      fc.property(pattern, subject, fc.boolean(), (source, signs, ignoreCase) => {
        // In JavaScript `[]` is empty; everywhere else the bracket is a sign of the class.
        const own = source.replaceAll('[]a]', '[\\]a]').replaceAll('(?<n>', '(?:');
        const fits = toLinearPattern(source, { anchoring, ignoreCase });
        if (!fits) return;
        compared++;
        const oracle = new RegExp(wraps[anchoring](own), ignoreCase ? 'i' : '');
        expect(fits(signs.join(''))).toBe(oracle.test(signs.join('')));
      }),
      { numRuns: 3_000 },
    );
    expect(compared).toBeGreaterThan(2_000);
  },
);

test('the literal start of a pattern is a start of all that fits it', () => {
  fc.assert(
    fc.property(pattern, subject, (source, signs) => {
      const anchored = `^${source}`;
      const fits = toLinearPattern(anchored, {});
      const text = signs.join('');
      if (fits?.(text)) expect(text.startsWith(literalPrefix(anchored))).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test.each<[source: string, prefix: string]>([
  ['^/api/v\\d', '/api/v'],
  ['^/a\\.b/?', '/a.b'],
  ['^/ab*', '/a'],
  ['^/a|^/b', ''],
  ['^/(a|b)', '/'],
  ['/api', ''],
  ['^/(?!x)', '/'],
])('%s begins with "%s"', (source, prefix) => {
  expect(literalPrefix(source)).toBe(prefix);
});

describe('what a machine of finite states cannot follow', () => {
  test.each([
    '(?=a)b',
    'a(?!b)',
    '(a)\\1',
    'a++',
    '(?>a)',
    '\\ba',
    '[[:alpha:]]',
    '(',
    'a)',
    '*',
    '[a',
  ])('%s is refused', (source) => {
    expect(toLinearPattern(source, {})).toBeUndefined();
  });

  test('its route counts by its literal start, and is told', () => {
    const config = readConfig({
      'nginx.conf':
        'server { location / { proxy_pass http://all; }\n location ~ ^/x/(?!y) { proxy_pass http://odd; } }',
    });
    expect(config.unread.map(({ place }) => place.line)).toEqual([2]);
    const where = draw([config]);
    expect(where('/a')).toBe('all http://all');
    // One of the two, and nobody can say which.
    expect(where('/x/1')).toBe('-');
    const alone = readConfig({
      'nginx.conf': 'server { location ~ ^/x/(?!y) { proxy_pass http://odd; }\n}',
    });
    expect(draw([alone])('/x/1')).toBe('odd http://odd');
    expect(draw([alone])('/y')).toBe('-');
  });
});

test.each<[name: string, source: string]>([
  ['nested repeats', '(a+)+b'],
  ['repeats of choices', '(a|a|a)*b'],
  ['many stars', `${'a*'.repeat(200)}b`],
  ['counted nests', '((((a?){9}){9}){9})b'],
  ['empty nests', '((((){200}){200}){200}){200}'],
  ['deep brackets', `${'('.repeat(1_000)}${')'.repeat(1_000)}`],
  ['long', 'a'.repeat(100_000)],
])('%s end soon', (_, source) => {
  const started = performance.now();
  toLinearPattern(source, {})?.('a'.repeat(8_000));
  expect(performance.now() - started).toBeLessThan(3_000);
});
