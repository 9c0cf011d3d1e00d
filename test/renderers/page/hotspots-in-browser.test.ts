import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/renderers/html.ts';
import { auditFiles, drawInventory } from '../../audit-files.ts';
import { type OpenBrowser, openBrowser } from '../browser.ts';
import { openReport } from '../open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

/** A hub that feeds 59 systems, and the last of these that feeds another. */
const audit = await auditFiles(
  drawInventory(
    [...Array.from({ length: 59 }, (_, at) => `hub -> spoke${at + 1}`), 'spoke59 -> end'].join(
      '; ',
    ),
  ),
);
const html = await renderHtml(audit);

const listShown = (page: Page): Promise<string[]> =>
  page.locator('#hotspots tbody tr:visible th').allInnerTexts();

describe.runIf(opened)('the hotspots', () => {
  const visit = async (hash = '', javaScriptEnabled = true) => {
    if (!opened) throw new Error('no browser');
    return openReport(opened, html, hash, { javaScriptEnabled });
  };

  test('are the first thirty, and all of them when somebody asks', async () => {
    const { page, problems } = await visit('#hotspots');
    expect(await listShown(page)).toHaveLength(30);
    expect(await page.locator('#hotspots-shown').innerText()).toContain('of 61 systems');
    await page.getByRole('button', { name: 'Show all 61 systems' }).click();
    const shown = await listShown(page);
    expect(shown).toEqual(audit.analysis.hotspots.map(({ system }) => system));
    expect(problems).toEqual([]);
    await page.close();
  });

  test('rows that the script writes say what the others say', async () => {
    const { page } = await visit('#hotspots');
    await page.getByRole('button', { name: 'Show all' }).first().click();
    const rows = await page.locator('#hotspots tbody tr').evaluateAll((all) =>
      all.map((row) =>
        row.textContent
          ?.replaceAll(/\s+/g, ' ')
          .replace(/spoke\d+/, 'spoke')
          .trim(),
      ),
    );
    // Every spoke but the last stands for the others.
    const spokes = rows.filter((row) => row?.startsWith('spoke'));
    expect(spokes.length).toBe(59);
    expect(new Set(spokes).size).toBe(2);
    await page.close();
  });

  test('are found by name, in order of all, and from an address', async () => {
    const { page, problems } = await visit('#hotspots');
    await page.locator('#hotspots [name="spots"]').fill('spoke58');
    await expect.poll(() => listShown(page)).toEqual(['spoke58']);
    await expect.poll(() => page.url()).toContain('spots=spoke58');
    await page.locator('#hotspots [name="spots"]').fill('');
    await page.locator('#hotspots thead button', { hasText: 'Exposure' }).click();
    expect((await listShown(page))[0]).toBe('end');
    expect(await listShown(page)).toHaveLength(30);
    expect(problems).toEqual([]);
    await page.close();
    const again = await visit('#system=spoke9');
    await expect.poll(() => listShown(again.page)).toContain('spoke9');
    await again.page.close();
  });

  test('without script say how many they leave out', async () => {
    const { page } = await visit('', false);
    expect(await page.locator('#hotspots').innerText()).toContain(
      'The 30 most connected of 61 systems.',
    );
    expect(await page.locator('#hotspots button:visible').count()).toBe(0);
    await page.close();
  });
});
