import type { LogFormat } from '../log-format.ts';
import { headerOf } from './headers.ts';
import { readTemplate } from './template.ts';
import { lookUp, type Piece, type Variable, type Variables } from './variable.ts';

/** Flow variables of Apigee. */
const variables: Variables = {
  'developer.app.name': { role: 'consumer', rank: 6 },
  'apiproduct.developer.app.name': { role: 'consumer', rank: 6 },
  'app.name': { role: 'consumer', rank: 5 },
  'developer.app.id': { role: 'consumer', rank: 3 },
  client_id: { role: 'api-key', rank: 5 },
  'request.queryparam.apikey': { role: 'api-key', rank: 1 },
  'client.cn': { role: 'certificate', rank: 4 },
  'tls.client.s.dn': { role: 'certificate', rank: 5 },
  'developer.email': { role: 'user', rank: 3 },
  'developer.id': { role: 'user', rank: 1 },
  'client.ip': { role: 'address', rank: 3 },
  'proxy.client.ip': { role: 'address', rank: 4 },
  'client.port': { part: 'port' },
  'apiproxy.name': { role: 'service', rank: 5 },
  'apiproxy.basepath': { role: 'route', rank: 2 },
  'proxy.basepath': { role: 'route', rank: 2 },
  'current.flow.name': { role: 'route', rank: 3 },
  'target.name': { role: 'upstream', rank: 3 },
  'target.host': { role: 'upstream', rank: 5 },
  'target.url': { role: 'upstream', rank: 4 },
  'target.ip': { role: 'upstream', rank: 1 },
  'target.port': { part: 'port' },
  'virtualhost.aliases': { role: 'host', rank: 1 },
  'client.host': { role: 'host', rank: 1 },
  'request.verb': { role: 'method' },
  'request.uri': { role: 'path', rank: 5 },
  'proxy.url': { role: 'path', rank: 4 },
  'request.url': { role: 'path', rank: 3 },
  'request.path': { role: 'path', rank: 3 },
  'message.uri': { role: 'path', rank: 2 },
  'proxy.pathsuffix': { role: 'path', rank: 1 },
  'request.querystring': { part: 'query' },
  'client.scheme': { part: 'scheme' },
  'response.status.code': { role: 'status', rank: 5 },
  'message.status.code': { role: 'status', rank: 4 },
  'error.status.code': { role: 'status', rank: 1 },
  'response.header.content-length': { role: 'bytes', rank: 3 },
  'client.received.start.timestamp': { role: 'time', rank: 6 },
  'client.received.end.timestamp': { role: 'time', rank: 5 },
  'system.timestamp': { role: 'time', rank: 4 },
  messageid: { role: 'request-id', rank: 3 },
};

/**
 * Reads the message of a MessageLogging policy of Apigee: text or JSON with flow variables in braces.
 * @throws ConfigError where its lines do not say who called whom, and when
 */
export function readApigeeFormat(text: string, name = 'Apigee message'): LogFormat {
  return readTemplate(name, text.trim(), toApigeePieces);
}

function toApigeePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\{([a-zA-Z][\w-]*(?:\.[\w-]+){0,8})\}/g)) {
    pieces.push({ literal: text.slice(from, match.index) }, toVariable(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}

function toVariable(name: string): Variable {
  const header = /^(?:request|message)\.header\.(.+)$/.exec(name)?.[1];
  return header ? headerOf(header) : lookUp(variables, name);
}
