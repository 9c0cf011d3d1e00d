import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { audit, keys, line, systems } from './given.ts';

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
      // Nothing shows who writes the orders: as far as that goes, they come from the broker.
      { key: 'bus=>erp#messaging', via: [], mediation: 'decoupled', pointToPoint: false },
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
