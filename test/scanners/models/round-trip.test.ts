import { expect, test } from 'vitest';
import type { Audit } from '../../../src/audit.ts';
import { renderArchimate } from '../../../src/renderers/exchange/archimate.ts';
import { renderBackstage } from '../../../src/renderers/exchange/backstage.ts';
import { renderLikec4 } from '../../../src/renderers/exchange/likec4.ts';
import { renderStructurizr } from '../../../src/renderers/exchange/structurizr.ts';
import { renderFlowchart } from '../../../src/renderers/mermaid/flowchart.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { hostileAudits, joinText } from '../../renderers/exchange/hostile-audit.ts';
import { scanModels } from './draw-models.ts';

const formats = {
  'Structurizr DSL': { file: 'model.dsl', render: renderStructurizr },
  LikeC4: { file: 'model.c4', render: renderLikec4 },
  ArchiMate: { file: 'model.xml', render: renderArchimate },
  'Backstage catalog': { file: 'catalog-info.yaml', render: renderBackstage },
} as const;

/** Names as people give them, with signs that formats give a meaning to. */
const name = fc
  .array(
    fc.constantFrom(
      'ERP',
      'Web',
      'shop',
      'of Ålesund',
      '2',
      '(old)',
      '->',
      '{',
      'model',
      'A & B',
      '#1',
      'end',
      'x;y',
      '=',
      '//',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((words) => words.join(' '));
const fold = (text: string): string => text.toLowerCase().replace(/[^a-zåäö0-9]+/g, '');

const landscape = fc.record({
  names: fc
    .uniqueArray(name, { minLength: 2, maxLength: 6, selector: fold })
    .filter((names) => names.every((each) => fold(each) !== '')),
  kinds: fc.array(fc.constantFrom('application', 'database', 'broker', 'external-service'), {
    minLength: 6,
    maxLength: 6,
  }),
  ends: fc.array(
    fc.tuple(
      fc.nat(5),
      fc.nat(5),
      fc.constantFrom('https', 'sftp', 'kafka', 'jdbc', ''),
      fc.constantFrom('push', 'pull', ''),
      fc.constantFrom('orders', 'stock;items', ''),
    ),
    { minLength: 1, maxLength: 8 },
  ),
});
type Landscape = typeof landscape extends fc.Arbitrary<infer T> ? T : never;

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function auditLandscape({ names, kinds, ends }: Landscape): Promise<Audit> {
  const systems = names.map(
    (each, index) =>
      `sys-${index},${quote(each)},${kinds[index]},Domain ${index % 2},Team ${index % 3}`,
  );
  const links = ends
    .map(([from, to, ...rest]) => [from % names.length, to % names.length, ...rest] as const)
    .filter(([from, to]) => from !== to)
    .map(
      ([from, to, protocol, initiator, objects], index) =>
        `L${index},sys-${from},sys-${to},${protocol},${initiator},${objects}`,
    );
  return auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n    optional: true\n',
    'systems.csv': `id,name,kind,domain,team\n${systems.join('\n')}\n`,
    'links.csv': `id,from,to,protocol,initiator,objects\n${links.join('\n')}\n`,
  });
}

/** What is said of systems and links, named as people name them. */
function tell({ systems, links }: Audit, isPlain = false): { systems: string[]; links: string[] } {
  const names = new Map(systems.map((each) => [each.id, fold(each.name)]));
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  return {
    systems: systems
      .filter(({ id, kind }) => !isPlain || (linked.has(id) && kind !== 'unknown'))
      .map(({ name: called, kind, domain, owner }) =>
        isPlain ? fold(called) : [fold(called), kind, domain, owner?.team].join(' '),
      )
      .sort(),
    links: links
      .map(({ from, to, family, protocol, initiator, objects }) =>
        isPlain
          ? `${names.get(from)} → ${names.get(to)}`
          : [names.get(from), names.get(to), family, protocol, initiator, objects].join(' '),
      )
      .sort(),
  };
}

test.each(Object.entries(formats))(
  '%s: what is written is read back',
  async (_format, { file, render }) => {
    await fc.assert(
      fc.asyncProperty(landscape, async (drawn) => {
        const written = await auditLandscape(drawn);
        const read = await auditFiles({
          'landscape.yaml': `sources:\n  - model: ${file}\n    minParsed: 1\n`,
          [file]: joinText(render(written)),
        });
        expect(tell(read)).toEqual(tell(written));
        expect(
          read.links.every(
            ({ registered, class: seen }) => !registered && seen.join() === 'declared',
          ),
        ).toBe(true);
      }),
      { numRuns: 25 },
    );
  },
);

test('Mermaid: pairs of systems of the flowchart are read back, and the legend is not', async () => {
  await fc.assert(
    fc.asyncProperty(landscape, async (drawn) => {
      const written = await auditLandscape({
        ...drawn,
        kinds: drawn.kinds.map(() => 'application'),
      });
      const read = await auditFiles({
        'landscape.yaml': 'sources:\n  - model: landscape.mmd\n    minParsed: 1\n',
        'landscape.mmd': renderFlowchart(written),
      });
      const [told, found] = [tell(written, true), tell(read, true)];
      expect(found.links).toEqual([...new Set(told.links)]);
      expect(found.systems).toEqual(told.systems);
    }),
    { numRuns: 25 },
  );
});

const audits = await hostileAudits();

test.each(Object.entries(formats))(
  '%s: nothing that is written breaks the reader',
  async (_format, { file, render }) => {
    await fc.assert(
      fc.asyncProperty(audits, async (audit) => {
        const { of, coverage } = await scanModels({ [file]: joinText(render(audit)) });
        expect(coverage.formats).toHaveLength(1);
        expect(of('connection').length).toBeLessThanOrEqual(audit.links.length);
        const names = of('system').map(({ id, fields }) => `${id}${fields.name}`);
        expect(names.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 60 },
    );
  },
);
