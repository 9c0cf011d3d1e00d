import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Communities } from '../../src/analyzers/communities.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

type Edge = readonly [from: string, to: string];

function draw(domains: Readonly<Record<string, string>>, edges: readonly Edge[]) {
  const rows = Object.entries(domains).map(([id, domain]) => `${id},${domain}`);
  return auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
    'systems.csv': `id,domain\n${rows.join('\n')}\n`,
    'links.csv': `from,to\n${edges.map((edge) => edge.join()).join('\n')}\n`,
  });
}

const mesh = (ids: readonly string[]): Edge[] =>
  ids.flatMap((from, index) => ids.slice(index + 1).map((to): Edge => [from, to]));

const two: Edge[] = [
  ...mesh(['a1', 'a2', 'a3', 'a4']),
  ...mesh(['b1', 'b2', 'b3', 'b4']),
  ['a1', 'b1'],
];

test('where domains are what links make, nothing sits in the wrong place', async () => {
  const audit = await draw(
    { a1: 'A', a2: 'A', a3: 'A', a4: 'A', b1: 'B', b2: 'B', b3: 'B', b4: 'B', alone: 'B' },
    two,
  );
  expect(audit.analysis.communities).toMatchObject({
    communities: [
      { systems: ['a1', 'a2', 'a3', 'a4'], domain: 'A' },
      { systems: ['b1', 'b2', 'b3', 'b4'], domain: 'B' },
    ],
    agreement: 1,
    misplaced: [],
    crossing: [],
  });
  // 12 of 13 links inside, and each community holds half of all ends.
  expect(audit.analysis.communities.modularity).toBeCloseTo(12 / 13 - 2 * (13 / 26) ** 2, 9);
});

test('a system that is wired with another domain is named, and so are its links', async () => {
  const audit = await draw(
    { a1: 'A', a2: 'A', a3: 'A', a4: 'B', b1: 'B', b2: 'B', b3: 'B', b4: '' },
    two,
  );
  expect(audit.analysis.communities).toMatchObject({
    misplaced: [{ system: 'a4', domain: 'B', wiredWith: 'A', links: 3, allLinks: 3 }],
    crossing: ['a1=>a4#other', 'a2=>a4#other', 'a3=>a4#other'],
  });
  const sentence = 'belongs to B, yet 3 of its 3 links go to the community of A';
  expect(renderMarkdown(audit)).toContain(`a4 ${sentence}`);
  expect(await renderHtml(audit)).toContain(sentence);
});

test('who is alone in a domain is nowhere else than the domain', async () => {
  const { communities } = (
    await draw({ a1: 'A', a2: 'A', a3: 'A', a4: 'C', b1: 'B', b2: 'B', b3: 'B', b4: 'D' }, two)
  ).analysis;
  expect(communities.misplaced).toEqual([]);
});

test('with one domain, or without links, there is nothing to compare', async () => {
  for (const audit of [
    await draw({ a1: 'A', a2: 'A', a3: '' }, mesh(['a1', 'a2', 'a3'])),
    await draw({ a1: 'A', a2: 'B' }, []),
  ]) {
    expect(audit.analysis.communities.agreement).toBeNull();
    expect(renderMarkdown(audit)).not.toContain('## Communities');
  }
});

const graphs = fc.record({
  domains: fc.array(fc.constantFrom('', 'A', 'B', 'C'), { minLength: 14, maxLength: 14 }),
  pairs: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 40 }),
});
const nameOf = (index: number): string => `n${String(index).padStart(2, '0')}`;

/** Modularity by its definition, over all pairs of systems. */
function measureModularity(edges: readonly Edge[], { communities }: Communities): number {
  const group = new Map(
    communities.flatMap(({ systems }, index) => systems.map((system) => [system, index] as const)),
  );
  const ends = new Map<string, number>();
  for (const end of edges.flat()) ends.set(end, (ends.get(end) ?? 0) + 1);
  let sum = 0;
  for (const [a, ofA] of ends)
    for (const [b, ofB] of ends) {
      if (group.get(a) !== group.get(b)) continue;
      const between = edges.filter((edge) => edge.includes(a) && edge.includes(b)).length;
      sum += (a === b ? 0 : between) - (ofA * ofB) / (2 * edges.length);
    }
  return sum / (2 * edges.length);
}

test('communities part the linked systems, and modularity is what its definition says', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async ({ domains, pairs }) => {
      const keys = new Set(pairs.filter(([from, to]) => from !== to).map((pair) => pair.join()));
      const edges = [...keys].map((key): Edge => {
        const [from = 0, to = 0] = key.split(',').map(Number);
        return [nameOf(from), nameOf(to)];
      });
      const given = Object.fromEntries(domains.map((domain, index) => [nameOf(index), domain]));
      const { communities } = (await draw(given, edges)).analysis;
      expect(communities.communities.flatMap(({ systems }) => systems).sort()).toEqual(
        [...new Set(edges.flat())].sort(),
      );
      if (edges.length > 0)
        expect(communities.modularity).toBeCloseTo(measureModularity(edges, communities), 8);
      const indexOf = (id: string): number =>
        communities.communities.findIndex(({ systems }) => systems.includes(id));
      expect([...communities.crossing].sort()).toEqual(
        edges
          .filter(([from, to]) => indexOf(from) === indexOf(to))
          .filter(([from, to]) => given[from] && given[to] && given[from] !== given[to])
          .map(([from, to]) => `${from}=>${to}#other`)
          .sort(),
      );
      for (const { links, allLinks } of communities.misplaced)
        expect(2 * links).toBeGreaterThan(allLinks);
    }),
    { numRuns: 60 },
  );
});

const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import igraph']).status === 0,
);
const oracleName = 'agreement is the adjusted Rand index of igraph';

test.skipIf(!python)(
  python ? oracleName : `${oracleName} (skipped: apt-get install python3-igraph)`,
  async () => {
    const cases = await Promise.all(
      fc.sample(graphs, { numRuns: 40, seed: 7 }).map(async ({ domains, pairs }) => {
        const given = Object.fromEntries(domains.map((domain, index) => [nameOf(index), domain]));
        const edges = pairs
          .filter(([from, to]) => from !== to)
          .map(([from, to]): Edge => [nameOf(from), nameOf(to)]);
        const { communities } = (await draw(given, edges)).analysis;
        const placed = communities.communities.flatMap(({ systems }, group) =>
          systems.flatMap((id) => (given[id] ? [{ group, domain: 'ABC'.indexOf(given[id]) }] : [])),
        );
        return { placed, agreement: communities.agreement };
      }),
    );
    const comparable = cases.filter(({ agreement }) => agreement !== null);
    expect(comparable.length).toBeGreaterThan(20);
    const { stdout, stderr } = spawnSync(
      python ?? '',
      [
        '-c',
        'import igraph, json, sys\nprint(json.dumps([igraph.compare_communities(one["a"], one["b"], method="adjusted_rand") for one in json.load(sys.stdin)]))',
      ],
      {
        encoding: 'utf8',
        input: JSON.stringify(
          comparable.map(({ placed }) => ({
            a: placed.map(({ group }) => group),
            b: placed.map(({ domain }) => domain),
          })),
        ),
      },
    );
    expect(stderr).toBe('');
    for (const [index, expected] of (JSON.parse(stdout) as number[]).entries())
      expect(comparable[index]?.agreement).toBeCloseTo(expected, 8);
  },
);
