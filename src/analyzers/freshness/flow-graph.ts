import { sortBy } from '../../order.ts';
import type { Instants } from './instants.ts';
import type { Delivery, Derivation, FlowCertainty, FreshnessModel, ObjectOrigin } from './model.ts';
import { delayOf } from './steps.ts';

/** One object at one system; without an object: whatever else is there. */
export interface FlowNode {
  readonly system: string;
  readonly object: string | undefined;
}

/** One way of data, by the numbers of its nodes. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly certainty: FlowCertainty;
  /** The link that it goes along; none within a system. */
  readonly link?: string;
  /** Its runs; none where data flows at once. */
  readonly delivery?: Delivery;
}

/** Every way that data can take. Nodes and edges are numbered in an order of their own. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Numbers of edges by number of node. */
  readonly outgoing: readonly (readonly number[])[];
  readonly incoming: readonly (readonly number[])[];
  readonly origins: readonly {
    readonly node: number;
    readonly object: string;
    /** How many links beyond declared flows it is followed. */
    readonly mostPossibleLinks: number;
  }[];
  /** How long after its start a run of an edge has delivered, in ms. */
  readonly delays: Float64Array;
  /** In ms. */
  readonly knownUntil: number;
  /** Runs that are unpacked already. */
  readonly opened: Map<Instants, Float64Array>;
}

/** Draws the graph of a model; the order of its lists does not matter. */
export function drawFlows(model: FreshnessModel): FlowGraph {
  const builder = startGraph();
  const { nodeOf, addEdge } = builder;
  const moves = [
    ...sortBy(model.deliveries, ...moveKeys, ({ job }) => job ?? '').map((delivery) => ({
      move: delivery,
      delivery,
    })),
    ...sortBy(model.events, ...moveKeys).map((move) => ({ move, delivery: undefined })),
  ];
  for (const { move, delivery } of moves) {
    const { from, to, object, link } = move;
    if (from === to) continue;
    const certainty = object === undefined ? 'possible' : 'declared';
    addEdge({
      from: nodeOf(from, object),
      to: nodeOf(to, object),
      certainty,
      link,
      ...(delivery && { delivery }),
    });
  }
  const origins = sortBy(
    model.origins,
    ({ system }) => system,
    ({ object }) => object,
  );
  const most = model.mostPossibleLinks ?? Number.POSITIVE_INFINITY;
  const born = origins.map(({ system, object, leastPossibleLinks = 0 }) => ({
    node: nodeOf(system, object),
    object,
    mostPossibleLinks: Math.max(most, leastPossibleLinks),
  }));
  for (const { system, object, from } of sortBy(
    model.derivations,
    ({ system }) => system,
    ({ object }) => object,
  )) {
    for (const source of from)
      if (source !== object)
        addEdge({
          from: nodeOf(system, source),
          to: nodeOf(system, object),
          certainty: 'declared',
        });
  }
  addPossibleFlows(builder, model);
  return finish(builder, model, born);
}

/**
 * Objects that leave a system and neither come to it nor are derived in it: as far as is known, they
 * are born there. A model may take them as its origins.
 */
export function inferOrigins(
  moves: readonly Pick<Delivery, 'from' | 'to' | 'object'>[],
  known: readonly (ObjectOrigin | Derivation)[],
): ObjectOrigin[] {
  const key = (system: string, object: string): string => `${system}\u0000${object}`;
  const explained = new Set(known.map(({ system, object }) => key(system, object)));
  for (const { to, object } of moves) if (object !== undefined) explained.add(key(to, object));
  const inferred = new Map<string, ObjectOrigin>();
  for (const { from, object } of moves)
    if (object !== undefined && !explained.has(key(from, object)))
      inferred.set(key(from, object), { system: from, object, inferred: true });
  return sortBy(inferred, ([name]) => name).map(([, origin]) => origin);
}

type Move = Pick<Delivery, 'link' | 'from' | 'to' | 'object'>;

const moveKeys: readonly ((move: Move) => string)[] = [
  ({ link }) => link,
  ({ object }) => object ?? '',
  ({ from }) => from,
  ({ to }) => to,
];

interface Builder {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly nodeOf: (system: string, object: string | undefined) => number;
  readonly addEdge: (edge: FlowEdge) => void;
}

function startGraph(): Builder {
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  const numbers = new Map<string, number>();
  return {
    nodes,
    edges,
    nodeOf: (system, object) => {
      const key = object === undefined ? system : `${system}\u0000${object}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, nodes.length);
      return nodes.push({ system, object }) - 1;
    },
    addEdge: (edge) => edges.push(edge),
  };
}

/**
 * Whatever is at a system may be in what leaves it without an object, and in an object of which
 * nothing says where it comes from. One node a system stands for all of it.
 */
function addPossibleFlows({ nodes, edges, nodeOf, addEdge }: Builder, model: FreshnessModel): void {
  const explained = new Set<number>();
  const leaving = new Set<number>();
  const mixed = new Set<string>();
  for (const { from, to } of edges) {
    explained.add(to);
    leaving.add(from);
  }
  for (const { system, object, inferred } of model.origins)
    if (!inferred) explained.add(nodeOf(system, object));
  for (const { system, object } of model.derivations) explained.add(nodeOf(system, object));
  const open: number[] = [];
  for (const [number, { system, object }] of nodes.entries()) {
    if (object !== undefined && leaving.has(number) && !explained.has(number)) open.push(number);
    else if (object !== undefined || !leaving.has(number)) continue;
    mixed.add(system);
  }
  const opened = new Set(open);
  for (const [number, { system, object }] of [...nodes.entries()]) {
    if (object === undefined || !mixed.has(system)) continue;
    addEdge({ from: number, to: nodeOf(system, undefined), certainty: 'possible' });
    if (opened.has(number))
      addEdge({ from: nodeOf(system, undefined), to: number, certainty: 'possible' });
  }
}

function finish(
  { nodes, edges }: Builder,
  { knownUntil, horizon }: FreshnessModel,
  origins: FlowGraph['origins'],
): FlowGraph {
  const outgoing: number[][] = nodes.map(() => []);
  const incoming: number[][] = nodes.map(() => []);
  for (const [number, { from, to }] of edges.entries()) {
    outgoing[from]?.push(number);
    incoming[to]?.push(number);
  }
  return {
    nodes,
    edges,
    outgoing,
    incoming,
    origins,
    knownUntil: knownUntil ?? horizon.to,
    opened: new Map(),
    delays: Float64Array.from(edges, ({ delivery }) => delayOf(delivery?.durationMs ?? 0)),
  };
}
