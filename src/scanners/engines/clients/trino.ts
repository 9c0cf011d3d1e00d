import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { redact } from '../../../redact.ts';
import { type Engine, EngineError, type Row, type Watch } from '../engine.ts';
import type { ServerAccess } from '../server-access.ts';
import { type Answer, ask } from './ask.ts';

/** How a coordinator is asked. */
export interface TrinoOptions {
  readonly catalog: string | undefined;
  readonly schema: string | undefined;
  /** A JSON web token, in place of user and password. */
  readonly token: string | undefined;
}

/** One page of an answer; https://trino.io/docs/current/develop/client-protocol.html. */
const pageSchema = z.object({
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string() })).nullish(),
  data: z.array(z.array(z.unknown())).nullish(),
  stats: z
    .object({ processedRows: z.number().optional(), progressPercentage: z.number().optional() })
    .optional(),
  error: z.object({ message: z.string().optional(), errorName: z.string().optional() }).optional(),
});

type Page = z.output<typeof pageSchema>;

const pageSeconds = 60;
/** A coordinator that is busy or behind a balancer says so and is asked again. */
const busy: readonly number[] = [429, 502, 503, 504];
const mostRetries = 8;
const firstPauseMilliseconds = 50;

/**
 * Opens a Trino coordinator. Its protocol is short enough to speak here: the client of the project
 * tells neither how far a query is nor its name before the first row, so that none could be ended.
 */
export function openTrino(access: ServerAccess, options: TrinoOptions): Engine {
  const headers = toHeaders(access, options);
  const { origin } = new URL(access.url);
  const call = async (
    method: 'POST' | 'GET',
    url: string,
    watch: Watch,
    body?: string,
  ): Promise<Page> => {
    // Whoever answers must not lead the password elsewhere.
    if (new URL(url, access.url).origin !== origin)
      throw new EngineError(
        `the coordinator leads on to ${new URL(url).host}`,
        'set "url" to the address under which it knows itself (http-server.process-forwarded behind a proxy)',
      );
    const answer = await askPatiently({ method, url, headers, tls: access.tls, body }, watch);
    return readPage(answer);
  };
  return {
    async *rows(sql, watch) {
      let next: string | undefined = `${access.url}/v1/statement`;
      let names: readonly string[] = [];
      const cancel = (): void => {
        if (next?.startsWith(`${origin}/`) && !next.endsWith('/v1/statement'))
          ask(
            { method: 'DELETE', url: next, headers, tls: access.tls },
            AbortSignal.timeout(5000),
          ).catch(() => {});
      };
      watch.signal.addEventListener('abort', cancel, { once: true });
      try {
        let page = await call('POST', next, watch, sql);
        for (;;) {
          if (page.error) throw refuse(page.error);
          tellProgress(page, watch);
          names = page.columns?.map(({ name }) => name) ?? names;
          for (const values of page.data ?? []) yield toRow(names, values);
          next = page.nextUri;
          if (next === undefined) return;
          page = await call('GET', next, watch);
        }
      } catch (error) {
        throw explain(error, watch.signal);
      } finally {
        watch.signal.removeEventListener('abort', cancel);
      }
    },
    async close() {},
  };
}

function toHeaders(access: ServerAccess, options: TrinoOptions): Record<string, string> {
  const user = access.user ?? 'landscape';
  const basic = Buffer.from(`${user}:${access.password ?? ''}`).toString('base64');
  const authorization =
    options.token === undefined
      ? access.password === undefined
        ? undefined
        : `Basic ${basic}`
      : `Bearer ${options.token}`;
  return {
    'X-Trino-User': user,
    'X-Trino-Source': 'landscape',
    'X-Trino-Time-Zone': 'UTC',
    ...(options.catalog === undefined ? {} : { 'X-Trino-Catalog': options.catalog }),
    ...(options.schema === undefined ? {} : { 'X-Trino-Schema': options.schema }),
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  };
}

async function askPatiently(
  request: Omit<Parameters<typeof ask>[0], 'body'> & { readonly body: string | undefined },
  { signal }: Watch,
): Promise<Answer> {
  const { body, ...rest } = request;
  for (let retry = 0; ; retry++) {
    const within = AbortSignal.any([signal, AbortSignal.timeout(pageSeconds * 1000)]);
    const answer = await ask({ ...rest, ...(body === undefined ? {} : { body }) }, within);
    if (!busy.includes(answer.status) || retry === mostRetries) return answer;
    await wait(firstPauseMilliseconds * 2 ** retry, undefined, { signal });
  }
}

function readPage({ status, text }: Answer): Page {
  if (status === 401 || status === 403)
    throw new EngineError(
      `the coordinator refuses this user (HTTP ${status})`,
      'check "user", "password" or "token"',
    );
  if (status !== 200)
    throw new EngineError(
      `the coordinator answers HTTP ${status}: ${shorten(text)}`,
      'check "url", which is that of the coordinator',
    );
  const page = pageSchema.safeParse(parse(text));
  if (page.success && (page.data.stats ?? page.data.error)) return page.data;
  throw new EngineError('what answers is no Trino coordinator', 'check "url"');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tellProgress({ stats }: Page, { progress }: Watch): void {
  const { processedRows = 0, progressPercentage = 0 } = stats ?? {};
  progress(processedRows, progressPercentage > 0 ? (processedRows * 100) / progressPercentage : 0);
}

function toRow(names: readonly string[], values: readonly unknown[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/** Names of errors → what the user can do. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:TABLE|SCHEMA|CATALOG)_NOT_FOUND$|^MISSING_(?:SCHEMA|CATALOG)/,
    'correct the table that "gateway:" names, "catalog" or "schema"',
  ],
  [/^COLUMN_NOT_FOUND$/, 'correct "columns" by "DESCRIBE <table>"'],
  [/^PERMISSION_DENIED$/, 'let its administrator grant this user SELECT on the table, and no more'],
  [/MEMORY|^EXCEEDED_SPILL/, 'ask for fewer days, or have the memory of queries raised'],
  [/TIME_LIMIT|CPU_LIMIT|SCAN_LIMIT/, 'ask for fewer days, or have the limit raised'],
  [
    /^(?:SYNTAX_ERROR|TYPE_MISMATCH|FUNCTION_NOT_FOUND|INVALID_FUNCTION_ARGUMENT)$/,
    'correct "columns" and "where"; "landscape sql" prints the query',
  ],
  [
    /^(?:ADMINISTRATIVELY_KILLED|USER_CANCELED|QUERY_QUEUE_FULL|SERVER_|NO_NODES|REMOTE_|PAGE_TRANSPORT|WORKER_)/,
    'run it again when the cluster is well',
  ],
];

function refuse(error: NonNullable<Page['error']>): EngineError {
  const name = error.errorName ?? 'UNKNOWN';
  return new EngineError(
    `the coordinator says: ${shorten(error.message ?? '')} (${name})`,
    remedies.find(([names]) => names.test(name))?.[1] ??
      '"landscape sql" prints the query; run it with the coordinator\'s own client',
  );
}

function explain(error: unknown, signal: AbortSignal): Error {
  if (error instanceof EngineError) return error;
  if (signal.aborted) return new EngineError('the query was stopped', 'run it again', error);
  const { code, name, message } = error as NodeJS.ErrnoException;
  return new EngineError(
    `the coordinator cannot be reached or ended the connection (${code ?? (name === 'TimeoutError' ? name : shorten(message))})`,
    'check "url", the network and the certificate, and run it again',
    error,
  );
}

function shorten(text: string): string {
  const shown = redact(text.replace(/\s+/g, ' ').trim());
  return shown.length > 300 ? `${shown.slice(0, 299)}…` : shown;
}
