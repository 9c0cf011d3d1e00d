import type { ClientEntry, Operation } from './client.ts';
import { either, methods, setsAddress, settings, types } from './java-settings.ts';
import { pulls, pushes } from './operations.ts';

const rabbit = settings(
  'spring.rabbitmq.addresses',
  'spring.rabbitmq.host',
  'amqp-host',
  'rabbitmq-host',
);
const kafka = settings(
  'spring.kafka.bootstrap-servers',
  'spring.kafka.producer.bootstrap-servers',
  'spring.kafka.consumer.bootstrap-servers',
  'kafka.bootstrap.servers',
);
const jms = settings(
  'spring.activemq.broker-url',
  'spring.artemis.broker-url',
  'spring.artemis.host',
  'ibm.mq.connName',
  'quarkus.artemis.url',
);
const stream = settings(
  'spring.cloud.stream.kafka.binder.brokers',
  'spring.cloud.stream.rabbit.binder.addresses',
  'spring.kafka.bootstrap-servers',
  'spring.rabbitmq.addresses',
  'spring.rabbitmq.host',
);
const reactive = settings(
  'kafka.bootstrap.servers',
  'mp.messaging.connector.smallrye-kafka.bootstrap.servers',
  'rabbitmq-host',
  'amqp-host',
);

const broker = (
  calls: readonly string[],
  protocol: string | undefined,
  operations: Readonly<Record<string, Operation>>,
  address: readonly string[],
  addressDefault?: string,
): ClientEntry => ({
  calls,
  flow: 'none',
  address,
  style: 'event',
  isMadeFrom: true,
  operations,
  ...(protocol === undefined ? {} : { protocol }),
  ...(addressDefault === undefined ? {} : { addressDefault }),
});

const annotated = (
  calls: readonly string[],
  protocol: string | undefined,
  flow: 'pull' | 'push',
  resource: readonly string[],
  addressDefault?: string,
): ClientEntry => ({
  calls: calls.map((name) => `@${name}`),
  flow,
  resource,
  style: 'event',
  ...(protocol === undefined ? {} : { protocol }),
  ...(addressDefault === undefined ? {} : { addressDefault }),
});

const rabbitOperations: Readonly<Record<string, Operation>> = {
  ...methods('convertAndSend send', pushes('0')),
  ...methods('convertSendAndReceive sendAndReceive convertSendAndReceiveAsType', {
    flow: 'both',
    resource: ['0'],
  }),
  ...methods('receive receiveAndConvert setQueueNames addQueueNames', pulls('0')),
  ...methods('setHost setUri setAddresses', setsAddress),
  basicPublish: pushes('0'),
  'basicPublish(queue)': pushes('1'),
  ...methods('basicConsume basicGet', pulls('0')),
};

const kafkaOperations: Readonly<Record<string, Operation>> = {
  send: pushes('0'),
  sendDefault: pushes(),
  executeInTransaction: { flow: 'none' },
  ...methods('subscribe', pulls('0.0', '0')),
  ...methods('stream table globalTable', pulls('0', '0.0')),
  ...methods('to through', pushes('0')),
  receive: pulls(),
};

const jmsOperations: Readonly<Record<string, Operation>> = {
  ...methods('convertAndSend send', pushes('0')),
  ...methods('receive receiveAndConvert receiveSelected browse', pulls('0')),
  sendAndReceive: { flow: 'both', resource: ['0'] },
  ...methods('setBrokerURL setBrokerUrl setHostName setConnectionNameList', setsAddress),
};

/** A session's producer is told by its destination; what it sends is not looked at. */
const sessionOperations: Readonly<Record<string, Operation>> = {
  createProducer: pushes('0'),
  'createProducer()': pushes(),
  createSender: pushes('0'),
  createPublisher: pushes('0'),
  ...methods('createConsumer createReceiver createSubscriber createDurableSubscriber', pulls('0')),
  ...methods('setBrokerURL setBrokerUrl setHostName setConnectionNameList', setsAddress),
};

const kafkaTopics = ['topics', 'topics.0', 'topicPattern', 'topicPartitions.topic', '0', 'value'];

/** Message brokers, and the annotations that listen to them. */
export const javaMessagingClients: readonly ClientEntry[] = [
  broker(
    [
      ...types('org.springframework.amqp', [
        'core.AmqpTemplate',
        'rabbit.core.RabbitTemplate',
        'rabbit.core.RabbitOperations',
        'rabbit.AsyncRabbitTemplate',
        'rabbit.listener.SimpleMessageListenerContainer',
        'rabbit.listener.DirectMessageListenerContainer',
      ]),
    ],
    'amqp',
    rabbitOperations,
    [],
    rabbit,
  ),
  broker(
    [
      'org.springframework.amqp.rabbit.connection.CachingConnectionFactory',
      'com.rabbitmq.client.ConnectionFactory',
    ],
    'amqp',
    rabbitOperations,
    ['0'],
  ),
  broker(['com.rabbitmq.client.Channel'], 'amqp', rabbitOperations, [], rabbit),
  annotated(
    ['org.springframework.amqp.rabbit.annotation.RabbitListener'],
    'amqp',
    'pull',
    [
      'queues',
      'queues.0',
      'queuesToDeclare.value',
      'queuesToDeclare.name',
      'bindings.value.value',
      'bindings.value.name',
      'bindings.0.value.value',
      'bindings.exchange.value',
      'bindings.exchange.name',
    ],
    rabbit,
  ),
  broker(
    [
      ...types('org.springframework.kafka.core', [
        'KafkaTemplate',
        'KafkaOperations',
        'reactive.ReactiveKafkaProducerTemplate',
        'reactive.ReactiveKafkaConsumerTemplate',
      ]),
      'org.springframework.kafka.requestreply.ReplyingKafkaTemplate',
      'org.apache.kafka.streams.StreamsBuilder',
    ],
    'kafka',
    kafkaOperations,
    [],
    kafka,
  ),
  broker(
    [
      'org.apache.kafka.clients.producer.KafkaProducer',
      'org.apache.kafka.clients.producer.Producer',
      'org.apache.kafka.clients.consumer.KafkaConsumer',
      'org.apache.kafka.clients.consumer.Consumer',
      'org.springframework.kafka.core.DefaultKafkaProducerFactory',
      'org.springframework.kafka.core.DefaultKafkaConsumerFactory',
    ],
    'kafka',
    kafkaOperations,
    ['0.bootstrap.servers', '0.bootstrap.servers.0'],
  ),
  annotated(
    [
      'org.springframework.kafka.annotation.KafkaListener',
      'io.micronaut.configuration.kafka.annotation.Topic',
    ],
    'kafka',
    'pull',
    kafkaTopics,
    kafka,
  ),
  broker(
    types('org.springframework.jms.core', ['JmsTemplate', 'JmsOperations', 'JmsMessagingTemplate']),
    'jms',
    jmsOperations,
    [],
    jms,
  ),
  broker(
    [
      'org.apache.activemq.ActiveMQConnectionFactory',
      'org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory',
      'org.apache.activemq.pool.PooledConnectionFactory',
      'org.apache.activemq.spring.ActiveMQConnectionFactory',
      'org.apache.qpid.jms.JmsConnectionFactory',
    ],
    'jms',
    sessionOperations,
    ['0'],
  ),
  broker(
    [
      ...either('jms.ConnectionFactory'),
      ...either('jms.QueueConnectionFactory'),
      ...either('jms.TopicConnectionFactory'),
      ...either('jms.JMSContext'),
      ...either('jms.Session'),
    ],
    'jms',
    sessionOperations,
    [],
    jms,
  ),
  annotated(
    ['org.springframework.jms.annotation.JmsListener'],
    'jms',
    'pull',
    ['destination'],
    jms,
  ),
  annotated(
    either('ejb.MessageDriven'),
    'jms',
    'pull',
    ['destination', 'destinationLookup', 'mappedName', 'name'],
    jms,
  ),
  broker(
    [
      'com.ibm.mq.jms.MQConnectionFactory',
      'com.ibm.mq.jms.MQQueueConnectionFactory',
      'com.ibm.mq.jakarta.jms.MQConnectionFactory',
      'com.ibm.msg.client.jms.JmsFactoryFactory.getInstance',
    ],
    'mq',
    sessionOperations,
    [],
  ),
  {
    calls: ['com.ibm.mq.MQEnvironment.hostname='],
    protocol: 'mq',
    flow: 'unknown',
    address: ['0'],
    style: 'event',
  },
  broker(
    types('org.eclipse.paho', [
      'client.mqttv3.MqttClient',
      'client.mqttv3.MqttAsyncClient',
      'client.mqttv3.IMqttClient',
      'mqttv5.client.MqttClient',
    ]),
    'mqtt',
    { publish: pushes('0'), getTopic: pushes('0'), subscribe: pulls('0', '0.0') },
    ['0'],
  ),
  broker(
    types('com.hivemq.client.mqtt', [
      'MqttClient.builder',
      'mqtt3.Mqtt3Client.builder',
      'mqtt5.Mqtt5Client.builder',
    ]),
    'mqtt',
    {
      serverHost: setsAddress,
      publishWith: pushes(),
      subscribeWith: pulls(),
    },
    [],
  ),
  broker(
    ['io.nats.client.Nats.connect', 'io.nats.client.Options.Builder', 'io.nats.client.Connection'],
    'nats',
    {
      server: setsAddress,
      publish: pushes('0'),
      subscribe: pulls('0'),
      request: { flow: 'both', resource: ['0'] },
    },
    ['0'],
  ),
  broker(
    [
      'org.apache.pulsar.client.api.PulsarClient.builder',
      'org.apache.pulsar.client.api.PulsarClient',
    ],
    'pulsar',
    { serviceUrl: setsAddress, newProducer: pushes(), newConsumer: pulls(), newReader: pulls() },
    [],
    settings('spring.pulsar.client.service-url'),
  ),
  broker(
    ['org.springframework.pulsar.core.PulsarTemplate'],
    'pulsar',
    { send: pushes('0'), sendAsync: pushes('0') },
    [],
    settings('spring.pulsar.client.service-url'),
  ),
  broker(
    ['org.springframework.cloud.stream.function.StreamBridge'],
    undefined,
    { send: pushes('0') },
    [],
    stream,
  ),
  annotated(
    types('org.springframework.cloud.stream.annotation', ['StreamListener', 'Input']),
    undefined,
    'pull',
    ['0', 'value', 'target'],
    stream,
  ),
  annotated(
    types('org.springframework.cloud.stream.annotation', ['Output']),
    undefined,
    'push',
    ['0', 'value'],
    stream,
  ),
  annotated(
    ['org.eclipse.microprofile.reactive.messaging.Incoming'],
    undefined,
    'pull',
    ['0', 'value'],
    reactive,
  ),
  annotated(
    ['org.eclipse.microprofile.reactive.messaging.Outgoing'],
    undefined,
    'push',
    ['0', 'value'],
    reactive,
  ),
  {
    calls: [
      '@org.eclipse.microprofile.reactive.messaging.Channel',
      '@io.smallrye.reactive.messaging.annotations.Channel',
    ],
    flow: 'none',
    style: 'event',
    addressDefault: reactive,
    operations: {
      send: { flow: 'push', resource: ['0'] },
      receive: { flow: 'pull', resource: ['0'] },
    },
  },
];
