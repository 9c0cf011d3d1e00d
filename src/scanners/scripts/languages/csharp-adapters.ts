import type { Argument, CallExpression, Expression, Position } from '../program/program.ts';
import { toMember } from './csharp-lowering.ts';
import { toSettingOf } from './csharp-settings.ts';

type Place = Position & { readonly source: string };

const flurlVerb =
  /^(?:Get|Post|Put|Patch|Delete)(?:Json|JsonList|String|Stream|Bytes|UrlEncoded|Multipart)?Async$|^DownloadFileAsync$/;

/** Arguments as the client table reads them, where a library's overloads put them in other places. */
export function adaptArguments(method: string, args: readonly Argument[]): readonly Argument[] {
  const [first, ...rest] = args;
  if (!first) return args;
  // `string.Format(CultureInfo.InvariantCulture, template, …)`
  if (/^(?:Format|AppendFormat)$/.test(method) && isMemberOf(first.value, 'CultureInfo'))
    return rest;
  // The exchange without a name takes the queue's name as routing key.
  if (
    /^BasicPublish(?:Async)?$/.test(method) &&
    first.value.kind === 'text' &&
    first.value.text === ''
  )
    return rest;
  if (/^(?:InvokeMethod(?:Grpc)?Async|CreateInvokeMethodRequest)$/.test(method)) {
    const isMethod = isMemberOf(first.value, 'HttpMethod');
    const httpMethod: Expression = isMethod ? first.value : { kind: 'text', text: 'INVOKE' };
    return [...(isMethod ? rest : args), { name: 'httpMethod', value: httpMethod }];
  }
  return args;
}

/** Calls that stand for others: both files of a copy, and Flurl's requests on a text. */
export function adaptCall(call: CallExpression, usesFlurl: boolean): CallExpression {
  const { target, args } = call;
  if (target.kind !== 'member') return call;
  // Dapper's take the statement; those of a command have one already.
  if (/^Execute(?:Scalar|Reader)(?:Async)?$/.test(target.name) && !takesStatement(args[0]))
    return { ...call, target: { ...target, name: 'run command' } };
  const isFile = target.object.kind === 'name' && target.object.name === 'File';
  const [from, to] = args;
  if (isFile && /^(?:Copy|Move|Replace)$/.test(target.name) && from && to)
    return {
      ...call,
      args: [
        { value: toFileCall('readFrom', from, call) },
        { value: toFileCall('writeTo', to, call) },
      ],
    };
  if (!usesFlurl || !flurlVerb.test(target.name)) return call;
  const request: CallExpression = {
    ...call,
    target: toMember('Flurl.Http.FlurlRequest'),
    isNew: true,
    args: [{ value: target.object }],
  };
  return isOpened(target.object) ? call : { ...call, target: { ...target, object: request } };
}

function takesStatement(first: Argument | undefined): boolean {
  if (!first || first.name === 'cancellationToken') return false;
  const { value } = first;
  const name = value.kind === 'name' || value.kind === 'member' ? value.name : '';
  return !/^(?:\w{0,40}[tT]oken|ct|CloseConnection|Default|None|Sequential\w{0,20}|SingleRow)$/.test(
    name,
  );
}

/** `client.Request("path").GetAsync()` is a call of the client already. */
function isOpened(object: Expression): boolean {
  return (
    object.kind === 'call' && object.target.kind === 'member' && object.target.name === 'Request'
  );
}

function toFileCall(name: string, argument: Argument, place: Place): CallExpression {
  return {
    kind: 'call',
    target: toMember(`System.IO.File.${name}`),
    args: [{ value: argument.value }],
    line: place.line,
    column: place.column,
    source: place.source,
  };
}

/** `[QueueTrigger("%InboxQueue%", Connection = "Storage")]`: names of settings, not their values. */
export function adaptAttribute(args: readonly Argument[], place: Place): Argument[] {
  return args.map((argument) => {
    if (argument.value.kind !== 'text') return argument;
    const { text } = argument.value;
    const isConnection = /^Connection(?:StringSetting)?$/.test(argument.name ?? '');
    const setting = isConnection ? text : /^%([\w:.-]{1,120})%$/.exec(text)?.[1];
    return setting === undefined
      ? argument
      : { ...argument, value: toSettingOf({ kind: 'text', text: setting }, place) };
  });
}

function isMemberOf(value: Expression, name: string): boolean {
  return value.kind === 'member' && value.object.kind === 'name' && value.object.name === name;
}
