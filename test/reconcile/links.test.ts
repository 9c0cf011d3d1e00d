import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { audit, keys, line, systems } from './given.ts';

describe('direction and initiator', () => {
  test('a pull is drawn from the other system, a push to it; the initiator is the caller', async () => {
    const { links } = await audit({
      scripts: {
        'a/pull.sh': 'curl -s https://erp.example/orders\n',
        'a/push.sh': 'curl -d @x https://erp.example/stock\n',
      },
      owners: { 'a/**': 'wms' },
    });
    expect(links.map(({ key, initiator }) => [key, initiator])).toEqual([
      ['erp=>wms#http', 'to'],
      ['wms=>erp#http', 'from'],
    ]);
  });

  test('a database of an application counts as the application', async () => {
    const found = await audit({
      scripts: { 'q.sh': 'psql -h erpdb.example -c "select * from item"\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(keys(found)).toEqual(['erp=>fin#database']);
    expect(found.links[0]?.evidence[0]?.resolution.join()).toContain('erp-db is part of erp');
  });

  test('a system that reads its own database makes no link', async () => {
    expect(
      keys(
        await audit({
          scripts: { 'q.sh': 'psql -h erpdb.example -c "select 1"\n' },
          owners: { '*.sh': 'erp' },
        }),
      ),
    ).toEqual([]);
  });
});

describe('matching with the registry', () => {
  const row = (rest: string): string => `id,from,to,protocol,status\nL1,${rest}\n`;
  const pull = { scripts: { 'a.sh': 'curl https://erp.example/x\n' }, owners: { '*.sh': 'fin' } };

  test('same pair and family: registered', async () => {
    const { links } = await audit({ ...pull, links: row('erp,fin,rest,approved') });
    expect(links).toMatchObject([
      {
        key: 'erp=>fin#http',
        registered: true,
        registrations: ['L1'],
        class: ['declared', 'coded'],
      },
    ]);
  });

  test('a row without a protocol matches any family and makes no key of its own', async () => {
    expect((await audit({ ...pull, links: row('erp,fin,,') })).links).toMatchObject([
      { key: 'erp=>fin#http', registered: true },
    ]);
  });

  test('a row without a protocol joins a row that has one', async () => {
    const { links } = await audit({ links: 'id,from,to,protocol\nL1,erp,fin,\nL2,erp,fin,sftp\n' });
    expect(links).toMatchObject([{ key: 'erp=>fin#file', registrations: ['L1', 'L2'] }]);
  });

  test('another family is a new, unregistered link', async () => {
    const { links } = await audit({ ...pull, links: row('erp,fin,sftp,') });
    expect(links.map(({ key, registered }) => [key, registered])).toEqual([
      ['erp=>fin#file', true],
      ['erp=>fin#http', false],
    ]);
  });

  test('the reverse direction is a new, unregistered link', async () => {
    const { links } = await audit({ ...pull, links: row('fin,erp,rest,') });
    expect(links.map(({ key, registered }) => [key, registered])).toEqual([
      ['erp=>fin#http', false],
      ['fin=>erp#http', true],
    ]);
  });

  test('evidence that cannot tell the direction confirms the row either way', async () => {
    for (const ends of ['erp,fin', 'fin,erp']) {
      const { links } = await audit({
        scripts: { 'a.sh': 'ssh erp.example restart\n' },
        owners: { '*.sh': 'fin' },
        links: row(`${ends},ssh,`),
      });
      expect(links).toMatchObject([{ registered: true, class: ['declared', 'coded'] }]);
    }
  });

  test('mixed methods in a log confirm both rows', async () => {
    const { links } = await audit({
      links: 'id,from,to,protocol\nL1,erp,wms,rest\nL2,wms,erp,rest\n',
      log: line('10.0.1.7', 'GET /wms/x') + line('10.0.1.7', 'POST /wms/x'),
    });
    expect(
      links.map(({ key, class: witnesses, registrations }) => [key, witnesses, registrations]),
    ).toEqual([
      ['erp=>wms#http', ['declared', 'observed'], ['L1']],
      ['wms=>erp#http', ['declared', 'observed'], ['L2']],
    ]);
  });

  test('only approved rows register', async () => {
    expect((await audit({ ...pull, links: row('erp,fin,rest,proposed') })).links).toMatchObject([
      { registered: false, class: ['declared', 'coded'] },
    ]);
  });

  test('what is behind the gateway is observable, the rest is not', async () => {
    const { links } = await audit({
      links:
        'id,from,to,protocol,initiator\nL1,fin,erp,rest,from\nL2,erp,fin,sftp,from\nL3,wms,dwh,rest,from\nL4,fin,wms,,\nL5,dwh,erp,rest,\nL6,erp,dwh,rest,to\n',
      log: line('10.0.1.7', 'GET /wms/x'),
    });
    const observable = new Map(links.map((link) => [link.registrations.join(), link.observable]));
    expect(Object.fromEntries(observable)).toMatchObject({
      L1: 'yes',
      L2: 'no',
      L3: 'no',
      L4: 'unknown',
      L5: 'unknown',
      L6: 'yes',
    });
  });

  test('non-production evidence makes no link', async () => {
    const found = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - scripts: s\n    system: fin\n    environment: test\n',
      'systems.csv': systems,
      's/a.sh': 'curl https://erp.example/x\n',
    });
    expect(found.links).toEqual([]);
  });
});

describe('what has no other end', () => {
  test('a gateway without a route for the path is unresolved, not an end', async () => {
    const { links, unresolved } = await audit({
      scripts: { 'a.sh': 'curl https://api.example/unknown/x\n' },
      owners: { '*.sh': 'fin' },
      log: line('10.0.1.7', 'GET /wms/x'),
    });
    expect(links.map(({ key }) => key)).toEqual(['wms=>erp#http']);
    expect(unresolved[0]?.message).toBe('Nothing tells which system is behind gw.');
  });

  test('a shadow whose every call is refused, or whose caller is guessed, is no error', async () => {
    const refused =
      '10.0.1.7 - - [02/Nov/2026:10:00:00 +0000] "GET /wms/x HTTP/1.1" 403 1 "-" "x"\n';
    const proxy = systems.replace('gw,Gateway,api-gateway', 'gw,Gateway,proxy');
    const severity = async (log: string) =>
      (
        await auditFiles({
          'landscape.yaml':
            'sources:\n  - inventory: s.csv\n  - gateway: a.log\n    intermediary: gw\n    routes: { "/wms/": wms }\n    callers: { "10.0.1.7": erp }\n',
          's.csv': proxy,
          'a.log': log,
        })
      ).findings.find(({ rule }) => rule === 'shadow-link')?.severity;
    expect(await severity(refused)).toBe('warn');
    expect(await severity(refused.replace('403', '200'))).toBe('error');
  });
});
