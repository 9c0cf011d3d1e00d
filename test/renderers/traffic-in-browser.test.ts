import { afterAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/renderers/html.ts';
import { auditFiles } from '../audit-files.ts';
import { type OpenBrowser, openBrowser } from './browser.ts';
import { type OpenReport, openReport, readOverflow } from './open-report.ts';

const opened: OpenBrowser | undefined = await openBrowser();
afterAll(() => opened?.close());

/** So many calls of one kind, each with its status and how long it took. */
interface Calls {
  readonly from: string;
  readonly path: string;
  readonly count: number;
  readonly failed: number;
  readonly seconds: string;
}

const hosts: Readonly<Record<string, string>> = { erp: '10.0.0.1', wms: '10.0.0.2' };

/** A gateway log whose figures can be told by looking at it. */
function writeLog(kinds: readonly Calls[]): string {
  const lines = kinds.flatMap(({ from, path, count, failed, seconds }) =>
    Array.from({ length: count }, (_, at) => {
      const status = at < failed ? 500 : 200;
      return `${hosts[from]} - - [05/Oct/2026:10:${String(at % 60).padStart(2, '0')}:00 +0000] "POST ${path} HTTP/1.1" ${status} 1000 ${seconds}`;
    }),
  );
  return `${lines.join('\n')}\n`;
}

async function open(log: string | undefined, width = 1440): Promise<OpenReport> {
  if (!opened) throw new Error('no browser');
  const found = await auditFiles({
    'landscape.yaml': [
      'sources:',
      '  - inventory: s.csv',
      '  - inventory: l.csv',
      ...(log === undefined
        ? []
        : [
            '  - gateway: a.log',
            `    format: '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent $request_time'`,
            '    callers: { "10.0.0.1/32": erp, "10.0.0.2/32": wms }',
            '    routes: { "/erp/": erp, "/wms/": wms, "/crm/": crm }',
          ]),
      '',
    ].join('\n'),
    's.csv': 'id,name\nerp,ERP\nwms,Warehouse\ncrm,CRM\n',
    'l.csv': 'id,from,to,protocol\nL1,wms,erp,https\nL2,erp,crm,https\n',
    ...(log === undefined ? {} : { 'a.log': log }),
  });
  return openReport(opened, await renderHtml(found), '', { viewport: { width, height: 900 } });
}

const usual: readonly Calls[] = [
  { from: 'wms', path: '/erp/stock', count: 60, failed: 0, seconds: '0.020' },
  { from: 'erp', path: '/crm/orders', count: 30, failed: 3, seconds: '2.000' },
  { from: 'erp', path: '/wms/items', count: 10, failed: 0, seconds: '0.200' },
];

describe.runIf(opened)('the traffic of the report', () => {
  test('says how much runs, what of it fails and where most', async () => {
    const { page, problems } = await open(writeLog(usual));
    expect(await page.locator('#traffic h2').innerText()).toBe(
      'Logs show 100 calls over 3 links; 3 % failed, most often from ERP to CRM (10 %)',
    );
    expect(await page.locator('#traffic .lead').innerText()).toContain(
      'From 100 of 100 lines, 2026-10-05 to 2026-10-05.',
    );
    const rows = page.locator('svg.calls a.row title');
    expect(await rows.allTextContents()).toEqual([
      'Warehouse → ERP: 60 calls, 0 % failed',
      'ERP → CRM: 30 calls, 10 % failed',
      'ERP → Warehouse: 10 calls, 0 % failed, nobody registered it',
    ]);
    const widths: number[] = await page
      .locator('svg.calls .row .bar')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('width'))));
    expect(widths[0]).toBeCloseTo((widths[1] ?? 0) * 2, 0);
    expect(widths[0]).toBeCloseTo((widths[2] ?? 0) * 6, 0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('draws answer times on one scale, the slower farther right', async () => {
    const { page } = await open(writeLog(usual));
    const places: number[] = await page
      .locator('svg.calls .half')
      .evaluateAll((dots) => dots.map((dot) => Number(dot.getAttribute('cx'))));
    const [fast = 0, slow = 0, between = 0] = places;
    // 20 ms, 2 s and 200 ms stand a power of ten apart.
    expect(slow - between).toBeCloseTo(between - fast, -1);
    expect(between).toBeGreaterThan(fast + 20);
    const marks = await page.locator('svg.calls text.tick').allTextContents();
    expect(marks).toEqual(expect.arrayContaining(['10 ms', '100 ms', '1 s']));
    await page.locator('#traffic summary').click();
    expect(await page.locator('#traffic tbody tr').nth(1).innerText()).toMatch(/3 \(10 %\)/);
    await page.close();
  });

  test('tells in a sentence why there is none', async () => {
    const none = await open(undefined);
    expect(await none.page.locator('#traffic').innerText()).toContain('No gateway log was read');
    expect(await none.page.locator('#traffic svg').count()).toBe(0);
    await none.page.close();
    const unknown = await open(
      '192.0.2.7 - - [05/Oct/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1 0.1\n',
    );
    expect(await unknown.page.locator('#traffic h2').innerText()).toBe('Logs show no link');
    await unknown.page.close();
  });

  test('fits a phone: the picture moves in its own box, and says so', async () => {
    const { page } = await open(writeLog(usual), 390);
    expect(await readOverflow(page)).toBeLessThanOrEqual(0);
    const readHint =
      "getComputedStyle(document.querySelector('[aria-label=\"Calls of links\"]'), '::before').content";
    await expect.poll(() => page.evaluate(readHint)).toContain('More to the right');
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(() => page.evaluate(readHint)).toBe('none');
    await page.close();
  });
});
