import { compareText } from '../order.ts';
import { type Commit, parseCommit } from './git-commits.ts';
import type { ObjectStore } from './git-objects.ts';

/** What two commits have in common, or why nobody can tell. */
export type MergeBase =
  | { readonly kind: 'found'; readonly commit: Commit }
  /** They have nothing in common, as far as the clone goes back. */
  | { readonly kind: 'none'; readonly isShallow: boolean }
  /** A commit on the way is missing or broken. */
  | { readonly kind: 'broken'; readonly id: string }
  | { readonly kind: 'too-long' };

/** More history than any repository has: that of Linux has a million commits. */
const maxCommits = 5_000_000;

/** Who descends from a commit, as bits. */
const left = 1;
const right = 2;
const stale = 4;

interface Walked {
  readonly commit: Commit;
  marks: number;
}

/**
 * The newest commit that two commits descend from, and that no other such commit descends from. This
 * is the walk of `git merge-base`: from both at once, the newest commit first.
 * @param edge commits whose parents are not in this clone
 */
export function findMergeBase(
  store: ObjectStore,
  one: string,
  other: string,
  edge: ReadonlySet<string>,
): MergeBase {
  const known = new Map<string, Walked>();
  const queue = openQueue();
  const broken: string[] = [];
  const mark = (id: string, marks: number): void => {
    const before = known.get(id);
    if (before && (before.marks & marks) === marks) return;
    const commit = before?.commit ?? read(store, id);
    if (!commit) {
      broken.push(id);
      return;
    }
    const walked = before ?? { commit, marks: 0 };
    walked.marks |= marks;
    known.set(id, walked);
    queue.push(walked);
  };
  mark(one, left);
  mark(other, right);
  const common = new Set<Walked>();
  for (let count = 0; queue.isOpen() && broken.length === 0; count++) {
    if (count > maxCommits) return { kind: 'too-long' };
    const walked = queue.pop();
    let { marks } = walked;
    if ((marks & (left | right)) === (left | right)) {
      if (!(marks & stale)) common.add(walked);
      marks |= stale;
    }
    if (edge.has(walked.commit.id)) continue;
    for (const parent of walked.commit.parents) mark(parent, marks);
  }
  const [id] = broken;
  if (id !== undefined) return { kind: 'broken', id };
  const best = [...common].filter(({ marks }) => !(marks & stale)).map(({ commit }) => commit);
  const [first] = dropAncestors(store, best, edge).sort(
    (a, b) => b.committedAt - a.committedAt || compareText(a.id, b.id),
  );
  return first ? { kind: 'found', commit: first } : { kind: 'none', isShallow: edge.size > 0 };
}

/** Clocks that go wrong let the walk find a commit and one it descends from. */
function dropAncestors(
  store: ObjectStore,
  commits: readonly Commit[],
  edge: ReadonlySet<string>,
): Commit[] {
  if (commits.length < 2) return [...commits];
  const above = new Set<string>();
  for (const { id } of commits) {
    const seen = new Set([id]);
    const waiting = [id];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next !== id) above.add(next);
      if (edge.has(next) || seen.size > maxCommits) continue;
      for (const parent of read(store, next)?.parents ?? []) {
        if (seen.has(parent)) continue;
        seen.add(parent);
        waiting.push(parent);
      }
    }
  }
  return commits.filter(({ id }) => !above.has(id));
}

function read(store: ObjectStore, id: string): Commit | undefined {
  const bytes = store.commit(id);
  return bytes && parseCommit(id, bytes);
}

/** The newest commit first; open as long as one is waiting that may still tell something. */
function openQueue() {
  const heap: Walked[] = [];
  let open = 0;
  /** How each was counted when it came in: marks are added while it waits. */
  const waiting = new Map<Walked, number>();
  const isNewer = (a: number, b: number): boolean => {
    const [one, other] = [heap[a] as Walked, heap[b] as Walked];
    return one.commit.committedAt > other.commit.committedAt;
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as Walked, heap[a] as Walked];
  };
  return {
    isOpen: (): boolean => open > 0,
    push(walked: Walked): void {
      const counted = walked.marks & stale ? 0 : 1;
      const before = waiting.get(walked);
      waiting.set(walked, counted);
      open += counted - (before ?? 0);
      if (before !== undefined) return;
      let at = heap.push(walked) - 1;
      for (let up = (at - 1) >> 1; at > 0 && isNewer(at, up); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop(): Walked {
      const first = heap[0] as Walked;
      const last = heap.pop() as Walked;
      if (heap.length > 0) heap[0] = last;
      open -= waiting.get(first) ?? 0;
      waiting.delete(first);
      for (let at = 0; ; ) {
        let best = at;
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < heap.length && isNewer(child, best)) best = child;
        if (best === at) return first;
        swap(at, best);
        at = best;
      }
    },
  };
}
