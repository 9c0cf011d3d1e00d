import type { FlowGraph } from './flow-graph.ts';
import { hasInstant } from './instants.ts';
import type { Reach } from './reach.ts';
import type { Holdings } from './spread.ts';
import { findArrival, findBirth } from './steps.ts';

/**
 * The edges along which data of one birth came to a node first, from the origin on. Where several
 * ways bring it at the same time, the one with the fewest edges. Without a birth, the way that data
 * would take.
 */
export function tracePath(
  graph: FlowGraph,
  reach: Reach,
  holdings: Holdings,
  node: number,
  birth: number | undefined,
): number[] {
  const came = new Map<number, number>([[node, -1]]);
  for (const target of came.keys()) {
    if (target === reach.origin) break;
    for (const edge of reach.incoming.get(target) ?? []) {
      const from = graph.edges[edge]?.from ?? -1;
      if (came.has(from)) continue;
      if (birth === undefined || brings(graph, holdings, edge, birth)) came.set(from, edge);
    }
  }
  const path: number[] = [];
  for (let at = reach.origin; at !== node; ) {
    const edge = came.get(at);
    const to = edge === undefined ? undefined : graph.edges[edge]?.to;
    if (edge === undefined || to === undefined) return [];
    path.push(edge);
    at = to;
  }
  return path;
}

/** Whether it is this edge by which data of one birth comes to the node at its end first. */
function brings(graph: FlowGraph, holdings: Holdings, number: number, birth: number): boolean {
  const edge = graph.edges[number];
  const source = holdings.get(edge?.from ?? -1);
  const target = holdings.get(edge?.to ?? -1);
  if (!edge || !source || !target) return false;
  const leaves = source === 'fresh' ? birth : findArrival(source, birth);
  const arrives = target === 'fresh' ? birth : findArrival(target, birth);
  if (leaves === undefined || arrives === undefined) return false;
  if (!edge.delivery) return leaves === arrives;
  const start = arrives - (graph.delays[number] ?? 0);
  if (!hasInstant(edge.delivery.runs, start)) return false;
  return source === 'fresh' ? start === birth : findBirth(source, start) === birth;
}
