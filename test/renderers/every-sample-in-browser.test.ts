import type { Page } from 'playwright-core';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from './browser.ts';
import {
  isWhole,
  openEverything,
  openReport,
  readOverflow,
  renderSample,
  samples,
} from './open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

const readTitles =
  "[...document.querySelectorAll('main > section h2')].map((one) => one.innerText)";

/** Addresses within the page that name no place; those of filters and the explorer need none. */
const readLost = `[...new Set([...document.querySelectorAll('a[href^="#"]')].map((one) => one.getAttribute('href').slice(1)))]
  .filter((place) => !/^(?:show|class|of)=|^(?:explore|impact|waves)\\?/.test(place))
  .filter((place) => !document.getElementById(place) && !document.getElementById(decodeURIComponent(place)))`;

/** Texts that are too small to read: in pictures below 11 pixels, else below 12. */
const readSmall = `[...document.querySelectorAll('main svg:not(.sample) text, main :not(svg *, script, style)')]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((one) => one.getBoundingClientRect().width > 1)
  .map((one) => {
    const size = parseFloat(getComputedStyle(one).fontSize);
    const isDrawn = one instanceof SVGTextElement;
    const shown = isDrawn ? size * one.getScreenCTM().d : size;
    return shown >= (isDrawn ? 10.95 : 12) ? '' : one.closest('section').id + ': ' + one.textContent.trim().slice(0, 40) + ', ' + shown;
  })
  .filter(Boolean)`;

describe.skipIf(!opened).each(samples)('the report of %s', (sample) => {
  let html = '';
  beforeAll(async () => {
    html = await renderSample(sample);
  });

  test('leads from the contents to each section, and every address to its place', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(opened, html);
    expect(await page.evaluate(readLost)).toEqual([]);
    const places: string[] = await page
      .locator('nav a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(places.length).toBeGreaterThan(15);
    for (const place of isWhole ? places : places.filter((_, at) => at % 4 === 0)) {
      // Not by pointer: where the machine is slow, Playwright scrolls the page to reach what sticks.
      await page.locator(`nav a[href="${place}"]`).first().dispatchEvent('click');
      const top = `document.querySelector('${place}').getBoundingClientRect().top`;
      const atEnd = 'scrollY + innerHeight >= document.body.scrollHeight - 4';
      await expect
        .poll(() => page.evaluate(`Math.abs(${top}) < 140 || ${atEnd}`), { message: place })
        .toBe(true);
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  test('filters its links by words, standing and witnesses', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(opened, html, '#links');
    const shown = page.locator('tbody.link:visible');
    const all = await page.locator('tbody.link').count();
    expect(await shown.count()).toBe(all);
    for (const chip of await page.locator('#links .chips a:not([data-clear])').all()) {
      const count = Number(await chip.locator('.number').innerText());
      await chip.dispatchEvent('click');
      await expect.poll(() => shown.count(), { message: await chip.innerText() }).toBe(count);
      expect(await chip.getAttribute('aria-current')).toBe('true');
    }
    const set = page.locator('#witnesses table a').first();
    const ofSet = Number(await page.locator('#witnesses table td.number').first().innerText());
    await set.dispatchEvent('click');
    await expect.poll(() => shown.count()).toBe(ofSet);
    await page.goto(`${page.url().split('#')[0]}#links`);
    await expect.poll(() => shown.count()).toBe(all);
    const first = await page.locator('tbody.link th').first().innerText();
    await page.getByLabel('Filter links').fill(first.split(' → ')[0] ?? '');
    await expect.poll(() => shown.count()).toBeLessThan(all);
    expect(await page.locator('#filtered').innerText()).toBe(
      `${await shown.count()} of ${all} links`,
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  test('leads from each figure and action of the first screen to what it counts', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(opened, html);
    const shown = page.locator('tbody.link:visible');
    for (const figure of await page.locator('.figure a').all()) {
      const href = (await figure.getAttribute('href')) ?? '';
      const value = await figure.locator('.value').innerText();
      expect(await figure.getAttribute('aria-describedby')).toMatch(/^formula-/);
      await figure.dispatchEvent('click');
      if (href.startsWith('#show='))
        await expect.poll(() => shown.count(), { message: href }).toBe(Number(value));
      else expect(await page.locator(`${href} h2`).count(), href).toBe(1);
    }
    const unregistered = await page.locator('.figure.bad .value').innerText();
    const actions = page.locator('.actions li');
    expect(await actions.nth(1).innerText()).toContain(` of the ${unregistered} links nobody`);
    // The secret leads to its finding, with the place and the way out.
    const href = (await actions.first().locator('a').getAttribute('href')) ?? '';
    const finding = page.locator(`[id="${href.slice(1)}"]`);
    expect(await finding.innerText()).toContain('credential-in-code');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('opens at a link, at a system and at a finding', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(opened, html);
    const address = page.url();
    const links: string[] = await page
      .locator('tbody.link')
      .evaluateAll((all) => all.map((one) => one.id));
    for (const id of isWhole ? links : links.slice(-1)) {
      await page.goto(`${address}#link=${encodeURIComponent(id.slice('link='.length))}`);
      await page.reload();
      const proof = page.locator('tbody.link.open .proofs');
      expect(await proof.count(), id).toBe(1);
      await expect
        .poll(() => proof.evaluate((one) => one.getBoundingClientRect().top), { message: id })
        .toBeLessThan(900);
    }
    const system =
      (await page.locator('svg.map [data-system]').first().getAttribute('data-system')) ?? '';
    await page.goto(`${address}#system=${encodeURIComponent(system)}`);
    await expect.poll(() => page.locator('#chosen').innerText()).toContain('show all systems');
    expect(await page.locator('svg.map.choosing .lit').count()).toBeGreaterThan(0);
    const finding = (await page.locator('.findings li').last().getAttribute('id')) ?? '';
    await page.goto(`${address}#${finding}`);
    await expect
      .poll(() =>
        page
          .locator('.findings li')
          .last()
          .evaluate((one) => one.getBoundingClientRect().top),
      )
      .toBeLessThan(800);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('fits a phone, in the dark and without motion, with everything opened', async () => {
    if (!opened) return;
    for (const width of isWhole ? [320, 390, 768, 1024, 1440, 2560] : [390]) {
      const { page, problems } = await openReport(opened, html, '', {
        viewport: { width, height: 844 },
        colorScheme: 'dark',
        reducedMotion: 'reduce',
      });
      await openEverything(page);
      expect(await readOverflow(page), `${width} pixels`).toBeLessThanOrEqual(0);
      if (width === 390) expect(await page.evaluate(readSmall)).toEqual([]);
      expect(
        await page.evaluate('getComputedStyle(document.body).backgroundColor'),
        'dark paper',
      ).toBe('rgb(20, 24, 28)');
      const moving = `[...document.querySelectorAll('*')].filter((one) => {
        const style = getComputedStyle(one);
        return style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
      }).length`;
      expect(await page.evaluate(moving)).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('is a document of some ten pages on paper, in the order of a board', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(opened, html);
    const titles: string[] = await page.evaluate(readTitles);
    const errors = await page.locator('.findings li[data-group="error"] .message').allInnerTexts();
    const links = await page.locator('tbody.link').count();
    const { pages, whole } = await print(page);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.length).toBeLessThanOrEqual(12);
    const places = titles.map((title) => whole.indexOf(title.replaceAll(/\s+/g, '')));
    expect(titles.filter((_, at) => places[at] === -1)).toEqual([
      expect.stringMatching(/^Explore /),
    ]);
    for (const error of errors) expect(whole).toContain(error.replaceAll(/\s+/g, ''));
    const placeOf = async (section: string): Promise<number> =>
      whole.indexOf((await page.locator(`#${section} h2`).innerText()).replaceAll(/\s+/g, ''));
    const order = await Promise.all(
      ['findings', 'hotspots', 'ownership', 'plan', 'hub', 'pairs', 'method'].map(placeOf),
    );
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(pages[0]).toContain(await page.locator('#map h2').innerText());
    expect(whole).toContain(
      `12 of ${links} rows are printed; the page has the other ${links - 12}.`.replaceAll(' ', ''),
    );
    // What was cut for paper is back on the screen.
    expect(await page.locator('tbody.link:visible').count()).toBe(links);
    expect(await page.locator('.paper-note').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('says on paper what the reader had narrowed it to', async () => {
    if (!opened) return;
    const { page, problems } = await openReport(
      opened,
      html,
      '#links?show=unregistered&severity=error',
    );
    const links = await page.locator('tbody.link:visible').count();
    const findings = await page.locator('.findings > li:visible').count();
    const { pages, whole } = await print(page);
    for (const words of [
      `${links} of ${await page.locator('tbody.link').count()} links, those marked “unregistered”`,
      `${findings} of ${await page.locator('.findings > li').count()} findings, those of the severity error`,
    ]) {
      expect(pages[0]?.replaceAll(/\s+/g, '')).toContain(words.replaceAll(' ', ''));
      // Once on the first page, and once where they stand.
      expect(whole.split(words.replaceAll(' ', ''))).toHaveLength(3);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});

/** The pages that a browser prints, and all their text without blanks, for lines break anywhere. */
async function print(page: Page): Promise<{ pages: readonly string[]; whole: string }> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: false });
  return { pages: text, whole: text.join(' ').replaceAll(/\s+/g, '') };
}
