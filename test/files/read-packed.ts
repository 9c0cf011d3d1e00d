import { unpack } from '../../src/files/unpack.ts';

/** What came out before the end, or before an error. */
export interface Unpacked {
  readonly content: Buffer;
  readonly error: unknown;
  readonly largestChunk: number;
}

/** Unpacks bytes that come in chunks cut at the given places. */
export async function readPacked(
  packed: Uint8Array,
  cuts: readonly number[] = [],
): Promise<Unpacked> {
  const parts: Buffer[] = [];
  let largestChunk = 0;
  let error: unknown;
  try {
    for await (const chunk of unpack(inChunks(packed, cuts), 'app.log')) {
      parts.push(Buffer.from(chunk));
      largestChunk = Math.max(largestChunk, chunk.length);
    }
  } catch (caught) {
    error = caught;
  }
  return { content: Buffer.concat(parts), error, largestChunk };
}

async function* inChunks(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  let start = 0;
  for (const place of places) {
    // Each chunk in memory of its own, which its reader may not look beyond.
    yield Uint8Array.from(bytes.subarray(start, place));
    start = place;
  }
}
