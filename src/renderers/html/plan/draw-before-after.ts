import type { PlanIndex, Wave } from '../../migration-plan/plan-index.ts';
import { clip, formatCount, plural } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import { orderColumns } from './order-columns.ts';

/** What a wave does to the wiring, as two pictures with the same systems at the same places. */
export interface BeforeAfter {
  readonly before: Markup;
  readonly after: Markup;
  readonly beforeTitle: string;
  readonly afterTitle: string;
  /** How many links the pictures leave out, in words. */
  readonly leftOut: string;
}

/** A picture of more links than this is read by nobody. */
const mostLinks = 24;
const mostLetters = 28;
const width = 720;
const boxWidth = 222;
const hubWidth = 156;
const rowHeight = 36;
const boxHeight = 26;
const top = 26;
const hubLeft = (width - hubWidth) / 2;
const rightLeft = width - boxWidth;

/** Draws the links of a wave straight from system to system, and over their platforms. */
export function drawBeforeAfter(index: PlanIndex, wave: Wave): BeforeAfter {
  const keys = wave.links.slice(0, mostLinks);
  const ends = keys.flatMap((key) => {
    const link = index.link(key);
    const platform = index.choice(key)?.pattern;
    return link && platform ? [{ from: link.from, to: link.to, platform: String(platform) }] : [];
  });
  const { senders, takers } = orderColumns(ends);
  const hubs = [...new Set(ends.map(({ platform }) => platform))].sort();
  const rows = Math.max(senders.length, takers.length, hubs.length);
  const height = top + rows * rowHeight + 4;
  const place = (list: readonly string[]): ((name: string) => number) => {
    const offset = (rows - list.length) / 2;
    return (name) => top + (list.indexOf(name) + offset + 0.5) * rowHeight;
  };
  const [atSender, atTaker, atHub] = [place(senders), place(takers), place(hubs)];
  const systems = [
    ...senders.map((id) => drawBox('box', 0, boxWidth, atSender(id), index.nameOf(id))),
    ...takers.map((id) => drawBox('box', rightLeft, boxWidth, atTaker(id), index.nameOf(id))),
  ];
  const heads = markup`<text class="tick" x="0" y="14">sends</text><text class="tick end" x="${width}" y="14">takes</text>`;
  const open = (label: string, content: readonly Markup[]): Markup =>
    markup`<svg class="plan wiring" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${heads}${content}${systems}</svg>`;
  const straight = ends.map(({ from, to }) =>
    drawLine('direct', boxWidth, atSender(from), rightLeft, atTaker(to)),
  );
  const into = distinct(ends.map(({ from, platform }) => [from, platform] as const));
  const out = distinct(ends.map(({ to, platform }) => [to, platform] as const));
  const mediated = [
    ...into.map(([id, hub]) => drawLine('mediated', boxWidth, atSender(id), hubLeft, atHub(hub))),
    ...out.map(([id, hub]) =>
      drawLine('mediated', hubLeft + hubWidth, atHub(hub), rightLeft, atTaker(id)),
    ),
    ...hubs.map((hub) => drawBox('hub', hubLeft, hubWidth, atHub(hub), hub)),
  ];
  const connected = distinct([...into, ...out]).length;
  const beforeTitle = `Before: ${plural(keys.length, 'link')} straight from system to system`;
  const afterTitle = `After: ${plural(connected, 'connection')} to ${plural(hubs.length, 'platform')}`;
  return {
    before: open(beforeTitle, straight),
    after: open(afterTitle, mediated),
    beforeTitle,
    afterTitle,
    leftOut:
      wave.links.length > keys.length
        ? `The pictures leave out ${formatCount(wave.links.length - keys.length)} of ${plural(wave.links.length, 'link')}.`
        : '',
  };
}

function drawBox(kind: 'box' | 'hub', x: number, wide: number, y: number, name: string): Markup {
  return markup`<rect class="${kind}" x="${x + 1}" y="${y - boxHeight / 2}" width="${wide - 2}" height="${boxHeight}" rx="${kind === 'hub' ? 13 : 2}"/><text class="middle" x="${x + wide / 2}" y="${y + 4.5}">${clip(name, mostLetters)}</text>`;
}

function drawLine(kind: string, x1: number, y1: number, x2: number, y2: number): Markup {
  const end = x2 - 7;
  const half = (x1 + end) / 2;
  return markup`<path class="${kind}" d="M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${end} ${y2}"/><path class="${kind} tip" d="M${end} ${y2 - 4}L${x2} ${y2}L${end} ${y2 + 4}Z"/>`;
}

function distinct(pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}
