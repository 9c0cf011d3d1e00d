import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, memoryFiles, nodeFiles, writeFiles } from '../src/files.ts';

const contents = {
  'a.csv': 'id\n1\n',
  'cron.d/b': 'b',
  'cron.d/a': 'a',
  'scripts/x/deep.sh': 'deep',
  'scripts/.hidden.sh': 'hidden',
  'log.gz': gzipSync('one\ntwo\n'),
  'broken.gz': gzipSync('one\ntwo\n').subarray(0, 15),
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-files-'));
  for (const [file, content] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  await mkdir(path.join(folder, 'scripts/node_modules/x'), { recursive: true });
  await writeFile(path.join(folder, 'scripts/node_modules/x/y.sh'), '');
  await symlink('..', path.join(folder, 'scripts/loop'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readAll(files: Files, file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.stream(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe.each([
  ['on disk', () => nodeFiles(folder)],
  ['in memory', () => memoryFiles(contents)],
] as const)('files %s', (_where, open) => {
  test('a glob, a folder and a file name files in one order; links and node_modules are left out', async () => {
    const files = open();
    expect(await files.find('cron.d/*')).toEqual(['cron.d/a', 'cron.d/b']);
    expect(await files.find('scripts')).toEqual(['scripts/.hidden.sh', 'scripts/x/deep.sh']);
    expect(await files.find('./scripts/')).toEqual(['scripts/.hidden.sh', 'scripts/x/deep.sh']);
    expect(await files.find('**/*.sh')).toEqual(['scripts/.hidden.sh', 'scripts/x/deep.sh']);
    expect(await files.find('a.csv')).toEqual(['a.csv']);
    expect(await files.find('*.none')).toEqual([]);
    await expect(files.find('none.csv')).rejects.toThrow(
      'none.csv: no such file or folder; check the path.',
    );
  });

  test('gzip is unpacked by content, and broken gzip is named', async () => {
    const files = open();
    expect(await readAll(files, 'log.gz')).toBe('one\ntwo\n');
    expect(await readAll(files, 'a.csv')).toBe('id\n1\n');
    await expect(readAll(files, 'broken.gz')).rejects.toThrow(
      /broken\.gz:1:1: the gzip data is broken/,
    );
  });

  test('digests are of the stored bytes', async () => {
    expect(await open().digest('a.csv')).toBe(
      '7cde7fb64fd82bd152710cf238e017b9ab46c0592483edc067ba4f6c75fac108',
    );
  });

  test('byte order marks', async () => {
    const files = memoryFiles({
      a: new Uint8Array([0xef, 0xbb, 0xbf, 0x41]),
      b: new Uint8Array([0xff, 0xfe, 0x41, 0x00]),
      c: new Uint8Array([0xfe, 0xff, 0x00, 0x41]),
    });
    expect(await Promise.all(['a', 'b', 'c'].map((file) => files.text(file)))).toEqual([
      'A',
      'A',
      'A',
    ]);
  });
});

describe('writing', () => {
  test('makes folders, replaces whole files, leaves no draft', async () => {
    const target = path.join(folder, 'out/deep');
    await writeFiles(target, new Map([['a.txt', 'one']]));
    await writeFiles(
      target,
      new Map([
        ['a.txt', 'two'],
        ['b.txt', 'b'],
      ]),
    );
    expect((await readdir(target)).sort()).toEqual(['a.txt', 'b.txt']);
    expect(await readFile(path.join(target, 'a.txt'), 'utf8')).toBe('two');
  });

  test('a folder that cannot be made is named with a remedy', async () => {
    await expect(writeFiles(path.join(folder, 'a.csv'), new Map([['x', '']]))).rejects.toThrow(
      /cannot be written .* --output/,
    );
  });
});
