import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { audit } from './given.ts';

/** Each name as `kind value: by, file:line`. */
async function listGiven(files: Record<string, string>, id: string): Promise<string[]> {
  const { systems } = await auditFiles(files);
  return (systems.find((system) => system.id === id)?.given ?? []).map(
    ({ kind, value, by, origin }) => `${kind} ${value}: ${by}, ${origin.file}:${origin.line}`,
  );
}

describe('who gave a system its names', () => {
  test('each row of each inventory, by its line', async () => {
    const files = {
      'landscape.yaml': 'sources:\n  - inventory: a.csv\n  - inventory: b.csv\n',
      'a.csv': 'id,name,aliases,hosts\nwms,Warehouse,WMS,WMS.example\n',
      'b.csv': 'id,name,aliases,hosts\nerp,ERP,,\nwms,Warehouse,cold store,wms.example;10.0.0.7\n',
    };
    expect(await listGiven(files, 'wms')).toEqual([
      'name Warehouse: inventory, a.csv:2',
      'name Warehouse: inventory, b.csv:3',
      'alias WMS: inventory, a.csv:2',
      'alias cold store: inventory, b.csv:3',
      'host 10.0.0.7: inventory, b.csv:3',
      'host wms.example: inventory, a.csv:2',
      'host wms.example: inventory, b.csv:3',
    ]);
  });

  test('code gives a described system its other names, and an outside service its hosts', async () => {
    const files = {
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: code\n',
      'systems.csv': 'id,name,hosts\norders,Orders,orders-api\n',
      'code/compose.yaml':
        'services:\n  orders-api:\n    build: ./orders\n    hostname: orders-box\n',
      'code/orders/Dockerfile': 'FROM node:20\n',
      'code/orders/pay.sh': 'curl -d @x https://api.stripe.com/v1/charges\n',
    };
    const given = await listGiven(files, 'orders');
    expect(given).toContain('name Orders: inventory, systems.csv:2');
    expect(given.filter((name) => name.includes('code, code/compose.yaml'))).not.toEqual([]);
    expect(await listGiven(files, 'stripe')).toEqual([
      'host api.stripe.com: known-service, code/orders/pay.sh:1',
    ]);
  });

  test('every host and alias of a system has a giver, and a giver gives no other', async () => {
    for (const { hosts, aliases, given } of (await audit({})).systems) {
      const of = (wanted: string): string[] =>
        [...new Set(given.filter(({ kind }) => kind === wanted).map(({ value }) => value))].sort();
      expect(of('host')).toEqual([...hosts].sort());
      expect(of('alias')).toEqual([...aliases].sort());
    }
  });
});

test('each end of a proof has its reference, what it is, and its own steps', async () => {
  const { links } = await audit({
    scripts: {
      'move.sh':
        'curl -o /tmp/x.csv https://erp.example/x\nsftp nas.example <<EOF\nput /tmp/x.csv /in/x.csv\nEOF\n',
      'fin/read.sh': 'sftp nas.example:/in/x.csv .\n',
    },
    owners: { 'fin/**': 'fin' },
  });
  const proofs = links.find(({ key }) => key === 'erp=>fin#file')?.evidence ?? [];
  const ends = proofs.map(({ ends: both, resolution }) => {
    const first = both[0].steps;
    expect(first + both[1].steps).toBe(resolution.length);
    return both.map(({ reference, is }) => `${reference} is ${is}`);
  });
  expect(ends).toEqual(
    expect.arrayContaining([
      ['https://erp.example/x is erp', 'scripts/move.sh is scripts/move.sh'],
      ['scripts/move.sh is scripts/move.sh', 'nas.example is nas:/in/x.csv'],
      ['nas.example is nas:/in/x.csv', 'scripts/fin/read.sh is fin'],
    ]),
  );
  expect(proofs.flatMap(({ resolution }) => resolution)).toEqual(
    expect.arrayContaining([
      'this script belongs to no system, so it is a carrier',
      'the data rests at nas:/in/x.csv',
    ]),
  );
});
