import { afterAll, describe, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from './browser.ts';
import { isWhole, openEverything, openReport, renderSample, samples } from './open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const;

/** A plain run looks at each sample once, each time in another way. */
function chooseLooks(sample: (typeof samples)[number]): readonly (typeof looks)[number][] {
  return isWhole ? looks : looks.filter((_, at) => at === samples.indexOf(sample));
}

/** WCAG 2.0, 2.1 and 2.2, levels A and AA, and what axe-core advises beyond them. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(!opened)('axe-core finds nothing', () => {
  test.each(samples)(
    'in the report of %s, with everything opened',
    async (sample) => {
      if (!opened) return;
      const html = await renderSample(sample);
      for (const { width, colorScheme } of chooseLooks(sample)) {
        const { page, problems } = await openReport(opened, html, isWhole ? '#explore' : '', {
          viewport: { width, height: 900 },
          colorScheme,
          bypassCSP: true,
        });
        if (isWhole) await page.locator('.stage canvas').first().waitFor({ state: 'attached' });
        await openEverything(page);
        await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
        const { violations, passes } = (await page.evaluate(
          `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`,
        )) as { readonly violations: readonly Violation[]; readonly passes: readonly unknown[] };
        const told = violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`),
        );
        expect(told, `${sample}, ${width} pixels, ${colorScheme}`).toEqual([]);
        // An empty page has no violations either.
        expect(passes.length).toBeGreaterThan(25);
        expect(problems.filter((problem) => !problem.includes('axe.min.js'))).toEqual([]);
        await page.close();
      }
    },
    180_000,
  );
});

test.skipIf(!opened)(
  'axe-core finds nothing on paper, where the screen is dark and a filter is on',
  async () => {
    if (!opened) return;
    const { page } = await openReport(
      opened,
      await renderSample('plant'),
      '#findings?severity=warn',
      {
        viewport: { width: 703, height: 1000 },
        colorScheme: 'dark',
        bypassCSP: true,
      },
    );
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.narrowed-note').count()).toBe(2);
    await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
    // Nobody puts a finger on paper.
    const { violations, passes } = (await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(rules)}, rules: { 'target-size': { enabled: false } } })`,
    )) as { readonly violations: readonly Violation[]; readonly passes: readonly unknown[] };
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    expect(passes.length).toBeGreaterThan(15);
    await page.close();
  },
  120_000,
);

/** Relative luminance of a colour written as #rgb or #rrggbb (WCAG 2, definition). */
function readLuminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replaceAll(/[^#]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function readContrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [readLuminance(one), readLuminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// axe-core does not look at the colours of pictures.
describe.skipIf(!opened)('the colours of pictures', () => {
  test.each(['light', 'dark'] as const)('stand out, %s', async (colorScheme) => {
    if (!opened) return;
    const { page } = await openReport(opened, await renderSample('nordfisk'), '', { colorScheme });
    const read = (name: string): Promise<string> =>
      page.evaluate(
        `getComputedStyle(document.documentElement).getPropertyValue('--${name}').trim()`,
      );
    for (const ground of ['paper', 'wash', 'shape'])
      for (const text of ['ink', 'soft', 'accent'])
        expect(
          readContrast(await read(text), await read(ground)),
          `${text} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5);
    const lines = ['registered', 'unregistered', 'shadow', 'unobserved', 'attested', 'accent-line'];
    for (const line of [...lines, 'field'])
      expect(
        readContrast(await read(line), await read('paper')),
        `${line} on paper`,
      ).toBeGreaterThanOrEqual(3);
    await page.close();
  });
});
