import type { SystemGraph } from '../graph.ts';
import { compareText, groupBy, sortBy } from '../order.ts';

/** How tightly the systems of one domain are wired among themselves. */
export interface DomainFigures {
  /** `null` for the systems that name no domain. */
  readonly domain: string | null;
  readonly systems: number;
  /** N(N-1)/2. */
  readonly potentialConnections: number;
  /** Pairs with at least one link, in either direction. */
  readonly connectedPairs: number;
  /** connectedPairs / potentialConnections; 0 for fewer than two systems. */
  readonly saturation: number;
  readonly links: number;
  readonly pointToPointLinks: number;
}

/** What flows from one domain to another, or within one. Pairs without a link are left out. */
export interface DomainFlow {
  readonly from: string | null;
  readonly to: string | null;
  readonly links: number;
  readonly pointToPointLinks: number;
  /** Pairs of systems with a link this way; within a domain in either direction. */
  readonly connectedPairs: number;
}

/** Coupling within and between the domains of all counted systems; each link is in one flow. */
export interface DomainCoupling {
  /** The largest domain first, the systems without one last. */
  readonly within: readonly DomainFigures[];
  /** In the order of `within`, by the domain that sends, then by the one that receives. */
  readonly flows: readonly DomainFlow[];
}

/** Measures coupling within and between domains. */
export function measureDomains(graph: SystemGraph): DomainCoupling {
  const domainOf = (id: string): string => graph.getNodeAttribute(id, 'system').domain ?? '';
  const sizes = [...groupBy(graph.nodes(), domainOf)].map(([domain, { length }]) => ({
    domain,
    systems: length,
  }));
  const domains = sortBy(
    sizes,
    ({ domain }) => (domain === '' ? 1 : 0),
    ({ systems }) => -systems,
    ({ domain }) => domain,
  );
  const rank = new Map(domains.map(({ domain }, index) => [domain, index]));
  const edges = graph.mapEdges((_edge, { links }, source, target) => ({
    source,
    target,
    from: domainOf(source),
    to: domainOf(target),
    links: links.length,
    pointToPointLinks: links.filter(({ pointToPoint }) => pointToPoint).length,
  }));
  const inside = groupBy(
    edges.filter(({ from, to }) => from === to),
    ({ from }) => from,
  );
  return {
    within: domains.map(({ domain, systems }) => {
      const own = inside.get(domain) ?? [];
      const potentialConnections = (systems * (systems - 1)) / 2;
      const connectedPairs = countPairs(own);
      return {
        domain: toDomain(domain),
        systems,
        potentialConnections,
        connectedPairs,
        saturation: potentialConnections === 0 ? 0 : connectedPairs / potentialConnections,
        links: sum(own, ({ links }) => links),
        pointToPointLinks: sum(own, ({ pointToPointLinks }) => pointToPointLinks),
      };
    }),
    flows: sortBy(
      groupBy(edges, ({ from, to }) => JSON.stringify([from, to])).values(),
      ([edge]) => rank.get(edge?.from ?? '') ?? 0,
      ([edge]) => rank.get(edge?.to ?? '') ?? 0,
    ).map((flow) => ({
      from: toDomain(flow[0]?.from ?? ''),
      to: toDomain(flow[0]?.to ?? ''),
      links: sum(flow, ({ links }) => links),
      pointToPointLinks: sum(flow, ({ pointToPointLinks }) => pointToPointLinks),
      connectedPairs: countPairs(flow),
    })),
  };
}

/** Two systems that send to each other are one pair. */
function countPairs(edges: readonly { source: string; target: string }[]): number {
  return new Set(
    edges.map(({ source, target }) => JSON.stringify([source, target].sort(compareText))),
  ).size;
}

function toDomain(name: string): string | null {
  return name === '' ? null : name;
}

function sum<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}
