import { describe, expect, test } from 'vitest';
import {
  bucketCount,
  bucketOf,
  type LatencySketch,
  latencyError,
  mergeSketches,
  middleOf,
  percentileMs,
} from '../src/latency.ts';
import fc from './fast-check.ts';

const durations = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 2 ** 39 })),
  { minLength: 1, maxLength: 200 },
);

function sketchOf(values: readonly number[]): LatencySketch {
  return mergeSketches(values.map((value) => [[bucketOf(value), 1] as const]));
}

describe('a sketch of latencies', () => {
  test('keeps each value within the stated error, and its order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 39 }),
        fc.integer({ min: 0, max: 2 ** 39 }),
        (a, b) => {
          expect(Math.abs(middleOf(bucketOf(a)) - a)).toBeLessThanOrEqual(a * latencyError);
          if (a <= b) expect(bucketOf(a)).toBeLessThanOrEqual(bucketOf(b));
          expect(bucketOf(a)).toBeLessThan(bucketCount);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('has no gap between its buckets', () => {
    for (let bucket = 1; bucket < 1000; bucket++) expect(bucketOf(middleOf(bucket))).toBe(bucket);
  });

  test('gives the percentiles of the sorted values, within the error and four digits', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99, 1), (values, share) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = (sorted[Math.ceil(share * sorted.length) - 1] as number) / 1000;
        const told = percentileMs(sketchOf(values), share) as number;
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * (latencyError + 0.0006));
      }),
    );
  });

  test('comes out the same however its parts are merged', () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const whole = sketchOf([...a, ...b]);
        expect(mergeSketches([sketchOf(a), sketchOf(b)])).toEqual(whole);
        expect(mergeSketches([sketchOf(b), sketchOf(a)])).toEqual(whole);
      }),
    );
  });

  test('holds what is beyond any call in its last bucket', () => {
    for (const endless of [2 ** 40, 2 ** 52, Number.POSITIVE_INFINITY, Number.NaN])
      expect(bucketOf(endless)).toBe(bucketCount - 1);
    expect(bucketOf(2 ** 40 - 1)).toBe(bucketCount - 1);
    expect(percentileMs([], 0.5)).toBeUndefined();
  });
});
