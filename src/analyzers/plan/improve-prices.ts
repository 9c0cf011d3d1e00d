import type { MayBegin } from './price-rows.ts';
import type { Program } from './program.ts';

/** Steps of one search for better prices: enough to halve most of what is too much. */
const steps = 150;
/** Steps that may be no better before they are made smaller. */
const patience = 5;
/** How far below the target steps aim, so that they arrive. */
const overshoot = 0.998;

/** Searches for prices of the rows by which `boundBy` tells less. */
export type ImprovePrices = (
  prices: readonly number[],
  mayBegin: MayBegin,
  target: number,
) => readonly number[];

/**
 * Lowers the bound of a program towards a target by the subgradient method (Polyak 1969): rows that
 * the best free answer breaks grow dearer, those that it leaves room in grow cheaper. It counts steps
 * and not seconds, so prices are the same on every machine.
 */
export function openPrices(program: Program): ImprovePrices {
  const rows = flatten(program);
  const isFree = program.worth.map(() => true);
  for (const column of program.chains.flat()) isFree[column] = false;
  const left = new Float64Array(program.worth.length);
  const taken = new Float64Array(program.worth.length);
  const room = new Float64Array(program.rows.length);

  return (from, mayBegin, target) => {
    const prices = Float64Array.from(room, (_, row) => Math.max(0, from[row] ?? 0));
    let kept = prices.slice();
    let least = Number.POSITIVE_INFINITY;
    let [width, stalled] = [1, 0];
    for (let step = 0; step < steps && least > target; step++) {
      const bound = answer(prices, mayBegin);
      if (bound < least) {
        [least, stalled] = [bound, 0];
        kept = prices.slice();
      } else if (++stalled >= patience) {
        [width, stalled] = [width / 2, 0];
        prices.set(kept);
        continue;
      }
      move(prices, width * (bound - target * overshoot));
    }
    return [...kept];
  };

  /** The best answer if rows may be broken at their price, left in `taken`. @returns what it is worth */
  function answer(prices: Float64Array, mayBegin: MayBegin): number {
    left.set(program.worth);
    taken.fill(0);
    let bound = 0;
    for (let row = 0; row < prices.length; row++) {
      const price = prices[row] as number;
      if (price === 0) continue;
      bound += price * (rows.limits[row] as number);
      for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
        const column = rows.columns[at] as number;
        left[column] = (left[column] as number) - price * (rows.factors[at] as number);
      }
    }
    for (const [column, worth] of left.entries())
      if (isFree[column] && worth > 0) {
        bound += worth;
        taken[column] = 1;
      }
    for (const [at, chain] of program.chains.entries()) bound += choose(at, chain, mayBegin);
    return bound;
  }

  function choose(at: number, chain: readonly number[], mayBegin: MayBegin): number {
    let [sum, most, begin] = [0, 0, chain.length];
    for (let place = chain.length - 1; place >= 0; place--) {
      sum += left[chain[place] as number] as number;
      if (sum > most && mayBegin(at, place)) [most, begin] = [sum, place];
    }
    for (let place = begin; place < chain.length; place++) taken[chain[place] as number] = 1;
    return most;
  }

  /** Moves prices against the room that the answer leaves in their rows. */
  function move(prices: Float64Array, excess: number): void {
    let size = 0;
    for (let row = 0; row < prices.length; row++) {
      let rest = rows.limits[row] as number;
      for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
        rest -= (rows.factors[at] as number) * (taken[rows.columns[at] as number] as number);
      room[row] = prices[row] === 0 && rest > 0 ? 0 : rest;
      size += (room[row] as number) ** 2 * (rows.scales[row] as number);
    }
    if (size === 0) return;
    for (let row = 0; row < prices.length; row++) {
      const change = (excess / size) * (rows.scales[row] as number) * (room[row] as number);
      prices[row] = Math.max(0, (prices[row] as number) - change);
    }
  }
}

/** Rows as flat arrays. Rows of hours are scaled down, as an hour is a small part of what they hold. */
function flatten({ rows }: Program) {
  const starts = new Int32Array(rows.length + 1);
  for (const [at, { columns }] of rows.entries())
    starts[at + 1] = (starts[at] ?? 0) + columns.length;
  const limits = Float64Array.from(rows, ({ atMost }) => atMost);
  return {
    starts,
    limits,
    columns: Int32Array.from(rows.flatMap(({ columns }) => columns)),
    factors: Float64Array.from(rows.flatMap(({ factors }) => factors)),
    scales: limits.map((limit) => 1 / Math.max(1, limit)),
  };
}
