import type { Schedule } from '../../schedule.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import type { XmlNode } from '../xml-tree.ts';
import { toCronSchedule } from './cron-schedule.ts';
import { type FlowNode, pairNodes } from './pair-nodes.ts';
import type {
  FlowEnd,
  PlatformFile,
  PlatformFlow,
  PlatformReader,
  PlatformSink,
} from './platform.ts';
import { toEndReference, toServiceReference } from './service-reference.ts';

/** Flows of Mule 4 applications: what their connectors reach, by the configuration they refer to. */
export const mulesoftReader: PlatformReader = {
  name: 'MuleSoft flows (XML)',
  product: { id: 'mulesoft', kind: 'integration-platform' },
  matches: (_file, text) => /<mule[\s>]/.test(text) && text.includes('mulesoft.org/schema/mule'),
  read(files, sink, { timezone }) {
    // The tree leaves prefixes out, but the same name means another connector under each.
    const configs = new Map(
      files.flatMap((file) =>
        (file.xml().all('mule')[0]?.children ?? []).flatMap((node) => {
          const name = node.attributes.get('name');
          return name === undefined || /^(?:flow|sub-flow)$/.test(node.name)
            ? []
            : [[name, { node, prefix: prefixOf(file.text, node) }] as const];
        }),
      ),
    );
    for (const file of files) readFlows(file, configs, sink, timezone);
  },
};

interface Config {
  readonly node: XmlNode;
  readonly prefix: string;
}

/** The prefix of an element, read where it stands. */
function prefixOf(text: string, node: XmlNode): string {
  const named = [...node.attributes.values()].find((value) => value.length > 0) ?? '';
  const at = text.indexOf(named);
  const start = at < 0 ? -1 : text.lastIndexOf('<', at);
  return /^<([\w-]+):/.exec(text.slice(start, start + 80))?.[1] ?? '';
}

function readFlows(
  file: PlatformFile,
  configs: ReadonlyMap<string, Config>,
  sink: PlatformSink,
  timezone: string,
): void {
  const flows = file.xml().all('flow', 'sub-flow');
  const nodes: FlowNode[] = [];
  const next = new Map<string, string[]>();
  const schedules = new Map<XmlNode, Schedule[]>();
  const own = new Map<XmlNode, Set<FlowEnd>>();
  for (const flow of flows) {
    const name = `flow ${flow.attributes.get('name') ?? ''}`;
    nodes.push({ id: name });
    let last = name;
    const ends = new Set<FlowEnd>();
    own.set(flow, ends);
    const join = (to: string): unknown => next.set(last, [...(next.get(last) ?? []), to]);
    const visit = (node: XmlNode, isFirst: boolean, depth: number): void => {
      const called = node.name === 'flow-ref' ? node.attributes.get('name') : undefined;
      if (called !== undefined) join(`flow ${called}`);
      if (node.name === 'scheduler') schedules.set(flow, readSchedule(node, timezone));
      const config = configs.get(node.attributes.get('config-ref') ?? '');
      const end = config && toEnd(node, config, { file: file.file, line: node.line, column: 1 });
      if (config && !end) sink.leaveOut('listeners: who sends to them is not written down');
      if (end) {
        ends.add(end);
        const id = `${name} ${node.line} ${nodes.length}`;
        const { isSource, isRead, isBoth } = roleOf(node, isFirst);
        nodes.push({ id, ...toSides(end, roleOf(node, isFirst)) });
        if (isSource) next.set(id, [name]);
        else {
          join(id);
          if (isRead || isBoth) last = id;
        }
      }
      if (depth < 60) for (const child of node.children) visit(child, false, depth + 1);
    };
    for (const [index, node] of flow.children.entries()) visit(node, index === 0, 0);
  }
  tellFlows(flows, file.file, { passes: pairNodes(nodes, next), own, schedules }, sink);
}

/** What an operation does with data, by its name. */
function roleOf(
  { name }: XmlNode,
  isFirst: boolean,
): { readonly isSource: boolean; readonly isRead: boolean; readonly isBoth: boolean } {
  return {
    isSource:
      isFirst && /^(?:listener|on-|.*listener$|subscriber|consumer|message-listener)/.test(name),
    isRead: /^(?:select|query|get|read|retrieve|consume|list|lookup)/.test(name),
    isBoth: name === 'request' || name === 'stored-procedure',
  };
}

function toSides(
  end: FlowEnd,
  { isSource, isRead, isBoth }: ReturnType<typeof roleOf>,
): Pick<FlowNode, 'source' | 'target'> {
  return {
    ...(isSource || isRead || isBoth ? { source: end } : {}),
    ...(isSource || isRead ? {} : { target: end }),
  };
}

function tellFlows(
  flows: readonly XmlNode[],
  file: string,
  {
    passes,
    own,
    schedules,
  }: {
    readonly passes: PlatformFlow['passes'];
    readonly own: ReadonlyMap<XmlNode, ReadonlySet<FlowEnd>>;
    readonly schedules: ReadonlyMap<XmlNode, readonly Schedule[]>;
  },
  sink: PlatformSink,
): void {
  for (const flow of flows) {
    const place = { file, line: flow.line, column: 1 };
    const ends = own.get(flow);
    const found = passes.filter(({ from, to }) => ends?.has((from ?? to) as FlowEnd));
    if (flow.attributes.get('initialState') === 'stopped') sink.leaveOut('switched off');
    else if (found.length === 0) sink.leaveOut('flows that stay inside');
    else
      sink.flow({
        name: flow.attributes.get('name') ?? 'flow',
        place,
        schedules: schedules.get(flow) ?? [],
        passes: found,
      });
  }
}

const protocols: Readonly<Record<string, string>> = {
  db: 'jdbc',
  jms: 'jms',
  kafka: 'kafka',
  amqp: 'amqp',
  sftp: 'sftp',
  ftp: 'ftp',
  ftps: 'ftps',
  email: 'smtp',
  mongo: 'mongodb',
  redis: 'redis',
  sockets: 'tcp',
  'anypoint-mq': 'amqp',
  sqs: 'sqs',
  s3: 's3',
  ldap: 'ldap',
};

function toEnd(
  node: XmlNode,
  { node: config, prefix }: Config,
  place: FlowEnd['place'],
): FlowEnd | undefined {
  if (/listener-config$/.test(config.name) || prefix === 'apikit') return undefined;
  const [connection] = config.children.filter(({ name }) => /connection$/i.test(name));
  const parts = [config, ...config.children, ...(connection?.children ?? [])];
  const read = (...keys: readonly string[]): string | undefined =>
    keys.flatMap((key) => parts.flatMap((part) => part.attributes.get(key) ?? []))[0];
  const host =
    read(
      'url',
      'host',
      'hostname',
      'brokerUrl',
      'brokerURL',
      'connectionString',
      'wsdlLocation',
      'address',
      'bootstrapServers',
      'endpoint',
    ) ??
    config.children
      .flatMap((child) => child.children)
      .find(({ name }) => name === 'bootstrap-servers')
      ?.children[0]?.attributes.get('value');
  const port = read('port');
  const isHttp = prefix === 'http' || config.name === 'request-config';
  const protocol = isHttp
    ? (read('protocol') ?? 'HTTP').toLowerCase() === 'https'
      ? 'https'
      : 'http'
    : (protocols[prefix] ?? 'https');
  const topic =
    node.attributes.get('topic') ??
    node.attributes.get('destination') ??
    node.attributes.get('queueName') ??
    node.attributes.get('exchangeName');
  const open = host?.replace(/\$\{([^}]*)\}/g, '{$1}');
  const reference =
    open === undefined
      ? toServiceReference(
          prefix === '' ? config.name.replace(/-config$/, '') : prefix,
          config.attributes.get('name')?.replace(/[_-]?config$/i, ''),
        )
      : open.includes('{')
        ? ({ kind: 'alias', value: open } as const)
        : toEndReference(
            port !== undefined && /^\d+$/.test(port) && !/:\d|:\/\//.test(open)
              ? `${open}:${port}`
              : open,
          );
  return {
    reference,
    place,
    protocol,
    ...(topic === undefined ? {} : { resource: topic, style: 'event' as const }),
  };
}

function readSchedule(node: XmlNode, timezone: string): Schedule[] {
  const strategy = node.child('scheduling-strategy');
  const cron = strategy?.child('cron')?.attributes;
  if (cron)
    return [
      toCronSchedule(cron.get('expression') ?? '', cron.get('timeZone') ?? timezone) ?? [],
    ].flat();
  const fixed = strategy?.child('fixed-frequency')?.attributes;
  const size = {
    MILLISECONDS: 1,
    SECONDS: 1_000,
    MINUTES: 60_000,
    HOURS: 3_600_000,
    DAYS: 86_400_000,
  }[fixed?.get('timeUnit') ?? 'MILLISECONDS'];
  const count = Number(fixed?.get('frequency') ?? 0);
  return size !== undefined && count > 0 ? [toInterval(count * size, timezone)] : [];
}
