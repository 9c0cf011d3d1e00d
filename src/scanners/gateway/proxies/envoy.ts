import type { Place } from '../../../errors.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../../scripts/settings/documents.ts';
import { readConfigTrees } from './config-trees.ts';
import { readEnvoyLogs } from './envoy-logs.ts';
import { cleanAddress, toPort } from './proxy-address.ts';
import {
  type ProxyLog,
  type ProxyLogFormat,
  type ProxyReader,
  type ProxyRoute,
  type ProxyService,
  type ProxySite,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';

const mostNodes = 500_000;
const deepest = 60;

/** A mapping of the configuration, where it stands, and the port of the listener around it. */
interface Node {
  readonly value: Mapping;
  readonly port: number | undefined;
  readonly place: (below?: Path) => Place;
}

/**
 * Reads Envoy configurations: bootstrap files, files of its discovery services, configuration dumps;
 * see envoyproxy.io/docs, `config.route.v3`.
 */
export const readEnvoy: ProxyReader = (files) => {
  const nodes = files.flatMap((file) =>
    readConfigTrees(file).flatMap((tree) => listNodes(tree, file.file)),
  );
  const services = new Map<string, ProxyService>();
  for (const node of nodes)
    for (const service of readCluster(node)) services.set(service.name, service);
  const unread: Unread[] = [];
  const sites = nodes.flatMap((node) => readVirtualHosts(node, services, unread));
  const logFormats: ProxyLogFormat[] = [];
  const logs: ProxyLog[] = [];
  for (const { value, place } of nodes) readEnvoyLogs(value, place, logFormats, logs);
  return toProxyConfig('envoy', {
    sites,
    services: [...services.values()],
    logFormats,
    logs,
    unread,
  });
};

/** A value by its name in snake case, or in camel case as JSON dumps may write it. */
function get(value: Mapping, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name];
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(value, camel) ? value[camel] : undefined;
}

/** All mappings of a document, outer ones first. */
function listNodes(tree: Tree, file: string): Node[] {
  const nodes: Node[] = [];
  const visit = (value: unknown, path: Path, outer: number | undefined): void => {
    if (nodes.length >= mostNodes || path.length > deepest) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index], outer);
    } else if (isMapping(value)) {
      const isListener = get(value, 'filter_chains') !== undefined;
      const port = isListener ? portOf(toMapping(get(value, 'address'))) : outer;
      const place = (below: Path = []): Place => {
        const { line, column } = tree.placeOf([...path, ...below]);
        return { file, line, column };
      };
      nodes.push({ value, port, place });
      for (const [key, item] of Object.entries(value)) visit(item, [...path, key], port);
    }
  };
  visit(tree.value, [], undefined);
  return nodes;
}

function portOf(address: Mapping): number | undefined {
  return toPort(toScalar(get(toMapping(get(address, 'socket_address')), 'port_value')));
}

/** A cluster with its endpoints; `hosts` is how version 2 wrote them. */
function readCluster({ value, place }: Node): ProxyService[] {
  const name = toScalar(value['name']);
  const assignment = toMapping(get(value, 'load_assignment'));
  const isCluster =
    get(value, 'load_assignment') !== undefined || get(value, 'connect_timeout') !== undefined;
  if (name === undefined || !isCluster || get(value, 'filter_chains') !== undefined) return [];
  const endpoints = toList(get(assignment, 'endpoints')).flatMap((locality) =>
    toList(get(toMapping(locality), 'lb_endpoints')).map((one) =>
      toMapping(get(toMapping(get(toMapping(one), 'endpoint')), 'address')),
    ),
  );
  const addresses = [...endpoints, ...toList(get(value, 'hosts')).map(toMapping)];
  const isSecure =
    get(value, 'tls_context') !== undefined ||
    /tls/i.test(toScalar(toMapping(get(value, 'transport_socket'))['name']) ?? '');
  const targets = addresses.flatMap((address) => {
    const socket = toMapping(get(address, 'socket_address'));
    const pipe = toScalar(toMapping(get(address, 'pipe'))['path']);
    if (pipe !== undefined) return [`unix:${pipe}`];
    const host = toScalar(socket['address']);
    const port = toScalar(get(socket, 'port_value'));
    if (host === undefined) return [];
    const bracketed = host.includes(':') ? `[${host}]` : host;
    const authority = port === undefined ? bracketed : `${bracketed}:${port}`;
    return [cleanAddress(`${isSecure ? 'https' : 'http'}://${authority}`)];
  });
  return [{ name, targets: [...new Set(targets)], place: place() }];
}

function readVirtualHosts(
  { value, port, place }: Node,
  services: ReadonlyMap<string, ProxyService>,
  unread: Unread[],
): ProxySite[] {
  const key = Object.hasOwn(value, 'virtualHosts') ? 'virtualHosts' : 'virtual_hosts';
  return toList(value[key]).map((item, index): ProxySite => {
    const host = toMapping(item);
    const domains = toList(host['domains']).flatMap((domain) => toScalar(domain) ?? []);
    return {
      hosts: [
        ...new Set(domains.map((domain) => domain.toLowerCase().replace(/:(?:\d+|\*)$/, ''))),
      ],
      ports: port === undefined ? [] : [port],
      routes: toList(host['routes']).flatMap((route, at) =>
        readRoute(toMapping(route), place([key, index, 'routes', at]), services, unread),
      ),
      place: place([key, index]),
    };
  });
}

function readRoute(
  route: Mapping,
  place: Place,
  services: ReadonlyMap<string, ProxyService>,
  unread: Unread[],
): ProxyRoute[] {
  const match = toMapping(route['match']);
  const paths = readPaths(match);
  const name = toScalar(route['name']);
  if (!paths) {
    unread.push({ place, reason: 'a route matches by what was not understood' });
    return [];
  }
  const headers = toList(match['headers']).map(toMapping);
  const methods = headers.map(readMethods);
  const isUnsure =
    methods.includes(undefined) ||
    ['query_parameters', 'runtime_fraction', 'dynamic_metadata', 'tls_context', 'grpc'].some(
      (key) => get(match, key) !== undefined,
    );
  const listed = methods.flatMap((method) => method ?? []);
  const insensitive = toScalar(get(match, 'case_sensitive')) === 'false';
  return readActions(route, services).map((action, index, all) => {
    if (action.leadsTo === 'unknown')
      unread.push({ place, reason: 'a route chooses its cluster by the request' });
    const isChoice = index < all.length - 1;
    return {
      ...(name === undefined ? {} : { name }),
      hosts: [],
      ...paths,
      ...(insensitive ? { ignoreCase: true as const } : {}),
      ...(listed.length === 0 ? {} : { methods: listed }),
      ...(isUnsure || isChoice ? { conditional: true as const } : {}),
      ...action,
      place,
    };
  });
}

function readPaths(
  match: Mapping,
): Pick<ProxyRoute, 'prefix' | 'exact' | 'segments' | 'pattern'> | undefined {
  const exact = toScalar(match['path']);
  if (exact !== undefined) return { prefix: exact, exact: true };
  const separated = toScalar(get(match, 'path_separated_prefix'));
  if (separated !== undefined) return { prefix: separated, segments: true };
  const prefix = toScalar(match['prefix']);
  if (prefix !== undefined) return { prefix };
  const regex = toScalar(toMapping(get(match, 'safe_regex'))['regex']) ?? toScalar(match['regex']);
  return regex === undefined ? undefined : { prefix: '', pattern: regex };
}

/** The methods that a header match on `:method` asks for; undefined for any other header. */
function readMethods(header: Mapping): string[] | undefined {
  if (toScalar(header['name']) !== ':method' || toScalar(get(header, 'invert_match')) === 'true')
    return undefined;
  const method =
    toScalar(get(header, 'exact_match')) ??
    toScalar(toMapping(get(header, 'string_match'))['exact']);
  return method === undefined ? undefined : [method.toUpperCase()];
}

type Action = Pick<ProxyRoute, 'leadsTo' | 'service' | 'targets'>;

/** Where a route leads; several clusters where weights decide. */
function readActions(route: Mapping, services: ReadonlyMap<string, ProxyService>): Action[] {
  const action = route['route'];
  if (!isMapping(action)) return [{ leadsTo: 'itself', targets: [] }];
  const weighted = toList(get(toMapping(get(action, 'weighted_clusters')), 'clusters'));
  const names = [action['cluster'], ...weighted.map((one) => toMapping(one)['name'])].flatMap(
    (name) => toScalar(name) ?? [],
  );
  if (names.length === 0) return [{ leadsTo: 'unknown', targets: [] }];
  return names.map((service) => ({
    leadsTo: 'service',
    service,
    targets: services.get(service)?.targets ?? [],
  }));
}
