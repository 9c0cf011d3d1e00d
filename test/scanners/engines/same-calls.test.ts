import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from '../../fast-check.ts';
import { scanGateway, withoutOrigins } from './scan-engine.ts';

/** A row of a log as a table holds it and as a line of JSON does. */
const rows = fc.array(
  fc.record({
    ts: fc
      .integer({ min: 1_790_000_000, max: 1_793_000_000 })
      .map((second) => new Date(second * 1000).toISOString().slice(0, 19)),
    consumer: fc.constantFrom('-', '', null, 'erp', "o'neill", 'a\\b'),
    key: fc.constantFrom('', '', null, 'key-of-shop', 'k2'),
    address: fc.constantFrom(
      '10.1.0.7',
      '10.1.0.7:443',
      '10.2.0.1, 172.16.0.1',
      '2001:db8::7',
      '[2001:db8::7]:8080',
      '1:2:3:4:5:6:7:8:9',
      '-',
      null,
    ),
    agent: fc.constantFrom(
      'curl/8.5.0',
      'orders-sync/1.4 (linux)',
      ' WmsClient',
      'kube-probe/1.29',
      'Better Uptime Bot Mozilla/5.0',
      'portal 7 for "shops"',
      null,
      '-',
    ),
    service: fc.constantFrom('orders', 'stock service', '-', null),
    upstream: fc.constantFrom(
      '10.9.0.1:80',
      '10.9.0.1:80, 10.9.0.2:80',
      'outbound|80||',
      'outbound|80||pay.shop.svc.cluster.local',
      null,
    ),
    host: fc.constantFrom('shop.example', 'shop.example:8443', '-', null),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', null),
    path: fc.oneof(
      {
        weight: 8,
        arbitrary: fc.array(toSegment(), { maxLength: 12 }).map((all) => `/${all.join('/')}`),
      },
      fc.constantFrom(
        '',
        '*',
        '/',
        '//a///b//',
        '/a?b=/c/1',
        '/a#b',
        '/a;x=1/b;y',
        'shop:443',
        '/é…/12',
      ),
      fc.constantFrom('https://shop.example', 'http://a.example:80/x/1?y', 'urn://?', null),
    ),
    status: fc.constantFrom(
      '200',
      '404',
      '499',
      '503',
      '',
      '-',
      '0',
      '502, 200',
      'abc',
      '20',
      null,
    ),
    bytes: fc.oneof(fc.nat(5_000_000), fc.constant(null)),
    took: fc.oneof(fc.nat(2_000_000), fc.integer({ min: 0, max: 2 ** 41 }), fc.constant(null)),
  }),
  { minLength: 1, maxLength: 80, size: 'max' },
);

function toSegment(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('orders', 'v1', 'api2', 'ORD-20391', 'x.json', 'ann@example.org', 'a%2Fb'),
    fc.constantFrom(
      '2026-11-02',
      '10.0.0.1',
      '+12,5',
      '1:2',
      'ünï',
      'grösse7',
      '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    ),
    fc.constantFrom(
      'reset-AbC_dEf-123xyz456QwErTy',
      'l'.repeat(81),
      'm'.repeat(60),
      '7'.repeat(70),
    ),
    fc.nat(99_999_999).map(String),
    fc.uuid(),
    fc.stringMatching(/^[0-9A-Fa-f-]{14,18}$/),
    fc.stringMatching(/^[A-Z]{0,6}\d{3,5}$/),
    fc.stringMatching(/^[a-z]{16,21}\d{2,3}$/),
    fc.stringMatching(/^[0-9a-zA-Z_.,:+-]{1,24}$/),
  );
}

const fields = {
  time: 'ts',
  consumer: 'consumer',
  'api-key': 'key',
  address: 'address',
  agent: 'agent',
  service: 'service',
  upstream: 'upstream',
  host: 'host',
  method: 'method',
  path: 'path',
  status: 'status',
  bytes: 'bytes',
};
const format = { ...fields, duration: 'took us' };

/** What sources say of callers and routes, from nothing to all of it. */
const mappings = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {
    intermediary: 'gateway',
    callers: { '10.1.0.0/16': 'shop', 'orders-sync/1': 'wms', k2: 'crm' },
  },
  { routes: { '/orders': 'orders', 'shop.example': 'shop', '/2026-11-02/x': 'old' } },
);

describe('an engine and the reader of logs', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'landscape-engines-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('DuckDB finds the same calls', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(rows, mappings, async (log, mapping) => {
        const lines = log.map((row) => JSON.stringify(row)).join('\n');
        await writeFile(path.join(folder, 'log.jsonl'), `${lines}\n`);
        const local = await scanGateway(folder, ['log.jsonl'], { ...mapping, format });
        const asked = await scanGateway(folder, ['log.jsonl'], {
          ...mapping,
          engine: 'duckdb',
          columns: { ...format, time: 'ts' },
        });
        expect(withoutOrigins(asked)).toEqual(withoutOrigins(local));
        const { parsed, skipped, leftOut, window } = local.coverage;
        expect(asked.coverage).toMatchObject({ parsed, skipped, leftOut });
        expect(asked.coverage.window).toEqual(window);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
