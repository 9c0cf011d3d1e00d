import type { Style } from '../../../vocabulary.ts';
import type { ClientEntry, Operation } from './client.ts';
import { methods, setsAddress, types } from './java-settings.ts';
import { pulls, pushes } from './operations.ts';

const aws = (
  calls: readonly string[],
  protocol: string,
  style: Style,
  addressDefault: string,
  operations: Readonly<Record<string, Operation>>,
): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  style,
  addressDefault,
  operations: {
    endpointOverride: setsAddress,
    withEndpointConfiguration: setsAddress,
    setEndpoint: setsAddress,
    ...operations,
  },
});

/** Both generations of one of Amazon's clients. */
const amazon = (v1: string, v2: string, name: string): string[] => [
  ...types(`com.amazonaws.services.${v1}`, [
    `${name}`,
    `${name}Client`,
    `${name}ClientBuilder.standard`,
    `${name}ClientBuilder.defaultClient`,
    `${name}AsyncClientBuilder.standard`,
  ]),
  ...types(`software.amazon.awssdk.services.${v2}`, [
    `${name.replace(/^(?:Amazon|AWS)/, '')}`,
  ]).flatMap((base) => {
    const dot = base.lastIndexOf('.');
    const short = shortNames[base.slice(dot + 1)] ?? base.slice(dot + 1);
    const client = `${base.slice(0, dot)}.${short}`;
    return [
      `${client}Client`,
      `${client}Client.builder`,
      `${client}Client.create`,
      `${client}AsyncClient`,
      `${client}AsyncClient.builder`,
      `${client}AsyncClient.create`,
    ];
  }),
];

/** Names that the second generation writes in another way. */
const shortNames: Readonly<Record<string, string>> = {
  SQS: 'Sqs',
  SNS: 'Sns',
  DynamoDB: 'DynamoDb',
  Lambda: 'Lambda',
  SimpleEmailService: 'Ses',
};

const bucket = ['0.bucket', '0.bucketName', '0.0', '0'];
const table = ['0.tableName', '0.0', '0'];

const cloudStyle = { style: 'request-reply' } as const;

/** Services of Amazon, Microsoft and Google. */
export const javaCloudClients: readonly ClientEntry[] = [
  aws(amazon('s3', 's3', 'AmazonS3'), 's3', 'file', 's3.amazonaws.com', {
    ...methods('putObject uploadPart copyObject', pushes(...bucket)),
    ...methods(
      'getObject getObjectAsBytes getObjectAsString listObjects listObjectsV2 headObject',
      pulls(...bucket),
    ),
    ...methods('deleteObject deleteObjects', { flow: 'unknown', resource: bucket }),
  }),
  aws(
    [
      'com.amazonaws.services.s3.transfer.TransferManagerBuilder.standard',
      'software.amazon.awssdk.transfer.s3.S3TransferManager.create',
      'software.amazon.awssdk.transfer.s3.S3TransferManager',
      'io.awspring.cloud.s3.S3Template',
    ],
    's3',
    'file',
    's3.amazonaws.com',
    {
      ...methods('upload uploadFile store', pushes(...bucket)),
      ...methods('download downloadFile read', pulls(...bucket)),
    },
  ),
  aws(amazon('sqs', 'sqs', 'AmazonSQS'), 'sqs', 'event', 'sqs.amazonaws.com', {
    ...methods('sendMessage sendMessageBatch', {
      flow: 'push',
      address: ['0.queueUrl', '0.0', '0'],
    }),
    receiveMessage: { flow: 'pull', address: ['0.queueUrl', '0.0', '0'] },
  }),
  aws(amazon('sns', 'sns', 'AmazonSNS'), 'sns', 'event', 'sns.amazonaws.com', {
    ...methods('publish publishBatch', pushes('0.topicArn', '0.0', '0')),
  }),
  aws(
    [
      'io.awspring.cloud.sqs.operations.SqsTemplate',
      'org.springframework.cloud.aws.messaging.core.QueueMessagingTemplate',
    ],
    'sqs',
    'event',
    'sqs.amazonaws.com',
    { ...methods('convertAndSend send sendAsync', pushes('0')), receive: pulls('0') },
  ),
  aws(
    [
      'io.awspring.cloud.sns.core.SnsTemplate',
      'org.springframework.cloud.aws.messaging.core.NotificationMessagingTemplate',
    ],
    'sns',
    'event',
    'sns.amazonaws.com',
    methods('convertAndSend sendNotification send', pushes('0')),
  ),
  {
    calls: [
      '@io.awspring.cloud.sqs.annotation.SqsListener',
      '@io.awspring.cloud.messaging.listener.annotation.SqsListener',
      '@org.springframework.cloud.aws.messaging.listener.annotation.SqsListener',
    ],
    protocol: 'sqs',
    flow: 'pull',
    resource: ['0', 'value', 'queueNames', 'queueNames.0'],
    addressDefault: 'sqs.amazonaws.com',
    style: 'event',
  },
  aws(
    amazon('dynamodbv2', 'dynamodb', 'AmazonDynamoDB'),
    'https',
    'database',
    'dynamodb.amazonaws.com',
    {
      ...methods('putItem updateItem deleteItem', pushes(...table)),
      ...methods('batchWriteItem transactWriteItems save', pushes()),
      ...methods('getItem query scan', pulls(...table)),
      ...methods('batchGetItem load', pulls()),
    },
  ),
  aws(
    [
      'com.amazonaws.services.dynamodbv2.datamodeling.DynamoDBMapper',
      'software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient',
      'software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient.builder',
    ],
    'https',
    'database',
    'dynamodb.amazonaws.com',
    {
      ...methods('save putItem updateItem deleteItem delete', { flow: 'push' }),
      ...methods('load query scan getItem', { flow: 'pull' }),
    },
  ),
  aws(amazon('kinesis', 'kinesis', 'AmazonKinesis'), 'https', 'event', 'kinesis.amazonaws.com', {
    ...methods('putRecord putRecords', pushes('0.streamName', '0.0', '0')),
    ...methods('getRecords getShardIterator', pulls('0.streamName', '0.0', '0')),
  }),
  aws(amazon('lambda', 'lambda', 'AWSLambda'), 'https', 'request-reply', 'lambda.amazonaws.com', {
    invoke: { flow: 'both', resource: ['0.functionName'] },
  }),
  {
    calls: types('com.azure.storage.blob', [
      'BlobServiceClientBuilder',
      'BlobContainerClientBuilder',
      'BlobClientBuilder',
      'BlobServiceClient',
      'BlobContainerClient',
      'BlobClient',
    ]),
    protocol: 'https',
    flow: 'none',
    style: 'file',
    addressDefault: '{env:spring.cloud.azure.storage.blob.endpoint}',
    operations: {
      ...methods('endpoint connectionString', setsAddress),
      ...methods('upload uploadFromFile uploadWithResponse', pushes()),
      ...methods('downloadStream downloadToFile downloadContent openInputStream', pulls()),
    },
  },
  {
    calls: [
      'com.azure.storage.queue.QueueClientBuilder',
      'com.azure.storage.queue.QueueClient',
      'com.azure.messaging.servicebus.ServiceBusClientBuilder',
      'com.azure.messaging.servicebus.ServiceBusSenderClient',
      'com.azure.messaging.eventhubs.EventHubClientBuilder',
      'com.azure.messaging.eventhubs.EventHubProducerClient',
    ],
    protocol: 'amqps',
    flow: 'none',
    style: 'event',
    addressDefault: '{env:spring.cloud.azure.servicebus.namespace}',
    operations: {
      ...methods('endpoint connectionString fullyQualifiedNamespace', setsAddress),
      ...methods('sendMessage sendMessages send', pushes()),
      ...methods('receiveMessage receiveMessages receiver processor buildConsumerClient', pulls()),
    },
  },
  {
    calls: types('com.azure.cosmos', ['CosmosClientBuilder', 'CosmosClient', 'CosmosContainer']),
    protocol: 'https',
    flow: 'none',
    style: 'database',
    addressDefault: '{env:spring.cloud.azure.cosmos.endpoint}',
    operations: {
      endpoint: setsAddress,
      ...methods('createItem upsertItem replaceItem', { flow: 'push' }),
      ...methods('readItem queryItems readAllItems', { flow: 'pull' }),
    },
  },
  {
    calls: types('com.google.cloud.storage', [
      'Storage',
      'StorageOptions.newBuilder',
      'StorageOptions.getDefaultInstance',
    ]),
    protocol: 'gs',
    flow: 'none',
    style: 'file',
    addressDefault: 'storage.googleapis.com',
    operations: {
      ...methods('create createFrom writer', pushes()),
      ...methods('readAllBytes reader downloadTo list', pulls('0')),
    },
  },
  {
    calls: ['com.google.cloud.pubsub.v1.Publisher.newBuilder'],
    protocol: 'https',
    flow: 'push',
    resource: ['0'],
    style: 'event',
    addressDefault: 'pubsub.googleapis.com',
  },
  {
    calls: ['com.google.cloud.pubsub.v1.Subscriber.newBuilder'],
    protocol: 'https',
    flow: 'pull',
    resource: ['0'],
    style: 'event',
    addressDefault: 'pubsub.googleapis.com',
  },
  {
    calls: [
      'com.google.cloud.spring.pubsub.core.PubSubTemplate',
      'org.springframework.cloud.gcp.pubsub.core.PubSubTemplate',
    ],
    protocol: 'https',
    flow: 'none',
    style: 'event',
    addressDefault: 'pubsub.googleapis.com',
    operations: {
      publish: pushes('0'),
      ...methods('subscribe subscribeAndConvert pull pullAndAck', pulls('0')),
    },
  },
  {
    calls: types('com.google.cloud.bigquery', [
      'BigQuery',
      'BigQueryOptions.getDefaultInstance',
      'BigQueryOptions.newBuilder',
    ]),
    protocol: 'https',
    flow: 'none',
    style: 'database',
    addressDefault: 'bigquery.googleapis.com',
    operations: { query: pulls(), insertAll: pushes(), writer: pushes() },
  },
  {
    calls: ['com.google.cloud.firestore.FirestoreOptions.getDefaultInstance'],
    protocol: 'https',
    flow: 'none',
    style: 'database',
    addressDefault: 'firestore.googleapis.com',
    operations: { ...methods('set update add', { flow: 'push' }), get: { flow: 'pull' } },
  },
  {
    ...cloudStyle,
    calls: ['com.stripe.Stripe.apiKey='],
    protocol: 'https',
    flow: 'both',
    addressDefault: 'api.stripe.com',
  },
  {
    ...cloudStyle,
    calls: ['com.twilio.Twilio.init'],
    protocol: 'https',
    flow: 'push',
    addressDefault: 'api.twilio.com',
  },
  {
    calls: ['com.sendgrid.SendGrid'],
    protocol: 'https',
    flow: 'none',
    addressDefault: 'api.sendgrid.com',
    ...cloudStyle,
    operations: { api: { flow: 'push' } },
  },
];
