import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  test('gives the landscape that the log file gives', async () => {
    const folder = await write({
      gateway: 'log',
      engine: 'clickhouse',
      url: servers.urls[0],
      user: reader.name,
      password: { env: 'CH_PASSWORD' },
      columns: logColumns,
      ...mapping,
    });
    const asked = await scan(folder);
    expect(asked).toEqual(known);
  });
});
