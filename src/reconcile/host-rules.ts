import { readEnvironment } from '../vocabulary/environment-words.ts';
import { findInEnvironment, splitEnvironment } from './environments.ts';
import { type HostIndex, isAddress, readService } from './host-index.ts';
import type { NameIndex } from './name-index.ts';
import { type NamingPattern, toNamingReader } from './naming.ts';

/** The system behind a name or host, in which environment, and the sentence that tells why. */
export interface Hit {
  readonly id: string;
  /** Where it is not `prod`. */
  readonly environment?: string;
  readonly step: string;
}

/** Finds systems by names and hosts alone; nothing here looks at paths or other files. */
export interface HostRules {
  /** By the rules for hosts, the most specific first. */
  host(host: string): Hit | undefined;
  /** A name with the word for its environment left out. */
  nameInEnvironment(name: string): Hit | undefined;
  /** Why a host that looks known is not, where a rule came near. */
  explainMiss(host: string): { readonly step: string; readonly name?: string } | undefined;
}

/**
 * The rules for hosts: exact host → name → service of a cluster → any of these with the word for an
 * environment left out → domain → address range → naming pattern.
 * @param learned hosts of well-known services, and what those are called
 */
export function toHostRules(
  hosts: HostIndex,
  names: NameIndex,
  naming: readonly NamingPattern[],
  learned: ReadonlyMap<string, string>,
): HostRules {
  const readNaming = toNamingReader(naming);
  const isName = (word: string): boolean => names.find(word) !== undefined;
  const known = new Map<string, Hit | undefined>();

  const byItself = (host: string): Hit | undefined => {
    const exact = hosts.exact(host);
    if (exact !== undefined) {
      const service = learned.get(host);
      const step =
        service === undefined
          ? `host ${host} is listed for ${exact}`
          : `host ${host} belongs to the well-known service ${service}`;
      return { id: exact, step };
    }
    const named = names.find(host);
    if (named !== undefined) return { id: named, step: `host ${host} is the name of ${named}` };
    return isAddress(host) ? undefined : byService(host);
  };

  const byService = (host: string): Hit | undefined => {
    const service = readService(host);
    if (!service) return byShortService(host);
    const { name, namespace } = service;
    const found = hosts.service(name, namespace);
    if (found !== undefined && found !== 'elsewhere')
      return { id: found, step: `host ${host} is the service ${name} of ${found}` };
    const environments = [
      ...(isName(namespace) ? [] : [{ rest: '', environment: readEnvironment(namespace) }]),
      ...splitEnvironment(namespace, isName),
    ];
    for (const { rest, environment } of environments) {
      const id =
        found === undefined
          ? hosts.exact(name)
          : hosts.service(name, rest === '' ? undefined : rest);
      if (environment === undefined || id === undefined || id === 'elsewhere') continue;
      const step = `host ${host} is the service of ${id} in the environment ${environment}`;
      return { id, step, ...(environment === 'prod' ? {} : { environment }) };
    }
    // Where no namespace is known, a service is one thing in all of them.
    const short = found === undefined ? hosts.exact(name) : undefined;
    return short === undefined
      ? undefined
      : { id: short, step: `host ${host} is the service of ${short}` };
  };

  /** `orders.shop` where that namespace is known, and `orders` where one alone has such a service. */
  const byShortService = (host: string): Hit | undefined => {
    const [name = '', namespace, ...others] = host.split('.');
    const id = others.length > 0 ? undefined : hosts.service(name, namespace);
    return id === undefined || id === 'elsewhere'
      ? undefined
      : { id, step: `host ${host} is the service ${name} of ${id}` };
  };

  const inEnvironment = (
    name: string,
    find: (rest: string) => string | undefined,
  ): Hit | undefined => {
    const found = findInEnvironment(name, isName, find);
    if (!found) return undefined;
    const { id, rest, environment } = found;
    const step = `${name} is ${rest} of ${id} in the environment ${environment}`;
    return { id, step, ...(environment === 'prod' ? {} : { environment }) };
  };

  const byDomain = (host: string): Hit | undefined | 'disputed' => {
    const found = hosts.domain(host);
    if (found === undefined || found === 'disputed') return found;
    const { id, step, domain } = found;
    const base = domain.slice(1);
    const split = splitEnvironment(host, isName).find(
      ({ rest, environment }) => environment !== 'prod' && `.${rest}`.endsWith(base),
    );
    return split === undefined
      ? { id, step }
      : {
          id,
          step: `${step}, in the environment ${split.environment}`,
          environment: split.environment,
        };
  };

  const byNaming = (host: string): Hit | undefined => {
    for (const { pattern, system, environment } of readNaming(host)) {
      const id = names.find(system);
      if (id === undefined) continue;
      const where = environment === 'prod' ? '' : ` in the environment ${environment}`;
      return {
        id,
        step: `host ${host} is ${id}${where} by the naming pattern "${pattern}"`,
        ...(environment === 'prod' ? {} : { environment }),
      };
    }
    return undefined;
  };

  const find = (host: string): Hit | undefined => {
    const exact = byItself(host);
    if (exact) return exact;
    if (isAddress(host)) {
      const range = hosts.range(host);
      return range === 'disputed' ? undefined : range;
    }
    const meant = inEnvironment(host, (rest) => byItself(rest)?.id);
    if (meant) return meant;
    const domain = byDomain(host);
    if (domain !== undefined) return domain === 'disputed' ? undefined : domain;
    return byNaming(host);
  };

  return {
    host: (host) => {
      if (!known.has(host)) known.set(host, find(host));
      return known.get(host);
    },
    nameInEnvironment: (name) => inEnvironment(name, (rest) => names.find(rest)),
    explainMiss: (host) => {
      const service = readService(host);
      if (service && hosts.service(service.name, service.namespace) === 'elsewhere')
        return {
          step: `the service ${service.name} is known in other namespaces, and none in ${service.namespace}`,
          ...service,
        };
      const [named] = isAddress(host) ? [] : readNaming(host);
      return named === undefined
        ? undefined
        : {
            step: `the naming pattern "${named.pattern}" reads the system "${named.system}" in ${host}, and none has that name`,
            name: named.system,
          };
    },
  };
}
