import { describe, expect, test } from 'vitest';
import { openPrices } from '../../../src/analyzers/plan/improve-prices.ts';
import { boundBy, forbidWorse, priceRows } from '../../../src/analyzers/plan/price-rows.ts';
import { openProgram, type Program } from '../../../src/analyzers/plan/program.ts';
import fc from '../../fast-check.ts';

/** Programs of two chains and a column by itself, with rows over all of them. */
const drawn = fc.record({
  chains: fc.array(fc.array(fc.integer({ min: -9, max: 20 }), { minLength: 2, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  }),
  alone: fc.integer({ min: -5, max: 9 }),
  rows: fc.array(
    fc.record({
      factors: fc.array(fc.integer({ min: -3, max: 6 }), { minLength: 7, maxLength: 7 }),
      atMost: fc.integer({ min: 0, max: 12 }),
      price: fc.double({ min: -1, max: 4, noNaN: true }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

function write({ chains, alone, rows }: typeof drawn extends fc.Arbitrary<infer T> ? T : never) {
  const writer = openProgram();
  for (const chain of chains) writer.chain(chain);
  writer.part(alone);
  const size = writer.program.worth.length;
  for (const { factors, atMost } of rows)
    writer.atMost(atMost, ...factors.slice(0, size).map((factor, at) => [factor, at] as const));
  return writer.program;
}

/** Every answer that keeps the rows: its columns and its worth. */
function listAnswers({ worth, chains, rows }: Program): { columns: number[]; worth: number }[] {
  const rising = (chain: readonly number[]): number[][] =>
    [...chain.keys(), chain.length].map((from) => chain.slice(from));
  return chains
    .reduce(
      (found, chain) => found.flatMap((one) => rising(chain).map((own) => [...one, ...own])),
      [[] as number[], [worth.length - 1]],
    )
    .filter((columns) =>
      rows.every(
        (row) =>
          row.columns.reduce(
            (sum, column, at) => sum + (columns.includes(column) ? (row.factors[at] ?? 0) : 0),
            0,
          ) <= row.atMost,
      ),
    )
    .map((columns) => ({
      columns,
      worth: columns.reduce((sum, column) => sum + (worth[column] ?? 0), 0),
    }));
}

const everywhere = (): boolean => true;

describe('the bound by prices', () => {
  test('is passed by no answer, whatever the prices, and however they are improved', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const program = write(one);
        const prices = one.rows.map(({ price }) => price);
        const most = Math.max(...listAnswers(program).map(({ worth }) => worth));
        const bound = boundBy(priceRows(program, prices), everywhere);
        expect(bound).toBeGreaterThanOrEqual(most - 1e-9);
        const better = openPrices(program)(prices, everywhere, most);
        const lower = boundBy(priceRows(program, better), everywhere);
        expect(lower).toBeGreaterThanOrEqual(most - 1e-9);
        expect(lower).toBeLessThanOrEqual(bound + 1e-9);
      }),
    );
  });

  test('holds where chains begin only where they may', () => {
    fc.assert(
      fc.property(drawn, fc.nat(2), (one, place) => {
        const program = write(one);
        const may = (chain: number, at: number): boolean => chain > 0 || at === place;
        const bound = boundBy(
          priceRows(
            program,
            one.rows.map(({ price }) => price),
          ),
          may,
        );
        for (const { columns, worth } of listAnswers(program)) {
          const begins = program.chains[0]?.findIndex((column) => columns.includes(column)) ?? -1;
          if (begins < 0 || begins === place) expect(bound).toBeGreaterThanOrEqual(worth - 1e-9);
        }
      }),
    );
  });

  test('forbids nothing that is worth enough', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 30 }), (one, enough) => {
        const program = write(one);
        const pricing = priceRows(
          program,
          one.rows.map(({ price }) => price),
        );
        const rows = forbidWorse(program, pricing, everywhere, enough);
        const kept = listAnswers({ ...program, rows: [...program.rows, ...rows] });
        const count = (of: readonly { readonly worth: number }[]): number =>
          of.filter(({ worth }) => worth >= enough + 1e-9).length;
        expect(count(kept)).toBe(count(listAnswers(program)));
      }),
    );
  });

  test('is brought down to what is best where nothing is divided', () => {
    const writer = openProgram();
    const [first] = writer.chain([10, 8]);
    const [other] = writer.chain([7, 6]);
    writer.atMost(1, [1, first ?? 0], [1, other ?? 0]);
    const { program } = writer;
    const improved = openPrices(program)([], everywhere, 16);
    expect(boundBy(priceRows(program, []), everywhere)).toBe(17);
    expect(boundBy(priceRows(program, improved), everywhere)).toBeCloseTo(16, 1);
  });
});
