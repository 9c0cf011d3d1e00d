import { groupBy, sortBy } from '../../order.ts';
import { assignLayers } from './assign-layers.ts';
import { attachArrows } from './attach-arrows.ts';
import { type Arrow, type Box, type Layout, margin, type Point, toWay } from './map-geometry.ts';

const columnGap = 92;
const rowGap = 14;
const sweeps = 8;

/**
 * Places many boxes in a few columns, senders to the left, each near the middle of those it
 * exchanges data with. Arrows pass behind the boxes: a picture of the whole, not of each way.
 */
export function layOutColumns(boxes: readonly Box[], arrows: readonly Arrow[]): Layout {
  const count = Math.max(4, Math.min(7, Math.round(Math.sqrt(boxes.length * 0.75))));
  const layers = assignLayers(
    boxes.map(({ id }) => id),
    arrows,
    count,
    Math.ceil(boxes.length / count) + 1,
  );
  const columns = sortBy(
    groupBy(boxes, ({ id }) => String(layers.get(id) ?? 0)),
    ([layer]) => Number(layer),
  ).map(([, column]) => column);
  const placed = orderColumns(columns, arrows);
  const all = [...placed].map(([id, corner]) => ({
    corner,
    box: boxes.find((each) => each.id === id),
  }));
  const right = Math.max(...all.map(({ corner, box }) => corner.x + (box?.width ?? 0)));
  const bottom = Math.max(
    ...all.map(({ corner, box }) => corner.y + (box?.height ?? 0) + (box?.below ?? 0)),
  );
  const ways = attachArrows(
    arrows.map(({ from, to }) => ({ name: toWay(from, to), from, to, between: [] })),
    new Map(boxes.map((box) => [box.id, box])),
    placed,
    'x',
  );
  return { width: right + margin, height: bottom + margin, axis: 'x', boxes: placed, ways };
}

/** Sorts each column by where its partners are, over and over (Sugiyama et al. 1981). */
function orderColumns(columns: Box[][], arrows: readonly Arrow[]): Map<string, Point> {
  const partners = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    partners.set(from, [...(partners.get(from) ?? []), to]);
    partners.set(to, [...(partners.get(to) ?? []), from]);
  }
  let placed = stack(columns);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = placed;
    const wish = ({ id }: Box): number => {
      const own = before.get(id)?.y ?? 0;
      const ys = (partners.get(id) ?? []).map((partner) => before.get(partner)?.y ?? own);
      return ys.length === 0 ? own : ys.reduce((sum, y) => sum + y, 0) / ys.length;
    };
    placed = stack(columns.map((column) => sortBy(column, wish, ({ id }) => id)));
  }
  return placed;
}

/** Stacks each column, and centres it. */
function stack(columns: readonly (readonly Box[])[]): Map<string, Point> {
  const heights = columns.map((column) =>
    column.reduce((sum, { height, below }) => sum + height + below + rowGap, -rowGap),
  );
  const tallest = Math.max(0, ...heights);
  const placed = new Map<string, Point>();
  let x = margin;
  columns.forEach((column, index) => {
    let y = margin + (tallest - (heights[index] ?? 0)) / 2;
    for (const { id, height, below } of column) {
      placed.set(id, { x, y });
      y += height + below + rowGap;
    }
    x += Math.max(0, ...column.map(({ width }) => width)) + columnGap;
  });
  return placed;
}
