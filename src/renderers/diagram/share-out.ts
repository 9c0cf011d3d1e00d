import type { Link } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import type { PictureLimits } from './draw-picture.ts';

/** What one picture is about: some systems, and links that begin or end at them. */
export interface Share {
  readonly members: readonly string[];
  readonly links: readonly Link[];
}

/**
 * Shares systems and their links out to as few pictures as a simple walk finds, so that no picture
 * holds too much, every system is a member of one, and every link stands with each member at its ends.
 * A system with too many links for one picture gets several, each with some of its neighbours.
 * @param members in order of id
 * @param fits whether a share can be drawn, beside the limits
 */
export function shareOut(
  members: readonly string[],
  links: readonly Link[],
  limits: PictureLimits,
  fits: (share: Share) => boolean,
): Share[] {
  const touching = new Map<string, Link[]>(members.map((id) => [id, []]));
  for (const link of links) {
    touching.get(link.from)?.push(link);
    touching.get(link.to)?.push(link);
  }
  const shares: string[][] = [];
  let nodes = new Set<string>();
  let arrows = new Set<string>();
  let current: string[] = [];
  for (const id of walk(members, touching)) {
    const own = touching.get(id) ?? [];
    const allNodes = new Set([...nodes, id, ...own.flatMap(({ from, to }) => [from, to])]);
    const allArrows = new Set([...arrows, ...own.map(toArrow)]);
    if (current.length > 0 && (allNodes.size > limits.nodes || allArrows.size > limits.arrows)) {
      shares.push(current);
      current = [id];
      nodes = new Set([id, ...own.flatMap(({ from, to }) => [from, to])]);
      arrows = new Set(own.map(toArrow));
    } else {
      current.push(id);
      nodes = allNodes;
      arrows = allArrows;
    }
  }
  if (current.length > 0) shares.push(current);
  return shares.flatMap((ids) => narrow(ids, touching, limits, fits));
}

const toArrow = ({ from, to }: Link): string => JSON.stringify([from, to]);

/** Neighbours after each other, from the system with most links on, so that pictures hold what belongs together. */
function walk(
  members: readonly string[],
  touching: ReadonlyMap<string, readonly Link[]>,
): readonly string[] {
  const ranked = sortBy(
    members,
    (id) => -(touching.get(id)?.length ?? 0),
    (id) => id,
  );
  const seen = new Set<string>();
  for (const start of ranked) {
    if (seen.has(start)) continue;
    seen.add(start);
    const queue = [start];
    for (let at = 0; at < queue.length; at++) {
      const id = queue[at] ?? '';
      const others = (touching.get(id) ?? []).map(({ from, to }) => (from === id ? to : from));
      for (const other of new Set(others))
        if (touching.has(other) && !seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
    }
  }
  return [...seen];
}

/** Halves what does not fit: the systems, and at last the neighbours of one. */
function narrow(
  members: readonly string[],
  touching: ReadonlyMap<string, readonly Link[]>,
  limits: PictureLimits,
  fits: (share: Share) => boolean,
): Share[] {
  const links = [...new Set(members.flatMap((id) => touching.get(id) ?? []))];
  const share: Share = { members, links };
  if (isWithin(share, limits) && fits(share)) return [share];
  const [only = ''] = members;
  if (members.length > 1) {
    const middle = Math.ceil(members.length / 2);
    return [members.slice(0, middle), members.slice(middle)].flatMap((half) =>
      narrow(half, touching, limits, fits),
    );
  }
  const byNeighbour = groupBy(links, ({ from, to }) => (from === only ? to : from));
  return shareNeighbours(only, [...sortBy(byNeighbour, ([id]) => id)], limits, fits);
}

type Neighbour = readonly [id: string, links: readonly Link[]];

function shareNeighbours(
  hub: string,
  neighbours: readonly Neighbour[],
  limits: PictureLimits,
  fits: (share: Share) => boolean,
): Share[] {
  const share: Share = { members: [hub], links: neighbours.flatMap(([, links]) => links) };
  if (neighbours.length <= 1 || (isWithin(share, limits) && fits(share))) return [share];
  const middle = Math.ceil(neighbours.length / 2);
  return [neighbours.slice(0, middle), neighbours.slice(middle)].flatMap((half) =>
    shareNeighbours(hub, half, limits, fits),
  );
}

function isWithin({ members, links }: Share, limits: PictureLimits): boolean {
  const nodes = new Set([...members, ...links.flatMap(({ from, to }) => [from, to])]);
  return nodes.size <= limits.nodes && new Set(links.map(toArrow)).size <= limits.arrows;
}
