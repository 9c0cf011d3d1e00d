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

async function visit(audit: Audit, javaScriptEnabled = true): Promise<Page> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, 'impact.html');
  await writeFile(file, await renderHtml(audit));
  const page = await opened.browser.newPage({ javaScriptEnabled });
  await page.goto(pathToFileURL(file).href);
  return page;
}

const chain = drawInventory('erp -> crm; erp -> wms; wms -> shop');

describe.runIf(opened)('who is hit, in the report', () => {
  test('for one system at a time, chosen by keyboard or on the map', async () => {
    const page = await visit(await auditFiles(chain));
    const shown = page.locator('[data-impact]:visible');
    expect(await shown.count()).toBe(1);
    expect(await shown.getAttribute('data-impact')).toBe('erp');
    expect(await shown.innerText()).toContain(
      'If erp delivers its data late, 2 systems get it late and 1 more',
    );
    await page.getByLabel('Who is hit by').focus();
    await page.keyboard.type('wms');
    await page.keyboard.press('Enter');
    expect(await shown.getAttribute('data-impact')).toBe('wms');
    await page.locator('svg.map a[data-system="erp"], svg.map [data-system="erp"]').first().click();
    expect(await shown.getAttribute('data-impact')).toBe('erp');
    expect(await page.getByLabel('Who is hit by').inputValue()).toBe('erp');
    await page.close();
  });

  test('without script, for every system below its name', async () => {
    const page = await visit(await auditFiles(chain), false);
    expect(await page.locator('[data-impact] h3:visible').allInnerTexts()).toEqual([
      'erp',
      'wms',
      'crm',
      'shop',
    ]);
    await page.close();
  });

  test('in a large landscape only how many, for the twenty that hit most', async () => {
    const links = Array.from({ length: 300 }, (_, from) =>
      Array.from({ length: 210 }, (_, to) => makeLink(`s${from}`, `t${to}`)),
    ).flat();
    const landscape = { systems: listSystems({ links }), links };
    const found = await auditFiles(chain);
    const analysis = { ...found.analysis, impact: measureImpact(landscape, []) };
    const view = tellReach(toContext({ ...found, ...landscape, analysis }));
    expect(view.choices).toEqual([]);
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
