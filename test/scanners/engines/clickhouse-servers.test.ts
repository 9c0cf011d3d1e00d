import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClickHouseUser, cluster, limitedReader, reader } from './clickhouse-config.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';

let servers: ClickHouseServers | undefined;
afterEach(() => servers?.stop());

/** Starts both, with ten rows on the first, twenty on the second and a table of all thirty. */
async function start(): Promise<ClickHouseServers> {
  const started = await startClickHouseServers();
  servers = started;
  for (const shard of [0, 1] as const) {
    await started.ask('create table rows (n UInt64) engine = MergeTree order by n', shard);
    const count = (shard + 1) * 10;
    await started.ask(`insert into rows select number from numbers(${count})`, shard);
  }
  await started.ask(
    `create table all_rows as rows engine = Distributed(${cluster}, default, rows)`,
  );
  return started;
}

async function ask(url: string, { name, password }: ClickHouseUser, sql: string): Promise<string> {
  const headers = { 'X-ClickHouse-User': name, 'X-ClickHouse-Key': password };
  const answer = await fetch(url, { method: 'POST', body: sql, headers });
  return `${answer.status} ${(await answer.text()).trim()}`;
}

describe.skipIf(!serverInstalled())('two ClickHouse servers', () => {
  test('are one table to those who may read, and to them alone', async () => {
    const { urls } = await start();
    const sum = 'select count(), sum(n) from all_rows';
    expect(await ask(urls[0], reader, sum)).toBe('200 30\t235');
    expect(await ask(urls[0], { ...reader, password: 'another' }, sum)).toMatch(/^401 Code: 193/);
    expect(await ask(urls[0], reader, 'insert into rows values (1)')).toContain('Code: 164');
    expect(await ask(`${urls[0]}/?max_threads=1`, reader, sum)).toContain('Code: 164');
    expect(await ask(`${urls[0]}/?max_threads=1`, limitedReader, sum)).toBe('200 30\t235');
  });

  test('lose one at once, and the other says so', async () => {
    const { urls, kill } = await start();
    await kill(1);
    const answer = await ask(urls[0], reader, 'select count() from all_rows');
    expect(answer).toContain('Code: 279');
    expect(await ask(urls[0], reader, 'select count() from rows')).toBe('200 10');
  });

  test('leave nothing behind', async () => {
    const before = await ours();
    const { urls, stop } = await start();
    const [folder = ''] = (await ours()).filter((name) => !before.includes(name));
    expect(existsSync(`${tmpdir()}/${folder}/1/data`)).toBe(true);
    await stop();
    expect(await ours()).not.toContain(folder);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});

async function ours(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('landscape-clickhouse-'));
}
