import { closeSync, openSync, readSync } from 'node:fs';
import { explain } from './explain.ts';

/** The largest chunk that is handed out: calls of the system cost little, and it stays in the cache. */
export const chunkBytes = 128 * 1024;

/**
 * The bytes [start, end) of a file on disk, as `Files.chunks` promises them.
 * @param file what errors call it
 * @throws InputError
 */
export function* readChunks(
  absolute: string,
  file: string,
  start: number,
  end: number,
): Iterable<Uint8Array> {
  const handle = explainedNow(file, () => openSync(absolute, 'r'));
  try {
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(chunkBytes, end - start)));
    for (let at = start; at < end; ) {
      const wanted = Math.min(buffer.length, end - at);
      const count = explainedNow(file, () => readSync(handle, buffer, 0, wanted, at));
      if (count === 0) return;
      at += count;
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(handle);
  }
}

function explainedNow<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw explain(file, error);
  }
}
