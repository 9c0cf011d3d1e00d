import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sql', text);
const oracle = "create database link fin using '//a.example:1521/FIN';\n";
const linked =
  "exec sp_addlinkedserver @server=N'WMS', @srvproduct=N'', @datasrc=N'a.example\\INST';\n";

describe('Oracle', () => {
  test.each<[string, string[]]>([
    [
      'select * from orders@fin o, stock@fin',
      ['2 <- a.example:1521 oracle [orders]', '2 <- a.example:1521 oracle [stock]'],
    ],
    ['insert into local select * from orders@fin', ['2 <- a.example:1521 oracle [orders]']],
    ['insert into stock@fin values (1)', ['2 -> a.example:1521 oracle [stock]']],
    ['update stock@fin set a=1', ['2 -> a.example:1521 oracle [stock]']],
    ['delete from stock@FIN', ['2 -> a.example:1521 oracle [stock]']],
    [
      'merge into t@fin using d on (1=1) when matched then update set a=1',
      ['2 -> a.example:1521 oracle [t]'],
    ],
    ['select * from "Order Items"@fin', ['2 <- a.example:1521 oracle [order items]']],
    ['begin pkg.proc@fin(1); end;', ['2 ?? a.example:1521 oracle [pkg.proc]']],
    ["execute immediate 'select * from t@fin'", ['2 <- a.example:1521 oracle [t]']],
    ['select 1 from dual -- from t@fin', ['1 ?? a.example:1521 oracle']],
    ["select 'sent from ann@fin' from dual /* join x@fin */", ['1 ?? a.example:1521 oracle']],
  ])('%s', async (text, expected) => {
    expect(await draw(oracle + text)).toEqual(expected);
  });

  test('a link by its description, with a domain in its name', async () => {
    const text =
      'create public database link "WMS.WORLD" connect to a identified by bbbb using\n' +
      '\'(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=a.example)(PORT=1521)))\';\nselect * from t@"WMS.WORLD";';
    const { of } = await scan('scripts', { 'a.sql': text });
    expect(of('address')).toMatchObject([{ name: 'wms.world', target: { host: 'a.example' } }]);
    expect(await draw(text)).toEqual(['3 <- a.example oracle [t]']);
    expect(of('credential')).toMatchObject([{ secret: 'password' }]);
  });

  test('a link that another file defines is an alias', async () => {
    expect(await draw('select a\nFROM BMS.SYNM_BI_V@DWH01TOERP')).toEqual([
      '2 <- alias dwh01toerp database [bms.synm_bi_v]',
    ]);
  });
});

describe('PostgreSQL', () => {
  const server =
    "create server if not exists erp foreign data wrapper postgres_fdw options (host 'a.example', port '5432');\n";
  test.each<[string, string[]]>([
    [
      `${server}import foreign schema public --limit to (x)\n from server erp into erp;`,
      ['2 <- a.example postgresql'],
    ],
    [
      "create server s type 'x' foreign data wrapper oracle_fdw options (dbserver '//a.example/X');\ncreate foreign table t (a int) server s;",
      ['2 <- a.example oracle [t]'],
    ],
    [
      "create server s foreign data wrapper postgres_fdw options (host :'db_host', port :'p');",
      ['1 unresolved'],
    ],
    [
      "select * from dblink('host=a.example dbname=x', 'select * from t') as t(a int)",
      ['1 <- a.example postgresql'],
    ],
    [
      "select * from dblink('host=a.example'::text, $$select * from t where a = ''$$)",
      ['1 <- a.example postgresql'],
    ],
    [
      "select dblink_exec('host=a.example', $q$insert into z values (1)$q$)",
      ['1 -> a.example postgresql'],
    ],
    [
      "select dblink_connect('c', 'host=a.example');\nselect dblink_exec('c', 'insert into z values (''a'')');",
      ['2 -> a.example postgresql'],
    ],
    [
      "select * from dblink('postgresql://a.example:5433/x', 'select 1')",
      ['1 <- a.example:5433 postgresql'],
    ],
    [
      "create subscription s connection 'host=a.example dbname=x' publication p;",
      ['1 <- a.example postgresql'],
    ],
    ["select x\nfrom http_get('https://a.example/api?b=1')", ['2 <- a.example https']],
    ["-- select * from dblink('host=no.example', 'select 1')", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('SQL Server', () => {
  test.each<[string, string[]]>([
    ["select * from openquery(WMS, 'select * from stock')", ['2 <- a.example mssql']],
    ["insert openquery([WMS], 'select a from stock') values (1)", ['2 -> a.example mssql']],
    [
      'select * from [WMS].[db].[dbo].[stock] join x.dbo.y on 1=1',
      ['2 <- a.example mssql [stock]'],
    ],
    ['select * from WMS.db..stock', ['2 <- a.example mssql [stock]']],
    ['insert into WMS.db.dbo.stock values (1)', ['2 -> a.example mssql [stock]']],
    ['delete from WMS.db.dbo.stock', ['2 -> a.example mssql [stock]']],
    ['exec WMS.db.dbo.refresh', ['2 ?? a.example mssql [refresh]']],
    ["exec ('update t set a=1') at WMS", ['2 -> a.example mssql']],
    ['select * from db.dbo.local', ['1 ?? a.example mssql']],
  ])('%s', async (text, expected) => {
    expect(await draw(linked + text)).toEqual(expected);
  });

  test('without a source the server is the host; elsewhere defined it is an alias', async () => {
    expect(await draw("exec sp_addlinkedserver @server='FIN';\nselect * from FIN.a.b.c")).toEqual([
      '2 <- fin mssql [c]',
    ]);
    expect(await draw('select * from OTHER.a.b.c')).toEqual(['1 <- alias other database [c]']);
  });
});
