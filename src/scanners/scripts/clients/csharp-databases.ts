import type { ClientEntry, Operation } from './client.ts';
import { all } from './csharp-operations.ts';

const statement: Operation = { flow: 'sql', statement: ['0', 'sql', 'commandText', 'CommandText'] };

const sqlOperations: Readonly<Record<string, Operation>> = {
  'ConnectionString=': { flow: 'none', address: ['0'] },
  'CommandText=': statement,
  BeginBinaryImport: statement,
  BeginBinaryExport: statement,
  BeginTextImport: statement,
  // Dapper
  ...all(
    statement,
    'Query',
    'QueryAsync',
    'QueryFirst',
    'QueryFirstAsync',
    'QueryFirstOrDefault',
    'QueryFirstOrDefaultAsync',
    'QuerySingle',
    'QuerySingleAsync',
    'QuerySingleOrDefault',
    'QuerySingleOrDefaultAsync',
    'QueryMultiple',
    'QueryMultipleAsync',
    'QueryUnbufferedAsync',
    'Execute',
    'ExecuteAsync',
    'ExecuteScalar',
    'ExecuteScalarAsync',
    'ExecuteReaderAsync',
  ),
};

const sqlConnection = (protocol: string, ...calls: string[]): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  address: ['0', 'connectionString', 'ConnectionString'],
  style: 'database',
  operations: sqlOperations,
});

/** Entity Framework and others are told in one call where the data is; their queries name no database. */
const configured = (protocol: string, ...calls: string[]): ClientEntry => ({
  calls,
  protocol,
  flow: 'none',
  address: ['0', 'connectionString'],
  style: 'database',
});

const documents: Readonly<Record<string, Operation>> = {
  GetCollection: { flow: 'none', resource: ['0'] },
  ...all(
    { flow: 'pull' },
    'Find',
    'FindAsync',
    'Aggregate',
    'AsQueryable',
    'CountDocumentsAsync',
    'Distinct',
    'WatchAsync',
  ),
  ...all(
    { flow: 'push' },
    'InsertOne',
    'InsertOneAsync',
    'InsertManyAsync',
    'ReplaceOneAsync',
    'UpdateOneAsync',
    'UpdateManyAsync',
    'FindOneAndUpdateAsync',
    'FindOneAndReplaceAsync',
    'BulkWriteAsync',
  ),
  ...all({ flow: 'unknown' }, 'DeleteOneAsync', 'DeleteManyAsync'),
};

const keys: Readonly<Record<string, Operation>> = {
  ...all(
    { flow: 'pull' },
    'StringGet',
    'StringGetAsync',
    'StringGetLeaseAsync',
    'HashGet',
    'HashGetAsync',
    'HashGetAll',
    'HashGetAllAsync',
    'ListRangeAsync',
    'ListRightPopAsync',
    'SetMembersAsync',
    'SortedSetRangeByRankAsync',
    'StreamReadAsync',
  ),
  ...all(
    { flow: 'push' },
    'StringSet',
    'StringSetAsync',
    'HashSet',
    'HashSetAsync',
    'ListLeftPushAsync',
    'SetAddAsync',
    'SortedSetAddAsync',
    'StreamAddAsync',
  ),
  ...all({ flow: 'push', resource: ['0'] }, 'Publish', 'PublishAsync'),
  ...all({ flow: 'pull', resource: ['0'] }, 'Subscribe', 'SubscribeAsync'),
  ...all({ flow: 'unknown' }, 'KeyDelete', 'KeyDeleteAsync'),
};

const searches: Readonly<Record<string, Operation>> = {
  ...all({ flow: 'pull' }, 'Search', 'SearchAsync', 'Get', 'GetAsync', 'CountAsync', 'ScrollAsync'),
  ...all(
    { flow: 'push' },
    'Index',
    'IndexAsync',
    'IndexDocument',
    'IndexDocumentAsync',
    'IndexManyAsync',
    'Bulk',
    'BulkAsync',
    'UpdateAsync',
  ),
  ...all({ flow: 'unknown' }, 'Delete', 'DeleteAsync'),
};

/** Databases, caches and search engines of C#. */
export const csharpDatabases: readonly ClientEntry[] = [
  sqlConnection(
    'mssql',
    'System.Data.SqlClient.SqlConnection',
    'Microsoft.Data.SqlClient.SqlConnection',
  ),
  {
    ...sqlConnection(
      'mssql',
      'System.Data.SqlClient.SqlBulkCopy',
      'Microsoft.Data.SqlClient.SqlBulkCopy',
    ),
    isMadeFrom: true,
    // The table is told behind; a bulk copy is made to send.
    operations: {
      'DestinationTableName=': { flow: 'push', resource: ['0'] },
    },
  },
  sqlConnection(
    'postgresql',
    'Npgsql.NpgsqlConnection',
    'Npgsql.NpgsqlDataSource.Create',
    'Npgsql.NpgsqlDataSourceBuilder',
    'Npgsql.NpgsqlDataSource',
  ),
  sqlConnection(
    'mysql',
    'MySql.Data.MySqlClient.MySqlConnection',
    'MySqlConnector.MySqlConnection',
    'MySqlConnector.MySqlDataSource',
  ),
  sqlConnection(
    'oracle',
    'Oracle.ManagedDataAccess.Client.OracleConnection',
    'Oracle.DataAccess.Client.OracleConnection',
    'System.Data.OracleClient.OracleConnection',
  ),
  sqlConnection('odbc', 'System.Data.Odbc.OdbcConnection'),
  sqlConnection('database', 'System.Data.OleDb.OleDbConnection'),
  sqlConnection('db2', 'IBM.Data.Db2.DB2Connection', 'IBM.Data.DB2.Core.DB2Connection'),
  sqlConnection('snowflake', 'Snowflake.Data.Client.SnowflakeDbConnection'),
  sqlConnection('firebird', 'FirebirdSql.Data.FirebirdClient.FbConnection'),
  sqlConnection('clickhouse', 'ClickHouse.Client.ADO.ClickHouseConnection'),
  {
    ...sqlConnection('database', 'System.Data.IDbConnection', 'System.Data.Common.DbConnection'),
    addressDefault: '{env:ConnectionStrings:DefaultConnection}',
  },
  configured('mssql', '#UseSqlServer', '#UseAzureSql', '#UseSqlServerStorage'),
  configured('postgresql', '#UseNpgsql', '#UsePostgreSqlStorage', '#AddMarten'),
  configured('mysql', '#UseMySql', '#UseMySQL'),
  configured('oracle', '#UseOracle'),
  configured('firebird', '#UseFirebird'),
  configured('snowflake', '#UseSnowflake'),
  configured('cosmosdb', '#UseCosmos'),
  configured('mongodb', '#UseMongoDB'),
  {
    calls: ['Marten.DocumentStore.For'],
    protocol: 'postgresql',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: { Connection: { flow: 'none', address: ['0'] } },
  },
  {
    calls: [
      'MongoDB.Driver.MongoClient',
      'MongoDB.Driver.IMongoClient',
      'MongoDB.Driver.IMongoDatabase',
      'MongoDB.Driver.IMongoCollection',
    ],
    protocol: 'mongodb',
    flow: 'none',
    address: ['0', '0.Server', 'connectionString'],
    style: 'database',
    operations: documents,
  },
  {
    calls: [
      'StackExchange.Redis.ConnectionMultiplexer.Connect',
      'StackExchange.Redis.ConnectionMultiplexer.ConnectAsync',
      'StackExchange.Redis.ConnectionMultiplexer',
      'StackExchange.Redis.IConnectionMultiplexer',
      'StackExchange.Redis.IDatabase',
    ],
    protocol: 'redis',
    flow: 'none',
    address: ['0', '0.EndPoints.0', 'configuration'],
    addressDefault: '{env:ConnectionStrings:Redis}',
    style: 'database',
    operations: keys,
  },
  {
    calls: ['#AddStackExchangeRedisCache', '#AddStackExchangeRedisOutputCache'],
    protocol: 'redis',
    flow: 'none',
    style: 'database',
    operations: { 'Configuration=': { flow: 'none', address: ['0'] } },
  },
  {
    calls: [
      'Nest.ConnectionSettings',
      'Nest.ElasticClient',
      'Nest.IElasticClient',
      'Elasticsearch.Net.ElasticLowLevelClient',
      'Elastic.Clients.Elasticsearch.ElasticsearchClientSettings',
      'Elastic.Clients.Elasticsearch.ElasticsearchClient',
    ],
    protocol: 'elasticsearch',
    isMadeFrom: true,
    flow: 'none',
    address: ['0', '0.0'],
    style: 'database',
    operations: searches,
  },
  {
    calls: [
      'OpenSearch.Client.ConnectionSettings',
      'OpenSearch.Client.OpenSearchClient',
      'OpenSearch.Client.IOpenSearchClient',
    ],
    protocol: 'opensearch',
    isMadeFrom: true,
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: searches,
  },
  {
    calls: ['Cassandra.Cluster.Builder'],
    protocol: 'cassandra',
    flow: 'none',
    style: 'database',
    operations: {
      ...all({ flow: 'none', address: ['0', '0.0'] }, 'AddContactPoint', 'AddContactPoints'),
      ...all(statement, 'Execute', 'ExecuteAsync'),
    },
  },
  {
    calls: ['Neo4j.Driver.GraphDatabase.Driver', 'Neo4j.Driver.IDriver'],
    protocol: 'bolt',
    flow: 'none',
    address: ['0'],
    style: 'database',
  },
  {
    calls: ['InfluxDB.Client.InfluxDBClient', 'InfluxDB.Client.InfluxDBClientFactory.Create'],
    protocol: 'influxdb',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: {
      ...all({ flow: 'pull' }, 'QueryAsync', 'QueryRawAsync'),
      ...all({ flow: 'push' }, 'WritePointAsync', 'WritePoint', 'WriteMeasurementAsync'),
    },
  },
  {
    calls: ['Couchbase.Cluster.ConnectAsync'],
    protocol: 'couchbase',
    flow: 'none',
    address: ['0'],
    style: 'database',
    operations: {
      GetAsync: { flow: 'pull' },
      ...all({ flow: 'push' }, 'UpsertAsync', 'InsertAsync', 'ReplaceAsync'),
    },
  },
  {
    calls: ['Raven.Client.Documents.DocumentStore'],
    protocol: 'ravendb',
    flow: 'none',
    address: ['Urls.0'],
    style: 'database',
  },
  {
    calls: ['Microsoft.Azure.Cosmos.CosmosClient', 'Microsoft.Azure.Cosmos.Container'],
    protocol: 'cosmosdb',
    flow: 'none',
    address: ['0', 'accountEndpoint', 'connectionString'],
    style: 'database',
    operations: {
      ...all(
        { flow: 'pull' },
        'ReadItemAsync',
        'ReadManyItemsAsync',
        'GetItemQueryIterator',
        'GetItemLinqQueryable',
      ),
      ...all(
        { flow: 'push' },
        'CreateItemAsync',
        'UpsertItemAsync',
        'ReplaceItemAsync',
        'PatchItemAsync',
      ),
      DeleteItemAsync: { flow: 'unknown' },
    },
  },
];

/** Commands that are made with the connection they run on. */
export const csharpCommands: Readonly<Record<string, Operation>> = all(
  statement,
  'SqlCommand',
  'SqlDataAdapter',
  'NpgsqlCommand',
  'NpgsqlDataAdapter',
  'MySqlCommand',
  'MySqlDataAdapter',
  'OracleCommand',
  'OracleDataAdapter',
  'OdbcCommand',
  'OdbcDataAdapter',
  'OleDbCommand',
  'OleDbDataAdapter',
  'DB2Command',
  'SnowflakeDbCommand',
  'FbCommand',
);
