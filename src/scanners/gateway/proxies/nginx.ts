import type { Place } from '../../../errors.ts';
import { readNginxDirectives } from '../../proxies/nginx-directives.ts';
import { expandIncludes } from './expand-includes.ts';
import { type NginxContext, readNginxLocations } from './nginx-locations.ts';
import { type NginxNode, placeOf, readNginxNames } from './nginx-targets.ts';
import { cleanHost, toPort } from './proxy-address.ts';
import {
  type ProxyLog,
  type ProxyLogFormat,
  type ProxyReader,
  type ProxySite,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';

/** Reads nginx configurations: servers, locations, upstreams, maps, log formats; see nginx.org/en/docs. */
export const readNginx: ProxyReader = (files) => {
  const parsed = new Map(files.map(({ file, text }) => [file, readNginxDirectives(text)]));
  const roots = expandIncludes(parsed, (name) => name === 'include');
  // A file of its own may hold servers without the `http` block that includes it elsewhere.
  const http = roots.flatMap((root) =>
    root.words[0]?.text === 'http' ? (root.block ?? []) : [root],
  );
  const names = readNginxNames(http);
  const unread: Unread[] = [];
  const rewrites: Place[] = [];
  const outer: NginxContext = { names, variables: new Map(), unread, rewrites };
  const logs: ProxyLog[] = [];
  const httpLogs = readLogs(http, [], []);
  if (!http.some(isServer)) logs.push(...httpLogs);
  const sites = http.filter(isServer).map((server) => readServer(server, outer, httpLogs, logs));
  for (const root of http) noteForeign(root, unread);
  return toProxyConfig('nginx', {
    sites: markDefaults(sites),
    services: [...names.upstreams.values()],
    logFormats: http.flatMap(readLogFormat),
    logs: withoutCopies(logs),
    unread: [...unread, ...sumUp(rewrites)],
  });
};

function isServer({ words, block }: NginxNode): boolean {
  return words[0]?.text === 'server' && block !== undefined;
}

function noteForeign(root: NginxNode, unread: Unread[]): void {
  const [name, argument] = root.words;
  if (name?.text === 'stream' || name?.text === 'mail')
    unread.push({ place: placeOf(root), reason: `"${name.text}" passes no HTTP and was not read` });
  if (
    name?.text === 'include' &&
    argument &&
    !/mime\.types|modules-|fastcgi_params/.test(argument.text)
  )
    unread.push({
      place: placeOf(root, 1),
      reason: `no file at hand is "${argument.text}"; name it under "config:"`,
    });
}

function readServer(
  server: NginxNode,
  outer: NginxContext,
  outerLogs: readonly ProxyLog[],
  logs: ProxyLog[],
): ProxySite {
  const block = server.block ?? [];
  const hosts = block.flatMap(({ words: [name, ...hosts] }) =>
    name?.text === 'server_name' ? hosts.flatMap(({ text }) => toHosts(text)) : [],
  );
  const listens = block.filter(({ words: [name] }) => name?.text === 'listen');
  const ports = listens.flatMap(({ words: [, address] }) => toListenPort(address?.text ?? ''));
  const named = hosts.filter((host) => !host.startsWith('~') && host !== '_');
  logs.push(...readLogs(block, outerLogs, named));
  const isDefault = listens.some(({ words }) =>
    words.some(({ text }) => text === 'default_server' || text === 'default'),
  );
  for (const directive of block) noteForeign(directive, outer.unread);
  return {
    // `_` is what nginx users write for a server that no name leads to.
    hosts: hosts.length === 0 ? ['_'] : hosts,
    ports: listens.length === 0 ? [80] : [...new Set(ports)],
    ...(isDefault ? { isDefault } : {}),
    routes: readNginxLocations(block, outer),
    place: placeOf(server),
  };
}

/** `.example` is the domain and all below it. */
function toHosts(written: string): string[] {
  if (written.startsWith('~')) return [written];
  const host = cleanHost(written);
  return host.startsWith('.') ? [host.slice(1), `*${host}`] : [host === '' ? '_' : host];
}

function toListenPort(address: string): number[] {
  if (address.startsWith('unix:')) return [];
  const written = /^(?:.*:)?(\d{1,5})$/.exec(address.replace(/^\[[^\]]{0,60}\]$/, '80'))?.[1];
  const port = toPort(written);
  return port === undefined ? [80] : [port];
}

/** Where no server of a port is marked as its default, the first is. */
function markDefaults(sites: readonly ProxySite[]): ProxySite[] {
  const taken = new Set(sites.flatMap(({ isDefault, ports }) => (isDefault ? ports : [])));
  return sites.map((site) => {
    const free = site.ports.filter((port) => !taken.has(port));
    for (const port of free) taken.add(port);
    return free.length > 0 ? { ...site, isDefault: true } : site;
  });
}

function readLogFormat(directive: NginxNode): ProxyLogFormat[] {
  const [name, title, ...parts] = directive.words;
  if (name?.text !== 'log_format' || !title) return [];
  const escaping = /^escape=(\w{1,20})$/.exec(parts[0]?.text ?? '')?.[1];
  const format = (escaping === undefined ? parts : parts.slice(1)).map(({ text }) => text).join('');
  return [
    {
      name: title.text,
      format,
      ...(escaping === undefined ? {} : { escape: escaping }),
      place: placeOf(directive),
    },
  ];
}

/** The logs of a block, or of the blocks around it where it has none of its own. */
function readLogs(
  block: readonly NginxNode[],
  outer: readonly ProxyLog[],
  hosts: readonly string[],
): ProxyLog[] {
  const own = block.filter(({ words: [name] }) => name?.text === 'access_log');
  if (own.length === 0) return outer.map((log) => ({ ...log, hosts: [...log.hosts, ...hosts] }));
  return own.flatMap((directive): ProxyLog[] => {
    const [, file, format] = directive.words;
    if (!file || file.text === 'off') return [];
    const name = format && !format.text.includes('=') ? format.text : 'combined';
    return [{ file: file.text, format: name, hosts, place: placeOf(directive) }];
  });
}

/** One entry for each file and format; hosts are joined, and a server without one opens it to all. */
function withoutCopies(logs: readonly ProxyLog[]): ProxyLog[] {
  const found = new Map<string, ProxyLog>();
  for (const log of logs) {
    const key = `${log.file}\u0000${log.format}`;
    const known = found.get(key);
    const isOpen = log.hosts.length === 0 || known?.hosts.length === 0;
    const hosts = isOpen ? [] : [...new Set([...(known?.hosts ?? []), ...log.hosts])];
    found.set(key, { ...(known ?? log), hosts });
  }
  return [...found.values()];
}

/** Rewrites are many, so the first stands for all. */
function sumUp(rewrites: readonly Place[]): Unread[] {
  const place = rewrites[0];
  const reason = `${rewrites.length} "rewrite" directives, the first here, were not followed: paths are matched as callers asked for them`;
  return place ? [{ place, reason }] : [];
}
