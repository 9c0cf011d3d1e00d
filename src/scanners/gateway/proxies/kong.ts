import type { Place } from '../../../errors.ts';
import {
  isMapping,
  type Mapping,
  mergeKeys,
  type Path,
  toList,
  toMapping,
  toScalar,
} from '../../scripts/settings/documents.ts';
import { readConfigTrees } from './config-trees.ts';
import { toKongRoutes } from './kong-routes.ts';
import { cleanAddress } from './proxy-address.ts';
import {
  type ProxyConsumer,
  type ProxyLog,
  type ProxyReader,
  type ProxyRoute,
  type ProxyService,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';

/** An entity of a declarative configuration. */
interface Entity {
  readonly value: Mapping;
  /** 1 before routes of version 3 mark regexes by `~`. */
  readonly version: number;
  readonly place: Place;
  /** The entity that it stands inside of. */
  readonly parent?: Entity;
}

/**
 * Reads declarative configurations of Kong as `deck` writes them: services, routes, consumers,
 * upstreams. Credentials of consumers are not looked at.
 */
export const readKong: ProxyReader = (files) => {
  const entities = files.flatMap((file) =>
    readConfigTrees(file).map((tree) => {
      const root = mergeKeys(toMapping(tree.value));
      const version = Number.parseFloat(toScalar(root['_format_version']) ?? '3');
      const list = (
        key: string,
        path: Path = [],
        from: Mapping = root,
        parent?: Entity,
      ): Entity[] =>
        toList(from[key]).flatMap((item, index) => {
          if (!isMapping(item)) return [];
          const { line, column } = tree.placeOf([...path, key, index]);
          const place = { file: file.file, line, column };
          return [{ value: mergeKeys(item), version, place, ...(parent ? { parent } : {}) }];
        });
      const services = list('services');
      const below = services.flatMap((service, index) =>
        list('routes', ['services', index], service.value, service),
      );
      return {
        services,
        routes: [...below, ...list('routes')],
        consumers: list('consumers'),
        upstreams: list('upstreams'),
        plugins: list('plugins'),
      };
    }),
  );
  const upstreams = new Map(
    entities.flatMap((one) => one.upstreams.map(readUpstream)).map((one) => [one.name, one]),
  );
  const services = new Map(
    entities.flatMap((one) => one.services).map((one) => [one, toService(one, upstreams)]),
  );
  const byName = new Map(
    [...services.values()].flatMap((one) =>
      [...(one.ids ?? []), one.name].map((name) => [name, one] as const),
    ),
  );
  const unread: Unread[] = [];
  const routes = entities.flatMap((one) =>
    one.routes.flatMap((route) => {
      const service = route.parent && services.get(route.parent);
      return readRoute(route, service ?? byName.get(serviceNameOf(route) ?? ''), unread);
    }),
  );
  const [first] = routes;
  return toProxyConfig('kong', {
    sites: first ? [{ hosts: [], ports: [], routes, place: first.place }] : [],
    services: [...services.values()],
    consumers: entities.flatMap((one) => one.consumers.flatMap(readConsumer)),
    logs: entities.flatMap((one) => one.plugins.flatMap(readLog)),
    unread,
  });
};

function text(value: Mapping, key: string): string | undefined {
  const written = toScalar(value[key]);
  return written === '' ? undefined : written;
}

function readUpstream({ value, place }: Entity): ProxyService {
  const targets = toList(value['targets']).flatMap((target) => {
    const written = toScalar(toMapping(target)['target']);
    return written === undefined ? [] : [cleanAddress(written)];
  });
  return { name: text(value, 'name') ?? '', targets, place };
}

/** A service with its address, from `url` or its parts; an upstream gives the addresses of its targets. */
function toService(
  { value, place }: Entity,
  upstreams: ReadonlyMap<string, ProxyService>,
): ProxyService {
  const url = text(value, 'url');
  const id = text(value, 'id');
  const written = /^([a-z]+):\/\/([^/:]+)(:[^/]*)?(\/.*)?$/i.exec(url ?? '');
  const protocol = text(value, 'protocol') ?? written?.[1] ?? 'http';
  const host = text(value, 'host') ?? written?.[2];
  const port = text(value, 'port');
  const path = text(value, 'path') ?? written?.[4] ?? '';
  const upstream = host === undefined ? undefined : upstreams.get(host);
  const toTarget = (authority: string): string => cleanAddress(`${protocol}://${authority}${path}`);
  const own =
    url !== undefined && text(value, 'host') === undefined
      ? cleanAddress(url)
      : toTarget(`${host ?? ''}${port === undefined ? '' : `:${port}`}`);
  return {
    name: text(value, 'name') ?? id ?? host ?? '',
    ...(id !== undefined && text(value, 'name') !== undefined ? { ids: [id] } : {}),
    targets:
      upstream && upstream.targets.length > 0
        ? upstream.targets.map(toTarget)
        : host === undefined && url === undefined
          ? []
          : [own],
    place,
  };
}

/** The service that a route outside of all services names. */
function serviceNameOf({ value }: Entity): string | undefined {
  const given = value['service'];
  return toScalar(given) ?? text(toMapping(given), 'name') ?? text(toMapping(given), 'id');
}

function readRoute(
  route: Entity,
  service: ProxyService | undefined,
  unread: Unread[],
): ProxyRoute[] {
  const { value, place, version } = route;
  const name = serviceNameOf(route);
  const parts = toKongRoutes(value, version);
  if (!parts) {
    unread.push({ place, reason: 'a route is chosen by an expression, which was not followed' });
    return [];
  }
  const routeName = text(value, 'name');
  const target: Pick<ProxyRoute, 'leadsTo' | 'service' | 'targets'> = service
    ? { leadsTo: 'service', service: service.name, targets: service.targets }
    : name === undefined
      ? { leadsTo: 'itself', targets: [] }
      : { leadsTo: 'service', service: name, targets: [] };
  return parts.map((part) => ({
    ...(routeName === undefined ? {} : { name: routeName }),
    ...part,
    ...target,
    place,
  }));
}

/** The names of a consumer; what stands below it are its credentials. */
function readConsumer({ value, place }: Entity): ProxyConsumer[] {
  const name = text(value, 'username') ?? text(value, 'custom_id');
  if (name === undefined) return [];
  const ids = ['custom_id', 'id'].flatMap((key) => text(value, key) ?? []);
  return [{ name, ids: ids.filter((id) => id !== name), place }];
}

function readLog({ value, place }: Entity): ProxyLog[] {
  const path = text(toMapping(value['config']), 'path');
  return text(value, 'name') === 'file-log' && path !== undefined
    ? [{ file: path, format: 'file-log', hosts: [], place }]
    : [];
}
