import { describe, expect, test } from 'vitest';
import { KeyTable, noRoom } from '../../../src/scanners/gateway/traffic/key-table.ts';
import fc from '../../fast-check.ts';

describe('numbers of keys', () => {
  type Key = readonly [number, number, number, number, number];

  test('are those of a map, in the order of first sight', () => {
    const part = fc.oneof(fc.nat(3), fc.nat(100_000));
    const keys = fc.array(fc.tuple(part, part, part, part, part), { maxLength: 400 });
    fc.assert(
      fc.property(keys, (all) => {
        const table = new KeyTable();
        const known = new Map<string, number>();
        for (const key of all) {
          const text = key.join(' ');
          const expected = known.get(text);
          expect(table.find(...key, 50_000)).toBe(expected ?? ~known.size);
          if (expected === undefined) known.set(text, known.size);
        }
        expect(table.size).toBe(known.size);
        expect([...table.keys()]).toEqual(
          [...known.keys()].flatMap((key) => key.split(' ').map(Number)),
        );
      }),
    );
  });

  test('stay the same while it grows, up to its bound', () => {
    const table = new KeyTable();
    const keys = Array.from(
      { length: 50_000 },
      (_, index): Key => [index % 223, 0, index % 7, 0, Math.floor(index / 223)],
    );
    for (const [index, key] of keys.entries()) expect(table.find(...key, 50_000)).toBe(~index);
    expect(table.find(9_999, 0, 0, 0, 0, 50_000)).toBe(noRoom);
    for (const [index, key] of keys.entries()) expect(table.find(...key, 50_000)).toBe(index);
  });

  test('keys made to collide get no numbers after the first few, and cost no more time', () => {
    const table = new KeyTable();
    const keys = collidingKeys(50_000);
    const start = performance.now();
    const numbers = keys.map((key) => table.find(...key, 50_000));
    expect(performance.now() - start).toBeLessThan(3000);
    const kept = numbers.filter((found) => found !== noRoom);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(5000);
  });

  /** Keys of one hash: the fourth number is solved for, as its bits only pass a multiplication. */
  function collidingKeys(count: number): Key[] {
    const inverse = inverseOf(0x27d4eb2f);
    const keys: Key[] = [];
    for (let a = 1; keys.length < count; a++) {
      for (let e = 1; e < 2000 && keys.length < count; e++) {
        let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(e, 0x85ebca6b);
        hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
        const rest = Math.imul(hash ^ 0x1234567, inverse);
        keys.push([a, rest & 0xffff, 0, rest >>> 16, e]);
      }
    }
    return keys;
  }

  /** The number whose product with an odd one is 1 modulo 2^32 (Newton's iteration). */
  function inverseOf(odd: number): number {
    let inverse = odd;
    for (let round = 0; round < 5; round++)
      inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
    return inverse;
  }
});
