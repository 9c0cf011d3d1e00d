/** Sets of nodes as bits, 32 a word, in the order in which the nodes were given. */
export interface ReachSets {
  /** The nodes that some nodes reach, these themselves too; added to a set where one is given. */
  readonly collect: (starts: Iterable<string>, into?: Uint32Array) => Uint32Array;
}

/**
 * Finds which nodes each node reaches over any number of steps. Takes steps × nodes / 32 operations and
 * nodes² / 8 bytes at most; nodes of one cyclic group share their set.
 * @param next the nodes that one step leads to
 */
export function findReachSets(
  nodes: readonly string[],
  next: (node: string) => readonly string[],
): ReachSets {
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  const steps = nodes.map((node) => [
    ...new Set(next(node).flatMap((other) => numbers.get(other) ?? [])),
  ]);
  const words = Math.ceil(nodes.length / 32);
  const groupOf = new Int32Array(nodes.length).fill(-1);
  const sets: Uint32Array[] = [];
  // Groups come after those that they lead to, so whatever they lead to is known.
  for (const group of findGroups(steps)) {
    const set = new Uint32Array(words);
    for (const node of group) {
      groupOf[node] = sets.length;
      addBit(set, node);
    }
    const after = new Set(group.flatMap((node) => steps[node] ?? []).map((node) => groupOf[node]));
    for (const other of after)
      if (other !== undefined && other !== sets.length) addAll(set, sets[other]);
    sets.push(set);
  }
  return {
    collect: (starts, into = new Uint32Array(words)) => {
      const groups = new Set<number>();
      for (const start of starts) {
        const number = numbers.get(start);
        if (number !== undefined) groups.add(groupOf[number] ?? -1);
      }
      for (const group of groups) addAll(into, sets[group]);
      return into;
    },
  };
}

/** How many of some nodes are in a set, both as bits. */
export function countCommon(set: Uint32Array, mask: Uint32Array): number {
  let count = 0;
  for (let word = 0; word < set.length; word++)
    for (let rest = (set[word] ?? 0) & (mask[word] ?? 0); rest !== 0; rest &= rest - 1) count++;
  return count;
}

function addAll(set: Uint32Array, other: Uint32Array | undefined): void {
  if (!other) return;
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (other[word] ?? 0);
}

/** Adds one node, by its number, to a set. */
export function addBit(set: Uint32Array, number: number): void {
  set[number >>> 5] = (set[number >>> 5] ?? 0) | (1 << (number & 31));
}

/** Strongly connected components, each after those that it leads to (Tarjan 1972), without recursion. */
function findGroups(steps: readonly (readonly number[])[]): number[][] {
  const groups: number[][] = [];
  const orders = new Int32Array(steps.length).fill(-1);
  const lowest = new Int32Array(steps.length);
  const position = new Int32Array(steps.length);
  const isOpen = new Uint8Array(steps.length);
  const open: number[] = [];
  let found = 0;
  const enter = (node: number, way: number[]): void => {
    orders[node] = found;
    lowest[node] = found++;
    isOpen[node] = 1;
    open.push(node);
    way.push(node);
  };
  for (let root = 0; root < steps.length; root++) {
    if (orders[root] !== -1) continue;
    const way: number[] = [];
    enter(root, way);
    for (let node = way.at(-1); node !== undefined; node = way.at(-1)) {
      const other = steps[node]?.[position[node] ?? 0];
      position[node] = (position[node] ?? 0) + 1;
      if (other === undefined) {
        way.pop();
        const parent = way.at(-1);
        if (parent !== undefined) lower(lowest, parent, lowest[node] ?? 0);
        if (lowest[node] === orders[node]) groups.push(close(open, isOpen, node));
      } else if (orders[other] === -1) enter(other, way);
      else if (isOpen[other] === 1) lower(lowest, node, orders[other] ?? 0);
    }
  }
  return groups;
}

function lower(lowest: Int32Array, node: number, value: number): void {
  lowest[node] = Math.min(lowest[node] ?? 0, value);
}

function close(open: number[], isOpen: Uint8Array, last: number): number[] {
  const group = open.splice(open.lastIndexOf(last));
  for (const node of group) isOpen[node] = 0;
  return group;
}
