import dagre from '@dagrejs/dagre';
import { assignLayers } from './assign-layers.ts';
import { attachArrows } from './attach-arrows.ts';
import { layOutColumns } from './lay-out-columns.ts';
import {
  type Arrow,
  type Axis,
  type Box,
  type Layout,
  margin,
  type Point,
  toWay,
} from './map-geometry.ts';

/** What the first screen has room for. */
const room = { width: 940, height: 560 } as const;

/** Above this many boxes, a way for each arrow takes more room than the boxes themselves. */
const mostLayered = 24;

/** How much a layout must shrink to fit the first screen; 1 where it need not. */
export function fitScreen({ width, height }: Pick<Layout, 'width' | 'height'>): number {
  return Math.min(1, room.width / width, room.height / height);
}

/**
 * Places boxes in layers along the data, left to right or top to bottom. Where cycles make that too
 * large for the screen, fewer layers are tried, and the picture that shrinks least is taken.
 */
export function layOutMap(boxes: readonly Box[], arrows: readonly Arrow[]): Layout {
  if (boxes.length > mostLayered) return layOutColumns(boxes, arrows);
  const directions = ['LR', 'TB'] as const;
  const alongData = directions.map((direction) => place(boxes, arrows, direction, undefined));
  const best = takeBest(alongData);
  if (fitScreen(best) > 0.8) return best;
  const ids = boxes.map(({ id }) => id);
  const layered = [3, 4, 5, 6].flatMap((count) => {
    const layers = assignLayers(ids, arrows, count);
    return directions.map((direction) => place(boxes, arrows, direction, layers));
  });
  return takeBest([best, ...layered]);
}

/** The layout that shrinks least; the first of equals. */
function takeBest(layouts: readonly Layout[]): Layout {
  return layouts.reduce((best, layout) => (fitScreen(layout) > fitScreen(best) ? layout : best));
}

function place(
  boxes: readonly Box[],
  arrows: readonly Arrow[],
  direction: 'LR' | 'TB',
  layers: ReadonlyMap<string, number> | undefined,
): Layout {
  const axis: Axis = direction === 'LR' ? 'x' : 'y';
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  const isDense = boxes.length > 9;
  graph.setGraph({
    rankdir: direction,
    nodesep: isDense ? 16 : 30,
    ranksep: isDense ? 58 : 64,
    edgesep: isDense ? 10 : 16,
  });
  for (const { id, width, height, below } of boxes)
    graph.setNode(id, { width, height: height + below });
  const isTurned = ({ from, to }: Arrow): boolean =>
    (layers?.get(from) ?? 0) > (layers?.get(to) ?? 0);
  for (const arrow of arrows) {
    const [v, w] = isTurned(arrow) ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
    graph.setEdge(v, w, {}, toWay(arrow.from, arrow.to));
  }
  dagre.layout(graph);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const placed = new Map(
    boxes.map(({ id, width, height, below }) => {
      const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
      return [id, { x: x - width / 2, y: y - (height + below) / 2 }] as const;
    }),
  );
  const passing = arrows.map((arrow) => {
    const { from, to } = arrow;
    const name = toWay(from, to);
    const edge = isTurned(arrow) ? { v: to, w: from, name } : { v: from, w: to, name };
    const { points = [] } = graph.edge(edge) as { points?: Point[] };
    // Every second point is on a layer; those in between are where all arrows would meet.
    const onLayers = points.slice(1, -1).filter((_, index) => index % 2 === 1);
    const ordered = isTurned(arrow) ? onLayers.toReversed() : onLayers;
    const isForward = (placed.get(from)?.[axis] ?? 0) < (placed.get(to)?.[axis] ?? 0);
    const between = ordered.flatMap((point) => {
      const [start, end] = spanLayer(point, boxes, placed, axis);
      const passed = [
        { ...point, [axis]: start },
        { ...point, [axis]: end },
      ];
      return isForward ? passed : passed.reverse();
    });
    return { name, from, to, between };
  });
  const ways = attachArrows(passing, byId, placed, axis);
  return frame(boxes, placed, ways, axis);
}

/** From where to where the boxes of a point's layer reach along the axis. */
function spanLayer(
  point: Point,
  boxes: readonly Box[],
  placed: ReadonlyMap<string, Point>,
  axis: Axis,
): [number, number] {
  const spans = boxes.flatMap(({ id, width, height, below }): [number, number][] => {
    const start = placed.get(id)?.[axis] ?? 0;
    const end = start + (axis === 'x' ? width : height + below);
    return start <= point[axis] && point[axis] <= end ? [[start, end]] : [];
  });
  const starts = spans.map(([start]) => start);
  const ends = spans.map(([, end]) => end);
  return [Math.min(point[axis], ...starts), Math.max(point[axis], ...ends)];
}

/** Moves everything so that the picture starts at the margin, and measures it. */
function frame(
  boxes: readonly Box[],
  placed: Map<string, Point>,
  ways: Layout['ways'],
  axis: Axis,
): Layout {
  const corners = boxes.flatMap(({ id, width, height, below }) => {
    const { x, y } = placed.get(id) ?? { x: 0, y: 0 };
    return [
      { x, y },
      { x: x + width, y: y + height + below },
    ];
  });
  const points = [...corners, ...[...ways.values()].flat()];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [
    xs.reduce((a, b) => Math.min(a, b), Infinity),
    ys.reduce((a, b) => Math.min(a, b), Infinity),
  ];
  const [right, bottom] = [
    xs.reduce((a, b) => Math.max(a, b), -Infinity),
    ys.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (points.length === 0) return { width: 1, height: 1, axis, boxes: placed, ways };
  const move = ({ x, y }: Point): Point => ({ x: x - left + margin, y: y - top + margin });
  return {
    width: Math.ceil(right - left + 2 * margin),
    height: Math.ceil(bottom - top + 2 * margin),
    axis,
    boxes: new Map([...placed].map(([id, corner]) => [id, move(corner)])),
    ways: new Map([...ways].map(([name, way]) => [name, way.map(move)])),
  };
}
