import { toAddressReference } from '../../../evidence.ts';
import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { Style } from '../../../vocabulary.ts';
import { familyOfProtocol } from '../../../vocabulary.ts';
import { type CodeFact, type ReadCode, type Reading, toReading } from '../facts.ts';
import { writeHole } from '../program/open-text.ts';
import { toPositions } from '../sql/source.ts';
import { readBatch } from './batch.ts';
import { type Literal, listLiterals, syntaxOf } from './literals.ts';

/** Schemes that lead to another system, with how they are used. */
const schemes: Readonly<Record<string, Style>> = {
  http: 'request-reply',
  https: 'request-reply',
  ws: 'stream',
  wss: 'stream',
  ftp: 'file',
  ftps: 'file',
  sftp: 'file',
  s3: 'file',
  s3a: 'file',
  gs: 'file',
  hdfs: 'file',
  abfss: 'file',
  smb: 'file',
  amqp: 'event',
  amqps: 'event',
  mqtt: 'event',
  mqtts: 'event',
  nats: 'event',
  kafka: 'event',
  tcp: 'event',
  smtp: 'event',
  smtps: 'event',
  ldap: 'request-reply',
  ldaps: 'request-reply',
  redis: 'database',
  rediss: 'database',
  mongodb: 'database',
  'mongodb+srv': 'database',
  postgres: 'database',
  postgresql: 'database',
  mysql: 'database',
};

/** Functions that show a text, compare it or keep it, and never open it. */
const harmless =
  /^(?:print|println|printf|cat|message|warning|stop|echo|msgbox|log|trace|debug|info|warn|error|fatal|write|writeln|writeline|append|puts|throw|raise|exception|\w*(?:error|exception)|assert\w*|expect|should\w*|equals|matches?|contains|startswith|endswith|replace\w*|gsub|sub|grepl?|regexpr?|split|indexof|c|list|listof|setof|mapof|arrayof|mutablelistof|map|seq|set|array|vector|paste0?|sprintf|format|concat|link|href|license|url_license|see|deprecated|description|comment|document\w*|namespace|xmlns|schema\w*|text|label|title|tooltip|helptext|library|require|import|source_comment|if|while|for|when|switch|return|case|elseif|until|and|or|not|in)$/i;

/** Low: nothing of the language is followed, only where the text stands. */
const confidence = 0.4;

/**
 * Reads languages without a grammar: addresses written out as an argument of something that looks
 * like a call, and connection strings of databases.
 */
export const readPatterns: ReadCode = (text, file): Reading => {
  const extension = /\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const positionAt = toPositions(text);
  if (extension === 'bat' || extension === 'cmd') return toReading(readBatch(text, positionAt));
  const literals = listLiterals(text, syntaxOf(extension));
  const names = followNames(literals);
  const facts = literals.flatMap((literal): CodeFact[] => {
    const written = fill(literal, names);
    const found = readSource(written, literal) ?? readAddress(written, literal);
    if (!found) return [];
    const target = toAddressReference(found.address);
    return [
      {
        kind: 'connection',
        target,
        flow: 'unknown',
        protocol: found.protocol,
        style: found.style,
        confidence,
        summary: `${literal.callee ?? 'connects'} with ${target.value}`,
        ...positionAt(literal.at),
      },
    ];
  });
  return toReading(facts);
};

interface Found {
  readonly address: string;
  readonly protocol: string;
  readonly style: Style;
}

/** Texts that a name was given once, so that `"$host/x"` and `host + "/x"` can be followed. */
function followNames(literals: readonly Literal[]): Map<string, string> {
  const names = new Map<string, string>();
  const twice = new Set<string>();
  for (const { assigned, text } of literals) {
    if (assigned === undefined) continue;
    if (names.has(assigned) && names.get(assigned) !== text) twice.add(assigned);
    names.set(assigned, text);
  }
  for (const name of twice) names.delete(name);
  return names;
}

/** Puts in the names that a text holds, and the one in front of it. */
function fill({ text, isTemplate, before }: Literal, names: ReadonlyMap<string, string>): string {
  const put = (name: string): string =>
    names.get(name) ?? writeHole({ kind: 'unknown', text: name });
  const filled = isTemplate
    ? text.replace(/\$(?:\{([^{}\n]{1,100})\}|([A-Za-z_]\w{0,80}))/g, (_, a, b) => put(a ?? b))
    : text;
  const lead = before === undefined ? undefined : names.get(before);
  return lead === undefined ? filled : lead + filled;
}

/** A JDBC address or a list of `key=value`, wherever it stands. */
function readSource(text: string, literal: Literal): Found | undefined {
  const jdbc = /^jdbc:(\w{1,30}):/i.exec(text)?.[1]?.toLowerCase();
  if (jdbc) {
    // Databases in a file or in memory are part of the program.
    if (/^(?:sqlite|h2|hsqldb|derby|duckdb)$/.test(jdbc)) return undefined;
    const protocol = { sqlserver: 'mssql', jtds: 'mssql', mariadb: 'mysql' }[jdbc] ?? jdbc;
    return { address: text.replace(/^jdbc:jtds:/i, 'jdbc:'), protocol, style: 'database' };
  }
  const server =
    /(?:^|;)\s{0,9}(?:server|data source|host|address)\s{0,9}=\s{0,9}([^;]{1,200})/i.exec(
      text,
    )?.[1];
  const isSettings =
    server !== undefined &&
    /(?:^|;)\s{0,9}(?:database|initial catalog|driver|provider|uid|user id|dsn|trusted_connection|integrated security)\s{0,9}=/i.test(
      text,
    );
  if (isSettings) {
    const host = server.trim().replace(/^tcp:/i, '').replace(/\\.*$/, '').replace(',', ':');
    return /^[\w.:{}-]+$/.test(host) && !/^(?:\.|\(local\)|localhost)$/i.test(host)
      ? { address: host, protocol: protocolOfSettings(text), style: 'database' }
      : undefined;
  }
  return readNamedHost(text, literal);
}

/** Where nothing names a product, a connection string of this form is one of SQL Server. */
function protocolOfSettings(text: string): string {
  return databaseNamed(text) ?? 'mssql';
}

/** Hosts and users of a connection to a database may be called `mail` or `kafka`. */
function databaseNamed(text: string): string | undefined {
  const protocol = /oraoledb|msdaora/i.test(text) ? 'oracle' : protocolOfProduct(text);
  return protocol !== undefined && familyOfProtocol(protocol) === 'database' ? protocol : undefined;
}

/** R: `dbConnect(RPostgres::Postgres(), host = "db.internal")`. */
function readNamedHost(text: string, { callee, label, around }: Literal): Found | undefined {
  if (!/^(?:db_?connect|dbpool|src_\w+|odbcdriverconnect|connect)$/i.test(callee ?? ''))
    return undefined;
  if (!/^(?:host|hostname|server|servername)$/i.test(label ?? '')) return undefined;
  if (!/^[\w.-]{2,200}$/.test(text) || /^(?:localhost|127\.)/.test(text)) return undefined;
  const protocol = databaseNamed(around) ?? 'database';
  return { address: text, protocol, style: 'database' };
}

/** An absolute address as the argument of a call. */
function readAddress(text: string, { callee }: Literal): Found | undefined {
  if (callee === undefined || harmless.test(callee)) return undefined;
  const scheme = /^([a-z][a-z0-9+]{1,12}):\/\/[^\s/]/i.exec(text)?.[1]?.toLowerCase();
  const style = scheme && Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (!scheme || !style || /\s/.test(text)) return undefined;
  if (/^[a-z0-9+]+:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\])/i.test(text)) return undefined;
  const protocol = scheme === 's3a' ? 's3' : scheme === 'postgres' ? 'postgresql' : scheme;
  return { address: text, protocol, style };
}
