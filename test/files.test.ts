import { readdirSync, truncateSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, memoryFiles, nodeFiles, writeFiles } from '../src/files.ts';
import fc from './fast-check.ts';

const contents = {
  'a.csv': 'id\n1\n',
  'cron.d/b': 'b',
  'cron.d/a': 'a',
  'scripts/x/deep.sh': 'deep',
  'scripts/.hidden.sh': 'hidden',
  'log.gz': gzipSync('one\ntwo\n'),
  'long.log': Buffer.from(Array.from({ length: 2_500_000 }, (_, index) => (index * index) >> 7)),
  'broken.gz': gzipSync('one\ntwo\n').subarray(0, 15),
};

const long = contents['long.log'];

/** The bytes of a part of a file, read into a buffer of some size by turns. */
function join(files: Files, file: string, start: number, end: number, room = 100_000): Buffer {
  const buffer = Buffer.alloc(room);
  const reader = files.openRange(file, start, end);
  const copies: Buffer[] = [];
  for (let count = reader.read(buffer); count > 0; count = reader.read(buffer))
    copies.push(Buffer.from(buffer.subarray(0, count)));
  expect(reader.read(buffer)).toBe(0);
  reader.close();
  return Buffer.concat(copies);
}

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

  test('packed files are told by content', async () => {
    const files = open();
    expect(
      await Promise.all(['log.gz', 'a.csv', 'cron.d/a'].map((file) => files.packed(file))),
    ).toEqual([true, false, false]);
    await expect(files.packed('none.log')).rejects.toThrow('none.log: no such file or folder');
  });

  test('progress is told in bytes as they are stored', async () => {
    const files = open();
    let told = 0;
    for await (const _ of files.stream('log.gz', (bytes) => {
      told += bytes;
    }));
    expect(told).toBe(contents['log.gz'].length);
  });

  test('parts of a file are its stored bytes, from start to before end', async () => {
    const files = open();
    const size = await files.size('long.log');
    expect(size).toBe(long.length);
    fc.assert(
      fc.property(
        fc.nat(size + 10),
        fc.nat(size + 10),
        fc.integer({ min: 5_000, max: 2 ** 20 }),
        (start, end, room) => {
          const expected = long.subarray(start, Math.max(start, end));
          expect(join(files, 'long.log', start, end, room).equals(expected)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
    expect(() => join(files, 'none.log', 0, 1)).toThrow('none.log: no such file or folder');
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

describe('files that change while they are read', () => {
  test('what is written behind the end is not read', async () => {
    await writeFile(path.join(folder, 'grows.log'), 'one\n');
    await writeFile(path.join(folder, 'long-grows.log'), 'early\n'.repeat(100_000));
    const files = nodeFiles(folder);
    const size = await files.size('grows.log');
    await appendFile(path.join(folder, 'grows.log'), 'two\n');
    expect(join(files, 'grows.log', 0, size).toString()).toBe('one\n');
    let text = '';
    for await (const chunk of files.stream('long-grows.log')) {
      if (text === '') await appendFile(path.join(folder, 'long-grows.log'), 'late\n');
      text += Buffer.from(chunk).toString('latin1');
    }
    expect(text).toBe('early\n'.repeat(100_000));
  });

  test('one that shrinks ends early', async () => {
    await writeFile(path.join(folder, 'shrinks.log'), Buffer.alloc(3_000_000, 'x'));
    const reader = nodeFiles(folder).openRange('shrinks.log', 0, 3_000_000);
    const buffer = Buffer.alloc(1_000_000);
    const counts = [reader.read(buffer)];
    truncateSync(path.join(folder, 'shrinks.log'), 1_500_000);
    counts.push(reader.read(buffer), reader.read(buffer));
    reader.close();
    expect(counts).toEqual([1_000_000, 500_000, 0]);
  });
});

describe('writing', () => {
  test('is done in one turn of the event loop, so that a signal comes before or after it', async () => {
    const target = path.join(folder, 'out/at-once');
    const done = writeFiles(
      target,
      new Map([
        ['a.txt', 'one'],
        ['b.txt', 'two'],
      ]),
    );
    expect(readdirSync(target).sort()).toEqual(['a.txt', 'b.txt']);
    await done;
  });

  test('where one cannot be written, no draft is left, and the others are as they were', async () => {
    const target = path.join(folder, 'out/half');
    await writeFiles(target, new Map([['a.txt', 'old']]));
    await writeFile(path.join(target, 'file'), '');
    const contents = new Map([
      ['a.txt', 'new'],
      ['file/b.txt', 'b'],
    ]);
    await expect(writeFiles(target, contents)).rejects.toThrow(
      /cannot be written .* another place/,
    );
    expect((await readdir(target)).sort()).toEqual(['a.txt', 'file']);
    expect(await readFile(path.join(target, 'a.txt'), 'utf8')).toBe('old');
  });

  test('makes folders, replaces whole files, leaves no draft', async () => {
    const target = path.join(folder, 'out/deep');
    await writeFiles(target, new Map([['a.txt', 'one']]));
    await writeFiles(
      target,
      new Map<string, string | string[]>([
        ['a.txt', ['t', 'w', 'ö']],
        ['b.txt', 'b'],
      ]),
    );
    expect((await readdir(target)).sort()).toEqual(['a.txt', 'b.txt']);
    expect(await readFile(path.join(target, 'a.txt'), 'utf8')).toBe('twö');
  });

  test('a folder that cannot be made is named with a remedy', async () => {
    await expect(writeFiles(path.join(folder, 'a.csv'), new Map([['x', '']]))).rejects.toThrow(
      /cannot be written .* another place/,
    );
  });
});
