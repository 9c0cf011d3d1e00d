import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { toWebAddress } from '../../src/cli/tool-version.ts';
import { readGithub } from '../renderers/checks/readers.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';
const at = (...names: string[]): string => path.join(folder, ...names);

beforeEach(async () => {
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-formats-'));
  await cp('inventories/nordfisk', at('ops', 'nordfisk'), { recursive: true });
  await mkdir(at('.git'));
  await writeFile(at('.git', 'HEAD'), 'ref: refs/heads/main\n');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function check(...args: string[]): Promise<number> {
  shown.out = '';
  shown.errors = '';
  return run([
    ...['node', 'landscape', 'check', at('ops', 'nordfisk')],
    ...['--today', '2026-11-02', '--no-cache', '--no-progress', ...args],
  ]);
}

describe('formats', () => {
  test('go to files, each whole, and what a person reads to standard output', async () => {
    const code = await check(
      ...['--format', `sarif=${at('out', 'a.sarif')}`, '--format', `junit=${at('out', 'b.xml')}`],
    );
    expect(code).toBe(1);
    expect(shown.out).toContain('Failed: 5 errors');
    expect(shown.out).toMatch(/^ {4}> 20 \| {5}response = requests\.get\($/m);
    expect((await readdir(at('out'))).sort()).toEqual(['a.sarif', 'b.xml']);
    const sarif = JSON.parse(await readFile(at('out', 'a.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(12);
    expect(await readFile(at('out', 'b.xml'), 'utf8')).toContain('failures="5"');
  });

  test('name files from the root of the checkout', async () => {
    await check('--format', 'github');
    const annotations = readGithub(shown.out);
    expect(annotations).toHaveLength(12);
    expect(annotations[0]?.values['file']).toBe('ops/nordfisk/scripts/finance/ledger_refresh.sql');
  });

  test('name files from the landscape where it lies in no checkout', async () => {
    await rm(at('.git'), { recursive: true });
    await check('--format', 'github');
    const [first] = readGithub(shown.out);
    expect(first?.values['file']).toBe('scripts/finance/ledger_refresh.sql');
    expect(shown.out).not.toContain('../');
  });

  test('GitHub gets a summary beside what is there already', async () => {
    await writeFile(at('summary.md'), '# before\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', at('summary.md'));
    await check();
    expect(await readFile(at('summary.md'), 'utf8')).toBe('# before\n');
    await check('--format', 'github');
    const summary = await readFile(at('summary.md'), 'utf8');
    expect(summary).toMatch(/^# before\n<!-- landscape-check Nordfisk-Seafood -->/);
    expect(summary).toContain('```mermaid');
    vi.stubEnv('GITHUB_STEP_SUMMARY', at('none', 'summary.md'));
    expect(await check('--format', 'github')).toBe(2);
    expect(shown.errors).toContain('cannot be written');
  });

  test('--json is --format json', async () => {
    await check('--json');
    const before = shown.out;
    await check('--format', 'json');
    expect(shown.out).toBe(before);
    expect(JSON.parse(before)).toMatchObject({ clean: false, errors: 5, accepted: 0 });
  });

  test('--quiet is silent where the check is clean', async () => {
    expect(await check('--quiet', '--max-findings', '5')).toBe(0);
    expect(shown.out).toBe('');
    expect(await check('--quiet')).toBe(1);
    expect(shown.out).toContain('Failed');
  });

  test.each([
    [['sarf'], '--format "sarf" is no format. Did you mean "sarif"? Known formats: text, json'],
    [['toString'], '"toString" is no format.'],
    [['sarif='], 'write --format sarif=<file>'],
    [['sarif', 'text'], 'standard output already takes sarif'],
    [['junit=x.xml', 'sarif=./x.xml'], './x.xml already takes junit'],
    [['junit=-', 'text'], 'standard output already takes junit'],
  ])('%j is refused before anything is read', async (formats, message) => {
    const code = await check(...formats.flatMap((format) => ['--format', format]));
    expect(code).toBe(2);
    expect(shown.errors).toContain(message);
    expect(shown.out).toBe('');
  });

  test('--json takes standard output, too', async () => {
    expect(await check('--json', '--format', 'github')).toBe(2);
    expect(await check('--json', '--format', `github=${at('commands.txt')}`)).toBe(1);
    expect(JSON.parse(shown.out).errors).toBe(5);
  });

  test('a file that cannot be written is no clean check', async () => {
    await writeFile(at('file'), '');
    expect(await check('--format', `sarif=${at('file', 'x.sarif')}`)).toBe(2);
    expect(shown.errors).toContain('cannot be written');
  });
});

test.each([
  [undefined, undefined],
  ['github:o/landscape', 'https://github.com/o/landscape'],
  ['o/landscape', 'https://github.com/o/landscape'],
  [{ url: 'git+https://host.example/o/landscape.git' }, 'https://host.example/o/landscape'],
  [{ url: 'git+ssh://git@host.example/o/landscape.git' }, 'https://host.example/o/landscape'],
  [{ url: 'file:///tmp/x' }, undefined],
  [{}, undefined],
])('the pages of the rules: %j', (repository, address) => {
  expect(toWebAddress(repository)).toBe(address);
});
