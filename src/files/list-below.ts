import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { leftOut } from './pattern.ts';

/** The files at or below a place. Thousands of folders are read sooner than promises for them are kept. */
export function listBelow(absolute: string, relative: string): string[] {
  if (!statSync(absolute).isDirectory()) return [relative];
  const files: string[] = [];
  const walk = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !leftOut.has(entry.name))
        walk(path.join(folder, entry.name), `${prefix}${entry.name}/`);
      else if (entry.isFile()) files.push(prefix + entry.name);
    }
  };
  walk(absolute, relative === '.' ? '' : `${relative}/`);
  return files;
}
