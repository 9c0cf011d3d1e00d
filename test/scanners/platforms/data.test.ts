import { describe, expect, it } from 'vitest';
import { platformReaders } from '../../../src/scanners/platforms/readers.ts';
import { auditFiles } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { scan } from '../scan.ts';
import { drawFlows } from './draw-flows.ts';

describe('NiFi, dbt, TapData and AWS', () => {
  it('NiFi pairs processors by their connections and services', async () => {
    const flow = {
      flowContents: {
        name: 'Orders',
        processors: [
          {
            identifier: 'p1',
            type: 'org.apache.nifi.processors.standard.QueryDatabaseTable',
            schedulingStrategy: 'TIMER_DRIVEN',
            schedulingPeriod: '15 min',
            scheduledState: 'ENABLED',
            properties: { 'Database Connection Pooling Service': 'cs1' },
          },
          {
            identifier: 'p2',
            type: 'org.apache.nifi.processors.attributes.UpdateAttribute',
            properties: {},
          },
          {
            identifier: 'p3',
            type: 'org.apache.nifi.processors.kafka.pubsub.PublishKafkaRecord_2_6',
            properties: { 'bootstrap.servers': '${brokers}', topic: 'orders' },
          },
        ],
        controllerServices: [
          {
            identifier: 'cs1',
            properties: {
              'Database Connection URL': 'jdbc:postgresql://erp-db.acme.example:5432/erp',
            },
          },
        ],
        variables: { brokers: 'kafka.acme.example:9092' },
        connections: [
          { source: { id: 'p1' }, destination: { id: 'p2' }, selectedRelationships: ['success'] },
          { source: { id: 'p2' }, destination: { id: 'p3' }, selectedRelationships: ['success'] },
          { source: { id: 'p3' }, destination: { id: 'p1' }, selectedRelationships: ['failure'] },
        ],
        processGroups: [],
      },
    };
    const { lines, found } = await drawFlows({ 'flow.json': JSON.stringify(flow) });
    expect(lines).toEqual([
      '1 erp-db.acme.example:5432 <- job postgresql',
      '1 job -> kafka.acme.example:9092 kafka [orders]',
    ]);
    expect(found.of('job')[0]?.schedules).toEqual([
      { expression: 'R/PT15M', timezone: '', scheduler: 'interval' },
    ]);
  });

  it('dbt leads sources through models to exposures', async () => {
    const manifest = {
      metadata: {
        dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
        adapter_type: 'snowflake',
      },
      nodes: { 'model.a.orders': { depends_on: { nodes: ['source.a.erp.orders'] } } },
      sources: {
        'source.a.erp.orders': { source_name: 'erp', name: 'orders' },
        'source.a.crm.accounts': { source_name: 'crm', name: 'accounts' },
      },
      exposures: {
        'exposure.a.board': {
          name: 'board',
          label: 'Board report',
          depends_on: { nodes: ['model.a.orders'] },
        },
      },
    };
    const { lines } = await drawFlows({ 'manifest.json': JSON.stringify(manifest) });
    expect(lines).toEqual([
      '1 erp <- job database (orders)',
      '1 job <- Board report database',
      '1 crm <- job database (accounts)',
      '1 job -> snowflake snowflake',
    ]);
    const yaml = await drawFlows({
      'sources.yml':
        "version: 2\nsources:\n  - name: erp\n    tables:\n      - name: orders\nexposures:\n  - name: board\n    depends_on:\n      - source('erp', 'orders')\n",
    });
    expect(yaml.lines).toEqual([
      '3 erp <- job database (orders)',
      '7 erp <- job database (orders)',
      '7 job <- board database',
    ]);
  });

  it('TapData, EventBridge and Step Functions', async () => {
    const { lines, found } = await drawFlows({
      'tasks.json': JSON.stringify({
        connections: [
          {
            id: 'c1',
            name: 'ERP',
            database_type: 'Oracle',
            config: { host: 'erp.acme.example', port: 1521 },
          },
          {
            id: 'c2',
            name: 'DWH',
            database_type: 'MongoDB',
            config: { uri: 'mongodb://u:Hidden8@dwh.acme.example/x' },
          },
        ],
        tasks: [
          {
            name: 'sync',
            status: 'running',
            dag: {
              nodes: [
                { id: 'n1', connectionId: 'c1', tableNames: ['ORDERS'] },
                { id: 'n2', connectionId: 'c2' },
              ],
              edges: [{ source: 'n1', target: 'n2' }],
            },
          },
        ],
      }),
      'rules.json': JSON.stringify([
        {
          Name: 'orders',
          State: 'ENABLED',
          EventPattern: '{"source":["acme.shop"],"detail-type":["order placed"]}',
          Targets: [{ Id: '1', Arn: 'arn:aws:sqs:eu-west-1:123456789012:billing' }],
        },
      ]),
      'order.asl.json': JSON.stringify({
        StartAt: 'Check',
        States: {
          Check: {
            Type: 'Task',
            Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:check-stock',
            Next: 'Pay',
          },
          Pay: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: 'take-payment' },
            End: true,
          },
        },
      }),
    });
    expect(lines).toEqual([
      '1 check-stock <- job https',
      '1 job -> take-payment https',
      '1 job -> check-stock https',
      '1 acme.shop -> job event (order placed)',
      '1 job -> sqs.amazonaws.com sqs [billing] (order placed)',
      '1 erp.acme.example:1521 <- job oracle (ORDERS)',
      '1 job -> dwh.acme.example mongodb',
    ]);
    expect(JSON.stringify(found.evidence)).not.toContain('Hidden8');
  });
});

describe('a map of fields', () => {
  it('reads exports of platforms that have no public format', async () => {
    const audit = await auditFiles(
      {
        'landscape.yaml': `sources:
  - inventory: systems.csv
  - platform: exports/*.json
    intermediary: alumio
    format: { records: "$.routes[*]", name: title, from: source.system, to: targets, objects: entity, schedule: cron, active: enabled }
`,
        'systems.csv':
          'id,name,kind\nshop,Shop,application\nerp,ERP,application\nwms,WMS,application\nalumio,Alumio,integration-platform\n',
        'exports/routes.json': JSON.stringify({
          routes: [
            {
              title: 'orders',
              source: { system: 'Shop' },
              targets: ['ERP', 'WMS'],
              entity: 'orders',
              cron: '*/10 * * * *',
              enabled: true,
            },
            { title: 'old', source: { system: 'Shop' }, targets: ['ERP'], enabled: false },
            { title: 'half', source: {}, targets: ['ERP'] },
          ],
        }),
      },
      { strict: false },
    ).catch((error: unknown) => String(error));
    expect(String(audit)).toContain('minParsed');
  });

  it('makes links by way of the platform, with objects and schedules', async () => {
    const audit = await auditFiles({
      'landscape.yaml': `sources:
  - inventory: systems.csv
  - platform: exports/*.json
    intermediary: alumio
    format: { records: "$.routes[*]", name: title, from: source.system, to: targets, objects: entity, schedule: cron, active: enabled }
`,
      'systems.csv':
        'id,name,kind\nshop,Shop,application\nerp,ERP,application\nwms,WMS,application\nalumio,Alumio,integration-platform\n',
      'exports/routes.json': JSON.stringify({
        routes: [
          {
            title: 'orders',
            source: { system: 'Shop' },
            targets: ['ERP', 'WMS'],
            entity: 'orders',
            cron: '*/10 * * * *',
            enabled: true,
          },
          { title: 'old', source: { system: 'Shop' }, targets: ['ERP'], enabled: false },
        ],
      }),
    });
    expect(
      audit.links.map(({ key, via, objects, mediation, schedules }) =>
        [key, via, objects, mediation, schedules.map(({ expression }) => expression)].join(' '),
      ),
    ).toEqual([
      'shop=>erp#other alumio orders decoupled */10 * * * *',
      'shop=>wms#other alumio orders decoupled */10 * * * *',
    ]);
    expect(audit.coverage.sources.find(({ kind }) => kind === 'platform')?.leftOut).toEqual({
      'switched off': 1,
    });
  });
});

describe('hostile exports', () => {
  const starts = [
    '{"nodes":[{"type":"n8n-nodes-base.set"}],"connections":',
    '[{"wires":[],"z":"a","type":"mqtt in","id":"b"},',
    '{"connector.class":"X","topics":',
    '{"exchanges":[],"bindings":[],"queues":',
    '{"sourceId":"1","destinationId":"2","configurations":',
    '{"StartAt":"a","States":',
    '{"processors":[],"flowContents":',
    '_format_version: "3.0"\nservices:\n- ',
    '<mule xmlns="http://www.mulesoft.org/schema/mule/core"><flow>',
    '<channel><sourceConnector>',
    '<route><from uri="',
    'Current ACLs for resource `',
    'GROUP TOPIC PARTITION\n',
    'version: 2\nsources:\n- ',
    '{"dag":{"nodes":[],"edges":[]},"connectionId":',
    '{"x-tyk-api-gateway":',
    '{"endpoints":[{"backend":[{"url_pattern":"a"}]}],"host":',
    '{"dbt_schema_version":"1","metadata":{},"sources":',
    'user a\ntopic ',
    'resource "airbyte_source_x" "y" {\n',
  ];

  it('are survived by every reader, broken or deep', async () => {
    for (const start of starts)
      for (const bomb of [
        '',
        '['.repeat(50_000),
        '{"a":'.repeat(50_000),
        'x'.repeat(300_000),
        '\n'.repeat(10_000),
        '<a>'.repeat(20_000),
        '&a;'.repeat(1_000),
      ]) {
        const { coverage } = await scan('platform', { 'x.txt': start + bomb });
        expect(coverage.files).toBe(1);
      }
  }, 60_000);

  it('are survived with any value anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts.filter((start) => start.endsWith(':') || start.endsWith(','))),
        fc.jsonValue(),
        async (start, value) => {
          await scan('platform', {
            'x.json': `${start}${JSON.stringify(value)}${start.startsWith('[') ? ']' : '}'}`,
          });
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('of no known platform are refused with a reason that says which are known', async () => {
    const { coverage } = await scan('platform', { 'x.txt': 'hello' });
    expect(coverage.skippedPlaces[0]?.reason).toMatch(
      /^it is no file of a known platform; known are Kafka ACLs/,
    );
    expect(new Set(platformReaders.map(({ name }) => name)).size).toBe(platformReaders.length);
  });

  it('expand no entity and read no file that XML names', async () => {
    const { found } = await drawFlows({
      'a.xml':
        '<!DOCTYPE x [<!ENTITY a "erp.acme.example"><!ENTITY f SYSTEM "file:///etc/passwd">]><routes><route id="r"><from uri="direct:a"/><to uri="http://&a;/&f;"/></route></routes>',
    });
    expect(JSON.stringify(found.evidence)).not.toMatch(/erp\.acme\.example|root:/);
  });
});
