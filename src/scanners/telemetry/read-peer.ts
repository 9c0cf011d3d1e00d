import type { Party, Way } from './call.ts';
import type { Span } from './span.ts';

/** The first of these attributes that is there. Names of several versions of the conventions. */
export function firstAttribute(span: Span, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = span.attribute(name);
    if (value !== undefined && value !== '') return value.slice(0, 500);
  }
  return undefined;
}

/** Host, and port where one is known, of the other end. */
export function readAddress(span: Span): string | undefined {
  const url = firstAttribute(span, 'url.full', 'http.url');
  const authority =
    url === undefined ? undefined : /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(url)?.[1];
  const host =
    firstAttribute(
      span,
      'server.address',
      'net.peer.name',
      'net.sock.peer.name',
      'peer.hostname',
      'http.host',
    ) ??
    authority ??
    firstAttribute(
      span,
      'peer.address',
      'network.peer.address',
      'net.sock.peer.addr',
      'net.peer.ip',
      'peer.ipv4',
    );
  if (host === undefined) return undefined;
  const port = firstAttribute(
    span,
    'server.port',
    'net.peer.port',
    'peer.port',
    'network.peer.port',
  );
  const bare = host.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/s, '');
  return port !== undefined && /^\d{1,5}$/.test(port) && !/:\d+$/.test(bare)
    ? `${bare}:${port}`
    : bare;
}

/** The product that a span of a database or broker talks to, as protocols are called. */
export function toProduct(written: string): string {
  const word = written.toLowerCase().trim();
  return products[word] ?? (word.replace(/[^a-z0-9._-]/g, '').slice(0, 40) || 'unknown');
}

const products: Readonly<Record<string, string>> = {
  'microsoft.sql_server': 'mssql',
  'oracle.db': 'oracle',
  'ibm.db2': 'db2',
  'aws.redshift': 'redshift',
  'aws.dynamodb': 'dynamodb',
  'gcp.spanner': 'spanner',
  'azure.cosmosdb': 'cosmosdb',
  aws_sqs: 'sqs',
  'aws.sqs': 'sqs',
  'aws.sns': 'sns',
  amazonsqs: 'sqs',
  rabbitmq: 'amqp',
  activemq: 'jms',
  servicebus: 'amqp',
  eventhubs: 'kafka',
  gcp_pubsub: 'pubsub',
};

const reading = /^(?:select|get|find|read|query|scan|aggregate|count|mget|hget\w*|show|list)\b/i;
const writing =
  /^(?:insert|update|delete|merge|upsert|replace|set|put|del|save|write|create|drop|alter|truncate|mset|hset\w*|index|bulk|batchwrite\w*)\b/i;

/** Which way the data goes, by the verb of a request or a statement. */
export function readWay(span: Span): Way {
  const method = firstAttribute(span, 'http.request.method', 'http.method')?.toUpperCase();
  if (method !== undefined) {
    if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return 'read';
    return /^(?:POST|PUT|PATCH|DELETE)$/.test(method) ? 'write' : 'unknown';
  }
  const operation = firstAttribute(
    span,
    'db.operation.name',
    'db.operation',
    'db.query.summary',
    'db.query.text',
    'db.statement',
    'sql.query',
  )?.trimStart();
  if (operation === undefined) return 'unknown';
  return reading.test(operation) ? 'read' : writing.test(operation) ? 'write' : 'unknown';
}

/** Whom a call goes to, by what its caller says of it; undefined where it says nothing. */
export function readPeer(span: Span): { party: Party; protocol: string } | undefined {
  const database = firstAttribute(span, 'db.system.name', 'db.system', 'db.type');
  const address = readAddress(span);
  if (database !== undefined) {
    const product = toProduct(database);
    const party: Party = {
      kind: 'product',
      is: 'database',
      product,
      ...(address === undefined ? {} : { address }),
    };
    return { party, protocol: product === 'sql' ? 'sql' : product };
  }
  const protocol = readProtocol(span);
  const service = firstAttribute(span, 'peer.service', 'service.peer.name');
  if (service !== undefined) {
    const namespace = firstAttribute(span, 'peer.service.namespace', 'service.peer.namespace');
    const group = namespace === undefined ? {} : { group: namespace };
    return { party: { kind: 'service', name: service.slice(0, 200), ...group }, protocol };
  }
  if (address !== undefined) return { party: { kind: 'address', address }, protocol };
  const remote = firstAttribute(span, 'rpc.service');
  const last = remote?.split('.').at(-1);
  return last === undefined ? undefined : { party: { kind: 'service', name: last }, protocol };
}

/** What a call speaks. */
export function readProtocol(span: Span): string {
  const rpc = firstAttribute(span, 'rpc.system.name', 'rpc.system');
  if (rpc !== undefined) return rpc === 'grpc' ? 'grpc' : 'http';
  const scheme =
    firstAttribute(span, 'url.scheme', 'http.scheme') ??
    /^([a-z]{2,8}):\/\//i.exec(firstAttribute(span, 'url.full', 'http.url') ?? '')?.[1];
  return scheme?.toLowerCase() === 'https' ? 'https' : 'http';
}

/** What a span says of a message. */
export interface Message {
  readonly broker: Party;
  readonly protocol: string;
  readonly topic: string | undefined;
  readonly does: 'publish' | 'consume';
  /** `receive` and `process` are told of the same message. */
  readonly operation: string;
}

/** The message that a span sends or takes; undefined where it is about none. */
export function readMessage(span: Span): Message | undefined {
  const system = firstAttribute(span, 'messaging.system');
  if (system === undefined && span.kind !== 'producer' && span.kind !== 'consumer')
    return undefined;
  const operation = firstAttribute(
    span,
    'messaging.operation.type',
    'messaging.operation.name',
    'messaging.operation',
  )?.toLowerCase();
  const isPublish =
    operation === undefined
      ? span.kind === 'producer' || span.kind === 'client'
      : /^(?:publish|send|create)/.test(operation);
  const topic = firstAttribute(
    span,
    'messaging.destination.template',
    'messaging.destination.name',
    'messaging.destination',
    'messaging.kafka.topic',
    'messaging.url',
    'message_bus.destination',
    'kafka.topic',
  );
  const address = readAddress(span);
  const product = system === undefined ? 'messaging' : toProduct(system);
  return {
    broker: {
      kind: 'product',
      is: 'broker',
      product: (system ?? 'messaging').toLowerCase().slice(0, 40),
      ...(address === undefined ? {} : { address }),
    },
    protocol: product,
    topic,
    does: isPublish ? 'publish' : 'consume',
    operation: operation ?? '',
  };
}
