import type { Disk } from './disk.ts';

/** One pack with its index. */
export interface Pack {
  readonly name: string;
  /** Where an object lies in the pack. */
  find(id: Uint8Array): number | undefined;
  /** The ids that begin with so many hexadecimal digits. */
  begin(digits: string): readonly string[];
  /** What stands at a position; undefined where it is no object, or one above a size. */
  entryAt(position: number, maxBytes: number): PackEntry | undefined;
  close(): void;
}

/** An object as it is stored: compressed, whole or as a delta to another. */
export interface PackEntry {
  readonly type: number;
  /** Unpacked, in bytes. */
  readonly size: number;
  /** Of a delta: where its base lies in the same pack, or the id of the base. */
  readonly base?: number | string;
  /** From the first compressed byte on, at least to the last. */
  readonly packed: Uint8Array;
}

const firstRead = 2048;
const offsetDelta = 6;
const idDelta = 7;

/**
 * Opens a pack by its index of version 2. The pack is read in parts, whatever its size.
 * @returns undefined where the index or the pack is missing, broken or of another version
 */
export function openPack(
  disk: Disk,
  indexFile: string,
  hashBytes: number,
  maxIndexBytes: number,
): Pack | undefined {
  const bytes = disk.read(indexFile, maxIndexBytes);
  if (!bytes || bytes.length < 8 + 1024) return undefined;
  const index = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (index.getUint32(0) !== 0xff744f63 || index.getUint32(4) !== 2) return undefined;
  const count = index.getUint32(8 + 255 * 4);
  const ids = 8 + 1024;
  const offsets = ids + count * (hashBytes + 4);
  const largeOffsets = offsets + count * 4;
  if (largeOffsets + 2 * hashBytes > bytes.length) return undefined;
  const file = disk.open(indexFile.replace(/idx$/, 'pack'));
  if (!file) return undefined;

  const offsetOf = (row: number): number | undefined => {
    const short = index.getUint32(offsets + row * 4);
    if (short < 0x8000_0000) return short;
    const at = largeOffsets + (short - 0x8000_0000) * 8;
    if (at + 8 > bytes.length) return undefined;
    return index.getUint32(at) * 2 ** 32 + index.getUint32(at + 4);
  };
  /** The rows of all ids with one first byte. */
  const rowsOf = (first: number): [number, number] => [
    first === 0 ? 0 : index.getUint32(8 + (first - 1) * 4),
    Math.min(index.getUint32(8 + first * 4), count),
  ];
  return {
    name: indexFile,
    begin(digits) {
      const [start, end] = rowsOf(Number.parseInt(digits.slice(0, 2), 16));
      const found: string[] = [];
      for (let row = start; row < end; row++) {
        const at = ids + row * hashBytes;
        const id = Buffer.from(bytes.subarray(at, at + hashBytes)).toString('hex');
        if (id.startsWith(digits)) found.push(id);
      }
      return found;
    },
    find(id) {
      let [low, high] = rowsOf(id[0] ?? 0);
      while (low < high) {
        const middle = (low + high) >>> 1;
        const order = compareAt(bytes, ids + middle * hashBytes, id);
        if (order === 0) return offsetOf(middle);
        if (order < 0) low = middle + 1;
        else high = middle;
      }
      return undefined;
    },
    entryAt(position, maxBytes) {
      const head = file.read(position, firstRead);
      const entry = readEntryHead(head, position, hashBytes);
      if (!entry || entry.size > maxBytes) return undefined;
      const { start, ...rest } = entry;
      const most = start + boundPacked(rest.size);
      const all = most <= head.length ? head : file.read(position, most);
      return { ...rest, packed: all.subarray(start) };
    },
    close: () => file.close(),
  };
}

/** Orders the bytes at a place against an id. */
function compareAt(bytes: Uint8Array, at: number, id: Uint8Array): number {
  for (let index = 0; index < id.length; index++) {
    const difference = (bytes[at + index] ?? 0) - (id[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Type, size and base: variable-length numbers before the compressed bytes. */
function readEntryHead(
  head: Uint8Array,
  position: number,
  hashBytes: number,
): (Omit<PackEntry, 'packed'> & { readonly start: number }) | undefined {
  let at = 0;
  let byte = head[at++] ?? 0;
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte & 0x80 && factor < 2 ** 46; factor *= 128) {
    byte = head[at++] ?? 0;
    size += (byte & 0x7f) * factor;
  }
  if (type === idDelta) {
    const base = Buffer.from(head.subarray(at, at + hashBytes)).toString('hex');
    return base.length === hashBytes * 2 ? { type, size, base, start: at + hashBytes } : undefined;
  }
  if (type !== offsetDelta) return type >= 1 && type <= 4 ? { type, size, start: at } : undefined;
  byte = head[at++] ?? 0;
  let distance = byte & 0x7f;
  while (byte & 0x80 && distance < 2 ** 44) {
    byte = head[at++] ?? 0;
    distance = (distance + 1) * 128 + (byte & 0x7f);
  }
  // A base stands before its delta, so a chain of them has an end.
  if (distance <= 0 || distance >= position) return undefined;
  return { type, size, base: position - distance, start: at };
}

/** The most bytes that zlib makes of so many, by its own compressBound. */
function boundPacked(size: number): number {
  return size + Math.floor(size / 4096) + Math.floor(size / 16384) + 13 + 64;
}
