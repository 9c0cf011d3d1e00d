import type { Style } from '../../../vocabulary.ts';
import type { ClientEntry } from './client.ts';
import { settings } from './java-settings.ts';

const flows = ['pull', 'push', 'both'] as const;

/** The endpoints of one kind, as the Java reader names them. */
const endpoints = (
  kind: string,
  style: Style,
  protocol: string | undefined,
  addressDefault?: string,
): ClientEntry[] =>
  flows.map((flow) => ({
    calls: [`org.apache.camel.${kind}.${flow}`],
    flow: kind === 'sql' ? 'sql' : kind === 'http' && flow === 'push' ? 'unknown' : flow,
    address: ['address'],
    resource: ['resource'],
    ...(kind === 'sql' ? { statement: ['statement'] } : {}),
    style,
    ...(protocol === undefined ? {} : { protocol }),
    ...(addressDefault === undefined ? {} : { addressDefault }),
  }));

/** Apache Camel: what its routes read from and send to. */
export const javaCamelClients: readonly ClientEntry[] = [
  ...endpoints(
    'kafka',
    'event',
    'kafka',
    settings('camel.component.kafka.brokers', 'kafka.bootstrap.servers'),
  ),
  ...endpoints(
    'jms',
    'event',
    'jms',
    settings(
      'camel.component.activemq.broker-url',
      'camel.component.jms.connection-factory.broker-url',
      'spring.activemq.broker-url',
      'spring.artemis.broker-url',
    ),
  ),
  ...endpoints(
    'rabbitmq',
    'event',
    'amqp',
    settings(
      'camel.component.rabbitmq.addresses',
      'spring.rabbitmq.addresses',
      'spring.rabbitmq.host',
    ),
  ),
  ...endpoints('mqtt', 'event', 'mqtt', settings('camel.component.paho.broker-url')),
  ...endpoints('nats', 'event', 'nats', settings('camel.component.nats.servers')),
  ...endpoints('ftp', 'file', undefined),
  ...endpoints('http', 'request-reply', undefined),
  ...endpoints('soap', 'request-reply', 'soap'),
  ...endpoints('mail', 'event', 'smtp'),
  ...endpoints('imap', 'event', 'imap'),
  ...endpoints('s3', 'file', 's3', 's3.amazonaws.com'),
  ...endpoints('sqs', 'event', 'sqs', 'sqs.amazonaws.com'),
  ...endpoints('sns', 'event', 'sns', 'sns.amazonaws.com'),
  ...endpoints('mllp', 'event', 'mllp'),
  ...endpoints('tcp', 'event', 'tcp'),
  ...endpoints(
    'sql',
    'database',
    'database',
    settings('spring.datasource.url', 'quarkus.datasource.jdbc.url'),
  ),
  ...endpoints(
    'mongodb',
    'database',
    'mongodb',
    settings('spring.data.mongodb.uri', 'spring.data.mongodb.host'),
  ),
  ...endpoints('elasticsearch', 'database', 'http', settings('spring.elasticsearch.uris')),
];
