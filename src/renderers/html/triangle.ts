import type { Link } from '../../landscape.ts';
import { groupBy } from '../../order.ts';
import { clip, formatCount, plural } from '../wording.ts';
import { type Context, describeLink, toHref } from './context.ts';
import { type Markup, markup } from './markup.ts';
import {
  drawPairSample,
  drawPairState,
  judgePair,
  type PairState,
  pairLabels,
} from './pair-state.ts';

/** All possible pairs at a glance. */
export interface TriangleView {
  readonly title: string;
  readonly picture: Markup;
  readonly leftOut: string;
  readonly legend: readonly {
    readonly state: PairState;
    readonly label: string;
    readonly count: string;
    readonly sample: Markup;
  }[];
}

const mostSystems = 60;

/** Draws N(N-1)/2 pairs as a triangle, the most connected systems first. */
export function drawTriangle(context: Context): TriangleView {
  const systems = context.systems.slice(0, mostSystems);
  const groups = groupBy(
    context.links.filter(({ from, to }) => from !== to),
    ({ from, to }) => toPair(from, to),
  );
  const cell = Math.max(12, Math.min(40, Math.floor(540 / Math.max(1, systems.length))));
  const size = systems.length * cell;
  const cells = systems.flatMap(({ id }, row) =>
    systems.slice(0, row).flatMap((other, column) => {
      const links = groups.get(toPair(id, other.id));
      return links ? [drawCell(links, column * cell, row * cell, cell, context)] : [];
    }),
  );
  const names = systems.map(({ id }, index) => drawName(id, index, cell, context));
  const counts = countStates(context, groups);
  return {
    title: writeTitle(context, counts),
    picture: markup`<svg class="triangle" viewBox="0 0 ${size + 170} ${size + 4}" width="${size + 170}" height="${size + 4}" role="group" aria-label="All pairs of systems"><path class="unused" d="${drawUnused(
      systems.map(({ id }) => id),
      groups,
      cell,
    )}"/>${cells}${names}</svg>`,
    leftOut:
      systems.length < context.systems.length
        ? `The ${formatCount(systems.length)} most connected of ${formatCount(context.systems.length)} systems.`
        : '',
    legend: (Object.keys(pairLabels) as PairState[])
      .filter((state) => (counts.get(state) ?? 0) > 0)
      .map((state) => ({
        state,
        label: pairLabels[state],
        count: formatCount(counts.get(state) ?? 0),
        sample: drawPairSample(state),
      })),
  };
}

function toPair(a: string, b: string): string {
  return a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`;
}

function countStates(
  context: Context,
  groups: ReadonlyMap<string, readonly Link[]>,
): Map<PairState, number> {
  const counts = new Map<PairState, number>();
  for (const links of groups.values()) {
    const state = judgePair(links, context);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const possible = (context.systems.length * (context.systems.length - 1)) / 2;
  return counts.set('unused', possible - groups.size);
}

function writeTitle({ audit, systems }: Context, counts: ReadonlyMap<PairState, number>): string {
  const { all } = audit.analysis.coupling;
  if (systems.length < 2) return 'Fewer than two systems make no pair';
  const unregistered = counts.get('unregistered') ?? 0;
  const start = `${formatCount(all.connectedPairs)} of ${plural(all.potentialConnections, 'possible pair')} ${all.connectedPairs === 1 ? 'is' : 'are'} connected`;
  return unregistered > 0
    ? `${start}; ${formatCount(unregistered)} of them by a link nobody registered`
    : start;
}

function drawCell(
  links: readonly Link[],
  x: number,
  y: number,
  size: number,
  context: Context,
): Markup {
  const first = links[0] as Link;
  const title = links.map((link) => clip(describeLink(link, context), 200)).join('\n');
  return markup`<a class="cell" href="${toHref('link', first.key)}" data-from="${first.from}" data-to="${first.to}"><title>${title}</title>${drawPairState(judgePair(links, context), x + 1, y + 1, size - 2)}</a>`;
}

function drawUnused(
  ids: readonly string[],
  groups: ReadonlyMap<string, unknown>,
  cell: number,
): string {
  let path = '';
  const half = cell / 2;
  ids.forEach((id, row) => {
    ids.slice(0, row).forEach((other, column) => {
      if (!groups.has(toPair(id, other)))
        path += `M${column * cell + half - 1.5} ${row * cell + half}h3`;
    });
  });
  return path;
}

function drawName(id: string, index: number, cell: number, context: Context): Markup {
  const name = context.nameOf(id);
  return markup`<a class="label" href="${toHref('system', id)}" data-system="${id}"><title>${clip(name, 300)}</title><text x="${index * cell + 6}" y="${index * cell + cell / 2 + 4.5}"${cell < 16 ? markup` class="tight"` : ''}>${clip(name, 24)}</text></a>`;
}
