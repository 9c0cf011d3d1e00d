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
import { familyOfProtocol, isIntermediary } from '../vocabulary.ts';
import { type Code, type CodeTable, toImplementation } from './code.ts';
import { openReferenceCounter } from './count-references.ts';
import type { Identity, Resolution } from './identity.ts';

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

/** One exchange between two resolved ends, the way the data goes. */
export interface Step {
  readonly from: End;
  readonly to: End;
  readonly initiator: Initiator;
  readonly direction: Direction;
  readonly via: readonly string[];
  readonly evidence: ConnectionEvidence;
  readonly proof: Proof;
  readonly implementation: Implementation | undefined;
}

export interface StepTable {
  readonly steps: readonly Step[];
  /** What production exchanges with another environment: no link, and to be told. */
  readonly crossings: readonly Hop[];
  readonly unresolved: readonly Unresolved[];
  readonly references: readonly ReferenceCount[];
}

const storeKinds = new Set(['broker', 'file-store', 'database']);

/** Resolves both ends of every connection. What has an end without a system is unresolved. */
export function resolveSteps(
  evidence: readonly Evidence[],
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): StepTable {
  const steps: Step[] = [];
  const crossings: Hop[] = [];
  const unresolved: Unresolved[] = [];
  const references = openReferenceCounter();
  for (const given of evidence) {
    if (given.kind !== 'unresolved' && given.kind !== 'connection') continue;
    const item = given.kind === 'connection' ? given : given.connection;
    if (item.environment !== 'prod') continue;
    const from = resolveEnd(item.from, item, identity, table, systems);
    const to = resolveEnd(item.to, item, identity, table, systems);
    for (const [side, reference] of [
      [from, item.from],
      [to, item.to],
    ] as const) {
      const open = side.end ? undefined : toUnresolved(reference, item, side.resolution);
      if (open) unresolved.push(open);
      references.note(reference, item.witness, open?.reference);
    }
    if (!from.end || !to.end) continue;
    const elsewhere = [from, to].flatMap(({ resolution }) => environmentOf(resolution) ?? []);
    if (elsewhere.length > 0) {
      // Two ends outside production are evidence of another environment, as if its source said so.
      if (elsewhere.length === 1)
        crossings.push(writeHop(item, from.end, to.end, elsewhere[0] ?? ''));
      continue;
    }
    const code = codeOf(item, table);
    steps.push({
      from: from.end,
      to: to.end,
      initiator: item.initiator,
      direction: item.direction,
      via: joinVia(resolveVia(item, identity), from.via, to.via),
      evidence: item,
      proof: {
        witness: item.witness,
        scanner: item.scanner,
        origin: item.origin,
        summary: item.summary,
        confidence: item.confidence,
        resolution: [...from.resolution.steps, ...to.resolution.steps],
        ends: [toProofEnd(item.from, from.end, from), toProofEnd(item.to, to.end, to)],
        ...toAccess(item),
      },
      implementation: code ? toImplementation(code, item.origin) : undefined,
    });
  }
  return { steps, crossings, unresolved, references: references.count() };
}

function environmentOf(resolution: Resolution): string | undefined {
  return resolution.kind === 'system' ? resolution.environment : undefined;
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

function toProofEnd(reference: Reference, end: End, { resolution }: ResolvedEnd): ProofEnd {
  return {
    reference: formatReference(reference),
    is: nameEnd(end),
    steps: resolution.steps.length,
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

interface ResolvedEnd {
  readonly end: End | undefined;
  readonly via: readonly string[];
  readonly resolution: Resolution;
}

function resolveEnd(
  reference: Reference,
  item: ConnectionEvidence,
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): ResolvedEnd {
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
      end,
      via: [],
      resolution: { kind: 'system', id: code.owner ?? code.id, via: [], steps },
    };
  }
  const resolution = identity.resolve(reference);
  if (resolution.kind === 'unresolved') return { end: undefined, via: [], resolution };
  const kind = systems.get(resolution.id)?.kind;
  if (item.witness !== 'declared' && isDeadEnd(kind, item)) {
    const steps = [...resolution.steps, `nothing tells which system is behind ${resolution.id}`];
    return { end: undefined, via: [], resolution: { kind: 'unresolved', steps } };
  }
  const isStore =
    item.witness === 'coded' &&
    kind !== undefined &&
    storeKinds.has(kind) &&
    (item.resource !== undefined || kind === 'broker');
  const end: End = isStore
    ? {
        kind: 'store',
        system: resolution.id,
        resource: item.resource ?? '*',
        ...(item.database === undefined ? {} : { database: item.database }),
      }
    : { kind: 'system', id: resolution.id };
  if (end.kind === 'system') return { end, via: resolution.via, resolution };
  const rests = `the data rests at ${nameEnd(end)}`;
  return {
    end,
    via: resolution.via,
    resolution: { ...resolution, steps: [...resolution.steps, rests] },
  };
}

/** Data does not end at a gateway: without a route, its other end is unknown. */
function isDeadEnd(kind: System['kind'] | undefined, item: ConnectionEvidence): boolean {
  return (
    kind !== undefined && isIntermediary(kind) && !(kind === 'broker' && item.witness === 'coded')
  );
}

const nothing: readonly string[] = [];

/** Most steps pass nothing, and share one empty list. */
function joinVia(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.every(({ length }) => length === 0) ? nothing : sortedUnique(parts.flat());
}

function resolveVia(item: ConnectionEvidence, identity: Identity): readonly string[] {
  if (item.via.length === 0) return nothing;
  return item.via.flatMap((reference) => {
    const found = identity.resolve(reference);
    return found.kind === 'system' ? [found.id] : [];
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

/** A step that passes a carrier, a store or an intermediary, as it stays in the audit. */
export function toHop({ evidence, from, to }: Step): Hop {
  return writeHop(evidence, from, to, evidence.environment);
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

/** Whether data may rest at, or pass, a system of this kind on its way. */
export function isPassed(system: System | undefined): boolean {
  return system !== undefined && (isIntermediary(system.kind) || storeKinds.has(system.kind));
}
