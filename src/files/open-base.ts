import fs from 'node:fs';
import path from 'node:path';
import { InputError, UsageError } from '../errors.ts';
import { nodeFiles } from '../files.ts';
import { type BaseFiles, openBaseFiles } from './base-files.ts';
import { type Disk, openDisk } from './disk.ts';
import { type Repository, whyMissing } from './git-blobs.ts';
import type { Commit } from './git-commits.ts';
import { findGitFolder, type GitFolder, readHead, readShallow } from './git-folder.ts';
import { openFolders } from './git-folders.ts';
import { findMergeBase } from './git-merge-base.ts';
import { type ObjectStore, openObjects } from './git-objects.ts';
import { findRevision } from './git-revision.ts';

/** The version of a landscape that a change is compared with. */
export interface Base {
  /** The commit, in full. */
  readonly commit: string;
  /** How messages call it: what was asked for, and the commit in short. */
  readonly name: string;
  /** Whether git keeps a file in what is checked out, or anything below a folder. */
  hasTracked(place: string): boolean;
  /** A file as the base has it; undefined where it has none. @throws InputError where it is broken */
  textOf(file: string): Promise<string | undefined>;
  /** @param isChange whether a file that git does not keep is part of the change */
  open(isChange: (file: string) => boolean): BaseFiles;
  close(): void;
}

/**
 * Finds the commit where what is checked out parted from a revision, and opens its files from the
 * objects of git. Nothing is run, and the work tree is not touched.
 * @param folder of the landscape; all files are relative to it
 * @throws UsageError or InputError where there is no such commit, with what to run
 */
export function openBase(folder: string, revision: string): Base {
  const disk = openDisk(fs);
  const root = path.resolve(folder);
  const { workTree, git } = findWorkTree(disk, root, revision);
  const head = readHead(disk, git);
  if (head.kind !== 'commit')
    throw new UsageError(
      `--since ${revision}: ${head.kind === 'unborn' ? 'nothing is committed here yet; commit first' : `${head.reason}; check without --since`}, or name an audit with --base-audit.`,
    );
  const store = openObjects(disk, path.join(git.shared, 'objects'), head.id.length / 2);
  try {
    const asked = findRevision(disk, git, store, revision);
    const base = findCommon({ disk, git, store }, head.id, asked, revision);
    const name = `${revision} (${base.id.slice(0, 10)})`;
    const repository: Repository = { disk, folder: git, store, name, commit: base.id };
    const broken = (id: string): InputError =>
      new InputError(`--since ${name}: the folder ${id.slice(0, 10)} ${whyMissing(repository)}`);
    const bytes = store.commit(head.id);
    const headTree =
      bytes && /^tree ([0-9a-f]+)\n/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    if (!headTree) throw broken(head.id);
    const trees = {
      base: openFolders(store, base.tree, broken),
      head: openFolders(store, headTree, broken),
    };
    const onDisk = nodeFiles(root);
    const inside = (file: string): string =>
      path.relative(workTree, path.resolve(root, file)).split(path.sep).join('/');
    const open: Base['open'] = (isChange) =>
      openBaseFiles({ repository, workTree, root, ...trees, onDisk, isChange });
    return {
      commit: base.id,
      name,
      hasTracked: (place) => trees.head.at(inside(place)) !== undefined,
      textOf: async (file) => {
        if (trees.base.follow(inside(file)) === undefined) return undefined;
        return open(() => true).text(file);
      },
      open,
      close: () => store.close(),
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** The checkout that a folder lies in. */
function findWorkTree(
  disk: Disk,
  root: string,
  revision: string,
): { readonly workTree: string; readonly git: GitFolder } {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const git = findGitFolder(disk, folder);
    if (typeof git === 'string')
      throw new UsageError(
        `--since ${revision}: ${path.join(folder, '.git')} is not read: ${git}; repair the checkout, or name an audit with --base-audit.`,
      );
    if (git) return { workTree: folder, git };
    if (folder === path.dirname(folder))
      throw new UsageError(
        `--since ${revision}: ${root} is in no git repository, so nothing tells what has changed; check out the repository with its .git, or name an audit with --base-audit.`,
      );
  }
}

/** Where two commits parted. */
function findCommon(
  {
    disk,
    git,
    store,
  }: { readonly disk: Disk; readonly git: GitFolder; readonly store: ObjectStore },
  head: string,
  asked: string,
  revision: string,
): Commit {
  const found = findMergeBase(store, head, asked, readShallow(disk, git));
  if (found.kind === 'found') return found.commit;
  const say = (what: string): UsageError => new UsageError(`--since ${revision}: ${what}`);
  if (found.kind === 'broken')
    throw say(
      `the commit ${found.id.slice(0, 10)} on the way to it is missing or broken; run "git fsck", or fetch it again: git fetch --refetch origin`,
    );
  if (found.kind === 'too-long') throw say('its history is too long; name a newer commit.');
  throw say(
    found.isShallow
      ? 'the clone is too shallow to tell where the change began; run: git fetch --deepen=1000 (again until it is enough; git fetch --unshallow gets all). In GitHub Actions set fetch-depth: 0, in GitLab GIT_DEPTH: 0.'
      : 'it has no commit in common with what is checked out; name the branch that the change goes into.',
  );
}
