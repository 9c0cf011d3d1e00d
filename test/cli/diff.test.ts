import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareAudits } from '../../src/audit/compare-audits.ts';
import { causes } from '../../src/audit/find-cause.ts';
import type { Audit } from '../../src/audit.ts';
import { run } from '../../src/cli/main.ts';
import { auditFiles } from '../audit-files.ts';
import { captureOutput } from './capture-output.ts';

const systems =
  'id,name,hosts\nerp,ERP,erp.example\nwms,Warehouse,wms.example\nfin,Finance,fin.example\n';
const base = {
  'landscape.yaml':
    'name: A company\nasOf: 2026-10-01\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    owners: { "wms/**": wms }\n',
  'systems.csv': systems,
  'links.csv': 'id,from,to,protocol,status\nINT-1,erp,wms,https,approved\n',
  'scripts/wms/orders.sh': 'curl https://erp.example/orders\n',
  'scripts/wms/books.sh': 'curl https://ledger.example/books\n',
};

const without = (name: keyof typeof base): Record<string, string> =>
  Object.fromEntries(Object.entries(base).filter(([file]) => file !== name));

describe('what changed between two audits', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['nothing', base, []],
    [
      'a new script',
      { ...base, 'scripts/wms/fin.sh': 'curl https://fin.example/x\n' },
      ['added fin=>wms#http landscape'],
    ],
    [
      'a line in a known script',
      {
        ...base,
        'scripts/wms/orders.sh': 'curl https://erp.example/orders\ncurl https://fin.example/x\n',
      },
      ['added fin=>wms#http landscape'],
    ],
    [
      'a script that is gone',
      without('scripts/wms/orders.sh'),
      ['changed erp=>wms#http landscape'],
    ],
    [
      'a row that is no longer approved',
      { ...base, 'links.csv': base['links.csv'].replace('approved', 'draft') },
      ['changed erp=>wms#http landscape'],
    ],
    [
      'an alias',
      { ...base, 'landscape.yaml': `${base['landscape.yaml']}aliases: { ledger.example: fin }\n` },
      ['added fin=>wms#http resolution'],
    ],
    [
      'a source of another kind',
      {
        ...base,
        'landscape.yaml': `${base['landscape.yaml']}  - cron: crontab\n    host: wms.example\n`,
        crontab: '0 1 * * * curl https://fin.example/x\n',
      },
      ['added fin=>wms#http sources'],
    ],
    [
      'a source that is gone',
      {
        ...without('links.csv'),
        'landscape.yaml': base['landscape.yaml'].replace('  - inventory: links.csv\n', ''),
      },
      ['changed erp=>wms#http sources'],
    ],
  ])('%s', async (_name, files, expected) => {
    const [before, after] = [await auditFiles(base), await auditFiles(files)];
    const { links, metrics } = compareAudits(before, after);
    expect(links.map(({ kind, id, cause }) => `${kind} ${id} ${cause}`)).toEqual(expected);
    for (const { base: from, head: to, byCause } of metrics)
      expect(causes.reduce((sum, cause) => sum + byCause[cause], from)).toBeCloseTo(to, 12);
    const back = compareAudits(after, before);
    expect(back.links.map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      expected.map((line) => line.replace(/ \w+$/, '').replace(/^added/, 'removed')),
    );
  });

  test('another version of the tool is the method', async () => {
    const before = { ...(await auditFiles(base)), tool: '1.0.0' };
    const { links, metrics } = compareAudits({ ...before, links: [] } as Audit, {
      ...before,
      tool: '1.1.0',
    });
    expect(links.map(({ cause }) => cause)).toEqual(['method']);
    expect(metrics.find(({ name }) => name === 'links')).toMatchObject({
      base: 0,
      head: 1,
      byCause: { method: 1, landscape: 0, sources: 0, resolution: 0 },
    });
  });
});

describe('landscape diff', () => {
  let folder = '';
  const shown = captureOutput();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'landscape-diff-'));
    const script = { 'scripts/wms/fin.sh': 'curl https://fin.example/x\n' };
    await writeFile(path.join(folder, 'old.json'), JSON.stringify(await auditFiles(base)));
    const later = {
      ...base,
      ...script,
      'landscape.yaml': base['landscape.yaml'].replace('10-01', '11-02'),
    };
    await writeFile(path.join(folder, 'new.json'), JSON.stringify(await auditFiles(later)));
    const renamed = later['landscape.yaml'].replace('A company', 'B company');
    await writeFile(
      path.join(folder, 'renamed.json'),
      JSON.stringify(await auditFiles({ ...later, 'landscape.yaml': renamed })),
    );
    await writeFile(path.join(folder, 'other.json'), '{"name": "something"}');
    await writeFile(path.join(folder, 'text.json'), 'no audit');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const diff = (head: string, ...more: string[]): Promise<number> =>
    run([
      'node',
      'landscape',
      'diff',
      path.join(folder, 'old.json'),
      path.join(folder, head),
      ...more,
    ]);

  test('tells what came, and what it did to the figures', async () => {
    expect(await diff('new.json')).toBe(0);
    expect(shown.errors).toBe('');
    expect(shown.out).toContain(
      'A company, 2026-10-01 → 2026-11-02\n\n1 link added\n  + Finance → Warehouse over https, not registered, coded\n      landscape: scripts/wms/fin.sh:1:1\n',
    );
    expect(shown.out).toMatch(/Unregistered +0 +1 +\+1 +\+1\n/);
    expect(shown.out).toMatch(/Saturation +33 % +67 % +\+33\.3 pt +\+33\.3 pt/);
  });

  test('of what may be two landscapes, it says so; of the same audit, that nothing changed', async () => {
    expect(await diff('renamed.json')).toBe(0);
    expect(shown.out).toContain('The names differ: before it was A company.');
    shown.out = '';
    expect(await diff('old.json')).toBe(0);
    expect(shown.out).toContain(
      '\n\nNo system and no link has changed.\n\nWhy the figures changed',
    );
    expect(shown.out).not.toContain('names differ');
  });

  test('draws the change alone', async () => {
    expect(await diff('new.json', '--mermaid')).toBe(0);
    expect(shown.out).toContain('title: "1 new link, 0 gone, 0 changed"');
    expect(shown.out).toContain('  s0["Finance"]\n  s1["Warehouse"]\n  s0 == "+ https" ==> s1\n');
    expect(shown.out.match(/^ {2}s\d\[/gm)).toHaveLength(2);
  });

  test.each([
    ['gone.json', /gone\.json/],
    ['text.json', /text\.json: is no JSON; name an audit\.json/],
    ['other.json', /other\.json: is no audit: version is not what a scan writes/],
  ])('%s: exit 2 with the remedy', async (head, message) => {
    expect(await diff(head)).toBe(2);
    expect(shown.errors).toMatch(message);
    expect(shown.out).toBe('');
  });
});
