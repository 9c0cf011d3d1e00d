import type { ClientEntry } from './client.ts';
import { types } from './java-settings.ts';
import { anyStore, cassandra, dataSource, elastic, mongo, neo4j, redis } from './java-stores.ts';

const repositories = (
  calls: readonly string[],
  protocol: string,
  addressDefault: string,
): ClientEntry => ({
  calls,
  protocol,
  flow: 'both',
  resource: ['<0>'],
  addressDefault,
  style: 'database',
});

/** Repositories that a framework makes from an interface, by what the interface extends. */
export const javaRepositories: readonly ClientEntry[] = [
  repositories(
    [
      ...types('org.springframework.data.jpa.repository', [
        'JpaRepository',
        'JpaSpecificationExecutor',
      ]),
      'org.springframework.data.r2dbc.repository.R2dbcRepository',
      'org.springframework.data.jdbc.repository.JdbcRepository',
      'io.micronaut.data.repository.CrudRepository',
      'io.micronaut.data.jpa.repository.JpaRepository',
      'io.quarkus.hibernate.orm.panache.PanacheRepository',
      'io.quarkus.hibernate.orm.panache.PanacheEntity',
      'io.quarkus.hibernate.orm.panache.PanacheEntityBase',
    ],
    'database',
    dataSource,
  ),
  repositories(
    types('org.springframework.data.repository', [
      'CrudRepository',
      'ListCrudRepository',
      'PagingAndSortingRepository',
      'ListPagingAndSortingRepository',
      'Repository',
      'reactive.ReactiveCrudRepository',
      'reactive.ReactiveSortingRepository',
    ]),
    'database',
    anyStore,
  ),
  repositories(
    [
      ...types('org.springframework.data.mongodb.repository', [
        'MongoRepository',
        'ReactiveMongoRepository',
      ]),
      'io.quarkus.mongodb.panache.PanacheMongoRepository',
      'io.quarkus.mongodb.panache.PanacheMongoEntity',
    ],
    'mongodb',
    mongo,
  ),
  repositories(['org.springframework.data.redis.repository.RedisRepository'], 'redis', redis),
  repositories(
    types('org.springframework.data.elasticsearch.repository', [
      'ElasticsearchRepository',
      'ReactiveElasticsearchRepository',
      'ElasticsearchCrudRepository',
    ]),
    'http',
    elastic,
  ),
  repositories(
    types('org.springframework.data.cassandra.repository', [
      'CassandraRepository',
      'ReactiveCassandraRepository',
    ]),
    'cassandra',
    cassandra,
  ),
  repositories(
    types('org.springframework.data.neo4j.repository', [
      'Neo4jRepository',
      'ReactiveNeo4jRepository',
    ]),
    'neo4j',
    neo4j,
  ),
];
