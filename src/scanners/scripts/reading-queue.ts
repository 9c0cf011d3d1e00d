import { availableParallelism } from 'node:os';
import type { ClientEntry } from './clients/client.ts';
import { openReadScript, type ReadResult, type ScriptText } from './read-script.ts';
import {
  countThreads,
  openReadingPool,
  type PoolResult,
  type ReadingPool,
} from './reading-pool.ts';

/** Scripts to be read: in threads where there are enough of them, else here when they are asked for. */
export interface ReadingQueue {
  /** @returns what waits for the result; it is to be called in the order of the scripts. */
  add(script: ScriptText): () => Promise<ReadResult>;
  close(): Promise<void>;
}

/**
 * Opens a queue.
 * @param own clients that the user describes
 */
export function openReadingQueue(own: readonly ClientEntry[]): ReadingQueue {
  const read = openReadScript(own);
  const cores = availableParallelism();
  const waiting: { readonly script: ScriptText; result?: Promise<PoolResult> }[] = [];
  let characters = 0;
  let pool: ReadingPool | undefined;
  return {
    add: (script) => {
      const task: (typeof waiting)[number] = { script };
      if (pool) task.result = pool.read(script);
      else {
        waiting.push(task);
        characters += script.text.length;
        const size = countThreads({ scripts: waiting.length, characters }, cores);
        if (size > 0) {
          const started = openReadingPool({ own, size });
          pool = started;
          for (const each of waiting.splice(0)) each.result = started.read(each.script);
        }
      }
      return async () => {
        const result = await task.result;
        if (!result || 'isUnavailable' in result) return read(script);
        if ('error' in result) throw result.error;
        return result;
      };
    },
    close: async () => pool?.close(),
  };
}
