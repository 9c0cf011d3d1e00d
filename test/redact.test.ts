import { describe, expect, test } from 'vitest';
import { findSecrets, listSuspectLines, redact } from '../src/redact.ts';
import { listCredentials } from '../src/scanners/scripts/credentials.ts';
import fc from './fast-check.ts';
import { scan } from './scanners/scan.ts';

/** Each way a secret is written out; `§` stands for it. */
const forms: readonly string[] = [
  'postgres://app:§@db.example:5432/x',
  'redis://:§@cache.example',
  'curl -u etl:§ https://a.example',
  'curl -uetl:§ https://a.example',
  'curl --user "etl:§" https://a.example',
  'PGPASSWORD=§ psql -h a.example',
  "export PGPASSWORD='§';psql -h a.example",
  'sshpass -p § ssh a.example',
  "sshpass -p'§' sftp u@a.example",
  'mysql -h a.example -p§ -e "select 1"',
  'mysql --password=§ -h a.example',
  'curl -H "Authorization: Bearer §" https://a.example',
  'curl -H "X-Api-Key: §" https://a.example',
  'curl "https://a.example/x?token=§&b=1"',
  `curl -d '{"password": "§"}' https://a.example`,
  String.raw`curl -d "{\"password\": \"§\"}" https://a.example`,
  'tool --password § --host a.example',
  'sqlplus scott/§@//a.example:1521/X',
  'smbclient //a.example/share -U app%§ -c "get x"',
  'lftp -u app,§ ftp://a.example',
  'user etl §',
  'create user a identified by §;',
  'DB_PASS=§',
  'aws_secret_access_key = §',
  'Server=a.example;User Id=app;Password=§;Database=x',
];
const secret = 'Tr0ub4dorAnd3Horses';

describe('secrets', () => {
  test.each(forms)('%s', (form) => {
    const text = form.replace('§', secret);
    expect(redact(text)).toBe(redact(form.replace('§', '***')));
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('***');
    expect(findSecrets(text)).toHaveLength(1);
    expect(text.slice(findSecrets(text)[0]?.offset)).toMatch(new RegExp(`^${secret}`));
  });

  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'token'],
    [`ghp_${'a1'.repeat(18)}`, 'token'],
    ['xoxb-1234567890-abcdef', 'token'],
    [`eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`, 'token'],
    [
      `-----BEGIN RSA PRIVATE KEY-----\n${'A1b2'.repeat(40)}\n-----END RSA PRIVATE KEY-----`,
      'private-key',
    ],
  ])('%s is known by its form', (text, kind) => {
    expect(redact(`key ${text} end`)).not.toContain(text.slice(0, 60));
    expect(findSecrets(`key ${text} end`)).toMatchObject([{ kind }]);
  });

  test('blanks in quotes, @ and / in passwords', () => {
    expect(redact('password="correct horse"')).toBe('password="***"');
    expect(redact("-u 'etl:correct horse' x")).toBe("-u 'etl:***' x");
    expect(redact('postgres://app:p@ss@db.example/x')).toBe('postgres://app:***@db.example/x');
    expect(redact('postgres://app:p/ss@db.example/x')).toBe('postgres://app:***@db.example/x');
  });

  test.each([
    'password=$PW',
    'password=${PW}',
    'PGPASSWORD="$PW" psql',
    'sshpass -p $PW ssh a.example',
    'curl -u "$USER:$PW" https://a.example',
    'mysql -p$PW -h a.example',
    'postgres://app:${PW}@db.example/x',
    'Authorization: Bearer $TOKEN',
    'password: process.env.PW',
    "password=os.environ['PW']",
    'password=<your password>',
    'https://cdn.example:443/npm/pkg@1.2/x.js',
    'mysql -h a.example -P3306 -u app',
    'ssh -p 22 user@a.example',
    'a compass: north, bypass=1',
    'http://a.example:8080/x',
  ])('left alone: %s', (text) => {
    expect(redact(text)).toBe(text);
    expect(findSecrets(text)).toEqual([]);
  });

  test('in code only a quoted value is a secret, a type or a variable is none', () => {
    for (const text of [
      'function f(token: string, password?: string)',
      'password: config.password',
      'token = get_token()',
    ])
      expect([text, findSecrets(text, 'code')]).toEqual([text, []]);
    expect(findSecrets("password = 'abcdefgh'", 'code')).toHaveLength(1);
    expect(findSecrets('dsn = "Server=a;Password=abcdefgh"', 'code')).toHaveLength(1);
  });

  test('a private key is found by its first line alone', async () => {
    expect(findSecrets('-----BEGIN OPENSSH PRIVATE KEY-----')).toMatchObject([
      { kind: 'private-key' },
    ]);
    const text = `cat > k <<E\n-----BEGIN OPENSSH PRIVATE KEY-----\n${'A1b2'.repeat(16)}\n-----END OPENSSH PRIVATE KEY-----\nE\n`;
    const { of, evidence } = await scan('scripts', { 'a.sh': text });
    expect(of('credential')).toMatchObject([{ secret: 'private-key', origin: { line: 2 } }]);
    expect(JSON.stringify(evidence)).not.toContain('A1b2');
  });

  test('names of local files are evidence too', async () => {
    const { of } = await scan('scripts', {
      'a.sh': `curl -o /tmp/token=${secret} http://a.example\n`,
    });
    expect(of('connection')[0]?.localFiles).toEqual(['/tmp/token=***']);
  });

  test('twice is the same as once', () => {
    const parts = fc.constantFrom(
      ...forms,
      'password=',
      '***',
      '"',
      "'",
      ' ',
      '@',
      ':',
      '-u a:',
      'token=',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 8 }), (texts) => {
        const once = redact(texts.join(' '));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    'a',
    'a://',
    '://:',
    'a:',
    '-u ',
    '-u a:',
    'password',
    'password=',
    'mysql ',
    'mysql -p',
    'sqlplus a/',
    'lftp -u ',
    '-----BEGIN PRIVATE KEY-----',
    'bearer ',
    'eyJa.',
    'eyJaaaaaaaa',
    ' ',
    '"',
    '\\"',
    'user a ',
    '\n',
    'identified by ',
    'token="',
    "pass='",
    'a@',
    'secret_',
    'a-',
  ])('200 kB of %j end before the test runner gives up', (part) => {
    const text = part.repeat(Math.ceil(200_000 / part.length));
    expect(redact(text).length).toBeGreaterThan(0);
    expect(findSecrets(text).length).toBeLessThanOrEqual(text.length);
  });
});

describe('lines that may hold a secret', () => {
  const shared = {
    scanner: 'scripts',
    witness: 'coded',
    environment: 'prod',
    confidence: 1,
  } as const;
  /** The beginnings, names, signs and values that secrets are made of, in any order. */
  const pieces = fc.constantFrom(
    ...forms.flatMap((form) => [form, form.replace('§', secret), form.toUpperCase()]),
    ...forms.flatMap((form) => form.split(/(?<=[\s=:/"'@-])/)),
    ...[
      'password',
      'passwd',
      'PWD',
      'passphrase',
      'mysql_pwd',
      'sshpass',
      ' pass',
      '.pw',
      'userpass',
    ],
    ...[
      'api-key',
      'account_key',
      'AccessKeyId',
      'access_key_id',
      'secret',
      'secret_key',
      'secretAccessKey',
    ],
    ...['auth_token', 'client-secret', 'token', 'sig', 'signature', '-----BEGIN PRIVATE KEY-----'],
    ...[
      'mysqldump',
      'mariadb-dump',
      ' -p',
      ' -U ',
      ' -u',
      '--proxy-user',
      'lftp',
      'sqlplus',
      'connect a/',
      'conn scott/',
    ],
    ...[
      'Bearer ',
      'BASIC ',
      'identified by values ',
      '//app:',
      's3://k:',
      '@',
      '%',
      ',',
      ' = ',
      ': ',
      '"',
      "'",
      '\\"',
    ],
    ...[
      'AKIAIOSFODNN7EXAMPLE',
      `ghp_${'a1'.repeat(18)}`,
      `github_pat_${'a1'.repeat(18)}`,
      'xoxb-1234567890-abcdef',
    ],
    ...[
      `AIza${'a1-'.repeat(11)}bc`,
      `sk_live_${'a1'.repeat(9)}`,
      `eyJ${'a'.repeat(9)}.eyJ${'b'.repeat(9)}.${'c'.repeat(9)}`,
    ],
    ...[
      'user etl abc',
      '\t',
      '\r',
      ' ',
      '#',
      '--',
      ';',
      '|',
      '$PW',
      'x',
      secret,
      '\u2028',
      'ſ',
      'K',
    ],
  );
  const line = fc
    .array(fc.oneof({ weight: 5, arbitrary: pieces }, fc.string({ maxLength: 6 })), {
      maxLength: 9,
    })
    .map((parts) => parts.join('').replaceAll('\n', ' '));

  test('are all the lines that hold one', () => {
    let held = 0;
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('code', 'text'),
        (lines, language) => {
          const text = lines.join('\n');
          const suspect = new Map(
            [...listSuspectLines(text)].map((each) => [each.line, each.text]),
          );
          for (const [number, written] of suspect) expect(written).toBe(lines[number - 1]);
          // A character before the text stops no pattern that needs the start of a line.
          const expected = lines.flatMap((written, index) =>
            findSecrets(`password=${secret}\n${written}`, 'text').some(
              ({ offset }) => offset > secret.length + 9,
            )
              ? [index + 1]
              : [],
          );
          held += expected.length;
          expect(expected.filter((number) => !suspect.has(number))).toEqual([]);
          const told = listCredentials(text, 'a', language as 'code' | 'text', shared);
          const byLine = lines.flatMap((written, index) =>
            written.length > 4_000 || /^\s*(?:#|\/\/|--(?!-))/.test(written)
              ? []
              : findSecrets(written, language as 'code' | 'text').map(({ kind, offset }) => [
                  kind,
                  index + 1,
                  offset + 1,
                ]),
          );
          expect(told.map((each) => [each.secret, each.origin.line, each.origin.column])).toEqual(
            byLine,
          );
        },
      ),
      { numRuns: 4_000 },
    );
    expect(held).toBeGreaterThan(2_000);
  });

  test('leave the others alone', () => {
    const text = 'import os\nhost = "a.example"\n\nkeys = sorted(tokens)\nprint(passing)\n';
    expect([...listSuspectLines(text)]).toEqual([]);
    expect([...listSuspectLines(`${text}password = "abcdefgh"\n\ntoken: x`)]).toEqual([
      { line: 6, text: 'password = "abcdefgh"' },
      { line: 8, text: 'token: x' },
    ]);
  });
});

describe('no evidence holds a secret', () => {
  const planted = fc.record({
    form: fc.constantFrom(...forms),
    value: fc.stringMatching(/^[A-Za-z0-9_]{14,30}$/).map((text) => `Zq${text}`),
  });
  const sources: readonly [string, string, (line: string) => string][] = [
    ['scripts', 'a.sh', (text) => `${text}\n`],
    [
      'scripts',
      'a.py',
      (text) =>
        `import requests, psycopg2\nrequests.get('''${text}''')\npsycopg2.connect('''${text}''')\n`,
    ],
    [
      'scripts',
      'a.ts',
      (text) =>
        `import pg from 'pg';\nfetch(String.raw\`${text}\`); new pg.Client('${text.replaceAll("'", '"').replaceAll('\\', '')}');\n`,
    ],
    [
      'scripts',
      'a.sql',
      (text) => `select dblink('${text.replaceAll("'", "''")}', 'select 1');\n${text};\n`,
    ],
    ['cron', 'c', (text) => `0 1 * * * root ${text}\n`],
    [
      'inventory',
      'l.csv',
      (text) =>
        `from,to,contract,hosts,objects\na,b,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}"\n`,
    ],
    [
      'inventory',
      's.csv',
      (text) =>
        `id,name,hosts\na,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}"\n`,
    ],
    [
      'gateway',
      'a.log',
      (text) =>
        // An address holds neither blanks nor quotes, and a log escapes quotes.
        `10.0.0.1 - - [02/Nov/2026:10:00:00 +0000] "GET /${/[\s"']/.test(text) ? `?${encodeURIComponent(text)}` : text} HTTP/1.1" 200 1 "-" "${text.replaceAll('"', '\\"')}"\n`,
    ],
  ];

  test.each(sources)('%s: %s', async (kind, file, plant) => {
    await fc.assert(
      fc.asyncProperty(planted, async ({ form, value }) => {
        // A login of ftp is one by standing on a line of its own.
        fc.pre(!(file === 'a.ts' && form.startsWith('user ')));
        const { evidence, coverage } = await scan(kind, {
          [file]: plant(form.replace('§', value)),
        });
        expect(JSON.stringify([evidence, coverage])).not.toContain(value);
      }),
      { numRuns: 120 },
    );
  });
});

test.each([
  ['CONNECT scott/tiger@erp', 'CONNECT scott/***@erp'],
  ['conn "app/s3cret@//db.example:1521/X"', 'conn "app/***@//db.example:1521/X"'],
  ["addr = '//user:hunter2@db.example/x'", "addr = '//user:***@db.example/x'"],
  ['AccountKey=abc123def456==;EndpointSuffix=x', 'AccountKey=***;EndpointSuffix=x'],
])('the login in %s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});
