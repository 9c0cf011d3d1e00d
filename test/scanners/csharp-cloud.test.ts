import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('Program.cs', `${text}\n`);

describe('cloud services', () => {
  test.each<[string, string[]]>([
    [
      'using Azure.Messaging.ServiceBus;\nvar c = new ServiceBusClient("Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=abc");\nvar s = c.CreateSender("orders");\nawait s.SendMessageAsync(m);\nvar p = c.CreateProcessor("stock");\nawait p.StartProcessingAsync();',
      ['4 -> a.servicebus.windows.net amqp [orders]', '6 <- a.servicebus.windows.net amqp [stock]'],
    ],
    [
      'using Microsoft.Azure.ServiceBus;\nvar q = new QueueClient("Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey=abc", "orders");\nawait q.SendAsync(m);',
      ['3 -> a.servicebus.windows.net amqp'],
    ],
    [
      'using Azure.Messaging.EventHubs.Producer;\nvar p = new EventHubProducerClient("a.servicebus.windows.net", "hub", cred);\nawait p.SendAsync(batch);',
      ['3 -> a.servicebus.windows.net amqp'],
    ],
    [
      'using Azure.Messaging.EventGrid;\nvar g = new EventGridPublisherClient(new Uri("https://a.example/api/events"), key);\nawait g.SendEventAsync(e);',
      ['3 -> a.example https'],
    ],
    [
      'using Azure.Storage.Blobs;\nvar b = new BlobServiceClient(new Uri("https://acc.blob.core.windows.net"), cred);\nvar k = b.GetBlobContainerClient("in").GetBlobClient("x");\nawait k.UploadAsync(s);\nawait k.DownloadToAsync(t);',
      ['4 -> acc.blob.core.windows.net https', '5 <- acc.blob.core.windows.net https'],
    ],
    [
      'using Azure.Storage.Queues;\nvar q = new QueueClient("DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=abc;EndpointSuffix=core.windows.net", "jobs");\nawait q.SendMessageAsync("x");',
      ['3 -> acc.core.windows.net messaging'],
    ],
    [
      'using Azure.Data.Tables;\nvar t = new TableClient(new Uri("https://acc.table.core.windows.net"), "t", cred);\nawait t.UpsertEntityAsync(e);',
      ['3 -> acc.table.core.windows.net https'],
    ],
    [
      'using Azure.Security.KeyVault.Secrets;\nvar s = new SecretClient(new Uri("https://v.vault.azure.net"), cred);\nvar x = await s.GetSecretAsync("a");',
      ['3 <- v.vault.azure.net https'],
    ],
    [
      'builder.Configuration.AddAzureKeyVault(new Uri("https://v.vault.azure.net"), cred);',
      ['1 <- v.vault.azure.net https'],
    ],
    [
      'using Amazon.S3;\nvar c = new AmazonS3Client();\nawait c.PutObjectAsync(new PutObjectRequest { BucketName = "reports", Key = "k" });\nvar o = await c.GetObjectAsync("inbox", "k");',
      ['3 -> s3.amazonaws.com s3 [reports]', '4 <- s3.amazonaws.com s3 [inbox]'],
    ],
    [
      'using Amazon.SQS;\nclass C(IAmazonSQS sqs) {\n  Task A() => sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = "https://sqs.example/1/orders" });\n  Task B() => sqs.ReceiveMessageAsync("https://sqs.example/1/stock");\n}',
      [
        '3 -> sqs.amazonaws.com sqs [https://sqs.example/1/orders]',
        '4 <- sqs.amazonaws.com sqs [https://sqs.example/1/stock]',
      ],
    ],
    [
      'using Amazon.SimpleNotificationService;\nvar c = new AmazonSimpleNotificationServiceClient();\nawait c.PublishAsync("arn:aws:sns:eu:1:orders", m);',
      ['3 -> simplenotificationservice.amazonaws.com sns [arn:aws:sns:eu:1:orders]'],
    ],
    [
      'using Amazon.DynamoDBv2;\nvar c = new AmazonDynamoDBClient();\nawait c.PutItemAsync("orders", item);\nvar r = await c.QueryAsync(new QueryRequest { TableName = "stock" });',
      [
        '3 -> dynamodb.amazonaws.com dynamodb [orders]',
        '4 <- dynamodb.amazonaws.com dynamodb [stock]',
      ],
    ],
    [
      'using Amazon.DynamoDBv2.DataModel;\nclass C(IDynamoDBContext db) {\n  Task A(Order o) => db.SaveAsync(o);\n  Task B() => db.LoadAsync<Order>("1");\n}',
      ['3 -> dynamodb.amazonaws.com dynamodb', '4 <- dynamodb.amazonaws.com dynamodb [Order]'],
    ],
    [
      'using Amazon.Kinesis;\nvar c = new AmazonKinesisClient();\nawait c.PutRecordAsync(new PutRecordRequest { StreamName = "clicks" });',
      ['3 -> kinesis.amazonaws.com kinesis [clicks]'],
    ],
    [
      'using Google.Cloud.Storage.V1;\nvar c = StorageClient.Create();\nc.UploadObject("reports", "k", "text/csv", s);\nc.DownloadObject("inbox", "k", t);',
      ['3 -> storage.googleapis.com gs [reports]', '4 <- storage.googleapis.com gs [inbox]'],
    ],
    [
      'using Google.Cloud.PubSub.V1;\nvar p = await PublisherClient.CreateAsync(topic);\nawait p.PublishAsync("x");',
      ['3 -> pubsub.googleapis.com messaging'],
    ],
    [
      'using Google.Cloud.BigQuery.V2;\nvar c = BigQueryClient.Create("p");\nvar r = c.ExecuteQuery("select * from sales", null);',
      ['3 <- bigquery.googleapis.com bigquery [sales]'],
    ],
    ['builder.AddOpenAIClient("openai");', ['1 <> api.openai.com https']],
    ['builder.AddOpenAIClientFromConfiguration("chat");', ['1 <> api.openai.com https']],
    ['kernel.AddOpenAIChatCompletion("gpt", key);', ['1 <> api.openai.com https']],
    [
      'kernel.AddAzureOpenAIChatCompletion("d", "https://a.openai.azure.com", key);',
      ['1 <> a.openai.azure.com https'],
    ],
    [
      'using OpenAI;\nvar c = new OpenAIClient(key);\nvar h = c.GetChatClient("gpt");',
      ['3 <> api.openai.com https'],
    ],
    [
      'using Azure.AI.OpenAI;\nvar c = new AzureOpenAIClient(new Uri("https://a.openai.azure.com"), cred);\nvar h = c.GetChatClient("gpt");',
      ['3 <> a.openai.azure.com https'],
    ],
    [
      'using SendGrid;\nvar c = new SendGridClient(key);\nawait c.SendEmailAsync(m);',
      ['3 -> api.sendgrid.com https'],
    ],
    // .NET Aspire
    ['builder.AddAzureBlobClient("blobs");', ['1 ?? blobs https']],
    ['builder.AddAzureKeyVaultClient("vault");', ['1 ?? vault https']],
    ['builder.AddAzureEventHubProducerClient("hub");', ['1 -> hub amqp']],
  ])('%s', async (code, expected) => {
    expect(await draw(code)).toEqual(expected);
  });

  test('triggers of Azure Functions are connected by a setting', async () => {
    const drawn = await draw(
      [
        'using Microsoft.Azure.Functions.Worker;',
        'class F {',
        '  [Function("A")] [QueueOutput("done", Connection = "Storage")]',
        '  public void A([ServiceBusTrigger("orders", Connection = "Bus")] string m) { }',
        '  [Function("B")]',
        '  public void B([BlobTrigger("inbox/{name}", Connection = "Storage")] string m,',
        '    [TimerTrigger("0 */5 * * * *")] TimerInfo t) { }',
        '}',
      ].join('\n'),
    );
    expect(drawn).toEqual(['3 unresolved', '4 unresolved', '6 unresolved']);
  });
});

describe('what is no cloud service', () => {
  test.each([
    'class ServiceBusClient { }\nvar c = new ServiceBusClient("Endpoint=sb://a.example/");',
    'var g = new EventGridPublisherClient(new Uri("https://a.example"), key);\ng.SendEventAsync(e);',
    'var b = new BlobService("https://acc.blob.core.windows.net");\nb.UploadAsync(s);',
    'var s = new SecretClient(new Uri("https://v.vault.azure.net"), cred);\ns.GetSecretAsync("a");',
    'class C(IAmazonS3 s3) { }',
    'using Amazon.S3;\nvar c = new AmazonS3Client();',
    'bucket.PutObjectAsync("reports", "k");',
    'var c = StorageClient.Create();\nc.UploadObject("reports", "k");',
    'var c = new OpenAIClient(key);\nc.GetChatClient("gpt");',
    'class C { [ServiceBusTrigger] public string M; }\nvar t = new QueueTrigger("x");',
    'sendgrid.SendEmailAsync(m);',
    '// builder.AddAzureBlobClient("blobs");',
  ])('%s', async (code) => {
    expect(await draw(code)).toEqual([]);
  });
});
