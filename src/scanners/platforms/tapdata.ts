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
import type { FlowEnd, PlatformReader } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** Tasks of TapData with the connections that their nodes use, as its management exports them. */
export const tapdataReader: PlatformReader = {
  name: 'TapData tasks (JSON)',
  product: { id: 'tapdata', kind: 'integration-platform' },
  matches: (_file, text) => /"dag"\s*:/.test(text) && /"connectionId"\s*:/.test(text),
  read(files, sink, { timezone }) {
    const found = files.flatMap(({ file, trees }) =>
      trees().flatMap((tree) => list(tree.value, [], (path) => ({ file, ...tree.placeOf(path) }))),
    );
    const connections = new Map(
      found
        .filter(({ value }) => !isMapping(value['dag']))
        .map(({ value }) => [toScalar(value['id'] ?? value['_id']) ?? '', value]),
    );
    for (const { value: task, place } of found) {
      if (!isMapping(task['dag'])) {
        sink.read();
        continue;
      }
      const name = toScalar(task['name']) ?? 'task';
      if (/^(?:stop|stopped|paused|edit|delete)$/i.test(toScalar(task['status']) ?? '')) {
        sink.leaveOut('switched off');
        continue;
      }
      const next = new Map<string, string[]>();
      for (const edge of toList(task['dag']['edges']).map(toMapping)) {
        const from = toScalar(edge['source']) ?? '';
        next.set(from, [...(next.get(from) ?? []), toScalar(edge['target']) ?? '']);
      }
      const behind = new Set([...next.values()].flat());
      const nodes = toList(task['dag']['nodes']).map((item): FlowNode => {
        const node = toMapping(item);
        const id = toScalar(node['id']) ?? '';
        const end = toEnd(node, connections, place);
        if (!end) return { id };
        return {
          id,
          ...(behind.has(id) ? {} : { source: end }),
          ...(behind.has(id) ? { target: end } : {}),
        };
      });
      const cron = toScalar(task['crontabExpression'] ?? task['cronExpression']);
      const isTimed = task['crontabExpressionFlag'] !== false;
      sink.flow({
        name,
        place,
        schedules:
          cron !== undefined && isTimed ? [toCronSchedule(cron, timezone) ?? []].flat() : [],
        passes: pairNodes(nodes, next),
      });
    }
  },
};

function list(
  value: unknown,
  path: Path,
  placeOf: (path: Path) => FlowEnd['place'],
): { value: Mapping; place: FlowEnd['place'] }[] {
  if (path.length > 5) return [];
  if (Array.isArray(value))
    return value.slice(0, 10_000).flatMap((item, index) => list(item, [...path, index], placeOf));
  if (!isMapping(value)) return [];
  if (isMapping(value['dag']) || value['database_type'] !== undefined)
    return [{ value, place: placeOf(path) }];
  return Object.entries(value).flatMap(([key, inner]) => list(inner, [...path, key], placeOf));
}

function toEnd(
  node: Mapping,
  connections: ReadonlyMap<string, Mapping>,
  place: FlowEnd['place'],
): FlowEnd | undefined {
  const id = toScalar(node['connectionId']);
  if (id === undefined) return undefined;
  const connection = toMapping(connections.get(id));
  const config = toMapping(connection['config']);
  const type = (
    toScalar(node['databaseType']) ??
    toScalar(connection['database_type']) ??
    ''
  ).toLowerCase();
  const text = (key: string): string | undefined =>
    toScalar(config[key]) ?? toScalar(connection[key]) ?? undefined;
  const host = text('host') ?? text('uri') ?? text('database_host') ?? text('nameSrvAddr');
  const port = text('port') ?? text('database_port');
  const tables = [node['tableName'], ...toList(node['tableNames'])]
    .flatMap((table) => toScalar(table) ?? [])
    .slice(0, 200);
  const given =
    toScalar(connection['name']) ??
    toScalar(toMapping(node['attrs'])['connectionName']) ??
    toScalar(node['name']);
  return {
    reference:
      host === undefined
        ? { kind: 'system', value: given ?? type }
        : toEndReference(port !== undefined && !/:\d+|:\/\//.test(host) ? `${host}:${port}` : host),
    place,
    protocol: type.replace(/\s+/g, '') || 'database',
    style: 'database',
    objects: tables,
  };
}
