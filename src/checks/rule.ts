import type { Analysis } from '../analyzers/analysis.ts';
import type { Origin } from '../evidence.ts';
import type { Severity } from '../finding.ts';
import type { Landscape } from '../landscape.ts';

/** What a rule judges. */
export interface Facts {
  readonly landscape: Landscape;
  readonly analysis: Analysis;
  /** How old objects may get, where the configuration says so. */
  readonly objects: readonly { readonly object: string; readonly maxAgeHours?: number }[];
}

/** A judgement before a severity is put on it. */
export interface Judgement {
  readonly subject: string;
  readonly message: string;
  readonly remedy: string;
  readonly related?: readonly string[];
  readonly evidence: readonly Origin[];
  /** What tells two findings on one subject apart; never a path or a line. */
  readonly detail?: string;
  /** Guessed or mediated: reported, but never as an error. */
  readonly isTentative?: boolean;
}

/** One rule. Its name is API: it stands in configurations, baselines and reports. */
export interface Rule {
  readonly name: string;
  readonly defaultSeverity: Severity;
  /** Rules about what is absent make no sense where a folder sees only part of the landscape. */
  readonly needsWhole: boolean;
  check(facts: Facts): Judgement[];
}
