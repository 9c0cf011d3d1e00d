import type { Style } from '../../../vocabulary.ts';
import type { Operation } from './client.ts';
import { client, each, type JavascriptEntry, pullsBy, pushesBy } from './javascript-entry.ts';
import { sql } from './operations.ts';

/** The services of AWS that data goes through, by the name of their package. */
const awsServices: Readonly<Record<string, readonly [protocol: string, style: Style]>> = {
  s3: ['s3', 'file'],
  sqs: ['sqs', 'event'],
  sns: ['sns', 'event'],
  eventbridge: ['eventbridge', 'event'],
  kinesis: ['kinesis', 'stream'],
  firehose: ['kinesis', 'stream'],
  dynamodb: ['dynamodb', 'database'],
  lambda: ['https', 'request-reply'],
  sfn: ['https', 'request-reply'],
  ses: ['smtp', 'event'],
  sesv2: ['smtp', 'event'],
  'secrets-manager': ['https', 'request-reply'],
  ssm: ['https', 'request-reply'],
  athena: ['https', 'database'],
  'bedrock-runtime': ['https', 'request-reply'],
};

/** A command of an AWS service: its parameters, the endpoint of its client, and the resource's short name. */
const aws = Object.entries(awsServices).flatMap(([name, [protocol, style]]) =>
  (['pull', 'push', 'unknown', 'both'] as const).map(
    (flow): JavascriptEntry => ({
      calls: [`aws ${name} ${flow}`],
      flow,
      style,
      protocol,
      address: ['1'],
      resource: ['2'],
      addressDefault: `https://${name}.amazonaws.com`,
    }),
  ),
);

const named: Operation = { flow: 'none', resource: ['0'] };

const azure: readonly JavascriptEntry[] = [
  client(
    '@azure/storage-blob.BlobServiceClient @azure/storage-blob.BlobServiceClient.fromConnectionString @azure/storage-blob.ContainerClient @azure/storage-blob.BlockBlobClient @azure/storage-file-share.ShareServiceClient @azure/storage-file-datalake.DataLakeServiceClient',
    'file',
    'https',
    ['0'],
    {
      getContainerClient: named,
      ...pushesBy('upload uploadData uploadFile uploadStream uploadBlockBlob appendBlock append'),
      ...pullsBy('download downloadToBuffer downloadToFile listBlobsFlat listBlobsByHierarchy'),
    },
  ),
  client(
    '@azure/storage-queue.QueueServiceClient @azure/storage-queue.QueueServiceClient.fromConnectionString @azure/storage-queue.QueueClient',
    'event',
    'https',
    ['0'],
    {
      getQueueClient: named,
      ...pushesBy('sendMessage'),
      ...pullsBy('receiveMessages peekMessages'),
    },
  ),
  client(
    '@azure/data-tables.TableClient @azure/data-tables.TableClient.fromConnectionString',
    'database',
    'https',
    ['0'],
    {
      ...pushesBy('createEntity upsertEntity updateEntity submitTransaction'),
      ...pullsBy('getEntity listEntities'),
    },
    { resource: ['1'] },
  ),
  client('@azure/service-bus.ServiceBusClient', 'event', 'amqp', ['0'], {
    ...each('createSender createReceiver acceptSession', named),
    ...pushesBy('sendMessages scheduleMessages'),
    ...pullsBy('receiveMessages subscribe peekMessages getMessageIterator'),
  }),
  client(
    '@azure/event-hubs.EventHubProducerClient @azure/event-hubs.EventHubBufferedProducerClient',
    'stream',
    'amqp',
    ['0'],
    { ...pushesBy('sendBatch enqueueEvent enqueueEvents') },
    { resource: ['1'] },
  ),
  client(
    '@azure/event-hubs.EventHubConsumerClient',
    'stream',
    'amqp',
    ['1'],
    { ...pullsBy('subscribe') },
    { resource: ['2'] },
  ),
  client(
    '@azure/cosmos.CosmosClient',
    'database',
    'https',
    ['0.endpoint', '0.connectionString', '0'],
    {
      container: named,
      ...pullsBy('query read readAll'),
      ...pushesBy('create upsert replace patch delete bulk batch'),
    },
  ),
  client('@azure/eventgrid.EventGridPublisherClient', 'event', 'https', ['0'], {
    ...pushesBy('send'),
  }),
  client(
    '@azure/keyvault-secrets.SecretClient @azure/app-configuration.AppConfigurationClient',
    'request-reply',
    undefined,
    ['0'],
    {
      ...pullsBy('getSecret getConfigurationSetting listConfigurationSettings', '0'),
      ...pushesBy('setSecret setConfigurationSetting', '0'),
    },
  ),
];

const google: readonly JavascriptEntry[] = [
  client(
    '@google-cloud/storage.Storage',
    'file',
    'gs',
    ['0.apiEndpoint'],
    {
      bucket: named,
      ...pushesBy('upload save createWriteStream'),
      ...pullsBy('download createReadStream getFiles'),
    },
    { addressDefault: 'https://storage.googleapis.com' },
  ),
  client(
    '@google-cloud/pubsub.PubSub',
    'event',
    'pubsub',
    ['0.apiEndpoint'],
    {
      topic: named,
      ...pushesBy('publish publishMessage publishJSON'),
      ...pullsBy('subscription', '0'),
    },
    { addressDefault: 'https://pubsub.googleapis.com' },
  ),
  client(
    '@google-cloud/bigquery.BigQuery',
    'database',
    'bigquery',
    ['0.apiEndpoint'],
    {
      ...each('dataset table', named),
      ...each('query createQueryJob', { ...sql, statement: ['0.query', '0'] }),
      ...pushesBy('insert load'),
      ...pullsBy('getRows'),
    },
    { addressDefault: 'https://bigquery.googleapis.com' },
  ),
  client(
    '@google-cloud/firestore.Firestore firebase-admin/firestore.getFirestore firebase-admin.firestore firebase/firestore.getFirestore',
    'database',
    'firestore',
    [],
    {
      collection: named,
      ...pushesBy('set add update create delete'),
      ...pullsBy('get onSnapshot'),
    },
    { addressDefault: 'https://firestore.googleapis.com' },
  ),
  client(
    '@google-cloud/spanner.Spanner',
    'database',
    'spanner',
    [],
    {
      table: named,
      ...each('run runStream runUpdate', { ...sql, statement: ['0.sql', '0'] }),
      ...pushesBy('insert upsert update replace'),
      ...pullsBy('read'),
    },
    { addressDefault: 'https://spanner.googleapis.com' },
  ),
];

/** Services of the large clouds. */
export const cloudClients: readonly JavascriptEntry[] = [...aws, ...azure, ...google];
