import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

async function findDrift(
  row: string,
  script: string,
  more: Readonly<Record<string, string>> = {},
  sources = '',
): Promise<string[]> {
  const { findings } = await auditFiles({
    'landscape.yaml': `sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: scripts\n    owners: { "a/**": a }\n${sources}`,
    's.csv': 'id,name,hosts,team\na,Alpha,a.example,T\nb,Beta,b.example,T\n',
    'l.csv': `id,from,to,protocol,objects,status\n${row}\n`,
    'scripts/a/x.sh': script,
    ...more,
  });
  return findings
    .filter(({ rule }) => rule === 'drifted-link')
    .map(({ subject, message }) => `${subject}: ${message}`);
}

const ftp = 'curl -T x ftp://b.example/x\n';

test.each<[string, string, string, number]>([
  ['another protocol', '1,a,b,sftp,,', ftp, 1],
  ['the same', '1,a,b,ftp,,', ftp, 0],
  ['another program for the same way', '1,a,b,sftp,,', 'scp x b.example:/x\n', 0],
  ['a word that fits several', '1,a,b,file drop,,', ftp, 0],
  ['no protocol', '1,a,b,,,', ftp, 0],
  ['one of two rows', '1,a,b,sftp,,\n2,a,b,ftp,,', ftp, 0],
  ['one of two scripts', '1,a,b,sftp,,', `scp x b.example:/x\n${ftp}`, 0],
  ['encryption alone', '1,a,b,https,,', 'curl -d @x http://b.example/x\n', 0],
  ['another family is another link', '1,a,b,https,,', ftp, 0],
  ['a link that nobody approved', '1,a,b,sftp,,draft', ftp, 0],
])('%s', async (_, row, script, expected) => {
  expect(await findDrift(row, script)).toHaveLength(expected);
});

test('tells both, with the row', async () => {
  expect(await findDrift('INT-7,a,b,sftp,,', ftp)).toEqual([
    'a=>b#file: Alpha → Beta is registered as sftp (INT-7), and its code uses ftp.',
  ]);
});

test('each script is looked at by itself', async () => {
  expect(
    await findDrift('1,a,b,sftp,,', ftp, { 'scripts/a/y.sh': 'scp x b.example:/x\n' }),
  ).toHaveLength(1);
});

test('a carrier may take the data in another way than it hands it on', async () => {
  const carrier = {
    'scripts/carry.sh': 'curl ftp://a.example/x -o /tmp/x\nscp /tmp/x b.example:/x\n',
  };
  expect(await findDrift('1,a,b,sftp,,', 'true\n', carrier)).toEqual([]);
  expect(await findDrift('1,a,b,smb,,', 'true\n', carrier)).toEqual([
    'a=>b#file: Alpha → Beta is registered as smb (1), and its code uses ftp and scp.',
  ]);
});

test.each<[string, string, number]>([
  ['objects that no row has', '1,a,b,sftp,stock', 1],
  ['the same in another writing', '1,a,b,sftp,Stock; order', 0],
  ['a row that names none', '1,a,b,sftp,', 0],
])('a model says: %s', async (_, row, expected) => {
  const model = { 'model.csv': 'id,from,to,protocol,objects\nM,a,b,sftp,"stock, orders"\n' };
  const sources = '  - inventory: model.csv\n    registry: false\n';
  expect(await findDrift(row, 'true\n', model, sources)).toHaveLength(expected);
});

test('a row that is only proposed is no other opinion', async () => {
  expect(await findDrift('1,a,b,sftp,stock,\n2,a,b,sftp,orders,draft', 'true\n')).toEqual([]);
});
