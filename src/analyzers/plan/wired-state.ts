import { measureVisibility } from '../../graph/visibility.ts';
import { toGraph } from '../../graph.ts';
import type { Landscape, Link, Mediation } from '../../landscape.ts';
import type { Platform } from '../../vocabulary.ts';
import { countPairs, measurePropagation, measureSaturation } from '../coupling.ts';

/** How the counted systems are wired at one time. */
export interface WiredState {
  readonly pointToPointLinks: number;
  /** Pairs of systems with at least one point-to-point link. */
  readonly pointToPointPairs: number;
  /** pointToPointPairs / (N(N-1)/2). */
  readonly saturation: number;
  /** ΣV / N² over the links that are coupled in time, direct or by a gateway; `null` where that is too dear to measure. */
  readonly propagationCost: number | null;
  /** The system whose late or wrong data reaches most others over these links; `null` where none reaches any. */
  readonly largestBlastRadius: { readonly system: string; readonly systems: number } | null;
  readonly unregisteredLinks: number;
}

/** Link → what has become of it. Links without an entry are as they are today. */
export type Changes = ReadonlyMap<string, Mediation | 'retired'>;

/** What a link is once it has moved to a platform. All but a gateway decouple its ends in time. */
export const mediationOf: Readonly<Record<Platform, Mediation>> = {
  'api-gateway': 'gateway',
  event: 'decoupled',
  'integration-platform': 'decoupled',
  'shared-data-layer': 'decoupled',
  'data-pipeline': 'decoupled',
};

/** Systems × links beyond which nobody waits for who reaches whom, over and over again. */
const mostSteps = 10_000_000;

/** Opens the measuring of one landscape after one set of changes or another. */
export function openStates(landscape: Landscape): (changes: Changes) => WiredState {
  const counted = new Set(landscape.systems.flatMap((one) => (one.counted ? [one.id] : [])));
  const links = landscape.links.filter(({ from, to }) => counted.has(from) && counted.has(to));
  const isSmall = counted.size * links.length <= mostSteps;
  return (changes) => {
    const isDirect = ({ key, mediation }: Link): boolean =>
      (changes.get(key) ?? mediation) === 'direct';
    const direct = links.filter(isDirect);
    const pointToPointPairs = countPairs(direct);
    const coupled = links.filter(
      (link) => isDirect(link) || (changes.get(link.key) ?? link.mediation) === 'gateway',
    );
    return {
      pointToPointLinks: direct.length,
      pointToPointPairs,
      saturation: measureSaturation(pointToPointPairs, counted.size),
      ...(isSmall
        ? measureReach({ ...landscape, links: coupled }, counted)
        : { propagationCost: null, largestBlastRadius: null }),
      // Whatever the plan touches is registered, or gone.
      unregisteredLinks: links.filter(({ key, registered }) => !registered && !changes.has(key))
        .length,
    };
  };
}

function measureReach(
  landscape: Landscape,
  counted: ReadonlySet<string>,
): Pick<WiredState, 'propagationCost' | 'largestBlastRadius'> {
  const visibility = measureVisibility(toGraph(landscape, ({ counted: isCounted }) => isCounted));
  const largest = [...counted].reduce<{ system: string; systems: number } | null>(
    (most, system) => {
      const systems = visibility.reaches(system) - 1;
      return systems > (most?.systems ?? 0) ? { system, systems } : most;
    },
    null,
  );
  return {
    propagationCost: measurePropagation(visibility, counted.size),
    largestBlastRadius: largest,
  };
}
