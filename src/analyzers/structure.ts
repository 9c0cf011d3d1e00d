import { sortBy } from '../order.ts';
import type { CouplingFigures } from './coupling.ts';
import type { Hotspot } from './hotspots.ts';

/** Where a system stands in the hidden structure (Baldwin, MacCormack & Rusnak 2014). */
export type Role = 'shared' | 'core' | 'periphery' | 'control';

/** The pattern that a landscape has, by its largest cyclic groups. */
export type Architecture =
  | 'core-periphery'
  | 'borderline core-periphery'
  | 'multi-core'
  | 'hierarchical';

/** A landscape of an enterprise that was measured in the same way. Shares from 0 to 1. */
export interface PublishedCase {
  readonly name: string;
  readonly systems: number;
  readonly dependencies: number;
  readonly propagationCost: number;
  readonly coreShare: number;
  readonly source: string;
}

/** The hidden structure of all counted systems. */
export interface Structure {
  readonly systems: number;
  readonly architecture: Architecture;
  /** What systems are held against for their role: the core's own reach, or the medians. */
  readonly view: 'core' | 'medians';
  /** Systems in the largest cyclic group, and in the one after it; 0 where there is none. */
  readonly largestCyclicGroup: number;
  readonly nextCyclicGroup: number;
  /** ΣV / N² over all counted systems; it falls as N grows, whatever the design. */
  readonly propagationCost: number;
  /** In the order of the matrix. */
  readonly roles: readonly {
    readonly role: Role;
    readonly systems: number;
    readonly share: number;
  }[];
  /**
   * The systems as a design-structure matrix shows them: shared, core, periphery, control; in each,
   * those that reach most first, and of these, those that fewest reach.
   */
  readonly matrix: readonly string[];
  readonly published: readonly PublishedCase[];
}

const matrixOrder: readonly Role[] = ['shared', 'core', 'periphery', 'control'];

/** What others measured in landscapes that were studied in public. */
export const published: readonly PublishedCase[] = [
  {
    name: 'a telecom company',
    systems: 103,
    dependencies: 243,
    propagationCost: 0.25,
    coreShare: 0.34,
    source: 'Lagerström, Baldwin, MacCormack & Aier 2013, HBS working paper 13-103',
  },
  {
    name: 'a biopharmaceutical company',
    systems: 407,
    dependencies: 1157,
    propagationCost: 0.23,
    coreShare: 0.32,
    source: 'Lagerström, Baldwin, MacCormack & Dreyfus 2013, HBS working paper 13-105',
  },
];

/** Puts the hidden structure together from what coupling and hotspots have measured. */
export function measureStructure(all: CouplingFigures, hotspots: readonly Hotspot[]): Structure {
  const sizes = all.cyclicGroups.map(({ length }) => length);
  const architecture = nameArchitecture(all.systems, sizes);
  const members = new Map(matrixOrder.map((role) => [role, [] as Hotspot[]]));
  for (const spot of hotspots) members.get(spot.role)?.push(spot);
  return {
    systems: all.systems,
    architecture,
    view: hasOneCore(architecture) ? 'core' : 'medians',
    largestCyclicGroup: sizes[0] ?? 0,
    nextCyclicGroup: sizes[1] ?? 0,
    propagationCost: all.propagationCost,
    roles: [...members].map(([role, { length }]) => ({
      role,
      systems: length,
      share: all.systems === 0 ? 0 : length / all.systems,
    })),
    matrix: [...members.values()].flatMap((spots) =>
      sortBy(
        spots,
        ({ blastRadius }) => -blastRadius,
        ({ exposure }) => exposure,
        ({ system }) => system,
      ).map(({ system }) => system),
    ),
    published,
  };
}

/**
 * The pattern of a landscape (Baldwin, MacCormack & Rusnak 2014): hierarchical where the largest
 * cyclic group has under 4 % of the systems, multi-core where the next is more than two thirds of it,
 * borderline up to 6 %, else core-periphery. A system alone is no cyclic group.
 * @param sizes of the cyclic groups, the largest first
 */
export function nameArchitecture(systems: number, sizes: readonly number[]): Architecture {
  const [largest = 0, next = 0] = sizes;
  if (largest === 0 || largest < 0.04 * systems) return 'hierarchical';
  if (largest < 1.5 * next) return 'multi-core';
  return largest <= 0.06 * systems ? 'borderline core-periphery' : 'core-periphery';
}

/** How many systems one reaches along the data, and how many reach it; itself counts. */
export interface Reach {
  readonly system: string;
  readonly reaches: number;
  readonly reachedBy: number;
}

/**
 * The role of each system, by how many depend on it (its data reaches them) and how many it depends
 * on, against the figures of the core where there is one, else against the medians. Who reaches
 * nobody is never needed, and whom nobody reaches never depends. Names decide nothing.
 */
export function classifyRoles(
  reach: readonly Reach[],
  groups: readonly (readonly string[])[],
): Map<string, Role> {
  const architecture = nameArchitecture(
    reach.length,
    groups.map(({ length }) => length),
  );
  const core = new Set(hasOneCore(architecture) ? groups[0] : []);
  const member = reach.find(({ system }) => core.has(system));
  const needed = member?.reaches ?? median(reach.map(({ reaches }) => reaches));
  const depending = member?.reachedBy ?? median(reach.map(({ reachedBy }) => reachedBy));
  return new Map(
    reach.map(({ system, reaches, reachedBy }) => {
      const isNeeded = reaches >= needed && reaches > 1;
      const isDepending = reachedBy >= depending && reachedBy > 1;
      if (isNeeded) return [system, isDepending ? 'core' : 'shared'];
      return [system, isDepending ? 'control' : 'periphery'];
    }),
  );
}

function hasOneCore(architecture: Architecture): boolean {
  return architecture === 'core-periphery' || architecture === 'borderline core-periphery';
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
