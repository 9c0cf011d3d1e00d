import type { Landscape, Link } from '../landscape.ts';

/** How findings call systems and links: by the names that reports show. */
export interface Naming {
  readonly system: (id: string) => string;
  /** "ERP → Warehouse". */
  readonly link: (link: Pick<Link, 'from' | 'to'>) => string;
}

/** Names by id. What has no system keeps what it is called. */
export function openNaming({ systems }: Pick<Landscape, 'systems'>): Naming {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const system = (id: string): string => names.get(id) ?? id;
  return { system, link: ({ from, to }) => `${system(from)} → ${system(to)}` };
}

/** "A", "A and B", "A, B and C", "A, B, C and 4 more". */
export function listSome(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
