import type { Reference } from '../../evidence.ts';
import { redact } from '../../redact.ts';
import type { PlatformFile, PlatformReader, PlatformSink } from './platform.ts';

const product = { id: 'kafka', kind: 'broker' } as const;

const aclHead =
  /^Current ACLs for resource `(?:ResourcePattern\(resourceType=(\w+), name=([^,`]{1,300}), patternType=(\w+)\)|(\w+):(\w+):([^`]{1,300}))`/;

/** What `kafka-acls --list` prints: which principal may write and read which topic. */
export const kafkaAclReader: PlatformReader = {
  name: 'Kafka ACLs (kafka-acls --list)',
  product,
  matches: (_file, text) => /^Current ACLs for resource `/m.test(text),
  read(files, sink) {
    for (const file of files) readAcls(file, sink);
  },
};

function readAcls({ file, text }: PlatformFile, sink: PlatformSink): void {
  let topic: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const place = { file, line: index + 1, column: 1 };
    if (line.trim() === '') continue;
    const head = aclHead.exec(line);
    if (head) {
      const [, type, name, pattern, oldType, oldPattern, oldName] = head;
      const isTopic = (type ?? oldType ?? '').toUpperCase() === 'TOPIC';
      const isPrefix = (pattern ?? oldPattern ?? '').toUpperCase() === 'PREFIXED';
      topic = isTopic ? `${name ?? oldName}${isPrefix ? '*' : ''}` : undefined;
      continue;
    }
    const written =
      /\(principal=(.{1,400}?), host=[^,]{0,200}, operation=(\w+), permissionType=(\w+)\)/.exec(
        line,
      ) ?? /^\s*(\S{1,400}) has (?=(Allow|Deny))\w+ permission for operations: (\w+)/.exec(line);
    if (!written) {
      sink.skip(place, 'the line is no entry of an access list');
      continue;
    }
    const isOld = /^(?:Allow|Deny)$/.test(written[2] ?? '');
    const [operation, permission] = isOld ? [written[3], written[2]] : [written[2], written[3]];
    const does = { WRITE: 'publish', READ: 'consume' }[operation?.toUpperCase() ?? ''];
    const client = toPrincipal(written[1] ?? '');
    if (permission?.toUpperCase() !== 'ALLOW') sink.leaveOut('what is forbidden');
    else if (topic === undefined || does === undefined) sink.leaveOut('rights that move no data');
    else if (topic.startsWith('*') || client === undefined) sink.leaveOut('rights to everything');
    else
      sink.use({
        client,
        does: does as 'publish' | 'consume',
        topic,
        protocol: 'kafka',
        place,
        confidence: 0.7,
      });
  }
}

/** `User:orders` or the distinguished name of a certificate; undefined for everyone. */
function toPrincipal(written: string): Reference | undefined {
  const name = redact(written.replace(/^\w+:/, ''));
  const common = /(?:^|,)\s*CN=([^,]{1,200})/i.exec(name)?.[1];
  if (name === '*' || name === '') return undefined;
  return toClient(common ?? name);
}

/** What clients and groups have in their names beside that of their system. */
const affix =
  /(?:^(?:svc|srv|app|sa|cg|consumer|group)[-_.])|[-_.](?:svc|service|app|consumers?|group|cg|prod|user|client|connector)$/gi;

/** A client by its name, and by that without the words that say it is one. */
export function toClient(name: string): Reference {
  const bare = name.replace(affix, '').replace(affix, '');
  const names = bare !== '' && bare !== name ? { names: [bare] } : {};
  return { kind: 'system', value: name.slice(0, 200), ...names };
}

const groupHead = /^[ \t]{0,40}GROUP[ \t]+TOPIC[ \t]+PARTITION\b/m;

/** What `kafka-consumer-groups --describe` prints: which group reads which topic. */
export const kafkaGroupReader: PlatformReader = {
  name: 'Kafka consumer groups (kafka-consumer-groups --describe)',
  product,
  matches: (_file, text) => groupHead.test(text),
  read(files, sink) {
    for (const { file, text } of files) {
      const seen = new Set<string>();
      for (const [index, line] of text.split('\n').entries()) {
        const cells = line.trim().split(/\s+/);
        const [group = '', topic = '', partition = ''] = cells;
        if (line.trim() === '' || group === 'GROUP' || /^Consumer group '/.test(line)) continue;
        const place = { file, line: index + 1, column: 1 };
        if (cells.length < 6 || !/^(?:\d+|-)$/.test(partition)) {
          sink.skip(place, 'the line is no row of a consumer group');
          continue;
        }
        const key = `${group} ${topic}`;
        if (topic === '-' || topic.startsWith('__')) sink.leaveOut('topics of Kafka itself');
        else if (seen.has(key)) sink.read();
        else {
          seen.add(key);
          sink.use({
            client: toClient(redact(group)),
            does: 'consume',
            topic,
            protocol: 'kafka',
            place,
            confidence: 1,
          });
        }
      }
    }
  },
};

/** What `kafka-topics --describe` or `--list` prints: topics, which make no link by themselves. */
export const kafkaTopicReader: PlatformReader = {
  name: 'Kafka topics (kafka-topics)',
  product,
  matches: (file, text) =>
    /^Topic:[ \t]*\S{1,300}[ \t]+(?:TopicId:[ \t]*\S{1,60}[ \t]+)?PartitionCount:/m.test(text) ||
    (/topics?[^/]*\.(?:txt|list|lst)$/i.test(file) &&
      text.split('\n', 200).every((line) => /^[\w.-]{0,249}\s*$/.test(line))),
  read(files, sink) {
    for (const { text } of files)
      for (const line of text.split('\n')) {
        if (line.trim() === '') continue;
        if (/^\s*Topic:.*\bPartition:/.test(line)) sink.read();
        else sink.leaveOut('topics, which make no link by themselves');
      }
  },
};
