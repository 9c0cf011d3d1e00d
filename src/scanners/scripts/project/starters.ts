import type { Style } from '../../../vocabulary.ts';
import type { ConnectionFact, Flow } from '../facts.ts';

/** A library that opens a connection by itself as soon as it is among the dependencies. */
interface Starter {
  readonly libraries: readonly string[];
  /** Settings that move it elsewhere. */
  readonly settings: readonly string[];
  /** Where it connects to without any: on the developer's machine, so only its port tells. */
  readonly address: string;
  readonly protocol: string;
  readonly style: Style;
  readonly flow: Flow;
}

/** Defaults as the reference documentation of Spring Boot and Spring Cloud gives them. */
const starters: readonly Starter[] = [
  {
    libraries: ['spring-cloud-starter-netflix-eureka-client', 'spring-cloud-starter-eureka'],
    settings: ['eureka.client.serviceUrl.defaultZone'],
    address: 'http://localhost:8761/eureka/',
    protocol: 'http',
    style: 'request-reply',
    flow: 'unknown',
  },
  {
    libraries: ['spring-cloud-starter-consul-discovery', 'spring-cloud-starter-consul-config'],
    settings: ['spring.cloud.consul.host'],
    address: 'http://localhost:8500',
    protocol: 'http',
    style: 'request-reply',
    flow: 'unknown',
  },
  {
    libraries: ['spring-cloud-starter-config', 'spring-cloud-config-client'],
    settings: ['spring.cloud.config.uri', 'spring.config.import'],
    address: 'http://localhost:8888',
    protocol: 'http',
    style: 'request-reply',
    flow: 'pull',
  },
  {
    libraries: [
      'spring-boot-starter-zipkin',
      'spring-cloud-starter-zipkin',
      'spring-cloud-sleuth-zipkin',
      'zipkin-reporter-brave',
      'opentelemetry-exporter-zipkin',
    ],
    settings: ['management.zipkin.tracing.endpoint', 'spring.zipkin.base-url'],
    address: 'http://localhost:9411',
    protocol: 'http',
    style: 'request-reply',
    flow: 'push',
  },
  {
    libraries: [
      'spring-boot-starter-amqp',
      'spring-cloud-starter-stream-rabbit',
      'spring-cloud-stream-binder-rabbit',
      'spring-cloud-starter-bus-amqp',
    ],
    settings: ['spring.rabbitmq.host', 'spring.rabbitmq.addresses'],
    address: 'amqp://localhost:5672',
    protocol: 'amqp',
    style: 'event',
    flow: 'unknown',
  },
  {
    libraries: [
      'spring-kafka',
      'spring-cloud-starter-stream-kafka',
      'spring-cloud-stream-binder-kafka',
      'spring-cloud-starter-bus-kafka',
    ],
    settings: ['spring.kafka.bootstrap-servers', 'spring.cloud.stream.kafka.binder.brokers'],
    address: 'kafka://localhost:9092',
    protocol: 'kafka',
    style: 'event',
    flow: 'unknown',
  },
  {
    libraries: ['spring-boot-starter-data-redis', 'spring-boot-starter-data-redis-reactive'],
    settings: [
      'spring.data.redis.host',
      'spring.data.redis.url',
      'spring.redis.host',
      'spring.redis.url',
    ],
    address: 'redis://localhost:6379',
    protocol: 'redis',
    style: 'database',
    flow: 'unknown',
  },
  {
    libraries: ['spring-boot-starter-data-mongodb', 'spring-boot-starter-data-mongodb-reactive'],
    settings: ['spring.data.mongodb.uri', 'spring.data.mongodb.host'],
    address: 'mongodb://localhost:27017',
    protocol: 'mongodb',
    style: 'database',
    flow: 'unknown',
  },
  {
    libraries: ['spring-boot-starter-data-elasticsearch'],
    settings: ['spring.elasticsearch.uris', 'spring.data.elasticsearch.cluster-nodes'],
    address: 'http://localhost:9200',
    protocol: 'http',
    style: 'request-reply',
    flow: 'unknown',
  },
];

const byLibrary = new Map(
  starters.flatMap((starter) => starter.libraries.map((library) => [library, starter] as const)),
);

/** Connections that the dependencies of a Maven or Gradle build open by themselves. */
export function listStarters(text: string, file: string): ConnectionFact[] {
  if (!/(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(file)) return [];
  return text.split('\n').flatMap((line, index): ConnectionFact[] => {
    const name =
      /(?:<artifactId>\s{0,9}|["'][\w.-]{1,100}:)([\w-]{1,100})(?=\s{0,9}<\/|[:"'])/.exec(
        line.slice(0, 500),
      );
    const starter = byLibrary.get(name?.[1] ?? '');
    if (!name || !starter) return [];
    const address = starter.settings.reduceRight(
      (fallback, setting) => `{env:${setting}?=${fallback}}`,
      starter.address,
    );
    const summary = `dependency ${name[1]} connects to ${starter.settings[0]}`;
    return [
      {
        kind: 'connection',
        line: index + 1,
        column: name.index + 1,
        target: { kind: 'expression', value: starter.settings[0] ?? starter.address },
        address,
        // Where nothing listens on its port, there is nothing to connect to.
        needsScheme: true,
        flow: starter.flow,
        protocol: starter.protocol,
        style: starter.style,
        confidence: 0.4,
        summary,
      },
    ];
  });
}
