import type { FlowGraph } from './flow-graph.ts';
import type { Reach } from './reach.ts';
import { areEqual, deliver, type Holding, mergeSteps, type Steps } from './steps.ts';

/** What each node holds of the data of one origin; nodes that nothing comes to are left out. */
export type Holdings = ReadonlyMap<number, Holding>;

/** Lets the data of an origin flow along all runs. */
export function spreadFromOrigin(graph: FlowGraph, reach: Reach): Holdings {
  return spread(graph, reach, reach.order.slice(1), new Map([[reach.origin, 'fresh']]));
}

/** What comes to the nodes behind a delivery without it. */
export function spreadWithout(
  graph: FlowGraph,
  reach: Reach,
  cone: readonly number[],
  delivery: number,
  holdings: Holdings,
): Holdings {
  const behind = new Set(cone);
  const around = new Map<number, Holding>();
  for (const node of cone)
    for (const edge of reach.incoming.get(node) ?? []) {
      const from = graph.edges[edge]?.from ?? -1;
      const holding = holdings.get(from);
      if (edge !== delivery && holding && !behind.has(from)) around.set(from, holding);
    }
  return around.size === 0 ? around : spread(graph, reach, cone, around, delivery);
}

/** Which run of a delivery is the last that has come to each node behind it: its start, as a birth. */
export function spreadRuns(
  graph: FlowGraph,
  reach: Reach,
  cone: readonly number[],
  delivery: number,
): Holdings {
  const to = graph.edges[delivery]?.to ?? -1;
  const others = cone.filter((node) => node !== to);
  return spread(
    graph,
    reach,
    others,
    new Map([[to, deliverAlong(graph, delivery, 'fresh')]]),
    delivery,
  );
}

function deliverAlong(graph: FlowGraph, edge: number, source: Holding): Steps {
  const runs = graph.edges[edge]?.delivery?.runs ?? [];
  return deliver(runs, graph.delays[edge] ?? 0, source, graph.knownUntil);
}

/**
 * Works out what the nodes hold, each after those before it; again where a cycle brings something
 * newer. Data never grows newer on a cycle, so this ends.
 */
function spread(
  graph: FlowGraph,
  reach: Reach,
  nodes: readonly number[],
  given: Holdings,
  without = -1,
): Holdings {
  const holdings = new Map(given);
  const waiting = new Set(nodes);
  while (waiting.size > 0) {
    for (const node of nodes) {
      if (!waiting.delete(node)) continue;
      const holding = collect(graph, reach, holdings, node, without);
      const before = holdings.get(node);
      if (holding === undefined || (before !== undefined && areEqual(before, holding))) continue;
      holdings.set(node, holding);
      for (const target of reach.next.get(node) ?? []) if (!given.has(target)) waiting.add(target);
    }
  }
  return holdings;
}

/** All that comes to a node, the newest at any time. */
function collect(
  graph: FlowGraph,
  reach: Reach,
  holdings: Holdings,
  node: number,
  without: number,
): Holding | undefined {
  let all: Steps | undefined;
  for (const number of reach.incoming.get(node) ?? []) {
    const edge = graph.edges[number];
    const source = holdings.get(edge?.from ?? -1);
    if (!edge || number === without || source === undefined) continue;
    const brought = edge.delivery ? deliverAlong(graph, number, source) : source;
    if (brought === 'fresh') return 'fresh';
    all = all ? mergeSteps(all, brought) : brought;
  }
  return all && all.times.length > 0 ? all : undefined;
}
