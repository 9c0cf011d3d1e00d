import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { codeOf } from './explain.ts';

/** So long nothing more may change before a change is told, in ms: editors write in several steps. */
const quietMs = 250;
/** Systems allow only so many watches. */
const mostFolders = 2_000;

/** What tells of changes until it is closed. */
export interface FileWatch {
  close(): void;
}

/**
 * Tells when something changes in the folders that files lie in, new files beside them included.
 * @param ignored names of files that are written meanwhile, and their drafts
 * @throws InputError where the system watches no more
 */
export function watchFiles(
  files: readonly string[],
  ignored: readonly string[],
  changed: () => void,
): FileWatch {
  const folders = [...new Set(files.map((file) => path.dirname(path.resolve(file))))].sort();
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const close = (): void => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
  const tell = (_event: string, name: string | null): void => {
    if (name !== null && ignored.some((own) => name === own || name.startsWith(`${own}.`))) return;
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs);
  };
  for (const folder of folders.slice(0, mostFolders)) {
    try {
      // A folder that goes is told as a change of the one above it.
      watchers.push(watch(folder, tell).on('error', () => {}));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') continue;
      close();
      throw new InputError(
        `${folder}: cannot be watched (${codeOf(error)}); run the command without --watch.`,
        { cause: error },
      );
    }
  }
  return { close };
}
