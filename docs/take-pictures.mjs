// Takes the pictures of the report in docs/images/ anew: npm run images. A person looks at them.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { renderHtml } from '../dist/renderers/html.js';
import { renderFlowchart } from '../dist/renderers/mermaid/flowchart.js';

// Each: the report of a sample, its address, and which part of the page; all of a screen without one.
const pictures = {
  'report.png': { sample: 'nordfisk', hash: '' },
  'explore.png': { sample: 'nordfisk', hash: '#explore?system=erp', part: '#explore .sides' },
  'domains.png': { sample: 'hospital', hash: '#explore?collapse=yes', part: '#explore .sides' },
  'matrix.png': {
    sample: 'hospital',
    hash: '#matrix?row=blood-bank&column=lab',
    part: '#matrix .sides',
  },
  'impact.png': { sample: 'nordfisk', hash: '#impact?system=erp&question=outage', part: '#impact-answer' },
};

const folder = await mkdtemp(path.join(tmpdir(), 'landscape-pictures-'));
const before = process.env.TMPDIR;
process.env.TMPDIR = folder;
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb'],
});
if (before === undefined) delete process.env.TMPDIR;
else process.env.TMPDIR = before;
try {
  for (const sample of new Set(Object.values(pictures).map((picture) => picture.sample))) {
    const found = JSON.parse(await readFile(`reports/${sample}/audit.json`, 'utf8'));
    await writeFile(path.join(folder, `${sample}.html`), await renderHtml(found, renderFlowchart(found)));
  }
  for (const [name, { sample, hash, part }] of Object.entries(pictures)) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: part === undefined ? 900 : 1_400 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    await page.goto(pathToFileURL(path.join(folder, `${sample}.html`)).href + hash);
    const options = { path: `docs/images/${name}`, animations: 'disabled', caret: 'hide' };
    if (part === undefined) await page.screenshot(options);
    else {
      // Parts start when somebody comes near, and a moment later they are drawn.
      await page.locator(part).scrollIntoViewIfNeeded();
      await page.waitForTimeout(1_000);
      await page.locator(part).screenshot(options);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
