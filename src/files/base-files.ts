import { createHash } from 'node:crypto';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { type Files, memoryFiles } from '../files.ts';
import { compareText } from '../order.ts';
import { missing } from './explain.ts';
import { findContent, type Repository } from './git-blobs.ts';
import type { GitFolders } from './git-folders.ts';
import { leftOut, readPattern } from './pattern.ts';
import { standardInput } from './standard-input.ts';

/** What was read that no commit holds, so that one can tell later whether it is still the same. */
export interface Outside {
  /** By pattern, the files outside of the commit that it names. */
  readonly patterns: Readonly<Record<string, readonly string[]>>;
  /** By file its SHA-256, empty where there was none. */
  readonly files: Readonly<Record<string, string>>;
}

/** The files of a commit, with those on disk that git does not keep. */
export interface BaseFiles extends Files {
  /** All that was read from disk so far. */
  outside(): Promise<Outside>;
  /** Whether all of this would be read again as it was. */
  isSame(outside: Outside): Promise<boolean>;
}

/** Where the files of a commit lie, and what stands beside them. */
export interface BaseRoot {
  readonly repository: Repository;
  /** The folder that is checked out, absolute, and the folder of the landscape in it. */
  readonly workTree: string;
  readonly root: string;
  readonly base: GitFolders;
  /** What is checked out. */
  readonly head: GitFolders;
  /** The landscape's folder on disk. */
  readonly onDisk: Files;
  /** Whether a file that git does not keep is part of the change, as a new script is. */
  readonly isChange: (file: string) => boolean;
}

const mostRecent = 64;
const maxRecentBytes = 256 * 1024;

/** Names of letters and the like, none of which is a step up or says "here". */
const isPlain = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/**
 * Files as a commit has them. What is outside of the repository, in a repository inside it, or not
 * kept by git is read from disk, as the head reads it, unless it is part of the change.
 */
export function openBaseFiles(given: BaseRoot): BaseFiles {
  const { repository, workTree, root, base, head, onDisk } = given;
  const patterns = new Map<string, string[]>();
  const read = new Map<string, Promise<string>>();
  /** What was unpacked last: a file is asked for its size, then for its text. */
  const recent = new Map<string, { readonly files: Files; readonly file: string }>();
  /** Of what was unpacked: a commit does not change. */
  const digests = new Map<string, string>();
  const findNested = openNested(repository, workTree);

  const below = path.relative(workTree, path.resolve(root)).split(path.sep).join('/');
  const prefix = below === '' ? '' : `${below}/`;
  /** The path in the repository; undefined for what is outside. */
  const inside = (file: string): string | undefined => {
    // Of most files it is plain what they are called there.
    if (isPlain.test(file)) return prefix + file;
    const relative = path.relative(workTree, path.resolve(root, file)).split(path.sep).join('/');
    return /^\.\.(?:\/|$)/.test(relative) || path.isAbsolute(relative) ? undefined : relative;
  };
  const isOnDisk = (file: string): boolean => {
    const place = inside(file);
    if (file === standardInput || place === undefined) return true;
    const entry = base.follow(place);
    if (entry === 'outside') return true;
    if (entry?.kind === 'file' || entry?.kind === 'folder' || head.at(place)) return false;
    const nested = findNested(path.posix.dirname(place));
    // A submodule that the change adds is part of it.
    if (nested !== undefined) return !head.at(nested) || base.at(nested) !== undefined;
    return !given.isChange(file);
  };
  /** Where a file is read from; what is on disk is noted. */
  const open = (file: string): { readonly files: Files; readonly file: string } => {
    if (isOnDisk(file)) {
      if (!read.has(file) && file !== standardInput) read.set(file, digestOf(onDisk, file));
      return { files: onDisk, file };
    }
    const place = inside(file) ?? '';
    const entry = base.follow(place);
    if (entry === undefined || entry === 'outside' || entry.kind !== 'file') throw missing(file);
    const before = recent.get(file);
    if (before) return before;
    const content = findContent(repository, entry.id, file, path.join(workTree, place));
    if (content.kind === 'disk') return { files: onDisk, file: content.path };
    const opened = { files: memoryFiles({ [file]: content.bytes }), file };
    if (content.bytes.length <= maxRecentBytes) {
      digests.set(file, createHash('sha256').update(content.bytes).digest('hex'));
      const [oldest] = recent.size < mostRecent ? [] : recent.keys();
      if (oldest !== undefined) recent.delete(oldest);
      recent.set(file, opened);
    }
    return opened;
  };
  const listOnDisk = async (pattern: string): Promise<string[]> => {
    try {
      return (await onDisk.find(pattern)).filter(isOnDisk);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return [];
    }
  };
  return {
    async find(pattern) {
      if (pattern === standardInput) return onDisk.find(pattern);
      const { base: start, isGlob, matches } = readPattern(pattern);
      const tracked = listTracked(start, inside(start), given).filter(
        (file) => !isGlob || matches(file),
      );
      const beside = await listOnDisk(pattern);
      patterns.set(pattern, beside);
      if (tracked.length + beside.length === 0 && !isGlob) throw missing(pattern);
      return [...new Set([...tracked, ...beside])].sort(compareText);
    },
    text: async (file) => {
      const from = open(file);
      return from.files.text(from.file);
    },
    bytes: async (file) => {
      const from = open(file);
      return from.files.bytes(from.file);
    },
    async *stream(file, progress) {
      const from = open(file);
      yield* from.files.stream(from.file, progress);
    },
    openRange(file, start, end) {
      const from = open(file);
      return from.files.openRange(from.file, start, end);
    },
    packed: async (file) => {
      const from = open(file);
      return from.files.packed(from.file);
    },
    size: async (file) => {
      const from = open(file);
      return from.files.size(from.file);
    },
    digest: async (file) => {
      const known = digests.get(file);
      if (known !== undefined) return known;
      const from = open(file);
      return from.files.digest(from.file);
    },
    history: async (files, above) => {
      const { readHistory } = await import('./git-history.ts');
      return readHistory(repository.disk, root, files, above, {
        workTree,
        commit: repository.commit,
      });
    },
    async outside() {
      const files: [string, string][] = [];
      for (const [file, digest] of read) files.push([file, await digest]);
      return { patterns: Object.fromEntries(patterns), files: Object.fromEntries(files) };
    },
    async isSame(before) {
      for (const [file, digest] of Object.entries(before.files))
        if (!isOnDisk(file) || (await digestOf(onDisk, file)) !== digest) return false;
      for (const [pattern, files] of Object.entries(before.patterns)) {
        const now = await listOnDisk(pattern);
        if (now.length !== files.length || now.some((file, at) => file !== files[at])) return false;
      }
      return true;
    },
  };
}

/** The files of the commit at or below where a pattern begins, named as the pattern names them. */
function listTracked(
  start: string,
  place: string | undefined,
  { base, workTree, root }: BaseRoot,
): string[] {
  // A pattern may begin above the repository.
  const below = place === undefined ? path.relative(path.resolve(root, start), workTree) : '';
  if (below.startsWith('..') || path.isAbsolute(below)) return [];
  const entry = base.follow(place ?? '');
  if (entry === undefined || entry === 'outside') return [];
  if (entry.kind === 'file') return [start];
  if (entry.kind !== 'folder') return [];
  const prefix = [start, below.split(path.sep).join('/')]
    .filter((part) => part !== '' && part !== '.')
    .map((part) => `${part}/`)
    .join('');
  return base.list(entry.id, leftOut).map((file) => prefix + file);
}

/** Finds the repository inside the work tree that a folder is part of. */
function openNested(
  { disk }: Repository,
  workTree: string,
): (folder: string) => string | undefined {
  const known = new Map<string, string | undefined>([
    ['.', undefined],
    ['', undefined],
  ]);
  const find = (folder: string): string | undefined => {
    if (known.has(folder)) return known.get(folder);
    const above = find(path.posix.dirname(folder));
    const isOne = above === undefined && disk.look(path.join(workTree, folder, '.git'));
    const found = isOne ? folder : above;
    known.set(folder, found);
    return found;
  };
  return find;
}

async function digestOf(files: Files, file: string): Promise<string> {
  try {
    await files.size(file);
    return await files.digest(file);
  } catch {
    return '';
  }
}
