import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

describe('clients that share the rules of others', () => {
  test.each<[string, string[]]>([
    // databases
    [
      'using System.Data.OleDb;\nvar c = new OleDbConnection("Data Source=a.example");',
      ['2 ?? a.example database'],
    ],
    [
      'using IBM.Data.Db2;\nvar c = new DB2Connection("Server=a.example:50000;Database=x");',
      ['2 ?? a.example:50000 db2'],
    ],
    [
      'using Snowflake.Data.Client;\nvar c = new SnowflakeDbConnection("account=x;host=a.example");',
      ['2 ?? a.example snowflake'],
    ],
    [
      'using FirebirdSql.Data.FirebirdClient;\nvar c = new FbConnection("DataSource=b;Server=a.example");',
      ['2 ?? a.example firebird'],
    ],
    [
      'using ClickHouse.Client.ADO;\nvar c = new ClickHouseConnection("Host=a.example");',
      ['2 ?? a.example clickhouse'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseOracle("Data Source=a.example:1521/X"));',
      ['1 ?? a.example:1521 oracle'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseFirebird("Server=a.example"));',
      ['1 ?? a.example firebird'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseSnowflake("host=a.example"));',
      ['1 ?? a.example snowflake'],
    ],
    [
      'services.AddDbContext<Db>(o => o.UseMongoDB("mongodb://a.example", "d"));',
      ['1 ?? a.example mongodb'],
    ],
    ['config.UseSqlServerStorage("Server=a.example");', ['1 ?? a.example mssql']],
    ['services.AddMarten("host=a.example");', ['1 ?? a.example postgresql']],
    [
      'using System.Data;\nusing Dapper;\nclass C(IDbConnection db) {\n  Task Run() => db.QueryAsync<O>("select * from t");\n}',
      ['4 unresolved'],
    ],
    [
      'using OpenSearch.Client;\nvar c = new OpenSearchClient(new Uri("https://a.example:9200"));\nc.IndexDocument(d);',
      ['3 -> a.example:9200 opensearch'],
    ],
    // messaging
    [
      'x.UsingAmazonSqs((c, cfg) => { cfg.Host("eu-west-1", h => { }); cfg.ReceiveEndpoint("q", e => { }); });',
      ['1 <- eu-west-1 sqs [q]'],
    ],
    [
      'using MassTransit;\nvar b = Bus.Factory.CreateUsingRabbitMq(cfg => cfg.Host("mq.example"));',
      ['2 ?? mq.example amqp'],
    ],
    [
      'using MassTransit;\nclass C(IRequestClient<Check> client) {\n  Task Run() => client.GetResponse<Result>(new { });\n}',
      ['3 unresolved'],
    ],
    [
      'using NServiceBus;\nclass C(IMessageSession bus) {\n  Task Run() => bus.Publish(new OrderPlaced());\n}',
      ['3 unresolved'],
    ],
    [
      'endpoint.UseTransport<RabbitMQTransport>().ConnectionString("host=mq.example;username=u");',
      ['1 ?? mq.example amqp'],
    ],
    ['using Rebus.Handlers;\nclass C : IHandleMessages<OrderPlaced> { }', ['2 unresolved']],
    [
      'configure.Transport(t => t.UseRabbitMq("amqp://mq.example", "orders"));',
      ['1 ?? mq.example amqp'],
    ],
    [
      'using DotNetCore.CAP;\nclass C(ICapPublisher cap) {\n  Task Run() => cap.PublishAsync("placed", o);\n}',
      ['3 unresolved'],
    ],
    [
      'opts.PublishMessage<OrderPlaced>().ToRabbitExchange("orders");\nopts.ListenToRabbitQueue("stock");',
      ['1 unresolved', '2 unresolved'],
    ],
    ['services.AddCap(x => x.UseKafka("kafka.example:9092"));', ['1 ?? kafka.example:9092 kafka']],
    // cloud
    [
      'using Amazon.EventBridge;\nclass C(IAmazonEventBridge b) {\n  Task Run() => b.PutEventsAsync(r);\n}',
      ['3 -> eventbridge.amazonaws.com messaging'],
    ],
    [
      'using Amazon.Lambda;\nvar l = new AmazonLambdaClient();\nawait l.InvokeAsync(new InvokeRequest { FunctionName = "bill" });',
      ['3 -> lambda.amazonaws.com https [bill]'],
    ],
    [
      'using Amazon.SecretsManager;\nvar s = new AmazonSecretsManagerClient();\nawait s.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "x" });',
      ['3 <- secretsmanager.amazonaws.com https [x]'],
    ],
    [
      'using Amazon.SimpleEmailV2;\nvar s = new AmazonSimpleEmailServiceV2Client();\nawait s.SendEmailAsync(r);',
      ['3 -> simpleemail.amazonaws.com mail'],
    ],
    [
      'using Azure.Messaging.EventHubs.Consumer;\nvar c = new EventHubConsumerClient("$Default", "Endpoint=sb://a.example/;SharedAccessKey=abc", "hub");\nvar e = c.ReadEventsAsync(ct);',
      ['3 <- a.example amqp'],
    ],
    [
      'using Google.Cloud.PubSub.V1;\nvar s = await SubscriberClient.CreateAsync(name);\nawait s.StartAsync(h);',
      ['3 <- pubsub.googleapis.com messaging'],
    ],
    [
      'using Microsoft.Azure.Functions.Worker;\nclass F {\n  void Run([CosmosDBTrigger("db", "orders", Connection = "Cosmos")] string x) { }\n}',
      ['3 unresolved'],
    ],
    [
      'using Microsoft.Azure.WebJobs;\nclass F {\n  void Run([KafkaTrigger("kafka.example:9092", "orders")] string x) { }\n}',
      ['3 <- kafka.example:9092 kafka [orders]'],
    ],
    ['kernel.AddOpenAITextEmbeddingGeneration("m", key);', ['1 <> api.openai.com https']],
    // HTTP
    [
      'using RestEase;\nvar api = RestEase.RestClient.For<IApi>("https://a.example");',
      ['2 ?? a.example https'],
    ],
    [
      'services.AddAuthentication().AddOpenIdConnect(o => { o.Authority = "https://id.example"; });',
      ['1 <- id.example https'],
    ],
    [
      't.AddZipkinExporter(o => { o.Endpoint = new Uri("http://zipkin.example:9411/api"); });',
      ['1 -> zipkin.example:9411 http'],
    ],
    [
      'var h = Dapr.Client.DaprClient.CreateInvokeHttpClient("orders-api");\nawait h.GetStringAsync("http://orders-api/x");',
      ['2 <- orders-api http'],
    ],
    // .NET Aspire
    ...[
      ['MySqlDataSource', 'mysql'],
      ['OracleDatabaseDbContext', 'oracle'],
      ['CosmosDbContext', 'cosmosdb'],
      ['ElasticsearchClient', 'elasticsearch'],
      ['QdrantClient', 'qdrant'],
      ['MilvusClient', 'milvus'],
      ['AzureQueueClient', 'messaging'],
      ['AzureTableClient', 'database'],
      ['OllamaApiClient', 'https'],
      ['KeyedRedisClient', 'redis'],
    ].map(([method, protocol]): [string, string[]] => [
      `builder.Add${method}("res");`,
      [`1 ?? res ${protocol}`],
    ]),
    ['builder.AddAzureEventHubConsumerClient("hub");', ['1 <- hub amqp']],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test.each([
    'var c = new OleDbConnection("Data Source=a.example");',
    'var c = new DB2Connection("Server=a.example");\nvar d = new SnowflakeDbConnection("host=a.example");',
    'var c = new FbConnection("Server=a.example");\nvar d = new ClickHouseConnection("Host=a.example");',
    'class C(IDbConnection db) { Task Run() => db.QueryAsync<O>("select * from t"); }',
    'var c = new OpenSearchClient(new Uri("https://a.example"));\nc.IndexDocument(d);',
    'class C(IRequestClient client) { Task Run() => client.Send("x"); }',
    'class C(IMessageSession bus) { Task Run() => bus.Publish(new OrderPlaced()); }',
    'class C(ICapPublisher cap) { Task Run() => cap.PublishAsync("placed", o); }',
    'class C : IHandleMessages<OrderPlaced> { }',
    'var l = new AmazonLambdaClient();\nl.InvokeAsync(r);\nnew AmazonKinesisClient().PutRecordAsync(r);',
    'class F { void Run([KafkaTopic("kafka.example:9092", "orders")] string x) { } }',
    'var s = SubscriberClient.Create(name);\ns.StartAsync(h);',
    'var api = RestEaseClient.For<IApi>("https://a.example");',
    'o.Authority = "https://id.example";\no.Endpoint = new Uri("http://zipkin.example");',
    'collection.AddResource("res");\nlist.AddQdrant("x");',
  ])('%s is no connection', async (code) => {
    expect(await draw(code)).toEqual([]);
  });
});
