import type { Landscape } from '../landscape.ts';
import { type Communities, compareCommunities } from './communities.ts';
import { type Contracts, measureContracts } from './contracts.ts';
import { type Coupling, measureCoupling } from './coupling.ts';
import { type Duplicates, findDuplicates } from './duplicates.ts';
import type { Freshness } from './freshness/model.ts';
import type { FreshnessOptions } from './freshness/options.ts';
import type { ScheduleAnalysis } from './freshness/schedule-analysis.ts';
import { analyseSchedules } from './freshness/schedules.ts';
import { type Hotspot, measureHotspots } from './hotspots.ts';
import { type Costs, type Hub, weighHub } from './hub.ts';
import { type ImpactAnalysis, measureImpact } from './impact/measure-impact.ts';
import { type InventoryQuality, measureInventoryQuality } from './inventory-quality.ts';
import { nameClasses, type Observation } from './observation.ts';
import { measureOwnership, type Ownership, type StaffFacts } from './ownership.ts';
import { choosePatterns } from './patterns.ts';
import { measureSafeguards, type Safeguards } from './safeguards.ts';
import { measureStructure, type Structure } from './structure.ts';
import { type MigrationPlan, planWaves } from './waves.ts';

/** All measurements of a landscape. They hold no judgement. */
export interface Analysis {
  readonly coupling: Coupling;
  readonly hotspots: readonly Hotspot[];
  readonly structure: Structure;
  readonly communities: Communities;
  readonly ownership: Ownership;
  readonly duplicates: Duplicates;
  readonly contracts: Contracts;
  readonly inventoryQuality: InventoryQuality;
  readonly waves: MigrationPlan;
  readonly hub: Hub;
  readonly safeguards: Safeguards;
  readonly freshness: readonly Freshness[];
  readonly schedules: ScheduleAnalysis;
  /** How many systems each system hits: by an outage, late data, a new interface, its end. */
  readonly impact: ImpactAnalysis;
  /** One for each link, in their order. */
  readonly observation: readonly Observation[];
}

/** What analyzers know beyond the landscape. */
export interface AnalysisOptions {
  /** Where freshness looks from, and what is known of data beyond the sources. */
  readonly freshness: FreshnessOptions;
  /** What links, adapters and a platform take. */
  readonly costs: Costs;
  /** What is known of people, and the day that leaving is judged by. */
  readonly staff: StaffFacts;
}

/**
 * Runs every analyzer, each after those whose figures it uses.
 */
export function analyse(
  landscape: Landscape,
  { freshness: lookedFrom, costs, staff }: AnalysisOptions,
): Analysis {
  const coupling = measureCoupling(landscape);
  const hotspots = measureHotspots(landscape);
  const ownership = measureOwnership(landscape, staff);
  const duplicates = findDuplicates(landscape);
  const inventoryQuality = measureInventoryQuality(landscape);
  const waves = planWaves(
    landscape,
    choosePatterns(landscape, ownership),
    ownership,
    hotspots,
    costs,
  );
  const { freshness, schedules } = analyseSchedules(landscape, lookedFrom);
  return {
    coupling,
    hotspots,
    structure: measureStructure(coupling.all, hotspots),
    communities: compareCommunities(landscape),
    ownership,
    duplicates,
    contracts: measureContracts(landscape),
    inventoryQuality,
    waves,
    hub: weighHub(landscape, costs),
    safeguards: measureSafeguards(landscape),
    freshness,
    schedules,
    impact: measureImpact(landscape, lookedFrom.objects),
    observation: nameClasses(landscape),
  };
}
