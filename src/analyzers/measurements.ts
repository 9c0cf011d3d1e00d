import type { Landscape } from '../landscape.ts';
import { type Contracts, measureContracts } from './contracts.ts';
import { type Coupling, measureCoupling } from './coupling.ts';
import { type Duplicates, findDuplicates } from './duplicates.ts';
import type { Freshness } from './freshness/model.ts';
import type { FreshnessOptions } from './freshness/options.ts';
import type { ScheduleAnalysis } from './freshness/schedule-analysis.ts';
import { analyseSchedules } from './freshness/schedules.ts';
import { type FanIn, measureFanIn } from './hotspots.ts';
import { nameClasses, type Observation } from './observation.ts';
import { measureOwnership, type Ownership, type StaffFacts } from './ownership.ts';
import { measureSafeguards, type Safeguards } from './safeguards.ts';

/** What rules judge by. Nothing else is measured where only findings are asked for. */
export interface Measurements {
  readonly coupling: Coupling;
  readonly fanIn: readonly FanIn[];
  readonly ownership: Ownership;
  readonly duplicates: Duplicates;
  readonly contracts: Contracts;
  readonly safeguards: Safeguards;
  readonly freshness: readonly Freshness[];
  readonly schedules: ScheduleAnalysis;
  /** One for each link, in their order. */
  readonly observation: readonly Observation[];
}

/** What these analyzers know beyond the landscape. */
export interface MeasuringOptions {
  /** Where freshness looks from, and what is known of data beyond the sources. */
  readonly freshness: FreshnessOptions;
  /** What is known of people, and the day that leaving is judged by. */
  readonly staff: StaffFacts;
}

/** Measures a landscape as it is asked: each answer when it is first read, and only once. */
export function openMeasurements(
  landscape: Landscape,
  { freshness, staff }: MeasuringOptions,
): Measurements {
  const readSchedules = once(() => analyseSchedules(landscape, freshness));
  const read = {
    coupling: once(() => measureCoupling(landscape)),
    fanIn: once(() => measureFanIn(landscape)),
    ownership: once(() => measureOwnership(landscape, staff)),
    duplicates: once(() => findDuplicates(landscape)),
    contracts: once(() => measureContracts(landscape)),
    safeguards: once(() => measureSafeguards(landscape)),
    observation: once(() => nameClasses(landscape)),
  };
  return {
    get coupling() {
      return read.coupling();
    },
    get fanIn() {
      return read.fanIn();
    },
    get ownership() {
      return read.ownership();
    },
    get duplicates() {
      return read.duplicates();
    },
    get contracts() {
      return read.contracts();
    },
    get safeguards() {
      return read.safeguards();
    },
    get freshness() {
      return readSchedules().freshness;
    },
    get schedules() {
      return readSchedules().schedules;
    },
    get observation() {
      return read.observation();
    },
  };
}

function once<T>(measure: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: measure() };
    return kept.value;
  };
}
