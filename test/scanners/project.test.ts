import { describe, expect, test } from 'vitest';
import { drawConnections, scan } from './scan.ts';

/** What the code of several files connects to, as `file:line ARROW target protocol`. */
async function draw(contents: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await scan('scripts', contents);
  return result.evidence.flatMap((item) => {
    if (item.kind !== 'connection' && item.kind !== 'unresolved') return [];
    return drawConnections({ evidence: [item] }).map((text) => `${item.origin.file}:${text}`);
  });
}

describe('values of other files', () => {
  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    [
      'a constant of a module that is imported',
      {
        'src/hosts.ts': "export const ERP = 'http://erp.example';\n",
        'src/a.ts': "import { ERP } from './hosts';\nfetch(`${ERP}/orders`);\n",
      },
      ['src/a.ts:2 <- erp.example http'],
    ],
    [
      'a field of an object that is imported',
      {
        'src/config.ts': "export const config = { erp: { url: 'https://erp.example/api' } };\n",
        'src/a.ts': "import { config } from './config.js';\nfetch(config.erp.url + '/x');\n",
      },
      ['src/a.ts:2 <- erp.example https'],
    ],
    [
      'a constant of a Python module',
      {
        'jobs/settings.py': "BASE = 'http://wms.example'\n",
        'jobs/pull.py':
          'import requests\nfrom settings import BASE\nrequests.get(BASE + "/stock")\n',
      },
      ['jobs/pull.py:3 <- wms.example http'],
    ],
    [
      'a constant that is a setting with a value in a file beside it',
      {
        '.env': 'ERP_URL=https://erp.example\n',
        'src/config.ts': 'export const erp = process.env.ERP_URL;\n',
        'src/a.ts': "import { erp } from './config';\nfetch(`${erp}/x`);\n",
      },
      ['src/a.ts:3 <- erp.example https'].map((line) => line.replace(':3', ':2')),
    ],
  ])('%s', async (_, contents, expected) => {
    expect((await draw(contents)).filter((line) => !line.startsWith('.env'))).toEqual(expected);
  });

  test('of two files with the name, the nearer one; of two unrelated ones, none', async () => {
    const contents = {
      'a/config.py': "BASE = 'http://a.example'\n",
      'b/config.py': "BASE = 'http://b.example'\n",
      'b/x.py': 'import requests\nfrom config import BASE\nrequests.get(BASE)\n',
    };
    expect(await draw(contents)).toEqual(['b/x.py:3 <- b.example http']);
    const bare = { 'x.py': 'import requests\nrequests.get(UNKNOWN_NAME)\n', 'y.py': 'OTHER = 1\n' };
    expect(await draw(bare)).toEqual(['x.py:2 unresolved']);
  });
});

describe('wrappers', () => {
  test('a wrapper with its own address is one client, however often it is called', async () => {
    const calls = Array.from({ length: 20 }, (_, index) => `callErp('/x${index}');`).join('\n');
    const lines = await draw({
      'src/erp.ts':
        "export function callErp(path: string) {\n  return fetch('http://erp.example' + path);\n}\n",
      'src/a.ts': `import { callErp } from './erp';\n${calls}\n`,
    });
    expect(lines).toEqual(['src/erp.ts:2 <- erp.example http']);
  });

  test('a wrapper that is given the address is a client of each address', async () => {
    const lines = await draw({
      'src/http.ts': 'export function load(url: string) {\n  return fetch(url);\n}\n',
      'src/a.ts':
        "import { load } from './http';\nload('http://erp.example/x');\nload('http://wms.example');\n",
    });
    expect(lines.sort()).toEqual([
      'src/http.ts:2 <- erp.example http',
      'src/http.ts:2 <- wms.example http',
    ]);
  });

  test('within a file the connection stands where the wrapper is called', async () => {
    const text =
      "import requests\ndef load(url):\n    return requests.get(url)\n\nload('http://erp.example')\nload('http://wms.example')\n";
    expect(await draw({ 'a.py': text })).toEqual([
      'a.py:5 <- erp.example http',
      'a.py:6 <- wms.example http',
    ]);
  });

  test('a client class that is given its base address', async () => {
    const text =
      "class Erp {\n  constructor(private base: string) {}\n  orders() { return fetch(`${this.base}/orders`); }\n}\nnew Erp('http://erp.example').orders();\n";
    expect(await draw({ 'a.ts': text })).toEqual(['a.ts:5 <- erp.example http']);
  });

  test('wrappers that call each other end', async () => {
    const text = 'import requests\ndef a(u):\n    requests.get(u)\n    b(u)\ndef b(u):\n    a(u)\n';
    expect(await draw({ 'a.py': text })).toEqual(['a.py:3 unresolved']);
  });
});

describe('settings', () => {
  const code = "import os, requests\nrequests.get(os.environ['ERP_URL'] + '/x')\n";

  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    [
      '.env beside the code',
      { '.env': 'ERP_URL=http://erp.example\n' },
      ['app/a.py:2 <- erp.example http'],
    ],
    [
      'the file nearest to the code wins',
      { '.env': 'ERP_URL=http://far.example\n', 'app/.env': 'ERP_URL=http://near.example\n' },
      ['app/a.py:2 <- near.example http'],
    ],
    [
      'production before development',
      {
        '.env.development': 'ERP_URL=http://dev.example\n',
        '.env.production': 'ERP_URL=http://prod.example\n',
      },
      ['app/a.py:2 <- prod.example http'],
    ],
    [
      'a loopback address says nothing',
      { '.env': 'ERP_URL=http://localhost:8080\n' },
      ['app/a.py:2 unresolved'],
    ],
    [
      'a setting that refers to another',
      { '.env': 'HOST=erp.example\nERP_URL=http://${HOST}:8080\n' },
      ['app/a.py:2 <- erp.example:8080 http'],
    ],
    [
      'settings that refer to each other end',
      { '.env': 'A=${B}\nB=${A}\nERP_URL=http://${A}\n' },
      ['app/a.py:2 unresolved'],
    ],
    [
      'a setting of another name',
      { '.env': 'ERP_URI=http://erp.example\n' },
      ['app/a.py:2 unresolved'],
    ],
  ])('%s', async (_, settings, expected) => {
    const lines = await draw({ 'app/a.py': code, ...settings });
    expect(lines.filter((line) => line.startsWith('app/a.py'))).toEqual(expected);
  });

  test('what a descriptor gives the service is stronger than the default in the code', async () => {
    const lines = await draw({
      'docker-compose.yml':
        'services:\n  shop:\n    build: ./shop\n    environment:\n      ERP_URL: http://erp:8080\n  erp:\n    image: acme/erp\n',
      'shop/a.py':
        "import os, requests\nrequests.get(os.getenv('ERP_URL', 'http://other.example') + '/x')\n",
    });
    expect(lines).toEqual(['shop/a.py:2 <- erp:8080 http']);
  });

  test('a variable of a script that is sourced', async () => {
    const lines = await draw({
      'jobs/common.sh': 'ERP_HOST=erp.example\n',
      'jobs/pull.sh': '. ./common.sh\ncurl "http://$ERP_HOST/x"\n',
    });
    expect(lines.filter((line) => !line.includes('unresolved'))).toEqual([
      'jobs/pull.sh:2 <- erp.example http',
    ]);
  });

  test('a setting without a value that is named after a service leads to it, with little confidence', async () => {
    const { of } = await scan('scripts', {
      'docker-compose.yml':
        'services:\n  shop:\n    build: ./shop\n  orders:\n    image: acme/orders\n',
      'shop/a.py':
        "import os, requests\nrequests.get('http://' + os.environ['ORDERS_SERVICE_HOST'] + '/x')\n",
    });
    expect(of('connection')).toMatchObject([{ from: { host: 'orders' }, confidence: 0.4 }]);
  });
});

describe('what a scan of a repository leaves out', () => {
  test('tests, examples, vendored, ignored and minified files are counted and hold no links', async () => {
    const get = "fetch('http://a.example');\n";
    const { evidence, coverage } = await scan('scripts', {
      '.gitignore': 'generated/\n*.local.ts\n',
      'src/a.test.ts': get,
      'test/b.ts': get,
      'examples/c.ts': get,
      'vendor/d.js': get,
      'generated/e.ts': get,
      'f.local.ts': get,
      'g.min.js': get,
      '.github/h.sh': 'curl http://a.example\n',
    });
    expect(evidence.filter(({ kind }) => kind === 'connection')).toEqual([]);
    expect(coverage.leftOut).toEqual({
      'example file': 1,
      'ignored file': 2,
      'test file': 2,
      'tooling file': 1,
      'vendored file': 2,
    });
  });

  test('a folder called after a test tool above the source says nothing of it', async () => {
    const contents = { 'examples/shop/a.ts': "fetch('http://a.example');\n" };
    const result = await scan('scripts', contents, {}, ['examples/shop']);
    expect(drawConnections(result)).toEqual(['1 <- a.example http']);
  });

  test('UTF-16, Latin-1 and Windows line ends are read; binaries and huge files are not', async () => {
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...Buffer.from("fetch('http://a.example');\n", 'utf16le'),
    ]);
    const latin = Buffer.from('# caf\u00e9\r\ncurl http://b.example\r\n', 'latin1');
    const result = await scan('scripts', {
      'a.ts': utf16,
      'b.sh': new Uint8Array(latin),
      'c.sh': new Uint8Array([0x23, 0x21, 0, 0, 1]),
      'd.py': 'x = 1\n'.repeat(300_000),
    });
    expect(drawConnections(result)).toEqual(['1 <- a.example http', '2 <- b.example http']);
    expect(result.coverage).toMatchObject({ parsed: 2, skipped: 1, unread: { binary: 1 } });
  });
});

test('a select from a synonym that another script made reads over the database link', async () => {
  const lines = await draw({
    'ddl/synonyms.sql': 'CREATE SYNONYM staff FOR hr.emp@fin;\n',
    'ddl/links.sql':
      "CREATE DATABASE LINK fin CONNECT TO x IDENTIFIED BY y USING 'fin.example:1521/F';\n",
    'report.sql': 'INSERT INTO local_copy SELECT * FROM staff;\n',
  });
  expect(lines.filter((line) => line.startsWith('report'))).toEqual([
    'report.sql:1 <- alias fin database [hr.emp]',
  ]);
});
