import { expect, test } from 'vitest';
import type { Audit } from '../../../src/audit.ts';
import { groupBy } from '../../../src/order.ts';
import { renderArchimate } from '../../../src/renderers/exchange/archimate.ts';
import { renderBackstage } from '../../../src/renderers/exchange/backstage.ts';
import { renderLikec4 } from '../../../src/renderers/exchange/likec4.ts';
import { renderStructurizr } from '../../../src/renderers/exchange/structurizr.ts';
import { renderFlowchart } from '../../../src/renderers/mermaid/flowchart.ts';
import { auditFiles } from '../../audit-files.ts';
import { auditLandscape, fold, landscape, tell } from '../../drawn-landscape.ts';
import fc from '../../fast-check.ts';
import { hostileAudits, joinText } from '../../renderers/exchange/hostile-audit.ts';
import { scanModels } from './draw-models.ts';

const formats = {
  'Structurizr DSL': { file: 'model.dsl', render: renderStructurizr },
  LikeC4: { file: 'model.c4', render: renderLikec4 },
  ArchiMate: { file: 'model.xml', render: renderArchimate },
  'Backstage catalog': { file: 'catalog-info.yaml', render: renderBackstage },
} as const;

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

/** What a flowchart shows of a landscape: boxes in domains, arrows with what moves over them. */
function tellPicture({ systems, links }: Audit): { systems: string[]; links: string[] } {
  const shown = new Map(
    systems
      .filter(({ counted }) => counted)
      .map((system) => [system.id, fold(system.name)] as const),
  );
  const pairs = groupBy(
    links.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    ({ from, to }) => `${shown.get(from)} → ${shown.get(to)}`,
  );
  return {
    systems: systems
      .filter(({ id }) => shown.has(id))
      .map(({ name, domain }) => `${fold(name)} in ${domain}`)
      .sort(),
    // Several links of a pair are one arrow, which tells how many. A label without a protocol may
    // say anything; of many objects the first two are written.
    links: [...pairs]
      .map(([pair, [link, ...others]]) =>
        link?.protocol && others.length === 0
          ? `${pair} ${link.protocol} ${link.objects.slice(0, 2)}`
          : pair,
      )
      .sort(),
  };
}

test('Mermaid: all that the picture of a whole landscape shows is read back', async () => {
  await fc.assert(
    fc.asyncProperty(landscape, async (drawn) => {
      const written = await auditLandscape(drawn);
      const chart = renderFlowchart(written);
      const read = await auditFiles({
        'landscape.yaml': 'sources:\n  - model: landscape.mmd\n    minParsed: 1\n',
        'landscape.mmd': chart,
      }).catch((error: unknown) => {
        // Of databases and brokers alone there is no picture, and so nothing to read.
        if (written.systems.some(({ counted }) => counted)) throw error;
        return undefined;
      });
      if (!read) return;
      const [told, found] = [tellPicture(written), tellPicture(read)];
      expect(found.systems).toEqual(told.systems);
      const several = new Set(told.links.filter((each) => /→ \S+$/.test(each)));
      const pairOf = (each: string): string => each.split(' ').slice(0, 3).join(' ');
      expect(
        found.links.map((each) => (several.has(pairOf(each)) ? pairOf(each) : each)).sort(),
      ).toEqual(told.links);
    }),
    { numRuns: 60 },
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
