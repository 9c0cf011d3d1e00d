import http from 'node:http';
import https from 'node:https';
import type { ServerAccess } from '../server-access.ts';

/** What is asked of a server. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: ServerAccess['tls'];
  readonly body?: string;
}

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** No page of an answer is this large; what is larger is no engine's. */
const mostBytes = 256 * 1024 * 1024;

/** Sends one request and reads the whole answer. Redirects are not followed: they would lead secrets elsewhere. */
export function ask(request: Request, signal: AbortSignal): Promise<Answer> {
  const { method, url, headers, tls, body } = request;
  return new Promise((resolve, reject) => {
    const { request: send } = url.startsWith('https:') ? https : http;
    const sent = send(url, { method, headers, signal, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostBytes) response.destroy(new Error('the answer is larger than 256 MB'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
