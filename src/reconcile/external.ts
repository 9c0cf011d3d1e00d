import type { Evidence, Origin, Reference } from '../evidence.ts';
import { findKnownService } from '../known-services/find-known-service.ts';
import type { KnownService } from '../known-services/known-service.ts';
import type { GivenName, System } from '../landscape.ts';
import { sortedUnique } from '../order.ts';
import { sortGiven } from './given-names.ts';
import type { Identity } from './identity.ts';
import { foldName, toSystemId } from './names.ts';

/**
 * Adds the well-known services outside the organisation that an address without a system leads to:
 * `acme.my.salesforce.com` is Salesforce. A system of that name learns the host.
 * @returns the hosts that were added, and what their services are called; names must be indexed again
 */
export function addExternalServices(
  systems: Map<string, System>,
  evidence: readonly Evidence[],
  identity: Identity,
): ReadonlyMap<string, string> {
  const learned = new Map<string, string>();
  const found = new Map<
    string,
    { given: GivenName[]; type: string | undefined; origins: Origin[] }
  >();
  const services = new Map<string, KnownService | 'none'>();
  const findService = (host: string): KnownService | undefined => {
    let known = services.get(host);
    if (!known) {
      known = findKnownService(host) ?? 'none';
      services.set(host, known);
    }
    return known === 'none' ? undefined : known;
  };
  for (const { reference, origin } of listAddresses(evidence)) {
    const known = findService(reference.host);
    if (!known || known.class === 'tooling') continue;
    if (identity.resolve(reference).kind === 'system') continue;
    const entry = found.get(known.name) ?? {
      given: [],
      type: known.class === 'observability' ? 'observability' : known.type,
      origins: [],
    };
    entry.given.push({ kind: 'host', value: reference.host, by: 'known-service', origin });
    learned.set(reference.host, known.name);
    entry.origins.push(origin);
    found.set(known.name, entry);
  }
  const all = [...systems.values()];
  // Ids win over names, and names over aliases.
  const byName = new Map(
    [
      ...all.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const)),
      ...all.map(({ id, name }) => [name, id] as const),
      ...all.map(({ id }) => [id, id] as const),
    ].map(([name, id]) => [foldName(name), id] as const),
  );
  for (const [name, { given, type, origins }] of found) {
    const id = byName.get(foldName(name)) ?? toSystemId(name.toLowerCase().replaceAll(' ', '-'));
    const known = systems.get(id);
    systems.set(id, {
      ...(known ?? toService(id, name, type, origins)),
      hosts: sortedUnique([...(known?.hosts ?? []), ...given.map(({ value }) => value)]),
      given: sortGiven([...(known?.given ?? []), ...given]),
    });
  }
  return learned;
}

function* listAddresses(
  evidence: readonly Evidence[],
): Generator<{ reference: Extract<Reference, { kind: 'address' }>; origin: Origin }> {
  for (const item of evidence) {
    const connection = item.kind === 'unresolved' ? item.connection : item;
    if (connection.kind !== 'connection' || connection.witness === 'declared') continue;
    const { from, to, origin } = connection;
    if (from.kind === 'address') yield { reference: from, origin };
    if (to.kind === 'address') yield { reference: to, origin };
  }
}

function toService(
  id: string,
  name: string,
  type: string | undefined,
  origins: readonly Origin[],
): System {
  return {
    id,
    name,
    kind: 'external-service',
    counted: type !== 'observability',
    registered: false,
    criticality: 'operational',
    ...(type === undefined ? {} : { type }),
    hosts: [],
    aliases: [],
    tags: [],
    origins: origins.slice(0, 1),
    given: [],
  };
}
