import type { Link, System } from '../../../landscape.ts';
import { sortBy } from '../../../order.ts';
import { criticalities } from '../../../vocabulary.ts';
import type { Context } from '../context.ts';

/** The systems and links that the explorer has room for. */
export interface Shown {
  readonly systems: readonly System[];
  readonly links: readonly Link[];
  /** Of all systems that count or that a link has for an end, and of all links. */
  readonly left: { readonly systems: number; readonly links: number };
}

/** With more, the page grows beyond what opens at once. */
const mostSystems = 2_500;
const mostLinks = 20_000;

/** The most connected systems, and of their links those with a row in the page, then the most critical. */
export function chooseShown(context: Context): Shown {
  const { audit } = context;
  const ends = new Set(audit.links.flatMap(({ from, to }) => [from, to]));
  const others = audit.systems.filter(({ id, counted }) => !counted && ends.has(id));
  const all = [...context.systems, ...others];
  const systems = all.slice(0, mostSystems);
  const ids = new Set(systems.map(({ id }) => id));
  const between = audit.links.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const links =
    between.length <= mostLinks
      ? between
      : sortBy(
          sortBy(
            between,
            ({ key }) => (context.isListed(key) ? 0 : 1),
            ({ criticality }) => criticalities.indexOf(criticality),
            ({ key }) => key,
          ).slice(0, mostLinks),
          ({ key }) => key,
        );
  return {
    systems: sortBy(systems, ({ id }) => id),
    links,
    left: {
      systems: all.length - systems.length,
      links: audit.links.length - links.length,
    },
  };
}
