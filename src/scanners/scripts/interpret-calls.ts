import { type Reference, toAddressReference, toExpression } from '../../evidence.ts';
import { type CallRecord, pickText, sourcesOf, type Value } from './calls.ts';
import { type ClientEntry, handedOver, type Operation } from './client-table.ts';
import {
  type ConnectionFact,
  type Flow,
  flowOfMethod,
  flowOfSql,
  tableOfSql,
  toPattern,
} from './facts.ts';

interface Connection {
  readonly entry: ClientEntry;
  readonly opened: CallRecord;
  address: (Value & { kind: 'text' }) | undefined;
  port: string | undefined;
  readonly uses: { readonly call: CallRecord; readonly operation: Operation }[];
}

/**
 * Turns the calls of a program into connections by a table of client libraries: a call opens a
 * connection, and methods of what it returned, or of anything made from that, use it.
 */
export function interpretCalls(
  calls: readonly CallRecord[],
  table: readonly ClientEntry[],
): ConnectionFact[] {
  const entries = new Map(
    table.flatMap((entry) => entry.calls.map((call) => [call, entry] as const)),
  );
  const connections = new Map<number, Connection>();
  /** The connection that a call's result belongs to. */
  const belongsTo = new Map<number, Connection>();

  for (const call of calls) {
    const entry = entries.get(call.callee);
    if (entry && call.receiver === undefined) {
      const connection: Connection = {
        entry,
        opened: call,
        address: pickText(call, entry.address ?? []),
        port: pickText(call, entry.port ?? [])?.text,
        uses: [],
      };
      connections.set(call.id, connection);
      belongsTo.set(call.id, connection);
      if (entry.flow !== 'none') connection.uses.push({ call, operation: entry });
      continue;
    }
    const owner =
      (call.receiver === undefined ? undefined : belongsTo.get(call.receiver)) ??
      resultsOf(call)
        .map((id) => belongsTo.get(id))
        .find((found) => found !== undefined);
    if (!owner) continue;
    belongsTo.set(call.id, owner);
    const method = call.callee.slice(call.callee.lastIndexOf('#') + 1);
    const operation =
      call.receiver === undefined
        ? Object.hasOwn(handedOver, call.callee)
          ? handedOver[call.callee]
          : undefined
        : Object.hasOwn(owner.entry.operations ?? {}, method)
          ? owner.entry.operations?.[method]
          : undefined;
    if (!operation) continue;
    if (operation.flow === 'none') {
      owner.address = pickText(call, operation.address ?? []) ?? owner.address;
      owner.port = pickText(call, operation.port ?? [])?.text ?? owner.port;
    } else owner.uses.push({ call, operation });
  }
  return [...connections.values()].flatMap((connection) => describe(connection));
}

/** Calls whose very result is handed over as an argument. */
function resultsOf(call: CallRecord): number[] {
  return [...call.args, ...call.named.values()].flatMap((value) =>
    value.kind === 'result' ? [value.call] : [],
  );
}

function describe(connection: Connection): ConnectionFact[] {
  const { entry, opened, uses } = connection;
  if (uses.length === 0) {
    // An HTTP client that is made and never used exchanges nothing; an open database does.
    if (entry.style === 'request-reply' || !connection.address) return [];
    return [toFact(connection, opened, { flow: 'unknown' })];
  }
  return uses.map(({ call, operation }) => toFact(connection, call, operation));
}

function toFact(connection: Connection, call: CallRecord, operation: Operation): ConnectionFact {
  const { entry } = connection;
  const address = findAddress(connection, call, operation);
  const statement = pickText(call, operation.statement ?? [])?.text;
  const flow = findFlow(call, operation, statement);
  const target: Reference = address
    ? toAddressReference(entry.style === 'database' ? hostOfDsn(address.text) : address.text)
    : toExpression(describeCall(call, entry));
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address?.text ?? '')?.[1]?.toLowerCase();
  const resource =
    pickText(call, operation.resource ?? [])?.text ??
    (statement ? tableOfSql(statement) : undefined);
  const localFile = pickText(call, operation.localFile ?? [])?.text;
  const ids = flow === 'pull' ? [call.id] : sourcesOf(call);
  const protocol = findProtocol(connection, scheme);
  const arrow = { pull: 'from', push: 'to', both: 'with', unknown: 'to' }[flow];
  return {
    kind: 'connection',
    line: call.line,
    column: call.column,
    target,
    flow,
    style: entry.style,
    ...(protocol === undefined ? {} : { protocol }),
    ...(resource === undefined ? {} : { resource: toPattern(resource) }),
    localFiles: [...(localFile ? [localFile] : []), ...ids.map((id) => `result ${id}`)],
    confidence: address?.confidence ?? 0.3,
    summary: `${call.callee.replace('#', '.')} ${arrow} ${target.value}`,
  };
}

/** The address of the use itself, joined to the base of its client where it is relative. */
function findAddress(
  connection: Connection,
  call: CallRecord,
  operation: Operation,
): (Value & { kind: 'text' }) | undefined {
  const base = connection.address;
  const own = operation === connection.entry ? base : pickText(call, operation.address ?? []);
  if (!own || !base || own === base || /^[a-z][a-z0-9+.-]*:\/\//i.test(own.text))
    return own ?? base;
  const joined = `${base.text.replace(/\/$/, '')}/${own.text.replace(/^\//, '')}`;
  return { ...own, text: joined, confidence: Math.min(own.confidence, base.confidence) };
}

function findFlow(call: CallRecord, operation: Operation, statement: string | undefined): Flow {
  switch (operation.flow) {
    case 'sql':
      return statement === undefined ? 'unknown' : flowOfSql(statement);
    case 'method': {
      const sends = call.named.has('data') || call.named.has('json');
      const method = pickText(call, operation.method ?? [])?.text ?? (sends ? 'POST' : 'GET');
      return flowOfMethod(method);
    }
    case 'none':
      return 'unknown';
    default:
      return operation.flow;
  }
}

function findProtocol(connection: Connection, scheme: string | undefined): string | undefined {
  const { entry, port } = connection;
  if (entry.style === 'request-reply') return scheme ?? entry.protocol ?? 'http';
  if (entry.protocol === 'database') return scheme?.replace(/\+.*$/, '') ?? 'database';
  return port === '2575' || port === '6661' ? 'mllp' : entry.protocol;
}

/** The host of `host=a dbname=b`, `SERVER=tcp:a\\X,1433;…` or `user/password@a:1521/X`; else the text. */
function hostOfDsn(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const host = /(?:^|[;\s])(?:host|server|data source|addr(?:ess)?)\s*=\s*'?([^;\s']+)/i.exec(
    text,
  )?.[1];
  if (host) return host.replace(/^tcp:/i, '').replace(/[\\,].*$/, '');
  return /^[^\s@/]{1,100}\/[^\s@]{1,200}@(.+)$/.exec(text)?.[1] ?? text;
}

/** A call whose address is not known. What logs in may hold a password anywhere, so no texts of it. */
function describeCall(call: CallRecord, entry: ClientEntry): string {
  return entry.style === 'request-reply'
    ? call.text
    : call.text.replace(/(["'`])(?:(?!\1).){1,400}\1/g, '$1…$1');
}
