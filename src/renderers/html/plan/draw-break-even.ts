import { sortBy } from '../../../order.ts';
import { tellBreakEven } from '../../migration-plan/break-even.ts';
import type { Plan } from '../../migration-plan/plan-index.ts';
import { formatSigned } from '../../migration-plan/targets.ts';
import { type Markup, markup } from '../markup.ts';
import { layTimeAxis } from './time-axis.ts';

const width = 440;
const height = 240;
const left = 34;
const top = 18;
const bottom = 48;
/** A figure of a value is about this wide. */
const figure = 9.5;

/** Draws what has been saved less what has been spent, from the start to the horizon; `null` without points. */
export function drawBreakEven(plan: Plan): Markup | null {
  const { on, points } = plan.simulation.breakEven;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const line = sortBy(
    [
      ...points.map(({ on: date, cost, saved }) => ({ date, worth: saved - cost })),
      ...(on === null || points.some((point) => point.on === on) ? [] : [{ date: on, worth: 0 }]),
    ],
    ({ date }) => date,
  );
  const worths = line.map(({ worth }) => worth);
  const [least, most] = [Math.min(0, ...worths), Math.max(0, ...worths)];
  const right = 18 + formatSigned(last.saved - last.cost).length * figure;
  const axis = layTimeAxis(first.on, last.on, left, width - right);
  const y = (worth: number): number =>
    top + ((most - worth) / Math.max(1, most - least)) * (height - top - bottom);
  const path = line
    .map(({ date, worth }, at) => `${at === 0 ? 'M' : 'L'}${cut(axis.x(date))} ${cut(y(worth))}`)
    .join('');
  const end = last.saved - last.cost;
  const lowest = line.reduce((low, one) => (one.worth < low.worth ? one : low), {
    date: first.on,
    worth: 0,
  });
  const mark = on === null ? markup`` : drawDate(axis.x(on), y(0), on);
  const deepest =
    lowest.worth < 0
      ? markup`<circle class="turn-point" cx="${axis.x(lowest.date)}" cy="${y(lowest.worth)}" r="3"/><text class="tick" x="${axis.x(lowest.date) + 8}" y="${y(lowest.worth) + 14}">${formatSigned(lowest.worth)}</text>`
      : markup``;
  const ticks = axis.ticks.map(
    ({ x, label }) =>
      markup`<path class="grid" d="M${x} ${top}V${height - 24}"/><text class="tick middle" x="${x}" y="${height - 8}">${label}</text>`,
  );
  return markup`<svg class="plan" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${tellBreakEven(plan).title}">${ticks}<path class="base" d="M${left} ${y(0)}H${width - right}"/><text class="tick" x="${width - right + 8}" y="${y(0) + 4.5}">0</text><path class="step" d="${path}"/>${deepest}${mark}<text class="value" x="${width - right + 8}" y="${y(end) + 4.5}">${formatSigned(end)}</text></svg>`;
}

/** The date stands above all else, where no line passes it, with a line down to its point. */
function drawDate(x: number, y: number, date: string): Markup {
  const isLate = x > width / 2;
  return markup`<path class="zero dashed" d="M${x} ${top - 8}V${y}"/><circle class="dot" cx="${x}" cy="${y}" r="4.5"/><text class="value${isLate ? ' end' : ''}" x="${x + (isLate ? -7 : 7)}" y="${top + 3}">${date}</text>`;
}

function cut(value: number): number {
  return Math.round(value * 10) / 10;
}
