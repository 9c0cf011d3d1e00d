import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sortBy } from '../order.ts';
import type { Disk } from './disk.ts';
import { type Walk, walkCommits } from './git-commits.ts';
import { findGitFolder, type GitFolder, type Head, readHead, readShallow } from './git-folder.ts';
import { type ObjectStore, openObjects } from './git-objects.ts';
import { isBot, openPeople, readMailmap } from './git-people.ts';
import { listChanges, toWanted } from './git-tree.ts';

/** Who changed a file, as far as its repository tells. */
export interface Authors {
  /** Different people, programs left out. */
  readonly count: number;
  /** The name of the one whose change is the newest. */
  readonly last: string;
  /** The day of that change, `YYYY-MM-DD`. */
  readonly lastOn: string;
}

/** What repositories say about files. */
export interface History {
  /** By file; without an entry nothing is known. */
  readonly authors: ReadonlyMap<string, Authors>;
  /** What could not be read, by the `.git` that it is in. */
  readonly flaws: readonly { readonly file: string; readonly reason: string }[];
}

/** A count, never a time: the same repository gives the same answer on every machine. */
const limits = { commits: 5_000, waiting: 20_000 };
const maxMailmapBytes = 4 * 1024 * 1024;
/** Commits between two moments in which others may run. */
const atOnce = 100;

/**
 * Reads who changed files, from the history of the checkouts they are in. Nothing is run, and
 * neither configuration nor hooks, filters, replacements or objects of other repositories are used.
 * @param root the folder that files are relative to; a repository around it is not read unless `above`
 * @param from where the history of one work tree begins, in place of what is checked out
 */
export async function readHistory(
  disk: Disk,
  root: string,
  files: readonly string[],
  above: boolean,
  from?: { readonly workTree: string; readonly commit: string },
): Promise<History> {
  const authors = new Map<string, Authors>();
  const flaws: { file: string; reason: string }[] = [];
  for (const [workTree, { folder, paths }] of findWorkTrees(disk, root, files, above)) {
    const file = path.relative(root, path.join(workTree, '.git')).split(path.sep).join('/');
    const report = (reason: string) => flaws.push({ file, reason: `history: ${reason}` });
    if (typeof folder === 'string') report(folder);
    else {
      const start = from?.workTree === workTree ? from.commit : undefined;
      await readWorkTree(disk, workTree, folder, paths, authors, report, start);
    }
  }
  return { authors, flaws };
}

interface WorkTree {
  readonly folder: GitFolder | string;
  /** Path in the repository → path as it was asked for. */
  readonly paths: Map<string, string>;
}

/** The nearest work tree around each file. */
function findWorkTrees(
  disk: Disk,
  root: string,
  files: readonly string[],
  above: boolean,
): [string, WorkTree][] {
  const nearest = new Map<string, string | undefined>();
  const trees = new Map<string, WorkTree>();
  const find = (folder: string): string | undefined => {
    if (nearest.has(folder)) return nearest.get(folder);
    const found = findGitFolder(disk, folder);
    if (found) trees.set(folder, { folder: found, paths: new Map() });
    const parent = path.dirname(folder);
    const isEnd = folder === parent || (!above && folder === root);
    const result = found ? folder : isEnd ? undefined : find(parent);
    nearest.set(folder, result);
    return result;
  };
  for (const file of files) {
    const absolute = path.resolve(root, file);
    if (!above && !absolute.startsWith(path.join(root, path.sep))) continue;
    const tree = find(path.dirname(absolute));
    if (tree === undefined) continue;
    trees.get(tree)?.paths.set(path.relative(tree, absolute).split(path.sep).join('/'), file);
  }
  return sortBy(trees, ([folder]) => folder).filter(([, { paths }]) => paths.size > 0);
}

async function readWorkTree(
  disk: Disk,
  workTree: string,
  folder: GitFolder,
  paths: ReadonlyMap<string, string>,
  authors: Map<string, Authors>,
  report: (reason: string) => void,
  start: string | undefined,
): Promise<void> {
  const head: Head = start === undefined ? readHead(disk, folder) : { kind: 'commit', id: start };
  if (head.kind === 'unreadable') report(head.reason);
  if (head.kind !== 'commit') return;
  if (disk.look(path.join(folder.shared, 'objects', 'info', 'alternates')))
    report('objects that it borrows from another repository are not read');
  const edge = readShallow(disk, folder);
  const store = openObjects(disk, path.join(folder.shared, 'objects'), head.id.length / 2);
  try {
    const walk = walkCommits(store, head.id, edge, limits);
    const missing = await collectAuthors(
      walk,
      store,
      edge,
      paths,
      readMap(disk, workTree),
      authors,
    );
    if (missing > 0) report(`commits or folders that are missing or broken: ${missing}`);
    if (edge.size > 0) report('the clone is shallow, so who made older changes is not known');
    if (walk.isCut()) report(`only the newest 5,000 commits are read`);
    for (const flaw of store.flaws) report(flaw);
  } finally {
    store.close();
  }
}

/** @returns how many commits could not be read or compared */
async function collectAuthors(
  walk: Walk,
  store: ObjectStore,
  edge: ReadonlySet<string>,
  paths: ReadonlyMap<string, string>,
  toProper: ReturnType<typeof readMailmap>,
  authors: Map<string, Authors>,
): Promise<number> {
  const wanted = toWanted(paths);
  const people = openPeople();
  const changes = new Map<string, { last: number; lastOn: string; who: Set<number> }>();
  let [missing, count] = [0, 0];
  for (const commit of walk.commits) {
    if (++count % atOnce === 0) await setImmediate();
    const [parent] = commit.parents;
    missing += edge.has(commit.id) ? 0 : commit.parents.filter((id) => !walk.read(id)).length;
    const author = toProper(commit.author);
    // Who merges has not written what is merged, and what a clone begins with is of many people.
    if (commit.parents.length > 1 || edge.has(commit.id) || isBot(author)) continue;
    const before = parent === undefined ? undefined : walk.read(parent);
    if (parent !== undefined && !before) continue;
    const who = people.add(author);
    const isWhole = listChanges(
      before?.tree,
      commit.tree,
      wanted,
      commit.id.length / 2,
      store.tree,
      (file) => {
        const known = changes.get(file);
        if (known) known.who.add(who);
        else changes.set(file, { last: who, lastOn: commit.authoredOn, who: new Set([who]) });
      },
    );
    if (!isWhole) missing++;
  }
  if (count === 0) missing++;
  for (const [file, { last, lastOn, who }] of changes) {
    const persons = new Set([...who].map((index) => people.personOf(index)));
    authors.set(file, { count: persons.size, last: people.nameOf(last), lastOn });
  }
  return missing;
}

/** The `.mailmap` of the checkout, which says which signatures are one person. */
function readMap(disk: Disk, workTree: string): ReturnType<typeof readMailmap> {
  const bytes = disk.read(path.join(workTree, '.mailmap'), maxMailmapBytes);
  return readMailmap(bytes ? Buffer.from(bytes).toString('utf8') : '');
}
