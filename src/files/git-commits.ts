import { compareText } from '../order.ts';
import type { ObjectStore } from './git-objects.ts';
import type { Signature } from './git-people.ts';

/** What history needs of a commit. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  /** The day on the author's own clock, `YYYY-MM-DD`, as `git log --date=short` shows it. */
  readonly authoredOn: string;
  /** When it was committed, in seconds since 1970. */
  readonly committedAt: number;
}

/** Reads a commit. Undefined where it is broken. */
export function parseCommit(id: string, bytes: Uint8Array): Commit | undefined {
  const end = bytes.findIndex((byte, at) => byte === 10 && bytes[at + 1] === 10);
  const head = decode(bytes.subarray(0, end < 0 ? bytes.length : end));
  let [tree, author, committer] = ['', '', ''];
  const parents: string[] = [];
  for (const line of head.split('\n')) {
    const space = line.indexOf(' ');
    const value = line.slice(space + 1);
    switch (line.slice(0, space)) {
      case 'tree':
        tree ||= value;
        break;
      case 'parent':
        parents.push(value);
        break;
      case 'author':
        author ||= value;
        break;
      case 'committer':
        committer ||= value;
        break;
    }
  }
  const signed = /^([^<>]{0,999})<([^<>]{0,999})>(.{0,40})$/.exec(author);
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(tree) || !signed) return undefined;
  const [, name = '', mail = '', time = ''] = signed;
  const committed = Number(/> (\d{1,12}) [+-]\d{4}$/.exec(committer)?.[1] ?? Number.NaN);
  const authoredOn = toDay(time);
  if (Number.isNaN(committed) || authoredOn === undefined) return undefined;
  const parentIds = parents.filter(
    (parent) => /^[0-9a-f]+$/.test(parent) && parent.length === id.length,
  );
  return {
    id,
    tree,
    parents: parentIds,
    author: { name: name.trim(), mail: mail.trim() },
    authoredOn,
    committedAt: committed,
  };
}

/** `1700000000 +0130` → the day there. */
function toDay(time: string): string | undefined {
  const match = /^ (\d{1,12}) ([+-])(\d\d)(\d\d)$/.exec(time);
  if (!match) return undefined;
  const offset = (Number(match[3]) * 60 + Number(match[4])) * (match[2] === '-' ? -60 : 60);
  const date = new Date((Number(match[1]) + offset) * 1000);
  return date.getUTCFullYear() > 9999 ? undefined : date.toISOString().slice(0, 10);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** How far a walk goes. */
export interface WalkLimits {
  /** Commits that are handed out. */
  readonly commits: number;
  /** Commits that are known of at one time: as many branches as people can keep apart. */
  readonly waiting: number;
}

/** A walk through history, the newest commit first. */
export interface Walk {
  readonly commits: Iterable<Commit>;
  read(id: string): Commit | undefined;
  /** Whether commits are left that the limits keep from being read. */
  isCut(): boolean;
}

/**
 * All commits that a commit descends from, by the time they were committed, as `git log` shows them.
 * @param edge commits whose parents are not there
 */
export function walkCommits(
  store: ObjectStore,
  head: string,
  edge: ReadonlySet<string>,
  limits: WalkLimits,
): Walk {
  const known = new Map<string, Commit | undefined>();
  let isCut = false;
  const read = (id: string): Commit | undefined => {
    if (!known.has(id)) {
      const bytes = store.commit(id);
      known.set(id, bytes && parseCommit(id, bytes));
    }
    return known.get(id);
  };
  function* walk(): Iterable<Commit> {
    const seen = new Set([head]);
    const first = read(head);
    const waiting = first ? [first] : [];
    for (let count = 0; waiting.length > 0; count++) {
      if (count >= limits.commits) {
        isCut = true;
        return;
      }
      const commit = waiting.pop() as Commit;
      yield commit;
      for (const id of edge.has(commit.id) ? [] : commit.parents) {
        if (seen.has(id)) continue;
        if (waiting.length >= limits.waiting) {
          isCut = true;
          break;
        }
        seen.add(id);
        const parent = read(id);
        if (parent) insert(waiting, parent);
      }
    }
  }
  return {
    commits: { [Symbol.iterator]: () => walk()[Symbol.iterator]() },
    read,
    isCut: () => isCut,
  };
}

/** Keeps the newest last; of one second, that with the smaller id. */
function insert(waiting: Commit[], commit: Commit): void {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = waiting[middle] as Commit;
    const isBefore =
      other.committedAt < commit.committedAt ||
      (other.committedAt === commit.committedAt && compareText(other.id, commit.id) > 0);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, commit);
}
