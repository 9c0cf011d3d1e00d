import { type Reference, toAddressReference, toExpression } from '../../../evidence.ts';
import type { ClientEntry, Operation } from '../clients/client.ts';
import {
  type ConnectionFact,
  type Flow,
  flowOfMethod,
  flowOfSql,
  tableOfSql,
  toPattern,
} from '../facts.ts';
import { closeHost, databaseOfDsn, hostOfDsn, protocolOfDriver } from './addresses.ts';
import { type CallRecord, pickText, pickTexts, sourcesOf, type Value } from './calls.ts';
import { isOpen, showOpenText } from './open-text.ts';

type Text = Value & { kind: 'text' };

/** A connection that a program opens: by which client, by which call, and what uses it. */
export interface Connection {
  readonly entry: ClientEntry;
  readonly opened: CallRecord;
  addresses: readonly Text[];
  port: string | undefined;
  /** Another connection is made from this one, and tells what it is used for. */
  isPassedOn?: boolean;
  readonly uses: { readonly call: CallRecord; readonly operation: Operation }[];
}

/** Functions that read or write through a connection handed to them, by name. */
export type HandedOver = Readonly<Record<string, Operation>>;

/** Turns the calls of a program into what it connects to, by a table of client libraries. */
export function interpretCalls(
  calls: readonly CallRecord[],
  table: readonly ClientEntry[],
  handedOver: HandedOver = {},
): ConnectionFact[] {
  const byId = new Map(calls.map((call) => [call.id, call] as const));
  const facts = findConnections(calls, table, handedOver).flatMap((connection) =>
    describe(connection, byId),
  );
  return [...new Map(facts.map((fact) => [JSON.stringify({ ...fact, column: 0 }), fact])).values()];
}

/**
 * The connections that a program opens: a call opens one, and methods of what it returned, or of
 * anything made from that, use it.
 */
export function findConnections(
  calls: readonly CallRecord[],
  table: readonly ClientEntry[],
  handedOver: HandedOver = {},
): Connection[] {
  const entries = new Map(
    table.flatMap((entry) => entry.calls.map((call) => [call, entry] as const)),
  );
  const connections = new Map<number, Connection>();
  /** The connection that a call's result belongs to. */
  const belongsTo = new Map<number, Connection>();

  const open = (call: CallRecord, entry: ClientEntry): void => {
    const own = pickTexts(call, entry.address ?? []);
    const base = entry.isMadeFrom && own.length === 0 ? findOwner(call, belongsTo) : undefined;
    if (base) base.isPassedOn = true;
    const connection: Connection = {
      entry,
      opened: call,
      addresses: own.length > 0 ? own : (base?.addresses ?? defaultAddress(entry)),
      port: pickText(call, entry.port ?? [])?.text,
      uses: [],
    };
    connections.set(call.id, connection);
    belongsTo.set(call.id, connection);
    if (entry.flow !== 'none') connection.uses.push({ call, operation: entry });
  };

  for (const call of calls) {
    const owner = findOwner(call, belongsTo);
    const entry = entries.get(call.callee);
    if (entry && (call.receiver === undefined || !owner || entry.isMadeFrom)) {
      open(call, entry);
      continue;
    }
    const method = call.callee.slice(call.callee.lastIndexOf('#') + 1);
    if (!owner) {
      const anywhere = call.callee.includes('#') ? entries.get(`#${method}`) : undefined;
      if (anywhere) open(call, anywhere);
      continue;
    }
    const operation = findOperation(call, owner, method, handedOver);
    // What a request gives back is an answer: `response.headers.get('etag')` asks nobody.
    if (!operation || !isAnswered(owner, operation)) belongsTo.set(call.id, owner);
    if (!operation) {
      const anywhere = call.callee.includes('#') ? entries.get(`#${method}`) : undefined;
      if (anywhere) open(call, anywhere);
    } else if (operation.flow === 'none') {
      const given = pickTexts(call, operation.address ?? []);
      if (given.length > 0) owner.addresses = given;
      owner.port = pickText(call, operation.port ?? [])?.text ?? owner.port;
    } else owner.uses.push({ call, operation });
  }
  return [...connections.values()];
}

function defaultAddress({ addressDefault }: ClientEntry): Text[] {
  return addressDefault === undefined
    ? []
    : [{ kind: 'text', text: addressDefault, confidence: 0.8, from: [] }];
}

/** The connection that a method's receiver came from, or one that is handed over as an argument. */
function findOwner(
  call: CallRecord,
  belongsTo: ReadonlyMap<number, Connection>,
): Connection | undefined {
  const own = call.receiver === undefined ? undefined : belongsTo.get(call.receiver);
  if (own) return own;
  for (const value of [...call.args, ...call.named.values()]) {
    const found = value.kind === 'result' ? belongsTo.get(value.call) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether a use is over with what it returns. */
function isAnswered({ entry }: Connection, { flow }: Operation): boolean {
  return entry.style === 'request-reply' && flow !== 'none' && flow !== 'chain';
}

function findOperation(
  call: CallRecord,
  owner: Connection,
  method: string,
  handedOver: HandedOver,
): Operation | undefined {
  if (call.receiver === undefined)
    return Object.hasOwn(handedOver, call.callee) ? handedOver[call.callee] : undefined;
  const operations = owner.entry.operations ?? {};
  return Object.hasOwn(operations, method) ? operations[method] : undefined;
}

/** On a bare socket what is read after something was sent is the answer to it. */
function withoutAnswers({ entry, uses }: Connection): Connection['uses'] {
  const sends = entry.protocol === 'tcp' && uses.some(({ operation }) => operation.flow === 'push');
  return sends ? uses.filter(({ operation }) => operation.flow !== 'pull') : uses;
}

function describe(connection: Connection, byId: ReadonlyMap<number, CallRecord>): ConnectionFact[] {
  const { entry, opened } = connection;
  const uses = withoutAnswers(connection);
  if (uses.length === 0) {
    if (connection.isPassedOn) return [];
    // An HTTP client that is made and never used exchanges nothing; an open database does.
    if (entry.style === 'request-reply' || connection.addresses.length === 0) return [];
    // A client that is only handed in, or made from one that is, shows nothing without a use.
    const isGiven = opened.args.length === 0 && opened.named.size === 0;
    if ((isGiven || entry.isMadeFrom) && isDefault(connection)) return [];
    return toFacts(connection, opened, { flow: 'unknown' }, byId);
  }
  return uses.flatMap(({ call, operation }) => toFacts(connection, call, operation, byId));
}

function isDefault({ entry, addresses }: Connection): boolean {
  return addresses.length === 1 && addresses[0]?.text === entry.addressDefault;
}

function toFacts(
  connection: Connection,
  call: CallRecord,
  operation: Operation,
  byId: ReadonlyMap<number, CallRecord>,
): ConnectionFact[] {
  const found = findAddresses(connection, call, operation);
  const addresses = connection.entry.needsScheme
    ? found.filter(({ text }) => hasScheme(text) || /^\{(?:env|import|name|param):/.test(text))
    : found;
  if (addresses.length === 0 && connection.entry.needsScheme) return [];
  const facts = (addresses.length > 0 ? addresses : [undefined]).map((address) =>
    toFact(connection, call, operation, address, byId),
  );
  // A database in a local file is no other system.
  return facts.filter(({ protocol }) => protocol !== 'sqlite');
}

function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text);
}

function toFact(
  connection: Connection,
  call: CallRecord,
  operation: Operation,
  address: Text | undefined,
  byId: ReadonlyMap<number, CallRecord>,
): ConnectionFact {
  const { entry } = connection;
  const own = pickText(call, operation.statement ?? [])?.text;
  const statement =
    own !== undefined && flowOfSql(own) !== 'unknown'
      ? own
      : (findChained(connection, call, byId, 'statement') ?? own);
  const flow = findFlow(call, operation, statement, byId);
  const written =
    address &&
    (entry.style === 'request-reply' ? closeHost(address.text) : hostOfDsn(address.text));
  const target = toTarget(written, call, entry);
  // PDO writes `mysql:host=…`
  const prefix =
    entry.style === 'database'
      ? /^(?:jdbc:|r2dbc:(?:pool:)?|(?=[a-z][a-z0-9+.-]*:(?:\/\/|[\w ]+=)))([a-z][a-z0-9+.-]*):/i
      : /^([a-z][a-z0-9+.-]*):\/\//i;
  const scheme = (prefix.exec(address?.text ?? '') ??
    /^(sqlite)\d?:/.exec(address?.text ?? ''))?.[1]?.toLowerCase();
  const resource =
    pickText(call, operation.resource ?? [])?.text ??
    (statement ? tableOfSql(statement) : undefined) ??
    findChained(connection, call, byId, 'resource');
  const pattern = resource === undefined ? undefined : toPattern(resource);
  const localFile = pickText(call, operation.localFile ?? [])?.text;
  const ids = flow === 'pull' ? [call.id] : sourcesOf(call);
  const protocol = findProtocol(connection, scheme);
  const database = address && entry.style === 'database' ? databaseOfDsn(address.text) : undefined;
  const arrow = { pull: 'from', push: 'to', both: 'with', unknown: 'to' }[flow];
  const shown = target.kind === 'expression' ? showOpenText(target.value) : target.value;
  return {
    kind: 'connection',
    line: call.line,
    column: call.column,
    target,
    ...(written !== undefined && isOpen(written) ? { address: written } : {}),
    ...(written !== undefined && entry.needsScheme && !hasScheme(written)
      ? { needsScheme: true }
      : {}),
    flow,
    style: entry.style,
    ...(protocol === undefined ? {} : { protocol }),
    ...(pattern === undefined || pattern === '*' || pattern === '' ? {} : { resource: pattern }),
    ...(resource !== undefined && isOpen(resource) ? { openResource: resource } : {}),
    localFiles: [...(localFile ? [localFile] : []), ...ids.map((id) => `result ${id}`)],
    ...(database === undefined ? {} : { database }),
    confidence: address?.confidence ?? 0.3,
    summary: `${nameCall(call)} ${arrow} ${shown}`,
  };
}

/** Only holes say nothing to a person; the call does. */
function toTarget(address: string | undefined, call: CallRecord, entry: ClientEntry): Reference {
  if (address === undefined || /^\{[^{}]*\}$/.test(address))
    return toExpression(describeCall(call, entry));
  return isOpen(address) && toAddressReference(address).kind === 'expression'
    ? toExpression(showOpenText(address))
    : toAddressReference(showOpenText(address));
}

function nameCall({ callee }: CallRecord): string {
  return callee.replace(/^#/, '').replaceAll('#', '.');
}

/** The addresses of the use itself, joined to the base of its client where they are relative. */
function findAddresses(connection: Connection, call: CallRecord, operation: Operation): Text[] {
  const bases = connection.addresses;
  if (operation === connection.entry) return [...bases];
  const own = pickTexts(call, operation.address ?? []);
  if (own.length === 0) return [...bases];
  // `client.GetAsync("orders/1")` of a client without a base address: `orders` is no host.
  const { style, protocol } = connection.entry;
  if (bases.length === 0)
    return style === 'request-reply' && protocol === undefined
      ? own.filter(({ text }) => /^(?:[a-z][a-z0-9+.-]*:|\{)/i.test(text))
      : own;
  return own.flatMap((address) =>
    /^(?:[a-z][a-z0-9+.-]*:\/\/|\{(?:env|import|name):[^{}]*\})/i.test(address.text)
      ? [address]
      : bases.map((base) => ({
          ...address,
          text: `${base.text.replace(/\/$/, '')}/${address.text.replace(/^\//, '')}`,
          confidence: Math.min(address.confidence, base.confidence),
        })),
  );
}

function findFlow(
  call: CallRecord,
  operation: Operation,
  statement: string | undefined,
  byId: ReadonlyMap<number, CallRecord>,
): Flow {
  switch (operation.flow) {
    case 'sql':
      return statement === undefined ? 'unknown' : flowOfSql(statement);
    case 'method': {
      const sends = call.named.has('data') || call.named.has('json');
      const method = pickText(call, operation.method ?? [])?.text ?? (sends ? 'POST' : 'GET');
      // `HttpMethod.POST` as well as `POST`
      return flowOfMethod(
        method.slice(method.lastIndexOf('.') + 1).replace(/\}$|^Method(?=[A-Z])/g, ''),
      );
    }
    case 'chain':
      return findChainedFlow(call, byId);
    case 'none':
      return 'unknown';
    default:
      return operation.flow;
  }
}

/**
 * The queue of `channel.queue('orders').publish(…)`, the statement of `db.prepare('…').execute()`:
 * an earlier call in the chain, or the one that opened the connection, names it.
 */
function findChained(
  { entry, opened }: Connection,
  call: CallRecord,
  byId: ReadonlyMap<number, CallRecord>,
  what: 'resource' | 'statement',
): string | undefined {
  const operations = entry.operations ?? {};
  let at: CallRecord | undefined = call;
  for (let guard = 0; at && guard < 30; guard++) {
    if (at === opened) return pickText(at, entry[what] ?? [])?.text;
    const method = at.callee.slice(at.callee.lastIndexOf('#') + 1);
    const operation = Object.hasOwn(operations, method) ? operations[method] : undefined;
    const named = operation?.flow === 'none' ? pickText(at, operation[what] ?? []) : undefined;
    if (named) return named.text;
    at = at.receiver === undefined ? undefined : byId.get(at.receiver);
  }
  return undefined;
}

/** The verb of `client.get().uri(…)`: the nearest earlier call in the chain that is named like one. */
function findChainedFlow(call: CallRecord, byId: ReadonlyMap<number, CallRecord>): Flow {
  let at: CallRecord | undefined = call;
  for (let guard = 0; at && guard < 30; guard++) {
    const method = at.callee.slice(at.callee.lastIndexOf('#') + 1);
    if (method.toLowerCase() === 'method') {
      const named = pickText(at, ['0'])?.text ?? '';
      return flowOfMethod(named.slice(named.lastIndexOf('.') + 1).replace(/\}$/, ''));
    }
    if (/^(?:get|head|post|put|patch|delete)(?:Async)?$/i.test(method))
      return flowOfMethod(method.replace(/Async$/i, ''));
    at = at.receiver === undefined ? undefined : byId.get(at.receiver);
  }
  // A request that is built without a verb is a GET.
  return 'pull';
}

function findProtocol(connection: Connection, scheme: string | undefined): string | undefined {
  const { entry, opened, port } = connection;
  if (
    entry.style === 'request-reply' &&
    (entry.protocol === undefined || entry.protocol === 'http')
  )
    return scheme ?? 'http';
  if (entry.protocol === 'database') {
    const driver = pickText(opened, entry.driver ?? [])?.text ?? scheme;
    return driver === undefined ? 'database' : protocolOfDriver(driver);
  }
  return port === '2575' || port === '6661' ? 'mllp' : (entry.protocol ?? scheme);
}

/** A call whose address is not known. What logs in may hold a password anywhere, so no texts of it. */
function describeCall(call: CallRecord, entry: ClientEntry): string {
  return entry.style === 'request-reply'
    ? call.text
    : call.text.replace(/(["'`])(?:(?!\1).){1,400}\1/g, '$1…$1');
}
