import path from 'node:path';
import type { ObjectStore } from './git-objects.ts';

/** What stands at a path of a version: a folder, a file, a symbolic link or a repository inside it. */
export interface GitEntry {
  readonly kind: 'folder' | 'file' | 'link' | 'module';
  readonly id: string;
}

/** All files of one commit, read folder by folder when they are asked for. */
export interface GitFolders {
  /** What stands at a path, `/` between its names and empty for the root. Links are not followed. */
  at(file: string): GitEntry | undefined;
  /** The same, with links followed as long as they stay inside; `outside` where one leads out. */
  follow(file: string): GitEntry | 'outside' | undefined;
  /** The files below a folder, relative to it, without the folders of some names. */
  list(id: string, leftOut: ReadonlySet<string>): string[];
}

const maxFolders = 20_000;
const maxDepth = 500;
const maxLinks = 10;

/**
 * Opens the tree of a commit.
 * @param broken makes the error for a folder that is missing or broken
 */
export function openFolders(
  store: ObjectStore,
  tree: string,
  broken: (id: string) => Error,
): GitFolders {
  const hashBytes = tree.length / 2;
  const kept = new Map<string, ReadonlyMap<string, GitEntry>>();
  const read = (id: string): ReadonlyMap<string, GitEntry> => {
    const before = kept.get(id);
    if (before) return before;
    const bytes = store.tree(id);
    const entries = bytes && parseTree(bytes, hashBytes);
    if (!entries) throw broken(id);
    if (kept.size >= maxFolders) kept.clear();
    kept.set(id, entries);
    return entries;
  };
  const root: GitEntry = { kind: 'folder', id: tree };
  const at = (file: string): GitEntry | undefined => {
    let entry: GitEntry | undefined = root;
    for (const name of file === '' ? [] : file.split('/')) {
      if (entry?.kind !== 'folder') return undefined;
      entry = read(entry.id).get(name);
    }
    return entry;
  };
  const follow = (file: string): GitEntry | 'outside' | undefined => {
    let rest = file === '' ? [] : file.split('/');
    let names: string[] = [];
    let entry: GitEntry = root;
    for (let links = 0; rest.length > 0; ) {
      const [name = ''] = rest.splice(0, 1);
      if (entry.kind !== 'folder') return undefined;
      const next = read(entry.id).get(name);
      if (!next) return undefined;
      if (next.kind !== 'link') {
        names.push(name);
        entry = next;
        continue;
      }
      const target = store.blob(next.id);
      if (!target) throw broken(next.id);
      const written = Buffer.from(target).toString('utf8');
      const led = path.posix.join('.', ...names, written);
      // On Windows a drive or another machine is named otherwise.
      if (/^(?:\/|\\|[A-Za-z]:)/.test(written) || /^\.\.(?:\/|$)/.test(led)) return 'outside';
      if (++links > maxLinks) return undefined;
      rest = [...led.split('/').filter((part) => part !== '' && part !== '.'), ...rest];
      names = [];
      entry = root;
    }
    return entry;
  };
  const list = (id: string, leftOut: ReadonlySet<string>): string[] => {
    const files: string[] = [];
    const walk = (folder: string, prefix: string, depth: number): void => {
      if (depth > maxDepth) throw broken(folder);
      for (const [name, entry] of read(folder)) {
        if (entry.kind === 'file') files.push(prefix + name);
        else if (entry.kind === 'folder' && !leftOut.has(name))
          walk(entry.id, `${prefix}${name}/`, depth + 1);
      }
    };
    walk(id, '', 0);
    return files;
  };
  return { at, follow, list };
}

const kinds: Readonly<Record<string, GitEntry['kind']>> = {
  '40000': 'folder',
  '040000': 'folder',
  '100644': 'file',
  '100664': 'file',
  '100755': 'file',
  '120000': 'link',
  '160000': 'module',
};

/** The entries of a tree by name; undefined where it is broken, or a name leads out of its folder. */
function parseTree(tree: Uint8Array, hashBytes: number): Map<string, GitEntry> | undefined {
  const bytes = Buffer.from(tree.buffer, tree.byteOffset, tree.length);
  const entries = new Map<string, GitEntry>();
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(0x20, start);
    const zero = space < 0 ? -1 : bytes.indexOf(0, space);
    const end = zero + 1 + hashBytes;
    if (zero < 0 || end > bytes.length) return undefined;
    const kind = kinds[bytes.toString('latin1', start, space)];
    const name = bytes.toString('utf8', space + 1, zero);
    if (!kind || name === '' || name === '.' || name === '..' || name.includes('/'))
      return undefined;
    entries.set(name, { kind, id: bytes.toString('hex', zero + 1, end) });
    start = end;
  }
  return entries;
}
