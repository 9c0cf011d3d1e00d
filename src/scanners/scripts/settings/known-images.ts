import type { SystemKind } from '../../../vocabulary.ts';

/** What a common container image runs. */
export interface KnownImage {
  readonly kind: SystemKind;
  /** `observability`, `identity` … of an application. */
  readonly type?: string;
  /** What it speaks, lower case. */
  readonly protocol?: string;
  readonly ports: readonly number[];
}

type Row = readonly [
  names: string,
  kind: SystemKind,
  protocol: string,
  ports: readonly number[],
  type?: string,
];

/** Image names without registry and tag; `*` at the end stands for any rest. */
const rows: readonly Row[] = [
  [
    'postgres postgresql postgis timescaledb timescaledb-ha pgvector spilo-* postgresql-repmgr cloudnative-pg cockroach cockroachdb',
    'database',
    'postgresql',
    [5432],
  ],
  ['pgbouncer pgpool', 'proxy', 'postgresql', [5432, 6432]],
  ['mysql mysql-server percona percona-server', 'database', 'mysql', [3306]],
  ['mariadb mariadb-galera', 'database', 'mariadb', [3306]],
  [
    'mongo mongodb mongodb-community-server mongodb-sharded mongodb-atlas-local',
    'database',
    'mongodb',
    [27017],
  ],
  [
    'redis redis-stack redis-stack-server redis-cluster redis-sentinel valkey keydb dragonfly',
    'database',
    'redis',
    [6379],
  ],
  ['memcached', 'database', 'memcached', [11211]],
  ['cassandra scylla dse-server', 'database', 'cassandra', [9042]],
  ['elasticsearch elasticsearch-oss', 'database', 'elasticsearch', [9200]],
  ['opensearch', 'database', 'elasticsearch', [9200]],
  ['solr', 'database', 'http', [8983]],
  ['meilisearch typesense', 'database', 'http', [7700]],
  ['influxdb', 'database', 'influxdb', [8086]],
  ['mssql server azure-sql-edge mssql-server-linux mssql-server', 'database', 'mssql', [1433]],
  [
    'oracle-xe oracle-free oracle-database oracledb oracle enterprise express',
    'database',
    'oracle',
    [1521],
  ],
  ['db2 db2_community_edition', 'database', 'db2', [50000]],
  ['couchdb couchbase', 'database', 'http', [5984]],
  ['neo4j', 'database', 'neo4j', [7687]],
  ['arangodb', 'database', 'http', [8529]],
  ['dynamodb-local', 'database', 'http', [8000]],
  ['clickhouse clickhouse-server', 'database', 'clickhouse', [8123, 9000]],
  ['questdb victoria-metrics', 'database', 'http', [9000, 8428]],
  ['etcd', 'database', 'etcd', [2379]],
  ['minio', 'file-store', 's3', [9000]],
  ['azurite', 'file-store', 'https', [10000]],
  ['fake-gcs-server', 'file-store', 'https', [4443]],
  ['seaweedfs', 'file-store', 's3', [8333]],
  ['sftp openssh-server', 'file-store', 'sftp', [22]],
  ['vsftpd pure-ftpd ftp-server', 'file-store', 'ftp', [21]],
  ['samba', 'file-store', 'smb', [445]],
  ['rabbitmq', 'broker', 'amqp', [5672]],
  [
    'kafka cp-kafka cp-server cp-enterprise-kafka redpanda kafka-native fast-data-dev',
    'broker',
    'kafka',
    [9092],
  ],
  ['nats nats-streaming nats-server', 'broker', 'nats', [4222]],
  ['activemq activemq-classic', 'broker', 'jms', [61616]],
  ['artemis activemq-artemis', 'broker', 'jms', [61616]],
  ['pulsar pulsar-all', 'broker', 'pulsar', [6650]],
  ['mosquitto eclipse-mosquitto emqx hivemq4 hivemq-ce vernemq', 'broker', 'mqtt', [1883]],
  ['ibm-mq mq ibm-mqadvanced-server-dev', 'broker', 'ibm mq', [1414]],
  ['elasticmq elasticmq-native', 'broker', 'sqs', [9324]],
  ['solace-pubsub-standard', 'broker', 'jms', [55555]],
  ['nsqd', 'broker', 'nsq', [4150]],
  ['zookeeper cp-zookeeper', 'unknown', 'zookeeper', [2181]],
  ['cp-schema-registry schema-registry apicurio-registry*', 'unknown', 'http', [8081]],
  ['consul', 'unknown', 'http', [8500]],
  ['vault', 'unknown', 'http', [8200]],
  [
    'nginx nginx-unprivileged openresty haproxy traefik envoy caddy httpd apache varnish oauth2-proxy nginx-ingress-controller',
    'proxy',
    'http',
    [80, 443],
  ],
  [
    'kong kong-gateway tyk tyk-gateway apisix krakend gravitee-gateway apim-gateway',
    'api-gateway',
    'http',
    [8000, 8080],
  ],
  ['zuul', 'api-gateway', 'http', [8080]],
  [
    'mulesoft mule camunda zeebe n8n nifi node-red airbyte-server',
    'integration-platform',
    'http',
    [8080],
  ],
  ['cp-kafka-connect kafka-connect connect debezium', 'integration-platform', 'http', [8083]],
  ['zipkin zipkin-slim', 'application', 'http', [9411], 'observability'],
  ['all-in-one jaeger jaeger-*', 'application', 'http', [16686, 4317, 14268], 'observability'],
  ['prometheus alertmanager pushgateway', 'application', 'http', [9090], 'observability'],
  ['grafana grafana-oss grafana-enterprise', 'application', 'http', [3000], 'observability'],
  [
    'opentelemetry-collector opentelemetry-collector-contrib otel-collector otelcol',
    'application',
    'grpc',
    [4317, 4318],
    'observability',
  ],
  ['fluentd fluent-bit vector promtail', 'application', 'tcp', [24224], 'observability'],
  ['loki tempo mimir', 'application', 'http', [3100], 'observability'],
  ['logstash logstash-oss filebeat metricbeat', 'application', 'tcp', [5044], 'observability'],
  [
    'kibana opensearch-dashboards graylog seq sentry',
    'application',
    'http',
    [5601],
    'observability',
  ],
  [
    'cadvisor node-exporter blackbox-exporter statsd-exporter kube-state-metrics',
    'application',
    'http',
    [9100],
    'observability',
  ],
  ['keycloak', 'application', 'http', [8080], 'identity'],
  ['openldap', 'application', 'ldap', [389, 636], 'identity'],
  ['dex authelia hydra zitadel', 'application', 'http', [5556], 'identity'],
  ['mailhog mailpit maildev mailcatcher smtp4dev greenmail', 'application', 'smtp', [1025], 'mail'],
  ['postfix docker-postfix', 'application', 'smtp', [25, 587], 'mail'],
  ['localstack', 'unknown', 'http', [4566], 'cloud emulator'],
  ['wiremock mockserver hoverfly', 'application', 'http', [8080], 'test double'],
  [
    'adminer pgadmin4 phpmyadmin mongo-express redis-commander redisinsight kafka-ui kafdrop akhq',
    'application',
    'http',
    [8080],
    'administration',
  ],
];

const exact = new Map<string, KnownImage>();
const prefixes: [string, KnownImage][] = [];
for (const [names, kind, protocol, ports, type] of rows) {
  const known: KnownImage = { kind, protocol, ports, ...(type === undefined ? {} : { type }) };
  for (const name of names.split(' ')) {
    if (name.endsWith('*')) prefixes.push([name.slice(0, -1), known]);
    else exact.set(name, known);
  }
}

/** Names too common to say anything without the publisher before them. */
const publishers: Readonly<Record<string, RegExp>> = {
  server: /mssql/,
  express: /oracle/,
  enterprise: /oracle/,
  oracle: /^(?!.*instantclient)/,
  connect: /debezium/,
  vector: /timberio/,
  seq: /datalust/,
  mq: /ibm/,
  apache: /(?:^|bitnami\/)apache$/,
};

/** Names of products that no application is called after. */
const distinctive = new Set(
  'postgres postgresql mysql mariadb mongo mongodb redis cassandra rabbitmq kafka activemq neo4j couchdb'.split(
    ' ',
  ),
);

/** What an image runs, by its name without registry and tag; undefined for an organisation's own. */
export function findKnownImage(image: string): KnownImage | undefined {
  const path = image
    .toLowerCase()
    .replace(/@sha256:.*$/, '')
    .replace(/:[^/]*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const publisher = Object.hasOwn(publishers, name) ? publishers[name] : undefined;
  if (publisher && !publisher.test(path)) return undefined;
  const found = exact.get(name);
  if (found) return found;
  const starting = prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (starting) return starting;
  // `acme/orders-mongodb` is a MongoDB that somebody prepared.
  const ending = /[-_.](\w+)$/.exec(name)?.[1] ?? '';
  const product = exact.get(ending);
  return product && /^(?:database|broker)$/.test(product.kind) && distinctive.has(ending)
    ? product
    : undefined;
}
