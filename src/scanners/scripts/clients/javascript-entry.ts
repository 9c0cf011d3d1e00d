import type { Style } from '../../../vocabulary.ts';
import type { Flow } from '../facts.ts';
import type { ClientEntry, Operation } from './client.ts';

/** A client library of JavaScript. */
export interface JavascriptEntry extends ClientEntry {
  /** Made means used, by code that does not show it: a link of a GraphQL client, a proxy. */
  readonly isUsed?: boolean;
  /** Without an address among its arguments the call is something else. */
  readonly needsAddress?: boolean;
}

/** Operations of the same kind under several names. */
export function each(names: string, operation: Operation): Readonly<Record<string, Operation>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, operation]));
}

/** What brings data, by the names of the methods. */
export function pullsBy(names: string, ...resource: string[]): Readonly<Record<string, Operation>> {
  return each(names, { flow: 'pull', resource });
}

/** What sends data, by the names of the methods. */
export function pushesBy(
  names: string,
  ...resource: string[]
): Readonly<Record<string, Operation>> {
  return each(names, { flow: 'push', resource });
}

/** A client that other files use, as `export const api = …`, exchanges data in a way this file does not tell. */
const exported: Readonly<Record<string, Operation>> = { export: { flow: 'unknown' } };

/** A client that is made with an address and used by its methods. */
export function client(
  calls: string,
  style: Style,
  protocol: string | undefined,
  address: readonly string[],
  operations: Readonly<Record<string, Operation>>,
  rest: Partial<JavascriptEntry> = {},
): JavascriptEntry {
  return {
    calls: calls.split(' '),
    flow: 'none',
    style,
    ...(protocol === undefined ? {} : { protocol }),
    address,
    operations: { ...exported, ...operations },
    ...rest,
  };
}

/** A service on the Internet whose address the library knows. */
export function service(
  calls: string,
  addressDefault: string,
  operations: Readonly<Record<string, Operation>>,
  address: readonly string[] = [],
): JavascriptEntry {
  return client(calls, 'request-reply', undefined, address, operations, { addressDefault });
}

/** A call that is an exchange by itself. */
export function exchange(
  calls: string,
  flow: Flow,
  address: readonly string[],
  rest: Partial<JavascriptEntry> = {},
): JavascriptEntry {
  return { calls: calls.split(' '), flow, address, style: 'request-reply', ...rest };
}
