const entryLength = 4;

/** The most bytes of all texts together: few long ones must not fill the memory either. */
const maxArenaBytes = 64 * 1024 * 1024;

/**
 * Numbers for texts that were only seen as bytes, from 1; 0 stands for none. The same bytes of
 * another kind have another number. A text becomes a string only when it is asked for.
 */
export class ByteDictionary {
  readonly #max: number;
  #table = new Int32Array(1024);
  /** Hash, start, end and kind of each text side by side, for they are looked at together. */
  #entries = new Int32Array(entryLength * 512);
  #arena = new Uint8Array(16 * 1024);
  #words = new DataView(this.#arena.buffer);
  #filled = 0;
  #size = 0;

  /** @param max texts beyond this many get no number: memory must not grow with hostile input */
  constructor(max: number) {
    this.#max = max;
  }

  /** How many texts have a number. */
  get size(): number {
    return this.#size;
  }

  /**
   * The number of a text, given on its first sight; -1 where there is no room for it.
   * @param words the same bytes; four beyond the end of the text are looked at
   * @param max other than the bound of the dictionary, for texts that must have a number
   */
  number(
    bytes: Uint8Array,
    words: DataView,
    from: number,
    end: number,
    kind: number,
    max = this.#max,
  ): number {
    const length = end - from;
    const hash = hashOf(words, from, length, kind);
    const mask = this.#table.length - 1;
    let place = (hash ^ (hash >>> 16)) & mask;
    // A run this long in a table half empty is no chance: someone made the texts to collide.
    for (let probes = 0; probes < 64; probes++) {
      const number = this.#table[place] as number;
      if (number === 0)
        return this.#size < max ? this.#add(bytes, from, end, kind, hash, place) : -1;
      if (
        this.#entries[number * entryLength] === hash &&
        this.#equals(number, words, from, length, kind)
      )
        return number;
      place = (place + 1) & mask;
    }
    return -1;
  }

  /** The text of a number. Invalid UTF-8 becomes replacement characters. */
  text(number: number): string {
    return new TextDecoder().decode(this.bytes(number));
  }

  /** The bytes of a number, valid until the next text is added. */
  bytes(number: number): Uint8Array {
    const entry = number * entryLength;
    return this.#arena.subarray(this.#entries[entry + 1], this.#entries[entry + 2]);
  }

  /** The kind that a number was given for. */
  kind(number: number): number {
    return this.#entries[number * entryLength + 3] as number;
  }

  #equals(number: number, words: DataView, from: number, length: number, kind: number): boolean {
    const entry = number * entryLength;
    const start = this.#entries[entry + 1] as number;
    if (
      (this.#entries[entry + 2] as number) - start !== length ||
      this.#entries[entry + 3] !== kind
    )
      return false;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (this.#words.getInt32(start + at, true) !== words.getInt32(from + at, true)) return false;
    }
    if (at === length) return true;
    const rest = (1 << (8 * (length - at))) - 1;
    const difference = this.#words.getInt32(start + at, true) ^ words.getInt32(from + at, true);
    return (difference & rest) === 0;
  }

  #add(
    bytes: Uint8Array,
    from: number,
    end: number,
    kind: number,
    hash: number,
    place: number,
  ): number {
    if (this.#filled + end - from > maxArenaBytes) return -1;
    const number = ++this.#size;
    const start = this.#filled;
    this.#filled = start + end - from;
    this.#makeRoom(number);
    this.#arena.set(bytes.subarray(from, end), start);
    this.#entries.set([hash, start, this.#filled, kind], number * entryLength);
    this.#table[place] = number;
    if (2 * this.#size >= this.#table.length) this.#spread();
    return number;
  }

  #makeRoom(number: number): void {
    if ((number + 1) * entryLength > this.#entries.length)
      this.#entries = grown(this.#entries, new Int32Array(2 * this.#entries.length));
    if (this.#filled + 4 <= this.#arena.length) return;
    this.#arena = grown(this.#arena, new Uint8Array(2 * (this.#filled + 4)));
    this.#words = new DataView(this.#arena.buffer);
  }

  #spread(): void {
    const table = new Int32Array(4 * this.#table.length);
    const mask = table.length - 1;
    for (let number = 1; number <= this.#size; number++) {
      const hash = this.#entries[number * entryLength] as number;
      let place = (hash ^ (hash >>> 16)) & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = number;
    }
    this.#table = table;
  }
}

/** Multiplies word by word with the golden ratio's bits (Knuth, TAOCP 6.4), rotating between. */
function hashOf(words: DataView, from: number, length: number, kind: number): number {
  let hash = Math.imul(length + 256 * kind, 0x9e3779b1);
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    hash = Math.imul(hash ^ words.getInt32(from + at, true), 0x9e3779b1);
    hash = (hash << 13) | (hash >>> 19);
  }
  if (at < length) {
    const rest = (1 << (8 * (length - at))) - 1;
    hash = Math.imul(hash ^ (words.getInt32(from + at, true) & rest), 0x9e3779b1);
    hash = (hash << 13) | (hash >>> 19);
  }
  return Math.imul(hash, 0x85ebca6b);
}

function grown<A extends Int32Array | Uint8Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
