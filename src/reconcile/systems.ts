import { nearest } from '../errors.ts';
import type {
  ConnectionEvidence,
  Evidence,
  Origin,
  SystemEvidence,
  SystemFields,
} from '../evidence.ts';
import type { Conflict, System } from '../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../order.ts';
import { isCounted } from '../vocabulary.ts';
import { addDiscovered } from './discovered.ts';
import { joinDrawn } from './drawn.ts';
import { findInEnvironment } from './environments.ts';
import { listGiven, sortGiven } from './given-names.ts';
import { foldName, toSystemId } from './names.ts';
import type { Staff } from './owners.ts';

/** The systems that the sources name, merged, and where they contradict each other. */
export interface SystemTable {
  readonly systems: ReadonlyMap<string, System>;
  readonly conflicts: readonly Conflict[];
}

const scalarFields = [
  'name',
  'kind',
  'type',
  'domain',
  'site',
  'partOf',
  'owner',
  'team',
  'criticality',
  'lifecycle',
] as const;

/**
 * Merges all rows about one system. The first place in file order wins a contradiction, and the
 * contradiction is reported with both places. Ends of registry rows that no source describes
 * become systems too: of kind `unknown` where systems are listed somewhere, else `application`.
 */
export function collectSystems(
  descriptions: readonly Evidence[],
  connections: readonly Evidence[],
  staff: Staff,
): SystemTable {
  const all = descriptions.filter((item): item is SystemEvidence => item.kind === 'system');
  const declared = all.filter(({ witness }) => witness === 'declared');
  const rows = declared.filter(({ drawn }) => !drawn);
  const drawn = joinDrawn(
    declared.filter((row) => row.drawn),
    rows,
  );
  const conflicts: Conflict[] = [];
  const systems = new Map<string, System>();
  // What is drawn comes behind what is listed: it only fills in.
  const described = [...rows, ...drawn];
  for (const group of groupBy(described, (row) => foldName(toSystemId(row.id))).values()) {
    const system = mergeRows(group, staff, conflicts);
    systems.set(system.id, system);
  }
  findParents(systems);
  addDiscovered(
    systems,
    all.filter(({ witness }) => witness === 'coded'),
    staff,
  );
  const isListed = rows.length > 0 || drawn.some(({ registered }) => registered);
  addUndescribed(systems, connections, isListed, staff, conflicts);
  return { systems: new Map(sortBy(systems, ([id]) => id)), conflicts };
}

function mergeRows(rows: readonly SystemEvidence[], staff: Staff, conflicts: Conflict[]): System {
  const id = toSystemId(rows[0]?.id ?? '');
  const fields: Partial<Record<(typeof scalarFields)[number], string>> = {};
  for (const field of scalarFields) {
    const given = rows.flatMap((row) => {
      const value = row.fields[field];
      return value === undefined ? [] : [{ value, origin: row.origin, drawn: row.drawn }];
    });
    const [first] = given;
    if (!first) continue;
    fields[field] = first.value;
    const other = given.find(({ value, drawn }) => !drawn && value !== first.value);
    if (!other) continue;
    // People are not named, not even in a contradiction about them.
    const said = field === 'owner' ? '' : `: "${first.value}" and "${other.value}"`;
    conflicts.push({
      subject: id,
      kind: 'field',
      message: `Two sources disagree on the ${field} of ${id}${said}.`,
      origins: [first.origin, other.origin],
    });
  }
  const [first, second] = rows.filter(({ drawn }) => !drawn);
  if (first && second && first.origin.file === second.origin.file) {
    conflicts.push({
      subject: id,
      kind: 'duplicate-id',
      message: `${id} is described ${rows.length} times in ${first.origin.file}.`,
      origins: rows.map(({ origin }) => origin),
    });
  }
  return toSystem(id, fields as SystemFields, rows, staff);
}

function toSystem(
  id: string,
  fields: SystemFields,
  rows: readonly SystemEvidence[],
  staff: Staff,
): System {
  const kind = fields.kind ?? 'application';
  const owner = staff.toOwner(fields.owner, fields.team);
  const all = (field: 'hosts' | 'aliases' | 'tags'): string[] =>
    sortedUnique(rows.flatMap((row) => row.fields[field] ?? []));
  return {
    id,
    name: fields.name ?? id,
    kind,
    counted: isCounted(kind),
    registered: rows.some(({ registered }) => registered),
    criticality: fields.criticality ?? 'operational',
    ...(fields.type === undefined ? {} : { type: fields.type }),
    ...(fields.domain === undefined ? {} : { domain: fields.domain }),
    ...(fields.site === undefined ? {} : { site: fields.site }),
    ...(fields.partOf === undefined ? {} : { partOf: toSystemId(fields.partOf) }),
    ...(owner === undefined ? {} : { owner }),
    ...(fields.lifecycle === undefined ? {} : { lifecycle: fields.lifecycle }),
    hosts: all('hosts').map((host) => host.toLowerCase()),
    aliases: all('aliases'),
    tags: all('tags'),
    origins: rows.map(({ origin }) => origin),
    given: sortGiven(rows.flatMap(listGiven)),
  };
}

/** `partOf` may name its system by id, name or alias, as people do. */
function findParents(systems: Map<string, System>): void {
  const idOf = indexAllNames(systems);
  for (const system of systems.values()) {
    const parent = system.partOf === undefined ? undefined : idOf.get(foldName(system.partOf));
    if (parent !== undefined) systems.set(system.id, { ...system, partOf: parent });
  }
}

/** Ids win over names, and names over aliases. */
function indexAllNames(systems: ReadonlyMap<string, System>): Map<string, string> {
  const all = [...systems.values()];
  const named = (read: (system: System) => readonly string[]): (readonly [string, string])[] =>
    all.flatMap((system) => read(system).map((name) => [foldName(name), system.id] as const));
  return new Map([
    ...named(({ aliases }) => aliases),
    ...named(({ name }) => [name]),
    ...named(({ id }) => [id]),
  ]);
}

function addUndescribed(
  systems: Map<string, System>,
  connections: readonly Evidence[],
  described: boolean,
  staff: Staff,
  conflicts: Conflict[],
): void {
  const idOf = indexAllNames(systems);
  const found = new Map<string, string | undefined>();
  const find = (name: string): string | undefined => {
    if (!found.has(name)) found.set(name, idOf.get(foldName(name)));
    return found.get(name);
  };
  const isName = (word: string): boolean => find(word) !== undefined;
  const named = new Map<string, { name: string; registered: boolean; origins: Origin[] }>();
  for (const row of connections) {
    if (row.kind !== 'connection' || row.witness !== 'declared') continue;
    for (const { name, others } of namedEnds(row)) {
      const known = systems.get(find(name) ?? '');
      if (known) {
        // Where no inventory lists systems, the ends of approved rows are what is registered.
        if (!described && row.declared?.approved && !known.registered)
          systems.set(known.id, { ...known, registered: true });
        continue;
      }
      // `erp-test` is the system `erp`, which identity tells in full.
      if (others.some(isName)) continue;
      if (findInEnvironment(name, isName, find)) continue;
      const entry = named.get(foldName(name)) ?? { name, registered: false, origins: [] };
      entry.registered ||= row.declared?.approved ?? false;
      entry.origins.push(row.origin);
      named.set(foldName(name), entry);
    }
  }
  const candidates = [...idOf.keys()];
  for (const { name, registered, origins } of named.values()) {
    const id = toSystemId(name);
    const rows: SystemEvidence[] = origins.map((origin) => ({
      kind: 'system',
      scanner: 'inventory',
      witness: 'declared',
      environment: 'prod',
      confidence: 1,
      origin,
      id,
      registered: registered && !described,
      fields: { name, kind: described ? 'unknown' : 'application' },
    }));
    systems.set(id, toSystem(id, rows[0]?.fields ?? {}, rows, staff));
    if (!described) continue;
    const near = idOf.get(nearest(foldName(name), candidates) ?? '');
    conflicts.push({
      subject: id,
      kind: 'unknown-system',
      message: `A link names "${name}", which no inventory describes.${near ? ` Did you mean "${systems.get(near)?.name ?? near}"?` : ''}`,
      origins,
    });
  }
}

function namedEnds(
  row: ConnectionEvidence,
): { readonly name: string; readonly others: readonly string[] }[] {
  return [row.from, row.to, ...row.via].flatMap((end) =>
    end.kind === 'system' ? [{ name: end.value, others: end.names ?? [] }] : [],
  );
}
