import { toRouteMatcher } from '../../../src/scanners/gateway/proxies/find-route.ts';
import type {
  ProxyConfig,
  ProxyRoute,
} from '../../../src/scanners/gateway/proxies/proxy-config.ts';
import {
  type ProxyConfigs,
  readProxyConfigs,
} from '../../../src/scanners/gateway/proxies/read-proxy-configs.ts';

/** Path → text, as a source's `config:` gives them. */
export function readConfigs(files: Readonly<Record<string, string>>): ProxyConfigs {
  return readProxyConfigs(new Map(Object.entries(files)));
}

/** The only configuration that the files hold. */
export function readConfig(files: Readonly<Record<string, string>>): ProxyConfig {
  const { configs, unknown } = readConfigs(files);
  if (configs.length !== 1 || !configs[0] || unknown.length > 0)
    throw new Error(`${configs.length} configurations, ${unknown.length} unknown files`);
  return configs[0];
}

/** Where `METHOD host/path` leads: the service and its addresses, `itself`, `unknown`, or `-`. */
export function draw(configs: readonly ProxyConfig[]): (call: string) => string {
  const match = toRouteMatcher(configs);
  return (call) => {
    const [, method, host = '', path = ''] = /^(?:([A-Z]+) )?([^/]*)(\/.*)$/.exec(call) ?? [];
    return drawRoute(match(host, path, method));
  };
}

function drawRoute(route: ProxyRoute | undefined): string {
  if (!route) return '-';
  if (route.leadsTo !== 'service') return route.leadsTo;
  return `${route.service ?? '?'} ${route.targets.join(' ')}`.trim();
}
