import { type Coupling, measureCoupling } from '../analyzers/coupling.ts';
import type { Audit, Judged } from '../audit.ts';
import type { Landscape, Link, System } from '../landscape.ts';
import { sortBy } from '../order.ts';
import {
  type Cause,
  type CauseFinder,
  causes,
  openCauses,
  placesOfProofs,
  placesOfSystem,
} from './find-cause.ts';

/** What one audit has and the other lacks, or has otherwise. */
export interface Difference<T> {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly id: string;
  readonly cause: Cause;
  readonly base?: T;
  readonly head?: T;
  /** For what changed: each facet, before and after. */
  readonly facets: readonly Facet[];
}

export interface Facet {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** One headline figure of both audits; what each cause adds to it sums up to the change. */
export interface MetricChange {
  readonly name: MetricName;
  readonly base: number;
  readonly head: number;
  readonly byCause: Readonly<Record<Cause, number>>;
}

export const metricNames = [
  'systems',
  'links',
  'pointToPointLinks',
  'unregisteredLinks',
  'connectedPairs',
  'saturation',
  'propagationCost',
] as const;
export type MetricName = (typeof metricNames)[number];

/** How two audits of one landscape differ. */
export interface Comparison {
  readonly base: Pick<Audit, 'name' | 'asOf' | 'tool'>;
  readonly head: Pick<Audit, 'name' | 'asOf' | 'tool'>;
  readonly systems: readonly Difference<System>[];
  readonly links: readonly Difference<Link>[];
  readonly metrics: readonly MetricChange[];
  /** Sources that only one of the two has, as the configuration writes them. */
  readonly sourcesAdded: readonly string[];
  readonly sourcesLost: readonly string[];
}

/** Compares two audits, the older one first. */
export function compareAudits(base: Audit, head: Audit): Comparison {
  const { systems, links, metrics } = compareContents(base, head);
  const named = ({ coverage }: Audit): Set<string> =>
    new Set(coverage.sources.map(({ kind, source }) => `${kind}: ${source}`));
  const [before, after] = [named(base), named(head)];
  return {
    base: { name: base.name, asOf: base.asOf, tool: base.tool },
    head: { name: head.name, asOf: head.asOf, tool: head.tool },
    systems,
    links,
    metrics: metrics(),
    sourcesAdded: [...after].filter((source) => !before.has(source)),
    sourcesLost: [...before].filter((source) => !after.has(source)),
  };
}

/** How the systems and links of two audits differ, and how to get the figures, which takes longer. */
export function compareContents(
  base: Judged,
  head: Judged,
): Pick<Comparison, 'systems' | 'links'> & { readonly metrics: () => MetricChange[] } {
  const finder = openCauses(base, head);
  const systems = compareAll(
    new Map(base.systems.map((system) => [system.id, system])),
    new Map(head.systems.map((system) => [system.id, system])),
    finder,
    placesOfSystem,
    listSystemFacets,
  );
  const links = compareAll(
    new Map(base.links.map((link) => [link.key, link])),
    new Map(head.links.map((link) => [link.key, link])),
    finder,
    ({ evidence }) => placesOfProofs(evidence),
    listLinkFacets,
  );
  return { systems, links, metrics: () => splitMetrics(base, head, systems, links) };
}

function compareAll<T>(
  base: ReadonlyMap<string, T>,
  head: ReadonlyMap<string, T>,
  finder: CauseFinder,
  placesOf: (item: T) => Parameters<CauseFinder['ofPlaces']>[1],
  facetsOf: (item: T) => readonly (readonly [string, string])[],
): Difference<T>[] {
  const found: Difference<T>[] = [];
  for (const [id, before] of base) {
    const after = head.get(id);
    if (after === undefined) {
      const cause = finder.ofPlaces('base', placesOf(before));
      found.push({ kind: 'removed', id, cause, base: before, facets: [] });
      continue;
    }
    const now = new Map(facetsOf(after));
    const facets = facetsOf(before).flatMap(([name, value]) => {
      const other = now.get(name) ?? '';
      return value === other ? [] : [{ name, before: value, after: other }];
    });
    if (facets.length === 0) continue;
    const cause = finder.ofChange(placesOf(before), placesOf(after));
    found.push({ kind: 'changed', id, cause, base: before, head: after, facets });
  }
  for (const [id, after] of head)
    if (!base.has(id)) {
      const cause = finder.ofPlaces('head', placesOf(after));
      found.push({ kind: 'added', id, cause, head: after, facets: [] });
    }
  return sortBy(found, ({ id }) => id);
}

function listSystemFacets(system: System): readonly (readonly [string, string])[] {
  return [
    ['name', system.name],
    ['kind', system.kind],
    ['domain', system.domain ?? ''],
    ['team', system.owner?.team ?? ''],
    ['criticality', system.criticality],
    ['registered', system.registered ? 'yes' : 'no'],
    ['part of', system.partOf ?? ''],
  ];
}

function listLinkFacets(link: Link): readonly (readonly [string, string])[] {
  return [
    ['witnesses', link.class.join(', ')],
    ['registered', link.registered ? 'yes' : 'no'],
    ['mediation', link.mediation],
    ['protocol', link.protocol ?? ''],
    ['initiator', link.initiator],
    ['objects', link.objects.join(', ')],
    ['team', link.owner?.team ?? ''],
    ['criticality', link.criticality],
  ];
}

/**
 * Lets the differences happen one cause after the other, from the base to the head, and measures the
 * landscape after each. What a cause adds so depends on this order, and the parts sum up exactly.
 */
function splitMetrics(
  base: Judged,
  head: Judged,
  systems: readonly Difference<System>[],
  links: readonly Difference<Link>[],
): MetricChange[] {
  const stages = [undefined, ...causes].map((until) => {
    const happened = new Set(until ? causes.slice(0, causes.indexOf(until) + 1) : []);
    return measure({
      ...base,
      systems: apply(base.systems, ({ id }) => id, systems, happened),
      links: apply(base.links, ({ key }) => key, links, happened),
    });
  });
  const last = measure(head);
  return metricNames.map((name) => {
    const values = stages.map((figures) => figures[name]);
    const byCause = Object.fromEntries(
      causes.map((cause, index) => [cause, (values[index + 1] ?? 0) - (values[index] ?? 0)]),
    ) as Record<Cause, number>;
    return { name, base: values[0] ?? 0, head: last[name], byCause };
  });
}

function apply<T>(
  before: readonly T[],
  idOf: (item: T) => string,
  differences: readonly Difference<T>[],
  happened: ReadonlySet<Cause>,
): T[] {
  const items = new Map(before.map((item) => [idOf(item), item]));
  for (const { id, cause, head } of differences) {
    if (!happened.has(cause)) continue;
    if (head === undefined) items.delete(id);
    else items.set(id, head);
  }
  return sortBy(items, ([id]) => id).map(([, item]) => item);
}

function measure(landscape: Landscape): Record<MetricName, number> {
  const coupling: Coupling = measureCoupling(landscape);
  const { all } = coupling;
  const counted = new Set(
    landscape.systems.flatMap((system) => (system.counted ? [system.id] : [])),
  );
  return {
    systems: all.systems,
    links: all.links,
    pointToPointLinks: all.pointToPointLinks,
    unregisteredLinks: landscape.links.filter(
      ({ from, to, registered }) => !registered && counted.has(from) && counted.has(to),
    ).length,
    connectedPairs: all.connectedPairs,
    saturation: all.saturation,
    propagationCost: all.propagationCost,
  };
}
