import { describe, expect, it } from 'vitest';
import { auditFiles } from '../../audit-files.ts';
import { drawFlows } from './draw-flows.ts';

// As kafka-acls.sh of Kafka 3 and of Kafka 1 print them.
const acls = `Current ACLs for resource \`ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)\`: 
 \t(principal=User:shop-svc, host=*, operation=WRITE, permissionType=ALLOW)
 \t(principal=User:CN=billing,OU=it,O=acme, host=*, operation=READ, permissionType=ALLOW)
 \t(principal=User:guest, host=*, operation=READ, permissionType=DENY)
 \t(principal=User:*, host=*, operation=DESCRIBE, permissionType=ALLOW)

Current ACLs for resource \`ResourcePattern(resourceType=TOPIC, name=crm., patternType=PREFIXED)\`: 
 \t(principal=User:crm, host=*, operation=WRITE, permissionType=ALLOW)

Current ACLs for resource \`Topic:LITERAL:stock\`: 
 \tUser:wms has Allow permission for operations: Write from hosts: *

Current ACLs for resource \`ResourcePattern(resourceType=GROUP, name=billing, patternType=LITERAL)\`: 
 \t(principal=User:billing, host=*, operation=READ, permissionType=ALLOW)
`;

const groups = `
GROUP           TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID                                  HOST            CLIENT-ID
billing-group   orders          0          42              42              0               consumer-1-2f3a                              /10.0.0.4       consumer-1
billing-group   orders          1          42              43              1               consumer-1-2f3a                              /10.0.0.4       consumer-1
dwh             crm.customers   0          -               7               -               -                                            -               -
`;

describe('Kafka', () => {
  it('tells who may write and read which topic', async () => {
    const { lines, found } = await drawFlows({ 'acls.txt': acls, 'groups.txt': groups });
    expect(lines).toEqual([
      '2 shop-svc -> kafka kafka [orders]',
      '3 kafka <- billing kafka [orders]',
      '8 crm -> kafka kafka [crm.*]',
      '11 wms -> kafka kafka [stock]',
      '3 kafka <- billing-group kafka [orders]',
      '5 kafka <- dwh kafka [crm.customers]',
    ]);
    expect(found.coverage.leftOut).toEqual({
      'rights that move no data': 2,
      'what is forbidden': 1,
    });
    expect(found.coverage.skipped).toBe(0);
  });

  it('joins producers and consumers by their topics', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - platform: kafka/*.txt\n',
      'systems.csv': 'id,name\nshop,Shop\nbilling,Billing\ncrm,CRM\ndwh,DWH\nwms,WMS\n',
      'kafka/acls.txt': acls,
      'kafka/groups.txt': groups,
    });
    expect(
      audit.links
        .filter(({ to }) => to !== 'kafka')
        .map(({ key, via, mediation, class: seen }) => `${key} ${via} ${mediation} ${seen}`),
    ).toEqual([
      'crm=>dwh#messaging kafka decoupled coded',
      'shop=>billing#messaging kafka decoupled coded',
    ]);
  });

  // As Debezium's tutorial and the JDBC sink are set up.
  const connectors = {
    'inventory-connector': {
      info: {
        name: 'inventory-connector',
        config: {
          'connector.class': 'io.debezium.connector.mysql.MySqlConnector',
          'database.hostname': 'erp-db.acme.example',
          'database.port': '3306',
          'database.user': 'debezium',
          'database.password': 'dbz-Secret1',
          'topic.prefix': 'erp',
          'table.include.list': 'inventory.orders,inventory.customers',
        },
      },
      status: { connector: { state: 'RUNNING' } },
    },
    'dwh-sink': {
      info: {
        config: {
          name: 'dwh-sink',
          'connector.class': 'io.confluent.connect.jdbc.JdbcSinkConnector',
          topics: 'erp.inventory.orders',
          'connection.url': 'jdbc:postgresql://dwh.acme.example:5432/dwh?user=etl&password=Hidden2',
        },
      },
    },
    old: {
      info: {
        config: { 'connector.class': 'com.example.SalesforceSourceConnector', 'kafka.topic': 'sf' },
      },
      status: { connector: { state: 'PAUSED' } },
    },
  };

  it('Connect brings tables to topics and topics to databases, and hides secrets', async () => {
    const { lines, found } = await drawFlows({
      'connectors.json': JSON.stringify(connectors, undefined, 2),
    });
    expect(lines).toEqual([
      '2 erp-db.acme.example:3306 <- job mysql (inventory.orders,inventory.customers)',
      '2 job -> kafka kafka [erp.inventory.orders]',
      '2 erp-db.acme.example:3306 <- job mysql (inventory.orders,inventory.customers)',
      '2 job -> kafka kafka [erp.inventory.customers]',
      '21 kafka <- job kafka [erp.inventory.orders]',
      '21 job -> dwh.acme.example:5432 postgresql',
    ]);
    expect(found.coverage.leftOut).toEqual({ 'switched off': 1 });
    expect(found.of('credential').map(({ origin, secret }) => `${origin.line} ${secret}`)).toEqual([
      '10 password',
      '27 password',
    ]);
    expect(JSON.stringify(found.evidence)).not.toMatch(/dbz-Secret1|Hidden2/);
  });

  it('Connect makes one link of a source and a sink, by way of the broker', async () => {
    const audit = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - platform: connectors.json\n',
      'systems.csv': 'id,name,hosts\nerp,ERP,erp-db.acme.example\ndwh,Warehouse,dwh.acme.example\n',
      'connectors.json': JSON.stringify(connectors),
    });
    const link = audit.links.find(({ from, to }) => from === 'erp' && to === 'dwh');
    expect(link).toMatchObject({
      via: ['kafka'],
      mediation: 'decoupled',
      initiator: 'carrier',
      protocol: 'postgresql',
    });
    expect(link?.implementations.map(({ id }) => id)).toEqual([
      'connectors.json: dwh-sink',
      'connectors.json: inventory-connector',
    ]);
  });
});

describe('RabbitMQ and Mosquitto', () => {
  // As rabbitmqctl export_definitions writes them (3.13).
  const definitions = {
    rabbit_version: '3.13.2',
    rabbitmq_version: '3.13.2',
    users: [{ name: 'shop', password_hash: 'x' }],
    vhosts: [{ name: '/' }],
    permissions: [
      { user: 'shop', vhost: '/', configure: '', write: '^orders$', read: '' },
      { user: 'billing', vhost: '/', configure: '^$', write: '^$', read: '^billing\\..*' },
      { user: 'admin', vhost: '/', configure: '.*', write: '.*', read: '.*' },
      { user: 'odd', vhost: '/', configure: '', write: '(a+)+$', read: '' },
    ],
    exchanges: [
      { name: 'orders', vhost: '/', type: 'topic' },
      { name: 'inner', vhost: '/', type: 'topic' },
    ],
    queues: [
      { name: 'billing.orders', vhost: '/' },
      { name: 'archive', vhost: '/' },
    ],
    bindings: [
      { source: 'orders', vhost: '/', destination: 'inner', destination_type: 'exchange' },
      { source: 'inner', vhost: '/', destination: 'billing.orders', destination_type: 'queue' },
    ],
    parameters: [
      {
        component: 'shovel',
        vhost: '/',
        name: 'to-plant',
        value: {
          'src-uri': 'amqp://',
          'src-queue': 'archive',
          'dest-uri': 'amqp://mover:Hidden3@plant-mq.acme.example:5672',
          'dest-queue': 'inbox',
        },
      },
    ],
  };

  it('follows bindings from what is written to what is read, and shovels to other brokers', async () => {
    const { lines, found } = await drawFlows({
      'definitions.json': JSON.stringify(definitions, undefined, 1),
    });
    expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'shop -> rabbitmq amqp [billing.orders]',
      'rabbitmq <- billing amqp [billing.orders]',
      'rabbitmq <- job amqp [archive]',
      'job -> plant-mq.acme.example:5672 amqp [inbox]',
    ]);
    expect(found.coverage.leftOut).toEqual({ 'rights to everything': 1 });
    expect(found.coverage.flaws.map(({ reason }) => reason)).toEqual([
      'the pattern under "write" was not followed',
    ]);
    expect(JSON.stringify(found.evidence)).not.toContain('Hidden3');
  });

  it('reads access lists of MQTT', async () => {
    const { lines, found } = await drawFlows({
      acl: '# plant\ntopic read $SYS/#\n\nuser press-01\ntopic write plant/+/state\ntopic deny plant/secret\n\nuser mes\ntopic read plant/#\npattern write dev/%u/up\n???\n',
    });
    expect(lines).toEqual([
      '5 press-01 -> mosquitto mqtt [plant/*/state]',
      '9 mosquitto <- mes mqtt [plant/*]',
    ]);
    expect(found.coverage).toMatchObject({ skipped: 1, skippedPlaces: [{ place: { line: 11 } }] });
  });
});
