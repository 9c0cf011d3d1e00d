import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { logColumns, logSource, mapping } from './engine-landscape.ts';
import { logFormat, toRow } from './log-rows.ts';
import { scanGateway, withoutOrigins } from './scan-engine.ts';
import { toTrinoResult } from './trino-result.ts';
import {
  startTrinoServer,
  type TrinoManners,
  type TrinoResult,
  type TrinoServer,
} from './trino-server.ts';

const total = 600;
const columns = { ...logColumns, time: 'time s' };
const password = 'p4ss-of-trino';
const token = 'header.payload-of-token.signature';

let folder = '';
let result: TrinoResult;
let server: TrinoServer | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-trino-'));
  const { files } = logSource(total);
  await writeFile(path.join(folder, 'access.log'), files['access.log'] ?? '');
  const rows = Array.from({ length: total }, (_, number) => {
    const { waitMs, ...row } = toRow(number, total);
    return JSON.stringify({ ...row, wait_ms: waitMs });
  });
  await writeFile(path.join(folder, 'rows.jsonl'), `${rows.join('\n')}\n`);
  result = await toTrinoResult(folder, 'rows.jsonl', { ...mapping, columns });
  await writeFile(path.join(folder, 'password'), `${password}\n`);
  await writeFile(path.join(folder, 'token'), token);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Starts a coordinator and scans the table of one source there. */
async function scan(
  manners: TrinoManners = {},
  options: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
) {
  server = await startTrinoServer({ result, ...manners });
  const source = { engine: 'trino', url: server.url, columns, ...mapping, ...options };
  return scanGateway(folder, ['hive.logs.access'], source, signal);
}

const methods = (): string[] => (server?.requests ?? []).map(({ method }) => method);

describe('an answer of Trino', () => {
  test('makes the same calls as the log file', async () => {
    const local = await scanGateway(folder, ['access.log'], { format: logFormat, ...mapping });
    const asked = await scan();
    expect(result.data.length).toBeGreaterThan(20);
    expect(withoutOrigins(asked)).toEqual(withoutOrigins(local));
    const { parsed, skipped, leftOut } = local.coverage;
    expect(asked.coverage).toMatchObject({ parsed, skipped, leftOut });
    expect(methods().filter((method) => method !== 'GET')).toEqual(['POST']);
  });

  test('is asked for in one statement of the catalog, schema and user that are given', async () => {
    const secret = { file: 'password' };
    const basic = `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`;
    await scan(
      { authorization: basic },
      { user: 'reader', password: secret, catalog: 'hive', schema: 'logs' },
    );
    const [first] = server?.requests ?? [];
    expect(first?.body).toContain('FROM "hive"."logs"."access"');
    expect(first?.headers).toMatchObject({
      'x-trino-user': 'reader',
      'x-trino-catalog': 'hive',
      'x-trino-schema': 'logs',
      'x-trino-source': 'landscape',
      'x-trino-time-zone': 'UTC',
    });
  });

  test('comes for a token, which says itself whose it is', async () => {
    await scan({ authorization: `Bearer ${token}` }, { token: { file: 'token' } });
    expect(server?.requests[0]?.headers).not.toHaveProperty('x-trino-user');
  });

  test.each([429, 502, 503, 504])('is waited for after HTTP %i', async (status) => {
    const asked = await scan({ busy: { status, times: 3 } });
    expect(withoutOrigins(asked)).toEqual(withoutOrigins(await scan()));
  });

  test('is whole though connections break off in its middle', async () => {
    const asked = await scan({ dropped: 3 });
    expect(withoutOrigins(asked)).toEqual(withoutOrigins(await scan()));
  });

  test('is refused where connections break off for ever', async () => {
    await expect(scan({ dropped: 1000 })).rejects.toThrow(
      /hive\.logs\.access: the coordinator cannot be reached or ended the connection \(ECONNRESET\)/,
    );
    expect(methods().at(-1)).toBe('DELETE');
  });
});

describe('a query of Trino that fails', () => {
  test.each([
    ['COLUMN_NOT_FOUND', "line 3:5: Column 'tiem' cannot be resolved", /correct "columns"/],
    ['TABLE_NOT_FOUND', "Table 'hive.logs.acces' does not exist", /correct the table/],
    ['SYNTAX_ERROR', "line 1:1: mismatched input 'x'", /"landscape sql" prints the query/],
    ['TYPE_MISMATCH', 'Cannot apply operator: date >= varchar(10)', /"partition"/],
    ['PERMISSION_DENIED', 'Access Denied: Cannot select', /grant this user SELECT/],
    ['EXCEEDED_GLOBAL_MEMORY_LIMIT', 'Query exceeded limit of 20GB', /ask for fewer days/],
    ['EXCEEDED_LOCAL_MEMORY_LIMIT', 'Query exceeded limit of 2GB', /ask for fewer days/],
    ['CLUSTER_OUT_OF_MEMORY', 'The cluster is out of memory', /ask for fewer days/],
    ['EXCEEDED_TIME_LIMIT', 'Query exceeded the maximum run time', /limit raised/],
    ['QUERY_QUEUE_FULL', 'Too many queued queries', /when the cluster is well/],
    ['NEW_ERROR', 'Nobody knows it', /own client/],
  ])('%s: says so with what to do', async (errorName, message, remedy) => {
    const failed = scan({ error: { errorName, message } });
    await expect(failed).rejects.toThrow(
      `landscape.yaml:1:1: hive.logs.access: the coordinator says: ${message} (${errorName}); `,
    );
    await expect(failed).rejects.toThrow(remedy);
  });

  test('has its secrets taken out of what the server repeats', async () => {
    const error = {
      errorName: 'GENERIC_USER_ERROR',
      message: `bad ${password} in\n\u001b[2J\u202ex`,
    };
    const failed = scan({ error }, { user: 'reader', password: { file: 'password' } });
    await expect(failed).rejects.toThrow(/bad \*\*\* in/);
    const said = await failed.catch((reason: Error) => reason.message);
    for (const sign of ['\u001b', '\u202e', '\n']) expect(said).not.toContain(sign);
  });

  test('is forbidden: the user is named as the cause, and no secret', async () => {
    const failed = scan({ authorization: 'other' }, { token: { file: 'token' } });
    await expect(failed).rejects.toThrow(/refuses this user \(HTTP 401\); check "user"/);
    await expect(failed).rejects.not.toThrow(/payload-of-token/);
  });

  test('finds nobody', async () => {
    const { url, stop } = await startTrinoServer();
    await stop();
    await expect(scan({}, { url })).rejects.toThrow(/cannot be reached .*\(ECONNREFUSED\)/);
  });

  test.each([
    ['no JSON', 200, '<html>welcome</html>', /is no Trino coordinator; check "url"/],
    ['other JSON', 200, '{"ok":true}', /is no Trino coordinator/],
    ['broken pages', 200, '{"stats":{},"data":[1]}', /is no Trino coordinator/],
    ['a place that is none', 200, '{"stats":{},"nextUri":"http://[::"}', /is no Trino coordinator/],
    ['no such page', 404, 'nothing here', /answers HTTP 404: nothing here/],
    ['somewhere else', 302, '', /answers HTTP 302/],
    ['rows that are none', 200, '{"stats":{},"columns":[{"name":"x"}],"data":[[1]]}', /column "/],
  ])('meets what is no coordinator: %s', async (_, status, text, expected) => {
    await expect(scan({ instead: { status, text } })).rejects.toThrow(expected);
  });

  test('is not led to another host, and the secret neither', async () => {
    const other = await startTrinoServer();
    try {
      const led = scan({ origin: other.url }, { user: 'reader', password: { file: 'password' } });
      await expect(led).rejects.toThrow(`leads on to ${other.url}`);
      expect(other.requests).toEqual([]);
    } finally {
      await other.stop();
    }
  });
});

describe('a query of Trino that nobody waits for', () => {
  test('is ended after its time', async () => {
    await expect(scan({ isEndless: true }, { timeout: 1 })).rejects.toThrow(
      /took longer than the 1 s of "timeout" and was stopped; ask for fewer days, or raise it/,
    );
    expect(methods().at(-1)).toBe('DELETE');
    expect(server?.requests.at(-1)?.path).toMatch(/^\/v1\/statement\/executing\/.*\/slug\/\d+$/);
  });

  test('is ended by whoever stops the scan', async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 500);
    await expect(scan({ isEndless: true }, {}, stopping.signal)).rejects.toThrow(/was stopped/);
    expect(methods().at(-1)).toBe('DELETE');
  });

  test('is ended where its groups are too many', async () => {
    await expect(scan({}, { maxRows: 3 })).rejects.toThrow(/more than 3 groups/);
    expect(methods().at(-1)).toBe('DELETE');
  });
});

describe('a coordinator with a certificate', () => {
  const tls = { key: '', cert: '' };
  beforeAll(async () => {
    const [key, cert] = ['own.key', 'own.pem'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    Object.assign(tls, { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') });
  });

  test('is trusted where its authority is named', async () => {
    const asked = await scan({ tls }, { ca: 'own.pem' });
    expect(withoutOrigins(asked)).toEqual(withoutOrigins(await scan()));
  });

  test('is not trusted without', async () => {
    await expect(scan({ tls })).rejects.toThrow(
      /\(DEPTH_ZERO_SELF_SIGNED_CERT\); .* name that under "ca"/,
    );
    expect(server?.requests).toEqual([]);
  });

  test('is asked by the wrong protocol', async () => {
    const { url, stop } = await startTrinoServer({ tls });
    await expect(scan({}, { url: url.replace('https', 'http') })).rejects.toThrow(
      /cannot be reached or ended the connection/,
    );
    await stop();
  });
});
