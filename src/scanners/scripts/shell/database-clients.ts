import { type Flow, flowOfSql, tableOfSql } from '../facts.ts';
import type { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';
import { loaderText } from './files.ts';
import { type Client, isLocal, lastSegment, schemeOf, type Use } from './use.ts';

const longOptions = [
  '--host',
  '--port',
  '--username',
  '--dbname',
  '--command',
  '--file',
  '--user',
  '--database',
  '--execute',
  '--output',
  '--variable',
  '--set',
  '--server',
  '--query',
  '--password',
];

/** A client that is given statements: in an option, a here-document, or a file that the script wrote. */
function readSqlClient(
  protocol: string,
  variables: readonly string[],
  statementOptions: readonly string[],
  hostOptions: readonly string[] = ['-h', '--host', '-S', '--server'],
): Client {
  return (argument, command) => {
    const operands = argument.operands('hHpPUuDdFfcevoALnRTSbiwWsQqrV', ...longOptions);
    const file = argument.value('-f', '--file', '-i');
    const statement =
      argument.value(...statementOptions) ??
      command.input ??
      (file === undefined ? undefined : command.written.get(file)) ??
      '';
    const address = databaseHost(argument, command, operands, variables, hostOptions);
    if (address === undefined) return [];
    const loads = command.input === loaderText;
    return [
      {
        address,
        flow: loads ? 'push' : flowOfSql(statement),
        protocol,
        style: 'database',
        resource: tableOfSql(statement),
        localFiles: [
          ...argument.values('-o', '--output'),
          ...copiedFiles(statement),
          ...command.writesTo,
          ...command.readsFrom,
        ],
      },
    ];
  };
}

function readDump(
  protocol: string,
  variables: readonly string[],
  flow: Flow,
  hostOptions: readonly string[] = ['-h', '--host'],
): Client {
  return (argument, command) => {
    const operands = argument.operands(
      'hpPUudfntNFjTZ',
      '--host',
      '--username',
      '--file',
      '--port',
      '--dbname',
      '--table',
      '--schema',
      '--format',
      '--jobs',
    );
    const address = databaseHost(argument, command, operands, variables, hostOptions);
    if (address === undefined) return [];
    return [
      {
        address,
        flow,
        protocol,
        style: 'database',
        localFiles:
          flow === 'pull'
            ? [
                ...argument.values('-f', '--file', '--result-file', '--out', '-o'),
                ...command.writesTo,
              ]
            : [...operands.filter((text) => /[./]/.test(text)), ...command.readsFrom],
      },
    ];
  };
}

/** `user/password@//host:port/service`, `user/password@alias`, or CONNECT inside the statements. */
function readOracle(flow: Flow | 'sql'): Client {
  return (argument, command) => {
    const operands = argument.operands('CFMRr');
    const named = argument.words
      .map(({ text }) => /^(?:userid=)?["']?([^\s/@"']{0,100}\/[^\s"']*)/i.exec(text)?.[1])
      .find((text) => text?.includes('@'));
    const script = /^@(.+)$/.exec(operands.at(-1) ?? '')?.[1];
    const statement = command.input ?? (script ? (command.written.get(script) ?? '') : '');
    const connected = /^\s*conn(?:ect)?\s+(\S+@\S+)/im.exec(statement)?.[1];
    const login = named ?? operands.find((text) => text.includes('@') && !text.startsWith('@'));
    const address = /@([^@]+)$/.exec(connected ?? login ?? '')?.[1]?.replace(/["';]+$/g, '');
    if (!address || isLocal(address.replace(/^\/\//, ''))) return [];
    return [
      {
        address,
        flow: flow === 'sql' ? flowOfSql(statement) : flow,
        protocol: 'oracle',
        style: 'database',
        resource:
          tableOfSql(statement) ??
          argument.words
            .map(({ text }) => /^tables=(.+)$/i.exec(text)?.[1])
            .find((text) => text !== undefined),
        localFiles: [
          ...argument.words.flatMap(
            ({ text }) => /^(?:data|file|dumpfile)=(.+)$/i.exec(text)?.[1] ?? [],
          ),
          ...command.writesTo,
          ...command.readsFrom,
        ],
      },
    ];
  };
}

/** `bcp shop.dbo.orders out orders.csv -S server`. */
const readBcp: Client = (argument) => {
  const operands = argument.operands('SUPdtrfemFLbhaqEK');
  const at = operands.findIndex((text) => /^(?:in|out|queryout|format)$/i.test(text));
  const address = argument.value('-S') ?? '';
  if (at < 1 || isLocal(address)) return [];
  const pushes = operands[at]?.toLowerCase() === 'in';
  const table = operands[at - 1] ?? '';
  return [
    {
      address: serverOf(address),
      flow: pushes ? 'push' : 'pull',
      protocol: 'mssql',
      style: 'database',
      resource: /\s/.test(table) ? tableOfSql(table) : table,
      localFiles: operands.slice(at + 1, at + 2),
    },
  ];
};

/** `isql DSN user password`, `isql -S server -U user`. */
const readIsql: Client = (argument, command) => {
  const address = argument.value('-S') ?? argument.operands('dxmcnUPSDiow')[0] ?? '';
  if (isLocal(address)) return [];
  const statement = command.input ?? '';
  return [
    {
      address: serverOf(address),
      flow: flowOfSql(statement),
      protocol: argument.has('-S') ? 'mssql' : 'odbc',
      style: 'database',
      resource: tableOfSql(statement),
    },
  ];
};

/** `mongosh mongodb://host/db`, `mongoexport --host host --collection orders`. */
function readMongo(flow: Flow): Client {
  return (argument, command) => {
    const [first = ''] = argument.operands(
      'hudpcof',
      '--host',
      '--uri',
      '--db',
      '--collection',
      '--eval',
      '--out',
      '--file',
      '--query',
      '--username',
      '--password',
    );
    const given = argument.value('--uri', '--host', '-h') ?? (/[:./{]/.test(first) ? first : '');
    const address = given.includes('://') ? given : given.replace(/\/.*$/, '').replace(/,.*$/, '');
    if (isLocal(address) || /\.js$/.test(address)) return [];
    const script = argument.value('--eval') ?? command.input ?? '';
    return [
      {
        address,
        flow: flow === 'unknown' ? flowOfMongo(script) : flow,
        protocol: 'mongodb',
        style: 'database',
        resource: argument.value('--collection', '-c'),
        localFiles: argument.values('--out', '-o', '--file'),
      },
    ];
  };
}

function flowOfMongo(script: string): Flow {
  if (/\.(?:insert|update|replace|bulkWrite|save)\w*\(/.test(script)) return 'push';
  return /\.(?:find|aggregate|count|distinct)\w*\(/.test(script) ? 'pull' : 'unknown';
}

const readRedis: Client = (argument, command) => {
  const address = argument.value('-u', '-h') ?? '';
  if (isLocal(address)) return [];
  const [verb = ''] = argument.operands('hpansurdDX');
  const pulls =
    /^(?:get|mget|hget|hgetall|lrange|smembers|zrange|keys|scan|lpop|rpop|brpop|blpop|subscribe|psubscribe|xread|xrange)$/i;
  const pushes =
    /^(?:set|setex|mset|hset|hmset|lpush|rpush|sadd|zadd|publish|xadd|incr|expire|restore)$/i;
  return [
    {
      address,
      flow: pulls.test(verb) ? 'pull' : pushes.test(verb) ? 'push' : 'unknown',
      protocol: 'redis',
      style: 'database',
      resource: argument.operands('hpansurdDX')[1],
      localFiles: [...command.writesTo, ...command.readsFrom],
    },
  ];
};

/** `ogr2ogr -f PostgreSQL PG:"host=a dbname=b" file`: the first dataset is written, the second read. */
const readOgr: Client = (argument) => {
  const texts = argument.words.map(({ text }) => text);
  const isFile = (text: string): boolean => /[./{]/.test(text) && !text.startsWith('-');
  return texts.flatMap((text, index): Use[] => {
    const [, kind = '', rest = ''] =
      /^(PG|MySQL|MSSQL|OCI|WFS|ESRIJSON|OAPIF|MongoDBv3|ES|https?):(.*)$/is.exec(text) ?? [];
    const name = kind.toLowerCase();
    const address = kind === '' ? '' : addressOfDataset(name, rest, text);
    if (isLocal(address)) return [];
    const isHttp = /^(?:https?|wfs|oapif|esrijson)$/.test(name);
    const writes = !isHttp && texts.slice(index + 1).some(isFile);
    return [
      {
        address,
        flow: writes ? 'push' : 'pull',
        protocol: isHttp ? (schemeOf(address) ?? 'http') : protocolOfDataset(name),
        style: isHttp ? 'request-reply' : 'database',
        resource: argument.value('-nln') ?? /\btables=([\w.,]+)/.exec(rest)?.[1],
      },
    ];
  });
};

function addressOfDataset(kind: string, rest: string, whole: string): string {
  if (/^https?$/.test(kind)) return whole;
  if (/^(?:wfs|oapif|esrijson)$/.test(kind)) return rest;
  if (kind === 'oci') return /@(.+)$/.exec(rest)?.[1] ?? '';
  return (
    /\b(?:host|server)\s*=\s*'?([^\s';,]+)/i.exec(rest)?.[1] ??
    (rest.startsWith('//') ? `postgresql:${rest}` : '')
  );
}

function protocolOfDataset(kind: string): string {
  const names: Readonly<Record<string, string>> = {
    mysql: 'mysql',
    mssql: 'mssql',
    oci: 'oracle',
    mongodbv3: 'mongodb',
    es: 'elasticsearch',
  };
  return names[kind] ?? 'postgresql';
}

/** `beeline -u jdbc:hive2://host`, `sqoop import --connect jdbc:…`. */
function readJdbc(options: readonly string[], flowOf: (argument: Arguments) => Flow): Client {
  return (argument) => {
    const address = argument.value(...options) ?? '';
    if (address === '' || isLocal(/\/\/([^/:;]+)/.exec(address)?.[1] ?? address)) return [];
    const protocol = /^(?:jdbc:)?([a-z0-9]+)/i.exec(address)?.[1]?.toLowerCase();
    return [
      {
        address,
        flow: flowOf(argument),
        protocol: protocol === 'hive2' ? 'hive' : protocol,
        style: 'database',
        resource: argument.value('--table'),
      },
    ];
  };
}

/** The host in an option, a connection string, or the environment; undefined = the local server. */
function databaseHost(
  argument: Arguments,
  command: ShellCommand,
  operands: readonly string[],
  variables: readonly string[],
  hostOptions: readonly string[],
): string | undefined {
  const dsn = [...operands, ...argument.values('-d', '--dbname', '--uri')].find((text) =>
    /^\w+:\/\/|\bhost=/.test(text),
  );
  const inDsn = dsn === undefined ? undefined : (/\bhost=([^\s']+)/.exec(dsn)?.[1] ?? dsn);
  const inherited = variables
    .map((name) => command.environment.get(name)?.text)
    .find((text) => text !== undefined);
  const host = inDsn ?? argument.value(...hostOptions) ?? inherited;
  if (host === undefined || isLocal(host)) return undefined;
  return serverOf(host);
}

function serverOf(host: string): string {
  return host.replace(/^tcp:/, '').replace(/[,\\].*$/, '');
}

function copiedFiles(statement: string): string[] {
  return [...statement.matchAll(/\\copy\b[^']{0,2000}?(?:to|from)\s+'?([^\s']+)/gi)].map(
    (match) => match[1] ?? '',
  );
}

const postgres = ['PGHOST', 'PGHOSTADDR'];
const mysql = ['MYSQL_HOST'];

/** Programs that talk to databases. */
export const databaseClients: Readonly<Record<string, Client>> = {
  psql: readSqlClient('postgresql', postgres, ['-c', '--command'], ['-h', '--host']),
  pgcli: readSqlClient('postgresql', postgres, [], ['-h', '--host']),
  pg_dump: readDump('postgresql', postgres, 'pull'),
  pg_dumpall: readDump('postgresql', postgres, 'pull'),
  pg_basebackup: readDump('postgresql', postgres, 'pull'),
  pg_restore: readDump('postgresql', postgres, 'push'),
  pgbench: readDump('postgresql', postgres, 'both'),
  createdb: readDump('postgresql', postgres, 'push'),
  dropdb: readDump('postgresql', postgres, 'unknown'),
  mysql: readSqlClient('mysql', mysql, ['-e', '--execute'], ['-h', '--host']),
  mariadb: readSqlClient('mysql', mysql, ['-e', '--execute'], ['-h', '--host']),
  mysqldump: readDump('mysql', mysql, 'pull'),
  'mariadb-dump': readDump('mysql', mysql, 'pull'),
  mysqlimport: readDump('mysql', mysql, 'push'),
  mysqladmin: readDump('mysql', mysql, 'unknown'),
  sqlcmd: readSqlClient('mssql', [], ['-Q', '-q'], ['-S', '--server']),
  osql: readSqlClient('mssql', [], ['-Q', '-q'], ['-S']),
  tsql: readSqlClient('mssql', [], [], ['-H', '-S']),
  bcp: readBcp,
  isql: readIsql,
  sqlplus: readOracle('sql'),
  sqlplus64: readOracle('sql'),
  sqlcl: readOracle('sql'),
  sqlldr: readOracle('push'),
  exp: readOracle('pull'),
  imp: readOracle('push'),
  expdp: readOracle('pull'),
  impdp: readOracle('push'),
  mongo: readMongo('unknown'),
  mongosh: readMongo('unknown'),
  mongodump: readMongo('pull'),
  mongoexport: readMongo('pull'),
  mongorestore: readMongo('push'),
  mongoimport: readMongo('push'),
  'redis-cli': readRedis,
  'clickhouse-client': readSqlClient('clickhouse', [], ['-q', '--query'], ['-h', '--host']),
  cqlsh: (argument, command) => {
    const [address = ''] = argument.operands('eupfk', '--execute', '--file', '--keyspace');
    const statement = argument.value('-e', '--execute') ?? command.input ?? '';
    return isLocal(address)
      ? []
      : [
          {
            address,
            flow: flowOfSql(statement),
            protocol: 'cassandra',
            style: 'database',
            resource: tableOfSql(statement),
          },
        ];
  },
  influx: readSqlClient('influxdb', [], ['-execute'], ['-host', '--host']),
  snowsql: readSqlClient('snowflake', [], ['-q', '--query'], ['-a', '--accountname']),
  'impala-shell': readSqlClient('impala', [], ['-q', '--query'], ['-i', '--impalad']),
  beeline: readJdbc(['-u'], (argument) => flowOfSql(argument.value('-e') ?? '')),
  sqoop: readJdbc(['--connect'], ({ words }) => {
    const [verb] = words.map(({ text }) => lastSegment(text));
    return verb === 'export' ? 'push' : 'pull';
  }),
  ogr2ogr: readOgr,
  ogrinfo: readOgr,
  osm2pgsql: readDump('postgresql', postgres, 'push', ['-H', '--host']),
};
