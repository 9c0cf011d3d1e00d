import ipaddr from 'ipaddr.js';
import type { ConnectionEvidence, Direction, Evidence, Initiator, Reference } from '../evidence.ts';
import { formatReference } from '../evidence.ts';
import type {
  Access,
  Hop,
  Implementation,
  Proof,
  ProofEnd,
  ReferenceCount,
  System,
  Unresolved,
} from '../landscape.ts';
import { sortedUnique } from '../order.ts';
import { familyOfProtocol, isIntermediary, type Witness } from '../vocabulary.ts';
import { type Code, type CodeTable, toImplementation } from './code.ts';
import { openReferenceCounter } from './count-references.ts';
import type { Identity, Resolution } from './identity.ts';
import { implyProtocol } from './imply-protocol.ts';

/** What one end of a step is, once its reference is resolved. */
export type End =
  | { readonly kind: 'system'; readonly id: string }
  | { readonly kind: 'carrier'; readonly code: Code }
  /** A place that data rests in between a writer and a reader: a path, table or topic on a system. */
  | {
      readonly kind: 'store';
      readonly system: string;
      readonly resource: string;
      readonly database?: string;
    };

/** An end, and how its reference came to it. Equal references share one. */
export type ResolvedEnd<Kind extends End = End> = Kind & {
  readonly proof: ProofEnd;
  /** How it was resolved, one step a text. */
  readonly steps: readonly string[];
};

/**
 * One exchange between two resolved ends, the way the data goes. Each piece of evidence has its own
 * until the links are made, so what can be told from the ends is told later.
 */
export interface Step<From extends End = End, To extends End = End> {
  readonly from: ResolvedEnd<From>;
  readonly to: ResolvedEnd<To>;
  readonly initiator: Initiator;
  readonly direction: Direction;
  readonly via: readonly string[];
  readonly evidence: ConnectionEvidence;
  /** The code that realises it, where it is code that does. */
  readonly implementations: readonly Implementation[];
}

type SystemEnd = Extract<End, { kind: 'system' }>;

/** From one system to another, with nothing between them that data is left at: most steps are. */
export type DirectStep = Step<SystemEnd, SystemEnd>;

export interface StepTable {
  readonly direct: readonly DirectStep[];
  /** Those from or to a carrier or a store. */
  readonly others: readonly Step[];
  /**
   * Steps that pass something on their way, and what production exchanges with another environment:
   * that is no link, and to be told.
   */
  readonly hops: readonly Hop[];
  readonly unresolved: readonly Unresolved[];
  readonly references: readonly ReferenceCount[];
}

const storeKinds = new Set(['broker', 'file-store', 'database']);
const nothing: readonly never[] = [];

/**
 * Resolves both ends of every connection. What has an end without a system is unresolved.
 * @param untied statements that a comment ties to a row, as the code has them: by that their script is known
 */
export function resolveSteps(
  evidence: readonly Evidence[],
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
  untied: ReadonlyMap<Evidence, ConnectionEvidence>,
): StepTable {
  const direct: DirectStep[] = [];
  const others: Step[] = [];
  const hops: Hop[] = [];
  const unresolved: Unresolved[] = [];
  const references = openReferenceCounter();
  const outcomeOf = rememberOutcomes(identity, table, systems);
  const note = (side: Outcome, reference: Reference, item: ConnectionEvidence): void => {
    if (side.end === undefined) {
      const open = toUnresolved(reference, item, side.resolution);
      unresolved.push(open);
      references.note(reference, item.witness, open.reference);
    } else if (side.namedBy !== item.witness) {
      side.namedBy = item.witness;
      references.note(reference, item.witness);
    }
  };
  for (const given of evidence) {
    if (given.kind !== 'unresolved' && given.kind !== 'connection') continue;
    const item = implyProtocol(given.kind === 'connection' ? given : given.connection);
    if (item.environment !== 'prod') continue;
    const from = resolveFor(item, item.from, outcomeOf(item.from));
    const to = resolveFor(item, item.to, outcomeOf(item.to));
    note(from, item.from, item);
    note(to, item.to, item);
    if (!from.end || !to.end) continue;
    const elsewhere = from.environment ?? to.environment;
    if (elsewhere !== undefined) {
      // Two ends outside production are evidence of another environment, as if its source said so.
      if (from.environment === undefined || to.environment === undefined)
        hops.push(writeHop(item, from.end, to.end, elsewhere));
      continue;
    }
    const code = codeOf(untied.get(given) ?? item, table);
    const step: Step = {
      from: from.end,
      to: to.end,
      initiator: item.initiator,
      direction: item.direction,
      via: joinVia(resolveVia(item, outcomeOf), from.via, to.via),
      evidence: item,
      implementations: code ? [toImplementation(code, item.origin)] : nothing,
    };
    if (isDirect(step)) direct.push(step);
    else others.push(step);
    if (step.via.length > 0 || from.isPassed || to.isPassed)
      hops.push(writeHop(item, step.from, step.to, item.environment));
  }
  return { direct, others, hops, unresolved, references: references.count() };
}

function isDirect(step: Step): step is DirectStep {
  return step.from.kind === 'system' && step.to.kind === 'system';
}

function writeHop(item: ConnectionEvidence, from: End, to: End, environment: string): Hop {
  return {
    from: nameEnd(from),
    to: nameEnd(to),
    ...(item.protocol === undefined ? {} : { protocol: item.protocol }),
    environment,
    origin: item.origin,
    summary: item.summary,
  };
}

type Outcome = FoundEnd | MissedEnd;

interface FoundEnd {
  readonly end: ResolvedEnd;
  readonly via: readonly string[];
  /** As the reference reveals it, where that is not `prod`. */
  readonly environment: string | undefined;
  /** The kind of its system; undefined for code. */
  readonly kind: System['kind'] | undefined;
  /** Whether data rests there, or may be on its way through it. */
  readonly isPassed: boolean;
  /** The last witness that the reference was counted for. */
  namedBy: Witness | undefined;
}

interface MissedEnd {
  readonly end: undefined;
  readonly resolution: Resolution;
}

/** What a reference comes to by itself is found once for each. */
function rememberOutcomes(
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): (reference: Reference) => Outcome {
  const known = new Map<Reference, Outcome>();
  return (reference) => {
    const found = known.get(reference) ?? resolveEnd(reference, identity, table, systems);
    known.set(reference, found);
    return found;
  };
}

/** For some references it also matters what is exchanged there, and who says so. */
function resolveFor(item: ConnectionEvidence, reference: Reference, found: Outcome): Outcome {
  if (found.end === undefined) return found;
  const { end, kind } = found;
  if (end.kind !== 'system' || kind === undefined) return found;
  if (item.witness !== 'declared' && isDeadEnd(kind, item)) {
    const steps = [...end.steps, `nothing tells which system is behind ${end.id}`];
    return { end: undefined, resolution: { kind: 'unresolved', steps } };
  }
  if (!isStore(kind, item)) return found;
  const store: End = {
    kind: 'store',
    system: end.id,
    resource: item.resource ?? '*',
    ...(item.database === undefined ? {} : { database: item.database }),
  };
  const steps = [...end.steps, `the data rests at ${nameEnd(store)}`];
  return { ...found, end: toResolved(store, reference, steps) };
}

function resolveEnd(
  reference: Reference,
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): Outcome {
  if (reference.kind === 'code') {
    const code = table.code.get(reference.value) ?? {
      id: reference.value,
      kind: 'script',
      owner: undefined,
      hosts: [],
      schedules: [],
      steps: [],
      durationMs: undefined,
      safeguards: [],
    };
    const end: End = code.owner ? { kind: 'system', id: code.owner } : { kind: 'carrier', code };
    const steps = code.owner
      ? code.steps
      : [`this ${code.kind} belongs to no system, so it is a carrier`];
    return {
      end: toResolved(end, reference, steps),
      via: nothing,
      environment: undefined,
      kind: undefined,
      isPassed: end.kind === 'carrier' || passes(systems.get(end.id)?.kind),
      namedBy: undefined,
    };
  }
  const resolution = identity.resolve(reference);
  if (resolution.kind === 'unresolved') return { end: undefined, resolution };
  const { id, via, environment, steps } = resolution;
  const kind = systems.get(id)?.kind;
  const end = toResolved({ kind: 'system', id }, reference, steps);
  return { end, via, environment, kind, isPassed: passes(kind), namedBy: undefined };
}

function passes(kind: System['kind'] | undefined): boolean {
  return kind !== undefined && (isIntermediary(kind) || storeKinds.has(kind));
}

function toResolved(end: End, reference: Reference, steps: readonly string[]): ResolvedEnd {
  const proof = { reference: formatReference(reference), is: nameEnd(end), steps: steps.length };
  // Nearly all ends are systems, and copying what is unknown makes objects larger.
  return end.kind === 'system'
    ? { kind: 'system', id: end.id, proof, steps }
    : { ...end, proof, steps };
}

function isStore(kind: System['kind'] | undefined, item: ConnectionEvidence): boolean {
  if (kind === undefined || !storeKinds.has(kind)) return false;
  return kind === 'broker'
    ? namesMessages(item)
    : item.witness === 'coded' && item.resource !== undefined;
}

/** A log of calls to a broker tells nothing of what is in them; traces of messages name their topic. */
function namesMessages({ witness, resource }: ConnectionEvidence): boolean {
  return witness === 'coded' || (witness === 'observed' && resource !== undefined);
}

/** Data does not end at a gateway: without a route, its other end is unknown. */
function isDeadEnd(kind: System['kind'] | undefined, item: ConnectionEvidence): boolean {
  return kind !== undefined && isIntermediary(kind) && !(kind === 'broker' && namesMessages(item));
}

/** Most steps pass nothing, and share one empty list. */
function joinVia(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.every(({ length }) => length === 0) ? nothing : sortedUnique(parts.flat());
}

function resolveVia(
  item: ConnectionEvidence,
  outcomeOf: (reference: Reference) => Outcome,
): readonly string[] {
  if (item.via.length === 0) return nothing;
  return item.via.flatMap((reference) => {
    const { end } = outcomeOf(reference);
    return end?.kind === 'system' && reference.kind !== 'code' ? [end.id] : [];
  });
}

function codeOf(item: ConnectionEvidence, table: CodeTable): Code | undefined {
  for (const end of [item.from, item.to]) if (end.kind === 'code') return table.code.get(end.value);
  return undefined;
}

function toUnresolved(
  reference: Reference,
  item: ConnectionEvidence,
  resolution: Resolution,
): Unresolved {
  const text = reference.kind === 'address' ? reference.host : formatReference(reference);
  return {
    reference: item.witness === 'observed' && isPublicAddress(text) ? publicAddresses : text,
    ...explainUnresolved(reference, item, resolution),
    ...(resolution.kind === 'unresolved' && resolution.suggestion !== undefined
      ? { suggestion: resolution.suggestion }
      : {}),
    calls: item.traffic?.calls ?? 0,
    origins: [item.origin],
  };
}

/** Visitors of a public site have no end; no list of their addresses helps anyone. */
const publicAddresses = 'public addresses';

function isPublicAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'unicast';
}

function explainUnresolved(
  reference: Reference,
  item: ConnectionEvidence,
  resolution: Resolution,
): Pick<Unresolved, 'reason' | 'message'> {
  if (item.witness === 'observed') {
    const message = `Traffic that no route or caller explains: ${item.summary}.`;
    return { reason: 'unmapped-traffic', message };
  }
  if (reference.kind === 'expression') {
    return { reason: 'no-value', message: `The address is not written out: ${item.summary}.` };
  }
  const step = resolution.steps.at(-1) ?? `${formatReference(reference)} is unknown`;
  return { reason: 'unknown-reference', message: `${capitalise(step)}.` };
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What a step proves of its link. */
export function toProof({ from, to, evidence }: Step): Proof {
  return {
    witness: evidence.witness,
    scanner: evidence.scanner,
    origin: evidence.origin,
    summary: evidence.summary,
    confidence: evidence.confidence,
    resolution: from.steps.concat(to.steps),
    ends: [from.proof, to.proof],
    ...toAccess(evidence),
  };
}

function toAccess(item: ConnectionEvidence): { access?: Access } {
  const { from, to, direction, protocol, resource } = item;
  if (from.kind !== 'code' && to.kind !== 'code') return {};
  const end = from.kind === 'code' ? 1 : 0;
  const isTable =
    resource !== undefined && protocol !== undefined && familyOfProtocol(protocol) === 'database';
  return {
    access: {
      end,
      does: direction !== 'forward' ? 'unknown' : end === 1 ? 'writes' : 'reads',
      ...(protocol === undefined ? {} : { protocol }),
      ...(isTable ? { table: resource } : {}),
    },
  };
}

/** An end as text. */
export function nameEnd(end: End): string {
  switch (end.kind) {
    case 'system':
      return end.id;
    case 'carrier':
      return end.code.id;
    case 'store':
      return `${end.system}:${end.resource}`;
  }
}
