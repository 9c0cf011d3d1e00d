import type { Place } from '../../../errors.ts';

export type ProxyKind = 'nginx' | 'apache' | 'haproxy' | 'traefik' | 'envoy' | 'kong';

/** A file of a proxy's configuration: its path, which places name, and its text. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
}

/** What a route asks of a call. All that is given must fit; what is absent fits any call. */
export interface Demand {
  /**
   * Host names in lower case without a port: `shop.example`, `*.example` (any depth), `www.*`, or
   * `~` and a regex. Empty: any host, or those of the site.
   */
  readonly hosts: readonly string[];
  /** What a path begins with; `''` is any path. Of a pattern, the literal text it begins with. */
  readonly prefix: string;
  /** The path is the prefix and nothing more. */
  readonly exact?: true;
  /** The prefix ends at the end of a segment: `/erp` fits `/erp/a`, but not `/erps`. */
  readonly segments?: true;
  /** A regex that the path fits, as it is written. */
  readonly pattern?: string;
  readonly ignoreCase?: true;
  /** Upper case. Absent: any. */
  readonly methods?: readonly string[];
  /** Looks at what no log shows (headers, the caller's network …), so it fits only perhaps. */
  readonly conditional?: true;
  /** More that must fit, or must not. */
  readonly and?: readonly (Demand & { readonly isNot?: true })[];
}

/** Where calls of some hosts and paths go. */
export interface ProxyRoute extends Demand {
  /** The route's or router's name, as a log may show it. */
  readonly name?: string;
  /** Written or implied; the highest counts first. `^~` of nginx is 1. */
  readonly priority?: number;
  /** Inside this location: tried before the route itself. */
  readonly inner?: readonly ProxyRoute[];
  /** To a service, to the proxy itself (files, redirects), or to where only a request tells. */
  readonly leadsTo: 'service' | 'itself' | 'unknown';
  /** The name that the log will show: an upstream, backend, cluster or service. */
  readonly service?: string;
  /** The addresses as written, with variables and balancers filled in, without credentials. */
  readonly targets: readonly string[];
  readonly place: Place;
}

/** A virtual host, a frontend or a listener: its hosts and ports, and its routes in order. */
export interface ProxySite {
  /** As in routes. Empty: every host. */
  readonly hosts: readonly string[];
  /** Ports it listens on. Empty: not known. */
  readonly ports: readonly number[];
  /** Answers for hosts that no site names. */
  readonly isDefault?: true;
  readonly routes: readonly ProxyRoute[];
  readonly place: Place;
}

/** What a name of an upstream, backend, cluster or service stands for. */
export interface ProxyService {
  readonly name: string;
  /** Other names of it that a log may show. */
  readonly ids?: readonly string[];
  readonly targets: readonly string[];
  readonly place: Place;
}

/** A caller that the gateway knows by name. Its keys and secrets are never read. */
export interface ProxyConsumer {
  readonly name: string;
  /** Its id, the id it has elsewhere (`custom_id`), its user names. */
  readonly ids: readonly string[];
  readonly place: Place;
}

/** How a log is written: the string as the product defines it. */
export interface ProxyLogFormat {
  readonly name: string;
  readonly format: string;
  /** `json`, `none` or `default`, where an nginx format says so. */
  readonly escape?: string;
  readonly place: Place;
}

/** A log file that the proxy writes. */
export interface ProxyLog {
  /** As written, e.g. `/var/log/nginx/shop.log`. */
  readonly file: string;
  /** A name in `logFormats`, else the product's own word for it: `combined`, `json` … */
  readonly format: string;
  /** The hosts whose calls it holds; empty: those of all sites, or not known. */
  readonly hosts: readonly string[];
  readonly place: Place;
}

/** Something that was seen and not understood, and what that means. */
export interface Unread {
  readonly place: Place;
  readonly reason: string;
}

/** What one proxy's configuration says about who is called, and how that is logged. */
export interface ProxyConfig {
  readonly kind: ProxyKind;
  readonly intermediary: 'proxy' | 'api-gateway';
  readonly sites: readonly ProxySite[];
  readonly services: readonly ProxyService[];
  readonly consumers: readonly ProxyConsumer[];
  readonly logFormats: readonly ProxyLogFormat[];
  readonly logs: readonly ProxyLog[];
  readonly unread: readonly Unread[];
}

/** Reads all files of one proxy at once, for one may name what another defines. */
export type ProxyReader = (files: readonly ConfigFile[]) => ProxyConfig;

const mostUnread = 500;

/** A configuration with the parts that its product has. */
export function toProxyConfig(
  kind: ProxyKind,
  parts: Partial<Omit<ProxyConfig, 'kind' | 'intermediary'>>,
): ProxyConfig {
  return {
    kind,
    intermediary: kind === 'kong' ? 'api-gateway' : 'proxy',
    sites: parts.sites ?? [],
    services: parts.services ?? [],
    consumers: parts.consumers ?? [],
    logFormats: parts.logFormats ?? [],
    logs: parts.logs ?? [],
    unread: (parts.unread ?? []).slice(0, mostUnread),
  };
}
