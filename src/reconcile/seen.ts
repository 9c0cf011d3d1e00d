import type { Evidence, Reference, SystemEvidence } from '../evidence.ts';
import { toSystemReference } from '../evidence.ts';
import type { System } from '../landscape.ts';
import { addDiscovered } from './discovered.ts';
import type { Identity } from './identity.ts';
import type { Staff } from './owners.ts';

/**
 * Adds the systems that only traffic shows. One that an alias, a host or the name of an environment
 * leads to a system already is that system.
 * @returns whether any was added; names must be indexed again then
 */
export function addSeen(
  systems: Map<string, System>,
  evidence: readonly Evidence[],
  identity: Identity,
  staff: Staff,
): boolean {
  const rows = evidence.filter(
    (item): item is SystemEvidence =>
      item.kind === 'system' &&
      item.witness === 'observed' &&
      !toReferences(item).some((reference) => identity.resolve(reference).kind === 'system'),
  );
  addDiscovered(systems, rows, staff);
  return rows.length > 0;
}

function toReferences({ id, fields }: SystemEvidence): Reference[] {
  const hosts = (fields.hosts ?? []).map(
    (host): Reference => ({ kind: 'address', value: host, host }),
  );
  return [toSystemReference(id), ...hosts];
}
