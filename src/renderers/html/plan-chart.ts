import { formatCount, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { type Markup, markup } from './markup.ts';

const width = 900;
const left = 120;
const right = 24;
const top = 20;
const stepHeight = 150;
const rowHeight = 28;

/** Draws point-to-point links falling wave by wave, over a bar for each wave's hours. */
export function drawPlanChart({ audit, links }: Context): Markup {
  const { waves, retired } = audit.analysis.waves;
  const direct = new Set(links.filter(({ pointToPoint }) => pointToPoint).map(({ key }) => key));
  const countDirect = (keys: readonly string[]): number =>
    keys.filter((key) => direct.has(key)).length;
  const hours = Math.max(
    1,
    waves.reduce((sum, { effortHours }) => sum + effortHours, 0),
  );
  const most = Math.max(1, direct.size);
  const x = (at: number): number => left + (at / hours) * (width - left - right);
  const y = (value: number): number => top + (1 - value / most) * stepHeight;
  let spent = 0;
  let remaining = direct.size - countDirect(retired);
  let path = `M${x(0)} ${cut(y(direct.size))}V${cut(y(remaining))}`;
  const marks = [drawValue(x(0), y(direct.size), direct.size)];
  const bars = waves.map((wave, index) => {
    const from = spent;
    spent += wave.effortHours;
    const before = remaining;
    remaining -= countDirect(wave.links);
    path += `H${cut(x(spent))}V${cut(y(remaining))}`;
    if (before !== remaining) marks.push(drawValue(x(spent), y(remaining), remaining));
    const rowTop = top + stepHeight + 30 + index * rowHeight;
    const label = `${plural(wave.links.length, 'link')}, ${formatCount(wave.effortHours)} h`;
    const isRoomy = x(spent) - x(from) > 110;
    return markup`<text class="row end" x="${left - 14}" y="${rowTop + 18}">Wave ${wave.number}</text><rect class="wave" x="${x(from)}" y="${rowTop + 4}" width="${Math.max(2, x(spent) - x(from))}" height="${rowHeight - 8}"/><text class="${isRoomy ? 'inside' : x(spent) > width / 2 ? 'row end' : 'row'}" x="${isRoomy ? x(from) + 8 : x(spent) > width / 2 ? x(from) - 8 : x(spent) + 8}" y="${rowTop + 18}">${label}</text>`;
  });
  const height = top + stepHeight + 30 + waves.length * rowHeight + 26;
  const axis = height - 8;
  return markup`<svg class="plan" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Point-to-point links left after each wave"><path class="grid" d="M${left} ${y(0)}H${width - right}"/><text class="row end" x="${left - 14}" y="${y(most) + 5}">point-to-point</text><text class="row end" x="${left - 14}" y="${y(most) + 22}">links left</text><path class="step" d="${path}"/>${marks}${bars}<text class="tick" x="${left}" y="${axis}">0 h</text><text class="tick end" x="${width - right}" y="${axis}">${formatCount(hours)} h</text></svg>`;
}

function drawValue(x: number, y: number, value: number): Markup {
  return markup`<circle class="dot" cx="${x}" cy="${y}" r="3.5"/><text class="value${x > width - 80 ? ' end' : ''}" x="${x > width - 80 ? x - 2 : x + 7}" y="${y - 7}">${formatCount(value)}</text>`;
}

function cut(value: number): number {
  return Math.round(value * 10) / 10;
}
