import type { CallExpression, Expression } from '../program/program.ts';
import { type Node, positionOf } from '../tree-sitter.ts';
import { importsAny, type JavaLowering, sourceOf, toOther } from './java-lowering.ts';

/** Methods of Camel's routes and producers that name an endpoint, and which way they use it. */
const routeMethods: Readonly<Record<string, 'pull' | 'push' | 'both'>> = {
  from: 'pull',
  pollEnrich: 'pull',
  enrich: 'pull',
  receiveBody: 'pull',
  to: 'push',
  toD: 'push',
  wireTap: 'push',
  inOnly: 'push',
  inOut: 'both',
  sendBody: 'push',
  sendBodyAndHeader: 'push',
  sendBodyAndHeaders: 'push',
  asyncSendBody: 'push',
  requestBody: 'both',
  requestBodyAndHeader: 'both',
};

/** Of these, the ones that wait for what comes; `enrich` asks for it, as a producer does. */
const consumers = new Set(['from', 'pollEnrich', 'receiveBody']);

interface Component {
  /** The key of the client table. */
  readonly kind: string;
  readonly schemes: RegExp;
  /** Where the address is: the endpoint itself, one of its options, or only in the settings. */
  readonly address: 'uri' | 'host' | readonly string[];
  /** What follows the scheme is the queue, topic, bucket or statement. */
  readonly resource?: 'name' | 'path';
  readonly isOnlyProducer?: true;
}

const components: readonly Component[] = [
  { kind: 'kafka', schemes: /^kafka$/, address: ['brokers'], resource: 'name' },
  {
    kind: 'jms',
    schemes: /^(?:jms|activemq6?|amqp|sjms2?|wmq|ibmmq)$/,
    address: ['brokerURL'],
    resource: 'name',
  },
  {
    kind: 'rabbitmq',
    schemes: /^(?:rabbitmq|spring-rabbitmq)$/,
    address: ['addresses', 'hostname'],
    resource: 'name',
  },
  { kind: 'mqtt', schemes: /^(?:paho|paho-mqtt5|mqtt)$/, address: ['brokerUrl'], resource: 'name' },
  { kind: 'nats', schemes: /^nats$/, address: ['servers'], resource: 'name' },
  { kind: 'ftp', schemes: /^(?:ftps?|sftp)$/, address: 'uri', resource: 'path' },
  {
    kind: 'http',
    schemes: /^(?:https?4?|ahc|vertx-http)$/,
    address: 'uri',
    isOnlyProducer: true,
  },
  { kind: 'http', schemes: /^(?:netty-http|undertow)$/, address: 'uri', isOnlyProducer: true },
  { kind: 'soap', schemes: /^(?:cxf|spring-ws)$/, address: 'uri', isOnlyProducer: true },
  { kind: 'http', schemes: /^cxfrs$/, address: 'uri', isOnlyProducer: true },
  { kind: 'imap', schemes: /^(?:imaps?|pop3s?)$/, address: 'uri' },
  { kind: 'mail', schemes: /^smtps?$/, address: 'uri' },
  { kind: 's3', schemes: /^aws2?-s3$/, address: ['uriEndpointOverride'], resource: 'name' },
  { kind: 'sqs', schemes: /^aws2?-sqs$/, address: ['uriEndpointOverride'], resource: 'name' },
  { kind: 'sns', schemes: /^aws2?-sns$/, address: ['uriEndpointOverride'], resource: 'name' },
  { kind: 'mllp', schemes: /^mllp$/, address: 'host', isOnlyProducer: true },
  { kind: 'tcp', schemes: /^(?:netty4?|mina2?)$/, address: 'uri', isOnlyProducer: true },
  { kind: 'sql', schemes: /^(?:sql|jdbc|sql-stored|jpa|mybatis)$/, address: [] },
  { kind: 'mongodb', schemes: /^mongodb(?:3|-gridfs)?$/, address: ['hosts'] },
  {
    kind: 'elasticsearch',
    schemes: /^(?:elasticsearch|opensearch)(?:-rest)?$/,
    address: ['hostAddresses'],
  },
];

/** A call of a route's method, as one call for each endpoint it names; nothing where it is none. */
export function lowerRouteCall(
  node: Node,
  name: string,
  object: Expression | undefined,
  args: readonly Expression[],
  lowering: JavaLowering,
): Expression | undefined {
  const flow = Object.hasOwn(routeMethods, name) ? routeMethods[name] : undefined;
  if (!flow || args.length === 0 || !importsAny(lowering, ['org.apache.camel'])) return undefined;
  const endpoints = /^(?:to|from)$/.test(name) ? args : args.slice(0, 1);
  const calls = endpoints.flatMap((each) => {
    const known = each.kind === 'name' ? lowering.constants.get(each.name) : undefined;
    return toEndpoint(node, known ?? each, flow, consumers.has(name)) ?? [];
  });
  return calls.length === 0
    ? undefined
    : toOther(sourceOf(node), [...(object ? [object] : []), ...calls, ...args]);
}

function toEndpoint(
  node: Node,
  uri: Expression,
  flow: 'pull' | 'push' | 'both',
  isConsumer: boolean,
): CallExpression | undefined {
  const parts = uri.kind === 'join' ? uri.parts : [uri];
  // Parts that are no text stand as marks while the endpoint is taken apart.
  const written = parts
    .map((part, index) => (part.kind === 'text' ? part.text : `\uE000${index}\uE001`))
    .join('')
    .slice(0, 2_000);
  const restore = (text: string): Expression => ({
    kind: 'join',
    parts: text.split(/(\uE000\d+\uE001)/).map((piece): Expression => {
      const index = /^\uE000(\d+)\uE001$/.exec(piece)?.[1];
      return (
        (index === undefined ? undefined : parts[Number(index)]) ?? { kind: 'text', text: piece }
      );
    }),
  });
  const match = /^([a-z][a-z0-9-]*):(?:\/\/)?([^?]*)(?:\?([\s\S]*))?$/.exec(written);
  const [, scheme = '', rest = '', query = ''] = match ?? [];
  const component = components.find(({ schemes }) => schemes.test(scheme));
  if (!component || (component.isOnlyProducer && isConsumer)) return undefined;
  const address = findAddress(component, scheme, rest, query);
  const resource = findResource(component, rest);
  const at = node.childForFieldName('name') ?? node;
  return {
    kind: 'call',
    target: { kind: 'name', name: `org.apache.camel.${component.kind}.${flow}` },
    args: [
      ...(address === undefined ? [] : [{ name: 'address', value: restore(address) }]),
      ...(resource === undefined ? [] : [{ name: 'resource', value: restore(resource) }]),
      ...(component.kind === 'sql' ? [{ name: 'statement', value: restore(rest) }] : []),
    ],
    source: sourceOf(node),
    ...positionOf(at),
  };
}

function findAddress(
  { address }: Component,
  scheme: string,
  rest: string,
  query: string,
): string | undefined {
  if (address === 'host') return rest;
  // `rabbitmq://host:5672/exchange`
  const host = scheme === 'rabbitmq' ? /^([^/\s]*[.:][^/\s]*)\//.exec(rest)?.[1] : undefined;
  if (host !== undefined) return host;
  if (address === 'uri') {
    // `https4://host`, `cxf://http://host`, `netty:tcp://host`
    if (/^[a-z]+:\/\//.test(rest)) return rest;
    if (/^(?:cxf|cxfrs|spring-ws)$/.test(scheme))
      return rest.startsWith('\uE000') ? rest : undefined;
    const written = /^(?:https?4?)$/.test(scheme) ? scheme.replace('4', '') : undefined;
    const plain = /^(?:ahc|vertx-http|netty-http|undertow)$/.test(scheme) ? 'http' : scheme;
    return `${written ?? plain}://${rest.replace(/^(?:tcp|http):/, '')}`;
  }
  for (const option of address) {
    const value = query
      .split('&')
      .find((pair) => pair.startsWith(`${option}=`))
      ?.slice(option.length + 1);
    if (value) return value.replace(/^RAW\((.{0,300})\)$/, '$1');
  }
  return undefined;
}

function findResource({ resource, kind }: Component, rest: string): string | undefined {
  if (resource === 'path') return /\/(.*)$/.exec(rest)?.[1];
  if (resource !== 'name') return undefined;
  const name = rest.replace(/^(?:queue|topic|temp-queue|temp-topic):/, '');
  // `rabbitmq://host:5672/exchange`
  return kind === 'rabbitmq' ? name.replace(/^[^/]*\//, '') : name;
}
