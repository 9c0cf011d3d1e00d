import type { SensitivityWords } from '../../migration-plan/sensitivity.ts';
import { formatSigned } from '../../migration-plan/targets.ts';
import { type Markup, markup } from '../markup.ts';

const width = 720;
const left = 268;
/** A figure of a reading is about this wide. */
const figure = 8;
const top = 26;
const rowHeight = 34;

/** Draws what the plan is worth with one assumption at its low and its high end, the widest span first. */
export function drawTornado({ title, bars }: SensitivityWords, worth: number): Markup {
  const ends = [worth, ...bars.flatMap(({ worthLow, worthHigh }) => [worthLow, worthHigh])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const longest = Math.max(...bars.flatMap(({ low, high }) => [low.length, high.length]));
  const side = Math.max(46, 12 + longest * figure);
  const x = (value: number): number =>
    left + side + ((value - least) / Math.max(1, most - least)) * (width - left - 2 * side);
  const height = top + bars.length * rowHeight + 28;
  const rows = bars.map((bar, at) => {
    const y = top + at * rowHeight;
    const draw = (value: number, kind: string): Markup =>
      markup`<rect class="${kind}" x="${Math.min(x(value), x(worth))}" y="${y + 6}" width="${Math.max(1, Math.abs(x(value) - x(worth)))}" height="${rowHeight - 12}"/>`;
    const tell = (value: number, reading: string): Markup => {
      const isLeft = value < worth;
      return markup`<text class="row${isLeft ? ' end' : ''}" x="${x(value) + (isLeft ? -6 : 6)}" y="${y + 21}">${reading}</text>`;
    };
    return markup`<text class="row end" x="${left}" y="${y + 21}">${bar.name}<tspan class="tick">, ${bar.unit}</tspan></text>${draw(bar.worthLow, 'low')}${draw(bar.worthHigh, 'high')}${tell(bar.worthLow, bar.low)}${tell(bar.worthHigh, bar.high)}`;
  });
  const floor = height - 24;
  const zero =
    least < 0 && most > 0
      ? markup`<path class="zero dashed" d="M${x(0)} ${top}V${floor}"/><text class="tick middle" x="${x(0)}" y="${height - 6}">0</text>`
      : markup``;
  const atEnds = [least, most]
    .filter((value) => Math.abs(x(value) - x(worth)) > 60 && Math.abs(x(value) - x(0)) > 40)
    .map(
      (value) =>
        markup`<text class="tick middle" x="${x(value)}" y="${height - 6}">${formatSigned(value)}</text>`,
    );
  return markup`<svg class="plan" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}"><defs><pattern id="low" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="low-stripe" d="M0 0V6"/></pattern></defs>${zero}${rows}<path class="zero" d="M${x(worth)} ${top - 4}V${floor}"/><text class="value middle" x="${x(worth)}" y="${top - 10}">the plan ${formatSigned(worth)} h</text>${atEnds}</svg>`;
}
