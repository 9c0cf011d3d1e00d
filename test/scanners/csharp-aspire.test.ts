import { beforeAll, describe, expect, test } from 'vitest';
import { csharp } from '../../src/scanners/scripts/languages/csharp.ts';
import { type AppHost, readAppHost } from '../../src/scanners/scripts/languages/csharp-aspire.ts';
import { loadParser, type Parse } from '../../src/scanners/scripts/tree-sitter.ts';
import { drawScript } from './scan.ts';

let parse: Parse;
beforeAll(async () => {
  parse = await loadParser('c-sharp');
});

const read = (...lines: string[]): AppHost =>
  readAppHost(
    parse(
      ['var builder = DistributedApplication.CreateBuilder(args);', ...lines].join('\n'),
      csharp.lower,
    ),
  );

const drawn = ({ services, resources, references }: AppHost): string[] => [
  ...services.map(({ name, project, line }) => `${line} service ${name} ${project ?? '-'}`),
  ...resources.map(
    ({ name, kind, parent, image, line }) =>
      `${line} ${kind} ${name}${parent ? ` in ${parent}` : ''}${image ? ` of ${image}` : ''}`,
  ),
  ...references.map(
    ({ from, to, env, line }) => `${line} ${from} -> ${to}${env ? ` as ${env}` : ''}`,
  ),
];

describe('app hosts of .NET Aspire', () => {
  test('a method of one’s own that is given other services hands them over', () => {
    const host = read(
      'var orders = builder.AddProject<Projects.Orders>("orders");',
      'builder.AddYarp("edge").ConfigureRoutes(orders).WaitFor(orders);',
    );
    expect(drawn(host).filter((line) => line.includes('->'))).toEqual(['3 edge -> orders']);
  });

  test('services, resources, and what is handed to whom', () => {
    const host = read(
      'var redis = builder.AddRedis("redis");',
      'var bus = builder.AddRabbitMQ("eventbus").WithLifetime(ContainerLifetime.Persistent);',
      'var postgres = builder.AddPostgres("postgres").WithImage("a/b").WithPgAdmin();',
      'var catalogDb = postgres.AddDatabase("catalogdb");',
      'var identity = builder.AddProject<Projects.Identity_API>("identity-api", profile).WithExternalHttpEndpoints();',
      'var identityUrl = identity.GetEndpoint("https");',
      'var basket = builder.AddProject<Projects.Basket_API>("basket-api")',
      '  .WithReference(redis)',
      '  .WithReference(bus).WaitFor(bus)',
      '  .WithEnvironment("Identity__Url", identityUrl);',
      'builder.AddProject<Projects.Catalog_API>("catalog-api").WithReference(catalogDb);',
      'identity.WithEnvironment("BasketUrl", $"{basket.GetEndpoint("http")}/x");',
      'builder.Build().Run();',
    );
    expect(drawn(host)).toEqual([
      '6 service identity-api Identity_API',
      '8 service basket-api Basket_API',
      '12 service catalog-api Catalog_API',
      '2 redis redis',
      '3 rabbitmq eventbus',
      '4 postgres postgres',
      '5 database catalogdb in postgres',
      '9 basket-api -> redis',
      '10 basket-api -> eventbus',
      '11 basket-api -> identity-api as Identity__Url',
      '12 catalog-api -> catalogdb',
      '13 identity-api -> basket-api as BasketUrl',
    ]);
  });

  test.each<[string, string[]]>([
    [
      'builder.AddProject("orders", "../Orders/Orders.csproj");',
      ['2 service orders ../Orders/Orders.csproj'],
    ],
    ['builder.AddNpmApp("web", "../web");', ['2 service web ../web']],
    [
      'builder.AddContainer("grafana", "grafana/grafana");',
      ['2 container grafana of grafana/grafana'],
    ],
    ['const string name = "cache";\nbuilder.AddRedis(name);', ['3 redis cache']],
    ['builder.AddConnectionString("legacy");', ['2 connectionstring legacy']],
    [
      'if (useAi) { var ai = builder.AddOpenAI("ai"); builder.AddProject<Projects.A>("a").WithReference(ai); }',
      ['2 service a A', '2 openai ai', '2 a -> ai'],
    ],
    [
      'var db = builder.AddSqlServer("sql").AddDatabase("stock");\nbuilder.AddProject<Projects.A>("a").WithReference(db).WithReference(db);',
      ['3 service a A', '2 sqlserver sql', '2 database stock in sql', '3 a -> stock'],
    ],
    [
      'static void Add(IDistributedApplicationBuilder b) { var r = b.AddRedis("r"); }',
      ['2 redis r'],
    ],
  ])('%s', (text, expected) => {
    expect(drawn(read(text))).toEqual(expected);
  });

  test.each([
    'builder.AddParameter("password", secret: true);',
    'builder.AddForwardedHeaders();',
    'var list = new List<string>(); list.Add("redis");',
    'unknown.WithReference(other);',
    'builder.AddProject<Projects.A>(name);',
    '// builder.AddRedis("redis");',
  ])('%s describes nothing', (text) => {
    expect(drawn(read(text))).toEqual([]);
  });

  test('a program that is no app host describes nothing', () => {
    const host = readAppHost(parse('builder.AddRedis("redis");', csharp.lower));
    expect(drawn(host)).toEqual([]);
  });

  test('an app host connects to none of the resources that it adds', async () => {
    expect(
      await drawScript(
        'Program.cs',
        'var builder = DistributedApplication.CreateBuilder(args);\nbuilder.AddRedis("redis");\nbuilder.AddRabbitMQ("eventbus");\n',
      ),
    ).toEqual([]);
  });
});
