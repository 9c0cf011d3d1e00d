import { type End, toEnd } from './addresses.ts';
import { direct, type Found } from './found.ts';
import { findWord, readOptions } from './source.ts';
import type { Unit } from './unit.ts';
import type { OpenValue } from './values.ts';

/** Subscriptions, integrations and functions that a statement creates. */
export function readCreated(unit: Unit, index: number, at: number): Found[] {
  const { tokens, values } = unit;
  const type = findWord(
    tokens,
    index,
    ['subscription', 'integration', 'function', 'route', 'database'],
    6,
  );
  const kind = type === undefined ? '' : tokens[type]?.word;
  const options = readOptions(tokens, index, 120);
  const read = (...keys: readonly string[]): OpenValue | undefined => {
    const found = keys.map((key) => options.get(key)).find((value) => value !== undefined);
    return found === undefined ? undefined : values.read(found);
  };
  if (kind === 'subscription') {
    const value = read('connection');
    return value ? direct(at, 'pull', 'subscription', toEnd(value.text, 'postgresql'), value) : [];
  }
  if (kind === 'integration') return readIntegration(at, read);
  if (kind === 'route') {
    const value = read('address');
    return value
      ? direct(at, 'push', 'route', toEnd(value.text.replace(/^tcp:\/\//i, ''), 'tcp'), value)
      : [];
  }
  if (kind === 'function') {
    const endpoint =
      read('endpoint') ?? (type === undefined ? undefined : readExternalFunction(unit, index));
    return endpoint && /^https?:\/\//i.test(endpoint.text)
      ? direct(at, 'both', 'external function', toEnd(endpoint.text, 'https'), endpoint)
      : [];
  }
  return [];
}

/** Snowflake: `CREATE EXTERNAL FUNCTION f(…) … AS 'https://…'`. */
function readExternalFunction(unit: Unit, index: number): OpenValue | undefined {
  if (findWord(unit.tokens, index, ['external'], 4) === undefined) return undefined;
  const as = findWord(unit.tokens, index, ['as'], 200);
  return as === undefined ? undefined : unit.values.read(as + 1);
}

/** Snowflake: a notification integration sends to a topic, queue or hook, or takes from one. */
function readIntegration(
  at: number,
  read: (...keys: readonly string[]) => OpenValue | undefined,
): Found[] {
  const hook = read(
    'webhook_url',
    'azure_storage_queue_primary_uri',
    'azure_event_grid_topic_endpoint',
  );
  const flow = /^outbound$/i.test(read('direction')?.text.replace(/[{}]/g, '') ?? '')
    ? 'push'
    : 'pull';
  if (hook)
    return direct(
      at,
      read('webhook_url') ? 'push' : flow,
      'integration',
      toEnd(hook.text, 'https'),
      hook,
    );
  const queue = read('aws_sns_topic_arn', 'aws_sqs_arn');
  const arn = /^arn:[\w-]{1,20}:(\w{1,20}):([\w-]{1,30}):\d{0,20}:(.{1,200})$/.exec(
    queue?.text ?? '',
  );
  if (queue && arn) {
    const [, service = '', region = '', name = ''] = arn;
    const end: End = {
      address: `${service}.${region}.amazonaws.com`,
      protocol: service,
      style: 'event',
      resource: name,
    };
    return direct(at, flow, 'integration', end, queue);
  }
  const topic = read('gcp_pubsub_subscription_name', 'gcp_pubsub_topic_name');
  return topic
    ? direct(
        at,
        read('gcp_pubsub_topic_name') ? 'push' : 'pull',
        'integration',
        {
          address: 'pubsub.googleapis.com',
          protocol: 'pubsub',
          style: 'event',
          resource: topic.text.slice(topic.text.lastIndexOf('/') + 1),
        },
        topic,
      )
    : [];
}

/** `ALTER SUBSCRIPTION s CONNECTION '…'`, `ALTER SYSTEM SET smtp_out_server = 'host'`. */
export function readAltered(unit: Unit, index: number, at: number): Found[] {
  const { tokens, values } = unit;
  if (tokens[index + 1]?.word === 'subscription') {
    const connection = findWord(tokens, index, ['connection'], 6);
    const value = connection === undefined ? undefined : values.read(connection + 1);
    return value ? direct(at, 'pull', 'subscription', toEnd(value.text, 'postgresql'), value) : [];
  }
  const smtp = findWord(tokens, index, ['smtp_out_server'], 6);
  const value = smtp === undefined ? undefined : values.read(smtp + 2);
  return value
    ? direct(at, 'push', 'mail server', toEnd(value.text.split(',')[0] ?? '', 'smtp'), value)
    : [];
}
