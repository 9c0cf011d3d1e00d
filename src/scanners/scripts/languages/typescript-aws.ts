import type { Flow } from '../facts.ts';
import {
  type CallRecord,
  pick,
  pickText,
  toText,
  toUnknown,
  type Value,
} from '../program/calls.ts';

const verbs: readonly (readonly [RegExp, Flow])[] = [
  [
    /^(?:get|list|receive|describe|query|scan|batchGet|select|head|search|transactGet|download)/,
    'pull',
  ],
  [
    /^(?:put|send|publish|upload|update|batchWrite|batchExecute|write|start|copy|transactWrite|create)/,
    'push',
  ],
  [/^(?:invoke|converse)/, 'both'],
];

/** The parameters that name what a command reads or writes. */
const resources = [
  'Bucket',
  'QueueUrl',
  'TopicArn',
  'TableName',
  'StreamName',
  'DeliveryStreamName',
  'FunctionName',
  'stateMachineArn',
  'SecretId',
  'Name',
  'modelId',
];

/**
 * A command of the AWS libraries as `aws SERVICE FLOW`: `client.send(new PutObjectCommand({…}))`,
 * `s3.putObject({…})`, and the same of version 2. Its second argument is the endpoint of the client.
 */
export function readAwsCall(
  call: CallRecord,
  byId: ReadonlyMap<number, CallRecord>,
): CallRecord | undefined {
  const sent = readSent(call, byId);
  if (sent) return sent;
  const maker = call.receiver === undefined ? undefined : byId.get(call.receiver);
  const service = maker && findService(maker.callee);
  if (!maker || service === undefined) return undefined;
  const method = call.callee.slice(call.callee.lastIndexOf('#') + 1);
  const isCommand =
    /^[a-z][A-Za-z]{2,60}[A-Z0-9][A-Za-z0-9]*$|^(?:upload|get|put|query|scan|update|publish|invoke)$/;
  if (!isCommand.test(method)) return undefined;
  return toCommand(call, service, method, call.args[0], maker);
}

function readSent(call: CallRecord, byId: ReadonlyMap<number, CallRecord>): CallRecord | undefined {
  if (!/#send$/.test(call.callee) || !call.callee.startsWith('@aws-sdk/')) return undefined;
  const [given] = call.args;
  const command = given?.kind === 'result' ? byId.get(given.call) : undefined;
  const match = /^@aws-sdk\/(?:client|lib)-([a-z0-9-]+)\.(\w+)Command$/.exec(command?.callee ?? '');
  const [, service, name] = match ?? [];
  if (!command || !service || !name) return undefined;
  const maker = call.receiver === undefined ? undefined : byId.get(call.receiver);
  const method = name.charAt(0).toLowerCase() + name.slice(1);
  return toCommand(call, service, method, command.args[0], maker);
}

/** `s3` of `aws-sdk.S3`, `aws-sdk/clients/s3`, `@aws-sdk/client-s3.S3`. */
function findService(callee: string): string | undefined {
  const [, first, second, third] =
    /^(?:aws-sdk\.(\w{1,60})(?:\.DocumentClient)?|aws-sdk\/clients\/(\w{1,60})(?:\.DocumentClient)?|@aws-sdk\/client-([a-z0-9-]{1,60})\.[A-Z]\w{0,60})$/.exec(
      callee,
    ) ?? [];
  return (first ?? second ?? third)?.toLowerCase();
}

const packages: Readonly<Record<string, string>> = {
  cloudwatchevents: 'eventbridge',
  secretsmanager: 'secrets-manager',
  stepfunctions: 'sfn',
};

function toCommand(
  call: CallRecord,
  service: string,
  method: string,
  parameters: Value | undefined,
  maker: CallRecord | undefined,
): CallRecord {
  const flow = verbs.find(([pattern]) => pattern.test(method))?.[1] ?? 'unknown';
  const asked: CallRecord = { ...call, args: parameters ? [parameters] : [] };
  const named = pickText(
    asked,
    resources.map((name) => `0.${name}`),
  )?.text;
  const endpoint = maker && (pick(maker, '0.endpoint') ?? pick(maker, '0.endpoint.url'));
  // A queue or a topic is known by the last part of its address.
  const resource = named?.startsWith('{') ? undefined : named?.replace(/^.*[/:](?=[^/:]+$)/, '');
  const { receiver: _, ...rest } = call;
  return {
    ...rest,
    callee: `aws ${Object.hasOwn(packages, service) ? packages[service] : service} ${flow}`,
    args: [
      ...asked.args,
      ...(asked.args.length === 0 ? [toUnknown('…')] : []),
      endpoint ?? toUnknown('…'),
      resource === undefined ? toUnknown('…') : toText(resource),
    ],
  };
}
