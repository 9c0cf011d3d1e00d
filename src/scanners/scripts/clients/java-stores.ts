import { settings } from './java-settings.ts';

/** Where Spring, Quarkus, JPA, Micronaut and Hibernate say which database it is. */
export const dataSource = settings(
  'spring.datasource.url',
  'quarkus.datasource.jdbc.url',
  'spring.r2dbc.url',
  'javax.persistence.jdbc.url',
  'datasources.default.url',
  'hibernate.connection.url',
);
/** Where they say which MongoDB. */
export const mongo = settings(
  'spring.data.mongodb.uri',
  'spring.data.mongodb.host',
  'quarkus.mongodb.connection-string',
);
/** A store that is relational or MongoDB, whichever is set. */
export const anyStore = settings(
  'spring.datasource.url',
  'spring.data.mongodb.uri',
  'spring.data.mongodb.host',
  'spring.r2dbc.url',
  'quarkus.datasource.jdbc.url',
);
/** Where they say which Redis. */
export const redis = settings(
  'spring.data.redis.url',
  'spring.redis.url',
  'spring.data.redis.host',
  'spring.redis.host',
  'quarkus.redis.hosts',
);
/** Where they say which Elasticsearch. */
export const elastic = settings(
  'spring.elasticsearch.uris',
  'spring.elasticsearch.rest.uris',
  'spring.data.elasticsearch.cluster-nodes',
  'quarkus.elasticsearch.hosts',
);
/** Where they say which Cassandra. */
export const cassandra = settings(
  'spring.cassandra.contact-points',
  'spring.data.cassandra.contact-points',
);
/** Where they say which Neo4j. */
export const neo4j = settings('spring.neo4j.uri', 'spring.data.neo4j.uri');
