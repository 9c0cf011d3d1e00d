import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { clip, formatCount, plural } from '../wording.ts';
import {
  isDrawn,
  type PictureLimits,
  type PictureOptions,
  tellConclusion,
} from './draw-picture.ts';
import type { Drawable } from './drawable.ts';
import { nameGroup } from './group-systems.ts';
import { joinLinks } from './join-links.ts';
import type { Picture } from './picture.ts';
import { type Share, shareOut } from './share-out.ts';
import { toNode } from './to-node.ts';

/** One picture of a group: some of its systems with all that is linked to them, or a part of that. */
export interface SplitPart {
  /** Systems of the group that it is about; what else it shows are the other ends of their links. */
  readonly members: readonly System[];
  readonly picture: Picture;
}

/** The pictures of one group. Together they show every link that begins or ends in it. */
export interface SplitGroup {
  readonly name: string;
  readonly systems: number;
  /** Links between two systems of the group. */
  readonly inside: number;
  /** Links with systems of other groups. */
  readonly across: number;
  readonly parts: readonly SplitPart[];
}

/** A landscape as several pictures, and what none of them shows. */
export interface SplitPicture {
  readonly groups: readonly SplitGroup[];
  readonly drawn: { readonly systems: number; readonly links: number };
  readonly left: { readonly systems: number; readonly links: number };
  /** Groups without a picture of their own, their systems, and the links that are in no picture for it. */
  readonly cut: { readonly groups: number; readonly systems: number; readonly links: number };
}

/** More groups than this are more pages than anybody opens. */
export const mostGroups = 200;

/**
 * Splits a landscape into pictures, at least one for each group. Every link stands in a picture of the
 * group of each of its ends.
 * @param fits whether a picture can be written; nothing is split below one pair of systems
 */
export function splitPicture(
  audit: Drawable,
  options: Pick<PictureOptions, 'groupBy' | 'hasAllKinds'>,
  limits: PictureLimits,
  fits: (picture: Picture) => boolean,
): SplitPicture {
  const hasRegistry = audit.registrations.length > 0;
  const grouping = options.groupBy ?? 'domain';
  const group = nameGroup(audit, grouping);
  const systems = new Map(
    audit.systems
      .filter((system) => isDrawn(system, options))
      .map((system) => [system.id, system] as const),
  );
  const links = audit.links.filter(
    ({ from, to }) => from !== to && systems.has(from) && systems.has(to),
  );
  const draw = ({ members, links: shown }: Share): Picture => {
    const ends = new Set([...members, ...shown.flatMap(({ from, to }) => [from, to])]);
    return {
      title: tellConclusion(shown, hasRegistry, undefined),
      nodes: sortBy(ends, (id) => id).flatMap((id) => {
        const system = systems.get(id);
        return system ? [toNode(system, group, undefined)] : [];
      }),
      arrows: joinLinks(shown, (id) => id, hasRegistry),
      hasRegistry,
      legend: 'all',
      isCollapsed: false,
      omitted: { systems: 0, links: 0, shown: '' },
    };
  };
  const all = [...groupBy(systems.values(), group)];
  const kept = all.length <= mostGroups ? all : chooseGroups(all, links);
  const shownSystems = new Set(kept.flatMap(([, members]) => members.map(({ id }) => id)));
  const shownLinks = links.filter(({ from, to }) => shownSystems.has(from) || shownSystems.has(to));
  const groups = kept.map(([name, members]): SplitGroup => {
    const own = new Set(members.map(({ id }) => id));
    const touching = links.filter(({ from, to }) => own.has(from) || own.has(to));
    const inside = touching.filter(({ from, to }) => own.has(from) && own.has(to)).length;
    const title = name || `no ${grouping}`;
    const drawn = shareOut(
      sortBy(own, (id) => id),
      touching,
      limits,
      (share) => fits(draw(share)),
    );
    return {
      name: title,
      systems: members.length,
      inside,
      across: touching.length - inside,
      parts: drawn.map((share, index) => {
        const picture = draw(share);
        const number = drawn.length === 1 ? '' : ` (${index + 1} of ${drawn.length})`;
        return {
          members: share.members.flatMap((id) => systems.get(id) ?? []),
          picture: { ...picture, title: `${clip(title, 40)}${number} – ${picture.title}` },
        };
      }),
    };
  });
  const isOwn = ({ from, to }: Link): boolean => from === to && systems.has(from);
  return {
    groups: sortBy(groups, ({ name }) => name),
    drawn: { systems: shownSystems.size, links: shownLinks.length },
    cut: {
      groups: all.length - kept.length,
      systems: systems.size - shownSystems.size,
      links: links.length - shownLinks.length,
    },
    left: {
      systems: audit.systems.length - systems.size,
      // What a system sends to itself is no arrow between two.
      links: audit.links.filter((link) => !isOwn(link)).length - links.length,
    },
  };
}

/** The groups with most links. */
function chooseGroups(
  groups: readonly [string, System[]][],
  links: readonly Link[],
): [string, System[]][] {
  const counts = new Map<string, number>();
  for (const { from, to } of links)
    for (const id of [from, to]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return sortBy(
    groups,
    ([, members]) => -members.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0),
    ([name]) => name,
  ).slice(0, mostGroups);
}

/** What no picture of a landscape shows, in words; the empty text where all is shown. */
export function tellUndrawn({
  groups,
  left,
  cut,
}: Pick<SplitPicture, 'groups' | 'left' | 'cut'>): string {
  const unpaged =
    cut.groups === 0
      ? ''
      : `Of ${formatCount(groups.length + cut.groups)} groups, the ${formatCount(groups.length)} with most links have pictures; ${plural(cut.systems, 'system')} and ${plural(cut.links, 'link')} have none. Grouped by something else (--group) there are fewer, and one system shows with --focus`;
  return [unpaged, tellLeft(left)].filter((sentence) => sentence !== '').join('. ');
}

function tellLeft(left: SplitPicture['left']): string {
  if (left.systems + left.links === 0) return '';
  const kinds = plural(
    left.systems,
    'database, broker, host or proxy',
    'databases, brokers, hosts and proxies',
  );
  return `Not drawn: ${kinds}${left.links > 0 ? `, and ${plural(left.links, 'link')} of theirs` : ''}`;
}
