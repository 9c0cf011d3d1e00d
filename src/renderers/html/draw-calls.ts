import { formatCount, formatPercent, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { type Markup, markup } from './markup.ts';
import { type SeenLink, shareFailed } from './seen-links.ts';
import { wrap } from './wrap-text.ts';

/** So many bars can be compared at a glance. */
const mostBars = 16;
const row = 28;
const top = 34;
/** Where names end, and how wide each panel is, with its figures. */
const left = 330;
const callsWidth = 240;
const failedWidth = 110;
const timesWidth = 220;
const figures = 64;
const failedLeft = left + callsWidth + figures + 24;
const timesLeft = failedLeft + failedWidth + figures + 24;
/** A panel of failures that ends below this would make one failure in a thousand look large. */
const leastFull = 0.05;

/**
 * Draws calls of links as bars, the busiest first, beside them the share that failed, and, where logs
 * tell durations, the answer times from p50 to p99 on a logarithmic scale.
 */
export function drawCalls(seen: readonly SeenLink[], context: Context): Markup {
  const shown = seen.slice(0, mostBars);
  const most = Math.max(1, ...shown.map(({ traffic }) => traffic.calls));
  const full = Math.max(leastFull, ...shown.map(({ traffic }) => shareFailed(traffic)));
  const scale = openTimes(shown);
  const bottom = top + shown.length * row;
  const width = scale ? timesLeft + timesWidth + 16 : timesLeft;
  const height = bottom + (scale ? 26 : 6);
  const rows = shown.map((link, index) => {
    const y = top + index * row;
    const { name, href } = context.toLink(link.key);
    const { traffic } = link;
    const share = shareFailed(traffic);
    const isBad = context.hasRegistry && !link.registered;
    const calls = Math.max(1.5, (traffic.calls / most) * callsWidth);
    const failed = share === 0 ? 0 : Math.max(1.5, (share / full) * failedWidth);
    const says = `${name}: ${plural(traffic.calls, 'call')}, ${formatPercent(share)} failed${isBad ? ', nobody registered it' : ''}`;
    return markup`<a class="row" href="${href}"><title>${says}</title><rect class="reach" x="0" y="${y}" width="${width}" height="${row}"/><text class="end" x="${left - 12}" y="${y + 19}">${wrap(name, 40, 1)[0] ?? ''}</text><rect class="bar${isBad ? ' bad' : ''}" x="${left}" y="${y + 7}" width="${calls}" height="14"/><text x="${left + calls + 7}" y="${y + 19}">${formatCount(traffic.calls)}</text><rect class="failed" x="${failedLeft}" y="${y + 7}" width="${failed}" height="14"/><text x="${failedLeft + failed + (failed > 0 ? 7 : 0)}" y="${y + 19}">${formatPercent(share)}</text>${scale ? drawTimes(link, y + row / 2, scale) : ''}</a>`;
  });
  const heads = markup`<text class="tick" x="${left}" y="20">calls</text><text class="tick" x="${failedLeft}" y="20">failed</text>${scale ? markup`<text class="tick" x="${timesLeft}" y="20">answer time</text>${drawAxis(scale, bottom)}` : ''}`;
  return markup`<svg class="calls" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Calls of links in gateway logs"><defs><pattern id="calls-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="bad" width="6" height="6"/><path class="stroke" d="M0 0V6"/></pattern></defs>${heads}${rows}</svg>`;
}

interface TimeScale {
  readonly least: number;
  readonly most: number;
  readonly x: (milliseconds: number) => number;
}

/** A scale of whole powers of ten around all durations; undefined where logs tell none. */
function openTimes(shown: readonly SeenLink[]): TimeScale | undefined {
  const all = shown.flatMap(({ traffic }) =>
    [traffic.p50Ms, traffic.p99Ms].flatMap((value) => (value === undefined ? [] : [value])),
  );
  if (all.length === 0) return undefined;
  const power = (value: number): number => Math.log10(Math.max(1, value));
  const least = Math.floor(power(Math.min(...all)));
  const most = Math.max(least + 1, Math.ceil(power(Math.max(...all))));
  const x = (milliseconds: number): number =>
    timesLeft + ((power(milliseconds) - least) / (most - least)) * timesWidth;
  return { least, most, x };
}

function drawAxis({ least, most, x }: TimeScale, bottom: number): Markup[] {
  const powers = Array.from({ length: most - least + 1 }, (_, at) => 10 ** (least + at));
  return powers.map(
    (value, at) =>
      markup`<path class="grid" d="M${x(value)} ${top}V${bottom}"/><text class="tick ${at === 0 ? '' : at === powers.length - 1 ? 'end' : 'middle'}" x="${x(value)}" y="${bottom + 18}">${value < 1000 ? `${value} ms` : `${formatCount(value / 1000)} s`}</text>`,
  );
}

/** A dot for what half of the calls stay within, a tick for 95 %, and a line on to 99 %. */
function drawTimes({ traffic }: SeenLink, y: number, { x }: TimeScale): Markup {
  const { p50Ms, p95Ms, p99Ms } = traffic;
  if (p50Ms === undefined || p95Ms === undefined || p99Ms === undefined) return markup``;
  return markup`<path class="span" d="M${x(p50Ms)} ${y}H${x(p99Ms)}"/><path class="span" d="M${x(p95Ms)} ${y - 6}V${y + 6}"/><circle class="half" cx="${x(p50Ms)}" cy="${y}" r="5"/>`;
}
