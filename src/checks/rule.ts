import type { Measurements } from '../analyzers/measurements.ts';
import type { Origin } from '../evidence.ts';
import type { BaselineEntry, Severity } from '../finding.ts';
import type { Comment, Landscape, Link } from '../landscape.ts';
import type { SystemPattern } from './patterns.ts';
import type { Policy } from './policy.ts';

/** What a rule judges. */
export interface Facts {
  readonly landscape: Landscape;
  readonly analysis: Measurements;
  /** How old objects may get, where the configuration says so. */
  readonly objects: readonly { readonly object: string; readonly maxAgeHours?: number }[];
  /** The date that expiry is judged by, `YYYY-MM-DD`. */
  readonly today: string;
  /** Who may exchange data with whom, where the configuration says so. */
  readonly policies: readonly Policy[];
  readonly limits: Limits;
  /** An earlier audit, where one is given. */
  readonly base?: BaseFacts;
  /** Entries of the baseline that no finding has; known once all other rules have looked. */
  readonly stale?: readonly BaselineEntry[];
  /** Comments that were to accept something, and nothing is found at their lines. */
  readonly idle?: readonly Comment[];
}

/** How much coupling is too much, where the configuration says so. */
export interface Limits {
  readonly fanIn?: { readonly most: number; readonly except?: SystemPattern | undefined };
  /** A share of all pairs, 0 to 1. */
  readonly saturation?: number;
  /** Systems that each reach each other. */
  readonly cyclicGroup?: number;
  /** Where a limit is written. */
  readonly placeOf: (limit: 'fanIn' | 'saturation' | 'cyclicGroup') => Origin;
}

/** What an earlier audit says of the same landscape. */
export interface BaseFacts {
  /** The date that it was made as of. */
  readonly asOf: string;
  /** Its links by key. */
  readonly links: ReadonlyMap<string, Link>;
  /**
   * Each headline figure then and now, and how much of the change the landscape itself made; measured
   * when they are asked for, since only one rule does.
   */
  readonly figures: () => readonly BaseFigure[];
  /** Links of today that the landscape's own change added or altered. */
  readonly changed: readonly Link[];
}

/** A headline figure of an earlier audit and of this one. */
export interface BaseFigure {
  readonly name: string;
  readonly base: number;
  readonly head: number;
  readonly byLandscape: number;
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
  /** What is too much, as a number that is worse the higher it is: who accepts it accepts no more. */
  readonly figure?: number;
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
