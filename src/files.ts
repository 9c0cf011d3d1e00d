import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import picomatch from 'picomatch';
import { InputError } from './errors.ts';
import { compareText } from './order.ts';

/** The only way the tool reads. Paths are relative to one root, with `/` on every system. */
export interface Files {
  /**
   * The files a pattern names, sorted by code unit: one file, a folder (all files below it), or a
   * glob. Never follows symbolic links; leaves out `.git`, `.landscape` and `node_modules`.
   */
  find(pattern: string): Promise<string[]>;
  /** The text of one file: UTF-8, else Latin-1, or UTF-16 with a byte order mark. @throws InputError */
  text(file: string): Promise<string>;
  /** The bytes of one file. @throws InputError where it is missing or over the limit. */
  bytes(file: string): Promise<Uint8Array>;
  /** The bytes of one file in chunks, unpacked if it is gzip. @throws InputError */
  stream(file: string): AsyncIterable<Uint8Array>;
  /** The size of one file in bytes. @throws InputError */
  size(file: string): Promise<number>;
  /** SHA-256 of the file as it is stored, in hexadecimal. */
  digest(file: string): Promise<string>;
}

/** Text files above this are refused: none of the formats that are read whole is ever this large. */
const maxWholeFileBytes = 64 * 1024 * 1024;
const leftOut = new Set(['.git', '.landscape', 'node_modules']);

/** Files on disk below a root folder. */
export function nodeFiles(root: string): Files {
  const absolute = (file: string): string => path.resolve(root, file);
  return {
    async find(pattern) {
      const { base, isGlob, matches } = readPattern(pattern);
      const found = await explained(base, () => listBelow(absolute(base), base));
      return found.filter((file) => !isGlob || matches(file)).sort(compareText);
    },
    async text(file) {
      return decode(await this.bytes(file));
    },
    async bytes(file) {
      return explained(file, async () => {
        const { size } = await stat(absolute(file));
        if (size > maxWholeFileBytes) throw tooLarge(file, size);
        return readFile(absolute(file));
      });
    },
    async *stream(file) {
      const head = await explained(file, () => readHead(absolute(file)));
      const raw = createReadStream(absolute(file), { highWaterMark: 256 * 1024 });
      yield* isGzip(head) ? gunzip(raw, file) : raw;
    },
    async size(file) {
      return explained(file, async () => (await stat(absolute(file))).size);
    },
    async digest(file) {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(absolute(file))) hash.update(chunk);
      return hash.digest('hex');
    },
  };
}

/** Files in memory, for tests and for callers that have no disk. Keys are paths with `/`. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const bytesOf = (file: string): Uint8Array => {
    const content = contents[path.posix.normalize(file)];
    if (content === undefined) throw missing(file);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    async find(pattern) {
      const { base, isGlob, matches } = readPattern(pattern);
      const below = base === '.' ? '' : `${base}/`;
      const found = Object.keys(contents).filter((file) =>
        isGlob ? matches(file) : file === base || file.startsWith(below),
      );
      if (found.length === 0 && !isGlob) throw missing(pattern);
      return found.sort(compareText);
    },
    async text(file) {
      return decode(bytesOf(file));
    },
    async bytes(file) {
      return bytesOf(file);
    },
    async *stream(file) {
      const bytes = bytesOf(file);
      yield* isGzip(bytes) ? gunzip(Readable.from([bytes]), file) : [bytes];
    },
    async size(file) {
      return bytesOf(file).length;
    },
    async digest(file) {
      return createHash('sha256').update(bytesOf(file)).digest('hex');
    },
  };
}

/** Writes files into a folder, each whole or not at all. */
export async function writeFiles(
  folder: string,
  contents: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, content] of contents) {
    const target = path.join(folder, name);
    const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(draft, content);
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw new InputError(
        `${target}: cannot be written (${codeOf(error)}); choose another folder with --output.`,
        { cause: error },
      );
    }
  }
}

/** Keeps what can be computed again, between runs. Nothing depends on it; it is safe to delete. */
export interface Cache {
  /** What was stored under a name by this version of the tool; undefined where there is nothing. */
  load(name: string): Promise<string | undefined>;
  /** Never fails: a folder that cannot be written only makes the next run slower. */
  store(name: string, text: string): Promise<void>;
}

/** No cache: every run reads everything. */
export const noCache: Cache = { load: async () => undefined, store: async () => {} };

/**
 * A cache in the folder `.landscape/cache` below a root.
 * @param code the folder of the tool's own code: another version of it finds nothing of this one's
 */
export async function openCache(root: string, code: string): Promise<Cache> {
  const hash = createHash('sha256');
  const own = (await listBelow(code, '.')).filter((name) => name.endsWith('.js')).sort();
  if (own.length === 0) return noCache;
  for (const file of own) hash.update(await readFile(path.join(code, file)));
  const version = hash.digest('hex').slice(0, 16);
  const folder = path.join(root, '.landscape', 'cache');
  const fileOf = (name: string): string => path.join(folder, `${name}-${version}.json`);
  return {
    load: (name) => readFile(fileOf(name), 'utf8').catch(() => undefined),
    store: async (name, text) => {
      try {
        await mkdir(folder, { recursive: true });
        for (const old of await readdir(folder))
          if (old.startsWith(`${name}-`)) await rm(path.join(folder, old), { force: true });
        await writeFile(path.join(root, '.landscape', '.gitignore'), '*\n');
        const draft = `${fileOf(name)}.${randomBytes(6).toString('hex')}.tmp`;
        await writeFile(draft, text);
        await rename(draft, fileOf(name));
      } catch {
        // The next run computes it again.
      }
    },
  };
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
      `${path.join(given, file)}: there is none; name a folder that has one, or write one that begins with "sources:" and "- inventory: systems.csv".`,
      { cause },
    );
  }
  return { folder: given, file };
}

interface Pattern {
  readonly base: string;
  readonly isGlob: boolean;
  matches(file: string): boolean;
}

function readPattern(pattern: string): Pattern {
  const normal = path.posix.normalize(pattern.replaceAll('\\', '/')).replace(/\/$/, '');
  const { base, isGlob } = picomatch.scan(normal);
  const matches = picomatch(normal, { dot: true });
  return { base: isGlob ? base || '.' : normal, isGlob, matches: (file) => matches(file) };
}

async function listBelow(absolute: string, relative: string): Promise<string[]> {
  const found = await stat(absolute);
  if (!found.isDirectory()) return [relative];
  const files: string[] = [];
  for (const entry of await readdir(absolute, { withFileTypes: true })) {
    const name = relative === '.' ? entry.name : `${relative}/${entry.name}`;
    if (entry.isDirectory() && !leftOut.has(entry.name)) {
      files.push(...(await listBelow(path.join(absolute, entry.name), name)));
    } else if (entry.isFile()) files.push(name);
  }
  return files;
}

async function readHead(absolute: string): Promise<Uint8Array> {
  const handle = await open(absolute);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* gunzip(packed: Readable, file: string): AsyncIterable<Uint8Array> {
  const unpacked = createGunzip();
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    yield* packed.pipe(unpacked);
  } catch (error) {
    throw new InputError(
      `${file}:1:1: the gzip data is broken (${codeOf(error)}); copy the file again.`,
      { cause: error },
    );
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old scripts are Latin-1; what is no text at all is told by its reader.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') throw missing(file, error);
    throw new InputError(`${file}: cannot be read (${codeOf(error)}); check its permissions.`, {
      cause: error,
    });
  }
}

function missing(file: string, cause?: unknown): InputError {
  return new InputError(`${file}: no such file or folder; check the path.`, { cause });
}

function tooLarge(file: string, size: number): InputError {
  const megabytes = Math.round(size / 1024 / 1024);
  return new InputError(
    `${file}: ${megabytes} MB is more than the limit of ${maxWholeFileBytes / 1024 / 1024} MB for a file that is read whole; split it or leave it out.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
