import { type Flow, flowOfSql } from './facts.ts';
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

/** A link or server that a statement defines under a name. */
export interface ServerStatement {
  readonly name: string;
  readonly address: string;
  readonly protocol: string;
  readonly at: number;
}

/** A statement that reads or writes through a link or server. */
export interface UseStatement {
  readonly name: string;
  readonly flow: Flow;
  readonly at: number;
  readonly table?: string | undefined;
}

/** A statement that names the other end itself; without an address it could not be followed. */
export interface DirectStatement {
  readonly address: string | undefined;
  readonly flow: Flow;
  readonly protocol: string;
  readonly at: number;
}

/** Database links, foreign servers and linked servers. */
export function* listServers(text: string): Iterable<ServerStatement> {
  for (const { 1: name = '', 2: using = '', index: at } of text.matchAll(oracleLink))
    yield { name, address: oracleHost(using), protocol: 'oracle', at };
  for (const { 1: name = '', 2: wrapper = '', 3: given = '', index: at } of text.matchAll(
    foreignServer,
  )) {
    const address = foreignHost(given);
    if (address) yield { name, address, protocol: foreignProtocol(wrapper), at };
  }
  for (const { 1: given = '', index: at } of text.matchAll(linkedServer)) {
    const name = /@server\s*=\s*N?'([^']{1,128})'/i.exec(given)?.[1];
    const source = /@datasrc\s*=\s*N?'([^']{1,255})'/i.exec(given)?.[1] ?? name;
    if (name && source)
      yield { name, address: source.replace(/[\\,].*$/, ''), protocol: 'mssql', at };
  }
}

/** What reads or writes through a name that is defined here or elsewhere. */
export function* listUses(text: string): Iterable<UseStatement> {
  const statements = blankSentences(text);
  for (const { 1: verb, 3: table, 4: name = '', index: at } of statements.matchAll(remoteTable))
    yield { name, flow: flowOfVerb(verb), at, table };
  for (const { 1: table, 2: name = '', index: at } of statements.matchAll(remoteProcedure)) {
    // `insert into table@link (columns)` is no call.
    if (!/\b(?:into|table|insert)\s*$/i.test(statements.slice(Math.max(0, at - 20), at)))
      yield { name, flow: 'unknown', at, table };
  }
  for (const { 1: name = '', index: at } of text.matchAll(foreignTables))
    yield { name, flow: 'pull', at };
  for (const { 1: verb, 2: name = '', 3: inner = '', index: at } of text.matchAll(openQuery))
    yield { name, flow: verb ? 'push' : flowOfSql(inner), at };
  for (const { 1: inner = '', 2: name = '', index: at } of text.matchAll(executeAt))
    yield { name, flow: flowOfSql(inner), at };
  for (const { 1: verb, 2: name = '', 3: table, index: at } of statements.matchAll(fourPartName))
    yield { name, flow: flowOfVerb(verb), at, table };
}

/** Subscriptions, web requests and dblink calls. */
export function* listDirect(text: string): Iterable<DirectStatement> {
  for (const { 1: dsn = '', index: at } of text.matchAll(subscription))
    yield { address: postgresHost(dsn), flow: 'pull', protocol: 'postgresql', at };
  for (const { 1: verb, 2: address = '', 3: given, index: at } of text.matchAll(webRequest)) {
    const flow = /^(?:post|put|patch)$/i.test(verb ?? given ?? 'get') ? 'push' : 'pull';
    yield { address, flow, protocol: address.slice(0, address.indexOf(':')).toLowerCase(), at };
  }
  for (const { host, flow, at } of readDblinks(text))
    yield { address: host, flow, protocol: 'postgresql', at };
}

/** A sentence in quotes is no statement, unless it is one that is put together to be run. */
function blankSentences(text: string): string {
  return text.replace(/'(?:[^']|'')*'/g, (part) =>
    /^'\s*(?:select|insert|update|delete|merge|begin|call)\b/i.test(part)
      ? part
      : part.replace(/[^\n]/g, ' '),
  );
}

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

function flowOfVerb(verb: string | undefined): Flow {
  if (verb !== undefined && /^exec/i.test(verb)) return 'unknown';
  return verb !== undefined && /^(?:into|update|delete)/i.test(verb) ? 'push' : 'pull';
}

/** A name as the database compares it. */
export function foldName(name: string): string {
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
