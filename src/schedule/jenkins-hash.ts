import { createHash } from 'node:crypto';

/** Draws a whole number from 0 up to, not including, `bound`. */
export type DrawNumber = (bound: number) => number;

const mask = (1n << 48n) - 1n;
const multiplier = 0x5deece66dn;

/**
 * The numbers that Jenkins draws for `H`, by hudson.scheduler.Hash: the MD5 of the job's full name,
 * folded to eight bytes, seeds java.util.Random, whose nextInt(bound) is as its documentation says.
 */
export function openJenkinsHash(jobName: string): DrawNumber {
  const digest = createHash('md5').update(jobName, 'utf8').digest();
  for (let index = 8; index < digest.length; index++)
    digest[index % 8] = (digest[index % 8] ?? 0) ^ (digest[index] ?? 0);
  let state = (digest.readBigUInt64BE(0) ^ multiplier) & mask;
  const nextBits = (count: bigint): number => {
    state = (state * multiplier + 0xbn) & mask;
    return Number(BigInt.asIntN(32, state >> (48n - count)));
  };
  return (bound) => {
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(nextBits(31n))) >> 31n);
    for (;;) {
      const bits = nextBits(31n);
      const value = bits % bound;
      if (bits - value + (bound - 1) <= 0x7fffffff) return value;
    }
  };
}
