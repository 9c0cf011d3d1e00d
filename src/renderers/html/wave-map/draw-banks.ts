import { clip, formatCount, plural } from '../../wording.ts';
import type { Context } from '../context.ts';
import { type Markup, markup } from '../markup.ts';
import type { Banks } from './lay-out-banks.ts';
import { size } from './wave-map-size.ts';

const { width, bankWidth } = size;
/** What a name may take, in pixels. */
const nameRoom = bankWidth - 14;

/** Draws domains and their systems along both sides of the map, moved down by an offset. */
export function drawBanks(banks: Banks, offset: number, context: Context): Markup[] {
  const { rowHeight, isNamed } = banks;
  const names = new Map(context.systems.map(({ id }) => [id, context.nameOf(id)]));
  const heads = banks.domains.map(({ name, systems, side, top: y, height }) => {
    const isLeft = side === 'left';
    const left = isLeft ? 0 : width - bankWidth;
    const title = isNamed ? clip(name, 30) : `${clip(name, 18)}, ${formatCount(systems)}`;
    // Beside the middle of its systems where they have no names, else above them.
    const baseline = offset + (isNamed ? y - 6 : y + height / 2 + 4);
    const inset = isNamed ? 0 : 10;
    return markup`<rect class="bank" x="${left}" y="${y + offset}" width="${bankWidth}" height="${height}"/><text class="domain${isLeft ? '' : ' end'}" x="${isLeft ? inset : width - inset}" y="${baseline}">${title}<title>${clip(name, 200)}: ${plural(systems, 'system')}</title></text>`;
  });
  const rows = [...banks.systems].map(([id, { side, y }]) => {
    const isLeft = side === 'left';
    const name = names.get(id) ?? id;
    const x = isLeft ? bankWidth : width - bankWidth;
    if (!isNamed)
      return rowHeight < 2 ? markup`` : markup`<path class="dot" d="M${x - 4} ${y + offset}h8"/>`;
    return markup`<circle class="dot" cx="${x}" cy="${y + offset}" r="3"/><text class="${isLeft ? 'name end' : 'name'}" x="${isLeft ? x - 10 : x + 10}" y="${y + offset + 4}">${fitName(name)}${markup`${fitName(name) === name ? markup`` : markup`<title>${clip(name, 200)}</title>`}`}</text>`;
  });
  return [...heads, ...rows];
}

/** How wide letters are at most at the size of names, in pixels. */
const widths = [
  { letters: /[fijlrtI.,:;'|() -]/, width: 5.2 },
  { letters: /[A-Z0-9mw_@%<>=+&]/, width: 10 },
  { letters: /[\u2000-\u{10ffff}]/u, width: 15 },
] as const;

/** As much of a name as has room; nobody measures letters here, so the widest of a kind counts. */
function fitName(name: string): string {
  const letters = [...name.slice(0, 100)];
  let used = 0;
  const cut = letters.findIndex((letter) => {
    used += widths.find(({ letters: kind }) => kind.test(letter))?.width ?? 8;
    return used > nameRoom;
  });
  return cut < 0 ? name : clip(name, cut);
}
