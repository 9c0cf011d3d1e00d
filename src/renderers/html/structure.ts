import type { Role } from '../../analyzers/structure.ts';
import type { Link } from '../../landscape.ts';
import { groupBy } from '../../order.ts';
import { tellCommunities, tellMisplaced } from '../communities-words.ts';
import { type StructureWords, tellStructure } from '../structure-words.ts';
import { clip, formatCount, formatPercent } from '../wording.ts';
import { type Context, describeLink, type Named, toHref } from './context.ts';
import { type Markup, markup } from './markup.ts';
import {
  drawPairSample,
  drawPairState,
  judgePair,
  type PairState,
  pairLabels,
} from './pair-state.ts';

/** The hidden structure: words, and the design-structure matrix. */
export interface StructureView {
  readonly words: StructureWords;
  readonly picture: Markup | null;
  readonly legend: readonly { readonly label: string; readonly sample: Markup }[];
  readonly leftOut: string;
  readonly communities: {
    readonly title: string;
    readonly detail: string;
    readonly misplaced: readonly (Named & { readonly text: string })[];
    readonly more: string;
  };
}

/** Who sees a part cannot name the structure of the whole, only show what is there. */
const wordsOfPart: StructureWords = {
  title: 'Who takes data from whom, in the part of the landscape that this audit sees',
  roles: '',
  columns: [],
  rows: [],
  caveat: '',
};

const mostMisplaced = 8;
const mostSystems = 500;
/** Up to here cells are large enough to be named and followed. */
const mostNamed = 60;
const side = 720;
const largestCell = 26;
const names = 190;
const roleNames = 150;

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly links: readonly Link[];
  readonly state: PairState;
}

/** Draws who takes data from whom, in the order of the roles. */
export function drawStructure(context: Context): StructureView {
  const { structure, coupling } = context.audit.analysis;
  const isWhole = context.audit.scope === 'whole';
  const shown = new Set(context.systems.slice(0, mostSystems).map(({ id }) => id));
  const order = structure.matrix.filter((id) => shown.has(id));
  const cells = collectCells(order, context);
  const states = (Object.keys(pairLabels) as PairState[]).filter((state) =>
    cells.some((cell) => cell.state === state),
  );
  return {
    words: isWhole ? tellStructure(structure, coupling.all.links) : wordsOfPart,
    picture: cells.length === 0 ? null : drawMatrix(order, cells, context),
    legend: states.map((state) => ({ label: pairLabels[state], sample: drawPairSample(state) })),
    leftOut:
      order.length < structure.matrix.length
        ? `The ${formatCount(order.length)} most connected of ${formatCount(structure.matrix.length)} systems.`
        : '',
    communities: isWhole
      ? listMisplaced(context)
      : { title: '', detail: '', misplaced: [], more: '' },
  };
}

function listMisplaced(context: Context): StructureView['communities'] {
  const { communities } = context.audit.analysis;
  const shown = communities.misplaced.slice(0, mostMisplaced);
  const rest = communities.misplaced.length - shown.length;
  return {
    ...tellCommunities(communities),
    misplaced: shown.map((one) => ({
      ...context.toSystem(one.system),
      text: tellMisplaced(one, ''),
    })),
    more: rest > 0 ? `And ${formatCount(rest)} more.` : '',
  };
}

function collectCells(order: readonly string[], context: Context): Cell[] {
  const places = new Map(order.map((id, index) => [id, index]));
  const groups = groupBy(
    context.links.filter(({ from, to }) => from !== to && places.has(from) && places.has(to)),
    ({ from, to }) => JSON.stringify([to, from]),
  );
  return [...groups.values()]
    .map((links): Cell => {
      const [{ from, to }] = links as [Link, ...Link[]];
      return {
        row: places.get(to) ?? 0,
        column: places.get(from) ?? 0,
        links,
        state: judgePair(links, context),
      };
    })
    .sort((a, b) => a.row - b.row || a.column - b.column);
}

function drawMatrix(order: readonly string[], cells: readonly Cell[], context: Context): Markup {
  const isNamed = order.length <= mostNamed;
  const left = isNamed ? names : 4;
  const cell = Math.min(largestCell, side / order.length);
  const size = order.length * cell;
  const [width, height] = [left + size + roleNames, size + 8];
  return markup`<svg class="triangle dsm" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${isNamed ? 'group' : 'img'}" aria-label="Design-structure matrix"><rect class="frame" x="${left}" y="4" width="${size}" height="${size}"/><path class="self" d="M${left} 4l${size} ${size}"/>${isNamed ? cells.map((one) => drawCell(one, left, cell, context)) : drawRuns(cells, left, cell)}${isNamed ? order.map((id, index) => drawName(id, index, cell, context)) : []}${drawRoles(order, left, cell, context)}</svg>`;
}

function drawCell(
  { row, column, links, state }: Cell,
  left: number,
  size: number,
  context: Context,
): Markup {
  const [first] = links as [Link, ...Link[]];
  const title = links.map((link) => clip(describeLink(link, context), 200)).join('\n');
  return markup`<a class="cell" href="${toHref('link', first.key)}" data-from="${first.from}" data-to="${first.to}"><title>${title}</title>${drawPairState(state, left + column * size + 1, 4 + row * size + 1, size - 2)}</a>`;
}

function drawName(id: string, index: number, cell: number, context: Context): Markup {
  const name = context.nameOf(id);
  return markup`<a class="label" href="${toHref('system', id)}" data-system="${id}"><title>${clip(name, 300)}</title><text x="${names - 8}" y="${4 + index * cell + cell / 2 + 4.5}" class="end${cell < 16 ? ' tight' : ''}">${clip(name, 24)}</text></a>`;
}

/** Small cells as one shape for each state; neighbours in a row as one piece. */
function drawRuns(cells: readonly Cell[], left: number, size: number): Markup[] {
  // Below this a mark is no longer seen.
  const mark = Math.max(size, 2.5);
  return [...groupBy(cells, ({ state }) => state)].map(([state, all]) => {
    let path = '';
    all.forEach(({ row, column }, index) => {
      const before = all[index - 1];
      if (before?.row === row && before.column === column - 1) return;
      let end = column;
      for (let next = index + 1; all[next]?.row === row && all[next]?.column === end + 1; next++)
        end++;
      path += `M${cut(left + column * size)} ${cut(4 + row * size)}h${cut((end - column) * size + mark)}v${cut(mark)}h${cut((column - end) * size - mark)}z`;
    });
    return markup`<path class="run ${state}" d="${path}"/>`;
  });
}

/** A frame around each role, named beside it. */
function drawRoles(
  order: readonly string[],
  left: number,
  cell: number,
  { audit }: Context,
): Markup[] {
  const { hotspots, structure } = audit.analysis;
  const roleOf = new Map(hotspots.map(({ system, role }) => [system, role]));
  const counts = new Map<Role, number>();
  for (const id of order) {
    const role = roleOf.get(id) ?? 'periphery';
    counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  let start = 0;
  let free = 0;
  return structure.roles.flatMap(({ role, share }) => {
    const count = counts.get(role) ?? 0;
    if (count === 0) return [];
    const [top, size] = [4 + start * cell, count * cell];
    const across = left + start * cell;
    start += count;
    const at = Math.max(top + size / 2 + 4.5, free);
    free = at + 17;
    return [
      markup`<rect class="role" x="${across}" y="${top}" width="${size}" height="${size}"/><text class="role-name" x="${left + order.length * cell + 10}" y="${at}">${role} ${formatPercent(share)}</text>`,
    ];
  });
}

function cut(value: number): number {
  return Math.round(value * 100) / 100;
}
