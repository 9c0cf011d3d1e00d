import dagre from '@dagrejs/dagre';

/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box to place: its size, and how much below it is kept free for words. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly below: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The top left corner of each box. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** The way of each arrow, by `from` and `to`, from edge to edge of the boxes. */
  readonly ways: ReadonlyMap<string, readonly Point[]>;
}

/** The shape that the first screen has room for. */
const wantedRatio = 1.55;

/** The name of an arrow in `Layout.ways`. */
export function toWay(from: string, to: string): string {
  return `${from}\u0000${to}`;
}

/** Places boxes in layers along the data, left to right or top to bottom, whichever fits the screen. */
export function layOutMap(
  boxes: readonly Box[],
  arrows: readonly { readonly from: string; readonly to: string }[],
): Layout {
  const options = (['LR', 'TB'] as const).map((direction) => place(boxes, arrows, direction));
  const badness = ({ width, height }: Layout): number => Math.max(width / wantedRatio, height);
  const [across, down] = options as [Layout, Layout];
  return badness(down) < badness(across) ? down : across;
}

function place(
  boxes: readonly Box[],
  arrows: readonly { readonly from: string; readonly to: string }[],
  direction: 'LR' | 'TB',
): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  const isDense = boxes.length > 24;
  graph.setGraph({
    rankdir: direction,
    nodesep: isDense ? 14 : 30,
    ranksep: isDense ? 60 : 64,
    edgesep: isDense ? 8 : 16,
    marginx: 8,
    marginy: 8,
  });
  for (const { id, width, height, below } of boxes)
    graph.setNode(id, { width, height: height + below });
  for (const { from, to } of arrows) graph.setEdge(from, to, {}, toWay(from, to));
  dagre.layout(graph);
  const placed = new Map(
    boxes.map(({ id, width, height, below }) => {
      const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
      return [id, { x: x - width / 2, y: y - (height + below) / 2 }] as const;
    }),
  );
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const ways = new Map(
    arrows.map(({ from, to }) => {
      const name = toWay(from, to);
      const { points = [] } = graph.edge({ v: from, w: to, name }) as { points?: Point[] };
      const middle = points.slice(1, -1);
      const start = cut(byId.get(from), placed.get(from), middle[0] ?? points[0]);
      const end = cut(byId.get(to), placed.get(to), middle.at(-1) ?? points.at(-1));
      return [name, [start, ...middle, end]] as const;
    }),
  );
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width: Math.max(width, 1), height: Math.max(height, 1), boxes: placed, ways };
}

/** Where the line from a point to the middle of a box meets its edge. */
function cut(box: Box | undefined, corner: Point | undefined, towards: Point | undefined): Point {
  if (!box || !corner || !towards) return corner ?? { x: 0, y: 0 };
  const middle = { x: corner.x + box.width / 2, y: corner.y + box.height / 2 };
  const [dx, dy] = [towards.x - middle.x, towards.y - middle.y];
  const scale = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  if (!Number.isFinite(scale)) return middle;
  return { x: middle.x + dx * scale, y: middle.y + dy * scale };
}
