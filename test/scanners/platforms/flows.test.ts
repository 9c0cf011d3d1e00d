import { describe, expect, it } from 'vitest';
import { auditFiles } from '../../audit-files.ts';
import { drawFlows } from './draw-flows.ts';

describe('Airbyte', () => {
  // As the public API lists them (GET /v1/sources, /v1/destinations, /v1/connections).
  const api = {
    'sources.json': JSON.stringify({
      data: [
        {
          sourceId: 's1',
          name: 'ERP',
          sourceType: 'postgres',
          configuration: { host: 'erp-db.acme.example', port: 5432, password: 'Hidden4' },
        },
        {
          sourceId: 's2',
          name: 'CRM prod',
          sourceType: 'salesforce',
          configuration: { client_id: 'x' },
        },
      ],
    }),
    'destinations.json': JSON.stringify({
      data: [
        {
          destinationId: 'd1',
          name: 'Warehouse',
          destinationType: 'snowflake',
          configuration: { host: 'acme.snowflakecomputing.com' },
        },
      ],
    }),
    'connections.json': JSON.stringify({
      data: [
        {
          connectionId: 'c1',
          name: 'ERP to DWH',
          sourceId: 's1',
          destinationId: 'd1',
          status: 'active',
          schedule: { scheduleType: 'cron', cronExpression: '0 0 2 * * ? UTC' },
          configurations: { streams: [{ name: 'orders' }, { name: 'stock' }] },
        },
        {
          connectionId: 'c2',
          name: 'CRM to DWH',
          sourceId: 's2',
          destinationId: 'd1',
          status: 'active',
          schedule: { scheduleType: 'manual' },
        },
        {
          connectionId: 'c3',
          name: 'old',
          sourceId: 's1',
          destinationId: 'd1',
          status: 'inactive',
        },
      ],
    }),
  };

  it('joins sources and destinations by connections, with streams and schedules', async () => {
    const { lines, found } = await drawFlows(api);
    expect(lines).toEqual([
      '1 erp-db.acme.example:5432 <- job postgresql (orders,stock)',
      '1 job -> acme.snowflakecomputing.com snowflake (orders,stock)',
      '1 salesforce.com <- job https',
      '1 job -> acme.snowflakecomputing.com snowflake',
    ]);
    expect(found.of('job').map(({ schedules }) => schedules)).toEqual([
      [{ expression: '0 0 2 * * ?', timezone: 'UTC', scheduler: 'quartz' }],
      [],
    ]);
    expect(found.coverage.leftOut).toEqual({ 'switched off': 1 });
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - platform: "*.json"\n',
      'systems.csv': 'id,name,hosts\nerp,ERP,erp-db.acme.example\n',
      ...api,
    });
    expect(audit.links.map(({ key, via, mediation }) => `${key} ${via} ${mediation}`)).toEqual([
      'erp=>snowflake#database airbyte decoupled',
      'salesforce=>snowflake#database airbyte decoupled',
    ]);
    expect(JSON.stringify(audit)).not.toContain('Hidden4');
  });

  it('reads Terraform and octavia', async () => {
    const { lines } = await drawFlows({
      'main.tf': `resource "airbyte_source_postgres" "erp" {
  name = "ERP"
  configuration = {
    host     = "erp-db.acme.example"
    port     = 5432
    password = var.erp_password
  }
}

resource "airbyte_destination_bigquery" "dwh" {
  name = "BigQuery"
  configuration = {
    dataset_id = "raw"
  }
}

resource "airbyte_connection" "erp_dwh" {
  name           = "ERP to BigQuery"
  source_id      = airbyte_source_postgres.erp.source_id
  destination_id = airbyte_destination_bigquery.dwh.destination_id
  schedule = {
    schedule_type   = "cron"
    cron_expression = "0 0 3 * * ?"
  }
}
`,
      'airbyte/sources/erp/configuration.yaml':
        'resource_name: "ERP"\ndefinition_type: source\ndefinition_image: airbyte/source-mysql\nconfiguration:\n  host: erp2.acme.example\n  port: 3306\n',
      'airbyte/destinations/pg/configuration.yaml':
        'resource_name: "PG"\ndefinition_type: destination\ndefinition_image: airbyte/destination-postgres\nconfiguration:\n  host: pg.acme.example\n',
      'airbyte/connections/erp_pg/configuration.yaml':
        'definition_type: connection\nresource_name: "erp to pg"\nsource_configuration_path: sources/erp/configuration.yaml\ndestination_configuration_path: destinations/pg/configuration.yaml\nconfiguration:\n  status: active\n  schedule_type: basic\n  schedule_data:\n    basic_schedule:\n      units: 6\n      time_unit: hours\n',
    });
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'erp2.acme.example:3306 <- job mysql',
      'job -> pg.acme.example postgresql',
      'erp-db.acme.example:5432 <- job postgresql',
      'job -> bigquery.googleapis.com bigquery',
    ]);
  });
});

describe('Mirth', () => {
  const connector = (transport: string, properties: string): string =>
    `<properties class="com.mirth.connect.connectors.X">${properties}</properties><transformer><outboundDataType>HL7V2</outboundDataType></transformer><transportName>${transport}</transportName><mode>DESTINATION</mode><enabled>true</enabled>`;
  const channel = (id: string, source: string, destinations: readonly string[]): string =>
    `<channel version="4.4.0"><id>${id}</id><name>${id}</name><sourceConnector>${source}</sourceConnector><destinationConnectors>${destinations.map((each) => `<connector>${each}</connector>`).join('')}</destinationConnectors></channel>`;

  it('follows channels to where they lead, through channels behind them', async () => {
    const { lines, found } = await drawFlows({
      'lab.xml': channel(
        'lab',
        connector(
          'Database Reader',
          '<pollConnectorProperties><pollingType>INTERVAL</pollingType><pollingFrequency>60000</pollingFrequency></pollConnectorProperties><url>jdbc:oracle:thin:@his-db.acme.example:1521:HIS</url><username>u</username><password>Hidden5</password>',
        ),
        [
          connector(
            'TCP Sender',
            '<remoteAddress>lis.acme.example</remoteAddress><remotePort>6661</remotePort>',
          ),
          connector('Channel Writer', '<channelId>pacs</channelId>'),
        ],
      ),
      'pacs.xml': channel('pacs', connector('Channel Reader', ''), [
        connector('HTTP Sender', '<host>https://pacs.acme.example/api</host>'),
        connector(
          'File Writer',
          '<scheme>SFTP</scheme><host>files.acme.example/in</host><outputPattern>${messageId}.hl7</outputPattern>',
        ),
      ]),
    });
    expect(lines).toEqual([
      '1 his-db.acme.example:1521 <- job oracle (HL7V2)',
      '1 job -> lis.acme.example:6661 mllp (HL7V2)',
      '1 his-db.acme.example:1521 <- job oracle (HL7V2)',
      '1 job -> pacs.acme.example https (HL7V2)',
      '1 his-db.acme.example:1521 <- job oracle (HL7V2)',
      '1 job -> files.acme.example sftp [/in/*.hl7] (HL7V2)',
    ]);
    expect(found.of('job')[0]?.schedules).toEqual([
      { expression: 'R/PT1M', timezone: '', scheduler: 'interval' },
    ]);
    expect(JSON.stringify(found.evidence)).not.toContain('Hidden5');
    expect(found.of('credential')).toHaveLength(0);
  });
});

describe('Node-RED and n8n', () => {
  it('pair what comes in with what goes out behind it, and leave out what is switched off', async () => {
    const nodes = [
      { id: 't1', type: 'tab', label: 'Plant', disabled: false },
      { id: 't2', type: 'tab', label: 'Old', disabled: true },
      { id: 'b', type: 'mqtt-broker', broker: 'mqtt.plant.example', port: '1883' },
      { id: 'p', type: 'postgreSQLConfig', host: 'hist-db.acme.example', port: '5432' },
      { id: 'a1', type: 'mqtt in', z: 't1', topic: 'plant/+/state', broker: 'b', wires: [['a2']] },
      { id: 'a2', type: 'function', z: 't1', func: 'return msg', wires: [['a3', 'a4']] },
      { id: 'a3', type: 'postgresql', z: 't1', postgreSQLConfig: 'p', wires: [[]] },
      {
        id: 'a4',
        type: 'http request',
        z: 't1',
        method: 'POST',
        url: 'https://mes.acme.example/events',
        wires: [[]],
      },
      { id: 'a5', type: 'http request', z: 't2', url: 'https://gone.example', wires: [[]] },
    ];
    const { lines, found } = await drawFlows({ 'flows.json': JSON.stringify(nodes, undefined, 1) });
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'mqtt.plant.example:1883 <- job mqtt [plant/*/state]',
      'job -> hist-db.acme.example:5432 postgresql',
      'mqtt.plant.example:1883 <- job mqtt [plant/*/state]',
      'job -> mes.acme.example https',
    ]);
    expect(found.coverage.leftOut).toEqual({ 'switched off': 1 });
  });

  it('n8n names systems by credentials, products and addresses', async () => {
    const workflow = {
      name: 'Orders to CRM',
      active: true,
      settings: { timezone: 'Europe/Oslo', errorWorkflow: '17' },
      nodes: [
        {
          name: 'Each night',
          type: 'n8n-nodes-base.scheduleTrigger',
          parameters: { rule: { interval: [{ field: 'days', triggerAtHour: 2 }] } },
        },
        {
          name: 'Orders',
          type: 'n8n-nodes-base.postgres',
          parameters: { operation: 'executeQuery', query: 'SELECT * FROM orders' },
          credentials: { postgres: { id: '1', name: 'ERP account' } },
        },
        { name: 'Map', type: 'n8n-nodes-base.code', parameters: {} },
        {
          name: 'CRM',
          type: 'n8n-nodes-base.salesforce',
          parameters: { resource: 'account', operation: 'upsert' },
        },
        {
          name: 'Tell',
          type: 'n8n-nodes-base.httpRequest',
          parameters: { method: 'POST', url: '=https://hooks.acme.example/{{ $json.id }}' },
        },
        { name: 'Off', type: 'n8n-nodes-base.slack', disabled: true, parameters: {} },
      ],
      connections: {
        'Each night': { main: [[{ node: 'Orders', type: 'main', index: 0 }]] },
        Orders: { main: [[{ node: 'Map', type: 'main', index: 0 }]] },
        Map: { main: [[{ node: 'CRM' }, { node: 'Tell' }, { node: 'Off' }]] },
      },
    };
    const { lines, found } = await drawFlows({
      'w.json': JSON.stringify(workflow),
      'off.json': JSON.stringify({ ...workflow, active: false }),
    });
    expect(lines).toEqual([
      '1 ERP <- job postgresql',
      '1 job -> salesforce.com https (account)',
      '1 ERP <- job postgresql',
      '1 job -> hooks.acme.example https',
    ]);
    expect(found.of('job')[0]?.schedules).toEqual([
      { expression: '0 2 * * *', timezone: 'Europe/Oslo' },
    ]);
    expect(found.of('safeguard').map(({ safeguard }) => safeguard)).toEqual([
      'traceability',
      'alerting',
    ]);
    expect(found.coverage.leftOut).toEqual({ 'switched off': 2 });
  });
});

describe('Camel and MuleSoft', () => {
  it('joins routes of Camel by direct:, in XML and YAML', async () => {
    const xml = `<routes xmlns="http://camel.apache.org/schema/spring">
  <route id="orders">
    <from uri="kafka:orders?brokers=kafka.acme.example:9092"/>
    <to uri="direct:store"/>
  </route>
  <route id="store">
    <from uri="direct:store"/>
    <choice><when><to uri="sftp://mover@files.acme.example/in?password=RAW(Hidden6)"/></when></choice>
  </route>
  <route id="off" autoStartup="false"><from uri="direct:x"/><to uri="https://gone.example"/></route>
</routes>`;
    const yaml = `- route:
    id: stock
    from:
      uri: quartz:stock
      parameters:
        cron: 0 0 4 * * ?
      steps:
        - to:
            uri: https://wms.acme.example/stock
        - to: jms:queue:stock
`;
    const { lines, found } = await drawFlows({ 'a.xml': xml, 'b.yaml': yaml });
    expect(lines).toEqual([
      '3 kafka.acme.example:9092 <- job kafka [orders]',
      '8 job -> files.acme.example sftp [/in/]',
      '8 wms.acme.example <- job https',
      '10 job -> jms jms [stock]',
      '8 job -> wms.acme.example https',
    ]);
    expect(
      found.of('job').map(({ schedules }) => schedules.map(({ expression }) => expression)),
    ).toEqual([[], ['0 0 4 * * ?']]);
    expect(JSON.stringify(found.evidence)).not.toContain('Hidden6');
  });

  it('reads flows of Mule by the configurations of their connectors', async () => {
    const xml = `<?xml version="1.0"?>
<mule xmlns:db="http://www.mulesoft.org/schema/mule/db" xmlns:http="http://www.mulesoft.org/schema/mule/http" xmlns="http://www.mulesoft.org/schema/mule/core">
  <http:request-config name="crm"><http:request-connection host="crm.acme.example" port="443" protocol="HTTPS"/></http:request-config>
  <db:config name="erp-db"><db:generic-connection url="jdbc:oracle:thin:@erp.acme.example:1521/ERP" driverClassName="x"/></db:config>
  <flow name="sync">
    <scheduler><scheduling-strategy><cron expression="0 0 1 * * ?" timeZone="UTC"/></scheduling-strategy></scheduler>
    <db:select config-ref="erp-db"><db:sql>select 1</db:sql></db:select>
    <flow-ref name="send"/>
  </flow>
  <sub-flow name="send"><http:request method="POST" config-ref="crm" path="/accounts"/></sub-flow>
</mule>`;
    const { lines, found } = await drawFlows({ 'flow.xml': xml });
    expect(lines).toEqual(
      [
        '7 erp.acme.example:1521 <- job jdbc',
        '10 job -> crm.acme.example:443 https',
        '10 job -> crm.acme.example:443 https',
      ].slice(0, 2),
    );
    expect(found.of('job')[0]?.schedules).toEqual([
      { expression: '0 0 1 * * ?', timezone: 'UTC', scheduler: 'quartz' },
    ]);
  });
});
