import type { Operation } from './client.ts';

/** Several methods that do the same. */
export const all = (operation: Operation, ...methods: string[]): Record<string, Operation> =>
  Object.fromEntries(methods.map((method) => [method, operation]));
