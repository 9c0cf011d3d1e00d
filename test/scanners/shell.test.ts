import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sh', `${text}\n`);

/** The local files of each connection, in order. */
async function localFiles(text: string): Promise<(readonly string[])[]> {
  const { of } = await scan('scripts', { 'a.sh': `${text}\n` });
  return of('connection').map((item) => item.localFiles ?? []);
}

describe('client programs', () => {
  test.each<[string, string[]]>([
    ['curl http://a.example/x -o /tmp/x', ['1 <- a.example http']],
    ['curl -sS -X POST -d @/tmp/b https://a.example/b', ['1 -> a.example https']],
    ['curl --data-binary "@/tmp/c" https://a.example:8443/c', ['1 -> a.example:8443 https']],
    ['curl -T up.csv ftp://a.example/in/', ['1 -> a.example ftp']],
    ['curl -G -d q=1 https://a.example', ['1 <- a.example https']],
    ['curl -XDELETE https://a.example/1', ['1 ?? a.example https']],
    ['curl --url https://a.example --output x', ['1 <- a.example https']],
    ['curl https://a.example https://b.example', ['1 <- a.example https', '1 <- b.example https']],
    ['curl "https://a.example/api?x=http://other.example"', ['1 <- a.example https']],
    ['wget -q http://a.example/x.csv -O /tmp/x.csv', ['1 <- a.example http']],
    ['wget --post-file=/tmp/z http://a.example/z', ['1 -> a.example http']],
    ['http POST https://a.example/x a=b', ['1 -> a.example https']],
    ['http https://a.example/x', ['1 <- a.example https']],
    ['scp -P 22 /tmp/a user@a.example:/in/', ['1 -> a.example scp [/in/a]']],
    ['scp user@a.example:/out/b.csv /tmp/', ['1 <- a.example scp [/out/b.csv]']],
    ['scp a.example:x b.example:y', ['1 <- a.example scp [x]', '1 -> b.example scp [y]']],
    ['rsync -a -e "ssh -p 22" /srv/web/ user@a.example:/srv/', ['1 -> a.example rsync [/srv/]']],
    ['rsync -a mirror::docs/ /srv/web', ['1 <- mirror rsync [docs/]']],
    ['lftp -e "mirror -R /out /in; quit" ftp://a.example', ['1 -> a.example ftp [/in]']],
    ['smbclient //a.example/share -c "get a.txt"', ['1 <- a.example smb [a.txt]']],
    ['psql -h a.example -c "select * from t"', ['1 <- a.example postgresql [t]']],
    [
      'psql "host=a.example dbname=x" -c "insert into z values (1)"',
      ['1 -> a.example postgresql [z]'],
    ],
    [
      'psql postgres://a.example:5433/x -c "update z set a=1"',
      ['1 -> a.example:5433 postgresql [z]'],
    ],
    ['PGHOST=a.example psql -c "copy t from stdin" < in.csv', ['1 -> a.example postgresql [t]']],
    ['pg_dump -h a.example x | gzip > /tmp/d.gz', ['1 <- a.example postgresql']],
    ['mysql -h a.example -e "update t set a=1"', ['1 -> a.example mysql [t]']],
    ['ionice -c3 mysqldump --host=a.example db > /tmp/d.sql', ['1 <- a.example mysql']],
    ['sqlcmd -S tcp:a.example,1433 -Q "select * from x"', ['1 <- a.example mssql [x]']],
    ['kcat -P -b a.example:9092,b:9092 -t orders', ['1 -> a.example:9092 kafka [orders]']],
    ['kcat -C -b a.example:9092 -t orders', ['1 <- a.example:9092 kafka [orders]']],
    [
      'kafka-console-producer.sh --bootstrap-server a.example:9092 --topic s',
      ['1 -> a.example:9092 kafka [s]'],
    ],
    [
      'kafka-console-consumer --bootstrap-server a.example:9092 --topic s',
      ['1 <- a.example:9092 kafka [s]'],
    ],
    ['mosquitto_pub -h a.example -t a/b -m x', ['1 -> a.example mqtt [a/b]']],
    ['mosquitto_sub -h a.example -t a/b', ['1 <- a.example mqtt [a/b]']],
    ['aws s3 cp /tmp/a s3://bucket/x', ['1 -> bucket s3 [x]']],
    ['gsutil rsync gs://bucket/x /tmp/x', ['1 <- bucket gs [x]']],
    ['ssh user@a.example ls', ['1 ?? a.example ssh']],
    ['ssh user@a.example cat /x > /tmp/y', ['1 <- a.example ssh']],
    ['nc a.example 2575 < msg.hl7', ['1 -> a.example:2575 mllp']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each([
    'echo curl http://no.example/',
    "printf 'wget http://no.example'",
    '# curl http://no.example/',
    'echo "Unable to clone ${GITREPO} from http://no.example"',
    'cat <<EOF\ncurl http://no.example\nEOF',
    'nc -z no.example 80',
    'nc -l 8080',
    'scp a b',
    'rsync -a /srv/a/ /srv/b/',
    'psql -c "select 1"',
    'psql -h localhost -c "select 1"',
    '/bin/mysqldump --single-transaction --user=root $DB',
    'aws s3 ls s3://bucket',
    'curl --version',
    'ls /usr/bin/curl http://no.example',
  ])('no connection: %s', async (text) => {
    expect((await draw(text)).filter((line) => !line.endsWith('unresolved'))).toEqual([]);
  });
});

describe('here-documents', () => {
  test.each<[string, string[]]>([
    [
      'sftp -b - u@a.example <<EOF\nput /tmp/f in/\nget out/g.csv\nEOF',
      ['1 -> a.example sftp [in/f]', '1 <- a.example sftp [out/g.csv]'],
    ],
    [
      'sshpass -p x sftp -oBatchMode=no -b - user@192.0.2.10 << !\nget /data/x.unl\n!',
      ['1 <- 192.0.2.10 sftp [/data/x.unl]'],
    ],
    ['ftp -dni 192.0.2.10 <<eof\nuser a b\nput x.csv\neof', ['1 -> 192.0.2.10 ftp']],
    ['ftp -n <<eof\nopen a.example\nget x.csv\neof', ['1 <- a.example ftp [x.csv]']],
    [
      'sqlplus scott/tiger@//a.example:1521/X <<EOF\nselect * from orders;\nEOF',
      ['1 <- a.example:1521 oracle [orders]'],
    ],
    ['mysql -h a.example <<<"delete from t"', ['1 -> a.example mysql [t]']],
    ['echo ‘END { print “quit” } ‘|ftp -dni 192.0.2.10', ['1 ?? 192.0.2.10 ftp']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('values', () => {
  test.each<[string, string[]]>([
    ['U=https://a.example\ncurl "$U/x"', ['2 <- a.example https']],
    ['H=${H:-a.example}\ncurl "http://$H/y"', ['2 <- a.example http']],
    ['curl "http://${H:-a.example}/y"', ['1 <- a.example http']],
    ['curl "http://$H/y"', ['1 unresolved']],
    ['hosts=(a.example b.example)\ncurl "http://${hosts[1]}/z"', ['2 <- b.example http']],
    [
      'u=(http://a.example http://b.example)\nfor x in "${u[@]}"; do curl $x; done',
      ['2 <- a.example http', '2 <- b.example http'],
    ],
    [
      'M="a.example b.example \\\n c.example"\nfor x in $M\ndo\n  scp -q root@${x}:/logs/*-${d} .\ndone',
      [
        '5 <- a.example scp [/logs/*-*]',
        '5 <- b.example scp [/logs/*-*]',
        '5 <- c.example scp [/logs/*-*]',
      ],
    ],
    ['for i in 1 2 3; do curl http://a.example; done', ['1 <- a.example http']],
    [
      'get="/usr/bin/wget -q"\nbase="http://a.example/x?"\nsrc="${base}t&f=txt"\n$get -O $dest/$hour.gz $src',
      ['4 <- a.example http'],
    ],
    [
      'R=/usr/bin/rsync\nS=a.example\n${R} ${OPT} ${S}::${MOD} ${DEST}',
      ['3 <- a.example rsync [*]'],
    ],
    ['f() { curl -d x "https://a.example/$1"; }\nf now', ['1 -> a.example https']],
    ['export PGPASSWORD=x;psql -t -h $H \\\n -c "select 1"\nH=a.example', ['1 unresolved']],
    ['rsync -az $DIR $HOST:$TO 2>&1 | tee -a $LOG', ['1 unresolved']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test('a literal is sure, a variable less so, a default less still', async () => {
    const text =
      'A=http://a.example\ncurl http://b.example; curl $A; curl ${C:-http://c.example}\n';
    const { of } = await scan('scripts', { 'a.sh': text });
    expect(of('connection').map(({ confidence }) => confidence)).toEqual([1, 0.9, 0.8]);
  });
});

describe('commands inside commands', () => {
  test.each([
    'sudo -u bob timeout 5 curl http://a.example',
    'su - bob -c "curl http://a.example"',
    "sh -c 'curl http://a.example'",
    'eval "curl http://a.example"',
    "trap 'curl http://a.example' EXIT",
    'xargs -n1 curl http://a.example < list',
    '( cd /x && curl http://a.example )',
    '{ curl http://a.example; } > /tmp/j',
    'case $1 in a) curl http://a.example;; esac',
    '! time curl http://a.example',
    'if curl -sf http://a.example; then :; fi',
    '[ "$(curl -s http://a.example)" = ok ]',
    'diff <(curl http://a.example) x',
    'doas curl http://a.example &',
    'X=`curl http://a.example | jq .`',
  ])('%s', async (text) => {
    expect(await draw(text)).toEqual(['1 <- a.example http']);
  });

  test('scripts that are started', async () => {
    const text =
      './run.sh\n. ./env.sh\nsource lib/common.sh\npython3 -u /opt/x.py a\nnohup nice -n 5 /opt/y.pl &\necho z.sh\n';
    const { of } = await scan('scripts', { 'a.sh': text });
    expect(of('calls-script').map(({ script }) => script)).toEqual([
      './run.sh',
      './env.sh',
      'lib/common.sh',
      '/opt/x.py',
      '/opt/y.pl',
    ]);
  });

  test('a remote command is not run here', async () => {
    expect(await draw("ssh gw 'curl http://no.example'")).toEqual(['1 ?? gw ssh']);
  });
});

describe('where the data goes', () => {
  test('redirects, options and pipes', async () => {
    expect(await localFiles('curl http://a.example > /tmp/a')).toEqual([['/tmp/a']]);
    expect(await localFiles('curl http://a.example -o /tmp/a 2> /tmp/err')).toEqual([['/tmp/a']]);
    expect(await localFiles('curl -d @/tmp/b http://a.example')).toEqual([['/tmp/b']]);
    const [fetched, sent] = await localFiles('curl http://a.example | ssh b.example "cat > /x"');
    expect(fetched).toEqual(sent);
  });

  test('through programs that only pass it on', async () => {
    const [[pipe] = [], sent] = await localFiles(
      'pg_dump -h a.example x | gzip | curl -T - http://b.example',
    );
    expect(pipe).toMatch(/^pipe /);
    expect(sent).toContain(pipe);
    const [, packed] = await localFiles(
      'curl http://a.example -o /tmp/a\nsort /tmp/a > /tmp/b\nmv /tmp/b /tmp/c\nscp /tmp/c b.example:/x',
    );
    expect(packed).toContain('/tmp/a');
  });

  test('through a variable', async () => {
    const [fetched, sent] = await localFiles(
      'X=$(curl -s http://a.example)\necho "$X" | psql -h b.example -c "copy t from stdin"',
    );
    expect(fetched).toEqual(['$X']);
    expect(sent).toContain('$X');
  });

  test('data that has nothing to do with each other stays apart', async () => {
    const [first, , third] = await localFiles(
      'curl http://a.example -o /tmp/a\ncurl http://b.example -o /tmp/b\nscp /tmp/b c.example:/x',
    );
    expect(third).not.toContain(first?.[0]);
  });
});
