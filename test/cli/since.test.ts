import { appendFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
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

describe.skipIf(!hasGit)('what a change adds', () => {
  test('a link by a new line, told in one sentence; what was there before is not shown', async () => {
    const folder = await newFolder();
    await writeRepository(folder, {
      ...landscape,
      'scripts/old.sh': 'curl -T /tmp/a https://finance.example/old\n',
    });
    await writeFile(path.join(folder, 'scripts/push.sh'), `#!/bin/sh\n${toFinance}`);
    expect(await check(shown, folder, '--since', 'main')).toBe(1);
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      'This change adds a link from warehouse to finance over sftp at scripts/push.sh:2.',
    );
    expect(shown.out).toContain('Register it, route it through the platform, or accept it.');
    expect(shown.out).toContain('1 error');
    expect(shown.out).not.toContain('old.sh');
    expect(shown.out).toMatch(/Since main \([0-9a-f]{10}\): 1 found before is not shown\./);
    commitAll(folder);
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual(newLink);
  });

  test('nothing, where main went on and the branch did not', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    const base = git(folder, 'rev-parse', 'main');
    git(folder, 'checkout', '-q', 'main');
    await rm(path.join(folder, 'scripts/crm.sh'));
    await appendFile(path.join(folder, 'links.csv'), 'L2,warehouse,finance,sftp\n');
    commitAll(folder);
    git(folder, 'checkout', '-q', 'change');
    const { change, findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings).toEqual([]);
    expect(change).toMatchObject({ commit: base, isFirst: false });
  });

  test('a registered link that lost its row, and one whose end is new', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    await writeFile(path.join(folder, 'links.csv'), 'id,from,to,protocol\n');
    const { findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings).toMatchObject([{ rule: 'unregistered-link', subject: 'warehouse=>crm#http' }]);
    expect(findings[0]?.message).toBe(
      'This change takes the link from warehouse to crm over https out of the registry, and it is still there at scripts/crm.sh:1.',
    );
  });

  test('what it mends is one line, and an accepted link stays one that is accepted', async () => {
    const folder = await newFolder();
    await writeRepository(folder, { ...landscape, 'scripts/old.sh': toFinance });
    await rm(path.join(folder, 'scripts/old.sh'));
    expect(await check(shown, folder, '--since', 'main')).toBe(0);
    expect(shown.out).toContain(
      'This change mends 1 finding: unregistered-link warehouse=>finance#file.',
    );
  });

  test('moved lines, renamed scripts, reordered rows and other line ends are nothing new', async () => {
    const folder = await newFolder();
    await writeRepository(folder, { ...landscape, 'scripts/old.sh': toFinance });
    await rename(path.join(folder, 'scripts/old.sh'), path.join(folder, 'scripts/new.sh'));
    await writeFile(path.join(folder, 'scripts/new.sh'), `# moved\r\n\r\n${toFinance.trim()}\r\n`);
    const [head = '', ...rows] = landscape['systems.csv'].trim().split('\n');
    await writeFile(path.join(folder, 'systems.csv'), [head, ...rows.reverse(), ''].join('\r\n'));
    const { findings, change } = await checkJson(shown, folder, '--since', 'main');
    expect(findings).toEqual([]);
    expect(change?.known).toBe(1);
  });

  test('of one link only what is new is said', async () => {
    const folder = await newFolder();
    const rules = landscape['landscape.yaml'].replace('"off"', 'warn');
    await writeRepository(folder, {
      ...landscape,
      'landscape.yaml': `${rules}  - cron: cron\n    host: h\n`.replace(
        /(rules:.*\n)(.*\n.*\n)$/,
        '$2$1',
      ),
      cron: '0 1 * * * root /opt/scripts/old.sh\n',
      'scripts/old.sh': toFinance,
    });
    await writeFile(path.join(folder, 'scripts/old.sh'), `PASSWORD=hunter2secret\n${toFinance}`);
    const { findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings.map(({ rule }) => rule)).toEqual(['credential-in-code']);
  });

  test('a row whose script the change removes: rules that compare see the base', async () => {
    const folder = await newFolder();
    await writeRepository(folder);
    await writeFile(path.join(folder, 'scripts/crm.sh'), 'echo nothing\n');
    const { findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings).toMatchObject([{ rule: 'uncoded-link', subject: 'warehouse=>crm#http' }]);
    expect(findings[0]?.message).toContain('Code made it in the base audit');
  });

  test('ratchet compares with the base', async () => {
    const folder = await newFolder();
    const config = landscape['landscape.yaml'].replace('{ ', '{ ratchet: error, ');
    await writeRepository(folder, { ...landscape, 'landscape.yaml': config });
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual([]);
    await writeFile(path.join(folder, 'scripts/push.sh'), toFinance);
    const { findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings.map(({ rule }) => rule)).toContain('ratchet');
  });

  test('a folder of the repository, its own files above it, and a given configuration', async () => {
    const folder = await newFolder();
    const moved = Object.entries(landscape).map(([file, text]) => [
      file === 'landscape.yaml' || file === 'systems.csv' ? `ops/${file}` : file,
      text
        .replaceAll('scripts: scripts', 'scripts: ../scripts')
        .replace('links.csv', '../links.csv'),
    ]);
    await writeRepository(folder, Object.fromEntries(moved));
    await writeFile(path.join(folder, 'scripts/push.sh'), toFinance);
    expect(draw(await checkJson(shown, path.join(folder, 'ops'), '--since', 'main'))).toEqual(
      newLink,
    );
    const config = path.join(folder, 'ops/landscape.yaml');
    expect(draw(await checkJson(shown, folder, '-c', config, '--since', 'main'))).toEqual(newLink);
  });

  test('through symbolic links, which lead to what the commit holds', async () => {
    const folder = await newFolder();
    git(folder, 'init', '-q', '-b', 'main');
    const { 'links.csv': rows, ...rest } = landscape;
    await writeBelow(folder, { ...rest, 'data/rows.csv': rows });
    await symlink('data/rows.csv', path.join(folder, 'links.csv'));
    commitAll(folder);
    await writeFile(path.join(folder, 'data/rows.csv'), 'id,from,to,protocol\n');
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual([
      'unregistered-link warehouse=>crm#http',
    ]);
  });
});

describe.skipIf(!hasGit)('what git does not keep', () => {
  test('brought data is the same on both sides, new scripts are new', async () => {
    const folder = await newFolder();
    const { 'systems.csv': systems, ...rest } = landscape;
    await writeRepository(folder, { ...rest, '.gitignore': 'systems.csv\n' });
    await writeBelow(folder, { 'systems.csv': systems });
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual([]);
    await writeFile(path.join(folder, 'scripts/push.sh'), toFinance);
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD'))).toEqual(newLink);
    await writeFile(path.join(folder, '.gitignore'), 'scripts/push.sh\nsystems.csv\n');
    expect(draw(await checkJson(shown, folder, '--since', 'HEAD'))).toEqual(newLink);
  });

  test('data that is committed with the change is part of it', async () => {
    const folder = await newFolder();
    const inventories = landscape['landscape.yaml'].replace('links.csv', '"rows/*.csv"');
    const { 'links.csv': rows, ...rest } = landscape;
    await writeRepository(folder, {
      ...rest,
      'landscape.yaml': inventories,
      'rows/a.csv': rows,
    });
    await writeFile(path.join(folder, 'rows/b.csv'), 'id,from,to,protocol\nL2,crm,billing,sftp\n');
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual([]);
    commitAll(folder);
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toContain(
      'unknown-system billing',
    );
  });

  test('files outside of the repository and repositories inside it are read for both', async () => {
    const top = await newFolder();
    const folder = path.join(top, 'repository');
    await mkdir(folder);
    const { 'systems.csv': systems, ...rest } = landscape;
    const config = rest['landscape.yaml']
      .replace('systems.csv', '../systems.csv')
      .replace('scripts: scripts', 'scripts: [scripts, inner/scripts]');
    await writeBelow(top, { 'systems.csv': systems });
    await writeRepository(folder, { ...rest, 'landscape.yaml': config, '.gitignore': 'inner\n' });
    await mkdir(path.join(folder, 'inner'));
    await writeRepository(path.join(folder, 'inner'), { 'scripts/push.sh': toFinance });
    const { change, findings } = await checkJson(shown, folder, '--since', 'main');
    expect(findings).toEqual([]);
    expect(change?.known).toBe(1);
  });

  test('a submodule that the change adds is new', async () => {
    const top = await newFolder();
    const [folder, other] = [path.join(top, 'repository'), path.join(top, 'other')];
    await mkdir(folder);
    await mkdir(other);
    await writeRepository(other, { 'push.sh': toFinance });
    await writeRepository(folder);
    git(folder, 'submodule', '--quiet', 'add', other, 'scripts/other');
    commitAll(folder);
    expect(draw(await checkJson(shown, folder, '--since', 'main'))).toEqual(newLink);
    const { findings, change } = await checkJson(shown, folder, '--since', 'HEAD');
    expect(findings).toEqual([]);
    expect(change?.known).toBe(1);
  });
});
