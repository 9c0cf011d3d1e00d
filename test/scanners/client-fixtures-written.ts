import { phpHandedOver } from '../../src/scanners/scripts/clients/php.ts';
import { both, each, type Fixture } from './client-fixtures.ts';
import {
  csharpFixtures,
  javaFixtures,
  perlFixtures,
  powershellFixtures,
} from './client-fixtures-typed.ts';

const python: readonly Fixture[] = [
  ...(
    [
      ['postgresql', "'ENGINE': 'django.db.backends.postgresql'"],
      ['mysql', "'ENGINE': 'django.db.backends.mysql'"],
      ['oracle', "'ENGINE': 'django.db.backends.oracle'"],
      ['mssql', "'ENGINE': 'mssql'"],
      ['mongodb', "'ENGINE': 'djongo'"],
    ] as const
  ).map(([, engine]) => ({
    positive: `DATABASES = {'default': {${engine}, 'HOST': 'far.example', 'NAME': 'shop'}}\n`,
    negative: `OFFICES = {'default': {${engine}, 'HOST': 'far.example', 'NAME': 'shop'}}\n`,
  })),
  ...(
    [
      ['SQLALCHEMY_DATABASE_URI', 'postgresql://far.example/shop'],
      ['CELERY_BROKER_URL', 'amqp://far.example'],
      ['REDIS_URL', 'redis://far.example'],
      ['MONGO_URI', 'mongodb://far.example/shop'],
      ['EMAIL_HOST', 'far.example'],
    ] as const
  ).map(([name, value]) => ({
    positive: `app.config['${name}'] = '${value}'\n`,
    negative: `app.labels['${name}'] = '${value}'\n`,
  })),
  {
    positive: "CACHES = {'default': {'LOCATION': 'redis://far.example:6379/1'}}\n",
    negative: "HABITS = {'default': {'LOCATION': 'redis://far.example:6379/1'}}\n",
  },
  {
    positive:
      "from locust import HttpUser\nclass Visitor(HttpUser):\n  host = 'http://far.example'\n  def go(self):\n    self.client.post('/orders')\n",
    negative:
      "from own import Walker\nclass Visitor(Walker):\n  host = 'http://far.example'\n  def go(self):\n    self.client.post('/orders')\n",
  },
  ...each(['paramiko', 'paramiko.client'], (module) => ({
    positive: `from ${module} import SSHClient\nssh = SSHClient()\nssh.connect('far.example')\nsftp = ssh.open_sftp()\nsftp.put('a.csv', '/in/a.csv')\n`,
    negative: `from own import SSHClient\nssh = SSHClient()\nssh.connect('far.example')\nsftp = ssh.open_sftp()\nsftp.put('a.csv', '/in/a.csv')\n`,
  })),
  {
    positive:
      "import paramiko\nt = paramiko.Transport(('far.example', 22))\nt.open_sftp_client().get('/out/a.csv', 'a.csv')\n",
    negative:
      "from own import paramiko\nt = paramiko.Transport(('far.example', 22))\nt.open_sftp_client().get('/out/a.csv', 'a.csv')\n",
  },
  {
    positive:
      "import asyncssh\nasync def run():\n  async with asyncssh.connect('far.example') as c:\n    async with c.start_sftp_client() as sftp:\n      await sftp.put('a.csv', '/in/a.csv')\n",
    negative:
      "from own import asyncssh\nasync def run():\n  async with asyncssh.connect('far.example') as c:\n    async with c.start_sftp_client() as sftp:\n      await sftp.put('a.csv', '/in/a.csv')\n",
  },
  {
    positive:
      "from paramiko import SSHClient\nfrom scp import SCPClient\nssh = SSHClient()\nssh.connect('far.example')\nscp = SCPClient(ssh.get_transport())\nscp.put('a.csv', '/in')\nscp.get('/out/b.csv')\n",
    negative:
      "from own import SSHClient, SCPClient\nssh = SSHClient()\nssh.connect('far.example')\nscp = SCPClient(ssh.get_transport())\nscp.put('a.csv', '/in')\nscp.get('/out/b.csv')\n",
  },
  {
    positive: "import shutil\nshutil.copy('smb://far.example/in/a.csv', '/tmp/a.csv')\n",
    negative: "import shutil\nshutil.copy('/mnt/in/a.csv', '/tmp/a.csv')\n",
  },
  {
    positive: "import shutil\nshutil.copy('/tmp/a.csv', 'smb://far.example/in/a.csv')\n",
    negative: "import shutil\nshutil.copy('/tmp/a.csv', '/mnt/in/a.csv')\n",
  },
  ...each(
    [
      "pandas.read_sql('select 1 from orders', connection)",
      "pandas.read_sql_query('select 1 from orders', connection)",
      "pandas.read_sql_table('orders', connection)",
      "pandas.DataFrame(rows).to_sql('orders', connection)",
      "geopandas.read_postgis('select 1 from orders', connection)",
      "geopandas.GeoDataFrame.from_postgis('select 1 from orders', connection)",
      "polars.read_database('select 1 from orders', connection)",
      "dask.dataframe.read_sql_table('orders', connection)",
      "psycopg2.extras.execute_values(connection, 'insert into orders values %s', rows)",
      "psycopg2.extras.execute_batch(connection, 'insert into orders values %s', rows)",
      'elasticsearch.helpers.bulk(connection, rows)',
      'elasticsearch.helpers.streaming_bulk(connection, rows)',
      "elasticsearch.helpers.scan(connection, index='orders')",
      'opensearchpy.helpers.bulk(connection, rows)',
    ],
    (call) => {
      const isSearch = call.includes('.helpers.');
      const library = isSearch ? call.replace(/\..*$/s, '') : 'psycopg2';
      const opened = isSearch
        ? `${library}.${library === 'elasticsearch' ? 'Elasticsearch' : 'OpenSearch'}('http://far.example:9200')`
        : "psycopg2.connect(host='far.example')";
      const imports = [...new Set([library, call.replace(/\..*$/s, '')])].join(', ');
      return both(
        (own) =>
          `${own ? 'from own import' : 'import'} ${imports}\nconnection = ${opened}\n${call}\n`,
      );
    },
  ),
  ...each(['csv', 'json', 'excel', 'parquet', 'file', 'xml', 'html', 'feather'], (format) => ({
    positive: `import pandas as pd\nframe = pd.DataFrame(rows)\nframe.to_${format}('s3://far.example/orders')\n`,
    negative: `import pandas as pd\nframe = pd.DataFrame(rows)\nframe.to_${format}('orders.${format}')\n`,
  })),
];

const goImport = (own: boolean, ...paths: readonly string[]): string =>
  `package main\nimport (${paths.map((path) => `"${own ? `example.org/own/${path}` : path}"`).join('; ')})\nfunc main() {\n`;

const go: readonly Fixture[] = [
  both(
    (own) =>
      `${goImport(own, 'golang.org/x/crypto/ssh', 'github.com/pkg/sftp')}conn, _ := ssh.Dial("tcp", "far.example:22", config)\nclient, _ := sftp.NewClient(conn)\nclient.Open("/a")\nclient.ReadDir("/a")\nclient.Create("/a")\nclient.OpenFile("/a", 0)\nclient.Remove("/a")\n}\n`,
  ),
  both(
    (own) =>
      `${goImport(own, 'github.com/twmb/franz-go/pkg/kgo')}client, _ := kgo.NewClient(kgo.SeedBrokers("far.example:9092"))\nclient.Produce(ctx, &kgo.Record{Topic: "orders"}, nil)\nclient.ProduceSync(ctx, &kgo.Record{Topic: "orders"})\nclient.PollFetches(ctx)\n}\n`,
  ),
];

const ruby: readonly Fixture[] = [
  {
    positive: "ActionMailer::Base.smtp_settings = { address: 'far.example', port: 25 }\n",
    negative: "ActionMailer::Base.own_settings = { address: 'far.example', port: 25 }\n",
  },
];

const opensOfPhp: readonly (readonly [functions: RegExp, opened: string])[] = [
  [/^ftp_/, "ftp_connect('far.example')"],
  [/^ssh2_/, "ssh2_connect('far.example')"],
  [/^ldap_/, "ldap_connect('ldap://far.example')"],
  [/^mysqli_/, "mysqli_connect('far.example')"],
  [/^pg_/, "pg_connect('host=far.example')"],
  [/^oci_/, "oci_connect('u', $p, '//far.example/X')"],
  [/^sqlsrv_/, "sqlsrv_connect('far.example')"],
  [/^odbc_/, "odbc_connect('Driver=x;Server=far.example')"],
  [/^mysql_/, "mysql_connect('far.example')"],
];

/** The functions of PHP that are given the connection to use. */
const phpFunctions: readonly Fixture[] = each(Object.keys(phpHandedOver), (name) => {
  const opened = opensOfPhp.find(([functions]) => functions.test(name))?.[1] ?? '';
  const given = name === 'mysql_query' ? "'select 1 from orders', $c" : "$c, 'orders', 'select 1'";
  return both(
    (own) =>
      `<?php\n${own ? `namespace Own; function ${opened.replace(/\(.*$/, '')}(...$all) { return null; }` : ''}\n$c = ${opened};\n${name}(${given});\n`,
  );
});

const php: readonly Fixture[] = [
  ...phpFunctions,
  both(
    (own) =>
      `<?php\nuse ${own ? 'Own' : 'Symfony'}\\Component\\Mailer\\Mailer;\nuse ${own ? 'Own' : 'Symfony'}\\Component\\Mailer\\Transport;\n$mailer = new Mailer(Transport::fromDsn('smtp://far.example:25'));\n$mailer->send($mail);\n`,
  ),
  both(
    (own) =>
      `<?php\n${own ? 'namespace Own; class Swift_Mailer {} class Swift_SmtpTransport {}' : ''}\n$mailer = new Swift_Mailer(new Swift_SmtpTransport('far.example', 25));\n$mailer->send($mail);\n`,
  ),
];

const typescript: readonly Fixture[] = [
  ...each(['$', 'jQuery'], (name) => ({
    positive: `${name}('#orders').load('https://far.example/orders');\n`,
    negative: `${name === '$' ? "import $ from './own.js';" : "import jQuery from './own.js';"}\n${name}('#orders').load('https://far.example/orders');\n`,
  })),
];

/** Scripts for the clients that no mechanical sentence opens, by language. */
export const writtenFixtures: Readonly<Record<string, readonly Fixture[]>> = {
  python,
  go,
  ruby,
  php,
  typescript,
  java: javaFixtures,
  csharp: csharpFixtures,
  powershell: powershellFixtures,
  perl: perlFixtures,
};
