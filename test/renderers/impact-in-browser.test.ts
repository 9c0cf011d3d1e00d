import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { measureImpact } from '../../src/analyzers/impact/measure-impact.ts';
import type { Audit } from '../../src/audit.ts';
import { toContext } from '../../src/renderers/html/context.ts';
import { tellReach } from '../../src/renderers/html/impact.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { listSystems, makeLink } from '../analyzers/impact/make-landscape.ts';
import { auditFiles, drawInventory } from '../audit-files.ts';
import { type OpenBrowser, openBrowser } from './browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

async function visit(audit: Audit, javaScriptEnabled = true, hash = ''): Promise<Page> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, 'impact.html');
  await writeFile(file, await renderHtml(audit));
  const page = await opened.browser.newPage({ javaScriptEnabled });
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

const chain = drawInventory('erp -> crm; erp -> wms; wms -> shop');

describe.runIf(opened)('who is hit, in the report', () => {
  test('for any system that is searched, by each question, with ways and owners', async () => {
    const audit = await auditFiles(chain);
    const page = await visit(audit);
    await page.locator('#impact').scrollIntoViewIfNeeded();
    const answer = page.locator('#impact-answer');
    const field = page.getByLabel('Who is hit by');
    await expect.poll(() => field.inputValue()).toBe('erp');
    expect(await answer.innerText()).toContain(
      'If erp delivers its data late, 2 systems get it late and 1 more',
    );
    expect(await page.locator('[data-impact]:visible').count()).toBe(0);
    await field.fill('ws');
    await field.fill('wm');
    await page.keyboard.press('Enter');
    expect(await answer.locator('h4').allInnerTexts()).toEqual([
      'Outage',
      'Interface change',
      'Late data',
      'Retirement',
    ]);
    await page.getByRole('link', { name: 'Late data', exact: true }).last().click();
    expect(page.url()).toContain('#impact?system=wms&question=late');
    expect(await answer.innerText()).toContain('If wms delivers its data late, 1 system');
    expect(await answer.locator('tbody tr').innerText()).toMatch(/shop[\s\S]*wms → shop/);
    await answer.getByRole('link', { name: 'shop' }).click();
    expect(page.url()).toContain('#impact?system=shop&question=late');
    await page.goBack();
    expect(await answer.innerText()).toContain('If wms delivers its data late');
    await page.close();
  });

  test('follows the system that is chosen on the map, and an address', async () => {
    const page = await visit(await auditFiles(chain), true, '#impact?system=wms&question=retire');
    const answer = page.locator('#impact-answer');
    await expect.poll(() => answer.innerText()).toContain('If wms goes for good');
    await page.locator('svg.map a[data-system="erp"], svg.map [data-system="erp"]').first().click();
    await expect.poll(() => answer.innerText()).toContain('If erp goes for good');
    expect(await page.getByLabel('Who is hit by').inputValue()).toBe('erp');
    await page.goto(page.url().replace(/#.*/, '#impact?system=nobody'));
    await expect.poll(() => answer.innerText()).toContain('No system of this landscape');
    await page.close();
  });

  test('without script, for the systems that hit most, each below its name', async () => {
    const page = await visit(await auditFiles(chain), false);
    expect(await page.locator('[data-impact] h3:visible').allInnerTexts()).toEqual([
      'erp',
      'wms',
      'crm',
    ]);
    await page.close();
  });

  test('in a landscape too large for one page only how many, for the twenty that hit most', async () => {
    const links = Array.from({ length: 300 }, (_, from) =>
      Array.from({ length: 210 }, (_, to) => makeLink(`s${from}`, `t${to}`)),
    ).flat();
    const landscape = { systems: listSystems({ links }), links };
    const found = await auditFiles(chain);
    const analysis = { ...found.analysis, impact: measureImpact(landscape, []) };
    const view = tellReach(toContext({ ...found, ...landscape, analysis }));
    expect(view.choices).toEqual([]);
    expect(view.leftOut).toContain('63,000 links are too many');
    expect(view.rows).toHaveLength(20);
    // Nobody waits for who pushes; who is pushed to stops all 300 that wait for its answer.
    expect(view.title).toBe('An outage of t0 hits 300 systems at once');
    expect(view.rows[0]?.figures.map(({ value }) => value)).toEqual([300, 300, 0, 300, 300]);
  });

  test('with no link it says that nobody is hit', async () => {
    const html = await renderHtml(
      await auditFiles({
        'landscape.yaml': 'sources:\n  - inventory: systems.csv\n',
        'systems.csv': 'id\na\nb\n',
      }),
    );
    expect(html).toContain('No system hits another, as far as the sources show');
  });
});
