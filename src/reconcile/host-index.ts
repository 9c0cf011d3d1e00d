import ipaddr from 'ipaddr.js';
import type { Conflict, System } from '../landscape.ts';
import { groupBy, sortBy } from '../order.ts';
import { oneOf } from './part-of.ts';

/** A system that was found behind a host, and the sentence that tells why. */
export interface HostHit {
  readonly id: string;
  readonly step: string;
}

/** Finds a system by the hosts, domains and address ranges that inventories and descriptors list. */
export interface HostIndex {
  /** By the host itself. */
  exact(host: string): string | undefined;
  /** By the longest domain it lies in; `disputed` where two systems claim that domain. */
  domain(host: string): (HostHit & { readonly domain: string }) | 'disputed' | undefined;
  /** By the smallest range that an IP address lies in; `disputed` where two systems claim it. */
  range(address: string): HostHit | 'disputed' | undefined;
  /**
   * The service of a cluster, without a namespace only where one has the name; `elsewhere` where the
   * name is known in other namespaces alone.
   */
  service(name: string, namespace?: string): string | 'elsewhere' | undefined;
}

interface Claim {
  readonly text: string;
  readonly system: System;
}

/** Who has what; undefined where two systems claim it. */
type Owners = ReadonlyMap<string, string | undefined>;

/**
 * Indexes the hosts of all systems. `*.erp.example` and `.erp.example` are everything below a domain,
 * `10.0.2.0/28` is a range. What two systems claim is a conflict and stands for neither of them.
 */
export function indexHosts(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  conflicts: Conflict[],
): HostIndex {
  const claims = all.flatMap((system) =>
    system.hosts.map((host): Claim => ({ text: toHost(host), system })),
  );
  const settle = (kind: string, claimed: readonly Claim[]): Owners =>
    settleClaims(kind, claimed, systems, conflicts);
  const isDomain = ({ text }: Claim): boolean => /^\*?\.[^*/]+$/.test(text);
  const ranges = claims.flatMap(({ text, system }) => {
    const range = toRange(text);
    return range ? [{ text: range, system }] : [];
  });
  const hosts = settle(
    'host',
    claims.filter((claim) => !isDomain(claim) && !ipaddr.isValidCIDR(claim.text)),
  );
  const domains = settle(
    'domain',
    claims
      .filter(isDomain)
      .map(({ text, system }) => ({ text: `*.${text.replace(/^\*?\./, '')}`, system })),
  );
  const networks = settle('address range', ranges);
  const services = indexServices(hosts);
  return {
    exact: (host) => hosts.get(host),
    domain: (host) => findDomain(host, domains),
    range: toRangeFinder(networks),
    service: (name, namespace) => {
      const namespaces = services.get(name);
      if (namespaces === undefined) return undefined;
      if (namespace === undefined) {
        const ids = new Set(namespaces.values());
        return ids.size === 1 ? [...ids][0] : undefined;
      }
      return namespaces.has(namespace) ? namespaces.get(namespace) : 'elsewhere';
    },
  };
}

function settleClaims(
  kind: string,
  claims: readonly Claim[],
  systems: ReadonlyMap<string, System>,
  conflicts: Conflict[],
): Owners {
  const owners = new Map<string, string | undefined>();
  for (const [text, claimants] of groupBy(claims, (claim) => claim.text)) {
    const ids = [...new Set(claimants.map(({ system }) => system.id))];
    const only = oneOf(ids, systems);
    owners.set(text, only);
    if (only === undefined) {
      conflicts.push({
        subject: ids[0] ?? text,
        kind: 'host',
        message: `The ${kind} ${text} is claimed by ${ids.join(' and ')}, so it stands for neither.`,
        origins: claimants.flatMap(({ system }) => system.origins),
      });
    }
  }
  return owners;
}

function findDomain(host: string, domains: Owners): ReturnType<HostIndex['domain']> {
  if (domains.size === 0) return undefined;
  for (let at = host.indexOf('.'); at >= 0; at = host.indexOf('.', at + 1)) {
    const domain = `*${host.slice(at)}`;
    if (!domains.has(domain)) continue;
    const id = domains.get(domain);
    return id === undefined
      ? 'disputed'
      : { id, domain, step: `host ${host} lies in ${domain} of ${id}` };
  }
  return undefined;
}

/** `10.0.2.5/28` as `10.0.2.0/28`, so that equal ranges are written alike. */
function toRange(text: string): string | undefined {
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(text);
  return writeNetwork(address, bits);
}

function writeNetwork(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const masked = address.toByteArray().map((byte, at) => {
    const kept = Math.min(8, Math.max(0, bits - at * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return `${ipaddr.fromByteArray(masked)}/${bits}`;
}

/** Ranges are looked up by their lengths, of which there are few, however many ranges there are. */
function toRangeFinder(networks: Owners): HostIndex['range'] {
  /** Bits → the network's number without the bits of its hosts → how it is written. */
  const short = new Map<number, Map<number, string>>();
  const long = new Set<number>();
  for (const network of networks.keys()) {
    const [address, bits] = ipaddr.parseCIDR(network);
    if (address.kind() === 'ipv6') long.add(bits);
    else {
      const known = short.get(bits) ?? new Map<number, string>();
      short.set(bits, known.set(toPrefix(address.toString(), bits), network));
    }
  }
  const shortest = sortBy(short, ([bits]) => -bits);
  const longest = sortBy(long, (bits) => -bits);
  const findNetwork = (text: string): string | undefined => {
    const address = ipv4.test(text) ? undefined : ipaddr.process(text);
    if (address?.kind() === 'ipv6')
      return longest
        .map((bits) => writeNetwork(address, bits))
        .find((network) => networks.has(network));
    const plain = address?.toString() ?? text;
    for (const [bits, known] of shortest) {
      const network = known.get(toPrefix(plain, bits));
      if (network !== undefined) return network;
    }
    return undefined;
  };
  return (text) => {
    if (networks.size === 0 || !isAddress(text)) return undefined;
    const network = findNetwork(text);
    if (network === undefined) return undefined;
    const id = networks.get(network);
    return id === undefined ? 'disputed' : { id, step: `${text} lies in ${network} of ${id}` };
  };
}

/** The first bits of an IPv4 address as a number. */
function toPrefix(address: string, bits: number): number {
  const whole = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return Math.floor(whole / 2 ** (32 - bits));
}

/** Four decimal numbers, without leading zeros. */
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Whether a text is a whole IP address; `10` alone is a name. */
export function isAddress(text: string): boolean {
  return ipv4.test(text) || ipaddr.IPv6.isValid(text);
}

/** Services of clusters by name and namespace, as `orders.shop.svc.cluster.local` tells them. */
function indexServices(hosts: Owners): ReadonlyMap<string, Owners> {
  const index = new Map<string, Map<string, string | undefined>>();
  for (const [host, id] of sortBy(hosts, ([text]) => text)) {
    const service = readService(host);
    if (!service) continue;
    const namespaces = index.get(service.name) ?? new Map<string, string | undefined>();
    index.set(service.name, namespaces);
    const known = namespaces.get(service.namespace);
    namespaces.set(
      service.namespace,
      namespaces.has(service.namespace) && known !== id ? undefined : id,
    );
  }
  return index;
}

/** The service and namespace of a cluster's host: `orders.shop.svc.cluster.local`, `orders.shop.svc`. */
export function readService(host: string): { name: string; namespace: string } | undefined {
  const match = /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?:\.[a-z0-9.-]{1,200})?$/.exec(host);
  return match?.[1] && match[2] ? { name: match[1], namespace: match[2] } : undefined;
}

/** Inventories write hosts as URLs and with ports too. */
export function toHost(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^([^/:[\]]+):\d+(?=\/|$)/, '$1')
    .replace(/\/(?!\d+$).*$/, '')
    .replace(/^\[([0-9a-f:.]+)\](?::\d+)?$/, '$1')
    .replace(/\.$/, '');
  return isAddress(host) ? ipaddr.process(host).toString() : host;
}
