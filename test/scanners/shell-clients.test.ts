import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sh', `${text}\n`);

const connected: readonly [string, string[]][] = [
  ['xh POST https://a.example/x a=b', ['1 -> a.example https']],
  ['http -a u:p GET https://a.example/x', ['1 <- a.example https']],
  ['aria2c -o x https://a.example/x', ['1 <- a.example https']],
  ['lynx -dump https://a.example/x', ['1 <- a.example https']],
  ['websocat wss://a.example/ws', ['1 <> a.example wss']],
  ["grpcurl -d '{}' a.example:50051 orders.Orders/Get", ['1 <> a.example:50051 grpc']],
  ['curl --url smtp://a.example:25 --mail-from x --upload-file m.txt', ['1 -> a.example:25 smtp']],
  ['lftp -u u,p sftp://a.example -e "put x; bye"', ['1 -> a.example sftp']],
  ['lftp -c "open -u u,p a.example; mirror -R /o /i"', ['1 -> a.example ftp [/i]']],
  ['ncftpput -u u -p p a.example /in x.csv', ['1 -> a.example ftp [/in]']],
  ['tftp a.example -c put x', ['1 -> a.example tftp']],
  ['smbget smb://a.example/share/x', ['1 <- a.example smb [/share/x]']],
  ['mount -t nfs a.example:/export /mnt', ['1 <> a.example nfs [/export]']],
  ['mount -t cifs //a.example/share /mnt -o user=x', ['1 <> a.example smb [/share]']],
  ['sshfs u@a.example:/x /mnt', ['1 <> a.example sftp [/x]']],
  ['hdfs dfs -put x hdfs://a.example:8020/in', ['1 -> a.example:8020 hdfs [/in]']],
  ['pscp x u@a.example:/in/', ['1 -> a.example scp [/in/x]']],
  ['robocopy out smb://a.example/in /MIR', ['1 -> a.example smb [/in]']],
  ['winscp.com /command "open sftp://u@a.example" "put x /in/"', ['1 -> a.example sftp [/in/x]']],
  ['net use Z: smb://a.example/in', ['1 <> a.example smb [/in]']],
  ['pg_restore -h a.example -d x x.dump', ['1 -> a.example postgresql']],
  ['pg_dumpall -h a.example > x.sql', ['1 <- a.example postgresql']],
  ['createdb -h a.example x', ['1 -> a.example postgresql']],
  ['mysqlimport -h a.example x t.csv', ['1 -> a.example mysql']],
  ['sqlplus -s u/p@PROD @x.sql', ['1 ?? prod oracle']],
  ['sqlldr userid=u/p@a.example:1521/X control=x.ctl', ['1 -> a.example:1521 oracle']],
  [
    'expdp u/p@//a.example:1521/X dumpfile=x.dmp tables=orders',
    ['1 <- a.example:1521 oracle [orders]'],
  ],
  ['bcp shop.dbo.orders out o.csv -S a.example -T', ['1 <- a.example mssql [shop.dbo.orders]']],
  [
    'bcp shop.dbo.orders in o.csv -S a.example\\\\INST -T',
    ['1 -> a.example mssql [shop.dbo.orders]'],
  ],
  ['osql -S a.example -Q "select 1 from t"', ['1 <- a.example mssql [t]']],
  ['tsql -S a.example <<< "select 1 from t"', ['1 <- a.example mssql [t]']],
  ['isql warehouse u p < x.sql', ['1 ?? warehouse odbc']],
  ["mongosh mongodb://a.example/shop --eval 'db.o.insertOne({})'", ['1 -> a.example mongodb']],
  [
    'mongoexport --host a.example --collection orders --out o.json',
    ['1 <- a.example mongodb [orders]'],
  ],
  ['mongorestore --uri mongodb://a.example x', ['1 -> a.example mongodb']],
  ['redis-cli -h a.example publish orders x', ['1 -> a.example redis [orders]']],
  ['redis-cli -u redis://a.example:6379 get k', ['1 <- a.example:6379 redis [k]']],
  ['clickhouse-client --host a.example -q "select 1 from t"', ['1 <- a.example clickhouse [t]']],
  ['cqlsh a.example -e "select * from t"', ['1 <- a.example cassandra [t]']],
  ['snowsql -a account1 -q "insert into t values (1)"', ['1 -> account1 snowflake [t]']],
  ['beeline -u jdbc:hive2://a.example:10000 -e "select 1 from t"', ['1 <- a.example:10000 hive']],
  ['sqoop import --connect jdbc:mysql://a.example/x --table t', ['1 <- a.example mysql [t]']],
  [
    'ogr2ogr -f PostgreSQL PG:"host=a.example dbname=x" in.gpkg -nln t',
    ['1 -> a.example postgresql [t]'],
  ],
  ['ogr2ogr out.csv PG:"host=a.example dbname=x" t', ['1 <- a.example postgresql']],
  ['osm2pgsql -H a.example -d x x.pbf', ['1 -> a.example postgresql']],
  [
    'kafka-avro-console-producer --broker-list a.example:9092 --topic s',
    ['1 -> a.example:9092 kafka [s]'],
  ],
  [
    'rabbitmqadmin -H a.example publish routing_key=orders payload=x',
    ['1 -> a.example amqp [orders]'],
  ],
  ['amqp-publish -u amqp://a.example -r orders -b x', ['1 -> a.example amqp [orders]']],
  ['nats pub -s nats://a.example:4222 orders x', ['1 -> a.example:4222 nats [orders]']],
  [
    'aws sqs send-message --queue-url https://sqs.a.example/1/orders --message-body x',
    ['1 -> sqs.a.example sqs'],
  ],
  [
    'aws sns publish --topic-arn arn:x:orders --message y',
    ['1 -> sns.amazonaws.com sns [arn:x:orders]'],
  ],
  ['aws s3api get-object --bucket b --key k f', ['1 <- s3.amazonaws.com s3 [b]']],
  ['aws --endpoint-url http://a.example:9000 s3 cp x s3://b/k', ['1 -> a.example:9000 s3 [k]']],
  ['gcloud storage cp x gs://bucket/y', ['1 -> bucket gs [y]']],
  [
    'gcloud pubsub topics publish orders --message x',
    ['1 -> pubsub.googleapis.com pubsub [orders]'],
  ],
  ['bq load shop.orders x.csv', ['1 -> bigquery.googleapis.com bigquery [shop.orders]']],
  [
    'az storage blob upload --account-name acc --container-name c --file f',
    ['1 -> acc.blob.core.windows.net blob [c]'],
  ],
  ['azcopy copy x "https://a.example/c/x?sig=s3cr3ts3cr3t"', ['1 -> a.example blob [c/x]']],
  ['rclone copy x remote:path', ['1 -> remote rclone [path]']],
  ['s3cmd put x s3://bucket/k', ['1 -> bucket s3 [k]']],
  ['telnet a.example 2323', ['1 ?? a.example:2323 telnet']],
  ['kubectl cp ns/pod1:/x y', ['1 <- pod1 kubernetes [/x]']],
  ['kubectl exec -n ns pod1 -- psql -h no.example', ['1 ?? pod1 kubernetes']],
  ['ldapsearch -H ldap://a.example -b dc=x', ['1 <- a.example ldap [dc=x]']],
  ['snmpget -v2c -c public 192.0.2.5 oid', ['1 <- 192.0.2.5 snmp']],
  ['git clone https://a.example/x.git y', ['1 <- a.example https']],
  ['git push git@a.example:x/y.git main', ['1 -> a.example ssh [x/y.git]']],
  ['pip install git+https://a.example/x', ['1 <- a.example https']],
  ['ssh gw "cat > /in/x" < x', ['1 -> gw ssh']],
  ['ssh -N -L 5433:b.example:5432 gw', ['1 ?? gw ssh', '1 ?? b.example:5432 ssh']],
  ['mailx -S smtp=a.example:25 -s x o@b.example', ['1 -> a.example:25 smtp']],
  ['swaks --server a.example --to o@b.example', ['1 -> a.example smtp']],
  ['mail -s x o@b.example < r.txt', ['1 unresolved']],
  ['pqinsert -p x file', ['1 unresolved']],
  ['report-tool --url http://a.example/x y', ['1 ?? a.example http']],
  [
    'java -jar x.jar --spring.datasource.url=jdbc:postgresql://a.example/x',
    ['1 ?? a.example postgresql'],
  ],
];

describe('client programs', () => {
  test.each(connected)('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each(connected)('only spoken of: %s', async (text) => {
    expect(await draw(`# ${text}`)).toEqual([]);
    expect(await draw(`cat <<'EOF'\n${text}\nEOF`)).toEqual([]);
    expect(await draw(`echo '${text.replaceAll("'", '')}'`)).toEqual([]);
  });

  test.each([
    'mount /dev/sda1 /mnt',
    'mongosh --eval "db.o.find()"',
    'redis-cli ping',
    'sqlplus / as sysdba',
    'git status',
    'git push origin main',
    'mail -H',
    'pip install requests',
    'kubectl get pods',
    'aws ec2 describe-instances',
    'gcloud compute list',
    'rclone copy x C:/y',
    'azcopy copy a b',
    'createdb x',
    'ogr2ogr out.gpkg in.shp',
    'robocopy a b',
    'bcp shop.dbo.orders out o.csv -S localhost',
    'report-tool --url /data --host db',
    'logger --server https://no.example x',
    'hdfs dfs -ls /x',
  ])('no connection: %s', async (text) => {
    expect(await draw(text)).toEqual([]);
  });

  test('a signature in an address is in no evidence', async () => {
    const { evidence } = await scan('scripts', {
      'a.sh':
        'azcopy copy x "https://a.example/c?sv=1&sig=s3cr3ts3cr3t"\nsqlplus u/hunter2@a.example @x.sql\nogr2ogr x PG:"host=b.example user=u password=hunter2" y\n',
    });
    expect(evidence.filter(({ kind }) => kind === 'connection')).toHaveLength(3);
    const links = evidence.filter(({ kind }) => kind !== 'credential');
    expect(JSON.stringify(links)).not.toMatch(/hunter2|s3cr3ts3cr3t/);
  });
});
