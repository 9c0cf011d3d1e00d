import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

interface Graph {
  readonly size: number;
  readonly edges: readonly (readonly [number, number])[];
}

interface Figures {
  readonly fanIn: readonly number[];
  readonly fanOut: readonly number[];
  readonly reaches: readonly number[];
  readonly reachedBy: readonly number[];
  readonly betweenness: readonly number[];
  readonly pageRank: readonly number[];
  readonly coreNumbers: readonly number[];
  readonly cutPoints: readonly number[];
  readonly bridges: readonly (readonly number[])[];
  readonly groups: readonly (readonly number[])[];
}

/** A Python that has the library; what the system's own packages bring may not be first in PATH. */
function findPython(library: string): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', `import ${library}`]).status === 0,
  );
}

/** Few nodes take most edges, as in real landscapes; the same numbers draw the same graph. */
function drawGraph(size: number, wanted: number, seed: number): Graph {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const edges = new Map<string, readonly [number, number]>();
  for (let drawn = 0; drawn < wanted; drawn++) {
    const [from, to] = [Math.floor(random() ** 2 * size), Math.floor(random() * size)];
    if (from !== to) edges.set(`${from} ${to}`, [from, to]);
  }
  return { size, edges: [...edges.values()] };
}

const graphs = (
  [
    [2, 1],
    [5, 6],
    [12, 12],
    [12, 40],
    [40, 45],
    [40, 160],
    [120, 130],
    [120, 600],
    [300, 330],
    [300, 1200],
  ] as const
).flatMap(([size, edges]) => [1, 2].map((seed) => drawGraph(size, edges, seed * 7919 + size)));

const nameOf = (index: number): string => `n${String(index).padStart(3, '0')}`;
const indexOf = (name: string): number => Number(name.slice(1));
const byNumbers = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

async function measure({ size, edges }: Graph): Promise<Figures & { propagationCost: number }> {
  const names = Array.from({ length: size }, (_, index) => nameOf(index));
  const { coupling, hotspots } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
      'systems.csv': `id\n${names.join('\n')}\n`,
      'links.csv': `from,to\n${edges.map(([from, to]) => `${nameOf(from)},${nameOf(to)}`).join('\n')}\n`,
    })
  ).analysis;
  const spots = new Map(hotspots.map((spot) => [spot.system, spot]));
  const all = names.map((name) => {
    const spot = spots.get(name);
    if (!spot) throw new Error(`no figures of ${name}`);
    return spot;
  });
  return {
    propagationCost: coupling.propagationCost,
    fanIn: all.map(({ fanIn }) => fanIn),
    fanOut: all.map(({ fanOut }) => fanOut),
    reaches: all.map(({ blastRadius }) => blastRadius),
    reachedBy: all.map(({ exposure }) => exposure),
    betweenness: all.map(({ betweenness }) => betweenness),
    pageRank: all.map(({ pageRank }) => pageRank),
    coreNumbers: all.map(({ coreNumber }) => coreNumber),
    cutPoints: all.flatMap(({ isCutPoint }, index) => (isCutPoint ? [index] : [])),
    bridges: coupling.bridges.map((ends) => ends.map(indexOf)).sort(byNumbers),
    groups: coupling.cyclicGroups.map((group) => group.map(indexOf)).sort(byNumbers),
  };
}

/** Both round once: figures are given to nine digits. */
const near = 1e-9;

describe.each(['networkx', 'igraph'])('random graphs are measured as by %s', (library) => {
  const python = findPython(library);
  const name = python ? 'all figures' : `all figures (skipped: apt-get install python3-${library})`;
  test.skipIf(!python)(name, { timeout: 120_000 }, async () => {
    const { stdout, stderr, status } = spawnSync(
      python ?? '',
      ['test/analyzers/oracle.py', library],
      { input: JSON.stringify(graphs), encoding: 'utf8', maxBuffer: 1e8 },
    );
    expect(status, stderr).toBe(0);
    const expected = JSON.parse(stdout) as Figures[];
    expect(expected).toHaveLength(graphs.length);
    for (const [index, graph] of graphs.entries()) {
      const { betweenness, pageRank, ...counts } = expected[index] as Figures;
      const { propagationCost, ...found } = await measure(graph);
      expect(found).toMatchObject(counts);
      const reachable = counts.reaches.reduce((sum, count) => sum + count + 1, 0);
      expect(propagationCost).toBeCloseTo(reachable / graph.size ** 2, 12);
      const furthest = (ours: readonly number[], theirs: readonly number[]): number =>
        Math.max(...ours.map((value, at) => Math.abs(value - (theirs[at] ?? Number.NaN))));
      expect(furthest(found.betweenness, betweenness)).toBeLessThan(near);
      expect(furthest(found.pageRank, pageRank)).toBeLessThan(near);
    }
  });
});
