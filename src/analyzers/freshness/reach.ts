import type { FlowGraph } from './flow-graph.ts';
import { countInstants, type Instants } from './instants.ts';
import type { FlowCertainty } from './model.ts';

/** Where the data of one origin goes, and by which edges. */
export interface Reach {
  /** The number of the node where the object is born. */
  readonly origin: number;
  /** Reached nodes, the origin first; each after those before it, as far as cycles allow. */
  readonly order: readonly number[];
  /** The place of each node in `order`. */
  readonly ranks: ReadonlyMap<number, number>;
  /** Edges that are used, by the node they lead to. */
  readonly incoming: ReadonlyMap<number, readonly number[]>;
  /** The nodes that they lead to, by the node they come from. */
  readonly next: ReadonlyMap<number, readonly number[]>;
  /** What is reported: one node for each object that a link surely brings, else one for the system. */
  readonly consumers: ReadonlyMap<number, FlowCertainty>;
  readonly ways: 'all' | 'one';
  /** How many edges were looked at to find it. */
  readonly walked: number;
}

/**
 * Follows the data of one object from its origin. Along declared flows every way is used. Beyond
 * them data only may flow on, and the shortest way (fewest links) to each further system is used.
 * @param mostWork above this many visits of runs, the shortest way is used everywhere
 * @param mostPossibleLinks so many links beyond declared flows data is followed
 */
export function findReach(
  graph: FlowGraph,
  origin: number,
  mostWork: number,
  mostPossibleLinks: number = Number.POSITIVE_INFINITY,
): Reach {
  const declared = findNodes(graph, origin);
  const { last: shortest, walked } = findShortestWays(graph, origin, declared, mostPossibleLinks);
  const home = graph.nodes[origin]?.system;
  const consumers = new Map<number, FlowCertainty>();
  const systems = new Set<string | undefined>([home]);
  for (const node of declared) {
    const system = graph.nodes[node]?.system;
    if (system === home) continue;
    systems.add(system);
    // What is only derived there is no older than its sources, which are reported.
    if (comesByLink(graph, node, declared)) consumers.set(node, 'declared');
  }
  for (const node of shortest.keys()) {
    const system = graph.nodes[node]?.system;
    if (declared.has(node) || systems.has(system)) continue;
    systems.add(system);
    consumers.set(node, 'possible');
  }
  const oneWay = new Map<number, readonly number[]>();
  for (const consumer of consumers.keys()) addWay(graph, shortest, consumer, oneWay);
  const allWays = new Map(oneWay);
  for (const node of declared) {
    if (node === origin) continue;
    const edges = graph.incoming[node] ?? [];
    allWays.set(
      node,
      edges.filter((number) => {
        const edge = graph.edges[number];
        return edge?.certainty === 'declared' && declared.has(edge.from);
      }),
    );
  }
  const all: Reach = { origin, consumers, ways: 'all', walked, ...arrange(graph, origin, allWays) };
  const isBranching = [...allWays.values()].some(({ length }) => length > 1);
  if (!isBranching || estimateWork(graph, all) <= mostWork) return all;
  return { origin, consumers, ways: 'one', walked, ...arrange(graph, origin, oneWay) };
}

function comesByLink(graph: FlowGraph, node: number, reached: ReadonlySet<number>): boolean {
  return (graph.incoming[node] ?? []).some((number) => {
    const edge = graph.edges[number];
    return edge?.link !== undefined && edge.certainty === 'declared' && reached.has(edge.from);
  });
}

/** The nodes that are reached by the edges in use from one of them, itself included, in order. */
export function findCone({ next, ranks }: Reach, start: number): number[] {
  const cone = new Set([start]);
  for (const node of cone) for (const target of next.get(node) ?? []) cone.add(target);
  return [...cone].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

function findNodes(graph: FlowGraph, origin: number): Set<number> {
  const found = new Set([origin]);
  for (const node of found)
    for (const number of graph.outgoing[node] ?? []) {
      const edge = graph.edges[number];
      if (edge?.certainty === 'declared') found.add(edge.to);
    }
  return found;
}

/**
 * The last edge of the way with the fewest links to each node: from the origin to nodes that
 * declared flows reach, by declared flows alone; to others from the nearest of those.
 */
function findShortestWays(
  graph: FlowGraph,
  origin: number,
  declared: ReadonlySet<number>,
  mostPossibleLinks: number,
): { readonly last: Map<number, number>; readonly walked: number } {
  const last = new Map<number, number>();
  // By node: 1 where a way leads there, 2 where it has been gone on from.
  const states = new Uint8Array(graph.nodes.length);
  let walked = 0;
  const isSure = (certainty: FlowCertainty, to: number): boolean =>
    certainty === 'declared' && declared.has(to);
  walk([origin], Number.POSITIVE_INFINITY, isSure);
  walk([...declared], mostPossibleLinks, (_certainty, to) => !declared.has(to));
  return { last, walked };

  function walk(
    starts: number[],
    mostLinks: number,
    allows: (certainty: FlowCertainty, to: number) => boolean,
  ): void {
    let near = starts;
    for (let links = 0; near.length > 0; links++) {
      const far: number[] = [];
      // What flows at once within a system is no link, and is walked in the same round.
      for (const node of near) {
        states[node] = 2;
        const edges = graph.outgoing[node] ?? [];
        walked += edges.length;
        for (const number of edges) {
          const edge = graph.edges[number];
          if (!edge || states[edge.to] === 2 || !allows(edge.certainty, edge.to)) continue;
          if (edge.link === undefined) {
            states[edge.to] = 2;
            last.set(edge.to, number);
            near.push(edge.to);
          } else if (links < mostLinks && states[edge.to] === 0) {
            states[edge.to] = 1;
            last.set(edge.to, number);
            far.push(edge.to);
          }
        }
      }
      near = far.filter((node) => states[node] !== 2);
    }
  }
}

function addWay(
  graph: FlowGraph,
  last: ReadonlyMap<number, number>,
  consumer: number,
  incoming: Map<number, readonly number[]>,
): void {
  for (let node = consumer; !incoming.has(node); ) {
    const number = last.get(node);
    const edge = number === undefined ? undefined : graph.edges[number];
    if (number === undefined || !edge) return;
    incoming.set(node, [number]);
    node = edge.from;
  }
}

/**
 * How many links beyond declared flows can be followed from every origin within a bound of work, all
 * where that is possible.
 */
export function choosePossibleLinks(graph: FlowGraph, mostWork: number): number | undefined {
  let known = 0;
  for (const links of [1, 2, 3, 4, Number.POSITIVE_INFINITY]) {
    let work = 0;
    for (const { node } of graph.origins) {
      const reach = findReach(graph, node, mostWork, links);
      // Where no job runs, everything may still go everywhere.
      work += reach.walked * workOfWalking + estimateWork(graph, reach);
      if (work > mostWork) return known;
    }
    known = links;
  }
  return undefined;
}

/** Following an edge, with all that is kept of where it leads, takes as long as so many visits of runs. */
const workOfWalking = 20;

/** How often a run is looked at when each delivery fails in turn and all that hangs on it is redone. */
function estimateWork(graph: FlowGraph, reach: Reach): number {
  const runsInto = new Map<number, number>();
  for (const [node, edges] of reach.incoming)
    runsInto.set(
      node,
      edges.reduce((sum, edge) => sum + countRuns(graph, edge), 0),
    );
  let work = 0;
  for (const [node, edges] of reach.incoming) {
    const deliveries = edges.filter((edge) => graph.edges[edge]?.delivery).length;
    if (deliveries === 0) continue;
    for (const reached of findCone(reach, node)) work += deliveries * (runsInto.get(reached) ?? 0);
  }
  return work;
}

function countRuns(graph: FlowGraph, edge: number): number {
  const delivery = graph.edges[edge]?.delivery;
  if (!delivery) return 0;
  const known = counted.get(delivery.runs) ?? countInstants(delivery.runs);
  counted.set(delivery.runs, known);
  return known;
}

const counted = new WeakMap<Instants, number>();

/** Puts the nodes in reverse postorder of a walk along the edges in use. */
function arrange(
  graph: FlowGraph,
  origin: number,
  incoming: ReadonlyMap<number, readonly number[]>,
): Pick<Reach, 'order' | 'ranks' | 'incoming' | 'next'> {
  const next = new Map<number, number[]>();
  for (const [node, edges] of incoming)
    for (const edge of edges) {
      const from = graph.edges[edge]?.from ?? -1;
      const targets = next.get(from);
      if (targets) targets.push(node);
      else next.set(from, [node]);
    }
  const seen = new Set([origin]);
  const finished: number[] = [];
  const stack = [{ node: origin, at: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const target = next.get(top.node)?.[top.at++];
    if (target === undefined) {
      finished.push(top.node);
      stack.pop();
    } else if (!seen.has(target)) {
      seen.add(target);
      stack.push({ node: target, at: 0 });
    }
  }
  const order = finished.reverse();
  return { order, ranks: new Map(order.map((node, rank) => [node, rank])), incoming, next };
}
