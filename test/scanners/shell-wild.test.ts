import { describe, expect, test } from 'vitest';
import { drawScript } from './scan.ts';

/** Habits of scripts in the wild that mislead readers, in words of our own. */
describe('shell', () => {
  test.each<[string, string, string[]]>([
    [
      'tool, options, host and module in variables',
      'SYNC=/usr/bin/rsync\nHOST=mirror.example\nMOD=pub\n${SYNC} ${OPTS} ${MORE} ${HOST}::${MOD} ${DEST}',
      ['4 <- mirror.example rsync [pub]'],
    ],
    [
      'tool and host in a function, arguments at the call',
      'mirror() {\n  /usr/bin/rsync $2 rsync://mirror.example/$3 $4\n}\nmirror today -a pub /srv/pub "-e"',
      ['2 <- mirror.example rsync [/pub]'],
    ],
    [
      'a command and its address in variables',
      'tool="/usr/bin/wget -q"\nroot="http://tracker.example/s?"\nsrc="${root}name=a&format=txt"\n$tool -O $dest/$hour.txt.gz $src',
      ['4 <- tracker.example http'],
    ],
    [
      'a module of an rsync server without a user, and a local copy',
      "rsync --timeout 300 -aH --link-dest /srv/old/ --exclude='tmp/' docs01::docs/ /srv/docs/\nrsync -aH /srv/docs/ /srv/old/",
      ['1 <- docs01 rsync [docs/]'],
    ],
    [
      'a JSON text in a variable without quotes',
      'BODY=\'{"type":["a","b"],"deep":true}\'\ncurl -s -X POST http://a.example/x -d ${BODY} -o out.json',
      ['2 -> a.example http'],
    ],
    [
      'words that a broken line leaves behind the address',
      'curl -X POST -d x "http://a.example/x" date +%s',
      ['1 -> a.example http'],
    ],
    [
      'a host without a domain alone',
      'curl front/x\ncurl front',
      ['1 <- front http', '2 <- front http'],
    ],
    [
      'an address in a message',
      'git clone "$REPO" /x || echo "Unable to clone ${REPO} from https://no.example"',
      [],
    ],
    [
      'a second host that is data',
      'curl -s "https://status.example/cgi?type=2&host=db.no.example&service=ping"',
      ['1 <- status.example https'],
    ],
    [
      'a dump of the local server',
      'ionice -c3 /bin/mysqldump --single-transaction --user=root --add-drop-database $DB | gzip > x',
      [],
    ],
    [
      'a list of hosts over several lines',
      'HOSTS="alpha beta \\\n  gamma"\nfor h in $HOSTS\ndo\n  scp -q root@${h}:/var/log/x-${day} .\n  ssh root@$h rm -f /var/log/x-${day}\ndone',
      [
        '5 <- alpha scp [/var/log/x-*]',
        '6 ?? alpha ssh',
        '5 <- beta scp [/var/log/x-*]',
        '6 ?? beta ssh',
        '5 <- gamma scp [/var/log/x-*]',
        '6 ?? gamma ssh',
      ],
    ],
    [
      'an escaped question mark',
      'WEB=web.example\nwget -q http://${WEB}/plot.php\\?var=rain -O ${f}.png',
      ['2 <- web.example http'],
    ],
    [
      'a connection string in quotes of its own, a loader into a client',
      "db_host=db.example\nogr2ogr -f PostgreSQL PG:\"dbname='${db}' host='${db_host}' port='5432'\" in.gpkg -nln t\nsql=\"psql -h ${db_host}\"\nshp2pgsql -D -I a.shp t | ${sql}",
      ['2 -> db.example postgresql [t]', '4 -> db.example postgresql'],
    ],
    [
      'a host without a user, behind a first line that is a comment',
      '# copies the pages to the web server\n#!/usr/bin/env bash\nWEB=web.example\nrsync -azv --delete-after $DIR $WEB:$OUT 2>&1 | tee -a $LOG',
      ['4 -> web.example rsync [*]'],
    ],
    [
      'a here-document that ends at an exclamation mark',
      'sshpass -p $P sftp -oBatchMode=no -b - u@192.0.2.10 << !\nget /data/x.unl\n!',
      ['1 <- 192.0.2.10 sftp [/data/x.unl]'],
    ],
    [
      'typographic quotes that break the script',
      'ftp -dni 192.0.2.10 <<eof\nuser a b\nput x.csv\neof\necho ‘END { print “quit” } ‘|ftp -dni 192.0.2.11',
      ['1 -> 192.0.2.10 ftp', '5 ?? 192.0.2.11 ftp'],
    ],
    [
      'a listing on another host in backticks',
      'FILES=`sshpass -p $P ssh u@192.0.2.10 ls -ltr ${d}*.unl | awk -F" " {\'print $9\'}`',
      ['1 <- 192.0.2.10 ssh'],
    ],
    [
      'a script that is started on another host',
      'sshpass -p $P ssh -o StrictHostKeyChecking=no root@192.0.2.10 sh /opt/load.sh ${d}',
      ['1 ?? 192.0.2.10 ssh'],
    ],
    [
      'the commented twin of a live line',
      '#curl -I "http://192.0.2.85:13015/send?to=$A&text=$T"\ncurl -I "http://192.0.2.85:13015/send?to=$B&text=$T"',
      ['2 <- 192.0.2.85:13015 http'],
    ],
    [
      'an export and a command on one line, continued',
      'HOST=db.example\nexport PGPASSWORD=$P;psql -t -h $HOST -U $U -d $D  \\\n    -c "CREATE TABLE t AS SELECT id FROM s;"',
      ['2 <- db.example postgresql [s]'],
    ],
    [
      'code that is fetched',
      'git clone https://code.example/a/b /opt/b',
      ['1 <- code.example https'],
    ],
    [
      'dotted module names that look like hosts',
      '/opt/app/bin/django import bulk.parsers.ApiParser 2>&1 | tee -a $LOG',
      [],
    ],
    [
      'an address that is handed to a program of its own',
      'ADMIN=admin.example\n/opt/app/bin/django sync -v2 --url http://$ADMIN $DIR',
      ['2 ?? admin.example http'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await drawScript('a.sh', `${text}\n`)).toEqual(expected);
  });
});

describe('Python', () => {
  test.each<[string, string, string[]]>([
    [
      'a client of the local server, started as another user',
      "import subprocess\ncommand = ['sudo', '-u', 'postgres', 'psql', 'bus', '-c', '\"%s\"' % query]\nsubprocess.run(command)",
      [],
    ],
    [
      'a function that is handed over',
      "import httpx\nurl = 'https://ftp.example/x'\nr = patiently(httpx.get, url, timeout=20)",
      ['3 <- ftp.example https'],
    ],
    [
      'texts that stand side by side',
      "import httpx\nhttpx.get(\n  'https://water.example/uv?dd_cd=01&format=rdb&'\n  'period=2&site_no=1'\n)",
      ['2 <- water.example https'],
    ],
    [
      'the beginning of an address that is handed over',
      "import requests\nuri = now.strftime('https://s3.example/%Y%m%d/x.idx')\nr = patiently(\n  requests.get, uri[:-4], headers=h, timeout=30\n)",
      ['3 <- s3.example https'],
    ],
    [
      'two managers in one statement',
      "import httpx\nwith httpx.stream('GET', 'https://a.example/x') as r, open('x', 'wb') as fh:\n  fh.write(r.read())",
      ['2 <- a.example https'],
    ],
    [
      'a namespace that nobody calls',
      "from rdflib import Graph, URIRef\ng = Graph()\ng.query('SELECT * WHERE { ?x a <http://terms.example/Occurrence> }')\nURIRef('http://terms.example/Occurrence')",
      [],
    ],
    [
      'print without brackets',
      'import urllib2\nprint "OK: the API is there"\nurllib2.urlopen(\'http://a.example/x\')',
      ['3 <- a.example http'],
    ],
    [
      'a default that the environment may replace',
      "import os, requests\nclass A:\n  def __init__(self):\n    self.url = f\"http://{os.getenv('H', 'a.example')}:{os.getenv('P', '8011')}/mcp\"\n  def go(self):\n    requests.post(self.url)",
      ['6 -> a.example:8011 http'],
    ],
    [
      'a template with names',
      "import requests\nC = 'cart'\nrequests.get('http://{cart}:8080/cart/{id}'.format(cart=C, id=id))",
      ['3 <- cart:8080 http'],
    ],
    [
      'a name of a configuration that is not there',
      "import requests\nfrom config import API_URL, LOGIN\nrequests.post(API_URL + '/login', json={'login': LOGIN})",
      ['3 unresolved'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await drawScript('a.py', `${text}\n`)).toEqual(expected);
  });
});
