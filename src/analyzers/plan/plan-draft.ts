import type { PlanSettings } from '../../assumptions.ts';
import type { Landscape } from '../../landscape.ts';
import type { Platform } from '../../vocabulary.ts';
import type { MoveRisk } from './score-risk.ts';

/** What the program is made of, whatever things cost. */
export interface PlanDraft {
  readonly landscape: Landscape;
  /** Links that are to move, each with the platform it goes to. */
  readonly moving: readonly { readonly link: string; readonly pattern: Platform }[];
  readonly risks: readonly MoveRisk[];
  /** Platforms that are there today. */
  readonly existing: ReadonlySet<Platform>;
  readonly cyclicGroups: readonly (readonly string[])[];
  /** Link → hours a year that its incidents took. */
  readonly incidentHours: ReadonlyMap<string, number>;
  readonly settings: PlanSettings;
  /** The first day, `YYYY-MM-DD`. */
  readonly start: string;
}
