import { type Reference, toAddressReference, toSystemReference } from '../../evidence.ts';
import { protocolOfProduct } from '../../vocabulary/protocol-of-product.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import type { FlowEnd, PlatformReader } from './platform.ts';
import { toEndReference, toServiceReference } from './service-reference.ts';

const className = /"connector\.class"\s*:/;

/** Connectors of Kafka Connect as its API gives and takes them; Debezium's among them. */
export const kafkaConnectReader: PlatformReader = {
  name: 'Kafka Connect connectors (JSON)',
  product: { id: 'kafka', kind: 'broker' },
  matches: (_file, text) => className.test(text) && !/"nodes"\s*:/.test(text),
  read(files, sink, { platform }) {
    for (const { file, trees } of files) {
      const found = trees().flatMap((tree) =>
        listConnectors(tree.value).map(({ path, ...one }) => ({
          ...one,
          place: { file, ...tree.placeOf(path) },
        })),
      );
      if (found.length === 0)
        sink.skip({ file, line: 1, column: 1 }, 'it holds no connector that can be read');
      for (const { name, config, isPaused, place } of found) {
        if (isPaused) {
          sink.leaveOut('switched off');
          continue;
        }
        const far = readFarEnd(config, place);
        const topics = readTopics(config);
        const isSink = /sink/i.test(toScalar(config['connector.class']) ?? '');
        const near = (topics.length > 0 ? topics : ['*']).map(
          (topic): FlowEnd => ({
            reference: toSystemReference(platform),
            place,
            protocol: 'kafka',
            style: 'event',
            resource: topic,
          }),
        );
        if (topics.length === 0) sink.flaw(place, `connector "${name}" names no topic`);
        const retries = Number(toScalar(config['errors.retry.timeout']) ?? 0) !== 0;
        sink.flow({
          name,
          place,
          passes: near.map((topic) =>
            isSink ? { from: topic, to: far } : { from: far, to: topic },
          ),
          ...(retries
            ? {
                safeguards: [{ safeguard: 'retry', place, summary: 'errors.retry.timeout is set' }],
              }
            : {}),
        });
      }
    }
  },
};

interface Connector {
  readonly name: string;
  readonly config: Mapping;
  readonly isPaused: boolean;
  readonly path: Path;
}

/** One connector with or without its name, several, or what `?expand=info` gives. */
function listConnectors(value: unknown, path: Path = [], name = 'connector'): Connector[] {
  if (path.length > 4) return [];
  if (Array.isArray(value))
    return value.slice(0, 5_000).flatMap((item, index) => listConnectors(item, [...path, index]));
  if (!isMapping(value)) return [];
  const own = toScalar(value['name']) ?? name;
  if (value['connector.class'] !== undefined)
    return [{ name: own, config: value, isPaused: false, path }];
  const config = value['config'] ?? toMapping(value['info'])['config'];
  if (isMapping(config) && config['connector.class'] !== undefined) {
    const state = toScalar(toMapping(toMapping(value['status'])['connector'])['state']);
    const initial = toScalar(value['initial_state']);
    const isPaused = /^(?:PAUSED|STOPPED)$/i.test(state ?? initial ?? '');
    return [{ name: toScalar(config['name']) ?? own, config, isPaused, path }];
  }
  return Object.entries(value)
    .slice(0, 5_000)
    .flatMap(([key, inner]) => listConnectors(inner, [...path, key], key));
}

/** Keys that name the other end, in the order in which they say most. */
const addressKeys = [
  'connection.url',
  'mongodb.connection.string',
  'connection.uri',
  'snowflake.url.name',
  'http.api.url',
  'elastic.url',
  'hdfs.url',
  'splunk.hec.uri',
  'mqtt.server.uri',
  'sftp.host',
  'ftp.address',
  'salesforce.instance',
  'jms.url',
  'mq.connection.name.list',
  'rabbitmq.host',
  'connection.host',
  'redis.hosts',
];

function readFarEnd(config: Mapping, place: FlowEnd['place']): FlowEnd {
  const text = (key: string): string | undefined => toScalar(config[key]);
  const kind = (text('connector.class') ?? '').split('.').slice(-2).join('.');
  const protocol = protocolOfProduct(kind);
  const host = text('database.hostname') ?? text('mongodb.hosts');
  const bucket = text('s3.bucket.name') ?? text('gcs.bucket.name');
  const tables = (
    text('table.include.list') ??
    text('table.whitelist') ??
    text('collection.include.list') ??
    ''
  )
    .split(',')
    .map((table) => table.trim())
    .filter((table) => table !== '');
  const shared = {
    place,
    ...(tables.length > 0 ? { objects: tables.slice(0, 200) } : {}),
  };
  if (bucket !== undefined) {
    const isGoogle = text('gcs.bucket.name') !== undefined;
    const scheme = isGoogle ? 'gs' : 's3';
    return { ...shared, reference: toAddressReference(`${scheme}://${bucket}`), protocol: scheme };
  }
  if (host !== undefined) {
    const port = text('database.port');
    const first = host.replace(/^[^/]*\//, '').split(',')[0] ?? host;
    const address = port !== undefined && !/:\d+$/.test(first) ? `${first}:${port}` : first;
    return {
      ...shared,
      reference: toEndReference(address),
      ...(protocol === undefined ? {} : { protocol, style: 'database' }),
    };
  }
  const address = addressKeys.map(text).find((value) => value !== undefined && value !== '');
  if (address !== undefined) {
    const scheme = /^jdbc:([a-z0-9]+):/i.exec(address)?.[1]?.toLowerCase();
    const spoken = scheme === 'sqlserver' ? 'mssql' : (scheme ?? protocol);
    return {
      ...shared,
      reference: toEndReference(address),
      ...(spoken === undefined ? {} : { protocol: spoken }),
    };
  }
  return { ...shared, reference: toProduct(kind), ...(protocol === undefined ? {} : { protocol }) };
}

/** `SalesforceSourceConnector` is Salesforce. */
function toProduct(kind: string): Reference {
  const word = (kind.split('.').at(-1) ?? kind).replace(/(?:Source|Sink)?Connector$/, '');
  return toServiceReference(word === '' ? kind : word);
}

function readTopics(config: Mapping): string[] {
  const text = (key: string): string | undefined => toScalar(config[key]);
  const named = (text('topics') ?? text('topic') ?? text('kafka.topic') ?? '')
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '');
  if (named.length > 0) return named.slice(0, 500);
  const pattern = text('topics.regex');
  if (pattern !== undefined) {
    const start = /^\^?((?:[\w-]|\\?\.(?![*+?]))+)/.exec(pattern)?.[1]?.replaceAll('\\', '');
    return start === undefined ? [] : [`${start}*`];
  }
  // Debezium names its topics server.schema.table.
  const prefix = text('topic.prefix') ?? text('database.server.name') ?? text('mongodb.name');
  if (prefix === undefined) return [];
  const isDebezium = /debezium/i.test(text('connector.class') ?? '');
  const tables =
    text('table.include.list') ?? text('table.whitelist') ?? text('collection.include.list');
  if (!isDebezium) return [`${prefix}*`];
  const routed = toList(text('transforms')?.split(',')).some((name) =>
    toScalar(config[`transforms.${String(name).trim()}.type`])?.endsWith('ByLogicalTableRouter'),
  );
  if (tables === undefined || routed) return [`${prefix}.*`];
  return tables
    .split(',')
    .slice(0, 500)
    .map(
      (table) =>
        `${prefix}.${table
          .trim()
          .replace(/\\\.|\(.*$/g, '.')
          .replace(/\.\*$|\[.*$/, '*')}`,
    );
}
