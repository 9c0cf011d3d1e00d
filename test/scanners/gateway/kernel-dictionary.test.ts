import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readResults } from '../../../src/scanners/gateway/kernel/read-results.ts';
import {
  giveBack,
  type Kernel,
  takeKernel,
} from '../../../src/scanners/gateway/kernel/start-kernel.ts';
import fc from '../../fast-check.ts';
import { collidingTexts } from './colliding-texts.ts';

const maxTexts = 100_000;
const encoder = new TextEncoder();
let kernel: Kernel;

beforeEach(() => {
  kernel = takeKernel();
  kernel.exports.reset();
});
afterEach(() => giveBack(kernel));

/** The number of a text that stands between other bytes. */
function number(text: string | Uint8Array, kind = 0): number {
  const { memory, roomFor, addText } = kernel.exports;
  const inner = typeof text === 'string' ? encoder.encode(text) : text;
  const at = roomFor(inner.length + 32);
  const bytes = new Uint8Array(memory.buffer, at, inner.length + 32);
  bytes.fill(0x5a);
  bytes.set(inner, 3);
  return addText(at + 3, inner.length, kind);
}

function known(): { readonly texts: readonly string[]; readonly kinds: readonly number[] } {
  const { memory, pack } = kernel.exports;
  const { texts, kinds } = readResults(memory, pack());
  return { texts: texts.slice(1), kinds: [...kinds.slice(1)] };
}

describe('numbers of texts', () => {
  test('are those of a map, in the order of first sight', () => {
    const some = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('', 'a', 'aa', 'a'.repeat(8), 'a'.repeat(16), 'a'.repeat(17)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(some, fc.nat(3)), { maxLength: 400 }), (all) => {
        kernel.exports.reset();
        const numbers = new Map<string, number>();
        for (const [text, kind] of all) {
          const key = `${kind}${text}`;
          if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
          expect(number(text, kind)).toBe(numbers.get(key));
        }
        const { texts, kinds } = known();
        expect(texts.map((text, index) => `${kinds[index]}${text}`)).toEqual([...numbers.keys()]);
      }),
    );
  });

  test('stay the same while it grows, up to its bound', () => {
    const texts = Array.from(
      { length: maxTexts },
      (_, index) => `10.${index >> 8}.${index & 255}.9`,
    );
    for (const [index, text] of texts.entries()) expect(number(text)).toBe(index + 1);
    expect(number('one more')).toBe(-1);
    for (const [index, text] of texts.entries()) expect(number(text)).toBe(index + 1);
    expect(known().texts).toEqual(texts);
  });

  test('are forgotten when the next task begins, and memory is used again', () => {
    const fill = (): number => {
      kernel.exports.reset();
      for (let index = 0; index < 20_000; index++) number(`caller-${index}`);
      expect(number('caller-19999')).toBe(20_000);
      return kernel.exports.memory.buffer.byteLength;
    };
    const once = fill();
    expect(fill()).toBe(once);
    kernel.exports.reset();
    expect(known()).toEqual({ texts: [], kinds: [] });
  });

  test('long texts fill it before their number does', () => {
    const long = new Uint8Array(1024 * 1024);
    const { memory, roomFor, addText } = kernel.exports;
    const at = roomFor(long.length);
    const numbers = Array.from({ length: 100 }, (_, index) => {
      long[0] = index;
      new Uint8Array(memory.buffer, at).set(long);
      return addText(at, long.length, 0);
    });
    expect(numbers).toEqual(numbers.map((_, index) => (index < 64 ? index + 1 : -1)));
    expect(number('')).toBe(65);
  });

  test('texts made to collide get no numbers after the first few, and cost no more time', () => {
    const texts = collidingTexts(50_000, 7);
    expect(new Set(texts.map((text) => Buffer.from(text).toString('hex'))).size).toBe(texts.length);
    const start = performance.now();
    const numbers = texts.map((text) => number(text, 7));
    const again = texts.map((text) => number(text, 7));
    // Each one against each other would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(again).toEqual(numbers);
    const kept = numbers.filter((found) => found > 0);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(1000);
    // Others are not harmed.
    const others = Array.from({ length: 10_000 }, (_, index) => number(`caller-${index}`, 7));
    expect(others.filter((found) => found < 0).length).toBeLessThan(100);
  });
});
