import { findCutPoints } from '../graph/cut-points.ts';
import { measureVisibility, type Visibility } from '../graph/visibility.ts';
import { findCyclicGroups, type SystemGraph, toGraph } from '../graph.ts';
import type { Landscape } from '../landscape.ts';
import { type DomainCoupling, measureDomains } from './domain-coupling.ts';

/** One point of the growth curve: what a landscape of this many systems can or does need. */
export interface GrowthPoint {
  readonly systems: number;
  /** N(N-1)/2. */
  readonly potential: number;
  /** Pairs at today's mean number of partners a system. */
  readonly atTodaysDegree: number;
  /** One connection for each system. */
  readonly hub: number;
  /** Pairs that the last of these systems can add: one with each of those before it. */
  readonly addsAtPotential: number;
  /** Pairs that it adds where the mean number of partners stays as it is: half that mean. */
  readonly addsAtTodaysDegree: number;
}

/** How tightly a set of systems is wired together. */
export interface CouplingFigures {
  /** N. */
  readonly systems: number;
  /** N(N-1)/2: each pair of systems once. */
  readonly potentialConnections: number;
  /** Pairs with at least one link, in either direction. */
  readonly connectedPairs: number;
  readonly links: number;
  readonly pointToPointLinks: number;
  readonly gatewayLinks: number;
  readonly decoupledLinks: number;
  /** connectedPairs / potentialConnections; 0 for fewer than two systems. */
  readonly saturation: number;
  /** N: what a hub would need. */
  readonly hubConnections: number;
  /** ΣV / N², V = 1 where one system reaches another along the data or is itself (MacCormack et al. 2006). */
  readonly propagationCost: number;
  readonly cyclicGroups: readonly (readonly string[])[];
  /** Pairs of systems whose links are the only connection between two parts, in either direction. */
  readonly bridges: readonly (readonly [string, string])[];
  readonly growth: readonly GrowthPoint[];
}

/** The figures over registered systems, and over every counted system that was found. */
export interface Coupling extends CouplingFigures {
  readonly all: CouplingFigures;
  /** Within and between domains, over every counted system. */
  readonly domains: DomainCoupling;
  /** Counted systems and links that the headline leaves out, by id and key. */
  readonly leftOut: { readonly systems: readonly string[]; readonly links: readonly string[] };
}

const growthSteps = 20;

/** Measures coupling. Without any registered system, the headline is over all counted ones. */
export function measureCoupling(landscape: Landscape): Coupling {
  const hasRegistry = landscape.systems.some(({ counted, registered }) => counted && registered);
  const all = toGraph(landscape, ({ counted }) => counted);
  const headline = hasRegistry
    ? toGraph(landscape, ({ counted, registered }) => counted && registered)
    : all;
  const figures = measure(all);
  return {
    ...(hasRegistry ? measure(headline) : figures),
    all: figures,
    domains: measureDomains(all),
    leftOut: {
      systems: landscape.systems.filter(({ id }) => !headline.hasNode(id)).map(({ id }) => id),
      links: landscape.links
        .filter(({ from, to }) => !headline.hasNode(from) || !headline.hasNode(to))
        .map(({ key }) => key),
    },
  };
}

/** N(N-1)/2. */
export function countPotential(systems: number): number {
  return (systems * (systems - 1)) / 2;
}

/** Pairs of systems with at least one link, whichever way its data goes. */
export function countPairs(
  links: Iterable<{ readonly from: string; readonly to: string }>,
): number {
  const pairs = new Set<string>();
  for (const { from, to } of links)
    pairs.add(from < to ? `${from}\u0000${to}` : `${to}\u0000${from}`);
  return pairs.size;
}

/** The share of the potential connections that there are; 0 for fewer than two systems. */
export function measureSaturation(connectedPairs: number, systems: number): number {
  const potential = countPotential(systems);
  return potential === 0 ? 0 : connectedPairs / potential;
}

/** ΣV / N² (MacCormack et al. 2006). */
export function measurePropagation({ pairs }: Visibility, systems: number): number {
  return systems === 0 ? 0 : pairs / systems ** 2;
}

function measure(graph: SystemGraph): CouplingFigures {
  const systems = graph.order;
  const connectedPairs = countPairs(
    graph.mapEdges((_edge, _attributes, from, to) => ({ from, to })),
  );
  const links = graph.mapEdges((_edge, attributes) => attributes.links).flat();
  return {
    systems,
    potentialConnections: countPotential(systems),
    connectedPairs,
    links: links.length,
    pointToPointLinks: links.filter(({ mediation }) => mediation === 'direct').length,
    gatewayLinks: links.filter(({ mediation }) => mediation === 'gateway').length,
    decoupledLinks: links.filter(({ mediation }) => mediation === 'decoupled').length,
    saturation: measureSaturation(connectedPairs, systems),
    hubConnections: systems,
    propagationCost: measurePropagation(measureVisibility(graph), systems),
    cyclicGroups: findCyclicGroups(graph),
    bridges: findCutPoints(graph).bridges,
    growth: drawGrowth(systems, connectedPairs),
  };
}

function drawGrowth(systems: number, connectedPairs: number): GrowthPoint[] {
  const meanDegree = systems === 0 ? 0 : (2 * connectedPairs) / systems;
  return Array.from({ length: growthSteps + 1 }, (_, step) => {
    const size = systems + step;
    return {
      systems: size,
      potential: countPotential(size),
      atTodaysDegree: Math.round((size * meanDegree) / 2),
      hub: size,
      addsAtPotential: Math.max(0, size - 1),
      addsAtTodaysDegree: Math.round(meanDegree * 500) / 1000,
    };
  });
}
