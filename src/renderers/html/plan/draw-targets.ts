import { formatSigned, type TargetWords } from '../../migration-plan/targets.ts';
import { type Markup, markup } from '../markup.ts';

const width = 440;
const left = 152;
const top = 6;
const rowHeight = 32;
/** A figure of a value is about this wide. */
const figure = 9.5;

/** Draws what each target is worth as a bar from zero; that of the plan is filled. */
export function drawTargets({ title, bars }: TargetWords): Markup {
  const worths = bars.map(({ worth }) => worth);
  const [least, most] = [Math.min(0, ...worths), Math.max(0, ...worths)];
  // Labels need room beyond the longest bars, on either side of zero.
  const right = 10 + formatSigned(most).length * figure;
  const from = left + (least < 0 ? formatSigned(least).length * figure : 0);
  const x = (worth: number): number =>
    from + ((worth - least) / Math.max(1, most - least)) * (width - from - right);
  const height = top + bars.length * rowHeight + 4;
  const rows = bars.map(({ name, worth, isPlan }, at) => {
    const y = top + at * rowHeight;
    const [a, b] = [Math.min(x(0), x(worth)), Math.max(x(0), x(worth))];
    const isLoss = Math.round(worth) < 0;
    return markup`<text class="${isPlan ? 'value' : 'row'} end" x="${left - 12}" y="${y + 20}">${name}</text><rect class="${isPlan ? 'chosen' : 'other'}" x="${a}" y="${y + 5}" width="${Math.max(1.5, b - a)}" height="${rowHeight - 12}"/><text class="${isPlan ? 'value' : 'row'}${isLoss ? ' end' : ''}" x="${isLoss ? a - 7 : b + 7}" y="${y + 20}">${formatSigned(worth)}</text>`;
  });
  return markup`<svg class="plan" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">${rows}<path class="zero" d="M${x(0)} ${top}V${height - 4}"/></svg>`;
}
