import { expect, test } from 'vitest';
import { toFieldReader } from '../../../src/scanners/gateway/kernel/read-fields.ts';
import type { JsonFormat, LogFormat } from '../../../src/scanners/gateway/log-format.ts';
import fc from '../../fast-check.ts';

/** Keys that are alike, empty, with escapes, and too long to be remembered. */
const keys = [
  'a',
  'b',
  'aa',
  'status',
  'status_code',
  'a key with blanks',
  'é',
  '0',
  '1',
  '',
  'response_flags_of_the_upstream_cluster',
  'response_flags_of_the_upstream_service',
];

const fields: JsonFormat['fields'] = {
  a: { role: 'consumer' },
  'b.a': { role: 'user' },
  'b.b.status': { role: 'status' },
  'aa.0': { role: 'upstream' },
  'aa.1.a': { role: 'route' },
  status_code: { role: 'bytes' },
  'a key with blanks': { role: 'agent' },
  response_flags_of_the_upstream_service: { role: 'service' },
  é: { role: 'host' },
};
const format: LogFormat = { kind: 'json', name: 'any', fields };

/** The value of a path as `JSON.parse` sees it: a text, number or word that is not null. */
function valueAt(root: unknown, path: string): string | undefined {
  let value = root;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (value === null || value === undefined || typeof value === 'object') return undefined;
  const text = String(value).replaceAll('\n', ' ');
  return text === '' || text === '-' ? undefined : text;
}

function expected(record: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, { role }]) => {
      const value = valueAt(record, path);
      return value === undefined || !role ? [] : [[role, value]];
    }),
  );
}

const leaf = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '}',
    '{',
    '","a":"',
    'x'.repeat(15),
    'x'.repeat(16),
    'x'.repeat(17),
  ),
  fc.integer(),
  fc.constantFrom(null, true, false, 0.5, '-', ''),
);
const { record } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('record'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  record: fc
    .array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 9 })
    .map((entries) => Object.fromEntries(entries)),
}));

/** A record as loggers write it: with or without blanks. */
const written = fc
  .tuple(record, fc.constantFrom(undefined, 1))
  .map(
    ([value, blanks]) =>
      [value, JSON.stringify(value, null, blanks).replace(/\n */g, ' ')] as const,
  );

test('lines whose keys come, go and change places give what JSON.parse gives', () => {
  const read = toFieldReader(format);
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 30 }), (lines) => {
      for (const [value, line] of lines) expect(read(line)).toEqual(expected(value));
    }),
    { numRuns: 400 },
  );
});

test('a log with more keys than are remembered gives what JSON.parse gives', () => {
  const read = toFieldReader(format);
  for (let round = 0; round < 300; round++) {
    const line = Object.fromEntries([
      ...Array.from({ length: 40 }, (_, index) => [`k${(round * 7 + index * 3) % 900}`, index]),
      ['a', `caller ${round}`],
      ['b', { [`x${round}`]: [{ a: 1 }], b: { status: 200 + (round % 300) } }],
    ]);
    expect(read(JSON.stringify(line))).toEqual(expected(line));
  }
});

test('one key in two places, and one that only begins like another', () => {
  const read = toFieldReader(format);
  expect(read('{"a":"x","a":"y"}')).toEqual({ consumer: 'y' });
  expect(read('{"ab":"x","a":"y"}')).toEqual({ consumer: 'y' });
  expect(read('{"a" :"x","aa":["u"]}')).toEqual({ consumer: 'x', upstream: 'u' });
  expect(read('{"a":  "x"\t,\t"aa":[ "u" ] }')).toEqual({ consumer: 'x', upstream: 'u' });
  expect(read('{"a":x')).toBeUndefined();
  expect(read('{"a":"x"')).toBeUndefined();
});
