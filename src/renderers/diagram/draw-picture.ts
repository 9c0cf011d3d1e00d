import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { criticalities } from '../../vocabulary.ts';
import { clip, formatCount, plural } from '../wording.ts';
import type { Drawable } from './drawable.ts';
import { findNeighbours } from './find-neighbours.ts';
import { nameGroup } from './group-systems.ts';
import { joinLinks } from './join-links.ts';
import type { Grouping, Picture, PictureArrow, PictureNode } from './picture.ts';
import { toNode } from './to-node.ts';

/** What a picture is to show. */
export interface PictureOptions {
  readonly groupBy?: Grouping;
  /** The id of the system that it is about; without it, it is about all. */
  readonly focus?: string;
  /** How many links away from it; 1 where nothing is said. */
  readonly depth?: number;
  /** Also databases, brokers, hosts and what else is no system of its own. */
  readonly hasAllKinds?: boolean;
  /** A box for each group, also where all systems would fit. */
  readonly asGroups?: boolean;
}

/** Whether a picture of the landscape shows a system: those that count, and those of unknown kind. */
export function isDrawn(
  { counted, kind }: Pick<System, 'counted' | 'kind'>,
  { hasAllKinds = false }: Pick<PictureOptions, 'hasAllKinds'>,
): boolean {
  return counted || kind === 'unknown' || hasAllKinds;
}

/** How much one picture may hold. */
export interface PictureLimits {
  readonly nodes: number;
  readonly arrows: number;
}

/**
 * Chooses what a picture shows. What does not fit is put together by group, and where that is not
 * possible or not enough, only the nodes with most links stay.
 */
export function drawPicture(
  audit: Drawable,
  options: PictureOptions,
  limits: PictureLimits,
): Picture {
  const hasRegistry = audit.registrations.length > 0;
  const { focus, depth = 1 } = options;
  const known = new Map(
    audit.systems
      .filter((system) => system.id === focus || isDrawn(system, options))
      .map((system) => [system.id, system]),
  );
  const possible = audit.links.filter(({ from, to }) => known.has(from) && known.has(to));
  const distances = focus === undefined ? undefined : findNeighbours(possible, focus, depth);
  const systems = [...known.values()].filter(({ id }) => distances?.has(id) ?? true);
  // Links between the outermost systems are further away than the depth.
  const isNear = (id: string): boolean => (distances?.get(id) ?? depth) < depth;
  const links = distances
    ? possible.filter(({ from, to }) => isNear(from) || isNear(to))
    : possible;
  const group = nameGroup(audit, options.groupBy ?? 'domain');
  const single = joinLinks(links, (id) => id, hasRegistry);
  const fits = systems.length <= limits.nodes && single.length <= limits.arrows;
  const groups = groupBy(systems, group);
  const isCollapsed =
    (!fits || options.asGroups === true) && focus === undefined && groups.size > 1;
  const nodes = isCollapsed
    ? toGroupNodes(groups, links, options.groupBy ?? 'domain')
    : systems.map((system) => toNode(system, group, focus));
  const owner = isCollapsed
    ? new Map(systems.map((system) => [system.id, group(system)]))
    : undefined;
  const arrows = owner ? joinLinks(links, (id) => owner.get(id) ?? '', hasRegistry) : single;
  const kept = isCollapsed
    ? keepStrongest(nodes, arrows, limits)
    : keepMostLinked(nodes, arrows, limits, distances);
  const shownSystems = isCollapsed
    ? kept.nodes.reduce((sum, { id }) => sum + (groups.get(id)?.length ?? 0), 0)
    : kept.nodes.length;
  const hidden = arrows.reduce((sum, arrow) => sum + arrow.links, 0);
  const shown = kept.arrows.reduce((sum, arrow) => sum + arrow.links, 0);
  // Links within a group that is left out are left out, too.
  const ids = new Set(kept.nodes.map(({ id }) => id));
  const within = owner
    ? links.filter(
        ({ from, to }) => owner.get(from) === owner.get(to) && !ids.has(owner.get(from) ?? ''),
      ).length
    : 0;
  return {
    title: tellConclusion(links, hasRegistry, focus === undefined ? undefined : known.get(focus)),
    nodes: kept.nodes,
    arrows: kept.arrows,
    hasRegistry,
    legend: 'all',
    isCollapsed,
    omitted: {
      systems: systems.length - shownSystems,
      links: hidden - shown + within,
      shown: isCollapsed ? 'strongest connections' : 'systems with most links',
    },
  };
}

/** One node for each group, with how many systems and links are in it. */
function toGroupNodes(
  groups: ReadonlyMap<string, readonly System[]>,
  links: readonly Link[],
  grouping: Grouping,
): PictureNode[] {
  const of = new Map([...groups].flatMap(([name, members]) => members.map(({ id }) => [id, name])));
  const inner = new Map<string, number>();
  for (const { from, to } of links) {
    const name = of.get(from);
    if (name !== undefined && name === of.get(to)) inner.set(name, (inner.get(name) ?? 0) + 1);
  }
  return [...groups].map(([name, members]) => {
    const among = inner.get(name) ?? 0;
    const worst = Math.min(...members.map(({ criticality }) => criticalities.indexOf(criticality)));
    return {
      id: name,
      name: name || `no ${grouping}`,
      kind: 'group',
      criticality: criticalities[worst] ?? 'operational',
      group: '',
      isFocus: false,
      detail: `${plural(members.length, 'system')}${among > 0 ? `, ${plural(among, 'link')} inside` : ''}`,
    };
  });
}

/** As many nodes as fit with the arrows between them: the nearest ones, then those with most links. */
function keepMostLinked(
  nodes: readonly PictureNode[],
  arrows: readonly PictureArrow[],
  limits: PictureLimits,
  distances: ReadonlyMap<string, number> | undefined,
): Pick<Picture, 'nodes' | 'arrows'> {
  const weights = new Map<string, number>();
  for (const { from, to, links } of arrows)
    for (const end of [from, to]) weights.set(end, (weights.get(end) ?? 0) + links);
  const ranked = sortBy(
    nodes,
    ({ id }) => distances?.get(id) ?? 0,
    ({ id }) => -(weights.get(id) ?? 0),
    ({ id }) => id,
  );
  const ranks = new Map(ranked.map(({ id }, rank) => [id, rank]));
  const behind = (arrow: PictureArrow): number =>
    Math.max(ranks.get(arrow.from) ?? 0, ranks.get(arrow.to) ?? 0);
  const ordered = arrows.map(behind).sort((a, b) => a - b);
  // The first arrow that does not fit says how many nodes do.
  const most = Math.min(limits.nodes, ordered[limits.arrows] ?? nodes.length);
  return {
    nodes: sortBy(ranked.slice(0, Math.max(most, 1)), ({ id }) => id),
    arrows: arrows.filter((arrow) => behind(arrow) < Math.max(most, 1)),
  };
}

/** Between groups that all exchange data, only the arrows that stand for most links can be read. */
function keepStrongest(
  nodes: readonly PictureNode[],
  arrows: readonly PictureArrow[],
  limits: PictureLimits,
): Pick<Picture, 'nodes' | 'arrows'> {
  const fitting = keepMostLinked(
    nodes,
    arrows,
    { nodes: limits.nodes, arrows: arrows.length },
    undefined,
  );
  const strongest = sortBy(
    fitting.arrows,
    ({ links }) => -links,
    ({ from }) => from,
    ({ to }) => to,
  ).slice(0, Math.ceil(limits.arrows / 5));
  const kept = new Set(strongest);
  return { nodes: fitting.nodes, arrows: fitting.arrows.filter((arrow) => kept.has(arrow)) };
}

/** What the links come to, in a few words. */
export function tellConclusion(
  links: readonly Link[],
  hasRegistry: boolean,
  focus: System | undefined,
): string {
  if (focus) {
    const sends = new Set(links.filter(({ from }) => from === focus.id).map(({ to }) => to));
    const takes = new Set(links.filter(({ to }) => to === focus.id).map(({ from }) => from));
    return `${clip(focus.name, 40)} sends data to ${plural(sends.size, 'system')} and takes it from ${formatCount(takes.size)}`;
  }
  if (links.length === 0) return 'No link was found';
  const open = links.filter(({ registered }) => !registered).length;
  if (!hasRegistry) return `${plural(links.length, 'link')}, and no registry that knows them`;
  return open === 0
    ? `All ${plural(links.length, 'link')} are registered`
    : `Nobody registered ${formatCount(open)} of ${plural(links.length, 'link')}`;
}
