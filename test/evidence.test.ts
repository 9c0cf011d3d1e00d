import { describe, expect, test } from 'vitest';
import { toAddressReference, toSummary } from '../src/evidence.ts';
import fc from './fast-check.ts';

describe('an address', () => {
  test.each([
    ['https://erp.example/orders?id=1', { host: 'erp.example', path: '/orders' }],
    ['https://svc:Secret-1@erp.example:8443/x', { host: 'erp.example', port: 8443, path: '/x' }],
    ['svc:Secret-1@erp.example', { host: 'erp.example' }],
    ['svc@erp.example:/in/', { host: 'erp.example', path: '/in/' }],
    ['erp.example:1521/ORCL', { host: 'erp.example', port: 1521, path: '/ORCL' }],
    ['ERP.Example.', { host: 'erp.example' }],
    ['10.0.0.7:5432', { host: '10.0.0.7', port: 5432 }],
    ['http://[2001:db8::7]:80/x', { host: '2001:db8::7', port: 80, path: '/x' }],
    [
      'jdbc:postgresql://db.example:5432/app?password=Secret-1',
      { host: 'db.example', port: 5432, path: '/app' },
    ],
    ['jdbc:oracle:thin:@//db.example:1521/ORCL', { host: 'db.example', port: 1521, path: '/ORCL' }],
    ['jdbc:oracle:thin:@db.example:1521:ORCL', { host: 'db.example', port: 1521 }],
    ['jdbc:sqlserver://db.example:1433;databaseName=x', { host: 'db.example', port: 1433 }],
    ['kafka.example:9092', { host: 'kafka.example', port: 9092 }],
    ['sftp://files.example/out/a.csv', { host: 'files.example', path: '/out/a.csv' }],
    // Oracle
    [
      '(DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = db.example)(PORT = 1521))(CONNECT_DATA = (SERVICE_NAME = X)))',
      { host: 'db.example', port: 1521 },
    ],
    [
      'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=tcp)(HOST=db1.example)(PORT=1522))(ADDRESS=(HOST=db2.example)(PORT=1522))))',
      { host: 'db1.example', port: 1522 },
    ],
    ['app/Secret-1@db.example:1521/X', { host: 'db.example', port: 1521, path: '/X' }],
    ['app/Secret-1@//db.example/X', { host: 'db.example', path: '/X' }],
    ['jdbc:oracle:thin:app/Secret-1@//db.example:1521/X', { host: 'db.example', port: 1521 }],
    ['jdbc:oracle:oci:@ERPDB', { host: 'erpdb' }],
    // SQL Server, ODBC, ADO.NET, libpq, PDO
    [
      'Server=tcp:db.example,1433;Initial Catalog=x;User ID=a;Password=Secret-1;',
      { host: 'db.example', port: 1433 },
    ],
    ['Data Source=db.example\\SHOP;Integrated Security=true', { host: 'db.example' }],
    [
      'Driver={ODBC Driver 18 for SQL Server};Server=db.example;UID=a;PWD=Secret-1',
      { host: 'db.example' },
    ],
    ['DSN=ERP;UID=a;PWD=Secret-1', { host: 'erp' }],
    ['host=db.example port=5432 dbname=x password=Secret-1', { host: 'db.example', port: 5432 }],
    ['mysql:host=db.example;port=3307;dbname=shop', { host: 'db.example', port: 3307 }],
    ['jdbc:sqlserver://db.example\\SHOP:1433;databaseName=x', { host: 'db.example', port: 1433 }],
    ['jdbc:jtds:sqlserver://db.example:1433/x', { host: 'db.example', port: 1433 }],
    ['jdbc:mysql:loadbalance://a.example:3306,b.example:3306/x', { host: 'a.example', port: 3306 }],
    ['db.example,1433', { host: 'db.example', port: 1433 }],
    ['db.example\\SQLEXPRESS', { host: 'db.example' }],
    ['app:Secret-1@tcp(db.example:3306)/shop', { host: 'db.example', port: 3306 }],
    ['mssql+pyodbc://a:Secret-1@db.example/x?driver=y', { host: 'db.example', path: '/x' }],
    // messaging, lists
    ['a.example:9092,b.example:9092', { host: 'a.example', port: 9092 }],
    ['cache.example:6379,ssl=true,password=Secret-1', { host: 'cache.example', port: 6379 }],
    ['mongodb+srv://a:Secret-1@c.example/x', { host: 'c.example' }],
    ['amqps://a:Secret-1@mq.example:5671/v', { host: 'mq.example', port: 5671 }],
    [
      'Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=Secret-1',
      { host: 'acme.servicebus.windows.net' },
    ],
    ['arn:aws:sqs:eu-north-1:123456789012:orders', { host: 'sqs.eu-north-1.amazonaws.com' }],
    ['arn:aws:s3:::acme-in/2026/', { host: 'acme-in', path: '/2026/' }],
    // files, buckets
    ['\\\\files.example\\in\\a b.csv', { host: 'files.example', path: '/in/a%20b.csv' }],
    ['//files.example/in', { host: 'files.example', path: '/in' }],
    ['nas.example:/export/in', { host: 'nas.example', path: '/export/in' }],
    ['file://files.example/in/a.csv', { host: 'files.example', path: '/in/a.csv' }],
    ['s3://acme-in/2026/a.csv', { host: 'acme-in', path: '/2026/a.csv' }],
    ['abfss://raw@acme.dfs.core.windows.net/x', { host: 'acme.dfs.core.windows.net' }],
    [
      'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=Secret-1',
      { host: 'acme.blob.core.windows.net' },
    ],
    // mail, addresses, clusters
    ['mailto:orders@erp.example', { host: 'erp.example' }],
    ['orders@erp.example', { host: 'erp.example' }],
    ['2001:db8::7', { host: '2001:db8::7' }],
    ['[2001:db8::7]:443', { host: '2001:db8::7', port: 443 }],
    ['orders.shop.svc.cluster.local:8080/x', { host: 'orders.shop.svc.cluster.local', port: 8080 }],
  ])('%s', (text, expected) => {
    const reference = toAddressReference(text);
    expect(reference).toMatchObject({ kind: 'address', ...expected });
    expect(JSON.stringify(reference)).not.toContain('Secret-1');
  });

  test.each([
    '{HOST}/x',
    'http://{HOST}:80/x',
    '',
    '/local/path',
    '$(hostname)',
    'two words',
    'Server={HOST};Database=x',
    'jdbc:h2:mem:test',
    'jdbc:sqlite:/var/a.db',
    'jdbc:postgresql:shop',
    'file:///var/a.csv',
    'C:\\data\\in',
    'D:/data/in',
    'unix:/run/x.sock',
    'classpath:a.xml',
    'urn:oasis:names',
  ])('%s holds no host', (text) => {
    expect(toAddressReference(text).kind).toBe('expression');
  });

  test('any text is read in a moment, and what is found stands in it', () => {
    const parts = fc.constantFrom(
      'a',
      '=',
      '(HOST',
      ')',
      '\\\\',
      ',',
      ':',
      '::',
      '@',
      '/',
      ';',
      ' ',
      'arn:',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((all) => all.join('')),
        ),
        (text) => {
          const found = toAddressReference(text);
          if (found.kind === 'address') expect(found.host).toMatch(/^[^\s/]+$/);
        },
      ),
    );
    for (const part of ['(HOST=', 'a=', 'a@', '\\\\a', ' host=', 'a,', '0:', 'arn:', 'x/'])
      toAddressReference(part.repeat(50_000));
  });
});

test('a summary is one line without secrets', () => {
  const text = toSummary(`curl -u "a:Secret-1"\n\u001b[31m${'x'.repeat(500)}`);
  expect(text).toContain('***');
  for (const hidden of ['Secret-1', '\n', '\u001b']) expect(text).not.toContain(hidden);
  expect([...text].length).toBeLessThanOrEqual(160);
});
