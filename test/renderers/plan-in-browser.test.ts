import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/renderers/html.ts';
import { auditFiles } from '../audit-files.ts';
import { hostileNames, type OpenBrowser, openBrowser } from './browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

/** A report whose plan moves links between systems of these names. */
async function openPlan(
  names: readonly string[],
  costs: string,
  plan: string,
  options: Parameters<OpenBrowser['browser']['newPage']>[0] = {},
): Promise<Page> {
  if (!opened) throw new Error('no browser');
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const found = await auditFiles({
    'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\ncosts: { ${costs} }\nplan: { existing: [integration-platform], ${plan} }\n`,
    'systems.csv': `id,name,team\n${names.map((name, at) => `s${at},${cell(name)},T`).join('\n')}\n`,
    'links.csv': `id,from,to,protocol\n${names.map((_, at) => `L${at},s${at},s${(at + 1) % names.length},sftp`).join('\n')}\n`,
  });
  const file = path.join(opened.folder, 'plan.html');
  await writeFile(file, await renderHtml(found));
  const page = await opened.browser.newPage(options);
  await page.goto(pathToFileURL(file).href);
  return page;
}

const eight = Array.from({ length: 8 }, (_, at) => `System ${at}`);

describe.skipIf(!opened)('the plan in a browser', () => {
  test('before and after change by the keyboard without a script, and both are printed', async () => {
    const page = await openPlan(eight, 'linkHoursPerYear: 900', '', { javaScriptEnabled: false });
    const [before, after] = [page.locator('#plan .before'), page.locator('#plan .after')];
    expect([await before.first().isVisible(), await after.first().isVisible()]).toEqual([
      true,
      false,
    ]);
    await page.locator('#plan input[type=radio]').first().focus();
    await page.keyboard.press('ArrowRight');
    expect([await before.first().isVisible(), await after.first().isVisible()]).toEqual([
      false,
      true,
    ]);
    await page.emulateMedia({ media: 'print' });
    for (const wave of await page.locator('#plan details[open] .turn').all())
      for (const picture of await wave.locator('figure').all())
        expect(await picture.isVisible()).toBe(true);
    await page.close();
  });

  test.each([
    ['few systems', eight, 'linkHoursPerYear: { low: 50, base: 900, high: 1000 }', ''],
    ['hostile names', hostileNames, 'linkHoursPerYear: { low: 50, base: 900, high: 1000 }', ''],
    [
      'large figures and many waves',
      Array.from({ length: 60 }, (_, at) => `System ${at}`),
      'linkHoursPerYear: { low: 50, base: 90000, high: 1000000 }, adapterHoursPerYear: { low: 8, base: 15, high: 900000 }',
      'waves: 24, weeksPerWave: 2, capacityHours: 160, freezes: [{ from: 2026-12-20, to: 2027-01-03 }]',
    ],
  ])('no text of a chart is cut off: %s', async (_, names, costs, plan) => {
    const page = await openPlan(names, costs, plan);
    const cut: string[] = await page.evaluate(`
      for (const one of document.querySelectorAll('#plan details')) one.open = true;
      [...document.querySelectorAll('#plan svg text')].filter((text) => {
        const own = text.getBBox();
        const { width, height } = text.ownerSVGElement.viewBox.baseVal;
        return own.width > 0 && (own.x < -1 || own.y < -1 || own.x + own.width > width + 1 || own.y + own.height > height + 1);
      }).map((text) => text.textContent)`);
    expect(cut).toEqual([]);
    expect(await page.locator('#plan svg[role=img]').count()).toBeGreaterThan(5);
    const labels: string[] = await page
      .locator('#plan svg[role=img]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(labels.every((label) => label.length > 5)).toBe(true);
    await page.close();
  });
});
