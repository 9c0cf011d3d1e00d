import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ChdbServer, chdbInstalled, startChdbServer } from './chdb-server.ts';
import { reader } from './clickhouse-config.ts';
import { logColumns, mapping } from './engine-landscape.ts';
import { columns, logFormat, toLine, toRow, toSelect } from './log-rows.ts';
import { scanGateway, withoutOrigins } from './scan-engine.ts';

const total = 1_500;
const window = { from: '2026-01-07', to: '2026-01-10' };

/** The lines of the days that are asked for, by their own clock. */
const lines = Array.from({ length: total }, (_, number) => toRow(number, total))
  .filter(({ time }) => {
    const day = new Date(time * 1000).toISOString().slice(0, 10);
    return day >= window.from && day <= window.to;
  })
  .map((row) => `${toLine(row)}\n`);

/** Column → what it is made of, for each way in which tables keep the same calls. */
const kept: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'types of texts': {
    user: 'toLowCardinality(user)',
    host: 'cast(host as LowCardinality(Nullable(String)))',
    method:
      "cast(method as Enum8('GET' = 1, 'POST' = 2, 'PUT' = 3, 'DELETE' = 4, 'HEAD' = 5, 'OPTIONS' = 6))",
    path: 'toNullable(path)',
    status: 'toString(status)',
  },
  'types of addresses and numbers': {
    address: 'toIPv4(address)',
    status: 'cast(status as Nullable(Int64))',
    bytes: 'toDecimal64(bytes, 2)',
    wait_ms: 'toFloat64(wait_ms)',
  },
  'addresses of IPv6': { address: 'toIPv6(address)' },
  'moments of another zone': { time: "toDateTime(time, 'America/New_York')" },
  'moments with fractions': { time: "addMilliseconds(toDateTime64(time, 3, 'Asia/Kolkata'), 7)" },
  seconds: { 'time s': 'toUnixTimestamp(time)' },
  'seconds with fractions': { 'time s': 'toUnixTimestamp(time) + 0.25' },
  milliseconds: { 'time ms': 'toInt64(toUnixTimestamp(time)) * 1000' },
  microseconds: { 'time us': 'toInt64(toUnixTimestamp(time)) * 1000000' },
  nanoseconds: { 'time ns': 'toInt64(toUnixTimestamp(time)) * 1000000000' },
  'texts of ISO 8601': { 'time iso': "formatDateTime(time, '%Y-%m-%dT%H:%i:%SZ', 'UTC')" },
};

describe.skipIf(!chdbInstalled())('a current ClickHouse', () => {
  let server: ChdbServer;
  let folder = '';
  let known: unknown[];
  beforeAll(async () => {
    vi.stubEnv('CH_PASSWORD', reader.password);
    folder = await mkdtemp(path.join(tmpdir(), 'landscape-types-'));
    await writeFile(path.join(folder, 'access.log'), lines.join(''));
    const local = await scanGateway(folder, ['access.log'], { format: logFormat, ...mapping });
    known = withoutOrigins(local);
    server = await startChdbServer();
    await server.ask(`create table log (${columns}) engine = MergeTree order by time`);
    await server.ask(`insert into log ${toSelect({ total })}`);
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(kept))('tells the same calls of %s', async (_, made) => {
    expect(known.length).toBeGreaterThan(50);
    const values = Object.entries(made).map(
      ([name, sql]) => `${sql} as kept_${name.split(' ')[0]}`,
    );
    await server.ask('drop table if exists kept');
    await server.ask(
      `create table kept engine = MergeTree order by tuple() as select *, ${values.join(', ')} from log`,
    );
    const columns = Object.entries(logColumns).map(([role, column]) => [
      role,
      toKept(column, made),
    ]);
    const asked = await scanGateway(folder, ['kept'], {
      engine: 'clickhouse',
      url: server.url,
      user: reader.name,
      password: { env: 'CH_PASSWORD' },
      columns: Object.fromEntries(columns),
      ...mapping,
      ...window,
    });
    expect(withoutOrigins(asked)).toEqual(known);
  });
});

/** The column as it is kept, with the unit that stands there or in the source. */
function toKept(column: string, made: Readonly<Record<string, string>>): string {
  const [name = '', unit = ''] = column.split(' ');
  const own = Object.keys(made).find((each) => each.split(' ')[0] === name);
  return own === undefined ? column : `kept_${own} ${unit}`.trim();
}
