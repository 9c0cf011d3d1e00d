/**
 * How large the HTML report gets, how fast it opens, and how its explorer moves.
 *
 *   npm run bench:report
 *   npm run bench:report -- --systems 2000 --links 20000 --keep report.html
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { audit } from '../../dist/audit.js';
import { parseConfig } from '../../dist/config.js';
import { memoryFiles } from '../../dist/files.js';
import { renderHtml } from '../../dist/renderers/html.js';
import { sourceKinds } from '../../dist/scanners/index.js';
import { drawLandscape } from './draw-landscape.mjs';

const { values } = parseArgs({
  options: {
    systems: { type: 'string' },
    links: { type: 'string' },
    domains: { type: 'string', default: '20' },
    keep: { type: 'string' },
  },
});
const sizes = values.systems
  ? [[Number(values.systems), Number(values.links ?? 10 * Number(values.systems))]]
  : [
      [500, 2_500],
      [2_000, 20_000],
    ];
const folder = await mkdtemp(path.join(tmpdir(), 'landscape-bench-'));
const before = process.env.TMPDIR;
process.env.TMPDIR = folder;
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox'],
});
if (before === undefined) delete process.env.TMPDIR;
else process.env.TMPDIR = before;
try {
  for (const [systems, links] of sizes) {
    const contents = drawLandscape(systems, links, Number(values.domains), 1);
    const files = memoryFiles(contents);
    const config = parseConfig(contents['landscape.yaml'], 'landscape.yaml', sourceKinds);
    const found = await audit(config, files, { today: '2026-11-02', strict: false });
    const start = performance.now();
    const html = await renderHtml(found);
    const written = performance.now() - start;
    const file = path.resolve(values.keep ?? path.join(folder, 'report.html'));
    await writeFile(file, html);
    tell(`${systems} systems, ${found.links.length} links`, '');
    tell('size of the report', `${(html.length / 1e6).toFixed(1)} MB`);
    tell('time to write it', `${(written / 1000).toFixed(1)} s`);
    await measureOpening(file);
    for (const hash of ['#explore?collapse=yes', '#explore?collapse=no'])
      await measurePanning(file, hash);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** From the navigation to the first picture on the screen, and until the page is loaded. */
async function measureOpening(file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  const [painted, loaded] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    performance.getEntriesByType('navigation')[0].loadEventEnd,
  ]);
  tell('first paint', `${painted.toFixed(0)} ms`);
  tell('loaded', `${loaded.toFixed(0)} ms`);
  await page.close();
}

/** The times between frames while the pointer drags the map to and fro. */
async function measurePanning(file, hash) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(pathToFileURL(file).href + hash);
  await page.locator('.stage canvas').first().waitFor();
  await page.locator('#explore').scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_500);
  const box = await page.locator('#explore .stage').boundingBox();
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const next = (now) => {
      window.frames_.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  for (let step = 0; step < 80; step++)
    await page.mouse.move(box.x + 20 + 4 * (step % 40), box.y + 20 + 2 * (step % 40));
  await page.mouse.up();
  const frames = await page.evaluate(() => window.frames_.slice(1).sort((a, b) => a - b));
  const at = (share) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))];
  tell(
    `panning ${hash.includes('yes') ? 'domains' : 'all systems'}`,
    `${at(0.5).toFixed(0)} ms a frame (median), ${at(0.95).toFixed(0)} ms (95 %)`,
  );
  await page.close();
}

function tell(label, value) {
  console.log(`${value === '' ? '' : '  '}${label.padEnd(26)}${value}`);
}
