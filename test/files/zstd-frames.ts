/** Frames of Zstandard without compression (RFC 8878), written by hand: an encoder that needs no library. */

export interface FrameOptions {
  /** The byte that tells the window; 0x50 is 1 MB. */
  readonly window?: number;
  readonly dictionary?: number;
}

/** A block of a frame: bytes as they are, or one byte many times. */
export type Block = Uint8Array | { readonly byte: number; readonly times: number };

/** A frame of raw and run-length blocks, of at most 128 KB each. */
export function frame(
  blocks: readonly Block[],
  { window = 0x50, dictionary = 0 }: FrameOptions = {},
): Buffer {
  const descriptor = dictionary === 0 ? 0x00 : 0x01;
  const header = [0x28, 0xb5, 0x2f, 0xfd, descriptor, window];
  if (dictionary !== 0) header.push(dictionary);
  const all: readonly Block[] = blocks.length === 0 ? [new Uint8Array(0)] : blocks;
  const written = all.map((block, index) => {
    const isRun = 'times' in block;
    const size = isRun ? block.times : block.length;
    const value = (size << 3) | (isRun ? 2 : 0) | (index === all.length - 1 ? 1 : 0);
    const head = Buffer.from([value & 0xff, (value >> 8) & 0xff, value >> 16]);
    return Buffer.concat([head, isRun ? Buffer.from([block.byte]) : block]);
  });
  return Buffer.concat([Buffer.from(header), ...written]);
}

/** A frame that readers pass over. */
export function skippable(content: Uint8Array): Buffer {
  const head = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}
