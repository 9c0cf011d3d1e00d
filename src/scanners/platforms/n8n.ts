import type { Schedule } from '../../schedule.ts';
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
import { toEndReference, toServiceReference } from './service-reference.ts';

/** Workflows of n8n, as it exports them: one, or a list of them. */
export const n8nReader: PlatformReader = {
  name: 'n8n workflows (JSON)',
  product: { id: 'n8n', kind: 'integration-platform' },
  matches: (_file, text) =>
    /"nodes"\s*:/.test(text) &&
    /"connections"\s*:/.test(text) &&
    /"(?:n8n-nodes-|@n8n\/)/.test(text),
  read(files, sink, { timezone }) {
    for (const file of files)
      for (const tree of file.trees()) {
        const found = listWorkflows(tree.value, []);
        if (found.length === 0)
          sink.skip(
            { file: file.file, line: 1, column: 1 },
            'it holds no workflow that can be read',
          );
        for (const { value, path } of found)
          readWorkflow(
            value,
            { file: file.file, ...tree.placeOf(path) },
            (at) => ({ file: file.file, ...tree.placeOf([...path, ...at]) }),
            sink,
            timezone,
          );
      }
  },
};

function listWorkflows(value: unknown, path: Path): { value: Mapping; path: Path }[] {
  if (Array.isArray(value))
    return value
      .slice(0, 10_000)
      .flatMap((item, index) => (path.length > 2 ? [] : listWorkflows(item, [...path, index])));
  if (!isMapping(value)) return [];
  if (Array.isArray(value['nodes'])) return [{ value, path }];
  return path.length > 2
    ? []
    : ['data', 'workflows'].flatMap((key) => listWorkflows(value[key], [...path, key]));
}

function readWorkflow(
  workflow: Mapping,
  place: FlowEnd['place'],
  placeOf: (path: Path) => FlowEnd['place'],
  sink: PlatformSink,
  timezone: string,
): void {
  // An export of one workflow leaves `active` out where it was copied from the screen.
  if (workflow['active'] === false || workflow['isArchived'] === true) {
    sink.leaveOut('switched off');
    return;
  }
  const settings = toMapping(workflow['settings']);
  const zone = toScalar(settings['timezone']);
  const clock = zone !== undefined && zone !== 'DEFAULT' ? zone : timezone;
  const next = readWires(workflow['connections']);
  const nodes: FlowNode[] = [];
  const schedules: Schedule[] = [];
  let retries = false;
  for (const [index, item] of toList(workflow['nodes']).entries()) {
    const node = toMapping(item);
    const name = toScalar(node['name']) ?? String(index);
    if (node['disabled'] === true) {
      sink.leaveOut('switched off');
      nodes.push({ id: name });
      continue;
    }
    retries ||= node['retryOnFail'] === true;
    const type = (toScalar(node['type']) ?? '').replace(/^.*\./, '');
    schedules.push(...readSchedules(type, toMapping(node['parameters']), clock));
    nodes.push({ id: name, ...toEnds(type, node, placeOf(['nodes', index])) });
  }
  const alert = toScalar(settings['errorWorkflow']);
  const passes = pairNodes(nodes, next);
  if (passes.length === 0) {
    sink.leaveOut('workflows that stay inside');
    return;
  }
  sink.flow({
    name: toScalar(workflow['name']) ?? toScalar(workflow['id']) ?? 'workflow',
    place,
    schedules,
    passes,
    safeguards: [
      ...(alert
        ? [{ safeguard: 'alerting' as const, place, summary: 'an error workflow is set' }]
        : []),
      ...(retries ? [{ safeguard: 'retry' as const, place, summary: 'retryOnFail is set' }] : []),
    ],
  });
}

function readWires(connections: unknown): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const [name, outputs] of Object.entries(toMapping(connections))) {
    const targets = Object.values(toMapping(outputs)).flatMap((list) =>
      toList(list)
        .flat()
        .flatMap((wire) => toScalar(toMapping(wire)['node']) ?? []),
    );
    next.set(name, targets);
  }
  return next;
}

/** Nodes that only work on what passes. */
const inner = new Set(
  'set code function functionitem if switch merge splitinbatches nooperation noop stickynote start manualtrigger wait itemlists aggregate filter sort limit summarize splitout renamekeys datetime html htmlextract markdown xml crypto compression converttofile extractfromfile movebinarydata readbinaryfile readbinaryfiles writebinaryfile readwritefile executeworkflow executeworkflowtrigger errortrigger stopanderror respondtowebhook scheduletrigger cron interval executecommand comparedatasets removeduplicates editimage n8ntrigger n8n debughelper formtrigger form chattrigger'.split(
    ' ',
  ),
);

const databases: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  microsoftsql: 'mssql',
  mongodb: 'mongodb',
  redis: 'redis',
  snowflake: 'snowflake',
  oracledatabase: 'oracle',
  elasticsearch: 'elasticsearch',
};
const messaging: Readonly<Record<string, string>> = {
  kafka: 'kafka',
  rabbitmq: 'amqp',
  mqtt: 'mqtt',
  amqp: 'amqp',
  awssqs: 'sqs',
  awssns: 'sns',
  nats: 'nats',
};
const files: Readonly<Record<string, string>> = {
  ftp: 'ftp',
  sftp: 'sftp',
  ssh: 'ssh',
  awss3: 's3',
  s3: 's3',
};

function toEnds(
  type: string,
  node: Mapping,
  place: FlowEnd['place'],
): Pick<FlowNode, 'source' | 'target'> {
  const word = type.toLowerCase().replace(/(?:trigger|tool)$/, '');
  const isTrigger = /trigger$/i.test(type);
  const parameters = toMapping(node['parameters']);
  const text = (key: string): string | undefined =>
    toScalar(parameters[key]) ?? toScalar(toMapping(parameters[key])['value']);
  if (word === 'webhook' || inner.has(word) || inner.has(type.toLowerCase()) || type === '')
    return {};
  const operation = text('operation') ?? '';
  if (word === 'httprequest' || word === 'graphql') {
    const url = text('url') ?? text('endpoint') ?? '';
    if (url === '') return {};
    const end = {
      reference: toEndReference(url),
      place,
      protocol: /^=?https:/.test(url) ? 'https' : 'http',
    };
    const isRead = /^(?:GET|HEAD|)$/i.test(text('method') ?? text('requestMethod') ?? '');
    return isRead ? { source: end } : { source: end, target: end };
  }
  // A credential is called as people call the system; its secret is in no export.
  const [credential] = Object.values(toMapping(node['credentials'])).map(toMapping);
  const given = toScalar(credential?.['name'])?.replace(
    /\s+(?:account|credentials?|api)(?:\s+\d+)?$/i,
    '',
  );
  const protocol = databases[word] ?? messaging[word] ?? files[word] ?? 'https';
  const resource =
    text('topic') ?? text('queue') ?? text('table') ?? text('collection') ?? text('bucketName');
  const end: FlowEnd = {
    reference: toServiceReference(word, given),
    place,
    protocol,
    ...(resource === undefined || resource.startsWith('=') || !Object.hasOwn(messaging, word)
      ? {}
      : { resource, style: 'event' as const }),
    ...(text('resource') ? { objects: [text('resource') ?? ''] } : {}),
    ...(isTrigger && protocol === 'https' ? { opens: true as const } : {}),
  };
  if (isTrigger) return { source: end };
  const reads =
    /^(?:get|getAll|getMany|search|read|select|list|download|find|executeQuery|aggregate)/i.test(
      operation,
    );
  const isUnclear = operation === 'executeQuery' || operation === '';
  if (isUnclear && !Object.hasOwn(messaging, word)) {
    const query = text('query') ?? '';
    if (/^\s*select\b/i.test(query)) return { source: end };
    return { source: end, target: end };
  }
  return reads ? { source: end } : { target: end };
}

/** The schedule trigger has rules by unit; the older node cron has times. */
function readSchedules(type: string, parameters: Mapping, timezone: string): Schedule[] {
  if (type === 'interval') {
    const size =
      { seconds: 1_000, minutes: 60_000, hours: 3_600_000 }[
        toScalar(parameters['unit']) ?? 'seconds'
      ] ?? 1_000;
    return [toInterval(Number(toScalar(parameters['interval']) ?? 1) * size, timezone)];
  }
  if (type !== 'scheduleTrigger' && type !== 'cron') return [];
  const rules = [
    ...toList(toMapping(parameters['rule'])['interval']),
    ...toList(toMapping(parameters['triggerTimes'])['item']),
  ];
  return rules.flatMap((item) => {
    const rule = toMapping(item);
    const number = (key: string, otherwise: number): number => {
      const value = Number(toScalar(rule[key]) ?? otherwise);
      return Number.isInteger(value) && value >= 0 ? value : otherwise;
    };
    const [minute, hour] = [
      number('triggerAtMinute', number('minute', 0)),
      number('triggerAtHour', number('hour', 0)),
    ];
    const cron = (expression: string): Schedule[] =>
      [toCronSchedule(expression, timezone) ?? []].flat();
    switch (toScalar(rule['field']) ?? toScalar(rule['mode']) ?? 'days') {
      case 'seconds':
        return [toInterval(number('secondsInterval', 30) * 1_000, timezone)];
      case 'minutes':
        return [toInterval(number('minutesInterval', 5) * 60_000, timezone)];
      case 'everyMinute':
        return cron('* * * * *');
      case 'hours':
        return number('hoursInterval', 1) === 1
          ? cron(`${minute} * * * *`)
          : cron(`${minute} */${number('hoursInterval', 1)} * * *`);
      case 'everyHour':
        return cron(`${minute} * * * *`);
      case 'weeks':
      case 'everyWeek': {
        const days = toList(rule['triggerAtDay']).flatMap((day) => toScalar(day) ?? []);
        return cron(
          `${minute} ${hour} * * ${days.length > 0 ? days.join(',') : number('weekday', 0)}`,
        );
      }
      case 'months':
      case 'everyMonth':
        return cron(
          `${minute} ${hour} ${number('triggerAtDayOfMonth', number('dayOfMonth', 1))} * *`,
        );
      case 'cronExpression':
      case 'custom':
        return cron(toScalar(rule['expression']) ?? toScalar(rule['cronExpression']) ?? '');
      default:
        return cron(
          `${minute} ${hour} ${number('daysInterval', 1) > 1 ? `*/${number('daysInterval', 1)}` : '*'} * *`,
        );
    }
  });
}
