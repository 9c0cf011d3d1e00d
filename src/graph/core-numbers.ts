import type { SystemGraph } from '../graph.ts';

/**
 * The core number of each node: the largest k for which it belongs to a part in which each node has k
 * neighbours or more (Batagelj & Zaveršnik 2003). The way of the data is left aside.
 */
export function measureCoreNumbers(graph: SystemGraph): ReadonlyMap<string, number> {
  const neighbours = new Map(graph.mapNodes((node) => [node, graph.neighbors(node)] as const));
  const degree = new Map([...neighbours].map(([node, all]) => [node, all.length] as const));
  const byDegree: Set<string>[] = [];
  const bucketOf = (value: number): Set<string> => {
    const bucket = byDegree[value] ?? new Set<string>();
    byDegree[value] = bucket;
    return bucket;
  };
  for (const [node, value] of degree) bucketOf(value).add(node);
  const cores = new Map<string, number>();
  let core = 0;
  for (let value = 0; value < byDegree.length; value++) {
    // A bucket grows while it is walked, by what loses a neighbour of the same number.
    for (const node of bucketOf(value)) {
      if (cores.has(node)) continue;
      core = Math.max(core, value);
      cores.set(node, core);
      for (const other of neighbours.get(node) ?? []) {
        const before = degree.get(other) ?? 0;
        if (cores.has(other) || before <= value) continue;
        degree.set(other, before - 1);
        bucketOf(before).delete(other);
        bucketOf(before - 1).add(other);
      }
    }
  }
  return cores;
}
