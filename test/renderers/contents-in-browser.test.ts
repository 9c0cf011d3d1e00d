import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderMarkdown } from '../../src/renderers/markdown.ts';
import { auditFiles } from '../audit-files.ts';
import { readSample } from '../read-sample.ts';
import { type OpenBrowser, openBrowser } from './browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

type PageOptions = Parameters<OpenBrowser['browser']['newPage']>[0];

async function visit(found: Audit, options: PageOptions = {}): Promise<Page> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, 'contents.html');
  await writeFile(file, await renderHtml(found));
  const page = await opened.browser.newPage(options);
  await page.goto(pathToFileURL(file).href);
  return page;
}

const readOverflow = 'document.documentElement.scrollWidth - innerWidth';
const readHeadings =
  "[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))";

describe.runIf(opened)('the contents of the report', () => {
  test('show the sections of the part that is read', async () => {
    const page = await visit(await readSample('nordfisk'));
    const shown = page.locator('nav a:visible');
    const current = page.locator('nav a[aria-current]');
    const parts = await shown.allInnerTexts();
    expect(parts.length).toBeLessThan(10);
    expect(await current.allInnerTexts()).toEqual(['Overview']);
    // Not by pointer: where the machine is slow, Playwright scrolls the page to reach what sticks.
    await page.locator('nav').getByText('Failures').dispatchEvent('click');
    await expect.poll(() => current.allInnerTexts()).toEqual(['Failures', 'Late data']);
    await page.locator('nav').getByText('Who is hit').dispatchEvent('click');
    await expect.poll(() => current.allInnerTexts()).toEqual(['Failures', 'Who is hit']);
    expect(await shown.allInnerTexts()).toEqual(expect.arrayContaining(parts));
    await page.close();
  });

  test('lead to every section, in the order of the page, without script too', async () => {
    const page = await visit(await readSample('nordfisk'), { javaScriptEnabled: false });
    const entries = await page.locator('nav a:visible').count();
    const places = await page
      .locator('nav a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(places).toHaveLength(entries);
    for (const place of places) expect(await page.locator(place).count(), place).toBe(1);
    const sections = await page
      .locator('main > section')
      .evaluateAll((found) => found.map((one) => `#${one.id}`));
    const led = [...new Set(places)].filter((place) => sections.includes(place));
    expect(led).toEqual(sections);
    await page.close();
  });

  test.each(['nordfisk', 'plant', 'hospital'])('nothing of %s is cut on paper', async (sample) => {
    const page = await visit(await readSample(sample), { viewport: { width: 673, height: 900 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(readOverflow)).toBeLessThanOrEqual(0);
    expect(await page.locator('nav a:visible').count()).toBe(0);
    await page.close();
  });

  test('a wide map leaves the figures above it their room on paper', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const page = await visit(
      await auditFiles({
        'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
        's.csv': `id\n${ids.join('\n')}\n`,
        'l.csv': `from,to\n${ids
          .slice(1)
          .map((id, index) => `s${index >> 1},${id}`)
          .join('\n')}\n`,
      }),
      { viewport: { width: 703, height: 1000 } },
    );
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.overview.wide').count()).toBe(1);
    const widths: number[] = await page
      .locator('.figure')
      .evaluateAll((figures) => figures.map((figure) => figure.getBoundingClientRect().width));
    expect(widths).toHaveLength(4);
    for (const width of widths) expect(width).toBeGreaterThan(130);
    await page.close();
  });

  test('the labels of growth have room for large figures', async () => {
    const ids = Array.from({ length: 900 }, (_, index) => `s${index}`);
    const page = await visit(
      await auditFiles({
        'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
        's.csv': `id\n${ids.join('\n')}\n`,
        'l.csv': 'from,to,protocol\ns0,s1,https\ns1,s2,https\n',
      }),
    );
    const outside = await page.evaluate(
      "[...document.querySelectorAll('svg.growth text')].map((one) => one.getBBox()).filter(({ x, width }) => x < 0 || x + width > 420).length",
    );
    expect(outside).toBe(0);
    await page.close();
  });

  test('headings leave out no level', async () => {
    const page = await visit(await readSample('plant'));
    const levels = (await page.evaluate(readHeadings)) as number[];
    expect(levels.length).toBeGreaterThan(20);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0), `heading ${index}`).toBeLessThanOrEqual(1);
    await page.close();
  });
});

test('thousands of links: those that need a look have a row, and the plan is cut', async () => {
  const count = 2_100;
  const row = (index: number): string => `L${index},s${index % 70},s${70 + (index % 71)},https`;
  const found = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - inventory: found.csv\n    registry: false\n',
    's.csv': `id\n${Array.from({ length: 142 }, (_, index) => `s${index}`).join('\n')}\n`,
    'l.csv': `id,from,to,protocol\n${Array.from({ length: count }, (_, index) => row(index)).join('\n')}\n`,
    'found.csv': 'from,to,protocol\ns69,s141,sftp\n',
  });
  expect(found.links).toHaveLength(count + 1);
  const html = await renderHtml(found);
  expect(html.split('<tbody id="link=').length - 1).toBe(600);
  expect(html.includes('<tbody id="link=s69&#x3D;&gt;s141#file"')).toBe(true);
  expect(html.includes('For each of 1,501 other links:')).toBe(true);
  expect(/And [\d,]+ more in migration-plan\.md\./.test(html)).toBe(true);
  const warnings = found.findings.filter(({ severity }) => severity === 'warn').length;
  expect(warnings).toBeGreaterThan(500);
  expect(html.includes(`And ${(warnings - 500).toLocaleString('en')} more: landscape check`)).toBe(
    true,
  );
});

test('the text report begins with what to do, and cuts what is long', async () => {
  const few = renderMarkdown(await readSample('nordfisk'));
  const places = ['What to do first', '## Findings', '## Links', '## Who answers'].map((each) =>
    few.indexOf(each),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(few).not.toContain('more in report.html');
  const row = (index: number): string => `L${index},s${index % 9},s${9 + (index % 10)},ftp`;
  const many = renderMarkdown(
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id\n${Array.from({ length: 19 }, (_, index) => `s${index}`).join('\n')}\n`,
      'l.csv': `id,from,to,protocol\n${Array.from({ length: 90 }, (_, index) => row(index)).join('\n')}\n`,
    }),
  );
  expect(many).toContain('The 50 that need a look first, and 40 more in report.html.');
  expect(many).toMatch(/\nAnd \d+ more in report\.html\./);
});
