import type { ConnectionEvidence, Initiator } from '../evidence.ts';
import type { Implementation, Link, Mediation, Proof, Registration, System } from '../landscape.ts';
import { compareText, drain, groupBy, joinTies, sortBy, sortedUnique } from '../order.ts';
import type { Schedule } from '../schedule.ts';
import { type Criticality, lowerCriticality, witnesses } from '../vocabulary.ts';
import type { Draft, Row } from './drafts.ts';
import { type Exchange, listProofs } from './exchanges.ts';
import { type Logged, watchLink } from './log-windows.ts';
import type { Staff } from './owners.ts';
import { addTraffic } from './traffic.ts';

export interface LinkOptions {
  readonly staff: Staff;
  readonly logged: Logged;
}

const nothing: readonly never[] = [];

/** Makes links of their drafts, in the same order, and lets go of each draft as its link is made. */
export function mergeLinks(
  drafts: Draft[],
  systems: ReadonlyMap<string, System>,
  options: LinkOptions,
): Link[] {
  return Array.from(drain(drafts), (draft) => toLink(draft, systems, options));
}

/** The rows of a registry that approve a link. */
export function listRegistrations(rows: readonly Row[]): Registration[] {
  return sortBy(
    rows.filter(({ approved }) => approved).map(toRegistration),
    ({ id }) => id,
    ({ origin }) => origin.file,
    ({ origin }) => origin.line,
  );
}

function toLink(draft: Draft, systems: ReadonlyMap<string, System>, options: LinkOptions): Link {
  const { key, from, to, family } = draft;
  const rows = sortBy(draft.rows, rowId);
  const approved = rows.filter((row) => row.approved);
  const declared = rows.map((row) => row.exchange);
  const all = [...declared, ...draft.evidence];
  const said = all.map(({ evidence }) => evidence);
  const fields = declared.flatMap(({ evidence }) => evidence.declared ?? []);
  const first = <T>(read: (field: (typeof fields)[number]) => T | undefined): T | undefined =>
    firstOf(fields, read);
  const owner = options.staff.toOwner(
    first((field) => field.owner),
    first((field) => field.team),
  );
  const mediation = findMediation(
    draft,
    draft.evidence.length > 0 ? draft.evidence : declared,
    systems,
  );
  const traffic = addTraffic(draft.evidence.flatMap(({ evidence }) => evidence.traffic ?? []));
  const initiator = findInitiator(draft, all);
  const via = joinTexts(all, (exchange) => exchange.via);
  const protocol = findProtocol(said);
  const style = firstOf(said, (evidence) => evidence.style);
  const contract = first((field) => field.contract);
  const retireBy = first((field) => field.retireBy);
  const proofs = sortProofs(all.flatMap(listProofs));
  const seen = new Set(proofs.map(({ witness }) => witness));
  return {
    key,
    from,
    to,
    initiator,
    ...(protocol === undefined ? {} : { protocol }),
    family,
    ...(style === undefined ? {} : { style }),
    via,
    mediation,
    pointToPoint: mediation === 'direct',
    registered: approved.length > 0,
    registrations: approved.map(rowId),
    class: witnesses.filter((witness) => seen.has(witness)),
    ...watchLink({ from, to, family, initiator, via }, options.logged),
    objects: joinTexts(said, ({ objects }) => objects),
    ...(owner === undefined ? {} : { owner }),
    criticality: first((field) => field.criticality) ?? lowerOfEnds(from, to, systems),
    schedules: collectSchedules(
      all,
      fields.flatMap((field) => field.schedule ?? []),
    ),
    ...(traffic === undefined ? {} : { traffic }),
    safeguards: joinTexts(fields, (field) => field.safeguards),
    ...(contract === undefined ? {} : { contract }),
    ...(retireBy === undefined ? {} : { retireBy }),
    tags: joinTexts(fields, (field) => field.tags),
    implementations: collectImplementations(draft.evidence),
    evidence: proofs,
  };
}

/** The distinct texts of lists, in order. Most lists are empty, and so is what they come to. */
function joinTexts<Item>(
  items: readonly Item[],
  read: (item: Item) => readonly string[],
): readonly string[] {
  return items.some((item) => read(item).length > 0) ? sortedUnique(items.flatMap(read)) : nothing;
}

/** The first answer that any of the items has. */
function firstOf<Item, T>(
  items: readonly Item[],
  read: (item: Item) => T | undefined,
): T | undefined {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return undefined;
}

function rowId(row: Row): string {
  return row.exchange.evidence.declared?.id ?? '';
}

function toRegistration(row: Row): Registration {
  const { evidence } = row.exchange;
  return {
    id: rowId(row),
    ...(evidence.protocol === undefined ? {} : { protocol: evidence.protocol }),
    objects: evidence.objects,
    ...(evidence.declared?.attestedOn === undefined
      ? {}
      : { attestedOn: evidence.declared.attestedOn }),
    origin: evidence.origin,
  };
}

/** The least mediated way that is seen counts: one script that goes past the gateway is enough. */
function findMediation(
  { from, to }: Draft,
  exchanges: readonly Exchange[],
  systems: ReadonlyMap<string, System>,
): Mediation {
  const ends = findWay([from, to], systems);
  let least: Mediation = 'decoupled';
  for (const { via } of exchanges) {
    const way =
      ends === 'decoupled' || via.length === 0 ? ends : findWay([from, to, ...via], systems);
    if (way === 'direct') return way;
    if (way === 'gateway') least = way;
  }
  return least;
}

function findWay(passed: readonly string[], systems: ReadonlyMap<string, System>): Mediation {
  const kinds = passed.map((id) => systems.get(id)?.kind);
  if (kinds.includes('broker') || kinds.includes('integration-platform')) return 'decoupled';
  return kinds.includes('api-gateway') ? 'gateway' : 'direct';
}

/** Code names the protocol it speaks and a row the one agreed on; a log only knows its family. */
function findProtocol(said: readonly ConnectionEvidence[]): string | undefined {
  return firstOf(['coded', 'declared', 'observed'], (witness) =>
    firstOf(said, (evidence) =>
      evidence.witness === witness && evidence.protocol ? evidence.protocol : undefined,
    ),
  );
}

/** The same initiator, seen from the other direction. */
function turn(initiator: Initiator): Initiator {
  return initiator === 'from' ? 'to' : initiator === 'to' ? 'from' : initiator;
}

/** What code shows outweighs traffic, and traffic outweighs what a row says. */
function findInitiator(draft: Draft, exchanges: readonly Exchange[]): Initiator {
  for (const witness of ['coded', 'observed', 'declared'] as const) {
    const found = new Set<Initiator>();
    for (const { from, initiator, evidence } of exchanges) {
      if (evidence.witness !== witness || initiator === 'unknown') continue;
      // Evidence that cannot tell the direction may stand at the link of the other one.
      found.add(from.id === draft.from ? initiator : turn(initiator));
    }
    if (found.has('carrier')) return 'carrier';
    if (found.size === 1) return [...found][0] ?? 'unknown';
    if (found.size > 1) return 'unknown';
  }
  return 'unknown';
}

function lowerOfEnds(from: string, to: string, systems: ReadonlyMap<string, System>): Criticality {
  return lowerCriticality(
    systems.get(from)?.criticality ?? 'operational',
    systems.get(to)?.criticality ?? 'operational',
  );
}

function collectSchedules(
  exchanges: readonly Exchange[],
  declared: readonly string[],
): readonly Schedule[] {
  const coded = exchanges.flatMap(({ implementations }) =>
    implementations.flatMap(({ schedules }) => schedules),
  );
  if (coded.length + declared.length === 0) return nothing;
  const known = new Set(coded.map(({ expression }) => expression));
  const all = [
    ...coded,
    ...declared
      .filter((expression) => !known.has(expression))
      .map((expression) => ({ expression, timezone: '' })),
  ];
  const unique = new Map(
    all.map((schedule) => [`${schedule.expression} ${schedule.timezone}`, schedule]),
  );
  return sortBy(unique, ([key]) => key).map(([, schedule]) => schedule);
}

function collectImplementations(exchanges: readonly Exchange[]): readonly Implementation[] {
  const all = exchanges.flatMap(({ implementations }) => implementations);
  if (all.length === 0) return nothing;
  return [
    ...groupBy(
      sortBy(
        all,
        ({ id }) => id,
        ({ delivers }) => (delivers ? 0 : 1),
        ({ origin }) => origin.line,
      ),
      ({ id }) => id,
    ).values(),
  ].flatMap(([first]) => (first ? [first] : []));
}

function sortProofs(proofs: readonly Proof[]): readonly Proof[] {
  return joinTies([...proofs].sort(compareProofs), (a, b) => compareProofs(a, b) === 0);
}

function compareProofs(a: Proof, b: Proof): number {
  return (
    witnesses.indexOf(a.witness) - witnesses.indexOf(b.witness) ||
    compareText(a.origin.file, b.origin.file) ||
    a.origin.line - b.origin.line ||
    a.origin.column - b.origin.column ||
    compareText(a.summary, b.summary)
  );
}
