import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Audit, audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { nodeFiles } from '../../src/files.ts';
import { listJudgements } from '../../src/finding.ts';
import { renderReports } from '../../src/renderers/index.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles } from '../audit-files.ts';
import { openFolders } from '../files/history-folder.ts';
import { addLine, type Objects, toGitFiles, writeBelow } from '../files/repository.ts';

const newFolder = openFolders();
const push = 'curl -d @stock.csv https://wms.example/stock\n';
const systems = `id,name,hosts\nerp,ERP,erp.example\nwms,Warehouse,wms.example\n`;

/** A landscape with a script of Ada's that Bo changed, in a repository of its own or around it all. */
async function writeLandscape(folder: string, repository: string): Promise<void> {
  const objects: Objects = new Map();
  const inside = path.relative(repository, 'landscape/code/push.sh');
  const head = addLine(objects, [
    { by: 'Ada Berg <ada@secret.example>', files: { [inside]: '1' } },
    { by: 'Bo Lind <bo@secret.example>', files: { [inside]: '2' } },
    { by: 'renovate[bot] <bot@renovateapp.com>', files: { [inside]: push } },
  ]);
  for (const [file, bytes] of Object.entries(toGitFiles(objects, head)))
    await writeBelow(folder, { [`${repository}/.git/${file}`]: bytes });
  await writeBelow(folder, {
    'landscape/systems.csv': systems,
    'landscape/code/push.sh': push,
  });
}

async function auditFolder(folder: string, options = '', top = ''): Promise<Audit> {
  const root = path.join(folder, 'landscape');
  const yaml = `${top}sources:\n  - inventory: systems.csv\n  - scripts: code\n    system: erp\n${options}`;
  await writeFile(path.join(root, 'landscape.yaml'), yaml);
  const files = nodeFiles(root);
  const config = parseConfig(yaml, 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: false });
}

const authorsOf = ({ links }: Audit) => links[0]?.implementations[0]?.authors;
const counted = { count: 2, lastOn: '2023-01-02' };

describe('a repository below the landscape', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await newFolder();
    await writeLandscape(folder, 'landscape/code');
  });

  test('gives the number of authors and the day, and no name', async () => {
    const found = await auditFolder(folder);
    expect(found.links.map(({ key }) => key)).toEqual(['erp=>wms#http']);
    expect(authorsOf(found)).toEqual(counted);
    const reports = await renderReports(found);
    for (const [name, text] of reports)
      expect([...text].join(''), name).not.toMatch(/Bo Lind|Ada Berg|secret\.example/);
    const told = 'code/push.sh (2 authors, last changed 2023-01-02)';
    expect(reports.get('report.html')).toContain(told);
    expect(reports.get('landscape.md')).toContain(
      '| code/push.sh | 2 authors, last changed 2023-01-02 |',
    );
  });

  test('gives the name where people are shown, and never an address', async () => {
    const found = await auditFolder(folder, '', 'showPeople: true\n');
    expect(authorsOf(found)).toEqual({ ...counted, last: 'Bo Lind' });
    const reports = await renderReports(found);
    for (const [name, text] of reports)
      expect([...text].join(''), name).not.toContain('secret.example');
    for (const name of ['report.html', 'landscape.md'])
      expect(reports.get(name)).toContain('2 authors, last changed 2023-01-02 by Bo Lind');
  });

  test('tells the rule no-owner who could know', async () => {
    const message = ({ findings }: Audit) =>
      listJudgements(findings).find(
        ({ rule, subject }) => rule === 'no-owner' && subject.includes('=>'),
      );
    const hidden = message(await auditFolder(folder));
    expect(hidden?.message).toBe(
      'ERP → Warehouse has no owner, and neither has one of its ends. code/push.sh was last changed on 2023-01-02 and has 2 authors.',
    );
    const shown = message(await auditFolder(folder, '', 'showPeople: true\n'));
    expect(shown?.message).toContain('last changed on 2023-01-02 by Bo Lind and has 2 authors.');
    expect(shown?.fingerprint).toBe(hidden?.fingerprint);
  });

  test('is not read with history: false', async () => {
    const found = await auditFolder(folder, '    history: false\n');
    expect(authorsOf(found)).toBeUndefined();
    expect((await renderReports(found)).get('landscape.md')).not.toContain('Who changed');
  });

  test('gives the same audit in another place', async () => {
    const other = await newFolder();
    await writeLandscape(other, 'landscape/code');
    expect(await auditFolder(other)).toEqual(await auditFolder(folder));
  });

  test('fails no scan where it is broken, and is named under coverage', async () => {
    const broken = await newFolder();
    await writeLandscape(broken, 'landscape/code');
    await writeBelow(broken, { 'landscape/code/.git/HEAD': 'nonsense\n' });
    const found = await auditFolder(broken);
    expect(found.links).toHaveLength(1);
    expect(authorsOf(found)).toBeUndefined();
    expect(found.coverage.sources.flatMap(({ flaws }) => flaws)).toEqual([
      {
        place: { file: 'code/.git', line: 1, column: 1 },
        reason: 'history: HEAD is not understood',
      },
    ]);
  });
});

test('a repository that is the landscape itself is read', async () => {
  const folder = await newFolder();
  await writeLandscape(folder, 'landscape');
  expect(authorsOf(await auditFolder(folder))).toEqual(counted);
});

test('a repository around the landscape is read only with history: true', async () => {
  const folder = await newFolder();
  await writeLandscape(folder, '.');
  expect(authorsOf(await auditFolder(folder))).toBeUndefined();
  expect(authorsOf(await auditFolder(folder, '    history: true\n'))).toEqual(counted);
});

test('of files in memory there is no history', async () => {
  const found = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - scripts: code\n    system: erp\n    history: true\n',
    'systems.csv': systems,
    'code/push.sh': push,
  });
  expect(found.links).toHaveLength(1);
  expect(authorsOf(found)).toBeUndefined();
});
