import { createHash } from 'node:crypto';
import type { Cache } from '../../files.ts';
import type { Reading } from './facts.ts';

/** Readings of earlier runs, by the content of the file they are of. */
export interface ReadingCache {
  find(key: string): Reading | undefined;
  keep(key: string, reading: Reading): void;
  /** Stores what this run used, and forgets the rest. */
  close(): Promise<void>;
}

const name = 'scripts';
/** Fewer files than this are read again sooner than a cache is opened. */
const worthKeeping = 100;

/** Opens the readings of earlier runs. */
export async function openReadingCache(cache: Cache, source: string): Promise<ReadingCache> {
  const place = `${name}-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`;
  const known = parse(await cache.load(place));
  const used = new Map<string, Reading>();
  let isChanged = false;
  return {
    find: (key) => {
      const reading = known.get(key);
      if (reading) used.set(key, reading);
      return reading;
    },
    keep: (key, reading) => {
      isChanged = true;
      used.set(key, reading);
    },
    close: async () => {
      if (used.size >= worthKeeping && (isChanged || used.size < known.size))
        await cache.store(place, JSON.stringify([...used].sort(([a], [b]) => (a < b ? -1 : 1))));
    },
  };
}

/** The key of a file's reading: all that it depends on. */
export function toReadingKey(language: string, file: string, text: string): string {
  return createHash('sha256').update(`${language}\u0000${file}\u0000`).update(text).digest('hex');
}

function parse(text: string | undefined): Map<string, Reading> {
  if (text === undefined) return new Map();
  try {
    return new Map(JSON.parse(text) as [string, Reading][]);
  } catch {
    return new Map();
  }
}
