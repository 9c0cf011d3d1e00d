import { describe, expect, test } from 'vitest';
import { drawConfigured, drawNames, environmentOf, read, servicesOf } from './settings-lines.ts';

const compose = `x-env: &env
  DB_HOST: db
  DB_PORT: 5432
services:
  orders:
    build: ./orders
    container_name: shop-orders
    environment:
      <<: *env
      REDIS_URL: redis://cache:6379/0
      WMS_URL: \${WMS_URL:-http://wms.acme.example}
      REGION:
    env_file: [.env, ../common/orders.env]
    depends_on: { db: { condition: service_healthy } }
    ports: ["127.0.0.1:8080:80/tcp", { target: 9000 }]
    networks: { default: { aliases: [order-api] } }
    command: ["java", "-jar", "orders.jar"]
  catalog:
    build: { context: ../catalog, dockerfile: docker/Dockerfile, args: [STAGE=prod] }
    environment:
      - ORDERS_URL=http://orders:80
      - MODE
    links: ["db:database"]
    extra_hosts: ["erp:10.1.2.3", "host.docker.internal:host-gateway"]
  worker:
    extends: { service: orders }
    environment: { QUEUE: jobs }
  db: { image: "registry.acme.example:5000/library/postgres:15" }
  cache: { image: "redis:\${TAG:-7}" }
  own: { image: acme/pricing }
`;

describe('a Compose file', () => {
  const services = servicesOf('deploy/docker-compose.yml', compose);

  test('what is built here, with the names that it answers to', () => {
    const { line, column, name, hosts, build, ports, envFiles, dependsOn, command, kind } =
      services['orders'] ?? {};
    expect({ line, column, name, hosts, build, ports, envFiles, dependsOn, command, kind }).toEqual(
      {
        line: 5,
        column: 3,
        name: 'orders',
        hosts: ['orders', 'shop-orders', 'order-api'],
        build: 'deploy/orders',
        ports: [80, 9000],
        envFiles: ['deploy/.env', 'common/orders.env'],
        dependsOn: ['db'],
        command: 'java -jar orders.jar',
        kind: undefined,
      },
    );
  });

  test('an environment as a map, with what its merge keys bring', () => {
    expect(environmentOf(services['orders'])).toEqual([
      '8 DB_HOST = db',
      '8 DB_PORT = 5432',
      '10 REDIS_URL = redis://cache:6379/0',
      '11 WMS_URL = {env:WMS_URL?=http://wms.acme.example}',
      '12 REGION = {env:REGION}',
    ]);
  });

  test('an environment as a list, and build arguments', () => {
    expect(environmentOf(services['catalog'])).toEqual([
      '21 ORDERS_URL = http://orders:80',
      '22 MODE = {env:MODE}',
      '19 STAGE = prod',
    ]);
    expect(services['catalog']?.build).toBe('catalog');
    expect(services['catalog']?.dependsOn).toEqual(['db']);
  });

  test('a service that extends another has its environment too', () => {
    expect(environmentOf(services['worker']).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'DB_HOST = db',
      'DB_PORT = 5432',
      'REDIS_URL = redis://cache:6379/0',
      'WMS_URL = {env:WMS_URL?=http://wms.acme.example}',
      'REGION = {env:REGION}',
      'QUEUE = jobs',
    ]);
    expect(services['worker']?.build).toBe('deploy/orders');
  });

  test('backing services by their images', () => {
    expect(
      ['db', 'cache', 'own'].map((name) => [
        services[name]?.kind,
        services[name]?.protocol,
        services[name]?.ports,
      ]),
    ).toEqual([
      ['database', 'postgresql', [5432]],
      ['database', 'redis', [6379]],
      [undefined, undefined, []],
    ]);
  });

  test('names that links and extra hosts give', () => {
    expect(drawNames('deploy/docker-compose.yml', compose)).toEqual([
      '24 erp -> 10.1.2.3 -',
      '23 database -> db -',
    ]);
  });

  test('what the environments connect to', () => {
    expect(drawConfigured('deploy/docker-compose.yml', compose, ['orders', 'db', 'cache'])).toEqual(
      expect.arrayContaining([
        '8 ?? db:5432 postgresql 0.6',
        '10 ?? redis://cache:6379/0 redis 0.6',
        '11 ?? {env:WMS_URL?=http://wms.acme.example} http 0.4',
        '21 ?? http://orders:80 http 0.4',
      ]),
    );
  });
});

test('the first version has its services at the root', () => {
  const services = servicesOf(
    'docker-compose.yml',
    'web:\n  build: .\n  links: [db]\ndb:\n  image: mysql\n',
  );
  expect(Object.values(services).map(({ name, build, kind }) => [name, build, kind])).toEqual([
    ['web', '.', undefined],
    ['db', undefined, 'database'],
  ]);
});

test.each([
  ['docker-compose.yml', undefined],
  ['docker-compose.prod.yml', 'prod'],
  ['compose.override.yaml', 'override'],
])('%s is for the profile %s', (file, profile) => {
  expect(read(file, 'services: {a: {image: b}}').map((reading) => reading.profile)).toEqual([
    profile,
  ]);
});

test('a file with another name is a Compose file by what it holds', () => {
  expect(Object.keys(servicesOf('deploy/swarm.yml', 'services: {a: {image: b}}'))).toEqual(['a']);
  expect(Object.keys(servicesOf('deploy/other.yml', 'services: {a: {url: b}}'))).toEqual([]);
});

describe('products behind images', () => {
  test('a product listens on its own port, whatever else is opened', () => {
    const text =
      'services:\n  queue:\n    image: rabbitmq:3-management\n    ports: ["15672:15672"]\n';
    expect(servicesOf('docker-compose.yml', text)['queue']?.ports).toEqual([15672, 5672]);
  });

  test.each<[string, string, string | undefined]>([
    ['a port of a database', '    image: acme/data\n    ports: ["3306:3306"]\n', 'database'],
    ['a port of a broker', '    image: acme/data\n    expose: ["5672"]\n', 'broker'],
    ['another port', '    image: acme/data\n    ports: ["8080:8080"]\n', undefined],
    ['both', '    image: acme/data\n    ports: ["3306:3306", "8080:8080"]\n', undefined],
    ['a port of what is built here', '    build: data\n    ports: ["3306:3306"]\n', undefined],
  ])('an unknown image with %s', (_, text, expected) => {
    expect(servicesOf('docker-compose.yml', `services:\n  a:\n${text}`)['a']?.kind).toBe(expected);
  });
});
