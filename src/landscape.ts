import type { Authors, Initiator, Origin, RouteTraffic } from './evidence.ts';
import type { Schedule } from './schedule.ts';
import type {
  Criticality,
  Family,
  Precaution,
  Safeguard,
  Style,
  SystemKind,
  Witness,
} from './vocabulary.ts';

/** Who answers for a system or link. People are named only where the configuration allows it. */
export interface Owner {
  readonly team?: string;
  readonly person?: string;
  /** How many people the sources name. */
  readonly people: number;
  /** The last day of the person who is named, `YYYY-MM-DD`; absent for who is still here. */
  readonly leftOn?: string;
  /** The people file names nobody who is called so. */
  readonly isUnlisted?: true;
}

/** A name, alias or host of a system, and a place that gives it. */
export interface GivenName {
  readonly kind: 'name' | 'alias' | 'host';
  readonly value: string;
  /** `known-service`: code calls the host, and the table of well-known services says whose it is. */
  readonly by: 'inventory' | 'model' | 'code' | 'known-service';
  readonly origin: Origin;
}

export interface System {
  readonly id: string;
  readonly name: string;
  readonly kind: SystemKind;
  readonly counted: boolean;
  readonly registered: boolean;
  readonly criticality: Criticality;
  readonly type?: string;
  readonly domain?: string;
  readonly site?: string;
  readonly partOf?: string;
  readonly owner?: Owner;
  readonly lifecycle?: string;
  readonly hosts: readonly string[];
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly origins: readonly Origin[];
  /** Who gave it its names, aliases and hosts; the first place of each file. */
  readonly given: readonly GivenName[];
}

export type Mediation = 'direct' | 'gateway' | 'decoupled';
export type Observable = 'yes' | 'no' | 'unknown';

/** The logs that would have shown a link: first and last day, `YYYY-MM-DD`. */
export interface LogWindow {
  readonly first: string;
  readonly last: string;
  /** Days that the logs cover; fewer than from the first to the last where there are gaps. */
  readonly days: number;
}

/** One script, job, route or site that realises a link. */
export interface Implementation {
  readonly id: string;
  readonly kind: 'script' | 'job' | 'route' | 'statement';
  readonly origin: Origin;
  readonly schedules: readonly Schedule[];
  /** Whether it makes the delivery itself; two that do are duplicates of each other. */
  readonly delivers: boolean;
  /** The hosts that it runs on, as systems where they resolve, else by name. */
  readonly hosts: readonly string[];
  /** How long a run takes in ms, where that is known. */
  readonly durationMs?: number;
  /** What makes it survivable, and what takes that away, each with the line that shows it. */
  readonly safeguards: readonly SafeguardProof[];
  /** Who changed it; the last of them by name only where the configuration shows people. */
  readonly authors?: Omit<Authors, 'last'> &
    Partial<Pick<Authors, 'last'>> & {
      /** The last day of whoever changed it last; absent where that person is here, or unknown. */
      readonly leftOn?: string;
    };
}

/** A line that shows a safeguard of a job or script, or that it is defeated. */
export interface SafeguardProof {
  readonly safeguard: Safeguard | Precaution;
  readonly effect: 'provides' | 'defeats';
  readonly origin: Origin;
  readonly summary: string;
}

/** One end of a piece of proof. */
export interface ProofEnd {
  /** As the source names it. */
  readonly reference: string;
  /** A system, a carrier, or a place on a store: `files:/out/stock.csv`. */
  readonly is: string;
  /** How many steps of the resolution are about it. */
  readonly steps: number;
}

/** How code reaches the end that it is not. */
export interface Access {
  /** Which of the ends it reaches. */
  readonly end: 0 | 1;
  readonly does: 'reads' | 'writes' | 'unknown';
  readonly protocol?: string;
  /** The table, collection or view of a database, where the statement names one. */
  readonly table?: string;
}

/** One piece of proof as it stays with its link. */
export interface Proof {
  readonly witness: Witness;
  readonly scanner: string;
  readonly origin: Origin;
  readonly summary: string;
  readonly confidence: number;
  /** How the ends were resolved, one step a text; those of the first end come first. */
  readonly resolution: readonly string[];
  /** Where the data comes from, and where it goes. */
  readonly ends: readonly [ProofEnd, ProofEnd];
  /** Only where code is one of the ends. */
  readonly access?: Access;
  /** `shared`: traffic from a host that several scripts use. */
  readonly attribution?: 'shared';
}

/** A row of a registry that approves a link. */
export interface Registration {
  readonly id: string;
  readonly protocol?: string;
  readonly objects: readonly string[];
  /** When somebody last said that it is still right, `YYYY-MM-DD`. */
  readonly attestedOn?: string;
  readonly origin: Origin;
}

/** What logs show of a link. Times in ms, sizes in bytes. */
export interface LinkTraffic {
  readonly calls: number;
  readonly errors: number;
  readonly serverErrors: number;
  readonly bytes: number;
  /** ISO 8601 UTC. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** Over the days from the first call to the last, at least one. */
  readonly callsPerDay?: number;
  /** Durations that 50, 95 and 99 % of the calls did not exceed, within 0.8 %. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** The busiest routes; `routeCount` says how many there are. */
  readonly routes: readonly RouteTraffic[];
  readonly routeCount: number;
}

export interface Link {
  /** `from=>to#family`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly initiator: Initiator;
  readonly protocol?: string;
  readonly family: Family;
  readonly style?: Style;
  readonly via: readonly string[];
  readonly mediation: Mediation;
  readonly pointToPoint: boolean;
  readonly registered: boolean;
  readonly registrations: readonly string[];
  /** The witnesses, in the order declared, coded, observed. */
  readonly class: readonly Witness[];
  readonly observable: Observable;
  /** The logs that would have shown it; only where it is observable and they tell the time. */
  readonly window?: LogWindow;
  readonly objects: readonly string[];
  readonly owner?: Owner;
  readonly criticality: Criticality;
  readonly schedules: readonly Schedule[];
  readonly traffic?: LinkTraffic;
  readonly safeguards: readonly string[];
  readonly contract?: string;
  readonly retireBy?: string;
  readonly tags: readonly string[];
  readonly implementations: readonly Implementation[];
  readonly evidence: readonly Proof[];
}

/** One step of an exchange between a system, a carrier, a store or an intermediary. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly protocol?: string;
  /** `prod`, or the environment of the one end that is not production: then it is part of no link. */
  readonly environment: string;
  readonly origin: Origin;
  readonly summary: string;
}

/** A reference without a system, or half a link. */
export interface Unresolved {
  readonly reference: string;
  readonly reason: 'unknown-reference' | 'no-value' | 'half-link' | 'unmapped-traffic';
  readonly message: string;
  readonly suggestion?: string;
  /** Calls where traffic shows it, else 0. */
  readonly calls: number;
  readonly origins: readonly Origin[];
}

/** How many of the references that one witness names lead to a system; each distinct one once. */
export interface ReferenceCount {
  readonly witness: Witness;
  readonly references: number;
  readonly resolved: number;
}

/** A contradiction between sources, with both places. */
export interface Conflict {
  readonly subject: string;
  readonly kind: 'field' | 'host' | 'name' | 'unknown-system' | 'duplicate-id' | 'alias' | 'rule';
  readonly message: string;
  readonly origins: readonly Origin[];
}

/** A secret written out in a source. */
export interface Credential {
  readonly secret: string;
  readonly statement: string;
  readonly origin: Origin;
}

/** A comment in code or configuration that ties its lines to a row, or accepts what is found there. */
export interface Comment {
  readonly origin: Origin;
  /** The first and the last line that it is about. */
  readonly lines: readonly [number, number];
  /** The id of the row that it names. */
  readonly link?: string;
  readonly accepts?: true;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
  /** The day from which it holds, where it says one. */
  readonly since?: string;
  readonly owner?: string;
  readonly reason?: string;
  /** Why it holds for nothing. */
  readonly faults: readonly string[];
  /** How many statements it ties to its row. */
  readonly ties: number;
  /** Where the code says something else than the row. */
  readonly contradictions: readonly Contradiction[];
}

/** What a statement does, and its row says otherwise. */
export interface Contradiction {
  readonly message: string;
  /** The statement, and the row. */
  readonly origins: readonly Origin[];
}

/** What reconcile makes of all evidence. Plain data, sorted, serialisable. */
export interface Landscape {
  readonly systems: readonly System[];
  readonly links: readonly Link[];
  readonly registrations: readonly Registration[];
  readonly hops: readonly Hop[];
  readonly unresolved: readonly Unresolved[];
  readonly conflicts: readonly Conflict[];
  readonly credentials: readonly Credential[];
  /** Absent where there is none. */
  readonly comments?: readonly Comment[];
}
