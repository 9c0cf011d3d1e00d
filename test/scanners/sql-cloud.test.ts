import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sql', text);

describe('MySQL', () => {
  test.each<[string, string[]]>([
    [
      "create table f (a int) engine=FEDERATED connection='mysql://u:p@a.example:3307/db/rt';\nselect * from f",
      ['2 <- a.example:3307 mysql [rt]'],
    ],
    [
      "create server s foreign data wrapper mysql options (HOST 'a.example', DATABASE 'd');\ncreate table f (a int) engine=FEDERATED connection='s/rt';\ninsert into f values (1)",
      ['3 -> a.example mysql [rt]'],
    ],
    ["change master to master_host='a.example', master_port=3310", ['1 <- a.example:3310 mysql']],
    [
      "change replication source to source_host='a.example', source_port=3306",
      ['1 <- a.example mysql'],
    ],
    [
      "load data infile '\\\\\\\\fs.example\\\\in\\\\f.csv' into table t",
      ['1 <- fs.example smb [in/f.csv]'],
    ],
    ["clone instance from 'u'@'a.example':3306 identified by 'x'", ['1 <- a.example mysql']],
    ["load data local infile '/tmp/f.csv' into table t", []],
    ["create table f (a int) engine=InnoDB comment='mysql://a.example/db/t'", []],
    ["# change master to master_host='a.example'", []],
    [
      "grant all on *.* to app@'10.0.0.1', b@localhost;\ncreate user x@h.example identified by 'y'",
      [],
    ],
    ["create definer=root@localhost view v as select 'it\\'s from t@x'", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('Snowflake', () => {
  const stage = "create or replace stage st url='s3://bucket/in/' file_format=(type=csv);\n";
  test.each<[string, string[]]>([
    [`${stage}copy into t from @st/sub/ pattern='.*csv'`, ['2 <- bucket s3 [in/sub/]']],
    [`${stage}copy into @db.s.st/out/ from (select * from t)`, ['2 -> bucket s3 [in/out/]']],
    [`${stage}select $1 from @st/x.csv`, ['2 <- bucket s3 [in/x.csv]']],
    [`${stage}create pipe p as copy into t from @st/p/`, ['2 <- bucket s3 [in/p/]']],
    [`${stage}put file:///tmp/a.csv @st`, ['2 -> bucket s3 [in/a.csv]']],
    [
      `${stage}create external table et (a int) location=@st/ext/ file_format=(type=parquet);\nselect * from et`,
      ['3 <- bucket s3 [in/ext/]'],
    ],
    [stage, ['1 ?? bucket s3 [in/]']],
    ["copy into 's3://b/o/' from t", ['1 -> b s3 [o/]']],
    ["copy into t from 'gcs://b/p.csv'", ['1 <- b gs [p.csv]']],
    [
      "create notification integration n enabled=true type=queue notification_provider=aws_sns direction=outbound aws_sns_topic_arn='arn:aws:sns:eu-west-1:1:orders'",
      ['1 -> sns.eu-west-1.amazonaws.com sns [orders]'],
    ],
    [
      "create notification integration n type=webhook enabled=true webhook_url='https://a.example/hook'",
      ['1 -> a.example https'],
    ],
    [
      "create external function f(a varchar) returns variant api_integration = i as 'https://a.example/f'",
      ['1 <> a.example https'],
    ],
    ["call system$send_email('i', 'a@b.example', 'x', 'y')", ['1 unresolved']],
    ['create stage st;\ncopy into t from @st/x', ['2 <- alias @st - [x]']],
    ["insert into t values ('s3://b/o/', '@st/x')", []],
    ["create function f() returns varchar as 'https://a.example'", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('Redshift, BigQuery and others', () => {
  test.each<[string, string[]]>([
    ["unload ('select * from t') to 's3://b/u/' iam_role 'x'", ['1 -> b s3 [u/]']],
    ["copy t from 's3://b/c/' iam_role 'x' csv", ['1 <- b s3 [c/]']],
    [
      "create external schema es from postgres database 'd' uri 'a.example' port 5432;\nselect * from es.orders",
      ['2 <- a.example postgresql [orders]'],
    ],
    [
      "create external table sp.t (a int) stored as parquet location 's3://b/t/';\nselect * from sp.t",
      ['2 <- b s3 [t/]'],
    ],
    [
      "export data options (uri='gs://b/x-*.csv', format='CSV') as select 1",
      ['1 -> b gs [x-*.csv]'],
    ],
    [
      "load data into d.t from files (format='CSV', uris=['gs://b/in/*.csv'])",
      ['1 <- b gs [in/*.csv]'],
    ],
    ['select * from external_query("p.eu.erp", "select 1")', ['1 <- alias erp database']],
    [
      "create function d.f(x string) returns string remote with connection c options (endpoint='https://a.example/f')",
      ['1 <> a.example https'],
    ],
    ["load data inpath 'hdfs://nn.example/in' into table t", ['1 <- nn.example hdfs [in]']],
    [
      "create table j using jdbc options (url 'jdbc:postgresql://a.example/x', dbtable 'rt');\nselect * from j",
      ['2 <- a.example postgresql [rt]'],
    ],
    [
      "create table k (a int) with ('connector'='kafka', 'topic'='orders', 'properties.bootstrap.servers'='k.example:9092');\ninsert into k select 1",
      ['2 -> k.example:9092 kafka [orders]'],
    ],
    [
      "attach 'host=a.example dbname=x' as pg (type postgres);\nselect * from pg.t",
      ['2 <- a.example postgresql [t]'],
    ],
    ["select * from read_csv('https://a.example/x.csv')", ['1 <- a.example https']],
    [
      "insert into t select * from mysql('a.example:3306', 'db', 'rt', 'u', 'p')",
      ['1 <- a.example:3306 mysql [rt]'],
    ],
    ["select * from remote('a.example:9000', db, t)", ['1 <- a.example:9000 clickhouse']],
    [
      "select systools.httpgetclob('https://a.example/x', '') from sysibm.sysdummy1",
      ['1 <- a.example https'],
    ],
    ["select * from read_csv('local.csv')", []],
    ["select url('x'), mysql('a', 'b') from t", []],
    ["select * from `p.d.INFORMATION_SCHEMA.TABLES` where uri = 'gs://b/x'", []],
    ["create table t (location varchar(99) default 's3://b/x')", []],
    ["select '{{ not_sql }}' from t -- copy t from 's3://b/x'", []],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});
