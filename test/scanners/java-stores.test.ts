import { describe, expect, test } from 'vitest';
import { drawJava, drawJavaTypes } from './java-program.ts';
import { drawConnections, scan } from './scan.ts';

describe('databases', () => {
  test.each<[string, string[], string, string[]]>([
    [
      'JDBC, where a prepared statement counts once',
      ['java.sql.*'],
      'Connection c = DriverManager.getConnection("jdbc:postgresql://a.example:5432/x", "u", "p");\nPreparedStatement s = c.prepareStatement("select * from orders where id = ?");\ns.executeQuery();\nc.createStatement().executeUpdate("insert into log values (1)");',
      ['4 <- a.example:5432 postgresql [orders]', '6 -> a.example:5432 postgresql [log]'],
    ],
    [
      'JDBC of Oracle and SQL Server, opened and handed on',
      ['java.sql.DriverManager'],
      'use(DriverManager.getConnection("jdbc:oracle:thin:@a.example:1521:X"));\nuse(DriverManager.getConnection("jdbc:sqlserver://b.example:1433;databaseName=x"));',
      ['3 ?? a.example:1521 oracle', '4 ?? b.example:1433 mssql'],
    ],
    [
      'a database in memory, which is no other system',
      ['java.sql.DriverManager'],
      'DriverManager.getConnection("jdbc:h2:mem:test");',
      [],
    ],
    [
      'a pool, and the template that is made from it',
      ['com.zaxxer.hikari.*', 'org.springframework.jdbc.core.JdbcTemplate'],
      'HikariConfig h = new HikariConfig();\nh.setJdbcUrl("jdbc:mysql://a.example/x");\nJdbcTemplate t = new JdbcTemplate(new HikariDataSource(h));\nt.queryForList("select * from stock");\nt.update("update stock set n = 1");',
      ['6 <- a.example mysql [stock]', '7 -> a.example mysql [stock]'],
    ],
    [
      'data sources that are only configured',
      ['org.springframework.boot.jdbc.DataSourceBuilder', 'org.postgresql.ds.PGSimpleDataSource'],
      'DataSourceBuilder.create().url("jdbc:postgresql://a.example/x").build();\nPGSimpleDataSource d = new PGSimpleDataSource();\nd.setServerName("b.example");',
      ['3 ?? a.example postgresql', '4 ?? b.example postgresql'],
    ],
    [
      'JPA with its own properties',
      ['javax.persistence.Persistence', 'java.util.Map'],
      'Persistence.createEntityManagerFactory("u", Map.of("javax.persistence.jdbc.url", "jdbc:postgresql://a.example/x")).createEntityManager().persist(order);',
      ['3 -> a.example postgresql'],
    ],
    [
      'R2DBC and JDBI',
      ['io.r2dbc.spi.ConnectionFactories', 'org.jdbi.v3.core.Jdbi'],
      'ConnectionFactories.get("r2dbc:postgresql://a.example/x").create();\nJdbi.create("jdbc:postgresql://b.example/x").withHandle(h -> h.execute("delete from t"));',
      ['3 ?? a.example postgresql', '4 -> b.example postgresql [t]'],
    ],
    [
      'MongoDB',
      ['com.mongodb.client.*', 'com.mongodb.MongoClient', 'com.mongodb.MongoClientURI'],
      'MongoClients.create("mongodb://a.example:27017").getDatabase("x").getCollection("orders").insertOne(doc);\nnew MongoClient(new MongoClientURI("mongodb://b.example")).getDatabase("x").getCollection("stock").find();',
      ['3 -> a.example:27017 mongodb [orders]', '4 <- b.example mongodb [stock]'],
    ],
    [
      'Redis',
      ['redis.clients.jedis.*', 'io.lettuce.core.RedisClient', 'org.redisson.config.Config'],
      'new Jedis("a.example", 6379).set("k", "v");\nnew JedisPool(new JedisPoolConfig(), "b.example", 6379).getResource().get("k");\nRedisClient.create("redis://c.example:6379").connect().sync().get("k");\nConfig config = new Config();\nconfig.useSingleServer().setAddress("redis://d.example:6379");',
      [
        '3 -> a.example redis',
        '4 <- b.example redis',
        '5 <- c.example:6379 redis',
        '6 ?? d.example:6379 redis',
      ],
    ],
    [
      'search engines',
      [
        'org.elasticsearch.client.*',
        'org.apache.http.HttpHost',
        'org.apache.solr.client.solrj.impl.HttpSolrClient',
      ],
      'new RestHighLevelClient(RestClient.builder(new HttpHost("a.example", 9200, "http"))).search(request, options);\nnew HttpSolrClient.Builder("http://b.example/solr").build().add(document);',
      ['3 <- a.example http', '4 -> b.example http'],
    ],
    [
      'Cassandra, Neo4j, InfluxDB, Couchbase, memcached',
      [
        'com.datastax.oss.driver.api.core.CqlSession',
        'java.net.InetSocketAddress',
        'org.neo4j.driver.GraphDatabase',
        'org.influxdb.InfluxDBFactory',
        'com.couchbase.client.java.Cluster',
        'net.spy.memcached.MemcachedClient',
      ],
      'CqlSession.builder().addContactPoint(new InetSocketAddress("a.example", 9042)).build().execute("select * from t");\nGraphDatabase.driver("bolt://b.example:7687").session().executeRead(tx -> 1);\nInfluxDBFactory.connect("http://c.example:8086").write(point);\nCluster.connect("couchbase://d.example", "u", "p").bucket("x").defaultCollection().upsert("k", v);\nnew MemcachedClient(new InetSocketAddress("e.example", 11211)).get("k");',
      [
        '3 <- a.example cassandra [t]',
        '4 <- b.example:7687 neo4j',
        '5 -> c.example:8086 http',
        '6 -> d.example couchbase',
        '7 <- e.example memcached',
      ],
    ],
  ])('%s', async (_, imports, code, expected) => {
    expect(await drawJava(imports, code)).toEqual(expected);
  });
});

describe('stores that the settings name', () => {
  const properties = [
    'spring.datasource.url=jdbc:postgresql://pg.example:5432/x',
    'spring.data.mongodb.host=mongo.example',
    'spring.redis.host=redis.example',
    'spring.elasticsearch.uris=http://search.example:9200',
  ].join('\n');
  test.each<[string, string[], string, string[]]>([
    [
      'repositories',
      [
        'org.springframework.data.jpa.repository.JpaRepository',
        'org.springframework.data.mongodb.repository.MongoRepository',
        'org.springframework.data.repository.CrudRepository',
        'org.springframework.data.elasticsearch.repository.ElasticsearchRepository',
      ],
      'interface A extends JpaRepository<Order, Long> {}\ninterface B extends MongoRepository<Item, String> {}\ninterface C extends CrudRepository<Customer, Long> {}\ninterface D extends ElasticsearchRepository<Doc, String> {}',
      [
        '2 <> pg.example:5432 postgresql [Order]',
        '3 <> mongo.example mongodb [Item]',
        '4 <> pg.example:5432 postgresql [Customer]',
        '5 <> search.example:9200 http [Doc]',
      ],
    ],
    [
      'injected templates and managers',
      [
        'org.springframework.jdbc.core.*',
        'org.springframework.data.mongodb.core.MongoTemplate',
        'org.springframework.data.redis.core.StringRedisTemplate',
        'javax.persistence.EntityManager',
        'javax.sql.DataSource',
      ],
      'class X {\nJdbcTemplate jdbc; MongoTemplate mongo; StringRedisTemplate redis; EntityManager em; DataSource ds;\nvoid x() {\njdbc.query("select * from t", r);\nmongo.save(x);\nredis.opsForValue().get("k");\nem.persist(x);\nds.getConnection().prepareStatement("update t set a = 1");\n} }',
      [
        '5 <- pg.example:5432 postgresql [t]',
        '6 -> mongo.example mongodb',
        '7 <- redis.example redis',
        '8 -> pg.example:5432 postgresql',
        '9 -> pg.example:5432 postgresql [t]',
      ],
    ],
    [
      'statements of MyBatis',
      ['org.apache.ibatis.annotations.*'],
      'interface M {\n@Select("select * from orders where id = #{id}") Order find(long id);\n@Insert({"insert into orders", "values (1)"}) void add();\n}',
      ['3 <- pg.example:5432 postgresql [orders]', '4 -> pg.example:5432 postgresql [orders]'],
    ],
    [
      "an interface of one's own that is called a repository",
      [],
      'interface A extends JpaRepository<Order, Long> {}\ninterface JpaRepository<A, B> {}',
      [],
    ],
    [
      'templates that nothing is done with',
      ['org.springframework.jdbc.core.JdbcTemplate'],
      'class X { JdbcTemplate t; X(JdbcTemplate t) { this.t = t; } JdbcTemplate make(javax.sql.DataSource d) { return new JdbcTemplate(d); } }',
      [],
    ],
  ])('%s', async (_, imports, code, expected) => {
    const head = `package app; ${imports.map((name) => `import ${name};`).join(' ')}`;
    const found = await scan('scripts', {
      'shop/src/main/java/app/A.java': `${head}\n${code}\n`,
      'shop/src/main/resources/application.properties': properties,
      'shop/pom.xml': '<project><artifactId>shop</artifactId></project>',
    });
    const coded = found.evidence.filter(({ origin }) => origin.file.endsWith('.java'));
    expect(drawConnections({ evidence: coded })).toEqual(expected);
  });

  test('without a setting the store is open, and says which setting it waits for', async () => {
    const code = 'interface A extends JpaRepository<Order, Long> {}';
    const imports = ['org.springframework.data.jpa.repository.JpaRepository'];
    expect(await drawJavaTypes(imports, code)).toEqual(['2 unresolved']);
  });
});
