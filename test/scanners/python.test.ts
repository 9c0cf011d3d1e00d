import { describe, expect, test } from 'vitest';
import { drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> => drawScript('a.py', `${text}\n`);

describe('clients', () => {
  test.each<[string, string[]]>([
    ["import requests\nrequests.get('http://a.example/x')", ['2 <- a.example http']],
    ["import requests as r\nr.post(url='http://a.example', json={})", ['2 -> a.example http']],
    ["from requests import put as p\np('http://a.example')", ['2 -> a.example http']],
    ["import requests\nrequests.request('PUT', 'http://a.example')", ['2 -> a.example http']],
    ["import requests\nrequests.delete('http://a.example')", ['2 ?? a.example http']],
    [
      "import requests\nwith requests.Session() as s:\n    s.post('http://a.example')",
      ['3 -> a.example http'],
    ],
    [
      "import httpx\nwith httpx.Client(base_url='http://a.example') as c:\n    c.get('/x')",
      ['3 <- a.example http'],
    ],
    [
      "import httpx\nwith httpx.stream('GET', 'http://a.example') as r, open('d.bin', 'wb') as fh:\n    pass",
      ['2 <- a.example http'],
    ],
    [
      "import httpx\nurl = 'http://a.example'\nreq = exponential_backoff(httpx.get, url, timeout=20)",
      ['3 <- a.example http'],
    ],
    [
      "import aiohttp\nasync def f():\n    async with aiohttp.ClientSession() as s:\n        async with s.get('http://a.example') as r: pass",
      ['4 <- a.example http'],
    ],
    [
      "from urllib.request import urlopen, Request\nurlopen(Request('http://a.example', data=b'x'))",
      ['2 -> a.example http'],
    ],
    ['import urllib2\nprint "OK"\nurllib2.urlopen(\'http://a.example\')', ['3 <- a.example http']],
    [
      'import psycopg2\nc = psycopg2.connect(host=\'a.example\', dbname=\'x\')\ncur = c.cursor()\ncur.execute(\'select * from t\')\nwith c.cursor() as d:\n    d.execute("""insert into u\n values (1)""")',
      ['4 <- a.example postgresql [t]', '6 -> a.example postgresql [u]'],
    ],
    [
      "import psycopg2\nwith psycopg2.connect('host=a.example dbname=x') as c, c.cursor() as cur:\n    cur.execute('update t set a=1')",
      ['3 -> a.example postgresql [t]'],
    ],
    [
      "import psycopg2\nc = psycopg2.connect('host=a.example')\nc.cursor().copy_expert('copy z to stdout', f)",
      ['3 <- a.example postgresql [z]'],
    ],
    [
      "import psycopg2\nCFG = {'host': 'a.example'}\npsycopg2.connect(**CFG).cursor().execute('UPDATE a SET b=1')",
      ['3 -> a.example postgresql [a]'],
    ],
    [
      "import pymysql\npymysql.connect(host='a.example').cursor().execute('select 1 from t')",
      ['2 <- a.example mysql [t]'],
    ],
    [
      "import cx_Oracle\ncx_Oracle.connect('scott/tiger@a.example:1521/X')",
      ['2 ?? a.example:1521 oracle'],
    ],
    [
      "import cx_Oracle\ncx_Oracle.connect('u', 'p', cx_Oracle.makedsn('a.example', 1521, 'X'))",
      ['2 ?? a.example:1521 oracle'],
    ],
    [
      "import pyodbc\nc = pyodbc.connect('DRIVER={SQL Server};SERVER=tcp:a.example\\\\INST,1433;UID=u')\nc.execute('select * from t')",
      ['3 <- a.example mssql [t]'],
    ],
    [
      "from sqlalchemy import create_engine\nimport pandas as pd\ne = create_engine('postgresql+psycopg2://a.example/x')\npd.read_sql('select a from b', e)",
      ['4 <- a.example postgresql [b]'],
    ],
    [
      "import paramiko\nt = paramiko.Transport(('a.example', 22))\ns = paramiko.SFTPClient.from_transport(t)\ns.put('/tmp/a', '/in/a')\ns.get('/out/b', '/tmp/b')",
      ['4 -> a.example sftp [/in/a]', '5 <- a.example sftp [/out/b]'],
    ],
    [
      "import paramiko\nssh = paramiko.SSHClient()\nssh.connect('a.example')\nssh.open_sftp().put('/tmp/a', '/in/a')",
      ['4 -> a.example sftp [/in/a]'],
    ],
    [
      "from ftplib import FTP\nf = FTP('a.example')\nf.retrbinary('RETR x', open('x', 'wb').write)\nf.storbinary('STOR y', open('y', 'rb'))",
      ['3 <- a.example ftp', '4 -> a.example ftp'],
    ],
    [
      "from kafka import KafkaProducer, KafkaConsumer\nKafkaProducer(bootstrap_servers=['a.example:9092']).send('o', b'')\nKafkaConsumer('s', bootstrap_servers='b.example:9092')",
      ['2 -> a.example:9092 kafka [o]', '3 <- b.example:9092 kafka [s]'],
    ],
    [
      "import paho.mqtt.client as mqtt\nc = mqtt.Client()\nc.connect('a.example', 1883)\nc.publish('a/b', 'x')\nc.subscribe('c')",
      ['4 -> a.example mqtt [a/b]', '5 <- a.example mqtt [c]'],
    ],
    [
      "import smtplib\nwith smtplib.SMTP('a.example', 25) as s:\n    s.send_message(m)",
      ['3 -> a.example smtp'],
    ],
    [
      "import socket\ns = socket.create_connection(('a.example', 2575))\ns.sendall(b'')",
      ['3 -> a.example mllp'],
    ],
    [
      "import socket\ns = socket.socket()\ns.connect(('a.example', 6661))\ns.sendall(b'')",
      ['4 -> a.example mllp'],
    ],
    [
      "import subprocess, os\nsubprocess.run(['curl', '-X', 'POST', 'http://a.example'])\nos.system('scp x b.example:/y')",
      ['2 -> a.example http', '3 -> b.example scp [/y]'],
    ],
  ])('%s', async (text, expected) => {
    expect(await draw(text)).toEqual(expected);
  });

  test.each([
    "def get(u): pass\nget('http://no.example')\nd = {}\nd.get('http://no.example')",
    "class requests: pass\nrequests.get('http://no.example')",
    "from mylib import requests\nrequests.get('http://no.example')",
    "import requests\n# requests.get('http://no.example')\n'''requests.get('http://no.example')'''",
    'import requests\nprint(\'requests.get("http://no.example")\')',
    "from rdflib import URIRef\nURIRef('http://rs.tdwg.org/dwc/terms/Occurrence')",
    "import subprocess\nsubprocess.run(['sudo', '-u', 'postgres', 'psql', 'x', '-c', '\"%s\"' % query])",
    'import requests\ns = requests.Session()',
  ])('no connection: %s', async (text) => {
    expect(await draw(text)).toEqual([]);
  });
});

describe('values', () => {
  const get = (text: string): Promise<string[]> =>
    draw(`import os, requests\nfrom urllib.parse import urljoin\n${text}`);
  test.each<[string, string[]]>([
    ["U = ('http://a.example/x?'\n  'period=2')\nrequests.get(U)", ['5 <- a.example http']],
    [
      "H = os.environ.get('H', 'a.example')\nrequests.get(f'http://{H}/x')",
      ['4 <- a.example http'],
    ],
    [
      "requests.get(f\"http://{os.getenv('E', 'a.example')}:{os.getenv('P', '8011')}/mcp\")",
      ['3 <- a.example:8011 http'],
    ],
    ["U = os.environ.get('U') or 'http://a.example'\nrequests.get(U)", ['4 <- a.example http']],
    ["requests.get(os.environ['U'] + '/x')", ['3 unresolved']],
    [
      "C = 'a.example'\nrequests.get('http://{cart}:8080/cart/{id}'.format(cart=C, id=id))",
      ['4 <- a.example:8080 http'],
    ],
    ["requests.get('http://{}/{}'.format('a.example', x))", ['3 <- a.example http']],
    ["requests.get('http://%s:%d/x' % ('a.example', 80))", ['3 <- a.example:80 http']],
    ["requests.get('http://%(h)s/x' % {'h': 'a.example'})", ['3 <- a.example http']],
    ["requests.get(urljoin('http://a.example/v1', 'x'))", ['3 <- a.example http']],
    [
      "def a():\n  url = 'http://a.example'\n  requests.get(url)\ndef b():\n  requests.get(url)",
      ['5 <- a.example http', '7 unresolved'],
    ],
    [
      "class A:\n  def __init__(self):\n    self.base = 'http://a.example'\n    self.s = requests.Session()\n  def go(self):\n    return self.s.get(self.base + '/x')",
      ['8 <- a.example http'],
    ],
    ["def go():\n  requests.get(URL + '/x')\nURL = 'http://a.example'", ['4 <- a.example http']],
    ["def go(url='http://a.example'):\n  requests.get(url)", ['4 <- a.example http']],
    [
      "def a():\n  url = 'http://a.example'\n  requests.get(url)\ndef b(url):\n  requests.get(url)\ndef c():\n  requests.get(url)",
      ['5 <- a.example http', '7 unresolved', '9 unresolved'],
    ],
    [
      "[requests.get(u) for u in ['http://a.example']]\nif (r := requests.get('http://b.example')): pass",
      ['3 <- a.example http', '4 <- b.example http'],
    ],
  ])('%s', async (text, expected) => {
    expect(await get(text)).toEqual(expected);
  });

  test('rows that were read and rows that are sent are joined by the value', async () => {
    const text =
      "import psycopg2, requests\ncur = psycopg2.connect('host=a.example').cursor()\ncur.execute('select * from t')\nrows = [r[0] for r in cur.fetchall()]\nrequests.post('http://b.example', json=rows)\nrequests.post('http://c.example', json=[])\n";
    const { of } = await scan('scripts', { 'a.py': text });
    const sent = of('connection').filter(({ initiator }) => initiator === 'from');
    expect(sent.map(({ localFiles }) => localFiles?.length === 0)).toEqual([false, true]);
  });
});
