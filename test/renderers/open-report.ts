import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { renderHtml } from '../../src/renderers/html.ts';
import { renderFlowchart } from '../../src/renderers/mermaid/flowchart.ts';
import { readSample } from '../read-sample.ts';
import { type OpenBrowser, watchProblems } from './browser.ts';

/** The sample landscapes, each with its audit in `reports/`. */
export const samples = ['nordfisk', 'plant', 'webshop', 'hospital'] as const;

/** `vitest run … --mode every` opens every sample at every width and in every colour scheme. */
export const isWhole = process.env['MODE'] === 'every';

const rendered = new Map<string, Promise<string>>();

/** The report of a sample, rendered once for each test file. */
export function renderSample(sample: string): Promise<string> {
  const render = async (): Promise<string> => {
    const found = await readSample(sample);
    return renderHtml(found, renderFlowchart(found));
  };
  const html = rendered.get(sample) ?? render();
  rendered.set(sample, html);
  return html;
}

/** A page, and what went wrong on it or left the file. */
export interface OpenReport {
  readonly page: Page;
  readonly problems: string[];
}

/** Opens a report from disk; errors, warnings, dialogs and requests for anything but its file are noted. */
export async function openReport(
  { browser, folder }: OpenBrowser,
  html: string,
  hash = '',
  options: Parameters<OpenBrowser['browser']['newPage']>[0] = {},
): Promise<OpenReport> {
  const file = path.join(folder, 'opened-report.html');
  await writeFile(file, html);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage(options);
  const problems = watchProblems(page);
  await page.goto(address + hash);
  return { page, problems };
}

/** How far the page reaches beyond the window sideways, in pixels. */
export function readOverflow(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}

/** Opens everything that a reader can open: details, and the evidence of each link. */
export async function openEverything(page: Page): Promise<void> {
  await page.evaluate(`
    for (const each of document.querySelectorAll('details')) each.open = true;
    for (const each of document.querySelectorAll('tbody.link')) each.classList.add('open');`);
}
