import { type CallRecord, pick, pickText, textsOf, toText, type Value } from '../program/calls.ts';

const grpcCredentials =
  /^(?:@grpc\/grpc-js|grpc)\.(?:\w+\.)?(?:credentials|ChannelCredentials)\.create\w+$/;

/**
 * Gives calls of generated or dynamic code the name under which the table knows their kind: a gRPC
 * client is whatever is made with gRPC credentials, an OpenAPI client what is made with a
 * `Configuration`.
 */
export function renameGenerated(
  call: CallRecord,
  byId: ReadonlyMap<number, CallRecord>,
): CallRecord {
  const { receiver: _, ...free } = call;
  if (isGrpcClient(call, byId)) return { ...free, callee: 'grpc.Client' };
  if (isLocal(call)) return call;
  const starter = starters.find(([pattern]) => pattern.test(call.callee))?.[1];
  if (starter) return { ...call, callee: starter };
  if (/^graphql-request\b/.test(call.callee) && isMutation(call)) {
    return /(?:^graphql-request$|[.#](?:request|rawRequest)$)/.test(call.callee)
      ? { ...call, callee: `${call.callee.replace(/^graphql-request$/, '$&.request')}Mutation` }
      : call;
  }
  if (call.callee.startsWith('@azure/')) return { ...call, args: call.args.map(readAzureString) };
  const isMade = call.text.startsWith('new ');
  if (isMade && /\.Configuration$/.test(call.callee) && pick(call, '0.basePath'))
    return { ...free, callee: 'openapi.Configuration' };
  return isMade && /^[./@~].*\.[A-Z]\w*Api$/.test(call.callee)
    ? { ...free, callee: 'openapi.Api' }
    : call;
}

/** Libraries that start commands. */
const starters: readonly (readonly [RegExp, string])[] = [
  [/^(?:zx\.\$|execa\.(?:\$|execaCommand|execaCommandSync))$/, 'child_process.exec'],
  [
    /^(?:execa|execa\.execa|execa\.execaSync|cross-spawn|cross-spawn\.sync)$/,
    'child_process.spawn',
  ],
  [/^shelljs\.exec$/, 'child_process.exec'],
];

function isGrpcClient(call: CallRecord, byId: ReadonlyMap<number, CallRecord>): boolean {
  if (/_grpc_web_pb\.\w{1,80}$/.test(call.callee)) return call.text.startsWith('new ');
  const [, credentials] = call.args;
  if (isLocal(call) || credentials?.kind !== 'result') return false;
  // `server.bindAsync(address, credentials)` waits for others to call.
  if (!/(?:^|[.#])[A-Z]\w*$/.test(call.callee)) return false;
  return grpcCredentials.test(byId.get(credentials.call)?.callee ?? '');
}

/** `.name` is a function of the file, `./module.name` one of another. */
function isLocal({ callee }: CallRecord): boolean {
  return /^\.[^./]/.test(callee);
}

function isMutation(call: CallRecord): boolean {
  const document = pickText(call, ['0.document', '1', '0.query', '0.mutation', '0']);
  return document !== undefined && /^\s*mutation\b/.test(document.text);
}

const azureEndpoints: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\bEndpoint=(sb:\/\/[^;/\s]{1,200})/i, (found) => found],
  [/\b(?:Account|Blob|Queue|Table|File)?Endpoint=(https?:\/\/[^;\s]{1,200})/i, (found) => found],
  [/\bAccountName=([^;\s]{1,100})/i, (found) => `https://${found}.core.windows.net`],
];

/** The address in a connection string; the key in it goes no further. */
function readAzureString(value: Value): Value {
  const [text] = value.kind === 'text' ? textsOf(value) : [];
  if (!text?.text.includes('=')) return value;
  for (const [pattern, toAddress] of azureEndpoints) {
    const found = pattern.exec(text.text)?.[1];
    if (found) return toText(toAddress(found), text.confidence, text.from);
  }
  return value;
}
