import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBaseline } from '../../../src/audit/baseline.ts';
import type { Audit } from '../../../src/audit.ts';
import { parseConfig } from '../../../src/config.ts';
import { memoryFiles } from '../../../src/files.ts';
import { renderHtml } from '../../../src/renderers/html.ts';
import { sourceKinds } from '../../../src/scanners/index.ts';
import { readSample } from '../../read-sample.ts';
import { type OpenBrowser, openBrowser, watchProblems } from '../browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

let found: Audit;
let file = '';
const problems: string[] = [];

/** Opens the report of nordfisk from disk; errors, and whatever leaves the file, are noted. */
async function visit(hash = ''): Promise<Page> {
  if (!opened) throw new Error('no browser');
  const page = await opened.browser.newPage({ viewport: { width: 1280, height: 900 } });
  watchProblems(page, problems);
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

async function saveCsv(page: Page, table: string): Promise<string[][]> {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save as CSV: ${table}`, exact: true }).click();
  const download = await saved;
  const text = await readFile(await download.path(), 'utf8');
  return parse(text, { bom: true }) as string[][];
}

describe.skipIf(!opened)('the page', () => {
  beforeAll(async () => {
    found = await readSample('nordfisk');
    file = path.join(opened?.folder ?? '', 'page.html');
    await writeFile(file, await renderHtml(found));
  }, 120_000);

  afterAll(() => expect(problems).toEqual([]));

  test('saves a table as it is shown: filtered and sorted', async () => {
    const page = await visit(`#class=${encodeURIComponent('declared+coded+observed')}`);
    await page.locator('#link-table thead th').last().getByRole('button').click();
    const [header, ...rows] = await saveCsv(page, 'Links');
    expect(header?.slice(0, 3)).toEqual(['Link', 'Standing', 'Witnesses']);
    const wanted = found.links
      .filter((link) => link.class.join('+') === 'declared+coded+observed')
      .map((link) => link.traffic?.calls ?? 0)
      .sort((a, b) => b - a);
    expect(wanted.length).toBeGreaterThan(1);
    expect(rows.map((row) => Number(row.at(-1)))).toEqual(wanted);
    expect(new Set(rows.map((row) => row[2]))).toEqual(new Set(['declared coded observed']));
    await page.close();
  });

  test('every table of rows can be sorted and saved', async () => {
    const page = await visit();
    const bare = await page.evaluate(`[...document.querySelectorAll('main table')].filter((table) =>
      table.rows.length > 2 && !(table.querySelector('thead th button') &&
      (table.closest('.scroll') ?? table).nextElementSibling?.matches('.save-table'))).length`);
    expect(bare).toBe(0);
    // Remarks below a source stay below it.
    const source = page.locator('#method table').first();
    await source.locator('thead button').first().click();
    const names = await source.locator('tbody th').allInnerTexts();
    expect(names).toEqual([...names].sort());
    expect(await source.locator('tbody tr').first().getAttribute('class')).not.toBe('under');
    await page.close();
  });

  const readShown = (page: Page, selector: string): Promise<string[]> =>
    page
      .locator(`${selector}:visible`)
      .evaluateAll((all) => all.map((each) => each.getAttribute('id') ?? ''));

  test('findings are filtered and grouped, and the address says so', async () => {
    const page = await visit();
    const count = found.findings.length;
    await page.locator('#findings select[name="rule"]').selectOption('unregistered-link');
    const unregistered = found.findings.filter(({ rule, also }) =>
      [rule, ...(also ?? []).map((each) => each.rule)].includes('unregistered-link'),
    );
    expect(unregistered.length).toBeGreaterThan(1);
    expect((await readShown(page, '.findings > li')).sort()).toEqual(
      unregistered.map(({ fingerprint }) => `finding=${fingerprint}`).sort(),
    );
    expect(await page.locator('#findings-shown').innerText()).toBe(
      `${unregistered.length} of ${count} findings`,
    );
    await page.locator('#findings select[name="group"]').selectOption('rule');
    expect(page.url()).toContain('#findings?rule=unregistered-link&group=rule');
    expect(await page.locator('#findings .regrouped h3:visible').allInnerTexts()).toEqual([
      'unregistered-link 5',
    ]);
    await page.goBack();
    await page.goBack();
    await expect.poll(() => readShown(page, '.findings > li')).toHaveLength(count);
    expect(await page.locator('#findings h3.severity:visible').count()).toBeGreaterThan(1);
    await page.locator('#findings input[name="find"]').fill('fishmarket');
    expect(await readShown(page, '.findings > li')).toHaveLength(1);
    await page.close();
  });

  test('a finding that is asked for is shown, whatever was filtered', async () => {
    const [first] = found.findings;
    const page = await visit('#findings?rule=none&find=nothing');
    expect(await readShown(page, '.findings > li')).toEqual([]);
    await page.goto(`${page.url().split('#')[0]}#finding=${first?.fingerprint}`);
    await expect
      .poll(() => readShown(page, '.findings > li.asked'))
      .toEqual([`finding=${first?.fingerprint}`]);
    await page.close();
  });

  test('a copied baseline entry is one that the tool reads, once it is filled in', async () => {
    const page = await visit();
    const [first] = found.findings;
    const copied: string = await page.evaluate(`(() => {
      let text = '';
      document.addEventListener('copy', () => { text = getSelection().toString() || document.activeElement.value; });
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } });
      document.getElementById('finding=${first?.fingerprint}').querySelector('[aria-label^="Copy baseline entry"]').click();
      return new Promise((resolve) => setTimeout(() => resolve(text), 300));
    })()`);
    const text = `version: 1\naccepted:\n${copied}`;
    const read = async (yaml: string) => {
      const config = parseConfig('systems:\n  - id: a\n', 'landscape.yaml', sourceKinds);
      const files = memoryFiles({ 'baseline.yaml': yaml });
      return (await readBaseline(config, files, { file: 'baseline.yaml' })).entries;
    };
    await expect(read(text)).rejects.toThrow(/owner/);
    const filled = text
      .replace(/owner:.*/, 'owner: Ada')
      .replace(/reason:.*/, 'reason: until spring')
      .replace(/expires:.*/, 'expires: 2027-01-01');
    expect(await read(filled)).toMatchObject([
      { fingerprint: first?.fingerprint, rule: first?.rule, subject: first?.subject },
    ]);
    await page.close();
  });

  test('a set of witnesses narrows links, findings and the explorer; one click shows all', async () => {
    const page = await visit();
    const coded = found.links.filter((link) => link.class.join('+') === 'coded');
    const keys = new Set(coded.map(({ key }) => key));
    const about = found.findings.filter(({ subject }) => keys.has(subject));
    await page.locator('svg.upset a.set[href="#class=coded"]').click();
    expect(page.url()).toMatch(/#witnesses\?class=coded$/);
    expect(await readShown(page, 'tbody.link')).toHaveLength(coded.length);
    expect(await readShown(page, '.findings > li')).toHaveLength(about.length);
    expect(await page.locator('#narrowed').innerText()).toContain(
      `coded only: ${coded.length} of ${found.links.length} links, ${about.length} of ${found.findings.length} findings`,
    );
    await page.locator('nav a[href="#explore"]').first().click();
    await expect
      .poll(() => page.locator('#explore .said').innerText())
      .toContain(`${coded.length} of ${found.links.length} links`);
    await page.locator('#narrowed button').click();
    expect(await page.locator('#narrowed').isVisible()).toBe(false);
    expect(await readShown(page, 'tbody.link')).toHaveLength(found.links.length);
    await expect
      .poll(() => page.locator('#explore .said').innerText())
      .toContain(`${found.links.length} of ${found.links.length} links`);
    await page.goBack();
    await expect.poll(() => page.locator('#narrowed').isVisible()).toBe(true);
    await page.close();
  });

  test('an address brings back filters, order, open link and chosen system', async () => {
    const page = await visit();
    await page.locator('svg.map a[data-system="erp"], svg.map [data-system="erp"]').first().click();
    await page.locator('#links [id="show=unregistered"]').click();
    await page.locator('#link-table thead button').first().click();
    await page.locator('#link-table thead button').first().click();
    const shown = await readShown(page, 'tbody.link');
    const address = page.url();
    await page.close();
    const again = await visit(address.slice(address.indexOf('#')));
    expect(await readShown(again, 'tbody.link')).toEqual(shown);
    await again.locator('#impact').scrollIntoViewIfNeeded();
    await expect.poll(() => again.locator('#impact-of').inputValue()).toBe('ERP');
    expect(await again.locator('#link-table thead th').first().getAttribute('aria-sort')).toBe(
      'descending',
    );
    await again.locator('#link-table a.opens:visible').first().click();
    expect(await readShown(again, 'tbody.link.open')).toEqual(shown.slice(0, 1));
    expect(await readShown(again, 'tbody.link')).toEqual(shown);
    await again.goBack();
    await expect.poll(() => readShown(again, 'tbody.link.open')).toEqual([]);
    await again.close();
  });
});
