import { afterEach, describe, expect, test } from 'vitest';
import { type ChdbServer, chdbInstalled, startChdbServer } from './chdb-server.ts';
import { type ClickHouseUser, limitedReader, reader } from './clickhouse-config.ts';
import { columns, toRow, toSelect } from './log-rows.ts';

let server: ChdbServer | undefined;
afterEach(() => server?.stop());

describe.skipIf(!chdbInstalled())('a current ClickHouse', () => {
  test('makes the generated rows, and answers as a server does', async () => {
    const { url, ask } = await start();
    const total = 5_000;
    await ask(`create table log (${columns}) engine = MergeTree order by time`);
    await ask(`insert into log ${toSelect({ total })}`);
    const answer = await ask('select host, path, wait_ms from log order by time');
    const known = Array.from({ length: total }, (_, number) => toRow(number, total));
    expect(answer.trimEnd().split('\n').sort()).toEqual(
      known.map(({ host, path, waitMs }) => `${host}\t${path}\t${waitMs}`).sort(),
    );

    const post = async (
      sql: string,
      { name, password }: ClickHouseUser,
      settings = '',
    ): Promise<string> => {
      const headers = { 'X-ClickHouse-User': name, 'X-ClickHouse-Key': password };
      const response = await fetch(`${url}/?${settings}`, { method: 'POST', body: sql, headers });
      const code = response.headers.get('X-ClickHouse-Exception-Code');
      return `${response.status} ${code ?? (await response.text()).trim()}`;
    };
    const count = 'select count() from log';
    expect(await post(count, reader, 'wait_end_of_query=1&query_id=a')).toBe(`200 ${total}`);
    expect(await post(count, { ...reader, password: 'another' })).toBe('403 516');
    expect(await post('truncate table log', reader)).toBe('500 164');
    expect(await post(count, reader, 'max_rows_to_read=10')).toBe('500 164');
    expect(await post('select path from log', limitedReader, 'max_rows_to_read=10')).toBe(
      '500 158',
    );
    expect(await post('select no_such_column from log', reader)).toBe('404 47');
  });
});

async function start(): Promise<ChdbServer> {
  server = await startChdbServer();
  return server;
}
