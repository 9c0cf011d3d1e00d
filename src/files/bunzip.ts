import type { ByteSource } from './byte-source.ts';
import { decodeBlock } from './bzip2-block.ts';
import { type Broken, broken, endsTooEarly } from './packing.ts';

/** No packed block is longer: 32,767 groups of 50 symbols of 20 bits, and the tables before them. */
const maxPackedBlockBytes = 4_300_000;
/** The signatures of a block and of the end of a stream: π and its square root, in decimal digits. */
const blockSignature = 0x314159265359;
const endSignature = 0x177245385090;

/**
 * Unpacks bzip2: streams one behind the other, each of blocks of at most 900 kB before the runs in
 * them are written out, 46 MB after. Written here because the one library that reads streams is
 * less than half as fast.
 * @returns what is wrong and where, once all that was good was handed out; undefined if nothing is
 */
export async function* bunzip(source: ByteSource): AsyncGenerator<Uint8Array, Broken | undefined> {
  for (;;) {
    const head = Buffer.from((await source.peek(4)).subarray(0, 4));
    if (head.length === 0) return undefined;
    const level = (head[3] ?? 0) - 0x30;
    if (!'BZh'.startsWith(head.toString('latin1', 0, 3)) || (head.length === 4 && !isLevel(level)))
      return broken(source.offset, 'what stands there is not bzip2');
    if (head.length < 4) return broken(source.offset + head.length, endsTooEarly);
    source.take(4);
    const problem = yield* readStream(source, level * 100_000);
    if (problem) return problem;
  }
}

function isLevel(level: number): boolean {
  return level >= 1 && level <= 9;
}

/** The blocks of one stream. They follow one another by bits, the next stream by whole bytes. */
async function* readStream(
  source: ByteSource,
  maxBlockBytes: number,
): AsyncGenerator<Uint8Array, Broken | undefined> {
  let bit = 0;
  let sum = 0;
  for (;;) {
    const bytes = await source.peek(maxPackedBlockBytes);
    const short = broken(source.offset + bytes.length, endsTooEarly);
    const signature = readBits(bytes, bit, 48);
    const expected = readBits(bytes, bit + 48, 32);
    if (signature === undefined || expected === undefined) return short;
    if (signature === endSignature) {
      if (expected !== sum) return broken(source.offset, 'the check sum is another');
      source.take(Math.ceil((bit + 80) / 8));
      return undefined;
    }
    if (signature !== blockSignature) return broken(source.offset, 'it holds no block');
    const block = decodeBlock(bytes, bit + 80, maxBlockBytes);
    if (block === 'short') return short;
    if (typeof block === 'string') return broken(source.offset, block);
    if (block.sum !== expected) return broken(source.offset, 'the check sum is another');
    sum = (((sum << 1) | (sum >>> 31)) ^ block.sum) >>> 0;
    source.take(block.end >>> 3);
    bit = block.end & 7;
    yield block.output;
  }
}

/** A number of up to 48 bits that begins at a bit, the highest bit first; undefined behind the end. */
function readBits(bytes: Uint8Array, at: number, count: number): number | undefined {
  if (at + count > bytes.length * 8) return undefined;
  let value = 0;
  for (let bit = at; bit < at + count; bit++)
    value = value * 2 + (((bytes[bit >>> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}
