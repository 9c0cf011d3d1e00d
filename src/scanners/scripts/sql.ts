import { toAddressReference, toExpression } from '../../evidence.ts';
import { type CodeFact, type Flow, flowOfSql, type ReadCode } from './facts.ts';
import { findCalls } from './sql-calls.ts';

/** Statements that name another database, by pattern. Bounded lengths keep every pattern linear. */
const oracleLink =
  /create\s+(?:shared\s+)?(?:public\s+)?database\s+link\s+([\w.$"]{1,128})[^;]{0,2000}?\busing\s+'([^']{1,2000})'/gi;
const foreignServer =
  /create\s+server\s+(?:if\s+not\s+exists\s+)?([\w"]{1,128})[^;]{0,400}?\bforeign\s+data\s+wrapper\s+(\w{1,64})([^;]{0,2000})/gi;
const linkedServer = /sp_addlinkedserver\b([^;]{0,1000})/gi;
const identifier = String.raw`(?:"[^"\n]{1,128}"|[A-Za-z_][\w$]{0,128})`;
const remoteTable = new RegExp(
  String.raw`(?:\b(delete\s+from|from|join|into|update)\s+|(,)\s*)(${identifier}(?:\.${identifier}){0,2})@(${identifier}(?:\.${identifier}){0,3})`,
  'gi',
);
const remoteProcedure = new RegExp(
  String.raw`(?<![\w.$"'@])(${identifier}(?:\.${identifier}){0,2})@([A-Za-z_][\w.$]{0,128})\s*\(`,
  'g',
);
const foreignTables =
  /\b(?:import\s+foreign\s+schema|create\s+foreign\s+table)\b[^;]{0,8000}?\bserver\s+([\w"]{1,128})/gi;
const openQuery =
  /(\b(?:insert|update|delete)\s+(?:into\s+|from\s+)?)?\bopenquery\s*\(\s*\[?([\w-]{1,128})\]?\s*,\s*'((?:[^']|''){0,4000})'/gi;
const executeAt =
  /\bexec(?:ute)?\s*\(\s*N?'((?:[^']|''){0,4000})'\s*\)\s*at\s+\[?([\w-]{1,128})\]?/gi;
const fourPartName =
  /\b(delete\s+from|from|join|into|update|exec(?:ute)?)\s+\[?([A-Za-z_][\w-]{0,127})\]?\.\[?\w{0,128}\]?\.\[?\w{0,128}\]?\.\[?(\w{1,128})\]?/gi;
const subscription =
  /\bcreate\s+subscription\b[^;]{0,400}?\bconnection\s+'((?:[^']|''){1,1000})'/gi;
const webRequest =
  /\b(?:http_(get|post|put|patch|delete)|utl_http\.(?:request|begin_request))\s*\(\s*'(https?:\/\/(?:[^']|''){1,1000})'(?:\s*,\s*'(\w{1,10})')?/gi;

interface Server {
  readonly address: string;
  readonly protocol: string;
  readonly at: number;
}

/** Reads database links, foreign servers and linked servers, and the statements that use them. */
export const readSql: ReadCode = (original) => {
  const text = blankComments(original);
  // A sentence in quotes is no statement, unless it is one that is put together to be run.
  const statements = text.replace(/'(?:[^']|'')*'/g, (part) =>
    /^'\s*(?:select|insert|update|delete|merge|begin|call)\b/i.test(part)
      ? part
      : part.replace(/[^\n]/g, ' '),
  );
  const servers = new Map<string, Server>();
  const facts: CodeFact[] = [];
  const used = new Set<string>();
  const positionAt = toPositions(text);

  const define = (given: string, address: string, protocol: string, at: number): void => {
    const name = foldName(given);
    const target = toAddressReference(address);
    const position = positionAt(at);
    // A host such as `:'db_host'` is filled in when the script runs.
    if (target.kind === 'expression') {
      used.add(name);
      facts.push(unresolved(`server ${name} at ${address}`, protocol, position));
      return;
    }
    servers.set(name, { address, protocol, at });
    facts.push({ kind: 'name', name, target, ...position });
  };
  const use = (given: string, flow: Flow, at: number, table?: string): void => {
    const name = foldName(given);
    const known = servers.get(name);
    const resource = table?.replaceAll('"', '').toLowerCase();
    used.add(name);
    facts.push({
      kind: 'connection',
      target: known ? toAddressReference(known.address) : { kind: 'alias', value: name },
      flow,
      protocol: known?.protocol ?? 'database',
      style: 'database',
      confidence: known ? 0.9 : 0.7,
      ...(resource === undefined ? {} : { resource }),
      summary: `${flow === 'push' ? 'writes to' : 'reads from'} ${resource ?? 'tables'} over ${name}`,
      ...positionAt(at),
    });
  };
  const connect = (address: string, flow: Flow, protocol: string, at: number): void => {
    facts.push({
      kind: 'connection',
      target: toAddressReference(address),
      flow,
      protocol,
      style: protocol.startsWith('http') ? 'request-reply' : 'database',
      confidence: 1,
      summary: `${protocol} with ${address}`,
      ...positionAt(at),
    });
  };

  for (const match of text.matchAll(oracleLink))
    define(match[1] ?? '', oracleHost(match[2] ?? ''), 'oracle', match.index);
  for (const match of text.matchAll(foreignServer)) {
    const address = foreignHost(match[3] ?? '');
    if (address) define(match[1] ?? '', address, foreignProtocol(match[2] ?? ''), match.index);
  }
  for (const match of text.matchAll(linkedServer)) {
    const name = /@server\s*=\s*N?'([^']{1,128})'/i.exec(match[1] ?? '')?.[1];
    const source = /@datasrc\s*=\s*N?'([^']{1,255})'/i.exec(match[1] ?? '')?.[1] ?? name;
    if (name && source) define(name, source.replace(/[\\,].*$/, ''), 'mssql', match.index);
  }
  for (const match of statements.matchAll(remoteTable))
    use(match[4] ?? '', flowOfVerb(match[1]), match.index, match[3]);
  for (const match of statements.matchAll(remoteProcedure)) {
    if (
      !/\b(?:into|table|insert)\s*$/i.test(
        statements.slice(Math.max(0, match.index - 20), match.index),
      )
    )
      use(match[2] ?? '', 'unknown', match.index, match[1]);
  }
  for (const match of text.matchAll(foreignTables)) use(match[1] ?? '', 'pull', match.index);
  for (const match of text.matchAll(openQuery))
    use(match[2] ?? '', match[1] ? 'push' : flowOfSql(match[3] ?? ''), match.index);
  for (const match of text.matchAll(executeAt))
    use(match[2] ?? '', flowOfSql(match[1] ?? ''), match.index);
  for (const match of statements.matchAll(fourPartName))
    use(match[2] ?? '', flowOfVerb(match[1]), match.index, match[3]);
  for (const match of text.matchAll(subscription))
    connect(postgresHost(match[1] ?? ''), 'pull', 'postgresql', match.index);
  for (const match of text.matchAll(webRequest)) {
    const method = match[1] ?? match[3] ?? 'get';
    const flow = /^(?:post|put|patch)$/i.test(method) ? 'push' : 'pull';
    const address = match[2] ?? '';
    connect(address, flow, address.slice(0, address.indexOf(':')).toLowerCase(), match.index);
  }
  for (const call of readDblinks(text)) {
    if (call.host) connect(call.host, call.flow, 'postgresql', call.at);
    else facts.push(unresolved('dblink', 'postgresql', positionAt(call.at)));
  }
  // A link that nothing here uses is still a door: it lets this database read the other.
  for (const [name, { at }] of servers) {
    if (!used.has(name)) use(name, 'unknown', at);
  }
  return facts;
};

/** `dblink('host=… ', 'statement')`, or by a name that `dblink_connect` gave before. */
function readDblinks(text: string): { host: string | undefined; flow: Flow; at: number }[] {
  const named = new Map<string, string>();
  return findCalls(text, /\b(dblink(?:_exec|_connect|_send_query|_open)?)\s*\(/gi).flatMap(
    ({ name, args, at }) => {
      const [first = '', second] = args;
      const isConnect = name.toLowerCase() === 'dblink_connect';
      const given = isConnect && second !== undefined ? second : first;
      const host = named.get(given) ?? (/[=/]/.test(given) ? postgresHost(given) : undefined);
      if (isConnect) {
        if (host && second !== undefined) named.set(first, host);
        // The statements that follow say which way the data goes.
        if (second !== undefined) return [];
      }
      const statement = isConnect ? undefined : second;
      return [{ host, flow: statement === undefined ? 'unknown' : flowOfSql(statement), at }];
    },
  );
}

function unresolved(
  summary: string,
  protocol: string,
  at: { line: number; column: number },
): CodeFact {
  return {
    kind: 'connection',
    target: toExpression(summary),
    flow: 'unknown',
    protocol,
    style: 'database',
    confidence: 0.3,
    summary,
    ...at,
  };
}

function flowOfVerb(verb: string | undefined): Flow {
  if (verb !== undefined && /^exec/i.test(verb)) return 'unknown';
  return verb !== undefined && /^(?:into|update|delete)/i.test(verb) ? 'push' : 'pull';
}

function foldName(name: string): string {
  return name.replaceAll('"', '').toLowerCase();
}

/** The host of `//host:port/service`, `(DESCRIPTION=…(HOST=host)…)` or `host:port/service`. */
function oracleHost(text: string): string {
  return /\bhost\s*=\s*([^)\s]+)/i.exec(text)?.[1] ?? text.replace(/^\/\//, '');
}

function postgresHost(dsn: string): string {
  return /\bhost(?:addr)?\s*=\s*'*([^\s']+)/i.exec(dsn)?.[1] ?? dsn;
}

/** The host in `OPTIONS (host 'x')`, or the server in `OPTIONS (dbserver '//x/y')`. */
function foreignHost(options: string): string | undefined {
  const host = /\b(?:host|servername|address)\s+(:?'[^']{1,255}'|:\w+)/i.exec(options)?.[1];
  if (host) return host.startsWith(':') ? `{${host}}` : host.slice(1, -1);
  const server = /\bdbserver\s+'([^']{1,500})'/i.exec(options)?.[1];
  return server === undefined ? undefined : oracleHost(server);
}

function foreignProtocol(wrapper: string): string {
  const name = wrapper.toLowerCase().replace(/_?fdw.*$/, '');
  return name === 'postgres' ? 'postgresql' : name === 'tds' ? 'mssql' : name || 'database';
}

/** Blanks comments and keeps every offset. */
function blankComments(text: string): string {
  return text.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("'") ? part : part.replace(/[^\n]/g, ' '),
  );
}

/** Finds line and column of an offset. */
function toPositions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
