import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A result as a coordinator writes it into pages. */
export interface TrinoResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

/** How a coordinator behaves; without anything it answers at once and well. */
export interface TrinoManners {
  readonly result?: TrinoResult;
  /** A query that fails, behind its first page of data. */
  readonly error?: { readonly message: string; readonly errorName: string };
  /** The one value of `Authorization` that is let in. */
  readonly authorization?: string;
  /** How many requests are sent away with this status first. */
  readonly busy?: { readonly status: number; readonly times: number };
  /** How many pages of data break off in their middle. */
  readonly dropped?: number;
  /** Leads on to another address. */
  readonly origin?: string;
  /** Answers everything with this. */
  readonly instead?: { readonly status: number; readonly text: string };
  /** Runs on until it is ended. */
  readonly isEndless?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A request as it came in. */
export interface TrinoRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A coordinator that follows the documented protocol of clients. */
export interface TrinoServer {
  readonly url: string;
  readonly requests: readonly TrinoRequest[];
  stop(): Promise<void>;
}

const id = '20261102_101112_00042_abcde';
const queuedPages = 2;
const rowsOfPage = 20;

/**
 * Starts it on loopback. As https://trino.io/docs/current/develop/client-protocol.html has it: POST takes
 * the statement, each page but the last names the next one, the pages of a waiting query hold no data,
 * only the newest page may be asked for again, and DELETE ends the query.
 */
export async function startTrinoServer(manners: TrinoManners = {}): Promise<TrinoServer> {
  const requests: TrinoRequest[] = [];
  const { data, columns } = manners.result ?? { data: [], columns: [] };
  let busy = manners.busy?.times ?? 0;
  let dropped = manners.dropped ?? 0;
  let newest = 0;
  let origin = '';

  const toPage = (token: number): Record<string, unknown> => {
    const place = (token - queuedPages) * rowsOfPage;
    const isWaiting = token < queuedPages || manners.isEndless === true;
    const isFailed = manners.error !== undefined && place > 0;
    const isLast = isFailed || (!isWaiting && place + rowsOfPage >= data.length);
    const state = isWaiting ? 'QUEUED' : isFailed ? 'FAILED' : isLast ? 'FINISHED' : 'RUNNING';
    const way = isWaiting && token + 1 < queuedPages ? 'queued' : 'executing';
    return {
      id,
      infoUri: `${origin}/ui/query.html?${id}`,
      ...(isLast
        ? {}
        : { nextUri: `${manners.origin ?? origin}/v1/statement/${way}/${id}/slug/${token + 1}` }),
      ...(isWaiting || isFailed ? {} : { columns, data: data.slice(place, place + rowsOfPage) }),
      ...(isFailed ? { error: { errorCode: 1, errorType: 'USER_ERROR', ...manners.error } } : {}),
      stats: {
        state,
        queued: isWaiting,
        scheduled: !isWaiting,
        processedRows: token * 1000,
        ...(isWaiting ? {} : { progressPercentage: isLast ? 100 : 50 }),
      },
      warnings: [],
    };
  };

  /** What a request is answered with. */
  const answer = ({ method, path, headers }: TrinoRequest): [status: number, text: string] => {
    if (manners.instead) return [manners.instead.status, manners.instead.text];
    if (manners.authorization !== undefined && headers.authorization !== manners.authorization)
      return [401, `Access denied: ${headers.authorization}`];
    if (busy-- > 0) return [manners.busy?.status ?? 503, 'later'];
    if (method === 'DELETE') return [204, ''];
    if (method === 'POST')
      return path === '/v1/statement' ? [200, JSON.stringify(toPage(0))] : [404, ''];
    const found = /^\/v1\/statement\/(?:queued|executing)\/[^/]+\/slug\/(\d+)$/.exec(path);
    const token = Number(found?.[1]);
    if (token !== newest && token !== newest + 1) return [410, 'Gone'];
    newest = token;
    return [200, JSON.stringify(toPage(token))];
  };

  const listener: http.RequestListener = async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    requests.push(request);
    const [status, text] = answer(request);
    // A coordinator holds a request for a moment while there is nothing to say.
    if (manners.isEndless && method === 'GET') await wait(50);
    const isData = path.includes('/executing/');
    response.writeHead(status, { 'Content-Length': Buffer.byteLength(text) });
    if (isData && dropped-- > 0)
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    else response.end(text);
  };
  const server = manners.tls
    ? https.createServer(manners.tls, listener)
    : http.createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  origin = `${manners.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url: origin,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
