import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const folder = 'test/fixtures/graphs';

async function readRows(file: string): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await readFile(`${folder}/${file}`, 'utf8'))
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])),
  );
}

const expected = await readRows('expected.csv');

test.each(expected.map((row) => [row['graph'] ?? '', row] as const))(
  '%s has the figures that networkx computes',
  async (name, row) => {
    const { coupling, hotspots } = (
      await auditFiles({
        'landscape.yaml': 'sources:\n  - inventory: graph.csv\n',
        'graph.csv': await readFile(`${folder}/${name}.csv`, 'utf8'),
      })
    ).analysis;
    expect({
      nodes: coupling.systems,
      edges: coupling.links,
      pairs: coupling.connectedPairs,
      potential: coupling.potentialConnections,
      max_fan_in: Math.max(...hotspots.map(({ fanIn }) => fanIn)),
      max_fan_out: Math.max(...hotspots.map(({ fanOut }) => fanOut)),
      largest_cycle_group: Math.max(1, ...coupling.cyclicGroups.map((group) => group.length)),
      cyclic_groups: coupling.cyclicGroups.length,
      articulation_points: hotspots.filter(({ isCutPoint }) => isCutPoint).length,
      bridges: coupling.bridges.length,
    }).toEqual({
      nodes: Number(row['nodes']),
      edges: Number(row['edges']),
      pairs: Number(row['pairs']),
      potential: Number(row['potential']),
      max_fan_in: Number(row['max_fan_in']),
      max_fan_out: Number(row['max_fan_out']),
      largest_cycle_group: Number(row['largest_cycle_group']),
      cyclic_groups: Number(row['cyclic_groups']),
      articulation_points: Number(row['articulation_points']),
      bridges: Number(row['bridges']),
    });
    expect(coupling.propagationCost).toBeCloseTo(Number(row['propagation_cost']), 6);
    expect(Math.max(...hotspots.map(({ betweenness }) => betweenness))).toBeCloseTo(
      Number(row['max_betweenness']),
      6,
    );
  },
);

test('the worked example A→B, A→C, B→D, C→E, E→F has propagation cost 15/36', async () => {
  const { coupling, hotspots } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: graph.csv\n',
      'graph.csv': 'from,to\nA,B\nA,C\nB,D\nC,E\nE,F\n',
    })
  ).analysis;
  expect(coupling.propagationCost).toBeCloseTo(15 / 36, 12);
  expect(hotspots.find(({ system }) => system === 'A')?.blastRadius).toBe(5);
});

test('page ranks add up to one', async () => {
  const { hotspots } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: graph.csv\n',
      'graph.csv': await readFile(`${folder}/g03.csv`, 'utf8'),
    })
  ).analysis;
  expect(hotspots.reduce((sum, { pageRank }) => sum + pageRank, 0)).toBeCloseTo(1, 6);
});
