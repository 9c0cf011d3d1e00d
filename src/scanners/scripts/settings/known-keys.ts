import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';

/** A key that frameworks or habit give a meaning. */
export interface KnownKey {
  /** Of the key as `foldKey` writes it: lower case without separators. */
  readonly pattern: RegExp;
  /** Where the address does not say it itself; absent: what the key, a sibling or the port says. */
  readonly protocol?: string;
  readonly style?: Style;
  readonly flow?: Flow;
  /** `each`: the addresses of a list are different systems; else they are copies of one. */
  readonly list?: 'each';
  /** The value may be the bare name of a service. */
  readonly isName?: true;
}

/** The first that fits counts. Add a row to teach the scanner a framework's key. */
export const knownKeys: readonly KnownKey[] = [
  // Databases
  {
    pattern:
      /(?:datasources?|hikari|datasource\w{1,60})(?:xadatasource)?(?:jdbc|reactive)?(?:connection)?url$/,
    protocol: 'database',
    style: 'database',
  },
  {
    pattern:
      /^springr2dbcurl$|^quarkusdatasource\w{0,60}(?:jdbcurl|reactiveurl)$|^(?:spring)?(?:flyway|liquibase)url$/,
    protocol: 'database',
    style: 'database',
  },
  {
    pattern: /(?:^|persistence)jdbcurl$|hibernateconnectionurl$|^connectionurl$/,
    protocol: 'database',
    style: 'database',
  },
  { pattern: /^connectionstrings/, style: 'database' },
  {
    pattern: /mongo(?:db|odb)?(?:uri|url|host|hosts|hostname|server|address|connectionstring)$/,
    protocol: 'mongodb',
    style: 'database',
  },
  {
    pattern:
      /(?:redis|valkey)(?:uri|url|host|hosts|hostname|server|address|addr|endpoint|clusternodes|sentinelnodes|connection|connectionstring|configuration)$/,
    protocol: 'redis',
    style: 'database',
  },
  {
    pattern: /memcached?(?:host|hosts|url|servers?|address)$/,
    protocol: 'memcached',
    style: 'database',
  },
  {
    pattern:
      /(?:elasticsearch|opensearch|elastic)(?:rest)?(?:uris?|urls?|hosts?|nodes|endpoint|server|address|clusternodes)$/,
    protocol: 'elasticsearch',
    style: 'database',
  },
  {
    pattern: /cassandra(?:contactpoints|hosts?|nodes|seeds|url)$/,
    protocol: 'cassandra',
    style: 'database',
  },
  { pattern: /neo4j(?:authentication)?(?:uri|url|host)$/, protocol: 'neo4j', style: 'database' },
  { pattern: /influx(?:db)?(?:uri|url|host)$/, protocol: 'influxdb', style: 'database' },
  { pattern: /ldap(?:urls?|host|server)$/, protocol: 'ldap', style: 'database' },
  {
    pattern:
      /(?:postgres(?:ql)?|pgsql|pg|timescale(?:db)?)(?:db)?(?:uri|url|host|hosts|hostname|server|address|addr|dsn)$/,
    protocol: 'postgresql',
    style: 'database',
  },
  {
    pattern: /mysql(?:db)?(?:uri|url|host|hosts|hostname|server|address|addr|dsn)$/,
    protocol: 'mysql',
    style: 'database',
  },
  {
    pattern: /mariadb(?:uri|url|host|hostname|server|address)$/,
    protocol: 'mariadb',
    style: 'database',
  },
  {
    pattern: /(?:mssql|sqlserver)(?:uri|url|host|hostname|server|address)$/,
    protocol: 'mssql',
    style: 'database',
  },
  {
    pattern: /oracle(?:db)?(?:uri|url|host|hostname|server|dsn|connectstring)$/,
    protocol: 'oracle',
    style: 'database',
  },
  {
    pattern:
      /(?:db|database|^(?:db|databases?)\w{0,40}|typeorm|sequelize|doctrine(?:dbal)?)(?:uri|url|host|hostname|server|address|addr|dsn|connectionstring)$/,
    protocol: 'database',
    style: 'database',
  },
  // Brokers
  {
    pattern:
      /kafka\w{0,40}(?:bootstrapservers?|brokers?(?:list|urls?|address(?:es)?)?|servers?|hosts?|urls?|address|addr|bootstrap)$|^bootstrapservers$|kafkabinderbrokers$/,
    protocol: 'kafka',
    style: 'event',
  },
  { pattern: /schemaregistry(?:url|host)?$/, protocol: 'http', style: 'request-reply' },
  {
    pattern:
      /(?:rabbitmq|rabbit|amqp)(?:uri|url|host|hosts|hostname|server|address(?:es)?|addr|connection(?:string)?)$|celerybrokerurl$|^brokerurl$/,
    protocol: 'amqp',
    style: 'event',
  },
  { pattern: /(?:activemq|artemis|jms)(?:brokerurl|host|url)$/, protocol: 'jms', style: 'event' },
  {
    pattern: /mqtt(?:broker)?(?:uri|url|host|server|address|broker)?$/,
    protocol: 'mqtt',
    style: 'event',
  },
  { pattern: /nats(?:uri|url|host|servers?|address|addr)$/, protocol: 'nats', style: 'event' },
  { pattern: /pulsar(?:serviceurl|client(?:serviceurl)|url)$/, protocol: 'pulsar', style: 'event' },
  {
    pattern: /zookeeper(?:connect(?:string|ion)?|hosts?|servers?|quorum|url)$|zkhosts?$/,
    protocol: 'zookeeper',
  },
  // Mail
  {
    pattern:
      /(?:smtp|mail|mailer|email|emailsmtp|mailsmtp)(?:host|server|hostname|dsn|url)$|systemnetmailsettingssmtpnetworkhost$|^emailhost$/,
    protocol: 'smtp',
    style: 'event',
    flow: 'push',
  },
  // Configuration, discovery, observability
  {
    pattern:
      /^spring(?:cloud)?configuri$|^springcloudconfig(?:uri|serverurl)$|^springconfigimport\d*$|configserver(?:uri|url)$/,
    protocol: 'http',
    style: 'request-reply',
    flow: 'pull',
  },
  {
    pattern: /^springcloudconfigdiscoveryserviceid$/,
    protocol: 'http',
    style: 'request-reply',
    flow: 'pull',
    isName: true,
  },
  {
    pattern: /eureka\w{0,60}(?:defaultzone|serviceurls?|serverurl|url|uri|instanceurl)$/,
    protocol: 'http',
    style: 'request-reply',
  },
  {
    pattern: /consul(?:host|url|uri|address|addr|httpaddr)$/,
    protocol: 'http',
    style: 'request-reply',
  },
  {
    pattern: /springbootadmin(?:client)?url$/,
    protocol: 'http',
    style: 'request-reply',
    flow: 'push',
  },
  {
    pattern:
      /zipkin\w{0,30}(?:url|endpoint|host)$|(?:otlp|otel)\w{0,50}endpoint$|jaeger\w{0,30}(?:endpoint|host|url)$|tracing\w{0,30}endpoint$/,
    style: 'request-reply',
    flow: 'push',
  },
  {
    pattern:
      /(?:logstash|fluentd|graylog|gelf|loki|syslog|splunk)\w{0,20}(?:host|url|address|server|destination|endpoint)$/,
    flow: 'push',
  },
  {
    pattern: /^alertingalertmanagers\d+staticconfigs\d+targets\d*$/,
    protocol: 'http',
    style: 'request-reply',
    flow: 'push',
    list: 'each',
  },
  {
    pattern: /^scrapeconfigs\d+staticconfigs\d+targets\d*$/,
    protocol: 'http',
    style: 'request-reply',
    flow: 'pull',
    list: 'each',
  },
  // Files
  {
    pattern: /sftp(?:uri|url|host|hostname|server|address|endpoint)$/,
    protocol: 'sftp',
    style: 'file',
  },
  {
    pattern: /ftp(?:uri|url|host|hostname|server|address|endpoint)$/,
    protocol: 'ftp',
    style: 'file',
  },
  // Identity
  {
    pattern:
      /oauth2?\w{0,120}(?:tokenuri|userinfouri|accesstokenuri|authorizationuri|jwksetu?ri|jwkuri|tokeninfouri|checktokenaccess|issueruri|introspectionuri)$|(?:jwksetu?ri|jwksuri|jwksurl|issueruri|tokenuri|tokenurl)$|(?:keycloak|auth)\w{0,30}(?:authserverurl|serverurl|authority)$|^jwt\w{0,20}authority$/,
    protocol: 'http',
    style: 'request-reply',
  },
  // Gateways and clients of services
  {
    pattern: /^zuulroutes\w{1,80}(?:url|serviceid)$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  {
    pattern: /^(?:re)?routes\d+servicename$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  {
    pattern: /gateway\w{0,60}routes\d+uri$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  { pattern: /ribbonlistofservers$/, protocol: 'http', style: 'request-reply' },
  {
    pattern:
      /feign\w{0,80}url$|quarkusrestclient\w{1,80}(?:url|uri)$|micronauthttpservices\w{1,80}urls?\d*$|mprestur[il]$/,
    protocol: 'http',
    style: 'request-reply',
  },
  {
    pattern: /quarkusgrpcclients\w{1,80}host$|grpcclient\w{1,80}address$/,
    protocol: 'grpc',
    style: 'request-reply',
    isName: true,
  },
  {
    pattern: /reverseproxyclusters\w{1,80}destinations\w{1,80}address$/,
    protocol: 'http',
    style: 'request-reply',
  },
  {
    pattern: /downstreamhostandports\d+host$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  {
    pattern: /^httpservices\w{1,80}loadbalancerservers\d+url$/,
    protocol: 'http',
    style: 'request-reply',
  },
  { pattern: /^tcpservices\w{1,80}loadbalancerservers\d+address$/ },
  { pattern: /socketaddressaddress$/, isName: true },
  {
    pattern: /^services\d+(?:url|host)$|^upstreams\d+targets\d+target$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  { pattern: /^endpoints\d+backend\d+host\d*$/, protocol: 'http', style: 'request-reply' },
  { pattern: /^proxypass(?:match)?$|^rewriterule$/, style: 'request-reply', isName: true },
  {
    pattern: /^(?:grpcpass|fastcgipass|uwsgipass|scgipass|memcachedpass)$/,
    style: 'request-reply',
    isName: true,
  },
  { pattern: /^backend\w{1,80}server$/, isName: true },
  {
    pattern: /^(?:ingress|httproute|virtualservice|ingressroute)backend$/,
    protocol: 'http',
    style: 'request-reply',
    isName: true,
  },
  { pattern: /systemservicemodelclientendpointaddress$/, protocol: 'soap', style: 'request-reply' },
];

/** Keys, folded whole, by which a service mostly calls itself: only the host of another counts there. */
export const ownKeys =
  /^(?:app|application|site|root|base|web|self|service|server|wp)?(?:base|home|root|site)?(?:url|uri|host|hostname|address|addr)$|^(?:quarkushttp|micronautserver|management)?(?:server)?(?:host|address)$|^springapplication|^eurekainstance/;

/** Keys, folded whole, whose addresses nothing here connects to. */
export const foreignKeys =
  /(?:https?|no|all|socks)proxy|proxy(?:host|url|server)s?$|(?:docker|npm|image|container|helm)registry|(?:public|external)(?:base|server|root)?(?:url|uri|host|hostname|address|endpoint)$|^(?:frontend|client|webapp|ui|nextauth|auth)ur[il]s?$|baseaddresses|^globalconfiguration|advertised|^springapplication/;

/** Words of a key that say its address is for people, browsers, tools or the service itself. */
export const foreignWords = new Set(
  `doc docs documentation cors origin origins allowed redirect redirects callback return logout success cancel failure
  own website homepage licence license schema schemas namespace listen listener listeners bind bound contact support help
  terms privacy repo repository repositories scm git changelog swagger openapi springdoc javadoc maven plugin plugins
  dialect package class referer referrer allowlist whitelist trusted forwarded label labels annotation annotations
  description bugs funding author issue wiki badge dtd xsd facebook twitter linkedin youtube instagram hsts csp
  ingress virtual domain domains letsencrypt`.split(/\s+/),
);

/** Words that say the same right before the address word: `logo.url`, but not `image-service.url`. */
export const foreignModifiers = new Set(
  'image images img icon logo avatar assets static cdn self site home style template share social analytics example sample healthcheck test'.split(
    ' ',
  ),
);

/** Prefixes by which build tools choose what a browser may see. */
export const browserPrefixes =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|NUXT|REACT_APP|VUE_APP|VITE|EXPO_PUBLIC|GATSBY|PUBLIC)_/;

/** Last words of a key that name an address. */
export const addressWords = new Set(
  `url urls uri uris host hosts hostname hostnames addr addrs address addresses endpoint endpoints server servers broker brokers
  dsn connection connections connectionstring wsdl baseurl baseuri baseaddress target targets upstream upstreams destination
  authority gateway service backend remote href`.split(/\s+/),
);
