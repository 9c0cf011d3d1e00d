import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { redact } from '../../../redact.ts';
import { type Engine, EngineError, type Row, type Watch } from '../engine.ts';
import type { ServerAccess } from '../server-access.ts';
import { loadClient } from './load-client.ts';

/**
 * Settings with which a server answers with a part of the rows and no error, and the values that are
 * harmless. A user who may not change settings cannot ask for others, so they are looked at.
 */
const silentSettings: Readonly<Record<string, string>> = {
  skip_unavailable_shards: '0',
  read_overflow_mode: 'throw',
  group_by_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
};

/** What each overflow mode decides about: without such a limit it decides nothing. */
const limitsOf: Readonly<Record<string, readonly string[]>> = {
  read_overflow_mode: ['max_rows_to_read', 'max_bytes_to_read'],
  group_by_overflow_mode: ['max_rows_to_group_by'],
  result_overflow_mode: ['max_result_rows', 'max_result_bytes'],
  timeout_overflow_mode: ['max_execution_time'],
};

/** Without an answer before its end there is nothing to keep a connection for. */
const graceMilliseconds = 60_000;
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
  const { createClient } = await loadClient(
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
    log: { level: 127 as never },
  });
  let isTrusted = false;
  return {
    async *rows(sql, watch) {
      if (!isTrusted) await refuseSilentSettings(client, watch);
      isTrusted = true;
      yield* readRows(client, sql, watch);
    },
    close: () => client.close(),
  };
}

async function* readRows(client: ClickHouseClient, sql: string, watch: Watch): AsyncIterable<Row> {
  const id = randomUUID();
  // A connection that is closed ends no query: it is killed by its name.
  const kill = (): void => {
    client.command({ query: `KILL QUERY WHERE query_id = '${id}'` }).catch(() => {});
  };
  watch.signal.addEventListener('abort', kill, { once: true });
  const poll = setInterval(() => void tellProgress(client, id, watch), pollMilliseconds);
  try {
    const result = await client.query({
      query: sql,
      format: 'JSONEachRow',
      query_id: id,
      abort_signal: watch.signal,
      // Without it an error behind the first rows would look like the end of the answer.
      clickhouse_settings: { wait_end_of_query: 1 },
    });
    for await (const rows of result.stream<Row>()) for (const row of rows) yield row.json();
  } catch (error) {
    throw explain(error, watch.signal);
  } finally {
    clearInterval(poll);
    watch.signal.removeEventListener('abort', kill);
  }
}

/** Where the server tells nobody how far it is, nobody is told. */
async function tellProgress(client: ClickHouseClient, id: string, watch: Watch): Promise<void> {
  try {
    const query = `SELECT read_rows, total_rows_approx FROM system.processes WHERE query_id = '${id}'`;
    const result = await client.query({ query, format: 'JSONEachRow' });
    const [row] = await result.json<{ read_rows: string; total_rows_approx: string }>();
    if (row) watch.progress(Number(row.read_rows), Number(row.total_rows_approx));
  } catch {
    // The answer is what counts.
  }
}

/** @throws EngineError where the server may leave rows out without a word */
async function refuseSilentSettings(client: ClickHouseClient, watch: Watch): Promise<void> {
  const names = [...Object.keys(silentSettings), ...Object.values(limitsOf).flat()];
  let settings: Map<string, string>;
  try {
    const list = names.map((name) => `'${name}'`).join(', ');
    const query = `SELECT name, value FROM system.settings WHERE name IN (${list})`;
    const result = await client.query({ query, format: 'JSONEachRow', abort_signal: watch.signal });
    const rows = await result.json<{ name: string; value: string }>();
    settings = new Map(rows.map(({ name, value }) => [name, value]));
  } catch (error) {
    throw explain(error, watch.signal);
  }
  const isLimited = (name: string): boolean =>
    (limitsOf[name] ?? [name]).some((limit) => !['0', undefined].includes(settings.get(limit)));
  const silent = Object.entries(silentSettings).filter(
    ([name, harmless]) => isLimited(name) && (settings.get(name) ?? harmless) !== harmless,
  );
  if (silent.length === 0) return;
  const told = silent.map(([name]) => `${name} = ${settings.get(name)}`).join(', ');
  throw new EngineError(
    `the profile of this user sets ${told}: the server would leave rows out and say nothing`,
    `have its administrator set ${silent.map(([name, value]) => `${name} = ${value}`).join(', ')}`,
  );
}

/** Codes that servers write into their answers → what the user can do. */
const remedies: readonly (readonly [codes: readonly number[], remedy: string])[] = [
  [[192, 193, 194, 516], 'check "user" and "password"'],
  [[164, 291, 497], 'let its administrator grant this user SELECT on the table, and no more'],
  [[60, 81], 'correct the table that "gateway:" names, or "database"'],
  [[47], 'correct "columns" by "DESCRIBE TABLE"'],
  [[158, 307, 396, 201, 202, 290], 'ask for fewer days, or have the limit of this user raised'],
  [[159, 160, 209], 'ask for fewer days, or raise "timeout" and the limit of the server'],
  [
    [241],
    'ask for fewer days, or have its administrator allow this user to group on disk (max_bytes_before_external_group_by)',
  ],
  [[32, 210, 279], 'a shard does not answer: see that all are up, and run it again'],
  [
    [43, 6, 27, 41, 53, 386, 62, 46, 115, 427],
    'correct "columns" and "where"; "landscape sql" prints the query',
  ],
];

function explain(error: unknown, signal: AbortSignal): EngineError {
  const text = error instanceof Error ? error.message : String(error);
  if (signal.aborted) return new EngineError('the query was stopped', 'run it again', error);
  const known = Number(
    (error as { code?: unknown }).code ?? /Code: (\d{1,5})\b/.exec(text)?.[1] ?? Number.NaN,
  );
  const code = Number.isNaN(known) ? Number(/Code: (\d{1,5})\b/.exec(text)?.[1]) : known;
  if (Number.isNaN(code)) return unreachable(error, text);
  const remedy = remedies.find(([codes]) => codes.includes(code))?.[1];
  return new EngineError(
    `the server says: ${shorten(text)} (code ${code})`,
    remedy ?? '"landscape sql" prints the query; run it with the server\'s own client',
    error,
  );
}

function unreachable(error: unknown, text: string): EngineError {
  const { code } = error as { code?: unknown };
  const told = typeof code === 'string' ? code : shorten(text);
  return new EngineError(
    `the server cannot be reached or ended the connection (${told})`,
    'check "url", the network and the certificate, and run it again',
    error,
  );
}

/** What servers say quotes queries and data: a line of it, without what looks like a secret. */
function shorten(text: string): string {
  const said = /(?:DB::Exception:\s*)?(.*)/s.exec(text.replace(/^Code: \d+[.,]\s*/, ''))?.[1] ?? '';
  const line = said
    .replace(/^e\.displayText\(\) = DB::Exception:\s*/, '')
    .replace(/, e\.what\(\) = .*$/s, '')
    .replace(/\s+/g, ' ')
    .replace(/'[^']*'/g, (quoted) => (quoted.length > 80 ? "'…'" : quoted));
  const shown = redact(line.trim());
  return shown.length > 300 ? `${shown.slice(0, 299)}…` : shown;
}
