import { addBit, countCommon, findReachSets } from '../../graph/reach-sets.ts';
import type { Landscape } from '../../landscape.ts';
import { type Criticality, criticalities } from '../../vocabulary.ts';
import { listInterfaceUsers } from './api-change.ts';
import { indexLandscape, type LandscapeIndex, type ObjectFacts } from './landscape-index.ts';
import { type FirstHit, listFirstHits, listTargets, listWaiters } from './outage.ts';
import { listUsersOf } from './retire.ts';

/** How many systems of each criticality; those of which there are none are left out. */
export type CriticalityCounts = Readonly<Partial<Record<Criticality, number>>>;

/**
 * How many systems each question hits, if it is asked of one system. `direct`: without anybody between;
 * `reach`: over any number of links, surely or possibly. Who they are, `landscape impact` tells.
 */
export interface SystemImpact {
  readonly system: string;
  readonly outage: { readonly direct: CriticalityCounts; readonly reach: CriticalityCounts };
  readonly late: { readonly direct: CriticalityCounts; readonly reach: CriticalityCounts };
  readonly apiChange: { readonly direct: CriticalityCounts };
  /** Those that take its data or open connections to it. */
  readonly retire: { readonly direct: CriticalityCounts };
}

/** How much hangs on each system, and what else single answers need. */
export interface ImpactAnalysis {
  /** Every system that hits another, in the order of their ids. */
  readonly systems: readonly SystemImpact[];
  /** What the configuration says of where objects are born and what they are made of. */
  readonly objects: readonly ObjectFacts[];
}

/** Counts whom each system hits. @param objects what is known of objects beyond the sources */
export function measureImpact(
  landscape: Pick<Landscape, 'systems' | 'links'>,
  objects: readonly ObjectFacts[],
): ImpactAnalysis {
  return {
    systems: countHits(landscape),
    objects: objects.map(({ object, origins, derivedFrom }) => ({ object, origins, derivedFrom })),
  };
}

function countHits(landscape: Pick<Landscape, 'systems' | 'links'>): SystemImpact[] {
  const index = indexLandscape(landscape, []);
  const ids = landscape.systems.map(({ id }) => id);
  const flows = findReachSets(ids, (id) => listTargets(index, id).map(({ to }) => to));
  const waits = findReachSets(ids, (id) => listWaiters(index, id).map(({ to }) => to));
  const count = openCounts(index, ids);
  return ids.flatMap((id): SystemImpact[] => {
    const subject = { kind: 'system', id } as const;
    const first = listFirstHits(index, subject);
    const systemsOf = (...kinds: readonly FirstHit['kind'][]): string[] =>
      first.flatMap(({ kind, start }) => (kinds.includes(kind) ? [start.to] : []));
    const { targets, senders } = listInterfaceUsers(index, subject);
    const changed = [...targets, ...senders].map(({ to }) => to);
    const retired = listUsersOf(index, id);
    if (first.length + changed.length + retired.length === 0) return [];
    const late = flows.collect(systemsOf('stale'));
    const out = waits.collect(systemsOf('down'), late.slice());
    return [
      {
        system: id,
        outage: {
          direct: count.systems(id, systemsOf('stale', 'down', 'queued')),
          reach: count.set(id, out, systemsOf('queued')),
        },
        late: {
          direct: count.systems(id, systemsOf('stale')),
          reach: count.set(id, late),
        },
        apiChange: { direct: count.systems(id, changed) },
        retire: { direct: count.systems(id, retired) },
      },
    ];
  });
}

interface Counts {
  readonly systems: (except: string, ids: Iterable<string>) => CriticalityCounts;
  /** Changes the set. */
  readonly set: (except: string, set: Uint32Array, more?: Iterable<string>) => CriticalityCounts;
}

/** Counts by criticality, the system itself left out. */
function openCounts({ systems }: LandscapeIndex, ids: readonly string[]): Counts {
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const masks = criticalities.map((criticality) => {
    const mask = new Uint32Array(Math.ceil(ids.length / 32));
    for (const [number, id] of ids.entries())
      if (systems.get(id)?.criticality === criticality) addBit(mask, number);
    return { criticality, mask };
  });
  const add = (set: Uint32Array, more: Iterable<string>): void => {
    for (const id of more) {
      const number = numbers.get(id);
      if (number !== undefined) addBit(set, number);
    }
  };
  const tell = (counts: readonly (readonly [Criticality, number])[]): CriticalityCounts =>
    Object.fromEntries(counts.filter(([, value]) => value > 0));
  return {
    systems: (except, all) => {
      const own = [...new Set(all)].filter((id) => id !== except);
      return tell(
        criticalities.map((criticality) => [
          criticality,
          own.filter((id) => systems.get(id)?.criticality === criticality).length,
        ]),
      );
    },
    set: (except, set, more = []) => {
      add(set, more);
      const self = numbers.get(except);
      if (self !== undefined) set[self >>> 5] = (set[self >>> 5] ?? 0) & ~(1 << (self & 31));
      return tell(masks.map(({ criticality, mask }) => [criticality, countCommon(set, mask)]));
    },
  };
}
