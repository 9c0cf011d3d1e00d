import type { Position } from '../program/program.ts';
import {
  type Mapping,
  mergeKeys,
  type Path,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from './documents.ts';
import { toOpenValue } from './open-value.ts';
import { resolvePath } from './paths.ts';
import { toPort, toService } from './service.ts';
import {
  type NamedAddress,
  type Service,
  type Setting,
  type SettingsReading,
  toSettingsReading,
} from './setting.ts';

const mostServices = 1_000;
const bare = { bare: true };

/** Whether a YAML file is a Compose file, of version 1 or later. */
export function isCompose(value: Mapping, file: string): boolean {
  if (/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|(?:^|\/)(?:docker-)?stack[^/]*\.ya?ml$/i.test(file))
    return true;
  const services = Object.values(toMapping(value['services']));
  return services.length > 0 && services.every((service) => isService(toMapping(service)));
}

function isService(service: Mapping): boolean {
  return ['image', 'build', 'extends'].some((key) => Object.hasOwn(service, key));
}

/** The services of a Compose file, with their environment and the names they answer to. */
export function readCompose(tree: Tree, file: string): SettingsReading {
  const root = mergeKeys(toMapping(tree.value));
  const isFirstVersion = !Object.hasOwn(root, 'services') && !Object.hasOwn(root, 'include');
  const base: Path = isFirstVersion ? [] : ['services'];
  const all = isFirstVersion ? root : mergeKeys(toMapping(root['services']));
  const names: NamedAddress[] = [];
  const services: Service[] = [];
  for (const name of Object.keys(all).slice(0, mostServices)) {
    const service = inherit(name, all, 0);
    if (isFirstVersion && !isService(service)) continue;
    const path = [...base, name];
    services.push(readService(name, service, path, tree, file));
    names.push(...readExtraNames(service, path, tree));
  }
  return toSettingsReading({ services, names });
}

/** A service with what it extends in the same file; its own keys win, environments are joined. */
function inherit(name: string, all: Mapping, depth: number): Mapping {
  const own = mergeKeys(toMapping(Object.hasOwn(all, name) ? all[name] : undefined));
  const extended = own['extends'];
  const parent = toScalar(extended) ?? toScalar(toMapping(extended)['service']);
  if (parent === undefined || depth > 5 || Object.hasOwn(toMapping(extended), 'file')) return own;
  const inherited = inherit(parent, all, depth + 1);
  const environment = [...readPairs(inherited['environment']), ...readPairs(own['environment'])];
  return {
    ...inherited,
    ...own,
    ...(environment.length === 0
      ? {}
      : {
          environment: Object.fromEntries(
            environment.map(({ key, value }) => [key, value ?? null]),
          ),
        }),
  };
}

function readService(
  name: string,
  service: Mapping,
  path: Path,
  tree: Tree,
  file: string,
): Service {
  const scalars = (key: string): string[] =>
    (Array.isArray(service[key]) ? toList(service[key]) : [service[key]]).flatMap((item) => {
      const text = toScalar(item) ?? toScalar(toMapping(item)['path']);
      return text === undefined ? [] : [text];
    });
  const image = toScalar(service['image']);
  const build = service['build'];
  const context = toScalar(build) ?? toScalar(toMapping(build)['context']);
  const links = [...scalars('links'), ...scalars('external_links')].map(
    (link) => link.split(':')[0] ?? link,
  );
  const dependsOn = service['depends_on'];
  const dependencies = Array.isArray(dependsOn)
    ? scalars('depends_on')
    : Object.keys(toMapping(dependsOn));
  return toService(name, tree.placeOf(path), {
    image: image === undefined ? undefined : fillDefaults(image),
    build:
      context === undefined
        ? undefined
        : buildFolder(fillDefaults(context), toScalar(toMapping(build)['dockerfile']), file),
    command: [...scalars('entrypoint'), ...scalars('command')].join(' ') || undefined,
    hosts: unique(
      [name, ...scalars('container_name'), ...scalars('hostname'), ...readAliases(service)].map(
        fillDefaults,
      ),
    ),
    ports: [...toList(service['ports']), ...toList(service['expose'])].flatMap(readPort),
    settings: readEnvironment(service, path, tree),
    envFiles: scalars('env_file').flatMap((item) => resolvePath(file, fillDefaults(item)) ?? []),
    dependsOn: unique([...dependencies, ...links]),
  });
}

/** The folder with the code: that of the Dockerfile where it lies below the context. */
function buildFolder(
  context: string,
  dockerfile: string | undefined,
  file: string,
): string | undefined {
  const folder = dockerfile?.includes('/') ? dockerfile.replace(/\/[^/]*$/, '') : '';
  const isBelow =
    folder !== '' &&
    !/^\.\.|^\/|[${}]|(?:^|\/)(?:docker|\.docker|build|deploy|ci)(?:\/|$)/i.test(folder);
  return resolvePath(file, isBelow ? `${context.replace(/\/$/, '')}/${folder}` : context);
}

/** `${TAG:-latest}` as its default; without one as nothing. */
function fillDefaults(text: string): string {
  return text.replace(
    /\$\{[A-Za-z_]\w{0,80}(?::?-([^{}]{0,200}))?[^{}]{0,200}\}/g,
    (_, fallback?: string) => fallback ?? '',
  );
}

function readAliases(service: Mapping): string[] {
  return Object.values(toMapping(service['networks'])).flatMap((network) =>
    toList(toMapping(network)['aliases']).flatMap((alias) => toScalar(alias) ?? []),
  );
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `80`, `{target: 80}`: the port inside. */
function readPort(port: unknown): number[] {
  const written = toScalar(port) ?? toScalar(toMapping(port)['target']);
  const inside = toPort(
    fillDefaults(written ?? '')
      .split(':')
      .at(-1),
  );
  return inside === undefined ? [] : [inside];
}

interface Pair {
  readonly key: string;
  /** Absent: handed through from outside. */
  readonly value: string | undefined;
  readonly at: string | number;
}

/** A map, or a list of `KEY=value`. */
function readPairs(environment: unknown): Pair[] {
  if (Array.isArray(environment))
    return environment.slice(0, 2_000).flatMap((item, at): Pair[] => {
      const match = /^([^=\s]{1,200})(?:=([\s\S]*))?$/.exec(toScalar(item) ?? '');
      return match?.[1] === undefined ? [] : [{ key: match[1], value: match[2], at }];
    });
  return Object.entries(mergeKeys(toMapping(environment)))
    .slice(0, 2_000)
    .map(([key, value]) => ({ key, value: toScalar(value), at: key }));
}

function readEnvironment(service: Mapping, path: Path, tree: Tree): Setting[] {
  const build = toMapping(service['build']);
  const own = readPairs(service['environment']).map((pair) => ({
    ...pair,
    path: [...path, 'environment', pair.at],
  }));
  const args = readPairs(build['args']).map((pair) => ({
    ...pair,
    path: [...path, 'build', 'args', pair.at],
  }));
  return [...own, ...args].map(({ key, value, path: at }) => {
    const place = tree.placeOf(at);
    return {
      key,
      value: toOpenValue(key, value ?? `\${${key}}`, bare),
      line: place.line,
      column: place.column,
    };
  });
}

/** `extra_hosts` and the aliases of links: names that only this service's network knows. */
function readExtraNames(service: Mapping, path: Path, tree: Tree): NamedAddress[] {
  const hosts = service['extra_hosts'];
  const pairs = Array.isArray(hosts)
    ? hosts.map((item) => (toScalar(item) ?? '').split(/[:=]/, 2))
    : Object.entries(toMapping(hosts)).map(([name, address]) => [name, toScalar(address) ?? '']);
  const links = [...toList(service['links']), ...toList(service['external_links'])].map((item) =>
    (toScalar(item) ?? '').split(':').reverse(),
  );
  const at = (key: string): Position => tree.placeOf([...path, key]);
  return [
    ...pairs.map((pair) => ({ pair, place: at('extra_hosts') })),
    ...links.map((pair) => ({ pair, place: at('links') })),
  ].flatMap(({ pair: [name, address], place: { line, column } }) =>
    !name || !address || name === address || address === 'host-gateway'
      ? []
      : [{ name, address: toOpenValue('host', address, bare), line, column }],
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => name !== ''))];
}
