import type { Instants } from './instants.ts';

/**
 * Runs that copy the state of one object from one system to another. A run reads the source the
 * moment it starts, and what it read is in the target the moment it ends.
 */
export interface Delivery {
  /** The key of the link that it realises. */
  readonly link: string;
  /** Which of several jobs of the link it is. */
  readonly job?: string;
  readonly from: string;
  readonly to: string;
  /** Left out where nobody says what the link carries: it may then carry anything. */
  readonly object?: string;
  /** When its runs start. */
  readonly runs: Instants;
  /** How long each run takes, in ms; 0 where it is not known. */
  readonly durationMs: number;
  /** Whether the duration is a guess. */
  readonly assumed: boolean;
}

/** A link that tells every change at once: the target is as fresh as the source. */
export interface EventLink {
  readonly link: string;
  readonly from: string;
  readonly to: string;
  readonly object?: string;
}

/** Where an object is born: there it is always fresh. */
export interface ObjectOrigin {
  readonly system: string;
  readonly object: string;
  /**
   * Nobody said so; the object only leaves this system and never comes to it. Data that comes to the
   * system may then be in it all the same.
   */
  readonly inferred?: boolean;
  /** It is followed so many links beyond declared flows at least, whatever the model says of others. */
  readonly leastPossibleLinks?: number;
}

/** At one system, an object is computed at once from others that are there; none: from nothing else. */
export interface Derivation {
  readonly system: string;
  readonly object: string;
  readonly from: readonly string[];
}

/** When people or systems look at the data of a system. */
export interface Readers {
  readonly system: string;
  /** Moments at which somebody looks. */
  readonly looks: Instants;
  /** Stretches in which somebody may look at any moment, from and to in ms, the end left out. */
  readonly windows?: readonly (readonly [from: number, to: number])[];
}

/** How data moves through a landscape along runs that are known in advance. Instants in ms. */
export interface FreshnessModel {
  readonly deliveries: readonly Delivery[];
  readonly events: readonly EventLink[];
  readonly origins: readonly ObjectOrigin[];
  readonly derivations: readonly Derivation[];
  readonly readers: readonly Readers[];
  /** Data that is born in it is followed until newer data takes its place. */
  readonly horizon: { readonly from: number; readonly to: number };
  /** Runs and readers are listed up to here, at least to the end of the horizon, the default. */
  readonly knownUntil?: number;
  /** The most runs in a row that fail; 2 where it is left out. */
  readonly failures?: number;
  /** So many links beyond declared flows data is followed; all where it is left out. */
  readonly mostPossibleLinks?: number;
}

/** `declared` where the object itself flows on or a derivation says so, `possible` elsewhere. */
export type FlowCertainty = 'declared' | 'possible';

/** A run whose failure makes the data as old as one failed run can. Times are ISO 8601 UTC. */
export interface CriticalRun {
  readonly link: string;
  readonly job?: string;
  /** When the run starts; of runs alike, the first. */
  readonly run: string;
  /** Age that its failure causes: at reading where somebody reads, else at rest. */
  readonly ageHours: number;
  /** When it is that old. */
  readonly oldestAt: string;
  /** From the run to the first reader who sees older data than there would be; null: there is none. */
  readonly hoursUnnoticed: number | null;
  /** How many runs of the horizon cause the same age and stay unnoticed as long, itself included. */
  readonly alike: number;
}

/** How old the data of one origin can be at one consumer. */
export interface Freshness {
  readonly consumer: string;
  /** The object as its origin knows it. */
  readonly object: string;
  /** The system where it is born. */
  readonly origin: string;
  /** The object that it is part of at the consumer, where that is another. */
  readonly as?: string;
  /** The keys of the links that the oldest data comes along. */
  readonly path: readonly string[];
  /** ISO 8601 UTC. */
  readonly horizon: { readonly from: string; readonly to: string };
  /**
   * Index: how many runs in a row fail, from none on. Just before newer data comes. null: nothing
   * arrived in the time that is known.
   */
  readonly worstAgeAtRestHours: readonly (number | null)[];
  /** The same when somebody looks; empty where no reader is known. null: nobody saw any. */
  readonly worstAgeAtReadHours: readonly (number | null)[];
  /** The longest unnoticed first; none where one failed run makes nothing older than it gets anyway. */
  readonly criticalRuns: readonly CriticalRun[];
  /** How many runs that is, runs alike and runs left out of the list included. */
  readonly criticalRunCount: number;
  readonly certainty: FlowCertainty;
  /** Whether every way from the origin was weighed, or only `path`. */
  readonly ways: 'all' | 'one';
  /** Links of the path whose runs take as long as somebody guessed. */
  readonly assumedDurations: readonly string[];
  /** Whether newer data was still missing when the known runs ended: it gets at least this old. */
  readonly atLeast: boolean;
}
