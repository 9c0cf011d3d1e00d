import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CoverageCounter } from '../../../src/scanners/coverage.ts';
import { askEngine } from '../../../src/scanners/engines/ask-engine.ts';
import { engineOptions } from '../../../src/scanners/engines/engine-options.ts';
import type { ReadBytes, ScanContext } from '../../../src/scanners/scanner.ts';
import { reader } from './clickhouse-config.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';
import {
  logColumns,
  logSource,
  mapping,
  openLandscapes,
  readWithoutPlaces,
  runTool,
} from './engine-landscape.ts';
import { fillLog } from './fill-log.ts';

const total = 20_000;
const { write } = openLandscapes();
const today = ['--today', '2026-02-01', '--no-progress'];
const env = { CH_PASSWORD: reader.password };

describe.skipIf(!serverInstalled())('a log that two ClickHouse servers hold', () => {
  let servers: ClickHouseServers;
  let known: Record<string, unknown>;
  beforeAll(async () => {
    servers = await startClickHouseServers();
    await fillLog(servers, total);
    const { source, files } = logSource(total);
    known = await scan(await write(source, files));
  }, 60_000);
  afterAll(() => servers?.stop());

  async function scan(folder: string): Promise<Record<string, unknown>> {
    const output = path.join(folder, 'report');
    const { code, errors } = await runTool(['scan', folder, '-o', output, ...today], env);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    return readWithoutPlaces(output);
  }

  const source = (): Readonly<Record<string, unknown>> => ({
    engine: 'clickhouse',
    url: servers.urls[0],
    user: reader.name,
    password: { env: 'CH_PASSWORD' },
    columns: logColumns,
    ...mapping,
  });

  test('gives the landscape that the log file gives', async () => {
    expect(await scan(await write({ gateway: 'log', ...source() }))).toEqual(known);
  });

  test('is told of as it is read', async () => {
    const told: (ReadBytes | undefined)[] = [];
    const context = {
      patterns: ['slow_log'],
      coverage: new CoverageCounter(),
      placeOf: () => ({ file: 'landscape.yaml', line: 1, column: 1 }),
      progress: (_: string, read?: ReadBytes) => void told.push(read),
    } as unknown as ScanContext;
    vi.stubEnv('CH_PASSWORD', reader.password);
    const given = engineOptions.clickhouse.parse(source());
    const rows: unknown[] = [];
    for await (const row of askEngine(given, 'SELECT count() AS calls FROM slow_log', context))
      rows.push(row);
    vi.unstubAllEnvs();
    expect(rows).toEqual([{ calls: `${total}` }]);
    expect(told.length).toBeGreaterThan(0);
    for (const read of told) {
      expect(read?.unit).toBe('rows');
      expect(read?.done).toBeLessThanOrEqual(total);
    }
    expect(Math.max(...told.map((read) => read?.done ?? 0))).toBeGreaterThan(0);
  });
});
