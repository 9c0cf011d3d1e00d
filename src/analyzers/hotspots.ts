import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import pageRankModule from 'graphology-metrics/centrality/pagerank.js';
import { measureCoreNumbers } from '../graph/core-numbers.ts';
import { findCutPoints } from '../graph/cut-points.ts';
import { measureVisibility } from '../graph/visibility.ts';
import { findCyclicGroups, type SystemGraph, toGraph } from '../graph.ts';
import type { Landscape } from '../landscape.ts';
import { sortBy } from '../order.ts';
import { classifyRoles, type Role } from './structure.ts';

// These are CommonJS: the default import is the function, although the types wrap it once more.
const measureBetweenness = betweennessModule as unknown as typeof betweennessModule.default;
const measurePageRank = pageRankModule as unknown as typeof pageRankModule.default;

/** How much hangs on one system. */
export interface Hotspot {
  readonly system: string;
  /** Distinct systems that send it data. */
  readonly fanIn: number;
  /** Distinct systems that it sends data to. */
  readonly fanOut: number;
  /** Distinct systems that call it or need its data. */
  readonly dependents: number;
  /** Shortest data paths through it, not normalised (Brandes 2001). */
  readonly betweenness: number;
  /** Damping 0.85, along the data. */
  readonly pageRank: number;
  /** Systems that its late or wrong data can reach, itself left out. */
  readonly blastRadius: number;
  /** Systems whose late or wrong data can reach it, itself left out. */
  readonly exposure: number;
  /** What it needs of all that it needs or is needed by: fan-in / (fan-in + fan-out) (Martin 1994); 0 without links. */
  readonly instability: number;
  /** The largest k for which it belongs to a part where each system has k partners or more. */
  readonly coreNumber: number;
  /** Whether others lose each other without it. */
  readonly isCutPoint: boolean;
  readonly role: Role;
}

/** How many distinct systems send data to one system. */
export type FanIn = Pick<Hotspot, 'system' | 'fanIn'>;

/** The one figure of hotspots that a rule needs, without those that take long. */
export function measureFanIn(landscape: Landscape): FanIn[] {
  const graph = toGraph(landscape, ({ counted }) => counted);
  const found = graph.mapNodes((system) => ({ system, fanIn: graph.inNeighbors(system).length }));
  return sortBy(found, ({ system }) => system);
}

/** Measures every counted system, the most central first. */
export function measureHotspots(landscape: Landscape): Hotspot[] {
  const graph = toGraph(landscape, ({ counted }) => counted);
  if (graph.order === 0) return [];
  const betweenness = measureBetweenness(graph, { normalized: false, getEdgeWeight: null });
  const pageRank: Record<string, number> =
    graph.size === 0
      ? {}
      : // Ends when a step changes all ranks by tolerance × N in sum; they are then off by less than six times that.
        measurePageRank(graph, { getEdgeWeight: null, maxIterations: 1000, tolerance: 1e-14 });
  const visibility = measureVisibility(graph);
  const roles = classifyRoles(
    graph.mapNodes((system) => ({
      system,
      reaches: visibility.reaches(system),
      reachedBy: visibility.reachedBy(system),
    })),
    findCyclicGroups(graph),
  );
  const coreNumbers = measureCoreNumbers(graph);
  const { systems: cutPoints } = findCutPoints(graph);
  const spots = graph.mapNodes((node): Hotspot => {
    const [fanIn, fanOut] = [graph.inNeighbors(node).length, graph.outNeighbors(node).length];
    return {
      system: node,
      fanIn,
      fanOut,
      dependents: countDependents(landscape, graph, node),
      betweenness: round(betweenness[node] ?? 0),
      pageRank: round(pageRank[node] ?? 1 / graph.order),
      blastRadius: visibility.reaches(node) - 1,
      exposure: visibility.reachedBy(node) - 1,
      instability: fanIn + fanOut === 0 ? 0 : round(fanIn / (fanIn + fanOut)),
      coreNumber: coreNumbers.get(node) ?? 0,
      isCutPoint: cutPoints.has(node),
      role: roles.get(node) ?? 'periphery',
    };
  });
  return sortBy(
    spots,
    ({ fanIn, fanOut }) => -(fanIn + fanOut),
    ({ betweenness: through }) => -through,
    ({ system }) => system,
  );
}

function countDependents(landscape: Landscape, graph: SystemGraph, node: string): number {
  const dependents = new Set(graph.outNeighbors(node));
  for (const { from, to, initiator } of landscape.links) {
    if (initiator === 'from' && to === node && graph.hasNode(from)) dependents.add(from);
  }
  return dependents.size;
}

/** Nine digits: more than anyone reads, fewer than the last bits that differ between machines. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
