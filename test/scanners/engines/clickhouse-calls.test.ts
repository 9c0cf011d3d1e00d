import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import fc from '../../fast-check.ts';
import { chdbInstalled, startChdbServer } from './chdb-server.ts';
import { reader } from './clickhouse-config.ts';
import { serverInstalled, startClickHouseServers } from './clickhouse-servers.ts';
import { scanGateway, withoutOrigins } from './scan-engine.ts';

/** A server of either kind. */
interface Server {
  readonly url: string;
  ask(sql: string): Promise<string>;
  stop(): Promise<void>;
}

const texts = {
  consumer: fc.constantFrom('-', '', null, 'erp', "o'neill", 'a\\b', '"q"', 'x\ty', 'zoë'),
  key: fc.constantFrom('', '', null, 'key-of-shop', 'k2'),
  address: fc.constantFrom(
    '10.1.0.7',
    '10.1.0.7:443',
    '10.2.0.1, 172.16.0.1',
    '[2001:db8::7]:80',
    '-',
    null,
  ),
  agent: fc.constantFrom(
    'curl/8.5.0',
    'orders-sync/1.4 (linux)',
    " o'brien/2",
    'kube-probe/1.29',
    null,
    '-',
  ),
  service: fc.constantFrom('orders', 'stock service', '-', null),
  upstream: fc.constantFrom(
    '10.9.0.1:80, 10.9.0.2:80',
    'outbound|80||pay.shop.svc.cluster.local',
    null,
  ),
  host: fc.constantFrom('shop.example', 'shop.example:8443', '-', null),
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS', null),
  path: fc.oneof(
    fc.array(toSegment(), { maxLength: 12 }).map((all) => `/${all.join('/')}`),
    fc.constantFrom(
      '',
      '*',
      '//a///b//',
      '/a?b=/c/1',
      '/a;x=1/b;y',
      '/é…/12',
      "/it's",
      '/a\nb/7',
      '/a\u0000b/7',
      '/a b?c',
      '/\u202e🦊/9999',
      'http://a.example:80/x/1?y',
      null,
    ),
  ),
  status: fc.constantFrom('200', '404', '503', '', '-', '0', '502, 200', 'abc', null),
};

const rows = fc.array(
  fc.record({
    ts: fc.integer({ min: 1_790_000_000, max: 1_793_000_000 }),
    ...texts,
    bytes: fc.oneof(fc.nat(5_000_000), fc.constant(null)),
    took: fc.oneof(fc.nat(2_000_000), fc.integer({ min: 0, max: 2 ** 41 }), fc.constant(null)),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

function toSegment(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      'orders',
      'v1',
      'ORD-20391',
      'ann@example.org',
      '2026-11-02',
      '10.0.0.1',
      'grösse7',
    ),
    fc.constantFrom(
      'l'.repeat(81),
      'm'.repeat(60),
      '7'.repeat(70),
      'reset-AbC_dEf-123xyz456QwErTy',
    ),
    fc.nat(99_999_999).map(String),
    fc.uuid(),
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
  duration: 'took us',
};

/** What sources say of callers and routes, from nothing to all of it. */
const mappings = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {
    intermediary: 'gateway',
    callers: { '10.1.0.0/16': 'shop', 'orders-sync/1': 'wms', k2: 'crm' },
  },
  {
    callers: {
      " o'brien/": 'crm',
      "o'neill": 'crm',
      'a\\b': 'erp',
      "'); DROP TABLE log; --": 'erp',
    },
    routes: { '/orders': 'orders', 'shop.example': 'shop', "/it's": 'old', '/2026-11-02/x': 'old' },
  },
);

const declared = `ts DateTime('UTC'), ${Object.keys(texts)
  .map((name) => `${name} Nullable(String)`)
  .join(', ')}, bytes Nullable(UInt64), took Nullable(UInt64)`;

describe.each([
  {
    name: 'ClickHouse 18.16',
    isInstalled: serverInstalled,
    async start(): Promise<Server> {
      const { urls, ...servers } = await startClickHouseServers();
      return { url: urls[0], ...servers };
    },
  },
  { name: 'a current ClickHouse', isInstalled: chdbInstalled, start: startChdbServer },
])('$name and the reader of logs', ({ isInstalled, start }) => {
  describe.skipIf(!isInstalled())('on one machine', () => {
    let server: Server;
    let folder = '';
    beforeAll(async () => {
      server = await start();
      folder = await mkdtemp(path.join(tmpdir(), 'landscape-calls-'));
      vi.stubEnv('CH_PASSWORD', reader.password);
    }, 60_000);
    afterAll(async () => {
      vi.unstubAllEnvs();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('find the same calls', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(rows, mappings, async (log, mapping) => {
          const lines = log.map((row) => JSON.stringify(row)).join('\n');
          await server.ask('drop table if exists calls');
          await server.ask(`create table calls (${declared}) engine = MergeTree order by ts`);
          await server.ask(`insert into calls format JSONEachRow\n${lines}\n`);
          await writeFile(
            path.join(folder, 'log.jsonl'),
            log
              .map((row) => `${JSON.stringify({ ...row, ts: new Date(row.ts * 1000) })}\n`)
              .join(''),
          );
          const local = await scanGateway(folder, ['log.jsonl'], { ...mapping, format: fields });
          const asked = await scanGateway(folder, ['calls'], {
            ...mapping,
            engine: 'clickhouse',
            url: server.url,
            user: reader.name,
            password: { env: 'CH_PASSWORD' },
            columns: fields,
          });
          expect(withoutOrigins(asked)).toEqual(withoutOrigins(local));
          const { parsed, skipped, leftOut, window } = local.coverage;
          expect(asked.coverage).toMatchObject({ parsed, skipped, leftOut });
          expect(asked.coverage.window).toEqual(window);
        }),
        { numRuns: 12 },
      );
    });
  });
});
