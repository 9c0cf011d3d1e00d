import type { DuckDBConnection } from '@duckdb/node-api';
import { redact } from '../../../redact.ts';
import { type Engine, EngineError, type Watch } from '../engine.ts';
import { loadClient } from './load-client.ts';

const pollMilliseconds = 500;

/**
 * Opens DuckDB in this process, reading only.
 * @param database the absolute path of a database file; undefined where files of data are read
 * @param extensions what is loaded beside the built-in ones; none is fetched
 */
export async function openDuckDb(
  database: string | undefined,
  extensions: readonly string[],
): Promise<Engine> {
  const { DuckDBInstance } = await loadClient('@duckdb/node-api', () => import('@duckdb/node-api'));
  let connection: DuckDBConnection;
  try {
    const settings = { autoinstall_known_extensions: 'false' };
    const instance = await DuckDBInstance.create(
      database ?? ':memory:',
      database === undefined ? settings : { ...settings, access_mode: 'READ_ONLY' },
    );
    connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const name of extensions) await connection.run(`LOAD ${name}`);
    if (extensions.includes('aws'))
      await connection.run('CREATE SECRET (TYPE s3, PROVIDER credential_chain)');
  } catch (error) {
    throw explain(error);
  }
  return {
    async *rows(sql, { signal, progress }: Watch) {
      const interrupt = (): void => connection.interrupt();
      signal.addEventListener('abort', interrupt, { once: true });
      const poll = setInterval(() => {
        const { rows_processed: rows, total_rows_to_process: total } = connection.progress;
        progress(Number(rows), Number(total));
      }, pollMilliseconds);
      try {
        const result = await connection.stream(sql);
        for await (const rows of result.yieldRowObjectJson()) yield* rows;
      } catch (error) {
        throw signal.aborted
          ? new EngineError('the query was stopped', 'run it again', error)
          : explain(error);
      } finally {
        clearInterval(poll);
        signal.removeEventListener('abort', interrupt);
      }
    },
    async close() {
      connection.closeSync();
    },
  };
}

/** Starts of messages → what the user can do. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /Extension .*(?:not found|not loaded|missing)|INSTALL \w+|not installed/i,
    'install the extension once with DuckDB itself ("INSTALL httpfs"), and name it under "extensions"',
  ],
  [/^Out of Memory/i, 'ask for fewer days'],
  [/^Binder Error/i, 'correct "columns" by "DESCRIBE"; "landscape sql" prints the query'],
  [/^Catalog Error/i, 'correct the table that "gateway:" names, or "columns"'],
  [/^(?:IO|HTTP|Permission) Error/i, 'check that the files can be read'],
];

function explain(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const line = redact((text.split('\n')[0] ?? '').replace(/\s+/g, ' ').trim());
  return new EngineError(
    `DuckDB says: ${line.length > 300 ? `${line.slice(0, 299)}…` : line}`,
    remedies.find(([look]) => look.test(text))?.[1] ??
      '"landscape sql" prints the query; run it with DuckDB itself',
    error,
  );
}
