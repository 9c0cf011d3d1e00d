import {
  type Reference,
  toAddressReference,
  toExpression,
  toSystemReference,
} from '../../evidence.ts';
import { type RouteMatcher, toRouteMatcher, toServiceFinder } from './proxies/find-route.ts';
import type { ProxyConfig, ProxyRoute } from './proxies/proxy-config.ts';
import type { Called } from './traffic/merge-calls.ts';
import { newTemplateSpace, writeTemplate } from './traffic/route-template.ts';

/** What was called; without a reference, the gateway answered itself. */
export interface Callee {
  /** Names it to people. */
  readonly id: string;
  readonly reference: Reference | undefined;
  /** Whether the configuration says so, of the source or of the proxy. */
  readonly isMapped: boolean;
  /** Which proxy of a mesh wrote the line: the caller's, or the callee's. */
  readonly side?: 'caller' | 'callee';
}

/** Tells callees apart: a name that a line has may be that of a system that a route leads to. */
export function identityOf({ id, isMapped }: Callee): string {
  return isMapped ? `${id} (mapped)` : id;
}

/** Finds what was called, by what a line names. */
export interface CalleeFinder {
  find(called: Called): Callee;
  /** Whether the host may decide, even where a line names the service. */
  readonly byHost: boolean;
  /** How many leading segments of a path may decide. */
  readonly literalSegments: number;
}

/** A route of the source: host and path prefix, each '' for any, or a name → system. */
interface Route {
  readonly key: string;
  readonly host: string;
  readonly prefix: string;
  readonly system: string;
}

/**
 * Builds the finder of a source. What the source maps counts first, then the name that the line has,
 * then the proxy's own routes, and last the host that was asked for.
 * @param routes path prefix, host, host and path prefix, or name of a service → system
 */
export function toCalleeFinder(
  routes: Readonly<Record<string, string>>,
  configs: readonly ProxyConfig[],
  intermediary: string | undefined,
): CalleeFinder {
  const given = Object.entries(routes).map(([key, system]) => toRoute(key, system));
  const byName = new Map(given.map(({ key, system }) => [key.toLowerCase(), system]));
  const byPath = given
    .filter(({ prefix }) => prefix !== '')
    .sort((a, b) => b.prefix.length - a.prefix.length || b.host.length - a.host.length);
  const matchRoute = toRouteMatcher(configs);
  const findService = toServiceFinder(configs);
  const gateway = intermediary ?? 'gateway';

  const mapped = ({ name, host, template }: Called): string | undefined => {
    const asked = withoutPort(host);
    const route = byPath.find(
      (candidate) =>
        (candidate.host === '' || candidate.host === asked) && isBelow(template, candidate.prefix),
    );
    return route?.system ?? byName.get(name.toLowerCase()) ?? byName.get(asked);
  };

  return {
    find(called) {
      const system = mapped(called);
      if (system !== undefined)
        return { id: system, reference: toSystemReference(system), isMapped: true };
      const named = called.name === '' ? undefined : fromName(called, findService);
      return named ?? fromRoute(called, matchRoute) ?? fromRequest(called, gateway);
    },
    byHost:
      given.some(({ host, key }) => host !== '' || !key.startsWith('/')) ||
      configs.some(({ sites }) => sites.length > 0),
    literalSegments: Math.max(
      0,
      ...[...given.map(({ prefix }) => prefix), ...configs.flatMap(prefixesOf)].map(
        literalSegments,
      ),
    ),
  };
}

function toRoute(key: string, system: string): Route {
  const slash = key.indexOf('/');
  return {
    key,
    system,
    host: slash < 0 ? '' : key.slice(0, slash).toLowerCase(),
    prefix: slash < 0 ? '' : key.slice(slash).replace(/\/$/, '') || '/',
  };
}

/** The service, upstream or cluster that the line names. */
function fromName(
  { name, isUpstream, host }: Called,
  findService: ReturnType<typeof toServiceFinder>,
): Callee | undefined {
  const target = findService(name)?.targets[0];
  if (target !== undefined)
    return { id: name, reference: toAddressReference(target), isMapped: true };
  // Istio: `outbound|8080|v1|orders.shop.svc.cluster.local`; of an inbound one the host names the callee.
  const cluster = /^(inbound|outbound)\|(\d{0,5})\|[^|]*\|(.*)$/.exec(name);
  if (cluster) {
    const address = cluster[3] || withoutPort(host);
    if (address === '') return undefined;
    const side = cluster[1] === 'inbound' ? 'callee' : 'caller';
    const named = toNamed(address, isUpstream);
    // The two sides stay apart until reconcile knows that they are of one link.
    return { ...named, id: side === 'callee' ? `${named.id} (its own log)` : named.id, side };
  }
  // Istio sends what it does not know on to the host that was asked for.
  if (/^(?:PassthroughCluster|BlackHoleCluster|InboundPassthrough\w*)$/.test(name))
    return undefined;
  return toNamed(name, isUpstream);
}

function toNamed(name: string, isUpstream: boolean): Callee {
  const isAddress = isUpstream && /[.:]/.test(name) && /^[\w.:[\]-]+$/.test(name);
  const reference = isAddress
    ? toAddressReference(name)
    : { ...toSystemReference(name), ...namesInCluster(name) };
  return { id: name, reference, isMapped: false };
}

/** Kubernetes ingresses write `namespace-service-port`; either name may hold hyphens. */
function namesInCluster(name: string): { readonly names?: readonly string[] } {
  const parts = /^([a-z0-9-]{1,200})-(?:\d{2,5}|https?|grpc|web)$/.exec(name)?.[1]?.split('-');
  if (!parts) return {};
  return { names: parts.slice(0, 6).map((_, index) => parts.slice(index).join('-')) };
}

/** Where the proxy's own configuration sends the call. */
function fromRoute(called: Called, matchRoute: RouteMatcher): Callee | undefined {
  const route = matchRoute(called.host, called.path || called.template);
  if (!route || route.leadsTo === 'unknown') return undefined;
  if (route.leadsTo === 'itself')
    return { id: 'the gateway itself', reference: undefined, isMapped: true };
  const [target] = route.targets;
  if (target !== undefined)
    return { id: target, reference: toAddressReference(target), isMapped: true };
  return route.service === undefined
    ? undefined
    : { id: route.service, reference: toSystemReference(route.service), isMapped: true };
}

/** The host that was asked for, with the start of the path; else only that start. */
function fromRequest({ host, template }: Called, gateway: string): Callee {
  const segments = template.split('/').slice(1);
  const asked = withoutPort(host);
  if (asked !== '' && asked !== '_') {
    const id = `${asked}/${segments.slice(0, 2).join('/')}`.slice(0, 120);
    return { id, reference: toAddressReference(id), isMapped: false };
  }
  const start = `/${segments[0] ?? ''}`.slice(0, 80);
  return { id: start, reference: toExpression(`${gateway}${start}`), isMapped: false };
}

/** Whole segments only: `/erp` holds `/erp/a` and not `/erps`. */
function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function withoutPort(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '');
}

function prefixesOf({ sites }: ProxyConfig): string[] {
  const visit = ({ prefix, inner = [] }: ProxyRoute): string[] => [prefix, ...inner.flatMap(visit)];
  return sites.flatMap(({ routes }) => routes.flatMap(visit));
}

/** How many segments of a prefix must stay as they are, so that templates still show it. */
function literalSegments(prefix: string): number {
  const bytes = new TextEncoder().encode(`${prefix}    `);
  const space = newTemplateSpace();
  const words = new DataView(bytes.buffer);
  const length = writeTemplate(bytes, words, 0, bytes.length - 4, 0, space);
  const template = new TextDecoder().decode(space.bytes.subarray(0, length));
  return template.includes('{id}') ? prefix.split('/').filter((part) => part !== '').length : 0;
}
