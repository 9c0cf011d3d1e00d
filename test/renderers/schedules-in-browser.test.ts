import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { toScheduleFacts } from '../../src/renderers/schedules/facts.ts';
import { drawWeekGantt } from '../../src/renderers/schedules/week-gantt.ts';
import { auditFiles } from '../audit-files.ts';
import { auditFridayNight, auditJobs } from './audit-schedules.ts';
import { hostileNames, type OpenBrowser, openBrowser, watchProblems } from './browser.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

async function open(
  audit: Audit,
  options: Parameters<OpenBrowser['browser']['newPage']>[0] = {},
): Promise<{ readonly page: Page; readonly problems: string[] }> {
  if (!opened) throw new Error('no browser');
  const file = path.join(opened.folder, 'schedules.html');
  await writeFile(file, await renderHtml(audit));
  const page = await opened.browser.newPage(options);
  const problems = watchProblems(page);
  await page.goto(pathToFileURL(file).href);
  return { page, problems };
}

/** How far anything of the section reaches beyond the page, in pixels; what scrolls by itself aside. */
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const widest =
  "Math.max(...[...document.querySelectorAll('#schedules table, #schedules svg')].map((one) => one.getBoundingClientRect().right)) - document.documentElement.clientWidth";

describe.skipIf(!opened)('schedules in the HTML report', () => {
  test('the first screen and the section tell of the Friday-night export', async () => {
    const { page, problems } = await open(await auditFridayNight());
    expect(await page.locator('#top .oldest').innerText()).toBe(
      'Oldest data: stock in ERP, 55.5 h when read; 79.5 h after one silent failure (Friday 22:30).',
    );
    expect(await page.locator('#schedules h2').innerText()).toBe(
      'One silent failure can leave stock in ERP 79.5 h old',
    );
    expect(await page.locator('#schedules .telling').first().innerText()).toMatch(
      /Friday 30 October at 22:30 fails, ERP .*79\.5 hours/,
    );
    const [where, , , ...cells] = await page
      .locator('.ages')
      .first()
      .locator('tbody tr')
      .first()
      .locator('th, td')
      .allInnerTexts();
    expect(where).toBe('ERP');
    expect(cells.map((cell) => cell.replace(/\s+/g, ' ').trim())).toEqual([
      '2 d 7.5 h at rest 3 d',
      '3 d 7.5 h at rest 4 d',
      '4 d 7.5 h at rest 5 d',
      expect.stringContaining('Fri 30 Oct 22:30'),
      '2 d 7.5 h',
      'declared',
    ]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('each run stands at its time of the week; the one that hurts says why', async () => {
    const { page } = await open(await auditFridayNight());
    const week = page.locator('.timeline svg.week[role=img]');
    // Minutes since Monday 00:00, as shares of the week.
    const shares = [0, 1, 2, 3].map(
      (day) => `${Math.round(((day * 1440 + 1350) / 10_080) * 1e5) / 1e3}%`,
    );
    const runs = await week
      .locator('line.run')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('x1')));
    expect(runs).toEqual(shares);
    const hurting = week.locator('svg.hurts:not(.maybe)');
    expect(await hurting.count()).toBe(1);
    expect(await hurting.getAttribute('x')).toBe(
      `${Math.round(((4 * 1440 + 1350) / 10_080) * 1e5) / 1e3}%`,
    );
    expect(await hurting.locator('title').textContent()).toMatch(
      /Friday 22:30: if it fails, stock in ERP 3 d 7\.5 h old, unnoticed for 2 d 7\.5 h/,
    );
    const band = week.locator('rect.band');
    expect(await band.getAttribute('width')).toBe('100%');
    expect(await week.locator('rect.night').count()).toBe(14);
    await page.close();
  });

  test('a table holds what the picture shows', async () => {
    const { page } = await open(await auditFridayNight());
    const names = await page.locator('.lanes li:not(.group)').allInnerTexts();
    const summary = page.locator('#schedules').getByText('The same as a table');
    await summary.click();
    const rows = page.getByRole('region', { name: 'Runs of a week' }).locator('tbody tr');
    expect((await rows.locator('th').allInnerTexts()).sort()).toEqual([...names].sort());
    expect(await rows.filter({ hasText: 'ERP' }).innerText()).toContain(
      'Monday to Friday at 22:30',
    );
    await page.close();
  });

  test('lanes stand beside their runs, at any width and on paper', async () => {
    for (const [width, media] of [
      [390, 'screen'],
      [1440, 'screen'],
      [673, 'print'],
    ] as const) {
      const { page, problems } = await open(await auditJobs(['a', 'b', 'c']), {
        viewport: { width, height: 900 },
      });
      await page.emulateMedia({ media });
      // At one moment: what is above may still grow.
      const [lanes, lines] = (await page.evaluate(
        "[[...document.querySelectorAll('.lanes li:not(.group)')].map((one) => { const box = one.getBoundingClientRect(); return (box.top + box.bottom) / 2; }), [...document.querySelectorAll('.timeline line.lane')].map((one) => one.getBoundingClientRect().top)]",
      )) as [number[], number[]];
      expect(lanes).toHaveLength(3);
      for (const [index, lane] of lanes.entries())
        expect(Math.abs(lane - (lines[index] ?? 0)), `lane ${index} at ${width}`).toBeLessThan(3);
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      if (media === 'print') expect(await page.evaluate(widest)).toBeLessThanOrEqual(1);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('the safeguards of a job are words, with the lines that show them', async () => {
    const { page } = await open(await auditJobs(['cron.d/stock']));
    // Who would not be heard comes first; the table waits below.
    expect(await page.locator('.unheard li').allInnerTexts()).toEqual([
      expect.stringMatching(/^cron\.d\/stock /),
    ]);
    expect(await page.locator('.guards').isVisible()).toBe(false);
    await page.getByText('What each job has and lacks').click();
    const cells = await page.locator('.guards .guard').allInnerTexts();
    expect(cells).toEqual(['has', 'lacks', 'defeated', 'has', 'lacks', 'defeated', 'has', 'lacks']);
    await page.locator('.guards summary').click();
    expect(await page.locator('.guards .lines').innerText()).toContain('cron.d/stock:3');
    expect(await page.locator('.guards .chip').allInnerTexts()).toEqual(['silent']);
    await page.close();
  });

  test('hostile jobs stay text', async () => {
    const { page, problems } = await open(await auditJobs(hostileNames), {
      viewport: { width: 390, height: 844 },
    });
    const text = await page.locator('#schedules').textContent();
    expect(text).toContain('<script>alert(1)</script>');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('thousands of jobs are drawn up to 60, and the rest is counted', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `job-${index}`);
    const { page } = await open(await auditJobs(names));
    expect(await page.locator('.lanes li:not(.group)').count()).toBe(60);
    expect(await page.locator('.timeline figcaption').innerText()).toContain(
      '1,940 further jobs not drawn',
    );
    expect((await page.content()).length).toBeLessThan(3_000_000);
    await page.close();
  });

  test('without a schedule the section says so', async () => {
    const { page, problems } = await open(
      await auditFiles({
        'landscape.yaml': 'sources:\n  - inventory: l.csv\n',
        'l.csv': 'id,from,to,protocol\n1,a,b,https\n',
      }),
    );
    expect(await page.locator('#schedules').innerText()).toBe(
      'No schedule was read, so nobody can say how old data gets',
    );
    expect(problems).toEqual([]);
    await page.close();
  });
});

test.skipIf(!opened)('Mermaid understands the week, with hostile jobs too', async () => {
  if (!opened) return;
  const page = await opened.browser.newPage();
  await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
  await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  for (const audit of [await auditFridayNight(), await auditJobs(hostileNames)]) {
    const { text = '' } = drawWeekGantt(toScheduleFacts(audit), (id) => id) ?? {};
    const svg: string = await page.evaluate(
      `mermaid.parse(${JSON.stringify(text)}).then(() => mermaid.render('week', ${JSON.stringify(text)})).then(({ svg }) => svg)`,
    );
    expect(svg).toContain('22:30');
    expect(svg).toContain('task crit');
  }
  await page.close();
});
