import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditImpact } from '../../../src/audit/audit-impact.ts';
import { compareAudits } from '../../../src/audit/compare-audits.ts';
import type { Audit } from '../../../src/audit.ts';
import type { Config } from '../../../src/config.ts';
import type { Finding } from '../../../src/finding.ts';
import { drawFindings } from '../../../src/renderers/checks/findings-mermaid.ts';
import { renderHtml } from '../../../src/renderers/html.ts';
import { openLabels } from '../../../src/renderers/image/open-labels.ts';
import { renderImage } from '../../../src/renderers/image/render-image.ts';
import { drawImpact } from '../../../src/renderers/impact/mermaid.ts';
import { drawChange } from '../../../src/renderers/mermaid/change.ts';
import { renderFlowchart } from '../../../src/renderers/mermaid/flowchart.ts';
import { renderMigrationPlan } from '../../../src/renderers/migration-plan.ts';
import { auditFiles } from '../../audit-files.ts';
import { readSample } from '../../read-sample.ts';
import { hostileNames, openBrowser } from '../browser.ts';
import { openReport } from '../open-report.ts';
import { type Drawn, openMermaid } from './open-mermaid.ts';

const opened = await openBrowser();
afterAll(async () => opened?.close());

/** Names that are a sign of Mermaid from begin to end are as long as labels get. */
const names = [...hostileNames, '<'.repeat(99), '%%{init: {}}%% $$x$$', "R&D's #1 {x} `y`"];

describe.skipIf(!opened)('flowcharts of a part are drawn by Mermaid itself', () => {
  let draw: (text: string) => Promise<Drawn>;
  beforeAll(async () => {
    if (opened) draw = await openMermaid(opened);
  });

  const expectDrawn = async (text: string, arrows: number): Promise<Drawn> => {
    expect(text.length).toBeLessThan(50_000);
    const drawn = await draw(text);
    expect(drawn).toMatchObject({ type: 'flowchart-v2', dangerous: 0 });
    expect(drawn.arrows).toBe(arrows);
    return drawn;
  };

  test('a change, with names of every kind', async () => {
    const head = await auditRing(names);
    const [first, ...others] = head.links;
    if (!first) throw new Error('no link');
    const changed = { ...others[0], registered: false } as (typeof others)[number];
    const base = { ...head, links: [changed, ...others.slice(1, 5)] };
    const comparison = compareAudits(base, head);
    const { shown } = await expectDrawn(
      drawChange(comparison, base, head),
      comparison.links.length + 2,
    );
    for (const text of ['− ', '+ ', 'new', "R&D's #1 {x} `y`"].slice(1))
      expect(shown).toContain(text);
  });

  test('an impact, with names of every kind', async () => {
    const found = await auditRing(names);
    const request = { text: 's0', questions: ['outage'] } as const;
    const { impacts } = auditImpact(found, {} as Config, request);
    expect(impacts[0]?.hits.length).toBeGreaterThan(3);
    const text = drawImpact(impacts, found);
    const { shown } = await expectDrawn(text, (await draw(text)).arrows);
    expect(shown).toContain('<script>alert(1)</script>');
    expect(shown).toMatch(/Outage, .* – \d+ systems? surely hit/);
  });

  test('findings of a comment, which has little room', async () => {
    const found = await auditRing(Array.from({ length: 200 }, () => '\u{1F41F}'.repeat(99)));
    // No two of them share a system.
    const apart = found.links.filter(({ from }) => Number(from.slice(1)) % 2 === 0);
    const { text, omitted } = drawFindings(
      found,
      apart.map(({ key }): Finding => {
        return {
          rule: 'unregistered-link',
          severity: 'error',
          subject: key,
          message: '',
          remedy: '',
          related: [],
          evidence: [],
          fingerprint: key,
        };
      }),
    );
    expect(text.length).toBeLessThan(15_500);
    expect(omitted).toBeGreaterThan(75);
    const { shown } = await expectDrawn(text, apart.length - omitted);
    expect(shown).toContain(`Left out: ${omitted} links`);
  });

  test('hundreds of changes with the longest labels stay below the limits, and the rest is told', async () => {
    const head = await auditRing(Array.from({ length: 600 }, (_, at) => `${'"'.repeat(99)}${at}`));
    const comparison = compareAudits({ ...head, links: [] }, head);
    const text = drawChange(comparison, head, head);
    const left = Number(/Left out.{1,9} (\d+) links/.exec(text)?.[1]);
    await expectDrawn(text, comparison.links.length - left);
  });

  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])('the plan of %s', async (sample) => {
    const text = renderMigrationPlan(await readSample(sample));
    const charts = [...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, one = '']) => one);
    const flowcharts = charts.filter((chart) => chart.includes('\nflowchart '));
    expect(flowcharts.length).toBeGreaterThan(1);
    for (const chart of flowcharts) expect((await draw(chart)).type).toBe('flowchart-v2');
  });

  test('what the report offers to copy, with names of every kind', async () => {
    if (!opened) return;
    const found = await auditRing(names);
    const html = await renderHtml(found, renderFlowchart(found));
    const { page } = await openReport(opened, html);
    await page.evaluate(
      'window.copied = []; navigator.clipboard ??= {}; navigator.clipboard.writeText = async (text) => { copied.push(text); };',
    );
    await page.evaluate(
      `for (const button of document.querySelectorAll('[data-mermaid], [data-copy-from="mermaid"]')) button.click();`,
    );
    await expect.poll(() => page.evaluate('copied.length')).toBe(2);
    const copied = (await page.evaluate('copied')) as string[];
    await page.close();
    expect(copied).toHaveLength(2);
    for (const text of copied) {
      const { type, dangerous, shown } = await draw(text);
      expect({ type, dangerous }).toEqual({ type: 'flowchart-v2', dangerous: 0 });
      expect(shown).toContain('<script>alert(1)</script>');
    }
  });

  test('pictures show signs, not their codes', async () => {
    const found = await auditRing(["R&D's #1 {x}", 'a <b> c', '"quoted" `d`', '50 %% $$x$$']);
    expect(openLabels(renderFlowchart(found))).not.toMatch(/#\d+;|%%|\$\$/);
    const svg = Buffer.from(await renderImage(renderFlowchart(found), 'svg')).toString();
    const shown = svg
      .replace(/<style>[\s\S]*?<\/style>/g, '')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    for (const text of ["R&D's ＃1 {x}", 'a <b> c', '”quoted” ‘d‘', '50 % % $ $x$ $'])
      expect(shown).toContain(text);
    expect(svg).not.toContain('&amp;#');
  });
});

/** A landscape in which each system sends to the next one, called whatever. */
async function auditRing(called: readonly string[]): Promise<Audit> {
  const rows = called.map((_, at) => `s${at},s${(at + 1) % called.length},https`);
  const found = await auditFiles({
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
    's.csv': `id\n${called.map((_, at) => `s${at}`).join('\n')}\n`,
    'l.csv': `from,to,protocol\n${rows.join('\n')}\n`,
  });
  const systems = found.systems.map((system) => {
    const name = called[Number(system.id.slice(1))] ?? system.name;
    return { ...system, name };
  });
  return { ...found, systems };
}
