import path from 'node:path';
import type { Disk } from './disk.ts';

/** Where git keeps what belongs to one work tree. */
export interface GitFolder {
  /** Of the work tree alone: HEAD. */
  readonly own: string;
  /** Of all work trees of the repository: objects, branches. */
  readonly shared: string;
}

const maxSmallBytes = 64 * 1024;
const maxRefsBytes = 64 * 1024 * 1024;
const maxRefSteps = 5;

/**
 * The git folder of a work tree: `.git` itself, or where a file `.git` points to, if that place
 * points back. Without this proof a foreign checkout could have any repository of the machine read.
 * @returns undefined where the folder is no work tree, or the reason why its git folder is not read
 */
export function findGitFolder(disk: Disk, workTree: string): GitFolder | string | undefined {
  const dotGit = path.join(workTree, '.git');
  const found = disk.look(dotGit);
  if (found?.kind === 'folder')
    return disk.look(path.join(dotGit, 'HEAD')) ? { own: dotGit, shared: dotGit } : undefined;
  if (!found) return undefined;
  const text = readText(disk, dotGit);
  const target = text && /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  if (!target) return 'the file is not understood';
  // On Windows such a path would open a connection to the machine it names.
  if (/^[\\/]{2}/.test(target)) return 'the file points to another machine';
  const own = path.resolve(workTree, target);
  return (
    findLinkedFolder(disk, dotGit, own) ??
    findModuleFolder(disk, workTree, own) ??
    'the folder that the file points to is missing, or does not point back'
  );
}

/** Of `git worktree add`: the folder names the file that points to it. */
function findLinkedFolder(disk: Disk, dotGit: string, own: string): GitFolder | undefined {
  const back = readText(disk, path.join(own, 'gitdir'))?.trim();
  if (!back || /^[\\/]{2}/.test(back)) return undefined;
  const real = disk.real(path.resolve(own, back));
  if (real === undefined || real !== disk.real(dotGit)) return undefined;
  if (path.basename(path.dirname(own)) !== 'worktrees') return undefined;
  return { own, shared: path.dirname(path.dirname(own)) };
}

/** Of a submodule: the folder lies in the git folder of a repository around it. */
function findModuleFolder(disk: Disk, workTree: string, own: string): GitFolder | undefined {
  for (let folder = path.dirname(workTree); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, '.git', 'modules') + path.sep;
    if (own.startsWith(modules) && disk.look(path.join(own, 'HEAD'))?.kind === 'file')
      return { own, shared: own };
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** What HEAD comes down to. */
export type Head =
  | { readonly kind: 'commit'; readonly id: string }
  | { readonly kind: 'unborn' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The commit that is checked out. Configuration is never read. */
export function readHead(disk: Disk, folder: GitFolder): Head {
  return follow(disk, folder, readText(disk, path.join(folder.own, 'HEAD'))?.trim());
}

/** What a full name such as `refs/heads/main` or `FETCH_HEAD` stands for; undefined where it is none. */
export function readRef(disk: Disk, folder: GitFolder, name: string): string | undefined {
  if (!isRefName(name) || name.startsWith('/') || !/^(?:refs\/.|[A-Z_]+$)/.test(name))
    return undefined;
  const text = readText(disk, path.join(folder.own, name)) ?? readRefText(disk, folder, name);
  // What was fetched is listed line by line, with where it comes from.
  const found = follow(disk, folder, text?.split(/[\t\n]/, 1)[0]?.trim());
  return found.kind === 'commit' ? found.id : undefined;
}

function follow(disk: Disk, folder: GitFolder, start: string | undefined): Head {
  let text = start;
  for (let step = 0; step < maxRefSteps; step++) {
    if (text === undefined) return { kind: 'unborn' };
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return { kind: 'commit', id: text };
    const name = /^ref: *(refs\/\S+)$/.exec(text)?.[1];
    if (disk.look(path.join(folder.shared, 'reftable')))
      return { kind: 'unreadable', reason: 'its branches are kept as a reftable' };
    if (!name || !isRefName(name)) return { kind: 'unreadable', reason: 'HEAD is not understood' };
    text = readText(disk, path.join(folder.own, name))?.trim() ?? readRefText(disk, folder, name);
  }
  return { kind: 'unreadable', reason: 'HEAD is not understood' };
}

function readRefText(disk: Disk, folder: GitFolder, name: string): string | undefined {
  return (
    readText(disk, path.join(folder.shared, name))?.trim() ?? findPackedRef(disk, folder, name)
  );
}

/** The rules of git-check-ref-format that keep a name below its folder. */
function isRefName(name: string): boolean {
  return name.length < 1024 && !name.includes('..') && !/[\\:*?[~^\p{Cc}]|\/\/|\/\./u.test(name);
}

function findPackedRef(disk: Disk, folder: GitFolder, name: string): string | undefined {
  const bytes = disk.read(path.join(folder.shared, 'packed-refs'), maxRefsBytes);
  if (!bytes) return undefined;
  const text = `${Buffer.from(bytes).toString('utf8')}\n`;
  const at = text.indexOf(` ${name}\n`);
  if (at < 0) return undefined;
  return text.slice(text.lastIndexOf('\n', at) + 1, at);
}

/** The commits that a shallow clone ends at: their parents are not there. */
export function readShallow(disk: Disk, folder: GitFolder): ReadonlySet<string> {
  const bytes = disk.read(path.join(folder.shared, 'shallow'), maxRefsBytes);
  return new Set(bytes ? Buffer.from(bytes).toString('latin1').split('\n').filter(Boolean) : []);
}

function readText(disk: Disk, file: string): string | undefined {
  const bytes = disk.read(file, maxSmallBytes);
  return bytes && Buffer.from(bytes).toString('utf8');
}
