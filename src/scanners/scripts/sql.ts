import { toAddressReference } from '../../evidence.ts';
import { type CodeFact, type Flow, flowOfSql, type ReadCode } from './facts.ts';

/** Statements that name another database, by pattern. Bounded lengths keep every pattern linear. */
const oracleLink =
  /create\s+(?:shared\s+)?(?:public\s+)?database\s+link\s+([\w.$"]{1,128})[^;]{0,2000}?\busing\s+'([^']{1,2000})'/gi;
const foreignServer =
  /create\s+server\s+(?:if\s+not\s+exists\s+)?([\w"]{1,128})[^;]{0,400}?\bforeign\s+data\s+wrapper\s+(\w{1,64})[^;]{0,2000}?\bhost\s+'([^']{1,255})'/gi;
const linkedServer =
  /sp_addlinkedserver\b[^;]{0,400}?@server\s*=\s*N?'([^']{1,128})'[^;]{0,600}?@datasrc\s*=\s*N?'([^']{1,255})'/gi;
const remoteTable =
  /\b(from|join|into|update)\s+([A-Za-z_][\w.$]{0,128})@([A-Za-z_][\w.$]{0,128})/gi;
const foreignTables =
  /\b(?:import\s+foreign\s+schema|create\s+foreign\s+table)\b[^;]{0,8000}?\bserver\s+([\w"]{1,128})/gi;
const dblinkCall =
  /\b(dblink|dblink_exec|dblink_connect)\s*\(\s*'([^']{0,1000}\bhost\s*=[^']{1,1000})'\s*(?:,\s*(?:'((?:[^']|''){0,4000})'|\$\w{0,20}\$([^$]{0,8000})\$))?/gi;
const openQuery = /\bopenquery\s*\(\s*\[?([\w-]{1,128})\]?\s*,\s*'((?:[^']|''){0,4000})'/gi;
const fourPartName =
  /\b(from|join|into|update)\s+\[?([\w-]{1,128})\]?\.\[?\w{0,128}\]?\.\[?\w{0,128}\]?\.\[?(\w{1,128})\]?/gi;

/** Reads database links, foreign servers and linked servers, and the statements that use them. */
export const readSql: ReadCode = (original) => {
  const text = blankComments(original);
  const names = new Map<
    string,
    { readonly address: string; readonly protocol: string; readonly at: number }
  >();
  const facts: CodeFact[] = [];
  const used = new Set<string>();
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const positionAt = (offset: number): { line: number; column: number } => {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
  const define = (name: string, address: string, protocol: string, at: number): void => {
    names.set(foldName(name), { address, protocol, at });
    facts.push({
      kind: 'name',
      name: foldName(name),
      target: toAddressReference(address),
      ...positionAt(at),
    });
  };
  const use = (name: string, flow: Flow, at: number, resource?: string): void => {
    const known = names.get(foldName(name));
    used.add(foldName(name));
    facts.push({
      kind: 'connection',
      target: known ? toAddressReference(known.address) : { kind: 'alias', value: foldName(name) },
      flow,
      protocol: known?.protocol ?? 'database',
      style: 'database',
      confidence: known ? 0.9 : 0.7,
      ...(resource === undefined ? {} : { resource: resource.toLowerCase() }),
      summary: `${flow === 'push' ? 'writes to' : 'reads from'} ${resource ?? 'tables'} over ${foldName(name)}`,
      ...positionAt(at),
    });
  };

  for (const match of text.matchAll(oracleLink))
    define(match[1] ?? '', oracleHost(match[2] ?? ''), 'oracle', match.index);
  for (const match of text.matchAll(foreignServer)) {
    define(
      match[1] ?? '',
      match[3] ?? '',
      (match[2] ?? '').replace(/_?fdw.*$/, '') || 'database',
      match.index,
    );
  }
  for (const match of text.matchAll(linkedServer)) {
    define(match[1] ?? '', (match[2] ?? '').replace(/[\\,].*$/, ''), 'mssql', match.index);
  }
  for (const match of text.matchAll(remoteTable))
    use(match[3] ?? '', flowOfVerb(match[1]), match.index, match[2]);
  for (const match of text.matchAll(foreignTables)) use(match[1] ?? '', 'pull', match.index);
  for (const match of text.matchAll(openQuery))
    use(match[1] ?? '', flowOfSql(match[2] ?? ''), match.index);
  for (const match of text.matchAll(fourPartName)) {
    if (names.has(foldName(match[2] ?? '')))
      use(match[2] ?? '', flowOfVerb(match[1]), match.index, match[3]);
  }
  for (const match of text.matchAll(dblinkCall)) {
    const host = /\bhost\s*=\s*([^\s']+)/.exec(match[2] ?? '')?.[1] ?? '';
    const statement = (match[3] ?? match[4])?.replaceAll("''", "'");
    facts.push({
      kind: 'connection',
      target: toAddressReference(host),
      flow: statement === undefined ? 'unknown' : flowOfSql(statement),
      protocol: 'postgresql',
      style: 'database',
      confidence: 1,
      summary: `dblink to ${host}`,
      ...positionAt(match.index),
    });
  }
  // A link that nothing here uses is still a door: it lets this database read the other.
  for (const [name, { at }] of names) {
    if (used.has(name)) continue;
    use(name, 'unknown', at);
  }
  return facts;
};

function flowOfVerb(verb = ''): Flow {
  return /^(?:into|update)$/i.test(verb) ? 'push' : 'pull';
}

function foldName(name: string): string {
  return name.replaceAll('"', '').toLowerCase();
}

/** The host of `//host:port/service`, `(DESCRIPTION=…(HOST=host)…)` or `host:port/service`. */
function oracleHost(text: string): string {
  return /\bhost\s*=\s*([^)\s]+)/i.exec(text)?.[1] ?? text.replace(/^\/\//, '');
}

/** Blanks comments and keeps every offset. */
function blankComments(text: string): string {
  return text.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("'") ? part : part.replace(/[^\n]/g, ' '),
  );
}
