import type { Points } from './settle.ts';

const mostRounds = 300;

/**
 * Pushes circles apart until none comes nearer to another than `gap`, or rounds run out. Both of
 * a pair give way alike; those that lie on one point part by their order.
 * @param within the circle around 0/0 that centres stay in
 */
export function separate(
  { x, y }: Points,
  radii: Float64Array,
  gap: number,
  within = Number.POSITIVE_INFINITY,
): void {
  const count = x.length;
  let widest = 0;
  for (const radius of radii) widest = Math.max(widest, radius);
  const cell = 2 * widest + gap;
  for (let round = 0; round < mostRounds; round++) {
    let isMoved = false;
    for (const [i, j] of listNear({ x, y }, cell)) {
      const wanted = (radii[i] as number) + (radii[j] as number) + gap;
      const dx = (x[j] as number) - (x[i] as number);
      const dy = (y[j] as number) - (y[i] as number);
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance >= wanted * 0.999) continue;
      isMoved = true;
      const push = (wanted - distance) / 2;
      const [ux, uy] = distance > 1e-6 ? [dx / distance, dy / distance] : [0.8, 0.6];
      x[i] = (x[i] as number) - ux * push;
      y[i] = (y[i] as number) - uy * push;
      x[j] = (x[j] as number) + ux * push;
      y[j] = (y[j] as number) + uy * push;
    }
    if (within < Number.POSITIVE_INFINITY)
      for (let i = 0; i < count; i++) {
        const distance = Math.sqrt((x[i] as number) ** 2 + (y[i] as number) ** 2);
        if (distance <= within) continue;
        x[i] = ((x[i] as number) * within) / distance;
        y[i] = ((y[i] as number) * within) / distance;
      }
    if (!isMoved) return;
  }
}

/** Pairs whose cells touch, in the order of the points. */
function listNear({ x, y }: Points, cell: number): [number, number][] {
  const cells = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (let j = 0; j < x.length; j++) {
    const column = Math.floor((x[j] as number) / cell);
    const row = Math.floor((y[j] as number) / cell);
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const i of cells.get(`${column + dx},${row + dy}`) ?? []) pairs.push([i, j]);
    const key = `${column},${row}`;
    const here = cells.get(key);
    if (here) here.push(j);
    else cells.set(key, [j]);
  }
  return pairs;
}
