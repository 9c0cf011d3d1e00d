import { describe, expect, test } from 'vitest';
import { findKnownImage } from '../../src/scanners/scripts/settings/known-images.ts';
import { shortHost } from '../../src/scanners/scripts/settings/service.ts';
import { environmentOf, read, servicesOf } from './settings-lines.ts';

describe('Dockerfile', () => {
  test('environment, ports and command of a folder', () => {
    const text = `# ENV NO=1
FROM maven:3 AS build
RUN echo ENV NO=2
FROM --platform=linux/amd64 eclipse-temurin:21
ARG ERP_HOST=erp.acme.example
ARG VERSION
ENV ERP_URL=http://$ERP_HOST:80 \\
    # a comment
    MODE="a b"
ENV OLD one two
EXPOSE 8080/tcp 9090
ENTRYPOINT ["java", "-jar"]
CMD ["orders.jar"]
`;
    const orders = servicesOf('services/orders/Dockerfile', text)['orders'];
    expect(environmentOf(orders)).toEqual([
      '5 ERP_HOST = erp.acme.example',
      '7 ERP_URL = http://{env:ERP_HOST}:80',
      '7 MODE = a b',
      '10 OLD = one two',
    ]);
    const { build, image, ports, command, hosts, kind } = orders ?? {};
    expect({ build, image, ports, command, hosts, kind }).toEqual({
      build: 'services/orders',
      image: 'eclipse-temurin:21',
      ports: [8080, 9090],
      command: 'java -jar orders.jar',
      hosts: [],
      kind: undefined,
    });
  });

  test.each([
    ['postgres:15', 'database'],
    ['confluentinc/cp-kafka', 'broker'],
    // It serves whatever is put into it.
    ['nginx:alpine', undefined],
  ])('what is built on %s is %s', (image, kind) => {
    expect(servicesOf('x/Dockerfile', `FROM ${image}\n`)['x']?.kind).toBe(kind);
  });

  test('a file of another name is none', () => {
    expect(
      read('docs/Dockerfile.md', 'FROM postgres\n').flatMap(({ services }) => services),
    ).toEqual([]);
  });
});

test('a task definition of ECS', () => {
  const text = `{"family": "shop", "containerDefinitions": [
  {"name": "orders", "image": "acme/orders:1", "portMappings": [{"containerPort": 80}], "links": ["cache:c"],
   "environment": [{"name": "WMS_URL", "value": "http://wms"}], "command": ["run"]},
  {"name": "cache", "image": "redis"}]}`;
  const { orders, cache } = servicesOf('ecs/task.json', text);
  expect(environmentOf(orders)).toEqual(['3 WMS_URL = http://wms']);
  expect([orders?.line, orders?.ports, orders?.dependsOn, orders?.command]).toEqual([
    2,
    [80],
    ['cache'],
    'run',
  ]);
  expect(cache?.kind).toBe('database');
});

test('a serverless.yml is one service', () => {
  const text = `service: orders
provider: {name: aws, environment: {WMS_URL: "\${env:WMS_URL, 'http://wms'}"}}
functions:
  take: {handler: take.main, environment: {TABLE: "orders-\${opt:stage}"}}
`;
  const { orders } = servicesOf('lambda/serverless.yml', text);
  expect(orders?.build).toBe('lambda');
  expect(environmentOf(orders)).toEqual([
    '2 WMS_URL = {env:WMS_URL?=http://wms}',
    '4 TABLE = orders-{env:stage}',
  ]);
});

test('Skaffold: images and the folders they are built from', () => {
  const text =
    'apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n    - image: acme/orders\n      context: src/orders\n    - image: web\n';
  expect(
    Object.values(servicesOf('shop/skaffold.yaml', text)).map(({ name, build, line }) => [
      name,
      build,
      line,
    ]),
  ).toEqual([
    ['orders', 'shop/src/orders', 5],
    ['web', 'shop', 7],
  ]);
});

test('a Procfile', () => {
  const { web, worker } = servicesOf(
    'app/Procfile',
    'web: gunicorn app:app\n# x: y\nworker: celery -A app\n',
  );
  expect([web?.command, web?.build, worker?.line]).toEqual(['gunicorn app:app', 'app', 3]);
});

test('App Engine', () => {
  const { orders } = servicesOf(
    'app/app.yaml',
    'runtime: python312\nservice: orders\nenv_variables:\n  WMS_URL: http://wms\n',
  );
  expect(environmentOf(orders)).toEqual(['4 WMS_URL = http://wms']);
});

describe('images', () => {
  test.each([
    ['postgres', 'database', 'postgresql'],
    ['docker.io/library/mysql:8', 'database', 'mysql'],
    ['registry.acme.example:5000/mongo@sha256:abc', 'database', 'mongodb'],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'database', 'mssql'],
    ['container-registry.oracle.com/database/express:21', 'database', 'oracle'],
    ['amazon/dynamodb-local', 'database', 'http'],
    ['docker.elastic.co/elasticsearch/elasticsearch:8', 'database', 'elasticsearch'],
    ['memcached:1', 'database', 'memcached'],
    ['minio/minio', 'file-store', 's3'],
    ['rabbitmq:3-management', 'broker', 'amqp'],
    ['acme/orders-mongodb:2', 'database', 'mongodb'],
    ['acme/shop-rabbitmq', 'broker', 'amqp'],
    ['confluentinc/cp-kafka:7', 'broker', 'kafka'],
    ['redpandadata/redpanda', 'broker', 'kafka'],
    ['eclipse-mosquitto', 'broker', 'mqtt'],
    ['apache/activemq-artemis', 'broker', 'jms'],
    ['confluentinc/cp-zookeeper', 'unknown', 'zookeeper'],
    ['nginx:alpine', 'proxy', 'http'],
    ['traefik:v3', 'proxy', 'http'],
    ['kong:3', 'api-gateway', 'http'],
    ['openzipkin/zipkin', 'application', 'http'],
    ['quay.io/keycloak/keycloak', 'application', 'http'],
  ])('%s is a %s that speaks %s', (image, kind, protocol) => {
    expect([findKnownImage(image)?.kind, findKnownImage(image)?.protocol]).toEqual([
      kind,
      protocol,
    ]);
  });

  test.each([
    'acme/orders:1',
    'acme/redis-worker',
    'acme/fluentd-elasticsearch',
    'acme/orders-server',
    'acme/mysql-sync',
    'acme/server',
    'acme/connect',
    'node:20',
    'openjdk',
    '',
  ])('%s says nothing of what it runs', (image) => {
    expect(findKnownImage(image)).toBeUndefined();
  });

  test.each([
    ['openzipkin/zipkin', 'observability'],
    ['jaegertracing/all-in-one:1', 'observability'],
    ['prom/prometheus', 'observability'],
    ['keycloak', 'identity'],
  ])('%s is for %s', (image, type) => {
    expect(findKnownImage(image)?.type).toBe(type);
  });
});

test.each([
  ['orders.shop.svc.cluster.local', 'orders'],
  ['orders.shop.svc', 'orders'],
  ['Orders', 'orders'],
  ['erp.acme.example', 'erp.acme.example'],
])('%s is %s within its cluster', (host, short) => {
  expect(shortHost(host)).toBe(short);
});
