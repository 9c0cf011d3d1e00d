import { distance } from 'fastest-levenshtein';
import type { Landscape, System } from '../landscape.ts';
import { groupBy, sortBy } from '../order.ts';

/** What an architect would want mended in the inventory itself. */
export interface InventoryQuality {
  /** Two systems whose names differ so little that they may be one. */
  readonly nearDuplicates: readonly {
    readonly systems: readonly [string, string];
    readonly names: readonly [string, string];
  }[];
  readonly blankOwners: readonly string[];
  /** Named by a link, described by no inventory. */
  readonly unknownSystems: readonly string[];
  /** Systems that take part in no link. */
  readonly isolated: readonly string[];
}

/** More systems than this are compared only within the same first letter. */
const maxPairwise = 1500;

/** Measures the inventory over the systems that it describes. */
export function measureInventoryQuality(landscape: Landscape): InventoryQuality {
  const described = landscape.systems.filter(({ kind }) => kind !== 'unknown');
  const linked = new Set(landscape.links.flatMap(({ from, to }) => [from, to]));
  return {
    nearDuplicates: findNearDuplicates(described),
    blankOwners: described.filter(({ counted, owner }) => counted && !owner).map(({ id }) => id),
    unknownSystems: landscape.systems.filter(({ kind }) => kind === 'unknown').map(({ id }) => id),
    isolated: described.filter(({ id, counted }) => counted && !linked.has(id)).map(({ id }) => id),
  };
}

function findNearDuplicates(systems: readonly System[]): InventoryQuality['nearDuplicates'] {
  const names = systems.map((system, index) => ({ index, system, folded: fold(system.name) }));
  const found: { at: number; systems: [string, string]; names: [string, string] }[] = [];
  // Numbers tell sites and instances apart on purpose, so they must agree.
  for (const alike of groupBy(names, ({ folded }) => folded.replace(/\D/g, '')).values())
    for (const [position, left] of alike.entries())
      for (let next = position + 1; next < alike.length; next++) {
        const right = alike[next];
        if (!right || (alike.length > maxPairwise && left.folded[0] !== right.folded[0])) continue;
        if (!isNear(left.folded, right.folded)) continue;
        found.push({
          at: left.index,
          systems: [left.system.id, right.system.id],
          names: [left.system.name, right.system.name],
        });
      }
  return sortBy(found, ({ at }) => at).map(({ at: _, ...pair }) => pair);
}

function isNear(left: string, right: string): boolean {
  if (left === right) return true;
  const length = Math.min(left.length, right.length);
  if (length < 5 || Math.abs(left.length - right.length) > 2) return false;
  return distance(left, right) <= (length < 9 ? 1 : 2);
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, 120);
}
