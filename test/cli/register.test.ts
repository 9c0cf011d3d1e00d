import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-register-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function landscape(command: string, ...args: string[]): Promise<number> {
  shown.out = '';
  shown.errors = '';
  return run(['node', 'landscape', command, ...args, '--no-cache', '--no-progress']);
}

async function findOpen(): Promise<string[]> {
  await landscape('check', folder, '--json');
  return JSON.parse(shown.out).findings.flatMap(
    ({ rule, subject }: { rule: string; subject: string }) =>
      rule === 'unregistered-link' || rule === 'shadow-link' ? [subject] : [],
  );
}

describe('landscape register', () => {
  test.each([
    ['nordfisk', 'integrations.csv'],
    ['plant', 'integrations.yaml'],
    ['hospital', 'integrations.csv'],
    ['webshop', 'integrations.csv'],
  ])('%s: --all leaves nothing unregistered, and old bytes as they are', async (sample, file) => {
    await cp(`inventories/${sample}`, folder, { recursive: true });
    const old = await readFile(path.join(folder, file), 'utf8');
    expect((await findOpen()).length).toBeGreaterThan(0);
    expect(await landscape('register', folder, '--all'), shown.errors).toBe(0);
    expect((await readFile(path.join(folder, file), 'utf8')).startsWith(old)).toBe(true);
    expect(await findOpen()).toEqual([]);
    expect(await landscape('register', folder, '--all')).toBe(2);
    expect(shown.errors).toContain('Every link is registered');
  });

  test('one link: the next id, what the audit knows, and what to fill in', async () => {
    await cp('inventories/nordfisk', folder, { recursive: true });
    expect(await landscape('register', 'warehouse=>finance#file', folder), shown.errors).toBe(0);
    expect(shown.out).toContain('INT-011  warehouse=>finance#file');
    expect(shown.out).toContain('"tbd": owner, team');
    const text = await readFile(path.join(folder, 'integrations.csv'), 'utf8');
    expect(text.split('\n').at(-2)).toBe(
      'INT-011,warehouse,finance,carrier,sftp,file,,45 4 * * 1-5,tbd,tbd,business-critical,approved,,',
    );
    expect(await findOpen()).not.toContain('warehouse=>finance#file');
  });

  test('--print writes nothing; a new file gets a header and is told to be no source', async () => {
    await cp('inventories/nordfisk', folder, { recursive: true });
    const to = path.join(folder, 'more.csv');
    const args = ['quality=>erp#file', folder, '--to', to];
    expect(await landscape('register', ...args, '--print'), shown.errors).toBe(0);
    expect(shown.out).toMatch(/^quality-erp,quality,erp,carrier,scp,/);
    await expect(readFile(to)).rejects.toThrow();
    expect(await landscape('register', ...args), shown.errors).toBe(0);
    expect(await readFile(to, 'utf8')).toMatch(/^id,from,to,.*\nquality-erp,quality,erp,.*,tbd\n$/);
    expect(shown.out).toContain('- inventory: more.csv');
  });

  test.each([
    [['warehouse=>finance#fle'], 'Did you mean "warehouse=>finance#file"?'],
    [['erp=>warehouse#http'], 'registered already, as INT-001'],
    [[], 'Name their keys, or use --all'],
  ])('%j is exit code 2 with what to do', async (links, expected) => {
    expect(await landscape('register', ...links, 'inventories/nordfisk')).toBe(2);
    expect(shown.errors).toContain(expected);
  });
});
