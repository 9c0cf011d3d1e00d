import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderPlanFile, type toPlanFile } from '../../src/renderers/plan-file.ts';
import { auditFiles } from '../audit-files.ts';
import { readSample } from '../read-sample.ts';
import { hostileNames, type OpenBrowser, openBrowser } from './browser.ts';
import { openReport, renderSample, samples } from './open-report.ts';

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

type PlanFile = ReturnType<typeof toPlanFile>;

/** The landscape at one step: in figures, and as it is drawn. */
interface Step {
  readonly straight: number;
  readonly pairs: number;
  readonly over: number;
  readonly hours: number;
  readonly drawnStraight: number;
  readonly drawnOver: number;
}

/** Reckons each step from what the plan's file and the links say, with no code of ours. */
function readPlanSteps({ systems, links }: Audit, plan: PlanFile): Step[] {
  const counted = new Set(systems.filter((one) => one.counted).map(({ id }) => id));
  const own = links.filter(({ from, to }) => counted.has(from) && counted.has(to));
  return plan.simulation.steps.map(({ wave, pointToPointLinks, pointToPointPairs }) => {
    const done = plan.waves.filter(({ number }) => number <= wave);
    const moved = new Set(done.flatMap((one) => one.links));
    const left = own.filter(({ key }) => wave === 0 || !plan.retired.includes(key));
    const straight = left.filter(({ key, mediation }) => mediation === 'direct' && !moved.has(key));
    const ends = straight.map(({ from, to }) => [from, to].sort().join(' '));
    expect([straight.length, new Set(ends).size]).toEqual([pointToPointLinks, pointToPointPairs]);
    return {
      straight: straight.length,
      pairs: new Set(ends).size,
      over: left.length - straight.length,
      hours: done.reduce((sum, { effortHours }) => sum + effortHours, 0),
      drawnStraight: straight.length,
      drawnOver: left.length - straight.length,
    };
  });
}

/** What a reader sees: the figures, the lines from system to system, and the links that platforms say they carry. */
async function readShownStep(page: Page): Promise<Step> {
  const [straight, pairs, over, hours] = await page
    .locator('.wave-step:visible dd')
    .allInnerTexts();
  const platforms = await page.locator('#wave-map .hub-names:visible .figure').allTextContents();
  return {
    straight: Number(straight),
    pairs: Number(pairs),
    over: Number(over),
    hours: Number(hours),
    drawnStraight: await page.evaluate(
      `[...document.querySelectorAll('#wave-map .straight')].filter((one) => getComputedStyle(one).display !== 'none').reduce((sum, one) => sum + one.querySelectorAll('path').length, 0)`,
    ),
    drawnOver: platforms.reduce((sum, text) => sum + (Number.parseInt(text, 10) || 0), 0),
  };
}

describe.skipIf(!opened)('the plan in a browser', () => {
  test.each(samples)(
    'the slider shows the landscape at each step of the plan of %s',
    async (sample) => {
      if (!opened) return;
      const found = await readSample(sample);
      const { page, problems } = await openReport(opened, await renderSample(sample));
      const slider = page.getByRole('slider');
      await slider.focus();
      const expected = readPlanSteps(found, JSON.parse(renderPlanFile(found)) as PlanFile);
      expect(expected.length).toBeGreaterThan(1);
      for (const [at, step] of expected.entries()) {
        if (at > 0) await page.keyboard.press('ArrowRight');
        expect(await readShownStep(page), `${sample}, step ${at}`).toEqual(step);
        expect(await slider.getAttribute('aria-valuetext')).toContain(
          `${step.straight} links straight from system to system`,
        );
        expect(await page.locator('.wave-step:visible h4').count()).toBe(1);
      }
      await page.keyboard.press('Home');
      expect(await readShownStep(page)).toEqual(expected[0]);
      await page.keyboard.press('End');
      await expect.poll(() => page.url()).toContain(`#waves?step=${expected.length - 1}`);
      await page.reload();
      expect(await readShownStep(page)).toEqual(expected.at(-1));
      // From what a wave changes to all that is said of it, and back.
      await page.locator('.wave-step:visible').getByText('Why, what is built').click();
      const wave = page.locator('details.wave[open]').last();
      await expect.poll(() => wave.locator('.checks').isVisible()).toBe(true);
      await wave.getByText('The landscape after this wave').click();
      await expect.poll(() => readShownStep(page)).toEqual(expected.at(-1));
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  test('any step can be asked for, and what is none shows the nearest', async () => {
    if (!opened) return;
    const html = await renderSample('nordfisk');
    for (const [asked, shown] of [
      ['1', '1'],
      ['99', '2'],
      ['-3', '0'],
      ['%3Cb%3E', '0'],
    ]) {
      const { page, problems } = await openReport(opened, html, `#waves?step=${asked}`);
      expect(await page.locator('.wave-step:visible').getAttribute('data-step')).toBe(shown);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('today and the target stand side by side without a script and on paper', async () => {
    if (!opened) return;
    const html = await renderSample('nordfisk');
    const { page } = await openReport(opened, html, '', { javaScriptEnabled: false });
    const ends = page.locator('.first-and-last figure');
    const readEnds = (): Promise<string[]> => ends.locator('figcaption').allInnerTexts();
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(await readEnds()).toEqual([
      expect.stringContaining('9 links straight from system to system'),
      expect.stringContaining('0 links straight from system to system, 9 today'),
    ]);
    const height = (at: number): Promise<number> =>
      ends
        .nth(at)
        .locator('svg')
        .evaluate((one) => one.getBoundingClientRect().height);
    expect(Math.min(await height(0), await height(1))).toBeGreaterThan(100);
    await page.close();
    const { page: printed } = await openReport(opened, html, '#waves?step=1');
    await printed.emulateMedia({ media: 'print' });
    expect(await printed.locator('.first-and-last svg.wave-map:visible').count()).toBe(4);
    expect(await printed.locator('#wave-step').isVisible()).toBe(false);
    await printed.close();
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
