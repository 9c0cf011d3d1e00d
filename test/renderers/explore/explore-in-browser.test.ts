import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/renderers/html.ts';
import { auditFiles } from '../../audit-files.ts';
import { readSample } from '../../read-sample.ts';
import { hostileNames, type OpenBrowser, openBrowser, watchProblems } from '../browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

interface Visit {
  readonly page: Page;
  readonly problems: string[];
}

type PageOptions = Parameters<OpenBrowser['browser']['newPage']>[0];

/** Opens a page from disk; errors, and whatever leaves the file, are noted. */
async function visit(
  html: string,
  hash: string,
  options: PageOptions = {},
  setUp = '',
): Promise<Visit> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, 'explore.html');
  await writeFile(file, html);
  const page = await opened.browser.newPage(options);
  const problems = watchProblems(page);
  if (setUp) await page.addInitScript(setUp);
  await page.goto(pathToFileURL(file).href + hash);
  return { page, problems };
}

const readPanel = (page: Page): Promise<string> => page.locator('#explore .panel').innerText();

describe.skipIf(!opened)('the explorer', () => {
  let html = '';
  beforeAll(async () => {
    html = await renderHtml(await readSample('nordfisk'));
  }, 60_000);

  test('draws systems and links, and sigma runs under a policy without eval', async () => {
    const { page, problems } = await visit(html, '#explore');
    await expect.poll(() => page.locator('.stage canvas').count()).toBeGreaterThan(5);
    await expect
      .poll(() => page.locator('#explore .said').innerText())
      .toBe('7 systems, 16 of 16 links shown.');
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content');
    expect(policy).not.toContain('unsafe');
    const isDrawn = `(() => {
      const from = document.querySelector('.sigma-regions');
      return from.getContext('2d').getImageData(0, 0, from.width, from.height).data.some((value) => value > 0);
    })()`;
    await expect.poll(() => page.evaluate(isDrawn)).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('finds a system by keyboard and shows what is near it', async () => {
    const { page, problems } = await visit(html, '#explore');
    await page.locator('.stage canvas').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('house');
    await page.locator('#explore-search-list [role="option"]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#explore?focus=warehouse');
    expect(await readPanel(page)).toContain('Warehouse and cold storage');
    await page.locator('#explore-depth').selectOption('2');
    expect(page.url()).toContain('depth=2');
    expect(await page.locator('#explore .said').innerText()).toContain('within 2 links of');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('tells a way in words, each step a link to its evidence', async () => {
    const { page, problems } = await visit(html, '#explore?from=production&to=finance');
    await expect.poll(() => page.locator('#explore ol.way li').count()).toBe(2);
    expect(await readPanel(page)).toContain('over 2 links, the shortest way');
    await page.locator('#explore ol.way a').last().click();
    await expect.poll(() => readPanel(page)).toContain('scripts/shipments_to_finance.sh:23');
    await page.goBack();
    await expect.poll(() => page.locator('#explore ol.way li').count()).toBe(2);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('opens the panel of a deep link, and colours by wave', async () => {
    const { page, problems } = await visit(
      html,
      `#link=${encodeURIComponent('warehouse=>finance#file')}`,
    );
    await expect.poll(() => readPanel(page)).toContain('scripts/shipments_to_finance.sh:23');
    await page.locator('#explore select[name="colour"]').selectOption('wave');
    expect(page.url()).toContain('colour=wave');
    expect(await page.locator('#explore .legend').innerText()).toContain('Wave 1');
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each([
    ['unregistered=yes', '6 of 16 links shown'],
    ['family=database', 'of 16 links shown'],
    ['domain=Finance', '4 of 16 links shown'],
    ['collapse=yes', '6 domains'],
    ['focus=gone', '16 of 16 links shown'],
  ])('shows what the address says: %s', async (words, expected) => {
    const { page, problems } = await visit(html, `#explore?${words}`);
    await expect.poll(() => page.locator('#explore .said').innerText()).toContain(expected);
    if (words === 'focus=gone')
      expect(await readPanel(page)).toContain('Not in this landscape: gone');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('domains alone are bundles that say a share, and each bundle holds its links', async () => {
    const { page, problems } = await visit(html, '#explore?collapse=yes');
    const legend = page.locator('#explore .legend');
    await expect.poll(() => legend.innerText()).toContain('Share of links nobody registered');
    expect(await page.locator('#explore .said').innerText()).toMatch(
      /^6 domains; \d+ links of 16 between them/,
    );
    const first = page.locator('#explore .panel .neighbour').first();
    const [one, other] = (await first.innerText()).split(' ↔ ');
    await first.click();
    const said = new URLSearchParams(new URL(page.url()).hash.replace('#explore?', ''));
    expect([said.get('region'), said.get('partner')]).toEqual([one, other]);
    const told = await readPanel(page);
    const wanted = Number(/(\d+) links?/.exec(told)?.[1]);
    const lists = told.match(new RegExp(`To (?:${one}|${other}): (\\d+)`, 'g')) ?? [];
    expect(lists.reduce((sum, line) => sum + Number(/\d+$/.exec(line)?.[0]), 0)).toBe(wanted);
    await page.locator('#explore select[name="colour"]').selectOption('criticality');
    expect(await legend.innerText()).toContain('Share of links mission- or business-critical');
    await page.locator('#explore select[name="colour"]').selectOption('domain');
    expect(await legend.innerText()).not.toContain('Share of links');
    await page.locator('#explore .panel .neighbour').first().click();
    expect(page.url()).toContain('link=');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('works without WebGL, in words', async () => {
    const { page, problems } = await visit(
      html,
      '#explore?system=erp',
      {},
      'HTMLCanvasElement.prototype.getContext = () => null;',
    );
    await expect.poll(() => page.locator('.no-picture').isVisible()).toBe(true);
    expect(await readPanel(page)).toContain('Sends data to');
    await page.locator('#matrix').scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('#matrix .panel').innerText()).toContain('N(N−1)/2');
    expect(await page.locator('#matrix .stage').isVisible()).toBe(false);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('hostile names stay text, and nothing is wider than a phone', async () => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id,name,domain,team\n${hostileNames.map((name, index) => [`s${index}`, cell(name), cell(name), cell(name)].join(',')).join('\n')}\n`,
      'l.csv': `id,from,to,objects\n${hostileNames.map((name, index) => [`L${index}`, `s${index}`, `s${(index + 1) % hostileNames.length}`, cell(name)].join(',')).join('\n')}\n`,
    });
    const text = await renderHtml(found);
    for (const index of [0, 3, 18]) {
      const { page, problems } = await visit(text, `#explore?system=s${index}&colour=owner`, {
        viewport: { width: 390, height: 844 },
      });
      await expect.poll(() => readPanel(page)).toContain('Sends data to');
      expect(await page.locator('#explore img, #explore .panel script').count()).toBe(0);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('shows a system that stands alone', async () => {
    const text = await renderHtml(
      await auditFiles({ 'landscape.yaml': 'systems:\n  - id: alone\n' }),
    );
    const { page, problems } = await visit(text, '#explore');
    await expect.poll(() => page.locator('#explore .said').innerText()).toContain('1 system');
    expect(problems).toEqual([]);
    await page.close();
  });
});
