import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../../src/audit.ts';
import { renderHtml } from '../../../src/renderers/html.ts';
import { auditFiles } from '../../audit-files.ts';
import { hostileNames, type OpenBrowser, openBrowser } from '../browser.ts';
import { openReport, readOverflow, renderSample } from '../open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

async function visit(html: string, hash: string, width = 1440, height = 1000) {
  if (!opened) throw new Error('no browser');
  const { page, problems } = await openReport(opened, html, hash, {
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  await page.locator('#matrix .panel h3').waitFor();
  return { page, problems };
}

/** Four systems: `a` is fed by all, `d` by nobody; `c` and `d` are in one domain. */
async function auditFour(): Promise<Audit> {
  return auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - inventory: found.csv\n    registry: false\n',
    's.csv': 'id,name,domain,team\na,Alpha,X,blue\nb,Beta,Y,red\nc,Gamma,Z,blue\nd,Delta,Z,\n',
    'l.csv': 'id,from,to,protocol\nl1,b,a,https\nl2,c,a,https\n',
    'found.csv': 'from,to,protocol\nd,a,sftp\nd,c,https\na,d,https\nb,c,https\n',
  });
}

const readOrder = (page: Page): Promise<string[]> =>
  page.locator('#matrix details tbody th').allInnerTexts();
const openTable = (page: Page): Promise<void> => page.locator('#matrix details summary').click();

describe.runIf(opened)('the matrix', () => {
  test('counts every pair, by what its links come to', async () => {
    const { page, problems } = await visit(await renderHtml(await auditFour()), '#matrix');
    expect(await page.locator('#matrix > h3').innerText()).toContain('6 pairs of 4 systems');
    expect(await page.locator('#matrix .panel').innerText()).toContain(
      'N(N−1)/2 = 6 pairs: 5 used, 3 of them by a link nobody registered; 1 unused.',
    );
    expect(await page.locator('#matrix .legend').innerText()).toContain('1 pair: unused');
    await openTable(page);
    expect(await page.locator('#matrix details p').first().innerText()).toContain('6 used cells');
    await page.locator('#matrix [name="half"]').check();
    expect(page.url()).toContain('half=yes');
    expect(await page.locator('#matrix details p').first().innerText()).toContain('5 used cells');
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each([
    ['name', ['Alpha', 'Alpha', 'Alpha', 'Delta', 'Gamma', 'Gamma']],
    ['domain', ['Alpha', 'Alpha', 'Alpha', 'Delta', 'Gamma', 'Gamma']],
    ['owner', ['Alpha', 'Alpha', 'Alpha', 'Gamma', 'Gamma', 'Delta']],
    ['fan-in', ['Alpha', 'Alpha', 'Alpha', 'Gamma', 'Gamma', 'Delta']],
  ])('orders systems by %s', async (order, rows) => {
    const { page } = await visit(await renderHtml(await auditFour()), `#matrix?order=${order}`);
    await expect.poll(() => page.locator('#matrix [name="order"]').inputValue()).toBe(order);
    await openTable(page);
    await expect.poll(() => readOrder(page)).toEqual(rows);
    await page.close();
  });

  test('follows the hidden structure as the report draws it', async () => {
    const audit = await auditFour();
    const { page } = await visit(await renderHtml(audit), '#matrix?order=layers');
    await openTable(page);
    const names = audit.analysis.structure.matrix.map(
      (id) => audit.systems.find((system) => system.id === id)?.name ?? id,
    );
    const rows = await readOrder(page);
    expect(rows.map((name) => names.indexOf(name))).toEqual(
      rows.map((name) => names.indexOf(name)).sort((a, b) => a - b),
    );
    await page.close();
  });

  test('a click on a cell leads to the evidence of its links', async () => {
    const { page, problems } = await visit(
      await renderHtml(await auditFour()),
      '#matrix?order=name',
    );
    const box = await page.locator('#matrix .stage').boundingBox();
    if (!box) throw new Error('no stage');
    // Names take 150 pixels beside and 110 above; a cell of four systems is 26 wide.
    await page.mouse.move(box.x + 150 + 1.5 * 26, box.y + 110 + 0.5 * 26);
    expect(await page.locator('#matrix .hint').innerText()).toBe(
      'Alpha takes data from Beta: 1 link, declared only',
    );
    await page.mouse.down();
    await page.mouse.up();
    expect(page.url()).toContain('row=a&column=b');
    const panel = page.locator('#matrix .panel');
    expect(await panel.innerText()).toContain('l.csv:2');
    await panel.getByRole('link', { name: 'In the table' }).first().click();
    expect(page.url()).toContain(encodeURIComponent('b=>a#http').replaceAll('%20', '+'));
    expect(problems).toEqual([]);
    await page.close();
  });

  test('keys go from cell to cell, and the words follow', async () => {
    const { page } = await visit(await renderHtml(await auditFour()), '#matrix?order=name');
    await page.locator('#matrix .stage').focus();
    const said = page.locator('#matrix-said');
    await page.keyboard.press('ArrowRight');
    expect(await said.innerText()).toContain('Alpha takes data from Beta: 1 link');
    await page.keyboard.press('ArrowRight');
    expect(await said.innerText()).toContain('Alpha takes data from Delta: 1 link');
    await page.keyboard.press('ArrowDown');
    expect(await said.innerText()).toContain('Beta takes no data from Delta directly');
    await page.keyboard.press('Escape');
    expect(await said.innerText()).toContain('Choose a cell');
    await page.locator('#matrix [name="row"]').fill('gam');
    await page.keyboard.press('Enter');
    expect(await page.locator('#matrix .panel').innerText()).toContain(
      '3 pairs used of 3, 0 unused',
    );
    await page.close();
  });

  test('holds hostile names on a phone', async () => {
    const cell = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': `id,name,domain,team\n${hostileNames.map((name, at) => [`s${at}`, cell(name), cell(name), cell(name)].join(',')).join('\n')}\n`,
      'l.csv': `from,to,objects\n${hostileNames.map((name, at) => [`s${at}`, 's0', cell(name)].join(',')).join('\n')}\n`,
    });
    const { page, problems } = await visit(
      await renderHtml(audit),
      '#matrix?row=s3&column=s0',
      390,
    );
    await openTable(page);
    expect(await page.locator('#matrix .panel h3').innerText()).toContain('<script>');
    expect(await readOverflow(page)).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('marks a system that nothing is known of as not found, and keeps the rest of the address', async () => {
    const { page, problems } = await visit(
      await renderSample('nordfisk'),
      '#matrix?order=owner&row=gone&column=erp',
    );
    expect(await page.locator('#matrix .panel h3').innerText()).toBe('Every pair is a cell');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('shows all pairs once: as a matrix on screen, as a triangle on paper and without a script', async () => {
    if (!opened) return;
    const html = await renderSample('nordfisk');
    const readShown = async (page: Page): Promise<boolean[]> => [
      await page.locator('#matrix').isVisible(),
      await page.locator('#pairs .scroll > svg.triangle').isVisible(),
    ];
    const { page } = await openReport(opened, html, '#pairs');
    expect(await readShown(page)).toEqual([true, false]);
    await page.emulateMedia({ media: 'print' });
    expect(await readShown(page)).toEqual([false, true]);
    await page.close();
    const { page: still } = await openReport(opened, html, '', { javaScriptEnabled: false });
    expect(await readShown(still)).toEqual([false, true]);
    expect(await still.locator('#pairs h2').innerText()).toContain('13 of 21 possible pairs');
    await still.close();
  });
});
