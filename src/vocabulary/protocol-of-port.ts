/** What usually listens where; ports that many products share are left out. */
const ports: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  25: 'smtp',
  80: 'http',
  389: 'ldap',
  443: 'https',
  445: 'smb',
  465: 'smtps',
  514: 'syslog',
  587: 'smtp',
  636: 'ldap',
  1025: 'smtp',
  1414: 'ibm mq',
  1433: 'mssql',
  1521: 'oracle',
  1522: 'oracle',
  1883: 'mqtt',
  2181: 'zookeeper',
  2379: 'etcd',
  2575: 'mllp',
  3306: 'mysql',
  4222: 'nats',
  4317: 'grpc',
  4318: 'http',
  5432: 'postgresql',
  5433: 'postgresql',
  5671: 'amqps',
  5672: 'amqp',
  6379: 'redis',
  6380: 'redis',
  6432: 'postgresql',
  6650: 'pulsar',
  7687: 'neo4j',
  8080: 'http',
  8086: 'influxdb',
  8443: 'https',
  8500: 'http',
  8761: 'http',
  8883: 'mqtts',
  9042: 'cassandra',
  9092: 'kafka',
  9094: 'kafka',
  9200: 'elasticsearch',
  9411: 'http',
  11211: 'memcached',
  27017: 'mongodb',
  29092: 'kafka',
  50000: 'db2',
  61613: 'stomp',
  61616: 'jms',
};

/** What usually listens at a port. */
export function protocolOfPort(port: number): string | undefined {
  return ports[port];
}

/** What carries anything, and so says nothing of what is carried: there the port decides. */
const transports = new Set(['tcp', 'ssl', 'tls', 'udp', 'nio', 'dns', 'failover']);

/** Whether a scheme or protocol names only the transport. */
export function isTransport(name: string): boolean {
  return transports.has(name.toLowerCase());
}
