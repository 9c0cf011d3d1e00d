import { groupBy, sortBy } from '../../order.ts';
import type { Axis, Box, Point } from './map-geometry.ts';

/** An arrow and the points that it passes between its two boxes. */
export interface Passing {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly between: readonly Point[];
}

interface End {
  readonly name: string;
  readonly isStart: boolean;
  readonly box: Box;
  readonly corner: Point;
  /** Whether it leaves the face that looks along the axis. */
  readonly isForward: boolean;
  readonly towards: Point;
}

/** How far apart two arrows are at most. */
const farApart = 13;

/**
 * Ends every arrow on the faces of its boxes that look at each other, side by side.
 */
export function attachArrows(
  arrows: readonly Passing[],
  boxes: ReadonlyMap<string, Box>,
  corners: ReadonlyMap<string, Point>,
  axis: Axis,
): Map<string, Point[]> {
  const middleOf = (id: string): Point => {
    const [box, corner] = [boxes.get(id), corners.get(id)];
    if (!box || !corner) return { x: 0, y: 0 };
    return { x: corner.x + box.width / 2, y: corner.y + box.height / 2 };
  };
  const ends = arrows.flatMap(({ name, from, to, between }) => [
    toEnd(name, true, from, between[0] ?? middleOf(to)),
    toEnd(name, false, to, between.at(-1) ?? middleOf(from)),
  ]);
  function toEnd(name: string, isStart: boolean, id: string, towards: Point): End[] {
    const [box, corner] = [boxes.get(id), corners.get(id)];
    if (!box || !corner) return [];
    return [{ name, isStart, box, corner, isForward: towards[axis] > middleOf(id)[axis], towards }];
  }
  const ports = new Map<string, Point>();
  for (const face of groupBy(ends.flat(), ({ box, isForward }) => `${isForward}${box.id}`).values())
    spreadOver(face, axis, ports);
  return new Map(
    arrows.map(({ name, between }) => [
      name,
      [ports.get(`start ${name}`), ...between, ports.get(`end ${name}`)].filter(
        (point) => point !== undefined,
      ),
    ]),
  );
}

/** Gives each end on one face its place, in the order of where they go. */
function spreadOver(face: readonly End[], axis: Axis, ports: Map<string, Point>): void {
  const across = axis === 'x' ? 'y' : 'x';
  const ordered = sortBy(
    face,
    ({ towards }) => towards[across],
    ({ name }) => name,
  );
  ordered.forEach(({ name, isStart, box, corner, isForward }, index) => {
    const [length, depth] = axis === 'x' ? [box.height, box.width] : [box.width, box.height];
    const gap = Math.min(farApart, (length - 14) / Math.max(1, ordered.length - 1));
    const at = corner[across] + length / 2 + (index - (ordered.length - 1) / 2) * gap;
    const edge = corner[axis] + (isForward ? depth : 0);
    const port = axis === 'x' ? { x: edge, y: at } : { x: at, y: edge };
    ports.set(`${isStart ? 'start' : 'end'} ${name}`, port);
  });
}
