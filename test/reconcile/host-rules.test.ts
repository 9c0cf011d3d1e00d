import { describe, expect, test } from 'vitest';
import { toAddressReference, toSystemReference } from '../../src/evidence.ts';
import type { System } from '../../src/landscape.ts';
import { buildIdentity, type Identity } from '../../src/reconcile/identity.ts';
import type { NamingPattern } from '../../src/reconcile/naming.ts';
import { environmentWords } from '../../src/vocabulary/environment-words.ts';
import fc from '../fast-check.ts';

function toIdentity(
  hosts: Readonly<Record<string, readonly string[]>>,
  naming: readonly NamingPattern[] = [],
): Identity {
  const systems = new Map(
    Object.entries(hosts).map(([id, listed]): [string, System] => [
      id,
      {
        id,
        name: id,
        kind: 'application',
        counted: true,
        registered: true,
        criticality: 'operational',
        hosts: listed,
        aliases: [],
        tags: [],
        given: [],
        origins: [{ file: `${id}.csv`, line: 1, column: 1 }],
      },
    ]),
  );
  return buildIdentity(systems, [], { naming });
}

/** `erp`, `erp test`, or `-` with the step that says why. */
function tell(identity: Identity, host: string): string {
  const found = identity.resolve(toAddressReference(host));
  if (found.kind === 'unresolved') return '-';
  return [found.id, ...(found.environment === undefined ? [] : [found.environment])].join(' ');
}

describe('the most specific rule wins', () => {
  const identity = toIdentity(
    {
      erp: ['erp.example', '10.0.0.0/16', '*.erp.example'],
      orders: ['orders.erp.example', '10.0.2.0/24'],
      wms: ['.wms.erp.example', '10.0.2.7', '10.0.2.64/28'],
      production: ['production.example'],
      latest: [],
      'erp-test': [],
      v6: ['2001:db8::/32', '2001:0db8:1::0007'],
    },
    [
      { pattern: '{system}-{environment}*.corp.example', environments: { t: 'test', p: 'prod' } },
      { pattern: '{environment}.{system}.cloud.example', environments: {} },
    ],
  );
  test.each([
    // exact host, name
    ['erp.example', 'erp'],
    ['https://ERP.example.:8443/x', 'erp'],
    ['orders', 'orders'],
    ['erp-test', 'erp-test'],
    // domain: the longest, and only below it
    ['a.erp.example', 'erp'],
    ['a.b.erp.example', 'erp'],
    ['a.wms.erp.example', 'wms'],
    ['wms.erp.example', 'erp'],
    ['orders.erp.example', 'orders'],
    ['evil-erp.example', '-'],
    ['erp.example.evil', '-'],
    // address ranges: the smallest
    ['10.0.9.9', 'erp'],
    ['10.0.2.9', 'orders'],
    ['10.0.2.7', 'wms'],
    ['10.0.2.65', 'wms'],
    ['10.0.2.80', 'orders'],
    ['10.1.0.1', '-'],
    ['http://[2001:db8:5::1]:80/', 'v6'],
    ['http://[2001:db8:1::7]/', 'v6'],
    ['http://[2001:db9::1]/', '-'],
    // environments
    ['erp.prod', 'erp'],
    ['prod-erp.example', 'erp'],
    ['erp-qa.example', 'erp qa'],
    ['test-orders.erp.example', 'orders test'],
    ['orders.test', 'orders test'],
    ['orders_uat', 'orders uat'],
    ['orders-pre-prod', 'orders preprod'],
    ['orders-test.dev', 'orders dev'],
    ['api-test.erp.example', 'erp test'],
    ['test.erp.example', 'erp test'],
    ['latest', 'latest'],
    ['latest-orders', '-'],
    ['orderstest', '-'],
    ['contest-orders', '-'],
    // `production` is a system here, and says nothing of an environment
    ['production.example', 'production'],
    ['orders-production', '-'],
    // naming patterns
    ['orders-t01.corp.example', 'orders test'],
    ['orders-p.corp.example', 'orders'],
    ['orders-dev2.corp.example', 'orders dev'],
    ['orders-x.corp.example', '-'],
    ['order-t01.corp.example', '-'],
    ['uat.orders.cloud.example', 'orders uat'],
    ['orders.corp.example', '-'],
  ])('%s is %s', (host, expected) => {
    expect(tell(identity, host)).toBe(expected);
  });

  test.each([
    ['a.erp.example', 'host a.erp.example lies in *.erp.example of erp'],
    ['10.0.2.9', '10.0.2.9 lies in 10.0.2.0/24 of orders'],
    ['erp-qa.example', 'erp-qa.example is erp.example of erp in the environment qa'],
    ['test.erp.example', 'test.erp.example is erp.example of erp in the environment test'],
    [
      'orders-t01.corp.example',
      'host orders-t01.corp.example is orders in the environment test by the naming pattern "{system}-{environment}*.corp.example"',
    ],
    [
      'order-t01.corp.example',
      'the naming pattern "{system}-{environment}*.corp.example" reads the system "order" in order-t01.corp.example, and none has that name',
    ],
    ['nobody.example', 'no system has the name, alias or host nobody.example'],
  ])('%s: %s', (host, step) => {
    expect(identity.resolve(toAddressReference(host)).steps).toEqual([step]);
  });

  test('a near name is a suggestion, never the system', () => {
    expect(identity.resolve(toAddressReference('order-t01.corp.example'))).toMatchObject({
      kind: 'unresolved',
      suggestion: 'orders',
    });
    expect(identity.resolve(toSystemReference('Orders (test)')).kind).toBe('unresolved');
    expect(identity.resolve(toSystemReference('Orders Test'))).toMatchObject({
      id: 'orders',
      environment: 'test',
    });
  });
});

describe('services of a cluster', () => {
  const identity = toIdentity({
    shop: ['orders.shop.svc.cluster.local'],
    billing: ['invoices.billing.svc', 'orders.billing.svc.cluster.local'],
    stock: ['stock'],
    mail: ['mail.tools.svc'],
  });
  test.each([
    ['orders.shop.svc.cluster.local', 'shop'],
    ['orders.shop.svc', 'shop'],
    ['orders.shop', 'shop'],
    ['orders.billing.svc', 'billing'],
    // two namespaces have it, so that the name alone is neither
    ['orders', '-'],
    ['invoices', 'billing'],
    ['invoices.billing.svc.cluster.local', 'billing'],
    ['invoices.shop.svc', '-'],
    ['invoices.shop', '-'],
    ['invoices.test.svc.cluster.local', 'billing test'],
    ['orders.shop-test.svc', 'shop test'],
    ['orders.test.svc', '-'],
    // without a namespace it is one thing in all of them
    ['stock.any.svc.cluster.local', 'stock'],
    ['stock.prod.svc.cluster.local', 'stock'],
    ['stock.dev.svc.cluster.local', 'stock dev'],
    ['mail.tools.svc.k8s.example', 'mail'],
  ])('%s is %s', (host, expected) => {
    expect(tell(identity, host)).toBe(expected);
  });

  test('a miss tells why', () => {
    expect(identity.resolve(toAddressReference('invoices.shop.svc')).steps).toEqual([
      'the service invoices is known in other namespaces, and none in shop',
    ]);
  });
});

describe('what two systems claim', () => {
  const identity = toIdentity({
    a: ['10.0.2.0/24', '*.x.example', '10.0.0.0/8', 'h.example'],
    b: ['10.0.2.77/24', '.x.example', 'https://h.example/b'],
    c: ['10.0.2.128/25'],
  });

  test('stands for neither, not even by a wider rule; a smaller range still counts', () => {
    expect(tell(identity, '10.0.2.9')).toBe('-');
    expect(tell(identity, '10.0.2.200')).toBe('c');
    expect(tell(identity, '10.0.3.1')).toBe('a');
    expect(tell(identity, 'y.x.example')).toBe('-');
    expect(tell(identity, 'h.example')).toBe('-');
  });

  test('is told with both places', () => {
    expect(
      identity.listConflicts().map(({ message, origins }) => [message, origins.map((o) => o.file)]),
    ).toEqual([
      ['The host h.example is claimed by a and b, so it stands for neither.', ['a.csv', 'b.csv']],
      [
        'The domain *.x.example is claimed by a and b, so it stands for neither.',
        ['a.csv', 'b.csv'],
      ],
      [
        'The address range 10.0.2.0/24 is claimed by a and b, so it stands for neither.',
        ['a.csv', 'b.csv'],
      ],
    ]);
  });
});

test('a word for an environment never changes which system a name is', () => {
  const identity = toIdentity({ erp: ['erp.example'], wms: ['wms.example'] });
  const shapes = [
    (id: string, word: string) => `${id}-${word}.example`,
    (id: string, word: string) => `${word}-${id}.example`,
    (id: string, word: string) => `${id}.${word}.example`,
    (id: string, word: string) => `${id}_${word}`,
    (id: string, word: string) => `${id}.${word}`,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom('erp', 'wms', 'crm'),
      fc.constantFrom(...environmentWords),
      fc.constantFrom(...shapes),
      (id, word, write) => {
        const found = tell(identity, write(id, word));
        expect(found.split(' ')[0]).toBe(id === 'crm' ? '-' : id);
        expect(found.includes(' ')).toBe(
          id !== 'crm' && !word.startsWith('prod') && word !== 'prd',
        );
      },
    ),
  );
});

test('any text resolves or does not, and never throws', () => {
  const identity = toIdentity({ erp: ['*.erp.example', '10.0.0.0/8', '::/0'] }, [
    { pattern: '*{system}*.{environment}.example', environments: {} },
  ]);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.domain()), (text) => {
      identity.resolve(toAddressReference(text));
      identity.resolve(toSystemReference(text));
    }),
  );
});
