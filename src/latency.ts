/**
 * A sketch of durations that can be merged: counts in buckets whose width grows with the value, as
 * in HDR histograms (Tene 2012). Each octave has 64 buckets, so the middle of a bucket is within
 * 1/128 (0.8 %) of every value in it. Values are microseconds.
 */
export type LatencySketch = readonly (readonly [bucket: number, count: number])[];

/** Buckets of one octave; also how many values from zero up have a bucket of their own. */
export const bucketsPerOctave = 64;

/** How far a percentile may lie from the true value of its rank, as a share of it. */
export const latencyError = 1 / (2 * bucketsPerOctave);

/** No call takes longer than 2^40 µs, 12 days. */
const octaves = 35;
const longest = 2 ** 40;

/** One more than the highest bucket. */
export const bucketCount = octaves * bucketsPerOctave;

/** The bucket of a duration in whole microseconds. */
export function bucketOf(microseconds: number): number {
  if (!(microseconds < longest)) return bucketCount - 1;
  let value = microseconds;
  let octave = 0;
  while (value >= 0x4000_0000) {
    value /= 2;
    octave++;
  }
  const whole = value | 0;
  if (whole < bucketsPerOctave) return Math.max(whole, 0);
  const shift = 25 - Math.clz32(whole);
  return (octave + shift) * bucketsPerOctave + (whole >> shift);
}

/** The middle of a bucket, in microseconds. */
export function middleOf(bucket: number): number {
  if (bucket < 2 * bucketsPerOctave) return bucket;
  const shift = Math.floor(bucket / bucketsPerOctave) - 1;
  const start = (bucketsPerOctave + (bucket % bucketsPerOctave)) * 2 ** shift;
  return start + (2 ** shift - 1) / 2;
}

/** All counts of several sketches, buckets in ascending order. */
export function mergeSketches(sketches: readonly LatencySketch[]): LatencySketch {
  const counts = new Map<number, number>();
  for (const sketch of sketches)
    for (const [bucket, count] of sketch) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return [...counts].sort(([a], [b]) => a - b);
}

/**
 * The duration that a share of the calls did not exceed (nearest rank), in milliseconds, to the
 * precision of the sketch.
 * @param share 0.5 for the median; undefined where the sketch is empty
 */
export function percentileMs(sketch: LatencySketch, share: number): number | undefined {
  const total = sketch.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(share * total));
  for (const [bucket, count] of sketch) {
    rank -= count;
    if (rank <= 0) return Number((middleOf(bucket) / 1000).toPrecision(4));
  }
  return undefined;
}
