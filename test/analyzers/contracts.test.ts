import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const systems =
  'id,kind,partOf,hosts,team\nerp,application,,erp.example,T\nwms,application,,wms.example,T\nshop,application,,shop.example,T\nerp-db,database,erp,erp-db.example,T\n';

async function auditScripts(
  scripts: Readonly<Record<string, string>>,
  rows = '',
  given = systems,
): Promise<Audit> {
  return auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: x\n    owners: { "wms/**": wms, "shop/**": shop, "erp/**": erp }\n',
    's.csv': given,
    'l.csv': `id,from,to,initiator,protocol,contract\n${rows}`,
    ...Object.fromEntries(Object.entries(scripts).map(([name, text]) => [`x/${name}`, text])),
    'x/README.sh': '# so that there is a script\n',
  });
}

describe('whose tables others use', () => {
  test('who reads and writes which tables of an owner, by which code', async () => {
    const { contracts } = (
      await auditScripts({
        'wms/stock.py':
          'import psycopg2\nc = psycopg2.connect(host="erp-db.example", dbname="erp", user="svc")\ncur = c.cursor()\ncur.execute("SELECT id FROM sales.orders")\ncur.execute("INSERT INTO sales.picked VALUES (1)")\n',
        'shop/items.py':
          'import psycopg2\nc = psycopg2.connect(host="erp-db.example", dbname="erp", user="web")\nc.cursor().execute("SELECT id FROM sales.items")\n',
        'erp/own.py':
          'import psycopg2\npsycopg2.connect(host="erp-db.example").cursor().execute("SELECT 1 FROM own")\n',
      })
    ).analysis;
    expect(contracts.schemas).toEqual([
      {
        system: 'erp',
        tables: ['sales.items', 'sales.orders', 'sales.picked'],
        users: [
          {
            system: 'shop',
            does: ['reads'],
            tables: ['sales.items'],
            code: ['x/shop/items.py'],
            links: ['erp=>shop#database'],
          },
          {
            system: 'wms',
            does: ['reads', 'writes'],
            tables: ['sales.orders', 'sales.picked'],
            code: ['x/wms/stock.py'],
            links: ['erp=>wms#database', 'wms=>erp#database'],
          },
        ],
      },
    ]);
  });

  test('what a carrier reads, the receiver depends on', async () => {
    const { contracts } = (
      await auditScripts({
        'carry.sh':
          'psql -h erp-db.example -c "select * from items" > /tmp/i.csv\nscp /tmp/i.csv etl@wms.example:/in/\n',
      })
    ).analysis;
    expect(contracts.schemas).toMatchObject([
      { system: 'erp', users: [{ system: 'wms', does: ['reads'], code: ['x/carry.sh'] }] },
    ]);
  });

  test('a row counts where it says who opens the connection, and no code does', async () => {
    const { contracts } = (
      await auditScripts({}, 'L1,erp,wms,to,oracle,\nL2,erp,shop,,oracle,\nL3,shop,erp,from,sql,\n')
    ).analysis;
    expect(contracts.schemas).toEqual([
      {
        system: 'erp',
        tables: [],
        users: [
          { system: 'shop', does: ['writes'], tables: [], code: [], links: ['shop=>erp#database'] },
          { system: 'wms', does: ['reads'], tables: [], code: [], links: ['erp=>wms#database'] },
        ],
      },
    ]);
  });
});

describe('clear text', () => {
  const clear = async (script: string, rows = '', given = systems) => {
    const audit = await auditScripts({ 'wms/a.sh': script }, rows, given);
    expect(
      listJudgements(audit.findings)
        .filter(({ rule }) => rule === 'cleartext-protocol')
        .map(({ subject }) => subject),
    ).toEqual(audit.analysis.contracts.clearText.map(({ link }) => link));
    return audit.analysis.contracts.clearText.map(({ link, protocols, origins }) => [
      link,
      protocols.join(),
      origins.map(({ file, line }) => `${file}:${line}`).join(),
    ]);
  };

  test.each([
    ['http', 'curl http://erp.example/a\n', [['erp=>wms#http', 'http', 'x/wms/a.sh:1']]],
    ['https', 'curl https://erp.example/a\n', []],
    ['no scheme', 'curl erp.example/a\n', []],
    ['ftp', 'wget ftp://erp.example/out/a.csv\n', [['erp=>wms#file', 'ftp', 'x/wms/a.sh:1']]],
    ['sftp', 'sftp erp.example:/out/a.csv /in/\n', []],
    ['a name of a container', 'curl http://erp2/a\n', []],
    ['a service of a cluster', 'curl http://erp.default.svc/a\n', []],
  ])('%s', async (_, script, expected) => {
    expect(await clear(script)).toEqual(expected);
  });

  test('a short name that an inventory lists is another machine', async () => {
    const given = systems.replace('erp.example,T', 'erp.example;erp01,T');
    expect(await clear('curl http://erp01/a\n', '', given)).toHaveLength(1);
  });

  test('a row tells by the name of the protocol, where the name is sure', async () => {
    const rows = 'L1,erp,wms,,ftp,\nL2,erp,shop,,http,\nL3,wms,shop,,smtp,\n';
    expect(await clear('', rows)).toEqual([['erp=>wms#file', 'ftp', 'l.csv:2']]);
  });

  test('a carrier that pulls in the clear and pushes encrypted', async () => {
    const audit = await auditScripts({
      'carry.sh':
        'curl http://erp.example/i.csv -o /tmp/i.csv\nscp /tmp/i.csv etl@wms.example:/in/i.csv\n',
    });
    expect(audit.analysis.contracts.clearText).toMatchObject([
      { link: 'erp=>wms#file', protocols: ['http'], origins: [{ line: 1 }] },
    ]);
  });

  test('traffic in a log is no witness', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - gateway: log\n    routes: { /erp: erp }\n',
      's.csv': 'id,hosts\nerp,\nwms,10.0.0.1\n',
      log: '10.0.0.1 - - [30/Oct/2026:06:00:01 +0100] "GET /erp/v1/x HTTP/1.1" 200 9 "-" "x"\n',
    });
    expect(audit.links).toHaveLength(1);
    expect(audit.analysis.contracts.clearText).toEqual([]);
  });
});

describe('shared accounts', () => {
  const accounts = async (scripts: Record<string, string>) =>
    (await auditScripts(scripts)).analysis.contracts.sharedAccounts;

  test('one account of two systems and a carrier, however its addresses are written', async () => {
    expect(
      await accounts({
        'wms/a.sh': 'scp /out/a.csv svc_etl@erp.example:/in/a.csv\n',
        'shop/b.py': 'import requests\nrequests.get("https://svc_etl:Secret-1@erp.example/b")\n',
        'carry.sh': 'scp svc_etl@erp.example:/out/c /tmp/c\nscp /tmp/c other@wms.example:/in/c\n',
      }),
    ).toEqual([
      {
        account: 'svc_etl',
        systems: ['erp'],
        users: ['shop', 'wms', 'x/carry.sh'],
        code: ['x/carry.sh', 'x/shop/b.py', 'x/wms/a.sh'],
      },
    ]);
  });

  test('root on two machines is two accounts; one system may use its own twice', async () => {
    expect(
      await accounts({
        'wms/a.sh': 'scp /out/a.csv root@erp.example:/in/a.csv\nscp /b own@erp.example:/b\n',
        'wms/c.sh': 'scp /out/c.csv own@erp.example:/in/c.csv\n',
        'shop/b.sh': 'scp /out/b.csv root@wms.example:/in/b.csv\n',
      }),
    ).toEqual([]);
  });
});

test('interfaces: versions in addresses and routes, contracts in rows', async () => {
  const audit = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: x\n    owners: { "wms/**": wms, "shop/**": shop }\n  - gateway: log\n    routes: { /api: erp }\n',
    's.csv': 'id,hosts\nerp,erp.example\nwms,\nshop,\ncrm,10.0.0.1\n',
    'l.csv': 'id,from,to,contract\nL1,wms,shop,Orders.yaml\nL2,wms,crm,orders.yaml\n',
    'x/wms/a.sh': 'curl https://erp.example/api/v2/orders\ncurl https://erp.example/api/v1/items\n',
    'x/shop/b.sh': 'curl https://erp.example/api/v2/items\ncurl https://erp.example/video/x\n',
    log: '10.0.0.1 - - [30/Oct/2026:06:00:01 +0100] "GET /api/v1/stock HTTP/1.1" 200 9 "-" "x"\n',
  });
  expect(
    audit.analysis.contracts.interfaces.map(({ name, system, users }) => [name, system, users]),
  ).toEqual([
    ['Orders.yaml', undefined, ['crm', 'shop', 'wms']],
    ['/api/v1', 'erp', ['crm', 'wms']],
    ['/api/v2', 'erp', ['shop', 'wms']],
  ]);
});

test('neither new names nor the order of files change a count', async () => {
  const scripts = [
    'curl http://ONE.example/api/v1/a\n',
    'curl https://ONE.example/api/v1/b\n',
    'scp /a svc@TWO.example:/a\n',
    'psql -h ONE.example -c "select * from items"\n',
    'wget ftp://TWO.example/a\n',
  ];
  const count = async (
    picked: readonly (readonly [number, number])[],
    names: readonly string[],
  ) => {
    const [one = '', two = '', three = ''] = names;
    const named = { one, two, three };
    const files = Object.fromEntries(
      picked.map(([script, at], index) => [
        `x/${names[at]}/${index}.sh`,
        (scripts[script] ?? '').replace('ONE', named.one).replace('TWO', named.two),
      ]),
    );
    const { analysis } = await auditFiles({
      'landscape.yaml': `sources:\n  - inventory: s.csv\n  - scripts: x\n    owners: { ${names.map((name) => `"${name}/**": ${name}`).join(', ')} }\n`,
      's.csv': `id,hosts\n${names.map((name) => `${name},${name}.example`).join('\n')}\n`,
      ...files,
      'x/none.sh': '\n',
    });
    const { schemas, interfaces, clearText, sharedAccounts } = analysis.contracts;
    return [
      schemas.map(({ users }) => users.length).sort(),
      interfaces.map(({ users }) => users.length).sort(),
      clearText.map(({ protocols, origins }) => `${protocols.join()} ${origins.length}`).sort(),
      sharedAccounts.map(({ users }) => users.length).sort(),
    ];
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { minLength: 1, maxLength: 6 }),
      async (picked) => {
        const before = await count(picked, ['aa', 'bb', 'cc']);
        expect(await count(picked, ['zz', 'mm', 'aa9'])).toEqual(before);
        expect(await count([...picked].reverse(), ['aa', 'bb', 'cc'])).toEqual(before);
      },
    ),
    { numRuns: 15 },
  );
});
