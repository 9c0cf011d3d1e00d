import type { Style } from '../../vocabulary.ts';
import type { Flow } from './facts.ts';

/** A use of an open connection. Paths name an argument: `0`, `0.host`, or a keyword such as `host`. */
export interface Operation {
  /** `sql`: the statement says it. `method`: the HTTP method says it. `none`: it only sets things up. */
  readonly flow: Flow | 'sql' | 'method' | 'none';
  readonly address?: readonly string[];
  readonly method?: readonly string[];
  readonly resource?: readonly string[];
  readonly statement?: readonly string[];
  readonly localFile?: readonly string[];
  readonly port?: readonly string[];
}

/** A client library's entry point, by the call that opens or makes the connection. */
export interface ClientEntry extends Operation {
  readonly calls: readonly string[];
  readonly protocol?: string;
  readonly style: Style;
  /** Methods of what the call returns, and of everything made from it. */
  readonly operations?: Readonly<Record<string, Operation>>;
}

const sql: Operation = { flow: 'sql', statement: ['0', '0.text', '0.sql', 'sql', 'query'] };
const pulls = (...resource: string[]): Operation => ({ flow: 'pull', resource });
const pushes = (...resource: string[]): Operation => ({ flow: 'push', resource });

const http = (verb: Flow, address: readonly string[] = ['0', 'url']): Operation => ({
  flow: verb,
  address,
});
const httpVerbs: Readonly<Record<string, Operation>> = {
  get: http('pull'),
  head: http('pull'),
  stream: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
  post: http('push'),
  put: http('push'),
  patch: http('push'),
  delete: http('unknown'),
  request: { flow: 'method', address: ['1', 'url', '0.url'], method: ['0', 'method', '0.method'] },
};

const verbs = (prefix: string): ClientEntry[] =>
  Object.entries(httpVerbs).map(([verb, operation]) => ({
    ...operation,
    calls: [`${prefix}.${verb}`],
    style: 'request-reply',
  }));

const databaseOperations: Readonly<Record<string, Operation>> = {
  query: sql,
  execute: sql,
  executemany: sql,
  raw: sql,
  fetch: sql,
  copy_expert: sql,
  copy_from: pushes('1'),
  copy_to: pulls('1'),
};
const database = (
  calls: readonly string[],
  protocol: string,
  address: readonly string[],
): ClientEntry => ({
  calls,
  protocol,
  address,
  flow: 'none',
  style: 'database',
  operations: databaseOperations,
});

const sftpOperations: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0.host', '0', 'hostname', 'host'] },
  put: { flow: 'push', localFile: ['0'], resource: ['1'] },
  fastPut: { flow: 'push', localFile: ['0'], resource: ['1'] },
  putfo: { flow: 'push', resource: ['1'] },
  get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  fastGet: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  getfo: { flow: 'pull', resource: ['0'] },
};
const messaging: Readonly<Record<string, Operation>> = {
  send: pushes('0.topic', '0'),
  publish: pushes('0'),
  sendToQueue: pushes('0'),
  produce: pushes('0'),
  subscribe: pulls('0.topic', '0.topics.0', '0', '0.0'),
  consume: pulls('0'),
};

/** Clients of TypeScript and JavaScript. Imports are named by their module: `pg.Client`, `axios.get`. */
export const javascriptClients: readonly ClientEntry[] = [
  {
    calls: ['fetch', 'node-fetch', 'undici.fetch', 'undici.request'],
    flow: 'method',
    address: ['0'],
    method: ['1.method'],
    style: 'request-reply',
  },
  {
    calls: ['request', 'request-promise', 'request-promise-native'],
    flow: 'method',
    address: ['0.url', '0.uri', '0'],
    method: ['0.method', '1.method'],
    style: 'request-reply',
  },
  ...verbs('request'),
  {
    calls: ['axios', 'got', 'ky', 'axios.request'],
    flow: 'method',
    address: ['0.url', '0'],
    method: ['0.method', '1.method'],
    style: 'request-reply',
  },
  ...verbs('axios'),
  ...verbs('got'),
  ...verbs('ky'),
  {
    calls: ['axios.create', 'got.extend', 'ky.create'],
    flow: 'none',
    address: ['0.baseURL', '0.prefixUrl'],
    style: 'request-reply',
    operations: httpVerbs,
  },
  {
    calls: ['http.get', 'https.get', 'node:http.get', 'node:https.get'],
    flow: 'pull',
    address: ['0', '0.hostname', '0.host'],
    style: 'request-reply',
  },
  {
    calls: ['http.request', 'https.request', 'node:http.request', 'node:https.request'],
    flow: 'method',
    address: ['0', '0.hostname', '0.host'],
    method: ['0.method', '1.method'],
    style: 'request-reply',
  },
  database(['pg.Client', 'pg.Pool'], 'postgresql', ['0.connectionString', '0.host', '0']),
  database(
    [
      'mysql2.createConnection',
      'mysql2.createPool',
      'mysql2/promise.createConnection',
      'mysql2/promise.createPool',
      'mysql.createConnection',
    ],
    'mysql',
    ['0.uri', '0.host', '0'],
  ),
  database(['oracledb.getConnection', 'oracledb.createPool'], 'oracle', [
    '0.connectString',
    '0.connectionString',
  ]),
  database(['mssql.connect', 'mssql.ConnectionPool'], 'mssql', ['0.server', '0']),
  {
    calls: ['ssh2-sftp-client'],
    protocol: 'sftp',
    flow: 'none',
    style: 'file',
    operations: sftpOperations,
  },
  {
    calls: ['kafkajs.Kafka'],
    protocol: 'kafka',
    flow: 'none',
    address: ['0.brokers.0'],
    style: 'event',
    operations: messaging,
  },
  {
    calls: ['amqplib.connect'],
    protocol: 'amqp',
    flow: 'none',
    address: ['0', '0.hostname'],
    style: 'event',
    operations: messaging,
  },
  {
    calls: ['mqtt.connect', 'mqtt.connectAsync'],
    protocol: 'mqtt',
    flow: 'none',
    address: ['0', '0.host'],
    style: 'event',
    operations: messaging,
  },
  {
    calls: ['nodemailer.createTransport'],
    protocol: 'smtp',
    flow: 'none',
    address: ['0.host', '0'],
    style: 'event',
    operations: { sendMail: pushes() },
  },
  {
    calls: ['net.connect', 'net.createConnection', 'node:net.connect', 'node:net.createConnection'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0.host', '1'],
    port: ['0.port', '0'],
    style: 'event',
    operations: { write: pushes(), end: pushes() },
  },
];

/** Clients of Python. Imports are named by their module: `requests.get`, `psycopg2.connect`. */
export const pythonClients: readonly ClientEntry[] = [
  ...verbs('requests'),
  ...verbs('httpx'),
  {
    calls: ['httpx.stream', 'requests.request', 'httpx.request', 'aiohttp.request'],
    flow: 'method',
    address: ['1', 'url'],
    method: ['0', 'method'],
    style: 'request-reply',
  },
  {
    calls: [
      'requests.Session',
      'requests.session',
      'httpx.Client',
      'httpx.AsyncClient',
      'aiohttp.ClientSession',
    ],
    flow: 'none',
    address: ['base_url'],
    style: 'request-reply',
    operations: httpVerbs,
  },
  {
    calls: ['urllib.request.urlopen', 'urllib2.urlopen'],
    flow: 'method',
    address: ['0', '0.0'],
    method: ['method', '0.1'],
    style: 'request-reply',
  },
  {
    calls: ['urllib.request.urlretrieve', 'urllib.urlretrieve'],
    flow: 'pull',
    address: ['0'],
    localFile: ['1'],
    style: 'request-reply',
  },
  database(['psycopg2.connect', 'psycopg.connect', 'asyncpg.connect'], 'postgresql', [
    'host',
    'dsn',
    '0',
  ]),
  database(['pymysql.connect', 'MySQLdb.connect', 'mysql.connector.connect'], 'mysql', [
    'host',
    '0',
  ]),
  database(['cx_Oracle.connect', 'oracledb.connect'], 'oracle', ['dsn', 'host', '2', '0']),
  database(['pyodbc.connect', 'pymssql.connect'], 'mssql', ['server', '0']),
  { ...database(['sqlalchemy.create_engine'], 'database', ['0']) },
  {
    calls: ['paramiko.Transport', 'paramiko.SSHClient'],
    protocol: 'sftp',
    flow: 'none',
    address: ['0.0', '0'],
    style: 'file',
    operations: sftpOperations,
  },
  {
    calls: ['pysftp.Connection'],
    protocol: 'sftp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: sftpOperations,
  },
  {
    calls: ['ftplib.FTP', 'ftplib.FTP_TLS'],
    protocol: 'ftp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'file',
    operations: {
      connect: { flow: 'none', address: ['0', 'host'] },
      retrbinary: pulls(),
      retrlines: pulls(),
      storbinary: pushes(),
      storlines: pushes(),
    },
  },
  {
    calls: ['kafka.KafkaProducer'],
    protocol: 'kafka',
    flow: 'none',
    address: ['bootstrap_servers', 'bootstrap_servers.0'],
    style: 'event',
    operations: { send: pushes('0') },
  },
  {
    calls: ['kafka.KafkaConsumer'],
    protocol: 'kafka',
    flow: 'pull',
    address: ['bootstrap_servers', 'bootstrap_servers.0'],
    resource: ['0'],
    style: 'event',
  },
  {
    calls: ['paho.mqtt.client.Client'],
    protocol: 'mqtt',
    flow: 'none',
    style: 'event',
    operations: {
      connect: { flow: 'none', address: ['0', 'host'] },
      publish: pushes('0', 'topic'),
      subscribe: pulls('0', 'topic'),
    },
  },
  {
    calls: ['paho.mqtt.publish.single'],
    protocol: 'mqtt',
    flow: 'push',
    address: ['hostname'],
    resource: ['0'],
    style: 'event',
  },
  {
    calls: ['smtplib.SMTP', 'smtplib.SMTP_SSL'],
    protocol: 'smtp',
    flow: 'none',
    address: ['0', 'host'],
    style: 'event',
    operations: { sendmail: pushes(), send_message: pushes() },
  },
  {
    calls: ['socket.create_connection'],
    protocol: 'tcp',
    flow: 'none',
    address: ['0.0'],
    port: ['0.1'],
    style: 'event',
    operations: { sendall: pushes(), send: pushes() },
  },
  {
    calls: ['socket.socket'],
    protocol: 'tcp',
    flow: 'none',
    style: 'event',
    operations: {
      connect: { flow: 'none', address: ['0.0'], port: ['0.1'] },
      sendall: pushes(),
      send: pushes(),
    },
  },
];

/** Functions that read or write through a connection handed to them, by name. */
export const handedOver: Readonly<Record<string, Operation>> = {
  'pandas.read_sql': { flow: 'sql', statement: ['0', 'sql'] },
  'pandas.read_sql_query': { flow: 'sql', statement: ['0', 'sql'] },
};
