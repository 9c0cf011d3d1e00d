import { stronglyConnectedComponents } from 'graphology-components';
import type { SystemGraph } from '../graph.ts';

/** Who reaches whom along the arrows, over any number of steps; each node reaches itself. */
export interface Visibility {
  /** How many nodes a node reaches. */
  reaches(node: string): number;
  /** How many nodes reach a node. */
  reachedBy(node: string): number;
  /** ΣV: how many ordered pairs there are in which the first reaches the second. */
  readonly pairs: number;
}

/**
 * Finds who reaches whom: cyclic groups first, since all of a group reach the same, then sets of bits
 * handed on from group to group. Takes links × systems / 32 steps and systems² / 4 bytes.
 */
export function measureVisibility(graph: SystemGraph): Visibility {
  const groups = stronglyConnectedComponents(graph);
  const groupOf = new Map(
    groups.flatMap((nodes, group) => nodes.map((node) => [node, group] as const)),
  );
  const next = groups.map(() => new Set<number>());
  const previous = groups.map(() => new Set<number>());
  graph.forEachEdge((_edge, _attributes, from, to) => {
    const [source = 0, target = 0] = [groupOf.get(from), groupOf.get(to)];
    if (source === target) return;
    next[source]?.add(target);
    previous[target]?.add(source);
  });
  const order = sortGroups(next, previous);
  const sizes = groups.map(({ length }) => length);
  const reached = countReached(order.toReversed(), next, sizes);
  const reaching = countReached(order, previous, sizes);
  const of = (counts: Float64Array, node: string): number => counts[groupOf.get(node) ?? -1] ?? 0;
  return {
    reaches: (node) => of(reached, node),
    reachedBy: (node) => of(reaching, node),
    pairs: sizes.reduce((sum, size, group) => sum + size * (reached[group] ?? 0), 0),
  };
}

/** The groups so that each stands before those it leads to (Kahn 1962). */
function sortGroups(
  next: readonly ReadonlySet<number>[],
  previous: readonly ReadonlySet<number>[],
): number[] {
  const waiting = previous.map(({ size }) => size);
  const order = waiting.flatMap((count, group) => (count === 0 ? [group] : []));
  // The list grows while it is walked.
  for (const group of order)
    for (const follower of next[group] ?? []) {
      waiting[follower] = (waiting[follower] ?? 0) - 1;
      if (waiting[follower] === 0) order.push(follower);
    }
  return order;
}

/**
 * How many nodes each group reaches.
 * @param order each group behind all those that it leads to
 * @param next the groups that a group leads to
 */
function countReached(
  order: readonly number[],
  next: readonly ReadonlySet<number>[],
  sizes: readonly number[],
): Float64Array {
  const words = Math.ceil(sizes.length / 32);
  const bits = new Uint32Array(words * sizes.length);
  const counts = new Float64Array(sizes.length);
  for (const group of order) {
    const own = bits.subarray(group * words, (group + 1) * words);
    setBit(own, group);
    for (const follower of next[group] ?? [])
      for (let word = 0, at = follower * words; word < words; word++, at++)
        own[word] = (own[word] ?? 0) | (bits[at] ?? 0);
    let count = 0;
    for (let word = 0; word < words; word++)
      for (let rest = own[word] ?? 0; rest !== 0; rest &= rest - 1)
        count += sizes[32 * word + 31 - Math.clz32(rest & -rest)] ?? 0;
    counts[group] = count;
  }
  return counts;
}

function setBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}
