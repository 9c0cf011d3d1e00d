import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mermaidReader } from '../../../src/scanners/models/mermaid.ts';
import fc from '../../fast-check.ts';
import { openBrowser } from '../../renderers/browser.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

/** Arrows as people write them: each with its text, or the place for one. */
const arrow = fc.constantFrom(
  '-->',
  '---',
  '-.->',
  '==>',
  '--x',
  '--o',
  '<-->',
  '---->',
  '-- sftp -->',
  '-. nightly .->',
  '== https ==>',
  '-->|orders; daily|',
  '--->|"a -> b"|',
  '~~~',
);
const box = fc.constantFrom(
  'a',
  'b1',
  'c_d',
  'e-f',
  'a[ERP]',
  'b1("Web (shop)")',
  'c_d[(Store)]',
  'e-f[["x [y] z"]]',
  'g:::big',
  'h([Stadium])',
  'i>Flag]',
  'j((Round))',
  'k{{Hex}}',
  'l[/Lean/]',
  'm@{ shape: cyl, label: "Disk" }',
);
const chain = fc
  .tuple(
    fc.array(box, { minLength: 1, maxLength: 2 }),
    fc.array(fc.tuple(arrow, fc.array(box, { minLength: 1, maxLength: 2 })), { maxLength: 3 }),
  )
  .map(([first, rest]) =>
    [first.join(' & '), ...rest.map(([sign, group]) => `${sign} ${group.join(' & ')}`)].join(' '),
  );
const chart = fc
  .tuple(
    fc.constantFrom('flowchart LR', 'graph TD'),
    fc.array(
      fc.oneof(
        chain,
        chain,
        fc.constantFrom(
          '%% words',
          'classDef big fill:#fff',
          'subgraph one [First]\n  p --> q\nend',
          'x --> y; y --> z',
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([head, lines]) => `${head}\n${lines.join('\n')}\n`);

describe.skipIf(!opened)('the parser of Mermaid itself', () => {
  let page: Page;
  beforeAll(async () => {
    if (!opened) return;
    page = await opened.browser.newPage();
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  });

  test('sees the same boxes and arrows in any flowchart', async () => {
    await fc.assert(
      fc.asyncProperty(chart, async (text) => {
        const expected = await page.evaluate<{ boxes: string[]; arrows: string[] }>(`(async () => {
          const { db } = await mermaid.mermaidAPI.getDiagramFromText(${JSON.stringify(text)});
          const frames = new Set(db.getSubGraphs().map(({ id }) => id));
          return {
            boxes: [...db.getVertices().keys()].filter((id) => !frames.has(id)),
            arrows: db.getEdges().filter(({ stroke }) => stroke !== 'invisible').map(({ start, end, text }) => start + ' → ' + end + ' ' + text.trim()),
          };
        })()`);
        const model = await mermaidReader.read(text, 'a.mmd', async () => ({ reason: '' }));
        const bare = (id: string): string => id.slice(id.indexOf(':') + 1);
        const boxes = model.elements
          .filter(({ rank }) => typeof rank === 'string')
          .map(({ id }) => bare(id));
        expect(boxes.sort()).toEqual(expected.boxes.sort());
        const arrows = model.relations.map(
          ({ from, to, label = '' }) => `${bare(from)} → ${bare(to)} ${label}`,
        );
        expect(arrows.sort()).toEqual(expected.arrows.sort());
        expect(model.skipped).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
