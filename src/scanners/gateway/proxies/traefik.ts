import { fillHoles } from '../../scripts/program/open-text.ts';
import { cleanAddress, toPort } from './proxy-address.ts';
import {
  type ProxyLog,
  type ProxyReader,
  type ProxyRoute,
  type ProxyService,
  type ProxySite,
  toProxyConfig,
  type Unread,
} from './proxy-config.ts';
import { readTraefikRule } from './traefik-rule.ts';
import { readTraefikSettings, type TraefikSetting } from './traefik-settings.ts';

/** A router, service, middleware or entry point: its settings below its name. */
interface Entry {
  readonly name: string;
  /** Key below the name → setting. */
  readonly settings: ReadonlyMap<string, TraefikSetting>;
  readonly first: TraefikSetting;
}

/**
 * Reads Traefik's static and dynamic configuration (YAML, TOML, labels of containers), version 2 and
 * 3; see doc.traefik.io/traefik.
 */
export const readTraefik: ProxyReader = (files) => {
  const settings = files.flatMap(readTraefikSettings);
  const unread: Unread[] = [];
  const services = toServices(settings);
  const routers = collect(
    settings,
    /^http\.routers\.(.+)\.(rule|service|priority|middlewares|entrypoints)$/,
  );
  const redirecting = new Set(
    collect(settings, /^http\.middlewares\.(.+)\.(redirectscheme\.scheme)$/).map(
      ({ name }) => name,
    ),
  );
  const routes = routers.map((router) => ({
    entryPoints: splitList(router.settings.get('entrypoints')?.value),
    routes: toRoutes(router, settings, services, redirecting, unread),
  }));
  for (const { key, place } of settings)
    if (/^(?:frontends|backends)\./.test(key) && unread.length === 0)
      unread.push({ place, reason: 'the configuration of Traefik 1 was not read' });
  return toProxyConfig('traefik', {
    sites: toSites(settings, routes),
    services: [...services.values()],
    logs: toLogs(settings),
    unread,
  });
};

/** Groups settings by the name in their keys; the pattern captures the name and what is below it. */
function collect(settings: readonly TraefikSetting[], pattern: RegExp): Entry[] {
  const found = new Map<string, Map<string, TraefikSetting>>();
  for (const setting of settings) {
    const [, name, below] = pattern.exec(setting.key) ?? [];
    if (name === undefined || below === undefined) continue;
    const entry = found.get(name) ?? new Map<string, TraefikSetting>();
    if (!entry.has(below)) entry.set(below, setting);
    found.set(name, entry);
  }
  return [...found].flatMap(([name, entry]) => {
    const [first] = entry.values();
    return first ? [{ name, settings: entry, first }] : [];
  });
}

function splitList(written: string | undefined): string[] {
  return (written ?? '').split(',').flatMap((part) => part.trim().replace(/@\w+$/, '') || []);
}

function toServices(settings: readonly TraefikSetting[]): Map<string, ProxyService> {
  const services = new Map<string, ProxyService>();
  const below =
    /^http\.services\.(.+)\.loadbalancer\.(servers\[\d{1,5}\]\.(?:url|port|scheme)|server\.(?:port|scheme|url))$/;
  for (const { name, settings: own, first } of collect(settings, below)) {
    const urls = [...own].flatMap(([key, { value }]) =>
      key.endsWith('.url') ? [cleanAddress(value)] : [],
    );
    const port = own.get('server.port')?.value;
    const scheme = own.get('server.scheme')?.value ?? 'http';
    // A label's server is the container itself.
    const targets =
      urls.length === 0 && first.container !== undefined
        ? [`${scheme}://${first.container}${port === undefined ? '' : `:${port}`}`]
        : urls;
    services.set(name, { name, targets, place: first.place });
  }
  // One service stands for others: all that it may choose from.
  const group =
    /^http\.services\.(.+)\.((?:weighted|mirroring|failover)\.(?:service|fallback|services\[\d{1,4}\]\.name))$/;
  for (const { name, settings: own, first } of collect(settings, group)) {
    const members = [...own.values()].flatMap(
      ({ value }) => services.get(value.replace(/@\w+$/, '').toLowerCase())?.targets ?? [],
    );
    if (!services.has(name))
      services.set(name, { name, targets: [...new Set(members)], place: first.place });
  }
  return services;
}

function toRoutes(
  router: Entry,
  settings: readonly TraefikSetting[],
  services: Map<string, ProxyService>,
  redirecting: ReadonlySet<string>,
  unread: Unread[],
): ProxyRoute[] {
  const { name, first } = router;
  const place = router.settings.get('rule')?.place ?? first.place;
  const written = router.settings.get('rule')?.value;
  const rule = fillHoles(written ?? '', (hole) =>
    hole.kind === 'env' ? hole.fallback : undefined,
  );
  const parts = readTraefikRule(rule);
  if (!parts) {
    const reason = written === undefined ? 'has no rule' : 'has a rule that was not understood';
    unread.push({ place, reason: `the router "${name}" ${reason}` });
    return [];
  }
  const given = router.settings.get('service')?.value.toLowerCase();
  const middlewares = splitList(router.settings.get('middlewares')?.value.toLowerCase());
  const isOwn =
    given?.endsWith('@internal') || middlewares.some((middleware) => redirecting.has(middleware));
  const service =
    given === undefined
      ? serviceOfContainer(first, settings, services)
      : given.replace(/@\w+$/, '');
  const priority = Number(router.settings.get('priority')?.value ?? 0);
  return parts.map(
    (part): ProxyRoute => ({
      name,
      hosts: [],
      prefix: '',
      ...part,
      priority: priority > 0 ? priority : rule.length,
      ...(isOwn
        ? { leadsTo: 'itself', targets: [] }
        : service === undefined
          ? { leadsTo: 'unknown', targets: [] }
          : { leadsTo: 'service', service, targets: services.get(service)?.targets ?? [] }),
      place,
    }),
  );
}

/** A router on a container leads to the one service of it, which need not be written. */
function serviceOfContainer(
  { container, place }: TraefikSetting,
  settings: readonly TraefikSetting[],
  services: Map<string, ProxyService>,
): string | undefined {
  if (container === undefined) return undefined;
  const names = new Set(
    settings.flatMap((setting) => {
      if (setting.container !== container || setting.place.file !== place.file) return [];
      return /^http\.services\.(.+)\.loadbalancer\./.exec(setting.key)?.[1] ?? [];
    }),
  );
  const [only] = names;
  if (only !== undefined) return names.size === 1 ? only : undefined;
  const name = container.toLowerCase();
  if (!services.has(name)) services.set(name, { name, targets: [`http://${container}`], place });
  return name;
}

/** A site for each entry point; routers without any listen on all. */
function toSites(
  settings: readonly TraefikSetting[],
  routers: readonly { entryPoints: readonly string[]; routes: readonly ProxyRoute[] }[],
): ProxySite[] {
  const [place] = routers.flatMap(({ routes }) => routes.map((route) => route.place));
  if (!place) return [];
  const ports = new Map<string, number[]>();
  const redirecting = new Set<string>();
  for (const { key, value } of settings) {
    const [, name, below] = /^entrypoints\.([^.]+)\.(.+)$/.exec(key) ?? [];
    if (name === undefined) continue;
    if (!ports.has(name)) ports.set(name, []);
    const port = below === 'address' ? toPort(/:(\d{1,5})(?:\/\w+)?$/.exec(value)?.[1]) : undefined;
    if (port !== undefined) ports.set(name, [port]);
    if (below === 'http.redirections.entrypoint.to') redirecting.add(name);
  }
  for (const { entryPoints } of routers)
    for (const name of entryPoints) {
      const key = name.toLowerCase();
      if (!ports.has(key)) ports.set(key, []);
    }
  if (ports.size === 0) ports.set('', []);
  return [...ports]
    .filter(([name]) => !redirecting.has(name))
    .map(([name, listened]) => ({
      hosts: [],
      ports: listened,
      routes: routers
        .filter(
          ({ entryPoints }) =>
            entryPoints.length === 0 || entryPoints.some((one) => one.toLowerCase() === name),
        )
        .flatMap(({ routes }) => routes),
      place,
    }));
}

function toLogs(settings: readonly TraefikSetting[]): ProxyLog[] {
  const own = settings.filter(({ key }) => /^accesslog(?:\.|$)/.test(key));
  const [first] = own;
  if (!first) return [];
  const find = (key: string): string | undefined =>
    own.find((setting) => setting.key === `accesslog.${key}`)?.value;
  return [
    {
      file: find('filepath') ?? 'stdout',
      format: find('format') ?? 'common',
      hosts: [],
      place: first.place,
    },
  ];
}
