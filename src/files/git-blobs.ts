import { createHash } from 'node:crypto';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { Disk } from './disk.ts';
import type { GitFolder } from './git-folder.ts';
import type { ObjectStore } from './git-objects.ts';

/** Where the content of a file of a commit is: in git, or in a file on disk that is the same. */
export type Content =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'disk'; readonly path: string };

/** The parts of a repository that the content of a file is found by. */
export interface Repository {
  readonly disk: Disk;
  readonly folder: GitFolder;
  readonly store: ObjectStore;
  /** How the commit is called in messages, and its id. */
  readonly name: string;
  readonly commit: string;
}

const chunkBytes = 1024 * 1024;
const maxPointerBytes = 1024;
const encryptedHead = Buffer.from('\0GITCRYPT\0', 'latin1');

/**
 * The content of a file as its commit has it: neither line ends nor encoding nor keywords are
 * changed, whatever `.gitattributes` says. A large file is taken from disk where it is the same.
 * @param file its name in messages
 * @param onDisk where the checkout has it
 * @throws InputError where git does not have it, with what to do
 */
export function findContent(
  repository: Repository,
  id: string,
  file: string,
  onDisk: string,
): Content {
  const { disk, store, name } = repository;
  const bytes = store.blob(id);
  if (!bytes) {
    if (hashBlob(disk, onDisk, id.length / 2) === id) return { kind: 'disk', path: onDisk };
    throw new InputError(`${file} of ${name}: ${whyMissing(repository)}`);
  }
  if (encryptedHead.equals(bytes.subarray(0, encryptedHead.length)))
    throw new InputError(
      `${file} of ${name}: is encrypted in git; name an audit of the base with --base-audit.`,
    );
  const oid = bytes.length <= maxPointerBytes ? readPointer(bytes) : undefined;
  return oid === undefined
    ? { kind: 'bytes', bytes }
    : findLarge(repository, bytes, oid, file, onDisk);
}

/** The SHA-256 of the file that a pointer of Git LFS stands for. */
function readPointer(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return undefined;
  return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
}

/** A file that Git LFS keeps: the checkout's, if it is unchanged, else what was fetched of it. */
function findLarge(
  { disk, folder, name, commit }: Repository,
  pointer: Uint8Array,
  oid: string,
  file: string,
  onDisk: string,
): Content {
  const kept = path.join(folder.shared, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
  for (const each of [onDisk, kept])
    if (hashFile(disk, each, createHash('sha256')) === oid) return { kind: 'disk', path: each };
  // Where the checkout has pointers too, both sides are read alike.
  const beside = disk.read(onDisk, maxPointerBytes);
  if (beside && readPointer(beside) !== undefined) return { kind: 'bytes', bytes: pointer };
  throw new InputError(
    `${file} of ${name}: is kept by Git LFS and is not here; run: git lfs fetch origin ${commit}`,
  );
}

/** Why an object is not there, and what gets it. */
export function whyMissing({ disk, folder, commit }: Repository): string {
  const objects = path.join(folder.shared, 'objects');
  const isPartial = disk
    .list(path.join(objects, 'pack'))
    .some((each) => each.endsWith('.promisor'));
  if (isPartial)
    return 'the clone is partial and does not have it; run: git fetch --refetch --no-filter origin';
  if (disk.look(path.join(objects, 'info', 'alternates')))
    return 'git borrows objects from another repository here, which are not read; run: git repack -a -d && rm .git/objects/info/alternates';
  return `is missing, broken or larger than 64 MB in git; run "git fsck", or fetch it again: git fetch --refetch origin ${commit}`;
}

/** The id that git would give a file on disk, read in parts; undefined where there is none. */
function hashBlob(disk: Disk, file: string, hashBytes: number): string | undefined {
  const found = disk.look(file);
  if (found?.kind !== 'file') return undefined;
  const hash = createHash(hashBytes === 20 ? 'sha1' : 'sha256');
  return hashFile(disk, file, hash.update(`blob ${found.size}\0`));
}

function hashFile(
  disk: Disk,
  file: string,
  hash: ReturnType<typeof createHash>,
): string | undefined {
  const open = disk.open(file);
  if (!open) return undefined;
  try {
    for (let at = 0; ; ) {
      const bytes = open.read(at, chunkBytes);
      if (bytes.length === 0) return hash.digest('hex');
      hash.update(bytes);
      at += bytes.length;
    }
  } finally {
    open.close();
  }
}
