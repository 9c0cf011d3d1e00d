/** How many numbers a key has. */
export const keyLength = 5;

/** What `find` gives where there is no room for another key. */
export const noRoom = -0x8000_0000;

/** A run this long in a table half empty is no chance: someone made the keys to collide. */
const maxProbes = 128;

/** Numbers from 0 for keys of five whole numbers, in the order they were first seen. */
export class KeyTable {
  #table = new Int32Array(1024);
  #keys = new Int32Array(keyLength * 512);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /**
   * The number of a key; `~number` on its first sight, `noRoom` where there is none for it.
   * @param max keys beyond this many get no number
   */
  find(a: number, b: number, c: number, d: number, e: number, max: number): number {
    const mask = this.#table.length - 1;
    const keys = this.#keys;
    let place = hashKey(a, b, c, d, e) & mask;
    for (let probes = 0; ; place = (place + 1) & mask) {
      const number = (this.#table[place] as number) - 1;
      if (number < 0) break;
      if (probes++ === maxProbes) return noRoom;
      const at = number * keyLength;
      if (
        keys[at] === a &&
        keys[at + 4] === e &&
        keys[at + 2] === c &&
        keys[at + 1] === b &&
        keys[at + 3] === d
      )
        return number;
    }
    return this.#size >= max ? noRoom : ~this.#add([a, b, c, d, e], place);
  }

  /** The keys of all numbers, one after the other. */
  keys(): Int32Array {
    return this.#keys.slice(0, this.#size * keyLength);
  }

  #add(key: readonly number[], place: number): number {
    const number = this.#size++;
    if ((number + 1) * keyLength > this.#keys.length) {
      const keys = new Int32Array(2 * this.#keys.length);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    this.#keys.set(key, number * keyLength);
    this.#table[place] = number + 1;
    if (2 * this.#size >= this.#table.length) this.#spread();
    return number;
  }

  #spread(): void {
    const table = new Int32Array(4 * this.#table.length);
    const mask = table.length - 1;
    for (let number = 0; number < this.#size; number++) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = this.#keys.subarray(number * keyLength);
      let place = hashKey(a, b, c, d, e) & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = number + 1;
    }
    this.#table = table;
  }
}

function hashKey(a: number, b: number, c: number, d: number, e: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(e, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0xc2b2ae35) ^ Math.imul(b ^ (d << 16), 0x27d4eb2f);
  return hash ^ (hash >>> 15);
}
