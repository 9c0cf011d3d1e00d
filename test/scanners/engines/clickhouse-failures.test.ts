import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { reader } from './clickhouse-config.ts';
import {
  type ClickHouseServers,
  serverInstalled,
  startClickHouseServers,
} from './clickhouse-servers.ts';
import { logColumns, mapping, openLandscapes, readAll } from './engine-landscape.ts';
import { fillLog } from './fill-log.ts';

const { write } = openLandscapes();
let servers: ClickHouseServers;
afterEach(() => servers?.stop());

async function start(): Promise<void> {
  servers = await startClickHouseServers();
  await fillLog(servers, 10_000);
}

/** A landscape that asks the first server slowly, with a report of an earlier scan. */
function writeSlow(options: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const source = {
    gateway: 'slow_log',
    engine: 'clickhouse',
    url: servers.urls[0],
    user: reader.name,
    password: { env: 'CH_PASSWORD' },
    columns: logColumns,
    ...mapping,
    ...options,
  };
  return write(source, { 'report/audit.json': 'of an earlier scan' });
}

/** Starts the command line as a user does; `npm test` builds it first. */
function startScan(folder: string): {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
} {
  const args = ['bin/landscape.js', 'scan', folder, '-o', path.join(folder, 'report')];
  const env = { ...process.env, CH_PASSWORD: reader.password };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, errors }));
  return { child, ended };
}

/** What is left of the slow question on both servers, once they have had a moment. */
async function countLeft(): Promise<number> {
  const sql =
    "select count() from system.processes where query like '%slow_%' and query not like '%system.processes%'";
  for (let round = 0; ; round++) {
    const counts = await Promise.all(([0, 1] as const).map((shard) => servers.ask(sql, shard)));
    const left = counts.reduce((sum, count) => sum + Number(count), 0);
    // A killed query ends at its next block, long before it would by itself.
    if (left === 0 || round === 10) return left;
    await wait(50);
  }
}

async function expectEarlierReport(folder: string): Promise<void> {
  const report = await readAll(path.join(folder, 'report'));
  expect([...report].map(([name, bytes]) => [name, `${bytes}`])).toEqual([
    ['audit.json', 'of an earlier scan'],
  ]);
}

describe.skipIf(!serverInstalled())('a scan that asks two ClickHouse servers', () => {
  test('ends with what to do when the other shard dies amid the question, and without it', async () => {
    await start();
    const folder = await writeSlow();
    const { ended } = startScan(folder);
    await servers.untilBusy(1);
    await servers.kill(1);
    const dying = await ended;
    expect(dying.errors).toMatch(
      /^landscape\.yaml:\d+:\d+: slow_log: the server says: .* \(code (?:32|210)\); a shard does not answer: see that all are up, and run it again\.\n$/,
    );
    expect(dying.code).toBe(2);
    await expectEarlierReport(folder);

    const dead = await startScan(folder).ended;
    expect(dead.errors).toMatch(
      /^landscape\.yaml:\d+:\d+: slow_log: the server says: .* \(code 279\); a shard does not answer/,
    );
    expect(dead.code).toBe(2);
    await expectEarlierReport(folder);
  });

  test('ends the question on both after its time, and when it is stopped itself', async () => {
    await start();
    const hasty = await writeSlow({ timeout: 1 });
    const late = startScan(hasty);
    await servers.untilBusy(1);
    expect(await late.ended).toEqual({
      code: 2,
      errors: expect.stringMatching(
        /^landscape\.yaml:\d+:\d+: slow_log: took longer than the 1 s of "timeout" and was stopped; ask for fewer days, or raise it\.\n$/,
      ),
    });
    expect(await countLeft()).toBe(0);
    await expectEarlierReport(hasty);

    const folder = await writeSlow();
    const { child, ended } = startScan(folder);
    await servers.untilBusy(1);
    child.kill('SIGINT');
    expect(await ended).toEqual({
      code: 130,
      errors: 'landscape was stopped (SIGINT); no report is half-written.\n',
    });
    expect(await countLeft()).toBe(0);
    await expectEarlierReport(folder);
  });

  test('ends with what to do when the server that is asked dies', async () => {
    await start();
    const folder = await writeSlow();
    const { ended } = startScan(folder);
    await servers.untilBusy(1);
    await servers.kill(0);
    const { code, errors } = await ended;
    expect(errors).toMatch(
      /^landscape\.yaml:\d+:\d+: slow_log: the server cannot be reached or ended the connection \(ECONNRESET\); check "url", the network/,
    );
    expect(code).toBe(2);
    await expectEarlierReport(folder);
  });
});
