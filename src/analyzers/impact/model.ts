import type { Link } from '../../landscape.ts';
import type { Criticality } from '../../vocabulary.ts';

/** What can be asked of a system or link; docs/impact.md holds the rules of each. */
export const questions = ['outage', 'api-change', 'late', 'retire'] as const;
export type Question = (typeof questions)[number];

/**
 * What happens to a system: it cannot do what it waits for (`down`), works on with old data
 * (`stale`), keeps or loses what it sends (`queued`), loses its only known source of an object
 * (`loses-data`), or its code must change (`must-change`).
 */
export const hitKinds = ['down', 'loses-data', 'must-change', 'stale', 'queued'] as const;
export type HitKind = (typeof hitKinds)[number];

/** `possible`: what the sources say leaves it open. */
export type ImpactCertainty = 'certain' | 'possible';

/** What the question is about. */
export type ImpactSubject =
  | { readonly kind: 'system'; readonly id: string }
  | { readonly kind: 'link'; readonly link: Link };

/** One system that is hit, in one way. */
export interface Hit {
  readonly system: string;
  readonly kind: HitKind;
  readonly certainty: ImpactCertainty;
  /** Links between it and the subject, at least one. */
  readonly distance: number;
  /** Keys of the links of a shortest way; of several the first by key. */
  readonly path: readonly string[];
  /** The systems along that way, from the subject to the one that is hit. */
  readonly through: readonly string[];
  /** What is affected, by name; empty where nobody says what the links carry. */
  readonly objects: readonly string[];
  readonly criticality: Criticality;
  /** Systems beyond the subject that send it the same objects, where all of them come from elsewhere too. */
  readonly alsoFrom: readonly string[];
}

/** How bad it is: the worst criticality that is hit, and how many systems of each are. */
export interface ImpactSeverity {
  /** Of those that are surely hit; where there are none, of those that may be. */
  readonly worst: Criticality | null;
  readonly counts: readonly {
    readonly criticality: Criticality;
    readonly certain: number;
    readonly possible: number;
  }[];
}

/** The answer to one question. */
export interface Impact {
  readonly question: Question;
  readonly subject: ImpactSubject['kind'];
  /** The id of the system, or the key of the link. */
  readonly id: string;
  readonly object?: string;
  readonly severity: ImpactSeverity;
  /** Those that are surely hit first, then the nearest, the heaviest, by id. */
  readonly hits: readonly Hit[];
  /** Scripts and jobs of nobody that touch it: they fail, or must change. */
  readonly carriers: readonly string[];
  /** Who answers for the systems that are hit, the one with most of them first. */
  readonly contacts: readonly { readonly owner: string | null; readonly systems: number }[];
  readonly retirement?: Retirement;
}

/** What becomes of links and code if a system goes. */
export interface Retirement {
  readonly links: readonly LinkFate[];
  readonly code: readonly { readonly id: string; readonly fate: CodeFate }[];
  /** Systems that exchange data with nothing else. */
  readonly isolated: readonly string[];
}

/** `change`: it does other work too. `move`: it only runs there. */
export type CodeFate = 'drop' | 'change' | 'move';

/**
 * `rebuild`: the data is needed and comes from nowhere else. `move`: it only passes, or runs there, and
 * needs another way. `drop`: the data comes from elsewhere too, or nobody takes it any more.
 */
export interface LinkFate {
  readonly link: string;
  readonly fate: 'rebuild' | 'move' | 'drop';
}
