import { describe, expect, test } from 'vitest';
import { foldKey } from '../../src/scanners/scripts/settings/setting.ts';
import { drawNames, drawSettings, read } from './settings-lines.ts';

describe('files of settings', () => {
  test.each<[name: string, file: string, text: string, lines: string[]]>([
    [
      'an environment file: export, quotes, comments, several lines',
      '.env',
      '# A=1\nexport ORDERS_URL="http://orders:8080" # no\nB=\'x # y\'\nC=a b #c\nD="one\ntwo"\nE=last\nno setting\n',
      [
        '2 ORDERS_URL = http://orders:8080',
        '3 B = x # y',
        '4 C = a b',
        '5 D = one\ntwo',
        '7 E = last',
      ],
    ],
    [
      'Java properties: separators, escapes, continued lines',
      'src/main/resources/erp.properties',
      '! no\n# no\na.b=c\nd\\ e : f\nurl=http\\://h\\\n   /x\ng h\nu=\\u0041\n',
      ['3 a.b = c', '4 d e = f', '5 url = http://h/x', '7 g = h', '8 u = A'],
    ],
    [
      'nested YAML with lists, anchors and merge keys',
      'config/app.yml',
      'base: &b {port: 1}\nerp:\n  <<: *b\n  hosts: [a.example, b.example]\n  on: true\n  none:\n',
      [
        '1 base.port = 1',
        '3 erp.port = 1',
        '4 erp.hosts = a.example,b.example',
        '4 erp.hosts[0] = a.example',
        '4 erp.hosts[1] = b.example',
        '5 erp.on = true',
      ],
    ],
    [
      'YAML that build tools have yet to fill',
      'application.yml',
      'app:\n  version: @project.version@\n  url: http://wms.acme.example\nflow: {a: b}\n',
      [
        '2 app.version = {env:project.version}',
        '3 app.url = http://wms.acme.example',
        '4 flow.a = b',
      ],
    ],
    [
      'YAML that is broken keeps its plain lines',
      'application.yml',
      'a:\n  url: http://wms.acme.example # x\n  b: [1,\nc: d\n',
      ['2 a.url = http://wms.acme.example', '3 a.b = [1,', '4 c = d'],
    ],
    [
      'JSON of .NET with comments and trailing commas',
      'src/Shop/appsettings.json',
      '{\n  // no\n  "Services": { "Orders": { "Url": "http://orders//x" /* no */ }, },\n\t"Hosts": ["a", "b"],\n}\n',
      [
        '3 Services:Orders:Url = http://orders//x',
        '4 Hosts = a,b',
        '4 Hosts:0 = a',
        '4 Hosts:1 = b',
      ],
    ],
    [
      'JSON of a folder of settings',
      'config/default.json',
      '{"erp": {"url": "http://erp.acme.example"}}',
      ['1 erp.url = http://erp.acme.example'],
    ],
    [
      'sections, by key with and without the section',
      'jobs/settings.ini',
      '; no\n[erp]\nhost = erp.acme.example ; x\nurl: http://%(host)s/x\n[DEFAULT]\nport=80\n',
      [
        '3 erp.host = erp.acme.example',
        '3 host = erp.acme.example',
        '4 erp.url = http://{env:host}/x',
        '4 url = http://{env:host}/x',
        '6 port = 80',
      ],
    ],
    [
      'TOML: tables, arrays of tables, lists over lines, inline tables',
      'config/settings.toml',
      'title = "a # b" # no\n[erp."x".db]\nurl = \'http://h/#x\'\nlist = [\n  "a", # no\n  "b",\n]\n[[up]]\nhost = "h1"\n[[up]]\nhost = {name = "h2", port = 2}\nt = """\nlong"""\n',
      [
        '1 title = a # b',
        '3 erp.x.db.url = http://h/#x',
        '4 erp.x.db.list = a,b',
        '4 erp.x.db.list[0] = a',
        '4 erp.x.db.list[1] = b',
        '9 up[0].host = h1',
        '11 up[1].host.name = h2',
        '11 up[1].host.port = 2',
        '12 up[1].t = long',
      ],
    ],
    [
      'HOCON: blocks, and an environment variable over a value',
      'conf/application.conf',
      'db.default {\n  url = "jdbc:mysql://my.acme.example/x" // no\n  url = ${?DB_URL}\n}\nwms { base-url = "http://"${WMS_HOST}"/", n = 1 }\n# a = b\n',
      [
        '2 db.default.url = {env:DB_URL?=jdbc:mysql://my.acme.example/x}',
        '5 wms.base-url = http://{env:WMS_HOST}/',
        '5 wms.n = 1',
      ],
    ],
    [
      '.NET XML: connection strings, settings, endpoints, setting elements',
      'Web.config',
      '<?xml version="1.0"?>\n<configuration xmlns:x="http://n">\n <!-- <add key="No" value="x"/> -->\n <connectionStrings><add name="Erp" connectionString="Server=sql1;Database=e"/></connectionStrings>\n <appSettings>\n  <add key="WmsUrl" value="http://wms.acme.example/?a=1&amp;b=2"/>\n </appSettings>\n <applicationSettings><setting name="Fin" serializeAs="String"><value>http://fin.acme.example</value></setting></applicationSettings>\n</configuration>\n',
      [
        '4 ConnectionStrings:Erp = Server=sql1;Database=e',
        '6 WmsUrl = http://wms.acme.example/?a=1&b=2',
        '8 applicationSettings.setting.serializeAs = String',
        '8 Fin = http://fin.acme.example',
      ],
    ],
    [
      'XML of Java: properties and elements',
      'orders-ds.xml',
      '<datasources>\n<datasource jndi-name="j">\n<connection-url><![CDATA[jdbc:mysql://my.acme.example/x?a=b&c=d]]></connection-url>\n<property name="p">v</property>\n</datasource></datasources>',
      [
        '2 datasource.jndi-name = j',
        '3 datasource.connection-url = jdbc:mysql://my.acme.example/x?a=b&c=d',
        '4 p = v',
      ],
    ],
  ])('%s', (_, file, text, lines) => {
    expect(drawSettings(file, text)).toEqual(lines);
  });

  test('the column is where the value stands', () => {
    const places = ['.env', 'x.properties', 'config/x.ini', 'config/x.toml'].map((file) => {
      const [setting] = read(file, '  ab = "c"\n')[0]?.settings ?? [];
      return `${file} ${setting?.line}:${setting?.column}`;
    });
    expect(places).toEqual([
      '.env 1:8',
      'x.properties 1:8',
      'config/x.ini 1:8',
      'config/x.toml 1:8',
    ]);
  });
});

describe('names for addresses', () => {
  test.each<[name: string, file: string, text: string, lines: string[]]>([
    [
      'tnsnames.ora',
      'network/admin/tnsnames.ora',
      '# OLD = (HOST = old)\nERP, ERP.ACME =\n  (DESCRIPTION =\n    (ADDRESS = (PROTOCOL = TCP)(HOST = ora.acme.example)(PORT = 1522))\n    (CONNECT_DATA = (SERVICE_NAME = erp)))\nFIN=(DESCRIPTION=(ADDRESS=(HOST=fin.acme.example))(CONNECT_DATA=(SID=F)))\n',
      [
        '2 ERP -> ora.acme.example:1522/erp oracle',
        '2 ERP.ACME -> ora.acme.example:1522/erp oracle',
        '6 FIN -> fin.acme.example:1521/F oracle',
      ],
    ],
    [
      'odbc.ini',
      'etc/odbc.ini',
      '[ODBC Data Sources]\nERP = x\n[ERP]\nDriver = ODBC Driver 18 for SQL Server\nServer = tcp:sql.acme.example,1434\nPWD = secret1\n[MES]\nDriver=PostgreSQL\nServername=pg.acme.example\nPort=5433\n[NONE]\nDriver=x\n',
      ['5 ERP -> sql.acme.example:1434 mssql', '9 MES -> pg.acme.example:5433 postgresql'],
    ],
    [
      'an ssh configuration',
      'home/.ssh/config',
      '# Host no\nHost erp erp2 *.x\n  HostName erp.acme.example\n  User app\n  Port 2222\nHost *\n  ForwardAgent no\nHost wms\n HostName=wms.acme.example\n',
      [
        '3 erp -> erp.acme.example:2222 ssh',
        '3 erp2 -> erp.acme.example:2222 ssh',
        '9 wms -> wms.acme.example ssh',
      ],
    ],
    [
      'a hosts file',
      'etc/hosts',
      '127.0.0.1 localhost\n10.1.2.3 erp erp.acme.example # x\n#10.9.9.9 old\n',
      ['2 erp -> 10.1.2.3 -', '2 erp.acme.example -> 10.1.2.3 -'],
    ],
  ])('%s', (_, file, text, lines) => {
    expect(drawNames(file, text)).toEqual(lines);
  });
});

test.each([
  ['.github/workflows/ci.yml', 'env:\n  ORDERS_URL: http://orders\n'],
  ['.gitlab-ci.yml', 'variables: {ORDERS_URL: http://orders}\n'],
  ['package.json', '{"config": {"url": "http://x"}}'],
  ['tsconfig.json', '{"references": [{"path": "http://x"}]}'],
  ['openapi.yml', 'openapi: 3.0.0\nservers: [{url: http://x}]\n'],
  ['docs/guide.yml', 'title: see http://x\n'],
  ['data/orders.json', '{"url": "http://x"}'],
  ['pom.xml', '<project><url>http://x</url></project>'],
  ['data/orders.xml', '<orders><url>http://x</url></orders>'],
  ['src/main/resources/messages.properties', 'url=http://x\n'],
  ['i18n/de.json', '{"url": "http://x"}'],
  ['src/orders.py', 'ORDERS_URL = "http://orders"\n'],
  ['README.md', 'ORDERS_URL=http://orders\n'],
  ['node_modules/a/.env', 'ORDERS_URL=http://orders\n'],
])('%s is no configuration of what runs', (file, text) => {
  expect(read(file, text).flatMap(({ settings }) => settings)).toEqual([]);
});

test.each([
  ['SPRING_DATASOURCE_URL', 'spring.datasource.url'],
  ['ConnectionStrings__Orders', 'ConnectionStrings:Orders'],
  ['spring.kafka.bootstrapServers', 'SPRING_KAFKA_BOOTSTRAP-SERVERS'],
  ['routes[0].uri', 'ROUTES_0_URI'],
  ['client."a.B".url', 'CLIENT_A_B_URL'],
])('%s and %s are one key', (a, b) => {
  expect(foldKey(a)).toBe(foldKey(b));
});
