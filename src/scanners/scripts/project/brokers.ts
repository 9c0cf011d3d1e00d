import { toAddressReference } from '../../../evidence.ts';
import { familyOfProtocol } from '../../../vocabulary.ts';
import type { ConnectionFact } from '../facts.ts';
import { listConnections } from '../settings/connections.ts';
import type { ModuleTable } from './modules.ts';

/** Sends messages without an address to the broker that the module uses. */
export interface Brokers {
  /** The fact with the broker as its other end, where only one comes into question. */
  address(fact: ConnectionFact, file: string): ConnectionFact;
}

/**
 * Frameworks publish and subscribe without naming the broker: it is the one that the module's
 * environment names, or the only one that the source deploys.
 * @param factsOf the connections of each module's code, by the module's root
 */
export function openBrokers(
  table: ModuleTable,
  factsOf: ReadonlyMap<string, readonly ConnectionFact[]>,
): Brokers {
  const all = [...table.services, ...table.modules].filter(({ kind }) => kind === 'broker');
  const nameOf = new Map(
    all.flatMap(({ name, hosts }) => [name, ...hosts].map((host) => [host.toLowerCase(), name])),
  );
  const known = new Set(nameOf.keys());
  const found = new Map<string, string | undefined>();

  const findBroker = (root: string): string | undefined => {
    const module = table.modules.find((each) => each.root === root);
    const hosts = [
      ...(factsOf.get(root) ?? []).flatMap(({ target }) =>
        target.kind === 'address' ? [target.host] : [],
      ),
      ...listConnections(module?.settings ?? [], known).flatMap(({ address }) => {
        const target = toAddressReference(address);
        return target.kind === 'address' ? [target.host] : [];
      }),
    ];
    const names = new Set(hosts.flatMap((host) => nameOf.get(host) ?? []));
    if (names.size > 0) return names.size === 1 ? [...names][0] : undefined;
    return all.length === 1 ? all[0]?.name : undefined;
  };

  return {
    address: (fact, file) => {
      if (all.length === 0 || fact.style !== 'event' || fact.target.kind !== 'expression')
        return fact;
      if (fact.protocol !== undefined && familyOfProtocol(fact.protocol) !== 'messaging')
        return fact;
      const root = table.moduleOf(file)?.root;
      if (root === undefined) return fact;
      if (!found.has(root)) found.set(root, findBroker(root));
      const broker = found.get(root);
      if (broker === undefined) return fact;
      const { address: _, ...rest } = fact;
      return {
        ...rest,
        target: toAddressReference(broker),
        confidence: 0.4,
        summary: `${fact.summary} by way of ${broker}`,
      };
    },
  };
}
