import type { Style } from '../../../vocabulary.ts';
import type { ClientEntry } from './client.ts';

/** A client integration of .NET Aspire: it names a resource, which the app host or a setting maps. */
const resource = (protocol: string, style: Style, ...methods: string[]): ClientEntry => ({
  calls: methods.flatMap((method) => [`#Add${method}`, `#AddKeyed${method}`]),
  protocol,
  flow: style === 'request-reply' ? 'unknown' : 'none',
  address: ['0', 'connectionName', 'name'],
  style,
});

/** Client integrations of .NET Aspire. */
export const csharpAspire: readonly ClientEntry[] = [
  resource('postgresql', 'database', 'NpgsqlDbContext', 'NpgsqlDataSource', 'AzureNpgsqlDbContext'),
  resource('mssql', 'database', 'SqlServerDbContext', 'SqlServerClient'),
  resource('mysql', 'database', 'MySqlDbContext', 'MySqlDataSource'),
  resource('oracle', 'database', 'OracleDatabaseDbContext'),
  resource('mongodb', 'database', 'MongoDBClient', 'MongoDbContext'),
  resource('cosmosdb', 'database', 'AzureCosmosClient', 'CosmosDbContext'),
  resource(
    'redis',
    'database',
    'Redis',
    'RedisClient',
    'RedisClientBuilder',
    'RedisDistributedCache',
    'RedisOutputCache',
    'ValkeyClient',
    'GarnetClient',
  ),
  resource('elasticsearch', 'database', 'ElasticsearchClient'),
  resource('qdrant', 'database', 'QdrantClient'),
  resource('milvus', 'database', 'MilvusClient'),
  resource(
    'amqp',
    'event',
    'RabbitMQ',
    'RabbitMQClient',
    'AzureServiceBusClient',
    'AzureServiceBus',
  ),
  resource('nats', 'event', 'NatsClient'),
  { ...resource('kafka', 'event', 'KafkaProducer'), flow: 'push' },
  { ...resource('kafka', 'event', 'KafkaConsumer'), flow: 'pull' },
  {
    ...resource(
      'amqp',
      'stream',
      'AzureEventHubProducerClient',
      'AzureEventHubBufferedProducerClient',
    ),
    flow: 'push',
  },
  {
    ...resource('amqp', 'stream', 'AzureEventHubConsumerClient', 'AzureEventProcessorClient'),
    flow: 'pull',
  },
  resource(
    'https',
    'file',
    'AzureBlobClient',
    'AzureBlobServiceClient',
    'AzureBlobContainerClient',
  ),
  resource('messaging', 'event', 'AzureQueueClient', 'AzureQueueServiceClient'),
  resource('database', 'database', 'AzureTableClient', 'AzureTableServiceClient'),
  resource('https', 'request-reply', 'AzureKeyVaultClient', 'AzureKeyVaultSecrets'),
  resource('https', 'request-reply', 'AzureOpenAIClient', 'OllamaApiClient', 'MeilisearchClient'),
];
