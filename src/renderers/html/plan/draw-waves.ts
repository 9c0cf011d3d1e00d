import { addDays } from '../../migration-plan/days.ts';
import { tellFrozen } from '../../migration-plan/freezes.ts';
import { layBars } from '../../migration-plan/lay-bars.ts';
import type { Plan, PlanIndex, Wave } from '../../migration-plan/plan-index.ts';
import { clip, formatCount, plural } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import { addMargin, layTimeAxis, type TimeAxis } from './time-axis.ts';

const width = 900;
const left = 136;
const right = 24;
const lineHeight = 100;
const lineGap = 44;
const lineTop = 24;
const rowHeight = 28;
const mostFreezes = 6;
/** A letter of a label is about this wide. */
const letter = 7;
/** A figure of a value is about this wide. */
const figure = 9.5;

export interface WavesPicture {
  readonly picture: Markup;
  /** Whether the picture shows days on which nothing may move. */
  readonly hasFreezes: boolean;
}

/** Draws links and hours a year falling wave by wave, over a gantt chart of the waves, on one axis of dates. */
export function drawWaves({ plan, nameOf }: PlanIndex): WavesPicture {
  const { waves, simulation, settings } = plan;
  const start = simulation.steps[0]?.on ?? waves[0]?.first ?? '';
  const last = waves.at(-1)?.last ?? start;
  const end = addMargin(start, last);
  const axis = layTimeAxis(start, end, left, width - right);
  const ganttTop = lineTop + 2 * (lineHeight + lineGap);
  const frozen = settings.freezes.filter(({ from, to }) => to >= start && from <= end);
  const shown = frozen.slice(0, mostFreezes);
  const freezeTop = ganttTop + waves.length * rowHeight;
  const bottom = freezeTop + shown.length * rowHeight;
  const general = frozen
    .filter(({ systems, domains }) => systems.length + domains.length === 0)
    .map(({ from, to }) => drawSpan(axis, from, to, ganttTop, freezeTop - ganttTop));
  const rows = shown.map((freeze, at) => {
    const y = freezeTop + at * rowHeight;
    const x = Math.max(axis.x(freeze.from), axis.x(addDays(freeze.to, 1)));
    const isLate = x > width - 220;
    const what = clip(`${tellFrozen(freeze, nameOf)}, ${freeze.from} to ${freeze.to}`, 60);
    return markup`<text class="row end" x="${left - 14}" y="${y + 18}">Freeze</text>${drawSpan(axis, freeze.from, freeze.to, y + 5, rowHeight - 10)}<text class="tick${isLate ? ' end' : ''}" x="${isLate ? axis.x(freeze.from) - 8 : x + 8}" y="${y + 18}">${what}</text>`;
  });
  const grid = axis.ticks.map(
    ({ x, label }) =>
      markup`<path class="grid" d="M${x} ${lineTop}V${bottom}"/><text class="tick middle" x="${x}" y="${bottom + 18}">${label}</text>`,
  );
  const height = bottom + 26;
  const picture = markup`<svg class="plan" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${describe(plan)}"><defs><pattern id="freeze" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="stripe" d="M0 0V7"/></pattern></defs>${grid}${general}${drawStep(plan, axis, 'point-to-point', 'links', lineTop, ({ pointToPointLinks }) => pointToPointLinks)}${drawStep(plan, axis, 'hours', 'a year', lineTop + lineHeight + lineGap, ({ hoursPerYear }) => hoursPerYear)}${waves.map((wave, at) => drawBars(plan, wave, axis, ganttTop + at * rowHeight))}${rows}</svg>`;
  return { picture, hasFreezes: frozen.length > 0 };
}

type Step = Plan['simulation']['steps'][number];

/** A stepped line: a value holds until a wave ends. */
function drawStep(
  { simulation: { steps } }: Plan,
  axis: TimeAxis,
  name: string,
  unit: string,
  top: number,
  read: (step: Step) => number,
): Markup {
  const most = Math.max(1, ...steps.map(read));
  const y = (value: number): number => top + (1 - value / most) * lineHeight;
  const [today] = steps;
  if (!today) return markup``;
  const falls = steps.slice(1).flatMap((step, at) => {
    const value = read(step);
    const hasChanged = Math.round(value) !== Math.round(read(steps[at] ?? today));
    return hasChanged ? [{ x: axis.x(addDays(step.on, 1)), y: y(value), value }] : [];
  });
  const path = falls.map((fall) => `H${cut(fall.x)}V${cut(fall.y)}`).join('');
  const first = { x: axis.x(today.on), y: y(read(today)), value: read(today) };
  const dots = [first, ...falls].map(
    (one) => markup`<circle class="dot" cx="${one.x}" cy="${one.y}" r="3.5"/>`,
  );
  return markup`<path class="base" d="M${left} ${y(0)}H${width - right}"/><text class="row end" x="${left - 14}" y="${top + 5}">${name}</text><text class="row end" x="${left - 14}" y="${top + 22}">${unit}</text><path class="step" d="M${first.x} ${cut(first.y)}${path}H${width - right}"/>${dots}<text class="value" x="${first.x + 8}" y="${first.y - 7}">${formatCount(first.value)}</text>${labelFalls(falls)}`;
}

/** Figures stand below the line, left of their fall; those that would cover a later one are left out. */
function labelFalls(
  falls: readonly { readonly x: number; readonly y: number; readonly value: number }[],
): Markup[] {
  const labels: Markup[] = [];
  let free = width;
  for (const fall of [...falls].reverse()) {
    const text = formatCount(fall.value);
    if (fall.x > free) continue;
    free = fall.x - text.length * figure - 12;
    labels.unshift(
      markup`<text class="value end" x="${fall.x - 8}" y="${fall.y + 17}">${text}</text>`,
    );
  }
  return labels;
}

function drawBars(plan: Plan, wave: Wave, axis: TimeAxis, y: number): Markup {
  const bars = layBars(plan, wave).map(({ kind, first, days, hours }) => {
    const what =
      kind === 'build'
        ? wave.adapters.length > 0
          ? plural(wave.adapters.length, 'adapter')
          : plural(wave.platforms.length, 'platform')
        : plural(wave.links.length, 'link');
    const [from, to] = [axis.x(first), axis.x(addDays(first, days))];
    return { kind, from, to, label: `${what}, ${formatCount(hours)} h` };
  });
  const rects = bars.map(
    ({ kind, from, to }) =>
      markup`<rect class="${kind}" x="${from}" y="${y + 4}" width="${Math.max(2, to - from - 1.5)}" height="${rowHeight - 8}"/>`,
  );
  const fits = bars.every(({ from, to, label }) => to - from > label.length * letter + 12);
  const [begin, end] = [bars[0]?.from ?? left, bars.at(-1)?.to ?? left];
  const whole = bars.map(({ label }) => label).join('; ');
  const isLate = end + whole.length * letter + 12 > width;
  const labels = fits
    ? bars.map(
        ({ kind, from, label }) =>
          markup`<text class="${kind === 'move' ? 'inside' : 'row'}" x="${from + 7}" y="${y + 18}">${label}</text>`,
      )
    : [
        markup`<text class="row${isLate ? ' end' : ''}" x="${isLate ? begin - 8 : end + 8}" y="${y + 18}">${whole}</text>`,
      ];
  return markup`<text class="row end" x="${left - 14}" y="${y + 18}">Wave ${String(wave.number)}</text>${rects}${labels}`;
}

function drawSpan(axis: TimeAxis, from: string, to: string, y: number, height: number): Markup {
  const [begin, end] = [axis.x(from), axis.x(addDays(to, 1))];
  return markup`<rect class="freeze" x="${begin}" y="${y}" width="${Math.max(2, end - begin)}" height="${height}"/>`;
}

/** What the picture shows, for those who do not see it. */
function describe({ waves, simulation: { steps } }: Plan): string {
  const [today, last] = [steps[0], steps.at(-1)];
  return `${plural(waves.length, 'wave')} from ${today?.on ?? ''} to ${last?.on ?? ''}: point-to-point links from ${formatCount(today?.pointToPointLinks ?? 0)} to ${formatCount(last?.pointToPointLinks ?? 0)}, hours a year from ${formatCount(today?.hoursPerYear ?? 0)} to ${formatCount(last?.hoursPerYear ?? 0)}`;
}

function cut(value: number): number {
  return Math.round(value * 10) / 10;
}
