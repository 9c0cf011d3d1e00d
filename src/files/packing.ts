/** How a file is compressed. */
export type Packing = 'gzip' | 'zstd' | 'bzip2';

/** What is wrong with packed data, and at which byte of the file as it is stored. */
export interface Broken {
  readonly byte: number;
  readonly reason: string;
  /** What to do about it, where another copy would not help. */
  readonly remedy?: string;
}

/** The reason where packed data has no end. */
export const endsTooEarly = 'it ends too early';

/** Says where packed data is broken, and why. */
export function broken(byte: number, reason: string): Broken {
  return { byte, reason };
}

/** How many bytes `findPacking` looks at. */
export const packingHeadBytes = 10;

const packings: readonly (readonly [Packing, RegExp])[] = [
  ['gzip', /^1f8b08/],
  // A frame, or one to be skipped, with which seekable files and those of pzstd begin.
  ['zstd', /^(?:28b52ffd|5.2a4d18)/],
  // `BZh`, the size of blocks, and the first block or the end of an empty file.
  ['bzip2', /^425a683[1-9](?:314159265359|177245385090)/],
];

const otherPackings: readonly (readonly [string, RegExp])[] = [
  ['xz', /^fd377a585a00/],
  ['lz4', /^04224d18/],
  ['zip', /^504b0304/],
  ['compress', /^1f9d/],
  ['7z', /^377abcaf271c/],
];

/** How a file is compressed, by the bytes it begins with; undefined if it is not. */
export function findPacking(head: Uint8Array): Packing | undefined {
  return findBySignature(packings, head);
}

/** The name of a packing that is known and not read; undefined if it is none. */
export function findOtherPacking(head: Uint8Array): string | undefined {
  return findBySignature(otherPackings, head);
}

/** Whether a file that begins with these bytes is packed, in a way that is read or another. */
export function isPacked(head: Uint8Array): boolean {
  return (findPacking(head) ?? findOtherPacking(head)) !== undefined;
}

function findBySignature<Name>(
  table: readonly (readonly [Name, RegExp])[],
  head: Uint8Array,
): Name | undefined {
  const digits = Buffer.from(head.subarray(0, packingHeadBytes)).toString('hex');
  return table.find(([, signature]) => signature.test(digits))?.[0];
}
