import type { Argument, CallExpression, Expression } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { toOptions } from './python-functions.ts';
import { type PythonContext, textOf, toSetting, unquote } from './python-scan.ts';
import { openTimes } from './python-text.ts';

/**
 * Calls that say more than their name and their arguments, written so that the client table can
 * tell them apart: `boto3.client('s3')`, `Request(url, data)`, `parser.parse_args()`.
 */
export function rewriteCall(
  call: CallExpression,
  target: Node,
  context: PythonContext,
): Expression {
  const name = (target.childForFieldName('attribute') ?? target).text;
  const qualified = qualify(target, context);
  switch (name) {
    case 'strftime':
      return toTimeText(call, context);
    case 'parse_args':
    case 'parse_known_args':
      if (context.file.options.size === 0) return call;
      return name === 'parse_args'
        ? toOptions(context)
        : { kind: 'list', items: [toOptions(context)] };
    case 'client':
    case 'resource':
    case 'create_client':
      return nameService(call, context);
    case 'Request':
      return /^(?:urllib|six\.moves)/.test(qualified) ? toRequest(call) : call;
    case 'urlopen':
      return { ...call, args: nameArgument(call.args, 1, 'data') };
    case 'setopt':
      return nameCurlOption(call);
    case 'to_sql':
      return toSql(call);
    case 'copy':
    case 'copy2':
    case 'copyfile':
    case 'move':
      return qualified.startsWith('shutil.') ? toCopy(call) : call;
    case 'create':
      return /\bURL\.create$/.test(qualified) ? toDatabaseUrl(call) : call;
    case 'get':
      return toIniSetting(call, target, context) ?? withDefault(call);
    case 'run_in_executor':
      return handOver({ ...call, args: call.args.slice(1) }, context);
    case 'super':
      return call.args.length <= 2 && target.type === 'identifier'
        ? { kind: 'name', name: 'this' }
        : call;
    default:
      return handOver(toThread(withDefault(call)), context);
  }
}

/** `config['erp']['url']` of a parser of INI files is the setting `erp.url`. */
export function rewriteItem(node: Node, context: PythonContext): Expression | undefined {
  const inner = node.childForFieldName('value');
  const key = node.childForFieldName('subscript');
  if (inner?.type !== 'subscript' || key?.type !== 'string') return undefined;
  const parser = inner.childForFieldName('value');
  const section = inner.childForFieldName('subscript');
  if (section?.type !== 'string' || !context.file.iniParsers.has(parser?.text ?? ''))
    return undefined;
  return toSetting(`${unquote(section.text)}.${unquote(key.text)}`, undefined, node);
}

/** `config.get('erp', 'url', fallback='x')`. */
function toIniSetting(
  call: CallExpression,
  target: Node,
  context: PythonContext,
): Expression | undefined {
  if (!context.file.iniParsers.has(target.childForFieldName('object')?.text ?? ''))
    return undefined;
  const [section, key] = call.args.map(({ value }) => (value.kind === 'text' ? value.text : ''));
  if (!section || !key) return undefined;
  const fallback = call.args.find(({ name }) => name === 'fallback')?.value;
  return toSetting(`${section}.${key}`, fallback, target);
}

/** A dotted name with the import that explains its first part. */
function qualify(node: Node, { file }: PythonContext): string {
  const [first = '', ...rest] = node.text.slice(0, 200).split('.');
  return [file.imports.get(first) ?? first, ...rest].join('.');
}

/** `date.strftime('https://host/%Y')` is its template, the parts of the time left open. */
function toTimeText(call: CallExpression, context: PythonContext): Expression {
  const value = call.args.at(-1)?.value;
  if (value?.kind !== 'text' && value?.kind !== 'join') return call;
  for (const { value: other } of call.args.slice(0, -1))
    context.before.push({ kind: 'expression', value: other });
  return openTimeParts(value);
}

function openTimeParts(value: Expression): Expression {
  if (value.kind === 'text') return textOf(openTimes(value.text));
  return value.kind === 'join' ? { ...value, parts: value.parts.map(openTimeParts) } : value;
}

const cloudModules = /^(?:boto3|botocore|aioboto3|aiobotocore)\b/;

/** `boto3.client('s3')`, `session.resource('sqs')`: the service is part of the name. */
function nameService(call: CallExpression, context: PythonContext): Expression {
  const [first] = call.args;
  const given =
    first?.name === undefined || first.name === 'service_name' ? first?.value : undefined;
  if (given?.kind !== 'text') return call;
  if (![...context.file.imports.values()].some((module) => cloudModules.test(module))) return call;
  const kind =
    call.target.kind === 'member' && call.target.name === 'resource' ? 'boto3.resource' : 'boto3';
  return { ...call, target: { kind: 'name', name: `${kind}.${given.text}` } };
}

/** A request object is its address and its method. */
function toRequest(call: CallExpression): Expression {
  const args = nameArgument(call.args, 1, 'data');
  const find = (name: string): Expression | undefined =>
    args.find((argument) => argument.name === name)?.value;
  const url = args.find((argument) => argument.name === undefined)?.value ?? find('url');
  const data = find('data');
  const method = find('method') ?? textOf(data ? 'POST' : 'GET');
  return {
    kind: 'object',
    entries: [
      ...(url ? [{ key: 'url', value: url }] : []),
      { key: 'method', value: method },
      ...(data ? [{ key: 'data', value: data }] : []),
    ],
  };
}

/** `curl.setopt(curl.URL, address)`. */
function nameCurlOption(call: CallExpression): CallExpression {
  const option = call.args[0]?.value;
  return option?.kind === 'member' && option.name === 'URL' && call.target.kind === 'member'
    ? { ...call, target: { ...call.target, name: 'setopt_URL' } }
    : call;
}

/** `frame.to_sql('table', engine)` goes to the engine, wherever the frame came from. */
function toSql(call: CallExpression): CallExpression {
  const { target } = call;
  const engine =
    call.args.find(({ name }) => name === 'con') ?? call.args.filter(({ name }) => !name)[1];
  const table = call.args.find(({ name }, index) => name === 'name' || (index === 0 && !name));
  if (target.kind !== 'member' || !engine || !table) return call;
  return {
    ...call,
    target: { kind: 'name', name: 'pandas.to_sql' },
    args: [{ value: engine.value }, { value: table.value }, { value: target.object }],
  };
}

/** `shutil.copy(a, b)` reads the one and writes the other. */
function toCopy(call: CallExpression): Expression {
  const [from, to] = call.args;
  if (!from || !to) return call;
  const part = (name: string, parts: readonly Argument[]): Expression => ({
    ...call,
    target: { kind: 'name', name: `shutil.copy.${name}` },
    args: parts,
  });
  const read = part('from', [{ value: from.value }]);
  return part('to', [{ value: to.value }, { value: read }]);
}

/** `URL.create('postgresql', host='x', database='y')` as the address it makes; without its login. */
function toDatabaseUrl(call: CallExpression): Expression {
  const names = ['drivername', 'username', 'password', 'host', 'port', 'database'];
  const find = (wanted: string): Expression | undefined =>
    call.args.find(({ name }, index) => (name ?? names[index]) === wanted)?.value;
  const [driver, host, port, database] = ['drivername', 'host', 'port', 'database'].map(find);
  if (!driver || !host) return call;
  return {
    kind: 'join',
    parts: [
      driver,
      textOf('://'),
      host,
      ...(port ? [textOf(':'), port] : []),
      ...(database ? [textOf('/'), database] : []),
    ],
  };
}

function nameArgument(args: readonly Argument[], index: number, name: string): Argument[] {
  return args.map((argument, at) =>
    at === index && argument.name === undefined && argument.isSpread !== true
      ? { name, value: argument.value }
      : argument,
  );
}

/** `config('URL', default='x')`: the default as the argument behind the name. */
function withDefault(call: CallExpression): CallExpression {
  const [first, second] = call.args;
  if (call.args.length !== 2 || first?.value.kind !== 'text' || first.name !== undefined)
    return call;
  return second?.name === 'default' ? { ...call, args: [first, { value: second.value }] } : call;
}

/** `Thread(target=f, args=(a, b))` calls `f(a, b)`. */
function toThread(call: CallExpression): CallExpression {
  const target = call.args.find(({ name }) => name === 'target');
  if (!target || !/^(?:name|member)$/.test(target.value.kind)) return call;
  const given = call.args.find(({ name }) => name === 'args')?.value;
  const items = given?.kind === 'list' ? given.items : [];
  return { ...call, args: [{ value: target.value }, ...items.map((value) => ({ value }))] };
}

/** `retry(fetch, url)` calls the function `fetch` of this file; `pool.map(f, list)` calls it for each. */
function handOver(call: CallExpression, context: PythonContext): Expression {
  const [first, ...rest] = call.args;
  if (first?.name !== undefined || !first || rest.length === 0) return call;
  const { value } = first;
  if (value.kind !== 'name' && value.kind !== 'member') return call;
  const each = /^(?:map|imap|imap_unordered|starmap|map_async)$/.test(nameOf(call.target));
  const args = each ? rest.map((argument) => eachItem(argument, call, context)) : rest;
  const isLocal =
    (value.kind === 'name' && context.file.functions.has(value.name)) ||
    (value.kind === 'member' &&
      value.object.kind === 'name' &&
      value.object.name === 'this' &&
      context.file.functions.has(value.name));
  if (!isLocal) return each ? { ...call, args: [first, ...args] } : call;
  return { ...call, args: [{ value: { ...call, target: value, args } }, ...args] };
}

function nameOf(target: Expression): string {
  return target.kind === 'name' || target.kind === 'member' ? target.name : '';
}

function eachItem(argument: Argument, call: CallExpression, context: PythonContext): Argument {
  const name = `{item ${call.line}:${call.column}}`;
  context.before.push({
    kind: 'loop',
    variable: { kind: 'name', name },
    over: argument.value,
    body: [],
  });
  return { ...argument, value: { kind: 'name', name } };
}
