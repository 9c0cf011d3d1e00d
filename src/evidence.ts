import type { Place } from './errors.ts';
import { openAddress } from './evidence/open-address.ts';
import type { LatencySketch } from './latency.ts';
import { redact, type SecretKind } from './redact.ts';
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

/** Who opens the connection; `carrier` is a script that belongs to neither end. */
export type Initiator = 'from' | 'to' | 'carrier' | 'unknown';

/** `forward`: the data goes from → to. `both` and `unknown` confirm registered rows either way. */
export type Direction = 'forward' | 'both' | 'unknown';

/** Where a piece of evidence was found, 1-based. */
export interface Origin extends Place {
  readonly repository?: string;
  readonly commit?: string;
}

/** How a source names an end. `reconcile` turns references into systems. */
export type Reference =
  /** A system id, name or alias, as an inventory or the configuration writes it. */
  | {
      readonly kind: 'system';
      readonly value: string;
      /** What it may be called otherwise, the first known name counting. */
      readonly names?: readonly string[];
    }
  /** A network address: what a URL, DSN, `host:port` or `user@host` comes down to. */
  | {
      readonly kind: 'address';
      readonly value: string;
      readonly host: string;
      readonly port?: number;
      readonly path?: string;
      /** What it says it is, where the address alone is unknown: the product of a user agent. */
      readonly name?: string;
    }
  /** A script or job that moves data, by its file or job name, and the host it runs on if known. */
  | { readonly kind: 'code'; readonly value: string; readonly host?: string }
  /** A topic or queue, with the address of its broker if known. */
  | { readonly kind: 'topic'; readonly value: string; readonly broker?: string }
  /** A database link or foreign server by the name other statements use for it. */
  | { readonly kind: 'alias'; readonly value: string }
  /** An expression whose value could not be found. */
  | { readonly kind: 'expression'; readonly value: string };

interface EvidenceBase {
  readonly origin: Origin;
  readonly scanner: string;
  readonly witness: Witness;
  /** `prod` unless the source or the reference says otherwise. */
  readonly environment: string;
  /** 0 to 1: 1 = literal or declared, lower = resolved through steps or guessed from shape. */
  readonly confidence: number;
}

/** A system that a source knows. Only rows of a registry register it. */
export interface SystemEvidence extends EvidenceBase {
  readonly kind: 'system';
  readonly id: string;
  readonly registered: boolean;
  /**
   * A drawing knows it by its name alone: it is the system of that name where another source lists
   * one, and says of it only what that source leaves open.
   */
  readonly drawn?: true;
  readonly fields: SystemFields;
}

/** The inventory columns of a system; absent means the source does not say. */
export interface SystemFields {
  readonly name?: string;
  readonly kind?: SystemKind;
  readonly type?: string;
  readonly domain?: string;
  readonly site?: string;
  readonly partOf?: string;
  readonly owner?: string;
  readonly team?: string;
  readonly criticality?: Criticality;
  readonly lifecycle?: string;
  readonly hosts?: readonly string[];
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
}

/** Figures of the traffic that logs show for one caller and callee. */
export interface Traffic {
  readonly calls: number;
  /** Calls that were answered with 400 or more. */
  readonly errors: number;
  /** Those of them that were answered with 500 or more. */
  readonly serverErrors: number;
  readonly bytes: number;
  /** ISO 8601 UTC; absent where no line had a time. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** How long calls took; empty where no line says so. */
  readonly latency: LatencySketch;
  /** By the template of the path. */
  readonly routes: readonly RouteTraffic[];
  /** Which proxy of a mesh wrote the log, where both sides of a call do. */
  readonly side?: MeshSide;
}

/** Calls of one route. */
export interface RouteTraffic {
  readonly route: string;
  readonly calls: number;
  readonly errors: number;
}

/** One side's view of calls that the other side may have logged too. */
export interface MeshSide {
  readonly of: 'caller' | 'callee';
  /** The lowest digests of request ids in ascending order, by which calls that both saw are told. */
  readonly requests: readonly number[];
  /** Whether these are the digests of all calls. */
  readonly isComplete: boolean;
}

/** What a registry or a model says about a link beyond its ends. */
export interface LinkFields {
  readonly id: string;
  /** False for models, and for rows whose status is not `approved`. */
  readonly approved: boolean;
  readonly owner?: string;
  readonly team?: string;
  readonly criticality?: Criticality;
  readonly schedule?: string;
  readonly contract?: string;
  readonly attestedOn?: string;
  readonly retireBy?: string;
  readonly safeguards: readonly string[];
  readonly tags: readonly string[];
}

/** One exchange of data, drawn the way the data goes. */
export interface ConnectionEvidence extends EvidenceBase {
  readonly kind: 'connection';
  readonly from: Reference;
  readonly to: Reference;
  readonly initiator: Initiator;
  readonly direction: Direction;
  /** Lower case, e.g. `https`, `sftp`, `oracle`; absent where the source does not say. */
  readonly protocol?: string;
  readonly style?: Style;
  readonly objects: readonly string[];
  readonly via: readonly Reference[];
  /** The file, table or topic at the far end, by which a writer and a reader pair up. */
  readonly resource?: string;
  /** The database that a table is in, where the address names it: tables of two never pair up. */
  readonly database?: string;
  /** Files of the script's own host that this step reads or writes: how two steps join. */
  readonly localFiles?: readonly string[];
  readonly declared?: LinkFields;
  readonly traffic?: Traffic;
  /** One line a person can read, without secrets. */
  readonly summary: string;
}

/** A scheduled run of a command. */
export interface JobEvidence extends EvidenceBase {
  readonly kind: 'job';
  readonly id: string;
  readonly host?: string;
  readonly user?: string;
  /** When it runs; none where people, events or other jobs start it. */
  readonly schedules: readonly Schedule[];
  readonly command: string;
  /** Jobs that must have ended before it starts, by id. */
  readonly after?: readonly string[];
  /** How long a run takes in ms, where the scheduler measured it or was told. */
  readonly durationMs?: number;
  /** Switched off: it is there, and does not run. */
  readonly disabled?: true;
}

/** A line shows what makes a job survivable, or what takes that away. */
export interface SafeguardEvidence extends EvidenceBase {
  readonly kind: 'safeguard';
  /** The script or job, by id. */
  readonly code: string;
  readonly safeguard: Safeguard | Precaution;
  /** `defeats`: the line hides or ignores failures, such as `> /dev/null 2>&1`. */
  readonly effect: 'provides' | 'defeats';
  /** One line a person can read, without secrets. */
  readonly summary: string;
}

/** A job or a script starts another script. */
export interface CallsScriptEvidence extends EvidenceBase {
  readonly kind: 'calls-script';
  readonly caller: string;
  readonly script: string;
  /** The script that is told to run it: `with-lock.sh /opt/etl/stock.sh`. */
  readonly through?: string;
  /** It becomes part of the caller, as with `. lib.sh`. */
  readonly sourced?: true;
}

/** A name stands for an address, e.g. a database link for the server behind it. */
export interface AddressEvidence extends EvidenceBase {
  readonly kind: 'address';
  readonly name: string;
  readonly target: Reference;
}

/** A path on an intermediary leads to a system, and a log shows what takes it. */
export interface RouteEvidence extends EvidenceBase {
  readonly kind: 'route';
  readonly intermediary?: string;
  /** A path; or a host, with or without a path, or the name of a service. */
  readonly prefix: string;
  readonly system: string;
  /**
   * The days that the log covers, as spans `YYYY-MM-DD` in order; none where no line of it was
   * understood, absent where its lines have no time.
   */
  readonly logged?: readonly (readonly [string, string])[];
  /** The families of calls that the system itself tells of; absent where a log shows its callers alone. */
  readonly calls?: readonly Family[];
  /** It tells of its callers too. */
  readonly showsCallers?: true;
}

/** Who changed a script, as the history of its repository tells. */
export interface Authors {
  /** Different people; programs that commit are none. */
  readonly count: number;
  /** The name of the one whose change is the newest. */
  readonly last: string;
  /** The day of that change, `YYYY-MM-DD`. */
  readonly lastOn: string;
}

/** A script was read, and belongs to a system; without one it is a carrier. */
export interface OwnershipEvidence extends EvidenceBase {
  readonly kind: 'ownership';
  readonly script: string;
  /** Whose code it is, as the configuration says. */
  readonly system?: string;
  /** What its module and folders are called, nearest first: it belongs to the first that is a system. */
  readonly names?: readonly string[];
  readonly authors?: Authors;
}

/** A secret written out in a source; its value never leaves the scanner. */
export interface CredentialEvidence extends EvidenceBase {
  readonly kind: 'credential';
  readonly secret: SecretKind;
  /** The statement with the secret replaced by `***`. */
  readonly statement: string;
}

/** A comment in code or configuration ties what is on its lines to a row, or accepts it for a time. */
export interface CommentEvidence extends EvidenceBase {
  readonly kind: 'comment';
  /** The first and the last line that it is about. */
  readonly lines: readonly [number, number];
  /** The id of a row of a registry. */
  readonly link?: string;
  /** It accepts what is found there. */
  readonly accepts?: true;
  /** As they are written: days are judged where they are known to be days. */
  readonly expires?: string;
  readonly since?: string;
  readonly owner?: string;
  readonly reason?: string;
  /** What of it is not understood. */
  readonly faults: readonly string[];
}

/** A connection whose other end is an expression without a value; an alias can still explain it. */
export interface UnresolvedEvidence extends EvidenceBase {
  readonly kind: 'unresolved';
  readonly reference: Reference;
  readonly connection: ConnectionEvidence;
}

export type Evidence =
  | SystemEvidence
  | ConnectionEvidence
  | JobEvidence
  | SafeguardEvidence
  | CallsScriptEvidence
  | AddressEvidence
  | RouteEvidence
  | OwnershipEvidence
  | CredentialEvidence
  | CommentEvidence
  | UnresolvedEvidence;

/** A reference to a system by id, name or alias. */
export function toSystemReference(value: string): Reference {
  return { kind: 'system', value: value.trim() };
}

/**
 * Reads a URL, DSN, connection string, Oracle descriptor, UNC path, ARN, `user@host:path`,
 * `host:port` or bare host. Credentials in it are dropped. A text that holds no host becomes an
 * `expression`.
 */
export function toAddressReference(text: string): Reference {
  // Whatever stands between a user and its @ is a password, in a URL or not.
  const value = redact(
    text
      .trim()
      .replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)?[^/@\s:]*):[^/@\s]*@/i, '$1:***@')
      .replace(/^((?:jdbc:oracle:[a-z0-9]{1,10}:)?[^/@\s:]{1,100})\/[^/@\s]{1,200}@/i, '$1/***@'),
  );
  const opened = openAddress(text.trim());
  if (opened === undefined) return toExpression(value);
  const jdbcStripped = opened.replace(
    /^(?:jdbc:|r2dbc:(?:pool:)?)(?:oracle:thin:@?(?:\/\/)?|[a-z0-9]+:)(?=\/\/|[\w.-])/i,
    (prefix) => (prefix.endsWith('@') || prefix.endsWith('@//') ? '//' : ''),
  );
  const match =
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[^/:;,?#\s]+)(?::(\d{1,5}))?([/?;][^\s]*)?/i.exec(
      jdbcStripped,
    ) ??
    /^(?:[^/@\s]+@)?(\[[0-9a-f:.]+\]|[a-z0-9_][a-z0-9_.-]*)(?::(\d{1,5}))?((?::|\/)[^\s]*)?$/i.exec(
      jdbcStripped,
    );
  const host = match?.[1]
    ?.replace(/^\[|\]$/g, '')
    .toLowerCase()
    .replace(/\.$/, '');
  if (!match || !host || /[${}<>%*]/.test(host)) return toExpression(value);
  const port = match[2] ? Number(match[2]) : undefined;
  const path = match[3] ? redact(match[3].replace(/^:/, '')).replace(/[?#].*$/, '') : undefined;
  return {
    kind: 'address',
    value: shorten(value),
    host,
    ...(port === undefined ? {} : { port }),
    ...(path ? { path } : {}),
  };
}

/** A reference to the code itself, and the host it runs on where that is known. */
export function toCodeReference(script: string, host?: string): Reference {
  return { kind: 'code', value: script, ...(host === undefined ? {} : { host }) };
}

/** A value that could not be found, kept as it is written, without secrets. */
export function toExpression(text: string): Reference {
  return { kind: 'expression', value: shorten(redact(text.trim())) };
}

/** One line of at most 160 characters, without secrets or control characters. */
export function toSummary(text: string): string {
  return shorten(redact(text));
}

function shorten(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/** Writes a reference as a person would. */
export function formatReference(reference: Reference): string {
  return reference.kind === 'topic' && reference.broker
    ? `${reference.value} on ${reference.broker}`
    : reference.value;
}
