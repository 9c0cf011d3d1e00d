import type { Style } from '../../../vocabulary.ts';

/** The protocol behind a scheme of an address; a scheme that is not here opens no connection. */
const schemes: Readonly<Record<string, string>> = {
  http: 'http',
  https: 'https',
  lb: 'http',
  h2c: 'http',
  ws: 'ws',
  wss: 'wss',
  grpc: 'grpc',
  grpcs: 'grpc',
  fastcgi: 'fastcgi',
  uwsgi: 'uwsgi',
  scgi: 'scgi',
  postgres: 'postgresql',
  postgresql: 'postgresql',
  postgis: 'postgresql',
  pgsql: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  sqlserver: 'mssql',
  mssql: 'mssql',
  oracle: 'oracle',
  db2: 'db2',
  as400: 'db2',
  snowflake: 'snowflake',
  redshift: 'redshift',
  mongodb: 'mongodb',
  'mongodb+srv': 'mongodb',
  redis: 'redis',
  rediss: 'redis',
  memcached: 'memcached',
  memcache: 'memcached',
  cassandra: 'cassandra',
  couchbase: 'couchdb',
  clickhouse: 'clickhouse',
  influxdb: 'influxdb',
  elasticsearch: 'elasticsearch',
  opensearch: 'elasticsearch',
  bolt: 'neo4j',
  neo4j: 'neo4j',
  amqp: 'amqp',
  amqps: 'amqps',
  rabbitmq: 'amqp',
  sb: 'amqp',
  kafka: 'kafka',
  nats: 'nats',
  mqtt: 'mqtt',
  mqtts: 'mqtts',
  stomp: 'stomp',
  pulsar: 'pulsar',
  jms: 'jms',
  zookeeper: 'zookeeper',
  consul: 'http',
  smtp: 'smtp',
  smtps: 'smtps',
  imap: 'imap',
  imaps: 'imap',
  pop3: 'pop3',
  ldap: 'ldap',
  ldaps: 'ldap',
  ftp: 'ftp',
  ftps: 'ftps',
  sftp: 'sftp',
  ssh: 'ssh',
  smb: 'smb',
  s3: 's3',
  gs: 'gs',
  syslog: 'syslog',
};

const styles: readonly (readonly [Style, string])[] = [
  [
    'database',
    'database postgresql mysql mariadb mssql oracle db2 snowflake redshift mongodb redis memcached cassandra couchdb clickhouse influxdb elasticsearch neo4j etcd zookeeper ldap',
  ],
  ['event', 'amqp amqps kafka nats mqtt mqtts stomp pulsar jms sqs smtp smtps mllp syslog'],
  ['file', 'ftp ftps sftp ssh smb s3 gs'],
  ['request-reply', 'http https ws wss grpc fastcgi uwsgi scgi imap pop3'],
];

const styleOf = new Map(
  styles.flatMap(([style, names]) => names.split(' ').map((name) => [name, style] as const)),
);
styleOf.set('ibm mq', 'event');

/** What an address with this scheme speaks; dialects such as `postgresql+asyncpg` count. */
export function protocolOfScheme(scheme: string): string | undefined {
  const lower = scheme.toLowerCase();
  const plain = lower.replace(/\+.*$/, '');
  for (const name of [lower, plain]) if (Object.hasOwn(schemes, name)) return schemes[name];
  return undefined;
}

/** How systems work together over a protocol. */
export function styleOfProtocol(protocol: string): Style | undefined {
  return styleOf.get(protocol);
}
