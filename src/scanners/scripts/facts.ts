import {
  type ConnectionEvidence,
  type Evidence,
  type Origin,
  type Reference,
  toCodeReference,
  toSummary,
} from '../../evidence.ts';
import { redact } from '../../redact.ts';
import type { Style } from '../../vocabulary.ts';

/** Which way the data goes, seen from the code. */
export type Flow = 'pull' | 'push' | 'both' | 'unknown';

/** 1-based, within the text that was read. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The code exchanges data with another system. */
export interface ConnectionFact extends Position {
  readonly kind: 'connection';
  readonly target: Reference;
  readonly flow: Flow;
  readonly protocol?: string;
  readonly style?: Style;
  /** File, table or topic at the other end. */
  readonly resource?: string;
  /** Local files, pipes and variables that take the data (pull) or hold it (push). */
  readonly localFiles?: readonly string[];
  readonly confidence: number;
  readonly summary: string;
}

/** The code starts another script. */
export interface ScriptFact extends Position {
  readonly kind: 'script';
  readonly script: string;
}

/** A name that other statements use stands for an address, e.g. a database link. */
export interface NameFact extends Position {
  readonly kind: 'name';
  readonly name: string;
  readonly target: Reference;
}

/** What a reader of one language finds in a script. */
export type CodeFact = ConnectionFact | ScriptFact | NameFact;

/** The reader of one language. It never runs what it reads. */
export type ReadCode = (text: string, file: string) => CodeFact[];

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
      };
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
  return resource.replace(/\{[^{}]*\}/g, '*');
}
