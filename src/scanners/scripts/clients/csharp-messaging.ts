import type { ClientEntry, Operation } from './client.ts';
import { all } from './csharp-operations.ts';
import { pulls, pushes } from './operations.ts';

/** The type of an event is its topic where nothing else names one. */
const byType: Readonly<Record<string, Operation>> = all(
  pushes('<0>'),
  'Publish',
  'PublishAsync',
  'PublishBatch',
  'Send',
  'SendAsync',
  'SendLocal',
  'SchedulePublish',
  'ScheduleSend',
  'Defer',
);

const setsAddress: Operation = { flow: 'none', address: ['0'] };

/** A bus library that has no address of its own where it is used. */
const bus = (...calls: string[]): ClientEntry => ({
  calls,
  protocol: 'messaging',
  flow: 'none',
  style: 'event',
  operations: byType,
});

const handler = (...calls: string[]): ClientEntry => ({
  calls,
  protocol: 'messaging',
  flow: 'pull',
  resource: ['<0>'],
  style: 'event',
});

/** The transport of a bus: where its broker is. */
const transport = (protocol: string, ...calls: string[]): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  address: ['0'],
  style: 'event',
  operations: {
    ...all(setsAddress, 'Host', 'ConnectionString', 'HostName=', 'ConnectionString='),
    ReceiveEndpoint: pulls('0'),
    TopicEndpoint: pulls('0'),
    SubscriptionEndpoint: pulls('1', '0'),
  },
});

/** Message brokers and bus libraries of C#. */
export const csharpMessaging: readonly ClientEntry[] = [
  {
    calls: [
      'RabbitMQ.Client.ConnectionFactory',
      'RabbitMQ.Client.IConnectionFactory',
      'RabbitMQ.Client.IConnection',
      'RabbitMQ.Client.IModel',
      'RabbitMQ.Client.IChannel',
    ],
    protocol: 'amqp',
    flow: 'none',
    address: ['Uri', 'HostName'],
    style: 'event',
    operations: {
      ...all(setsAddress, 'Uri=', 'HostName='),
      ...all(pushes('0', 'exchange', '1', 'routingKey'), 'BasicPublish', 'BasicPublishAsync'),
      ...all(pulls('0', 'queue'), 'BasicConsume', 'BasicConsumeAsync', 'BasicGet', 'BasicGetAsync'),
      ...all(pulls('1', 'exchange'), 'QueueBind', 'QueueBindAsync'),
    },
  },
  transport(
    'amqp',
    '#UsingRabbitMq',
    'MassTransit.Bus.Factory.CreateUsingRabbitMq',
    '#UseRabbitMq',
    '#UseRabbitMQ',
    '#UseTransport',
  ),
  transport('amqp', '#UsingAzureServiceBus', '#UseAzureServiceBus'),
  transport('sqs', '#UsingAmazonSqs', '#UseAmazonSQS'),
  transport('kafka', '#UsingKafka', '#UseKafka'),
  bus(
    'MassTransit.IBus',
    'MassTransit.IBusControl',
    'MassTransit.IPublishEndpoint',
    'MassTransit.ISendEndpoint',
    'MassTransit.ITopicProducer',
  ),
  bus(
    'NServiceBus.IMessageSession',
    'NServiceBus.IEndpointInstance',
    'NServiceBus.IMessageHandlerContext',
  ),
  bus('Rebus.Bus.IBus'),
  // Buses of one's own; the interface says what it is.
  bus(
    'IEventBus',
    'IEventPublisher',
    'IIntegrationEventPublisher',
    'IMessageBus',
    'IMessagePublisher',
  ),
  handler(
    '@MassTransit.IConsumer',
    '@NServiceBus.IHandleMessages',
    '@Rebus.Handlers.IHandleMessages',
    '@IIntegrationEventHandler',
    '#AddSubscription',
  ),
  {
    calls: ['MassTransit.IRequestClient'],
    protocol: 'messaging',
    flow: 'none',
    style: 'request-reply',
    operations: { GetResponse: { flow: 'both' } },
  },
  {
    calls: ['EasyNetQ.RabbitHutch.CreateBus', 'EasyNetQ.IBus'],
    protocol: 'amqp',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: {
      ...all(pushes('<0>'), 'Publish', 'PublishAsync', 'FuturePublishAsync'),
      ...all(pulls('<0>', '0'), 'Subscribe', 'SubscribeAsync'),
      ...all(pushes('0'), 'Send', 'SendAsync'),
      ...all(pulls('0'), 'Receive', 'ReceiveAsync'),
      ...all({ flow: 'both', resource: ['<0>'] }, 'RequestAsync', 'RespondAsync'),
    },
  },
  {
    calls: ['DotNetCore.CAP.ICapPublisher'],
    protocol: 'messaging',
    flow: 'none',
    style: 'event',
    operations: all(pushes('0'), 'Publish', 'PublishAsync', 'PublishDelay', 'PublishDelayAsync'),
  },
  { ...handler('@DotNetCore.CAP.CapSubscribe'), resource: ['0'] },
  { ...handler('#ListenToRabbitQueue'), protocol: 'amqp', resource: ['0'] },
  {
    calls: ['#ToRabbitExchange', '#ToRabbitQueue'],
    protocol: 'amqp',
    flow: 'push',
    resource: ['0'],
    style: 'event',
  },
  {
    calls: [
      'ProducerConfig',
      'ConsumerConfig',
      'AdminClientConfig',
      'ClientConfig',
      'ProducerBuilder',
      'ConsumerBuilder',
      'IProducer',
      'IConsumer',
    ].map((type) => `Confluent.Kafka.${type}`),
    protocol: 'kafka',
    isMadeFrom: true,
    flow: 'none',
    address: ['BootstrapServers', '0.bootstrap.servers', '0.BootstrapServers'],
    style: 'event',
    operations: {
      'BootstrapServers=': setsAddress,
      ...all(pushes('0.Topic', '0.0', '0'), 'Produce', 'ProduceAsync'),
      ...all(pulls('0.0', '0'), 'Subscribe', 'Assign'),
    },
  },
  {
    calls: ['Dapr.Client.DaprClient', 'Dapr.Client.DaprClientBuilder'],
    protocol: 'http',
    flow: 'none',
    style: 'request-reply',
    operations: {
      ...all(
        {
          flow: 'method',
          address: ['0', 'appId'],
          method: ['httpMethod'],
          resource: ['1', 'methodName'],
        },
        'InvokeMethodAsync',
        'InvokeMethodGrpcAsync',
        'CreateInvokeMethodRequest',
      ),
      ...all(
        { flow: 'pull', address: ['0'] },
        'GetStateAsync',
        'GetStateEntryAsync',
        'GetSecretAsync',
      ),
      SaveStateAsync: { flow: 'push', address: ['0'] },
      InvokeBindingAsync: { flow: 'push', address: ['0'] },
    },
  },
  {
    calls: ['#PublishEventAsync'],
    protocol: 'messaging',
    flow: 'push',
    address: ['0', 'pubsubName'],
    resource: ['1', 'topicName'],
    style: 'event',
  },
  {
    calls: ['@Dapr.Topic'],
    protocol: 'messaging',
    flow: 'pull',
    address: ['0'],
    resource: ['1'],
    style: 'event',
  },
  {
    calls: [
      'NATS.Client.ConnectionFactory',
      'NATS.Client.IConnection',
      'NATS.Client.Core.NatsConnection',
      'NATS.Client.Core.INatsConnection',
      'NATS.Net.NatsClient',
    ],
    protocol: 'nats',
    flow: 'none',
    address: ['0', '0.Url', 'url'],
    style: 'event',
    operations: {
      CreateConnection: setsAddress,
      ...all(pushes('0', 'subject'), 'Publish', 'PublishAsync'),
      ...all(
        pulls('0', 'subject'),
        'Subscribe',
        'SubscribeAsync',
        'SubscribeSync',
        'SubscribeCoreAsync',
      ),
      ...all({ flow: 'both', resource: ['0'] }, 'Request', 'RequestAsync'),
    },
  },
  {
    calls: [
      'MQTTnet.MqttFactory',
      'MQTTnet.MqttClientFactory',
      'MQTTnet.IMqttClient',
      'MQTTnet.Client.IMqttClient',
    ],
    protocol: 'mqtt',
    flow: 'none',
    style: 'event',
    operations: {
      ConnectAsync: setsAddress,
      ...all(pushes('0.Topic', '0'), 'PublishAsync', 'PublishStringAsync', 'PublishBinaryAsync'),
      SubscribeAsync: pulls('0.Topic', '0'),
    },
  },
];
