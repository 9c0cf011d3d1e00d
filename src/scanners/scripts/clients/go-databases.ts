import type { ClientEntry, Operation } from './client.ts';
import { each, pulls, pushes } from './operations.ts';

const statement = (at: string): Operation => ({ flow: 'sql', statement: [at] });
const prepared = (at: string): Operation => ({ flow: 'none', statement: [at] });

const sqlOperations: Readonly<Record<string, Operation>> = {
  Query: statement('0'),
  QueryRow: statement('0'),
  Queryx: statement('0'),
  QueryRowx: statement('0'),
  NamedQuery: statement('0'),
  Exec: statement('0'),
  MustExec: statement('0'),
  NamedExec: statement('0'),
  QueryContext: statement('1'),
  QueryRowContext: statement('1'),
  ExecContext: statement('1'),
  NamedExecContext: statement('1'),
  Select: statement('1'),
  Get: statement('1'),
  SelectContext: statement('2'),
  GetContext: statement('2'),
  Prepare: prepared('0'),
  Preparex: prepared('0'),
  PrepareContext: prepared('1'),
};

const gormOperations: Readonly<Record<string, Operation>> = {
  Table: { flow: 'none', resource: ['0'] },
  ...each('pull', 'Find', 'First', 'Last', 'Take', 'Scan', 'Count', 'Pluck'),
  ...each('push', 'Create', 'CreateInBatches', 'Save', 'Update', 'Updates', 'UpdateColumn'),
  ...each('unknown', 'Delete'),
  Raw: prepared('0'),
  Exec: statement('0'),
};

const sqlDatabase = (calls: readonly string[], driver: string, address: string): ClientEntry[] => [
  {
    calls,
    protocol: 'database',
    driver: [driver],
    address: [address],
    flow: 'none',
    style: 'database',
    operations: { ...gormOperations, ...sqlOperations },
  },
];

const gormDriver = (name: string, protocol: string): ClientEntry => ({
  calls: [`gorm.io/driver/${name}.Open`, `gorm.io/driver/${name}.New`],
  protocol,
  address: ['0.DSN', '0'],
  flow: 'none',
  style: 'database',
  operations: gormOperations,
});

const pgx = ['github.com/jackc/pgx', 'github.com/jackc/pgx/pgxpool'];

/** Databases and caches of Go. */
export const goDatabases: readonly ClientEntry[] = [
  ...sqlDatabase(
    [
      'database/sql.Open',
      'database/sql.DB',
      'github.com/jmoiron/sqlx.Open',
      'github.com/jmoiron/sqlx.Connect',
      'github.com/jmoiron/sqlx.MustConnect',
      'github.com/jmoiron/sqlx.MustOpen',
      'github.com/jmoiron/sqlx.DB',
      'github.com/XSAM/otelsql.Open',
      'github.com/jinzhu/gorm.Open',
    ],
    '0',
    '1',
  ),
  ...sqlDatabase(['github.com/jmoiron/sqlx.ConnectContext'], '1', '2'),
  gormDriver('postgres', 'postgresql'),
  gormDriver('mysql', 'mysql'),
  gormDriver('sqlserver', 'mssql'),
  gormDriver('clickhouse', 'clickhouse'),
  {
    calls: ['gorm.io/gorm.DB'],
    protocol: 'database',
    flow: 'none',
    style: 'database',
    operations: gormOperations,
  },
  {
    calls: [
      ...pgx.flatMap((module) => [`${module}.Connect`, `${module}.New`]),
      ...['Conn', 'Pool', 'ParseConfig'].flatMap((name) =>
        pgx.map((module) => `${module}.${name}`),
      ),
    ],
    protocol: 'postgresql',
    address: ['1', '0'],
    flow: 'none',
    style: 'database',
    operations: {
      Query: statement('1'),
      QueryRow: statement('1'),
      Exec: statement('1'),
      Prepare: { flow: 'sql', statement: ['2'] },
      CopyFrom: pushes('1.0'),
    },
  },
  {
    calls: ['go.mongodb.org/mongo-driver/mongo/options.Client'],
    protocol: 'mongodb',
    flow: 'none',
    style: 'database',
    operations: {
      ApplyURI: { flow: 'none', address: ['0'] },
      SetHosts: { flow: 'none', address: ['0.0'] },
      ...mongoOperations(),
    },
  },
  {
    calls: [
      'go.mongodb.org/mongo-driver/mongo.Client',
      'go.mongodb.org/mongo-driver/mongo.Database',
      'go.mongodb.org/mongo-driver/mongo.Collection',
    ],
    protocol: 'mongodb',
    flow: 'none',
    style: 'database',
    operations: mongoOperations(),
  },
  {
    calls: ['gopkg.in/mgo.Dial', 'gopkg.in/mgo.DialWithTimeout', 'github.com/globalsign/mgo.Dial'],
    protocol: 'mongodb',
    address: ['0'],
    flow: 'none',
    style: 'database',
    operations: {
      C: { flow: 'none', resource: ['0'] },
      ...each('pull', 'One', 'All', 'Count', 'Iter'),
      ...each('push', 'Insert', 'Update', 'UpdateAll', 'UpdateId', 'Upsert', 'UpsertId'),
      ...each('unknown', 'Remove', 'RemoveAll', 'RemoveId'),
    },
  },
  {
    calls: ['github.com/redis/go-redis', 'github.com/go-redis/redis'].flatMap((module) =>
      ['NewClient', 'NewClusterClient', 'NewUniversalClient', 'NewFailoverClient', 'Client'].map(
        (name) => `${module}.${name}`,
      ),
    ),
    protocol: 'redis',
    address: ['0.Addr', '0.Addrs.0', '0.SentinelAddrs.0', '0'],
    flow: 'none',
    style: 'database',
    operations: redisOperations('1'),
  },
  {
    calls: ['github.com/gomodule/redigo/redis', 'github.com/garyburd/redigo/redis'].flatMap(
      (module) => [`${module}.Dial`, `${module}.DialContext`, `${module}.DialURL`],
    ),
    protocol: 'redis',
    address: ['2', '1', '0'],
    flow: 'none',
    style: 'database',
  },
  {
    calls: [
      'github.com/elastic/go-elasticsearch.NewClient',
      'github.com/elastic/go-elasticsearch.NewTypedClient',
      'github.com/opensearch-project/opensearch-go.NewClient',
      'github.com/olivere/elastic.NewClient',
      'github.com/olivere/elastic.NewSimpleClient',
    ],
    address: ['0.Addresses.0', '0.Addresses'],
    isMadeFrom: true,
    flow: 'none',
    style: 'database',
    protocol: 'elasticsearch',
    operations: {
      ...each('pull', 'Search', 'Get', 'Count'),
      ...each('push', 'Index', 'Bulk', 'Update', 'Create'),
      ...each('unknown', 'Delete'),
    },
  },
  // olivere's options are calls of their own.
  {
    calls: ['github.com/olivere/elastic.SetURL'],
    protocol: 'elasticsearch',
    address: ['0'],
    flow: 'none',
    style: 'database',
  },
  {
    calls: ['github.com/gocql/gocql.NewCluster'],
    protocol: 'cassandra',
    address: ['0', '0.0'],
    flow: 'none',
    style: 'database',
    operations: { Query: statement('0') },
  },
  {
    calls: [
      'github.com/neo4j/neo4j-go-driver/neo4j.NewDriver',
      'github.com/neo4j/neo4j-go-driver/neo4j.NewDriverWithContext',
    ],
    protocol: 'neo4j',
    address: ['0'],
    flow: 'none',
    style: 'database',
  },
  {
    calls: [
      'github.com/influxdata/influxdb-client-go.NewClient',
      'github.com/influxdata/influxdb-client-go.NewClientWithOptions',
    ],
    protocol: 'influxdb',
    address: ['0'],
    flow: 'none',
    style: 'database',
    operations: { ...each('push', 'WritePoint', 'WriteRecord'), ...each('pull', 'Query') },
  },
  {
    calls: ['github.com/bradfitz/gomemcache/memcache.New'],
    protocol: 'memcached',
    address: ['0'],
    flow: 'none',
    style: 'database',
    operations: { ...each('pull', 'Get', 'GetMulti'), ...each('push', 'Set', 'Add', 'Replace') },
  },
  {
    calls: ['github.com/ClickHouse/clickhouse-go.Open'],
    protocol: 'clickhouse',
    address: ['0.Addr.0'],
    flow: 'none',
    style: 'database',
    operations: {
      Query: statement('1'),
      QueryRow: statement('1'),
      Exec: statement('1'),
      Select: statement('2'),
    },
  },
];

function mongoOperations(): Readonly<Record<string, Operation>> {
  return {
    Collection: { flow: 'none', resource: ['0'] },
    ...each('pull', 'Find', 'FindOne', 'Aggregate', 'CountDocuments', 'Distinct', 'Watch'),
    ...each(
      'push',
      'InsertOne',
      'InsertMany',
      'UpdateOne',
      'UpdateMany',
      'UpdateByID',
      'ReplaceOne',
      'BulkWrite',
      'FindOneAndUpdate',
      'FindOneAndReplace',
    ),
    ...each('unknown', 'DeleteOne', 'DeleteMany', 'FindOneAndDelete'),
  };
}

/** @param key where the key or channel stands; a context comes before it */
function redisOperations(key: string): Readonly<Record<string, Operation>> {
  return {
    ...each(
      'pull',
      'Get',
      'HGet',
      'HGetAll',
      'MGet',
      'LRange',
      'SMembers',
      'ZRange',
      'LPop',
      'RPop',
      'BLPop',
      'BRPop',
      'Exists',
    ),
    ...each(
      'push',
      'Set',
      'SetEX',
      'SetNX',
      'HSet',
      'HMSet',
      'MSet',
      'LPush',
      'RPush',
      'SAdd',
      'ZAdd',
      'Incr',
      'IncrBy',
    ),
    ...each('unknown', 'Del'),
    Publish: pushes(key),
    XAdd: pushes(`${key}.Stream`),
    XRead: pulls(`${key}.Streams.0`),
    XReadGroup: pulls(`${key}.Streams.0`),
    Subscribe: pulls(key),
    PSubscribe: pulls(key),
  };
}
