import { headerOf } from './headers.ts';
import { lookUp, type Variable, type Variables } from './variable.ts';

/** Directives by their letter. Case matters: `%s` is the status, `%S` is none. */
const directives: Variables = {
  a: { role: 'address', rank: 4 },
  h: { role: 'address', rank: 3 },
  u: { role: 'user', rank: 3 },
  r: { role: 'request' },
  m: { role: 'method' },
  U: { role: 'path', rank: 3 },
  q: { part: 'query' },
  s: { role: 'status' },
  b: { role: 'bytes', rank: 5 },
  B: { role: 'bytes', rank: 5 },
  O: { role: 'bytes', rank: 4 },
  D: { role: 'duration', unit: 'us', rank: 6 },
  T: { role: 'duration', unit: 's', rank: 4 },
  v: { role: 'host', rank: 2 },
  V: { role: 'host', rank: 3 },
  p: { part: 'port' },
  L: { role: 'request-id', rank: 1 },
};

/** Environment, notes and variables of mod_ssl by name: `%{…}e`, `%{…}n`, `%{…}x`. */
const environment: Variables = {
  BALANCER_WORKER_NAME: { role: 'upstream', rank: 4 },
  BALANCER_NAME: { role: 'upstream', rank: 5 },
  BALANCER_WORKER_ROUTE: { role: 'upstream', rank: 3 },
  SSL_CLIENT_S_DN: { role: 'certificate', rank: 5 },
  SSL_CLIENT_S_DN_CN: { role: 'certificate', rank: 4 },
  SSL_CLIENT_SAN_URI_0: { role: 'certificate', rank: 3 },
  SSL_CLIENT_M_SERIAL: { role: 'certificate', rank: 1 },
  SSL_TLS_SNI: { role: 'host', rank: 2 },
  REMOTE_USER: { role: 'user', rank: 2 },
  OIDC_CLAIM_azp: { role: 'consumer', rank: 6 },
  OIDC_CLAIM_client_id: { role: 'consumer', rank: 6 },
  UNIQUE_ID: { role: 'request-id', rank: 4 },
};

const durations: Variables = {
  ms: { role: 'duration', unit: 'ms', rank: 5 },
  us: { role: 'duration', unit: 'us', rank: 6 },
  s: { role: 'duration', unit: 's', rank: 4 },
};

/** Names of `%{…}t` that are no `strftime` format; the fractions only follow a time. */
const times: Readonly<Record<string, string>> = {
  sec: '%s',
  msec: '%s%f',
  usec: '%s%f',
  msec_frac: '%f',
  usec_frac: '%f',
};

/**
 * What a directive says.
 * @param letter the last letter of `%{argument}letter`
 */
export function apacheDirective(letter: string, argument: string | undefined): Variable {
  if (argument === undefined) return lookUp(directives, letter);
  switch (letter) {
    case 'i':
      return headerOf(argument);
    case 'o':
      return headerOf(argument).role === 'request-id' ? headerOf(argument) : {};
    case 'e':
    case 'n':
    case 'x':
      return lookUp(environment, argument.replace(/^REDIRECT_/, ''));
    case 't': {
      const format = argument.replace(/^(?:begin|end):/, '');
      return { time: times[format] ?? format, rank: 5 };
    }
    case 'T':
      return lookUp(durations, argument);
    // `%{c}a` and `%{c}h` are the other end of the connection, a proxy perhaps.
    case 'a':
    case 'h':
      return { role: 'address', rank: 2 };
    case 'p':
      return { part: 'port' };
    default:
      return {};
  }
}
