import { compareText } from '../order.ts';
import type { Disk } from './disk.ts';

/** How far a folder is looked into. */
export interface ListLimits {
  readonly files: number;
  /** Folders within folders. */
  readonly depth: number;
}

/** What lies below a folder. Paths are relative to it, with `/`. */
export interface Listing {
  /** Sorted by path; sizes in bytes. */
  readonly files: readonly { readonly file: string; readonly size: number }[];
  /** Folders that tools make and nobody writes by hand, which were not looked into. */
  readonly skippedFolders: readonly string[];
  /** Symbolic links, devices and pipes: nothing is followed, so no loop is walked. */
  readonly notFollowed: number;
  /** Whether a limit ended the walk before everything was seen. */
  readonly isCut: boolean;
}

/** Folders of tools: their own state, what they installed, and the reports of this one. */
const toolFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  '.landscape',
  'landscape-report',
  'node_modules',
  'bower_components',
  '.venv',
  'venv',
  '__pycache__',
  '.gradle',
  '.terraform',
  '.idea',
  '.vscode',
]);

/** Lists a folder level by level, so that a limit leaves out what lies deepest. Only reads. */
export function listBounded(disk: Disk, root: string, limits: ListLimits): Listing {
  const files: { file: string; size: number }[] = [];
  const skippedFolders: string[] = [];
  let notFollowed = 0;
  let isCut = false;
  let level = [''];
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const names = [...disk.list(folder === '' ? root : `${root}/${folder}`)].sort(compareText);
      for (const name of names) {
        const file = folder === '' ? name : `${folder}/${name}`;
        const found = disk.look(`${root}/${file}`);
        if (!found) notFollowed++;
        else if (found.kind === 'folder') {
          if (toolFolders.has(name)) skippedFolders.push(file);
          else if (depth < limits.depth) next.push(file);
          else isCut = true;
        } else if (files.length < limits.files) files.push({ file, size: found.size });
        else isCut = true;
      }
      if (files.length >= limits.files && isCut) break;
    }
    level = files.length >= limits.files && isCut ? [] : next;
  }
  files.sort((a, b) => compareText(a.file, b.file));
  return { files, skippedFolders, notFollowed, isCut };
}
