import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { clip, formatCount, listNames, plural } from '../wording.ts';
import { type Context, describeLink, toHref } from './context.ts';
import { drawCurve } from './curve.ts';
import { type Axis, type Point, toWay } from './map-geometry.ts';
import { fitScreen, layOutMap } from './map-layout.ts';
import { type Markup, markup } from './markup.ts';
import type { Spot } from './spots.ts';
import { type Standing, standings } from './standing.ts';
import { wrap } from './wrap-text.ts';

/** The map, what it says, and what it leaves out. */
export interface MapView {
  readonly title: string;
  readonly picture: Markup;
  readonly leftOut: string;
  readonly isWide: boolean;
  readonly legend: readonly {
    readonly standing: Standing;
    readonly label: string;
    readonly meaning: string;
    readonly sample: Markup;
  }[];
}

/** Above this many systems only the most connected are drawn. */
const mostSystems = 80;
const shownOfMany = 60;
const boxWidth = 140;
/** Room that each arrow takes on a side of a box. */
const perArrow = 9;

const order = Object.keys(standings) as Standing[];

/** Draws counted systems and the arrows of data between them. */
export function drawMap(context: Context, spots: readonly Spot[]): MapView {
  const shown = context.systems.slice(
    0,
    context.systems.length > mostSystems ? shownOfMany : mostSystems,
  );
  const ids = new Set(shown.map(({ id }) => id));
  const links = context.links.filter(({ from, to }) => ids.has(from) && ids.has(to) && from !== to);
  const isDense = shown.length > 24;
  const places = new Map(spots.map((spot, index) => [spot.system, { ...spot, number: index + 1 }]));
  const boxes = sortBy(
    shown,
    ({ domain }) => domain ?? '\uffff',
    ({ id }) => id,
  ).map((system) => {
    const sending = new Set(links.flatMap(({ from, to }) => (from === system.id ? [to] : [])));
    const taking = new Set(links.flatMap(({ from, to }) => (to === system.id ? [from] : [])));
    const busiest = Math.max(sending.size, taking.size);
    return toBox(system, context, places.get(system.id), isDense, busiest);
  });
  const arrows = [...groupBy(links, ({ from, to }) => toWay(from, to)).values()].flatMap((group) =>
    group[0] ? [{ from: group[0].from, to: group[0].to, group }] : [],
  );
  const layout = layOutMap(boxes, arrows);
  const drawn = new Set(arrows.map(({ group }) => order[worst(group, context)]));
  const used = order.filter((standing) => drawn.has(standing));
  const drawnArrows = sortBy(arrows, ({ group }) => -worst(group, context)).map(
    ({ from, to, group }) =>
      drawArrow(group, layout.ways.get(toWay(from, to)) ?? [], layout.axis, context, isDense),
  );
  const picture = markup`<svg class="map${isDense ? ' dense' : ''}" viewBox="0 0 ${layout.width} ${layout.height}" width="${layout.width}" height="${layout.height}" role="group" aria-label="Map of systems and links"><defs>${used.map(drawMarker)}</defs>${drawnArrows}${boxes.map((box) => drawSystem(box, layout.boxes.get(box.id) ?? { x: 0, y: 0 }))}</svg>`;
  return {
    title: writeTitle(context, spots),
    picture,
    leftOut: writeLeftOut(context, shown, links),
    isWide: isDense || fitScreen(layout) < 0.7,
    legend: used.map((standing) => ({
      standing,
      ...standings[standing],
      sample: drawSample(standing),
    })),
  };
}

function writeTitle(context: Context, spots: readonly Spot[]): string {
  if (context.systems.length === 0) return 'There is nothing to draw';
  if (context.links.length === 0) return 'No system is wired to another';
  if (spots.length === 0) return 'No system stands out';
  return `Look first at ${listNames(spots.map(({ system }) => clip(context.nameOf(system), 40)))}`;
}

function writeLeftOut(context: Context, shown: readonly System[], links: readonly Link[]): string {
  const hidden = context.systems.length - shown.length;
  const self = context.links.filter(({ from, to }) => from === to).length;
  const uncounted = context.audit.systems.filter(({ counted }) => !counted).length;
  const parts = [
    hidden > 0
      ? `The ${formatCount(shown.length)} most connected of ${formatCount(context.systems.length)} systems, with ${formatCount(links.length)} of ${formatCount(context.links.length)} links`
      : '',
    self > 0 ? `${plural(self, 'link')} from a system to itself not drawn` : '',
    uncounted > 0
      ? `Not drawn: ${plural(uncounted, 'database, gateway or host', 'databases, gateways, hosts and the like')}`
      : '',
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join('. ')}.` : '';
}

interface SystemBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly below: number;
  readonly name: readonly string[];
  readonly title: string;
  readonly domain: string;
  readonly note: readonly string[];
  readonly kind: string;
  readonly number: number | undefined;
}

function toBox(
  system: System,
  context: Context,
  spot: (Spot & { readonly number: number }) | undefined,
  isDense: boolean,
  arrows: number,
): SystemBox {
  const name = wrap(context.nameOf(system.id), 15, 2);
  const note = wrap(spot?.reason ?? '', 21, 2).filter(Boolean);
  const domain = isDense ? '' : clip(system.domain ?? '', 17);
  return {
    id: system.id,
    width: boxWidth,
    height: Math.max(
      (isDense ? 10 : 16) + name.length * 18 + (domain ? 16 : 0),
      Math.min(14, arrows) * perArrow + 14,
    ),
    below: note.length * 17 + (note.length > 0 ? 4 : 0),
    name,
    title: [
      context.nameOf(system.id),
      system.type,
      system.domain,
      system.owner ? undefined : 'no owner',
    ]
      .filter(Boolean)
      .join(', '),
    domain,
    note,
    kind: system.kind,
    number: spot?.number,
  };
}

function drawSystem(box: SystemBox, corner: Point): Markup {
  const { width, height, name, domain, note, kind, number } = box;
  const round =
    kind === 'application' ? 5 : kind === 'data-platform' ? Math.min(24, height / 2) : 0;
  const top = (height - name.length * 18 - (domain ? 16 : 0)) / 2;
  const lines = name.map(
    (line, index) =>
      markup`<text class="name" x="${width / 2}" y="${top + 14 + index * 18}">${line}</text>`,
  );
  const below = domain
    ? [
        markup`<text class="domain" x="${width / 2}" y="${top + 13 + name.length * 18}">${domain}</text>`,
      ]
    : [];
  const notes = note.map(
    (line, index) =>
      markup`<text class="note" x="${width / 2}" y="${height + 17 + index * 17}">${line}</text>`,
  );
  const badge =
    number === undefined
      ? []
      : [markup`<circle class="badge" r="10"/><text class="badge-number" y="4.5">${number}</text>`];
  return markup`<a class="system ${kind}${note.length > 0 ? ' spot' : ''}" href="${toHref('system', box.id)}" data-system="${box.id}" transform="translate(${corner.x} ${corner.y})"><title>${clip(box.title, 300)}</title><rect width="${width}" height="${height}" rx="${round}"/>${lines}${below}${notes}${badge}</a>`;
}

/** The position of the worst standing among links: 0 is the worst. */
function worst(links: readonly Link[], context: Context): number {
  return Math.min(...links.map((link) => order.indexOf(context.standingOf(link))));
}

function drawArrow(
  group: readonly Link[],
  points: readonly Point[],
  axis: Axis,
  context: Context,
  isDense: boolean,
): Markup {
  const first = sortBy(
    group,
    (link) => order.indexOf(context.standingOf(link)),
    ({ key }) => key,
  )[0];
  if (!first || points.length < 2) return markup``;
  const standing = context.standingOf(first);
  const { path, middle } = drawCurve(points, axis);
  const isMediated = group.every(({ pointToPoint }) => !pointToPoint);
  const mark = isMediated
    ? [markup`<circle class="via" cx="${middle.x}" cy="${middle.y}" r="3.5"/>`]
    : [];
  const count =
    group.length > 1
      ? [markup`<text class="count" x="${middle.x + 6}" y="${middle.y - 5}">${group.length}</text>`]
      : [];
  const title = group.map((link) => clip(describeLink(link, context), 200)).join('\n');
  // Where there are too many links for rows of their own, the script shows this one in the explorer.
  const address = toHref('link', first.key);
  const href = context.isListed(first.key)
    ? markup`href="${address}"`
    : markup`data-href="${address}"`;
  // In a dense picture nobody steps from arrow to arrow: systems lead to their links.
  const reached = isDense ? markup` tabindex="-1"` : markup``;
  return markup`<a class="arrow ${standing}" ${href}${reached} data-from="${first.from}" data-to="${first.to}"><title>${title}</title><path class="reach" d="${path}"/><path class="line" d="${path}" marker-end="url(#arrow-${standing})"/>${mark}${count}</a>`;
}

function drawMarker(standing: Standing): Markup {
  return markup`<marker id="arrow-${standing}" class="head ${standing}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.8L10 5L0 9.2Z"/></marker>`;
}

function drawSample(standing: Standing): Markup {
  return markup`<svg class="sample" width="36" height="10" aria-hidden="true"><g class="arrow ${standing}"><path class="line" d="M1 5H35"/></g></svg>`;
}
