import type { Initiator } from '../evidence.ts';
import type { Implementation, Link, Mediation, Proof, Registration, System } from '../landscape.ts';
import { groupBy, joinTies, sortBy, sortedUnique } from '../order.ts';
import type { Schedule } from '../schedule.ts';
import {
  type Criticality,
  type Family,
  familyOfProtocol,
  lowerCriticality,
  type Witness,
  witnesses,
} from '../vocabulary.ts';
import type { Exchange } from './exchanges.ts';
import { type Logged, watchLink } from './log-windows.ts';
import type { Staff } from './owners.ts';
import { addTraffic } from './traffic.ts';

/** A declared exchange: a row of a registry or model. */
interface Row {
  readonly exchange: Exchange;
  readonly approved: boolean;
  /** Absent where the row names no protocol: it then matches every family. */
  readonly family: Family | undefined;
}

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly evidence: Exchange[];
  readonly rows: readonly Row[];
}

export interface LinkTable {
  readonly links: readonly Link[];
  readonly registrations: readonly Registration[];
}

export interface LinkOptions {
  readonly staff: Staff;
  readonly logged: Logged;
}

/**
 * Merges exchanges into links. A link's key is `from=>to#family`; a row without a protocol matches
 * every family and makes no key of its own where evidence gives one; evidence whose direction is
 * unknown confirms rows either way.
 */
export function mergeLinks(
  exchanges: readonly Exchange[],
  systems: ReadonlyMap<string, System>,
  options: LinkOptions,
): LinkTable {
  const rows = exchanges.filter(isDeclared).map(toRow);
  const rowsByPair = groupBy(rows, ({ exchange }) => toPair(exchange.from, exchange.to));
  const rowsOf = (from: string, to: string): readonly Row[] =>
    rowsByPair.get(toPair(from, to)) ?? [];
  const drafts = new Map<string, Draft>();
  const attached = new Set<Row>();
  const draftOf = (from: string, to: string, family: Family): Draft => {
    const key = `${from}=>${to}#${family}`;
    const known = drafts.get(key);
    if (known) return known;
    const matching = rowsOf(from, to).filter((row) => matches(row, from, to, family));
    for (const row of matching) attached.add(row);
    const draft: Draft = { from, to, family, evidence: [], rows: matching };
    drafts.set(key, draft);
    return draft;
  };

  const shown = exchanges.filter((exchange) => !isDeclared(exchange));
  // Evidence with a clear direction first, so that the rest can join the links it makes.
  for (const exchange of sortBy(shown, ({ direction }) => (direction === 'forward' ? 0 : 1))) {
    const family = familyOf(exchange) ?? 'other';
    const targets = findTargets(exchange, family, rowsOf(exchange.from, exchange.to), drafts);
    for (const { from, to } of targets) draftOf(from, to, family).evidence.push(exchange);
  }
  // Rows that nothing shows make links of their own: those with a protocol first, for one without
  // a protocol joins whatever its pair has.
  for (const row of sortBy(rows, ({ family }) => (family === undefined ? 1 : 0))) {
    if (!attached.has(row)) draftOf(row.exchange.from, row.exchange.to, row.family ?? 'other');
  }

  const links = sortBy(drafts, ([key]) => key).map(([key, draft]) =>
    toLink(key, draft, systems, options),
  );
  const registrations = rows.filter(({ approved }) => approved).map(toRegistration);
  return {
    links,
    registrations: sortBy(
      registrations,
      ({ id }) => id,
      ({ origin }) => origin.file,
      ({ origin }) => origin.line,
    ),
  };
}

/** Both directions of a pair have one name. */
function toPair(from: string, to: string): string {
  return from < to ? `${from}\u0000${to}` : `${to}\u0000${from}`;
}

function isDeclared(exchange: Exchange): boolean {
  return exchange.delivery.evidence.witness === 'declared';
}

function toRow(exchange: Exchange): Row {
  return {
    exchange,
    approved: exchange.delivery.evidence.declared?.approved ?? false,
    family: familyOf(exchange),
  };
}

function familyOf(exchange: Exchange): Family | undefined {
  const { protocol } = exchange.delivery.evidence;
  return protocol === undefined ? undefined : familyOfProtocol(protocol);
}

function matches(row: Row, from: string, to: string, family: Family): boolean {
  if (row.family !== undefined && row.family !== family) return false;
  const { exchange } = row;
  if (exchange.from === from && exchange.to === to) return true;
  return exchange.direction !== 'forward' && exchange.from === to && exchange.to === from;
}

/** The links that a piece of evidence belongs to: one, or both directions where it cannot tell. */
function findTargets(
  exchange: Exchange,
  family: Family,
  rows: readonly Row[],
  drafts: ReadonlyMap<string, Draft>,
): { from: string; to: string }[] {
  const { from, to, direction } = exchange;
  const forward = { from, to };
  if (direction === 'forward') return [forward];
  const either = [forward, { from: to, to: from }];
  const registered = either.filter((way) =>
    rows.some((row) => matches(row, way.from, way.to, family) && row.exchange.from === way.from),
  );
  if (registered.length > 0) return registered;
  const known = either.filter((way) => drafts.has(`${way.from}=>${way.to}#${family}`));
  return known.length > 0 ? known : [forward];
}

function toLink(
  key: string,
  draft: Draft,
  systems: ReadonlyMap<string, System>,
  options: LinkOptions,
): Link {
  const { from, to, family } = draft;
  const rows = sortBy(draft.rows, (row) => rowId(row));
  const approved = rows.filter((row) => row.approved);
  const declared = rows.map((row) => row.exchange);
  const all = [...declared, ...draft.evidence];
  const fields = rows.map((row) => row.exchange.delivery.evidence.declared);
  const first = <T>(
    read: (field: NonNullable<(typeof fields)[number]>) => T | undefined,
  ): T | undefined =>
    fields.map((field) => (field ? read(field) : undefined)).find((value) => value !== undefined);
  const owner = options.staff.toOwner(
    first((field) => field.owner),
    first((field) => field.team),
  );
  const mediation = findMediation(draft.evidence.length > 0 ? draft.evidence : declared, systems);
  const traffic = addTraffic(
    draft.evidence.flatMap(({ delivery }) => delivery.evidence.traffic ?? []),
  );
  const initiator = findInitiator(draft, declared);
  const via = sortedUnique(all.flatMap((exchange) => exchange.via));
  const protocol = findProtocol(all);
  const style = all
    .map(({ delivery }) => delivery.evidence.style)
    .find((value) => value !== undefined);
  const contract = first((field) => field.contract);
  const retireBy = first((field) => field.retireBy);
  const seen = new Set(all.flatMap(({ proofs }) => proofs.map(({ witness }) => witness)));
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
    objects: sortedUnique(all.flatMap(({ delivery }) => delivery.evidence.objects)),
    ...(owner === undefined ? {} : { owner }),
    criticality: first((field) => field.criticality) ?? lowerOfEnds(from, to, systems),
    schedules: collectSchedules(
      all,
      fields.flatMap((field) => (field?.schedule ? [field.schedule] : [])),
    ),
    ...(traffic === undefined ? {} : { traffic }),
    safeguards: sortedUnique(fields.flatMap((field) => field?.safeguards ?? [])),
    ...(contract === undefined ? {} : { contract }),
    ...(retireBy === undefined ? {} : { retireBy }),
    tags: sortedUnique(fields.flatMap((field) => field?.tags ?? [])),
    implementations: collectImplementations(draft.evidence),
    evidence: sortProofs(all.flatMap(({ proofs }) => proofs)),
  };
}

function rowId(row: Row): string {
  return row.exchange.delivery.evidence.declared?.id ?? '';
}

function toRegistration(row: Row): Registration {
  const { evidence } = row.exchange.delivery;
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
  exchanges: readonly Exchange[],
  systems: ReadonlyMap<string, System>,
): Mediation {
  const ways = exchanges.map(({ via, from, to }): Mediation => {
    const kinds = new Set([...via, from, to].map((id) => systems.get(id)?.kind));
    if (kinds.has('broker') || kinds.has('integration-platform')) return 'decoupled';
    return kinds.has('api-gateway') ? 'gateway' : 'direct';
  });
  return ways.includes('direct')
    ? 'direct'
    : ways.includes('gateway')
      ? 'gateway'
      : (ways[0] ?? 'direct');
}

/** Code names the protocol it speaks and a row the one agreed on; a log only knows its family. */
function findProtocol(exchanges: readonly Exchange[]): string | undefined {
  const said = exchanges.map(({ delivery }) => delivery.evidence);
  const order: readonly Witness[] = ['coded', 'declared', 'observed'];
  return sortBy(said, ({ witness }) => order.indexOf(witness)).find(({ protocol }) => protocol)
    ?.protocol;
}

/** The same initiator, seen from the other direction. */
function turn(initiator: Initiator): Initiator {
  return initiator === 'from' ? 'to' : initiator === 'to' ? 'from' : initiator;
}

/** What code shows outweighs traffic, and traffic outweighs what a row says. */
function findInitiator(draft: Draft, declared: readonly Exchange[]): Initiator {
  const of = (witness: Witness): Set<Initiator> =>
    new Set(
      [...draft.evidence, ...declared]
        .filter(
          ({ delivery, initiator }) =>
            delivery.evidence.witness === witness && initiator !== 'unknown',
        )
        // Evidence that cannot tell the direction may stand at the link of the other one.
        .map(({ from, initiator }) => (from === draft.from ? initiator : turn(initiator))),
    );
  for (const witness of ['coded', 'observed', 'declared'] as const) {
    const found = of(witness);
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

function collectSchedules(exchanges: readonly Exchange[], declared: readonly string[]): Schedule[] {
  const coded = exchanges.flatMap(({ implementations }) =>
    implementations.flatMap(({ schedules }) => schedules),
  );
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

function collectImplementations(exchanges: readonly Exchange[]): Implementation[] {
  const all = exchanges.flatMap(({ implementations }) => implementations);
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

function sortProofs(proofs: readonly Proof[]): Proof[] {
  const sorted = sortBy(
    proofs,
    ({ witness }) => witnesses.indexOf(witness),
    ({ origin }) => origin.file,
    ({ origin }) => origin.line,
    ({ origin }) => origin.column,
    ({ summary }) => summary,
  );
  return joinTies(
    sorted,
    (a, b) =>
      a.witness === b.witness &&
      a.origin.file === b.origin.file &&
      a.origin.line === b.origin.line &&
      a.origin.column === b.origin.column &&
      a.summary === b.summary,
  );
}
