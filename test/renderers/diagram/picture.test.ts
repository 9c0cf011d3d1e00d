import { describe, expect, test } from 'vitest';
import { drawPicture } from '../../../src/renderers/diagram/draw-picture.ts';
import { findNeighbours } from '../../../src/renderers/diagram/find-neighbours.ts';
import { tellCollapsed, tellOmitted } from '../../../src/renderers/diagram/tell-omitted.ts';
import { auditFiles, drawInventory } from '../../audit-files.ts';
import fc from '../../fast-check.ts';

const roomy = { nodes: 100, arrows: 100 };

describe('a picture', () => {
  test('draws links between two systems once a direction, with their number', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: x.sh\n    system: a\n',
      's.csv': 'id,hosts\na,\nb,b.example\n',
      'l.csv': 'from,to,protocol,objects\na,b,sftp,stock\nb,a,https,orders\n',
      'x.sh': 'curl -T f https://b.example/x\n',
    });
    const { arrows, title } = drawPicture(audit, {}, roomy);
    expect(arrows).toEqual([
      {
        from: 'a',
        to: 'b',
        links: 2,
        unregistered: 1,
        state: 'unregistered',
        label: '2 links, 1 not registered',
      },
      expect.objectContaining({ from: 'b', to: 'a', links: 1, label: 'https · orders' }),
    ]);
    expect(title).toBe('Nobody registered 1 of 3 links');
  });

  test('around a system shows what is so many links away, in either direction', async () => {
    const audit = await auditFiles(drawInventory('a -> b; b -> c; c -> d; e -> b; d -> f'));
    const around = (depth?: number): string[] =>
      drawPicture(audit, { focus: 'b', ...(depth !== undefined && { depth }) }, roomy).nodes.map(
        ({ id }) => id,
      );
    expect(around()).toEqual(['a', 'b', 'c', 'e']);
    expect(around(2)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(around(9)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(drawPicture(audit, { focus: 'b' }, roomy).title).toBe(
      'b sends data to 1 system and takes it from 2',
    );
  });

  test('leaves out what is no system of its own, unless it is wanted', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': 'id,kind\na,application\nb,application\nq,broker\n',
      'l.csv': 'from,to\na,b\na,q\n',
    });
    const ids = (hasAllKinds: boolean): string[] =>
      drawPicture(audit, { hasAllKinds }, roomy).nodes.map(({ id }) => id);
    expect(ids(false)).toEqual(['a', 'b']);
    expect(ids(true)).toEqual(['a', 'b', 'q']);
  });

  test.each([
    ['domain', ['', 'East', 'West']],
    ['owner', ['', 'Team A']],
    ['criticality', ['mission-critical', 'operational']],
    ['wave', ['in no wave']],
  ] as const)('is grouped by %s', async (groupBy, expected) => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv':
        'id,domain,team,criticality\na,West,Team A,mission-critical\nb,East,,\nc,,,operational\n',
      'l.csv': 'from,to\na,b\n',
    });
    const { nodes } = drawPicture(audit, { groupBy }, roomy);
    expect([...new Set(nodes.map(({ group }) => group))].sort()).toEqual(expected);
  });

  test('of too many systems shows groups, and loses no system and no link', async () => {
    const audit = await auditGroups(30, 3);
    const { nodes, arrows, isCollapsed, omitted } = drawPicture(
      audit,
      {},
      { nodes: 10, arrows: 20 },
    );
    expect(isCollapsed).toBe(true);
    expect(nodes.map(({ name, detail }) => [name, detail])).toEqual([
      ['G0', '10 systems, 10 links inside'],
      ['G1', '10 systems, 10 links inside'],
      ['G2', '10 systems, 10 links inside'],
    ]);
    const outer = arrows.reduce((sum, { links }) => sum + links, 0);
    expect(outer + 30).toBe(audit.links.length);
    expect(omitted).toMatchObject({ systems: 0, links: 0 });
    expect(tellCollapsed({ ...empty, nodes, isCollapsed })).toContain('3 boxes');
  });

  test('never holds more than it may, and counts what it leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 25 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        async (systems, groups, nodes, arrows) => {
          const audit = await auditGroups(systems, groups);
          const picture = drawPicture(audit, {}, { nodes, arrows });
          expect(picture.nodes.length).toBeLessThanOrEqual(nodes);
          expect(picture.arrows.length).toBeLessThanOrEqual(arrows);
          const ids = new Set(picture.nodes.map(({ id }) => id));
          for (const { from, to } of picture.arrows)
            expect(ids.has(from) && ids.has(to)).toBe(true);
          const shown = picture.arrows.reduce((sum, { links }) => sum + links, 0);
          const inside = picture.nodes.reduce(
            (sum, { detail = '' }) => sum + Number(/(\d+) links? inside/.exec(detail)?.[1] ?? 0),
            0,
          );
          expect(shown + inside + picture.omitted.links).toBe(audit.links.length);
          expect(tellOmitted(picture) === '').toBe(
            picture.omitted.links + picture.omitted.systems === 0,
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  test('of an empty landscape is empty', async () => {
    const audit = { ...(await auditFiles(drawInventory('a -> b'))), systems: [], links: [] };
    expect(drawPicture(audit, {}, roomy)).toMatchObject({ nodes: [], arrows: [] });
  });
});

test('neighbours are as far away as the shortest way', () => {
  const links = [
    { from: 'a', to: 'b' },
    { from: 'c', to: 'b' },
    { from: 'c', to: 'a' },
    { from: 'd', to: 'c' },
  ];
  expect([...findNeighbours(links, 'a', 5)].sort()).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 1],
    ['d', 2],
  ]);
});

const empty = {
  title: '',
  nodes: [],
  arrows: [],
  hasRegistry: true,
  legend: 'all',
  isCollapsed: false,
  omitted: { systems: 0, links: 0, shown: '' },
} as const;

/** Systems dealt to groups in turn; each sends to the next one of its group and to its neighbour. */
async function auditGroups(systems: number, groups: number) {
  const rows = Array.from({ length: systems }, (_, at) => `s${at},G${at % groups}`);
  const links = new Set(
    Array.from({ length: systems }, (_, at) => [
      `s${at},s${(at + groups) % systems}`,
      `s${at},s${(at + 1) % systems}`,
    ])
      .flat()
      .filter((row) => row.split(',')[0] !== row.split(',')[1]),
  );
  return auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': `id,domain\n${rows.join('\n')}\n`,
    'l.csv': `from,to\n${[...links].join('\n')}\n`,
  });
}
