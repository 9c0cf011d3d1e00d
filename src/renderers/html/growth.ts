import type { GrowthPoint } from '../../analyzers/coupling.ts';
import { formatCount, formatDecimal, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { type Markup, markup } from './markup.ts';

/** What more systems would mean. */
export interface GrowthView {
  readonly title: string;
  /** What each further system adds. */
  readonly adds: string;
  readonly picture: Markup;
}

const width = 420;
const height = 300;
/** Tabular figures of labels are about this wide. */
const figure = 8;
const top = 14;
const bottom = 40;

/** Draws possible pairs, pairs at today's habit, and what a hub needs, over the count of systems. */
export function drawGrowth({ audit }: Context): GrowthView {
  const { growth } = audit.analysis.coupling;
  const [first, last] = [growth[0], growth.at(-1)];
  if (!first || !last) return { title: '', adds: '', picture: markup`` };
  const most = Math.max(1, last.potential);
  const digits = formatCount(most).length;
  const left = Math.max(44, 12 + digits * figure);
  const right = Math.max(132, 86 + digits * figure);
  const x = (point: GrowthPoint): number =>
    left +
    ((point.systems - first.systems) / Math.max(1, last.systems - first.systems)) *
      (width - left - right);
  const y = (value: number): number => height - bottom - (value / most) * (height - top - bottom);
  const line = (pick: (point: GrowthPoint) => number): string =>
    growth
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${cut(x(point))} ${cut(y(pick(point)))}`)
      .join('');
  const labels = spread(
    [
      { name: 'possible', value: last.potential, kind: 'possible' },
      { name: 'as today', value: last.atTodaysDegree, kind: 'today' },
      { name: 'with a hub', value: last.hub, kind: 'hub' },
    ],
    y,
  );
  const ticks = [0, most / 2, most].map(
    (value) =>
      markup`<path class="grid" d="M${left} ${y(value)}H${width - right}"/><text class="tick end" x="${left - 6}" y="${y(value) + 4.5}">${formatCount(value)}</text>`,
  );
  return {
    title:
      last.atTodaysDegree === 0
        ? `${formatCount(last.systems)} systems can make ${formatCount(last.potential)} pairs; a hub needs ${formatCount(last.hub)}`
        : `${formatCount(last.systems - first.systems)} more systems, wired as today, connect ${formatCount(last.atTodaysDegree)} pairs; a hub needs ${formatCount(last.hub)}`,
    adds: tellAdditions(growth),
    picture: markup`<svg class="growth" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Pairs by count of systems">${ticks}<path class="possible" d="${line((point) => point.potential)}"/><path class="today" d="${line((point) => point.atTodaysDegree)}"/><path class="hub" d="${line((point) => point.hub)}"/>${labels.map(({ name, value, kind, at }) => markup`<text class="${kind}" x="${width - right + 8}" y="${at + 4.5}">${name} ${formatCount(value)}</text>`)}<text class="tick" x="${left}" y="${height - bottom + 18}">${formatCount(first.systems)}</text><text class="tick end" x="${width - right}" y="${height - bottom + 18}">${formatCount(last.systems)}</text><text class="tick middle" x="${(left + width - right) / 2}" y="${height - 6}">systems</text></svg>`,
  };
}

function tellAdditions(growth: readonly GrowthPoint[]): string {
  const [next, last] = [growth[1], growth.at(-1)];
  if (!next || !last) return '';
  const today =
    next.addsAtTodaysDegree === 0
      ? ''
      : ` Wired as today, each adds about ${formatDecimal(next.addsAtTodaysDegree, 1)}.`;
  return `The next system can add ${plural(next.addsAtPotential, 'pair')}, the ${formatCount(growth.length - 1)}th ${formatCount(last.addsAtPotential)}; a hub needs one more connection for each.${today}`;
}

interface Label {
  readonly name: string;
  readonly value: number;
  readonly kind: string;
}

/** Keeps labels at the ends of lines at least a line's height apart, from the bottom up. */
function spread(
  labels: readonly Label[],
  y: (value: number) => number,
): (Label & { at: number })[] {
  let limit = height;
  return [...labels]
    .sort((a, b) => a.value - b.value)
    .map((label) => {
      const at = Math.min(y(label.value), limit);
      limit = at - 17;
      return { ...label, at };
    });
}

function cut(value: number): number {
  return Math.round(value * 10) / 10;
}
