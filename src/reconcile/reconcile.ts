import type { People } from '../evidence/people.ts';
import type { Evidence, Origin } from '../evidence.ts';
import type {
  Conflict,
  Credential,
  Landscape,
  ReferenceCount,
  System,
  Unresolved,
} from '../landscape.ts';
import { groupBy, joinTies, sortBy } from '../order.ts';
import { collectCode } from './code.ts';
import { collectDrafts, type Draft } from './drafts.ts';
import { pairExchanges } from './exchanges.ts';
import { addExternalServices } from './external.ts';
import { type Alias, buildIdentity, type Identity } from './identity.ts';
import { dropRetold } from './jobs.ts';
import { findEqualLinkIds } from './link-ids.ts';
import { listRegistrations, mergeLinks } from './links.ts';
import { findLogged, type Logged } from './log-windows.ts';
import type { NamingPattern } from './naming.ts';
import { openStaff, type Staff } from './owners.ts';
import { rememberResolutions } from './remember-resolutions.ts';
import { addSeen } from './seen.ts';
import { resolveSteps } from './steps.ts';
import { collectSystems } from './systems.ts';
import { splitTelemetry } from './telemetry.ts';
import { tellComments, tieToRows } from './ties.ts';

/** A landscape, and how many of the references in the evidence lead to a system of it. */
export interface Reconciled extends Landscape {
  readonly references: readonly ReferenceCount[];
}

export interface ReconcileOptions {
  readonly aliases: readonly Alias[];
  /** How hosts are named; none by default. */
  readonly naming?: readonly NamingPattern[];
  readonly showPeople: boolean;
  /** Who is here and who left, where a file says so. */
  readonly people?: People;
  /** By which comments in code are over, `YYYY-MM-DD`; without it none is. */
  readonly today?: string;
}

/**
 * Makes one landscape of all evidence: references become systems, steps become links, and what
 * contradicts or cannot be resolved is kept beside them. Pure, and blind to the order of evidence.
 * @param given where it lets go of what it yields, evidence is freed as its link is made
 */
export function reconcile(given: Iterable<Evidence>, options: ReconcileOptions): Reconciled {
  const staff = openStaff(options.showPeople, options.people);
  const { drafts, logged, systems, ...gathered } = gather(given, staff, options);
  const links = mergeLinks(drafts, systems, { staff, logged });
  return { systems: sortBy(systems.values(), ({ id }) => id), links, ...gathered };
}

interface Gathered extends Omit<Reconciled, 'systems' | 'links'> {
  readonly systems: ReadonlyMap<string, System>;
  /** What makes each link. */
  readonly drafts: Draft[];
  readonly logged: Logged;
}

/** All but the links: what was remembered to get here is no longer in memory when they are made. */
function gather(
  given: Iterable<Evidence>,
  staff: Staff,
  { aliases, naming = [], today = '' }: ReconcileOptions,
): Gathered {
  const tied = tieToRows(dropRetold(sortEvidence(given)), today);
  const { connections, descriptions, ofCode } = splitEvidence(tied.evidence);
  // Looking for equal ids takes memory: before there are steps.
  const equalIds = findEqualLinkIds(connections);
  const collected = collectSystems(descriptions, connections, staff);
  const { conflicts } = collected;
  const systems = new Map(collected.systems);
  const open = (learned?: ReadonlyMap<string, string>): Identity =>
    buildIdentity(systems, descriptions, { aliases, naming, ...(learned && { learned }) });
  // What telemetry shows is new only where no other name or rule leads to a system.
  const known = open();
  const described = addSeen(systems, descriptions, known, staff) ? open() : known;
  const learned = addExternalServices(systems, connections, rememberResolutions(described));
  const identity = learned.size > 0 ? open(learned) : described;
  const code = collectCode(ofCode, identity, staff);
  const steps = resolveSteps(connections, identity, code, systems, tied.untied);
  const paired = pairExchanges(steps, systems);
  const { exchanges, telemetry } = splitTelemetry(paired.exchanges, systems);
  const { drafts, rows } = collectDrafts(exchanges);
  return {
    systems,
    drafts,
    logged: findLogged(descriptions, identity),
    registrations: listRegistrations(rows),
    hops: sortBy(
      [...steps.hops, ...telemetry],
      ({ from }) => from,
      ({ to }) => to,
      ({ origin }) => placeKey(origin),
      ({ summary }) => summary,
    ),
    unresolved: mergeUnresolved([...code.unresolved, ...steps.unresolved, ...paired.unresolved]),
    conflicts: sortConflicts([
      ...conflicts,
      ...identity.listConflicts(),
      ...findMissingParents(systems),
      ...equalIds,
    ]),
    credentials: collectCredentials(descriptions),
    references: steps.references,
    ...tellComments(tied, identity, code, systems),
  };
}

/** Most evidence is connections; what looks for anything else need not look through them. */
interface SplitEvidence {
  /** Connections, also those that an unresolved expression leads to. */
  readonly connections: readonly Evidence[];
  readonly descriptions: readonly Evidence[];
  /** What may tell something of a script or job. */
  readonly ofCode: readonly Evidence[];
}

function splitEvidence(evidence: readonly Evidence[]): SplitEvidence {
  const connections: Evidence[] = [];
  const descriptions: Evidence[] = [];
  const ofCode: Evidence[] = [];
  for (const item of evidence) {
    const isConnection = item.kind === 'connection' || item.kind === 'unresolved';
    (isConnection ? connections : descriptions).push(item);
    if (item.kind !== 'connection' || item.from.kind === 'code' || item.to.kind === 'code')
      ofCode.push(item);
  }
  return { connections, descriptions, ofCode };
}

/** One order for evidence, whatever order the sources came in; the same piece twice is one piece. */
function sortEvidence(given: Iterable<Evidence>): Evidence[] {
  const byFile = sortBy(
    groupBy(given, ({ origin }) => origin.file),
    ([file]) => file,
  );
  return byFile.flatMap(([, pieces]) => {
    pieces.sort((a, b) => a.origin.line - b.origin.line || a.origin.column - b.origin.column);
    return joinTies(pieces, isOfOnePlace);
  });
}

function isOfOnePlace(a: Evidence, b: Evidence): boolean {
  return a.origin.line === b.origin.line && a.origin.column === b.origin.column;
}

function mergeUnresolved(all: readonly Unresolved[]): Unresolved[] {
  const merged = [
    ...groupBy(all, ({ reference, reason, message }) =>
      // A caller may reach hundreds of callees: it is one thing to explain.
      [reference, reason, reason === 'unmapped-traffic' ? '' : message].join('\u0000'),
    ).values(),
  ].flatMap((group) => {
    const [first, ...others] = sortBy(
      group,
      ({ calls }) => -calls,
      ({ message }) => message,
    );
    if (!first) return [];
    const origins = uniqueOrigins(group.flatMap(({ origins: places }) => places));
    const calls = group.reduce((sum, item) => sum + item.calls, 0);
    const isSame = others.every(({ message }) => message === first.message);
    const message = isSame
      ? first.message
      : `${first.message.replace(/\.$/, '')}, and ${plural(others.length, 'more pair')} with ${plural(calls - first.calls, 'call')}.`;
    const kept = first.reason === 'unmapped-traffic' ? origins.slice(0, keptOrigins) : origins;
    return [{ ...first, message, calls, origins: kept }];
  });
  return sortBy(
    merged,
    ({ calls }) => -calls,
    ({ origins }) => -origins.length,
    ({ reference }) => reference,
    ({ message }) => message,
  );
}

/** How many places in logs are kept of one unresolved reference. */
const keptOrigins = 20;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sortConflicts(conflicts: readonly Conflict[]): Conflict[] {
  return sortBy(
    conflicts,
    ({ subject }) => subject,
    ({ kind }) => kind,
    ({ message }) => message,
  ).map((conflict) => ({
    ...conflict,
    origins: uniqueOrigins(conflict.origins),
  }));
}

function findMissingParents(systems: ReadonlyMap<string, System>): Conflict[] {
  return [...systems.values()]
    .filter(({ partOf }) => partOf !== undefined && !systems.has(partOf))
    .map(({ id, partOf, origins }) => ({
      subject: id,
      kind: 'unknown-system' as const,
      message: `${id} is said to be part of "${partOf}", which no inventory describes.`,
      origins,
    }));
}

function collectCredentials(evidence: readonly Evidence[]): Credential[] {
  const found = evidence.flatMap((item) =>
    item.kind === 'credential'
      ? [{ secret: item.secret, statement: item.statement, origin: item.origin }]
      : [],
  );
  return sortBy(found, ({ origin }) => placeKey(origin));
}

function uniqueOrigins(origins: readonly Origin[]): Origin[] {
  const unique = new Map(origins.map((origin) => [placeKey(origin), origin]));
  return sortBy(unique, ([key]) => key).map(([, origin]) => origin);
}

function placeKey({ file, line, column }: Origin): string {
  return `${file}\u0000${String(line).padStart(9, '0')}\u0000${String(column).padStart(9, '0')}`;
}
