import type { Operation } from './client.ts';
import { client, each, type JavascriptEntry, pullsBy, pushesBy } from './javascript-entry.ts';
import { sql } from './operations.ts';

const queries: Readonly<Record<string, Operation>> = {
  ...each('query execute executeMany raw unsafe run batch eachRow stream prepare begin', sql),
  ...each('any one none many oneOrNone manyOrNone result', sql),
  ...each('execSql execSqlBatch exec all', sql),
  // An object mapper on top of the connection.
  ...pullsBy('selectFrom $with', '0'),
  ...pushesBy('insertInto updateTable deleteFrom', '0'),
};

/** A call of the connection itself with a statement: sql`select …`. */
const called: Readonly<Record<string, Operation>> = { '': sql };

const database = (
  calls: string,
  protocol: string,
  address: readonly string[],
  operations: Readonly<Record<string, Operation>> = {},
  rest: Partial<JavascriptEntry> = {},
): JavascriptEntry =>
  client(calls, 'database', protocol, address, { ...queries, ...operations }, rest);

/** What object mappers call reading and writing. */
const records: Readonly<Record<string, Operation>> = {
  ...pullsBy(
    'find findOne findOneBy findBy findById findAll findByPk findAndCount findAndCountAll findMany findFirst findUnique findUniqueOrThrow findFirstOrThrow count countDocuments aggregate groupBy distinct watch select first pluck',
  ),
  ...pushesBy(
    'insert insertOne insertMany save create createMany bulkCreate bulkWrite update updateOne updateMany upsert replaceOne findOneAndUpdate findOneAndReplace findOneAndDelete findByIdAndUpdate remove delete deleteOne deleteMany destroy del truncate',
  ),
};

/** Both spellings: `hgetall` and `hGetAll`. */
const redis: Readonly<Record<string, Operation>> = {
  ...pullsBy(
    'get mget mGet hget hGet hgetall hGetAll hmget hmGet lrange lRange lpop lPop rpop rPop blpop blPop brpop brPop smembers sMembers sismember zrange zRange zrangebyscore zRangeByScore exists keys scan llen xlen',
  ),
  ...pullsBy('subscribe psubscribe pSubscribe xread xRead xreadgroup xReadGroup', '0'),
  ...pushesBy(
    'set setex setEx setnx setNX mset mSet hset hSet hmset incr incrby incrBy decr lpush lPush rpush rPush sadd sAdd zadd zAdd zAddOne del unlink expire hdel hDel srem sRem zrem',
  ),
  ...pushesBy('publish xadd xAdd', '0'),
};

const search: Readonly<Record<string, Operation>> = {
  ...pullsBy('search get mget count msearch scroll exists searchTemplate', '0.index'),
  ...pushesBy('index bulk create update updateByQuery delete deleteByQuery reindex', '0.index'),
};

const cluster = [
  '0.url',
  '0.socket.host',
  '0.host',
  '0.rootNodes.0.url',
  '0.0.host',
  '0.0',
  '1',
  '0',
];
const host = ['0.connectionString', '0.uri', '0.host', '0'];
const mapper = ['0.url', '0.host', '0.replication.master.host', '0.replication.master.url'];
const mysql = 'createConnection createPool createPoolPromise createPoolCluster'
  .split(' ')
  .flatMap((call) => [`mysql.${call}`, `mysql2.${call}`, `mysql2/promise.${call}`])
  .join(' ');

/** Databases, caches and search engines. An embedded database such as SQLite is no link. */
export const databaseClients: readonly JavascriptEntry[] = [
  database(
    'pg.Client pg.Pool pg.native.Client pg-pool @neondatabase/serverless.Pool @neondatabase/serverless.Client @fastify/postgres slonik.createPool',
    'postgresql',
    host,
    {},
    { addressDefault: '{env:PGHOST}' },
  ),
  database('pg-promise', 'postgresql', [], { '': { flow: 'none', address: host } }),
  database('postgres @neondatabase/serverless.neon', 'postgresql', ['0.host', '0'], called),
  database('@vercel/postgres.sql', 'postgresql', [], called, {
    addressDefault: '{env:POSTGRES_URL}',
  }),
  database(
    `${mysql} @fastify/mysql promise-mysql.createConnection promise-mysql.createPool`,
    'mysql',
    host,
  ),
  database('serverless-mysql', 'mysql', ['0.config.host']),
  database('@planetscale/database.connect @planetscale/database.Client', 'mysql', [
    '0.url',
    '0.host',
  ]),
  database(
    'mariadb.createConnection mariadb.createPool mariadb.createPoolCluster',
    'mariadb',
    host,
  ),
  database('oracledb.getConnection oracledb.createPool', 'oracle', [
    '0.connectString',
    '0.connectionString',
  ]),
  database(
    'mssql.connect mssql.ConnectionPool mssql/msnodesqlv8.connect tedious.Connection',
    'mssql',
    ['0.server', '0.connectionString', '0'],
  ),
  database('ibm_db.open ibm_db.openSync', 'db2', ['0']),
  database('odbc.connect odbc.pool', 'odbc', ['0.connectionString', '0']),
  database('@sap/hana-client.createConnection hdb.createClient', 'hana', [
    '0.serverNode',
    '0.host',
  ]),
  database(
    'snowflake-sdk.createConnection snowflake-sdk.createPool',
    'snowflake',
    ['0.accessUrl', '0.host', '0.account'],
    {
      execute: { flow: 'sql', statement: ['0.sqlText'] },
    },
  ),
  database('cassandra-driver.Client', 'cassandra', ['0.contactPoints.0', '0.contactPoints']),
  database(
    '@clickhouse/client.createClient clickhouse.ClickHouse',
    'clickhouse',
    ['0.url', '0.host'],
    {
      ...each('query command exec', { flow: 'sql', statement: ['0.query'] }),
      ...pushesBy('insert', '0.table'),
    },
  ),
  client(
    'mongodb.MongoClient mongodb.MongoClient.connect @fastify/mongodb',
    'database',
    'mongodb',
    ['0.url', '0'],
    {
      ...records,
      collection: { flow: 'none', resource: ['0'] },
    },
  ),
  client(
    'mongoose.connect mongoose.createConnection @nestjs/mongoose.MongooseModule.forRoot @nestjs/mongoose.MongooseModule.forRootAsync',
    'database',
    'mongodb',
    ['0.uri', '0'],
    records,
  ),
  client('agenda agenda.Agenda', 'database', 'mongodb', ['0.db.address'], {}),
  client(
    'ioredis ioredis.Redis ioredis.Cluster redis.createClient redis.createCluster @redis/client.createClient @fastify/redis handy-redis.createNodeRedisClient',
    'database',
    'redis',
    cluster,
    redis,
  ),
  client(
    'cache-manager-redis-store.redisStore cache-manager-redis-yet.redisStore cache-manager-ioredis-yet.redisStore @keyv/redis @keyv/redis.createKeyv @upstash/redis.Redis',
    'database',
    'redis',
    cluster,
    redis,
  ),
  client('memcached memjs.Client.create', 'database', 'memcached', ['0.0', '0'], {
    ...pullsBy('get getMulti'),
    ...pushesBy('set add replace delete'),
  }),
  client('neo4j-driver.driver neo4j.driver', 'database', 'bolt', ['0'], {
    run: { flow: 'unknown' },
    ...pullsBy('executeRead readTransaction'),
    ...pushesBy('executeWrite writeTransaction'),
  }),
  client(
    '@elastic/elasticsearch.Client elasticsearch.Client @opensearch-project/opensearch.Client',
    'request-reply',
    undefined,
    ['0.node', '0.node.url', '0.nodes.0', '0.nodes', '0.host', '0.hosts.0', '0.hosts'],
    search,
  ),
  client(
    'meilisearch.MeiliSearch typesense.Client',
    'request-reply',
    undefined,
    ['0.host', '0.nodes.0.host'],
    {
      ...pullsBy('search getDocuments'),
      ...pushesBy('addDocuments updateDocuments'),
      index: { flow: 'none', resource: ['0'] },
    },
  ),
  client(
    'influx.InfluxDB @influxdata/influxdb-client.InfluxDB @influxdata/influxdb3-client.InfluxDBClient',
    'request-reply',
    undefined,
    ['0.url', '0.host', '0.hosts.0.host', '0'],
    {
      ...pushesBy('writePoints writePoint writeMeasurement write writeRecords'),
      ...pullsBy('query queryRaw queryRows collectRows iterateRows queryLines queryPoints'),
    },
  ),
  client(
    'nano couchbase.connect couchbase.Couchbase.connect arangojs.Database',
    'database',
    'database',
    ['0.url', '0'],
    records,
  ),
  client('pouchdb', 'request-reply', undefined, ['0'], records, { needsAddress: true }),
  client('@supabase/supabase-js.createClient', 'request-reply', undefined, ['0'], {
    from: { flow: 'none', resource: ['0'] },
    ...pullsBy('select'),
    ...pushesBy('insert update upsert delete'),
    rpc: { flow: 'unknown', resource: ['0'] },
  }),
  // Mappers of several databases: the address or the driver says which.
  database(
    'knex knex.knex',
    'database',
    [
      '0.connection.connectionString',
      '0.connection.host',
      '0.connection.server',
      '0.connection',
      '0',
    ],
    {
      ...records,
      ...each(' from into table', { flow: 'none', resource: ['0'] }),
    },
    { driver: ['0.client'] },
  ),
  database(
    'sequelize sequelize.Sequelize sequelize-typescript.Sequelize',
    'database',
    ['3.host', '0.host', '0'],
    {
      ...records,
      define: { flow: 'none', resource: ['0'] },
    },
    { driver: ['3.dialect', '0.dialect', '1.dialect'] },
  ),
  database(
    'typeorm.DataSource typeorm.createConnection typeorm.createConnections @nestjs/typeorm.TypeOrmModule.forRoot @nestjs/typeorm.TypeOrmModule.forRootAsync',
    'database',
    mapper,
    records,
    { driver: ['0.type'] },
  ),
  database(
    '@nestjs/sequelize.SequelizeModule.forRoot @nestjs/sequelize.SequelizeModule.forRootAsync',
    'database',
    ['0.uri', '0.host'],
    records,
    {
      driver: ['0.dialect'],
    },
  ),
  database('@mikro-orm/core.MikroORM.init', 'database', ['0.clientUrl', '0.host'], records),
  database(
    '@prisma/client.PrismaClient',
    'database',
    ['0.datasources.db.url', '0.datasourceUrl'],
    {
      ...records,
      ...each('$queryRaw $queryRawUnsafe $executeRaw $executeRawUnsafe', sql),
    },
    { addressDefault: '{env:DATABASE_URL}' },
  ),
  database(
    'drizzle-orm/node-postgres.drizzle drizzle-orm/postgres-js.drizzle drizzle-orm/neon-http.drizzle',
    'postgresql',
    ['0.connection.connectionString', '0.connection', '0'],
    records,
    { isMadeFrom: true },
  ),
  database(
    'drizzle-orm/mysql2.drizzle',
    'mysql',
    ['0.connection.uri', '0.connection', '0'],
    records,
    {
      isMadeFrom: true,
    },
  ),
];
