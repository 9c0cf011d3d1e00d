import { describe, expect, test } from 'vitest';
import { toAddressReference, toSummary } from '../src/evidence.ts';

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
  ])('%s', (text, expected) => {
    const reference = toAddressReference(text);
    expect(reference).toMatchObject({ kind: 'address', ...expected });
    expect(JSON.stringify(reference)).not.toContain('Secret-1');
  });

  test.each(['{HOST}/x', 'http://{HOST}:80/x', '', '/local/path', '$(hostname)', 'two words'])(
    '%s holds no host',
    (text) => {
      expect(toAddressReference(text).kind).toBe('expression');
    },
  );
});

test('a summary is one line without secrets', () => {
  const text = toSummary(`curl -u "a:Secret-1"\n\u001b[31m${'x'.repeat(500)}`);
  expect(text).toContain('***');
  for (const hidden of ['Secret-1', '\n', '\u001b']) expect(text).not.toContain(hidden);
  expect([...text].length).toBeLessThanOrEqual(160);
});
