import type { RemoteFunction } from '../../src/scanners/scripts/sql/functions.ts';

const link = "create database link far_link using '//far.example:1521/X';\n";
const linked = "exec sp_addlinkedserver @server=N'far_server', @datasrc=N'far.example';\n";
const server = (wrapper: string): string =>
  `create server far_server foreign data wrapper ${wrapper} options (host 'far.example');\n`;

/** A statement for each way of SQL to reach another system, and how it is drawn. */
export const sqlFixtures: readonly (readonly [kind: string, text: string, drawn: string])[] = [
  [
    'database link',
    `${link}select * from orders@far_link;`,
    '2 <- far.example:1521 oracle [orders]',
  ],
  [
    'insert over a database link',
    `${link}insert into orders@far_link values (1);`,
    '2 -> far.example:1521 oracle [orders]',
  ],
  [
    'synonym over a database link',
    `${link}create synonym o for orders@far_link;\nselect * from o;`,
    '3 <- far.example:1521 oracle [orders]',
  ],
  [
    'view over a database link',
    `${link}create view o as select * from orders@far_link;`,
    '2 <- far.example:1521 oracle [orders]',
  ],
  [
    'procedure over a database link',
    `${link}begin pkg.go@far_link(1); end;`,
    '2 ?? far.example:1521 oracle [pkg.go]',
  ],
  [
    'foreign table',
    `${server('postgres_fdw')}create foreign table o (a int) server far_server;`,
    '2 <- far.example postgresql [o]',
  ],
  [
    'foreign schema',
    `${server('postgres_fdw')}import foreign schema p from server far_server into o;`,
    '2 <- far.example postgresql',
  ],
  [
    'linked server',
    `${linked}select * from far_server.shop.dbo.orders;`,
    '2 <- far.example mssql [orders]',
  ],
  [
    'openquery',
    `${linked}select * from openquery(far_server, 'select * from orders');`,
    '2 <- far.example mssql',
  ],
  ['execute at', `${linked}exec ('delete from orders') at far_server;`, '2 -> far.example mssql'],
  [
    'opendatasource',
    "select * from opendatasource('SQLNCLI', 'Data Source=far.example').shop.dbo.orders;",
    '1 <- far.example mssql [orders]',
  ],
  [
    'openrowset',
    "select * from openrowset('SQLNCLI', 'Server=far.example;', 'select * from orders');",
    '1 <- far.example mssql',
  ],
  [
    'bulk insert',
    "bulk insert orders from '\\\\far.example\\out\\a.csv';",
    '1 <- far.example smb [out/a.csv]',
  ],
  [
    'dblink',
    "select * from dblink('host=far.example', 'select * from orders') as t(a int);",
    '1 <- far.example postgresql',
  ],
  [
    'dblink_exec',
    "select dblink_exec('host=far.example', 'delete from orders');",
    '1 -> far.example postgresql',
  ],
  [
    'federated table',
    "create table o (a int) engine=federated connection='mysql://u@far.example/shop/o';",
    '1 ?? far.example mysql [o]',
  ],
  [
    'connect table',
    "create table o (a int) engine=connect table_type=mysql connection='mysql://u@far.example/shop/o';",
    '1 ?? far.example mysql [o]',
  ],
  [
    'external data source',
    "create external data source s with (location = 'sqlserver://far.example');",
    '1 ?? far.example mssql',
  ],
  [
    'stage',
    "create stage s url = 's3://far.example/in';\ncopy into orders from @s;",
    '2 <- far.example s3 [in]',
  ],
  [
    'copy from a bucket',
    "copy into orders from 's3://far.example/in/';",
    '1 <- far.example s3 [in/]',
  ],
  [
    'copy of Redshift',
    "copy orders from 's3://far.example/in/' iam_role 'x';",
    '1 <- far.example s3 [in/]',
  ],
  [
    'unload',
    "unload ('select * from orders') to 's3://far.example/out/';",
    '1 -> far.example s3 [out/]',
  ],
  [
    'export',
    "export data options (uri = 'gs://far.example/out/*') as select * from orders;",
    '1 -> far.example gs [out/*]',
  ],
  [
    'external table',
    "create external table o (a int) location 's3://far.example/out/';",
    '1 ?? far.example s3 [out/]',
  ],
  [
    'load of a file',
    "load data inpath 'hdfs://far.example/in' into table orders;",
    '1 <- far.example hdfs [in]',
  ],
  [
    'copy from a program',
    "copy orders from program 'curl https://far.example/orders';",
    '1 <- far.example https',
  ],
  [
    'subscription',
    "create subscription s connection 'host=far.example' publication p;",
    '1 <- far.example postgresql',
  ],
  ['replication source', "change master to master_host='far.example';", '1 <- far.example mysql'],
  [
    'attached database',
    "attach 'host=far.example dbname=shop' as shop (type postgres);\nselect * from shop.orders;",
    '2 <- far.example postgresql [orders]',
  ],
  ['connect of SQL*Plus', 'connect u/p@//far.example:1521/X', '1 ?? far.example:1521 oracle'],
  ['connect of psql', '\\c shop u far.example', '1 ?? far.example postgresql'],
  ['connect of sqlcmd', ':connect far.example', '1 ?? far.example mssql'],
  ['command of psql', '\\! curl https://far.example/orders', '1 <- far.example https'],
  ['command of SQL*Plus', 'host curl https://far.example/orders', '1 <- far.example https'],
];

/** A call of a function with its arguments where the table says they are. */
export function callFunction(known: RemoteFunction, name: string): string {
  const isWeb = known.style === 'request-reply' && known.protocol === 'https';
  const values: readonly (readonly [RemoteFunction['address'], string])[] = [
    [known.address, isWeb ? 'https://far.example/x' : 'far.example:5150'],
    [known.port, '5151'],
    [known.method, 'POST'],
    [known.statement, 'select * from orders'],
    [known.resource, 'orders'],
    [known.link, 'far_link'],
    [known.command, 'curl https://far.example/x'],
  ];
  const ordered: string[] = [];
  const named: string[] = [];
  for (const [paths, value] of values) {
    const at = paths?.find((path) => typeof path === 'number') ?? paths?.[0];
    if (typeof at === 'number') ordered[at] ??= `'${value}'`;
    else if (at !== undefined) named.push(`${at} => '${value}'`);
  }
  const given = [...Array.from(ordered, (value) => value ?? "'x'"), ...named].join(', ');
  const before = known.link ? link : '';
  return /^sp_|^xp_/.test(name)
    ? `${before}exec ${name} ${given.replaceAll(/(\w+) =>/g, '@$1 =')};`
    : `${before}select ${name}(${given}) from ${name}(${given});`;
}
