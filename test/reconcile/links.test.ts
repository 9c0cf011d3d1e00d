import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { auditFiles } from '../audit-files.ts';

const systems = `id,name,kind,hosts,partOf,criticality
erp,ERP,application,erp.example;10.0.1.5,,mission-critical
wms,Warehouse,application,wms.example;10.0.2.0/28,,operational
fin,Finance,application,fin.example,,administrative
dwh,Data platform,data-platform,dwh.example,,operational
erp-db,ERP database,database,erpdb.example,erp,
nas,File exchange,file-store,nas.example,,
bus,Broker,broker,kafka.example,,
gw,Gateway,api-gateway,api.example,,
etl,Job server,host,etl01.example,,
`;

/** Audits scripts, crontabs, logs and registry rows against the systems above. */
async function audit(sources: {
  links?: string;
  scripts?: Record<string, string>;
  owners?: Record<string, string>;
  cron?: string;
  log?: string;
  extra?: string;
}): Promise<Audit> {
  const owners = Object.entries(sources.owners ?? {}).map(([glob, id]) => `      "${glob}": ${id}`);
  const yaml = [
    'sources:',
    '  - inventory: systems.csv',
    ...(sources.links === undefined ? [] : ['  - inventory: links.csv']),
    ...(sources.scripts
      ? ['  - scripts: scripts', ...(owners.length ? ['    owners:', ...owners] : [])]
      : []),
    ...(sources.cron === undefined ? [] : ['  - cron: crontab', '    host: etl01.example']),
    ...(sources.log === undefined
      ? []
      : [
          '  - gateway: access.log',
          '    intermediary: gw',
          '    routes: { "/erp/": erp, "/wms/": wms }',
          '    callers: { "10.0.1.0/24": erp, "svc-fin": fin, "10.0.9.9": etl }',
        ]),
    sources.extra ?? '',
  ].join('\n');
  return auditFiles({
    'landscape.yaml': yaml,
    'systems.csv': systems,
    ...(sources.links === undefined ? {} : { 'links.csv': sources.links }),
    ...(sources.cron === undefined ? {} : { crontab: sources.cron }),
    ...(sources.log === undefined ? {} : { 'access.log': sources.log }),
    ...Object.fromEntries(
      Object.entries(sources.scripts ?? {}).map(([name, text]) => [`scripts/${name}`, text]),
    ),
  });
}

const keys = ({ links }: Audit): string[] => links.map(({ key }) => key);
const line = (address: string, request: string, user = '-'): string =>
  `${address} - ${user} [02/Nov/2026:10:00:00 +0000] "${request} HTTP/1.1" 200 12 "-" "x"\n`;

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

describe('carriers', () => {
  test('pull and push collapse into one link with the family of the delivery', async () => {
    const { links } = await audit({
      scripts: {
        'carry.sh': 'curl -o f.csv https://wms.example/stock\nscp f.csv in@erp.example:/in/\n',
      },
    });
    expect(links).toMatchObject([
      { key: 'wms=>erp#file', initiator: 'carrier', protocol: 'scp', pointToPoint: true },
    ]);
    expect(links[0]?.evidence).toHaveLength(2);
  });

  test('files tell which pull goes to which push', async () => {
    const found = await audit({
      scripts: {
        'carry.sh':
          'curl -o a.csv https://wms.example/a\ncurl -o b.csv https://fin.example/b\nscp a.csv erp.example:/in/\nscp b.csv dwh.example:/in/\n',
      },
    });
    expect(keys(found)).toEqual(['fin=>dwh#file', 'wms=>erp#file']);
    expect(
      found.links.every(({ evidence }) => evidence.every(({ confidence }) => confidence === 1)),
    ).toBe(true);
  });

  test('variables and pipes carry data too', async () => {
    expect(
      keys(
        await audit({
          scripts: {
            'carry.sh':
              'S=$(curl -s https://wms.example/a)\ncurl -s https://fin.example/b | curl -d @- https://dwh.example/b\ncurl -d "$S" https://erp.example/a\n',
          },
        }),
      ),
    ).toEqual(['fin=>dwh#http', 'wms=>erp#http']);
  });

  test('without such a trace all pairs are taken, at lower confidence', async () => {
    const { links } = await audit({
      scripts: {
        'carry.sh':
          'curl https://wms.example/a > x\ncurl https://fin.example/b > y\nscp z erp.example:/in/\n',
      },
    });
    expect(links.map(({ key }) => key)).toEqual(['fin=>erp#file', 'wms=>erp#file']);
    expect(links[0]?.evidence[0]?.confidence).toBe(0.6);
  });

  test('two jobs on one host join by an absolute path, and only on one host', async () => {
    const scripts = {
      'a.sh': 'curl -o /srv/x.csv https://wms.example/a\n',
      'b.sh': 'scp /srv/x.csv erp.example:/in/\n',
    };
    const joined = await audit({
      scripts,
      cron: '0 1 * * * root /opt/a.sh\n0 2 * * * root /opt/b.sh\n',
    });
    expect(keys(joined)).toEqual(['wms=>erp#file']);
    expect(joined.links[0]?.schedules.map(({ expression }) => expression)).toEqual([
      '0 1 * * *',
      '0 2 * * *',
    ]);
    expect(keys(await audit({ scripts }))).toEqual([]);
  });

  test('half a carrier is unresolved, not lost', async () => {
    const { links, unresolved } = await audit({
      scripts: { 'a.sh': 'curl -o x https://wms.example/a\n' },
    });
    expect(links).toEqual([]);
    expect(unresolved).toMatchObject([
      { reason: 'half-link', reference: 'wms', origins: [{ file: 'scripts/a.sh', line: 1 }] },
    ]);
  });

  test('traffic from the carrier’s host supports its steps; without steps it is a shadow', async () => {
    const scripts = {
      'carry.sh': 'curl -o f https://api.example/wms/stock\nscp f erp.example:/in/\n',
    };
    const cron = '0 1 * * * root /opt/carry.sh\n';
    const supported = await audit({ scripts, cron, log: line('10.0.9.9', 'GET /wms/stock') });
    expect(supported.links).toMatchObject([{ key: 'wms=>erp#file', class: ['coded', 'observed'] }]);
    expect(
      supported.links[0]?.evidence.find(({ witness }) => witness === 'observed')?.attribution,
    ).toBe('shared');
    const shadow = await audit({ scripts, cron, log: line('10.0.9.9', 'GET /erp/orders') });
    expect(keys(shadow)).toEqual(['erp=>etl#http', 'wms=>erp#file']);
  });

  test('a job on an application’s own host is its code, not a carrier', async () => {
    const found = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - cron: crontab\n    host: wms.example\n',
      'systems.csv': systems,
      crontab: '0 1 * * * root curl -d @/x https://erp.example/stock\n',
    });
    expect(found.links).toMatchObject([{ key: 'wms=>erp#http', initiator: 'from' }]);
  });
});

describe('stores and intermediaries', () => {
  test('writer and reader of one path pair up by way of the store', async () => {
    const { links } = await audit({
      scripts: {
        'w/put.sh': 'scp stock.csv nas.example:/out/stock.csv\n',
        'r/get.sh': 'scp nas.example:/out/stock.csv .\n',
      },
      owners: { 'w/**': 'wms', 'r/**': 'fin' },
    });
    expect(links).toMatchObject([
      { key: 'wms=>fin#file', via: ['nas'], mediation: 'direct', pointToPoint: true },
    ]);
  });

  test('another path does not pair, and both halves are told', async () => {
    const { links, unresolved } = await audit({
      scripts: {
        'w/put.sh': 'scp stock.csv nas.example:/out/stock.csv\n',
        'r/get.sh': 'scp nas.example:/other/stock.csv .\n',
      },
      owners: { 'w/**': 'wms', 'r/**': 'fin' },
    });
    expect(links).toEqual([]);
    expect(unresolved.map(({ reason }) => reason)).toEqual(['half-link', 'half-link']);
  });

  test('producer and consumer of a topic are decoupled by the broker', async () => {
    const { links } = await audit({
      scripts: {
        'w/p.sh': 'kcat -b kafka.example:9092 -t stock -P < f\n',
        'r/c.sh': 'kcat -b kafka.example:9092 -t stock -C\n',
        'o/c.sh': 'kcat -b kafka.example -t orders -C\n',
      },
      owners: { 'w/**': 'wms', 'r/**': 'fin', 'o/**': 'erp' },
    });
    expect(links).toMatchObject([
      { key: 'wms=>fin#messaging', via: ['bus'], mediation: 'decoupled', pointToPoint: false },
    ]);
  });

  test('a call through the gateway goes to the system behind the route', async () => {
    const { links } = await audit({
      scripts: { 'a.sh': 'curl https://api.example/erp/orders\n' },
      owners: { '*.sh': 'fin' },
      log: line('10.0.1.7', 'GET /wms/x'),
    });
    expect(links.map(({ key, via, mediation }) => [key, via, mediation])).toEqual([
      ['erp=>fin#http', ['gw'], 'gateway'],
      ['wms=>erp#http', ['gw'], 'gateway'],
    ]);
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

describe('identity', () => {
  test('address ranges, case, ports and trailing dots', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl http://10.0.2.9:8080/x\ncurl https://ERP.example./y\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(keys(found)).toEqual(['erp=>fin#http', 'wms=>fin#http']);
  });

  test('aliases of the configuration come first', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl http://legacy-7.example/x\n' },
      owners: { '*.sh': 'fin' },
      extra: 'aliases: { "legacy-*.example": wms }',
    });
    expect(keys(found)).toEqual(['wms=>fin#http']);
    expect(found.links[0]?.evidence[0]?.resolution.join()).toContain(
      'alias "legacy-*.example" stands for wms',
    );
  });

  test('an alias explains an address that is not written out', async () => {
    const scripts = { 'a.sh': 'curl -d @x $ORDER_URL/orders\n' };
    const before = await audit({ scripts, owners: { '*.sh': 'fin' } });
    expect(before.links).toEqual([]);
    expect(before.unresolved).toMatchObject([
      { reason: 'no-value', reference: '{ORDER_URL}/orders' },
    ]);
    const after = await audit({
      scripts,
      owners: { '*.sh': 'fin' },
      extra: 'aliases: { "{ORDER_URL}/**": erp }',
    });
    expect(keys(after)).toEqual(['fin=>erp#http']);
    expect(after.unresolved).toEqual([]);
  });

  test('a known host with an unknown path is as certain as any', async () => {
    const found = await audit({
      scripts: {
        'a.sh': 'curl "https://erp.example/orders/$1"\n',
        'b.py': 'import requests\nfor i in ids():\n    requests.get(f"https://wms.example/{i}")\n',
      },
      owners: { '*.*': 'fin' },
    });
    expect(
      found.findings
        .filter(({ rule }) => rule === 'unregistered-link')
        .map(({ severity }) => severity),
    ).toEqual(['error', 'error']);
  });

  test('an unknown host is unresolved with a suggestion, never merged', async () => {
    const { links, unresolved } = await audit({
      scripts: { 'a.sh': 'curl http://wms.other.example/x\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(links).toEqual([]);
    expect(unresolved).toMatchObject([{ reference: 'wms.other.example', suggestion: 'wms' }]);
  });

  test('a host that two systems claim stands for neither, and both places are named', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: s\n    system: c\n',
      'systems.csv': 'id,hosts\na,h.example\nb,h.example\nc,\n',
      's/a.sh': 'curl http://h.example/x\n',
    });
    expect(found.links).toEqual([]);
    expect(found.conflicts).toMatchObject([{ kind: 'host', origins: [{ line: 2 }, { line: 3 }] }]);
  });

  test('an equal name and id of two systems is a conflict, and partOf may name its system', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
      's.csv':
        'id,name,kind,partOf,team\nerp,ERP,application,,T\nx,erp,application,,T\ndb,Ledger,database,ERP,T\n',
    });
    expect(found.conflicts).toMatchObject([
      { kind: 'name', message: expect.stringContaining('so it stands for erp') },
    ]);
    expect(found.systems.find(({ id }) => id === 'db')?.partOf).toBe('erp');
  });

  test('a source that says less than another contradicts nothing', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: a.csv\n  - inventory: b.csv\n',
      'a.csv': 'id,name\nerp,The ERP\n',
      'b.csv': 'id,team\nerp,Core\n',
    });
    expect(found.conflicts).toEqual([]);
    expect(found.systems).toMatchObject([{ name: 'The ERP', owner: { team: 'Core' } }]);
  });

  test('names that differ only in separators are told apart as they are written', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': 'id,name\nAPP-1,Warehouse Mgmt\nAPP-2,Warehouse Mgmt.\nAPP-3,ERP\n',
      'l.csv': 'from,to\nERP,warehouse mgmt\nWarehouse Mgmt.,ERP\nERP,Warehouse-Mgmt\n',
    });
    expect(keys(found)).toEqual(['APP-2=>APP-3#other', 'APP-3=>APP-1#other']);
    expect(found.conflicts).toEqual([]);
    expect(found.unresolved).toMatchObject([{ reference: 'Warehouse-Mgmt' }]);
  });

  test('two sources that disagree are a finding with both places', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: a.csv\n  - inventory: b.csv\n',
      'a.csv': 'id,domain\nerp,Core\n',
      'b.csv': 'id,domain\nerp,Sales\n',
    });
    expect(found.systems).toHaveLength(1);
    expect(found.findings).toMatchObject([
      { rule: 'no-owner' },
      {
        rule: 'conflicting-registry',
        evidence: [
          { file: 'a.csv', line: 2 },
          { file: 'b.csv', line: 2 },
        ],
      },
    ]);
  });

  test('a link to a system that no inventory describes is kept and reported', async () => {
    const found = await audit({ links: 'id,from,to\nL1,erp,warehose\n' });
    expect(found.links).toMatchObject([{ key: 'erp=>warehose#other' }]);
    expect(found.findings.find(({ rule }) => rule === 'unknown-system')?.message).toContain(
      'Did you mean',
    );
    expect(found.analysis.coupling.links).toBe(0);
  });

  test('an e-mail address of an owner is counted, not shown', async () => {
    const files = {
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
      's.csv': 'id,owner,team\na,kari@x.example,\nb,Ola Nordmann,Finance IT\nc,Warehouse team,\n',
    };
    const found = await auditFiles(files);
    expect(found.systems.map(({ owner }) => owner)).toEqual([
      { people: 1 },
      { team: 'Finance IT', people: 1 },
      { team: 'Warehouse team', people: 0 },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/kari@|Ola Nordmann/);
    const shown = await auditFiles({
      ...files,
      'landscape.yaml': `${files['landscape.yaml']}showPeople: true\n`,
    });
    expect(shown.systems[1]?.owner).toEqual({
      team: 'Finance IT',
      person: 'Ola Nordmann',
      people: 1,
    });
  });
});
