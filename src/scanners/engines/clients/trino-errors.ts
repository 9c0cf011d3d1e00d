import { EngineError } from '../engine.ts';
import { briefly } from './briefly.ts';

/** Names of errors → what the user can do; the first that fits is told. */
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
    /^(?:SYNTAX_ERROR|TYPE_MISMATCH|FUNCTION_NOT_FOUND|INVALID_FUNCTION_ARGUMENT|INVALID_CAST_ARGUMENT|QUERY_TEXT_TOO_LARGE)$/,
    'correct "columns", "partition" and "where"; "landscape sql" prints the query',
  ],
  [
    /^(?:ADMINISTRATIVELY_|USER_CANCELED|QUERY_QUEUE_FULL|SERVER_|NO_NODES|REMOTE_|PAGE_TRANSPORT|WORKER_)/,
    'run it again when the cluster is well',
  ],
];

/** What a page of the coordinator says went wrong with the query. */
export function refusedQuery(
  error: { readonly message?: string | undefined; readonly errorName?: string | undefined },
  secrets: readonly string[],
): EngineError {
  const name = briefly(error.errorName ?? 'UNKNOWN', secrets);
  return new EngineError(
    `the coordinator says: ${briefly(error.message ?? '', secrets)} (${name})`,
    remedies.find(([names]) => names.test(name))?.[1] ??
      '"landscape sql" prints the query; run it with the coordinator\'s own client',
  );
}

/** What an answer says that holds no page. */
export function refusedRequest(
  status: number,
  text: string,
  secrets: readonly string[],
): EngineError {
  if (status === 401 || status === 403)
    return new EngineError(
      `the coordinator refuses this user (HTTP ${status})`,
      'check "user", and "password" or "token"',
    );
  if (status !== 200)
    return new EngineError(
      `the coordinator answers HTTP ${status}: ${briefly(text, secrets)}`,
      'check "url", which is that of the coordinator',
    );
  return new EngineError('what answers is no Trino coordinator', 'check "url"');
}

/** Codes of connections that failed → what the user can do. */
const connectionRemedies: readonly (readonly [RegExp, string])[] = [
  [/ALTNAME/, 'write "url" with the name that its certificate has'],
  [
    /CERT|UNABLE_TO_VERIFY|ISSUER|SELF_SIGNED/,
    'its certificate is of an authority that is not known here: name that under "ca"',
  ],
  [/^EPROTO$|SSL|^HPE_/, 'check "url": whether it begins with https or http, and its port'],
];

/** What became of a connection. */
export function brokenConnection(error: unknown, secrets: readonly string[]): EngineError {
  const { code, name, message } = error as Error & { readonly code?: unknown };
  const told =
    name === 'TimeoutError'
      ? 'no answer within a minute'
      : typeof code === 'string'
        ? code
        : briefly(message, secrets);
  return new EngineError(
    `the coordinator cannot be reached or ended the connection (${told})`,
    connectionRemedies.find(([codes]) => codes.test(told))?.[1] ??
      'check "url", the network and the certificate, and run it again',
    error,
  );
}
