import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const landscape = {
  'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: config\n',
  'systems.csv':
    'id,name,kind,hosts\nerp,ERP,application,erp.example\npg,Orders DB,database,pg1.example;pg-stage.example\n',
};

const repository = {
  'config/application.yml':
    'eureka: {client: {serviceUrl: {defaultZone: "http://erp.example/eureka/"}}}\n',
  'config/orders.yml':
    'spring:\n  datasource:\n    url: jdbc:postgresql://pg1.example:5432/orders\n    password: "{cipher}AQAhunter2"\n',
  'config/orders-staging.yml':
    'spring:\n  datasource:\n    url: jdbc:postgresql://pg-stage.example:5432/orders\nerp: {url: "http://erp.example/api"}\n',
  'config/orders-eu.yml': 'tax:\n  endpoint: http://erp.example/tax\n',
  'config/ledger.properties': 'erp.url=http://erp.example/api\n',
};

describe('a repository of configuration, as Spring Cloud Config serves it', () => {
  test('each file is of the application it is called after', async () => {
    const { systems, links, hops } = await auditFiles({ ...landscape, ...repository });
    expect(systems.map(({ id }) => id)).toEqual(['erp', 'ledger', 'orders', 'pg']);
    expect(
      links.map(
        ({ key, evidence }) =>
          `${key} ${evidence.map(({ origin }) => `${origin.file}:${origin.line}`)}`,
      ),
    ).toEqual([
      'ledger=>erp#http config/ledger.properties:1',
      'orders=>erp#http config/orders-eu.yml:2',
      'orders=>pg#database config/orders.yml:3',
    ]);
    // What holds for staging alone is no link of production.
    expect(
      hops
        .filter(({ environment }) => environment !== 'prod')
        .map(({ origin, environment }) => `${origin.file} ${environment}`),
    ).toEqual([]);
    expect(JSON.stringify([links, hops])).not.toContain('hunter2');
  });

  test('beside code, it is the configuration of that code', async () => {
    const { systems, links } = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: .\n',
      'systems.csv': landscape['systems.csv'],
      'orders-service/Dockerfile': 'FROM eclipse-temurin\nCMD ["java", "-jar", "x.jar"]\n',
      'config-repo/application.yml': 'a: b\n',
      'config-repo/orders-service.yml': 'erp: {url: "http://erp.example/api"}\n',
    });
    expect(systems.map(({ id }) => id)).toEqual(['erp', 'orders-service', 'pg']);
    expect(links.map(({ key }) => key)).toEqual(['orders-service=>erp#http']);
  });

  test.each([
    [
      'manifests of Argo CD',
      {
        'config/application.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec: {project: default}\n',
        'config/project.yaml': 'source: {url: "http://erp.example/x"}\n',
      },
    ],
    [
      'the resources of one application',
      {
        'config/src/main/resources/application.yml': 'a: b\n',
        'config/src/main/resources/topics.yml': 'erp: {url: "http://erp.example/x"}\n',
      },
    ],
    [
      'files of no application',
      { 'config/application.yml': 'a: b\n', 'config/values.yml': 'c: d\n' },
    ],
  ])('%s are none', async (_, files: Record<string, string>) => {
    const { systems } = await auditFiles({ ...landscape, ...files });
    expect(systems.map(({ id }) => id)).toEqual(['erp', 'pg']);
  });
});
