import { findCommunities } from '../graph/communities.ts';
import { toGraph } from '../graph.ts';
import type { Landscape } from '../landscape.ts';
import { groupBy, sortBy } from '../order.ts';

/** Systems that exchange more among themselves than with others. */
export interface Community {
  readonly systems: readonly string[];
  /** The domain of over half of them; `null` where none has. */
  readonly domain: string | null;
}

/** A system most of whose links go to another community than its domain has most systems in. */
export interface Misplaced {
  readonly system: string;
  readonly domain: string;
  /** The domain of the community that it is wired with; `null` where that is mixed. */
  readonly wiredWith: string | null;
  /** Of its links, how many go to that community. */
  readonly links: number;
  readonly allLinks: number;
}

/** How the declared domains fit the way in which systems are wired. */
export interface Communities {
  /** The largest first; systems without a link are in none. */
  readonly communities: readonly Community[];
  /** −0.5 to 1: the share of links within communities beyond what chance gives. */
  readonly modularity: number;
  /**
   * How well communities and domains agree: 1 fully, 0 as by chance, below 0 less (adjusted Rand
   * index, Hubert & Arabie 1985); `null` with fewer than two domains.
   */
  readonly agreement: number | null;
  readonly misplaced: readonly Misplaced[];
  /** Keys of links that cross the border of a domain although both ends sit in one community. */
  readonly crossing: readonly string[];
}

/** Compares the communities of all counted systems with their domains. */
export function compareCommunities(landscape: Landscape): Communities {
  const graph = toGraph(landscape, ({ counted }) => counted);
  const { groups, modularity } = findCommunities(graph);
  const domainOf = (id: string): string => graph.getNodeAttribute(id, 'system').domain ?? '';
  const communityOf = new Map(
    groups.flatMap((systems, index) => systems.map((system) => [system, index] as const)),
  );
  const communities = groups.map((systems): Community => {
    const domain = findMajority(systems.map(domainOf));
    return { systems, domain: domain === undefined || domain === '' ? null : domain };
  });
  const placed = [...communityOf].flatMap(([system, community]) => {
    const domain = domainOf(system);
    return domain === '' ? [] : [{ system, domain, community }];
  });
  const links = landscape.links.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  const linksOf = groupBy(
    links.flatMap(({ from, to }) => [
      { system: from, community: communityOf.get(to) },
      { system: to, community: communityOf.get(from) },
    ]),
    ({ system }) => system,
  );
  const homes = new Map(
    [...groupBy(placed, ({ domain }) => domain)].map(([domain, members]) => [
      domain,
      // A system alone in its domain has no other to be with.
      members.length < 2 ? undefined : findMajority(members.map(({ community }) => community)),
    ]),
  );
  const misplaced = placed.flatMap(({ system, domain }): Misplaced[] => {
    const home = homes.get(domain);
    const ends = (linksOf.get(system) ?? []).map(({ community }) => community);
    const wired = findMajority(ends);
    if (home === undefined || wired === undefined || wired === home) return [];
    const wiredWith = communities[wired]?.domain ?? null;
    // Its domain holds both communities.
    if (wiredWith === domain) return [];
    const count = ends.filter((community) => community === wired).length;
    return [{ system, domain, wiredWith, links: count, allLinks: ends.length }];
  });
  return {
    communities,
    modularity,
    agreement:
      new Set(placed.map(({ domain }) => domain)).size < 2 ? null : measureAgreement(placed),
    misplaced: sortBy(
      misplaced,
      ({ links: count }) => -count,
      ({ system }) => system,
    ),
    crossing: links.flatMap(({ key, from, to }) =>
      communityOf.get(from) === communityOf.get(to) &&
      domainOf(from) !== '' &&
      domainOf(to) !== '' &&
      domainOf(from) !== domainOf(to)
        ? [key]
        : [],
    ),
  };
}

/** What is over half of the items. */
function findMajority<T>(items: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].find(([, count]) => 2 * count > items.length)?.[0];
}

/** The adjusted Rand index: pairs that both partitions keep together, held against chance. */
function measureAgreement(
  placed: readonly { readonly domain: string; readonly community: number }[],
): number {
  const pairsIn = (key: (item: (typeof placed)[number]) => string): number =>
    [...groupBy(placed, key).values()].reduce(
      (sum, { length }) => sum + (length * (length - 1)) / 2,
      0,
    );
  const together = pairsIn(({ domain, community }) => JSON.stringify([domain, community]));
  const byDomain = pairsIn(({ domain }) => domain);
  const byCommunity = pairsIn(({ community }) => String(community));
  const chance = (byDomain * byCommunity) / ((placed.length * (placed.length - 1)) / 2);
  const most = (byDomain + byCommunity) / 2;
  // Both hold every system alone, or all in one: they are the same partition.
  if (most === chance) return 1;
  return Math.round(((together - chance) / (most - chance)) * 1e9) / 1e9;
}
