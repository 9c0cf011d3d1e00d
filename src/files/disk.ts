/** Reading at once, without a promise for each of many small reads. Paths are absolute. */
export interface Disk {
  /** What a path is, with its size in bytes. A symbolic link, a device or a pipe is nothing. */
  look(path: string): { readonly kind: 'file' | 'folder'; readonly size: number } | undefined;
  /** The names in a folder; none where it cannot be read. */
  list(folder: string): readonly string[];
  /** A file of at most `limit` bytes; undefined where there is none, or it cannot be read. */
  read(path: string, limit: number): Uint8Array | undefined;
  /** Opens a file to read parts of it; undefined where it cannot be opened. */
  open(path: string): OpenFile | undefined;
  /** The path without symbolic links; undefined where it leads to nothing. */
  real(path: string): string | undefined;
}

/** A file that is read in parts. */
export interface OpenFile {
  /** The bytes from a position on: fewer than asked for at the end of the file, none on an error. */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/** What is used of `node:fs`, which only `src/files.ts` imports. */
interface FileSystem {
  lstatSync(path: string): { readonly size: number; isFile(): boolean; isDirectory(): boolean };
  readdirSync(path: string): string[];
  readFileSync(path: string): Uint8Array;
  realpathSync(path: string): string;
  openSync(path: string, flags: 'r'): number;
  readSync(
    handle: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  closeSync(handle: number): void;
}

/** The disk of this machine. Whatever cannot be read is undefined, never an error. */
export function openDisk(fs: FileSystem): Disk {
  const look: Disk['look'] = (path) =>
    attempt(() => {
      const found = fs.lstatSync(path);
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
      return kind && { kind, size: found.size };
    });
  return {
    look,
    list: (folder) => attempt(() => fs.readdirSync(folder)) ?? [],
    read(path, limit) {
      const found = look(path);
      if (found?.kind !== 'file' || found.size > limit) return undefined;
      return attempt(() => fs.readFileSync(path));
    },
    open(path) {
      if (look(path)?.kind !== 'file') return undefined;
      const handle = attempt(() => fs.openSync(path, 'r'));
      if (handle === undefined) return undefined;
      return {
        read: (position, length) =>
          attempt(() => {
            const buffer = Buffer.allocUnsafe(length);
            return buffer.subarray(0, fs.readSync(handle, buffer, 0, length, position));
          }) ?? new Uint8Array(),
        close: () => fs.closeSync(handle),
      };
    },
    real: (path) => attempt(() => fs.realpathSync(path)),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
