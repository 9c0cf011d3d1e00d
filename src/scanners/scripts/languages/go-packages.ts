/** Packages whose name their path does not tell. */
const knownNames: Readonly<Record<string, string>> = {
  'github.com/confluentinc/confluent-kafka-go': 'kafka',
  'github.com/eclipse/paho.mqtt.golang': 'mqtt',
  'github.com/influxdata/influxdb-client-go': 'influxdb2',
  'github.com/rabbitmq/amqp091-go': 'amqp091',
  'github.com/aws/aws-sdk-go-v2': 'aws',
  'go.mongodb.org/mongo-driver': 'mongo',
  'github.com/neo4j/neo4j-go-driver': 'neo4j',
};

/** A package's path without its major version: `github.com/jackc/pgx/v5/pgxpool` → `github.com/jackc/pgx/pgxpool`. */
export function toModule(path: string): string {
  return path.replace(/\/v\d{1,3}(?=\/|$)/g, '').replace(/\.v\d{1,3}(?=\/|$)/g, '');
}

/**
 * The names that a package may go by where the import gives none. The path tells it but for a
 * `go-` in front and a `-go` behind, which some packages keep and most leave out.
 */
export function packageNames(module: string): string[] {
  const known = Object.hasOwn(knownNames, module) ? knownNames[module] : undefined;
  if (known) return [known];
  const last = module.slice(module.lastIndexOf('/') + 1);
  const short = last.replace(/^(?:go|golang)[-.]/, '').replace(/[-.](?:go|golang|client|sdk)$/, '');
  const names = [last, short, short.replace(/-/g, '_'), short.replace(/[-.]/g, '')];
  return [...new Set(names)].filter((name) => /^[A-Za-z_]\w*$/.test(name));
}
