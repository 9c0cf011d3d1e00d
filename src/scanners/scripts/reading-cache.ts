import { createHash } from 'node:crypto';
import type { Cache } from '../../files/cache.ts';
import type { ClientEntry } from './clients/client.ts';
import type { Reading } from './facts.ts';
import type { ScriptText } from './read-script.ts';

/** Readings of earlier runs, by the content of the file they are of. */
export interface ReadingCache {
  /** The key of a script's reading: all that it depends on. */
  keyOf(script: ScriptText): string;
  find(key: string): Reading | undefined;
  keep(key: string, reading: Reading): void;
  /** Stores what this run used, and forgets the rest. */
  close(): Promise<void>;
}

const name = 'scripts';
/** Another number for another shape of readings, or for more in them. */
const format = '2';
/** Fewer files than this are read again sooner than a cache is opened. */
const worthKeeping = 100;

/**
 * Opens the readings of earlier runs.
 * @param patterns what the source names; each source keeps its own
 * @param own clients that the user describes, which readings depend on
 */
export async function openReadingCache(
  cache: Cache,
  patterns: readonly string[],
  own: readonly ClientEntry[],
): Promise<ReadingCache> {
  const place = `${name}-${digest(patterns.join('\n')).slice(0, 12)}`;
  const clients = digest(JSON.stringify(own));
  const known = parse(await cache.load(place));
  const used = new Map<string, Reading>();
  let isChanged = false;
  return {
    keyOf: ({ language, file, text }) =>
      digest([format, clients, language, file, text].join('\u0000')),
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parse(text: string | undefined): Map<string, Reading> {
  if (text === undefined) return new Map();
  try {
    const entries: unknown = JSON.parse(text);
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

/** What another program left under the name is no reading. */
function isEntry(entry: unknown): entry is [string, Reading] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const { facts, definitions, sites, services } = (entry[1] ?? {}) as Partial<Reading>;
  return (
    Array.isArray(facts) &&
    Array.isArray(sites) &&
    typeof definitions === 'object' &&
    definitions !== null &&
    (services === undefined || Array.isArray(services))
  );
}
