import { groupBy } from '../../../order.ts';
import { readEnvironment } from '../../../vocabulary/environment-words.ts';
import { isSelected } from '../settings/join-services.ts';
import { foldKey, type Setting } from '../settings/setting.ts';
import type { FoundService } from './found-service.ts';
import { imageOf } from './same-image.ts';

/**
 * Tells workloads of one name apart that stand in several namespaces of Kubernetes. `orders` and
 * `billing` may each have an `api` or a `redis`: these are two systems, `orders-api` and
 * `billing-api`. `prod` and `staging`, or one image in two namespaces, are one system.
 */
export function separateNamespaces(services: readonly FoundService[]): FoundService[] {
  const apart = new Set(
    [...groupBy(services.filter(isWorkload), ({ name }) => foldKey(name)).values()]
      .filter(areSeveral)
      .flat(),
  );
  if (apart.size === 0) return [...services];
  const isApart = (service: FoundService): boolean =>
    apart.has(service) ||
    (!isWorkload(service) && [...apart].some((each) => isSelected(each, service)));
  /** Namespace → the names that mean something else in another one. */
  const local = new Map<string, Set<string>>();
  for (const service of services.filter(isApart))
    for (const host of service.hosts.filter(isPlain))
      if (service.namespace !== undefined)
        local.set(service.namespace, (local.get(service.namespace) ?? new Set()).add(host));
  return services.map((service) => {
    const { namespace, name, hosts, settings } = service;
    if (namespace === undefined) return service;
    const named = isApart(service)
      ? {
          name: isWorkload(service) ? `${ownNamespace(namespace)}-${name}` : name,
          hosts: [...new Set(hosts.flatMap((host) => inNamespace(host, namespace)))],
        }
      : {};
    const known = local.get(namespace);
    return {
      ...service,
      ...named,
      ...(known ? { settings: settings.map((each) => aim(each, known, namespace)) } : {}),
    };
  });
}

function isWorkload({ selector }: FoundService): boolean {
  return selector === undefined;
}

/** Whether workloads of one name are not one system; where an image is not known, nothing tells. */
function areSeveral(group: readonly FoundService[]): boolean {
  const byNamespace = [
    ...groupBy(group, ({ namespace }) => ownNamespace(namespace ?? '')).entries(),
  ];
  if (byNamespace.length < 2 || byNamespace.some(([namespace]) => namespace === '')) return false;
  const seen = new Set<string>();
  for (const [, own] of byNamespace) {
    const images = new Set(own.map((service) => programOf(service)));
    for (const image of images) {
      if (image === undefined || seen.has(image)) return false;
      if (image !== product) seen.add(image);
    }
  }
  return true;
}

/** Stands for any image of a database, a broker or the like: two that run it share nothing. */
const product = '';

/** The image without the registry that it comes from, which may differ by environment. */
function programOf(service: FoundService): string | undefined {
  return service.kind === undefined ? imageOf(service)?.replace(/^[^/]*[.:][^/]*\//, '') : product;
}

/** A namespace without the words for an environment: `orders` of `orders-prod`, nothing of `prod`. */
function ownNamespace(namespace: string): string {
  return namespace
    .split(/[-_.]/)
    .filter((word) => readEnvironment(word) === undefined)
    .join('-');
}

function isPlain(host: string): boolean {
  return !host.includes('.');
}

function inNamespace(host: string, namespace: string): string[] {
  return isPlain(host)
    ? ['', '.svc', '.svc.cluster.local'].map((end) => `${host}.${namespace}${end}`)
    : [host];
}

/** A setting whose address means the neighbour in its own namespace. */
function aim(setting: Setting, names: ReadonlySet<string>, namespace: string): Setting {
  const value = setting.value.replace(
    /(^|:\/\/|@|,)([A-Za-z0-9-]{1,63})(?=:\d|,|$|\/)/g,
    (whole, before: string, host: string) =>
      names.has(host) ? `${before}${host}.${namespace}` : whole,
  );
  return value === setting.value ? setting : { ...setting, value };
}
