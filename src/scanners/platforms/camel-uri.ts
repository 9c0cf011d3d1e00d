import type { FlowEnd } from './platform.ts';
import { toEndReference, toServiceReference } from './service-reference.ts';

/** What an endpoint of Camel is: an end, a name within the routes, or nothing that is outside. */
export type CamelEndpoint =
  | { readonly kind: 'end'; readonly end: FlowEnd }
  | { readonly kind: 'inside'; readonly name: string }
  | { readonly kind: 'timer'; readonly period?: string; readonly cron?: string }
  | { readonly kind: 'own' };

const within = new Set(['direct', 'seda', 'vm', 'disruptor', 'direct-vm', 'kamelet']);
const messages: Readonly<Record<string, string>> = {
  kafka: 'kafka',
  jms: 'jms',
  activemq: 'jms',
  activemq6: 'jms',
  amqp: 'amqp',
  sjms: 'jms',
  sjms2: 'jms',
  rabbitmq: 'amqp',
  'spring-rabbitmq': 'amqp',
  mqtt: 'mqtt',
  paho: 'mqtt',
  'paho-mqtt5': 'mqtt',
  nats: 'nats',
  pulsar: 'pulsar',
  'aws2-sqs': 'sqs',
  'aws-sqs': 'sqs',
  'aws2-sns': 'sns',
  'azure-servicebus': 'amqp',
  'azure-eventhubs': 'kafka',
  'google-pubsub': 'pubsub',
};
const listeners = new Set([
  'jetty',
  'netty-http',
  'undertow',
  'platform-http',
  'servlet',
  'rest',
  'cxf',
  'cxfrs',
  'restlet',
]);

/** Reads the URI of an endpoint. @param parameters what stands beside it instead of behind its `?` */
export function readCamelUri(
  written: string,
  parameters: ReadonlyMap<string, string>,
  place: FlowEnd['place'],
  isSource: boolean,
): CamelEndpoint {
  const [, scheme = '', path = '', query = ''] =
    /^([a-z][\w+-]{0,40}):(?:\/\/)?([^?]{0,2000})\??(.{0,4000})$/is.exec(written.trim()) ?? [];
  const options = new Map([...parameters, ...readQuery(query)]);
  const option = (...names: readonly string[]): string | undefined =>
    names.map((name) => options.get(name)).find((value) => value !== undefined && value !== '');
  const component = scheme.toLowerCase();
  const end = (address: string, protocol: string, more: Partial<FlowEnd> = {}): CamelEndpoint => ({
    kind: 'end',
    end: { reference: toEndReference(address), place, protocol, ...more },
  });
  if (within.has(component)) return { kind: 'inside', name: `${component}:${path}` };
  if (/^(?:timer|scheduler|quartz\d?|cron)$/.test(component)) return readTimer(option);
  const spoken = Object.hasOwn(messages, component) ? messages[component] : undefined;
  if (spoken !== undefined)
    return { kind: 'end', end: readMessages({ component, path, spoken, place, isSource }, option) };
  if (/^(?:ftp|ftps|sftp|scp|smb)$/.test(component)) {
    const [host = '', ...folders] = path.split('/');
    return end(host, component, {
      style: 'file',
      resource:
        `/${folders.join('/')}${option('fileName', 'include') === undefined ? '/' : `/${option('fileName', 'include')}`}`.replace(
          /\$\{[^}]*\}/g,
          '*',
        ),
    });
  }
  if (listeners.has(component) || (isSource && /^(?:https?|mllp|netty|mina)$/.test(component)))
    return { kind: 'own' };
  if (/^(?:https?4?|vertx-http|vertx-websocket|ahc|graphql)$/.test(component)) {
    const protocol = /s4?$/.test(component) ? 'https' : 'http';
    return end(
      /^https?:\/\//.test(path) ? path : `${protocol}://${path.replace(/^https?:(?:\/\/)?/, '')}`,
      protocol,
    );
  }
  if (component === 'spring-ws') return end(path, 'soap');
  if (/^(?:mllp|netty|mina)$/.test(component))
    return end(path.replace(/^tcp:(?:\/\/)?/, ''), component === 'mllp' ? 'mllp' : 'tcp');
  if (/^(?:smtps?|imaps?|pop3s?)$/.test(component)) return end(path, component);
  if (/^(?:aws2?-s3|google-storage|azure-storage-blob)$/.test(component)) {
    const protocol = component === 'google-storage' ? 'gs' : 's3';
    return end(`${protocol}://${path.replace(/^arn:aws:s3:::/, '')}`, protocol, { style: 'file' });
  }
  if (
    /^(?:sql|jdbc|jpa|mongodb|mybatis|spring-jdbc|couchdb|cassandra|elasticsearch(?:-rest)?|redis|spring-redis)$/.test(
      component,
    )
  ) {
    const source =
      option('dataSource', 'connectionBean')?.replace(/^#(?:bean:)?/, '') ??
      (component === 'sql' ? undefined : path.split('/')[0]);
    if (component.startsWith('elasticsearch'))
      return end(option('hostAddresses') ?? path, 'elasticsearch', { style: 'database' });
    const protocol =
      component === 'mongodb' ? 'mongodb' : component.endsWith('redis') ? 'redis' : 'jdbc';
    return {
      kind: 'end',
      end: {
        reference: { kind: 'alias', value: source ?? component },
        place,
        protocol,
        style: 'database',
      },
    };
  }
  if (
    /^(?:salesforce|servicenow|jira|slack|hubspot|google-\w+|dropbox|box|twilio|docker|github\d?|zendesk|workday|telegram|twitter|xchange)$/.test(
      component,
    )
  )
    return {
      kind: 'end',
      end: { reference: toServiceReference(component), place, protocol: 'https' },
    };
  return { kind: 'own' };
}

function readTimer(option: (...names: readonly string[]) => string | undefined): CamelEndpoint {
  const cron = option('cron', 'schedule')?.replaceAll('+', ' ');
  const period = option('period', 'delay');
  return {
    kind: 'timer',
    ...(cron === undefined ? {} : { cron }),
    ...(period === undefined ? {} : { period }),
  };
}

/** A topic or queue, on the broker that the endpoint names or on the one that the component has. */
function readMessages(
  {
    component,
    path,
    spoken,
    place,
    isSource,
  }: {
    readonly component: string;
    readonly path: string;
    readonly spoken: string;
    readonly place: FlowEnd['place'];
    readonly isSource: boolean;
  },
  option: (...names: readonly string[]) => string | undefined,
): FlowEnd {
  const topic = path
    .replace(/^(?:queue|topic|temp-queue):(?:\/\/)?/, '')
    .replace(/^.*amazonaws\.com\/\d+\//, '');
  const queue =
    component.endsWith('rabbitmq') && isSource ? (option('queues', 'queue') ?? topic) : topic;
  const broker = option(
    'brokers',
    'brokerUrl',
    'brokerURL',
    'addresses',
    'hostname',
    'servers',
    'bootstrapServers',
  )?.split(',')[0];
  const resource = { style: 'event', ...(queue === '' ? {} : { resource: queue }) } as const;
  if (broker !== undefined)
    return { reference: toEndReference(broker), place, protocol: spoken, ...resource };
  return {
    reference: toServiceReference(component.replace(/^(?:aws2?-|spring-|azure-|google-)/, '')),
    place,
    protocol: spoken,
    ...resource,
  };
}

function readQuery(query: string): [string, string][] {
  return query
    .replaceAll('&amp;', '&')
    .split('&')
    .flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      if (at < 1) return [];
      const value = part.slice(at + 1).replace(/^RAW\((.*)\)$/, '$1');
      return [[part.slice(0, at), decode(value)]];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
