import { toHostRule } from './host-rule.ts';
import { type FindRoutes, toNginxFinder } from './nginx-order.ts';
import { cleanHost, toPort } from './proxy-address.ts';
import type {
  ProxyConfig,
  ProxyKind,
  ProxyRoute,
  ProxyService,
  ProxySite,
} from './proxy-config.ts';
import { type Call, collectFits, testRoute } from './route-test.ts';

/**
 * Finds the route that a call takes. The host may have a port; `''` or `-` is a host not known.
 * The path may have a query or be a whole URL.
 */
export type RouteMatcher = (host: string, path: string, method?: string) => ProxyRoute | undefined;

/** A site that is ready to be asked. */
interface OpenSite {
  readonly site: ProxySite;
  readonly hosts: readonly ReturnType<typeof toHostRule>[];
  readonly find: FindRoutes;
  readonly hasServices: boolean;
}

/**
 * Builds the matcher of one or more proxies, each with its own precedence. Where what the log does
 * not show (host, headers, port) decides between routes that lead to different places, none is
 * returned: a callee is found or stays unknown, but is never guessed.
 */
export function toRouteMatcher(configs: readonly ProxyConfig[]): RouteMatcher {
  const proxies = configs.map(({ kind, sites }) => ({
    kind,
    sites: sites.map((site) => openSite(site, kind)),
  }));
  return (written, target, method) => {
    const { authority, path } = splitTarget(target);
    const asked = written === '' || written === '-' ? authority : written;
    const host = cleanHost(asked);
    const port = toPort(/:(\d{1,5})$/.exec(asked)?.[1]);
    const call: Call = { host, path, method: method?.toUpperCase() };
    return agree(
      proxies.flatMap(({ kind, sites }) =>
        chooseSites(sites, kind, host, port).map(({ find }) => find(call)),
      ),
    );
  };
}

/** Finds what a service, upstream or backend name of a log stands for; undefined if several differ. */
export function toServiceFinder(
  configs: readonly ProxyConfig[],
): (name: string) => ProxyService | undefined {
  const services = new Map<string, ProxyService | undefined>();
  for (const service of configs.flatMap((config) => config.services)) {
    for (const name of new Set([service.name, ...(service.ids ?? [])])) {
      const known = services.get(name);
      const isSame = !services.has(name) || known?.targets.join() === service.targets.join();
      services.set(name, isSame ? (known ?? service) : undefined);
    }
  }
  return (name) => {
    // Traefik logs `Orders@docker`, and its labels know no case.
    const plain = name.replace(/@[a-z]{1,40}$/, '');
    return services.get(name) ?? services.get(plain) ?? services.get(plain.toLowerCase());
  };
}

function openSite(site: ProxySite, kind: ProxyKind): OpenSite {
  return {
    site,
    hosts: site.hosts.map(toHostRule),
    find: toFinder(site.routes, kind),
    hasServices: site.routes.some(reachesService),
  };
}

function reachesService({ leadsTo, inner }: ProxyRoute): boolean {
  return leadsTo !== 'itself' || (inner?.some(reachesService) ?? false);
}

function toFinder(routes: readonly ProxyRoute[], kind: ProxyKind): FindRoutes {
  if (kind === 'nginx') return toNginxFinder(routes);
  // Envoy, HAProxy and Apache go by the order of their files.
  const ordered =
    kind === 'kong' || kind === 'traefik'
      ? [...routes].sort(
          (a, b) =>
            (b.priority ?? 0) - (a.priority ?? 0) ||
            (b.pattern ?? b.prefix).length - (a.pattern ?? a.prefix).length,
        )
      : routes;
  const tests = ordered.map((route) => testRoute(route, kind));
  return (call) => collectFits(tests, call);
}

/** The path of a request's target, and the host where it names one. */
function splitTarget(target: string): { authority: string; path: string } {
  const match = /^[a-z]{1,10}:\/\/([^/?#\s]{1,255})/i.exec(target);
  const rest = match ? target.slice(match[0].length) : target;
  const path = rest.replace(/[?#].*$/s, '');
  return { authority: match?.[1]?.replace(/^.*@/, '') ?? '', path: path === '' ? '/' : path };
}

/** The sites that may have answered: on each port, the one that the product chooses by the host. */
function chooseSites(
  sites: readonly OpenSite[],
  kind: ProxyKind,
  host: string,
  port: number | undefined,
): readonly OpenSite[] {
  const onPort = port === undefined ? [] : sites.filter(({ site }) => site.ports.includes(port));
  const open = onPort.length > 0 ? onPort : sites;
  const ports = onPort.length > 0 ? [port ?? 0] : undefined;
  const chosen = host === '' ? open : chooseByHost(open, kind, host, ports);
  // A site that only redirects to the one with the services is no second opinion.
  const serving = chosen.filter(({ hasServices }) => hasServices);
  return serving.length > 0 ? serving : chosen;
}

function chooseByHost(
  sites: readonly OpenSite[],
  kind: ProxyKind,
  host: string,
  asked: readonly number[] | undefined,
): OpenSite[] {
  const ranks = sites.map((open) => rankOf(open, host));
  const ports = new Set(
    asked ?? sites.flatMap(({ site }) => (site.ports.length === 0 ? [0] : site.ports)),
  );
  const chosen = new Set<OpenSite>();
  for (const port of ports) {
    let best: OpenSite | undefined;
    let bestRank = -1;
    for (const [index, open] of sites.entries()) {
      const rank = ranks[index] ?? -1;
      const listens = port === 0 ? open.site.ports.length === 0 : open.site.ports.includes(port);
      if (!listens || rank < 0) continue;
      // Frontends have no hosts: each on a port may be the one, for their addresses are not in the log.
      if (open.site.hosts.length === 0) chosen.add(open);
      // Apache takes the first that fits.
      if (kind === 'apache' ? !best : rank > bestRank) {
        best = open;
        bestRank = rank;
      }
    }
    best ??= sites.find(({ site }) => site.isDefault && (port === 0 || site.ports.includes(port)));
    if (best) chosen.add(best);
  }
  return sites.filter((open) => chosen.has(open));
}

/** How closely a site names a host: -1 not at all. */
function rankOf({ site, hosts }: OpenSite, host: string): number {
  if (site.hosts.length === 0) return 0;
  let best = -1;
  for (const rule of hosts) if (rule?.fits(host)) best = Math.max(best, rule.rank);
  return best;
}

/** The route that all candidates agree on. */
function agree(candidates: readonly (readonly ProxyRoute[])[]): ProxyRoute | undefined {
  const routes = candidates.flatMap((found) => [...found].reverse());
  const [first] = routes;
  return first && routes.every((route) => destinationOf(route) === destinationOf(first))
    ? first
    : undefined;
}

/** Two routes to other paths or by other schemes of one service lead to the same place. */
function destinationOf({ leadsTo, service, targets }: ProxyRoute): string {
  return [leadsTo, ...(service === undefined ? targets.map(authorityOf) : [service])].join(
    '\u0000',
  );
}

function authorityOf(target: string): string {
  return /^[a-z][a-z0-9+.-]{0,40}:\/\/([^/?#]*)/i.exec(target)?.[1] ?? target;
}
