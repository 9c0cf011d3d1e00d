import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { audit, keys, line } from './given.ts';

describe('a reference to another environment', () => {
  test('is no link of production, and a finding with its place', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl https://erp-test.example/x\ncurl https://wms.test.example/y\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(found.links).toEqual([]);
    expect(found.unresolved).toEqual([]);
    expect(
      found.findings
        .filter(({ rule }) => rule === 'cross-environment')
        .map(({ subject, evidence }) => [subject, evidence.map((place) => place.line)]),
    ).toEqual([
      ['erp=>fin#http', [1]],
      ['wms=>fin#http', [2]],
    ]);
    expect(found.hops.map(({ environment }) => environment)).toEqual(['test', 'test']);
  });

  test('with a word for production is the system', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl https://erp.prod.example/x\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(keys(found)).toEqual(['erp=>fin#http']);
    expect(found.links[0]?.evidence[0]?.resolution).toContain(
      'erp.prod.example is erp.example of erp in the environment prod',
    );
  });

  test('at both ends of a row is a row of that environment', async () => {
    const found = await audit({
      links: 'id,from,to,protocol\nL1,erp-test,wms-test,rest\nL2,erp,wms_test,rest\n',
    });
    expect(found.links).toEqual([]);
    expect(found.systems.map(({ id }) => id)).not.toContain('erp-test');
    expect(
      found.findings
        .filter(({ rule }) => /cross-environment|unknown-system/.test(rule))
        .map(({ rule, subject }) => [rule, subject]),
    ).toEqual([['cross-environment', 'erp=>wms#http']]);
  });

  test('makes code in such a folder, or on such a host, nobody’s', async () => {
    const found = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - scripts: s\n  - cron: crontab\n    host: fin-test\n',
      'systems.csv': 'id,hosts\nerp,erp.example\nfin,\nwms,wms.example\n',
      's/erp-test/pull.sh': 'curl https://wms.example/x\n',
      crontab: '0 1 * * * root curl https://wms.example/y\n',
    });
    expect(found.links).toEqual([]);
  });

  test('as a caller in a log is no link either', async () => {
    const found = await audit({ log: line('10.0.1.7', 'GET /wms/x') });
    expect(keys(found)).toEqual(['wms=>erp#http']);
    const test = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - gateway: access.log\n    routes: { "/wms/": wms }\n',
      'systems.csv': 'id,hosts\nerp,erp.example\nwms,wms.example\n',
      'access.log': line('10.0.1.7', 'GET /wms/x').replace('"x"', '"erp-test/1.0"'),
    });
    expect(test.links).toEqual([]);
    expect(test.findings.map(({ rule }) => rule)).toContain('cross-environment');
  });
});

describe('naming', () => {
  const script = { 'a.sh': 'curl https://erp-p01.corp.example/x\n' };

  test('patterns of the configuration give hosts their systems', async () => {
    const found = await audit({
      scripts: script,
      owners: { '*.sh': 'fin' },
      extra: 'naming:\n  "{system}-{environment}*.corp.example": { p: prod, t: test }\n',
    });
    expect(keys(found)).toEqual(['erp=>fin#http']);
  });

  test.each([
    ['"erp.example":', 'needs {system} once'],
    ['"{system}-{system}.example":', 'needs {system} once'],
    ['"{system}":', 'a part that is written out'],
    ['"{system}.{environment}.{environment}.example":', 'takes {environment} once at most'],
    ['"{sytem}.{system}.example":', 'holds letters, digits'],
    ['"***{system}.example":', 'takes 2 "*" at most'],
    ['"{system}.example": { "p p": prod }', 'expected letters and digits'],
    ['"{system}.example": { p: "" }', 'expected an environment such as prod or test'],
  ])('%s is refused with its place', async (entry, message) => {
    const found = audit({ extra: `naming:\n  ${entry}\n` });
    await expect(found).rejects.toThrow(message);
    await expect(found).rejects.toThrow(/landscape\.yaml:\d+/);
  });
});

describe('contradictions', () => {
  test('a row with several systems at an end is several links of one id, and no conflict', async () => {
    const { conflicts } = await audit({ links: 'id,from,to\nL1,erp,"wms; fin"\n' });
    expect(conflicts).toEqual([]);
  });

  test('an id of two links, and a link that is written twice', async () => {
    const { conflicts } = await audit({
      links: 'id,from,to\nL1,erp,wms\nL1,wms,fin\nL2,erp,fin\nL2,erp,fin\n7,erp,dwh\n',
    });
    expect(conflicts.map(({ message, origins }) => [message, origins.map((o) => o.line)])).toEqual([
      ['The id L1 is given to 2 links: erp → wms; wms → fin.', [2, 3]],
      ['The link L2 (erp → fin) is written 2 times.', [4, 5]],
    ]);
  });

  test('two files may tell of one link, and number their rows alike', async () => {
    const rows = (first: string, second: string) => ({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - inventory: a.csv\n  - inventory: b.csv\n',
      's.csv': 'id,team\nx,T\ny,T\nz,T\n',
      'a.csv': `id,from,to\n${first}\n`,
      'b.csv': `id,from,to\n${second}\n`,
    });
    expect((await auditFiles(rows('L1,x,y', 'L1,x,y'))).conflicts).toEqual([]);
    expect((await auditFiles(rows('1,x,y', '1,y,z'))).conflicts).toEqual([]);
    expect((await auditFiles(rows('L1,x,y', 'L1,y,z'))).conflicts).toMatchObject([
      { kind: 'duplicate-id', origins: [{ file: 'a.csv' }, { file: 'b.csv' }] },
    ]);
  });

  test('an address with names of two systems, where a reference meets it', async () => {
    const files = {
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - scripts: s\n    system: x\n',
      's.csv': 'id,hosts,team\nx,,T\ny,y.example,T\nz,z.example,T\n',
      's/etc/hosts': '10.0.0.7 y.example\n10.0.0.7 z.example\n',
      's/a.sh': 'curl http://10.0.0.7/\n',
    };
    const { conflicts } = await auditFiles(files);
    expect(conflicts).toMatchObject([
      {
        message:
          'The address 10.0.0.7 is called y.example of y and z.example of z, so it stands for neither.',
        origins: [{ line: 1 }, { line: 2 }],
      },
    ]);
    expect((await auditFiles({ ...files, 's/a.sh': 'date\n' })).conflicts).toEqual([]);
  });

  test('a name with two addresses, where a reference meets it', async () => {
    const { conflicts } = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - scripts: s\n    system: x\n',
      's.csv': 'id,hosts,team\nx,,T\ny,y.example,T\nz,z.example,T\n',
      's/.ssh/config': 'Host box\n  HostName y.example\n',
      's/other/.ssh/config': 'Host box\n  HostName z.example\n',
      's/a.sh': 'scp /tmp/a box:/in/\n',
    });
    expect(conflicts.map(({ message }) => message)).toEqual([
      'The name box stands for y.example and z.example, so it stands for none.',
    ]);
  });
});
