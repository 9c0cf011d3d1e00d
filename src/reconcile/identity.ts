import { nearest } from '../errors.ts';
import type { Evidence, Origin, Reference, RouteEvidence } from '../evidence.ts';
import { formatReference } from '../evidence.ts';
import type { Conflict, System } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { isCounted, isIntermediary } from '../vocabulary.ts';
import { indexAliases } from './alias-index.ts';
import { indexHosts, isAddress } from './host-index.ts';
import { type Hit, toHostRules } from './host-rules.ts';
import { indexNames, type NameIndex } from './name-index.ts';
import { foldName } from './names.ts';
import type { NamingPattern } from './naming.ts';
import { oneOf, rollUp } from './part-of.ts';
import { indexStandIns } from './stand-ins.ts';

/** What a reference came to. `steps` tells how, for people who ask. */
export type Resolution =
  | {
      readonly kind: 'system';
      readonly id: string;
      /** As the reference reveals it, where that is not `prod`. */
      readonly environment?: string;
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

/** What the configuration and well-known services add to what sources say. */
export interface IdentityOptions {
  readonly aliases: readonly Alias[];
  readonly naming: readonly NamingPattern[];
  /** Hosts of well-known services, and what those are called. */
  readonly learned: ReadonlyMap<string, string>;
}

/**
 * Finds the system behind a reference, the most specific rule first: alias → exact host or name →
 * service of a cluster → the same in another environment → domain → address range → naming pattern →
 * what other files call it → unresolved. Well-known services are hosts of a system by then.
 */
export interface Identity {
  resolve(reference: Reference): Resolution;
  /** Whether the system counts as one of its own. */
  isCounted(id: string): boolean;
  /** Whether code can be a system's: an application's or a monitoring product's, never a store's. */
  hasCode(id: string): boolean;
  /** The contradictions among names and hosts; those of other files only where a reference met one. */
  listConflicts(): Conflict[];
}

/** Builds the index of all names and addresses. */
export function buildIdentity(
  systems: ReadonlyMap<string, System>,
  evidence: readonly Evidence[],
  { aliases = [], naming = [], learned = new Map() }: Partial<IdentityOptions>,
): Identity {
  const conflicts: Conflict[] = [];
  const met = new Map<string, Conflict>();
  const all = [...systems.values()];
  const names = indexNames(all, systems, conflicts);
  const hosts = indexHosts(all, systems, conflicts);
  const rules = toHostRules(hosts, names, naming, learned);
  const standIns = indexStandIns(evidence);
  const routes = indexRoutes(evidence, names);
  const findAlias = indexAliases(aliases, names.find);
  const candidates = [...names.folded.keys()];

  const found = ({ id, step, environment }: Hit, path?: string): Resolution => {
    const steps = [step];
    const revealed = environment === undefined ? {} : { environment };
    const system = systems.get(id);
    if (path && system && (isIntermediary(system.kind) || system.kind === 'proxy')) {
      const route = routes
        .get(id)
        ?.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
      const behind = route
        ? (names.find(route.system) ?? rules.host(route.system.toLowerCase())?.id)
        : undefined;
      if (route && behind) {
        return {
          kind: 'system',
          id: rollUp(behind, systems),
          ...revealed,
          via: system.kind === 'proxy' ? [] : [id],
          steps: [...steps, `path ${route.prefix} of ${id} leads to ${behind}`],
        };
      }
    }
    const whole = rollUp(id, systems);
    return {
      kind: 'system',
      id: whole,
      ...revealed,
      via: [],
      steps: whole === id ? steps : [...steps, `${id} is part of ${whole}`],
    };
  };

  const meet = (subject: string, message: string, origins: readonly Origin[]): void => {
    met.set(message, { subject, kind: 'host', message, origins });
  };

  /** By the other names that a hosts file gives an address, if they agree. */
  const resolveNamed = (address: string): Hit | undefined => {
    const hits = standIns.namesOf(address).flatMap(({ name, origin }) => {
      const hit = rules.host(name);
      return hit
        ? [{ ...hit, name, origin, step: `${address} is called ${name}, ${hit.step}` }]
        : [];
    });
    const [first] = hits;
    if (!first) return undefined;
    const ids = [...new Set(hits.map(({ id }) => id))];
    if (oneOf(ids, systems)) return first;
    const told = hits.map(({ name, id }) => `${name} of ${id}`).join(' and ');
    meet(
      ids[0] ?? address,
      `The address ${address} is called ${told}, so it stands for neither.`,
      hits.map(({ origin }) => origin),
    );
    return undefined;
  };

  const resolveAlias = (texts: readonly string[]): Hit | undefined => {
    const hit = findAlias(texts);
    return hit && { id: hit.id, step: `alias "${hit.pattern}" stands for ${hit.id}` };
  };

  const resolveName = (reference: Extract<Reference, { kind: 'system' }>): Resolution => {
    const { value } = reference;
    const alias = resolveAlias([value]);
    if (alias) return found(alias);
    const id = names.find(value) ?? hosts.exact(value.toLowerCase());
    if (id) return found({ id, step: `"${value}" is ${id}` });
    const other = reference.names?.find((name) => names.find(name) !== undefined);
    const known = other === undefined ? undefined : names.find(other);
    if (known) return found({ id: known, step: `"${value}" is ${other}, which is ${known}` });
    const meant = rules.nameInEnvironment(value);
    return meant ? found(meant) : unresolved(value);
  };

  const resolveAddress = (reference: Extract<Reference, { kind: 'address' }>): Resolution => {
    const { host, name, path } = reference;
    const hit = resolveAlias([host, reference.value]) ?? rules.host(host);
    if (hit) return found(hit, path);
    if (name !== undefined) {
      const own = names.find(name);
      const meant =
        own === undefined
          ? rules.nameInEnvironment(name)
          : { id: own, step: `it calls itself "${name}", which is ${own}` };
      if (meant) return found(meant);
    }
    const named = resolveNamed(host);
    if (named) return found(named, path);
    // A TNS alias or an entry of an ssh configuration is written where a host could be.
    const target = findTarget(host);
    if (target?.kind !== 'address' || target.host === host) return unresolved(host);
    const inner = rules.host(target.host) ?? resolveNamed(target.host);
    return inner ? standing(host, target.host, found(inner)) : unresolved(target.host);
  };

  const standing = (name: string, target: string, inner: Resolution): Resolution => ({
    ...inner,
    steps: [`${name} stands for ${target}`, ...inner.steps],
  });

  /** What another file says a name stands for; two that differ are a contradiction. */
  const findTarget = (name: string): Reference | undefined => {
    const disputed = standIns.disputed(name);
    if (disputed) {
      const targets = disputed.targets.slice(0, 5).join(' and ');
      meet(
        name,
        `The name ${name} stands for ${targets}, so it stands for none.`,
        disputed.origins,
      );
    }
    return standIns.target(name);
  };

  const resolve = (reference: Reference): Resolution => {
    switch (reference.kind) {
      case 'system':
        return resolveName(reference);
      case 'address':
        return resolveAddress(reference);
      case 'alias': {
        const alias = resolveAlias([reference.value]);
        if (alias) return found(alias);
        const target = findTarget(reference.value);
        if (!target) return unresolved(reference.value);
        return standing(reference.value, formatReference(target), resolve(target));
      }
      case 'expression': {
        const alias = resolveAlias([reference.value]);
        return alias
          ? found(alias)
          : { kind: 'unresolved', steps: ['its value could not be found'] };
      }
      case 'topic':
      case 'code':
        return { kind: 'unresolved', steps: [] };
    }
  };

  const suggested = new Map<string, string | undefined>();
  /** A name is compared with all others only once: thousands of scripts lie in folders of one name. */
  const suggest = (text: string): string | undefined => {
    if (isAddress(text)) return undefined;
    const label = text.split('.')[0] ?? text;
    if (!suggested.has(label))
      suggested.set(
        label,
        names.find(label) ?? names.folded.get(nearest(foldName(label), candidates) ?? ''),
      );
    return suggested.get(label);
  };

  const unresolved = (text: string): Resolution => {
    const miss = rules.explainMiss(text);
    const near = suggest(miss?.name ?? text);
    return {
      kind: 'unresolved',
      steps: [miss?.step ?? `no system has the name, alias or host ${text}`],
      ...(near === undefined ? {} : { suggestion: near }),
    };
  };

  return {
    resolve,
    isCounted: (id) => systems.get(id)?.counted ?? false,
    hasCode: (id) => isCounted(systems.get(id)?.kind ?? 'unknown'),
    listConflicts: () => [...conflicts, ...met.values()],
  };
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
