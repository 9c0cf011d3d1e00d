import type { ClientEntry } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

const kafka = 'kafka';
const messaging = { style: 'event' } as const;

/** Message brokers of Go. */
export const goMessaging: readonly ClientEntry[] = [
  {
    calls: [
      'github.com/rabbitmq/amqp091-go.Dial',
      'github.com/rabbitmq/amqp091-go.DialConfig',
      'github.com/rabbitmq/amqp091-go.DialTLS',
      'github.com/rabbitmq/amqp091-go.Channel',
      'github.com/rabbitmq/amqp091-go.Connection',
      'github.com/streadway/amqp.Dial',
      'github.com/streadway/amqp.DialConfig',
      'github.com/streadway/amqp.Channel',
      'github.com/streadway/amqp.Connection',
    ],
    protocol: 'amqp',
    address: ['0'],
    flow: 'none',
    ...messaging,
    operations: {
      // exchange, routing key; the default exchange has no name
      Publish: pushes('0', '1'),
      PublishWithContext: pushes('1', '2'),
      Consume: pulls('0'),
      ConsumeWithContext: pulls('1'),
      Get: pulls('0'),
    },
  },
  {
    calls: [
      'github.com/IBM/sarama',
      'github.com/Shopify/sarama',
      'gopkg.in/Shopify/sarama',
    ].flatMap((module) =>
      [
        'NewSyncProducer',
        'NewAsyncProducer',
        'NewConsumer',
        'NewConsumerGroup',
        'NewClient',
        'SyncProducer',
        'AsyncProducer',
        'ConsumerGroup',
      ].map((name) => `${module}.${name}`),
    ),
    protocol: kafka,
    address: ['0', '0.0'],
    flow: 'none',
    ...messaging,
    operations: {
      SendMessage: pushes('0.Topic'),
      SendMessages: pushes('0.0.Topic'),
      Input: pushes('0.Topic'),
      ConsumePartition: pulls('0'),
      Consume: pulls('1.0', '1'),
    },
  },
  {
    calls: ['github.com/segmentio/kafka-go.NewReader'],
    protocol: kafka,
    address: ['0.Brokers.0', '0.Brokers'],
    resource: ['0.Topic', '0.GroupTopics.0'],
    flow: 'pull',
    ...messaging,
  },
  {
    calls: ['github.com/segmentio/kafka-go.Writer', 'github.com/segmentio/kafka-go.NewWriter'],
    protocol: kafka,
    address: ['Addr', '0.Brokers.0', '0.Brokers'],
    resource: ['Topic', '0.Topic'],
    flow: 'none',
    ...messaging,
    operations: { WriteMessages: pushes('1.Topic') },
  },
  {
    calls: ['github.com/segmentio/kafka-go.DialLeader'],
    protocol: kafka,
    address: ['2'],
    resource: ['3'],
    flow: 'none',
    ...messaging,
    operations: {
      ...each('push', 'Write', 'WriteMessages'),
      ...each('pull', 'Read', 'ReadBatch', 'ReadMessage'),
    },
  },
  {
    calls: ['NewProducer', 'NewConsumer', 'Producer', 'Consumer'].flatMap((name) => [
      `github.com/confluentinc/confluent-kafka-go/kafka.${name}`,
      `github.com/confluentinc/confluent-kafka-go.${name}`,
    ]),
    protocol: kafka,
    address: ['0.bootstrap.servers'],
    flow: 'none',
    ...messaging,
    operations: {
      Produce: pushes('0.TopicPartition.Topic'),
      Subscribe: pulls('0'),
      SubscribeTopics: pulls('0.0', '0'),
    },
  },
  {
    calls: ['github.com/twmb/franz-go/pkg/kgo.SeedBrokers'],
    protocol: kafka,
    address: ['0'],
    flow: 'none',
    ...messaging,
  },
  {
    calls: [
      'github.com/twmb/franz-go/pkg/kgo.NewClient',
      'github.com/twmb/franz-go/pkg/kgo.Client',
    ],
    protocol: kafka,
    isMadeFrom: true,
    flow: 'none',
    ...messaging,
    operations: {
      Produce: pushes('1.Topic'),
      ProduceSync: pushes('1.Topic'),
      PollFetches: pulls(),
    },
  },
  {
    calls: ['github.com/nats-io/nats.go.Connect', 'github.com/nats-io/nats.go.Conn'],
    protocol: 'nats',
    address: ['0'],
    flow: 'none',
    ...messaging,
    operations: {
      ...eachOf('push', ['0'], 'Publish', 'PublishAsync', 'PublishRequest'),
      ...eachOf(
        'pull',
        ['0'],
        'Subscribe',
        'QueueSubscribe',
        'SubscribeSync',
        'ChanSubscribe',
        'PullSubscribe',
      ),
      ...eachOf('both', ['0'], 'Request'),
    },
  },
  {
    calls: ['github.com/eclipse/paho.mqtt.golang.NewClientOptions'],
    protocol: 'mqtt',
    flow: 'none',
    ...messaging,
    operations: {
      AddBroker: { flow: 'none', address: ['0'] },
      Publish: pushes('0'),
      Subscribe: pulls('0'),
    },
  },
  {
    calls: ['github.com/eclipse/paho.mqtt.golang.Client'],
    protocol: 'mqtt',
    flow: 'none',
    ...messaging,
    operations: { Publish: pushes('0'), Subscribe: pulls('0') },
  },
  {
    calls: ['github.com/nsqio/go-nsq.NewProducer', 'github.com/nsqio/go-nsq.Producer'],
    protocol: 'nsq',
    address: ['0'],
    flow: 'none',
    ...messaging,
    operations: { ...eachOf('push', ['0'], 'Publish', 'PublishAsync', 'MultiPublish') },
  },
  {
    calls: ['github.com/nsqio/go-nsq.NewConsumer'],
    protocol: 'nsq',
    resource: ['0'],
    flow: 'none',
    ...messaging,
    operations: {
      ConnectToNSQLookupd: { flow: 'pull', address: ['0'] },
      ConnectToNSQLookupds: { flow: 'pull', address: ['0.0', '0'] },
      ConnectToNSQD: { flow: 'pull', address: ['0'] },
    },
  },
  {
    calls: ['github.com/go-stomp/stomp.Dial'],
    protocol: 'stomp',
    address: ['1'],
    flow: 'none',
    ...messaging,
    operations: { Send: pushes('0'), Subscribe: pulls('0') },
  },
];
