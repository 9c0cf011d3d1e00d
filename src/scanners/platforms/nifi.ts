import type { Schedule } from '../../schedule.ts';
import { protocolOfProduct } from '../../vocabulary/protocol-of-product.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { toCronSchedule } from './cron-schedule.ts';
import { type FlowNode, pairNodes } from './pair-nodes.ts';
import type { FlowEnd, PlatformReader, PlatformSink } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** Flow definitions of NiFi (JSON), as it downloads or keeps them. */
export const nifiReader: PlatformReader = {
  name: 'NiFi flow definitions (JSON)',
  product: { id: 'nifi', kind: 'integration-platform' },
  matches: (_file, text) =>
    /"processors"\s*:/.test(text) && /"(?:flowContents|rootGroup|processGroups)"\s*:/.test(text),
  read(files, sink, { timezone }) {
    for (const { file, trees } of files)
      for (const tree of trees()) {
        const root = toMapping(tree.value);
        const key = isMapping(root['flowContents'])
          ? 'flowContents'
          : isMapping(root['rootGroup'])
            ? 'rootGroup'
            : undefined;
        const found = openGroup();
        collect(
          key === undefined ? root : toMapping(root[key]),
          key === undefined ? [] : [key],
          found,
        );
        readGroups(found, (path) => ({ file, ...tree.placeOf(path) }), sink, timezone);
      }
  },
};

interface Processor {
  readonly value: Mapping;
  readonly path: Path;
  readonly group: string;
}

interface Found {
  readonly processors: Processor[];
  readonly services: Map<string, Mapping>;
  readonly next: Map<string, string[]>;
  readonly groups: Map<string, Path>;
  readonly variables: Map<string, string>;
}

function openGroup(): Found {
  return {
    processors: [],
    services: new Map(),
    next: new Map(),
    groups: new Map(),
    variables: new Map(),
  };
}

const deepest = 40;

function collect(group: Mapping, path: Path, found: Found, name = 'NiFi flow'): void {
  const own = toScalar(group['name']) ?? name;
  found.groups.set(own, path);
  for (const [key, value] of Object.entries(toMapping(group['variables'])))
    found.variables.set(key, toScalar(value) ?? '');
  for (const service of toList(group['controllerServices']).filter(isMapping))
    found.services.set(toScalar(service['identifier']) ?? '', service);
  for (const [index, value] of toList(group['processors']).entries())
    if (isMapping(value))
      found.processors.push({ value, path: [...path, 'processors', index], group: own });
  for (const connection of toList(group['connections']).map(toMapping)) {
    const from = toScalar(toMapping(connection['source'])['id']) ?? '';
    const to = toScalar(toMapping(connection['destination'])['id']) ?? '';
    // What failed goes the other way only to be tried again.
    const relations = toList(connection['selectedRelationships']);
    if (relations.length > 0 && relations.every((each) => /fail|retry/i.test(String(each))))
      continue;
    found.next.set(from, [...(found.next.get(from) ?? []), to]);
  }
  for (const [index, inner] of toList(group['processGroups']).entries())
    if (isMapping(inner) && path.length < 2 * deepest)
      collect(inner, [...path, 'processGroups', index], found, own);
}

function readGroups(
  found: Found,
  placeOf: (path: Path) => FlowEnd['place'],
  sink: PlatformSink,
  timezone: string,
): void {
  const nodes: FlowNode[] = [];
  const groupOf = new Map<FlowEnd, string>();
  const schedules = new Map<string, Schedule[]>();
  for (const { value, path, group } of found.processors) {
    const id = toScalar(value['identifier']) ?? '';
    if (toScalar(value['scheduledState']) === 'DISABLED') {
      sink.leaveOut('switched off');
      nodes.push({ id });
      continue;
    }
    sink.read();
    const type = (toScalar(value['type']) ?? '').split('.').at(-1) ?? '';
    const end = toEnd(type, value, found, placeOf(path));
    if (end) groupOf.set(end, group);
    const isSource =
      /^(?:Get|List|Fetch|Consume|Query|Execute|Generate|Listen|Capture|Scan|Select|Extract|Lookup)/.test(
        type,
      );
    const isBoth = type === 'InvokeHTTP';
    nodes.push({
      id,
      ...(end && (isSource || isBoth) ? { source: end } : {}),
      ...(end && !isSource ? { target: end } : {}),
    });
    const run = readSchedule(value, timezone);
    if (isSource && run) schedules.set(group, [...(schedules.get(group) ?? []), run]);
  }
  const passes = pairNodes(nodes, found.next);
  for (const [group, path] of found.groups) {
    const own = passes.filter(({ from, to }) => groupOf.get((from ?? to) as FlowEnd) === group);
    if (own.length > 0)
      sink.flow({
        name: group,
        place: placeOf(path),
        schedules: schedules.get(group) ?? [],
        passes: own,
      });
  }
}

const addressKeys = [
  'Database Connection URL',
  'HTTP URL',
  'Remote URL',
  'Hostname',
  'Broker URI',
  'Broker URL',
  'bootstrap.servers',
  'Bootstrap Servers',
  'kafka-brokers',
  'Mongo URI',
  'mongo-uri',
  'elasticsearch-http-url',
  'el-cs-http-hosts',
  'HTTP Hosts',
  'SMTP Hostname',
  'Brokers',
  'Host Name',
  'hostname',
  'salesforce-url',
  'Splunk Hostname',
  'url',
  'Connection String',
];
const topicKeys = [
  'topic',
  'Topic Name(s)',
  'Topics',
  'Topic Name',
  'Topic',
  'topic_name',
  'Queue',
  'Destination Name',
  'Topic Filter',
  'Routing Key',
];

/** What processors do that no product names; `PutFTP` and `PutEmail` run words together. */
const protocols: readonly (readonly [RegExp, string])[] = [
  [/ftp/i, 'ftp'],
  [/s3/i, 's3'],
  [/sqs/i, 'sqs'],
  // Which database it is, the address of its connection pool says.
  [/sql|database|record$|ddl/i, 'jdbc'],
  [/http/i, 'http'],
  [/email/i, 'smtp'],
  [/salesforce/i, 'https'],
  [/tcp|syslog/i, 'tcp'],
];

function toEnd(
  type: string,
  processor: Mapping,
  found: Found,
  place: FlowEnd['place'],
): FlowEnd | undefined {
  const own = toMapping(processor['properties']);
  const services = Object.values(own).flatMap((value): Mapping[] => {
    const service = found.services.get(toScalar(value) ?? '');
    return service === undefined ? [] : [service];
  });
  const all = [own, ...services.map((service) => toMapping(service['properties']))];
  const read = (keys: readonly string[]): string | undefined =>
    all
      .flatMap((properties) => keys.flatMap((key) => toScalar(properties[key]) || []))[0]
      ?.replace(
        /[$#]\{([\w.-]{1,100})\}/g,
        (whole, name: string) => found.variables.get(name) ?? whole,
      );
  const isOutside =
    /^(?:Get|List|Fetch|Consume|Query|Execute|Put|Publish|Invoke|Send|Capture|Delete|Store|Insert|Update)/.test(
      type,
    );
  if (
    !isOutside ||
    /^(?:Execute(?:Script|Process|Stream|Groovy)|UpdateAttribute|UpdateRecord|PutFile|GetFile|ListFile|FetchFile|ExecuteStateless|UpdateCounter|QueryRecord)/.test(
      type,
    )
  )
    return undefined;
  const bucket = read(['Bucket', 'gcs-bucket']);
  const address =
    read(addressKeys) ??
    (bucket === undefined ? undefined : `${/GCS/.test(type) ? 'gs' : 's3'}://${bucket}`);
  if (address === undefined) return undefined;
  const port = read(['Port', 'SMTP Port']);
  const scheme = /^jdbc:([a-z0-9]+)/i.exec(address)?.[1]?.toLowerCase();
  const protocol =
    scheme === 'sqlserver'
      ? 'mssql'
      : (scheme ??
        (address.startsWith('https:')
          ? 'https'
          : (protocolOfProduct(type) ?? protocols.find(([pattern]) => pattern.test(type))?.[1])));
  const topic = read(topicKeys);
  const first = /^jdbc:|:\/\//.test(address) ? address : (address.split(',')[0] ?? address);
  return {
    reference: toEndReference(
      port !== undefined && !/:\d+|:\/\//.test(first) ? `${first}:${port}` : first,
    ),
    place,
    ...(protocol === undefined ? {} : { protocol }),
    ...(topic === undefined ? {} : { resource: topic, style: 'event' as const }),
  };
}

/** `0 sec` runs whenever there is something to do, which is no schedule. */
function readSchedule(processor: Mapping, timezone: string): Schedule | undefined {
  const period = toScalar(processor['schedulingPeriod']) ?? '';
  if (toScalar(processor['schedulingStrategy']) === 'CRON_DRIVEN')
    return toCronSchedule(period, timezone);
  const [, count = '', unit = ''] = /^(\d{1,9})\s*(sec|min|hour|day)/i.exec(period) ?? [];
  const size = { sec: 1_000, min: 60_000, hour: 3_600_000, day: 86_400_000 }[unit.toLowerCase()];
  return size !== undefined && Number(count) > 0
    ? toInterval(Number(count) * size, timezone)
    : undefined;
}
