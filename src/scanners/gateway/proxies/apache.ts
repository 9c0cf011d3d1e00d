import { type ApacheDirective, readApacheDirectives } from '../../proxies/apache-directives.ts';
import { readApacheRoutes, toServerRoutes } from './apache-routes.ts';
import {
  type ApacheNames,
  type ApacheNode,
  argumentsOf,
  isNamed,
  placeOf,
  readApacheNames,
} from './apache-targets.ts';
import { expandIncludes } from './expand-includes.ts';
import { cleanHost, toPort } from './proxy-address.ts';
import {
  type ProxyLog,
  type ProxyLogFormat,
  type ProxyReader,
  type ProxySite,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';

const transparent =
  /^(?:IfModule|IfDefine|IfVersion|IfFile|IfDirective|IfSection|Directory|Proxy)$/i;

/** Reads Apache httpd configurations: virtual hosts and what they pass on; see mod_proxy, mod_rewrite. */
export const readApache: ProxyReader = (files) => {
  const parsed = new Map<string, readonly ApacheDirective[]>(
    files.map(({ file, text }) => [file, readApacheDirectives(text)]),
  );
  const roots = expandIncludes(parsed, (name) => /^Include(?:Optional)?$/i.test(name));
  const main = openSections(roots);
  const names = readApacheNames(roots);
  const unread: Unread[] = [];
  const mainRoutes = readApacheRoutes(main, names, unread);
  const mainLogs = readLogs(main, [], []);
  const hosts = main.filter((node) => node.block && isNamed(node, 'VirtualHost'));
  const logs: ProxyLog[] = hosts.length === 0 ? [...mainLogs] : [];
  const formats = main.flatMap(readLogFormat);
  const sites = hosts.map((host): ProxySite => {
    const block = openSections(host.block ?? []);
    const named = readHosts(block, names);
    logs.push(...readLogs(block, mainLogs, named));
    formats.push(...block.flatMap(readLogFormat));
    const inherits = ![...main, ...block].some(
      (node) => isNamed(node, 'ProxyPassInherit') && /^off$/i.test(argumentsOf(node)[0] ?? ''),
    );
    const routes = readApacheRoutes(block, names, unread);
    return {
      hosts: named.length === 0 ? ['_'] : named,
      ports: readPorts(argumentsOf(host).map(names.fill)),
      routes: toServerRoutes(routes, inherits ? mainRoutes : undefined),
      place: placeOf(host),
    };
  });
  const all = [...sites, ...toMainSite(main, roots, toServerRoutes(mainRoutes), sites)];
  for (const node of main) noteMissing(node, unread);
  return toProxyConfig('apache', {
    sites: markDefaults(all),
    services: [...names.balancers.values()],
    logFormats: [...formats, ...anonymousFormats(logs)],
    logs,
    unread,
  });
};

/** The directives of a server, with those of sections that only ask whether they apply. */
function openSections(nodes: readonly ApacheNode[]): ApacheNode[] {
  return nodes.flatMap((node) =>
    node.block && transparent.test(node.words[0]?.text ?? '') && !isNamed(node, 'Proxy')
      ? openSections(node.block)
      : [node],
  );
}

function readHosts(block: readonly ApacheNode[], names: ApacheNames): string[] {
  return block
    .filter((node) => isNamed(node, 'ServerName') || isNamed(node, 'ServerAlias'))
    .flatMap((node) => argumentsOf(node).map(names.fill))
    .map((host) => toHost(cleanHost(host.replace(/^[a-z]{1,10}:\/\//i, ''))));
}

/** Aliases may have `*` and `?` anywhere. */
function toHost(host: string): string {
  if (!/[*?]/.test(host.replace(/^\*(?=\.)/, ''))) return host;
  const pattern = host
    .replace(/[\\^$.|(){}+[\]]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return `~^${pattern}$`;
}

function readPorts(addresses: readonly string[]): number[] {
  const ports = addresses.map((address) => toPort(/(?:^|:)(\d{1,5})$/.exec(address)?.[1]));
  return [...new Set(ports.filter((port) => port !== undefined))];
}

/** The server outside of all virtual hosts answers on the ports that they leave. */
function toMainSite(
  main: readonly ApacheNode[],
  roots: readonly ApacheNode[],
  routes: ProxySite['routes'],
  sites: readonly ProxySite[],
): ProxySite[] {
  const [first] = roots;
  const listened = readPorts(
    main.filter((node) => isNamed(node, 'Listen')).map((node) => argumentsOf(node)[0] ?? ''),
  );
  const ports = listened.filter((port) => !sites.some((site) => site.ports.includes(port)));
  if (!first || routes.length === 0 || (sites.length > 0 && ports.length === 0)) return [];
  return [{ hosts: [], ports, routes, place: placeOf(first) }];
}

/** The first virtual host of a port answers for hosts that none names. */
function markDefaults(sites: readonly ProxySite[]): ProxySite[] {
  const taken = new Set<number>();
  return sites.map((site) => {
    const ports = site.ports.length === 0 ? [0] : site.ports;
    const free = ports.filter((port) => !taken.has(port));
    for (const port of free) taken.add(port);
    return free.length > 0 ? { ...site, isDefault: true } : site;
  });
}

function readLogFormat(node: ApacheNode): ProxyLogFormat[] {
  const [format, name] = argumentsOf(node);
  return isNamed(node, 'LogFormat') && format !== undefined && name !== undefined
    ? [{ name, format, place: placeOf(node) }]
    : [];
}

function readLogs(
  block: readonly ApacheNode[],
  outer: readonly ProxyLog[],
  hosts: readonly string[],
): ProxyLog[] {
  const own = block.filter((node) => isNamed(node, 'CustomLog') || isNamed(node, 'TransferLog'));
  if (own.length === 0) return outer.map((log) => ({ ...log, hosts }));
  return own.flatMap((node): ProxyLog[] => {
    const [file, format] = argumentsOf(node);
    return file === undefined
      ? []
      : [{ file, format: format ?? 'common', hosts, place: placeOf(node) }];
  });
}

/** `CustomLog file "%h …"` has a format without a name: its text is its name. */
function anonymousFormats(logs: readonly ProxyLog[]): ProxyLogFormat[] {
  const seen = new Set<string>();
  return logs.flatMap(({ format, place }) => {
    if (!format.includes('%') || seen.has(format)) return [];
    seen.add(format);
    return [{ name: format, format, place }];
  });
}

function noteMissing(node: ApacheNode, unread: Unread[]): void {
  const written = argumentsOf(node)[0];
  if (node.block || written === undefined || !/^Include/i.test(node.words[0]?.text ?? '')) return;
  if (/mods-enabled|conf-enabled|modules|ports\.conf/.test(written)) return;
  unread.push({
    place: placeOf(node),
    reason: `no file at hand is "${written}"; name it under "config:"`,
  });
}
