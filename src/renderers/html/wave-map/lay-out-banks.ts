import { groupBy, sortBy } from '../../../order.ts';
import type { LinkCourse } from './follow-links.ts';

type Ends = Pick<LinkCourse, 'from' | 'to'>;

/** A system as the layout sees it. */
interface Member {
  readonly id: string;
  /** How its domain is called. */
  readonly domain: string;
}

/** Domains along the left and the right of a picture, their systems one below the other. */
export interface Banks {
  readonly height: number;
  /** The room of one system from top to bottom. */
  readonly rowHeight: number;
  /** Whether there is room for the name of each system. */
  readonly isNamed: boolean;
  readonly domains: readonly {
    readonly name: string;
    readonly systems: number;
    readonly side: Side;
    /** Where its systems begin; its name stands above, or beside them where they have none. */
    readonly top: number;
    readonly height: number;
  }[];
  readonly systems: ReadonlyMap<string, { readonly side: Side; readonly y: number }>;
}

type Side = 'left' | 'right';

interface Block {
  readonly name: string;
  side: Side;
  ids: readonly string[];
}

/** Room for the name of a domain above those of its systems. */
const namedHead = 20;
/** Without names of systems, that of their domain stands in their place and needs this much. */
const leastUnnamed = 17;
const gap = 9;
/** With more systems on a side, names would be too small to read. */
const mostNamed = 40;
/** The height of a side without names. */
const unnamedHeight = 520;
/** Smaller domains than these are drawn as one. */
const mostDomains = 24;
const sweeps = 6;

/** Lays systems along two sides, so that most links go across, and those of one domain stand together. */
export function layOutBanks(members: readonly Member[], links: readonly Ends[]): Banks {
  const blocks = chooseSides(toBlocks(members), links);
  orderBlocks(blocks, links);
  const sides = (['left', 'right'] as const).map((side) =>
    blocks.filter((block) => block.side === side),
  );
  const rows = sides.map((own) => own.reduce((sum, { ids }) => sum + ids.length, 0));
  const most = Math.max(1, ...rows);
  const isNamed = most <= mostNamed;
  const rowHeight = isNamed ? (most <= 12 ? 26 : most <= 24 ? 20 : 16) : unnamedHeight / most;
  const headHeight = isNamed ? namedHead : 0;
  const room = ({ ids }: Block): number =>
    Math.max(isNamed ? 0 : leastUnnamed, ids.length * rowHeight);
  const heightOf = (own: readonly Block[]): number =>
    own.reduce((sum, block) => sum + headHeight + room(block) + gap, 0);
  const height = Math.max(...sides.map(heightOf), 120);
  const systems = new Map<string, { side: Side; y: number }>();
  const domains = sides.flatMap((own) => {
    let y = (height - heightOf(own)) / 2;
    return own.map((block) => {
      const { name, ids, side } = block;
      const top = y + headHeight;
      ids.forEach((id, at) => {
        systems.set(id, { side, y: top + ((at + 0.5) * room(block)) / ids.length });
      });
      y = top + room(block) + gap;
      return { name, systems: ids.length, side, top, height: room(block) };
    });
  });
  return { height, rowHeight, isNamed, domains, systems };
}

/** One block a domain; the smallest become one, and one that is more than half of all becomes two. */
function toBlocks(members: readonly Member[]): Block[] {
  const byDomain = sortBy(
    groupBy(
      sortBy(members, ({ id }) => id),
      ({ domain }) => domain,
    ),
    ([, own]) => -own.length,
    ([name]) => name,
  );
  const rest = byDomain.slice(mostDomains);
  const kept = byDomain.slice(0, mostDomains).map(([name, own]) => ({
    name,
    ids: own.map(({ id }) => id),
  }));
  const whole =
    rest.length === 0
      ? kept
      : [
          ...kept,
          {
            name: `${rest.length} smaller domains`,
            ids: rest.flatMap(([, own]) => own.map(({ id }) => id)),
          },
        ];
  return whole.flatMap(({ name, ids }): Block[] => {
    const half = Math.ceil(ids.length / 2);
    return ids.length > 2 && half * 2 > members.length
      ? [
          { name, side: 'left', ids: ids.slice(0, half) },
          { name, side: 'right', ids: ids.slice(half) },
        ]
      : [{ name, side: 'left', ids }];
  });
}

/** Puts each block where more of its links go across, as long as both sides stay about as high. */
function chooseSides(blocks: readonly Block[], links: readonly Ends[]): Block[] {
  const blockOf = new Map(blocks.flatMap((block) => block.ids.map((id) => [id, block] as const)));
  const between = new Map<Block, Map<Block, number>>(blocks.map((block) => [block, new Map()]));
  for (const { from, to } of links) {
    const [a, b] = [blockOf.get(from), blockOf.get(to)];
    if (!a || !b || a === b) continue;
    between.get(a)?.set(b, (between.get(a)?.get(b) ?? 0) + 1);
    between.get(b)?.set(a, (between.get(b)?.get(a) ?? 0) + 1);
  }
  const rows = blocks.reduce((sum, { ids }) => sum + ids.length, 0);
  const perRow = links.length / Math.max(1, rows);
  const placed: Block[] = [];
  const used = { left: 0, right: 0 };
  for (const block of blocks) {
    const own = between.get(block);
    const worth = (side: Side): number => {
      const other = side === 'left' ? 'right' : 'left';
      const across = placed.reduce(
        (sum, one) => sum + (one.side === other ? (own?.get(one) ?? 0) : 0),
        0,
      );
      return across - Math.max(0, used[side] - used[other]) * perRow;
    };
    block.side = worth('right') > worth('left') ? 'right' : 'left';
    if (used[block.side] + block.ids.length > rows * 0.6 && placed.length > 0)
      block.side = used.left <= used.right ? 'left' : 'right';
    used[block.side] += block.ids.length;
    placed.push(block);
  }
  return placed;
}

/**
 * Orders blocks and the systems within so that few lines cross: each goes to the mean place of its
 * partners, in turns (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981).
 */
function orderBlocks(blocks: Block[], links: readonly Ends[]): void {
  const partners = new Map<string, string[]>();
  const join = (one: string, other: string): void => {
    const own = partners.get(one);
    if (own) own.push(other);
    else partners.set(one, [other]);
  };
  for (const { from, to } of links) {
    join(from, to);
    join(to, from);
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const turn: Side = sweep % 2 === 0 ? 'right' : 'left';
    const places = new Map<string, number>();
    for (const side of ['left', 'right'] as const) {
      const ids = blocks.filter((block) => block.side === side).flatMap((block) => block.ids);
      ids.forEach((id, at) => {
        places.set(id, (at + 0.5) / ids.length);
      });
    }
    const mean = (of: readonly string[], otherwise: number): number =>
      of.length === 0
        ? otherwise
        : of.reduce((sum, id) => sum + (places.get(id) ?? 0), 0) / of.length;
    const middle = (id: string): number => mean(partners.get(id) ?? [], places.get(id) ?? 0);
    for (const block of blocks)
      if (block.side === turn) block.ids = sortBy(block.ids, middle, (id) => id);
    const ordered = sortBy(
      blocks,
      ({ side }) => side,
      ({ side, ids }) =>
        side === turn
          ? ids.reduce((sum, id) => sum + middle(id), 0) / ids.length
          : (places.get(ids[0] ?? '') ?? 0),
      ({ name }) => name,
    );
    blocks.splice(0, blocks.length, ...ordered);
  }
}
