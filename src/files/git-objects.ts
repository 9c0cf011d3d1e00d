import { createHash } from 'node:crypto';
import path from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import type { Disk } from './disk.ts';
import { openPack, type Pack, type PackEntry } from './git-pack.ts';

/** The objects of one repository. What is missing or broken is undefined. */
export interface ObjectStore {
  commit(id: string): Uint8Array | undefined;
  tree(id: string): Uint8Array | undefined;
  /** The content of a file. */
  blob(id: string): Uint8Array | undefined;
  /** An annotated tag. */
  tag(id: string): Uint8Array | undefined;
  /** The ids that begin with so many hexadecimal digits, sorted; at least four digits. */
  begin(digits: string): readonly string[];
  /** What kept objects from being read, for people. */
  readonly flaws: ReadonlySet<string>;
  close(): void;
}

/** Commits, folders and texts above this are no work of people. */
const maxObjectBytes = 64 * 1024 * 1024;
/** Of all objects of one repository together: ten times what large ones need. */
const maxWorkBytes = 4 * 1024 * 1024 * 1024;
const maxCachedBytes = 64 * 1024 * 1024;
const maxIndexBytes = 512 * 1024 * 1024;
const maxDeltas = 4096;

/** The types of objects by their number in a pack; 6 and 7 are deltas. */
const typeNames: Readonly<Record<number, string>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

interface GitObject {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Opens the folder `objects` of a repository: loose objects and packs, as
 * https://git-scm.com/docs/gitformat-pack describes them. An object that its id does not fit is broken.
 * @param hashBytes 20 for SHA-1, 32 for SHA-256
 */
export function openObjects(disk: Disk, folder: string, hashBytes: number): ObjectStore {
  const flaws = new Set<string>();
  const packs = openPacks(disk, path.join(folder, 'pack'), hashBytes, flaws);
  const kept = openKept();
  /** Bytes that were unpacked, put together or handed out. */
  let work = 0;

  const spend = (bytes: number): boolean => {
    work += bytes;
    if (work > maxWorkBytes) flaws.add(`more than ${maxWorkBytes / 1024 ** 3} GB is not read`);
    return work <= maxWorkBytes;
  };

  const unpack = (packed: Uint8Array, size: number): Uint8Array | undefined => {
    if (size > maxObjectBytes || !spend(size)) return undefined;
    try {
      const limit = Math.max(size, 1);
      const bytes = inflateSync(packed, { maxOutputLength: limit, chunkSize: Math.max(size, 64) });
      return bytes.length === size ? bytes : undefined;
    } catch {
      return undefined;
    }
  };

  const readLoose = (id: string): GitObject | undefined => {
    const packed = disk.read(path.join(folder, id.slice(0, 2), id.slice(2)), maxObjectBytes);
    const head = packed && readLooseHead(packed);
    const bytes = head && packed && unpack(packed, head.length + head.size);
    return head && bytes && { type: head.type, bytes: bytes.subarray(head.length) };
  };

  const readPacked = (first: Pack, start: number): GitObject | undefined => {
    const deltas: { readonly entry: PackEntry; readonly key: string }[] = [];
    let [pack, position] = [first, start];
    let object: GitObject | undefined;
    while (!object) {
      const key = `${pack.name} ${position}`;
      object = kept.find(key);
      if (object) break;
      const entry = pack.entryAt(position, maxObjectBytes);
      if (!entry || deltas.length > maxDeltas) return undefined;
      if (entry.base === undefined) {
        const bytes = unpack(entry.packed, entry.size);
        if (!bytes) return undefined;
        object = { type: typeNames[entry.type] ?? '', bytes };
        kept.keep(key, object);
        break;
      }
      deltas.push({ entry, key });
      if (typeof entry.base === 'number') position = entry.base;
      else {
        const base = findPacked(entry.base);
        if (!base) object = readLoose(entry.base);
        if (base) [pack, position] = [base.pack, base.position];
        else if (!object) return undefined;
      }
    }
    for (const { entry, key } of deltas.reverse()) {
      const delta = unpack(entry.packed, entry.size);
      const bytes: Uint8Array | undefined = delta && applyDelta(object.bytes, delta);
      if (!bytes || !spend(bytes.length)) return undefined;
      object = { type: object.type, bytes };
      kept.keep(key, object);
    }
    return object;
  };

  const findPacked = (id: string): { pack: Pack; position: number } | undefined => {
    const bytes = Buffer.from(id, 'hex');
    for (const [index, pack] of packs.entries()) {
      const position = pack.find(bytes);
      if (position === undefined) continue;
      // The next object is most likely in the same pack.
      if (index > 0) packs.unshift(...packs.splice(index, 1));
      return { pack, position };
    }
    return undefined;
  };

  const read = (id: string, type: string): Uint8Array | undefined => {
    const found = findPacked(id);
    const object = (found && readPacked(found.pack, found.position)) ?? readLoose(id);
    if (object?.type !== type || !spend(object.bytes.length)) return undefined;
    return digest(object, hashBytes) === id ? object.bytes : undefined;
  };
  return {
    commit: (id) => read(id, 'commit'),
    tree: (id) => read(id, 'tree'),
    blob: (id) => read(id, 'blob'),
    tag: (id) => read(id, 'tag'),
    begin: (digits) => {
      const loose = disk
        .list(path.join(folder, digits.slice(0, 2)))
        .map((rest) => digits.slice(0, 2) + rest)
        .filter((id) => id.length === hashBytes * 2 && id.startsWith(digits));
      return [...new Set([...loose, ...packs.flatMap((pack) => pack.begin(digits))])].sort();
    },
    flaws,
    close: () => {
      for (const pack of packs) pack.close();
    },
  };
}

function openPacks(disk: Disk, folder: string, hashBytes: number, flaws: Set<string>): Pack[] {
  const packs: Pack[] = [];
  let indexBytes = 0;
  for (const name of [...disk.list(folder)].sort()) {
    if (!/^pack-[0-9a-f]+\.idx$/.test(name)) continue;
    const file = path.join(folder, name);
    indexBytes += disk.look(file)?.size ?? 0;
    const pack =
      indexBytes > maxIndexBytes ? undefined : openPack(disk, file, hashBytes, maxIndexBytes);
    if (pack) packs.push(pack);
    else flaws.add(`${name} is broken, of an old form or too large`);
  }
  return packs;
}

/** The id of an object. */
function digest({ type, bytes }: GitObject, hashBytes: number): string {
  return createHash(hashBytes === 20 ? 'sha1' : 'sha256')
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** `tree 123` and a zero byte, at the beginning of a loose object. */
function readLooseHead(
  packed: Uint8Array,
): { readonly type: string; readonly size: number; readonly length: number } | undefined {
  try {
    // The first bytes of the text are wanted; what is cut off is no error.
    const start = inflateSync(packed.subarray(0, 128), { finishFlush: constants.Z_SYNC_FLUSH });
    const end = start.indexOf(0);
    const match = /^(\w+) (\d{1,10})$/.exec(start.subarray(0, Math.max(end, 0)).toString('latin1'));
    if (!match?.[1]) return undefined;
    return { type: match[1], size: Number(match[2]), length: end + 1 };
  } catch {
    return undefined;
  }
}

/** Makes an object of its base and what differs. Undefined where the delta is broken. */
function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array | undefined {
  let at = 0;
  const readSize = (): number => {
    let [size, factor, byte] = [0, 1, 0x80];
    while (byte & 0x80 && factor < 2 ** 42) {
      byte = delta[at++] ?? 0;
      size += (byte & 0x7f) * factor;
      factor *= 128;
    }
    return size;
  };
  if (readSize() !== base.length) return undefined;
  const size = readSize();
  if (size > maxObjectBytes) return undefined;
  const result = Buffer.allocUnsafe(size);
  let written = 0;
  while (at < delta.length) {
    const code = delta[at++] ?? 0;
    let [source, start, length]: [Uint8Array, number, number] = [delta, at, code];
    if (code & 0x80) {
      [source, start, length] = [base, 0, 0];
      for (let bit = 0; bit < 4; bit++)
        if (code & (1 << bit)) start += (delta[at++] ?? 0) * 256 ** bit;
      for (let bit = 0; bit < 3; bit++)
        if (code & (16 << bit)) length += (delta[at++] ?? 0) * 256 ** bit;
      if (length === 0) length = 0x10000;
    } else at += code;
    if (code === 0 || start + length > source.length || written + length > size) return undefined;
    result.set(source.subarray(start, start + length), written);
    written += length;
  }
  return written === size ? result : undefined;
}

interface Kept {
  find(key: string): GitObject | undefined;
  keep(key: string, object: GitObject): void;
}

/** The objects that were used last: a folder's next version is mostly a delta to this one. */
function openKept(): Kept {
  const kept = new Map<string, GitObject>();
  let bytes = 0;
  return {
    find(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    keep(key, object) {
      if (object.bytes.length > maxCachedBytes / 8 || kept.has(key)) return;
      kept.set(key, object);
      bytes += object.bytes.length;
      for (const [oldest, old] of kept) {
        if (bytes <= maxCachedBytes) break;
        kept.delete(oldest);
        bytes -= old.bytes.length;
      }
    },
  };
}
