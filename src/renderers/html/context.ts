import type { Audit } from '../../audit.ts';
import type { Link, System } from '../../landscape.ts';
import { sortBy } from '../../order.ts';
import { criticalities } from '../../vocabulary.ts';
import { judgeStanding, type Standing, standings } from './standing.ts';

/** A name that leads to its place in the report. */
export interface Named {
  readonly name: string;
  readonly href: string;
}

/** What every part of the report looks things up in. */
export interface Context {
  readonly audit: Audit;
  readonly hasRegistry: boolean;
  /** Counted systems, the most connected first. */
  readonly systems: readonly System[];
  /** Links between counted systems. */
  readonly links: readonly Link[];
  readonly standingOf: (link: Link) => Standing;
  readonly nameOf: (system: string) => string;
  readonly toSystem: (system: string) => Named;
  readonly toLink: (key: string) => Named;
  /** Whether the link has a row in the table of links. */
  readonly isListed: (key: string) => boolean;
}

/** With more rows, the page is slow to open: each holds all the proof of its link. */
const mostLinks = 600;

/**
 * Indexes an audit for the report.
 * @param most how many links have a row
 */
export function toContext(audit: Audit, most = mostLinks): Context {
  const byId = new Map(audit.systems.map((system) => [system.id, system]));
  const byKey = new Map(audit.links.map((link) => [link.key, link]));
  const uses = new Map<string, number>();
  for (const { name } of audit.systems) uses.set(name, (uses.get(name) ?? 0) + 1);
  const rank = new Map(audit.analysis.hotspots.map(({ system }, index) => [system, index]));
  const hasRegistry =
    audit.links.some(({ registered }) => registered) || audit.registrations.length > 0;
  const nameOf = (id: string): string => {
    const name = byId.get(id)?.name;
    return name === undefined || name === ''
      ? id
      : (uses.get(name) ?? 0) > 1 && name !== id
        ? `${name} (${id})`
        : name;
  };
  const standingOf = (link: Link): Standing => judgeStanding(link, hasRegistry);
  const listed = chooseListed(audit.links, standingOf, most);
  return {
    audit,
    hasRegistry,
    systems: sortBy(
      audit.systems.filter(({ counted }) => counted),
      ({ id }) => rank.get(id) ?? Number.MAX_SAFE_INTEGER,
      ({ id }) => id,
    ),
    links: audit.links.filter(({ from, to }) => byId.get(from)?.counted && byId.get(to)?.counted),
    standingOf,
    nameOf,
    toSystem: (id) => ({ name: nameOf(id), href: toHref('system', id) }),
    toLink: (key) => {
      const link = byKey.get(key);
      return {
        name: link ? `${nameOf(link.from)} → ${nameOf(link.to)}` : key,
        href: listed.has(key) ? toHref('link', key) : '#links',
      };
    },
    isListed: (key) => listed.has(key),
  };
}

/** The links that the table has room for: the worst standing first, then the most critical. */
function chooseListed(
  links: readonly Link[],
  standingOf: (link: Link) => Standing,
  most: number,
): Set<string> {
  const standingRank = Object.keys(standings);
  const sorted =
    links.length <= most
      ? links
      : sortBy(
          links,
          (link) => standingRank.indexOf(standingOf(link)),
          ({ criticality }) => criticalities.indexOf(criticality),
          ({ key }) => key,
        );
  return new Set(sorted.slice(0, most).map(({ key }) => key));
}

/** The address of a place in the report: `#link=<key>`, `#system=<id>`, `#show=<what>`. */
export function toHref(
  kind: 'link' | 'system' | 'show' | 'class' | 'finding',
  value: string,
): string {
  return `#${kind}=${encodeURIComponent(value)}`;
}

/** One line that says what a link is, for hovering. */
export function describeLink(link: Link, context: Context): string {
  const passing =
    link.via.length > 0 ? `by way of ${link.via.map(context.nameOf).join(', ')}` : 'point-to-point';
  const parts = [
    link.protocol ?? link.family,
    passing,
    standings[context.standingOf(link)].label.toLowerCase(),
  ];
  return `${context.toLink(link.key).name}: ${parts.join(', ')}`;
}
