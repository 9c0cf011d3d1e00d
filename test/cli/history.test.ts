import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricNames } from '../../src/audit/compare-audits.ts';
import { type History, traceHistory } from '../../src/audit/trace-history.ts';
import type { Audit } from '../../src/audit.ts';
import { run } from '../../src/cli/main.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';
import { captureOutput } from './capture-output.ts';

const scripts = {
  'scripts/wms/orders.sh': 'curl https://erp.example/orders\n',
  'scripts/wms/books.sh': 'curl https://fin.example/books\n',
  'scripts/crm/people.sh': 'curl https://erp.example/people\n',
  'jobs/fin/pay.sh': 'curl https://erp.example/pay\n',
  'jobs/fin/ship.sh': 'curl https://wms.example/ship\n',
};
type Script = keyof typeof scripts;

/** What one scan sees: some of the scripts that there are, and perhaps only one of the two folders. */
interface Scan {
  readonly scripts: readonly Script[];
  readonly seesJobs: boolean;
}

function scan(day: number, { scripts: there, seesJobs }: Scan): Promise<Audit> {
  const seen = there.filter((file) => seesJobs || file.startsWith('scripts/'));
  const owners = '    owners: { "wms/**": wms, "crm/**": crm, "fin/**": fin }\n';
  return auditFiles({
    'landscape.yaml': `name: A company\nasOf: 2026-01-${String(day).padStart(2, '0')}\nsources:\n  - inventory: systems.csv\n  - scripts: scripts\n    optional: true\n${owners}${seesJobs ? `  - scripts: jobs\n    optional: true\n${owners}` : ''}`,
    'systems.csv': 'id,hosts\nerp,erp.example\nwms,wms.example\ncrm,crm.example\nfin,fin.example\n',
    ...Object.fromEntries(seen.map((file) => [file, scripts[file]])),
  });
}

async function trace(scans: readonly Scan[]): Promise<History> {
  async function* each(): AsyncIterable<{ file: string; audit: Audit }> {
    for (const [index, one] of scans.entries())
      yield { file: `${index}.json`, audit: await scan(index + 1, one) };
  }
  return traceHistory(each());
}

const all = Object.keys(scripts) as Script[];
const unregistered = ({ points }: History): (readonly number[])[] =>
  points.map(({ found, constantScope }) => [
    found.unregisteredLinks,
    constantScope.unregisteredLinks,
  ]);

describe('the history of a landscape', () => {
  test('seeing more is no decay', async () => {
    const history = await trace([
      { scripts: all, seesJobs: false },
      { scripts: all, seesJobs: true },
    ]);
    expect(unregistered(history)).toEqual([
      [3, 5],
      [5, 5],
    ]);
  });

  test('what is new in the landscape is', async () => {
    const history = await trace([
      { scripts: all.slice(0, 2), seesJobs: true },
      { scripts: all, seesJobs: true },
    ]);
    expect(unregistered(history)).toEqual([
      [2, 2],
      [5, 5],
    ]);
  });

  test('the newest audit is its own scope, and steps at constant scope are those of the landscape', async () => {
    const scans = fc.array(
      fc.record({ scripts: fc.subarray(all, { minLength: 1 }), seesJobs: fc.boolean() }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(scans, async (given) => {
        const { points } = await trace(given);
        expect(points.at(-1)?.constantScope).toEqual(points.at(-1)?.found);
        for (const [index, point] of points.entries()) {
          const before = points[index - 1];
          for (const name of metricNames) {
            const step = (series: 'found' | 'constantScope'): number =>
              point[series][name] - (before?.[series][name] ?? point[series][name]);
            const sum = Object.values(point.byCause[name]).reduce((a, b) => a + b, 0);
            expect(step('found')).toBeCloseTo(sum, 9);
            if (before) expect(step('constantScope')).toBeCloseTo(point.byCause[name].landscape, 9);
          }
        }
        if (given.every(({ seesJobs }) => seesJobs === given[0]?.seesJobs))
          for (const { found, constantScope } of points)
            for (const name of metricNames) expect(constantScope[name]).toBeCloseTo(found[name], 9);
      }),
      { numRuns: 15 },
    );
  });
});

describe('landscape history', () => {
  let folder = '';
  const shown = captureOutput();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'landscape-history-'));
    await mkdir(path.join(folder, 'audits/later'), { recursive: true });
    const write = async (name: string, audit: unknown): Promise<void> =>
      writeFile(path.join(folder, name), JSON.stringify(audit));
    // Names do not follow the dates.
    await write('audits/z.json', await scan(1, { scripts: all.slice(0, 2), seesJobs: false }));
    await write('audits/later/a.json', await scan(9, { scripts: all, seesJobs: true }));
    await write('audits/other.json', {
      ...(await scan(5, { scripts: all, seesJobs: true })),
      name: 'Another company',
    });
    await write('audits/package.json', { name: 'no audit' });
    const cut = JSON.stringify(await scan(7, { scripts: all, seesJobs: true }));
    await writeFile(path.join(folder, 'audits/cut.json'), cut.slice(0, cut.length / 2));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const history = (...more: string[]): Promise<number> =>
    run(['node', 'landscape', 'history', ...more, '--no-color']);

  test('tells what the landscape did apart from how it was looked at', async () => {
    expect(await history(path.join(folder, 'audits'))).toBe(0);
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      'Unregistered links: 2 → 5. The landscape itself: +1; the rest is another look: +2 is sources that came or went.',
    );
    expect(shown.out).toContain('2026-01-01  ████████████░░░░░░░░░░░░ 2  at constant scope 4');
    expect(shown.errors).toContain('other.json: is an audit of "Another company"');
    expect(shown.errors).toContain('package.json: is no audit');
    expect(shown.errors).toContain('cut.json: is no JSON');
  });

  test('--json holds both series', async () => {
    expect(await history(path.join(folder, 'audits'), '--json')).toBe(0);
    expect(unregistered(JSON.parse(shown.out))).toEqual([
      [2, 4],
      [5, 5],
    ]);
  });

  test('one audit is no history: exit code 2 with what to do', async () => {
    expect(await history(path.join(folder, 'audits/later'))).toBe(2);
    expect(shown.errors).toContain(
      'holds one audit of "A company" alone, and a history takes two; keep the audit.json of each scan here',
    );
  });
});
