import type { Freeze } from '../../assumptions.ts';

/** What a freeze holds for, by name. */
export function tellFrozen(
  { systems, domains }: Freeze,
  nameOf: (system: string) => string,
): string {
  return [...systems.map(nameOf), ...domains].join(' and ') || 'everything';
}
