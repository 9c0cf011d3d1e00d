import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-init-'));
  await mkdir(path.join(folder, 'jobs'));
  await writeFile(path.join(folder, 'systems.csv'), 'id,owner,hosts\nerp,A,erp.example\n');
  await writeFile(path.join(folder, 'jobs/pull.sh'), 'curl https://erp.example/x > /tmp/x\n');
  await writeFile(path.join(folder, 'odd.xyz'), 'odd');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function landscape(...args: string[]): Promise<number> {
  return run(['node', 'landscape', ...args]);
}

test('two commands from a folder to a report', async () => {
  expect(await landscape('init', folder), shown.errors).toBe(0);
  expect(shown.out).toContain('inventory  systems.csv  1 system');
  expect(shown.out).toContain('1 .xyz, such as odd.xyz');
  expect(shown.out).toContain(`landscape scan ${folder}`);
  const reports = path.join(folder, 'reports');
  expect(await landscape('scan', folder, '-o', reports, '--no-cache'), shown.errors).toBe(0);
  expect(await readdir(reports)).toContain('report.html');
});

test('what is there is never overwritten: exit code 2 with the remedy', async () => {
  const file = path.join(folder, 'landscape.yaml');
  await writeFile(file, '# mine\n');
  expect(await landscape('init', folder)).toBe(2);
  expect(shown.errors).toContain('is there already');
  expect(shown.errors).toContain('--print');
  expect(await readFile(file, 'utf8')).toBe('# mine\n');
  expect(await landscape('init', folder, '--print')).toBe(0);
  expect(await readFile(file, 'utf8')).toBe('# mine\n');
});

test('--print writes the proposal to standard output, what is said to standard error, and no file', async () => {
  expect(await landscape('init', folder, '--print')).toBe(0);
  expect(shown.out).toMatch(/^# Proposed by/);
  expect(shown.out).not.toContain('Looked at');
  expect(shown.errors).toContain('Looked at 3 files');
  expect(await readdir(folder)).not.toContain('landscape.yaml');
});

test('--json tells all of it', async () => {
  expect(await landscape('init', folder, '--print', '--json')).toBe(0);
  expect(JSON.parse(shown.out)).toMatchObject({
    written: false,
    sources: [{ kind: 'inventory' }, { kind: 'scripts' }],
    notUnderstood: [{ reason: '.xyz', files: 1, examples: ['odd.xyz'] }],
  });
});

test('a folder without any source is exit code 2, and nothing is written', async () => {
  await mkdir(path.join(folder, 'empty'));
  expect(await landscape('init', path.join(folder, 'empty'))).toBe(2);
  expect(shown.errors).toContain('0 files were looked at');
  expect(await readdir(path.join(folder, 'empty'))).toEqual([]);
});
