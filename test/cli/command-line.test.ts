import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dump, load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does. `npm test` builds it first. */
function landscape(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, ['bin/landscape.js', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a landscape and returns its folder. */
async function write(name: string, contents: Record<string, string>): Promise<string> {
  for (const [file, text] of Object.entries(contents)) {
    const target = path.join(folder, name, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  return path.join(folder, name);
}

const clean = {
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: wms\n',
  'systems.csv': 'id,hosts,team\nerp,erp.example,A\nwms,wms.example,B\n',
  'links.csv': 'id,from,to,protocol\nL1,erp,wms,https\n',
  'scripts/pull.sh': 'curl https://erp.example/orders\n',
};

describe('exit codes', () => {
  test('0 when all is registered', async () => {
    const { code, stdout, stderr } = await landscape(['check', await write('clean', clean)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Passed: no error');
  });

  test('1 when evidence shows a point-to-point link that the registry does not have', async () => {
    const place = await write('findings', {
      ...clean,
      'scripts/push.sh': '\ncurl -d @x https://erp.example/stock\n',
    });
    const { code, stdout, stderr } = await landscape(['check', place]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('wms → erp over https is point-to-point and not registered');
    expect(stdout).toContain('scripts/push.sh:2:1');
  });

  test('nordfisk: every planted unregistered link is named, with file and line', async () => {
    const { code, stdout } = await landscape(['check', 'inventories/nordfisk']);
    expect(code).toBe(1);
    for (const place of [
      'scripts/quality/pull-batches.ts:19',
      'scripts/data/forecast.py:20',
      'scripts/shipments_to_finance.sh:23',
      'scripts/finance/ledger_refresh.sql:23',
      'cron.d/etl01-nightly:10',
      'ERP → Transport portal',
    ])
      expect(stdout).toContain(place);
    expect(stdout).toContain('Failed: 5 errors');
  });

  const broken: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    [
      'a broken registry row',
      { ...clean, 'links.csv': 'id,from,to\nL1,erp,wms\nL2,erp\n' },
      /^links\.csv:3:1: the link row has no "to"; fill it in$/,
    ],
    [
      'a YAML typo',
      { ...clean, 'landscape.yaml': 'sources:\n  - inventory: systems.csv\n   cron: x\n' },
      /^landscape\.yaml:3:\d+: not valid YAML: .*\. Check indentation/,
    ],
    [
      'a missing file',
      { ...clean, 'landscape.yaml': 'sources:\n  - inventory: sistems.csv\n' },
      /^landscape\.yaml:2:5: sistems\.csv: no such file or folder; check the path\./,
    ],
    [
      'an unknown key',
      { ...clean, 'landscape.yaml': 'sorces:\n  - inventory: systems.csv\n' },
      /^landscape\.yaml:1:1: unknown key "sorces"\. Did you mean "sources"\?$/,
    ],
    [
      'an unknown option of a source',
      { ...clean, 'landscape.yaml': 'sources:\n  - inventory: systems.csv\n    colums: {}\n' },
      /^landscape\.yaml:3:5: unknown key "colums"\. Did you mean "columns"\?$/,
    ],
    [
      'an unknown kind of source',
      { ...clean, 'landscape.yaml': 'sources:\n  - inventroy: systems.csv\n' },
      /^landscape\.yaml:2:5: "inventroy" is no kind of source\. Did you mean "inventory"\?$/,
    ],
    [
      'an empty folder',
      { 'readme.txt': '' },
      /an-empty-folder\/landscape\.yaml: there is none; name a folder that has one/,
    ],
    [
      'a date that is none',
      { ...clean, 'landscape.yaml': 'asOf: 2026-02-30\nsources:\n  - inventory: systems.csv\n' },
      /^landscape\.yaml:1:1: "asOf": expected a date/,
    ],
  ];
  test.each(broken)(
    '2 for %s: one sentence with place and remedy, no stack',
    async (name, contents, message) => {
      const place = await write(name.replaceAll(' ', '-'), contents);
      for (const command of ['check', 'scan']) {
        if (command === 'scan' && name === 'a broken registry row') continue;
        const { code, stdout, stderr } = await landscape([
          command,
          place,
          ...(command === 'scan' ? ['-o', path.join(folder, 'out')] : []),
        ]);
        expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
        expect(stderr.trim()).toMatch(message);
        expect(stderr).not.toMatch(/\n\s+at /);
      }
    },
  );

  test.each([
    [['check', 'no-such-folder'], /no such file or folder/],
    [['chek'], /unknown command 'chek'/],
    [['check', '--no-such-option'], /unknown option/],
    [['check', '--today', '2026-13-01'], /--today "2026-13-01" is no date/],
    [['scan', 'inventories/nordfisk', '--quiet', '-o', 'package.json/x'], /cannot be written/],
  ] as const)('2 for %j', async (args, message) => {
    const { code, stdout, stderr } = await landscape(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('0 for help and version', async () => {
    for (const args of [
      ['--help'],
      ['scan', '--help'],
      ['check', '--help'],
      ['explain', '--help'],
      ['diff', '--help'],
      ['impact', '--help'],
      ['collect', '--help'],
      ['bundle', '--help'],
      ['init', '--help'],
      ['unresolved', '--help'],
      ['register', '--help'],
      ['--version'],
    ]) {
      const { code, stdout, stderr } = await landscape(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      if (args.includes('--help')) expect(stdout).toContain('Examples:');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(84);
    }
  });
});

describe('scan', () => {
  test('writes every report and says which to open', async () => {
    const output = path.join(folder, 'reports');
    const { code, stdout, stderr } = await landscape([
      'scan',
      'inventories/nordfisk',
      '-o',
      output,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await readdir(output)).sort()).toEqual([
      'audit.json',
      'landscape.md',
      'landscape.mmd',
      'migration-plan.md',
      'report.html',
    ]);
    expect(stdout).toContain(path.join(output, 'report.html'));
    expect(stdout).toContain('7 systems are wired by 16 links; 6 of them nobody registered');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what must not be there
    expect(stdout).not.toMatch(/\u001b/);
  });

  test('--json prints the audit and nothing else', async () => {
    const { stdout } = await landscape([
      'scan',
      'inventories/nordfisk',
      '--json',
      '-o',
      path.join(folder, 'json'),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      name: 'Nordfisk Seafood',
      asOf: '2026-11-02',
    });
  });

  test('--quiet prints nothing', async () => {
    expect(
      await landscape([
        'scan',
        'inventories/nordfisk',
        '--quiet',
        '-o',
        path.join(folder, 'quiet'),
      ]),
    ).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  /** Scans into a folder of its own and returns every report as text. */
  async function scanTo(name: string, place: string, env: Record<string, string>) {
    const output = path.join(folder, name);
    const args = ['scan', place, '--quiet', '--today', '2026-11-02', '-o', output];
    expect(await landscape(args, env)).toEqual({ code: 0, stdout: '', stderr: '' });
    const files = (await readdir(output)).sort();
    expect(files).toHaveLength(5);
    const texts = files.map(async (file) => [
      file,
      await readFile(path.join(output, file), 'utf8'),
    ]);
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  }

  test('twice, in another time zone and locale: the same bytes', async () => {
    const first = await scanTo('first', 'inventories/nordfisk', { TZ: 'UTC', LC_ALL: 'C' });
    const second = await scanTo('second', 'inventories/nordfisk', {
      TZ: 'Pacific/Auckland',
      LC_ALL: 'tr_TR.UTF-8',
    });
    for (const [file, text] of Object.entries(first))
      expect(second[file] === text, file).toBe(true);
  });

  test('with the sources in another order: the same bytes, but for the digest of the order itself', async () => {
    const config = load(await readFile('inventories/nordfisk/landscape.yaml', 'utf8')) as {
      sources: unknown[];
    };
    const scanWith = async (name: string, text: string): Promise<Record<string, string>> => {
      const copy = path.join(folder, name);
      await cp('inventories/nordfisk', copy, { recursive: true });
      await writeFile(path.join(copy, 'landscape.yaml'), text);
      return scanTo(`scan-${name}`, copy, {});
    };
    const text = dump(config);
    const reversed = dump({ ...config, sources: config.sources.toReversed() });
    const first = await scanWith('in-order', text);
    const second = await scanWith('in-reverse', reversed);
    const digest = (of: string): string => createHash('sha256').update(of).digest('hex');
    for (const [file, expected] of Object.entries(first)) {
      const found = second[file]?.replaceAll(digest(reversed), digest(text));
      expect(found === expected, file).toBe(true);
    }
  });
});
