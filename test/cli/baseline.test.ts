import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/main.ts';
import type { Finding } from '../../src/finding.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';

beforeEach(async () => {
  vi.stubEnv('CI', '');
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-baseline-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function landscape(command: string, ...args: string[]): Promise<number> {
  shown.out = '';
  shown.errors = '';
  return run(['node', 'landscape', command, folder, ...args, '--no-cache', '--no-progress']);
}

const loan = ['--owner', 'Lager', '--reason', 'found at the start'];
const today = ['--today', '2026-11-02'];
const at = (name: string): string => path.join(folder, name);
const baseline = (): Promise<string> => readFile(at('landscape-baseline.yaml'), 'utf8');

interface Checked {
  readonly clean: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly accepted: number;
  readonly findings: readonly Finding[];
}

async function check(...args: string[]): Promise<Checked> {
  const code = await landscape('check', '--json', ...today, ...args);
  const checked = JSON.parse(shown.out) as Checked;
  expect(code, shown.errors).toBe(checked.clean ? 0 : 1);
  return checked;
}

async function edit(name: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(at(name), 'utf8');
  expect(change(text)).not.toBe(text);
  await writeFile(at(name), change(text));
}

/** An unregistered link over a clear protocol, and a system without an owner. */
const small = {
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: wms\n',
  'systems.csv': 'id,hosts,team\nerp,erp.example,A\nwms,wms.example,A\ncrm,crm.example,\n',
  'links.csv': 'id,from,to,protocol\nL1,wms,erp,https\n',
  'scripts/pull.sh': 'curl -o in.csv http://erp.example/orders\n',
};

async function writeSmall(): Promise<void> {
  await mkdir(at('scripts'));
  for (const [name, text] of Object.entries(small)) await writeFile(at(name), text);
}

const newLine = '\ncurl -fsS -d @/tmp/orders.json https://crm.haldenpump.example/orders\n';

describe('adoption on a landscape full of findings', () => {
  beforeEach(() => cp('inventories/plant', folder, { recursive: true }));

  test('accept, stay green, catch one new line, register it, take out what is mended', async () => {
    expect((await check()).clean).toBe(false);
    expect(await landscape('baseline', ...loan, ...today), shown.errors).toBe(0);
    expect(shown.out).toContain('until 2027-01-31, for Lager');

    const green = await check('--fail-on', 'warn');
    expect(green).toMatchObject({ clean: true, errors: 0, warnings: 0 });
    // Notes are not accepted, for they fail nothing.
    expect(green.accepted).toBe(
      green.findings.filter(({ severity }) => severity !== 'info').length,
    );
    expect(green.accepted).toBeGreaterThan(12);

    const script = 'scripts/erp/push-orders.sh';
    const line = (await readFile(at(script), 'utf8')).split('\n').length + 1;
    await appendFile(at(script), newLine);
    const red = await check('--fail-on', 'warn');
    const open = red.findings.filter(({ accepted, severity }) => !accepted && severity !== 'info');
    expect(open).toMatchObject([
      { rule: 'unregistered-link', severity: 'error', subject: 'erp=>crm#http' },
    ]);
    expect(open[0]?.evidence[0]).toMatchObject({ file: script, line });

    const link = 'erp=>crm#http';
    shown.out = '';
    await run(['node', 'landscape', 'register', link, folder, '--no-cache', '--no-progress']);
    // What else is said of the line warns by itself from then on.
    expect(await check()).toMatchObject({ clean: true });

    await landscape('register', '--all');
    const mended = await check();
    expect(
      new Set(
        mended.findings
          .filter(({ accepted, severity }) => !accepted && severity === 'error')
          .map(({ rule }) => rule),
      ),
    ).toEqual(new Set(['stale-baseline']));
    expect(mended.clean).toBe(false);
    expect(await check('--allow-stale-baseline')).toMatchObject({ clean: true });
    const before = load(await baseline()) as { accepted: unknown[] };
    expect(await landscape('baseline', '--prune', ...today), shown.errors).toBe(0);
    const after = load(await baseline()) as { accepted: unknown[] };
    expect(before.accepted).toEqual(expect.arrayContaining(after.accepted));
    expect(before.accepted.length - after.accepted.length).toBe(mended.errors);
    expect(await check()).toMatchObject({ clean: true, errors: 0 });
  }, 180_000);

  test('stays green when lines move, files are renamed and line ends change', async () => {
    await landscape('baseline', ...loan, ...today);
    await edit(
      'cron.d/etl01',
      (text) => `# moved\n\n${text.replaceAll('sales-extract.sh', 'sales.sh')}`,
    );
    await rename(
      at('scripts/reporting/old/sales-extract.sh'),
      at('scripts/reporting/old/sales.sh'),
    );
    await edit('scripts/quality/import_master_data.sql', (text) => text.replaceAll('\n', '\r\n'));
    expect(await check('--fail-on', 'warn')).toMatchObject({ clean: true, warnings: 0 });
  });

  test('a secret that comes later is not hidden by the link that is accepted', async () => {
    await landscape('baseline', ...loan, ...today);
    await edit('scripts/erp/push-orders.sh', (text) => `${text}\nexport PGPASSWORD=Later-42\n`);
    const { findings } = await check();
    const open = findings.filter(({ accepted, severity }) => !accepted && severity !== 'info');
    expect(open.map(({ rule }) => rule)).toEqual(['credential-in-code']);
  });
});

describe('a loan', () => {
  beforeEach(writeSmall);

  test('holds on its last day, and counts again on the next', async () => {
    await landscape('baseline', ...loan, ...today, '--expires', '2026-12-01');
    expect(await landscape('check', '--today', '2026-12-01')).toBe(0);
    expect(shown.out).toContain(
      'Accepted 29 days ago by Lager until 2026-12-01: found at the start',
    );
    expect(await landscape('check', '--today', '2026-12-02')).toBe(1);
    expect(shown.out).toContain('was accepted by Lager until 2026-12-01, which is over:');
    expect(shown.out).toMatch(
      /0 accepted by landscape-baseline\.yaml, 3 fewer than it lists, 3 of them\s+over\s+or\s+outgrown\./,
    );
    await landscape('baseline', ...loan, '--today', '2026-12-02');
    expect(shown.out).toContain(
      '3 entries are over or accepted for less than there is, and count again',
    );
    await landscape(
      'baseline',
      '--renew',
      '--owner',
      'ERP team',
      '--reason',
      'later',
      '--today',
      '2026-12-02',
    );
    expect(shown.out).toContain('Renewed 3 entries');
    expect(await landscape('check', '--today', '2026-12-02')).toBe(0);
    expect(shown.out).toContain('Accepted today by ERP team');
  });

  test('keeps what is known of it when more is accepted', async () => {
    await landscape('baseline', ...loan, ...today, '--rule', 'no-owner');
    const [first] = (load(await baseline()) as { accepted: object[] }).accepted;
    await landscape('baseline', '--owner', 'Other', '--reason', 'more', '--today', '2026-11-09');
    const { accepted } = load(await baseline()) as { accepted: object[] };
    expect(accepted).toHaveLength(3);
    expect(accepted).toContainEqual(first);
    const bytes = await baseline();
    await landscape('baseline', '--owner', 'Third', '--reason', 'nothing new', ...today);
    expect(shown.out).toContain('Nothing to accept');
    expect(await baseline()).toBe(bytes);
  });

  test('is for a part only where a rule or subject is named', async () => {
    await landscape(
      'baseline',
      ...loan,
      ...today,
      '--rule',
      'unregistered-link',
      '--subject',
      'erp=>wms#http',
    );
    expect((load(await baseline()) as { accepted: object[] }).accepted).toMatchObject([
      {
        rule: 'unregistered-link',
        subject: 'erp=>wms#http',
        owner: 'Lager',
        expires: '2027-01-31',
      },
    ]);
    expect(await check()).toMatchObject({ errors: 0, warnings: 2 });
  });

  test('keeps the line ends of the file', async () => {
    await landscape('baseline', ...loan, ...today, '--rule', 'no-owner');
    await edit('landscape-baseline.yaml', (text) => text.replaceAll('\n', '\r\n'));
    await landscape('baseline', ...loan, ...today);
    expect((await baseline()).replaceAll('\r\n', '')).not.toContain('\n');
  });
});

describe('is refused with exit code 2', () => {
  beforeEach(writeSmall);

  test.each([
    ['nobody answers for it', ['--reason', 'x'], 'why: --owner <team>'],
    ['a placeholder', ['--owner', 'tbd', '--reason', 'x'], 'why: --owner <team>'],
    ['no reason', ['--owner', 'x'], '--reason <text>'],
    [
      'a year is not enough',
      [...loan, '--expires', '2028-01-01'],
      'ends within a year: by 2027-11-03',
    ],
    ['it is over', [...loan, '--expires', '2026-11-01'], 'before today, 2026-11-02'],
    ['no date', [...loan, '--expires', 'soon'], 'is no date'],
    ['no rule', [...loan, '--rule', 'no-ownr'], 'Did you mean "no-owner"?'],
    ['no subject', [...loan, '--subject', 'erp=>wms#htt'], 'Did you mean "erp=>wms#http"?'],
  ])('%s', async (_why, args, told) => {
    expect(await landscape('baseline', ...today, ...args)).toBe(2);
    expect(shown.errors).toContain(told);
    await expect(baseline()).rejects.toThrow('ENOENT');
  });

  test('a pipeline accepts nothing, and may look', async () => {
    vi.stubEnv('CI', 'true');
    expect(await landscape('baseline', ...loan)).toBe(2);
    expect(shown.errors).toContain('a pipeline must not accept its own findings');
    expect(await landscape('baseline', ...loan, '--print')).toBe(0);
    expect(load(shown.out)).toMatchObject({ version: 1 });
    await expect(baseline()).rejects.toThrow('ENOENT');
  });

  test.each([
    [
      'an unknown key',
      (text: string) => text.replace('owner:', 'ownr:'),
      /:10:5: unknown key "ownr"\. Did you mean "owner"\?/,
    ],
    [
      'no version',
      (text: string) => text.replace('version: 1', 'version: 2'),
      /:4:1: "version": expected 1/,
    ],
    [
      'a rule that is none',
      (text: string) => text.replace('rule: no-owner', 'rule: no-ownr'),
      /:7:5: "no-ownr" is no rule\. Did you mean "no-owner"\?/,
    ],
    [
      'no date',
      (text: string) => text.replace('2027-01-31', '2027-02-31'),
      /"expires": expected a date/,
    ],
    [
      'longer than a year',
      (text: string) => text.replace('2027-01-31', '2028-01-31'),
      /is 455 days after 2026-11-02/,
    ],
    [
      'an end before its start',
      (text: string) => text.replace('2027-01-31', '2026-01-31'),
      /ends before it begins/,
    ],
    [
      'an owner who is none',
      (text: string) => text.replace('owner: Lager', 'owner: "?"'),
      /nothing is accepted by nobody/,
    ],
    [
      'a number for a fingerprint',
      (text: string) => text.replace(/"[0-9a-f]{16}"/, '1234567890123456'),
      /16 hexadecimal digits, in quotes/,
    ],
    [
      'one finding twice',
      (text: string) => text + text.slice(text.indexOf('  - ')),
      /is accepted at landscape-baseline\.yaml:6:5 already/,
    ],
    ['no YAML', (text: string) => `${text}\n  - [`, /not valid YAML/],
    ['an empty file', () => '', /"accepted"/],
  ])('%s in the file', async (_what, change, told) => {
    await landscape('baseline', ...loan, ...today, '--rule', 'no-owner');
    await edit('landscape-baseline.yaml', change);
    expect(await landscape('check', ...today)).toBe(2);
    expect(shown.errors).toMatch(told);
    expect(shown.errors).not.toContain('defect');
  });

  test('a file that is named and not there', async () => {
    expect(await landscape('check', '--baseline', at('other.yaml'))).toBe(2);
    expect(shown.errors).toContain('other.yaml: no such file');
    await edit('landscape.yaml', (text) => `baseline: gone.yaml\n${text}`);
    expect(await landscape('check')).toBe(2);
    expect(shown.errors).toContain('landscape.yaml:1:1: gone.yaml: no such file');
  });
});

describe('check', () => {
  beforeEach(writeSmall);

  test('reads the file that the configuration or the option names', async () => {
    await edit('landscape.yaml', (text) => `baseline: accepted/all.yaml\n${text}`);
    await landscape('baseline', ...loan, ...today);
    expect(await readFile(at('accepted/all.yaml'), 'utf8')).toContain('version: 1');
    expect(await check()).toMatchObject({ clean: true });
    await landscape(
      'baseline',
      ...loan,
      ...today,
      '--rule',
      'no-owner',
      '--baseline',
      at('few.yaml'),
    );
    expect((await check('--baseline', at('few.yaml'))).errors).toBe(1);
  });

  test('fails on as much as it is told to', async () => {
    const { errors, warnings } = await check();
    expect([errors, warnings]).toEqual([1, 1]);
    const codeOf = (...args: string[]): Promise<number> => landscape('check', ...today, ...args);
    expect(await codeOf('--max-findings', String(errors))).toBe(0);
    expect(await codeOf('--max-findings', String(errors - 1))).toBe(1);
    expect(await codeOf('--fail-on', 'warn', '--max-findings', String(errors))).toBe(1);
    expect(await codeOf('--fail-on', 'warn', '--max-findings', String(errors + warnings))).toBe(0);
    expect(await codeOf('--no-exit-code')).toBe(0);
    expect(shown.out).toContain('Failed: 1 error');
    expect(await codeOf('--fail-on', 'info')).toBe(2);
    expect(await codeOf('--max-findings', '-1')).toBe(2);
    await edit('landscape.yaml', (text) => `ruls: {}\n${text}`);
    expect(await codeOf('--no-exit-code')).toBe(2);
  });

  test('reports go on showing what is accepted, with its age', async () => {
    await landscape('baseline', ...loan, ...today);
    await landscape('scan', '-o', at('out'), '--today', '2026-11-12');
    expect(shown.out).toContain('beside 2 findings that are accepted for now');
    const html = await readFile(at('out/report.html'), 'utf8');
    expect(html).toContain('none an error, 2 accepted for now');
    for (const text of [html, await readFile(at('out/landscape.md'), 'utf8')])
      expect(text).toMatch(/ccepted 10 days ago by Lager until 2027-01-31: found at the start\./);
    const audit = JSON.parse(await readFile(at('out/audit.json'), 'utf8'));
    expect(audit.baseline).toEqual({ file: 'landscape-baseline.yaml', entries: 3 });
    expect(audit.findings[0].accepted).toMatchObject({ owner: 'Lager', acceptedOn: '2026-11-02' });
    expect(audit.inputs.map(({ file }: { file: string }) => file)).toContain(
      'landscape-baseline.yaml',
    );
  });
});
