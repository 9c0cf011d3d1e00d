import type { Earlier, PlanSearch } from '../analyzers/plan/plan-migration.ts';
import type { PlanSettings } from '../assumptions.ts';

/** How hard a plan is looked for, and what goes before the configuration. */
export interface Planning {
  readonly search: PlanSearch;
  readonly settings?: Partial<Pick<PlanSettings, 'waves' | 'capacityHours'>>;
  /** The plan that this one goes on from. */
  readonly earlier?: Earlier;
}

/** For reports: the same on every machine, and soon there. */
export const searchForReports: PlanSearch = { timeLimit: 20, mostItems: 100, onlyProved: true };
