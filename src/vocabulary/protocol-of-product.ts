/**
 * Words for a product in names of drivers, engines, connectors, dialects and keys; the first that
 * fits counts. A word that means something else in a key is in the second table.
 */
const products: readonly (readonly [RegExp, string])[] = [
  [/postg(?:res|is)|pgsql|psycopg|npgsql|^pg$|timescale|cockroach/, 'postgresql'],
  [/mariadb/, 'mariadb'],
  [/mysql/, 'mysql'],
  [/mssql|sql[ _-]?server|sqlsrv|sqlclient|tedious|freetds|tdsodbc|msodbc/, 'mssql'],
  [/oracle|oci8?$|godror/, 'oracle'],
  [/mongo/, 'mongodb'],
  [/redis|valkey/, 'redis'],
  [/memcache/, 'memcached'],
  [/cassandra|scylla/, 'cassandra'],
  [/elastic|opensearch/, 'elasticsearch'],
  [/clickhouse/, 'clickhouse'],
  [/influx/, 'influxdb'],
  [/neo4j/, 'neo4j'],
  [/couchdb/, 'couchdb'],
  [/kafka/, 'kafka'],
  [/rabbit|amqp/, 'amqp'],
  [/activemq|artemis|jms/, 'jms'],
  [/mqtt|mosquitto/, 'mqtt'],
  [/(?:^|[^a-z])nats/, 'nats'],
  [/zookeeper/, 'zookeeper'],
  [/smtp|(?:^|[^a-z])e?mail(?:er)?(?:host|server|$)/, 'smtp'],
  [/ldap/, 'ldap'],
  [/sftp/, 'sftp'],
  [/(?:^|[^a-z])ftp/, 'ftp'],
  [/grpc/, 'grpc'],
];

/** `orders.db2.host` is more often the second database than one of IBM. */
const ambiguous: readonly (readonly [RegExp, string])[] = [
  [/db2|iseries|as400/, 'db2'],
  [/snowflake/, 'snowflake'],
  [/redshift/, 'redshift'],
  [/bigquery/, 'bigquery'],
];

/** What is spoken with a product that a driver, an engine, a connector or a dialect names. */
export function protocolOfProduct(name: string): string | undefined {
  return find([...products, ...ambiguous], name);
}

/** The same for the words of a key, which say less. */
export function protocolOfKey(key: string): string | undefined {
  return find(products, key);
}

function find(table: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  const lower = text.toLowerCase();
  return table.find(([pattern]) => pattern.test(lower))?.[1];
}
