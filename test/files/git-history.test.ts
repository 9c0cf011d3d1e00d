import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { drawHistory, openFolders, readHistory, writeCheckout } from './history-folder.ts';
import {
  addCommit,
  addLine,
  addObject,
  type Objects,
  toGitFiles,
  writeBelow,
} from './repository.ts';

const newFolder = openFolders();

/** Writes objects as the git folder of a new work tree, reads `files` and draws what is known. */
async function draw(
  objects: Objects,
  head: string,
  files: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ lines: string[]; flaws: string[] }> {
  const folder = await newFolder();
  const git = Object.entries(toGitFiles(objects, head)).map(([file, bytes]) => [
    `.git/${file}`,
    bytes,
  ]);
  await writeBelow(folder, { ...Object.fromEntries(git), ...more });
  const history = await readHistory(folder, files);
  return { lines: drawHistory(history), flaws: history.flaws.map(({ reason }) => reason) };
}

const day = (month: number, date: number, hour = 12): number =>
  Date.UTC(2023, month - 1, date, hour) / 1000;

describe('authors', () => {
  test('each change counts for the files that it touches, and no others', async () => {
    const objects: Objects = new Map();
    const head = addLine(objects, [
      { by: 'Ada <ada@x.org>', files: { 'a.sh': '1', 'in/b.sh': '1', 'in/deep/c.sh': '1' } },
      { by: 'Bo <bo@x.org>', files: { 'a.sh': '2', 'in/b.sh': '1', 'in/deep/c.sh': '1' } },
      { by: 'Cai <cai@x.org>', files: { 'a.sh': '2', 'in/b.sh': '1', 'in/deep/c.sh': '2' } },
      { by: 'Bo <bo@x.org>', files: { 'a.sh': '3', 'in/b.sh': '1', 'in/deep/c.sh': '2' } },
    ]);
    const asked = ['a.sh', 'in/b.sh', 'in/deep/c.sh', 'in/untracked.sh'];
    expect(await draw(objects, head, asked)).toEqual({
      lines: [
        'a.sh: 2, Bo on 2023-01-04',
        'in/b.sh: 1, Ada on 2023-01-01',
        'in/deep/c.sh: 2, Cai on 2023-01-03',
      ],
      flaws: [],
    });
  });

  test('a folder that becomes a file, and a file that becomes a folder', async () => {
    const objects: Objects = new Map();
    const head = addLine(objects, [
      { by: 'Ada <ada@x.org>', files: { job: '1', 'run/a.sh': '1', 'run-all': '1' } },
      { by: 'Bo <bo@x.org>', files: { 'job/a.sh': '1', run: '1', 'run-all': '1' } },
    ]);
    expect((await draw(objects, head, ['job/a.sh', 'run', 'run-all'])).lines).toEqual([
      'job/a.sh: 1, Bo on 2023-01-02',
      'run-all: 1, Ada on 2023-01-01',
      'run: 1, Bo on 2023-01-02',
    ]);
  });

  test('who merges is no author of what is merged, and both branches count', async () => {
    const objects: Objects = new Map();
    const first = addCommit(objects, {
      by: 'Ada <ada@x.org>',
      at: day(1, 1),
      files: { 'a.sh': '1', 'b.sh': '1' },
    });
    const left = addCommit(objects, {
      by: 'Bo <bo@x.org>',
      at: day(1, 3),
      parents: [first],
      files: { 'a.sh': '2', 'b.sh': '1' },
    });
    const right = addCommit(objects, {
      by: 'Cai <cai@x.org>',
      at: day(1, 2),
      parents: [first],
      files: { 'a.sh': '1', 'b.sh': '2' },
    });
    const head = addCommit(objects, {
      by: 'Merger <merger@x.org>',
      at: day(1, 4),
      parents: [left, right],
      files: { 'a.sh': '2', 'b.sh': '2' },
    });
    expect((await draw(objects, head, ['a.sh', 'b.sh'])).lines).toEqual([
      'a.sh: 2, Bo on 2023-01-03',
      'b.sh: 2, Cai on 2023-01-02',
    ]);
  });

  test('the day is that of the author, in the zone of the author', async () => {
    const objects: Objects = new Map();
    const at = day(5, 1, 23);
    const east = addCommit(objects, {
      by: 'Ada <ada@x.org>',
      at,
      zone: '+0200',
      files: { 'a.sh': '1' },
    });
    const head = addCommit(objects, {
      by: 'Ada <ada@x.org>',
      at: at + 3600,
      zone: '-0530',
      parents: [east],
      files: { 'a.sh': '1', 'b.sh': '1' },
    });
    expect((await draw(objects, head, ['a.sh', 'b.sh'])).lines).toEqual([
      'a.sh: 1, Ada on 2023-05-02',
      'b.sh: 1, Ada on 2023-05-01',
    ]);
  });

  test.each([
    ['dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>'],
    ['renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>'],
    ['github-actions <github-actions@github.com>'],
    ['Renovate Bot <bot@renovateapp.com>'],
  ])('%s is no person', async (bot) => {
    const objects: Objects = new Map();
    const head = addLine(objects, [
      { by: 'Ada <ada@x.org>', files: { 'a.sh': '1' } },
      { by: bot, files: { 'a.sh': '2', 'b.sh': '1' } },
    ]);
    expect((await draw(objects, head, ['a.sh', 'b.sh'])).lines).toEqual([
      'a.sh: 1, Ada on 2023-01-01',
    ]);
  });

  test('a name is shown without the domain of an address, and without control characters', async () => {
    const objects: Objects = new Map();
    const head = addLine(objects, [
      { by: 'ada@secret.example <ada@secret.example>', files: { 'a.sh': '1' } },
      { by: ' <bo@secret.example>', files: { 'a.sh': '1', 'b.sh': '1' } },
      { by: 'Ca\u202ei\u0007 Dahl <c@x.org>', files: { 'a.sh': '1', 'b.sh': '1', 'c.sh': '1' } },
    ]);
    expect((await draw(objects, head, ['a.sh', 'b.sh', 'c.sh'])).lines).toEqual([
      'a.sh: 1, ada on 2023-01-01',
      'b.sh: 1, bo on 2023-01-02',
      'c.sh: 1, Cai Dahl on 2023-01-03',
    ]);
  });

  test('Latin-1 in a name is read', async () => {
    const objects: Objects = new Map();
    const head = addLine(objects, [{ by: 'Bj\u00f8rn <b@x.org>', files: { 'a.sh': '1' } }]);
    const text = objects.get(head)?.bytes.toString('utf8') ?? '';
    const old = addObject(objects, 'commit', Buffer.from(text, 'latin1'));
    expect((await draw(objects, old, ['a.sh'])).lines).toEqual([
      'a.sh: 1, Bj\u00f8rn on 2023-01-01',
    ]);
  });
});

describe('people', () => {
  const files = { 'a.sh': '' };
  const line = (names: readonly string[]): [Objects, string] => {
    const objects: Objects = new Map();
    const commits = names.map((by, index) => ({ by, files: { 'a.sh': String(index) } }));
    return [objects, addLine(objects, commits)];
  };

  test.each<[string, string[], number]>([
    ['two names and addresses', ['Ada <ada@x.org>', 'Bo <bo@x.org>'], 2],
    ['one address', ['Ada <ada@x.org>', 'Ada Berg <ADA@x.org>'], 1],
    ['one name', ['Ada Berg <ada@x.org>', 'ada  berg <ada@home.net>'], 1],
    ['a chain', ['Ada <a@x.org>', 'Berg <b@x.org>', 'Ada <b@x.org>'], 1],
    ['a name that many share', ['root <root@one.x.org>', 'root <root@two.x.org>'], 2],
    ['an address that many share', ['Ada <none@none>', 'Bo <none@none>'], 2],
    ['no address', ['Ada <>', 'Bo <>'], 2],
  ])('%s', async (_what, names, count) => {
    const [objects, head] = line(names);
    expect((await draw(objects, head, Object.keys(files))).lines[0]).toMatch(
      new RegExp(`^a\\.sh: ${count}, `),
    );
  });

  test.each<[string, string]>([
    ['Proper Ada <ada@old.org>', 'a.sh: 2, Proper Ada on 2023-01-02'],
    ['Bo <bo@x.org> <ada@old.org>', 'a.sh: 1, Bo on 2023-01-02'],
    ['<bo@x.org> <ADA@OLD.ORG>', 'a.sh: 1, Ada on 2023-01-02'],
    ['Bo <bo@x.org> ada <ada@old.org>', 'a.sh: 1, Bo on 2023-01-02'],
    ['Bo <bo@x.org> Someone <ada@old.org>', 'a.sh: 2, Ada on 2023-01-02'],
    ['# Bo <bo@x.org> <ada@old.org>', 'a.sh: 2, Ada on 2023-01-02'],
    ['<<>> nonsense\n\u0000', 'a.sh: 2, Ada on 2023-01-02'],
  ])('.mailmap with %j', async (mailmap, expected) => {
    const [objects, head] = line(['Bo <bo@x.org>', 'Ada <ada@old.org>']);
    expect((await draw(objects, head, ['a.sh'], { '.mailmap': `${mailmap}\n` })).lines).toEqual([
      expected,
    ]);
  });
});

describe('how a repository is kept', () => {
  test('in a pack with deltas, as git made it', async () => {
    const { files, authors } = JSON.parse(
      await readFile('test/fixtures/git/packed.json', 'utf8'),
    ) as { files: Record<string, string>; authors: Record<string, unknown> };
    const folder = await newFolder();
    for (const [file, text] of Object.entries(files))
      await writeBelow(folder, { [`.git/${file}`]: Buffer.from(text, 'base64') });
    const history = await readHistory(folder, Object.keys(authors));
    expect(Object.keys(authors)).toHaveLength(40);
    expect(Object.fromEntries(history.authors)).toEqual(authors);
    expect(history.flaws).toEqual([]);
  });

  test('with HEAD on a commit, on a packed branch, on a branch without commits', async () => {
    const folder = await newFolder();
    const head = await writeCheckout(folder);
    const known = drawHistory(await readHistory(folder, ['a.sh', 'b/c.sh']));
    expect(known).toEqual(['a.sh: 1, Ada on 2023-01-01', 'b/c.sh: 2, Bo on 2023-01-02']);
    await writeBelow(folder, { '.git/HEAD': `${head}\n` });
    expect(drawHistory(await readHistory(folder, ['a.sh', 'b/c.sh']))).toEqual(known);
    await writeBelow(folder, {
      '.git/HEAD': 'ref: refs/heads/topic/x\n',
      '.git/packed-refs': `# pack-refs with: peeled\n${'0'.repeat(40)} refs/heads/a\n${head} refs/heads/topic/x\n`,
    });
    expect(drawHistory(await readHistory(folder, ['a.sh', 'b/c.sh']))).toEqual(known);
    await writeBelow(folder, { '.git/HEAD': 'ref: refs/heads/none\n' });
    expect(await readHistory(folder, ['a.sh'])).toEqual({ authors: new Map(), flaws: [] });
  });

  test('as a shallow clone: what it begins with is nobody\u2019s, and a flaw says so', async () => {
    const objects: Objects = new Map();
    const files = { 'a.sh': '1', 'b.sh': '1' };
    const old = addLine(objects, [{ by: 'Ada <ada@x.org>', files }]);
    const edge = addCommit(objects, {
      by: 'Bo <bo@x.org>',
      at: day(2, 1),
      parents: [old],
      files: { ...files, 'c.sh': '1' },
    });
    const head = addCommit(objects, {
      by: 'Cai <cai@x.org>',
      at: day(2, 2),
      parents: [edge],
      files: { ...files, 'a.sh': '2', 'c.sh': '1' },
    });
    objects.delete(old);
    const shallow = await draw(objects, head, ['a.sh', 'b.sh', 'c.sh'], {
      '.git/shallow': `${edge}\n`,
    });
    expect(shallow).toEqual({
      lines: ['a.sh: 1, Cai on 2023-02-02'],
      flaws: ['history: the clone is shallow, so who made older changes is not known'],
    });
    const torn = await draw(objects, head, ['a.sh', 'b.sh', 'c.sh']);
    expect(torn).toEqual({
      lines: ['a.sh: 1, Cai on 2023-02-02'],
      flaws: ['history: commits or folders that are missing or broken: 1'],
    });
  });

  test('with more commits than are read', async () => {
    const objects: Objects = new Map();
    const commits = Array.from({ length: 5_002 }, (_, index) => ({
      by: index === 0 ? 'Old <old@x.org>' : index === 1 ? 'Late <l@x.org>' : 'Ada <ada@x.org>',
      files: { 'a.sh': String(index), ...(index > 0 ? { 'b.sh': '1' } : {}), 'c.sh': '1' },
    }));
    const { lines, flaws } = await draw(objects, addLine(objects, commits), [
      'a.sh',
      'b.sh',
      'c.sh',
    ]);
    expect(lines).toEqual([
      `a.sh: 1, Ada on ${new Date(Date.UTC(2023, 0, 5_002)).toISOString().slice(0, 10)}`,
    ]);
    expect(flaws).toEqual(['history: only the newest 5,000 commits are read']);
  });
});
