import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ClickHouseUser, limitedReader, reader } from './clickhouse-config.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';
import { fillLog } from './fill-log.ts';

let servers: ClickHouseServers | undefined;
afterEach(() => servers?.stop());

const total = 10_000;

/** Starts both with the generated log. */
async function start(): Promise<ClickHouseServers> {
  servers = await startClickHouseServers();
  await fillLog(servers, total);
  return servers;
}

async function ask(url: string, { name, password }: ClickHouseUser, sql: string): Promise<string> {
  const headers = { 'X-ClickHouse-User': name, 'X-ClickHouse-Key': password };
  const answer = await fetch(url, { method: 'POST', body: sql, headers });
  return `${answer.status} ${(await answer.text()).trim()}`;
}

describe.skipIf(!serverInstalled())('two ClickHouse servers', () => {
  test('are one table to those who may read, and to them alone', async () => {
    const { urls } = await start();
    const count = 'select count() from log';
    for (const url of urls) expect(await ask(url, reader, count)).toBe(`200 ${total}`);
    expect(await ask(urls[0], { ...reader, password: 'another' }, count)).toMatch(/^401 Code: 193/);
    expect(await ask(urls[0], reader, 'drop table part')).toContain('Code: 164');
    expect(await ask(`${urls[0]}/?max_threads=1`, reader, count)).toContain('Code: 164');
    expect(await ask(`${urls[0]}/?max_threads=1`, limitedReader, count)).toBe(`200 ${total}`);
  });

  test('lose one at once, amid a question or before it', async () => {
    const { urls, untilBusy, kill } = await start();
    const asked = ask(`${urls[0]}/?wait_end_of_query=1`, reader, 'select count() from slow_log');
    await untilBusy(1);
    await kill(1);
    expect(await asked).toMatch(/^500 Code: (?:32|210),/);
    expect(await ask(urls[0], reader, 'select count() from log')).toMatch(/^500 Code: 279,/);
    expect(await ask(urls[0], reader, 'select count() from part')).toBe(`200 ${total / 2}`);
  });

  test('leave nothing behind', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'landscape-leave-nothing-'));
    vi.stubEnv('TMPDIR', folder);
    try {
      const { urls, stop } = await start();
      expect(await readdir(folder)).toHaveLength(1);
      await stop();
      expect(await readdir(folder)).toEqual([]);
      for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });
});
