import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sql', text);
const linked = "exec sp_addlinkedserver 'WMS', '', 'SQLNCLI', 'a.example,1444';\n";

describe('linked servers', () => {
  test.each<[string, string[]]>([
    [`${linked}select * from WMS.db.dbo.stock`, ['2 <- a.example:1444 mssql [stock]']],
    [
      "exec master.dbo.sp_addlinkedserver @server = N'ORA', @srvproduct = N'Oracle', @provider = N'OraOLEDB.Oracle', @datasrc = N'//o.example:1521/X'\nselect * from ORA..HR.EMP",
      ['2 <- o.example:1521 oracle [emp]'],
    ],
    [
      "exec sp_addlinkedserver 'M', '', 'MSDASQL', NULL, NULL, 'DRIVER={MySQL ODBC 8.0};SERVER=m.example;PORT=3307;'\nselect * from openquery(M, 'select 1')",
      ['2 <- m.example:3307 mysql'],
    ],
    [
      "exec sp_addlinkedserver 'X', 'Excel', 'Microsoft.ACE.OLEDB.12.0', '\\\\fs.example\\in\\a.xls'\nselect * from X...Sheet1$",
      ['2 <- fs.example smb [sheet1$]'],
    ],
    [
      "exec sp_addlinkedserver 'X', 'Excel', 'Microsoft.ACE.OLEDB.12.0', 'C:\\in\\a.xls'\nselect * from X...Sheet1$",
      [],
    ],
    [
      `${linked}create synonym s for WMS.db.dbo.orders;\nupdate s set a = 1`,
      ['3 -> a.example:1444 mssql [orders]'],
    ],
    [
      `${linked}declare @sql nvarchar(max) = N'select * from WMS.db.dbo.stock'\nexec sp_executesql @sql`,
      ['2 <- a.example:1444 mssql [stock]'],
    ],
    [`${linked}print 'select * from WMS.db.dbo.stock'`, ['1 ?? a.example:1444 mssql']],
    [
      `${linked}insert into log values ('select * from WMS.db.dbo.stock')`,
      ['1 ?? a.example:1444 mssql'],
    ],
    [`${linked}select a.b.c.d from t`, ['1 ?? a.example:1444 mssql']],
    ['select * from #temp\n#nothing here', []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

test('parameters at the beginning of a line are no scripts to run', async () => {
  const { of } = await scan('scripts', {
    'a.sql':
      'create procedure p\n  @name nvarchar(99) = null,\n  @debug bit\nas\nexec q\n@name,\n@debug;\n',
  });
  expect(of('calls-script')).toEqual([]);
});

describe('rowsets, files and requests', () => {
  test.each<[string, string[]]>([
    [
      "select * from openrowset('SQLNCLI', 'Server=a.example;Trusted_Connection=yes;', 'select * from t')",
      ['1 <- a.example mssql'],
    ],
    [
      "select * from openrowset('SQLNCLI', 'a.example';'sa';'hunter2', 'select * from t')",
      ['1 <- a.example mssql'],
    ],
    [
      "insert into opendatasource('SQLNCLI', 'Data Source=a.example;User ID=u;Password=p').db.dbo.t select 1",
      ['1 -> a.example mssql [t]'],
    ],
    [
      "select * from openrowset(bulk '\\\\fs.example\\in\\f.csv', single_clob) x",
      ['1 <- fs.example smb [in/f.csv]'],
    ],
    [
      "bulk insert dbo.t from '\\\\fs.example\\in\\f.csv' with (firstrow = 2)",
      ['1 <- fs.example smb [in/f.csv]'],
    ],
    ["bulk insert dbo.t from 'C:\\in\\f.csv'", []],
    ["backup database d to disk = '\\\\bk.example\\b\\d.bak'", ['1 -> bk.example smb [b/d.bak]']],
    [
      "restore database d from disk = '\\\\bk.example\\b\\d.bak'",
      ['1 <- bk.example smb [b/d.bak]'],
    ],
    ["backup database d to disk = 'D:\\b\\d.bak'", []],
    [
      "create external data source es with (type = RDBMS, location = 'sqlserver://e.example');\ncreate external table et (a int) with (data_source = es, object_name = 'rt');\nselect * from et",
      ['2 <- e.example mssql [rt]', '3 <- e.example mssql [rt]'],
    ],
    [
      "create external data source lake with (location = 'abfss://box@acct.example/');\nbulk insert t from 'in/f.csv' with (data_source = 'lake')",
      ['2 <- acct.example abfss [in/f.csv]'],
    ],
    ["exec xp_cmdshell 'curl -T f.csv ftp://a.example/in/'", ['1 -> a.example ftp']],
    ["exec xp_cmdshell 'dir C:\\'", []],
    [
      "declare @u varchar(200) = 'https://a.example/api';\nexec sp_OAMethod @o, 'open', NULL, 'POST', @u, 'false'",
      ['2 -> a.example https'],
    ],
    ["exec sp_OAMethod @o, 'setRequestHeader', NULL, 'Host', 'https://a.example'", []],
    [
      "exec sp_invoke_external_rest_endpoint @url = N'https://a.example/x', @method = 'GET'",
      ['1 <- a.example https'],
    ],
    [
      "exec msdb.dbo.sp_send_dbmail @recipients = 'a@b.example', @body = 'see https://no.example'",
      ['1 unresolved'],
    ],
    [
      "exec sp_addsubscription @publication = N'pub', @subscriber = N'SUB1'",
      ['1 -> sub1 mssql [pub]'],
    ],
    [
      "exec sp_addpullsubscription @publisher = N'PUB1', @publication = N'pub'",
      ['1 <- pub1 mssql [pub]'],
    ],
    ["create route r with address = 'TCP://a.example:4022'", ['1 -> a.example:4022 tcp']],
    [
      "exec msdb.dbo.sp_add_jobstep @subsystem = N'CmdExec', @command = N'curl http://a.example/x'",
      ['1 <- a.example http'],
    ],
    [
      "exec msdb.dbo.sp_add_jobstep @subsystem = N'TSQL', @command = N'curl http://a.example/x'",
      [],
    ],
    [':setvar SRV a.example\n:connect $(SRV)\nselect 1', ['2 ?? a.example mssql']],
    ["-- exec xp_cmdshell 'curl http://a.example'", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('no login is in any fact', async () => {
    const { of } = await scan('scripts', {
      'a.sql':
        "select * from openrowset('SQLNCLI', 'a.example';'sa';'hunter2', 'select * from t')\n" +
        "select * from opendatasource('SQLNCLI', 'Data Source=b.example;User ID=u;Password=hunter3').d.s.t\n" +
        "create table f (a int) engine=federated connection='mysql://u:hunter4@c.example/d/t';\n",
    });
    expect(of('connection')).toHaveLength(3);
    expect(JSON.stringify([of('connection'), of('address')])).not.toMatch(/hunter/);
  });
});
