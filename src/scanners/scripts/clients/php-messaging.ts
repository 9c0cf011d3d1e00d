import type { ClientEntry } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

const amqpConnections = [
  'AMQPStreamConnection',
  'AMQPSSLConnection',
  'AMQPLazyConnection',
  'AMQPConnection',
];

/** Message brokers and cloud services of PHP. */
export const phpMessaging: readonly ClientEntry[] = [
  {
    calls: amqpConnections.map((name) => `PhpAmqpLib.Connection.${name}`),
    protocol: 'amqp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: {
      // message, exchange, routing key; the default exchange has no name
      basic_publish: pushes('1', '2'),
      basic_consume: pulls('0'),
      basic_get: pulls('0'),
    },
  },
  {
    calls: ['RdKafka.Conf'],
    protocol: 'kafka',
    flow: 'none',
    style: 'event',
    operations: { setBrokers: { flow: 'none', address: ['0'] } },
  },
  {
    calls: ['RdKafka.Producer', 'RdKafka.KafkaConsumer', 'RdKafka.Consumer'],
    protocol: 'kafka',
    isMadeFrom: true,
    flow: 'none',
    style: 'event',
    operations: {
      addBrokers: { flow: 'none', address: ['0'] },
      newTopic: { flow: 'none', resource: ['0'] },
      ...each('push', 'produce', 'producev'),
      subscribe: pulls('0.0', '0'),
      consumeStart: pulls(),
    },
  },
  {
    calls: ['Stomp', 'Stomp.Client', 'Stomp.StatefulStomp'],
    protocol: 'stomp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: { send: pushes('0'), subscribe: pulls('0') },
  },
  {
    calls: ['PhpMqtt.Client.MqttClient', 'Bluerhinos.phpMQTT'],
    protocol: 'mqtt',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: { publish: pushes('0'), subscribe: pulls('0') },
  },
  {
    calls: ['Pheanstalk.Pheanstalk.create', 'Pheanstalk.Pheanstalk'],
    protocol: 'beanstalk',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: {
      useTube: { flow: 'none', resource: ['0'] },
      watch: { flow: 'none', resource: ['0'] },
      ...each('push', 'put'),
      ...each('pull', 'reserve'),
    },
  },
  {
    calls: ['Aws.S3.S3Client', 'Aws.S3.S3Client.factory'],
    protocol: 's3',
    address: ['0.endpoint'],
    addressDefault: 'https://s3.amazonaws.com',
    flow: 'none',
    style: 'file',
    operations: {
      ...eachOf('push', ['0.Bucket', '0'], 'putObject', 'upload', 'copyObject'),
      ...eachOf('pull', ['0.Bucket'], 'getObject', 'listObjects', 'listObjectsV2', 'headObject'),
    },
  },
  {
    calls: ['Aws.Sqs.SqsClient', 'Aws.Sqs.SqsClient.factory'],
    protocol: 'sqs',
    addressDefault: 'https://sqs.amazonaws.com',
    flow: 'none',
    style: 'event',
    operations: {
      ...eachOf('push', ['0.QueueUrl'], 'sendMessage', 'sendMessageBatch'),
      ...eachOf('pull', ['0.QueueUrl'], 'receiveMessage'),
    },
  },
  {
    calls: ['Aws.Sns.SnsClient'],
    protocol: 'sns',
    addressDefault: 'https://sns.amazonaws.com',
    flow: 'none',
    style: 'event',
    operations: eachOf('push', ['0.TopicArn'], 'publish'),
  },
  {
    calls: ['Aws.DynamoDb.DynamoDbClient'],
    protocol: 'dynamodb',
    addressDefault: 'https://dynamodb.amazonaws.com',
    flow: 'none',
    style: 'database',
    operations: {
      ...eachOf('pull', ['0.TableName'], 'getItem', 'query', 'scan'),
      ...eachOf('push', ['0.TableName'], 'putItem', 'updateItem'),
    },
  },
  {
    calls: ['Google.Cloud.Storage.StorageClient'],
    protocol: 'gs',
    addressDefault: 'https://storage.googleapis.com',
    flow: 'none',
    style: 'file',
    operations: {
      bucket: { flow: 'none', resource: ['0'] },
      ...each('push', 'upload'),
      ...each('pull', 'downloadToFile', 'downloadAsString', 'objects'),
    },
  },
  {
    calls: ['Google.Cloud.PubSub.PubSubClient'],
    protocol: 'pubsub',
    addressDefault: 'https://pubsub.googleapis.com',
    flow: 'none',
    style: 'event',
    operations: {
      topic: { flow: 'none', resource: ['0'] },
      subscription: { flow: 'none', resource: ['0'] },
      ...each('push', 'publish'),
      ...each('pull', 'pull'),
    },
  },
];
