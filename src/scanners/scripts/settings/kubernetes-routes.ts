import { type Mapping, type Path, type Tree, toList, toMapping, toScalar } from './documents.ts';
import { plainName } from './helm.ts';
import { toOpenValue } from './open-value.ts';
import type { NamedAddress, Setting } from './setting.ts';

interface Routes {
  readonly settings: readonly Setting[];
  readonly names: readonly NamedAddress[];
}

interface Backend {
  readonly host: string;
  readonly port: string | undefined;
  readonly prefix: string | undefined;
  readonly at: Path;
}

const mostRules = 500;

/**
 * The ways into a cluster: which hosts and paths an Ingress, HTTPRoute or VirtualService leads where;
 * and where a ServiceProfile or ServiceEntry says that a name leads.
 */
export function readRoutes(kind: string, object: Mapping, tree: Tree, path: Path): Routes {
  const spec = toMapping(object['spec']);
  if (kind === 'ServiceEntry') return { settings: [], names: readServiceEntry(spec, tree, path) };
  const name = toScalar(toMapping(object['metadata'])['name']) ?? '';
  const found = readers.get(kind)?.(spec, [...path, 'spec'], name) ?? { hosts: [], backends: [] };
  const settings = found.backends.map(({ host, port, prefix, at }): Setting => {
    const { line, column } = tree.placeOf(at);
    const address = toOpenValue(
      'host',
      `http://${plainName(host)}${port === undefined ? '' : `:${port}`}`,
    );
    return {
      key: `${kind}.backend`,
      value: address,
      line,
      column,
      ...(prefix === undefined ? {} : { path: prefix }),
    };
  });
  const first = settings[0];
  // A name with several services behind it stands for the way in, not for one of them.
  const isOne = new Set(settings.map(({ value }) => value)).size === 1;
  const names =
    !first || !isOne
      ? []
      : found.hosts
          .filter((host) => !/[*{]/.test(host))
          .map((name) => ({ name, address: first.value, line: first.line, column: first.column }));
  return { settings, names };
}

interface Found {
  readonly hosts: readonly string[];
  readonly backends: readonly Backend[];
}

function texts(values: unknown): string[] {
  return toList(values).flatMap((value) => toScalar(value) ?? []);
}

function readIngress(spec: Mapping, path: Path): Found {
  const rules = toList(spec['rules']).slice(0, mostRules).map(toMapping);
  const backends = rules.flatMap((rule, ruleAt) =>
    toList(toMapping(rule['http'])['paths'])
      .slice(0, mostRules)
      .flatMap((item, at) =>
        toBackend(toMapping(item)['backend'], toScalar(toMapping(item)['path']), [
          ...path,
          'rules',
          ruleAt,
          'http',
          'paths',
          at,
        ]),
      ),
  );
  const fallback = toBackend(spec['defaultBackend'] ?? spec['backend'], undefined, path);
  return {
    hosts: rules.flatMap((rule) => toScalar(rule['host']) ?? []),
    backends: [...backends, ...fallback].slice(0, mostRules),
  };
}

function toBackend(value: unknown, prefix: string | undefined, at: Path): Backend[] {
  const backend = toMapping(value);
  const service = toMapping(backend['service']);
  const host = toScalar(service['name']) ?? toScalar(backend['serviceName']);
  if (host === undefined) return [];
  const port = toScalar(toMapping(service['port'])['number']) ?? toScalar(backend['servicePort']);
  return [
    {
      host,
      port: port !== undefined && /^\d+$/.test(port) ? port : undefined,
      prefix: prefix?.replace(/[(*$].*$/, ''),
      at,
    },
  ];
}

function readHttpRoute(spec: Mapping, path: Path): Found {
  const backends = toList(spec['rules'])
    .slice(0, mostRules)
    .flatMap((item, ruleAt) => {
      const rule = toMapping(item);
      const prefix = toScalar(toMapping(toMapping(toList(rule['matches'])[0])['path'])['value']);
      return toList(rule['backendRefs'])
        .slice(0, 20)
        .flatMap((reference, at): Backend[] => {
          const host = toScalar(toMapping(reference)['name']);
          const port = toScalar(toMapping(reference)['port']);
          return host === undefined
            ? []
            : [{ host, port, prefix, at: [...path, 'rules', ruleAt, 'backendRefs', at] }];
        });
    });
  return { hosts: texts(spec['hostnames']), backends };
}

function readVirtualService(spec: Mapping, path: Path): Found {
  const backends = toList(spec['http'])
    .slice(0, mostRules)
    .flatMap((item, ruleAt) => {
      const rule = toMapping(item);
      const uri = toMapping(toMapping(toList(rule['match'])[0])['uri']);
      const prefix = toScalar(uri['prefix']) ?? toScalar(uri['exact']);
      return toList(rule['route'])
        .slice(0, 20)
        .flatMap((route, at): Backend[] => {
          const destination = toMapping(toMapping(route)['destination']);
          const host = toScalar(destination['host']);
          const port = toScalar(toMapping(destination['port'])['number']);
          return host === undefined
            ? []
            : [{ host, port, prefix, at: [...path, 'http', ruleAt, 'route', at] }];
        });
    });
  return {
    hosts: texts(spec['hosts']).filter(
      (host) => host.includes('.') && !backends.some((backend) => backend.host === host),
    ),
    backends,
  };
}

function readTraefikRoute(spec: Mapping, path: Path): Found {
  const routes = toList(spec['routes']).slice(0, mostRules).map(toMapping);
  const matches = routes.map((route) => toScalar(route['match']) ?? '');
  const backends = routes.flatMap((route, ruleAt) =>
    toList(route['services'])
      .slice(0, 20)
      .flatMap((item, at): Backend[] => {
        const host = toScalar(toMapping(item)['name']);
        const prefix = /PathPrefix\(`([^`]{1,200})`/.exec(matches[ruleAt] ?? '')?.[1];
        return host === undefined
          ? []
          : [
              {
                host,
                port: toScalar(toMapping(item)['port']),
                prefix,
                at: [...path, 'routes', ruleAt, 'services', at],
              },
            ];
      }),
  );
  return {
    hosts: matches.flatMap((match) => /Host\(`([^`]{1,200})`/.exec(match)?.[1] ?? []),
    backends,
  };
}

/** A profile of Linkerd is called like the service it is of; others may answer in its place. */
function readServiceProfile(spec: Mapping, path: Path, name: string): Found {
  const backends = toList(spec['dstOverrides'])
    .slice(0, mostRules)
    .flatMap((item, at): Backend[] => {
      const authority = toScalar(toMapping(item)['authority']) ?? '';
      const match = /^([^:]{1,253})(?::(\d{1,5}))?$/.exec(authority);
      return match?.[1] === undefined || match[1] === name
        ? []
        : [
            {
              host: match[1],
              port: match[2],
              prefix: undefined,
              at: [...path, 'dstOverrides', at, 'authority'],
            },
          ];
    });
  return { hosts: [name], backends };
}

/** Names that a mesh resolves by itself, each to the one address behind it. */
function readServiceEntry(spec: Mapping, tree: Tree, path: Path): NamedAddress[] {
  const endpoints = toList(spec['endpoints']).map((item) => toScalar(toMapping(item)['address']));
  const [address, ...others] = endpoints;
  if (address === undefined || others.length > 0 || address.startsWith('unix:')) return [];
  const { line, column } = tree.placeOf([...path, 'spec', 'endpoints', 0, 'address']);
  return texts(spec['hosts'])
    .filter((host) => !/[*{]/.test(host) && host !== address)
    .slice(0, mostRules)
    .map((name) => ({ name, address: toOpenValue('host', address), line, column }));
}

const readers = new Map<string, (spec: Mapping, path: Path, name: string) => Found>([
  ['ServiceProfile', readServiceProfile],
  ['Ingress', readIngress],
  ['HTTPRoute', readHttpRoute],
  ['VirtualService', readVirtualService],
  ['IngressRoute', readTraefikRoute],
]);
