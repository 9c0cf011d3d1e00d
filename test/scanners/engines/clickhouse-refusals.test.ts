import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../../src/cli/main.ts';
import { captureOutput } from '../../cli/capture-output.ts';
import { type ClickHouseUser, reader, restricted } from './clickhouse-config.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';
import { logColumns, openLandscapes, readAll } from './engine-landscape.ts';
import { fillLog } from './fill-log.ts';

const { write } = openLandscapes();
const shown = captureOutput();
afterEach(() => void vi.unstubAllEnvs());

const password = 's3cret: of a reader/+&%"<1>';
const user = { name: 'landscape_reader', password };

/** Scans, and fails where anything that was said or written holds the password. */
async function refuse(
  source: Readonly<Record<string, unknown>>,
  asked: ClickHouseUser = user,
): Promise<string> {
  vi.stubEnv('CH_PASSWORD', asked.password);
  const folder = await write({
    gateway: 'log',
    engine: 'clickhouse',
    user: asked.name,
    password: { env: 'CH_PASSWORD' },
    columns: logColumns,
    ...source,
  });
  const given = new Map(await readAll(folder));
  const code = await run(['node', 'landscape', 'scan', folder, '-o', path.join(folder, 'report')]);
  expect({ code, out: shown.out }).toEqual({ code: 2, out: '' });
  expect(shown.errors).toMatch(
    /^(?:landscape\.yaml:\d+:\d+|log \(clickhouse\):\d+:1): [^\n]{10,700}\n$/,
  );
  const written = [...(await readAll(folder))].filter(([name]) => !given.has(name));
  expect(written.filter(([name]) => name.startsWith('report'))).toEqual([]);
  const pair = `${asked.name}:${asked.password}`;
  for (const secret of [asked.password, Buffer.from(pair).toString('base64')])
    for (const text of [shown.errors, ...written.map(([, bytes]) => bytes.toString('latin1'))])
      expect(text).not.toContain(secret);
  return shown.errors.trim();
}

describe.skipIf(!serverInstalled())('two ClickHouse servers refuse', () => {
  let servers: ClickHouseServers;
  let url = '';
  beforeAll(async () => {
    servers = await startClickHouseServers();
    url = servers.urls[0];
    await fillLog(servers, 2_000);
    await servers.ask('create database elsewhere');
  }, 60_000);
  afterAll(() => servers?.stop());

  const { forgetful, partial, fewRows, littleMemory, stranger } = restricted;
  test.each<[string, Record<string, unknown>, ClickHouseUser, RegExp]>([
    [
      'a wrong password',
      {},
      { ...reader, password: 'another password' },
      /Wrong password for user landscape_reader \(code 193\); check "user" and "password"\.$/,
    ],
    ['a user they do not know', {}, { ...reader, name: 'nobody' }, /code 192\); check "user"/],
    [
      'a table that is none',
      { gateway: 'logs' },
      reader,
      /logs: the server says: Table default\.logs doesn't exist\. \(code 60\); correct the table that "gateway:" names, or "database"\.$/,
    ],
    ['a database that is none', { database: 'else' }, reader, /\(code 81\); correct the table/],
    [
      'a column that is none',
      { columns: { ...logColumns, user: 'consumer' } },
      reader,
      /Unknown identifier: consumer \(code 47\); correct "columns" by "DESCRIBE TABLE"\.$/,
    ],
    [
      'a condition that is none',
      { where: 'status = = 200' },
      reader,
      /\(code 62\); correct "columns" and "where"; "landscape sql" prints the query\.$/,
    ],
    [
      'a text where a moment belongs',
      { columns: { ...logColumns, time: 'path' } },
      reader,
      /\(code 41\); correct "columns" and "where"/,
    ],
    [
      'a database that this user may not read',
      {},
      stranger,
      /\(code 291\); let its administrator grant this user SELECT on the table, and no more\.$/,
    ],
    [
      'more rows than this user may read',
      {},
      fewRows,
      /Limit for rows to read exceeded.* \(code 158\); ask for fewer days, or have the limit of this user raised\.$/,
    ],
    [
      'more memory than this user may take',
      {},
      littleMemory,
      /Memory limit \(for query\) exceeded.* \(code 241\); ask for fewer days, or have its administrator allow .*max_bytes_before_external_group_by\)\.$/,
    ],
    [
      'more groups than are wanted',
      { maxRows: 20 },
      reader,
      /has more than 20 groups of caller, callee and route, as "maxRows" allows; ask for fewer days, leave out .* or raise it\.$/,
    ],
    [
      'nothing of shards that are down, silently',
      {},
      forgetful,
      /sets skip_unavailable_shards = 1: the server would leave rows out and say nothing; have its administrator set skip_unavailable_shards = 0\.$/,
    ],
    [
      'rows beyond a limit, silently',
      {},
      partial,
      /sets read_overflow_mode = break: the server would leave rows out/,
    ],
  ])('%s', async (_, source, asked, told) => {
    expect(await refuse({ url, ...source }, asked)).toMatch(told);
  });
});

describe('a server that is no ClickHouse', () => {
  async function refuseAnswer(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await refuse({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each<[string, RequestListener, RegExp]>([
    [
      'a page',
      (_, response) => response.end('<!doctype html><title>Welcome</title>'),
      /what answers is no ClickHouse server, or not all of its answer came: .*; check "url", which is that of the HTTP interface/,
    ],
    ['nothing', (_, response) => response.end(), /no ClickHouse server/],
    [
      'a page that says no',
      (_, response) => response.writeHead(404).end('<html>\u001b[31mno\u202e'),
      /no ClickHouse server, or not all of its answer came: <html> \[31mno ?; check "url"/,
    ],
    [
      'what it was sent',
      (request, response) =>
        response.writeHead(400).end(`${request.headers.authorization} as ${password}`),
      /came: Basic \*\*\* as \*\*\*; check "url"/,
    ],
    [
      'that one should ask elsewhere',
      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
      /no ClickHouse server/,
    ],
    ['with silence', ({ socket }) => void socket.destroy(), /reached or ended .*\(ECONNRESET\)/],
    [
      'half an answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('{"name":"max_rows_to_read"');
        setImmediate(() => response.destroy());
      },
      /not all of its answer came|ended the connection/,
    ],
    [
      'rows that end with the connection',
      ({ url }, response) => {
        const isRows = url?.includes('wait_end_of_query');
        response.useChunkedEncodingByDefault = !isRows;
        response.shouldKeepAlive = false;
        response.writeHead(200).end(isRows ? '' : '{"name":"max_rows_to_read","value":"0"}\n');
      },
      /not all of its answer came: it has no length; check "url"/,
    ],
    [
      'other columns',
      ({ url }, response) =>
        response.end(
          url?.includes('wait_end_of_query')
            ? '{"calls":"many"}\n'
            : '{"name":"max_rows_to_read","value":"0"}\n',
        ),
      /^log \(clickhouse\):1:1: its column "outcome" is not what the query gives; run the query/,
    ],
  ])('answers %s', async (_, answer, told) => {
    expect(await refuseAnswer(answer)).toMatch(told);
  });

  test('is not there', async () => {
    expect(await refuse({ url: 'http://127.0.0.1:9' })).toMatch(
      /cannot be reached or ended the connection \(ECONNREFUSED\); check "url", the network/,
    );
  });
});

describe('a secret in the configuration', () => {
  const url = 'http://127.0.0.1:9';
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'that is not set',
      { url, password: { env: 'CH_NOT_SET' } },
      /the environment variable CH_NOT_SET is not set; set it where landscape runs\.$/,
    ],
    [
      'that stands there itself',
      { url, password },
      /"password".*expected \{ env: NAME \} or \{ file: path \}; a secret has no place in this file/,
    ],
    [
      'within the address',
      { url: `http://reader:${encodeURIComponent(password)}@127.0.0.1:9` },
      /"url": holds a user or password; write them under "user" and "password: \{ env: NAME \}"/,
    ],
    ['within the query', { url: `${url}/?password=${password}` }, /without "\?" and "#"/],
  ])('%s', async (_, source, told) => {
    const said = await refuse(source);
    expect(said).toMatch(told);
    expect(said).not.toContain(encodeURIComponent(password));
  });
});
