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
