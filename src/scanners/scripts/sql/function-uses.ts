import { type Flow, flowOfMethod, flowOfSql } from '../facts.ts';
import { toEnd, withPort } from './addresses.ts';
import { listArguments, type SqlArgument } from './arguments.ts';
import type { DirectUse, Found } from './found.ts';
import { functionByName, type RemoteFunction } from './functions.ts';
import { foldName } from './source.ts';
import { pickArgument, readCallee, type Unit } from './unit.ts';

/** What the calls of one file share: names that `dblink_connect` gave to connections. */
export interface CallState {
  readonly namedConnections: Map<string, string>;
}

/** Names that are common words: they count only where the first argument is an address. */
const needsAddress =
  /^(?:url|s3|gcs|remote|remotesecure|mysql|postgresql|mongodb|read_\w+|parquet_scan|st_read|s3cluster|http_\w+|httpuritype)$/;

/** Reads the call at an index, `name(…)` or `EXEC name …`. */
export function readCall(unit: Unit, index: number, state: CallState): Found[] {
  const { tokens } = unit;
  const previous = tokens[index - 1];
  // Only the first part of a dotted name begins a call, and a definition calls nothing.
  if (previous?.kind === 'symbol' && previous.text === '.') return [];
  if (
    /^(?:function|procedure|proc|package|table|view|into|index|trigger|exists)$/.test(
      previous?.word ?? '',
    )
  )
    return [];
  const callee = readCallee(unit, index);
  if (callee) {
    const args = listArguments(tokens, callee.open + 1);
    return describe(unit, index, callee.name, args, state);
  }
  const word = tokens[index]?.word ?? '';
  if (/^(?:exec|execute|call)$/.test(word)) return readExecuted(unit, index, state);
  // The first statement of a batch may leave `EXEC` out.
  if (
    /^(?:xp_cmdshell|sp_\w+)$/.test(word) &&
    !/^(?:exec|execute|call)$/.test(previous?.word ?? '') &&
    previous?.text !== '='
  )
    return describe(unit, index, word, listArguments(tokens, index + 1, false), state);
  return [];
}

/** `EXEC [@result =] [master..]name arguments`. */
function readExecuted(unit: Unit, index: number, state: CallState): Found[] {
  const { tokens } = unit;
  let at = index + 1;
  if (tokens[at]?.text.startsWith('@') && tokens[at + 1]?.text === '=') at += 2;
  const parts: string[] = [];
  while (parts.length < 8) {
    const token = tokens[at];
    if (token?.kind === 'symbol' && token.text === '.') at++;
    else if (
      token &&
      (token.kind === 'word' || token.kind === 'name') &&
      (parts.length === 0 || tokens[at - 1]?.text === '.')
    ) {
      parts.push(token.text);
      at++;
    } else break;
  }
  const name = parts.at(-1)?.toLowerCase();
  if (name === undefined || tokens[at]?.text === '(') return [];
  return describe(unit, index, name, listArguments(tokens, at, false), state);
}

function describe(
  unit: Unit,
  index: number,
  name: string,
  args: readonly SqlArgument[],
  state: CallState,
): Found[] {
  const at = unit.place(unit.tokens[index]?.at ?? 0);
  const plain = name.slice(name.lastIndexOf('.') + 1);
  if (/^dblink(?:_exec|_connect|_connect_u|_send_query|_open)?$/.test(plain))
    return readDblink(unit, plain, args, state, at);
  if (plain === 'sp_oamethod') return readAutomation(unit, args, at);
  if (plain === 'sp_add_jobstep') return readJobStep(unit, args, at);
  if (plain === 'create_job' || plain === 'create_program') return readScheduledJob(unit, args, at);
  if (plain === 'external_query') return readExternalQuery(unit, args, at);
  // `http(('GET', 'https://…', …)::http_request)`.
  if (name === 'http') return readHttpRequest(unit, args, at);
  const known =
    functionByName.get(name) ??
    functionByName.get(name.split('.').slice(-2).join('.')) ??
    functionByName.get(plain);
  return known ? readFunction(unit, known, plain, args, at) : [];
}

function readFunction(
  unit: Unit,
  known: RemoteFunction,
  name: string,
  args: readonly SqlArgument[],
  at: number,
): Found[] {
  const pick = (paths: readonly (number | string)[] | undefined) =>
    paths && pickArgument(unit, args, paths);
  const command = pick(known.command)?.text;
  if (known.command) return command === undefined ? [] : [{ kind: 'command', command, at }];
  const flow = findFlow(known, pick(known.method)?.text, pick(known.statement)?.text);
  // A name that is not known names no resource.
  const resource = /^(?!\{[^{}]*\}$)[\s\S]+$/.exec(pick(known.resource)?.text ?? '')?.[0];
  if (known.link) {
    const link = pick(known.link)?.text;
    // Without a link it stays in the same database.
    return link === undefined || /^\{null\}$/i.test(link)
      ? []
      : [
          {
            kind: 'link',
            link: foldName(link),
            flow,
            at,
            ...(resource === undefined ? {} : { table: resource.toLowerCase() }),
          },
        ];
  }
  const shared = {
    kind: 'direct',
    at,
    flow,
    by: name,
    ...(known.style === undefined ? {} : { style: known.style }),
  } as const;
  if (known.isHalf) return [{ ...shared, protocol: known.protocol }];
  const address = pick(known.address);
  const isAddress =
    address !== undefined && /:\/\/|^\{(?:env|param|name):|^[\w.-]+:\d/.test(address.text);
  if (needsAddress.test(name) && !isAddress) return [];
  const port = pick(known.port)?.text;
  if (!address) return [{ ...shared, protocol: known.protocol }];
  if (known.protocol === 's3' && address.text.startsWith('{')) return readS3Uri(unit, args, shared);
  if (known.protocol === 's3')
    return [
      {
        ...shared,
        protocol: 's3',
        address: `s3://${address.text}`,
        confidence: address.confidence,
        ...(resource === undefined ? {} : { resource }),
      },
    ];
  const end = toEnd(address.text, known.protocol);
  if (!end) return [];
  return [
    {
      ...shared,
      protocol: end.protocol,
      style: known.style ?? end.style,
      address: withPort(end.address, port, end.protocol),
      confidence: address.confidence,
      ...(resource !== undefined && /^[\w.*/{}-]{1,200}$/.test(resource)
        ? { resource: resource.toLowerCase() }
        : end.resource === undefined
          ? {}
          : { resource: end.resource }),
    },
  ];
}

/** `aws_commons.create_s3_uri('bucket', 'path', 'region')` among the arguments. */
function readS3Uri(
  unit: Unit,
  args: readonly SqlArgument[],
  shared: Pick<DirectUse, 'kind' | 'at' | 'flow' | 'by'>,
): Found[] {
  for (const { start } of args) {
    const callee = readCallee(unit, start);
    if (!callee?.name.endsWith('create_s3_uri')) continue;
    const parts = listArguments(unit.tokens, callee.open + 1);
    const bucket = pickArgument(unit, parts, [0, 's3_bucket'])?.text;
    const path = pickArgument(unit, parts, [1, 'file_path'])?.text;
    if (bucket === undefined) continue;
    const end = toEnd(`s3://${bucket}/${path ?? ''}`, 's3');
    return end ? [{ ...shared, ...end }] : [];
  }
  return [{ ...shared, protocol: 's3', style: 'file' }];
}

function findFlow(
  known: RemoteFunction,
  method: string | undefined,
  statement: string | undefined,
): Flow {
  if (known.flow === 'method') return flowOfMethod(method ?? known.methodDefault ?? 'GET');
  if (known.flow === 'sql') return statement === undefined ? 'unknown' : flowOfSql(statement);
  return known.flow;
}

/** `dblink('host=… ', 'statement')`, or by a name that `dblink_connect` gave before, or a foreign server. */
function readDblink(
  unit: Unit,
  name: string,
  args: readonly SqlArgument[],
  state: CallState,
  at: number,
): Found[] {
  const first = pickArgument(unit, args, [0]);
  const second = pickArgument(unit, args, [1]);
  const isConnect = name.startsWith('dblink_connect');
  const connection = isConnect && second ? second : first;
  const text = connection?.text.trim() ?? '';
  const known = state.namedConnections.get(text);
  const isSettings = /[=/]/.test(text);
  if (isConnect && first && second) {
    // The statements that follow say which way the data goes.
    state.namedConnections.set(first.text.trim(), second.text.trim());
    return [];
  }
  const statement = isConnect ? undefined : second?.text;
  const flow = statement === undefined ? 'unknown' : flowOfSql(statement);
  const settings = known ?? (isSettings ? text : undefined);
  // `dblink('server', …)` names a foreign server.
  if (settings === undefined && /^[\w$]{1,64}$/.test(text))
    return [{ kind: 'link', link: foldName(text), flow, at }];
  const end = settings === undefined ? undefined : (toEnd(settings, 'postgresql') ?? undefined);
  if (settings !== undefined && !end && /^[\w$]{1,64}$/.test(settings))
    return [{ kind: 'link', link: foldName(settings), flow, at }];
  return [
    {
      kind: 'direct',
      at,
      flow,
      protocol: 'postgresql',
      style: 'database',
      by: name,
      confidence: connection?.confidence ?? 0.3,
      ...(end ? { address: end.address } : {}),
    },
  ];
}

function readHttpRequest(unit: Unit, args: readonly SqlArgument[], at: number): Found[] {
  const [tuple] = args;
  if (!tuple || unit.tokens[tuple.start]?.text !== '(') return [];
  const [verb, place] = listArguments(unit.tokens, tuple.start + 1);
  const method = verb && unit.values.read(verb.start)?.text;
  const address = place && unit.values.read(place.start);
  const end = address && toEnd(address.text, 'https');
  if (!end || method === undefined || !/^[a-z]{3,10}$/i.test(method)) return [];
  const flow = flowOfMethod(method);
  return [{ kind: 'direct', at, flow, by: 'http', confidence: address.confidence, ...end }];
}

/** `EXEC sp_OAMethod @request, 'open', NULL, 'GET', @url, 'false'`. */
function readAutomation(unit: Unit, args: readonly SqlArgument[], at: number): Found[] {
  if (!/^open$/i.test(pickArgument(unit, args, [1])?.text ?? '')) return [];
  const texts = args.slice(2).flatMap(({ start }) => unit.values.read(start) ?? []);
  const method = texts.find(({ text }) => /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(text));
  if (!method) return [];
  const address = texts[texts.indexOf(method) + 1];
  const end = address && toEnd(address.text, 'https');
  const shared = {
    kind: 'direct',
    at,
    flow: flowOfMethod(method.text),
    by: 'sp_OAMethod',
  } as const;
  return [
    end
      ? {
          ...shared,
          address: end.address,
          protocol: end.protocol,
          style: 'request-reply',
          confidence: address.confidence,
        }
      : { ...shared, protocol: 'http', style: 'request-reply' },
  ];
}

/** A step of SQL Server's agent that is a command. */
function readJobStep(unit: Unit, args: readonly SqlArgument[], at: number): Found[] {
  const subsystem = pickArgument(unit, args, ['subsystem'])?.text ?? '';
  const command = pickArgument(unit, args, ['command'])?.text;
  return /^(?:cmdexec|powershell)$/i.test(subsystem) && command !== undefined
    ? [{ kind: 'command', command, at }]
    : [];
}

/** `DBMS_SCHEDULER.CREATE_JOB(job_type => 'EXECUTABLE', job_action => '/opt/x.sh')`. */
function readScheduledJob(unit: Unit, args: readonly SqlArgument[], at: number): Found[] {
  const type = pickArgument(unit, args, ['job_type', 'program_type', 1])?.text ?? '';
  const action = pickArgument(unit, args, ['job_action', 'program_action', 2])?.text;
  return /^(?:executable|external_script)$/i.test(type) && action !== undefined
    ? [{ kind: 'command', command: action, at }]
    : [];
}

/** BigQuery: `EXTERNAL_QUERY("project.region.connection", "statement")`. */
function readExternalQuery(unit: Unit, args: readonly SqlArgument[], at: number): Found[] {
  const name = pickArgument(unit, args, [0])?.text;
  return name === undefined
    ? []
    : [{ kind: 'link', link: foldName(name.slice(name.lastIndexOf('.') + 1)), flow: 'pull', at }];
}
