import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sql', text);
const server =
  "create server erp foreign data wrapper postgres_fdw options (host 'a.example', port '5433');\n";

describe('foreign servers and tables', () => {
  test.each<[string, string[]]>([
    [
      "create foreign table s.t (a int) server erp options (schema_name 'x', table_name 'rt');\ninsert into s.t values (1)",
      ['2 <- a.example:5433 postgresql [rt]', '3 -> a.example:5433 postgresql [rt]'],
    ],
    [
      'import foreign schema public from server erp into erpx;\nselect * from erpx.orders, erpx.stock',
      [
        '2 <- a.example:5433 postgresql',
        '3 <- a.example:5433 postgresql [orders]',
        '3 <- a.example:5433 postgresql [stock]',
      ],
    ],
    [
      'import foreign schema public limit to (orders) from server erp into public;\nselect * from orders join other on true',
      ['2 <- a.example:5433 postgresql', '3 <- a.example:5433 postgresql [orders]'],
    ],
    [
      'import foreign schema public from server erp into erpx;\ncreate table erpx.own (a int);\ninsert into erpx.own values (1)',
      ['2 <- a.example:5433 postgresql'],
    ],
    ["select * from dblink('erp', 'select 1') as t(a int)", ['2 <- a.example:5433 postgresql']],
    ['drop server erp', ['1 ?? a.example:5433 postgresql']],
    [
      "comment on table t is 'import foreign schema x from server erp'",
      ['1 ?? a.example:5433 postgresql'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(server + text)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    [
      "create server m foreign data wrapper mysql_fdw options (host 'm.example');\ncreate foreign table t (a int) server m;",
      ['2 <- m.example mysql [t]'],
    ],
    [
      "create server f foreign data wrapper file_fdw;\ncreate foreign table t (a int) server f options (filename '/x.csv');\nselect * from t;",
      [],
    ],
  ])('by wrapper: %s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('functions that reach out', () => {
  test.each<[string, string[]]>([
    ["select http_post('https://a.example/x', '{}', 'application/json')", ['1 -> a.example https']],
    ["select http_put('https://a.example/x', '{}', 'text/plain')", ['1 -> a.example https']],
    ["select http_delete('https://a.example/x')", ['1 ?? a.example https']],
    [
      "select * from http(('PATCH', 'https://a.example/x', null, 'a/b', '{}')::http_request)",
      ['1 -> a.example https'],
    ],
    ["select net.http_post(url := 'https://a.example', body := '{}')", ['1 -> a.example https']],
    [
      "select aws_s3.table_import_from_s3('t', '', '(format csv)', 'bucket', 'in/f.csv', 'eu-west-1')",
      ['1 <- bucket s3 [in/f.csv]'],
    ],
    [
      "select * from aws_s3.query_export_to_s3('select 1', aws_commons.create_s3_uri('bucket', 'out/f.csv', 'eu'))",
      ['1 -> bucket s3 [out/f.csv]'],
    ],
    ['select http_get(my_column)', []],
    ["select my_http_get('https://a.example')", []],
    [
      "create function http_get(uri text) returns text as $$ select 'https://a.example' $$ language sql",
      [],
    ],
    ["insert into log values ('http_get(''https://a.example'')', 'https://a.example')", []],
    ["select 'https://a.example/' || id from t", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('statements inside texts', () => {
  test.each<[string, string[]]>([
    [
      "do $$\nbegin\n  perform dblink_exec('host=a.example', 'update t set a = 1');\nend $$;",
      ['3 -> a.example postgresql'],
    ],
    [
      "create function f() returns void as $body$\nselect http_get('https://a.example');\n$body$ language sql;",
      ['2 <- a.example https'],
    ],
    [
      "do $$ begin execute format('select * from dblink(%L, ''select 1'')', 'host=a.example'); end $$;",
      ['1 <- a.example postgresql'],
    ],
    [
      "select cron.schedule('j', '* * * * *', $$select http_get('https://a.example')$$)",
      ['1 <- a.example https'],
    ],
    [
      "do $$ begin\nexecute 'copy t from program ''curl -s https://' || v_host || '/x''';\nend $$;",
      ['2 unresolved'],
    ],
    ["do $$ begin raise notice 'select http_get(''https://a.example'')'; end $$;", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

test('a parameter of a function is followed to its callers, a variable to what it held before', async () => {
  const text = `create function send(p_url text) returns void as $$
begin
  perform http_post(p_url, '{}', 'application/json');
end $$ language plpgsql;
select send('https://a.example/x');
do $$ declare v text := 'https://b.example'; begin v := http_get(v || '/y'); end $$;`;
  expect(await draw(text)).toEqual(['5 -> a.example https', '6 <- b.example https']);
});

describe('copies and commands', () => {
  test.each<[string, string[]]>([
    ["copy t from program 'curl -s https://a.example/f.csv' csv", ['1 <- a.example https']],
    ["\\copy t from program 'wget -O - http://a.example/f'", ['1 <- a.example http']],
    ['\\! scp /tmp/f.csv u@a.example:/in/', ['1 -> a.example scp [/in/f.csv]']],
    ["copy t to '/tmp/f.csv' csv header", []],
    ["\\copy t from 'f.csv' csv", []],
    [
      "copy t (a, b) from stdin;\n1\tselect http_get('https://no.example')\n2\tx@y\n\\.\nselect http_get('https://a.example');",
      ['5 <- a.example https'],
    ],
    ["alter subscription s connection 'host=a.example dbname=x'", ['1 <- a.example postgresql']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('psql', () => {
  test.each<[string, string[]]>([
    ['\\connect shop me a.example 5433', ['1 ?? a.example:5433 postgresql']],
    ['\\c postgresql://a.example/shop', ['1 ?? a.example postgresql']],
    ['\\c shop', []],
    [
      "\\set host 'a.example'\ncreate server s foreign data wrapper postgres_fdw options (host :'host');\nimport foreign schema x from server s into y;",
      ['3 <- a.example postgresql'],
    ],
    ["\\echo 'select http_get(''https://no.example'')'", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('a variable that no line sets is filled from a configuration file', async () => {
    const { of } = await scan('scripts', {
      'fdw.sql':
        "create server s foreign data wrapper postgres_fdw options (host :'db_host');\nimport foreign schema x from server s into y;",
      '.env': 'DB_HOST=db.acme.internal\n',
    });
    const read = of('connection').filter(({ origin }) => origin.line === 2);
    expect(read.map(({ from }) => from)).toMatchObject([{ host: 'db.acme.internal' }]);
  });

  test('scripts that it includes', async () => {
    const { of } = await scan('scripts', { 'a.sql': "\\i tables.sql\n\\ir 'sub/views.sql'\n" });
    expect(of('calls-script').map(({ script }) => script)).toEqual(['tables.sql', 'sub/views.sql']);
  });
});
