import type { Point } from './map-layout.ts';

/** A smooth line: its path, and the point halfway along it. */
export interface Curve {
  readonly path: string;
  readonly middle: Point;
}

/** Draws a uniform cubic B-spline that starts and ends at the outer points (de Boor 1978). */
export function drawCurve(points: readonly Point[]): Curve {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return { path: '', middle: { x: 0, y: 0 } };
  // Each end three times makes the spline touch it.
  const control = [first, first, ...points, last, last];
  let path = `M${write(first)}`;
  const halfway = (control.length - 4) / 2;
  let middle = first;
  for (let index = 0; index + 3 < control.length; index++) {
    const [a, b, c, d] = control.slice(index, index + 4) as [Point, Point, Point, Point];
    const [start, left, right, end] = [
      weigh(a, b, c),
      mix(b, c, 1 / 3),
      mix(b, c, 2 / 3),
      weigh(b, c, d),
    ];
    path += `C${write(left)} ${write(right)} ${write(end)}`;
    if (index <= halfway && halfway <= index + 1)
      middle = evaluate(start, left, right, end, halfway - index);
  }
  return { path, middle };
}

function weigh(a: Point, b: Point, c: Point): Point {
  return { x: (a.x + 4 * b.x + c.x) / 6, y: (a.y + 4 * b.y + c.y) / 6 };
}

function mix(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function evaluate(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const [left, middle, right] = [mix(a, b, t), mix(b, c, t), mix(c, d, t)];
  return mix(mix(left, middle, t), mix(middle, right, t), t);
}

function write({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
