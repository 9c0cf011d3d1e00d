import { describe, expect, test } from 'vitest';
import { loadSqlReader } from '../../src/scanners/scripts/sql/sql.ts';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sql', text);
const link = "create database link fin using '//a.example:1521/FIN';\n";

describe('database links', () => {
  test.each<[string, string[]]>([
    [
      "create public database link l using '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=b.example)(PORT=1555)))';\nselect 1 from t@l",
      ['2 <- b.example:1555 oracle [t]'],
    ],
    ["create database link l using 'ERP_PROD';\nselect 1 from t@l", ['2 <- erp_prod oracle [t]']],
    [
      "begin dbms_cloud_admin.create_database_link(db_link_name => 'L', hostname => 'c.example', port => '1522'); end;\n/\nselect 1 from t@l",
      ['3 <- c.example:1522 oracle [t]'],
    ],
    [`${link}v := seq.nextval@fin;`, ['2 <- a.example:1521 oracle [seq.nextval]']],
    [`${link}begin purge@fin; end;`, ['2 ?? a.example:1521 oracle [purge]']],
    [`${link}x t@fin%rowtype;`, ['1 ?? a.example:1521 oracle']],
    [`${link}grant select on t to app@fin;`, ['1 ?? a.example:1521 oracle']],
    [
      `${link}begin dbms_file_transfer.put_file('D', 'a.dmp', 'E', 'b.dmp', 'FIN'); end;`,
      ['2 -> a.example:1521 oracle [b.dmp]'],
    ],
    [`${link}h := dbms_datapump.open('IMPORT', 'TABLE', 'FIN');`, ['2 <- a.example:1521 oracle']],
    [`${link}h := dbms_datapump.open('EXPORT', 'TABLE', NULL);`, ['1 ?? a.example:1521 oracle']],
    [
      `${link}begin dbms_aqadm.schedule_propagation('q_orders', 'FIN'); end;`,
      ['2 -> a.example:1521 oracle [q_orders]'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('the password of a link is in no fact', async () => {
    const { evidence } = await scan('scripts', {
      'a.sql':
        "create database link l connect to u identified by hunter2 using '//a.example/X';\nconnect u/hunter3@//b.example/X\n",
    });
    const facts = evidence.filter(({ kind }) => kind !== 'credential');
    expect(facts.length).toBeGreaterThan(2);
    expect(JSON.stringify(facts)).not.toMatch(/hunter/);
  });
});

describe('names that lead over a link', () => {
  test.each<[string, string[]]>([
    ['create synonym s for hr.emp@fin;\nselect * from s', ['3 <- a.example:1521 oracle [hr.emp]']],
    [
      'create or replace public synonym s for emp@fin;\ninsert into s values (1)',
      ['3 -> a.example:1521 oracle [emp]'],
    ],
    ['create synonym s for emp@fin;', ['2 ?? a.example:1521 oracle [emp]']],
    [
      'create synonym s for emp@fin; create synonym s2 for s;\nselect * from s2',
      ['3 <- a.example:1521 oracle [emp]'],
    ],
    [
      'create view v as select a from emp@fin;\nselect * from v',
      ['2 <- a.example:1521 oracle [emp]', '3 <- a.example:1521 oracle [emp]'],
    ],
    [
      'create synonym s for emp@fin;\nwith s as (select 1 from dual) select * from s',
      ['2 ?? a.example:1521 oracle [emp]'],
    ],
    [
      'create synonym emp for hr.emp@fin;\nselect * from hr.emp',
      ['2 ?? a.example:1521 oracle [hr.emp]'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(link + text)).toEqual(expected);
  });
});

describe('packages that reach out', () => {
  test.each<[string, string[]]>([
    ["x := utl_http.request('http://a.example/x');", ['1 <- a.example http']],
    [
      "r := utl_http.begin_request('https://a.example/x', 'POST', 'HTTP/1.1');",
      ['1 -> a.example https'],
    ],
    ["r := utl_http.begin_request(url => 'https://a.example/x');", ['1 <- a.example https']],
    [
      "c := apex_web_service.make_rest_request(p_url => 'https://a.example', p_http_method => 'PUT');",
      ['1 -> a.example https'],
    ],
    [
      "c := apex_web_service.make_request(p_url => 'https://a.example/soap');",
      ['1 <> a.example https'],
    ],
    ["select httpuritype('http://a.example/x').getclob() from dual", ['1 <- a.example http']],
    ["c := utl_smtp.open_connection('mail.example', 2525);", ['1 -> mail.example:2525 smtp']],
    ["utl_mail.send(sender => 'a@b.example', recipients => 'c@d.example');", ['1 unresolved']],
    ["alter system set smtp_out_server = 'mail.example';", ['1 -> mail.example smtp']],
    [
      "c := utl_tcp.open_connection(remote_host => 'a.example', remote_port => 6000);",
      ['1 <> a.example:6000 tcp'],
    ],
    ["s := dbms_ldap.init('ldap.example', 636);", ['1 <- ldap.example:636 ldap']],
    [
      "begin dbms_cloud.copy_data(table_name => 'T', credential_name => 'C', file_uri_list => 'https://objectstorage.eu.example/n/x/f.csv'); end;",
      ['1 <- objectstorage.eu.example https'],
    ],
    [
      "begin dbms_cloud.put_object('C', 'https://os.example/b/f.csv', 'D', 'f.csv'); end;",
      ['1 -> os.example https'],
    ],
    [
      "begin dbms_scheduler.create_job(job_name => 'j', job_type => 'EXECUTABLE', job_action => 'curl http://a.example/x'); end;",
      ['1 <- a.example http'],
    ],
    [
      "create directory d as '\\\\fs.example\\in'; create table t (a int) organization external (default directory d location ('f.csv'));\nselect * from t",
      ['2 <- fs.example smb [in/f.csv]'],
    ],
    // The same words where they are no connection.
    ["x := my_utl.request('http://a.example/x');", []],
    ["log('utl_http.request(''http://a.example'')');", []],
    ["-- utl_http.request('http://a.example')", []],
    ["f := utl_file.fopen('DIR', 'x.csv', 'w');", []],
    [
      "create directory d as '/data/in'; create table t (a int) organization external (default directory d location ('f.csv'));",
      [],
    ],
    ['procedure utl_http.request(p_url varchar2);', []],
    [
      "begin dbms_scheduler.create_job(job_name => 'j', job_type => 'STORED_PROCEDURE', job_action => 'curl'); end;",
      [],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('PL/SQL', () => {
  test('constants, parameters and dynamic statements of a package are followed', async () => {
    const text = `create or replace package body shop as
  c_base constant varchar2(100) := 'https://api.example/v1';
  procedure send(p_path in varchar2) is
    v_sql varchar2(4000);
  begin
    r := utl_http.begin_request(c_base || '/orders/' || p_path, 'POST');
    v_sql := 'insert into queue@fin select * from '
      || v_table;
    execute immediate v_sql;
    open c for 'select a from stock@fin where b = ''x''';
  end;
end;`;
    expect(await draw(link + text)).toEqual([
      '7 -> api.example https',
      '8 -> a.example:1521 oracle [queue]',
      '11 <- a.example:1521 oracle [stock]',
    ]);
  });

  test('an address that a caller gives is found where the routine is called', async () => {
    const text = `create package body p as
  procedure call_it(p_method varchar2, p_url varchar2) is begin r := utl_http.begin_request(p_url, 'GET'); end;
  procedure go is begin
    call_it('a', 'https://one.example/x');
    p.call_it(p_url => 'https://two.example', p_method => 'b');
  end;
end;`;
    expect(await draw(text)).toEqual(['4 <- one.example https', '5 <- two.example https']);
  });

  test('a constant of a package in another file', async () => {
    const { of } = await scan('scripts', {
      'settings.pks':
        "create package settings as\n c_url constant varchar2(99) := 'https://api.example';\nend;",
      'send.pkb': "begin x := utl_http.request(settings.c_url || '/x'); end;",
    });
    expect(of('connection').map(({ from }) => from)).toMatchObject([{ host: 'api.example' }]);
  });
});

describe('SQL*Plus', () => {
  test.each<[string, string[]]>([
    ['host curl -o /tmp/x http://a.example/f', ['1 <- a.example http']],
    ['connect scott/tiger@//a.example:1521/X', ['1 ?? a.example:1521 oracle']],
    [
      "define h = b.example\ncreate database link l using '//&h:1521/X';\nselect 1 from t@l;",
      ['3 <- b.example:1521 oracle [t]'],
    ],
    ['prompt mail to ann@fin.example\nrem select * from t@fin', []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('scripts that it runs', async () => {
    const { of } = await scan('scripts', { 'a.sql': '@load.sql\n@@sub/more\nstart last.sql\n' });
    expect(of('calls-script').map(({ script }) => script)).toEqual([
      'load.sql',
      'sub/more.sql',
      'last.sql',
    ]);
  });
});

test('what other files may use: constants, links and synonyms, and the tables that may be one', async () => {
  const read = await loadSqlReader();
  const { definitions, sites } = read(
    "create database link fin using '//a.example:1522/FIN';\ncreate synonym s for hr.emp@fin;\nselect * from other;\n",
    'a.sql',
  );
  expect(definitions).toEqual({ '@link fin': 'a.example:1522/FIN', '@synonym s': 'hr.emp@fin' });
  expect(sites).toEqual([{ function: '@table other', args: ['pull'], line: 3, column: 10 }]);
});
