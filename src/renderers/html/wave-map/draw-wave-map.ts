import { groupBy } from '../../../order.ts';
import { type Platform, platforms } from '../../../vocabulary.ts';
import { nameDomain } from '../../domain-words.ts';
import { plural } from '../../wording.ts';
import type { Context } from '../context.ts';
import { type Markup, markup } from '../markup.ts';
import { drawBanks } from './draw-banks.ts';
import { drawSpoke, drawStraight } from './draw-wave-lines.ts';
import { type LinkCourse, placeAt } from './follow-links.ts';
import { layOutBanks } from './lay-out-banks.ts';
import { listSpokes } from './list-spokes.ts';
import { type Place, size } from './wave-map-size.ts';

/** One map for all steps: what changes stands in groups that say from which step to which they show. */
export interface WaveMap {
  readonly picture: Markup;
  /** The map as it is today and in the end, drawn with the lines of the other. */
  readonly ends: readonly [Markup, Markup];
}

/** Lines that come and go together. */
interface Layer {
  readonly id: string;
  readonly className: 'straight' | 'over';
  readonly from: number;
  readonly until: number;
  readonly content: readonly Markup[];
}

const { width, bankWidth, hubWidth, hubHeight, hubGap, hubLeft, margin } = size;

/**
 * Draws systems by domain, links that go straight, and those that go over a platform, at each step.
 * @param titles what the picture shows at each step, for those who do not see it
 */
export function drawWaveMap(
  context: Context,
  all: readonly LinkCourse[],
  titles: readonly string[],
): WaveMap {
  const courses = all.filter(({ from, to }) => from !== to);
  const steps = titles.map((_, step) => step);
  const last = titles.length - 1;
  const banks = layOutBanks(
    context.systems.map(({ id, domain }) => ({ id, domain: nameDomain(domain ?? null) })),
    courses,
  );
  const used = platforms.filter((name) =>
    courses.some(({ before, after }) => before === name || after === name),
  );
  const hubsHeight = used.length * (hubHeight + hubGap) - hubGap;
  const height = Math.max(banks.height, hubsHeight) + 2 * margin;
  const offset = (height - banks.height) / 2;
  const placeOf = (id: string): Place => {
    const { side, y } = banks.systems.get(id) ?? { side: 'left' as const, y: 0 };
    const isLeft = side === 'left';
    return { isLeft, x: isLeft ? bankWidth : width - bankWidth, y: y + offset };
  };
  const yOf = (platform: Platform): number =>
    (height - hubsHeight + hubHeight) / 2 + used.indexOf(platform) * (hubHeight + hubGap);
  const layers = [
    ...layStraight(courses, last, (own) => drawStraight(own, placeOf, context)),
    ...laySpokes(courses, last, (system, platform) => drawSpoke(placeOf(system), yOf(platform))),
  ];
  const countAt = (platform: Platform, step: number): number =>
    courses.filter((course) => placeAt(course, step) === platform).length;
  const hubsAt = (step: number): Markup[] =>
    used.map((name) => drawHub(yOf(name), countAt(name, step)));
  const namesAt = (step: number): Markup[] =>
    used.map((name) => nameHub(name, yOf(name), countAt(name, step)));
  const density = courses.length <= 60 ? 'few' : courses.length <= 600 ? 'some' : 'many';
  const open = (id: string, label: string, content: readonly Markup[]): Markup =>
    markup`<svg${markup`${id ? markup` id="${id}"` : markup``}`} class="wave-map ${density}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${content}</svg>`;
  const changed = layers.filter(({ className, from, until }) =>
    className === 'over' ? from > 0 : until < last,
  );
  const picture = open('wave-map', titles[0] ?? '', [
    ...steps.map((step) => during(step, step, 'hubs', hubsAt(step))),
    ...layers.map(({ id, className, from, until, content }) =>
      during(from, until, className, [markup`<g id="wave-${id}">${content}</g>`]),
    ),
    // What goes and what comes stands out in its own step.
    ...changed.map(({ id, className, from, until }) =>
      className === 'over'
        ? during(from, from, 'over new', [use(id)])
        : during(until + 1, until + 1, 'gone', [use(id)]),
    ),
    ...steps.map((step) => during(step, step, 'hub-names', namesAt(step))),
    markup`<g id="wave-banks">${drawBanks(banks, offset, context)}</g>`,
  ]);
  const drawEnd = (step: number): Markup =>
    open('', titles[step] ?? '', [
      ...hubsAt(step),
      ...layers
        .filter(({ from, until }) => from <= step && step <= until)
        .map(({ id, className }) => markup`<g class="${className}">${use(id)}</g>`),
      markup`<g class="hub-names">${namesAt(step)}</g>`,
      use('banks'),
    ]);
  return { picture, ends: [drawEnd(0), drawEnd(last)] };
}

/** What shows from one step to another; the script knows it by its data. */
function during(
  from: number,
  until: number,
  className: string,
  content: readonly Markup[],
): Markup {
  const hidden = from > 0 ? markup` display="none"` : markup``;
  return markup`<g class="${className}" data-from="${from}" data-until="${until}"${hidden}>${content}</g>`;
}

function use(id: string): Markup {
  return markup`<use href="#wave-${id}"/>`;
}

/** Links that go straight, by the step that changes them. */
function layStraight(
  courses: readonly LinkCourse[],
  last: number,
  draw: (own: readonly LinkCourse[]) => Markup[],
): Layer[] {
  const straight = courses.filter(({ before }) => before === null);
  return [...groupBy(straight, ({ step }) => String(step ?? last + 1))].map(([step, own]) => ({
    id: `straight-${step}`,
    className: 'straight',
    from: 0,
    until: Number(step) - 1,
    content: draw(own),
  }));
}

/** Connections to platforms, by the steps from which and to which they are there. */
function laySpokes(
  courses: readonly LinkCourse[],
  last: number,
  draw: (system: string, platform: Platform) => Markup,
): Layer[] {
  const spokes = listSpokes(courses, last);
  return [...groupBy(spokes, ({ from, until }) => `${from}-${until}`)].map(([span, own]) => ({
    id: `over-${span}`,
    className: 'over',
    from: own[0]?.from ?? 0,
    until: own[0]?.until ?? last,
    content: own.map(({ system, platform }) => draw(system, platform)),
  }));
}

function drawHub(y: number, links: number): Markup {
  return markup`<rect class="${links === 0 ? 'hub idle' : 'hub'}" x="${hubLeft}" y="${y - hubHeight / 2}" width="${hubWidth}" height="${hubHeight}" rx="${hubHeight / 2}"/>`;
}

function nameHub(name: Platform, y: number, links: number): Markup {
  return markup`<text class="middle platform" x="${width / 2}" y="${y - 3}">${name}</text><text class="middle figure" x="${width / 2}" y="${y + 13}">${links === 0 ? 'no link' : plural(links, 'link')}</text>`;
}
