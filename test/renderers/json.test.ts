import { describe, expect, test } from 'vitest';
import { writeJson } from '../../src/renderers/json.ts';
import fc from '../fast-check.ts';

describe('JSON in pieces', () => {
  test('joins to what JSON.stringify gives', () => {
    const given = [fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 0, max: 60 })] as const;
    fc.assert(
      fc.property(...given, (data, length) => {
        expect([...writeJson(data, length)].join('')).toBe(JSON.stringify(data, null, 2));
      }),
    );
  });

  test('leaves out what is undefined, and writes it as null in a list', () => {
    const data = { first: undefined, list: [undefined, {}, [], 'a\nb'], last: { none: undefined } };
    for (const length of [0, 5, 1000])
      expect([...writeJson(data, length)].join('')).toBe(JSON.stringify(data, null, 2));
  });

  test('keeps pieces short, however deep the length is', () => {
    const proofs = Array.from({ length: 3000 }, (_, line) => ({ line, summary: 'x'.repeat(20) }));
    const pieces = [...writeJson({ links: [{ key: 'a', evidence: proofs }] }, 1000)];
    expect(pieces.length).toBeGreaterThan(50);
    for (const piece of pieces) expect(piece.length).toBeLessThan(5000);
  });
});
