import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

const aws = (
  service: string,
  address: string,
  protocol: string,
  style: ClientEntry['style'],
  resource: string,
  pullMethods: readonly string[],
  pushMethods: readonly string[],
): ClientEntry => ({
  calls: [
    ...['New', 'S3', 'SQS', 'SNS', 'DynamoDB', 'Kinesis', 'Firehose'].map(
      (name) => `github.com/aws/aws-sdk-go/service/${service}.${name}`,
    ),
    ...['NewFromConfig', 'New', 'Client'].map(
      (name) => `github.com/aws/aws-sdk-go-v2/service/${service}.${name}`,
    ),
  ],
  protocol,
  addressDefault: address,
  flow: 'none',
  style,
  operations: Object.fromEntries(
    (
      [
        ['pull', pullMethods],
        ['push', pushMethods],
      ] as const
    ).flatMap(([flow, methods]) =>
      methods.flatMap((method): [string, Operation][] => [
        [method, { flow, resource: [`1.${resource}`, `0.${resource}`] }],
        [`${method}WithContext`, { flow, resource: [`1.${resource}`] }],
      ]),
    ),
  ),
});

/** Cloud services of Go. */
export const goCloudClients: readonly ClientEntry[] = [
  aws(
    's3',
    'https://s3.amazonaws.com',
    's3',
    'file',
    'Bucket',
    ['GetObject', 'ListObjects', 'ListObjectsV2', 'HeadObject'],
    ['PutObject', 'CopyObject'],
  ),
  aws(
    'sqs',
    'https://sqs.amazonaws.com',
    'sqs',
    'event',
    'QueueUrl',
    ['ReceiveMessage'],
    ['SendMessage', 'SendMessageBatch'],
  ),
  aws(
    'sns',
    'https://sns.amazonaws.com',
    'sns',
    'event',
    'TopicArn',
    [],
    ['Publish', 'PublishBatch'],
  ),
  aws(
    'dynamodb',
    'https://dynamodb.amazonaws.com',
    'dynamodb',
    'database',
    'TableName',
    ['GetItem', 'Query', 'Scan', 'BatchGetItem'],
    ['PutItem', 'UpdateItem', 'BatchWriteItem'],
  ),
  aws(
    'kinesis',
    'https://kinesis.amazonaws.com',
    'kinesis',
    'stream',
    'StreamName',
    ['GetRecords'],
    ['PutRecord', 'PutRecords'],
  ),
  aws(
    'firehose',
    'https://firehose.amazonaws.com',
    'firehose',
    'stream',
    'DeliveryStreamName',
    [],
    ['PutRecord', 'PutRecordBatch'],
  ),
  {
    calls: [
      'github.com/aws/aws-sdk-go/service/s3/s3manager.NewUploader',
      'github.com/aws/aws-sdk-go-v2/feature/s3/manager.NewUploader',
    ],
    protocol: 's3',
    addressDefault: 'https://s3.amazonaws.com',
    flow: 'none',
    style: 'file',
    operations: eachOf('push', ['1.Bucket', '0.Bucket'], 'Upload', 'UploadWithContext'),
  },
  {
    calls: [
      'github.com/aws/aws-sdk-go/service/s3/s3manager.NewDownloader',
      'github.com/aws/aws-sdk-go-v2/feature/s3/manager.NewDownloader',
    ],
    protocol: 's3',
    addressDefault: 'https://s3.amazonaws.com',
    flow: 'none',
    style: 'file',
    operations: eachOf('pull', ['2.Bucket', '1.Bucket'], 'Download', 'DownloadWithContext'),
  },
  {
    calls: ['github.com/minio/minio-go.New'],
    protocol: 's3',
    address: ['0'],
    flow: 'none',
    style: 'file',
    operations: {
      ...eachOf('push', ['1'], 'PutObject', 'FPutObject'),
      ...eachOf('pull', ['1'], 'GetObject', 'FGetObject', 'ListObjects'),
    },
  },
  {
    calls: ['cloud.google.com/go/storage.NewClient', 'cloud.google.com/go/storage.Client'],
    protocol: 'gs',
    addressDefault: 'https://storage.googleapis.com',
    flow: 'none',
    style: 'file',
    operations: {
      Bucket: { flow: 'none', resource: ['0'] },
      ...each('pull', 'NewReader', 'NewRangeReader', 'Objects'),
      ...each('push', 'NewWriter'),
    },
  },
  {
    calls: ['cloud.google.com/go/pubsub.NewClient', 'cloud.google.com/go/pubsub.Client'],
    protocol: 'pubsub',
    addressDefault: 'https://pubsub.googleapis.com',
    flow: 'none',
    style: 'event',
    operations: {
      Topic: { flow: 'none', resource: ['0'] },
      Publisher: { flow: 'none', resource: ['0'] },
      Subscription: { flow: 'none', resource: ['0'] },
      Subscriber: { flow: 'none', resource: ['0'] },
      Publish: pushes(),
      Receive: pulls(),
    },
  },
  {
    calls: ['cloud.google.com/go/spanner.NewClient', 'cloud.google.com/go/spanner.Client'],
    protocol: 'spanner',
    addressDefault: 'https://spanner.googleapis.com',
    flow: 'none',
    style: 'database',
    operations: {
      ...eachOf('pull', ['1'], 'Read', 'ReadRow'),
      ...each('pull', 'Query'),
      ...each('push', 'Apply', 'ReadWriteTransaction', 'BufferWrite'),
    },
  },
  {
    calls: ['cloud.google.com/go/firestore.NewClient', 'cloud.google.com/go/firestore.Client'],
    protocol: 'firestore',
    addressDefault: 'https://firestore.googleapis.com',
    flow: 'none',
    style: 'database',
    operations: {
      Collection: { flow: 'none', resource: ['0'] },
      ...each('pull', 'Get', 'Documents', 'GetAll'),
      ...each('push', 'Set', 'Add', 'Create', 'Update'),
    },
  },
  {
    calls: ['cloud.google.com/go/bigquery.NewClient', 'cloud.google.com/go/bigquery.Client'],
    protocol: 'bigquery',
    addressDefault: 'https://bigquery.googleapis.com',
    flow: 'none',
    style: 'database',
    operations: {
      Table: { flow: 'none', resource: ['0'] },
      Query: { flow: 'sql', statement: ['0'] },
      ...each('push', 'Put', 'Inserter', 'LoaderFrom'),
    },
  },
  {
    calls: [
      'NewClient',
      'NewClientWithSharedKeyCredential',
      'NewClientWithNoCredential',
      'NewClientFromConnectionString',
    ].map((name) => `github.com/Azure/azure-sdk-for-go/sdk/storage/azblob.${name}`),
    protocol: 'blob',
    address: ['0'],
    flow: 'none',
    style: 'file',
    operations: {
      ...eachOf('push', ['1'], 'UploadFile', 'UploadBuffer', 'UploadStream'),
      ...eachOf('pull', ['1'], 'DownloadFile', 'DownloadBuffer', 'DownloadStream'),
    },
  },
  {
    calls: ['NewClient', 'NewClientFromConnectionString'].map(
      (name) => `github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus.${name}`,
    ),
    protocol: 'amqp',
    address: ['0'],
    flow: 'none',
    style: 'event',
    operations: {
      NewSender: { flow: 'none', resource: ['0'] },
      NewReceiverForQueue: { flow: 'none', resource: ['0'] },
      NewReceiverForSubscription: { flow: 'none', resource: ['0'] },
      ...each('push', 'SendMessage', 'SendMessageBatch'),
      ...each('pull', 'ReceiveMessages'),
    },
  },
  {
    calls: ['github.com/slack-go/slack.New'],
    addressDefault: 'https://slack.com/api/',
    flow: 'none',
    style: 'request-reply',
    operations: eachOf('push', ['0'], 'PostMessage', 'PostMessageContext', 'UploadFile'),
  },
  {
    calls: ['github.com/sendgrid/sendgrid-go.NewSendClient'],
    addressDefault: 'https://api.sendgrid.com',
    flow: 'none',
    style: 'request-reply',
    operations: each('push', 'Send', 'SendWithContext'),
  },
  {
    calls: ['github.com/sashabaranov/go-openai.NewClient'],
    addressDefault: 'https://api.openai.com',
    flow: 'none',
    style: 'request-reply',
    operations: each(
      'both',
      'CreateChatCompletion',
      'CreateEmbeddings',
      'CreateChatCompletionStream',
    ),
  },
];
