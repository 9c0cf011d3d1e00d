import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import type { SystemGraph } from '../graph.ts';
import { compareText, groupBy } from '../order.ts';

// This is CommonJS: the default import is the function, although the types wrap it once more.
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** Groups of systems that exchange more among themselves than with others. */
export interface Partition {
  /** The largest first; systems without a link are in none. */
  readonly groups: readonly (readonly string[])[];
  /** −0.5 to 1: the share of links within groups beyond what chance gives (Newman & Girvan 2004). */
  readonly modularity: number;
}

/**
 * Finds communities (Blondel, Guillaume, Lambiotte & Lefebvre 2008), each link counting once and the
 * way of the data left aside. Systems are walked in the order of their ids, never at random; other
 * ids can lead to another partition that is about as good.
 */
export function findCommunities(graph: SystemGraph): Partition {
  if (graph.size === 0) return { groups: [], modularity: 0 };
  const plain = new UndirectedGraph<Record<string, never>, { weight: number }>();
  graph.forEachNode((node) => {
    if (graph.degree(node) > 0) plain.addNode(node);
  });
  graph.forEachEdge((_edge, { links }, from, to) => {
    plain.updateEdge(from, to, ({ weight = 0 }) => ({ weight: weight + links.length }));
  });
  const { communities, modularity } = louvain.detailed(plain, {
    getEdgeWeight: 'weight',
    randomWalk: false,
  });
  const groups = [...groupBy(plain.nodes(), (node) => String(communities[node])).values()];
  return {
    groups: groups.sort((a, b) => b.length - a.length || compareText(a[0] ?? '', b[0] ?? '')),
    modularity: Math.round(modularity * 1e9) / 1e9,
  };
}
