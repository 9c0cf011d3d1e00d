import { describe, expect, test } from 'vitest';
import { drawConnections, drawScript, scan } from './scan.ts';

const draw = (text: string): Promise<string[]> =>
  drawScript('a.py', `import os, requests, httpx\n${text}\n`);

describe('texts', () => {
  test.each<[string, string[]]>([
    ["u = 'https://a.example/x.idx'\nrequests.get(u[:-4])", ['3 <- a.example https']],
    ["u = 'https://a.example/x.idx'\nrequests.get(u[8:])", ['3 unresolved']],
    ["requests.get(now.strftime('https://a.example/%Y/%m'))", ['2 <- a.example https']],
    ["requests.get(now().strftime('https://a.example/' f'{x}/%Y'))", ['2 <- a.example https']],
    ["requests.get(f'{now:https://a.example/%Y%m%d}')", ['2 <- a.example https']],
    ["requests.get(f'https://{host!r:>10}.a.example/x')", ['2 unresolved']],
    ["requests.get('/'.join(['https://a.example', 'v1', x]))", ['2 <- a.example https']],
    ["requests.get(('https://%(h)s/x' % dict_of_hosts))", ['2 unresolved']],
    ["u = 'https://a.example'\nu += '/x'\nrequests.get(u)", ['4 <- a.example https']],
    [
      "if new:\n  u = 'https://a.example'\nelse:\n  u = 'https://b.example'\nrequests.get(f'{u}/x')",
      ['6 <- a.example https', '6 <- b.example https'],
    ],
    [
      "try:\n  u = os.environ['U']\nexcept KeyError:\n  u = 'https://b.example'\nrequests.get(u)",
      ['6 <- b.example https', '6 unresolved'],
    ],
    [
      "match x:\n  case 1:\n    u = 'https://a.example'\n  case _:\n    u = 'https://b.example'\nrequests.get(u)",
      ['7 <- a.example https', '7 <- b.example https'],
    ],
    [
      "requests.get('https://a.example' if x else 'https://b.example')",
      ['2 <- a.example https', '2 <- b.example https'],
    ],
    [
      "for h in ('a.example', 'b.example'):\n  requests.get(f'https://{h}/x')",
      ['3 <- a.example https', '3 <- b.example https'],
    ],
    [
      "URLS = {'erp': 'https://a.example', 'crm': 'https://b.example'}\nrequests.get(URLS['crm'])\nrequests.get(URLS.get('erp'))",
      ['3 <- b.example https', '4 unresolved'],
    ],
    ['# comment only', []],
  ])('%s', async (text, expected) => {
    expect([...(await draw(text))].sort()).toEqual([...expected].sort());
  });
});

describe('settings', () => {
  test.each<[string, string[]]>([
    [
      "import argparse\np = argparse.ArgumentParser()\np.add_argument('--base-url', default='http://a.example')\np.add_argument('-v')\ndef main(args):\n  requests.get(args.base_url)\nargs = p.parse_args()\nrequests.post(args.base_url + '/x')",
      ['7 <- a.example http', '9 -> a.example http'],
    ],
    [
      "import click\n@click.command()\n@click.option('--host', default='a.example')\ndef run(host):\n  requests.get('http://' + host)",
      ['6 <- a.example http'],
    ],
    [
      "import configparser\nc = configparser.ConfigParser()\nrequests.get(c.get('erp', 'url', fallback='http://a.example'))",
      ['4 <- a.example http'],
    ],
    [
      "from decouple import config\nrequests.get(config('ERP', default='http://a.example'))",
      ['3 <- a.example http'],
    ],
    [
      "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n  erp_url: str = 'http://a.example'\ns = S()\nrequests.get(s.erp_url)",
      ['6 <- a.example http'],
    ],
    [
      "import typer\ndef main(host: str = typer.Option('a.example')):\n  requests.get(f'http://{host}')",
      ['4 <- a.example http'],
    ],
  ])('%s', async (text, expected) => {
    expect([...(await draw(text))].sort()).toEqual(expected);
  });

  test('of an INI file beside the script', async () => {
    const found = await scan('scripts', {
      'app/a.py':
        "import configparser, requests\nc = configparser.ConfigParser()\nc.read('app.ini')\nrequests.get(c['erp']['url'] + '/x')\nrequests.get(c.get('crm', 'url'))\n",
      'app/app.ini': '[erp]\nurl = http://a.example\n[crm]\nurl = http://b.example\n',
    });
    const coded = found.evidence.filter(({ origin }) => origin.file === 'app/a.py');
    expect(drawConnections({ evidence: coded })).toEqual([
      '4 <- a.example http',
      '5 <- b.example http',
    ]);
  });

  test('of the environment, and a name of another module', async () => {
    const found = await scan('scripts', {
      'app/a.py':
        "import os, requests\nfrom config import CRM\nrequests.get(os.environ['ERP'] + '/x')\nrequests.get(CRM + '/y')\n",
      'app/.env': 'ERP=http://a.example\n',
      'app/config.py': "CRM = 'http://b.example'\n",
    });
    expect(drawConnections(found)).toEqual(['3 <- a.example http', '4 <- b.example http']);
  });
});

describe('functions', () => {
  test.each<[string, string[]]>([
    ["retry(httpx.get, 'https://a.example', timeout=1)", ['2 <- a.example https']],
    [
      "def fetch(u):\n  return requests.post(u)\nretry(fetch, 'https://a.example')",
      ['4 -> a.example https'],
    ],
    [
      "import threading\ndef fetch(u):\n  requests.get(u)\nthreading.Thread(target=fetch, args=('https://a.example',)).start()",
      ['5 <- a.example https'],
    ],
    [
      "async def f(loop):\n  await loop.run_in_executor(None, requests.get, 'https://a.example')",
      ['3 <- a.example https'],
    ],
    ["pool.map(requests.get, ['https://a.example'])", ['2 <- a.example https']],
    [
      "class Api:\n  base = 'https://a.example'\n  @staticmethod\n  def go(x):\n    requests.get(Api.base + x)\n  def send(self, s: requests.Session):\n    s.post(self.base)",
      ['6 <- a.example https', '8 -> a.example https'],
    ],
    [
      "class Base:\n  def call(self, path):\n    return requests.get('https://a.example' + path)\nclass Sub(Base):\n  def go(self):\n    self.call('/x')",
      ['4 <- a.example https'],
    ],
    [
      "u = 'https://a.example'\ndef f():\n  u = 'https://b.example'\n  requests.get(u)\nf()\nrequests.post(u)",
      ['5 <- b.example https', '7 -> a.example https'],
    ],
    [
      "u = 'https://a.example'\ndef f():\n  global u\n  u = 'https://b.example'\nf()\nlambda: requests.get('https://c.example')",
      ['7 <- c.example https'],
    ],
    [
      "with (\n  requests.get('https://a.example') as r,\n  open('x', 'wb') as fh,\n):\n  fh.write(r.content)",
      ['3 <- a.example https'],
    ],
    ['isinstance(x, requests.Session)\nmock.patch(requests.get)', []],
  ])('%s', async (text, expected) => {
    expect([...(await draw(text))].sort()).toEqual(expected);
  });
});

describe('commands that are started', () => {
  test.each<[string, string[]]>([
    [
      "import subprocess\ncmd = ['curl', '-d', '@x'] + ['--url', 'https://a.example']\nwith subprocess.Popen(cmd) as p: pass",
      ['4 -> a.example https'],
    ],
    [
      "import subprocess\nsubprocess.run('psql -h %s -c \"select 1 from t\"' % os.getenv('DB', 'a.example'), shell=True)",
      ['3 <- a.example postgresql [t]'],
    ],
    ["os.system('scp x ' + os.environ['H'] + ':/in')", ['2 unresolved']],
    [
      "import asyncio\nasync def f():\n  await asyncio.create_subprocess_exec('rsync', '-a', 'x', 'a.example:/y')",
      ['4 -> a.example rsync [/y]'],
    ],
    [
      "def send(host):\n  os.system('scp x %s:/in' % host)\nsend('a.example')",
      ['4 -> a.example scp [/in]'],
    ],
    ["import subprocess\nsubprocess.call(['pqinsert', '-p', 'x', 'f'])", ['3 unresolved']],
    ["import subprocess\nsubprocess.run(['python', 'b.py'])\nprint('curl http://no.example')", []],
  ])('%s', async (text, expected) => {
    expect([...(await draw(text))].sort()).toEqual(expected);
  });
});

test('a password in an address is in no evidence', async () => {
  const { evidence } = await scan('scripts', {
    'a.py':
      "from sqlalchemy import create_engine\nimport pyodbc\ncreate_engine('postgresql://u:hunter2@a.example/x')\npyodbc.connect('DSN=shop;UID=u;PWD=hunter2')\n",
  });
  expect(evidence.length).toBeGreaterThan(2);
  expect(JSON.stringify(evidence)).not.toContain('hunter2');
});
