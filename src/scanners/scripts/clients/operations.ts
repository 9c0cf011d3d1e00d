import type { Flow } from '../facts.ts';
import type { ClientEntry, Operation } from './client.ts';

export const sql: Operation = { flow: 'sql', statement: ['0', '0.text', '0.sql', 'sql', 'query'] };
export const pulls = (...resource: string[]): Operation => ({ flow: 'pull', resource });
export const pushes = (...resource: string[]): Operation => ({ flow: 'push', resource });

export const http = (verb: Flow, address: readonly string[] = ['0', 'url']): Operation => ({
  flow: verb,
  address,
});
export const httpVerbs: Readonly<Record<string, Operation>> = {
  get: http('pull'),
  head: http('pull'),
  stream: { flow: 'method', address: ['1', 'url'], method: ['0', 'method'] },
  post: http('push'),
  put: http('push'),
  patch: http('push'),
  delete: http('unknown'),
  request: { flow: 'method', address: ['1', 'url', '0.url'], method: ['0', 'method', '0.method'] },
};

export const verbs = (prefix: string): ClientEntry[] =>
  Object.entries(httpVerbs).map(([verb, operation]) => ({
    ...operation,
    calls: [`${prefix}.${verb}`],
    style: 'request-reply',
  }));

export const databaseOperations: Readonly<Record<string, Operation>> = {
  query: sql,
  execute: sql,
  executemany: sql,
  raw: sql,
  fetch: sql,
  copy_expert: sql,
  copy_from: pushes('1'),
  copy_to: pulls('1'),
};

export const sftpOperations: Readonly<Record<string, Operation>> = {
  connect: { flow: 'none', address: ['0.host', '0', 'hostname', 'host'] },
  put: { flow: 'push', localFile: ['0'], resource: ['1'] },
  fastPut: { flow: 'push', localFile: ['0'], resource: ['1'] },
  putfo: { flow: 'push', resource: ['1'] },
  get: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  fastGet: { flow: 'pull', resource: ['0'], localFile: ['1'] },
  getfo: { flow: 'pull', resource: ['0'] },
};
export const messaging: Readonly<Record<string, Operation>> = {
  send: pushes('0.topic', '0'),
  publish: pushes('0'),
  sendToQueue: pushes('0'),
  produce: pushes('0'),
  subscribe: pulls('0.topic', '0.topics.0', '0', '0.0'),
  consume: pulls('0'),
};

/** Several methods that move data the same way. */
export const each = (flow: Flow, ...methods: string[]): Record<string, Operation> =>
  Object.fromEntries(methods.map((method) => [method, { flow }]));

/** Several methods that move data the same way, and name what they exchange in the same place. */
export const eachOf = (
  flow: Flow,
  resource: readonly string[],
  ...methods: string[]
): Record<string, Operation> =>
  Object.fromEntries(methods.map((method) => [method, { flow, resource }]));
