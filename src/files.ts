import { createHash, randomBytes } from 'node:crypto';
import fs, {
  closeSync,
  createReadStream,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { lstat, open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { InputError } from './errors.ts';
import { decodeText } from './files/decode-text.ts';
import { openDisk } from './files/disk.ts';
import { codeOf, explain, missing } from './files/explain.ts';
import type { History } from './files/git-history.ts';
import type { Repository } from './files/git-repository.ts';
import { listBelow } from './files/list-below.ts';
import { type Listing, type ListLimits, listBounded } from './files/list-bounded.ts';
import { openRange, type RangeReader } from './files/open-range.ts';
import { isPacked, packingHeadBytes } from './files/packing.ts';
import { readPattern } from './files/pattern.ts';
import { openStandardInput, standardInput } from './files/standard-input.ts';
import { unpack } from './files/unpack.ts';
import { compareText } from './order.ts';

/** The only way the tool reads. Paths are relative to one root, with `/` on every system. */
export interface Files {
  /** The folder that paths are relative to, absolute, for a thread that opens the files again; undefined in memory. */
  readonly root?: string;
  /**
   * The files a pattern names, sorted by code unit: one file, a folder (all files below it), or a
   * glob. Never follows symbolic links; leaves out `.git`, `.landscape` and `node_modules`. The
   * pattern `-` is standard input, which only `stream` reads; again only from its first 8 MB.
   */
  find(pattern: string): Promise<string[]>;
  /** The text of one file: UTF-8, else Windows-1252, or UTF-16. @throws InputError */
  text(file: string): Promise<string>;
  /** The bytes of one file. @throws InputError where it is missing or over the limit. */
  bytes(file: string): Promise<Uint8Array>;
  /**
   * The bytes of one file in chunks, unpacked if its content is gzip, zstd or bzip2. What it grows
   * while it is read is left out. @throws InputError; BrokenFileError behind the last good bytes
   * @param progress told how many bytes more were read, as they are stored
   */
  stream(file: string, progress?: (bytes: number) => void): AsyncIterable<Uint8Array>;
  /**
   * Opens the stored bytes [start, end) of a file that is not packed. What the file grew beyond `end`
   * is not read, and one that has shrunk ends early. @throws InputError here and on reading
   */
  openRange(file: string, start: number, end: number): RangeReader;
  /** Whether only `stream` can read the file: it is compressed, a pipe or `-`. @throws InputError */
  packed(file: string): Promise<boolean>;
  /** The size of one file in bytes, as it is stored; 0 where nobody knows it, as of `-`. @throws InputError */
  size(file: string): Promise<number>;
  /** SHA-256 of the file as it is stored, in hexadecimal; of `-`, of what came in. */
  digest(file: string): Promise<string>;
  /**
   * Who changed files, from the git repositories they are checked out of; none in memory.
   * @param above whether a repository that begins above the root is read too
   */
  history?(files: readonly string[], above: boolean): Promise<History>;
}

/** Text files above this are refused: none of the formats that are read whole is ever this large. */
const maxWholeFileBytes = 64 * 1024 * 1024;
const streamChunkBytes = 256 * 1024;
/** A file of this size is read sooner than a promise for it is kept. */
const maxAtOnceBytes = 256 * 1024;

/** Files on disk below a root folder. */
export function nodeFiles(root: string): Files {
  const top = path.resolve(root);
  const absolute = (file: string): string => path.resolve(top, file);
  const input = openStandardInput();
  /** Of what was read: a file that changes meanwhile is named as it was. */
  const digests = new Map<string, string>();
  return {
    root: top,
    async find(pattern) {
      if (pattern === standardInput) return [standardInput];
      const { base, isGlob, matches } = readPattern(pattern);
      const found = await explained(base, async () => listBelow(absolute(base), base));
      return found.filter((file) => !isGlob || matches(file)).sort(compareText);
    },
    async text(file) {
      return decodeText(await this.bytes(file));
    },
    async bytes(file) {
      if (file === standardInput) throw new InputError(onlyStreamed);
      return explained(file, async () => {
        const place = absolute(file);
        const bytes = readAtOnce(place, file);
        if (!bytes) return readFile(place);
        digests.set(place, createHash('sha256').update(bytes).digest('hex'));
        return bytes;
      });
    },
    stream(file, progress) {
      const chunks = file === standardInput ? input.chunks() : readWhole(absolute(file), file);
      return unpack(chunks, file, progress);
    },
    openRange: (file, start, end) => openRange(absolute(file), file, start, end),
    async packed(file) {
      return file === standardInput || explained(file, () => isStreamed(absolute(file)));
    },
    async size(file) {
      if (file === standardInput) return 0;
      return explained(file, async () => statSync(absolute(file)).size);
    },
    async digest(file) {
      if (file === standardInput) return input.digest();
      const known = digests.get(absolute(file));
      if (known !== undefined) return known;
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(absolute(file))) hash.update(chunk);
      return hash.digest('hex');
    },
    async history(files, above) {
      const { readHistory } = await import('./files/git-history.ts');
      return readHistory(openDisk(fs), path.resolve(root), files, above);
    },
  };
}

const onlyStreamed = `${standardInput}: only logs are read from standard input; name a file.`;

/** Files in memory, for tests and for callers that have no disk. Keys are paths with `/`. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const bytesOf = (file: string): Uint8Array => {
    const content = contents[path.posix.normalize(file)];
    if (content === undefined) throw missing(file);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    async find(pattern) {
      const { isGlob, names } = readPattern(pattern);
      const found = Object.keys(contents).filter(names);
      if (found.length === 0 && !isGlob) throw missing(pattern);
      return found.sort(compareText);
    },
    async text(file) {
      return decodeText(bytesOf(file));
    },
    async bytes(file) {
      return bytesOf(file);
    },
    async *stream(file, progress) {
      const bytes = bytesOf(file);
      yield* unpack(Readable.from([bytes]), file, progress);
    },
    openRange(file, start, end) {
      let left = bytesOf(file).subarray(start, Math.max(start, end));
      return {
        read(into) {
          const count = Math.min(into.length, left.length);
          into.set(left.subarray(0, count));
          left = left.subarray(count);
          return count;
        },
        close: () => {},
      };
    },
    async packed(file) {
      return isPacked(bytesOf(file));
    },
    async size(file) {
      return bytesOf(file).length;
    },
    async digest(file) {
      return createHash('sha256').update(bytesOf(file)).digest('hex');
    },
  };
}

/**
 * Writes files into a folder, each whole or not at all. It is done in one turn of the event loop:
 * Ctrl-C comes before or after it, and no draft is left behind.
 */
export async function writeFiles(
  folder: string,
  contents: ReadonlyMap<string, string | Uint8Array | Iterable<string>>,
): Promise<void> {
  const drafts = new Map<string, string>();
  let target = folder;
  try {
    for (const [name, content] of contents) {
      target = path.join(folder, name);
      const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
      mkdirSync(path.dirname(target), { recursive: true });
      drafts.set(draft, target);
      writeDraft(draft, content);
    }
    for (const [draft, whole] of drafts) {
      target = whole;
      renameSync(draft, whole);
    }
  } catch (error) {
    for (const draft of drafts.keys()) rmSync(draft, { force: true });
    throw new InputError(
      `${target}: cannot be written (${codeOf(error)}); check its permissions, or choose another place.`,
      { cause: error },
    );
  }
}

function writeDraft(file: string, content: string | Uint8Array | Iterable<string>): void {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    writeFileSync(file, content);
    return;
  }
  const draft = openSync(file, 'w');
  try {
    for (const piece of content) writeFileSync(draft, piece);
  } finally {
    closeSync(draft);
  }
}

/**
 * Replaces a file that was edited, whole or not at all, with its permissions; a link stays a link.
 * @param old what it held when it was read: what another wrote meanwhile is not lost
 * @throws InputError where it has changed since, or cannot be written
 */
export async function replaceFile(
  file: string,
  old: Uint8Array,
  content: Uint8Array,
): Promise<void> {
  let draft: string | undefined;
  try {
    const target = realpathSync(file);
    if (!readFileSync(target).equals(old))
      throw new InputError(`${file}: was changed by another meanwhile; run the command again.`);
    draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    writeFileSync(draft, content, { mode: statSync(target).mode });
    renameSync(draft, target);
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true });
    if (error instanceof InputError) throw error;
    throw new InputError(`${file}: cannot be written (${codeOf(error)}); check its permissions.`, {
      cause: error,
    });
  }
}

/** Lists what lies below a folder, within limits. @throws InputError if it is no folder */
export async function listFolder(folder: string, limits: ListLimits): Promise<Listing> {
  const found = await explained(folder, () => stat(folder));
  if (!found.isDirectory())
    throw new InputError(`${folder}: is a file; name the folder that it lies in.`);
  return listBounded(openDisk(fs), path.resolve(folder), limits);
}

/**
 * Whether what earlier runs kept in a folder may have come with a commit: then a change could have
 * brought along what hides it.
 */
export async function isCacheCommitted(root: string): Promise<boolean> {
  const place = path.join(path.resolve(root), '.landscape');
  const isThere = await lstat(place).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  const { isCommitted } = await import('./files/is-committed.ts');
  return isCommitted(openDisk(fs), place);
}

/** The repository that a folder on disk is checked out of; undefined where it is none. */
export async function findRepository(folder: string): Promise<Repository | undefined> {
  const repository = await import('./files/git-repository.ts');
  return repository.findRepository(openDisk(fs), path.resolve(folder));
}

/** Where a landscape is: its folder, and its configuration file, given either of the two. */
export async function locateLandscape(given: string): Promise<{ folder: string; file: string }> {
  const found = await explained(given, () => stat(given));
  if (!found.isDirectory()) return { folder: path.dirname(given), file: path.basename(given) };
  const file = 'landscape.yaml';
  try {
    await stat(path.join(given, file));
  } catch (cause) {
    throw new InputError(
      `${path.join(given, file)}: there is none; name a folder that has one, or let "landscape init" propose one.`,
      { cause },
    );
  }
  return { folder: given, file };
}

/** A file that is small enough; undefined where it is better read while others run. */
function readAtOnce(absolute: string, file: string): Buffer | undefined {
  const handle = openSync(absolute, 'r');
  try {
    const { size } = fstatSync(handle);
    if (size > maxWholeFileBytes) throw tooLarge(file, size);
    return size > maxAtOnceBytes ? undefined : readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A file from its start to where it ends now; one without a size, as a pipe, to its end. */
async function* readWhole(absolute: string, file: string): AsyncGenerator<Uint8Array> {
  const { size } = await explained(file, () => stat(absolute));
  const bounds = size > 0 ? { start: 0, end: size - 1 } : {};
  const chunks = createReadStream(absolute, { highWaterMark: streamChunkBytes, ...bounds });
  try {
    yield* chunks;
  } catch (error) {
    throw explain(file, error);
  }
}

async function isStreamed(absolute: string): Promise<boolean> {
  // The first bytes of a pipe can be read only once.
  if (!(await stat(absolute)).isFile()) return true;
  const handle = await open(absolute);
  try {
    const { buffer, bytesRead } = await handle.read({ length: packingHeadBytes, position: 0 });
    return isPacked(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw explain(file, error);
  }
}

function tooLarge(file: string, size: number): InputError {
  const megabytes = Math.round(size / 1024 / 1024);
  return new InputError(
    `${file}: ${megabytes} MB is more than the limit of ${maxWholeFileBytes / 1024 / 1024} MB for a file that is read whole; split it or leave it out.`,
  );
}
