import { vi } from 'vitest';
import type { ClientEntry, Operation } from '../../src/scanners/scripts/clients/client.ts';
import type { CodeFact, ReadCode } from '../../src/scanners/scripts/facts.ts';
import type { Connection, HandedOver } from '../../src/scanners/scripts/program/interpret-calls.ts';

const interpreter = '../../src/scanners/scripts/program/interpret-calls.ts';
const host = 'far.example';

/** The connections of the file that is being read. */
const seen: Connection[] = [];

/** An argument as a value of any language; `undefined` is one that does not matter. */
export type Argument =
  | string
  | readonly Argument[]
  | { readonly [key: string]: Argument }
  | undefined;

/** What a call is given, in order and by keyword. */
export interface Arguments {
  readonly ordered: readonly Argument[];
  readonly named: Readonly<Record<string, Argument>>;
}

/** A way to open a connection: what stands at the head of the file, the same for a class of one's own, and the call. */
export interface Opening {
  readonly head: string;
  readonly own: string;
  readonly expression: string;
  /** The call where it is not written as the one of the library, for `own`. */
  readonly ownExpression?: string;
}

/** How programs of a language are written. */
export interface Syntax {
  readonly language: string;
  readonly file: string;
  readonly clients: readonly ClientEntry[];
  /** Functions that use a connection handed to them. */
  readonly handedOver?: HandedOver;
  /** The ways in which a client may be opened; one of them has to be understood. */
  open(name: string, given: Arguments, entry: ClientEntry): readonly Opening[];
  /** A statement that uses an open client. */
  use(method: string, given: Arguments, entry: ClientEntry): string;
  /** A whole file: the client is opened and used. */
  program(head: string, expression: string, uses: readonly string[]): string;
  /** What an address looks like, where the language has its own way to write it. */
  address?(entry: ClientEntry, path: string): string | undefined;
}

/** A script that opens and uses clients, and its twin that looks alike and connects to nothing. */
export interface Fixture {
  readonly positive: string;
  readonly negative: string;
  /** The call that opens the client, where the script was generated. */
  readonly expression?: string;
}

/** The same script for several clients. */
export const each = (names: readonly string[], write: (name: string) => Fixture): Fixture[] =>
  names.map(write);

/** The same script with a library, and with something of one's own in its place. */
export const both = (write: (own: boolean) => string): Fixture => ({
  positive: write(false),
  negative: write(true),
});

/** What a reader did with one file. */
interface Record_ {
  readonly facts: readonly CodeFact[];
  readonly connections: readonly Connection[];
}

/** Loads a language's reader in such a way that one sees which clients opened its connections. */
export async function loadRecordingReader(
  language: string,
  file: string,
): Promise<(text: string) => Record_> {
  vi.doMock(interpreter, async (original) => {
    const actual =
      await original<typeof import('../../src/scanners/scripts/program/interpret-calls.ts')>();
    const interpretCalls: typeof actual.interpretCalls = (...given) => {
      seen.push(...actual.findConnections(...given));
      return actual.interpretCalls(...given);
    };
    return { ...actual, interpretCalls };
  });
  const { loadReader } = await import('../../src/scanners/scripts/languages/readers.ts');
  const read: ReadCode = await loadReader(language, []);
  return (text) => {
    seen.length = 0;
    const { facts } = read(text, file);
    return { facts, connections: [...seen] };
  };
}

/** The client's name in the table by which a connection was opened. */
export function nameOf({ entry, opened }: Connection): string {
  const { callee } = opened;
  return entry.calls.includes(callee) ? callee : `#${callee.slice(callee.lastIndexOf('#') + 1)}`;
}

/** Arguments with these values at these paths; where two collide, the first stays. */
export function toArguments(
  values: readonly (readonly [path: string | undefined, value: string])[],
): Arguments {
  const root: { [key: string]: Argument } = {};
  for (const [path, value] of values) {
    if (path === undefined || path.startsWith('<')) continue;
    put(root, splitPath(path), value);
  }
  const ordered: Argument[] = [];
  const named: Record<string, Argument> = {};
  for (const [key, value] of Object.entries(root)) {
    if (/^\d+$/.test(key)) ordered[Number(key)] = value;
    else named[key] = value;
  }
  return {
    ordered: Array.from(ordered, toLists),
    named: Object.fromEntries(Object.entries(named).map(([k, v]) => [k, toLists(v)])),
  };
}

/** Keys with dots in them, as `bootstrap.servers`, stay whole. */
function splitPath(path: string): string[] {
  const dotted =
    /^(.*?\.)?((?:bootstrap\.servers|metadata\.broker\.list|mail\.smtp\.host|(?:javax|jakarta)\.persistence\.jdbc\.url|java\.naming\.provider\.url)(?:\.0)?)$/.exec(
      path,
    );
  if (!dotted) return path.split('.');
  const key = dotted[2] ?? '';
  const list = key.endsWith('.0');
  return [
    ...(dotted[1] ?? '').split('.').filter((part) => part !== ''),
    list ? key.slice(0, -2) : key,
    ...(list ? ['0'] : []),
  ];
}

function put(into: { [key: string]: Argument }, path: readonly string[], value: string): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    into[key] ??= value;
    return;
  }
  const inner = into[key] ?? {};
  if (typeof inner === 'string') return;
  into[key] = inner;
  put(inner as { [key: string]: Argument }, rest, value);
}

function toLists(value: Argument): Argument {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, toLists(inner)] as const);
  return entries.every(([key]) => /^\d+$/.test(key))
    ? entries.map(([, inner]) => inner)
    : Object.fromEntries(entries);
}

function addressFor(syntax: Syntax, entry: ClientEntry, path: string): string {
  const own = syntax.address?.(entry, path);
  if (own !== undefined) return own;
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (entry.needsScheme && !/jdbc/i.test(path)) return `https://${host}/x`;
  if (entry.protocol === 'database' || /^(?:url|uri|dsn)$/i.test(last))
    return `${entry.style === 'request-reply' ? 'https' : entry.style === 'database' ? 'postgresql' : (entry.protocol ?? 'tcp')}://${host}/x`;
  return entry.style === 'request-reply' && entry.protocol !== 'grpc' ? `https://${host}/x` : host;
}

/** The arguments that a use of a client takes: its address, method, statement and resource. */
export function argumentsOf(
  syntax: Syntax,
  entry: ClientEntry,
  operation: Operation,
  isAddressed = true,
): Arguments {
  const path = operation.address?.[0];
  return toArguments([
    [isAddressed ? path : undefined, path === undefined ? '' : addressFor(syntax, entry, path)],
    [operation === entry ? entry.driver?.[0] : undefined, 'postgres'],
    [operation.method?.[0], 'POST'],
    [operation.statement?.[0], 'select * from orders'],
    [operation.resource?.[0], 'orders'],
  ]);
}

/** Scripts that open a client by this name and use it in every way that the table knows. */
export function writeFixtures(syntax: Syntax, entry: ClientEntry, name: string): Fixture[] {
  const operations = Object.entries(entry.operations ?? {});
  const setters = operations.filter(([, { flow, address }]) => flow === 'none' && address);
  const write = (
    isAddressed: boolean,
    chosen: readonly (readonly [string, Operation])[],
  ): Fixture[] => {
    const given = argumentsOf(syntax, entry, entry, isAddressed);
    const uses = chosen.map(([method, operation]) =>
      syntax.use(method, argumentsOf(syntax, entry, operation), entry),
    );
    return syntax.open(name, given, entry).map((opening) => ({
      positive: syntax.program(opening.head, opening.expression, uses),
      negative: syntax.program(opening.own, opening.ownExpression ?? opening.expression, uses),
      expression: opening.expression,
    }));
  };
  const exchanges = operations.filter(([, { flow }]) => flow !== 'none');
  const needsSetter = (entry.address ?? []).length === 0;
  const before = needsSetter ? setters.slice(0, 1) : [];
  return [
    ...write(true, [...before, ...exchanges]),
    ...(entry.operations?.export ? write(true, before) : []),
  ];
}

/** What the fixtures of a language prove and what they leave open, each as texts for a person. */
export interface Proof {
  /** Names of the table that no script opens a connection by. */
  readonly unopened: readonly string[];
  /** Methods of the table that no script uses a connection by. */
  readonly unused: readonly string[];
  /** Scripts that look like one that connects, and are read as if they did. */
  readonly mistaken: readonly string[];
  /** Each client that a generated script opens: its name, the call, and what was read. */
  readonly lines: readonly string[];
}

/** The address is the library's own or in a configuration, never in the code. */
function isElsewhere({ address, addressDefault, operations = {} }: ClientEntry): boolean {
  const paths = [address, ...Object.values(operations).map((operation) => operation.address)];
  return addressDefault !== undefined || paths.every((each) => (each ?? []).length === 0);
}

/** Whether no program can use a client by this method: a framework's own, or an address that comes later. */
function isNoUse({ calls, address }: ClientEntry, method: string): boolean {
  return (
    calls.every((name) => name.startsWith('settings()')) ||
    (method === 'export' && (address ?? []).length === 0)
  );
}

const arrows = { pull: '<-', push: '->', both: '<>', unknown: '??' };

/** What a client was read to do, in one line; its methods only where it is the first of its kind. */
function drawUses(facts: readonly CodeFact[], isFirst: boolean): string {
  const found = facts.flatMap((fact) => (fact.kind === 'connection' ? [fact] : []));
  const [first] = found;
  const uses = found.map(
    ({ summary, flow }) =>
      `${/([^\s.#]{1,60}) (?:from|to|with) /.exec(summary)?.[1] ?? ''}${arrows[flow]}`,
  );
  return `${first?.protocol ?? '-'} ${(isFirst ? [...new Set(uses)] : uses.slice(0, 1)).join(' ')}`;
}

/** Reads the scripts of a language, generated ones and written ones, and tells which clients they prove. */
export async function prove(syntax: Syntax, written: readonly Fixture[]): Promise<Proof> {
  const read = await loadRecordingReader(syntax.language, syntax.file);
  const opened = new Set<string>();
  const used = new Map<ClientEntry, Set<string>>();
  const called = new Set<string>();
  const mistaken: string[] = [];
  const lines = new Map<string, string>();
  /** Whether the script is read as one that connects to the far host, by a name if one is given. */
  const accept = (
    { positive, negative, expression }: Fixture,
    isMeant: (connection: Connection) => boolean,
  ): boolean => {
    const { facts, connections } = read(positive);
    const found = connections.filter(isMeant);
    const needsHost = positive.includes(host) && found.some(({ entry }) => !isElsewhere(entry));
    const isFound = facts.some(
      (fact) =>
        fact.kind === 'connection' &&
        (!needsHost || `${fact.target.value} ${fact.address ?? ''}`.includes(host)),
    );
    if (found.length === 0 || !isFound) return false;
    for (const connection of found) {
      opened.add(nameOf(connection));
      const methods = used.get(connection.entry) ?? new Set();
      used.set(connection.entry, methods);
      for (const { call } of connection.uses) {
        methods.add(call.callee.slice(call.callee.lastIndexOf('#') + 1));
        called.add(call.callee);
      }
    }
    const [first] = found;
    if (first && expression !== undefined) {
      const name = nameOf(first);
      const drawn = drawUses(facts, first.entry.calls[0] === name);
      if (!lines.has(name)) lines.set(name, `${name} | ${expression} | ${drawn}`);
    }
    const wrong = read(negative).facts.filter(({ kind }) => kind === 'connection');
    if (wrong.length > 0) mistaken.push(negative);
    return true;
  };
  for (const fixture of written)
    if (!accept(fixture, () => true)) mistaken.push(`connects to nothing: ${fixture.positive}`);
  for (const entry of syntax.clients) {
    for (const name of entry.calls) {
      if (opened.has(name) && name !== entry.calls[0]) continue;
      for (const fixture of writeFixtures(syntax, entry, name))
        if (
          accept(fixture, (each) => each.entry === entry && nameOf(each) === name) &&
          !entry.operations?.export
        )
          break;
    }
  }
  return {
    unopened: syntax.clients.flatMap(({ calls }) => calls.filter((name) => !opened.has(name))),
    unused: [
      ...Object.keys(syntax.handedOver ?? {}).filter((name) => !called.has(name)),
      ...syntax.clients.flatMap((entry) =>
        Object.entries(entry.operations ?? {})
          .filter(
            ([method, { flow }]) =>
              flow !== 'none' && !isNoUse(entry, method) && !used.get(entry)?.has(method),
          )
          .map(([method]) => `${entry.calls[0]} ${method}`),
      ),
    ],
    mistaken,
    lines: [...lines.values()].sort(),
  };
}
