import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type Engine, EngineError, type Row, type Watch } from '../engine.ts';
import type { ServerAccess } from '../server-access.ts';
import { type Answer, ask, type Request } from './ask.ts';
import { brokenConnection, refusedQuery, refusedRequest } from './trino-errors.ts';

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
    .object({ processedRows: z.number().optional(), progressPercentage: z.number().nullish() })
    .optional(),
  error: z.object({ message: z.string().optional(), errorName: z.string().optional() }).optional(),
});

type Page = z.output<typeof pageSchema>;

const pageMilliseconds = 60_000;
const endMilliseconds = 2000;
/** A coordinator that is busy or behind a balancer says so and is asked again. */
const busy: readonly number[] = [429, 502, 503, 504];
const mostRetries = 7;
const firstPauseMilliseconds = 50;

/**
 * Opens a Trino coordinator. Its protocol is short enough to speak here: the client of the project
 * tells neither how far a query is nor its name before the first row, so that none could be ended.
 */
export function openTrino(access: ServerAccess, options: TrinoOptions): Engine {
  const headers = toHeaders(access, options);
  const secrets = [access.password, options.token, headers['Authorization']?.split(' ')[1]].filter(
    (secret) => secret !== undefined && secret !== '',
  ) as string[];
  const { tls } = access;
  const call = async (request: Pick<Request, 'method' | 'url' | 'body'>, { signal }: Watch) => {
    try {
      return readPage(await askPatiently({ ...request, headers, tls }, signal), secrets);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      if (signal.aborted) throw new EngineError('the query was stopped', 'run it again', error);
      throw brokenConnection(error, secrets);
    }
  };
  /** Whoever no longer wants the answer says so, or the cluster would work on for nobody. */
  const end = async (url: string): Promise<void> => {
    const signal = AbortSignal.timeout(endMilliseconds);
    await ask({ method: 'DELETE', url, headers, tls }, signal).catch(() => {});
  };
  return {
    async *rows(sql, watch) {
      let next: string | undefined;
      let names: readonly string[] = [];
      try {
        let page = await call(
          { method: 'POST', url: `${access.url}/v1/statement`, body: sql },
          watch,
        );
        for (;;) {
          if (page.error) throw refusedQuery(page.error, secrets);
          next = page.nextUri && follow(page.nextUri, access.url);
          tellProgress(page, watch);
          names = page.columns?.map(({ name }) => name) ?? names;
          for (const values of page.data ?? []) yield toRow(names, values);
          if (next === undefined) return;
          page = await call({ method: 'GET', url: next }, watch);
        }
      } finally {
        if (next !== undefined) await end(next);
      }
    },
    async close() {},
  };
}

function toHeaders(access: ServerAccess, { catalog, schema, token }: TrinoOptions) {
  // Without a name beside it, a token says itself who asks.
  const user = access.user ?? (token === undefined ? 'landscape' : undefined);
  const headers: Record<string, string> = {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Trino-Source': 'landscape',
    'X-Trino-Time-Zone': 'UTC',
  };
  if (user !== undefined) headers['X-Trino-User'] = user;
  if (catalog !== undefined) headers['X-Trino-Catalog'] = catalog;
  if (schema !== undefined) headers['X-Trino-Schema'] = schema;
  if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
  else if (access.password !== undefined) {
    const basic = Buffer.from(`${user}:${access.password}`).toString('base64');
    headers['Authorization'] = `Basic ${basic}`;
  }
  return headers;
}

/** Where the rest of an answer is. Whoever answers must not lead the password elsewhere. */
function follow(next: string, url: string): string {
  const { origin } = new URL(url);
  if (!URL.canParse(next, url))
    throw new EngineError('what answers is no Trino coordinator', 'check "url"');
  const led = new URL(next, url);
  if (led.origin !== origin)
    throw new EngineError(
      `the coordinator leads on to ${led.origin}, and not to ${origin}`,
      'set "url" to the address under which it knows itself (behind a proxy: http-server.process-forwarded)',
    );
  return led.href;
}

/** Asks again where that is safe: a page may be asked for twice, a statement only if it was not taken. */
async function askPatiently(request: Request, signal: AbortSignal): Promise<Answer> {
  for (let retry = 0; ; retry++) {
    const isLast = retry === mostRetries;
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(pageMilliseconds)]);
      const answer = await ask(request, within);
      if (isLast || !busy.includes(answer.status)) return answer;
    } catch (error) {
      if (isLast || request.method === 'POST' || signal.aborted) throw error;
    }
    await wait(firstPauseMilliseconds * 2 ** retry, undefined, { signal });
  }
}

function readPage({ status, text }: Answer, secrets: readonly string[]): Page {
  if (status !== 200) throw refusedRequest(status, text, secrets);
  const page = pageSchema.safeParse(parse(text));
  if (page.success && (page.data.stats ?? page.data.error)) return page.data;
  throw refusedRequest(status, text, secrets);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tellProgress({ stats }: Page, { progress }: Watch): void {
  const rows = stats?.processedRows ?? 0;
  const percent = stats?.progressPercentage ?? 0;
  progress(rows, percent > 0 ? Math.round((rows * 100) / percent) : 0);
}

function toRow(names: readonly string[], values: readonly unknown[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
