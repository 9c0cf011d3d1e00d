/** Points of the plane, each at its place in both arrays. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** How far apart points want to be, and where some of them are drawn to. */
export interface Wish {
  /** The wanted distance of points `i` and `j`, above 0, at `i * count + j` for `i < j`. */
  readonly distances: Float32Array;
  /** Where each point is drawn to, and how much against all others: 0 is not at all. */
  readonly pull?: Points & { readonly weight: Float64Array };
}

/** Pairs that are looked at over all rounds: keeps the time below a second for 2,000 points. */
const mostPairs = 1e8;
const mostRounds = 120;
const tiny = 1e-9;

/**
 * Moves points until their distances are as near to the wanted ones as they get: stress majorization
 * by Guttman's transform, weights 1/d² (Gansner, Koren and North, Graph Drawing 2004). Every
 * round depends smoothly on the start and the wish, so that a small change moves little. Only sums,
 * products and square roots, which every machine computes alike.
 */
export function settle(points: Points, { distances, pull }: Wish): void {
  const count = points.x.length;
  const pairs = Math.max(1, (count * (count - 1)) / 2);
  const rounds = Math.max(8, Math.min(mostRounds, Math.floor(mostPairs / pairs)));
  const { x, y } = points;
  const sumX = new Float64Array(count);
  const sumY = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    sumX.fill(0);
    sumY.fill(0);
    weights.fill(0);
    for (let i = 0; i < count; i++) {
      const xi = x[i] as number;
      const yi = y[i] as number;
      const row = i * count;
      for (let j = i + 1; j < count; j++) {
        const wanted = distances[row + j] as number;
        const dx = xi - (x[j] as number);
        const dy = yi - (y[j] as number);
        const weight = 1 / (wanted * wanted);
        const stretch = (wanted * weight) / (Math.sqrt(dx * dx + dy * dy) + tiny);
        const pushX = dx * stretch;
        const pushY = dy * stretch;
        sumX[i] = (sumX[i] as number) + weight * (x[j] as number) + pushX;
        sumY[i] = (sumY[i] as number) + weight * (y[j] as number) + pushY;
        sumX[j] = (sumX[j] as number) + weight * xi - pushX;
        sumY[j] = (sumY[j] as number) + weight * yi - pushY;
        weights[i] = (weights[i] as number) + weight;
        weights[j] = (weights[j] as number) + weight;
      }
    }
    for (let i = 0; i < count; i++) {
      const all = weights[i] as number;
      const drawn = all * (pull?.weight[i] ?? 0);
      if (all + drawn === 0) continue;
      x[i] = ((sumX[i] as number) + drawn * (pull?.x[i] ?? 0)) / (all + drawn);
      y[i] = ((sumY[i] as number) + drawn * (pull?.y[i] ?? 0)) / (all + drawn);
    }
  }
}
