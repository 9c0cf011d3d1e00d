import {
  type ConnectionEvidence,
  type Evidence,
  type Origin,
  type Reference,
  toCodeReference,
  toSummary,
} from '../../evidence.ts';
import { redact } from '../../redact.ts';
import type { Precaution, Safeguard, Style } from '../../vocabulary.ts';
import { readOpenText } from './program/open-text.ts';
import type { Position } from './program/program.ts';
import type { Service } from './settings/setting.ts';

export type { Position };

/** Which way the data goes, seen from the code. */
export type Flow = 'pull' | 'push' | 'both' | 'unknown';

/** The code exchanges data with another system. */
export interface ConnectionFact extends Position {
  readonly kind: 'connection';
  readonly target: Reference;
  /** The address as an open text, where other files may fill its holes; then `target` is only for show. */
  readonly address?: string;
  /** Without a scheme the address turns out to be a local file, which is no connection. */
  readonly needsScheme?: boolean;
  readonly flow: Flow;
  readonly protocol?: string;
  readonly style?: Style;
  /** File, table or topic at the other end. */
  readonly resource?: string;
  /** The same as an open text, where other files may fill its holes. */
  readonly openResource?: string;
  /** Local files, pipes and variables that take the data (pull) or hold it (push). */
  readonly localFiles?: readonly string[];
  /** The database on its server, where the address names it. */
  readonly database?: string;
  readonly confidence: number;
  readonly summary: string;
}

/** The code starts another script. */
export interface ScriptFact extends Position {
  readonly kind: 'script';
  readonly script: string;
  /** The script that is told to run it. */
  readonly through?: string;
  /** It becomes part of this one. */
  readonly sourced?: true;
}

/** A name that other statements use stands for an address, e.g. a database link. */
export interface NameFact extends Position {
  readonly kind: 'name';
  readonly name: string;
  readonly target: Reference;
}

/** A line makes the code survivable, or takes that away. */
export interface SafeguardFact extends Position {
  readonly kind: 'safeguard';
  readonly safeguard: Safeguard | Precaution;
  readonly effect: 'provides' | 'defeats';
  readonly summary: string;
}

/** What a reader of one language finds in a script. */
export type CodeFact = ConnectionFact | ScriptFact | NameFact | SafeguardFact;

/** A call of a function that is no library's, with texts among its arguments. */
export interface CallSite extends Position {
  /** `name`, `Class.method`, `Class.constructor`; of another file `MODULE#name`. */
  readonly function: string;
  /** The arguments as open texts, in order; an argument without a text is empty. */
  readonly args: readonly string[];
}

/** All that one file says. Plain data: what it holds of other files stands as holes in open texts. */
export interface Reading {
  readonly facts: readonly CodeFact[];
  /** Names that other files may use, with their values as open texts: `ERP_URL`, `config.erp.url`. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly sites: readonly CallSite[];
  /** The services that the file deploys, where it is a program that describes a deployment. */
  readonly services?: readonly Service[];
}

/** The reader of one language. It never runs what it reads. */
export type ReadCode = (text: string, file: string) => Reading;

/** Why a text is skipped that overran the stack or the time of its reader. */
export const unreadableCode = 'nests too deeply or takes too long to be read';

/** A reading of a file that nothing else refers to. */
export function toReading(facts: readonly CodeFact[]): Reading {
  return { facts, definitions: {}, sites: [] };
}

/** What all facts of one script or job share. */
export interface CodeSubject {
  /** The script file or the job. */
  readonly id: string;
  readonly host?: string;
  readonly scanner: string;
  readonly environment: string;
  toOrigin(position: Position): Origin;
}

/** Turns what the code does into evidence: data flows to the code or from it. */
export function toEvidence(fact: CodeFact, subject: CodeSubject): Evidence {
  const shared = {
    scanner: subject.scanner,
    witness: 'coded',
    environment: subject.environment,
    origin: subject.toOrigin(fact),
  } as const;
  switch (fact.kind) {
    case 'script':
      return {
        ...shared,
        kind: 'calls-script',
        confidence: 1,
        caller: subject.id,
        script: redact(fact.script),
        ...(fact.through === undefined ? {} : { through: redact(fact.through) }),
        ...(fact.sourced ? { sourced: true } : {}),
      };
    case 'safeguard': {
      const { safeguard, effect, summary } = fact;
      return {
        ...shared,
        kind: 'safeguard',
        confidence: 1,
        code: subject.id,
        safeguard,
        effect,
        summary: toSummary(summary),
      };
    }
    case 'name':
      return { ...shared, kind: 'address', confidence: 1, name: fact.name, target: fact.target };
    case 'connection': {
      const connection = toConnection(fact, subject);
      return fact.target.kind === 'expression'
        ? { ...shared, kind: 'unresolved', confidence: 0.3, reference: fact.target, connection }
        : connection;
    }
  }
}

function toConnection(fact: ConnectionFact, subject: CodeSubject): ConnectionEvidence {
  const code = toCodeReference(subject.id, subject.host);
  const pulls = fact.flow === 'pull';
  return {
    kind: 'connection',
    scanner: subject.scanner,
    witness: 'coded',
    environment: subject.environment,
    origin: subject.toOrigin(fact),
    confidence: fact.confidence,
    from: pulls ? fact.target : code,
    to: pulls ? code : fact.target,
    initiator: pulls ? 'to' : 'from',
    direction: pulls || fact.flow === 'push' ? 'forward' : fact.flow,
    ...(fact.protocol === undefined ? {} : { protocol: fact.protocol }),
    ...(fact.style === undefined ? {} : { style: fact.style }),
    ...(fact.resource === undefined ? {} : { resource: redact(fact.resource) }),
    ...(fact.localFiles === undefined ? {} : { localFiles: fact.localFiles.map(redact) }),
    ...(fact.database === undefined ? {} : { database: fact.database }),
    objects: [],
    via: [],
    summary: toSummary(fact.summary),
  };
}

/** What a statement does with the data of the database it runs in. */
export function flowOfSql(sql: string): Flow {
  const text = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  // `copy table from` loads it; `copy (select … from …) to` reads it.
  if (/\bcopy\s+[\w".]{1,200}\s*(?:\([^()]{0,4000}\)\s*)?from\b/i.test(text)) return 'push';
  const writes =
    /\b(?:insert\s+into|update\s+[\w".[\]]+\s+set|delete\s+from|merge\s+into|replace\s+into|call|exec(?:ute)?)\b/i.test(
      text,
    );
  if (writes) return 'push';
  return /\b(?:select|copy|show)\b/i.test(text) ? 'pull' : 'unknown';
}

/** Which way the body of a request goes; requests such as DELETE have none. */
export function flowOfMethod(method: string): Flow {
  if (/^(?:GET|HEAD)$/i.test(method)) return 'pull';
  return /^(?:POST|PUT|PATCH)$/i.test(method) ? 'push' : 'unknown';
}

/** The first table that a statement reads or writes. */
export function tableOfSql(sql: string): string | undefined {
  const copied = /\bcopy\s+([A-Za-z_][\w.$]*)\s*(?:\(|from\b|to\b)/i.exec(sql)?.[1];
  return (copied ?? /\b(?:from|into|update)\s+([A-Za-z_][\w.$]*)/i.exec(sql)?.[1])?.toLowerCase();
}

/** A path or topic with unknown parts as a pattern: `out/{…}.csv` → `out/*.csv`. */
export function toPattern(resource: string): string {
  return readOpenText(resource)
    .map((part) => (typeof part === 'string' ? part : '*'))
    .join('');
}
