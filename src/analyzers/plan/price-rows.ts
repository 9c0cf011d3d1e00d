import { inWave, type Program, type Row, toRow } from './program.ts';

/** What a program is worth where its rows may be broken at a price: each chain goes its own way. */
export interface Pricing {
  /** Of the first rows. */
  readonly prices: readonly number[];
  /** All that does not hang on chains. */
  readonly rest: number;
  /** `[chain][place]`: what it is worth that the chain begins there. */
  readonly chains: readonly (readonly number[])[];
}

/** Whether a chain may begin at a place. */
export type MayBegin = (chain: number, place: number) => boolean;

/**
 * Prices the rows of a program: the Lagrangian relaxation (Geoffrion 1974). Whatever the prices, no
 * values that keep the rows are worth more than `boundBy` tells.
 * @param prices of the first rows; less than 0 counts as 0, and rows without a price are left out
 */
export function priceRows(program: Program, prices: readonly number[]): Pricing {
  const left = Float64Array.from(program.worth);
  let rest = 0;
  for (const [at, { columns, factors, atMost }] of program.rows.entries()) {
    const price = Math.max(0, prices[at] ?? 0);
    if (!(price > 0)) continue;
    rest += price * atMost;
    for (const [place, column] of columns.entries())
      left[column] = (left[column] ?? 0) - price * (factors[place] ?? 0);
  }
  const inChain = new Set(program.chains.flat());
  for (const [column, worth] of left.entries())
    if (!inChain.has(column)) rest += Math.max(0, worth);
  return {
    prices,
    rest,
    chains: program.chains.map((chain) => {
      const worth = chain.map((column) => left[column] ?? 0);
      for (let place = worth.length - 2; place >= 0; place--)
        worth[place] = (worth[place] ?? 0) + (worth[place + 1] ?? 0);
      return worth;
    }),
  };
}

/** What no values that keep the rows can pass, where chains begin only where they may. */
export function boundBy({ rest, chains }: Pricing, mayBegin: MayBegin): number {
  return chains.reduce((sum, worth, chain) => sum + findMost(worth, chain, mayBegin), rest);
}

/** The most that a chain can be worth, by itself; 0 where it never begins. */
function findMost(worth: readonly number[], chain: number, mayBegin: MayBegin): number {
  let most = 0;
  for (const [place, value] of worth.entries())
    if (value > most && mayBegin(chain, place)) most = value;
  return most;
}

/**
 * Rows that forbid a chain to begin where all would be worth less than a given sum then, however
 * well the rest goes (reduced-cost fixing): they take away no answer that is worth as much.
 */
export function forbidWorse(
  program: Program,
  pricing: Pricing,
  mayBegin: MayBegin,
  enough: number,
): Row[] {
  const spare = boundBy(pricing, mayBegin) - enough;
  return pricing.chains.flatMap((worth, chain) => {
    const most = findMost(worth, chain, mayBegin);
    const forbidden = worth.flatMap((value, place): Row[] =>
      most - value > spare ? [toRow(0, ...inWave(program.chains, chain, place, 1))] : [],
    );
    const last = program.chains[chain]?.at(-1);
    return most > spare && last !== undefined ? [...forbidden, toRow(-1, [-1, last])] : forbidden;
  });
}
