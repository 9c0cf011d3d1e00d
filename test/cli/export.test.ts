import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { exchangeFormats } from '../../src/renderers/exchange/formats.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-export-'));
  await writeFile(
    path.join(folder, 'landscape.yaml'),
    'name: Secret Fish\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
  );
  await writeFile(
    path.join(folder, 'systems.csv'),
    'id,name,domain,team,hosts\nerp,Salmon ERP,core,Team Cod,erp.fish.example\nwms,Herring store,logistics,Team Eel,\n',
  );
  await writeFile(
    path.join(folder, 'links.csv'),
    'from,to,protocol,objects\nerp,wms,https,orders\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An output folder of its own for each test. */
let to = '';
beforeEach(async () => {
  to = await mkdtemp(path.join(folder, 'to-'));
});

const exportIt = (...more: string[]): Promise<number> =>
  run(['node', 'landscape', 'export', folder, '--no-cache', '--no-progress', ...more]);

/** What each format begins with, and how it names the link. */
const begins: Readonly<Record<string, readonly [RegExp, RegExp]>> = {
  graphml: [/^<\?xml[^>]*>\s*<graphml /, /erp=&gt;wms#http/],
  gexf: [/^<\?xml[^>]*>\s*<gexf /, /erp=&gt;wms#http/],
  dot: [/^digraph landscape \{/, /linkKey="erp=>wms#http"/],
  jgf: [/^\{\s*"graph"/, /"erp=>wms#http"/],
  structurizr: [/^workspace /, /erp -> wms/],
  likec4: [/^specification \{/, /s_erp -> s_wms/],
  archimate: [/^<\?xml[^>]*>\s*<model /, /xsi:type="Flow"/],
  backstage: [/^---\napiVersion: "backstage\.io/, /providesApis|consumesApis|dependsOn/],
};
const single = Object.keys(exchangeFormats).filter((name) => name !== 'csv');

describe('landscape export', () => {
  test('knows every format that is tested here, and the help names each', async () => {
    expect(Object.keys(begins).sort()).toEqual(single.sort());
    expect(await run(['node', 'landscape', 'export', '--help'])).toBe(0);
    for (const name of Object.keys(exchangeFormats)) expect(shown.out).toContain(name);
  });

  test.each(single)('--format %s goes to standard output, or to a file', async (format) => {
    const [begin, link] = begins[format] ?? [/never/, /never/];
    expect(await exportIt('--format', format)).toBe(0);
    expect(shown.errors).toBe('');
    expect(shown.out).toMatch(begin);
    expect(shown.out).toMatch(link);
    const printed = shown.out;
    shown.out = '';
    const file = path.join(to, 'below', `landscape.${format}`);
    expect(await exportIt('--format', `${format}=${file}`)).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(printed);
    expect(shown.out).toBe(`${format}  ${file}\n2 systems, 1 link.\n`);
  });

  test('csv is a folder of two tables', async () => {
    expect(await exportIt('--format', `csv=${to}`)).toBe(0);
    expect((await readdir(to)).sort()).toEqual(['links.csv', 'systems.csv']);
    expect(await readFile(path.join(to, 'links.csv'), 'utf8')).toMatch(/erp,wms/);
  });

  test('several formats at once, one of them packed, with a summary as JSON', async () => {
    const packed = path.join(to, 'a.graphml.gz');
    expect(await exportIt('--format', `graphml=${packed}`, '--format', `csv=${to}`, '--json')).toBe(
      0,
    );
    expect(JSON.parse(shown.out)).toEqual({
      systems: 2,
      links: 1,
      written: [
        { format: 'graphml', file: packed },
        { format: 'csv', file: path.join(to, 'systems.csv') },
        { format: 'csv', file: path.join(to, 'links.csv') },
      ],
    });
    expect(gunzipSync(await readFile(packed)).toString()).toContain('Salmon ERP');
  });

  test('--quiet prints nothing but what goes to standard output', async () => {
    expect(await exportIt('--format', `dot=${path.join(to, 'a.dot')}`, '--quiet')).toBe(0);
    expect(shown.out + shown.errors).toBe('');
    expect(await exportIt('--format', 'dot', '--quiet')).toBe(0);
    expect(shown.out).toMatch(/^digraph/);
  });

  test.each(Object.keys(exchangeFormats))('--anonymise: no name is left in %s', async (format) => {
    const file = path.join(to, format);
    expect(await exportIt('--anonymise', '--format', `${format}=${file}`)).toBe(0);
    const files =
      format === 'csv' ? (await readdir(file)).map((name) => path.join(file, name)) : [file];
    const text = (await Promise.all(files.map((name) => readFile(name, 'utf8')))).join('\n');
    expect(text).toMatch(/system-\d/);
    expect(text).not.toMatch(
      /salmon|herring|\bcod\b|\beel\b|fish|orders|logistics|\berp\b|\bwms\b/i,
    );
  });

  test.each<[string[], RegExp]>([
    [[], /needs at least one --format .* csv, graphml, gexf, dot, jgf/],
    [['--format', 'graphlm'], /"graphlm" is no format.*graphml/],
    [['--format', 'graphml='], /names no file behind "="/],
    [['--format', 'csv'], /name the folder they go to: --format csv=<folder>/],
    [['--format', 'dot', '--format', 'jgf'], /standard output already takes dot/],
    [['--format', 'dot=a', '--format', 'jgf=./a'], /already takes dot/],
    [['--format', 'dot', '--json'], /--json and --format dot both go to standard output/],
  ])('%j: exit 2 with the remedy', async (args, message) => {
    expect(await exportIt(...args)).toBe(2);
    expect(shown.errors).toMatch(message);
    expect(shown.out).toBe('');
  });

  test('a landscape or a file that is not there is exit 2', async () => {
    expect(await run(['node', 'landscape', 'export', to, '--format', 'dot'])).toBe(2);
    expect(shown.errors).toContain('landscape.yaml');
    await writeFile(path.join(to, 'plain'), '');
    expect(await exportIt('--format', `dot=${path.join(to, 'plain', 'a.dot')}`)).toBe(2);
    expect(shown.errors).toContain('plain');
  });

  test('a reader that has seen enough is no failure', () => {
    const { status, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; "${process.execPath}" bin/landscape.js export inventories/plant --no-cache --format graphml | head -c 20 > /dev/null`,
      ],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
