import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBase } from '../../src/files/open-base.ts';
import fc from '../fast-check.ts';
import { openFolders } from './history-folder.ts';
import { commitAll, git, hasGit } from './run-git.ts';

const newFolder = openFolders();

/** The commit that a change began at, if it is seen from a folder. */
function baseOf(folder: string, revision: string): string {
  const base = openBase(folder, revision);
  base.close();
  return base.commit;
}

describe.skipIf(!hasGit)('revisions are those that git names', () => {
  test('branches, tags, ids, steps back; loose, packed, and in a linked work tree', async () => {
    const top = await newFolder();
    const folder = path.join(top, 'one');
    await mkdir(folder);
    git(folder, 'init', '-q', '-b', 'main');
    for (let count = 0; count < 4; count++) commitAll(folder);
    git(folder, 'tag', 'light', 'HEAD~3');
    git(folder, 'tag', '-a', '-m', 'v', 'v1', 'HEAD~2');
    git(folder, 'tag', '-a', '-m', 'v', 'v1-again', 'v1');
    git(folder, 'branch', 'feature/with-slash', 'HEAD~1');
    git(folder, 'checkout', '-q', '-b', 'side', 'HEAD~2');
    commitAll(folder);
    git(folder, 'merge', '-q', '--no-edit', 'main');
    commitAll(folder);
    git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');
    git(folder, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    git(folder, 'fetch', '-q', '.', 'main');
    const id = git(folder, 'rev-parse', 'main');
    const revisions = [
      ...['HEAD', '@', 'main', 'heads/main', 'refs/heads/main', 'light', 'v1', 'tags/v1'],
      ...['v1-again', 'v1^{}', 'v1^{commit}', 'feature/with-slash', 'origin/main', 'origin'],
      ...[
        'FETCH_HEAD',
        id,
        id.slice(0, 12),
        id.slice(0, 7),
        'HEAD~',
        'HEAD~1^2',
        'HEAD^1~2',
        '@~2^0',
      ],
    ];
    const compare = (checkout: string): void => {
      for (const revision of revisions)
        expect([revision, baseOf(checkout, revision)]).toEqual([
          revision,
          git(checkout, 'merge-base', 'HEAD', revision),
        ]);
    };
    compare(folder);
    git(folder, 'pack-refs', '--all');
    git(folder, 'repack', '-adq');
    compare(folder);
    await mkdir(path.join(folder, 'below'));
    compare(path.join(folder, 'below'));
    git(folder, 'worktree', 'add', '-q', '--detach', '../linked', 'side');
    git(path.join(top, 'linked'), 'fetch', '-q', '.', 'main');
    compare(path.join(top, 'linked'));
  });

  test('an abbreviated id that two commits begin with is refused', async () => {
    const folder = await newFolder();
    git(folder, 'init', '-q', '-b', 'main');
    const stream = Array.from(
      { length: 700 },
      (_, index) =>
        `commit refs/heads/main\ncommitter A <a@x.org> ${1_600_000_000 + index} +0000\ndata 0\n`,
    ).join('\n');
    await writeFile(path.join(folder, 'stream'), stream);
    git(folder, '-c', 'alias.in=!git fast-import --quiet < stream', 'in');
    const ids = git(folder, 'rev-list', 'main').split('\n').sort();
    const twice = ids.find((id, at) => ids[at + 1]?.startsWith(id.slice(0, 4)));
    expect(twice).toBeDefined();
    expect(() => baseOf(folder, twice?.slice(0, 4) ?? '')).toThrow('stands for 2 commits');
    expect(baseOf(folder, ids[0] ?? '')).toBe(ids[0]);
    await rm(path.join(folder, 'stream'));
  });

  test('the merge-base of any two commits of any history is one that git names', async () => {
    const folder = await newFolder();
    git(folder, 'init', '-q', '-b', 'main');
    const history = fc.array(
      fc.record({ time: fc.nat(40), parents: fc.array(fc.nat(4), { maxLength: 3 }) }),
      { minLength: 2, maxLength: 14 },
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(history, fc.nat(13), fc.nat(13), async (commits, one, other) => {
        const made: string[] = [];
        const tree = git(folder, 'write-tree');
        for (const { time, parents } of commits) {
          const of = [...new Set(parents.map((back) => made.at(-1 - back)))].filter(
            (id) => id !== undefined,
          );
          const at = `${1_600_000_000 + time} +0000`;
          const text = [
            `tree ${tree}`,
            ...of.map((id) => `parent ${id}`),
            `author A <a@x.org> ${at}`,
            `committer A <a@x.org> ${at}`,
            '',
            String(number++),
          ].join('\n');
          await writeFile(path.join(folder, 'commit'), `${text}\n`);
          made.push(git(folder, 'hash-object', '-t', 'commit', '-w', 'commit'));
        }
        const [head, asked] = [one, other].map((index) => made[index % made.length] ?? '');
        await writeFile(path.join(folder, '.git/HEAD'), `${head}\n`);
        let expected: string[] = [];
        try {
          expected = git(folder, 'merge-base', '--all', head ?? '', asked ?? '').split('\n');
        } catch {
          expect(() => baseOf(folder, asked ?? '')).toThrow('no commit in common');
          return;
        }
        expect(expected).toContain(baseOf(folder, asked ?? ''));
      }),
      { numRuns: 40 },
    );
  });
});
