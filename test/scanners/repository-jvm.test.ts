import { describe, expect, test } from 'vitest';
import { drawConnections, type Scan, scan } from './scan.ts';

/** Connections as `file:line ARROW target protocol`; what is left open is left out. */
function draw({ evidence }: Scan): string[] {
  return evidence.flatMap((item) =>
    item.kind === 'connection'
      ? drawConnections({ evidence: [item] }).map((text) => `${item.origin.file}:${text}`)
      : [],
  );
}

function names({ of }: Scan): string[] {
  return of('system').map(({ id, fields }) => `${id} ${fields.kind}`);
}

const boot = "plugins { id 'org.springframework.boot' version '3.2.0' }\n";
const library = (name: string): string =>
  `<project><artifactId>app</artifactId><dependencies>\n<dependency><artifactId>${name}</artifactId></dependency>\n</dependencies></project>`;
const named = (name: string): string => `spring.application.name=${name}\n`;

describe('what makes a program of a build', () => {
  test.each<[string, string, string[]]>([
    ['the plugin of the framework', boot, ['orders application']],
    ['the plugin, applied', "apply plugin: 'spring-boot'\n", ['orders application']],
    ['the plugin of Gradle itself', "apply plugin: 'application'\n", ['orders application']],
    ['a dependency alone', "compile 'org.springframework.boot:spring-boot-starter-web:2.1'\n", []],
    ['a dependency in parts', "compile group: 'org.springframework.boot', name: 'x'\n", []],
    ['a plugin for others', "id 'org.springframework.boot' version '3.2' apply false\n", []],
  ])('%s', async (_, text, expected) => {
    expect(names(await scan('scripts', { 'orders/build.gradle': text }))).toEqual(expected);
  });

  test('a dependency and the name of an application', async () => {
    const result = await scan('scripts', {
      'orders/build.gradle': "compile 'org.springframework.boot:spring-boot-starter-web'\n",
      'orders/src/main/resources/application.properties': named('orders'),
    });
    expect(names(result)).toEqual(['orders application']);
  });

  test('tests in a module of their own are no system', async () => {
    const result = await scan('scripts', { 'shop-end-to-end-tests/build.gradle': boot });
    expect(names(result)).toEqual([]);
  });
});

describe('image files', () => {
  test('of a module, below its resources', async () => {
    const result = await scan('scripts', {
      'orders/pom.xml': '<project><artifactId>orders</artifactId></project>',
      'orders/src/main/resources/docker/Dockerfile': 'FROM openjdk:8\nCMD java -jar app.jar\n',
    });
    expect(names(result)).toEqual(['orders application']);
  });

  test.each<[string, string, string[]]>([
    ['that start something', 'FROM openjdk:17\nENTRYPOINT ["java"]\n', ['base application']],
    ['that build on what starts', 'FROM tomcat:9\nCOPY a.war .\n', ['base application']],
    ['for others to build on', 'FROM ubuntu:22.04\nRUN apt-get update\n', []],
    ['whose last stage is bare', 'FROM openjdk:8 AS jdk\nFROM jdk\nRUN true\n', []],
  ])('%s', async (_, text, expected) => {
    expect(names(await scan('scripts', { 'base/Dockerfile': text }))).toEqual(expected);
  });

  test('for any of the modules around is none of them', async () => {
    const result = await scan('scripts', {
      'shop/pom.xml': '<project><packaging>pom</packaging></project>',
      'shop/orders/build.gradle': boot,
      'shop/docker/Dockerfile': 'FROM openjdk:17\nARG JAR\nENTRYPOINT ["java"]\n',
    });
    expect(names(result)).toEqual(['orders application']);
  });

  test('of a database, run under several names, are several databases', async () => {
    const result = await scan('scripts', {
      'mongodb/Dockerfile': 'FROM mongo:6\n',
      'docker-compose.yml':
        'services:\n  orders-db:\n    build: mongodb\n  users-db:\n    build: mongodb\n',
    });
    expect(names(result)).toEqual(['orders-db database', 'users-db database']);
  });
});

describe('one service in several descriptors', () => {
  const workload = (name: string, image: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n`;

  test('the same image under a longer name is the same service', async () => {
    const result = await scan('scripts', {
      'docker-compose.yml': 'services:\n  auth:\n    image: acme/shop-auth:1\n',
      'k8s/auth.yaml': workload('shop-auth', 'acme/shop-auth:2'),
    });
    expect(names(result)).toEqual(['auth application']);
    expect(result.of('system')[0]?.fields.hosts).toEqual(['auth', 'shop-auth']);
  });

  test('under unlike names, or twice in one descriptor, it tells nothing', async () => {
    const unlike = await scan('scripts', {
      'docker-compose.yml': 'services:\n  seed:\n    image: acme/tool\n',
      'k8s/a.yaml': workload('clean', 'acme/tool'),
    });
    expect(names(unlike)).toEqual(['clean application', 'seed application']);
    const twice = await scan('scripts', {
      'docker-compose.yml':
        'services:\n  web:\n    image: acme/shop\n  worker-web:\n    image: acme/shop\n',
    });
    expect(names(twice)).toEqual(['web application', 'worker-web application']);
  });

  test('a name spelled with other separators is a name too', async () => {
    const { of } = await scan('scripts', {
      'docker-compose.yml': 'services:\n  orderservice:\n    image: acme/order-service\n',
      'order-service/build.gradle': boot,
    });
    expect(of('system')).toMatchObject([
      { id: 'orderservice', fields: { aliases: ['order-service'] } },
    ]);
  });
});

describe('variants of a deployment', () => {
  const map = (name: string, host: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  DB_URL: postgresql://${host}:5432/x\n`;
  const orders =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: acme/orders\n          envFrom:\n            - configMapRef:\n                name: db\n';

  test('settings of a name are the nearest, and one on the machine itself is passed over', async () => {
    const result = await scan('scripts', {
      'extras/proxy/config.yaml': map('db', '127.0.0.1'),
      'extras/proxy/orders.yaml': orders,
      'k8s/config.yaml': map('db', 'orders-db'),
      'k8s/orders.yaml': orders,
      'orders/Dockerfile': 'FROM python:3\nCMD python a.py\n',
      'orders/a.py': "import os, psycopg2\npsycopg2.connect(os.environ['DB_URL'])\n",
    });
    expect(draw(result)).toContain('orders/a.py:2 ?? orders-db:5432 postgresql');
  });
});

describe('servers of Spring Cloud', () => {
  test.each<[string, string, string, string[]]>([
    [
      'a registry',
      'spring-cloud-starter-netflix-eureka-server',
      'spring-cloud-starter-netflix-eureka-client',
      ['orders/pom.xml:2 ?? server:8761 http'],
    ],
    [
      'a configuration server',
      'spring-cloud-config-server',
      'spring-cloud-starter-config',
      ['orders/pom.xml:2 <- server:8888 http'],
    ],
  ])('%s listens on its own port unless its settings name another', async (_, of, by, expected) => {
    const contents = {
      'server/pom.xml': `${library(of)}<!-- spring-boot-maven-plugin -->`,
      'server/src/main/resources/application.properties': named('server'),
      'orders/pom.xml': `${library(by)}<!-- spring-boot-maven-plugin -->`,
      'orders/src/main/resources/application.properties': named('orders'),
    };
    expect(draw(await scan('scripts', contents))).toEqual(expected);
    const moved = {
      ...contents,
      'server/src/main/resources/application.properties': `${named('server')}server.port=9999\n`,
    };
    expect(draw(await scan('scripts', moved))).toEqual([]);
  });

  const member = (name: string, dependency: string): Record<string, string> => ({
    [`${name}/pom.xml`]: `${library(dependency)}<!-- spring-boot-maven-plugin -->`,
    [`${name}/src/main/resources/application.properties`]: named(name),
  });
  const services = {
    ...member('edge', 'spring-cloud-starter-netflix-zuul'),
    ...member('orders', 'spring-cloud-starter-netflix-eureka-client'),
    ...member('users', 'spring-cloud-starter-consul-discovery'),
    ...member('stats', 'spring-cloud-starter-netflix-turbine'),
  };
  const routes = (result: Scan): string[] => draw(result).filter((line) => /^edge/.test(line));

  test('Zuul leads to every service of the registry', async () => {
    expect(routes(await scan('scripts', services))).toEqual([
      'edge/pom.xml:1 ?? orders http',
      'edge/pom.xml:1 ?? users http',
    ]);
  });

  test.each([
    ['where its routes are written down', 'zuul.routes.a.serviceId=orders\n', ['orders']],
    ['where it is told not to', 'zuul.ignored-services=*\n', []],
  ])('but not %s', async (_, line, expected) => {
    const file = 'edge/src/main/resources/application.properties';
    const result = await scan('scripts', { ...services, [file]: `${named('edge')}${line}` });
    expect(routes(result)).toEqual(expected.map((name) => `${file}:2 ?? ${name} http`));
  });

  test('settings that a server keeps for others are theirs', async () => {
    const result = await scan('scripts', {
      ...member('config', 'spring-cloud-config-server'),
      ...member('orders', 'spring-boot-starter'),
      'docker-compose.yml':
        'services:\n  orders-db:\n    image: mongo\n  rabbit:\n    image: rabbitmq\n',
      'config/src/main/resources/shared/orders.yml':
        'spring:\n  data:\n    mongodb:\n      host: orders-db\n',
      'config/src/main/resources/shared/application.yml':
        'spring:\n  rabbitmq:\n    host: rabbit\n',
    });
    const [kept, ...rest] = result
      .of('ownership')
      .filter(({ script }) => script.includes('/shared/'));
    expect(rest).toEqual([]);
    expect(kept).toMatchObject({
      script: 'config/src/main/resources/shared/orders.yml',
      names: ['orders', 'app'],
    });
    expect(draw(result)).toEqual([
      'config/src/main/resources/shared/orders.yml:4 ?? orders-db mongodb',
    ]);
  });
});
