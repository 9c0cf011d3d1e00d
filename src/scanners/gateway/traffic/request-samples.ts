/** How many request ids of a group are kept: enough to tell doubles within a few per cent. */
export const sampleSize = 128;

/**
 * The lowest digests of the request ids of each group (bottom-k; Beyer et al. 2007). Two samples show
 * which share of the calls both logs hold, however many there are.
 */
export class RequestSamples {
  readonly #samples: Float64Array[] = [];
  readonly #sizes: number[] = [];

  /** Adds the digest of a request id to a group. */
  add(group: number, digest: number): void {
    let sample = this.#samples[group];
    if (!sample) {
      sample = new Float64Array(sampleSize);
      this.#samples[group] = sample;
      this.#sizes[group] = 0;
    }
    const size = this.#sizes[group] as number;
    if (size === sampleSize && digest >= (sample[size - 1] as number)) return;
    let place = 0;
    let end = size;
    while (place < end) {
      const middle = (place + end) >> 1;
      if ((sample[middle] as number) < digest) place = middle + 1;
      else end = middle;
    }
    if (place < size && sample[place] === digest) return;
    sample.copyWithin(place + 1, place, Math.min(size, sampleSize - 1));
    sample[place] = digest;
    this.#sizes[group] = Math.min(size + 1, sampleSize);
  }

  /** The sample of a group, in ascending order. */
  sample(group: number): readonly number[] {
    return [...(this.#samples[group]?.subarray(0, this.#sizes[group]) ?? [])];
  }
}

/** A digest of the bytes of a request id, as a whole number below 2^53. */
export function digestOfRequest(words: DataView, from: number, end: number): number {
  const high = mix(words, from, end, 0x85ebca6b) >>> 0;
  const low = mix(words, from, end, 0xc2b2ae35) >>> 11;
  return high * 0x20_0000 + low;
}

/** Rounds of MurmurHash3 (Appleby 2011) over four bytes each. */
function mix(words: DataView, from: number, end: number, seed: number): number {
  let hash = seed ^ (end - from);
  for (let at = from; at < end; at += 4) {
    const left = end - at;
    let word = words.getInt32(at, true);
    if (left < 4) word &= (1 << (8 * left)) - 1;
    word = Math.imul(word, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
