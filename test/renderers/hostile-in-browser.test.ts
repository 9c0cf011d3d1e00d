import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { toEditable } from '../../src/editing/editable-text.ts';
import { fillBlock, findBlocks } from '../../src/editing/marked-blocks.ts';
import { renderBlock } from '../../src/renderers/docs/render-block.ts';
import { renderLinksCsv, renderSystemsCsv } from '../../src/renderers/exchange/inventory-csv.ts';
import { renderReports } from '../../src/renderers/index.ts';
import { type DiagramKind, diagramKinds, drawKind } from '../../src/renderers/mermaid/kinds.ts';
import { auditFiles } from '../audit-files.ts';
import { type OpenBrowser, openBrowser } from './browser.ts';
import { drawHostileLandscape, hostileTexts } from './hostile-landscape.ts';
import { openEverything, openReport, readOverflow } from './open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

let found: Audit;
const reports = new Map<string, string>();
beforeAll(async () => {
  found = await auditFiles(drawHostileLandscape());
  for (const [name, text] of await renderReports(found)) reports.set(name, [...text].join(''));
}, 120_000);

/** Elements that are wider than the window and that nothing around them lets scroll or hides. */
const readWide = `[...document.querySelectorAll('body *')].filter((one) => {
  if (one.getBoundingClientRect().right <= innerWidth + 1) return false;
  for (let each = one; each && each !== document.body; each = each.parentElement)
    if (getComputedStyle(each).overflowX !== 'visible' || each.closest('svg') || each.matches('.hidden-text')) return false;
  return true;
}).map((one) => one.outerHTML.slice(0, 150))`;

const readForeign = `[...document.querySelectorAll('*')].filter((one) =>
  one.matches('img, iframe, object, embed, base, link:not([rel=icon]), body style, body meta, x') ||
  one.getAttributeNames().some((name) => name.startsWith('on')) ||
  /^\\s*javascript:/i.test(one.getAttribute('href') ?? '')).map((one) => one.outerHTML.slice(0, 150))`;

test('every kind of input takes part', () => {
  const scanners = new Set(
    found.links.flatMap(({ evidence }) => evidence.map(({ scanner }) => scanner)),
  );
  expect([...scanners].sort()).toEqual(expect.arrayContaining(['cron', 'gateway', 'inventory']));
  for (const source of found.coverage.sources)
    expect(source.parsed, source.source).toBeGreaterThan(0);
  const held = JSON.stringify(found);
  for (const text of hostileTexts.filter((each) => !/[\s\p{C}]/u.test(each)).slice(0, 20))
    expect(held).toContain(JSON.stringify(text).slice(1, 200).replace(/"$/, ''));
});

describe.skipIf(!opened)('hostile texts in every field', () => {
  test.each([1440, 390])('run nothing and break no layout, %d pixels wide', async (width) => {
    if (!opened) return;
    const { page, problems } = await openReport(
      opened,
      reports.get('report.html') ?? '',
      '#explore',
      {
        viewport: { width, height: 900 },
      },
    );
    await page.locator('.stage canvas').first().waitFor({ state: 'attached' });
    await openEverything(page);
    const shown = await page.innerText('body');
    for (const text of ['<svg/onload=alert(1)>', '{{{this}}} {{#each}} {{> page}}', ']]><x>'])
      expect(shown).toContain(text);
    expect(await readOverflow(page)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(readWide)).toEqual([]);
    expect(await page.evaluate(readForeign)).toEqual([]);
    for (const id of ['filter', 'explore-search']) {
      await page.locator(`#${id}`).fill('script');
      await page.waitForTimeout(50);
    }
    expect(await page.evaluate(readForeign)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('are drawn by Mermaid as text, in every report and kind of diagram', async () => {
    if (!opened) return;
    const page: Page = await opened.browser.newPage();
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    await page.evaluate('mermaid.initialize({ startOnLoad: false })');
    const texts = [reports.get('landscape.mmd') ?? ''];
    for (const [name, text] of reports)
      if (name.endsWith('.md'))
        texts.push(
          ...[...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, one = '']) => one),
        );
    for (const kind of Object.keys(diagramKinds) as DiagramKind[])
      texts.push(drawKind(found, kind)?.text ?? '');
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts.filter((each) => each !== '')) {
      const dangerous: string =
        await page.evaluate(`mermaid.render('drawn', ${JSON.stringify(text)}).then(({ svg }) =>
        [...new DOMParser().parseFromString(svg, 'text/html').querySelectorAll('script, img, iframe, a, [onerror], [onload]')].map((one) => one.outerHTML.slice(0, 99)).join())`);
      expect(dangerous, text.slice(0, 80)).toBe('');
    }
    await page.close();
  });
});

test('no cell of an export is a formula', () => {
  for (const render of [renderSystemsCsv, renderLinksCsv]) {
    const text = [...render(found)].join('');
    const rows = parse(text) as string[][];
    expect(rows.length).toBeGreaterThan(hostileTexts.length);
    for (const one of rows.slice(1).flat()) expect(one).not.toMatch(/^[=+\-@\t\r]/);
  }
});

test('blocks in documents hold what is theirs and no more', () => {
  const kinds = [
    'diagram',
    'metrics',
    'summary',
    'systems',
    'links',
    'owners',
    'findings',
    'freshness',
    'waves',
  ];
  const page = kinds
    .map((kind) => `<!-- landscape:begin ${kind} -->\n<!-- landscape:end -->\n`)
    .join('kept\n');
  const fill = (text: string): string => {
    const { replace, lineEnd } = toEditable(Buffer.from(text), 'a.md');
    const blocks = findBlocks(text, 'a.md');
    expect(blocks.map(({ kind }) => kind)).toEqual(kinds);
    return Buffer.from(
      replace(blocks.map((block) => fillBlock(block, renderBlock(found, block), lineEnd))),
    ).toString();
  };
  const once = fill(page);
  expect(once).toContain('mermaid');
  expect(fill(once)).toBe(once);
  expect(once.split('\n').filter((line) => line === 'kept')).toHaveLength(kinds.length - 1);
});
