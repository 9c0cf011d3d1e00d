import { describe, expect, test } from 'vitest';
import { nameArchitecture } from '../../src/analyzers/structure.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

function draw(ids: readonly string[], edges: readonly (readonly [string, string])[]) {
  return auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id\n${ids.join('\n')}\n`,
    'links.csv': `from,to\n${edges.map((edge) => edge.join()).join('\n')}\n`,
  });
}

describe('the kind of structure', () => {
  test.each([
    [100, [], 'hierarchical'],
    [100, [3, 2], 'hierarchical'],
    [100, [4], 'borderline core-periphery'],
    [100, [6, 4], 'borderline core-periphery'],
    [100, [7, 4], 'core-periphery'],
    [100, [6, 5], 'multi-core'],
    [100, [30, 21], 'multi-core'],
    [100, [30, 20], 'core-periphery'],
    [4, [2, 2], 'multi-core'],
    [0, [], 'hierarchical'],
  ] as const)('%d systems with cyclic groups %j: %s', (systems, sizes, expected) => {
    expect(nameArchitecture(systems, sizes)).toBe(expected);
  });
});

/** Two feed a cycle of three, which feeds two others; one more pair stands beside them. */
const textbook = [
  ['u1', 'c1'],
  ['u2', 'u1'],
  ['c1', 'c2'],
  ['c2', 'c3'],
  ['c3', 'c1'],
  ['c2', 'd1'],
  ['d1', 'd2'],
  ['p1', 'p2'],
] as const;

test('roles and the order of the matrix, by who needs whom', async () => {
  const ids = ['c1', 'c2', 'c3', 'd1', 'd2', 'p1', 'p2', 'u1', 'u2'];
  const audit = await draw(ids, textbook);
  expect(audit.analysis.structure).toMatchObject({
    systems: 9,
    architecture: 'core-periphery',
    view: 'core',
    largestCyclicGroup: 3,
    nextCyclicGroup: 0,
    roles: [
      { role: 'shared', systems: 2, share: 2 / 9 },
      { role: 'core', systems: 3, share: 1 / 3 },
      { role: 'periphery', systems: 2, share: 2 / 9 },
      { role: 'control', systems: 2, share: 2 / 9 },
    ],
    matrix: ['u2', 'u1', 'c1', 'c2', 'c3', 'p1', 'p2', 'd1', 'd2'],
  });
  expect(renderMarkdown(audit)).toContain(
    '3 of 9 systems (33 %) form a core in which each reaches every other. Core-periphery:',
  );
  const html = await renderHtml(audit);
  // Each link is a cell of its own.
  expect(
    html
      .split('<svg class="triangle dsm"')[1]
      ?.split('</svg>')[0]
      ?.match(/class="cell"/g),
  ).toHaveLength(textbook.length);
});

test('an audit of a part judges neither the structure of the whole nor a hub', async () => {
  const audit = await auditFiles({
    'landscape.yaml':
      'scope: member\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': 'id,domain\na,A\nb,A\nc,B\n',
    'links.csv': 'from,to\na,b\nb,c\n',
  });
  const text = renderMarkdown(audit);
  expect(text).toContain('## Domains');
  expect(text).not.toMatch(/saturation|Hidden structure|## Communities|hub/i);
  const html = await renderHtml(audit);
  expect(html).toContain('<svg class="triangle dsm"');
  expect(html).not.toMatch(/Published landscapes|Stay point-to-point|id="communities"/);
});

test('without one core, systems are held against the medians', async () => {
  const { structure, hotspots } = (
    await draw(
      ['a', 'b', 'c', 'x'],
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    )
  ).analysis;
  expect(structure).toMatchObject({ architecture: 'hierarchical', view: 'medians' });
  expect(Object.fromEntries(hotspots.map(({ system, role }) => [system, role]))).toEqual({
    a: 'shared',
    b: 'core',
    c: 'control',
    x: 'periphery',
  });
});

test('above sixty systems the matrix shows shapes in place of names, above five hundred a part', async () => {
  const ids = Array.from({ length: 520 }, (_, index) => `n${index}`);
  const edges = ids.slice(1).map((id, index) => [ids[index] ?? '', id] as const);
  const html = await renderHtml(await draw(ids, edges));
  const matrix = html.split('<svg class="triangle dsm"')[1]?.split('</svg>')[0] ?? '';
  expect(matrix).not.toContain('class="cell"');
  expect(matrix.match(/class="run /g)).toHaveLength(1);
  expect(html).toContain('The 500 most connected of 520 systems.');
});

test('names decide nothing, and every system has one place', async () => {
  const graphs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(graphs, async (pairs) => {
      const edges = pairs.filter(([from, to]) => from !== to);
      const indexes = Array.from({ length: 12 }, (_, index) => index);
      const measure = async (name: (index: number) => string) => {
        const { structure, hotspots } = (
          await draw(
            indexes.map(name),
            edges.map(([from, to]) => [name(from), name(to)] as const),
          )
        ).analysis;
        const roles = new Map(hotspots.map(({ system, role }) => [system, role]));
        expect([...structure.matrix].sort()).toEqual(indexes.map(name).sort());
        expect(structure.roles.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        const order = structure.matrix.map((id) => roles.get(id));
        const expected = structure.roles.flatMap(({ role, systems }) =>
          Array.from({ length: systems }, () => role),
        );
        expect(order).toEqual(expected);
        return { ...structure, matrix: 0, ofEach: indexes.map((index) => roles.get(name(index))) };
      };
      expect(await measure((index) => `z${99 - index}`)).toEqual(
        await measure((index) => `a${10 + index}`),
      );
    }),
    { numRuns: 60 },
  );
});
