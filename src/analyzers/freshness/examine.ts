import type { FlowGraph } from './flow-graph.ts';
import { type Instants, openInstants } from './instants.ts';
import type { Looks } from './looks.ts';
import type { Delivery, FlowCertainty } from './model.ts';
import { findCone, findReach, type Reach } from './reach.ts';
import { type Holdings, spreadFromOrigin, spreadRuns, spreadWithout } from './spread.ts';
import { type Holding, openSteps, readBirths } from './steps.ts';
import type { DeliveryView } from './worst-age.ts';

/** A system that data of an origin comes to. */
export interface Consumer {
  readonly node: number;
  readonly system: string;
  readonly certainty: FlowCertainty;
  /** The object that it is part of there, where that is another. */
  readonly as?: string;
  /** What it holds where every run succeeds; none where nothing comes. */
  readonly holding: Holding | undefined;
  readonly looks: Looks | undefined;
}

/** Where the data of one origin goes, and when. */
export interface Examined {
  readonly graph: FlowGraph;
  readonly reach: Reach;
  readonly holdings: Holdings;
  readonly origin: string;
  readonly object: string;
  readonly consumers: readonly Consumer[];
}

/** One delivery as one consumer behind it sees it. */
export interface ConsumerView {
  readonly edge: number;
  readonly delivery: Delivery;
  readonly consumer: Consumer;
  readonly view: DeliveryView;
}

/** Visits of runs over all origins above which an origin is followed on one way only. */
const mostWork = 2e9;
const leastWork = 2e7;

/** How many schedules are kept unpacked. */
const mostOpened = 500;

/**
 * Follows the data of each origin along all runs. One at a time, for they may be large.
 * @param includes which origins to follow; all where it is left out
 */
export function* examineOrigins(
  graph: FlowGraph,
  looks: ReadonlyMap<string, Looks>,
  includes: (origin: string, object: string) => boolean = () => true,
): Generator<Examined> {
  const share = Math.max(leastWork, mostWork / Math.max(1, graph.origins.length));
  for (const { node, object, mostPossibleLinks } of graph.origins) {
    if (!includes(graph.nodes[node]?.system ?? '', object)) continue;
    const reach = findReach(graph, node, share, mostPossibleLinks);
    if (reach.consumers.size === 0) continue;
    const holdings = spreadFromOrigin(graph, reach);
    const consumers = [...reach.consumers].map(([at, certainty]): Consumer => {
      const { system = '', object: known } = graph.nodes[at] ?? {};
      const readers = looks.get(system);
      return {
        node: at,
        system,
        certainty,
        ...(known !== undefined && known !== object && { as: known }),
        holding: holdings.get(at),
        looks: readers && readers.starts.length > 0 ? readers : undefined,
      };
    });
    yield { graph, reach, holdings, origin: graph.nodes[node]?.system ?? '', object, consumers };
  }
}

/** Every delivery on the ways of an origin, with every consumer that it may be late for. */
export function* viewDeliveries(
  { graph, reach, holdings, consumers }: Examined,
  includes: (delivery: Delivery) => boolean = () => true,
): Generator<ConsumerView> {
  const byNode = new Map(consumers.map((consumer) => [consumer.node, consumer]));
  for (const node of reach.order)
    for (const edge of reach.incoming.get(node) ?? []) {
      const { delivery, from = -1 } = graph.edges[edge] ?? {};
      const source = holdings.get(from);
      if (!delivery || !source || !includes(delivery)) continue;
      const cone = findCone(reach, node);
      const runs = openOnce(graph.opened, delivery.runs, graph.knownUntil);
      const births = readBirths(runs, source);
      const reached = spreadRuns(graph, reach, cone, edge);
      const around = spreadWithout(graph, reach, cone, edge, holdings);
      for (const behind of cone) {
        const consumer = byNode.get(behind);
        const arrivals = reached.get(behind);
        const other = around.get(behind);
        if (!consumer || !arrivals || arrivals === 'fresh' || other === 'fresh') continue;
        const view: DeliveryView = {
          runs,
          births,
          arrivals: openSteps(arrivals),
          stretches: arrivals,
          around: other && openSteps(other),
          looks: consumer.looks,
        };
        yield { edge, delivery, consumer, view };
      }
    }
}

/** Jobs of one schedule share their instants, and are on the ways of many origins. */
function openOnce(
  opened: Map<Instants, Float64Array>,
  instants: Instants,
  until: number,
): Float64Array {
  const known = opened.get(instants);
  if (known) return known;
  const runs = openInstants(instants, until);
  if (opened.size > mostOpened) opened.clear();
  opened.set(instants, runs);
  return runs;
}
