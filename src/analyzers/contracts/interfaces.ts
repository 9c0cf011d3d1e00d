import type { Link } from '../../landscape.ts';
import { foldWriting, groupBy, sortBy, sortedUnique } from '../../order.ts';
import type { Reach } from './reaches.ts';

/** A contract or a version of an interface, and who would notice its change. */
export interface Interface {
  /** The contract as rows name it, or the path of an address up to its version: `/api/v2`. */
  readonly name: string;
  /** Whose interface it is; absent of a contract, for rows do not say. */
  readonly system?: string;
  /** Who calls it; of a contract, both ends of its links. */
  readonly users: readonly string[];
  readonly links: readonly string[];
}

/** Finds contracts that rows name, and versions in the addresses of code and the routes of logs. */
export function findInterfaces(links: readonly Link[], reaches: readonly Reach[]): Interface[] {
  const contracts = links.flatMap(({ key, from, to, contract }) =>
    contract === undefined
      ? []
      : [from, to].map((user) => ({ name: contract, system: '', user, link: key })),
  );
  const called = reaches.flatMap(({ reference, system, by, link }) => {
    const name = versionOf(pathOf(reference));
    return name === undefined || by === system ? [] : [{ name, system, user: by, link: link.key }];
  });
  const seen = links.flatMap(listSeen);
  const groups = groupBy(
    [...contracts, ...called, ...seen],
    ({ name, system }) => `${system}\u0000${system === '' ? foldWriting(name) : name}`,
  );
  const found = [...groups.values()].map((group): Interface => {
    const system = group[0]?.system ?? '';
    return {
      name: sortedUnique(group.map(({ name }) => name))[0] ?? '',
      ...(system === '' ? {} : { system }),
      users: sortedUnique(group.map(({ user }) => user)),
      links: sortedUnique(group.map(({ link }) => link)),
    };
  });
  return sortBy(
    found,
    ({ users }) => -users.length,
    ({ system = '' }) => system,
    ({ name }) => name,
  );
}

/** Only where it is known who calls whom. */
function listSeen({ key, from, to, initiator, traffic }: Link): {
  name: string;
  system: string;
  user: string;
  link: string;
}[] {
  if (traffic === undefined || (initiator !== 'from' && initiator !== 'to')) return [];
  const [system, user] = initiator === 'from' ? [to, from] : [from, to];
  return traffic.routes.flatMap(({ route }) => {
    const name = versionOf(route);
    return name === undefined ? [] : [{ name, system, user, link: key }];
  });
}

function pathOf(reference: string): string {
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/\s]{1,300}(\/[^?#\s]*)/i.exec(reference)?.[1] ?? '';
}

/** `/api/v2/orders/7` → `/api/v2`. */
function versionOf(path: string): string | undefined {
  return /^((?:\/[^/]*){0,8}?\/v\d{1,3}(?:\.\d{1,3})?)(?:\/|$)/i.exec(path)?.[1];
}
