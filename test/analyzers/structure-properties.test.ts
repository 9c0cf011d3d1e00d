import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/analyzers/analysis.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

type Edge = readonly [from: number, to: number];

/** Links among a few systems; each pair of numbers is one link. */
const graphs = fc
  .tuple(
    fc.integer({ min: 2, max: 12 }),
    fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 30 }),
  )
  .map(([size, pairs]) => ({
    size,
    edges: pairs
      .map(([from, to]): Edge => [from % size, to % size])
      .filter(([from, to]) => from !== to),
  }));

async function analyse(
  size: number,
  edges: readonly Edge[],
  nameOf: (index: number) => string = (index) => `n${String(index).padStart(3, '0')}`,
): Promise<Analysis> {
  const systems = Array.from({ length: size }, (_, index) => nameOf(index));
  const links = edges.map(([from, to]) => `${nameOf(from)},${nameOf(to)},https`);
  const { analysis } = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id\n${systems.join('\n')}\n`,
    'links.csv': `from,to,protocol\n${links.join('\n')}\n`,
  });
  return analysis;
}

/** Which system reaches which, by Warshall's three loops. */
function reachOf(size: number, edges: readonly Edge[]): boolean[][] {
  const reach = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (_, to) => from === to),
  );
  for (const [from, to] of edges) (reach[from] as boolean[])[to] = true;
  for (let via = 0; via < size; via++)
    for (let from = 0; from < size; from++)
      for (let to = 0; to < size; to++)
        if (reach[from]?.[via] && reach[via]?.[to]) (reach[from] as boolean[])[to] = true;
  return reach;
}

const runs = { numRuns: 60 };

const namesOrder = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });

/** Two cyclic groups of one size; whichever is named first must not decide which is the core. */
const twoCycles: { size: number; edges: Edge[] } = {
  size: 6,
  edges: [
    [0, 4],
    [4, 0],
    [1, 0],
    [2, 3],
    [3, 2],
  ],
};

describe('who reaches whom', () => {
  test('agrees with Warshall', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ size, edges }) => {
        const { coupling, hotspots } = await analyse(size, edges);
        const reach = reachOf(size, edges);
        const pairs = reach.flat().filter(Boolean).length;
        expect(coupling.propagationCost).toBeCloseTo(pairs / size ** 2, 12);
        const found = new Map(hotspots.map(({ system, blastRadius }) => [system, blastRadius]));
        for (const [index, row] of reach.entries())
          expect(found.get(`n${String(index).padStart(3, '0')}`)).toBe(
            row.filter(Boolean).length - 1,
          );
      }),
      runs,
    );
  });

  test('propagation cost is 1/N at least, and no new link lowers it or any blast radius', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(99), fc.nat(99), async ({ size, edges }, from, to) => {
        const before = await analyse(size, edges);
        expect(before.coupling.propagationCost).toBeGreaterThanOrEqual(1 / size);
        if (from % size === to % size) return;
        const after = await analyse(size, [...edges, [from % size, to % size]]);
        expect(after.coupling.propagationCost).toBeGreaterThanOrEqual(
          before.coupling.propagationCost,
        );
        const radii = new Map(
          after.hotspots.map(({ system, blastRadius }) => [system, blastRadius]),
        );
        for (const { system, blastRadius } of before.hotspots)
          expect(radii.get(system)).toBeGreaterThanOrEqual(blastRadius);
      }),
      runs,
    );
  });

  test('other names change no figure', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, namesOrder, async ({ size, edges }, keys) => {
        const order = Array.from({ length: size }, (_, index) => ({
          index,
          key: keys[index] ?? 0,
        }))
          .sort((a, b) => a.key - b.key || a.index - b.index)
          .map(({ index }) => index);
        const rename = (index: number): string =>
          `m${String(order.indexOf(index)).padStart(3, '0')}`;
        const given = await analyse(size, edges);
        const renamed = await analyse(size, edges, rename);
        const figures = ({ coupling, hotspots }: Analysis, nameOf: (index: number) => string) => ({
          ...coupling,
          cyclicGroups: coupling.cyclicGroups.map(({ length }) => length),
          bridges: coupling.bridges.length,
          all: 0,
          leftOut: 0,
          hotspots: Array.from({ length: size }, (_, index) => {
            const spot = hotspots.find(({ system }) => system === nameOf(index));
            return spot && { ...spot, system: '', betweenness: 0, pageRank: 0 };
          }),
          betweenness: hotspots.map(({ betweenness }) => betweenness.toFixed(6)).sort(),
          pageRank: hotspots.map(({ pageRank }) => pageRank.toFixed(6)).sort(),
        });
        const plain = (index: number): string => `n${String(index).padStart(3, '0')}`;
        expect(figures(renamed, rename)).toEqual(figures(given, plain));
      }),
      { ...runs, examples: [[twoCycles, [5, 4, 1, 0, 3, 2]]] },
    );
  });

  test('a second landscape beside it changes nothing in the first', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, graphs, async (one, other) => {
        const alone = await analyse(one.size, one.edges);
        const beside = await analyse(one.size + other.size, [
          ...one.edges,
          ...other.edges.map(([from, to]): Edge => [from + one.size, to + one.size]),
        ]);
        const spots = new Map(beside.hotspots.map((spot) => [spot.system, spot]));
        for (const { system, fanIn, fanOut, betweenness, blastRadius } of alone.hotspots) {
          expect(spots.get(system)).toMatchObject({ fanIn, fanOut, blastRadius });
          expect(spots.get(system)?.betweenness).toBeCloseTo(betweenness, 9);
        }
        for (const group of alone.coupling.cyclicGroups)
          expect(beside.coupling.cyclicGroups).toContainEqual(group);
      }),
      runs,
    );
  });
});
