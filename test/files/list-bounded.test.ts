import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFolder } from '../../src/files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-list-'));
  await mkdir(path.join(folder, 'a/b/c'), { recursive: true });
  await mkdir(path.join(folder, 'node_modules/x'), { recursive: true });
  await writeFile(path.join(folder, 'z.csv'), 'id');
  await writeFile(path.join(folder, 'a/one.sh'), '');
  await writeFile(path.join(folder, 'a/b/c/deep.sh'), 'ls');
  await writeFile(path.join(folder, 'node_modules/x/i.js'), '');
  await symlink(folder, path.join(folder, 'a/loop'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('all files below, with sizes; tools and links are told and not entered', async () => {
  expect(await listFolder(folder, { files: 99, depth: 9 })).toEqual({
    files: [
      { file: 'a/b/c/deep.sh', size: 2 },
      { file: 'a/one.sh', size: 0 },
      { file: 'z.csv', size: 2 },
    ],
    skippedFolders: ['node_modules'],
    notFollowed: 1,
    isCut: false,
  });
});

test.each([
  [{ files: 2, depth: 9 }, ['a/one.sh', 'z.csv']],
  [{ files: 99, depth: 1 }, ['a/one.sh', 'z.csv']],
])('limits %j leave out what lies deepest, and say so', async (limits, expected) => {
  const { files, isCut } = await listFolder(folder, limits);
  expect(files.map(({ file }) => file)).toEqual(expected);
  expect(isCut).toBe(true);
});

test('a file is no folder', async () => {
  await expect(listFolder(path.join(folder, 'z.csv'), { files: 1, depth: 1 })).rejects.toThrow(
    'is a file; name the folder',
  );
});
