import { toSystemReference } from '../../evidence.ts';
import {
  isMapping,
  type Mapping,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { toClient } from './kafka.ts';
import type { FlowEnd, PlatformFile, PlatformReader, PlatformSink } from './platform.ts';
import { toEndReference } from './service-reference.ts';

/** Definitions that RabbitMQ exports: who may write and read what, and shovels between brokers. */
export const rabbitmqReader: PlatformReader = {
  name: 'RabbitMQ definitions (JSON)',
  product: { id: 'rabbitmq', kind: 'broker' },
  matches: (_file, text) =>
    /"rabbit(?:mq)?_version"\s*:/.test(text) ||
    (/"exchanges"\s*:/.test(text) && /"bindings"\s*:/.test(text) && /"queues"\s*:/.test(text)),
  read(files, sink, { platform }) {
    for (const file of files) {
      const [tree] = file.trees();
      if (tree && isMapping(tree.value)) readDefinitions(tree, file, sink, platform);
      else sink.skip({ file: file.file, line: 1, column: 1 }, 'it is no JSON');
    }
  },
};

interface Permission {
  readonly user: string;
  readonly vhost: string;
  readonly write: Matcher | undefined;
  readonly read: Matcher | undefined;
  readonly line: number;
}

const mostUses = 20_000;

function readDefinitions(
  tree: Tree,
  { file }: PlatformFile,
  sink: PlatformSink,
  platform: string,
): void {
  const root = toMapping(tree.value);
  const rows = (key: string): (Mapping & { line: number })[] =>
    toList(root[key]).flatMap((item, index) =>
      isMapping(item) ? [{ ...item, line: tree.placeOf([key, index]).line }] : [],
    );
  const queuesOf = followBindings(rows('bindings'));
  const queues = rows('queues').map(
    (row) => [toScalar(row['vhost']) ?? '/', toScalar(row['name']) ?? ''] as const,
  );
  const exchanges = rows('exchanges').map(
    (row) => [toScalar(row['vhost']) ?? '/', toScalar(row['name']) ?? ''] as const,
  );
  sink.read(queues.length + exchanges.length + rows('bindings').length);
  const permissions = rows('permissions').flatMap((row): Permission[] => {
    const user = toScalar(row['user']);
    if (user === undefined) return [];
    const vhost = toScalar(row['vhost']) ?? '/';
    const [write, read] = ['write', 'read'].map((key) => toMatcher(toScalar(row[key]) ?? ''));
    for (const [key, matcher] of [
      ['write', write],
      ['read', read],
    ] as const)
      if (matcher === undefined)
        sink.flaw(
          { file, line: row.line, column: 1 },
          `the pattern under "${key}" was not followed`,
        );
    return [{ user, vhost, write, read, line: row.line }];
  });
  let uses = 0;
  for (const { user, vhost, write, read, line } of permissions) {
    const place = { file, line, column: 1 };
    const written = new Set(
      exchanges
        .filter(([where, name]) => where === vhost && write && write !== 'all' && write(name))
        .flatMap(([, name]) => queuesOf(vhost, name)),
    );
    // The default exchange leads to each queue by its name.
    for (const [where, name] of queues)
      if (where === vhost && write && write !== 'all' && write(name)) written.add(name);
    const readable = queues.filter(
      ([where, name]) => where === vhost && read && read !== 'all' && read(name),
    );
    if (write === 'all' || read === 'all') sink.leaveOut('rights to everything');
    else sink.read();
    const client = toClient(user);
    for (const topic of written)
      if (uses++ < mostUses)
        sink.use({ client, does: 'publish', topic, protocol: 'amqp', place, confidence: 0.7 });
    for (const [, topic] of readable)
      if (uses++ < mostUses)
        sink.use({ client, does: 'consume', topic, protocol: 'amqp', place, confidence: 0.7 });
  }
  if (uses > mostUses)
    sink.flaw({ file, line: 1, column: 1 }, `only the first ${mostUses} rights were followed`);
  for (const row of rows('parameters')) readParameter(row, file, sink, platform);
}

/** The queues that a message reaches from an exchange, by whatever routing key. */
function followBindings(
  bindings: readonly Mapping[],
): (vhost: string, exchange: string) => readonly string[] {
  const next = new Map<string, { name: string; isQueue: boolean }[]>();
  for (const row of bindings) {
    const key = `${toScalar(row['vhost']) ?? '/'} ${toScalar(row['source']) ?? ''}`;
    const name = toScalar(row['destination']) ?? '';
    const list = next.get(key) ?? [];
    list.push({ name, isQueue: row['destination_type'] !== 'exchange' });
    next.set(key, list);
  }
  return (vhost, exchange) => {
    const found = new Set<string>();
    const seen = new Set([exchange]);
    for (const from of seen)
      for (const { name, isQueue } of next.get(`${vhost} ${from}`) ?? [])
        (isQueue ? found : seen).add(name);
    return [...found];
  };
}

type Matcher = ((name: string) => boolean) | 'all';

/**
 * The names that a permission fits, where it is a list of literals with or without an open end: that
 * is how people write them, and no regex of a stranger is run. Undefined for anything else.
 */
function toMatcher(pattern: string): Matcher | undefined {
  if (pattern === '' || pattern === '^$') return () => false;
  if (/^\^?(?:\.\*)?\$?$/.test(pattern)) return 'all';
  const inner = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\((?:\?:)?([^()]*)\)$/, '$1');
  const tests = inner.split('|').map((part) => {
    const plain = part.replace(/^\^/, '').replace(/\$$/, '');
    const [, head = '', tail = ''] =
      /^((?:[\w:/ -]|\\[.\-/]|\.(?![*+?]))*)(\.[*+])?$/.exec(plain) ?? [];
    if (head === '') return undefined;
    const literal = head.replaceAll('\\', '');
    const isOpen = tail !== '' || (!pattern.endsWith('$') && !part.endsWith('$'));
    return (name: string) => (isOpen ? name.startsWith(literal) : name === literal);
  });
  return tests.every((test) => test !== undefined)
    ? (name) => tests.some((test) => test?.(name))
    : undefined;
}

/** Shovels move messages from one broker to another; upstreams of a federation take them from one. */
function readParameter(
  row: Mapping & { line: number },
  file: string,
  sink: PlatformSink,
  platform: string,
): void {
  const place = { file, line: row.line, column: 1 };
  const component = toScalar(row['component']);
  const value = toMapping(row['value']);
  const name = toScalar(row['name']) ?? component ?? 'parameter';
  const uri = (key: string): string | undefined => toScalar([value[key]].flat()[0]);
  const toEnd = (address: string | undefined, side: 'src' | 'dest'): FlowEnd => {
    const topic = toScalar(
      value[`${side}-queue`] ?? value[`${side}-exchange`] ?? value[`${side}-address`],
    );
    // Without a host it is the broker itself.
    const isOwn =
      address === undefined || /^amqps?:\/\/(?:[^/@]*@)?(?:localhost)?(?:[:/].*)?$/.test(address);
    return {
      reference: isOwn ? toSystemReference(platform) : toEndReference(address),
      place,
      protocol: 'amqp',
      style: 'event',
      ...(topic === undefined ? {} : { resource: topic }),
    };
  };
  if (component === 'shovel')
    sink.flow({
      name,
      place,
      passes: [{ from: toEnd(uri('src-uri'), 'src'), to: toEnd(uri('dest-uri'), 'dest') }],
    });
  else if (component === 'federation-upstream') {
    const topic = toScalar(value['queue'] ?? value['exchange']) ?? '*';
    const shared = { place, protocol: 'amqp', style: 'event', resource: topic } as const;
    sink.flow({
      name,
      place,
      passes: [
        {
          from: { ...shared, reference: toEndReference(uri('uri') ?? '') },
          to: { ...shared, reference: toSystemReference(platform) },
        },
      ],
    });
  } else sink.read();
}
