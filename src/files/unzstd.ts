import type { ByteSource } from './byte-source.ts';
import { type Broken, broken, endsTooEarly } from './packing.ts';
import { openZstdDecoder, type ZstdDecoder } from './zstd-decoder.ts';

/** Frames that look farther back are refused, as the zstd program does unless it is told `--long`. */
const maxWindowBytes = 128 * 1024 * 1024;
const maxBlockBytes = 128 * 1024;
/** Blocks are handed to the decoder together, but no more than unpack to 4 MB. */
const pieceBlocks = 32;
const pieceBytes = 64 * 1024;

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

interface FrameHeader {
  readonly isKnown: boolean;
  readonly length: number;
  /** How long a frame to be skipped is, with its header; 0 for others. */
  readonly skipped: number;
  readonly windowBytes: number;
  readonly hasDictionary: boolean;
  readonly hasCheckSum: boolean;
}

/**
 * Unpacks Zstandard (RFC 8878): frames one behind the other, and those to be skipped. The blocks are
 * told apart here, so that only whole ones reach the decoder and a break is known by its byte.
 * @returns what is wrong and where, once all that was good was handed out; undefined if nothing is
 */
export async function* unzstd(source: ByteSource): AsyncGenerator<Uint8Array, Broken | undefined> {
  const decoder = await openZstdDecoder();
  if (decoder === undefined)
    return {
      ...broken(source.offset, 'too many broken files have taken the memory for it'),
      remedy: 'use Node 22.15 or later',
    };
  try {
    for (;;) {
      const head = Buffer.from((await source.peek(18)).subarray(0, 18));
      if (head.length === 0) break;
      const header = readFrameHeader(head);
      const problem = judgeHeader(header, head, source.offset);
      if (problem) return yield* finish(decoder, problem);
      if (header.skipped === 0) {
        const failed = yield* readBlocks(source, header, decoder);
        if (failed) return yield* finish(decoder, failed);
      } else if (!(await skip(source, header.skipped)))
        return yield* finish(decoder, broken(source.offset, endsTooEarly));
    }
    return yield* finish(decoder, undefined);
  } finally {
    decoder.close();
  }
}

/** The header of a frame, from its first 18 bytes; what lies behind them counts as zeros. */
function readFrameHeader(given: Buffer): FrameHeader {
  const head = Buffer.concat([given, Buffer.alloc(18)]);
  const magic = head.readUInt32LE(0);
  const isSkipped = magic >>> 4 === skippableMagic >>> 4;
  const descriptor = head[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryAt = isSingle ? 5 : 6;
  const sizeAt = dictionaryAt + dictionaryBytes;
  const low = sizeBytes === 0 ? 0 : head.readUIntLE(sizeAt, Math.min(sizeBytes, 4));
  const high = sizeBytes === 8 ? head.readUInt32LE(sizeAt + 4) : 0;
  const contentBytes = high * 2 ** 32 + low + (sizeBytes === 2 ? 256 : 0);
  const window = head[5] ?? 0;
  const base = 2 ** (10 + (window >> 3));
  return {
    isKnown: isSkipped || magic === frameMagic,
    length: isSkipped ? 8 : sizeAt + sizeBytes,
    skipped: isSkipped ? 8 + head.readUInt32LE(4) : 0,
    windowBytes: isSingle ? contentBytes : base + (base / 8) * (window & 7),
    hasDictionary: head.subarray(dictionaryAt, sizeAt).some((byte) => byte !== 0),
    hasCheckSum: (descriptor & 4) !== 0,
  };
}

/** Why a frame cannot be read on. */
function judgeHeader(header: FrameHeader, head: Buffer, offset: number): Broken | undefined {
  const remedy = 'unpack it first';
  if (head.length >= 4 && !header.isKnown) return broken(offset, 'what stands there is not zstd');
  if (head.length < header.length) return broken(offset + head.length, endsTooEarly);
  if (header.skipped > 0) return undefined;
  if (header.windowBytes > maxWindowBytes) {
    const megabytes = Math.ceil(header.windowBytes / 1024 / 1024);
    const reason = `its window of ${megabytes} MB is above the limit of ${maxWindowBytes / 1024 / 1024} MB`;
    return { ...broken(offset, reason), remedy };
  }
  if (header.hasDictionary) return { ...broken(offset, 'it needs a dictionary'), remedy };
  return undefined;
}

/** Hands the blocks of one frame to the decoder, several at a time. */
async function* readBlocks(
  source: ByteSource,
  header: FrameHeader,
  decoder: ZstdDecoder,
): AsyncGenerator<Uint8Array, Broken | undefined> {
  let length = header.length;
  for (let isLast = false; !isLast; length = 0) {
    let problem: Broken | undefined;
    for (let count = 0; count < pieceBlocks && length < pieceBytes && !isLast; count++) {
      const block = await measureBlock(source, length, header.hasCheckSum);
      if ('reason' in block) {
        problem = block;
        break;
      }
      length = block.end;
      isLast = block.isLast;
    }
    const { output, problem: failed } = await decoder.run({
      bytes: (await source.peek(length)).subarray(0, length),
      offset: source.offset,
      windowBytes: header.windowBytes,
    });
    if (output.length > 0) yield output;
    if (failed ?? problem) return failed ?? problem;
    source.take(length);
  }
  return undefined;
}

/** Where the block that begins `at` bytes behind the source's place ends, with a check sum behind the last. */
async function measureBlock(
  source: ByteSource,
  at: number,
  hasCheckSum: boolean,
): Promise<{ readonly end: number; readonly isLast: boolean } | Broken> {
  const head = (await source.peek(at + 3)).subarray(at, at + 3);
  if (head.length < 3) return broken(source.offset + at + head.length, endsTooEarly);
  const value = Buffer.from(head).readUIntLE(0, 3);
  const isLast = (value & 1) !== 0;
  const kind = (value >> 1) & 3;
  const size = value >> 3;
  if (kind === 3 || size > maxBlockBytes) return broken(source.offset + at, 'it holds no block');
  const isRun = kind === 1;
  const end = at + 3 + (isRun ? 1 : size) + (isLast && hasCheckSum ? 4 : 0);
  const given = (await source.peek(end)).length;
  return given < end ? broken(source.offset + given, endsTooEarly) : { end, isLast };
}

/** Moves on by any number of bytes; false where the data ends before. */
async function skip(source: ByteSource, count: number): Promise<boolean> {
  for (let left = count; left > 0; ) {
    const step = Math.min((await source.peek(1)).length, left);
    if (step === 0) return false;
    source.take(step);
    left -= step;
  }
  return true;
}

/** Hands out what the decoder still holds. What it finds broken comes before what was found later. */
function* finish(
  decoder: ZstdDecoder,
  problem: Broken | undefined,
): Generator<Uint8Array, Broken | undefined> {
  const last = decoder.finish();
  if (last.output.length > 0) yield last.output;
  return last.problem ?? problem;
}
