import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logColumns, logSource, mapping } from './engine-landscape.ts';
import { logFormat, toRow } from './log-rows.ts';
import { type GatewayScan, scanGateway, withoutOrigins } from './scan-engine.ts';

const total = 1200;
const rows = Array.from({ length: total }, (_, number) => toRow(number, total));
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
const days = [...new Set(rows.map(({ time }) => dayOf(time)))].sort();

let folder = '';
let local: GatewayScan;

/** The query that makes a table of the generated calls. */
const select =
  "SELECT make_timestamp(time * 1000000) AS time, address, \"user\", method, host, path, status, bytes, waitMs AS wait_ms, agent, strftime(make_timestamp(time * 1000000), '%Y-%m-%d') AS dt FROM read_json('rows.jsonl')";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-duckdb-'));
  const { files } = logSource(total);
  await writeFile(path.join(folder, 'access.log'), files['access.log'] ?? '');
  const lines = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
  await writeFile(path.join(folder, 'rows.jsonl'), lines);
  await writeFile(path.join(folder, 'rows.jsonl.gz'), gzipSync(lines));
  const at = (name: string): string => path.join(folder, name).replaceAll("'", "''");
  await run(path.join(folder, 'logs.duckdb'), [
    `CREATE TABLE access AS ${select.replace('rows.jsonl', at('rows.jsonl'))}`,
    `COPY access TO '${at('whole.parquet')}'`,
    `COPY access TO '${at('rows.csv.gz')}'`,
    `COPY access TO '${at('parts')}' (FORMAT parquet, PARTITION_BY (dt))`,
    `COPY (SELECT * EXCLUDE dt FROM access WHERE status < 400) TO '${at("it's [1].parquet")}'`,
    `COPY (SELECT status, * EXCLUDE (dt, status), 1 AS more FROM access WHERE status >= 400) TO '${at("it's [2].parquet")}'`,
  ]);
  await writeFile(path.join(folder, 'half.parquet'), 'PAR1 is all that is here');
  local = await scanGateway(folder, ['access.log'], { format: logFormat, ...mapping });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(database: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

const scan = (
  patterns: string | readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<GatewayScan> =>
  scanGateway(folder, [patterns].flat(), {
    engine: 'duckdb',
    columns: logColumns,
    ...mapping,
    ...options,
  });

/** How many calls are counted, all in all. */
const countCalls = ({ coverage }: GatewayScan): number => coverage.parsed;

describe('DuckDB finds what the reader of logs does', () => {
  test.each<[string, string | readonly string[], Readonly<Record<string, unknown>>]>([
    ['in a Parquet file', 'whole.parquet', {}],
    ['in a packed CSV file', 'rows.csv.gz', {}],
    [
      'in a packed file of JSON',
      'rows.jsonl.gz',
      { columns: { ...logColumns, time: 'time s', duration: 'waitMs ms' } },
    ],
    ['in folders by day', 'parts/**/*.parquet', {}],
    [
      'in folders by day, all of them chosen',
      'parts',
      { reader: 'parquet', from: days[0], to: days.at(-1), partition: 'dt' },
    ],
    ['in files with other columns and signs of patterns in their names', 'it*.parquet', {}],
    ['in a database', 'access', { database: 'logs.duckdb' }],
    [
      'in a database, its schema named',
      'main.access',
      { database: 'logs.duckdb', memory: '512 MB' },
    ],
    [
      'by expressions',
      'whole.parquet',
      { columns: { ...logColumns, user: '(coalesce("user", \'-\'))', time: '(epoch(time)) s' } },
    ],
  ])('%s', async (_, patterns, options) => {
    const asked = await scan(patterns, options);
    expect(withoutOrigins(asked)).toEqual(withoutOrigins(local));
    const { parsed, skipped, leftOut } = local.coverage;
    expect(asked.coverage).toMatchObject({ parsed, skipped, leftOut });
  });

  test('in a database that another process reads', async () => {
    const reading =
      "import('@duckdb/node-api').then(async ({ DuckDBInstance }) => { globalThis.open = await DuckDBInstance.create(process.argv[1], { access_mode: 'READ_ONLY' }); console.log('open'); setInterval(() => {}, 1000); });";
    const other = spawn(process.execPath, ['-e', reading, path.join(folder, 'logs.duckdb')]);
    try {
      await once(other.stdout, 'data');
      expect(countCalls(await scan('access', { database: 'logs.duckdb' }))).toBe(total);
    } finally {
      other.kill();
      await once(other, 'exit');
    }
  });

  test('and nothing is written beside what it reads', async () => {
    const before = (await readdir(folder, { recursive: true })).sort();
    await scan('access', { database: 'logs.duckdb' });
    await scan('whole.parquet');
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(before);
  });
});

describe('a part of the rows', () => {
  const between = (from: string, to: string): number =>
    rows.filter(({ time }) => dayOf(time) >= from && dayOf(time) <= to).length;

  test.each([
    ['days', 'whole.parquet', {}],
    ['days and partitions', 'parts/**/*.parquet', { partition: 'dt' }],
  ])('%s', async (_, pattern, options) => {
    const [from = '', to = ''] = [days[1], days[2]];
    expect(between(from, to)).toBeGreaterThan(0);
    const asked = await scan(pattern, { ...options, from, to });
    expect(countCalls(asked)).toBe(between(from, to));
  });

  test('a condition', async () => {
    const asked = await scan('whole.parquet', { where: "method = 'PUT' OR status = 404" });
    const expected = rows.filter(({ method, status }) => method === 'PUT' || status === 404);
    expect(countCalls(asked)).toBe(expected.length);
  });

  test('rows whose time or size is none are counted, and stop nothing', async () => {
    const wild = ['1e300', '-62135596800', '1790000000', 'null'].flatMap((time) =>
      ['1e400', '"Infinity"', '"NaN"', '-5', '7'].map(
        (bytes) =>
          `{"time":${time},"bytes":${bytes.replace('1e400', '"1e400"')},"path":"/a","host":"h","status":200}`,
      ),
    );
    await writeFile(path.join(folder, 'wild.jsonl'), `${wild.join('\n')}\n`);
    const { coverage } = await scan('wild.jsonl', {
      columns: { time: 'time s', bytes: 'bytes', path: 'path', host: 'host', status: 'status' },
    });
    expect(coverage).toMatchObject({ parsed: 15, skipped: 5 });
  });
});

describe('DuckDB says no', () => {
  test.each<[string, string | readonly string[], Readonly<Record<string, unknown>>, RegExp]>([
    [
      'to a column that is none',
      'whole.parquet',
      { columns: { ...logColumns, user: 'usr' } },
      /"usr" not found.*correct "columns"/,
    ],
    [
      'to a broken file',
      'half.parquet',
      {},
      /half\.parquet.*this file is broken or of another kind/,
    ],
    [
      'to a file of another kind',
      'rows.jsonl',
      { reader: 'parquet' },
      /this file is broken or of another kind/,
    ],
    [
      'to a table that is none',
      'acces',
      { database: 'logs.duckdb' },
      /acces does not exist.*correct the table/,
    ],
    [
      'to a database that is none',
      'access',
      { database: 'none.duckdb' },
      /none\.duckdb.*check that the files can be read/,
    ],
    [
      'without its extension for Iceberg',
      'parts',
      { reader: 'iceberg' },
      /no extension "iceberg" here, and none is fetched; install it once.*"INSTALL iceberg"/,
    ],
    [
      'without its extension for object stores',
      's3://logs/2026/*.parquet',
      {},
      /no extension "httpfs" here/,
    ],
    [
      'to an extension that is not installed',
      'whole.parquet',
      { extensions: ['httpfs'] },
      /no extension "httpfs" here/,
    ],
    [
      'for want of memory',
      'whole.parquet',
      { memory: '1 MB' },
      /ask for fewer days, or raise "memory"/,
    ],
    [
      'to a file that the source does not name',
      'whole.parquet',
      { where: "(SELECT count(*) FROM read_text('/etc/hostname')) > 0" },
      /\/etc\/hostname.*only the files that "gateway:" names/,
    ],
  ])('%s', async (_, patterns, options, expected) => {
    const failed = scan(patterns, options);
    await expect(failed).rejects.toThrow(expected);
    await expect(failed).rejects.toThrow(/^landscape\.yaml:1:1: /);
  });

  test('and stops in time', async () => {
    const slow =
      '(SELECT count(*) FROM range(100000) a(i), range(100000) b(j) WHERE (i * j) % 7 = 3) > 0';
    const begun = Date.now();
    await expect(scan('whole.parquet', { where: slow, timeout: 1 })).rejects.toThrow(
      /took longer than the 1 s/,
    );
    expect(Date.now() - begun).toBeLessThan(5000);
  });
});
