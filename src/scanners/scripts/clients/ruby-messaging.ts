import type { ClientEntry, Operation } from './client.ts';
import { each, pulls, pushes } from './operations.ts';

const named: Operation = { flow: 'none', resource: ['0'] };

/** Message brokers of Ruby. */
export const rubyMessaging: readonly ClientEntry[] = [
  {
    calls: ['Bunny', 'Bunny.run'],
    protocol: 'amqp',
    flow: 'none',
    address: ['host', 'hostname', 'hosts.0', '0.host', '0.hostname', '0'],
    style: 'event',
    operations: {
      ...Object.fromEntries(
        ['queue', 'fanout', 'topic', 'direct', 'exchange'].map((name) => [name, named]),
      ),
      publish: pushes('routing_key', 'key'),
      ...each('pull', 'subscribe', 'pop'),
    },
  },
  {
    calls: ['Kafka'],
    protocol: 'kafka',
    flow: 'none',
    address: ['seed_brokers.0', 'seed_brokers', '0.0', '0'],
    style: 'event',
    operations: {
      deliver_message: pushes('topic'),
      produce: pushes('topic'),
      subscribe: pulls('0'),
      fetch_messages: pulls('topic'),
    },
  },
  {
    calls: ['Rdkafka.Config'],
    protocol: 'kafka',
    flow: 'none',
    address: ['bootstrap.servers', '0.bootstrap.servers'],
    style: 'event',
    operations: { produce: pushes('topic'), subscribe: pulls('0') },
  },
  {
    calls: ['Stomp.Client', 'Stomp.Connection', 'Stomp.Client.open'],
    protocol: 'stomp',
    flow: 'none',
    address: ['hosts.0.host', '0.hosts.0.host', '2', '0'],
    style: 'event',
    operations: { publish: pushes('0'), subscribe: pulls('0') },
  },
  {
    calls: ['MQTT.Client.connect', 'MQTT.Client'],
    protocol: 'mqtt',
    flow: 'none',
    address: ['host', '0.host', '0'],
    style: 'event',
    operations: { publish: pushes('0'), subscribe: pulls('0'), get: pulls('0') },
  },
  {
    calls: ['NATS.connect'],
    protocol: 'nats',
    flow: 'none',
    address: ['0', 'servers.0'],
    style: 'event',
    operations: {
      publish: pushes('0'),
      subscribe: pulls('0'),
      request: { flow: 'both', resource: ['0'] },
    },
  },
  {
    calls: ['Beaneater'],
    protocol: 'beanstalk',
    flow: 'none',
    address: ['0'],
    style: 'event',
    operations: { ...each('push', 'put'), ...each('pull', 'reserve') },
  },
];
