import { type Engine, EngineError, type Watch } from '../engine.ts';
import { duckdbDialect } from '../sql/duckdb.ts';
import { briefly } from './briefly.ts';
import { loadClient } from './load-client.ts';

/** How DuckDB is opened. */
export interface DuckDbOptions {
  /** The absolute path of a database file; undefined where files of data are read. */
  readonly database: string | undefined;
  /** The only files that may be read; undefined where nobody can know them all beforehand. */
  readonly readable: readonly string[] | undefined;
  /** Extensions that are loaded beside the built-in ones; none is fetched. */
  readonly extensions: readonly string[];
  /** The most memory that it may use, such as `4GB`. */
  readonly memory: string | undefined;
}

const pollMilliseconds = 500;

/** Opens DuckDB in this process, reading only and writing nothing, not even for a while. */
export async function openDuckDb(options: DuckDbOptions): Promise<Engine> {
  const { DuckDBInstance } = await loadClient('@duckdb/node-api', () => import('@duckdb/node-api'));
  const { database, readable, extensions, memory } = options;
  const open = async () => {
    const instance = await DuckDBInstance.create(database ?? ':memory:', {
      autoinstall_known_extensions: 'false',
      temp_directory: '',
      ...(database === undefined ? {} : { access_mode: 'READ_ONLY' }),
      ...(memory === undefined ? {} : { memory_limit: memory }),
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const name of extensions) await connection.run(`LOAD ${name}`);
    if (extensions.includes('aws'))
      await connection.run('CREATE SECRET (TYPE s3, PROVIDER credential_chain)');
    if (readable) {
      const paths = readable.map(duckdbDialect.text).join(', ');
      await connection.run(`SET allowed_paths = [${paths}]`);
      await connection.run('SET enable_external_access = false');
    }
    return { instance, connection };
  };
  const { instance, connection } = await open().catch((error) => {
    throw explain(error);
  });
  return {
    async *rows(sql, { signal, progress }: Watch) {
      const interrupt = (): void => connection.interrupt();
      signal.addEventListener('abort', interrupt, { once: true });
      const poll = setInterval(() => {
        const { rows_processed: rows, total_rows_to_process: total } = connection.progress;
        progress(Number(rows), Number(total));
      }, pollMilliseconds);
      try {
        signal.throwIfAborted();
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
      instance.closeSync();
    },
  };
}

/** What messages say → what the user can do; the first that fits is told. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [/^Out of Memory/i, 'ask for fewer days, or raise "memory"'],
  [/Conflicting lock/i, 'another program writes this file: end it, or name a copy'],
  [
    /^Binder Error/i,
    'correct "columns", "partition" and "where" by "DESCRIBE"; "landscape sql" prints the query',
  ],
  [/^Catalog Error/i, 'correct the table that "gateway:" names, or "columns"'],
  [/operations are disabled by configuration/, 'only the files that "gateway:" names are read'],
  [
    /magic bytes|CSV Error|Malformed JSON|Snappy|Thrift|Parquet file/i,
    'this file is broken or of another kind: write it again, leave it out, or set "reader"',
  ],
  [/^Conversion Error/i, 'leave such rows out with "where", or write TRY_CAST in "columns"'],
  [/^(?:IO|HTTP|Permission) Error/i, 'check that the files can be read'],
];

function explain(error: unknown): EngineError {
  const text = error instanceof Error ? error.message : String(error);
  const [, missing] = /"INSTALL (\w+)"/.exec(text) ?? [];
  if (missing !== undefined)
    return new EngineError(
      `DuckDB has no extension "${missing}" here, and none is fetched`,
      `install it once with a DuckDB of the same version ("INSTALL ${missing}"), and name it under "extensions"`,
      error,
    );
  return new EngineError(
    `DuckDB says: ${briefly(text.split('\n')[0] ?? '')}`,
    remedies.find(([look]) => look.test(text))?.[1] ??
      '"landscape sql" prints the query; run it with DuckDB itself',
    error,
  );
}
