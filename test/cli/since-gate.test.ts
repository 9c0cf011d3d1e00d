import { appendFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeBelow } from '../files/repository.ts';
import { commitAll, git, hasGit } from '../files/run-git.ts';
import { captureOutput } from './capture-output.ts';
import {
  check,
  checkJson,
  landscape,
  openFolders,
  toFinance,
  writeRepository,
} from './since-folder.ts';

const shown = captureOutput();
const newFolder = openFolders();
const yaml = `name: L
sources:
  - inventory: systems.csv
  - inventory: links.csv
  - scripts: scripts
    system: warehouse
  - scripts: more
rules: { no-safeguard: "off" }
limits: { fanIn: 3, cyclicGroup: 2 }
aliases: { fin: finance }
policies:
  - name: quiet
    reason: it is
    forbid: { from: { id: crm }, to: { id: finance } }
overrides:
  - systems: [crm]
    rules: { no-owner: error }
`;
const files = { ...landscape, 'landscape.yaml': yaml, 'more/a.sh': 'ls\n' };

describe.skipIf(!hasGit)('what a change does to the gate that it has to pass', () => {
  test.each([
    ['nothing', yaml, undefined],
    ['comments and order', `# new\n${yaml}`, undefined],
    ['a stricter rule', yaml.replace('"off" }', '"off", no-owner: error }'), undefined],
    [
      'a rule',
      yaml.replace('"off" }', '"off", unregistered-link: "off" }'),
      'unregistered-link error → off',
    ],
    [
      'an override that silences',
      `${yaml}  - systems: [finance, warehouse, crm]\n    rules: { unregistered-link: info }\n`,
      'a new override for systems finance, warehouse, crm: unregistered-link error → info',
    ],
    [
      'an override that held',
      yaml.replace(/overrides:[\s\S]*/, ''),
      'no longer an override for systems crm: no-owner warn → error',
    ],
    [
      'a source that is gone',
      yaml.replace('  - scripts: more\n', ''),
      'scripts: more is no longer read',
    ],
    [
      'an optional source',
      yaml.replace('scripts: more', 'scripts: more\n    optional: true'),
      'scripts: more is now optional',
    ],
    [
      'fewer records',
      yaml.replace('scripts: more', 'scripts: more\n    minParsed: 0.1'),
      'scripts: more minParsed 0.9 → 0.1',
    ],
    [
      'another environment',
      yaml.replace('scripts: more', 'scripts: more\n    environment: test'),
      'scripts: more environment prod → test',
    ],
    [
      'another system',
      yaml.replace('system: warehouse', 'system: crm'),
      'scripts: scripts is read with another system',
    ],
    ['a limit', yaml.replace('fanIn: 3', 'fanIn: { most: 30 }'), 'limit fanIn 3 → 30'],
    ['no limit', yaml.replace(', cyclicGroup: 2', ''), 'limit cyclicGroup 2 → none'],
    [
      'a policy',
      yaml.replace('to: { id: finance }', 'to: { id: warehouse }'),
      'the policy "quiet" is another',
    ],
    ['an alias', yaml.replace('fin: finance', 'fin: crm'), 'the alias "fin" finance → crm'],
    ['the scope', `${yaml}scope: member\n`, 'scope whole → member'],
    ['the baseline', `${yaml}baseline: other.yaml\n`, 'baseline none → other.yaml'],
  ])('%s', async (_, text, clause) => {
    const folder = await newFolder();
    await writeRepository(folder, files);
    await writeFile(path.join(folder, 'other.yaml'), 'version: 1\naccepted: []\n');
    await writeFile(path.join(folder, 'landscape.yaml'), text);
    const { change } = await checkJson(shown, folder, '--since', 'main');
    expect(change?.weakened).toEqual(clause === undefined ? [] : [clause]);
    await check(
      shown,
      folder,
      '--since',
      'main',
      '--format',
      'github',
      '--format',
      `text=${path.join(folder, 'out.txt')}`,
    );
    expect(shown.out.includes('::warning title=gate::This change also weakens the gate: ')).toBe(
      clause !== undefined,
    );
  });

  test('the new link passes, and the output says why', async () => {
    const folder = await newFolder();
    await writeRepository(folder, files);
    await writeBelow(folder, {
      'landscape.yaml': yaml.replace('"off" }', '"off", unregistered-link: "off" }'),
      'scripts/push.sh': toFinance,
    });
    expect(await check(shown, folder, '--since', 'main')).toBe(0);
    expect(shown.out).toContain(
      'This change also weakens the gate: unregistered-link error → off.',
    );
  });

  test('scripts that nobody can read are told', async () => {
    const folder = await newFolder();
    await writeRepository(folder, {
      ...files,
      ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`scripts/${at}.sh`, 'ls\n'])),
    });
    await writeFile(path.join(folder, 'scripts/push.sh'), `${toFinance}${'# x\n'.repeat(300_000)}`);
    const { change } = await checkJson(shown, folder, '--since', 'main');
    expect(change?.weakened.join()).toMatch(
      /^scripts: scripts has 1 more of its scripts that is not understood \(scripts\/push\.sh:1:1 larger than 1 MB/,
    );
  });
});

describe.skipIf(!hasGit)('a change that accepts its own link', () => {
  const accept = 'landscape: accept expires=2027-01-31 reason=ends with the contract';

  test('by a comment is green, and says so', async () => {
    const folder = await newFolder();
    await writeRepository(folder, files);
    await writeFile(path.join(folder, 'scripts/push.sh'), `# ${accept}\n${toFinance}`);
    expect(await check(shown, folder, '--since', 'main')).toBe(0);
    expect(shown.out.replace(/\s+/g, ' ')).toContain(
      'This change accepts unregistered-link of warehouse=>finance#file at scripts/push.sh:1:3 until 2027-01-31.',
    );
    commitAll(folder);
    const { change } = await checkJson(shown, folder, '--since', 'HEAD');
    expect(change?.accepts).toEqual([]);
  });

  test('by an entry of the baseline says so, too', async () => {
    const folder = await newFolder();
    await writeRepository(folder, files);
    await writeFile(path.join(folder, 'scripts/push.sh'), toFinance);
    const { findings } = await checkJson(shown, folder);
    const entry = {
      fingerprint: findings[0]?.fingerprint,
      rule: 'unregistered-link',
      subject: 'x',
      owner: 'A',
      reason: 'because',
      acceptedOn: '2026-11-01',
      expires: '2027-01-01',
    };
    await writeFile(
      path.join(folder, 'landscape-baseline.yaml'),
      JSON.stringify({ version: 1, accepted: [entry] }),
    );
    const { change, clean } = await checkJson(shown, folder, '--since', 'main');
    expect(clean).toBe(true);
    expect(change?.accepts).toEqual([
      'accepts unregistered-link of warehouse=>finance#file at landscape-baseline.yaml:1:26 until 2027-01-01',
    ]);
  });

  test('by a tie to a row says so, once', async () => {
    const folder = await newFolder();
    await writeRepository(folder, files);
    await writeFile(
      path.join(folder, 'scripts/push.sh'),
      '# landscape: link=L1 expires=2027-01-31\ncurl -T x "$WHERE"\n',
    );
    const tied = (await checkJson(shown, folder, '--since', 'main')).change?.accepts;
    expect(tied).toEqual(['ties its line to L1 by a comment at scripts/push.sh:1:3']);
    commitAll(folder);
    await rename(path.join(folder, 'scripts/push.sh'), path.join(folder, 'scripts/other.sh'));
    expect((await checkJson(shown, folder, '--since', 'HEAD')).change?.accepts).toEqual([]);
  });

  test('what a change no longer accepts is new', async () => {
    const folder = await newFolder();
    await writeRepository(folder, { ...files, 'scripts/push.sh': `# ${accept}\n${toFinance}` });
    await writeFile(path.join(folder, 'scripts/push.sh'), toFinance);
    expect((await checkJson(shown, folder, '--since', 'main')).clean).toBe(false);
  });
});

describe.skipIf(!hasGit)('a cache that came with a commit', () => {
  test('is not believed: not by a check without a base either', async () => {
    const folder = await newFolder();
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`scripts/${at}.sh`, 'ls\n'.repeat(2000)]),
    );
    await writeRepository(folder, { ...files, ...many, 'scripts/push.sh': toFinance });
    await mkdir(path.join(folder, '.landscape/cache'), { recursive: true });
    await writeFile(path.join(folder, '.landscape/cache/x.json'), '{}');
    expect(await check(shown, folder)).toBe(1);
    expect(shown.errors).not.toContain('is committed');
    git(folder, 'add', '-f', '.landscape');
    commitAll(folder);
    const kept = await readdir(path.join(folder, '.landscape/cache'));
    expect(await check(shown, folder)).toBe(1);
    expect(shown.errors).toContain('.landscape is committed, so nothing that it keeps is used.');
    expect(await readdir(path.join(folder, '.landscape/cache'))).toEqual(kept);
    await appendFile(path.join(folder, '.git/HEAD'), 'broken');
    expect(await check(shown, folder)).toBe(1);
    expect(shown.errors).toContain('is committed');
  });
});
