// Takes the pictures of the report in docs/images/ anew: npm run images. A person looks at them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const report = pathToFileURL(path.resolve('reports/nordfisk/report.html')).href;
const pictures = {
  'report.png': { hash: '', colorScheme: 'light' },
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
  for (const [name, { hash, colorScheme }] of Object.entries(pictures)) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.goto(report + hash);
    await page.screenshot({ path: `docs/images/${name}`, animations: 'disabled', caret: 'hide' });
    await page.close();
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
