import type { Operation } from './client.ts';

/** A use that only tells where the client connects to. */
export const setsAddress: Operation = { flow: 'none', address: ['0'] };

/** The first of these settings that has a value. Six at most: holes are not filled any deeper. */
export function settings(...names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? `{env:${first}}` : `{env:${first}?=${settings(...rest)}}`;
}

/** Names of one package. */
export function types(module: string, names: readonly string[]): string[] {
  return names.map((name) => `${module}.${name}`);
}

/** A name of Java EE, before and after it moved to another package. */
export function either(name: string): string[] {
  return [`javax.${name}`, `jakarta.${name}`];
}

/** Methods of one kind as operations. */
export function methods(names: string, operation: Operation): Record<string, Operation> {
  return Object.fromEntries(names.split(' ').map((name) => [name, operation]));
}
