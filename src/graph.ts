import { DirectedGraph } from 'graphology';
import { stronglyConnectedComponents } from 'graphology-components';
import type { Landscape, Link, System } from './landscape.ts';
import { compareText } from './order.ts';

/** Systems as nodes; one edge for each ordered pair that data flows between, with its links. */
export type SystemGraph = DirectedGraph<{ system: System }, { links: Link[] }>;

/**
 * The graph of the given systems and the links among them, drawn the way the data goes. Nodes and
 * edges are added in the order of their ids, so that every algorithm walks them in one order.
 */
export function toGraph(landscape: Landscape, includes: (system: System) => boolean): SystemGraph {
  const graph: SystemGraph = new DirectedGraph({ allowSelfLoops: false });
  for (const system of landscape.systems)
    if (includes(system)) graph.addNode(system.id, { system });
  for (const link of landscape.links) {
    if (!graph.hasNode(link.from) || !graph.hasNode(link.to)) continue;
    if (graph.hasEdge(link.from, link.to))
      graph.getEdgeAttribute(graph.edge(link.from, link.to), 'links').push(link);
    else graph.addEdge(link.from, link.to, { links: [link] });
  }
  return graph;
}

/** Groups of two systems or more in which each reaches each, the largest first. */
export function findCyclicGroups(graph: SystemGraph): string[][] {
  return stronglyConnectedComponents(graph)
    .filter((group) => group.length > 1)
    .map((group) => [...group].sort(compareText))
    .sort((a, b) => b.length - a.length || compareText(a.join(), b.join()));
}
