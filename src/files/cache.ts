import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listBelow } from './list-below.ts';

/** Keeps what can be computed again, between runs. Nothing depends on it; it is safe to delete. */
export interface Cache {
  /** What was stored under a name by this version of the tool; undefined where there is nothing. */
  load(name: string): Promise<string | undefined>;
  /** Never fails: a folder that cannot be written only makes the next run slower. */
  store(name: string, text: string): Promise<void>;
}

/** No cache: every run reads everything. */
export const noCache: Cache = { load: async () => undefined, store: async () => {} };

/** A cache of this run alone: what it reads twice is worked out once, and nothing of it was there before. */
export function openMemoryCache(): Cache {
  const kept = new Map<string, string>();
  return {
    load: async (name) => kept.get(name),
    store: async (name, text) => {
      kept.set(name, text);
    },
  };
}

/**
 * A cache in the folder `.landscape/cache` below a root.
 * @param code the folder of the tool's own code: another version of it finds nothing of this one's
 */
export async function openCache(root: string, code: string): Promise<Cache> {
  const hash = createHash('sha256');
  const own = listBelow(code, '.')
    .filter((name) => name.endsWith('.js'))
    .sort();
  if (own.length === 0) return noCache;
  for (const file of own) hash.update(readFileSync(path.join(code, file)));
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
