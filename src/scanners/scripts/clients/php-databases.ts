import type { HandedOver } from '../program/interpret-calls.ts';
import type { ClientEntry, Operation } from './client.ts';
import { each, pulls, pushes } from './operations.ts';

const statement = (at: string): Operation => ({ flow: 'sql', statement: [at] });
const prepared = (at: string): Operation => ({ flow: 'none', statement: [at] });

const pdo: Readonly<Record<string, Operation>> = {
  query: statement('0'),
  exec: statement('0'),
  real_query: statement('0'),
  multi_query: statement('0'),
  prepare: prepared('0'),
  execute: { flow: 'sql' },
};

const dbal: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    [
      'executeQuery',
      'executeStatement',
      'executeUpdate',
      'query',
      'exec',
      'fetchAll',
      'fetchAllAssociative',
      'fetchAssociative',
      'fetchOne',
      'iterateAssociative',
    ].map((name) => [name, statement('0')]),
  ),
  prepare: prepared('0'),
  insert: pushes('0'),
  update: pushes('0'),
  delete: { flow: 'unknown', resource: ['0'] },
};

const redis: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0'] },
  pconnect: { flow: 'none', address: ['0'] },
  ...each('pull', 'get', 'mget', 'hget', 'hGet', 'hgetall', 'hGetAll', 'lrange', 'lpop', 'rpop'),
  ...each('push', 'set', 'setex', 'mset', 'hset', 'hSet', 'lpush', 'lPush', 'rpush', 'rPush'),
  ...each('push', 'sadd', 'sAdd', 'incr', 'zadd'),
  ...each('unknown', 'del'),
  publish: pushes('0'),
  subscribe: pulls('0.0', '0'),
};

const search: Readonly<Record<string, Operation>> = {
  setHosts: { flow: 'none', address: ['0.0', '0'] },
  ...each('pull', 'search', 'get', 'count', 'scroll'),
  ...each('push', 'index', 'bulk', 'update', 'create'),
};

const facade = ['Illuminate.Support.Facades.DB', 'DB'];

/** Databases, caches and search engines of PHP. */
export const phpDatabases: readonly ClientEntry[] = [
  {
    calls: ['PDO'],
    protocol: 'database',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: pdo,
  },
  {
    calls: ['mysqli', 'mysqli_connect', 'mysql_connect', 'mysql_pconnect'],
    protocol: 'mysql',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: pdo,
  },
  {
    calls: ['pg_connect', 'pg_pconnect'],
    protocol: 'postgresql',
    flow: 'none',
    address: ['0'],
    style: 'database',
  },
  {
    calls: ['oci_connect', 'oci_pconnect', 'oci_new_connect'],
    protocol: 'oracle',
    flow: 'none',
    address: ['2'],
    style: 'database',
  },
  {
    calls: ['sqlsrv_connect', 'mssql_connect'],
    protocol: 'mssql',
    flow: 'none',
    address: ['0'],
    style: 'database',
  },
  { calls: ['odbc_connect'], protocol: 'odbc', flow: 'none', address: ['0'], style: 'database' },
  {
    calls: ['Doctrine.DBAL.DriverManager.getConnection', 'Doctrine.DBAL.Connection'],
    protocol: 'database',
    driver: ['0.driver'],
    flow: 'none',
    address: ['0.url', '0.host'],
    style: 'database',
    operations: dbal,
  },
  ...facade.flatMap((prefix): ClientEntry[] =>
    ['select', 'insert', 'update', 'delete', 'statement', 'unprepared', 'selectOne', 'scalar'].map(
      (name) => ({
        calls: [`${prefix}.${name}`],
        protocol: 'database',
        driver: [],
        addressDefault: '{env:DB_HOST}',
        ...statement('0'),
        style: 'database',
      }),
    ),
  ),
  {
    calls: facade.flatMap((prefix) => [`${prefix}.table`, `${prefix}.connection`]),
    protocol: 'database',
    addressDefault: '{env:DB_HOST}',
    flow: 'none',
    resource: ['0'],
    style: 'database',
    operations: {
      table: { flow: 'none', resource: ['0'] },
      ...each('pull', 'get', 'first', 'find', 'value', 'pluck', 'count', 'exists', 'paginate'),
      ...each('push', 'insert', 'insertGetId', 'update', 'upsert', 'updateOrInsert', 'increment'),
      ...each('unknown', 'delete', 'truncate'),
      select: statement('0'),
      statement: statement('0'),
    },
  },
  {
    calls: ['MongoDB.Client', 'MongoDB.Driver.Manager', 'MongoClient'],
    protocol: 'mongodb',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: {
      selectCollection: { flow: 'none', resource: ['1', '0'] },
      ...each('pull', 'find', 'findOne', 'aggregate', 'countDocuments', 'distinct'),
      ...each('push', 'insertOne', 'insertMany', 'insert', 'save', 'updateOne', 'updateMany'),
      ...each('push', 'replaceOne', 'bulkWrite', 'findOneAndUpdate'),
      ...each('unknown', 'deleteOne', 'deleteMany'),
    },
  },
  {
    calls: ['Redis', 'Predis.Client', 'Predis.ClientInterface'],
    protocol: 'redis',
    flow: 'none',
    address: ['0.host', '0'],
    style: 'database',
    operations: redis,
  },
  {
    calls: ['get', 'set', 'publish', 'subscribe', 'lpush', 'rpush', 'hset', 'hget'].flatMap(
      (name) => [`Illuminate.Support.Facades.Redis.${name}`],
    ),
    protocol: 'redis',
    addressDefault: '{env:REDIS_HOST}',
    flow: 'unknown',
    style: 'database',
  },
  {
    calls: ['Memcached', 'Memcache'],
    protocol: 'memcached',
    flow: 'none',
    style: 'database',
    operations: {
      addServer: { flow: 'none', address: ['0'] },
      connect: { flow: 'none', address: ['0'] },
      ...each('pull', 'get'),
      ...each('push', 'set', 'add', 'replace'),
    },
  },
  {
    calls: [
      'Elasticsearch.ClientBuilder.create',
      'Elastic.Elasticsearch.ClientBuilder.create',
      'OpenSearch.ClientBuilder.create',
    ],
    protocol: 'elasticsearch',
    flow: 'none',
    style: 'database',
    operations: search,
  },
];

/** Functions that run a statement on a handle they are given. */
export const phpStatements: HandedOver = {
  mysqli_query: statement('1'),
  mysqli_real_query: statement('1'),
  mysqli_multi_query: statement('1'),
  mysqli_prepare: statement('1'),
  mysql_query: statement('0'),
  pg_query: statement('1'),
  pg_query_params: statement('1'),
  pg_send_query: statement('1'),
  pg_prepare: statement('2'),
  pg_copy_from: pushes('1'),
  pg_copy_to: pulls('1'),
  pg_insert: pushes('1'),
  pg_update: pushes('1'),
  pg_select: pulls('1'),
  oci_parse: statement('1'),
  sqlsrv_query: statement('1'),
  sqlsrv_prepare: statement('1'),
  odbc_exec: statement('1'),
  odbc_prepare: statement('1'),
};
