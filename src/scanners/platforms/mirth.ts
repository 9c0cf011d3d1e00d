import type { Schedule } from '../../schedule.ts';
import { toInterval } from '../schedulers/interval-schedule.ts';
import type { XmlNode } from '../xml-tree.ts';
import { toCronSchedule } from './cron-schedule.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** Channels of Mirth and NextGen Connect, alone, in groups or in a whole server's configuration. */
export const mirthReader: PlatformReader = {
  name: 'Mirth channels (XML)',
  product: { id: 'mirth', kind: 'integration-platform' },
  matches: (_file, text) =>
    /<channel(?:\s[^>]{0,200})?>/.test(text) && text.includes('<sourceConnector'),
  read(files, sink, { timezone }) {
    const channels = files.flatMap((file) =>
      file
        .xml()
        .all('channel')
        .filter((node) => node.child('sourceConnector'))
        .map((node) => ({ file, node })),
    );
    const byId = new Map(channels.map((one) => [one.node.text('id') ?? '', one]));
    for (const { file, node } of channels) readChannel(file, node, byId, sink, timezone);
    for (const file of files)
      if (!channels.some((one) => one.file === file))
        sink.skip({ file: file.file, line: 1, column: 1 }, 'it holds no channel that can be read');
  },
};

interface Channel {
  readonly file: PlatformFile;
  readonly node: XmlNode;
}

const deepest = 8;

function readChannel(
  file: PlatformFile,
  channel: XmlNode,
  byId: ReadonlyMap<string, Channel>,
  sink: PlatformSink,
  timezone: string,
): void {
  const place = { file: file.file, line: channel.line, column: 1 };
  const name = channel.text('name') ?? 'channel';
  const source = channel.child('sourceConnector');
  if (!source || isOff(channel)) {
    sink.leaveOut('switched off');
    return;
  }
  // What another channel writes to is told with that channel.
  if (source.text('transportName') === 'Channel Reader' && isWrittenTo(channel, byId)) {
    sink.leaveOut('channels that others lead to');
    return;
  }
  const from = toEnd(source, file, sink);
  const targets = listTargets(file, channel, byId, sink, new Set(), 0);
  sink.flow({
    name,
    place,
    schedules: readSchedules(source, timezone),
    passes:
      targets.length > 0
        ? targets.map((to) => (from ? { from, to } : { to }))
        : from
          ? [{ from }]
          : [],
  });
}

/** Where a channel leads, channels behind it included. */
function listTargets(
  file: PlatformFile,
  channel: XmlNode,
  byId: ReadonlyMap<string, Channel>,
  sink: PlatformSink,
  seen: Set<string>,
  depth: number,
): FlowEnd[] {
  const id = channel.text('id') ?? '';
  if (seen.has(id) || depth > deepest) return [];
  seen.add(id);
  return listDestinations(channel).flatMap((connector) => {
    if (connector.text('enabled') === 'false') {
      if (depth === 0) sink.leaveOut('switched off');
      return [];
    }
    if (connector.text('transportName') !== 'Channel Writer')
      return toEnd(connector, file, sink) ?? [];
    const next = byId.get(connector.text('properties', 'channelId') ?? '');
    if (next && !isOff(next.node))
      return listTargets(next.file, next.node, byId, sink, seen, depth + 1);
    const written = connector.text('properties', 'channelId') ?? '';
    if (written !== '' && written !== 'none' && depth === 0)
      sink.flaw(
        { file: file.file, line: connector.line, column: 1 },
        `it writes to the channel ${written.slice(0, 60)}, which no file holds`,
      );
    return [];
  });
}

function listDestinations(channel: XmlNode): readonly XmlNode[] {
  return channel.child('destinationConnectors')?.children ?? [];
}

function isOff(channel: XmlNode): boolean {
  const written =
    channel.text('exportData', 'metadata', 'enabled') ??
    channel.text('metadata', 'enabled') ??
    channel.text('enabled');
  return written === 'false';
}

function isWrittenTo(channel: XmlNode, byId: ReadonlyMap<string, Channel>): boolean {
  const id = channel.text('id');
  return [...byId.values()].some(({ node }) =>
    listDestinations(node).some((connector) => connector.text('properties', 'channelId') === id),
  );
}

/** What a connector exchanges data with; undefined for scripts and for what listens to nobody named. */
function toEnd(connector: XmlNode, file: PlatformFile, sink: PlatformSink): FlowEnd | undefined {
  const place = { file: file.file, line: connector.line, column: 1 };
  const properties = connector.child('properties');
  const text = (...path: readonly string[]): string => properties?.text(...path) ?? '';
  const transport = connector.text('transportName') ?? '';
  const [host, port] = [text('remoteAddress') || text('host'), text('remotePort') || text('port')];
  const objects = listObjects(connector);
  const shared = { place, ...(objects.length > 0 ? { objects } : {}) };
  const end = (
    address: string,
    protocol: string,
    more: Partial<FlowEnd> = {},
  ): FlowEnd | undefined =>
    address === ''
      ? undefined
      : { ...shared, reference: toEndReference(address), protocol, ...more };
  switch (transport) {
    case 'HTTP Sender':
      return end(text('host'), text('host').startsWith('https') ? 'https' : 'http');
    case 'Web Service Sender':
      return end(text('locationURI') || text('wsdlUrl'), 'soap');
    case 'TCP Sender':
      return end(`${host}:${port}`, 'mllp', { style: 'event' });
    case 'DICOM Sender':
      return end(`${text('host')}:${text('port')}`, 'dicom');
    case 'Database Reader':
    case 'Database Writer': {
      const scheme = /^jdbc:(?:jtds:)?([a-z0-9]+)/i.exec(text('url'))?.[1]?.toLowerCase();
      return end(text('url'), scheme === 'sqlserver' ? 'mssql' : (scheme ?? 'jdbc'), {
        style: 'database',
      });
    }
    case 'File Reader':
    case 'File Writer': {
      const scheme = text('scheme').toLowerCase();
      if (scheme === 'file' || scheme === '') {
        sink.leaveOut('files of the own host');
        return undefined;
      }
      const [server = '', ...folders] = text('host').split('/');
      const folder = folders.join('/');
      return end(scheme === 's3' ? `s3://${server}` : server, scheme, {
        style: 'file',
        resource:
          `/${[folder, text('fileFilter') || text('outputPattern')].filter((part) => part !== '').join('/')}`.replace(
            /\$\{[^}]*\}/g,
            '*',
          ),
      });
    }
    case 'JMS Listener':
    case 'JMS Sender': {
      const url = [...(properties?.children ?? [])]
        .flatMap(listTexts)
        .find((value) => /^(?:tcp|ssl|amqps?|failover):/i.test(value));
      return end(url ?? text('connectionFactoryClass'), 'jms', {
        style: 'event',
        resource: text('destinationName'),
      });
    }
    case 'SMTP Sender':
      return end(`${text('smtpHost')}:${text('smtpPort')}`, 'smtp');
    case 'HTTP Listener':
    case 'TCP Listener':
    case 'Web Service Listener':
    case 'DICOM Listener':
      sink.leaveOut('listeners: who sends to them is not written down');
      return undefined;
    default:
      sink.leaveOut(
        transport.startsWith('JavaScript')
          ? 'connectors written in JavaScript'
          : 'other connectors',
      );
      return undefined;
  }
}

function listTexts(node: XmlNode): string[] {
  return [
    node.own,
    ...node.children.flatMap((child) =>
      child.children.length > 20 ? [] : [child.own, ...child.children.map(({ own }) => own)],
    ),
  ];
}

/** The kinds of data on the way: HL7 v2, JSON … */
function listObjects(connector: XmlNode): string[] {
  const kind = connector.text('transformer', 'outboundDataType') ?? '';
  return kind === '' || kind === 'RAW' ? [] : [kind];
}

/** Readers look by an interval, at a time of the day, or by cron. */
function readSchedules(connector: XmlNode, timezone: string): Schedule[] {
  const poll = connector.child('properties')?.child('pollConnectorProperties');
  const type = poll?.text('pollingType')?.toUpperCase();
  if (!poll || type === undefined) return [];
  if (type === 'INTERVAL') {
    const ms = Number(poll.text('pollingFrequency'));
    return ms > 0 ? [toInterval(ms, timezone)] : [];
  }
  if (type === 'TIME') {
    const [hour, minute] = [Number(poll.text('pollingHour')), Number(poll.text('pollingMinute'))];
    return Number.isInteger(hour) && Number.isInteger(minute)
      ? [toCronSchedule(`${minute} ${hour} * * *`, timezone) ?? []].flat()
      : [];
  }
  const jobs = poll.child('cronJobs')?.children ?? [];
  return jobs.flatMap((job) => toCronSchedule(job.text('expression') ?? '', timezone) ?? []);
}
