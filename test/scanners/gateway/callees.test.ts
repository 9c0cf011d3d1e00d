import { describe, expect, test } from 'vitest';
import type { Reference } from '../../../src/evidence.ts';
import { toCalleeFinder } from '../../../src/scanners/gateway/callees.ts';
import { readProxyConfigs } from '../../../src/scanners/gateway/proxies/read-proxy-configs.ts';
import type { Called } from '../../../src/scanners/gateway/traffic/merge-calls.ts';
import { scan } from '../scan.ts';

const plain: Called = { name: '', isUpstream: false, host: '', template: '/', path: '' };

function show(reference: Reference | undefined): string {
  if (!reference) return 'nobody';
  const port = reference.kind === 'address' && reference.port ? `:${reference.port}` : '';
  return reference.kind === 'address'
    ? `address ${reference.host}${port}`
    : `${reference.kind} ${reference.value}`;
}

describe('routes of the source', () => {
  const finder = toCalleeFinder(
    {
      '/erp': 'erp',
      '/erp/stock/': 'wms',
      'shop.example': 'shop',
      'shop.example/pay': 'payments',
      'orders-service': 'orders',
      '/2024/reports': 'reports',
    },
    [],
    'kong',
  );

  test.each<[Partial<Called>, string]>([
    [{ template: '/erp' }, 'erp'],
    [{ template: '/erp/a' }, 'erp'],
    [{ template: '/erp/stock/{id}' }, 'wms'],
    [{ template: '/erp/stock' }, 'wms'],
    [{ template: '/2024/reports/{id}' }, 'reports'],
    [{ host: 'shop.example', template: '/x' }, 'shop'],
    [{ host: 'SHOP.example:443', template: '/x' }, 'shop'],
    [{ host: 'shop.example', template: '/pay/{id}' }, 'payments'],
    [{ name: 'orders-service', host: 'api.example', template: '/x' }, 'orders'],
    [{ name: 'Orders-Service', template: '/x' }, 'orders'],
  ])('%j is %s', (called, system) => {
    expect(finder.find({ ...plain, ...called })).toEqual({
      id: system,
      reference: { kind: 'system', value: system },
      isMapped: true,
    });
  });

  test.each<[Partial<Called>, string]>([
    [{ template: '/erps' }, 'expression kong/erps'],
    [{ template: '/erp-x/erp' }, 'expression kong/erp-x'],
    [{ host: 'other.example', template: '/pay/{id}/x' }, 'address other.example'],
    [{ host: '_', template: '/y/z' }, 'expression kong/y'],
    [{ host: 'shop.example.evil', template: '/pay' }, 'address shop.example.evil'],
  ])('%j is not mapped: %s', (called, expected) => {
    const { reference, isMapped } = finder.find({ ...plain, ...called });
    expect([show(reference), isMapped]).toEqual([expected, false]);
  });

  test('say what must be told apart', () => {
    expect(finder).toMatchObject({ byHost: true, literalSegments: 2 });
    expect(toCalleeFinder({ '/a': 'x', '/b/c': 'y' }, [], undefined)).toMatchObject({
      byHost: false,
      literalSegments: 0,
    });
    expect(toCalleeFinder({ service: 'x' }, [], undefined).byHost).toBe(true);
  });
});

describe('what a line names', () => {
  const { find } = toCalleeFinder({}, [], undefined);

  test.each<[string, boolean, string]>([
    ['orders', false, 'system orders'],
    ['Orders API', false, 'system Orders API'],
    ['10.0.0.7:8080', true, 'address 10.0.0.7:8080'],
    ['orders.internal:8080', true, 'address orders.internal:8080'],
    ['[2001:db8::7]:8080', true, 'address 2001:db8::7:8080'],
    ['shop-orders-8080', true, 'system shop-orders-8080'],
    ['orders.v1', false, 'system orders.v1'],
    [
      'outbound|8080|v1|orders.shop.svc.cluster.local',
      true,
      'address orders.shop.svc.cluster.local',
    ],
    [
      'inbound|8080|http|orders.shop.svc.cluster.local',
      true,
      'address orders.shop.svc.cluster.local',
    ],
    ['inbound|8080||', true, 'address asked.example'],
    ['PassthroughCluster', true, 'address asked.example'],
    ['BlackHoleCluster', true, 'address asked.example'],
    ['InboundPassthroughClusterIpv4', true, 'address asked.example'],
  ])('%s (upstream: %s) is %s', (name, isUpstream, expected) => {
    const called = { ...plain, name, isUpstream, host: 'asked.example:443' };
    expect(show(find(called).reference)).toBe(expected);
  });

  test('the two sides of a mesh are told apart', () => {
    const outbound = find({ ...plain, name: 'outbound|80||a.svc', isUpstream: true });
    const inbound = find({ ...plain, name: 'inbound|80||a.svc', isUpstream: true });
    expect([outbound.side, inbound.side]).toEqual(['caller', 'callee']);
    expect(outbound.id).not.toBe(inbound.id);
    expect(inbound.reference).toEqual(outbound.reference);
  });

  test('hostile names are short and end at once', () => {
    const start = performance.now();
    for (const name of ['outbound|80|'.repeat(50_000), '|'.repeat(500_000), 'a.'.repeat(300_000)]) {
      const { id } = find({ ...plain, name, isUpstream: true, host: name, template: name });
      expect(id.length).toBeGreaterThan(0);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('the configuration of the proxy', () => {
  const nginx = `
http {
  upstream orders { server orders1.internal:8080; }
  server {
    server_name shop.example;
    location /orders/ { proxy_pass http://orders; }
    location /pay { proxy_pass https://pay.internal:8443/v1; }
    location /static { root /srv; }
    location /where { proxy_pass http://$arg_where; }
  }
}`;
  const { configs } = readProxyConfigs(new Map([['nginx.conf', nginx]]));
  const finder = toCalleeFinder({ '/pay/internal': 'ledger' }, configs, undefined);

  test.each<[Partial<Called>, string, boolean]>([
    [{ host: 'shop.example', template: '/orders/{id}' }, 'address orders1.internal:8080', true],
    [{ host: 'shop.example', template: '/pay/{id}' }, 'address pay.internal:8443', true],
    [{ host: 'shop.example', template: '/static/x.css' }, 'nobody', true],
    [{ host: 'shop.example', template: '/where/x' }, 'address shop.example', false],
    // What the source maps counts first, and a name of the line before a route.
    [{ host: 'shop.example', template: '/pay/internal' }, 'system ledger', true],
    [{ name: 'orders', isUpstream: true, template: '/pay' }, 'address orders1.internal:8080', true],
    [{ name: 'stock', isUpstream: true, template: '/pay' }, 'system stock', false],
  ])('%j is %s', (called, expected, isMapped) => {
    const found = finder.find({ ...plain, ...called });
    expect([show(found.reference), found.isMapped]).toEqual([expected, isMapped]);
  });

  test('a scan with it: calls that nginx answers itself are left out', async () => {
    const line = (path: string): string =>
      `shop.example 10.0.0.1 - - [02/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 5 "-" "curl/8"\n`;
    const log = ['/orders/1', '/orders/2', '/static/a.css'].map(line).join('');
    const options = { format: 'vhost-combined', config: 'nginx.conf' };
    const contents = { 'a.log': log, 'nginx.conf': nginx };
    const { of, coverage } = await scan('gateway', contents, options, ['a.log']);
    expect(of('connection').map(({ from, traffic }) => [show(from), traffic?.calls])).toEqual([
      ['address orders1.internal:8080', 2],
    ]);
    expect(coverage.leftOut).toEqual({ 'answered by the gateway itself': 1 });
  });
});
