import type { Place } from '../../../errors.ts';
import type { NginxDirective } from '../../proxies/nginx-directives.ts';
import type { Located } from './expand-includes.ts';
import { cleanAddress, cleanHost } from './proxy-address.ts';
import type { ProxyRoute, ProxyService } from './proxy-config.ts';

/** An nginx directive with its file. */
export type NginxNode = Located<NginxDirective>;

/** What directives of the `http` block define for all servers. */
export interface NginxNames {
  readonly upstreams: ReadonlyMap<string, ProxyService>;
  /** `$variable` of a `map` block → what it is made from, and its entries. */
  readonly maps: ReadonlyMap<string, NginxMap>;
}

interface NginxMap {
  readonly source: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/** Where a route leads, and for which hosts where a `map` of hosts decides. */
export type NginxTarget = Pick<ProxyRoute, 'hosts' | 'leadsTo' | 'service' | 'targets'> & {
  readonly conditional?: true;
};

const mostEntries = 500;

/** The upstreams and maps among the directives of the `http` block. */
export function readNginxNames(directives: readonly NginxNode[]): NginxNames {
  const upstreams = new Map<string, ProxyService>();
  const maps = new Map<string, NginxMap>();
  for (const directive of directives) {
    const [name, first, second] = directive.words;
    const block = directive.block;
    if (!first || !block) continue;
    if (name?.text === 'upstream' && !upstreams.has(first.text)) {
      upstreams.set(first.text, {
        name: first.text,
        targets: block.flatMap(({ words: [word, address] }) =>
          word?.text === 'server' && address ? [cleanAddress(address.text)] : [],
        ),
        place: placeOf(directive),
      });
    } else if (name?.text === 'map' && second) {
      const entries = block.flatMap(({ words: [key, value] }) =>
        key && value ? [{ key: key.text, value: value.text }] : [],
      );
      maps.set(second.text, { source: first.text, entries: entries.slice(0, mostEntries) });
    }
  }
  return { upstreams, maps };
}

/** The place of a directive, or of one of its words. */
export function placeOf({ file, words }: NginxNode, word = 0): Place {
  const { line, column } = words[word] ?? words[0] ?? { line: 1, column: 1 };
  return { file, line, column };
}

/** Variables of a request that name the host it asked for. */
const requestHost =
  /^\$\{?(?:host|http_host|server_name|ssl_server_name|ssl_preread_server_name)\}?$/;

/**
 * Where a `…_pass` leads: `set` variables, maps and upstreams are filled in.
 * @param directive its name, which is the scheme of an address without one
 */
export function resolveNginxTarget(
  written: string,
  directive: string,
  variables: ReadonlyMap<string, string>,
  names: NginxNames,
): readonly NginxTarget[] {
  const filled = fillVariables(written, variables);
  const unknown: NginxTarget = { hosts: [], leadsTo: 'unknown', targets: [] };
  const unix = /unix:([^:\s]{1,300})/.exec(filled);
  if (unix) return [{ hosts: [], leadsTo: 'service', targets: [`unix:${unix[1]}`] }];
  const [, scheme = '', host = '', rest = ''] =
    /^([a-z]{1,10}:\/\/)?([^/\s]{0,400})(.{0,2000})$/s.exec(filled) ?? [];
  const variable = /\$\{?([a-z]\w{0,80})\}?/.exec(host)?.[0];
  if (variable !== undefined) {
    const map = names.maps.get(variable.replace(/[{}]/g, ''));
    if (!map) return [unknown];
    return readMap(map).flatMap(({ hosts, value, conditional }) =>
      resolveNginxTarget(
        // The value itself may be an address, or stand in one.
        filled.replace(variable, () =>
          /:\/\//.test(value) ? value.replace(/^.*?:\/\//, '') : value,
        ),
        directive,
        new Map(),
        { upstreams: names.upstreams, maps: new Map() },
      ).map((target) => ({ ...target, hosts, ...(conditional ? { conditional } : {}) })),
    );
  }
  if (host === '') return [unknown];
  const own =
    scheme !== ''
      ? scheme
      : `${directive === 'proxy_pass' ? 'http' : directive.replace('_pass', '')}://`;
  const path = cleanPath(rest);
  const upstream = names.upstreams.get(host);
  if (upstream) {
    const targets = upstream.targets.map((server) =>
      server.startsWith('unix:') ? server : `${own}${server}${path}`,
    );
    return [{ hosts: [], leadsTo: 'service', service: host, targets }];
  }
  const target = cleanAddress(`${own}${host}${path}`);
  const service = target.includes('{') ? {} : { service: cleanService(host) };
  return [{ hosts: [], leadsTo: 'service', ...service, targets: [target] }];
}

/** The host and port as `$proxy_host` shows them. */
function cleanService(host: string): string {
  return host.replace(/^.*@/, '');
}

/** A path up to what only a request knows. */
function cleanPath(path: string): string {
  return path.replace(/[$?#].*$/s, '');
}

function fillVariables(written: string, variables: ReadonlyMap<string, string>): string {
  let text = written;
  for (let round = 0; round < 5 && text.includes('$'); round++) {
    const filled = text
      .replace(/\$\{?(\w{1,80})\}?/g, (whole, name: string) => variables.get(`$${name}`) ?? whole)
      .slice(0, 4_000);
    if (filled === text) break;
    text = filled;
  }
  return text
    .replace(/^\$\{?scheme\}?(?=:\/\/)/, 'http')
    .replace(/\$\{?(?:request_uri|uri|is_args|args|query_string|\d{1,2})\}?(?!\w)/g, '');
}

interface MapValue {
  readonly hosts: readonly string[];
  readonly value: string;
  readonly conditional?: true;
}

/** The values of a map: by host where its source is the host, else each perhaps. */
function readMap({ source, entries }: NginxMap): MapValue[] {
  const byHost = requestHost.test(source);
  const values = entries.flatMap(({ key, value }): MapValue[] => {
    if (/^(?:default|hostnames|volatile|include)$/.test(key)) return [];
    return byHost
      ? [{ hosts: [key.startsWith('~') ? key : cleanHost(key.replace(/^\\/, ''))], value }]
      : [{ hosts: [], value, conditional: true }];
  });
  const rest = entries.find(({ key }) => key === 'default');
  return rest && rest.value !== '' ? [...values, { hosts: [], value: rest.value }] : values;
}
