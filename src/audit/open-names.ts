import type { Landscape } from '../landscape.ts';
import { foldName } from '../reconcile/names.ts';

/** Ids of systems by what they are called: an id goes before a name, and that before an alias. */
export function openNames({ systems }: Landscape): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (name: string, id: string): void => {
    const folded = foldName(name);
    if (!names.has(folded)) names.set(folded, id);
  };
  for (const { id } of systems) add(id, id);
  for (const { id, name } of systems) add(name, id);
  for (const { id, aliases } of systems) for (const alias of aliases) add(alias, id);
  return names;
}
