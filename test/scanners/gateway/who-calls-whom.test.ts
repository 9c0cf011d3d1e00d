import { describe, expect, test } from 'vitest';
import { addTraffic } from '../../../src/reconcile/traffic.ts';
import { scan } from '../scan.ts';
import { type Call, draw, line } from './combined-log.ts';

/** A line of Istio. */
function meshLine(cluster: string, id: string): string {
  return JSON.stringify({
    start_time: '2026-11-02T10:00:00.000Z',
    method: 'GET',
    path: '/orders/1',
    response_code: 200,
    bytes_sent: 5,
    duration: 3,
    user_agent: 'Go-http-client/2.0',
    request_id: id,
    authority: 'orders.shop.svc.cluster.local',
    upstream_cluster: cluster,
    downstream_remote_address: '10.0.0.1:40000',
  });
}

describe('who calls whom', () => {
  const to = (path: string, call: Call = {}): string =>
    line({ ...call, request: `GET ${path} HTTP/1.1` });

  test('the longest route wins, on whole segments', async () => {
    const routes = { '/erp': 'erp', '/erp/stock/': 'wms' };
    const callers = { '10.0.0.0/8': 'shop' };
    expect(
      await draw(
        ['/erp/x', '/erp', '/erp/stock/1', '/erpx/1', '/erp/stocks'].map((path) => to(path)),
        { routes, callers },
      ),
    ).toEqual(['shop <- erp 3/0', 'shop <- wms 1/0', 'shop <- gateway/erpx 1/0']);
    expect(await draw([to('/any')], { routes: { '/': 'site' }, callers })).toEqual([
      'shop <- site 1/0',
    ]);
  });

  test('a route whose prefix looks like an identifier', async () => {
    const routes = {
      '/2024/reports': 'reports',
      '/550e8400-e29b-41d4-a716-446655440000': 'tenant',
    };
    const paths = ['/2024/reports/7', '/2025/reports/7', '/550e8400-e29b-41d4-a716-446655440000/x'];
    expect(
      await draw(
        paths.map((path) => to(path)),
        { routes },
      ),
    ).toEqual([
      '10.1.1.1 <- reports 1/0',
      '10.1.1.1 <- gateway/2025 1/0',
      '10.1.1.1 <- tenant 1/0',
    ]);
  });

  test('a user says more than an agent, an agent more than an address, a narrow range more than a wide one', async () => {
    const options = {
      routes: { '/': 'erp' },
      callers: {
        '10.0.0.0/8': 'wide',
        '10.1.0.0/16': 'narrow',
        '10.1.1.9': 'one',
        'curl/': 'agent',
        ann: 'user',
        'fd00::/8': 'six',
      },
    };
    const agent = 'java/21';
    const who = async (call: Call): Promise<string> =>
      (await draw([to('/x', call)], options))[0]?.split(' ')[0] ?? '';
    expect(await who({ user: 'ann' })).toBe('user');
    expect(await who({})).toBe('agent');
    expect(await who({ agent })).toBe('narrow');
    expect(await who({ agent, address: '10.1.1.9' })).toBe('one');
    expect(await who({ agent, address: '10.2.1.1' })).toBe('wide');
    expect(await who({ agent, address: 'fd00::1' })).toBe('six');
    expect(await who({ agent, address: '::ffff:10.1.1.9' })).toBe('one');
    expect(await who({ agent, address: '192.0.2.1' })).toBe('192.0.2.1');
  });

  test('reads pull, writes push, both go both ways, and errors are counted', async () => {
    const options = {
      routes: { '/a': 'a', '/b': 'b', '/c': 'c', '/d': 'd', '/e': 'e' },
      callers: { '10.0.0.0/8': 'shop' },
    };
    const lines = [
      line({ request: 'GET /a HTTP/1.1', status: 404 }),
      line({ request: 'HEAD /a HTTP/1.1', status: 399 }),
      line({ request: 'POST /b HTTP/1.1', status: 500 }),
      line({ request: 'DELETE /b HTTP/1.1' }),
      line({ request: 'GET /c HTTP/1.1' }),
      line({ request: 'PATCH /c HTTP/1.1' }),
      line({ request: 'OPTIONS /d HTTP/1.1' }),
      line({ request: 'OPTIONS /e HTTP/1.1' }),
      line({ request: 'PUT /e HTTP/1.1' }),
    ];
    expect(await draw(lines, options)).toEqual([
      'shop <- a 2/1',
      'shop -> b 2/1',
      'shop <> c 2/0',
      'shop ?? d 1/0',
      'shop -> e 2/0',
    ]);
  });

  test('traffic, intermediary, first line and window', async () => {
    const lines = [
      line({ time: '02/Nov/2026:10:00:00 +0100' }),
      line({ time: '01/Nov/2026:10:00:00 +0100', status: 503 }),
    ];
    const { of, coverage } = await scan(
      'gateway',
      { 'a.log': lines.join('\n') },
      { intermediary: 'kong', routes: { '/erp': 'erp' } },
    );
    expect(of('route')).toMatchObject([{ prefix: '/erp', system: 'erp', intermediary: 'kong' }]);
    expect(of('connection')).toMatchObject([
      {
        witness: 'observed',
        via: [{ kind: 'system', value: 'kong' }],
        origin: { file: 'a.log', line: 1 },
        traffic: {
          calls: 2,
          errors: 1,
          serverErrors: 1,
          bytes: 200,
          firstSeen: '2026-11-01T09:00:00Z',
          lastSeen: '2026-11-02T09:00:00Z',
          routes: [{ route: '/erp/x', calls: 2, errors: 1 }],
        },
      },
    ]);
    expect(coverage.window).toEqual(['2026-11-01T09:00:00Z', '2026-11-02T09:00:00Z']);
  });

  test('a host named like a mapped system is not that system', async () => {
    const options = { routes: { '/': 'erp' }, callers: { ann: 'shop' } };
    expect(
      await draw([to('/x', { user: 'ann' }), to('/x', { address: 'shop' })], options),
    ).toHaveLength(2);
  });

  test('health checks are left out, and told', async () => {
    const lines = [to('/x'), to('/health', { agent: 'kube-probe/1.29' })];
    const { of, coverage } = await scan('gateway', { 'a.log': lines.join('\n') });
    expect(of('connection')).toHaveLength(1);
    expect(coverage).toMatchObject({ parsed: 2, leftOut: { 'health checks': 1 } });
  });

  test('an API key is in no evidence and no message', async () => {
    const key = 'sk-live-0123456789abcdef';
    const call = {
      time: '2026-11-02T10:00:00Z',
      api_key: key,
      api_name: 'Orders API',
      method: 'GET',
    };
    const log = [
      { ...call, path: '/x', status: 200 },
      { ...call, path: '/x', status: 'broken' },
    ].map((one) => JSON.stringify(one));
    const { evidence, coverage, of } = await scan(
      'gateway',
      { 'a.log': log.join('\n') },
      { format: 'tyk' },
    );
    expect(coverage).toMatchObject({ parsed: 1, skipped: 1 });
    expect(JSON.stringify({ evidence, coverage })).not.toContain(key);
    expect(of('connection')).toMatchObject([
      {
        from: { kind: 'system', value: 'Orders API' },
        to: { value: expect.stringMatching(/^api-key sha256:[0-9a-f]{12}$/) },
      },
    ]);
  });

  test('both sides of a mesh show which calls they have in common', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((letter) => `5f0c9a52-3d5e-4b8e-9c53-${letter}`);
    const logs = {
      'shop.log': ids
        .map((id) => meshLine('outbound|80||orders.shop.svc.cluster.local', id))
        .join('\n'),
      'orders.log': ids
        .slice(1)
        .map((id) => meshLine('inbound|8080||', id))
        .join('\n'),
    };
    const { of } = await scan('gateway', logs);
    const sides = of('connection').map(({ traffic }) => traffic?.side);
    expect(sides.map((side) => [side?.of, side?.requests.length, side?.isComplete]).sort()).toEqual(
      [
        ['callee', 3, true],
        ['caller', 4, true],
      ],
    );
    const [one, other] = sides.map((side) => new Set(side?.requests));
    expect([...(one ?? [])].filter((digest) => other?.has(digest))).toHaveLength(3);
  });

  test('of many requests a sample tells the calls that both sides logged', async () => {
    const ids = Array.from({ length: 6000 }, (_, index) => `5f0c9a52-3d5e-4b8e-9c53-${index}`);
    const cluster = 'outbound|80||orders.shop.svc.cluster.local';
    const logs = {
      'shop.log': ids
        .slice(0, 4000)
        .map((id) => meshLine(cluster, id))
        .join('\n'),
      'orders.log': ids
        .slice(2000)
        .map((id) => meshLine('inbound|8080||', id))
        .join('\n'),
    };
    const { of } = await scan('gateway', logs);
    const parts = of('connection').flatMap(({ traffic }) => traffic ?? []);
    expect(parts.map(({ side }) => [side?.requests.length, side?.isComplete])).toEqual([
      [128, false],
      [128, false],
    ]);
    const calls = addTraffic(parts)?.calls ?? 0;
    expect(Math.abs(calls - 6000) / 6000).toBeLessThan(0.15);
  });
});
