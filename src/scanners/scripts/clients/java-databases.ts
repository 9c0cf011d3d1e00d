import type { ClientEntry, Operation } from './client.ts';
import { either, methods, setsAddress, types } from './java-settings.ts';
import { cassandra, dataSource, elastic, mongo, neo4j, redis } from './java-stores.ts';
import { pulls, pushes } from './operations.ts';

const statement: Operation = { flow: 'sql', statement: ['0', 'value'] };
const reads: Operation = { flow: 'pull', statement: ['0'] };
const writes: Operation = { flow: 'push', statement: ['0'] };

/** What JDBC, Spring's templates and JPA do with an open database, so that one may be made of another. */
const jdbc: Readonly<Record<string, Operation>> = {
  ...methods(
    'prepareStatement prepareCall executeQuery executeUpdate execute executeLargeUpdate addBatch sql createQuery createNativeQuery createSQLQuery createStoredProcedureQuery',
    statement,
  ),
  ...methods(
    'query queryForObject queryForList queryForMap queryForStream queryForRowSet queryForLong queryForInt',
    reads,
  ),
  ...methods('update batchUpdate', writes),
  ...methods('persist merge save saveOrUpdate insertInto insertQuery remove', { flow: 'push' }),
  ...methods('find load getReference select selectFrom selectOne', { flow: 'pull' }),
  ...methods(
    'setJdbcUrl setUrl setURL url jdbcUrl setServerName setServerNames setHost host',
    setsAddress,
  ),
};

const document: Readonly<Record<string, Operation>> = {
  getCollection: { flow: 'none', resource: ['0'] },
  ...methods(
    'insertOne insertMany replaceOne updateOne updateMany bulkWrite findOneAndUpdate findOneAndReplace deleteOne deleteMany insert insertAll save upsert updateFirst updateMulti findAndModify remove',
    { flow: 'push' },
  ),
  ...methods(
    'find findOne findAll findById aggregate count countDocuments distinct watch exists findDistinct',
    { flow: 'pull' },
  ),
};

const keyValue: Readonly<Record<string, Operation>> = {
  ...methods(
    'set setex setnx mset hset hmset lpush rpush sadd zadd incr incrBy expire xadd add put putAll leftPush rightPush increment publish convertAndSend setIfAbsent del fastPut',
    { flow: 'push' },
  ),
  ...methods(
    'get mget hget hgetAll lrange lpop rpop blpop smembers members zrange exists xread entries range leftPop rightPop subscribe multiGet getSet opsForGet',
    { flow: 'pull' },
  ),
  ...methods('setAddress addNodeAddress setHostName', setsAddress),
};

const search: Readonly<Record<string, Operation>> = {
  ...methods('index bulk update save delete add create', { flow: 'push' }),
  ...methods('search get query msearch count scroll searchForPage', { flow: 'pull' }),
};

const store = (
  calls: readonly string[],
  protocol: string,
  operations: Readonly<Record<string, Operation>>,
  addressDefault?: string,
  address: readonly string[] = ['0', '1'],
): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  address,
  style: 'database',
  isMadeFrom: true,
  operations,
  ...(addressDefault === undefined ? {} : { addressDefault }),
});

const mapped = (verbs: readonly string[], flow: 'pull' | 'push'): ClientEntry => ({
  calls: verbs.map((verb) => `@org.apache.ibatis.annotations.${verb}`),
  protocol: 'database',
  flow,
  statement: ['0', 'value', '0.0', 'value.0'],
  addressDefault: dataSource,
  style: 'database',
});

/** Databases, caches and search engines, and the repositories that Spring makes for them. */
export const javaDatabaseClients: readonly ClientEntry[] = [
  store(['java.sql.DriverManager.getConnection'], 'database', jdbc, undefined, ['0']),
  store(
    [
      'com.zaxxer.hikari.HikariConfig',
      'com.zaxxer.hikari.HikariDataSource',
      'org.springframework.jdbc.datasource.DriverManagerDataSource',
      'org.springframework.jdbc.datasource.SingleConnectionDataSource',
      'org.springframework.boot.jdbc.DataSourceBuilder.create',
      'org.apache.commons.dbcp.BasicDataSource',
      'org.apache.commons.dbcp2.BasicDataSource',
      'org.apache.tomcat.jdbc.pool.DataSource',
      'com.alibaba.druid.pool.DruidDataSource',
      'com.mchange.v2.c3p0.ComboPooledDataSource',
      'org.jooq.impl.DSL.using',
    ],
    'database',
    jdbc,
    undefined,
    ['0'],
  ),
  store(
    ['org.postgresql.ds.PGSimpleDataSource', 'org.postgresql.ds.PGPoolingDataSource'],
    'postgresql',
    jdbc,
  ),
  store(['com.mysql.cj.jdbc.MysqlDataSource', 'org.mariadb.jdbc.MariaDbDataSource'], 'mysql', jdbc),
  store(
    [
      'oracle.jdbc.pool.OracleDataSource',
      'oracle.ucp.jdbc.PoolDataSourceFactory.getPoolDataSource',
    ],
    'oracle',
    jdbc,
  ),
  store(['com.microsoft.sqlserver.jdbc.SQLServerDataSource'], 'mssql', jdbc),
  store(
    [
      'javax.sql.DataSource',
      ...either('persistence.EntityManager'),
      ...either('persistence.EntityManagerFactory'),
      'org.hibernate.Session',
      'org.hibernate.SessionFactory',
      ...types('org.springframework.jdbc.core', [
        'JdbcTemplate',
        'JdbcOperations',
        'namedparam.NamedParameterJdbcTemplate',
        'namedparam.NamedParameterJdbcOperations',
      ]),
      'org.jooq.DSLContext',
      'io.agroal.api.AgroalDataSource',
    ],
    'database',
    jdbc,
    dataSource,
    [],
  ),
  store(
    [
      'org.springframework.jdbc.core.simple.JdbcClient',
      'org.springframework.jdbc.core.simple.JdbcClient.create',
      'org.springframework.r2dbc.core.DatabaseClient',
      'org.springframework.r2dbc.core.DatabaseClient.create',
    ],
    'database',
    { sql: statement },
    dataSource,
    [],
  ),
  store(
    either('persistence.Persistence.createEntityManagerFactory'),
    'database',
    jdbc,
    dataSource,
    ['1.javax.persistence.jdbc.url', '1.jakarta.persistence.jdbc.url'],
  ),
  store(['io.r2dbc.spi.ConnectionFactories.get'], 'database', jdbc, undefined, ['0']),
  store(['org.skife.jdbi.v2.DBI', 'org.jdbi.v3.core.Jdbi.create'], 'database', jdbc, undefined, [
    '0',
  ]),
  mapped(['Select'], 'pull'),
  mapped(['Insert', 'Update', 'Delete'], 'push'),
  store(
    [
      'com.mongodb.client.MongoClients.create',
      'com.mongodb.reactivestreams.client.MongoClients.create',
      'com.mongodb.MongoClient',
    ],
    'mongodb',
    document,
    undefined,
    ['0', '0.0'],
  ),
  store(
    [
      'com.mongodb.client.MongoClient',
      'com.mongodb.client.MongoDatabase',
      ...types('org.springframework.data.mongodb.core', [
        'MongoTemplate',
        'MongoOperations',
        'ReactiveMongoTemplate',
        'ReactiveMongoOperations',
        'SimpleMongoClientDatabaseFactory',
      ]),
    ],
    'mongodb',
    document,
    mongo,
  ),
  store(
    [
      'redis.clients.jedis.Jedis',
      'redis.clients.jedis.JedisPool',
      'redis.clients.jedis.JedisPooled',
      'redis.clients.jedis.UnifiedJedis',
      'io.lettuce.core.RedisClient.create',
      'io.lettuce.core.RedisURI.create',
      'org.redisson.config.Config',
      'org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory',
      'org.springframework.data.redis.connection.jedis.JedisConnectionFactory',
      'org.springframework.data.redis.connection.RedisStandaloneConfiguration',
    ],
    'redis',
    keyValue,
  ),
  store(
    [
      'org.redisson.api.RedissonClient',
      ...types('org.springframework.data.redis.core', [
        'RedisTemplate',
        'StringRedisTemplate',
        'RedisOperations',
        'ReactiveRedisTemplate',
        'ReactiveStringRedisTemplate',
      ]),
      ...types('io.quarkus.redis', ['datasource.RedisDataSource', 'client.RedisClient']),
    ],
    'redis',
    keyValue,
    redis,
    [],
  ),
  store(['net.spy.memcached.MemcachedClient'], 'memcached', keyValue),
  store(
    [
      'org.elasticsearch.client.RestClient.builder',
      'org.opensearch.client.RestClient.builder',
      'org.apache.solr.client.solrj.impl.HttpSolrClient.Builder',
      'org.apache.solr.client.solrj.impl.HttpSolrServer',
    ],
    'http',
    search,
  ),
  store(
    [
      'org.elasticsearch.client.RestHighLevelClient',
      'co.elastic.clients.elasticsearch.ElasticsearchClient',
      'org.opensearch.client.opensearch.OpenSearchClient',
      ...types('org.springframework.data.elasticsearch.core', [
        'ElasticsearchOperations',
        'ElasticsearchRestTemplate',
        'ElasticsearchTemplate',
        'ReactiveElasticsearchOperations',
      ]),
    ],
    'http',
    search,
    elastic,
    [],
  ),
  store(
    [
      'com.datastax.oss.driver.api.core.CqlSession.builder',
      'com.datastax.driver.core.Cluster.builder',
    ],
    'cassandra',
    {
      ...methods('addContactPoint addContactPoints addContactPointsWithPorts', setsAddress),
      ...methods('execute executeAsync prepare', statement),
    },
    undefined,
    [],
  ),
  store(
    [
      'com.datastax.oss.driver.api.core.CqlSession',
      'org.springframework.data.cassandra.core.CassandraTemplate',
      'org.springframework.data.cassandra.core.CassandraOperations',
    ],
    'cassandra',
    {
      ...methods('execute executeAsync prepare', statement),
      ...methods('insert update', { flow: 'push' }),
      ...methods('select selectOne', { flow: 'pull' }),
    },
    cassandra,
    [],
  ),
  store(
    ['org.neo4j.driver.GraphDatabase.driver', 'org.neo4j.ogm.config.Configuration.Builder'],
    'neo4j',
    {
      ...methods('executeRead readTransaction', { flow: 'pull' }),
      ...methods('executeWrite writeTransaction', { flow: 'push' }),
      uri: setsAddress,
    },
  ),
  store(
    [
      'org.springframework.data.neo4j.core.Neo4jTemplate',
      'org.springframework.data.neo4j.core.Neo4jClient',
    ],
    'neo4j',
    {
      ...methods('save', { flow: 'push' }),
      ...methods('find findAll findById query', { flow: 'pull' }),
    },
    neo4j,
  ),
  store(
    [
      'org.influxdb.InfluxDBFactory.connect',
      'com.influxdb.client.InfluxDBClientFactory.create',
      'com.influxdb.v3.client.InfluxDBClient.getInstance',
    ],
    'http',
    {
      ...methods('write writePoint writePoints writeRecord writeMeasurement', pushes()),
      ...methods('query', pulls()),
    },
  ),
  store(['com.couchbase.client.java.Cluster.connect'], 'couchbase', {
    ...methods('upsert insert replace', { flow: 'push' }),
    get: { flow: 'pull' },
    query: statement,
  }),
];
