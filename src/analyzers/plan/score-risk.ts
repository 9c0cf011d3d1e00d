import type { Landscape, Link } from '../../landscape.ts';
import { criticalities } from '../../vocabulary.ts';
import type { Freshness } from '../freshness/model.ts';
import type { Hotspot } from '../hotspots.ts';
import { isJob } from './jobs.ts';

/** How risky it is to move a link: 0 to 100, and what it is made of. */
export interface MoveRisk {
  readonly link: string;
  readonly score: number;
  /** Points of each part that has any; they add up to the score. */
  readonly parts: Readonly<Partial<Record<RiskPart, number>>>;
}

/** The parts of a risk and the most points of each: 100 together. */
export const riskParts = {
  criticality: 45,
  dependents: 20,
  freshness: 10,
  incidents: 10,
  safeguards: 5,
  objects: 5,
  owner: 5,
} as const;
export type RiskPart = keyof typeof riskParts;

/** Safeguards that a link has to have, or nobody hears that its move went wrong. */
const wanted = ['monitoring', 'alerting', 'retry', 'traceability'] as const;

export interface RiskFacts {
  readonly landscape: Landscape;
  readonly hotspots: readonly Hotspot[];
  readonly freshness: readonly Freshness[];
  /** Link → hours a year that its incidents took. */
  readonly incidentHours: ReadonlyMap<string, number>;
}

/**
 * Scores the move of each link. Criticality counts most, then how many systems depend on the ends,
 * how many readers get their data through the link, what broke before, and what is missing.
 */
export function scoreRisks(
  { landscape, hotspots, freshness, incidentHours }: RiskFacts,
  links: readonly Link[],
): MoveRisk[] {
  const dependents = new Map(hotspots.map((spot) => [spot.system, spot.dependents]));
  const counted = landscape.systems.filter(({ counted: isCounted }) => isCounted).length;
  const readers = new Map<string, number>();
  for (const { path } of freshness)
    for (const key of path) readers.set(key, (readers.get(key) ?? 0) + 1);
  const mostReaders = [...readers.values()].reduce((most, one) => Math.max(most, one), 1);
  const mostIncidents = [...incidentHours.values()].reduce((most, one) => Math.max(most, one), 1);
  return links.map((link) => {
    const most = Math.max(dependents.get(link.from) ?? 0, dependents.get(link.to) ?? 0);
    const lacking = wanted.filter((one) => !link.safeguards.includes(one)).length;
    const shares: Record<RiskPart, number> = {
      criticality:
        (criticalities.length - 1 - criticalities.indexOf(link.criticality)) /
        (criticalities.length - 1),
      dependents: counted > 1 ? Math.min(1, most / (counted - 1)) : 0,
      freshness: (readers.get(link.key) ?? 0) / mostReaders,
      incidents: (incidentHours.get(link.key) ?? 0) / mostIncidents,
      safeguards: isJob(link) ? lacking / wanted.length : 0,
      objects: Math.min(1, Math.max(0, link.objects.length - 1) / 4),
      owner: link.owner ? 0 : 1,
    };
    const parts = Object.fromEntries(
      Object.entries(riskParts).flatMap(([part, points]) => {
        const value = Math.round(points * shares[part as RiskPart]);
        return value === 0 ? [] : [[part, value]];
      }),
    ) as MoveRisk['parts'];
    const score = Object.values(parts).reduce((sum, one) => sum + one, 0);
    return { link: link.key, score, parts };
  });
}

/** The risk band of a score: quarters of the scale, 1 to 4. */
export function bandOf(score: number): number {
  return Math.min(4, Math.floor(score / 25) + 1);
}
