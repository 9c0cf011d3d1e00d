import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Engine, Row, Watch } from '../engine.ts';
import type { ServerAccess } from '../server-access.ts';
import { explainClickHouse } from './clickhouse-errors.ts';
import { refuseSilentSettings } from './clickhouse-settings.ts';
import { loadClient } from './load-client.ts';

/** The server is given this long to end a query before the connection is given up. */
const graceMilliseconds = 60_000;
const killMilliseconds = 5000;
const pollMilliseconds = 1000;

/**
 * Opens a ClickHouse server by its HTTP interface; versions from 18.16 on.
 * @param timeout the most seconds that a query may take
 */
export async function openClickHouse(
  access: ServerAccess,
  database: string | undefined,
  timeout: number,
): Promise<Engine> {
  const { createClient, ClickHouseLogLevel } = await loadClient(
    '@clickhouse/client',
    () => import('@clickhouse/client'),
  );
  const { ca, cert, key } = access.tls;
  const tls = ca === undefined ? undefined : { ca_cert: ca, ...(cert && key ? { cert, key } : {}) };
  const client = createClient({
    url: access.url,
    application: 'landscape',
    request_timeout: timeout * 1000 + graceMilliseconds,
    ...(access.user === undefined ? {} : { username: access.user }),
    ...(access.password === undefined ? {} : { password: access.password }),
    ...(database === undefined ? {} : { database }),
    ...(tls ? { tls } : {}),
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    async *rows(sql, watch) {
      try {
        await refuseSilentSettings(client, watch.signal);
        yield* readRows(client, sql, watch);
      } catch (error) {
        throw explainClickHouse(error, watch.signal, access.secrets);
      }
    },
    close: () => client.close(),
  };
}

async function* readRows(client: ClickHouseClient, sql: string, watch: Watch): AsyncIterable<Row> {
  const id = randomUUID();
  let killed: Promise<void> | undefined;
  const kill = (): void => {
    killed = killQuery(client, id);
  };
  watch.signal.addEventListener('abort', kill, { once: true });
  const stopTelling = tellProgress(client, id, watch);
  try {
    const result = await client.query({
      query: sql,
      format: 'JSONEachRow',
      query_id: id,
      abort_signal: watch.signal,
      // Without it an error behind the first rows would look like the end of the answer.
      clickhouse_settings: { wait_end_of_query: 1 },
    });
    // An answer that ends with its connection may have been cut at any line by what is in between.
    const { 'content-length': length, 'transfer-encoding': encoding } = result.response_headers;
    if (length === undefined && encoding === undefined) throw new Error('it has no length');
    for await (const rows of result.stream<Row>()) for (const row of rows) yield row.json();
  } finally {
    stopTelling();
    watch.signal.removeEventListener('abort', kill);
    await killed;
  }
}

/** A connection that is closed ends no query, on no shard: it is killed by its name. */
async function killQuery(client: ClickHouseClient, id: string): Promise<void> {
  try {
    const query = `KILL QUERY WHERE query_id = '${id}'`;
    await client.command({ query, abort_signal: AbortSignal.timeout(killMilliseconds) });
  } catch {
    // It ends by the limits of its user.
  }
}

/** Tells now and then how far a query is, until what is returned is called. */
function tellProgress(client: ClickHouseClient, id: string, watch: Watch): () => void {
  const query = `SELECT read_rows, total_rows_approx FROM system.processes WHERE query_id = '${id}'`;
  let isAsking = false;
  const tell = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    try {
      const result = await client.query({ query, format: 'JSONEachRow' });
      const [row] = await result.json<{ read_rows: string; total_rows_approx: string }>();
      if (row) watch.progress(Number(row.read_rows), Number(row.total_rows_approx));
    } catch {
      // Where the server tells nobody how far it is, nobody is told.
    } finally {
      isAsking = false;
    }
  };
  const poll = setInterval(() => void tell(), pollMilliseconds);
  return () => clearInterval(poll);
}
