import type { Schedule } from '../../schedule.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import { isMapping, type Mapping, toList, toScalar } from '../scripts/settings/documents.ts';
import { toCronSchedule } from './cron-schedule.ts';
import { type FlowNode, pairNodes } from './pair-nodes.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** Flows of Node-RED (`flows.json`): one flow a tab. */
export const nodeRedReader: PlatformReader = {
  name: 'Node-RED flows (JSON)',
  product: { id: 'node-red', kind: 'integration-platform' },
  matches: (_file, text) =>
    /^\s*\[/.test(text) && /"wires"\s*:/.test(text) && /"z"\s*:|"type"\s*:\s*"tab"/.test(text),
  read(files, sink, { timezone }) {
    for (const file of files) {
      const [tree] = file.trees();
      if (tree && Array.isArray(tree.value)) readFlows(file, sink, timezone);
      else sink.skip({ file: file.file, line: 1, column: 1 }, 'it is no list of nodes');
    }
  },
};

interface Node {
  readonly id: string;
  readonly type: string;
  readonly fields: Mapping;
  readonly place: FlowEnd['place'];
}

function readFlows(file: PlatformFile, sink: PlatformSink, timezone: string): void {
  const [tree] = file.trees();
  const nodes = toList(tree?.value).flatMap((fields, index): Node[] => {
    if (!tree || !isMapping(fields)) return [];
    const place = { file: file.file, ...tree.placeOf([index]) };
    return [
      { id: toScalar(fields['id']) ?? '', type: toScalar(fields['type']) ?? '', fields, place },
    ];
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const off = new Set(
    nodes
      .filter(({ type, fields }) => type === 'tab' && fields['disabled'] === true)
      .map(({ id }) => id),
  );
  const next = new Map<string, string[]>();
  for (const { id, type, fields } of nodes)
    next.set(id, [
      ...toList(fields['wires'])
        .flat()
        .flatMap((wire) => toScalar(wire) ?? []),
      ...(/^link (?:out|call)$/.test(type)
        ? toList(fields['links']).flatMap((link) => toScalar(link) ?? [])
        : []),
    ]);
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const tab = toScalar(node.fields['z']);
    if (tab === undefined) continue;
    if (off.has(tab) || node.fields['d'] === true) sink.leaveOut('switched off');
    else groups.set(tab, [...(groups.get(tab) ?? []), node]);
  }
  for (const [id, group] of groups) {
    const tab = byId.get(id);
    const place = tab?.place ?? { file: file.file, line: 1, column: 1 };
    // Links lead from one tab to another, so what is behind may stand elsewhere.
    const steps = nodes
      .filter((node) => !off.has(toScalar(node.fields['z']) ?? '') && node.fields['d'] !== true)
      .map((node): FlowNode => toStep(node, byId, group.includes(node)));
    const passes = pairNodes(steps, next).filter(
      ({ from, to }) =>
        from !== undefined || group.some(({ place: own }) => own.line === to?.place.line),
    );
    sink.read(group.length);
    if (passes.length > 0)
      sink.flow({
        name: toScalar(tab?.fields['label']) ?? id,
        place,
        schedules: group.flatMap(({ type, fields }) => readSchedule(type, fields, timezone)),
        passes,
      });
  }
}

/** Nodes of other tabs are targets alone, so that what begins there is told once. */
function toStep(node: Node, byId: ReadonlyMap<string, Node>, isOwn: boolean): FlowNode {
  const end = toEnd(node, byId);
  if (!end) return { id: node.id };
  const isIn = / in$|-in$|^inject$|listen/.test(node.type);
  const isBoth = /request|^(?:postgresql|mysql|mssql|mongodb)/.test(node.type);
  return {
    id: node.id,
    ...(isOwn && (isIn || isBoth) ? { source: end } : {}),
    ...(isIn ? {} : { target: end }),
  };
}

function toEnd(
  { type, fields, place }: Node,
  byId: ReadonlyMap<string, Node>,
): FlowEnd | undefined {
  const text = (key: string, from: Mapping = fields): string => toScalar(from[key]) ?? '';
  /** The configuration node that a field refers to. */
  const config = (...keys: readonly string[]): Mapping =>
    keys.map((key) => byId.get(text(key))?.fields).find((each) => each !== undefined) ?? {};
  const end = (
    address: string,
    protocol: string,
    more: Partial<FlowEnd> = {},
  ): FlowEnd | undefined =>
    address === '' || address.startsWith(':')
      ? undefined
      : { reference: toEndReference(address.replace(/\{\{.*$/s, '')), place, protocol, ...more };
  const topic = (name: string): Partial<FlowEnd> => ({
    style: 'event',
    ...(name === ''
      ? {}
      : { resource: name.replace(/(^|\/)\+(?=\/|$)/g, '$1*').replace(/\/?#$/, '/*') }),
  });
  if (/^mqtt (?:in|out)$/.test(type)) {
    const broker = config('broker');
    return end(
      `${text('broker', broker)}:${text('port', broker) || '1883'}`,
      'mqtt',
      topic(text('topic')),
    );
  }
  if (type === 'http request')
    return end(text('url'), /^https:/.test(text('url')) ? 'https' : 'http');
  if (/^tcp (?:out|request)$|^udp out$/.test(type))
    return end(`${text('host') || text('server') || text('addr')}:${text('port')}`, 'tcp');
  if (/^websocket (?:in|out)$/.test(type)) return end(text('path', config('client')), 'ws');
  if (/^(?:postgresql|postgres|mysql|MSSQL|mssql|mongodb\d?|influxdb)( in| out)?$/i.test(type)) {
    const server = config(
      'postgreSQLConfig',
      'mydb',
      'mssqlCN',
      'mongodb',
      'mongodbConfig',
      'clientNode',
      'influxdb',
      'server',
      'config',
    );
    const host =
      text('host', server) ||
      text('hostname', server) ||
      text('server', server) ||
      text('url', server) ||
      text('uri', server);
    const port = text('port', server);
    const protocol = type
      .toLowerCase()
      .replace(/ (?:in|out)$/, '')
      .replace(/^postgres$/, 'postgresql')
      .replace(/\d$/, '');
    return end(port !== '' && !/:/.test(host) ? `${host}:${port}` : host, protocol, {
      style: 'database',
    });
  }
  if (/^amqp[ -](?:in|out)$/.test(type)) {
    const broker = config('broker');
    return end(
      `${text('host', broker)}:${text('port', broker) || '5672'}`,
      'amqp',
      topic(text('queueName') || text('exchangeName')),
    );
  }
  if (/kafka/i.test(type)) {
    const broker = config('broker', 'broker-config');
    const hosts = text('hosts', broker) || text('brokers', broker) || text('broker', broker);
    return end(hosts.split(',')[0] ?? '', 'kafka', topic(text('topic') || text('topics')));
  }
  if (type === 'e-mail') return end(text('server'), 'smtp');
  if (type === 'e-mail in') return end(text('server'), 'imap');
  if (/^OPC-?UA/i.test(type)) return end(text('endpoint', config('endpoint')), 'opc-ua');
  if (/^modbus-(?:read|write|getter|flex)/.test(type)) {
    const server = config('server');
    return end(`${text('tcpHost', server)}:${text('tcpPort', server)}`, 'modbus');
  }
  return undefined;
}

/** An inject node fires by cron or every so many seconds. */
function readSchedule(type: string, fields: Mapping, timezone: string): Schedule[] {
  if (type !== 'inject') return [];
  const cron = toScalar(fields['crontab']) ?? '';
  if (cron !== '') return [toCronSchedule(cron, timezone) ?? []].flat();
  const seconds = Number(toScalar(fields['repeat']) ?? '');
  return seconds > 0 ? [toInterval(seconds * 1000, timezone)] : [];
}
