import type { SystemEvidence } from '../evidence.ts';
import type { GivenName, System } from '../landscape.ts';
import { groupBy, sortedUnique } from '../order.ts';
import { isCounted } from '../vocabulary.ts';
import { listGiven, sortGiven } from './given-names.ts';
import { foldName, toSystemId } from './names.ts';
import type { Staff } from './owners.ts';

/**
 * Adds the systems that code and deployment descriptors show. One that goes by the name or host of a
 * described system is that system, which learns its other names; the rest are systems nobody
 * registered. A name that several claim is given to none of them.
 */
export function addDiscovered(
  systems: Map<string, System>,
  rows: readonly SystemEvidence[],
  staff: Staff,
): void {
  const groups = [...groupBy(rows, ({ id }) => foldName(toSystemId(id))).values()];
  const taken = indexNames(systems.values());
  const claims = new Map<string, number>();
  for (const group of groups)
    for (const name of new Set(group.flatMap(namesOf).map(foldName)))
      claims.set(name, (claims.get(name) ?? 0) + 1);
  const hostClaims = new Map<string, number>();
  for (const group of groups)
    for (const host of new Set(group.flatMap(hostsOf)))
      hostClaims.set(host, (hostClaims.get(host) ?? 0) + 1);
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const names = sortedUnique(group.flatMap(namesOf));
    const hosts = sortedUnique(group.flatMap(hostsOf));
    const named = [first.id, ...names]
      .map((name) => taken.get(foldName(name)))
      .find((id) => id !== undefined);
    // Machines of several systems, as of a group of databases, make it none of these.
    const holders = new Set(hosts.flatMap((host) => taken.get(foldName(host)) ?? []));
    const known = named ?? (holders.size === 1 ? [...holders][0] : undefined);
    const own = names.filter(
      (name) => claims.get(foldName(name)) === 1 && !taken.has(foldName(name)),
    );
    const free = hosts.filter((host) => {
      const holder = taken.get(foldName(host));
      if (holder !== undefined) return holder === known;
      // Of two that answer to a name, it is the one called so.
      return (hostClaims.get(host) ?? 0) < 2 || foldName(host) === foldName(first.id);
    });
    const described = known === undefined ? undefined : systems.get(known);
    if (described) {
      systems.set(described.id, {
        ...described,
        hosts: sortedUnique([...described.hosts, ...free]),
        aliases: sortedUnique([...described.aliases, ...own]),
        origins: [...described.origins, ...group.map(({ origin }) => origin)],
        given: sortGiven([...described.given, ...listKept(group, own, free)]),
      });
    } else {
      const system = toDiscovered(group, own, free, staff);
      systems.set(system.id, system);
    }
  }
}

/** What the rows say and the system got. */
function listKept(
  group: readonly SystemEvidence[],
  names: readonly string[],
  hosts: readonly string[],
): GivenName[] {
  const kept = { alias: new Set(names), host: new Set(hosts) };
  // By the id of the code, too, it may be called something that nobody registered.
  const ids = group.map(
    ({ id, origin }): GivenName => ({ kind: 'alias', value: id, by: 'code', origin }),
  );
  return [...ids, ...group.flatMap(listGiven)].filter(
    ({ kind, value }) => kind !== 'name' && kept[kind].has(value),
  );
}

function namesOf({ id, fields }: SystemEvidence): string[] {
  return [id, ...(fields.aliases ?? [])];
}

function hostsOf({ fields }: SystemEvidence): string[] {
  return (fields.hosts ?? []).map((host) => host.toLowerCase());
}

/** Ids win over names, names over aliases, aliases over hosts. */
function indexNames(systems: Iterable<System>): Map<string, string> {
  const all = [...systems];
  const levels: readonly ((system: System) => readonly string[])[] = [
    ({ hosts }) => hosts,
    ({ aliases }) => aliases,
    ({ name }) => [name],
    ({ id }) => [id],
  ];
  return new Map(
    levels.flatMap((read) =>
      all.flatMap((system) => read(system).map((name) => [foldName(name), system.id] as const)),
    ),
  );
}

function toDiscovered(
  group: readonly SystemEvidence[],
  names: readonly string[],
  hosts: readonly string[],
  staff: Staff,
): System {
  const id = toSystemId(group[0]?.id ?? '');
  // What a descriptor cannot tell from an application, another may know as a database.
  const kinds = group.map((row) => row.fields.kind ?? 'application');
  const kind = kinds.find((each) => each !== 'application') ?? 'application';
  const type = group.find(({ fields }) => fields.type !== undefined)?.fields.type;
  const fields = group.map((row) => row.fields);
  const owner = staff.toOwner(
    fields.find((each) => each.owner !== undefined)?.owner,
    fields.find((each) => each.team !== undefined)?.team,
  );
  return {
    id,
    name: group[0]?.fields.name ?? id,
    kind,
    // What only watches the others exchanges no data of the business.
    counted: isCounted(kind) && type !== 'observability',
    registered: false,
    criticality: 'operational',
    ...(type === undefined ? {} : { type }),
    ...(owner === undefined ? {} : { owner }),
    hosts,
    aliases: names.filter((name) => foldName(name) !== foldName(id)),
    tags: [],
    origins: group.map(({ origin }) => origin),
    given: sortGiven([
      ...group.flatMap(listGiven).filter(({ kind }) => kind === 'name'),
      ...listKept(group, names, hosts).filter(({ value }) => foldName(value) !== foldName(id)),
    ]),
  };
}
