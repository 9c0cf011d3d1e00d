import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import fc from '../fast-check.ts';
import { drawHistory, openFolders, readHistory } from './history-folder.ts';

const newFolder = openFolders();

/** Runs git in a folder, whatever the machine's own configuration says. */
function git(folder: string, args: readonly string[], input = ''): string {
  return execFileSync('git', ['-C', folder, ...args], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_LITERAL_PATHSPECS: '1',
    },
  });
}

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch {
    return false;
  }
}

const paths = [
  'run',
  'run.sh',
  'run-all.sh',
  'job/a.sh',
  'job/b.sh',
  'job.d/a.sh',
  'job/deep/er/c.sh',
  'with space/x.sh',
  '\u00e5rsak/\u65e5\u672c.sh',
] as const;
const names = ['Ada', 'Bo', 'Cai', 'Dag'] as const;

/** One commit of a random history; `parents` count back from it. */
const commit = fc.record({
  by: fc.constantFrom(...names),
  time: fc.nat(1_000_000),
  parents: fc.array(fc.nat(5), { minLength: 0, maxLength: 3 }),
  changes: fc.array(
    fc.tuple(fc.constantFrom(...paths), fc.constantFrom('write', 'delete', 'mode')),
    { maxLength: 4 },
  ),
});
type RandomCommit = typeof commit extends fc.Arbitrary<infer T> ? T : never;

/** The history as `git fast-import` takes it. */
function toStream(commits: readonly RandomCommit[]): string {
  return commits
    .map(({ by, time, parents, changes }, index) => {
      const marks = [...new Set(parents.map((back) => index - back))].filter((mark) => mark > 0);
      // No two commits of one second: their order would be anybody's guess.
      const at = 1_600_000_000 + time * 1000 + index;
      const [first, ...others] = index === 0 ? [] : marks.length > 0 ? marks : [index];
      return [
        'commit refs/heads/main',
        `mark :${index + 1}`,
        `author ${by} <${by}@x.org> ${at} ${index % 2 ? '+0200' : '-0930'}`,
        `committer ${by} <${by}@x.org> ${at} +0000`,
        'data 0',
        ...(first === undefined ? [] : [`from :${first}`]),
        ...others.map((mark) => `merge :${mark}`),
        ...changes.map(([path, how]) => {
          if (how === 'delete') return `D "${path}"`;
          const content = how === 'mode' ? 'fixed' : `${index}`;
          return `M ${how === 'mode' ? '755' : '644'} inline "${path}"\ndata ${content.length}\n${content}`;
        }),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** What `git log` says of each path, drawn alike. */
function drawByGit(folder: string): string[] {
  return paths
    .flatMap((path) => {
      const options = ['--no-merges', '--full-history', '--format=%an|%ad', '--date=short'];
      const lines = git(folder, ['log', ...options, 'main', '--', path]).split('\n');
      const found = lines.filter(Boolean).map((line) => line.split('|'));
      const [newest] = found;
      if (!newest) return [];
      const count = new Set(found.map(([name]) => name)).size;
      return [`${path}: ${count}, ${newest[0]} on ${newest[1]}`];
    })
    .sort();
}

describe.skipIf(!hasGit())('random histories are told as git log tells them', () => {
  test.each([
    ['in loose objects', 'sha1', 1000, false],
    ['in the pack of an import', 'sha1', 1, false],
    ['packed anew', 'sha1', 1, true],
    ['with SHA-256', 'sha256', 1000, false],
    ['with SHA-256, packed anew', 'sha256', 1, true],
  ] as const)('%s', async (_how, format, unpackLimit, isPackedAnew) => {
    const top = await newFolder();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { minLength: 1, maxLength: 25 }), async (commits) => {
        const folder = `${top}/${++number}`;
        await mkdir(folder);
        git(folder, ['init', '-q', '-b', 'main', `--object-format=${format}`]);
        git(
          folder,
          ['-c', `fastimport.unpackLimit=${unpackLimit}`, 'fast-import', '--quiet', '--force'],
          toStream(commits),
        );
        if (isPackedAnew) git(folder, ['repack', '-adfq', '--depth=20']);
        const history = await readHistory(folder, paths);
        expect(history.flaws).toEqual([]);
        expect(drawHistory(history)).toEqual(drawByGit(folder));
      }),
      { numRuns: 12 },
    );
  });

  test('a shallow clone, a linked work tree and a submodule', async () => {
    const top = await newFolder();
    const one = `${top}/one`;
    await mkdir(one);
    git(one, ['init', '-q', '-b', 'main']);
    const stream = toStream(
      names.map((by, time) => ({
        by,
        time,
        parents: [],
        changes: [[paths[time] ?? 'run', 'write']],
      })),
    );
    git(one, ['fast-import', '--quiet'], stream);
    git(top, ['clone', '-q', '--depth=2', `file://${one}`, 'shallow']);
    git(one, ['worktree', 'add', '-q', '--detach', '../linked', 'main']);
    git(top, ['init', '-q', '-b', 'main', 'outer']);
    const local = ['-c', 'protocol.file.allow=always'];
    git(`${top}/outer`, [...local, 'submodule', '--quiet', 'add', one, 'inner']);
    const full = drawByGit(one);
    expect(full).toHaveLength(4);
    expect(drawHistory(await readHistory(`${top}/linked`, paths))).toEqual(full);
    const inner = await readHistory(
      `${top}/outer`,
      paths.map((path) => `inner/${path}`),
    );
    expect(drawHistory(inner)).toEqual(full.map((line) => `inner/${line}`));
    const shallow = await readHistory(`${top}/shallow`, paths);
    // Of two commits, the older is where the clone begins.
    expect(drawHistory(shallow)).toEqual(full.filter((line) => line.includes('Dag')));
    expect(shallow.flaws).toHaveLength(1);
  });
});
