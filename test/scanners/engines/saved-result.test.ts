import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.ts';
import { memoryFiles } from '../../../src/files.ts';
import { readSavedRows } from '../../../src/scanners/engines/saved-result.ts';
import { captureOutput } from '../../cli/capture-output.ts';
import { chdbInstalled, startChdbServer } from './chdb-server.ts';
import { reader } from './clickhouse-config.ts';
import { serverInstalled, startClickHouseServers } from './clickhouse-servers.ts';
import { logColumns, mapping, openLandscapes } from './engine-landscape.ts';
import { fillLog } from './fill-log.ts';
import { columns, logFormat, toLine, toRow, toSelect } from './log-rows.ts';
import { scanGateway, withoutOrigins } from './scan-engine.ts';

const { write } = openLandscapes();
const shown = captureOutput();
const total = 2_000;
const rows = Array.from({ length: total }, (_, number) => toRow(number, total));

let folder = '';
let known: unknown[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-saved-'));
  await writeFile(path.join(folder, 'access.log'), rows.map((row) => `${toLine(row)}\n`).join(''));
  known = withoutOrigins(
    await scanGateway(folder, ['access.log'], { format: logFormat, ...mapping }),
  );
  expect(known.length).toBeGreaterThan(50);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The query as an administrator gets it. */
async function printQuery(source: Readonly<Record<string, unknown>>): Promise<string> {
  const landscape = await write(
    { ...source, columns: logColumns, ...mapping },
    { 'log.jsonl': '' },
  );
  const code = await run(['node', 'landscape', 'sql', landscape, '--json']);
  expect(code, shown.errors).toBe(0);
  return JSON.parse(shown.out)[0].sql;
}

async function readSaved(engine: string, name: string, content: Uint8Array): Promise<unknown[]> {
  await writeFile(path.join(folder, name), content);
  const options = { engine, result: name, columns: logColumns, ...mapping };
  return withoutOrigins(await scanGateway(folder, ['log'], options));
}

/** Runs a query by the interface itself, without the tool and its client. */
async function post(url: string, sql: string): Promise<Uint8Array> {
  const headers = { 'X-ClickHouse-User': reader.name, 'X-ClickHouse-Key': reader.password };
  const answer = await fetch(url, { method: 'POST', body: sql, headers });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.status, Buffer.from(bytes).toString()).toBe(200);
  return bytes;
}

describe('a result that was saved gives the calls of the log', () => {
  test.skipIf(!serverInstalled())('of ClickHouse 18.16', async () => {
    const sql = await printQuery({ gateway: 'log', engine: 'clickhouse' });
    const servers = await startClickHouseServers();
    try {
      await fillLog(servers, total);
      for (const [name, format] of [
        ['of-shards.csv', 'CSVWithNames'],
        ['of-shards.json', 'JSON'],
        ['of-shards.jsonl', 'JSONEachRow'],
      ] as const) {
        const saved = await post(servers.urls[0], `${sql}\nFORMAT ${format}`);
        expect(await readSaved('clickhouse', name, saved), name).toEqual(known);
      }
    } finally {
      await servers.stop();
    }
  });

  test.skipIf(!chdbInstalled())('of a current ClickHouse', async () => {
    const sql = await printQuery({ gateway: 'log', engine: 'clickhouse' });
    const server = await startChdbServer();
    try {
      await server.ask(`create table log (${columns}) engine = MergeTree order by time`);
      await server.ask(`insert into log ${toSelect({ total })}`);
      for (const [name, format] of [
        ['of-one.csv', 'CSVWithNames'],
        ['of-one.json', 'JSON'],
        ['of-one.parquet', 'Parquet'],
      ] as const) {
        const saved = await post(server.url, `${sql}\nFORMAT ${format}`);
        expect(await readSaved('clickhouse', name, saved), name).toEqual(known);
      }
    } finally {
      await server.stop();
    }
  });

  test('of DuckDB', async () => {
    const log = path.join(folder, 'log.jsonl');
    const texts = rows.map(({ time, waitMs, ...row }) => {
      const iso = new Date(time * 1000).toISOString().slice(0, 19);
      return JSON.stringify({ ...row, time: iso, wait_ms: waitMs });
    });
    await writeFile(log, texts.join('\n'));
    const sql = await printQuery({
      gateway: 'logs.log',
      engine: 'duckdb',
      database: 'logs.duckdb',
    });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    try {
      await connection.run(`create schema logs`);
      await connection.run(`create table logs.log as from read_json('${log}')`);
      for (const [name, form] of [
        ['of-duckdb.csv', 'csv, header'],
        ['of-duckdb.json', 'json, array'],
        ['of-duckdb.jsonl', 'json'],
        ['of-duckdb.parquet', 'parquet'],
        ['zstd.parquet', 'parquet, compression zstd'],
        ['gzip.parquet', 'parquet, compression gzip'],
      ] as const) {
        const file = path.join(folder, name);
        await connection.run(`copy (${sql}) to '${file}' (format ${form})`);
        const options = { engine: 'duckdb', database: 'logs.duckdb', result: name };
        const asked = { ...options, columns: logColumns, ...mapping };
        expect(withoutOrigins(await scanGateway(folder, ['logs.log'], asked)), name).toEqual(known);
      }
    } finally {
      connection.closeSync();
    }
  });
});

describe('the rows of a file', () => {
  async function readAll(file: string, content: string | Uint8Array): Promise<unknown[]> {
    const read: unknown[] = [];
    for await (const row of readSavedRows(file, memoryFiles({ [file]: content }))) read.push(row);
    return read;
  }

  test('have their lines, and NULL is nothing', async () => {
    expect(await readAll('a.csv', '\ufeffpath,first_ms\n"/a,b",\\N\n"\\N",7\n')).toEqual([
      [2, { path: '/a,b', first_ms: '' }],
      [3, { path: '\\N', first_ms: '7' }],
    ]);
    expect(await readAll('a.jsonl', '{"calls":1}\n\n{"calls":2}')).toEqual([
      [1, { calls: 1 }],
      [3, { calls: 2 }],
    ]);
    const list = '{\n"meta":[{"name":"calls"}],\n"data":[{"calls":1},{"calls":2}],\n"rows":2}';
    expect(await readAll('a.json', list)).toEqual([
      [1, { calls: 1 }],
      [2, { calls: 2 }],
    ]);
    for (const file of ['a.csv', 'a.jsonl', 'a.json']) expect(await readAll(file, '')).toEqual([]);
  });

  test.each([
    ['a.csv', 'path,calls\n"/a,1\n'],
    ['a.csv', 'path,calls\n/a\n'],
    ['a.csv', `path\n${'x'.repeat(2_000_000)}\n`],
    ['a.json', '[{"calls":1},'],
    ['a.json', '['.repeat(200_000)],
    ['a.jsonl', '{"calls":1}\n{"cal'],
    ['a.jsonl', Buffer.from('{"path":"\xff"}\n', 'latin1')],
    ['a.parquet', 'PAR1 nothing of the kind PAR1'],
  ])('%s that is broken is refused by name', async (file, content) => {
    await expect(readAll(file, content)).rejects.toThrow(
      new RegExp(
        `^${file}:1:1: is no ${file.slice(2)} that can be read to its end; save the result again\\.$`,
      ),
    );
  });

  test('are of forms that are known', async () => {
    await expect(readAll('a.tsv', '')).rejects.toThrow(
      /^a\.tsv:1:1: a saved result is a \.csv, \.json, \.jsonl or \.parquet file/,
    );
  });
});

test('a result that another query gave is refused by its line', async () => {
  const content = 'caller,calls\nportal,7\nportal,many\n';
  await writeFile(path.join(folder, 'other.csv'), content);
  const options = { engine: 'clickhouse', result: 'other.csv', columns: logColumns };
  await expect(scanGateway(folder, ['log'], options)).rejects.toThrow(
    /^other\.csv:2:1: its column "outcome" is not what the query gives; run the query that "landscape sql" prints\.$/,
  );
});
