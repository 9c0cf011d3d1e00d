import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareAudits } from '../../src/audit/compare-audits.ts';
import { type AuditFile, traceHistory } from '../../src/audit/trace-history.ts';
import type { Audit } from '../../src/audit.ts';
import { writeHistory } from '../../src/renderers/history-markdown.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { drawChange } from '../../src/renderers/mermaid/change.ts';
import { drawFlowchart, renderFlowchart } from '../../src/renderers/mermaid/flowchart.ts';
import { renderMigrationPlan } from '../../src/renderers/migration-plan.ts';
import { auditFiles, judgeFiles } from '../audit-files.ts';
import { readSample } from '../read-sample.ts';
import { hostileNames, type OpenBrowser, openBrowser, watchProblems } from './browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

/** A landscape in which every system, domain, team, object and host has a hostile name. */
async function auditHostile(): Promise<Audit> {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = hostileNames.map((name, index) =>
    [`s${index}`, cell(name), cell(name), cell(name)].join(','),
  );
  const links = hostileNames.map((name, index) =>
    [
      cell(`L${index} ${name}`),
      `s${index}`,
      `s${(index + 1) % hostileNames.length}`,
      cell(name),
    ].join(','),
  );
  return auditFiles({
    'landscape.yaml': `name: ${JSON.stringify(hostileNames[0])}\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n`,
    'systems.csv': `id,name,domain,team\n${rows.join('\n')}\n`,
    'links.csv': `id,from,to,objects\n${links.join('\n')}\n`,
  });
}

interface Visit {
  readonly page: Page;
  readonly problems: string[];
}

/** Opens a report from disk; whatever goes wrong, or leaves the file, is noted. */
async function visit(
  html: string,
  hash = '',
  options: Parameters<OpenBrowser['browser']['newPage']>[0] = {},
): Promise<Visit> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, `report-${Math.abs(html.length)}.html`);
  await writeFile(file, html);
  const page = await opened.browser.newPage(options);
  const problems = watchProblems(page);
  await page.goto(pathToFileURL(file).href + hash);
  return { page, problems };
}

describe.skipIf(!opened)('the HTML report', () => {
  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])(
    '%s opens from disk without an error or a request',
    async (sample) => {
      const found = await readSample(sample);
      const { page, problems } = await visit(await renderHtml(found, renderFlowchart(found)));
      expect(await page.title()).toContain(found.name);
      const text = await page.innerText('body');
      expect(text).toContain(
        `${found.analysis.coupling.all.systems} systems are wired by ${found.analysis.coupling.all.links} links`,
      );
      for (const { name } of found.systems.filter(({ counted }) => counted))
        expect(text).toContain(name);
      for (const { fingerprint } of found.findings)
        expect(await page.content()).toContain(fingerprint);
      expect(await page.locator('svg').count()).toBeGreaterThanOrEqual(4);
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  test('nothing is wider than a phone, a tablet or a desk', async () => {
    const found = await readSample('nordfisk');
    const html = await renderHtml(found, renderFlowchart(found));
    for (const [width, height] of [
      [390, 844],
      [1024, 768],
      [1440, 900],
    ] as const) {
      const { page, problems } = await visit(html, '', { viewport: { width, height } });
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('a deep link opens its link, with file and line', async () => {
    const found = await readSample('nordfisk');
    const { page, problems } = await visit(
      await renderHtml(found, renderFlowchart(found)),
      `#link=${encodeURIComponent('warehouse=>finance#file')}`,
    );
    await expect
      .poll(() => page.getByText('scripts/shipments_to_finance.sh:23').first().isVisible())
      .toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('everything can be read without scripts', async () => {
    const found = await readSample('nordfisk');
    const { page } = await visit(await renderHtml(found, renderFlowchart(found)), '', {
      javaScriptEnabled: false,
    });
    const text = await page.locator('body').textContent();
    for (const { message } of found.findings) expect(text).toContain(message);
    await page.close();
  });

  test('hostile names stay text', async () => {
    const found = await auditHostile();
    const { page, problems } = await visit(await renderHtml(found, renderFlowchart(found)));
    expect(await page.innerText('body')).toContain('<script>alert(1)</script>');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('landscapes without links, registry or logs have a report too', async () => {
    for (const contents of [
      { 'landscape.yaml': 'systems:\n  - id: alone\n' },
      {
        'landscape.yaml': 'sources:\n  - inventory: l.csv\n    registry: false\n',
        'l.csv': 'from,to\na,b\n',
      },
    ]) {
      const found = await auditFiles(contents);
      const { page, problems } = await visit(await renderHtml(found, renderFlowchart(found)));
      expect(await page.innerText('body')).not.toMatch(/undefined|NaN|\[object/);
      expect(problems).toEqual([]);
      await page.close();
    }
  });
});

describe.skipIf(!opened)('Mermaid text', () => {
  let page: Page;
  beforeAll(async () => {
    if (!opened) return;
    page = await opened.browser.newPage();
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  });

  /** Mermaid's own parser: throws where it does not understand the text. */
  const parse = (text: string): Promise<string> =>
    page.evaluate(`mermaid.parse(${JSON.stringify(text)}).then((result) => result.diagramType)`);

  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])('of %s is understood', async (sample) => {
    const found = await readSample(sample);
    expect(await parse(renderFlowchart(found))).toMatch(/^flowchart/);
    const gantt = /```mermaid\n([\s\S]*?)```/.exec(renderMigrationPlan(found))?.[1] ?? '';
    expect(await parse(gantt)).toBe('gantt');
  });

  test('with hostile names is understood, and shows them', async () => {
    const text = renderFlowchart(await auditHostile());
    expect(await parse(text)).toMatch(/^flowchart/);
    const svg: string = await page.evaluate(
      `mermaid.render('hostile', ${JSON.stringify(text)}).then(({ svg }) => svg)`,
    );
    const shown: string = await page.evaluate(
      `new DOMParser().parseFromString(${JSON.stringify(svg)}, 'text/html').body.textContent`,
    );
    for (const name of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '**bold** | cell | <b>x</b>',
      '#quot; #35; &amp; &lt;',
      'graph TD; a-->b',
      'end',
    ]) {
      expect(shown).toContain(name);
    }
  });

  test('of a change is understood and drawn, with hostile names too', async () => {
    const hostile = await auditHostile();
    const [first, second, ...others] = hostile.links;
    if (!first || !second) throw new Error('no links to change');
    const base = { ...hostile, links: [{ ...first, registered: !first.registered }, second] };
    const head = { ...hostile, links: [first, ...others] };
    const comparison = compareAudits(base, head);
    expect(new Set(comparison.links.map(({ kind }) => kind)).size).toBe(3);
    const text = drawChange(comparison, base, head);
    expect(await parse(text)).toMatch(/^flowchart/);
    const svg: string = await page.evaluate(
      `mermaid.render('change', ${JSON.stringify(text)}).then(({ svg }) => svg)`,
    );
    expect(svg).toContain('+ ');
    expect(svg).toContain('− ');
    expect(svg).toContain('~ ');
  });

  test('of a history is drawn, whatever the landscape is called', async () => {
    const hostile = { ...(await auditHostile()), name: 'a "]\n```\nend <b>' };
    const [, ...fewer] = hostile.links;
    async function* each(): AsyncIterable<AuditFile> {
      yield { file: 'a.json', audit: { ...hostile, links: fewer } };
      yield { file: 'b.json', audit: hostile };
    }
    const text = writeHistory(await traceHistory(each()));
    const charts = [...text.matchAll(/^```mermaid\n([^`]+)^```$/gm)].map(([, chart = '']) => chart);
    expect(charts).toHaveLength(3);
    for (const chart of charts) {
      const svg: string = await page.evaluate(
        `mermaid.render('history', ${JSON.stringify(chart)}).then(({ svg }) => svg)`,
      );
      expect(svg).toContain(hostile.asOf);
      expect(svg).toContain('at constant scope');
    }
  });

  test('stays under the limits of Mermaid, and says what is left out', async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, index) => `s${index % 600},s${(index * 7 + 1) % 600}`,
    );
    const found = await judgeFiles({
      'landscape.yaml': 'sources:\n  - inventory: l.csv\n',
      'l.csv': `from,to\n${rows.join('\n')}\n`,
    });
    const { text, picture } = drawFlowchart(found);
    expect(text.length).toBeLessThan(50_000);
    expect(picture.omitted.systems).toBeGreaterThan(0);
    expect(picture.omitted.links).toBeGreaterThan(0);
    expect(text).toContain('Left out');
    expect(await parse(text)).toMatch(/^flowchart/);
  });
});
