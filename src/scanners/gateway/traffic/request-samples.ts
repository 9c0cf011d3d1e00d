/** How many request ids of a group are kept: enough to tell doubles within a few per cent. */
export const sampleSize = 128;

/**
 * The lowest digests of the request ids of each group (bottom-k; Beyer et al. 2007). Two samples show
 * which share of the calls both logs hold, however many there are.
 */
export class RequestSamples {
  /** The samples of all groups, each with room for a whole one. */
  #samples = new Float64Array(0);
  readonly #sizes: number[] = [];
  readonly #scratch = new Float64Array(sampleSize);

  /** Adds digests of request ids, those from `from` to `end`, in ascending order and each once. */
  add(group: number, digests: Float64Array, from: number, end: number): void {
    const start = group * sampleSize;
    if (start + sampleSize > this.#samples.length) this.#grow(start + sampleSize);
    const [samples, scratch] = [this.#samples, this.#scratch];
    const known = start + (this.#sizes[group] ?? 0);
    let size = 0;
    for (let own = start, next = from; size < sampleSize && (own < known || next < end); size++) {
      const one = own < known ? (samples[own] as number) : Number.POSITIVE_INFINITY;
      const other = next < end ? (digests[next] as number) : Number.POSITIVE_INFINITY;
      scratch[size] = one < other ? one : other;
      if (one <= other) own++;
      if (other <= one) next++;
    }
    for (let index = 0; index < size; index++) samples[start + index] = scratch[index] as number;
    this.#sizes[group] = size;
  }

  /** The sample of a group, in ascending order. */
  sample(group: number): readonly number[] {
    const start = group * sampleSize;
    return [...this.#samples.subarray(start, start + (this.#sizes[group] ?? 0))];
  }

  #grow(length: number): void {
    const grown = new Float64Array(Math.max(length, 2 * this.#samples.length, 512 * sampleSize));
    grown.set(this.#samples);
    this.#samples = grown;
  }
}
