/** A block of bzip2, unpacked. */
export interface Bzip2Block {
  readonly output: Uint8Array;
  /** The check sum of the output. */
  readonly sum: number;
  /** The bit behind the block. */
  readonly end: number;
}

/** Bits of a byte array, the highest first. Behind the end they are zeros. */
interface BitReader {
  readonly bytes: Uint8Array;
  at: number;
}

/** A prefix code: its lengths, and the symbols in the order of their codes. */
interface PrefixCode {
  /** What the first `fastBits` bits say: symbol << 5 | length, or 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** Length → the code behind the last of that length, moved to the left to `maxCodeBits`. */
  readonly limits: Int32Array;
  /** Length → what to add to a code of that length to get its place in `symbols`. */
  readonly bases: Int32Array;
  readonly symbols: Uint16Array;
}

const maxCodeBits = 20;
const fastBits = 10;
const groupSymbols = 50;
/** bzip2 writes no more selectors than a block of 900 kB needs; more are read over. */
const maxSelectors = 18_002;
const isObsolete = 'it is of a form that bzip2 gave up';
const hasNoCode = 'a code is not in its table';

/**
 * Unpacks one block, from behind its check sum on.
 * @param start its first bit
 * @param maxBytes the size of blocks of the stream, before runs are written out
 * @returns the block, `short` where the bytes end within it, or what is wrong with it
 */
export function decodeBlock(
  bytes: Uint8Array,
  start: number,
  maxBytes: number,
): Bzip2Block | string {
  const reader: BitReader = { bytes, at: start };
  const block = decode(reader, maxBytes);
  return reader.at > bytes.length * 8 ? 'short' : block;
}

function decode(reader: BitReader, maxBytes: number): Bzip2Block | string {
  if (read(reader, 1) === 1) return isObsolete;
  const origin = read(reader, 24);
  const used = readUsedBytes(reader);
  const codeCount = read(reader, 3);
  if (used.length === 0 || codeCount < 2 || codeCount > 6) return hasNoCode;
  const selectors = readSelectors(reader, codeCount);
  if (selectors === undefined) return hasNoCode;
  const codes: PrefixCode[] = [];
  for (let index = 0; index < codeCount; index++) {
    const code = readCode(reader, used.length + 2);
    if (code === undefined) return hasNoCode;
    codes.push(code);
  }
  const table = new Uint32Array(maxBytes);
  const count = readSymbols(reader, { used, selectors, codes }, table);
  if (count === undefined) return hasNoCode;
  if (origin >= count) return 'a sorted block begins behind its end';
  linkSorted(table, count);
  return { ...writeRuns(table, count, origin), end: reader.at };
}

function read(reader: BitReader, count: number): number {
  let value = 0;
  for (let left = count; left > 0; left--) {
    const byte = reader.bytes[reader.at >>> 3] ?? 0;
    value = (value << 1) | ((byte >> (7 - (reader.at & 7))) & 1);
    reader.at++;
  }
  return value;
}

/** The byte values that the block holds, ascending: a map of 16 ranges, and one of each range in use. */
function readUsedBytes(reader: BitReader): number[] {
  const ranges = read(reader, 16);
  const used: number[] = [];
  for (let high = 0; high < 16; high++) {
    if (!((ranges >> (15 - high)) & 1)) continue;
    const values = read(reader, 16);
    for (let low = 0; low < 16; low++) if ((values >> (15 - low)) & 1) used.push(high * 16 + low);
  }
  return used;
}

/** Which code each group of 50 symbols uses, moved to the front whenever it is used. */
function readSelectors(reader: BitReader, codeCount: number): Uint8Array | undefined {
  const count = read(reader, 15);
  const order = [0, 1, 2, 3, 4, 5];
  const selectors = new Uint8Array(Math.min(count, maxSelectors));
  for (let index = 0; index < count; index++) {
    let at = 0;
    while (read(reader, 1) === 1) if (++at >= codeCount) return undefined;
    const [chosen = 0] = order.splice(at, 1);
    order.unshift(chosen);
    if (index < selectors.length) selectors[index] = chosen;
  }
  return selectors;
}

/** A prefix code is written as the lengths of its codes, each by its difference to the one before. */
function readCode(reader: BitReader, symbolCount: number): PrefixCode | undefined {
  const lengths = new Uint8Array(symbolCount);
  let length = read(reader, 5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > maxCodeBits) return undefined;
      if (read(reader, 1) === 0) break;
      length += read(reader, 1) === 0 ? 1 : -1;
      if (reader.at > reader.bytes.length * 8) return undefined;
    }
    lengths[symbol] = length;
  }
  return toCode(lengths);
}

/** Codes of one length are consecutive numbers in the order of their symbols. */
function toCode(lengths: Uint8Array): PrefixCode | undefined {
  const fast = new Uint16Array(1 << fastBits);
  const limits = new Int32Array(maxCodeBits + 1);
  const bases = new Int32Array(maxCodeBits + 1);
  const symbols = new Uint16Array(lengths.length);
  let code = 0;
  let placed = 0;
  for (let length = 1; length <= maxCodeBits; length++) {
    code *= 2;
    bases[length] = placed - code;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      symbols[placed++] = symbol;
      if (length <= fastBits) {
        const from = code << (fastBits - length);
        fast.fill((symbol << 5) | length, from, from + (1 << (fastBits - length)));
      }
      code++;
    }
    if (code > 2 ** length) return undefined;
    limits[length] = code * 2 ** (maxCodeBits - length);
  }
  return { fast, limits, bases, symbols };
}

interface Coding {
  readonly used: readonly number[];
  readonly selectors: Uint8Array;
  readonly codes: readonly PrefixCode[];
}

/**
 * Reads the symbols of a block into a table of bytes: runs of the byte in front, places of bytes in
 * a list whose last used one is in front, and the end.
 * @returns how many bytes there are; undefined where a code is in no table or there are too many
 */
function readSymbols(reader: BitReader, coding: Coding, table: Uint32Array): number | undefined {
  const { bytes } = reader;
  const { selectors, codes, used } = coding;
  const order = Uint8Array.from(used);
  const endSymbol = used.length + 1;
  let at = reader.at;
  let count = 0;
  let run = 0;
  let runUnit = 1;
  let result: number | undefined;
  groups: for (const selector of selectors) {
    const code = codes[selector];
    if (code === undefined) break;
    for (let left = groupSymbols; left > 0; left--) {
      const byteAt = at >>> 3;
      const window =
        (((bytes[byteAt] ?? 0) << 24) |
          ((bytes[byteAt + 1] ?? 0) << 16) |
          ((bytes[byteAt + 2] ?? 0) << 8) |
          (bytes[byteAt + 3] ?? 0)) <<
        (at & 7);
      const found = code.fast[window >>> (32 - fastBits)] || findLong(code, window >>> 12);
      if (found === 0) break groups;
      at += found & 31;
      const symbol = found >>> 5;
      if (symbol <= 1) {
        run += runUnit << symbol;
        runUnit *= 2;
        // Checked at each digit, or a long run would overflow.
        if (run > table.length - count) break groups;
        continue;
      }
      if (run > 0) {
        table.fill(order[0] ?? 0, count, count + run);
        count += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === endSymbol) {
        result = count;
        break groups;
      }
      if (count >= table.length) break groups;
      const place = symbol - 1;
      const byte = order[place] ?? 0;
      order.copyWithin(1, 0, place);
      order[0] = byte;
      table[count++] = byte;
    }
  }
  reader.at = at;
  return result;
}

/** A code longer than the fast table knows, from the next 20 bits: symbol << 5 | length; 0 if there is none. */
function findLong(code: PrefixCode, bits: number): number {
  for (let length = fastBits + 1; length <= maxCodeBits; length++) {
    if (bits >= (code.limits[length] ?? 0)) continue;
    const place = (bits >>> (maxCodeBits - length)) + (code.bases[length] ?? 0);
    return ((code.symbols[place] ?? 0) << 5) | length;
  }
  return 0;
}

/**
 * Undoes the Burrows-Wheeler transform (Burrows and Wheeler 1994): beside each byte, above its eight
 * bits, the place of the one that follows it.
 */
function linkSorted(table: Uint32Array, count: number): void {
  const next = new Uint32Array(256);
  for (let index = 0; index < count; index++) {
    const byte = table[index] ?? 0;
    next[byte] = (next[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const own = next[byte] ?? 0;
    next[byte] = sum;
    sum += own;
  }
  for (let index = 0; index < count; index++) {
    const byte = (table[index] ?? 0) & 0xff;
    const place = next[byte] ?? 0;
    next[byte] = place + 1;
    table[place] = (table[place] ?? 0) | (index << 8);
  }
}

/** Follows the links, and writes out runs: behind four equal bytes stands how many more there are. */
function writeRuns(
  table: Uint32Array,
  count: number,
  origin: number,
): { output: Uint8Array; sum: number } {
  let output = new Uint8Array(count + 1024);
  let length = 0;
  let equal = 0;
  let last = -1;
  let link = (table[origin] ?? 0) >>> 8;
  for (let left = count; left > 0; left--) {
    const entry = table[link] ?? 0;
    const byte = entry & 0xff;
    link = entry >>> 8;
    if (length + 256 > output.length) {
      const larger = new Uint8Array(output.length * 2);
      larger.set(output);
      output = larger;
    }
    if (equal === 4) {
      output.fill(last, length, length + byte);
      length += byte;
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    output[length++] = byte;
  }
  const written = output.subarray(0, length);
  return { output: written, sum: sumOf(written) };
}

/** CRC-32 as bzip2 takes it: polynomial 0x04c11db7, the highest bit first. */
const sums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum;
});

function sumOf(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) sum = (sum << 8) ^ (sums[(sum >>> 24) ^ byte] ?? 0);
  return ~sum >>> 0;
}
