import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const config = 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n';

test('links and pairs within and between domains, with those of no domain in a row of their own', async () => {
  const audit = await auditFiles({
    'landscape.yaml': config,
    'systems.csv': 'id,domain\na,Sales\nb,Sales\nc,Sales\nd,Logistics\ne,Logistics\nx,\n',
    'links.csv':
      'from,to,protocol\na,b,https\nb,a,https\na,b,sftp\na,d,https\na,d,sftp\nb,d,sftp\nd,a,https\nx,e,https\n',
  });
  expect(audit.analysis.coupling.domains).toEqual({
    within: [
      {
        domain: 'Sales',
        systems: 3,
        potentialConnections: 3,
        connectedPairs: 1,
        saturation: 1 / 3,
        links: 3,
        pointToPointLinks: 3,
      },
      {
        domain: 'Logistics',
        systems: 2,
        potentialConnections: 1,
        connectedPairs: 0,
        saturation: 0,
        links: 0,
        pointToPointLinks: 0,
      },
      {
        domain: null,
        systems: 1,
        potentialConnections: 0,
        connectedPairs: 0,
        saturation: 0,
        links: 0,
        pointToPointLinks: 0,
      },
    ],
    flows: [
      { from: 'Sales', to: 'Sales', links: 3, pointToPointLinks: 3, connectedPairs: 1 },
      { from: 'Sales', to: 'Logistics', links: 3, pointToPointLinks: 3, connectedPairs: 2 },
      { from: 'Logistics', to: 'Sales', links: 1, pointToPointLinks: 1, connectedPairs: 1 },
      { from: null, to: 'Logistics', links: 1, pointToPointLinks: 1, connectedPairs: 1 },
    ],
  });
  const text = renderMarkdown(audit);
  expect(text).toContain(
    '5 of 8 links (63 %) cross the border of a domain, 3 of them from Sales to Logistics',
  );
  expect(text).toContain('| Sales | 3 | 33 % | 3 (1) | 3 (2) |  |');
});

test('without domains there is nothing to compare', async () => {
  const audit = await auditFiles({
    'landscape.yaml': config,
    'systems.csv': 'id,domain\na,Sales\nb,\n',
    'links.csv': 'from,to\na,b\n',
  });
  expect(renderMarkdown(audit)).not.toContain('## Domains');
});

test('every link is in one flow, and every pair within a domain counts once', async () => {
  const links = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom('https', 'sftp')), {
    maxLength: 40,
  });
  const domains = fc.array(fc.constantFrom('', 'A', 'B', 'C'), { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(domains, links, async (names, drawn) => {
      const kept = drawn.filter(([from, to]) => from !== to);
      const { coupling } = (
        await auditFiles({
          'landscape.yaml': config,
          'systems.csv': `id,domain\n${names.map((name, index) => `s${index},${name}`).join('\n')}\n`,
          'links.csv': `from,to,protocol\n${kept.map(([from, to, protocol]) => `s${from},s${to},${protocol}`).join('\n')}\n`,
        })
      ).analysis;
      const { within, flows } = coupling.domains;
      const total = (items: readonly { links: number; pointToPointLinks: number }[]) =>
        items.reduce((sum, { links: count }) => sum + count, 0);
      expect(total(flows)).toBe(coupling.all.links);
      expect(within.reduce((sum, { systems }) => sum + systems, 0)).toBe(coupling.all.systems);
      for (const { domain, links: count, connectedPairs } of within) {
        const own = flows.find(({ from, to }) => from === domain && to === domain);
        expect(count).toBe(own?.links ?? 0);
        const pairs = kept.flatMap(([from, to]) =>
          (names[from] || null) === domain && (names[to] || null) === domain
            ? [[from, to].sort().join()]
            : [],
        );
        expect(connectedPairs).toBe(new Set(pairs).size);
      }
    }),
    { numRuns: 60 },
  );
});

test('each next system adds a pair with each before it, or half of the mean number of partners', async () => {
  const { growth, potentialConnections } = (
    await auditFiles({
      'landscape.yaml': config,
      'systems.csv': 'id\na\nb\nc\nd\n',
      'links.csv': 'from,to\na,b\nb,c\nc,d\n',
    })
  ).analysis.coupling;
  expect(potentialConnections).toBe(6);
  expect(growth.slice(1).map(({ addsAtPotential }) => addsAtPotential)).toEqual(
    Array.from({ length: 20 }, (_, step) => 4 + step),
  );
  expect(new Set(growth.map(({ addsAtTodaysDegree }) => addsAtTodaysDegree))).toEqual(
    new Set([0.75]),
  );
});
