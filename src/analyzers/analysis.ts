import type { Costs, PlanSettings } from '../assumptions.ts';
import type { Landscape } from '../landscape.ts';
import { type Communities, compareCommunities } from './communities.ts';
import { type Hotspot, measureHotspots } from './hotspots.ts';
import { type Hub, weighHub } from './hub.ts';
import { type ImpactAnalysis, measureImpact } from './impact/measure-impact.ts';
import { type InventoryQuality, measureInventoryQuality } from './inventory-quality.ts';
import type { Measurements, MeasuringOptions } from './measurements.ts';
import {
  type Earlier,
  type MigrationPlan,
  type PlanSearch,
  planMigration,
} from './plan/plan-migration.ts';
import { measureStructure, type Structure } from './structure.ts';

/** All measurements of a landscape. They hold no judgement. */
export interface Analysis extends Omit<Measurements, 'fanIn'> {
  readonly hotspots: readonly Hotspot[];
  readonly structure: Structure;
  readonly communities: Communities;
  readonly inventoryQuality: InventoryQuality;
  readonly waves: MigrationPlan;
  readonly hub: Hub;
  /** How many systems each system hits: by an outage, late data, a new interface, its end. */
  readonly impact: ImpactAnalysis;
}

/** What analyzers know beyond the landscape. */
export interface AnalysisOptions extends MeasuringOptions {
  /** What links, adapters and a platform take. */
  readonly costs: Costs;
  /** How the migration is to be planned, from which day, and how hard a plan is looked for. */
  readonly plan: {
    readonly settings: PlanSettings;
    readonly start: string;
    readonly incidentHours: ReadonlyMap<string, number>;
    readonly search: PlanSearch;
    readonly today: string;
    readonly earlier?: Earlier;
  };
}

/**
 * Runs every analyzer, each after those whose figures it uses.
 * @param measured of the same landscape with the same options
 */
export async function analyse(
  landscape: Landscape,
  measured: Measurements,
  { freshness: lookedFrom, costs, plan }: AnalysisOptions,
): Promise<Analysis> {
  const { coupling, ownership, freshness } = measured;
  const hotspots = measureHotspots(landscape);
  const { search, ...planned } = plan;
  const waves = await planMigration(
    {
      landscape,
      ownership,
      hotspots,
      cyclicGroups: coupling.all.cyclicGroups,
      freshness,
      costs,
      ...planned,
    },
    search,
  );
  return {
    coupling,
    hotspots,
    structure: measureStructure(coupling.all, hotspots),
    communities: compareCommunities(landscape),
    ownership,
    duplicates: measured.duplicates,
    contracts: measured.contracts,
    inventoryQuality: measureInventoryQuality(landscape),
    waves,
    hub: weighHub(landscape, costs),
    safeguards: measured.safeguards,
    freshness,
    schedules: measured.schedules,
    impact: measureImpact(landscape, lookedFrom.objects),
    observation: measured.observation,
  };
}
