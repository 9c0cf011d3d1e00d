import { bucketCount, bucketsPerOctave, type LatencySketch } from '../../../latency.ts';

/** Where each figure lies in the row of a group: a row is one line of the processor's cache. */
export const column = {
  calls: 0,
  clientErrors: 1,
  serverErrors: 2,
  reads: 3,
  writes: 4,
  bytes: 5,
  /** Milliseconds since 1970; infinite where no line had a time. */
  firstSeen: 6,
  lastSeen: 7,
} as const;

export const rowLength = 8;

const octaves = bucketCount / bucketsPerOctave;
const pagesPerBlock = 1024;

/** The figures of groups of calls, numbered from 0. */
export class CallFigures {
  #rows = new Float64Array(rowLength * 512);
  /** For each octave of each group the page that counts it, from 1; 0 where there is none yet. */
  #pages = new Int32Array(octaves * 512);
  /** One counter for each bucket of a page; in blocks, so that nothing is copied as they grow. */
  readonly #blocks: Uint32Array[] = [];
  #pageCount = 0;
  #size = 0;

  /** How many groups there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a group without calls, and gives its number. */
  add(): number {
    const group = this.#size++;
    if (this.#size * rowLength > this.#rows.length) {
      this.#rows = grown(this.#rows, new Float64Array(2 * this.#rows.length));
      this.#pages = grown(this.#pages, new Int32Array(2 * this.#pages.length));
    }
    this.#rows[group * rowLength + column.firstSeen] = Number.POSITIVE_INFINITY;
    this.#rows[group * rowLength + column.lastSeen] = Number.NEGATIVE_INFINITY;
    return group;
  }

  /** Adds the figures of a group that was counted elsewhere. */
  addRow(group: number, from: Float64Array, at: number): void {
    const rows = this.#rows;
    const row = group * rowLength;
    for (let index = 0; index < column.firstSeen; index++)
      increase(rows, row + index, from[at + index] as number);
    const first = row + column.firstSeen;
    const last = row + column.lastSeen;
    rows[first] = Math.min(rows[first] as number, from[at + column.firstSeen] as number);
    rows[last] = Math.max(rows[last] as number, from[at + column.lastSeen] as number);
  }

  /** Adds pairs of a bucket and a count. */
  addSketch(group: number, pairs: Uint32Array, from: number, end: number): void {
    for (let at = from; at < end; at += 2)
      this.#countBucket(group, pairs[at] as number, pairs[at + 1] as number);
  }

  figure(group: number, name: keyof typeof column): number {
    return this.#rows[group * rowLength + column[name]] as number;
  }

  /** The counts of a group's durations. */
  sketch(group: number): LatencySketch {
    const counts: [number, number][] = [];
    for (let octave = 0; octave < octaves; octave++) {
      const page = this.#pages[group * octaves + octave] as number;
      const block = this.#blocks[Math.floor(page / pagesPerBlock)];
      const start = (page % pagesPerBlock) * bucketsPerOctave;
      for (let index = 0; page > 0 && index < bucketsPerOctave; index++) {
        const count = block?.[start + index] ?? 0;
        if (count > 0) counts.push([octave * bucketsPerOctave + index, count]);
      }
    }
    return counts;
  }

  #countBucket(group: number, bucket: number, count: number): void {
    const place = group * octaves + ((bucket / bucketsPerOctave) | 0);
    let page = this.#pages[place] as number;
    if (page === 0) {
      page = ++this.#pageCount;
      this.#pages[place] = page;
      if (page >= pagesPerBlock * this.#blocks.length)
        this.#blocks.push(new Uint32Array(pagesPerBlock * bucketsPerOctave));
    }
    const block = this.#blocks[(page / pagesPerBlock) | 0] as Uint32Array;
    const start = (page % pagesPerBlock) * bucketsPerOctave;
    increase(block, start + (bucket % bucketsPerOctave), count);
  }
}

function increase(numbers: Float64Array | Uint32Array, index: number, amount: number): void {
  numbers[index] = (numbers[index] as number) + amount;
}

function grown<A extends Float64Array | Int32Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
