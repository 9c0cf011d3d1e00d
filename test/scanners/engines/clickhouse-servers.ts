import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findProgram } from '../../../src/files/find-program.ts';
import { loader, toServerConfig, toUsersConfig } from './clickhouse-config.ts';

/** Two shards of one cluster: a table of the engine `Distributed` shows the rows of both. */
export interface ClickHouseServers {
  /** Where each shard answers HTTP. */
  readonly urls: readonly [string, string];
  readonly version: string;
  /** Asks a shard as one who may do everything; fails with what the server says. */
  ask(sql: string, shard?: 0 | 1): Promise<string>;
  /** Waits until a shard works at a question, be it only its part of it. */
  untilBusy(shard: 0 | 1): Promise<void>;
  /** Ends a shard at once, as a loss of power does. */
  kill(shard: 0 | 1): Promise<void>;
  /** Ends both and removes all that they wrote. */
  stop(): Promise<void>;
}

/** A server of the two. */
interface Shard {
  readonly url: string;
  readonly server: ChildProcess;
  /** The end of what it complained about. */
  complaint(): string;
}

/** Debian keeps servers where the path of most users does not lead. */
const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
const find = (name: string): string | undefined =>
  findProgram(folders.map((folder) => path.join(folder, name)));
const program = find('clickhouse-server');
/** A test that is itself killed ends nothing it started; the system does, where it is asked to. */
const dyingWithParent = find('setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];

/** Whether this machine has the server. Says so where it has not, for then tests are skipped. */
export function serverInstalled(): boolean {
  if (!program)
    console.warn('clickhouse-server is not installed, so tests that ask two are skipped.');
  return program !== undefined;
}

/**
 * Starts two servers on loopback, as the user who runs the tests and with all that they write below
 * one temporary folder. They end with the process that started them, however that ends.
 */
export async function startClickHouseServers(): Promise<ClickHouseServers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landscape-clickhouse-'));
  const shards: Shard[] = [];
  const killAll = (): void => {
    for (const { server } of shards) server.kill('SIGKILL');
  };
  const stop = async (): Promise<void> => {
    await Promise.all(shards.map(kill));
    process.off('exit', killAll);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', killAll);
  try {
    const [http1 = 0, http2 = 0, tcp1 = 0, tcp2 = 0] = await findPorts(4);
    const first = await start(path.join(folder, '1'), { http: http1, tcp: tcp1 }, [tcp1, tcp2]);
    shards.push(first);
    const second = await start(path.join(folder, '2'), { http: http2, tcp: tcp2 }, [tcp1, tcp2]);
    shards.push(second);
    await Promise.all(shards.map(untilReady));
    const pair = [first, second] as const;
    const ask: ClickHouseServers['ask'] = (sql, shard = 0) => post(pair[shard].url, sql);
    return {
      urls: [first.url, second.url],
      version: (await ask('select version()')).trim(),
      ask,
      untilBusy: (shard) => untilBusy((sql) => ask(sql, shard)),
      kill: (shard) => kill(pair[shard]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  folder: string,
  ports: { readonly http: number; readonly tcp: number },
  tcpPorts: readonly number[],
): Promise<Shard> {
  const config = path.join(folder, 'config.xml');
  await mkdir(folder);
  await writeFile(config, toServerConfig(folder, ports, tcpPorts));
  await writeFile(path.join(folder, 'users.xml'), toUsersConfig());
  const [command, ...rest] = [...dyingWithParent, program ?? 'clickhouse-server'];
  const server = spawn(command ?? '', [...rest, `--config-file=${config}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  await once(server, 'spawn');
  return { url: `http://127.0.0.1:${ports.http}`, server, complaint: () => complaints.trim() };
}

/** Waits until a server answers; it takes a third of a second, on a busy machine more. */
async function untilReady({ url, server, complaint }: Shard): Promise<void> {
  const end = performance.now() + 30_000;
  while (performance.now() < end) {
    if (isOver(server)) throw new Error(`clickhouse-server did not start: ${complaint()}`);
    try {
      if ((await fetch(`${url}/ping`)).ok) return;
    } catch {
      // Not yet.
    }
    await wait(20);
  }
  throw new Error(`clickhouse-server at ${url} does not answer: ${complaint()}`);
}

async function untilBusy(ask: (sql: string) => Promise<string>): Promise<void> {
  const others = "select count() from system.processes where query not like '%system.processes%'";
  const end = performance.now() + 10_000;
  while ((await ask(others)).trim() === '0') {
    if (performance.now() > end) throw new Error('nobody asks this shard');
    await wait(20);
  }
}

async function kill({ server }: Shard): Promise<void> {
  if (isOver(server)) return;
  const over = once(server, 'exit');
  server.kill('SIGKILL');
  await over;
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function post(url: string, sql: string): Promise<string> {
  const headers = { 'X-ClickHouse-User': loader.name, 'X-ClickHouse-Key': loader.password };
  const response = await fetch(url, { method: 'POST', body: sql, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim());
  return text;
}

/** Ports of loopback that are free now; all are held until the last is found, so that none repeats. */
async function findPorts(count: number): Promise<readonly number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports: number[] = [];
  for (const holder of holders) {
    if (!holder.listening) await once(holder, 'listening');
    const address = holder.address();
    if (typeof address === 'object' && address) ports.push(address.port);
  }
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
  return ports;
}
