import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { type Broken, broken, endsTooEarly } from './packing.ts';
import { openSteps, stepOptions } from './steps.ts';

/** How much is unpacked in one step. Deflate makes at most 1,032 bytes of one, so 33 MB of this. */
const pieceBytes = 32 * 1024;
/** A header longer than this is none: it holds a file name and a comment. */
const maxHeaderBytes = 256 * 1024;

const hasHeaderCrc = 0x02;
const hasExtra = 0x04;
const hasName = 0x08;
const hasComment = 0x10;

/**
 * Unpacks gzip (RFC 1952): members one behind the other, and zeros at the end, as tapes pad.
 * @returns what is wrong and where, once all that was good was handed out; undefined if nothing is
 */
export async function* gunzip(source: ByteSource): AsyncGenerator<Uint8Array, Broken | undefined> {
  for (;;) {
    const start = source.offset;
    const header = await readHeader(source);
    if (typeof header === 'string') {
      const rest = header === endsTooEarly ? (await source.peek(1)).length : 0;
      return broken(source.offset + rest, header);
    }
    source.take(header);
    const problem = yield* inflate(source);
    if (problem) return problem;
    if (await skipZeros(source)) return undefined;
    const next = await source.peek(2);
    if (next[0] !== 0x1f || (next.length > 1 && next[1] !== 0x8b))
      return broken(source.offset, `what follows the member at byte ${start} is not gzip`);
  }
}

/** The length of the header at the source's place, or why there is none. */
async function readHeader(source: ByteSource): Promise<number | string> {
  const fixed = await source.peek(10);
  if (fixed.length < 10) return endsTooEarly;
  if (fixed[2] !== 8) return 'an unknown method of compression';
  const flags = fixed[3] ?? 0;
  let length = 10;
  if (flags & hasExtra) {
    const bytes = await source.peek(length + 2);
    length += 2 + ((bytes[length] ?? 0) | ((bytes[length + 1] ?? 0) << 8));
  }
  for (const flag of [hasName, hasComment]) {
    if (!(flags & flag)) continue;
    const bytes = await source.peek(maxHeaderBytes);
    const end = bytes.subarray(0, maxHeaderBytes).indexOf(0, length);
    if (end < 0) return bytes.length < maxHeaderBytes ? endsTooEarly : 'the header has no end';
    length = end + 1;
  }
  if (flags & hasHeaderCrc) length += 2;
  return (await source.peek(length)).length < length ? endsTooEarly : length;
}

/** One member without its header, checked against the check sum and the length behind it. */
async function* inflate(source: ByteSource): AsyncGenerator<Uint8Array, Broken | undefined> {
  const steps = openSteps(createInflateRaw(stepOptions));
  let sum = 0;
  let size = 0;
  try {
    for (;;) {
      const piece = (await source.peek(pieceBytes)).subarray(0, pieceBytes);
      if (piece.length === 0) return broken(source.offset, endsTooEarly);
      const { output, consumed, error } = await steps.run(piece);
      if (output.length > 0) {
        sum = crc32(output, sum);
        size = (size + output.length) % 2 ** 32;
        yield output;
      }
      if (error) return broken(source.offset, error);
      source.take(consumed);
      if (consumed < piece.length) break;
    }
  } finally {
    steps.close();
  }
  const trailer = Buffer.from((await source.peek(8)).subarray(0, 8));
  if (trailer.length < 8) return broken(source.offset + trailer.length, endsTooEarly);
  if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size)
    return broken(source.offset, 'the check sum is another');
  source.take(8);
  return undefined;
}

/** Whether nothing but zeros is left. */
async function skipZeros(source: ByteSource): Promise<boolean> {
  for (;;) {
    const bytes = await source.peek(1);
    if (bytes.length === 0) return true;
    const end = bytes.findIndex((byte) => byte !== 0);
    source.take(end < 0 ? bytes.length : end);
    if (end >= 0) return false;
  }
}
