import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { inject } from 'vitest';

/** A real Chromium that ships in an npm package. */
export interface OpenBrowser {
  readonly browser: Browser;
  /** A folder for the pages under test; gone after `close`. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts Chromium without network; `undefined`, with a message, where this machine cannot run it. */
export async function openBrowser(): Promise<OpenBrowser | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landscape-browser-'));
  try {
    const executablePath = await unpackOnce();
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
  }
}

/** Where Chromium is unpacked, for all test files of a run. */
async function unpackOnce(): Promise<string> {
  const shared = path.join(inject('browserFolder'), 'unpacked');
  const isThere = await stat(shared).then(
    () => true,
    () => false,
  );
  if (isThere) return unpackTo(shared);
  const own = await mkdtemp(path.join(inject('browserFolder'), 'own-'));
  await unpackTo(own);
  // Where two files begin at once, the second stays with its own.
  const isFirst = await rename(own, shared).then(
    () => true,
    () => false,
  );
  return unpackTo(isFirst ? shared : own);
}

/** Unpacks Chromium to a folder, or finds it there. */
async function unpackTo(folder: string): Promise<string> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await chromium.executablePath();
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
