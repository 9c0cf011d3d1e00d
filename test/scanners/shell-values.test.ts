import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.sh', `${text}\n`);

describe('branches', () => {
  test.each<[string, string[]]>([
    [
      'if [ "$E" = prod ]; then H=a.example; else H=b.example; fi\nU="https://$H/x"\ncurl "$U"',
      ['3 <- a.example https', '3 <- b.example https'],
    ],
    [
      'case $1 in\n a) H=a.example;;\n *) H=b.example;;\nesac\nscp x $H:/y',
      ['5 -> a.example scp [/y]', '5 -> b.example scp [/y]'],
    ],
    ['if [ -z "$H" ]; then H=a.example; fi\ncurl http://$H/x', ['2 <- a.example http']],
    [': "${H:=a.example}"\ncurl http://$H', ['2 <- a.example http']],
    ['H=a.example\nif x; then H=b.example; curl http://$H; fi', ['2 <- b.example http']],
    [
      'for n in web{1..3}; do scp x $n:/y; done',
      ['1 -> web1 scp [/y]', '1 -> web2 scp [/y]', '1 -> web3 scp [/y]'],
    ],
    ['U=http://a.example/x.csv\ncurl "${U%.csv}"', ['2 <- a.example http']],
    ['U=http://a.example/x\ncurl "http://b.example/${U##*/}"', ['2 <- b.example http']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('functions', () => {
  test.each<[string, string[]]>([
    [
      'get() { curl -o "$2" "https://$1/x"; }\nget a.example /tmp/a\nget b.example /tmp/b',
      ['1 <- a.example https', '1 <- b.example https'],
    ],
    ['retry() { "$@"; }\nretry curl http://a.example', ['1 <- a.example http']],
    ['run() { eval "$1"; }\nrun "curl http://a.example"', ['1 <- a.example http']],
    ['f() { shift; scp x $1:/y; }\nf now a.example', ['1 -> a.example scp [/y]']],
    ['function f { g $1; }\ng() { curl http://$1; }\nf a.example', ['2 <- a.example http']],
    ['f() { f $1; curl http://$1; }\nf a.example', ['1 <- a.example http']],
    ['f() { curl http://$1; }', ['1 unresolved']],
    ["alias q='psql -h a.example'\nq -c 'select 1 from t'", ['2 <- a.example postgresql [t]']],
    ["find . -name '*.csv' -exec scp {} a.example:/in \\;", ['1 -> a.example scp [/in]']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('files that the script writes itself', () => {
  test.each<[string, string[]]>([
    [
      'cat > /tmp/batch <<EOF\nput /tmp/x in/\nEOF\nsftp -b /tmp/batch u@a.example',
      ['4 -> a.example sftp [in/x]'],
    ],
    ['{ echo open a.example; echo put x y; } | ftp -n', ['1 -> a.example ftp [y]']],
    ['printf "put x\\n" | sftp u@a.example', ['1 -> a.example sftp']],
    [
      'sqlplus /nolog <<EOF\nconnect u/p@//a.example:1521/X\ninsert into t values (1);\nEOF',
      ['1 -> a.example:1521 oracle [t]'],
    ],
    [
      'echo "insert into t values (1)" > /tmp/x.sql\npsql -h a.example -f /tmp/x.sql',
      ['2 -> a.example postgresql [t]'],
    ],
    ['shp2pgsql a.shp t | psql -h a.example', ['1 -> a.example postgresql']],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });
});

describe('other files', () => {
  const drawFiles = async (files: Record<string, string>, file: string): Promise<string[]> => {
    const { evidence } = await scan('scripts', files);
    return drawConnections({
      evidence: evidence.filter(({ origin }) => origin.file === file),
    });
  };

  test('settings fill unset variables', async () => {
    const files = {
      'etl/load.sh': '. ./settings.ini\npsql -h $db_host -c "select 1 from t"\ncurl "${ERP}/x"\n',
      'etl/settings.ini': 'db_host=a.example\nERP=https://b.example\n',
    };
    expect(await drawFiles(files, 'etl/load.sh')).toEqual([
      '2 <- a.example postgresql [t]',
      '3 <- b.example https',
    ]);
  });

  test('a setting comes before the default of the script', async () => {
    const files = {
      'etl/load.sh': 'curl "http://${ERP_HOST:-no.example}/x"\n',
      'etl/.env': 'ERP_HOST=a.example\n',
    };
    expect(await drawFiles(files, 'etl/load.sh')).toEqual(['1 <- a.example http']);
  });

  test('a function of a script that is read', async () => {
    const files = {
      'etl/load.sh': '. ./lib.sh\nsend /tmp/x a.example\n',
      'etl/lib.sh': 'send() {\n  scp "$1" "$2:/in/"\n}\n',
    };
    expect(await drawFiles(files, 'etl/lib.sh')).toEqual(['2 -> a.example scp [/in/*]']);
  });

  test('a command template for other scripts is half a connection', async () => {
    expect(await draw('export db="psql -h ${host} -d x"\nexport PGPASSWORD=y')).toEqual([
      '1 unresolved',
    ]);
    expect(await draw('. ./env.sh\n$db -c "insert into t values (1)"\n$other -c x')).toEqual([
      '2 unresolved',
    ]);
    expect(await draw('. ./env.sh\nshp2pgsql a.shp t | ${db}')).toEqual(['2 unresolved']);
    expect(await draw('db="psql -h a.example"\nshp2pgsql a.shp t | $db')).toEqual([
      '2 -> a.example postgresql',
    ]);
  });
});

test('arrays, backticks and quotes keep their commands', async () => {
  expect(await draw('n=(`export PGPASSWORD=x;psql -t -h a.example -c "select 1 from t"`)')).toEqual(
    ['1 <- a.example postgresql [t]'],
  );
  expect(await draw('X="http://a.example/$(date +%Y)/x"\nwget -q $X')).toEqual([
    '2 <- a.example http',
  ]);
});
