import type { Axis, Point } from './map-geometry.ts';

/** A smooth line: its path, and a point about halfway along it. */
export interface Curve {
  readonly path: string;
  readonly middle: Point;
}

/**
 * Draws a line that turns only between layers: from each odd point to the next in an S that starts
 * and ends along the axis, from there straight past the boxes of a layer.
 */
export function drawCurve(points: readonly Point[], axis: Axis): Curve {
  let path = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (!before) path += `M${write(point)}`;
    else if (index % 2 === 0) path += `L${write(point)}`;
    else {
      const half = (before[axis] + point[axis]) / 2;
      path += `C${write({ ...before, [axis]: half })} ${write({ ...point, [axis]: half })} ${write(point)}`;
    }
  });
  // With an even count of layers in between, the middle of the points lies on an S, else on a straight.
  const [left, right] = [points[points.length / 2 - 1], points[points.length / 2]];
  return { path, middle: left && right ? halfway(left, right) : { x: 0, y: 0 } };
}

/** An S and a straight line both pass the point halfway between their ends. */
function halfway(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function write({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
