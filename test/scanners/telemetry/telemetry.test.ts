import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { scan } from '../scan.ts';
import { toOtlpLine } from './span-files.ts';

const clientAndServer = [
  toOtlpLine('checkout', [
    {
      id: 'c1',
      kind: 3,
      lasts: 40,
      attributes: {
        'http.request.method': 'POST',
        'server.address': 'payment.shop',
        'server.port': 8080,
        'http.response.status_code': 201,
      },
    },
    {
      id: 'c2',
      kind: 3,
      attributes: {
        'db.system': 'postgresql',
        'net.peer.name': 'orders-db',
        'db.operation': 'SELECT',
      },
    },
    {
      id: 'c3',
      kind: 4,
      attributes: { 'messaging.system': 'kafka', 'messaging.destination': 'orders' },
    },
    { id: 'c4', kind: 1 },
  ]),
  toOtlpLine('payment', [
    { id: 's1', parent: 'c1', kind: 2, attributes: { 'http.route': '/pay' } },
    {
      id: 's2',
      kind: 3,
      failed: true,
      attributes: { 'url.full': 'https://api.stripe.com/v1/charges', 'http.method': 'POST' },
    },
  ]),
  toOtlpLine('shipping', [
    {
      id: 's3',
      kind: 5,
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': 'orders',
        'messaging.operation.type': 'process',
      },
    },
  ]),
];

describe('traces', () => {
  it('join both sides of a call, and say what a caller alone can', async () => {
    const { of, coverage } = await scan('telemetry', {
      'traces.json': `${clientAndServer.join('\n')}\n`,
    });
    expect(of('connection').map(({ summary, protocol }) => `${summary} ${protocol}`)).toEqual([
      '1 messages, 0 errors: checkout to kafka by orders kafka',
      '1 calls, 0 errors: orders-db to checkout postgresql',
      '1 calls, 0 errors: checkout to payment http',
      '1 calls, 1 errors: payment to api.stripe.com https',
      '1 messages, 0 errors: kafka to shipping by orders kafka',
    ]);
    const call = of('connection').find(({ traffic }) => (traffic?.routes.length ?? 0) > 0);
    expect(call?.traffic).toMatchObject({
      calls: 1,
      firstSeen: '2026-10-30T06:00:00Z',
      routes: [{ route: '/pay', calls: 1, errors: 0 }],
    });
    expect(call?.origin).toEqual({ file: 'traces.json', line: 1, column: 1 });
    expect(coverage).toMatchObject({ records: 7, parsed: 7, skipped: 0 });
    expect(coverage.formats).toMatchObject([{ format: 'OpenTelemetry spans (OTLP JSON)' }]);
  });

  it('are the same pretty-printed, packed, or with the called side first', async () => {
    const lines = await scan('telemetry', { 't.json': clientAndServer.join('\n') });
    const whole = JSON.stringify(
      {
        resourceSpans: [...clientAndServer]
          .reverse()
          .flatMap((line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans),
      },
      undefined,
      1,
    );
    const packed = await scan('telemetry', { 't.json.gz': gzipSync(whole) });
    const summaries = (found: typeof lines): string[] =>
      found
        .of('connection')
        .map(({ summary }) => summary)
        .sort();
    expect(summaries(packed)).toEqual(summaries(lines));
  });

  it('of the called side alone show that nobody else called it', async () => {
    const { links } = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - telemetry: traces.json\n',
      'systems.csv': 'id,name\nweb,Web\nshop,Shop\ncrm,CRM\nerp,ERP\n',
      'links.csv': 'id,from,to,protocol,initiator\nL1,crm,shop,https,from\nL2,crm,erp,https,from\n',
      'traces.json': [
        toOtlpLine('web', [{ id: '00000000000000c1', kind: 3 }]),
        toOtlpLine('shop', [{ id: '00000000000000d1', parent: '00000000000000c1', kind: 2 }]),
      ].join('\n'),
    });
    expect(links.map(({ key, observable }) => `${key} ${observable}`)).toContain(
      'crm=>shop#http yes',
    );
    expect(links.map(({ key, observable }) => `${key} ${observable}`)).toContain(
      'crm=>erp#http no',
    );
  });

  it('make links between the systems of the inventory, and show systems nobody described', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - telemetry: traces.json\naliases: { checkout: shop }\n',
      'systems.csv': 'id,name\nshop,Shop\npayment,Payment\nledger,Ledger\nstripe,Stripe\n',
      'links.csv':
        'id,from,to,protocol,initiator\nL1,shop,payment,https,from\nL2,ledger,payment,https,from\nL3,shop,ledger,https,from\nL4,ledger,stripe,https,from\n',
      'traces.json': clientAndServer.join('\n'),
    });
    const links = audit.links.map(({ key, class: seen, observable, via }) =>
      [key, seen.join('+'), observable, via.join()].join(' '),
    );
    expect(links).toEqual([
      'ledger=>payment#http declared yes ',
      'ledger=>stripe#http declared no ',
      'orders-db=>shop#database observed yes ',
      'payment=>stripe#http observed yes ',
      'shop=>ledger#http declared yes ',
      'shop=>payment#http declared+observed yes ',
      'shop=>shipping#messaging observed yes kafka',
    ]);
    expect(
      audit.systems.filter(({ registered }) => !registered).map(({ id, kind }) => [id, kind]),
    ).toEqual([
      ['kafka', 'broker'],
      ['orders-db', 'database'],
      ['shipping', 'application'],
    ]);
  });

  it('tell the environment, and what is not production makes no link', async () => {
    const { of } = await scan('telemetry', {
      't.json': toOtlpLine('shop', [{ id: 'a', kind: 3, attributes: { 'peer.service': 'erp' } }], {
        'deployment.environment': 'Staging',
      }),
    });
    expect(of('connection')[0]?.environment).toBe('staging');
    expect(of('system')).toEqual([]);
  });

  it('keep two services of one name in two namespaces apart', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - telemetry: t.json\n',
      't.json': ['north', 'south']
        .map((namespace) =>
          [
            toOtlpLine('api', [{ id: `${namespace}1`, kind: 3 }], {
              'k8s.namespace.name': namespace,
            }),
            toOtlpLine('stock', [{ id: 'x', parent: `${namespace}1`, kind: 2 }], {
              'k8s.namespace.name': namespace,
            }),
          ].join('\n'),
        )
        .join('\n'),
    });
    expect(audit.links.map(({ key }) => key)).toEqual([
      'north-api=>north-stock#http',
      'south-api=>south-stock#http',
    ]);
  });
});

describe('Jaeger and Zipkin', () => {
  // As the JSON API of Jaeger's query service gives a trace.
  const jaeger = {
    data: [
      {
        traceID: 'a1',
        spans: [
          {
            traceID: 'a1',
            spanID: '1',
            references: [],
            startTime: 1_793_340_000_000_000,
            duration: 1200,
            tags: [
              { key: 'span.kind', type: 'string', value: 'client' },
              { key: 'http.method', type: 'string', value: 'GET' },
            ],
            processID: 'p1',
          },
          {
            traceID: 'a1',
            spanID: '2',
            references: [{ refType: 'CHILD_OF', traceID: 'a1', spanID: '1' }],
            startTime: 1_793_340_000_000_100,
            duration: 900,
            tags: [{ key: 'span.kind', type: 'string', value: 'server' }],
            processID: 'p2',
          },
        ],
        processes: { p1: { serviceName: 'frontend' }, p2: { serviceName: 'stock' } },
      },
    ],
  };

  it('give the same call, one by references and one by shared ids', async () => {
    const zipkin = [
      {
        traceId: 'a1',
        id: '1',
        kind: 'CLIENT',
        timestamp: 1_793_340_000_000_000,
        duration: 1200,
        localEndpoint: { serviceName: 'frontend' },
        tags: { 'http.method': 'GET' },
      },
      {
        traceId: 'a1',
        id: '1',
        kind: 'SERVER',
        shared: true,
        timestamp: 1_793_340_000_000_100,
        duration: 900,
        localEndpoint: { serviceName: 'stock' },
      },
    ];
    for (const text of [
      JSON.stringify(jaeger),
      JSON.stringify([zipkin]),
      JSON.stringify(zipkin, undefined, 2),
    ]) {
      const { of } = await scan('telemetry', { 'traces.json': text });
      expect(of('connection')).toMatchObject([
        {
          summary: '1 calls, 0 errors: stock to frontend',
          initiator: 'to',
          direction: 'forward',
          traffic: { calls: 1, latency: [[expect.any(Number), 1]] },
        },
      ]);
      expect(of('route')).toMatchObject([
        { system: 'frontend', calls: ['http'] },
        { system: 'stock', showsCallers: true, logged: [['2026-10-30', '2026-10-30']] },
      ]);
    }
  });

  it('are read as graphs of dependencies too', async () => {
    const edges = [{ parent: 'frontend', child: 'stock', callCount: 12, errorCount: 2 }];
    for (const text of [JSON.stringify(edges), JSON.stringify({ data: edges, total: 1 })]) {
      const { of } = await scan('telemetry', { 'dependencies.json': text });
      expect(of('connection')).toMatchObject([
        { summary: '12 calls, 2 errors: frontend to stock', direction: 'unknown' },
      ]);
    }
  });
});

describe('metrics', () => {
  it('of service graphs are read as text and as the answer to a query', async () => {
    const text = [
      '# TYPE traces_service_graph_request_total counter',
      'traces_service_graph_request_total{client="shop",server="stock",connection_type=""} 30',
      'traces_service_graph_request_failed_total{client="shop",server="stock",connection_type=""} 4',
      'traces_service_graph_request_total{client="stock",server="stock-db",connection_type="database"} 7',
      'traces_service_graph_request_server_seconds_sum{client="shop",server="stock"} 1.5',
      'traces_service_graph_request_total{client="user",server="shop"} 3',
    ].join('\n');
    const { of, coverage } = await scan('telemetry', { 'metrics.prom': text });
    expect(of('connection').map(({ summary }) => summary)).toEqual([
      '30 calls, 4 errors: shop to stock',
      '7 calls, 0 errors: stock to stock-db',
    ]);
    expect(coverage.leftOut).toEqual({
      'calls without a caller or a callee': 1,
      'series that count no calls': 1,
    });
    const answer = {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {
              __name__: 'traces_service_graph_request_total',
              client: 'shop',
              server: 'stock',
            },
            values: [
              [1793340000, '100'],
              [1793340060, '130'],
              [1793340120, '20'],
            ],
          },
        ],
      },
    };
    const asked = await scan('telemetry', { 'answer.json': JSON.stringify(answer) });
    expect(asked.of('connection')).toMatchObject([
      { summary: '50 calls, 0 errors: shop to stock', traffic: { calls: 50 } },
    ]);
  });

  it('of Istio are counted once where both sides tell of a call', async () => {
    const labels =
      'source_workload="web-v1",source_canonical_service="web",source_workload_namespace="shop",destination_service="stock.shop.svc.cluster.local",destination_service_name="stock",destination_service_namespace="shop",request_protocol="http"';
    const text = ['source', 'destination']
      .flatMap((reporter) => [
        `istio_requests_total{reporter="${reporter}",${labels},response_code="200"} 90 1793340000000`,
        `istio_requests_total{reporter="${reporter}",${labels},response_code="503"} 10 1793340000000`,
      ])
      .join('\n');
    const { of } = await scan('telemetry', { 'istio.prom': text });
    expect(of('connection')).toMatchObject([
      { summary: '100 calls, 10 errors: web.shop to stock.shop', traffic: { serverErrors: 10 } },
    ]);
    expect(of('route')).toMatchObject([
      { system: 'stock', logged: [['2026-10-30', '2026-10-30']] },
    ]);
  });

  it('of Kiali and flows of Hubble name workloads in their namespaces', async () => {
    const kiali = {
      timestamp: 1793340000,
      duration: 600,
      graphType: 'versionedApp',
      elements: {
        nodes: [
          {
            data: { id: 'n1', nodeType: 'app', namespace: 'shop', app: 'web', workload: 'web-v1' },
          },
          { data: { id: 'n2', nodeType: 'service', namespace: 'shop', service: 'stock' } },
          {
            data: {
              id: 'n3',
              nodeType: 'app',
              namespace: 'shop',
              app: 'stock',
              workload: 'stock-v2',
            },
          },
        ],
        edges: [
          {
            data: {
              source: 'n1',
              target: 'n2',
              traffic: { protocol: 'http', rates: { http: '0.50', httpPercentErr: '10.0' } },
            },
          },
          {
            data: {
              source: 'n2',
              target: 'n3',
              traffic: { protocol: 'http', rates: { http: '0.50' } },
            },
          },
        ],
      },
    };
    const hubble = [
      {
        is_reply: false,
        l4: { TCP: { source_port: 41000, destination_port: 8080, flags: { SYN: true } } },
      },
      {
        is_reply: true,
        l4: {
          TCP: { source_port: 8080, destination_port: 41000, flags: { SYN: true, ACK: true } },
        },
      },
    ].map((flow) =>
      JSON.stringify({
        flow: {
          time: '2026-10-30T06:00:00.123456789Z',
          verdict: 'FORWARDED',
          IP: { source: '10.0.0.1', destination: '10.0.0.2' },
          source: { namespace: 'shop', labels: ['k8s:app=web'], pod_name: 'web-7d9f8c6b5-abcde' },
          destination: { namespace: 'shop', labels: ['k8s:app.kubernetes.io/name=stock'] },
          traffic_direction: 'EGRESS',
          ...flow,
        },
        node_name: 'n1',
        time: '2026-10-30T06:00:00.123456789Z',
      }),
    );
    const graph = await scan('telemetry', { 'graph.json': JSON.stringify(kiali, undefined, 2) });
    expect(graph.of('connection').map(({ summary }) => summary)).toEqual([
      '300 calls, 30 errors: web.shop to stock.shop',
    ]);
    const flows = await scan('telemetry', { 'flows.jsonl': hubble.join('\n') });
    expect(flows.of('connection').map(({ summary, protocol }) => `${summary} ${protocol}`)).toEqual(
      ['1 calls, 0 errors: web.shop to stock.shop http'],
    );
    expect(flows.coverage.leftOut).toEqual({
      'packets of connections that are told already': 1,
    });
  });
});

describe('hostile telemetry', () => {
  it('is skipped with its place', async () => {
    const good = clientAndServer[0] ?? '';
    const { coverage, of } = await scan('telemetry', {
      'a.json': `${good}\n{"resourceSpans":[{]}\n${'['.repeat(100_000)}\n${clientAndServer[1]}\n`,
      'b.json': 'not telemetry at all',
      'c.json': '{"resourceMetrics":[]}',
      'd.json': `{"resourceSpans":${'['.repeat(100_000)}`,
    });
    expect(of('connection').length).toBeGreaterThan(2);
    expect(
      coverage.skippedPlaces.map(({ place, reason }) =>
        `${place.file}:${place.line} ${reason}`.slice(0, 60),
      ),
    ).toEqual([
      'a.json:2 it is no JSON',
      'a.json:3 it is no JSON',
      'b.json:1 it is no telemetry that is known; known are OpenTel',
      'c.json:1 it holds metrics or logs of OpenTelemetry, and only',
      'd.json:1 it ends in the middle of a value',
    ]);
  });

  it('of any shape is survived, and no value that is lost throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 0, max: 6 }), async (value, at) => {
        const shapes = [
          { resourceSpans: [value] },
          {
            resourceSpans: [
              {
                resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] },
                scopeSpans: [{ spans: [value, { spanId: '1', attributes: value, kind: 3 }] }],
              },
            ],
          },
          { data: [{ traceID: 1, spans: [value], processes: value }] },
          [
            {
              traceId: '1',
              localEndpoint: { serviceName: 'a' },
              id: '1',
              kind: 'CLIENT',
              tags: value,
            },
          ],
          { data: { resultType: 'vector', result: [{ metric: value, value }] } },
          { graphType: 'app', elements: { nodes: [{ data: value }], edges: value } },
          { verdict: 'FORWARDED', source: value, l4: { TCP: value }, l7: value },
        ];
        await scan('telemetry', { 'x.json': JSON.stringify(shapes[at]) });
      }),
      { numRuns: 200 },
    );
  });
});
