import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/** A real Chromium that ships in an npm package, unpacked to a folder of its own. */
export interface OpenBrowser {
  readonly browser: Browser;
  /** A folder for the pages under test; gone after `close`. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts Chromium without network; `undefined`, with a message, where this machine cannot run it. */
export async function openBrowser(): Promise<OpenBrowser | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landscape-browser-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const executablePath = await chromium.executablePath();
    const browser = await playwright.launch({
      executablePath,
      // Its own arguments are for a place with one process; here pages come and go.
      args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb'],
    });
    return {
      browser,
      folder,
      async close() {
        await browser.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    console.warn(
      `Browser tests are skipped: Chromium does not start here (${String(error).split('\n')[0]}).`,
    );
    await rm(folder, { recursive: true, force: true });
    return undefined;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/**
 * Notes whatever goes wrong on a page, or leaves the file it came from.
 * @param problems where it is noted; a new list where none is given
 */
export function watchProblems(page: Page, problems: string[] = []): string[] {
  page.on('console', (message) => {
    // Software rendering tells that it is slow.
    const isSlow = message.text().includes('GL Driver Message');
    if (['error', 'warning'].includes(message.type()) && !isSlow) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', async (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  return problems;
}

/** Texts that try to break out of whatever they are written into. */
export const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; alert(1); //",
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  'end',
  'graph TD; a-->b',
  'a"]; b["c',
  '%% comment',
  '`code`',
  '**bold** | cell | <b>x</b>',
  '#quot; #35; &amp; &lt;',
  'line\nbreak\r\nand\ttab',
  '\u202Ereversed\u202C \u200Bzero\u200Dwidth',
  'émoji 😀 日本語 العربية',
  '=cmd|calc!A1',
  '\u001b[31mred\u001b[0m',
  'x'.repeat(10_000),
];
