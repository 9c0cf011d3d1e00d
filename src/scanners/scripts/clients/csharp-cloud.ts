import type { Style } from '../../../vocabulary.ts';
import type { ClientEntry, Operation } from './client.ts';
import { all } from './csharp-operations.ts';
import { pulls, pushes } from './operations.ts';

/** A service of Amazon: the name of its client, and which calls bring data and which send it. */
const aws = (
  name: string,
  space: string,
  protocol: string,
  style: Style,
  resource: string,
  [pulling, pushing]: readonly [readonly string[], readonly string[]],
): ClientEntry => {
  const from = [`0.${resource}`, '0.0', '0'];
  return {
    calls: [`Amazon.${space}.Amazon${name}Client`, `Amazon.${space}.IAmazon${name}`],
    protocol,
    flow: 'none',
    addressDefault: `https://${space.toLowerCase().replace(/v2$/, '')}.amazonaws.com`,
    style,
    operations: {
      ...all(pulls(...from), ...pulling),
      ...all(pushes(...from), ...pushing),
    },
  };
};

const objects: Readonly<Record<string, Operation>> = {
  ...all(
    { flow: 'push' },
    'Upload',
    'UploadAsync',
    'UploadBlob',
    'UploadBlobAsync',
    'OpenWriteAsync',
    'AppendBlockAsync',
  ),
  ...all(
    { flow: 'pull' },
    'Download',
    'DownloadAsync',
    'DownloadTo',
    'DownloadToAsync',
    'DownloadContent',
    'DownloadContentAsync',
    'DownloadStreamingAsync',
    'OpenRead',
    'OpenReadAsync',
    'GetBlobs',
    'GetBlobsAsync',
  ),
  ...all({ flow: 'unknown' }, 'DeleteAsync', 'DeleteIfExistsAsync'),
};

/** What a trigger or output of Azure Functions is connected by: a setting. */
const functions = (
  name: string,
  protocol: string,
  style: Style,
  flow: 'pull' | 'push',
  resource = ['0'],
): ClientEntry => ({
  calls: [
    `@Microsoft.Azure.Functions.Worker.${name}`,
    `@Microsoft.Azure.WebJobs.${name}`,
    `@Microsoft.Azure.WebJobs.Extensions.${name}`,
  ],
  protocol,
  flow,
  address: ['Connection', 'ConnectionStringSetting', 'ConnectionString'],
  resource,
  style,
});

/** @param at the argument that holds the address: a consumer is told its group first */
const eventHub = (type: string, at: string): ClientEntry => ({
  calls: [`Azure.Messaging.EventHubs.${type}`],
  protocol: 'amqp',
  flow: 'none',
  address: ['connectionString', 'fullyQualifiedNamespace', at],
  style: 'stream',
  operations: {
    SendAsync: pushes(),
    ...all(pulls(), 'ReadEventsAsync', 'StartProcessingAsync'),
  },
});

const openAi = 'https://api.openai.com';

/** Cloud services of C#: Azure, Amazon, Google, and those that are reached by a key alone. */
export const csharpCloud: readonly ClientEntry[] = [
  {
    calls: ['Azure.Messaging.ServiceBus.ServiceBusClient'],
    protocol: 'amqp',
    flow: 'none',
    address: ['0', 'connectionString', 'fullyQualifiedNamespace'],
    style: 'event',
    operations: {
      ...all(
        { flow: 'none', resource: ['0'] },
        'CreateSender',
        'CreateReceiver',
        'CreateProcessor',
        'CreateSessionProcessor',
      ),
      ...all(pushes(), 'SendMessageAsync', 'SendMessagesAsync', 'ScheduleMessageAsync'),
      ...all(
        pulls(),
        'ReceiveMessageAsync',
        'ReceiveMessagesAsync',
        'PeekMessageAsync',
        'StartProcessingAsync',
      ),
    },
  },
  {
    calls: ['Microsoft.Azure.ServiceBus.QueueClient', 'Microsoft.Azure.ServiceBus.TopicClient'],
    protocol: 'amqp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: { SendAsync: pushes(), RegisterMessageHandler: pulls() },
  },
  eventHub('Producer.EventHubProducerClient', '0'),
  eventHub('Consumer.EventHubConsumerClient', '1'),
  eventHub('EventProcessorClient', '2'),
  {
    calls: ['Azure.Messaging.EventGrid.EventGridPublisherClient'],
    flow: 'none',
    address: ['0'],
    style: 'request-reply',
    operations: all(pushes(), 'SendEvent', 'SendEventAsync', 'SendEvents', 'SendEventsAsync'),
  },
  {
    calls: ['BlobServiceClient', 'BlobContainerClient', 'BlobClient'].map(
      (type) => `Azure.Storage.Blobs.${type}`,
    ),
    protocol: 'https',
    flow: 'none',
    address: ['0', 'connectionString', 'serviceUri'],
    style: 'file',
    operations: objects,
  },
  {
    calls: ['Azure.Storage.Queues.QueueServiceClient', 'Azure.Storage.Queues.QueueClient'],
    protocol: 'messaging',
    flow: 'none',
    address: ['0', 'connectionString', 'queueUri'],
    style: 'event',
    operations: {
      ...all(pushes(), 'SendMessage', 'SendMessageAsync'),
      ...all(pulls(), 'ReceiveMessageAsync', 'ReceiveMessagesAsync', 'PeekMessagesAsync'),
    },
  },
  {
    calls: ['Azure.Data.Tables.TableServiceClient', 'Azure.Data.Tables.TableClient'],
    protocol: 'https',
    flow: 'none',
    address: ['0', 'connectionString', 'endpoint'],
    style: 'database',
    operations: {
      ...all({ flow: 'pull' }, 'GetEntityAsync', 'QueryAsync', 'Query'),
      ...all({ flow: 'push' }, 'AddEntityAsync', 'UpsertEntityAsync', 'UpdateEntityAsync'),
    },
  },
  {
    calls: ['Azure.Security.KeyVault.Secrets.SecretClient'],
    flow: 'none',
    address: ['0', 'vaultUri'],
    style: 'request-reply',
    operations: {
      ...all(pulls(), 'GetSecret', 'GetSecretAsync'),
      ...all(pushes(), 'SetSecret', 'SetSecretAsync'),
    },
  },
  {
    calls: ['#AddAzureKeyVault'],
    flow: 'pull',
    address: ['0'],
    style: 'request-reply',
  },
  functions('ServiceBusTrigger', 'amqp', 'event', 'pull'),
  functions('ServiceBusOutput', 'amqp', 'event', 'push'),
  functions('ServiceBus', 'amqp', 'event', 'push'),
  functions('EventHubTrigger', 'amqp', 'stream', 'pull'),
  functions('EventHubOutput', 'amqp', 'stream', 'push'),
  functions('QueueTrigger', 'messaging', 'event', 'pull'),
  functions('QueueOutput', 'messaging', 'event', 'push'),
  functions('Queue', 'messaging', 'event', 'push'),
  functions('BlobTrigger', 'https', 'file', 'pull'),
  functions('BlobInput', 'https', 'file', 'pull'),
  functions('BlobOutput', 'https', 'file', 'push'),
  functions('CosmosDBTrigger', 'cosmosdb', 'database', 'pull', ['1', 'containerName']),
  functions('CosmosDBInput', 'cosmosdb', 'database', 'pull', ['1', 'containerName']),
  functions('CosmosDBOutput', 'cosmosdb', 'database', 'push', ['1', 'containerName']),
  functions('RabbitMQTrigger', 'amqp', 'event', 'pull'),
  { ...functions('KafkaTrigger', 'kafka', 'event', 'pull', ['1']), address: ['0'] },
  aws('S3', 'S3', 's3', 'file', 'BucketName', [
    [
      'GetObjectAsync',
      'ListObjectsV2Async',
      'ListObjectsAsync',
      'DownloadAsync',
      'OpenStreamAsync',
    ],
    ['PutObjectAsync', 'CopyObjectAsync', 'InitiateMultipartUploadAsync'],
  ]),
  aws('SQS', 'SQS', 'sqs', 'event', 'QueueUrl', [
    ['ReceiveMessageAsync'],
    ['SendMessageAsync', 'SendMessageBatchAsync'],
  ]),
  aws('SimpleNotificationService', 'SimpleNotificationService', 'sns', 'event', 'TopicArn', [
    [],
    ['PublishAsync', 'PublishBatchAsync'],
  ]),
  aws('DynamoDB', 'DynamoDBv2', 'dynamodb', 'database', 'TableName', [
    ['GetItemAsync', 'QueryAsync', 'ScanAsync', 'BatchGetItemAsync'],
    ['PutItemAsync', 'UpdateItemAsync', 'BatchWriteItemAsync'],
  ]),
  {
    calls: ['DynamoDBContext', 'IDynamoDBContext'].map(
      (type) => `Amazon.DynamoDBv2.DataModel.${type}`,
    ),
    protocol: 'dynamodb',
    flow: 'none',
    addressDefault: 'https://dynamodb.amazonaws.com',
    style: 'database',
    operations: {
      ...all(pulls('<0>'), 'LoadAsync', 'QueryAsync', 'ScanAsync'),
      ...all(pushes('<0>'), 'SaveAsync'),
    },
  },
  aws('Kinesis', 'Kinesis', 'kinesis', 'stream', 'StreamName', [
    ['GetRecordsAsync'],
    ['PutRecordAsync', 'PutRecordsAsync'],
  ]),
  aws('EventBridge', 'EventBridge', 'messaging', 'event', 'EventBusName', [[], ['PutEventsAsync']]),
  aws('Lambda', 'Lambda', 'https', 'request-reply', 'FunctionName', [[], ['InvokeAsync']]),
  aws('SecretsManager', 'SecretsManager', 'https', 'request-reply', 'SecretId', [
    ['GetSecretValueAsync'],
    [],
  ]),
  aws('SimpleEmailServiceV2', 'SimpleEmailV2', 'mail', 'event', 'FromEmailAddress', [
    [],
    ['SendEmailAsync'],
  ]),
  {
    calls: ['Create', 'CreateAsync']
      .map((made) => `Google.Cloud.Storage.V1.StorageClient.${made}`)
      .concat('Google.Cloud.Storage.V1.StorageClient'),
    protocol: 'gs',
    flow: 'none',
    addressDefault: 'https://storage.googleapis.com',
    style: 'file',
    operations: {
      ...all(pushes('0.Bucket', '0'), 'UploadObject', 'UploadObjectAsync'),
      ...all(
        pulls('0.Bucket', '0'),
        'DownloadObject',
        'DownloadObjectAsync',
        'ListObjects',
        'ListObjectsAsync',
      ),
    },
  },
  {
    calls: ['PublisherClient', 'SubscriberClient', 'PublisherServiceApiClient'].flatMap((type) =>
      ['', '.Create', '.CreateAsync'].map((made) => `Google.Cloud.PubSub.V1.${type}${made}`),
    ),
    protocol: 'messaging',
    flow: 'none',
    addressDefault: 'https://pubsub.googleapis.com',
    style: 'event',
    operations: {
      ...all(pushes(), 'PublishAsync', 'Publish'),
      ...all(pulls(), 'StartAsync', 'PullAsync'),
    },
  },
  {
    calls: ['', '.Create', '.CreateAsync'].map(
      (made) => `Google.Cloud.BigQuery.V2.BigQueryClient${made}`,
    ),
    protocol: 'bigquery',
    flow: 'none',
    addressDefault: 'https://bigquery.googleapis.com',
    style: 'database',
    operations: {
      ...all({ flow: 'sql', statement: ['0', 'sql'] }, 'ExecuteQuery', 'ExecuteQueryAsync'),
      ...all(pushes('1', '0'), 'InsertRow', 'InsertRowAsync', 'InsertRowsAsync'),
    },
  },
  {
    calls: [
      '#AddOpenAIClient',
      '#AddKeyedOpenAIClient',
      '#AddOpenAIClientFromConfiguration',
      '#AddKeyedOpenAIClientFromConfiguration',
      '#AddOpenAIChatCompletion',
      '#AddOpenAITextEmbeddingGeneration',
    ],
    flow: 'both',
    addressDefault: openAi,
    style: 'request-reply',
  },
  {
    calls: ['#AddAzureOpenAIChatCompletion', '#AddAzureOpenAITextEmbeddingGeneration'],
    flow: 'both',
    address: ['endpoint', '1'],
    style: 'request-reply',
  },
  {
    calls: ['OpenAI.OpenAIClient', 'OpenAI.Chat.ChatClient', 'OpenAI.Embeddings.EmbeddingClient'],
    flow: 'none',
    addressDefault: openAi,
    style: 'request-reply',
    operations: all(
      { flow: 'both' },
      'GetChatClient',
      'GetEmbeddingClient',
      'GetOpenAIResponseClient',
      'AsChatClient',
      'CompleteChat',
      'CompleteChatAsync',
      'CompleteChatStreamingAsync',
      'GenerateEmbeddingAsync',
    ),
  },
  {
    calls: ['Azure.AI.OpenAI.AzureOpenAIClient', 'Azure.AI.OpenAI.OpenAIClient'],
    flow: 'none',
    address: ['0', 'endpoint'],
    style: 'request-reply',
    operations: all(
      { flow: 'both' },
      'GetChatClient',
      'GetEmbeddingClient',
      'GetChatCompletionsAsync',
      'AsChatClient',
    ),
  },
  {
    calls: ['SendGrid.SendGridClient', 'SendGrid.ISendGridClient'],
    flow: 'none',
    addressDefault: 'https://api.sendgrid.com',
    style: 'request-reply',
    operations: { SendEmailAsync: pushes() },
  },
];
