import type { Landscape } from '../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../order.ts';

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
  readonly rebuilt: readonly { readonly types: string; readonly links: readonly string[] }[];
}

/** Finds duplication over all links. */
export function findDuplicates(landscape: Landscape): Duplicates {
  const typeOf = new Map(landscape.systems.map(({ id, type }) => [id, type]));
  const objects = landscape.links.flatMap(({ from, to, objects: names }) =>
    names.map((object) => ({ from, to, object })),
  );
  const taken = [
    ...groupBy(objects, ({ from, object }) => `${from}\u0000${object.toLowerCase()}`).values(),
  ]
    .map((group) => ({
      system: group[0]?.from ?? '',
      object: group[0]?.object ?? '',
      consumers: sortedUnique(group.map(({ to }) => to)),
    }))
    .filter(({ consumers }) => consumers.length > 1);
  const typed = landscape.links.flatMap((link) => {
    const [from, to] = [typeOf.get(link.from), typeOf.get(link.to)];
    return from && to ? [{ types: `${from} → ${to}`, link }] : [];
  });
  const rebuilt = [...groupBy(typed, ({ types }) => types)]
    .map(([types, group]) => ({
      types,
      links: sortedUnique(group.map(({ link }) => link.key)),
      pairs: new Set(group.map(({ link }) => `${link.from}\u0000${link.to}`)).size,
    }))
    .filter(({ pairs }) => pairs > 1);
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
    rebuilt: sortBy(rebuilt, ({ types }) => types).map(({ types, links }) => ({ types, links })),
  };
}
