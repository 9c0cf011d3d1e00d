import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRepository } from '../../src/files.ts';

const commit = 'a'.repeat(40);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function checkOut(name: string, config: string): Promise<string> {
  const root = path.join(folder, name);
  await mkdir(path.join(root, '.git'), { recursive: true });
  await mkdir(path.join(root, 'ops/jobs'), { recursive: true });
  await writeFile(path.join(root, '.git/HEAD'), `${commit}\n`);
  await writeFile(path.join(root, '.git/config'), config);
  return root;
}

test.each([
  ['https', 'https://git.example.org/team/billing.git', 'https://git.example.org/team/billing.git'],
  [
    'login',
    'https://ci:glpat-1234@git.example.org/billing?token=x',
    'https://git.example.org/billing',
  ],
  ['scp', 'git@git.example.org:team/billing.git', 'git.example.org:team/billing.git'],
  ['path', '/srv/git/billing.git', undefined],
  ['drive', 'C:\\git\\billing', undefined],
])('the address of origin: %s', async (name, url, expected) => {
  const root = await checkOut(
    name,
    `[remote "fork"]\n\turl = https://fork.example/x\n[remote "origin"]\n\turl = ${url}\n[branch "main"]\n\turl = no\n`,
  );
  expect(await findRepository(path.join(root, 'ops/jobs'))).toEqual({
    url: expected,
    commit,
    folder: name,
    below: 'ops/jobs',
  });
});

test('a folder outside of any repository', async () => {
  expect(await findRepository(folder)).toBeUndefined();
});
