import { closeSync, openSync, readSync } from 'node:fs';
import { explain } from './explain.ts';

/** A part of a file that is read by turns into buffers of the caller. */
export interface RangeReader {
  /** Fills a buffer from its start as far as the part reaches. @returns bytes read, 0 at the end */
  read(into: Uint8Array): number;
  close(): void;
}

/**
 * Opens the bytes [start, end) of a file on disk, as `Files.openRange` promises them.
 * @param file what errors call it
 * @throws InputError
 */
export function openRange(absolute: string, file: string, start: number, end: number): RangeReader {
  const handle = explainedNow(file, () => openSync(absolute, 'r'));
  let at = start;
  return {
    read(into) {
      const wanted = Math.min(into.length, end - at);
      if (wanted <= 0) return 0;
      const count = explainedNow(file, () => readSync(handle, into, 0, wanted, at));
      at += count;
      return count;
    },
    close: () => closeSync(handle),
  };
}

function explainedNow<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw explain(file, error);
  }
}
