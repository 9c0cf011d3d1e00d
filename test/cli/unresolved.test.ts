import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const config = `# ours
sources:
  - inventory: systems.csv # all of them
  - scripts: jobs
    system: finance
`;

const shown = captureOutput();
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-unresolved-'));
  const { mkdir } = await import('node:fs/promises');
  await mkdir(path.join(folder, 'jobs'));
  await writeFile(path.join(folder, 'landscape.yaml'), config);
  await writeFile(
    path.join(folder, 'systems.csv'),
    'id,name,owner,hosts\nerp,ERP,A,erp.example\nfinance,Finance,B,f.example\nwarehouse,Warehouse,C,w.example\n',
  );
  await writeFile(
    path.join(folder, 'jobs/a.sh'),
    'curl https://erp-vip.corp.example/a -o /tmp/a\ncurl https://rates.example.net/b -o /tmp/b\ncurl https://rates.example.net/c -o /tmp/c\ncurl "$STOCK_URL/x" -o /tmp/d\n',
  );
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function unresolved(...more: string[]): Promise<number> {
  shown.out = '';
  return run(['node', 'landscape', 'unresolved', folder, '--no-cache', '--no-color', ...more]);
}

async function listReferences(): Promise<string[]> {
  expect(await unresolved('--json'), shown.errors).toBe(0);
  return JSON.parse(shown.out).unresolved.map((item: { reference: string }) => item.reference);
}

describe('landscape unresolved', () => {
  test('lists the heaviest first, with places, suggestions and aliases to paste', async () => {
    expect(await unresolved(), shown.errors).toBe(0);
    expect(await listReferences()).toEqual([
      'rates.example.net',
      'erp-vip.corp.example',
      '{STOCK_URL}/x',
    ]);
    await unresolved();
    expect(shown.out).toContain('rates.example.net  2 places');
    expect(shown.out).toContain('at jobs/a.sh:2:1');
    expect(shown.out).toContain('did you mean erp?');
    expect(shown.out).toContain('aliases:\n  erp-vip.corp.example: erp\n');
  });

  test('--accept-suggestions adds what was suggested, and nothing else changes', async () => {
    expect(await unresolved('--accept-suggestions'), shown.errors).toBe(0);
    const text = await readFile(path.join(folder, 'landscape.yaml'), 'utf8');
    expect(text).toBe(`${config}aliases:\n  erp-vip.corp.example: erp\n`);
    expect(await listReferences()).toEqual(['rates.example.net', '{STOCK_URL}/x']);
    expect(await unresolved('--accept-suggestions')).toBe(2);
    expect(shown.errors).toContain('no suggestion to accept');
  });

  test('--write-aliases takes references and globs; afterwards they have a system', async () => {
    expect(
      await unresolved('--write-aliases', '{STOCK_URL}/x=warehouse', '*.example.net=Finance'),
      shown.errors,
    ).toBe(0);
    expect(await listReferences()).toEqual(['erp-vip.corp.example']);
    expect(await unresolved('--write-aliases', 'erp-vip.corp.example=erp'), shown.errors).toBe(0);
    expect(await listReferences()).toEqual([]);
    await unresolved();
    expect(shown.out).toBe('Every reference has a system.\n');
  });

  test.each([
    ['rates.example.net=warehose', 'Did you mean "warehouse"?'],
    ['rates.exmple.net=erp', 'Did you mean "rates.example.net"?'],
    ['rates.example.net', 'write reference=system'],
  ])('%s is refused, and nothing is written', async (alias, expected) => {
    expect(await unresolved('--write-aliases', alias)).toBe(2);
    expect(shown.errors).toContain(expected);
    expect(await readFile(path.join(folder, 'landscape.yaml'), 'utf8')).toBe(config);
  });

  test('a file that cannot be added to stays as it is, and the lines are printed', async () => {
    const text = '{ "sources": [{ "inventory": "systems.csv" }, { "scripts": "jobs" }] }\n';
    await writeFile(path.join(folder, 'landscape.yaml'), text);
    expect(await unresolved('--write-aliases', 'rates.example.net=erp')).toBe(2);
    expect(shown.errors).toContain('  rates.example.net: erp');
    expect(await readFile(path.join(folder, 'landscape.yaml'), 'utf8')).toBe(text);
  });
});
