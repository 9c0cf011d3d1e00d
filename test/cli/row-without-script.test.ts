import { appendFile, copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-row-'));
  await cp('inventories/plant', folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const key = 'erp=>wms-north#http';

async function findRules(): Promise<string[]> {
  shown.out = '';
  await run(['node', 'landscape', 'check', folder, '--json', '--no-cache', '--no-progress']);
  return JSON.parse(shown.out)
    .findings.filter(({ subject }: { subject: string }) => subject === key)
    .map(({ severity, rule }: { severity: string; rule: string }) => `${severity} ${rule}`);
}

test('a line in a script is found, registered, and missed when it is gone', async () => {
  const script = path.join(folder, 'scripts/erp/push-orders.sh');
  await copyFile(script, `${folder}.sh`);
  expect(await findRules()).toEqual([]);
  await appendFile(script, '\ncurl -fsS -d @x https://wms-north.haldenpump.example/api/x\n');
  expect(await findRules()).toEqual(['error unregistered-link']);
  expect(
    await run(['node', 'landscape', 'register', key, folder, '--no-cache', '--no-progress']),
  ).toBe(0);
  // A registered link, of a job that hides its failures as before.
  expect(await findRules()).toEqual(['warn unhandled-failure']);
  await copyFile(`${folder}.sh`, script);
  await rm(`${folder}.sh`);
  expect(await findRules()).toEqual(['info uncoded-link']);
});
