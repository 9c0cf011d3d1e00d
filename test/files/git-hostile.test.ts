import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Authors } from '../../src/evidence.ts';
import fc from '../fast-check.ts';
import { drawHistory, openFolders, readHistory, writeCheckout } from './history-folder.ts';
import { addCommit, addLine, type Objects, placeOf, toGitFiles, writeBelow } from './repository.ts';

const newFolder = openFolders();
const known = ['a.sh: 1, Ada on 2023-01-01', 'b/c.sh: 2, Bo on 2023-01-02'];
const asked = ['a.sh', 'b/c.sh'];

interface Fixture {
  readonly files: Record<string, string>;
  readonly authors: Record<string, Authors>;
}

describe('where the git folder is', () => {
  test('a repository below the folder, and one in it; the nearest counts', async () => {
    const folder = await newFolder();
    await writeCheckout(folder);
    await writeCheckout(folder, 'b');
    expect(drawHistory(await readHistory(folder, [...asked, 'b/a.sh', 'b/b/c.sh']))).toEqual([
      'a.sh: 1, Ada on 2023-01-01',
      'b/a.sh: 1, Ada on 2023-01-01',
      'b/b/c.sh: 2, Bo on 2023-01-02',
    ]);
  });

  test('a repository above the folder is read only where that is asked for', async () => {
    const folder = await newFolder();
    await writeCheckout(folder);
    const below = path.join(folder, 'b');
    expect(await readHistory(below, ['c.sh'])).toEqual({ authors: new Map(), flaws: [] });
    expect(drawHistory(await readHistory(below, ['c.sh'], true))).toEqual([
      'c.sh: 2, Bo on 2023-01-02',
    ]);
  });

  test('a repository beside the folder is read only where that is asked for', async () => {
    const folder = await newFolder();
    await writeCheckout(folder, 'code');
    await mkdir(path.join(folder, 'audit'));
    const audit = path.join(folder, 'audit');
    expect(await readHistory(audit, ['../code/a.sh'])).toEqual({ authors: new Map(), flaws: [] });
    expect(drawHistory(await readHistory(audit, ['../code/a.sh'], true))).toEqual([
      '../code/a.sh: 1, Ada on 2023-01-01',
    ]);
  });

  test('a linked work tree points to its git folder, which points back', async () => {
    const folder = await newFolder();
    const head = await writeCheckout(folder, 'main');
    const linked = {
      'main/.git/worktrees/topic/HEAD': `${head}\n`,
      'main/.git/worktrees/topic/commondir': '../..\n',
      'main/.git/worktrees/topic/gitdir': `${path.join(folder, 'topic/.git')}\n`,
      'topic/.git': `gitdir: ${path.join(folder, 'main/.git/worktrees/topic')}\n`,
    };
    await writeBelow(folder, linked);
    const topic = path.join(folder, 'topic');
    expect(drawHistory(await readHistory(topic, asked))).toEqual(known);
    await writeBelow(folder, { 'topic/.git': 'gitdir: ../main/.git/worktrees/topic\n' });
    expect(drawHistory(await readHistory(topic, asked))).toEqual(known);
    await writeBelow(folder, { 'main/.git/worktrees/topic/gitdir': '/elsewhere/.git\n' });
    expect(await readHistory(topic, asked)).toEqual({
      authors: new Map(),
      flaws: [
        {
          file: '.git',
          reason: 'history: the folder that the file points to is missing, or does not point back',
        },
      ],
    });
  });

  test('a submodule has its git folder in that of the repository around it', async () => {
    const folder = await newFolder();
    await writeCheckout(folder, 'inner');
    const { rename } = await import('node:fs/promises');
    await mkdir(path.join(folder, '.git/modules'), { recursive: true });
    await rename(path.join(folder, 'inner/.git'), path.join(folder, '.git/modules/inner'));
    await writeBelow(folder, { 'inner/.git': 'gitdir: ../.git/modules/inner\n' });
    expect(drawHistory(await readHistory(folder, ['inner/a.sh', 'inner/b/c.sh']))).toEqual(
      known.map((line) => `inner/${line}`),
    );
  });

  test.each([
    ['gitdir: ../secret/.git\n', 'does not point back'],
    ['gitdir: //server/share/.git\n', 'points to another machine'],
    ['gitdir: \\\\server\\share\\.git\n', 'points to another machine'],
    ['nonsense', 'is not understood'],
    ['', 'is not understood'],
  ])('a .git file with %j is not followed', async (text, reason) => {
    const folder = await newFolder();
    await writeCheckout(folder, 'secret');
    await writeBelow(folder, { 'code/.git': text, 'code/a.sh': '' });
    const { authors, flaws } = await readHistory(folder, ['code/a.sh']);
    expect(authors.size).toBe(0);
    expect(flaws).toEqual([{ file: 'code/.git', reason: expect.stringContaining(reason) }]);
  });

  test('a symbolic link is no git folder, and none is followed in one', async () => {
    const folder = await newFolder();
    const head = await writeCheckout(folder, 'secret');
    await mkdir(path.join(folder, 'code'));
    await symlink('../secret/.git', path.join(folder, 'code/.git'));
    expect(await readHistory(folder, ['code/a.sh'])).toEqual({ authors: new Map(), flaws: [] });
    await writeBelow(folder, { 'more/.git/refs/x': '' });
    await writeFile(path.join(folder, 'secret/HEAD'), `${head}\n`);
    await symlink('../../secret/HEAD', path.join(folder, 'more/.git/HEAD'));
    expect((await readHistory(folder, ['more/a.sh'])).authors.size).toBe(0);
  });
});

describe('what a repository says to do is not done', () => {
  test('configuration, hooks, attributes, replacements and grafts have no effect', async () => {
    const folder = await newFolder();
    const head = await writeCheckout(folder);
    const mark = path.join(folder, 'was-run');
    const run = `touch ${mark}`;
    await writeBelow(folder, {
      '.git/config': `[core]\n\tfsmonitor = ${run}\n\tsshCommand = ${run}\n\tpager = ${run}\n\thooksPath = hooks\n\tworktree = /\n\tbare = true\n[filter "x"]\n\tclean = ${run}\n\tsmudge = ${run}\n[diff "x"]\n\ttextconv = ${run}\n[mailmap]\n\tfile = ../evil\n[include]\n\tpath = /etc/passwd\n[extensions]\n\tpartialClone = origin\n`,
      '.git/hooks/post-checkout': `#!/bin/sh\n${run}\n`,
      '.git/info/grafts': `${head}\n`,
      [`.git/refs/replace/${head}`]: `${'1'.repeat(40)}\n`,
      '.gitattributes': '* filter=x diff=x\n',
    });
    expect(drawHistory(await readHistory(folder, asked))).toEqual(known);
    await expect(readFile(mark)).rejects.toThrow(/ENOENT/);
  });

  test('objects of other repositories are not read', async () => {
    const folder = await newFolder();
    const head = await writeCheckout(folder, 'secret');
    await writeBelow(folder, {
      'code/.git/HEAD': `${head}\n`,
      'code/.git/objects/info/alternates': `${path.join(folder, 'secret/.git/objects')}\n`,
    });
    const { authors, flaws } = await readHistory(folder, ['code/a.sh']);
    expect(authors.size).toBe(0);
    expect(flaws.map(({ reason }) => reason)).toEqual([
      'history: objects that it borrows from another repository are not read',
      'history: commits or folders that are missing or broken: 1',
    ]);
  });

  test.each([
    'ref: refs/heads/../../../secret/.git/refs/heads/main',
    'ref: /etc/passwd',
    'ref: refs/heads/a//b',
    'ref: refs/heads/loop',
    'root:x:0:0',
    '\u0000'.repeat(50),
  ])('HEAD with %j', async (text) => {
    const folder = await newFolder();
    await writeCheckout(folder, 'secret');
    await writeBelow(folder, {
      'code/.git/HEAD': `${text}\n`,
      'code/.git/refs/heads/loop': 'ref: refs/heads/loop\n',
    });
    expect(await readHistory(folder, ['code/a.sh'])).toEqual({
      authors: new Map(),
      flaws: [{ file: 'code/.git', reason: 'history: HEAD is not understood' }],
    });
  });

  test('a reftable is named', async () => {
    const folder = await newFolder();
    await writeBelow(folder, {
      '.git/HEAD': 'ref: refs/heads/.invalid\n',
      '.git/reftable/tables.list': '',
    });
    expect((await readHistory(folder, ['a.sh'])).flaws.map(({ reason }) => reason)).toEqual([
      'history: its branches are kept as a reftable',
    ]);
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe in place of a file is not waited for',
    async () => {
      const folder = await newFolder();
      await mkdir(path.join(folder, '.git/objects/pack'), { recursive: true });
      for (const file of [
        'HEAD',
        'packed-refs',
        'objects/pack/pack-0a.idx',
        'objects/pack/pack-0a.pack',
      ])
        execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(folder, '.git', file)]);
      expect((await readHistory(folder, ['a.sh'])).authors.size).toBe(0);
    },
  );
});

describe('broken repositories', () => {
  test('a commit that its id does not fit is not believed, so none is its own ancestor', async () => {
    const objects: Objects = new Map();
    const files = { 'a.sh': '1' };
    const one = addCommit(objects, { by: 'Ada <ada@x.org>', at: 1, files });
    const two = addCommit(objects, {
      by: 'Bo <bo@x.org>',
      at: 2,
      parents: [one],
      files: { 'a.sh': '2' },
    });
    const child = objects.get(two);
    if (child) objects.set(one, child);
    const folder = await newFolder();
    for (const [file, content] of Object.entries(toGitFiles(objects, two)))
      await writeBelow(folder, { [`.git/${file}`]: content });
    const history = await readHistory(folder, ['a.sh']);
    expect(drawHistory(history)).toEqual([]);
    expect(history.flaws.map(({ reason }) => reason)).toEqual([
      'history: commits or folders that are missing or broken: 1',
    ]);
  });

  test('a folder that is missing leaves out only the changes in it', async () => {
    const objects: Objects = new Map();
    const head = addLine(objects, [
      { by: 'Ada <ada@x.org>', files: { 'a.sh': '1', 'b/c.sh': '1' } },
      { by: 'Bo <bo@x.org>', files: { 'a.sh': '1', 'b/c.sh': '2' } },
      { by: 'Cai <cai@x.org>', files: { 'a.sh': '2', 'b/c.sh': '2' } },
    ]);
    const folder = await newFolder();
    const files = toGitFiles(objects, head);
    const trees = [...objects].filter(([, { type }]) => type === 'tree').map(([id]) => id);
    // The first tree is the folder b as Ada wrote it.
    delete files[placeOf(trees[0] ?? '')];
    for (const [file, content] of Object.entries(files))
      await writeBelow(folder, { [`.git/${file}`]: content });
    const history = await readHistory(folder, asked);
    expect(drawHistory(history)).toEqual(['a.sh: 2, Cai on 2023-01-03']);
    expect(history.flaws.map(({ reason }) => reason)).toEqual([
      'history: commits or folders that are missing or broken: 2',
    ]);
  });

  test.each([
    ['a bomb', deflateSync(Buffer.concat([Buffer.from('commit 9\0'), Buffer.alloc(200_000_000)]))],
    ['a size that is not so', deflateSync('commit 99999999999\0tree')],
    ['another type', deflateSync('blob 4\0tree')],
    ['no head', deflateSync('nothing')],
    ['nothing', Buffer.alloc(0)],
    ['no zlib', Buffer.from('commit 4\0tree')],
    [
      'an author of endless names',
      deflateSync(`commit 3000031\0tree ${'a'.repeat(40)}\nauthor ${'x<'.repeat(1_499_990)}`),
    ],
  ])('a commit that is %s', async (_what, bytes) => {
    const folder = await newFolder();
    const id = 'ab'.repeat(20);
    await writeBelow(folder, { '.git/HEAD': `${id}\n`, [`.git/${placeOf(id)}`]: bytes });
    expect(await readHistory(folder, ['a.sh'])).toEqual({
      authors: new Map(),
      flaws: [
        { file: '.git', reason: 'history: commits or folders that are missing or broken: 1' },
      ],
    });
  });

  test('any damage to any file is survived and told, and nothing is invented', async () => {
    const { files, authors: truth } = JSON.parse(
      await readFile('test/fixtures/git/packed.json', 'utf8'),
    ) as Fixture;
    const names = Object.keys(files);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat()),
        async (name, flips, cut) => {
          const folder = await newFolder();
          const bytes = Buffer.from(files[name] ?? '', 'base64');
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          for (const [file, text] of Object.entries(files))
            await writeBelow(folder, { [`.git/${file}`]: Buffer.from(text, 'base64') });
          await writeBelow(folder, {
            [`.git/${name}`]: cut === null ? bytes : bytes.subarray(0, cut % bytes.length),
          });
          const { authors, flaws } = await readHistory(folder, Object.keys(truth));
          // A branch of another name is one without commits.
          if (flaws.length === 0 && authors.size > 0)
            expect(Object.fromEntries(authors)).toEqual(truth);
          for (const [file, { count, lastOn }] of authors) {
            expect(count).toBeLessThanOrEqual(truth[file]?.count ?? 0);
            expect(lastOn <= (truth[file]?.lastOn ?? '')).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('deltas that are based on each other end', async () => {
    const [one, two] = ['11'.repeat(20), '22'.repeat(20)];
    const entry = (base: string): Buffer =>
      Buffer.concat([
        Buffer.from([0x72]),
        Buffer.from(base, 'hex'),
        deflateSync(Buffer.from([1, 1])),
      ]);
    const [first, second] = [entry(two), entry(one)];
    const pack = Buffer.concat([
      Buffer.from('PACK'),
      Buffer.from([0, 0, 0, 2, 0, 0, 0, 2]),
      first,
      second,
      Buffer.alloc(20),
    ]);
    const words = (...values: number[]): Buffer => {
      const bytes = Buffer.alloc(values.length * 4);
      for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
      return bytes;
    };
    const fanout = Array.from({ length: 256 }, (_, byte) =>
      byte < 0x11 ? 0 : byte < 0x22 ? 1 : 2,
    );
    const index = Buffer.concat([
      words(0xff744f63, 2, ...fanout),
      Buffer.from(one + two, 'hex'),
      words(0, 0, 12, 12 + first.length),
      Buffer.alloc(40),
    ]);
    const folder = await newFolder();
    await writeBelow(folder, {
      '.git/HEAD': `${one}\n`,
      '.git/objects/pack/pack-0a.pack': pack,
      '.git/objects/pack/pack-0a.idx': index,
    });
    expect((await readHistory(folder, ['a.sh'])).flaws.map(({ reason }) => reason)).toEqual([
      'history: commits or folders that are missing or broken: 1',
    ]);
  });
});
