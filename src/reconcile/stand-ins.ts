import type { AddressEvidence, Evidence, Origin, Reference } from '../evidence.ts';
import { formatReference } from '../evidence.ts';
import { groupBy, sortedUnique } from '../order.ts';
import { isAddress } from './host-index.ts';
import { foldName } from './names.ts';

/** What names of other files stand for: TNS aliases, ssh hosts, hosts files, database links. */
export interface StandIns {
  /** What a name stands for; undefined where nothing or two places say it differently. */
  target(name: string): Reference | undefined;
  /** The different targets that places give one name, where there are two or more. */
  disputed(
    name: string,
  ): { readonly targets: readonly string[]; readonly origins: readonly Origin[] } | undefined;
  /** The names that hosts files give an IP address, and where. */
  namesOf(address: string): readonly { readonly name: string; readonly origin: Origin }[];
}

/** One address has a handful of names; lists of blocked sites give it thousands. */
const mostHostNames = 50;

/** Indexes names that stand for addresses. A name that two places give different addresses is none. */
export function indexStandIns(evidence: readonly Evidence[]): StandIns {
  const byName = groupBy(
    evidence.filter((item): item is AddressEvidence => item.kind === 'address'),
    ({ name }) => foldName(name),
  );
  const single = new Map<string, AddressEvidence>();
  const several = new Map<string, { targets: string[]; origins: Origin[] }>();
  for (const [name, items] of byName) {
    const targets = sortedUnique(items.map(({ target }) => formatReference(target)));
    const [first] = items;
    if (first && targets.length === 1) single.set(name, first);
    else several.set(name, { targets, origins: items.map(({ origin }) => origin) });
  }
  const names = indexHostNames(single.values());
  return {
    target: (name) => single.get(foldName(name))?.target,
    disputed: (name) => several.get(foldName(name)),
    namesOf: (address) => names.get(address) ?? [],
  };
}

/** The names that hosts files give an address: those that stand for it without port or path. */
function indexHostNames(
  standIns: Iterable<AddressEvidence>,
): ReadonlyMap<string, readonly { name: string; origin: Origin }[]> {
  const index = new Map<string, { name: string; origin: Origin }[]>();
  for (const { name, target, origin } of standIns) {
    if (target.kind !== 'address' || target.port !== undefined || target.path) continue;
    if (!isAddress(target.host)) continue;
    const known = index.get(target.host) ?? [];
    index.set(target.host, known);
    if (known.length < mostHostNames) known.push({ name: name.toLowerCase(), origin });
  }
  for (const known of index.values()) known.sort((a, b) => (a.name < b.name ? -1 : 1));
  return index;
}
