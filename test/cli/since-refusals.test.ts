import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeBelow } from '../files/repository.ts';
import { commitAll, git, hasGit } from '../files/run-git.ts';
import { captureOutput } from './capture-output.ts';
import {
  check,
  checkJson,
  draw,
  landscape,
  openFolders,
  toFinance,
  writeRepository,
} from './since-folder.ts';

const shown = captureOutput();
const newFolder = openFolders();
const newLink = ['unregistered-link warehouse=>finance#file'];

/** Checks that a base cannot be told, with what to do in words. */
async function refuses(folder: string, revision: string, ...words: string[]): Promise<void> {
  expect(await check(shown, folder, '--since', revision), shown.out).toBe(2);
  expect(shown.out).toBe('');
  for (const each of words) expect(shown.errors).toContain(each);
}

/** The last command that a message names, with its arguments. */
function commandIn(message: string): string[] {
  const found = /run: git ([^;(]*?)(?: \(|,|;|$)/m.exec(message)?.[1] ?? '';
  return found.trim().split(' ');
}

async function findObject(folder: string, id: string): Promise<string> {
  const file = path.join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
  await readFile(file);
  return file;
}

describe.skipIf(!hasGit)('what looks clean and is not', () => {
  test('HEAD itself, with changes that are staged, not staged, or on a detached HEAD', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD'))).toEqual([]);
    await appendFile(path.join(folder, 'scripts/crm.sh'), toFinance);
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD'))).toEqual(newLink);
    git(folder, 'add', '-A');
    expect(draw(await checkJson(shown, folder, '--since', '@'))).toEqual(newLink);
    commitAll(folder);
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD'))).toEqual([]);
    git(folder, 'checkout', '-q', '--detach');
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual(newLink);
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD~1'))).toEqual(newLink);
  });

  test('a revision that is not there, misspelt or not understood', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    await refuses(folder, 'maim', 'no branch, tag or commit', 'Did you mean "main"?');
    await refuses(folder, 'origin/main', 'git fetch origin main:refs/remotes/origin/main');
    await refuses(folder, 'deadbeef', 'no such commit', 'git fetch origin');
    await refuses(folder, 'main~9', 'no parent number 1');
    await refuses(folder, 'main@{1}', 'is not understood', 'HEAD~2');
    await refuses(folder, '', 'is not understood');
    await refuses(folder, '../../etc/passwd', 'no branch, tag or commit');
    await refuses(folder, 'main:links.csv', 'is not understood');
    expect(await check(shown, folder, '--since', 'main', '--base-audit', 'x.json')).toBe(2);
    expect(shown.errors).toContain('both name a base');
  });

  test('no repository, and one in which nothing is committed', async () => {
    const folder = await newFolder();
    await writeBelow(folder, landscape);
    await refuses(folder, 'main', 'is in no git repository', '--base-audit');
    git(folder, 'init', '-q', '-b', 'main');
    await refuses(folder, 'main', 'nothing is committed');
    await refuses(folder, 'HEAD', 'nothing is committed');
  });

  test('a clone that is too shallow: the command that is named mends it', async () => {
    const top = await newFolder();
    const [origin, clone] = [path.join(top, 'origin'), path.join(top, 'clone')];
    await mkdir(origin);
    await writeRepository(origin);
    for (let count = 0; count < 3; count++) commitAll(origin);
    await appendFile(path.join(origin, 'scripts/crm.sh'), toFinance);
    commitAll(origin);
    git(origin, 'checkout', '-q', 'main');
    commitAll(origin);
    git(top, 'clone', '-q', '--depth=1', '-b', 'change', `file://${origin}`, 'clone');
    await refuses(clone, 'HEAD~1', 'the clone is shallow', 'git fetch --deepen=');
    await refuses(clone, 'origin/main', 'If it is on the server alone');
    git(clone, 'fetch', '-q', '--depth=1', 'origin', 'main:refs/remotes/origin/main');
    await refuses(clone, 'origin/main', 'too shallow', 'git fetch --deepen=', '--unshallow');
    git(clone, ...commandIn(shown.errors));
    git(clone, 'fetch', '-q', '--deepen=1000', 'origin', 'main');
    expect(draw(await checkJson(shown, clone, '--since', 'origin/main'))).toEqual(newLink);
  });

  test('histories that have nothing in common', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    git(folder, 'checkout', '-q', '--orphan', 'other');
    commitAll(folder);
    await refuses(folder, 'main', 'no commit in common');
  });

  test('an object that is broken or gone: a commit, a folder, a script, the registry', async () => {
    for (const what of [
      'main^{commit}',
      'main^{tree}',
      'main:scripts',
      'main:scripts/crm.sh',
      'main:links.csv',
    ]) {
      const folder = await newFolder();
      await writeRepository(folder);
      await writeFile(path.join(folder, 'links.csv'), 'id,from,to,protocol\n');
      await writeFile(path.join(folder, 'scripts/crm.sh'), `# changed\n${toFinance}`);
      commitAll(folder);
      const file = await findObject(folder, git(folder, 'rev-parse', what));
      const bytes = await readFile(file);
      await rm(file);
      await refuses(folder, 'main', what === 'main^{commit}' ? 'git fetch' : 'missing, broken');
      bytes.set([bytes.length % 251], bytes.length >> 1);
      await writeFile(file, bytes.fill(0, bytes.length >> 1));
      await refuses(folder, 'main', 'fsck');
    }
  });

  test('a partial clone: the command that is named mends it', async () => {
    const top = await newFolder();
    const [origin, clone] = [path.join(top, 'origin'), path.join(top, 'clone')];
    await mkdir(origin);
    await writeRepository(origin);
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    await appendFile(path.join(origin, 'scripts/crm.sh'), toFinance);
    commitAll(origin);
    git(top, 'clone', '-q', '--filter=blob:none', '-b', 'change', `file://${origin}`, 'clone');
    await refuses(clone, 'origin/main', 'the clone is partial');
    git(clone, ...commandIn(shown.errors));
    expect(draw(await checkJson(shown, clone, '--since', 'origin/main'))).toEqual(newLink);
  });

  test('a base without the configuration: all is new, and it says so', async () => {
    const folder = await newFolder();
    const { 'landscape.yaml': config, ...rest } = landscape;
    await writeRepository(folder, { ...rest, 'scripts/old.sh': toFinance });
    await writeFile(
      path.join(folder, 'landscape.yaml'),
      config.replace('{ ', '{ ratchet: error, '),
    );
    expect(await check(shown, folder, '--since', 'main')).toBe(1);
    expect(shown.out).toContain('there is no such landscape in the base');
    expect(shown.out).toContain('finance over sftp is point-to-point and not registered');
    const { change, findings } = await checkJson(shown, folder, '--since', 'main');
    expect(change?.isFirst).toBe(true);
    expect(draw({ clean: false, findings })).toEqual(newLink);
  });

  test.each([
    ['a configuration', { 'landscape.yaml': 'sources: [{ inventry: a.csv }]\n' }, 'inventry'],
    ['a registry row', { 'links.csv': 'id,from,to,protocol\nL1,,crm,https\n' }, 'links.csv'],
    ['a folder that is not there', { 'scripts/crm.sh': undefined }, 'scripts'],
  ])('a base that is broken itself is no clean base: %s', async (_what, files, words) => {
    const folder = await newFolder();
    const all = Object.entries({ ...landscape, ...files }).filter(([, text]) => text !== undefined);
    await writeRepository(folder, Object.fromEntries(all) as Record<string, string>);
    await writeBelow(folder, landscape);
    await refuses(folder, 'main', 'the base cannot be judged', words, '--base-audit');
  });

  test('a file that Git LFS keeps and one that is encrypted', async () => {
    const folder = await newFolder();
    const oid = 'a'.repeat(64);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 40\n`;
    await writeRepository(folder, { ...landscape, 'links.csv': pointer });
    await writeBelow(folder, { 'links.csv': landscape['links.csv'] });
    await refuses(folder, 'main', 'links.csv', 'git lfs fetch origin');
    await writeBelow(folder, { [`.git/lfs/objects/aa/aa/${oid}`]: 'other content' });
    await refuses(folder, 'main', 'git lfs fetch origin');
    const other = await newFolder();
    await writeRepository(other, { ...landscape, 'links.csv': '\0GITCRYPT\0 and noise' });
    await writeBelow(other, { 'links.csv': landscape['links.csv'] });
    await refuses(other, 'main', 'is encrypted in git');
  });

  test('a cache that the change brings along is not believed', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    await writeBelow(folder, {
      '.landscape/cache/base-0.json': '{}',
      'scripts/push.sh': toFinance,
    });
    git(folder, 'add', '-A', '-f');
    commitAll(folder);
    const { change, findings } = await checkJson(shown, folder, '--since', 'main');
    expect(draw({ clean: false, findings })).toEqual(newLink);
    expect(change?.notes.join()).toContain('.landscape is committed');
    expect(await readdir(path.join(folder, '.landscape/cache'))).toEqual(['base-0.json']);
  });
});
