import path from 'node:path';
import { didYouMean, UsageError } from '../errors.ts';
import type { Disk } from './disk.ts';
import { parseCommit } from './git-commits.ts';
import { type GitFolder, readHead, readRef } from './git-folder.ts';
import type { ObjectStore } from './git-objects.ts';
import { listRefs } from './git-ref-names.ts';

/** Where a short name is looked for, the first that has it: https://git-scm.com/docs/gitrevisions. */
const places = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'] as const;
const maxSteps = 100_000;
const maxTags = 10;

/**
 * The commit that a revision names: a branch, tag or id, full or short, and steps back from it such
 * as `HEAD~2` or `v1^2`.
 * @throws UsageError where nothing or more than one thing has this name, with what to do
 */
export function findRevision(
  disk: Disk,
  folder: GitFolder,
  store: ObjectStore,
  revision: string,
): string {
  const [, name = '', steps = ''] =
    /^([^~^]{1,1000}?)((?:~\d{0,9}|\^\d{0,9}|\^\{(?:commit)?\}){0,100})$/.exec(revision) ?? [];
  if (name === '' || name.includes('@{') || name.includes(':'))
    throw new UsageError(
      `--since "${revision}": is not understood; write a branch, a tag or a commit, for example origin/main, v1.2 or HEAD~2.`,
    );
  let id = peel(store, findName(disk, folder, store, name), revision);
  for (const [step, , number] of steps.matchAll(/([~^])(\d*)(?:\{(?:commit)?\})?/g)) {
    if (step.includes('{')) continue;
    const count = number === '' ? 1 : Number(number);
    if (step.startsWith('^') && count > 0) id = goBack(disk, store, folder, id, count, revision);
    if (step.startsWith('~'))
      for (let each = 0; each < Math.min(count, maxSteps); each++)
        id = goBack(disk, store, folder, id, 1, revision);
  }
  return id;
}

/** The id that a name stands for: of a branch or tag before that of an object. */
function findName(disk: Disk, folder: GitFolder, store: ObjectStore, name: string): string {
  if (name === '@' || name === 'HEAD') {
    const head = readHead(disk, folder);
    if (head.kind === 'commit') return head.id;
    throw new UsageError(
      `--since ${name}: ${head.kind === 'unborn' ? 'nothing is committed yet' : head.reason}; commit first, or name an audit with --base-audit.`,
    );
  }
  if (disk.look(path.join(folder.shared, 'reftable')))
    throw new UsageError(
      `--since ${name}: the branches of this repository are kept as a reftable, which is not read; name the commit (git rev-parse ${name}), or an audit with --base-audit.`,
    );
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name)) return findShort(store, name);
  for (const place of places) {
    const id = readRef(disk, folder, `${place}${name}`);
    if (id !== undefined) return id;
  }
  const remote = readRef(disk, folder, `refs/remotes/${name}/HEAD`);
  if (remote !== undefined) return remote;
  if (/^[0-9a-f]{4,64}$/i.test(name)) return findShort(store, name.toLowerCase());
  throw new UsageError(
    `--since ${name}: no branch, tag or commit here has this name.${didYouMean(name, listRefs(disk, folder))} If it is on the server alone, run: ${toFetch(name)}`,
  );
}

/** How git gets a branch that is not here. */
function toFetch(name: string): string {
  const [, remote = 'origin', branch = name] = /^(origin|upstream)\/(.+)$/.exec(name) ?? [];
  return `git fetch ${remote} ${branch}:refs/remotes/${remote}/${branch}, then --since ${remote}/${branch}`;
}

/** The one commit, or tag of one, that an abbreviated id can stand for. */
function findShort(store: ObjectStore, digits: string): string {
  const commits = store
    .begin(digits)
    .filter((id) => store.commit(id) !== undefined || store.tag(id) !== undefined);
  const [only, other] = commits;
  if (only !== undefined && other === undefined) return only;
  throw new UsageError(
    only === undefined
      ? `--since ${digits}: this repository has no such commit; if it is on the server alone, run: git fetch origin ${digits.length >= 40 ? digits : '<the full id>'}`
      : `--since ${digits}: stands for ${commits.length} commits; write more digits, for example ${only.slice(0, 12)}.`,
  );
}

/** The commit that an annotated tag is of. */
function peel(store: ObjectStore, start: string, revision: string): string {
  let id = start;
  for (let count = 0; count < maxTags; count++) {
    if (store.commit(id) !== undefined) return id;
    const tag = store.tag(id);
    const next =
      tag &&
      /^object ([0-9a-f]{40,64})\n/.exec(Buffer.from(tag.subarray(0, 80)).toString('latin1'));
    if (!next?.[1]) break;
    id = next[1];
  }
  throw new UsageError(
    `--since ${revision}: ${id.slice(0, 12)} is no commit that can be read here; run "git fsck" to see whether it is broken, or fetch it: git fetch origin ${id}`,
  );
}

function goBack(
  disk: Disk,
  store: ObjectStore,
  folder: GitFolder,
  id: string,
  parent: number,
  revision: string,
): string {
  const bytes = store.commit(id);
  const parents = (bytes && parseCommit(id, bytes)?.parents) ?? [];
  const found = parents[parent - 1];
  if (found !== undefined && store.commit(found) !== undefined) return found;
  const isCut = found !== undefined && disk.look(path.join(folder.shared, 'shallow')) !== undefined;
  throw new UsageError(
    `--since ${revision}: ${id.slice(0, 12)} has ${found === undefined ? `no parent number ${parent}` : 'a parent that is not here'}; ${
      isCut ? 'the clone is shallow, run: git fetch --deepen=1000' : 'name a newer commit.'
    }`,
  );
}
