import type { LogFormat } from '../log-format.ts';
import { headerOf } from './headers.ts';
import { readTemplate } from './template.ts';
import { lookUp, type Piece, type Variable, type Variables } from './variable.ts';

/** The name of a route is left out: in a mesh it is `default` for most. */
const operators: Variables = {
  RESPONSE_CODE: { role: 'status' },
  BYTES_SENT: { role: 'bytes', rank: 5 },
  DURATION: { role: 'duration', unit: 'ms', rank: 5 },
  UPSTREAM_CLUSTER_RAW: { role: 'upstream', rank: 7 },
  UPSTREAM_CLUSTER: { role: 'upstream', rank: 6 },
  UPSTREAM_HOST_NAME: { role: 'upstream', rank: 4 },
  UPSTREAM_HOST: { role: 'upstream', rank: 3 },
  UPSTREAM_REMOTE_ADDRESS: { role: 'upstream', rank: 2 },
  DOWNSTREAM_REMOTE_ADDRESS: { role: 'address', rank: 6 },
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: { role: 'address', rank: 6 },
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS: { role: 'address', rank: 0 },
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: { role: 'address', rank: 0 },
  DOWNSTREAM_PEER_URI_SAN: { role: 'certificate', rank: 6 },
  DOWNSTREAM_PEER_SUBJECT: { role: 'certificate', rank: 5 },
  DOWNSTREAM_PEER_FINGERPRINT_256: { role: 'certificate', rank: 1 },
  REQUESTED_SERVER_NAME: { role: 'host', rank: 2 },
  STREAM_ID: { role: 'request-id', rank: 2 },
};

/**
 * Reads a text or JSON format of Envoy, of its command operators such as `%REQ(:METHOD)%`.
 * @throws ConfigError where its lines do not say who called whom, or the time cannot be read
 */
export function readEnvoyFormat(text: string, name = 'Envoy format'): LogFormat {
  return readTemplate(name, text.replace(/\\n$/, '').trim(), toEnvoyPieces);
}

function toEnvoyPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(
    /%(?:([A-Z][A-Z_0-9]{1,60})(?:\(([^()]{0,200})\))?(?::\d+)?)?%/g,
  )) {
    const [whole, operator, argument] = match;
    pieces.push({ literal: text.slice(from, match.index) });
    pieces.push(operator === undefined ? { literal: '%' } : toVariable(operator, argument));
    from = match.index + whole.length;
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}

function toVariable(operator: string, argument: string | undefined): Variable {
  switch (operator) {
    case 'START_TIME':
      return argument ? { time: argument, rank: 5 } : { role: 'time', rank: 5 };
    // Of `X-ENVOY-ORIGINAL-PATH?:PATH` either says the same.
    case 'REQ':
      return headerOf((argument ?? '').split('?')[0] ?? '');
    case 'RESP':
      return /^x-envoy-upstream-service-time$/i.test(argument ?? '')
        ? { role: 'duration', unit: 'ms', rank: 1 }
        : {};
    default:
      return lookUp(operators, operator);
  }
}
