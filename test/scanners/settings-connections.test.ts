import { describe, expect, test } from 'vitest';
import { readAddresses } from '../../src/scanners/scripts/settings/addresses.ts';
import { listConnections } from '../../src/scanners/scripts/settings/connections.ts';
import { drawConfigured } from './settings-lines.ts';

/** What one setting connects to, without its place. */
function connect(key: string, value: string, knownHosts: string[] = []): string[] {
  return listConnections([{ key, value, line: 1, column: 1 }], new Set(knownHosts)).map(
    ({ flow, address, protocol, style, confidence }) =>
      `${flow} ${address} ${protocol ?? '-'} ${style ?? '-'} ${confidence}`,
  );
}

describe('keys that frameworks know', () => {
  test.each([
    [
      'spring.datasource.url',
      'jdbc:postgresql://pg.acme.example:5432/x',
      'unknown postgresql://pg.acme.example:5432/x postgresql database',
    ],
    [
      'spring.datasource.erp.jdbc-url',
      'jdbc:oracle:thin:@//ora.acme.example:1521/ERP',
      'unknown ora.acme.example:1521 oracle database',
    ],
    [
      'SPRING_DATASOURCE_URL',
      'jdbc:sqlserver://sql.acme.example:1433;databaseName=x',
      'unknown sqlserver://sql.acme.example:1433 mssql database',
    ],
    [
      'spring.r2dbc.url',
      'r2dbc:pool:mysql://my.acme.example/x',
      'unknown mysql://my.acme.example/x mysql database',
    ],
    [
      'spring.data.mongodb.uri',
      'mongodb://u:***@m1.acme.example:27017,m2.acme.example/x',
      'unknown mongodb://m1.acme.example:27017/x mongodb database',
    ],
    ['spring.data.mongodb.host', 'mongo', 'unknown mongo mongodb database'],
    ['spring.redis.host', 'cache', 'unknown cache redis database'],
    ['spring.data.redis.url', 'rediss://cache:6380', 'unknown rediss://cache:6380 redis database'],
    [
      'spring.elasticsearch.uris',
      'http://es1:9200,http://es2:9200',
      'unknown http://es1:9200 elasticsearch database',
    ],
    ['spring.rabbitmq.addresses', 'mq1:5672,mq2:5672', 'unknown mq1:5672 amqp event'],
    ['spring.kafka.bootstrap-servers', 'k1:9092,k2:9092', 'unknown k1:9092 kafka event'],
    ['spring.cloud.stream.kafka.binder.brokers', 'k1', 'unknown k1 kafka event'],
    [
      'spring.activemq.broker-url',
      'failover:(tcp://mq1:61616,tcp://mq2:61616)',
      'unknown mq1:61616 jms event',
    ],
    ['spring.mail.host', 'mail.acme.example', 'push mail.acme.example smtp event'],
    ['spring.cloud.config.uri', 'http://config:8888', 'pull http://config:8888 http request-reply'],
    [
      'spring.config.import',
      'optional:configserver:http://config:8888',
      'pull http://config:8888 http request-reply',
    ],
    [
      'eureka.client.serviceUrl.defaultZone',
      'http://u:***@disc:8761/eureka/,http://disc2:8761/eureka/',
      'unknown http://disc:8761/eureka/ http request-reply',
    ],
    ['spring.cloud.consul.host', 'consul', 'unknown consul http request-reply'],
    ['spring.zipkin.base-url', 'http://zipkin:9411', 'push http://zipkin:9411 http request-reply'],
    [
      'management.zipkin.tracing.endpoint',
      'http://zipkin:9411/api/v2/spans',
      'push http://zipkin:9411/api/v2/spans http request-reply',
    ],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://otel:4317', 'push http://otel:4317 http request-reply'],
    [
      'spring.boot.admin.client.url',
      'http://admin:9090',
      'push http://admin:9090 http request-reply',
    ],
    [
      'security.oauth2.client.access-token-uri',
      'http://auth:5000/oauth/token',
      'unknown http://auth:5000/oauth/token http request-reply',
    ],
    [
      'spring.security.oauth2.resourceserver.jwt.issuer-uri',
      'https://idp.acme.example/x',
      'unknown https://idp.acme.example/x https request-reply',
    ],
    ['zuul.routes.orders.url', 'http://orders:80', 'unknown http://orders:80 http request-reply'],
    ['zuul.routes.orders.serviceId', 'orders-service', 'unknown orders-service http request-reply'],
    ['Routes:0:ServiceName', 'OrderService', 'unknown orderservice http request-reply'],
    ['ReRoutes:1:ServiceName', 'OrderService', 'unknown orderservice http request-reply'],
    [
      'spring.cloud.config.discovery.serviceId',
      'config-server',
      'pull config-server http request-reply',
    ],
    [
      'spring.cloud.gateway.routes[0].uri',
      'lb://orders',
      'unknown http://orders http request-reply',
    ],
    ['orders.ribbon.listOfServers', 'o1:8080,o2:8080', 'unknown o1:8080 http request-reply'],
    [
      'feign.client.config.wms.url',
      'http://wms.acme.example',
      'unknown http://wms.acme.example http request-reply',
    ],
    [
      'quarkus.datasource.jdbc.url',
      'jdbc:mariadb://db/x',
      'unknown mariadb://db/x mariadb database',
    ],
    ['quarkus.rest-client."a.B".url', 'http://wms:80', 'unknown http://wms:80 http request-reply'],
    [
      'micronaut.http.services.wms.url',
      'http://wms:80',
      'unknown http://wms:80 http request-reply',
    ],
    [
      'ConnectionStrings:Orders',
      'Server=tcp:sql.acme.example,1433;Database=o;User Id=u',
      'unknown sql.acme.example:1433 mssql database',
    ],
    [
      'ConnectionStrings:Mes',
      'Host=pg.acme.example;Username=u;Database=m',
      'unknown pg.acme.example postgresql database',
    ],
    [
      'ConnectionStrings:Erp',
      'Data Source=(DESCRIPTION=(ADDRESS=(HOST=ora.acme.example)(PORT=1521)));User Id=x',
      'unknown ora.acme.example:1521 oracle database',
    ],
    ['ConnectionStrings:Cache', 'cache:6379,ssl=True', 'unknown cache:6379 redis database'],
    [
      'ConnectionStrings:Files',
      'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=***',
      'unknown https://acme.blob.core.windows.net https request-reply',
    ],
    [
      'ConnectionStrings:Bus',
      'Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKey=***',
      'unknown sb://acme.servicebus.windows.net/ amqp event',
    ],
    [
      'DATABASE_URL',
      'postgres://u:***@db:5432/x',
      'unknown postgres://db:5432/x postgresql database',
    ],
    ['REDIS_URL', 'redis://cache', 'unknown redis://cache redis database'],
    [
      'MONGO_URL',
      'mongodb+srv://m.acme.example/x',
      'unknown mongodb+srv://m.acme.example/x mongodb database',
    ],
    ['AMQP_URL', 'amqps://mq', 'unknown amqps://mq amqps event'],
    ['KAFKA_BROKERS', 'k1:9092', 'unknown k1:9092 kafka event'],
    ['SMTP_HOST', 'mail', 'push mail smtp event'],
    ['MYSQL_DSN', 'u:***@tcp(my:3306)/x', 'unknown my:3306 mysql database'],
    ['SFTP_HOST', 'sftp.acme.example', 'unknown sftp.acme.example sftp file'],
    ['LDAP_URL', 'ldaps://ad.acme.example', 'unknown ldaps://ad.acme.example ldap database'],
    [
      'spring.datasource.url',
      'jdbc:mysql://{env:DB_HOST?=db}:{env:DB_PORT?=3306}/x',
      'unknown mysql://{env:DB_HOST?=db}:{env:DB_PORT?=3306}/x mysql database',
    ],
    ['spring.datasource.url', '{env:DB_URL}', 'unknown {env:DB_URL} database database'],
    [
      'spring.datasource.url',
      '{env:DB_URL?=jdbc:mysql://db/x}',
      'unknown {env:DB_URL?=jdbc:mysql://db/x} mysql database',
    ],
  ])('%s = %s', (key, value, drawn) => {
    expect(connect(key, value)).toEqual([`${drawn} 0.6`]);
  });

  test('host, port and kind stand in settings of their own', () => {
    const text = 'DB_CONNECTION=pgsql\nDB_HOST=db1\nDB_PORT=5433\nMAIL_HOST=m\nMAIL_PORT=${P}\n';
    expect(drawConfigured('.env', text)).toEqual([
      '2 ?? db1:5433 postgresql 0.6',
      '4 -> m:{env:P} smtp 0.6',
    ]);
  });

  test('copies of one cluster are one connection, the targets of a scrape are several', () => {
    expect(
      drawConfigured(
        'application.yml',
        'spring:\n  kafka:\n    bootstrap-servers:\n      - k1:9092\n      - k2:9092\n',
      ),
    ).toEqual(['4 ?? k1:9092 kafka 0.6']);
    expect(
      drawConfigured(
        'prometheus.yml',
        'scrape_configs:\n- static_configs:\n  - targets:\n    - orders:80\n    - wms:80\n    - localhost:9090\n',
      ),
    ).toEqual(['4 <- orders:80 http 0.6', '5 <- wms:80 http 0.6']);
    expect(
      drawConfigured(
        'prometheus.yml',
        'alerting:\n  alertmanagers:\n  - static_configs:\n    - targets:\n      - alerts:9093\n',
      ),
    ).toEqual(['5 -> alerts:9093 http 0.6']);
  });
});

describe('any key that names an address', () => {
  test.each([
    [
      'WMS_URL',
      'http://wms.acme.example/api',
      [],
      'unknown http://wms.acme.example/api http request-reply',
    ],
    [
      'Services:Wms:BaseUrl',
      'https://wms.acme.example',
      [],
      'unknown https://wms.acme.example https request-reply',
    ],
    ['wms.endpoint', 'wms:8080', ['wms'], 'unknown wms:8080 http request-reply'],
    ['wms.host', 'wms', ['wms'], 'unknown wms - -'],
    [
      'wms.addr',
      'wms.shop.svc.cluster.local:80',
      ['wms'],
      'unknown wms.shop.svc.cluster.local:80 http request-reply',
    ],
    ['ERP_HOST', 'erp.acme.example', [], 'unknown erp.acme.example - -'],
    ['erp.server', '10.1.2.3:1521', [], 'unknown 10.1.2.3:1521 oracle database'],
    [
      'NEXT_PUBLIC_API_URL',
      'https://api.acme.example',
      [],
      'unknown https://api.acme.example https request-reply',
    ],
    ['CELERY_RESULT_BACKEND', 'redis://cache/1', [], 'unknown redis://cache/1 redis database'],
    ['image-service.url', 'http://images:80', [], 'unknown http://images:80 http request-reply'],
    [
      'wms.url',
      'http://{env:WMS_HOST}/x',
      [],
      'unknown http://{env:WMS_HOST}/x http request-reply',
    ],
    ['Erp', 'host=pg.acme.example dbname=x', [], 'unknown pg.acme.example postgresql database'],
  ])('%s = %s', (key, value, known, drawn) => {
    expect(connect(key, value, known)).toEqual([`${drawn} 0.4`]);
  });

  test.each([
    // Not the machine itself.
    ['WMS_URL', 'http://localhost:8080'],
    ['WMS_URL', 'http://127.0.0.1/x'],
    ['WMS_URL', 'http://192.168.99.100:8080/x'],
    ['WMS_URL', 'http://[::1]:80/'],
    ['DB_HOST', '0.0.0.0'],
    ['spring.datasource.url', 'jdbc:postgresql://localhost/x'],
    ['ConnectionStrings:X', 'Server=(localdb)\\mssqllocaldb;Database=x'],
    ['ConnectionStrings:X', 'Data Source=.;Initial Catalog=x'],
    // Not a database of its own process or a file.
    ['spring.datasource.url', 'jdbc:h2:mem:x'],
    ['spring.datasource.url', 'jdbc:tc:postgresql:15:///x'],
    ['DATABASE_URL', 'sqlite:///x.db'],
    ['ConnectionStrings:X', 'Data Source=app.db'],
    // Not an address that anything connects to.
    ['docs.url', 'http://docs.acme.example'],
    ['cors.allowed-origins', 'http://ui.acme.example'],
    ['CORS_ORIGIN_URL', 'http://ui.acme.example'],
    ['oauth.redirect-uri', 'http://ui.acme.example'],
    ['CALLBACK_URL', 'http://shop.acme.example/back'],
    ['PUBLIC_URL', 'http://shop.acme.example'],
    ['wms.external-url', 'http://wms.acme.example'],
    ['APP_URL', 'http://shop.acme.example'],
    ['server.address', 'shop.acme.example'],
    ['license.url', 'http://x.acme.example'],
    ['logo.url', 'http://x.acme.example/l.png'],
    ['listen.address', 'shop.acme.example:8080'],
    ['kafka.advertised.listeners', 'PLAINTEXT://k1:9092'],
    ['HTTP_PROXY', 'http://proxy.acme.example:3128'],
    ['x.namespace.uri', 'http://acme.example/ns'],
    ['schema.location', 'http://www.w3.org/2001/XMLSchema'],
    ['endpoint.uri', 'http://schemas.xmlsoap.org/soap'],
    // Not an address at all.
    ['wms.mode', 'wms'],
    ['note', 'see http://wms.acme.example'],
    ['wms.title', 'http://wms.acme.example'],
    ['wms.url', '/api/wms'],
    ['wms.host', 'wms'],
    ['wms.endpoint', 'orders:8080'],
    ['start.host', '12:30'],
    ['main.server', 'server.js'],
    ['wms.url', '{env:WMS_URL}'],
    ['wms.url', 'classpath:wms.wsdl'],
    ['wms.url', 'file:///tmp/x'],
    ['spring.redis.host', '***'],
    ['spring.redis.host', ''],
    ['spring.mail.host', 'a b'],
    ['ConnectionStrings:Provider', 'System.Data.SqlClient'],
    ['mail.address', 'orders@acme.example'],
  ])('%s = %s is no connection', (key, value) => {
    expect(connect(key, value)).toEqual([]);
  });

  test('a key that names the service itself still leads to another that is known', () => {
    expect(connect('SERVICE_URL', 'http://wms:80', ['wms'])).toEqual([
      'unknown http://wms:80 http request-reply 0.4',
    ]);
  });

  test('the name of a database is no host, even of a service that is called so', () => {
    expect(connect('app.persistence.database', 'orders', ['orders'])).toEqual([]);
    expect(connect('app.backend', 'orders', ['orders'])).toEqual([]);
    expect(connect('app.backend', 'orders:80', ['orders'])).toHaveLength(1);
  });

  test('one setting under two spellings is one connection', () => {
    expect(drawConfigured('config/x.ini', '[erp]\nurl = http://erp.acme.example\n')).toEqual([
      '2 ?? http://erp.acme.example http 0.4',
    ]);
  });
});

test.each([
  ['http://a:80/x?y#z', 'http://a:80/x'],
  ['https://u:p@a.example/', 'https://a.example/'],
  ['postgresql+asyncpg://u@a/x', 'postgresql+asyncpg://a/x'],
  ['a:1,b:2', 'a:1 b:2'],
  ['http://a,http://b', 'http://a http://b'],
  ['mongodb://a,b/x', 'mongodb://a/x'],
  ['["http://a"]', 'http://a'],
  ['tcp://mq:1883', 'mq:1883'],
  ['a:99999', ''],
  ['unknown://a', ''],
  ['mysql:host=a;port=3307;dbname=x', 'a:3307'],
  ['Driver={ODBC Driver 18 for SQL Server};Server=a\\SQL1;Uid=u', 'a'],
])('the addresses of %s', (value, addresses) => {
  expect(
    readAddresses(value)
      .map(({ address }) => address)
      .join(' '),
  ).toBe(addresses);
});
