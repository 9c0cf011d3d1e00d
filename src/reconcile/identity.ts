import ipaddr from 'ipaddr.js';
import picomatch from 'picomatch';
import { nearest } from '../errors.ts';
import type { AddressEvidence, Evidence, Reference, RouteEvidence } from '../evidence.ts';
import { formatReference } from '../evidence.ts';
import type { Conflict, System } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { isCounted, isIntermediary } from '../vocabulary.ts';
import { foldName } from './names.ts';

/** What a reference came to. `steps` tells how, for people who ask. */
export type Resolution =
  | {
      readonly kind: 'system';
      readonly id: string;
      readonly via: readonly string[];
      readonly steps: readonly string[];
    }
  | {
      readonly kind: 'unresolved';
      readonly steps: readonly string[];
      readonly suggestion?: string;
    };

/** An alias of the configuration: a name, host or glob over them → a system. */
export interface Alias {
  readonly pattern: string;
  readonly system: string;
}

/** Finds the system behind a reference: alias → id, name or host → address range → unresolved. */
export interface Identity {
  resolve(reference: Reference): Resolution;
  /** Whether the system counts as one of its own. */
  isCounted(id: string): boolean;
  /** Whether code can be a system's: an application's or a monitoring product's, never a store's. */
  hasCode(id: string): boolean;
  readonly conflicts: readonly Conflict[];
}

/** Builds the index of all names and addresses. */
export function buildIdentity(
  systems: ReadonlyMap<string, System>,
  evidence: readonly Evidence[],
  aliases: readonly Alias[],
): Identity {
  const conflicts: Conflict[] = [];
  const all = [...systems.values()];
  const names = indexNames(all, systems, conflicts);
  const byHost = indexHosts(all, systems, conflicts);
  const ranges = indexRanges(all);
  const standIns = indexStandIns(evidence);
  const hostNames = indexHostNames(standIns);
  const routes = indexRoutes(evidence, names);
  const matchers = aliases.map(({ pattern, system }) => ({
    pattern,
    system,
    matches: picomatch(pattern.toLowerCase(), { dot: true, nocase: true }),
  }));
  const candidates = [...names.folded.keys()];

  const found = (id: string, steps: readonly string[], path?: string): Resolution => {
    const system = systems.get(id);
    if (path && system && (isIntermediary(system.kind) || system.kind === 'proxy')) {
      const route = routes
        .get(id)
        ?.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
      const behind = route ? names.find(route.system) : undefined;
      if (route && behind) {
        const through = system.kind === 'proxy' ? [] : [id];
        return {
          kind: 'system',
          id: rollUp(behind, systems),
          via: through,
          steps: [...steps, `path ${route.prefix} of ${id} leads to ${behind}`],
        };
      }
    }
    const whole = rollUp(id, systems);
    return {
      kind: 'system',
      id: whole,
      via: [],
      steps: whole === id ? steps : [...steps, `${id} is part of ${whole}`],
    };
  };

  const resolveHost = (host: string): { id: string; step: string } | undefined => {
    const exact = byHost.get(host);
    if (exact) return { id: exact, step: `host ${host} is listed for ${exact}` };
    // `orders.shop.svc.cluster.local` is the service `orders` of its cluster.
    const service = /^([a-z0-9-]+)\.[a-z0-9-]+\.svc(?:\.cluster\.local)?$/.exec(host)?.[1];
    const short = service === undefined ? undefined : byHost.get(service);
    if (short) return { id: short, step: `host ${host} is the service of ${short}` };
    const named = names.find(host);
    if (named) return { id: named, step: `host ${host} is the name of ${named}` };
    if (!ipaddr.isValid(host)) return undefined;
    const address = ipaddr.process(host);
    const range = ranges.find(
      ({ network: [network, bits] }) =>
        address.kind() === network.kind() && address.match([network, bits] as never),
    );
    return range
      ? { id: range.id, step: `${host} lies in ${range.text} of ${range.id}` }
      : undefined;
  };

  /** By the other names that a hosts file gives an address, if they agree. */
  const resolveNamed = (address: string): { id: string; step: string } | undefined => {
    const hits = (hostNames.get(address) ?? []).flatMap((name) => {
      const hit = resolveHost(name);
      return hit ? [{ ...hit, step: `${address} is called ${name}, ${hit.step}` }] : [];
    });
    const [first] = hits;
    return first && oneOf([...new Set(hits.map(({ id }) => id))], systems) ? first : undefined;
  };

  const resolveAlias = (texts: readonly string[]): { id: string; step: string } | undefined => {
    for (const { pattern, system, matches } of matchers) {
      const text = texts.find((candidate) => matches(candidate.toLowerCase()));
      const id = names.find(system);
      if (text !== undefined && id) return { id, step: `alias "${pattern}" stands for ${id}` };
    }
    return undefined;
  };

  const resolveName = (reference: Extract<Reference, { kind: 'system' }>): Resolution => {
    const { value } = reference;
    const alias = resolveAlias([value]);
    if (alias) return found(alias.id, [alias.step]);
    const id = names.find(value) ?? byHost.get(value.toLowerCase());
    if (id) return found(id, [`"${value}" is ${id}`]);
    const other = reference.names?.find((name) => names.find(name) !== undefined);
    const known = other === undefined ? undefined : names.find(other);
    return known ? found(known, [`"${value}" is ${other}, which is ${known}`]) : unresolved(value);
  };

  const resolve = (reference: Reference): Resolution => {
    switch (reference.kind) {
      case 'system':
        return resolveName(reference);
      case 'address': {
        const hit = resolveAlias([reference.host, reference.value]) ?? resolveHost(reference.host);
        if (hit) return found(hit.id, [hit.step], reference.path);
        const own = reference.name === undefined ? undefined : names.find(reference.name);
        if (own) return found(own, [`it calls itself "${reference.name}", which is ${own}`]);
        const named = resolveNamed(reference.host);
        if (named) return found(named.id, [named.step], reference.path);
        const target = standIns.get(foldName(reference.host))?.target;
        // A TNS alias or an entry of an ssh configuration is written where a host could be.
        if (target?.kind !== 'address' || target.host === reference.host)
          return unresolved(reference.host);
        const inner = resolveHost(target.host) ?? resolveNamed(target.host);
        return inner
          ? found(inner.id, [`${reference.host} stands for ${target.host}`, inner.step])
          : unresolved(target.host);
      }
      case 'alias': {
        const target = standIns.get(foldName(reference.value))?.target;
        const alias = resolveAlias([reference.value]);
        if (alias) return found(alias.id, [alias.step]);
        if (!target) return unresolved(reference.value);
        const inner = resolve(target);
        return {
          ...inner,
          steps: [`${reference.value} stands for ${formatReference(target)}`, ...inner.steps],
        };
      }
      case 'expression': {
        const alias = resolveAlias([reference.value]);
        return alias
          ? found(alias.id, [alias.step])
          : { kind: 'unresolved', steps: ['its value could not be found'] };
      }
      case 'topic':
      case 'code':
        return { kind: 'unresolved', steps: [] };
    }
  };

  const unresolved = (text: string): Resolution => {
    const label = text.split('.')[0] ?? text;
    const near = names.find(label) ?? names.folded.get(nearest(foldName(label), candidates) ?? '');
    return {
      kind: 'unresolved',
      steps: [`no system has the name, alias or host ${text}`],
      ...(near === undefined || ipaddr.isValid(text) ? {} : { suggestion: near }),
    };
  };

  return {
    resolve,
    isCounted: (id) => systems.get(id)?.counted ?? false,
    hasCode: (id) => isCounted(systems.get(id)?.kind ?? 'unknown'),
    conflicts,
  };
}

/** A name and what it stands for. */
type StandIn = Pick<AddressEvidence, 'name' | 'target'>;

/** What a name of another file stands for. A name that two places give different addresses is none. */
function indexStandIns(evidence: readonly Evidence[]): ReadonlyMap<string, StandIn> {
  const found = groupBy(
    evidence.filter((item): item is AddressEvidence => item.kind === 'address'),
    ({ name }) => foldName(name),
  );
  return new Map(
    [...found].flatMap(([name, items]) => {
      const [first] = items;
      const targets = new Set(items.map(({ target }) => formatReference(target)));
      return first && targets.size === 1 ? [[name, first] as const] : [];
    }),
  );
}

/** One address has a handful of names; lists of blocked sites give it thousands. */
const mostHostNames = 50;

/** The names that hosts files give an address: those that stand for it without port or path. */
function indexHostNames(
  standIns: ReadonlyMap<string, StandIn>,
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const { name, target } of standIns.values()) {
    if (target.kind !== 'address' || target.port !== undefined || target.path) continue;
    if (!ipaddr.isValid(target.host)) continue;
    const known = index.get(target.host) ?? [];
    index.set(target.host, known);
    if (known.length < mostHostNames) known.push(name.toLowerCase());
  }
  for (const known of index.values()) known.sort();
  return index;
}

/** The application that a database, host or store belongs to. */
function rollUp(id: string, systems: ReadonlyMap<string, System>): string {
  let current = id;
  for (let guard = 0; guard < 10; guard++) {
    const system = systems.get(current);
    if (
      !system ||
      system.counted ||
      isIntermediary(system.kind) ||
      !system.partOf ||
      !systems.has(system.partOf)
    )
      break;
    current = system.partOf;
  }
  return current;
}

/** Finds a system by a name: as it is written, case aside, then without separators. */
interface NameIndex {
  find(name: string): string | undefined;
  /** Every folded name, for suggestions. */
  readonly folded: ReadonlyMap<string, string>;
}

/** Ids before names before aliases; a name that two systems claim is a conflict and stands for none. */
function indexNames(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  conflicts: Conflict[],
): NameIndex {
  const written = claimNames(all, systems, spellName, (level, name, ids, taken) => {
    // An id is given by whoever keeps the inventory, so it stays; an equal name of another does not.
    const outcome = taken === undefined ? 'so it stands for neither' : `so it stands for ${taken}`;
    conflicts.push({
      subject: ids[0] ?? name,
      kind: 'name',
      message: `The ${level} "${name}" is claimed by ${ids.join(' and ')}, ${outcome}.`,
      origins: ids.flatMap((id) => systems.get(id)?.origins ?? []),
    });
  });
  // Names that differ only in separators are told apart as they are written; folded they say nothing.
  const folded = claimNames(all, systems, foldName, () => {});
  return { find: (name) => written.get(spellName(name)) ?? folded.get(foldName(name)), folded };
}

function spellName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

const nameLevels: readonly (readonly [string, (system: System) => readonly string[]])[] = [
  ['id', ({ id }) => [id]],
  ['name', ({ name }) => [name]],
  ['alias', ({ aliases }) => aliases],
];

function claimNames(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  toKey: (name: string) => string,
  report: (level: string, name: string, ids: readonly string[], taken: string | undefined) => void,
): Map<string, string> {
  const index = new Map<string, string>();
  const disputed = new Set<string>();
  for (const [level, read] of nameLevels) {
    const claims = groupBy(
      all.flatMap((system) => read(system).map((name) => ({ name, id: system.id }))),
      ({ name }) => toKey(name),
    );
    for (const [key, claimants] of claims) {
      if (key === '' || disputed.has(key)) continue;
      const taken = index.get(key);
      const ids = [...new Set([...(taken ? [taken] : []), ...claimants.map(({ id }) => id)])];
      const only = oneOf(ids, systems);
      if (only === undefined) {
        report(level, claimants[0]?.name ?? key, ids, taken);
        if (taken === undefined) disputed.add(key);
      } else if (taken === undefined) index.set(key, only);
    }
  }
  return index;
}

function indexHosts(
  all: readonly System[],
  systems: ReadonlyMap<string, System>,
  conflicts: Conflict[],
): Map<string, string> {
  const index = new Map<string, string>();
  const claims = groupBy(
    all.flatMap((system) => system.hosts.map((host) => ({ host: toHost(host), system }))),
    ({ host }) => host,
  );
  for (const [host, claimants] of claims) {
    const ids = claimants.map(({ system }) => system.id);
    const only = oneOf(ids, systems);
    if (only) index.set(host, only);
    else {
      conflicts.push({
        subject: ids[0] ?? host,
        kind: 'host',
        message: `The host ${host} is claimed by ${ids.join(' and ')}, so it stands for neither.`,
        origins: claimants.flatMap(({ system }) => system.origins),
      });
    }
  }
  return index;
}

/** The one claimant, or the one that all claimants are part of. */
function oneOf(ids: readonly string[], systems: ReadonlyMap<string, System>): string | undefined {
  if (ids.length === 1) return ids[0];
  const wholes = new Set(ids.map((id) => rollUp(id, systems)));
  return wholes.size === 1 ? [...wholes][0] : undefined;
}

/** Inventories write hosts as URLs and with ports too. */
function toHost(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^([^/:[\]]+):\d+$/, '$1')
    .replace(/\/(?!\d+$).*$/, '');
}

function indexRanges(
  all: readonly System[],
): { network: [ipaddr.IPv4 | ipaddr.IPv6, number]; text: string; id: string }[] {
  return all
    .flatMap(({ id, hosts }) =>
      hosts
        .filter((host) => ipaddr.isValidCIDR(host))
        .map((text) => ({ network: ipaddr.parseCIDR(text), text, id })),
    )
    .sort((a, b) => b.network[1] - a.network[1]);
}

function indexRoutes(
  evidence: readonly Evidence[],
  names: NameIndex,
): Map<string, { prefix: string; system: string }[]> {
  const routes = evidence.filter((item): item is RouteEvidence => item.kind === 'route');
  const byIntermediary = groupBy(routes, (route) => names.find(route.intermediary ?? '') ?? '');
  return new Map(
    [...byIntermediary].map(([id, group]) => [
      id,
      group
        .map(({ prefix, system }) => ({ prefix: prefix.replace(/\/$/, ''), system }))
        .sort((a, b) => b.prefix.length - a.prefix.length),
    ]),
  );
}
