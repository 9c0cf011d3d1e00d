import { cluster } from './clickhouse-config.ts';
import type { ClickHouseServers } from './clickhouse-servers.ts';
import { columns, toSelect } from './log-rows.ts';

/**
 * Spreads the generated calls over both servers. On each, the table `log` shows all of them; so does
 * `slow_log`, at which any question takes about two seconds, long enough for something to happen.
 */
export async function fillLog({ ask }: ClickHouseServers, total: number): Promise<void> {
  for (const shard of [0, 1] as const) {
    await ask(`create table part (${columns}) engine = MergeTree order by time`, shard);
    await ask(`insert into part ${toSelect({ total, shard, shards: 2 })}`, shard);
    await ask(
      `create view slow_part as select * from part where sleepEachRow(${4 / total}) = 0`,
      shard,
    );
    for (const name of ['', 'slow_'])
      await ask(
        `create table ${name}log (${columns}) engine = Distributed(${cluster}, default, ${name}part)`,
        shard,
      );
  }
}
