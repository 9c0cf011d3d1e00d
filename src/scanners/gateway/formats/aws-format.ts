import type { LogFormat } from '../log-format.ts';
import { readTemplate } from './template.ts';
import { lookUp, type Piece, type Variables } from './variable.ts';

/** `$context` variables of Amazon API Gateway (REST, HTTP and WebSocket). */
const variables: Variables = {
  'authorizer.claims.client_id': { role: 'consumer', rank: 7 },
  'authorizer.claims.azp': { role: 'consumer', rank: 7 },
  'authorizer.claims.sub': { role: 'consumer', rank: 5 },
  'authorizer.principalId': { role: 'consumer', rank: 6 },
  'identity.userArn': { role: 'consumer', rank: 4 },
  'identity.caller': { role: 'consumer', rank: 3 },
  'identity.user': { role: 'user', rank: 3 },
  'identity.apiKeyId': { role: 'api-key', rank: 3 },
  'identity.apiKey': { role: 'api-key', rank: 1 },
  'identity.clientCert.subjectDN': { role: 'certificate', rank: 5 },
  'identity.userAgent': { role: 'agent' },
  'identity.sourceIp': { role: 'address' },
  apiId: { role: 'service', rank: 1 },
  domainName: { role: 'host' },
  httpMethod: { role: 'method' },
  path: { role: 'path', rank: 5 },
  resourcePath: { role: 'path', rank: 3 },
  status: { role: 'status' },
  responseLength: { role: 'bytes' },
  responseLatency: { role: 'duration', unit: 'ms', rank: 5 },
  integrationLatency: { role: 'duration', unit: 'ms', rank: 1 },
  'integration.latency': { role: 'duration', unit: 'ms', rank: 1 },
  requestTimeEpoch: { role: 'time', rank: 6 },
  requestTime: { role: 'time', rank: 5 },
  extendedRequestId: { role: 'request-id', rank: 1 },
  requestId: { role: 'request-id', rank: 4 },
};

/**
 * Reads the access log format of a stage of Amazon API Gateway: text or JSON with `$context` variables.
 * @throws ConfigError where its lines do not say who called whom
 */
export function readAwsFormat(text: string, name = 'API Gateway format'): LogFormat {
  return readTemplate(name, text.trim(), toAwsPieces);
}

function toAwsPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$context\.(\w+(?:\.\w+){0,5})/g)) {
    pieces.push({ literal: text.slice(from, match.index) }, lookUp(variables, match[1] ?? ''));
    from = match.index + match[0].length;
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}
