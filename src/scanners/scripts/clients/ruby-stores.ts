import type { ClientEntry, Operation } from './client.ts';
import { each, eachOf, pulls, pushes } from './operations.ts';

const statement: Operation = { flow: 'sql', statement: ['0'] };
const sql: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    [
      'exec',
      'exec_params',
      'async_exec',
      'exec_query',
      'select_all',
      'select_value',
      'query',
      'execute',
      'run',
      'fetch',
      'copy_data',
    ].map((name) => [name, statement]),
  ),
  prepare: { flow: 'none', statement: ['1', '0'] },
  exec_prepared: { flow: 'sql' },
};

const database = (
  calls: readonly string[],
  protocol: string,
  address: readonly string[],
): ClientEntry => ({ calls, protocol, address, flow: 'none', style: 'database', operations: sql });

const aws = (
  service: string,
  style: ClientEntry['style'],
  resource: string,
  pulled: readonly string[],
  pushed: readonly string[],
): ClientEntry => ({
  calls: [`Aws.${service}.Client`, `Aws.${service}.Resource`],
  protocol: service.toLowerCase(),
  address: ['endpoint', '0.endpoint'],
  addressDefault: `https://${service.toLowerCase()}.amazonaws.com`,
  flow: 'none',
  style,
  operations: {
    ...eachOf('pull', [resource, `0.${resource}`], ...pulled),
    ...eachOf('push', [resource, `0.${resource}`], ...pushed),
    bucket: { flow: 'none', resource: ['0'] },
  },
});

/** Databases, caches, search engines and cloud services of Ruby. */
export const rubyStores: readonly ClientEntry[] = [
  database(['PG.connect', 'PG.Connection', 'PG.Connection.open', 'PGconn'], 'postgresql', [
    'host',
    '0.host',
    '0',
  ]),
  database(['Mysql2.Client'], 'mysql', ['host', '0.host']),
  database(['TinyTds.Client'], 'mssql', ['host', 'dataserver', '0.host']),
  database(['OCI8'], 'oracle', ['2']),
  {
    ...database(['Sequel.connect'], 'database', ['host', '0.host', '0']),
    driver: ['adapter', '0.adapter'],
    operations: {
      ...sql,
      from: { flow: 'none', resource: ['0'] },
      ...each('pull', 'all', 'first', 'select_map', 'map', 'count'),
      ...each('push', 'insert', 'multi_insert', 'import', 'update'),
      ...each('unknown', 'delete'),
    },
  },
  {
    ...database(['ActiveRecord.Base.establish_connection'], 'database', [
      'url',
      'host',
      '0.url',
      '0.host',
      '0',
    ]),
    driver: ['adapter', '0.adapter'],
  },
  {
    ...database(['ActiveRecord.Base.connection'], 'database', []),
    addressDefault: '{env:DATABASE_URL}',
  },
  {
    calls: ['Mongo.Client'],
    protocol: 'mongodb',
    flow: 'none',
    address: ['0.0', '0'],
    style: 'database',
    operations: {
      ...each('pull', 'find', 'aggregate', 'count_documents', 'distinct'),
      ...each('push', 'insert_one', 'insert_many', 'update_one', 'update_many', 'replace_one'),
      ...each('push', 'bulk_write', 'find_one_and_update'),
      ...each('unknown', 'delete_one', 'delete_many'),
    },
  },
  {
    calls: ['Redis', 'RedisClient.config'],
    protocol: 'redis',
    flow: 'none',
    address: ['url', 'host', '0.url', '0.host'],
    style: 'database',
    operations: {
      ...each(
        'pull',
        'get',
        'mget',
        'hget',
        'hgetall',
        'lrange',
        'lpop',
        'rpop',
        'brpop',
        'smembers',
      ),
      ...each('push', 'set', 'setex', 'mset', 'hset', 'lpush', 'rpush', 'sadd', 'zadd', 'incr'),
      ...each('unknown', 'del'),
      publish: pushes('0'),
      subscribe: pulls('0'),
      xadd: pushes('0'),
      xread: pulls('0'),
    },
  },
  {
    calls: ['Sidekiq.configure_client', 'Sidekiq.configure_server'],
    protocol: 'redis',
    flow: 'none',
    style: 'database',
    operations: { 'redis=': { flow: 'both', address: ['0.url'] } },
  },
  {
    calls: ['Dalli.Client'],
    protocol: 'memcached',
    flow: 'none',
    address: ['0', '0.0'],
    style: 'database',
    operations: { ...each('pull', 'get', 'fetch'), ...each('push', 'set', 'add') },
  },
  {
    calls: ['Elasticsearch.Client', 'OpenSearch.Client'],
    protocol: 'elasticsearch',
    flow: 'none',
    address: ['url', 'host', 'hosts.0', 'hosts', '0.url', '0.host'],
    style: 'database',
    operations: {
      ...eachOf('pull', ['index', '0.index'], 'search', 'get', 'count', 'scroll'),
      ...eachOf('push', ['index', '0.index'], 'index', 'bulk', 'update', 'create'),
    },
  },
  {
    calls: ['Cassandra.cluster'],
    protocol: 'cassandra',
    flow: 'none',
    address: ['hosts.0', 'hosts'],
    style: 'database',
    operations: { execute: statement },
  },
  {
    calls: ['InfluxDB2.Client', 'InfluxDB.Client'],
    protocol: 'influxdb',
    flow: 'none',
    address: ['0', 'host'],
    style: 'database',
    operations: { ...each('push', 'write', 'write_point'), ...each('pull', 'query') },
  },
  aws(
    'S3',
    'file',
    'bucket',
    ['get_object', 'list_objects', 'list_objects_v2', 'download_file', 'get'],
    ['put_object', 'copy_object', 'upload_file', 'put'],
  ),
  aws('SQS', 'event', 'queue_url', ['receive_message'], ['send_message', 'send_message_batch']),
  aws('SNS', 'event', 'topic_arn', [], ['publish']),
  aws(
    'DynamoDB',
    'database',
    'table_name',
    ['get_item', 'query', 'scan'],
    ['put_item', 'update_item'],
  ),
  {
    calls: ['Google.Cloud.Storage'],
    protocol: 'gs',
    addressDefault: 'https://storage.googleapis.com',
    flow: 'none',
    style: 'file',
    operations: {
      bucket: { flow: 'none', resource: ['0'] },
      ...each('push', 'create_file'),
      ...each('pull', 'download', 'files'),
    },
  },
  {
    calls: ['Google.Cloud.PubSub', 'Google.Cloud.Pubsub'],
    protocol: 'pubsub',
    addressDefault: 'https://pubsub.googleapis.com',
    flow: 'none',
    style: 'event',
    operations: {
      topic: { flow: 'none', resource: ['0'] },
      subscription: { flow: 'none', resource: ['0'] },
      ...each('push', 'publish', 'publish_async'),
      ...each('pull', 'listen', 'pull'),
    },
  },
];
