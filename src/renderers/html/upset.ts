import type { Link } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { witnesses } from '../../vocabulary.ts';
import { formatCount, plural } from '../wording.ts';
import { type Context, toHref } from './context.ts';
import { type Markup, markup } from './markup.ts';

/** Which witnesses agree. */
export interface UpsetView {
  readonly title: string;
  readonly picture: Markup;
  /** Whether a bar shows links that nobody registered. */
  readonly hasBad: boolean;
  readonly sets: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly count: string;
    readonly href: string;
  }[];
}

const meanings: Readonly<Record<string, string>> = {
  declared: 'on paper only: outdated, or where no log or script could show it',
  coded: 'in a script or configuration, declared by nobody',
  observed: 'traffic that no code and no paper explains',
  'declared+coded': 'agreed and built; not seen to run, or not by a log that was read',
  'declared+observed': 'agreed and running; the code that does it was not read',
  'coded+observed': 'built and running, declared by nobody',
  'declared+coded+observed': 'confirmed: agreed, built and running',
};

const left = 110;
const column = 64;
const barHeight = 150;
const rowHeight = 28;

/** Draws how many links each set of witnesses has: an upset chart. */
export function drawUpset(context: Context): UpsetView {
  const groups = sortBy(
    [...groupBy(context.audit.links, toSet)],
    ([, links]) => -links.length,
    ([set]) => set,
  );
  const most = Math.max(1, ...groups.map(([, links]) => links.length));
  const width = left + Math.max(1, groups.length) * column + 8;
  const height = 24 + barHeight + 14 + witnesses.length * rowHeight;
  const rows = witnesses.map((witness, index) => {
    const total = context.audit.links.filter((link) => link.class.includes(witness)).length;
    const y = 24 + barHeight + 14 + index * rowHeight;
    return markup`${index % 2 === 0 ? markup`<rect class="band" x="0" y="${y}" width="${width}" height="${rowHeight}"/>` : ''}<text class="row end" x="${left - 14}" y="${y + 19}">${witness} ${formatCount(total)}</text>`;
  });
  const columns = groups.map(([set, links], index) =>
    drawColumn(set, links, left + index * column, most, context),
  );
  const confirmed = context.audit.links.filter((link) => link.class.length === 3).length;
  const total = context.audit.links.length;
  return {
    title:
      total === 0
        ? 'No link, so no witness'
        : `${confirmed === 0 ? 'No link has' : `${confirmed === total ? 'All' : 'Only'} ${formatCount(confirmed)} of ${plural(total, 'link')} ${confirmed === 1 ? 'has' : 'have'}`} all three witnesses`,
    picture: markup`<svg class="upset" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Links by their witnesses"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="bad" width="6" height="6"/><path class="stroke" d="M0 0V6"/></pattern></defs>${rows}${columns}</svg>`,
    hasBad: context.hasRegistry && context.audit.links.some(({ registered }) => !registered),
    sets: groups.map(([set, links]) => ({
      name: set.replaceAll('+', ' + '),
      meaning: meanings[set] ?? '',
      count: formatCount(links.length),
      href: toHref('class', set),
    })),
  };
}

/** The name of a set of witnesses, as the address of a filter has it. */
export function toSet(link: Link): string {
  return link.class.join('+');
}

function drawColumn(
  set: string,
  links: readonly Link[],
  x: number,
  most: number,
  context: Context,
): Markup {
  const base = 24 + barHeight;
  const full = (links.length / most) * barHeight;
  const bad = context.hasRegistry ? links.filter(({ registered }) => !registered).length : 0;
  const badHeight = (bad / most) * barHeight;
  const middle = x + column / 2;
  const used = witnesses.map((witness) => set.split('+').includes(witness));
  const y = (index: number): number => base + 14 + index * rowHeight + rowHeight / 2;
  const [first, last] = [used.indexOf(true), used.lastIndexOf(true)];
  const stroke =
    first < last ? [markup`<path class="join" d="M${middle} ${y(first)}V${y(last)}"/>`] : [];
  const drawDots = (wanted: boolean): Markup[] =>
    used.flatMap((isUsed, index) =>
      isUsed === wanted
        ? [markup`<circle class="${isUsed ? 'on' : 'off'}" cx="${middle}" cy="${y(index)}" r="6"/>`]
        : [],
    );
  const title = `${set.replaceAll('+', ' + ')}: ${plural(links.length, 'link')}${bad > 0 ? `, ${formatCount(bad)} of them unregistered` : ''}`;
  return markup`<a class="set" href="${toHref('class', set)}"><title>${title}</title><rect class="reach" x="${x}" y="0" width="${column}" height="${base + 14 + 3 * rowHeight}"/><rect class="bar" x="${middle - 16}" y="${base - full}" width="32" height="${full - badHeight}"/><rect class="bar bad" x="${middle - 16}" y="${base - badHeight}" width="32" height="${badHeight}"/><text class="value middle" x="${middle}" y="${base - full - 7}">${formatCount(links.length)}</text>${drawDots(false)}${stroke}${drawDots(true)}</a>`;
}
