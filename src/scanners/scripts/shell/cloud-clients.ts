import type { Flow } from '../facts.ts';
import type { ShellCommand } from './commands.ts';
import { type Client, schemeOf, type Use } from './use.ts';

const bucketAddress = /^(s3|gs):\/\/([^/]+)\/?(.*)$/;

/** `cp` and its like between a bucket and a local file, or between two buckets. */
function readBuckets(
  source: string,
  target: string,
  command: ShellCommand,
  endpoint: string | undefined,
): Use[] {
  const uses: Use[] = [];
  const from = bucketAddress.exec(source);
  const to = bucketAddress.exec(target);
  const address = (match: RegExpExecArray): string => endpoint ?? `${match[1]}://${match[2]}`;
  if (from)
    uses.push({
      address: address(from),
      flow: 'pull',
      protocol: from[1],
      style: 'file',
      resource: from[3],
      localFiles: [target, ...command.writesTo],
    });
  if (to)
    uses.push({
      address: address(to),
      flow: 'push',
      protocol: to[1],
      style: 'file',
      resource: to[3],
      localFiles: [source, ...command.readsFrom],
    });
  return uses;
}

/** Verbs of the services of `aws`, which way they move data, and the option that names what. */
const awsVerbs: readonly (readonly [RegExp, Flow, string])[] = [
  [/^s3api put-object$/, 'push', '--bucket'],
  [/^s3api get-object$/, 'pull', '--bucket'],
  [/^s3api copy-object$/, 'push', '--bucket'],
  [/^sqs send-message/, 'push', '--queue-url'],
  [/^sqs receive-message$/, 'pull', '--queue-url'],
  [/^sns publish/, 'push', '--topic-arn'],
  [/^kinesis put-record/, 'push', '--stream-name'],
  [/^kinesis get-records$/, 'pull', '--stream-name'],
  [/^firehose put-record/, 'push', '--delivery-stream-name'],
  [/^dynamodb (?:put|update|batch-write)-item$/, 'push', '--table-name'],
  [/^dynamodb (?:get-item|scan|query|batch-get-item)$/, 'pull', '--table-name'],
  [/^events put-events$/, 'push', '--entries'],
  [/^lambda invoke$/, 'both', '--function-name'],
  [/^ses(?:v2)? send-(?:raw-)?email$/, 'push', '--destination'],
  [/^stepfunctions start-execution$/, 'push', '--state-machine-arn'],
];

const readAws: Client = (argument, command) => {
  const operands = argument.operands(
    '',
    '--profile',
    '--region',
    '--endpoint-url',
    '--output',
    '--acl',
    '--exclude',
    '--include',
    '--storage-class',
    '--sse',
  );
  const endpoint = argument.value('--endpoint-url');
  const [service = '', verb = '', source, target] = operands;
  if (service === 's3') {
    return /^(?:cp|mv|sync)$/.test(verb) && source && target
      ? readBuckets(source, target, command, endpoint)
      : [];
  }
  const found = awsVerbs.find(([pattern]) => pattern.test(`${service} ${verb}`));
  if (!found) return [];
  const [, flow, option] = found;
  const named = argument.value(option);
  const isUrl = named !== undefined && schemeOf(named) !== undefined;
  const host = service === 's3api' ? 's3' : service.startsWith('ses') ? 'email' : service;
  return [
    {
      address: isUrl ? named : (endpoint ?? `https://${host}.amazonaws.com`),
      flow,
      protocol: service === 's3api' ? 's3' : service.startsWith('ses') ? 'smtp' : service,
      style: service === 's3api' ? 'file' : 'event',
      ...(isUrl || option === '--entries' || option === '--destination' ? {} : { resource: named }),
      localFiles: argument.values('--body'),
    },
  ];
};

/** `gsutil cp`, `gsutil -m rsync`, `gcloud storage cp`. */
const readGsutil: Client = (argument, command) => {
  const operands = argument.operands('ohx');
  const at = operands.findIndex((text) => /^(?:cp|mv|rsync)$/.test(text));
  const paths = at < 0 ? [] : operands.slice(at + 1);
  const target = paths.at(-1);
  const [source] = paths;
  return source && target && paths.length > 1
    ? readBuckets(source, target, command, undefined)
    : [];
};

const readGcloud: Client = (argument, command) => {
  const operands = argument.operands('', '--project', '--format', '--message', '--account');
  const [service, ...rest] = operands;
  if (service === 'storage') return readGsutil(argument, command);
  if (service !== 'pubsub') return [];
  const publish = rest.indexOf('publish');
  const pull = rest.indexOf('pull');
  const at = Math.max(publish, pull);
  if (at < 0) return [];
  return [
    {
      address: 'https://pubsub.googleapis.com',
      flow: publish >= 0 ? 'push' : 'pull',
      protocol: 'pubsub',
      style: 'event',
      resource: rest[at + 1],
    },
  ];
};

/** `bq query 'select …'`, `bq load dataset.table file`. */
const readBigQuery: Client = (argument) => {
  const [verb = '', ...rest] = argument.operands('', '--project_id', '--format');
  const flows: Readonly<Record<string, Flow>> = {
    query: 'pull',
    extract: 'pull',
    load: 'push',
    insert: 'push',
  };
  const flow = Object.hasOwn(flows, verb) ? flows[verb] : undefined;
  return flow === undefined
    ? []
    : [
        {
          address: 'https://bigquery.googleapis.com',
          flow,
          protocol: 'bigquery',
          style: 'database',
          resource: verb === 'query' ? undefined : rest[0],
        },
      ];
};

/** `az storage blob upload --account-name a --container-name c --file f`. */
const readAz: Client = (argument) => {
  const [group, service, verb = ''] = argument.operands('');
  if (group !== 'storage' || !/^(?:blob|file|fs)$/.test(service ?? '')) return [];
  const flow: Flow = /^upload/.test(verb) ? 'push' : /^download/.test(verb) ? 'pull' : 'unknown';
  if (flow === 'unknown') return [];
  const account = argument.value('--account-name');
  return [
    {
      address: account === undefined ? '' : `https://${account}.blob.core.windows.net`,
      flow,
      protocol: 'blob',
      style: 'file',
      resource: argument.value(
        '--container-name',
        '-c',
        '--destination',
        '-d',
        '--share-name',
        '--source',
      ),
      localFiles: argument.values('--file', '-f', '--source', '-s'),
    },
  ];
};

/** `azcopy copy source target`: the side with an address is the remote one. */
const readAzcopy: Client = (argument) => {
  const [verb = '', source = '', target = ''] = argument.operands('');
  if (!/^(?:copy|cp|sync)$/.test(verb)) return [];
  const side = (address: string, flow: Flow, local: string): Use[] =>
    schemeOf(address) === undefined
      ? []
      : [
          {
            address: address.replace(/\?.*$/, ''),
            flow,
            protocol: 'blob',
            style: 'file',
            resource: /^[a-z0-9]+:\/\/[^/]+\/([^?]*)/i.exec(address)?.[1],
            localFiles: [local],
          },
        ];
  return [...side(source, 'pull', target), ...side(target, 'push', source)];
};

/** `rclone copy file remote:path`: a remote is named in rclone's own settings. */
const readRclone: Client = (argument) => {
  const [verb = '', source = '', target = ''] = argument.operands(
    'v',
    '--config',
    '--include',
    '--exclude',
    '--transfers',
    '--log-file',
    '--bwlimit',
  );
  if (!/^(?:copy|sync|move|copyto|moveto|bisync)$/.test(verb)) return [];
  return [...remoteSide(source, 'pull', target), ...remoteSide(target, 'push', source)];
};

function remoteSide(text: string, flow: Flow, local: string): Use[] {
  const [, remote = '', path = ''] = /^:?([\w{}~-]+(?:,[^:]*)?):(.*)$/.exec(text) ?? [];
  return remote === '' || /^[A-Za-z]$/.test(remote)
    ? []
    : [
        {
          address: remote,
          flow,
          protocol: 'rclone',
          style: 'file',
          resource: path,
          localFiles: [local],
        },
      ];
}

/** `s3cmd put file s3://bucket/key`, `s5cmd cp`, `mc cp file alias/bucket`. */
const readS3cmd: Client = (argument, command) => {
  const operands = argument.operands('c', '--host', '--host-bucket', '--config');
  const [verb = '', source = '', target = ''] = operands;
  if (!/^(?:put|get|sync|cp|mv)$/.test(verb)) return [];
  return readBuckets(source, target === '' ? '.' : target, command, argument.value('--host'));
};

/** Programs of cloud services. */
export const cloudClients: Readonly<Record<string, Client>> = {
  aws: readAws,
  gsutil: readGsutil,
  gcloud: readGcloud,
  bq: readBigQuery,
  az: readAz,
  azcopy: readAzcopy,
  rclone: readRclone,
  s3cmd: readS3cmd,
  s5cmd: readS3cmd,
};
