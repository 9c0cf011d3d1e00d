import type { Landscape, Link, System } from '../landscape.ts';
import { foldWriting, groupBy, sortBy, sortedUnique } from '../order.ts';
import { type Detour, findDetours } from './detours.ts';
import { findRepeats, type Repeat } from './repeats.ts';

/** What is built more than once. */
export interface Duplicates {
  /** Links that two scripts or more deliver. */
  readonly implementations: readonly { readonly link: string; readonly by: readonly string[] }[];
  /** One object of one system that several systems take: a candidate for shared data or events. */
  readonly sharedObjects: readonly {
    readonly system: string;
    readonly object: string;
    readonly consumers: readonly string[];
  }[];
  /** The same pair of system types wired up more than once: a candidate for a template. */
  readonly rebuilt: readonly Rebuilt[];
  /** The same object from one system to another by two links, or two rows of the registry. */
  readonly repeats: readonly Repeat[];
  /** The same object by two ways, straight and through another system; the most ways first. */
  readonly detours: readonly Detour[];
  /** Detours beyond those that are listed. */
  readonly detoursLeftOut: number;
}

/** Two types of systems that are wired up in several pairs. */
export interface Rebuilt {
  /** As in `ERP → WMS`. */
  readonly types: string;
  readonly links: readonly string[];
  /** Different pairs of systems. */
  readonly pairs: number;
  /** Where the pairs are, as far as the inventory says. */
  readonly sites: readonly string[];
  readonly protocols: readonly string[];
}

/** Finds duplication over all links. */
export function findDuplicates(landscape: Landscape): Duplicates {
  const objects = landscape.links.flatMap(({ from, to, objects: names }) =>
    names.map((object) => ({ from, to, object })),
  );
  const taken = [
    ...groupBy(objects, ({ from, object }) => `${from}\u0000${foldWriting(object)}`).values(),
  ]
    .map((group) => ({
      system: group[0]?.from ?? '',
      object: group[0]?.object ?? '',
      consumers: sortedUnique(group.map(({ to }) => to)),
    }))
    .filter(({ consumers }) => consumers.length > 1);
  const { detours, leftOut } = findDetours(landscape.links);
  return {
    implementations: landscape.links
      .map(({ key, implementations }) => ({
        link: key,
        by: sortedUnique(implementations.filter(({ delivers }) => delivers).map(({ id }) => id)),
      }))
      .filter(({ by }) => by.length > 1),
    sharedObjects: sortBy(
      taken,
      ({ consumers }) => -consumers.length,
      ({ system }) => system,
      ({ object }) => object,
    ),
    rebuilt: findRebuilt(landscape),
    repeats: findRepeats(landscape),
    detours,
    detoursLeftOut: leftOut,
  };
}

function findRebuilt({ systems, links }: Landscape): Rebuilt[] {
  const byId = new Map(systems.map((system) => [system.id, system]));
  const typed = links.flatMap((link) => {
    const [from, to] = [byId.get(link.from), byId.get(link.to)];
    return from?.type && to?.type ? [{ types: `${from.type} → ${to.type}`, link, from, to }] : [];
  });
  const rebuilt = [...groupBy(typed, ({ types }) => foldWriting(types)).values()].map((group) => ({
    types: sortedUnique(group.map(({ types }) => types))[0] ?? '',
    links: sortedUnique(group.map(({ link }) => link.key)),
    pairs: new Set(group.map(({ link }) => toPair(link))).size,
    sites: findSites(group),
    protocols: sortedUnique(group.flatMap(({ link }) => link.protocol ?? [])),
  }));
  return sortBy(
    rebuilt.filter(({ pairs }) => pairs > 1),
    ({ types }) => types,
  );
}

function toPair({ from, to }: Link): string {
  return `${from}\u0000${to}`;
}

/** A pair is at the site of both ends, else at that of the end that differs from pair to pair. */
function findSites(group: readonly { readonly from: System; readonly to: System }[]): string[] {
  const isOneSource = new Set(group.map(({ from }) => from.id)).size === 1;
  const isOneTarget = new Set(group.map(({ to }) => to.id)).size === 1;
  return sortedUnique(
    group.flatMap(({ from, to }) => {
      if (isOneSource) return to.site ?? [];
      if (isOneTarget) return from.site ?? [];
      const sites = sortedUnique([from.site, to.site].flatMap((site) => site ?? []));
      return sites.length === 0 ? [] : [sites.join(' and ')];
    }),
  );
}
