import {
  client,
  each,
  exchange,
  type JavascriptEntry,
  pullsBy,
  pushesBy,
} from './javascript-entry.ts';
import { messaging } from './operations.ts';

const brokers = ['0.metadata.broker.list', '0.bootstrap.servers', '1.metadata.broker.list'];
const channel = {
  ...pushesBy('publish', '0', '1'),
  ...pushesBy('sendToQueue', '0'),
  ...pullsBy('consume get', '0'),
};
const queue = ['2.connection.url', '2.connection.host', '1.connection.url', '1.connection.host'];
const transport = [
  '0.options.urls.0',
  '0.options.url',
  '0.options.servers.0',
  '0.options.servers',
  '0.options.client.brokers.0',
  '0.options.client.brokers',
  '0.options.host',
];
const served = [
  '1.options.urls.0',
  '1.options.servers.0',
  '1.options.client.brokers.0',
  '1.options.client.brokers',
];

/** Brokers, queues and mail. */
export const messagingClients: readonly JavascriptEntry[] = [
  client('kafkajs.Kafka', 'event', 'kafka', ['0.brokers.0', '0.brokers'], {
    ...messaging,
    ...pushesBy('sendBatch', '0.topicMessages.0.topic'),
  }),
  client(
    '@confluentinc/kafka-javascript.KafkaJS.Kafka',
    'event',
    'kafka',
    ['0.kafkaJS.brokers.0', '0.kafkaJS.brokers'],
    messaging,
  ),
  client(
    'node-rdkafka.Producer node-rdkafka.HighLevelProducer node-rdkafka.KafkaConsumer node-rdkafka.createReadStream node-rdkafka.createWriteStream',
    'event',
    'kafka',
    brokers,
    messaging,
  ),
  client(
    'amqplib.connect amqplib/callback_api.connect',
    'event',
    'amqp',
    ['0.hostname', '0'],
    channel,
  ),
  client(
    'amqp-connection-manager.connect',
    'event',
    'amqp',
    ['0.0.url', '0.0', '0.urls.0', '0'],
    channel,
  ),
  client(
    'rhea.connect rhea.create_container rhea-promise.Connection',
    'event',
    'amqp',
    ['0.host'],
    {
      connect: { flow: 'none', address: ['0.host'] },
      ...pushesBy(
        'open_sender createSender createAwaitableSender',
        '0.target.address',
        '0.target',
        '0',
      ),
      ...pullsBy('open_receiver createReceiver', '0.source.address', '0.source', '0'),
    },
  ),
  client('stompit.connect stompit.ConnectFailover', 'event', 'stomp', ['0.host', '0.0.host'], {
    ...pushesBy('send', '0.destination'),
    ...pullsBy('subscribe', '0.destination', '0'),
  }),
  client(
    '@stomp/stompjs.Client stompjs.client webstomp-client.client',
    'event',
    'stomp',
    ['0.brokerURL', '0'],
    {
      ...pushesBy('publish', '0.destination', '0'),
      ...pushesBy('send', '0'),
      ...pullsBy('subscribe', '0'),
    },
  ),
  client(
    'mqtt.connect mqtt.connectAsync async-mqtt.connect async-mqtt.connectAsync',
    'event',
    'mqtt',
    ['0.host', '0.servers.0.host', '0'],
    {
      ...pushesBy('publish publishAsync', '0'),
      ...pullsBy('subscribe subscribeAsync', '0', '0.0'),
    },
  ),
  client(
    'nats.connect @nats-io/transport-node.connect @nats-io/nats-core.wsconnect',
    'event',
    'nats',
    ['0.servers.0', '0.servers', '0.url', '0'],
    {
      ...pushesBy('publish', '0'),
      ...pullsBy('subscribe', '0'),
      request: { flow: 'both', resource: ['0'] },
    },
  ),
  client('node-nats-streaming.connect', 'event', 'nats', ['2.url'], messaging),
  client(
    'zeromq.Push zeromq.Publisher zeromq.Pull zeromq.Subscriber zeromq.Request zeromq.Dealer',
    'event',
    'zeromq',
    [],
    {
      connect: { flow: 'none', address: ['0'] },
      ...pushesBy('send'),
      ...pullsBy('receive subscribe'),
    },
  ),
  client(
    'bullmq.Queue',
    'event',
    'redis',
    queue,
    { ...pushesBy('add addBulk') },
    { resource: ['0'] },
  ),
  client('bullmq.FlowProducer', 'event', 'redis', ['0.connection.url', '0.connection.host'], {
    ...pushesBy('add addBulk', '0.queueName'),
  }),
  exchange('bullmq.Worker', 'pull', queue, { style: 'event', protocol: 'redis', resource: ['0'] }),
  client(
    'bull bee-queue',
    'event',
    'redis',
    ['1.redis.host', '1.redis', '0.redis.host', '1'],
    {
      ...pushesBy('add createJob'),
      ...pullsBy('process'),
    },
    { resource: ['0'] },
  ),
  client(
    '@nestjs/bull.BullModule.forRoot @nestjs/bull.BullModule.forRootAsync @nestjs/bullmq.BullModule.forRoot @nestjs/bullmq.BullModule.forRootAsync',
    'event',
    'redis',
    ['0.redis.url', '0.redis.host', '0.redis', '0.connection.url', '0.connection.host', '0.url'],
    {},
  ),
  exchange('sqs-consumer.Consumer.create', 'pull', ['0.queueUrl'], {
    style: 'event',
    protocol: 'sqs',
  }),
  client(
    '@nestjs/microservices.ClientProxyFactory.create @nestjs/microservices.ClientsModule.register @nestjs/microservices.ClientsModule.registerAsync @@nestjs/microservices.Client',
    'event',
    'messaging',
    transport,
    {
      ...each('send', { flow: 'both', resource: ['0.cmd', '0'] }),
      ...pushesBy('emit', '0'),
    },
  ),
  client(
    '@nestjs/microservices.ClientProxy @nestjs/microservices.ClientKafka',
    'event',
    'messaging',
    [],
    {
      ...each('send', { flow: 'both', resource: ['0.cmd', '0'] }),
      ...pushesBy('emit', '0'),
    },
  ),
  exchange('@nestjs/core.NestFactory.createMicroservice', 'pull', served, {
    style: 'event',
    protocol: 'messaging',
    resource: ['1.options.queue'],
    needsAddress: true,
  }),
  client('nodemailer.createTransport', 'event', 'smtp', ['0.host', '0.service', '0'], {
    ...pushesBy('sendMail'),
  }),
  client(
    '@nestjs-modules/mailer.MailerModule.forRoot @nestjs-modules/mailer.MailerModule.forRootAsync',
    'event',
    'smtp',
    ['0.transport.host', '0.transport'],
    {},
  ),
  client('imapflow.ImapFlow imap node-imap', 'event', 'imap', ['0.host'], {
    ...pullsBy('fetch fetchOne openBox download'),
    append: { flow: 'push' },
  }),
];
