import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { limitedReader, loader, reader } from './clickhouse-config.ts';

/** A current ClickHouse that answers HTTP: one engine, without shards. */
export interface ChdbServer {
  readonly url: string;
  /** Asks as one who may do everything; fails with what the engine says. */
  ask(sql: string): Promise<string>;
  stop(): Promise<void>;
}

/** Half a gigabyte, so it is no dependency of the project but of what is measured. */
const peers = fileURLToPath(new URL('../../../bench/gateway', import.meta.url));

/** Whether chDB is installed beside the measurements. Says so where it is not. */
export function chdbInstalled(): boolean {
  try {
    createRequire(path.join(peers, 'package.json')).resolve('chdb');
    return true;
  } catch {
    console.warn(
      'chDB is not installed (npm install --prefix bench/gateway), so tests that ask a current ClickHouse are skipped.',
    );
    return false;
  }
}

/** Starts it in a process of its own, on loopback; the users are those of the real servers. */
export async function startChdbServer(): Promise<ChdbServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landscape-chdb-'));
  const users = [
    { ...loader, readonly: 0 },
    { ...reader, readonly: 1 },
    { ...limitedReader, readonly: 2 },
  ];
  const script = fileURLToPath(new URL('chdb-http.mjs', import.meta.url));
  const server = spawn(process.execPath, [script, JSON.stringify({ users, peers })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder, TZ: 'UTC' },
  });
  const over = once(server, 'exit');
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await over;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const started = await Promise.race([once(server.stdout, 'data'), over.then(() => undefined)]);
  if (!started) {
    await stop();
    throw new Error('chDB did not start');
  }
  const url = `http://127.0.0.1:${String(started[0]).trim()}`;
  const headers = { 'X-ClickHouse-User': loader.name, 'X-ClickHouse-Key': loader.password };
  return {
    url,
    stop,
    async ask(sql) {
      const response = await fetch(url, { method: 'POST', body: sql, headers });
      const text = await response.text();
      if (!response.ok) throw new Error(text.trim());
      return text;
    },
  };
}
