import { groupBy, sortBy } from '../../../order.ts';
import type { ConnectionFact, Reading } from '../facts.ts';
import { foldKey, type Service, type SettingsReading } from '../settings/setting.ts';
import { openBrokers } from './brokers.ts';
import { shortenHost } from './cluster-hosts.ts';
import type { CodeOwner } from './code-owners.ts';
import { listConfiguredApplications } from './config-repository.ts';
import { type Fillers, fillConnection } from './fill.ts';
import { type FoundManifest, findModules, type Module, type ModuleTable } from './modules.ts';
import { placeOf } from './places.ts';
import { type FoundReading, openSettings, type SettingsScope } from './settings-scope.ts';
import { indexSymbols } from './symbols.ts';
import { openSynonyms } from './synonyms.ts';

/** All that the files of one source say, each by itself. */
export interface ProjectInput {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly settings: readonly FoundReading[];
  readonly manifests: readonly FoundManifest[];
  /** Who answers for a path, where the repository says it. */
  ownerOf(path: string): CodeOwner | undefined;
}

/** The same, with what one file says filled into the others. */
export interface Project {
  readonly modules: ModuleTable;
  readonly fillers: Fillers;
  /** The connections of a file, their addresses filled as far as the source tells them. */
  connectionsOf(file: string): readonly ConnectionFact[];
  /** Names that the services of the source answer to, lower case. */
  readonly serviceHosts: ReadonlySet<string>;
  /** The hosts that the code of a file's module connects to, and its own names. */
  hostsSeenBy(file: string): ReadonlySet<string>;
}

/** Links the files of a source: modules, then settings and names, then the open addresses. */
export function linkProject(input: ProjectInput, tops: ReadonlySet<string> = new Set()): Project {
  const shared = findSharedGroups(input.settings);
  // What a developer's editor starts runs nowhere else.
  const deployed = input.settings.filter(({ file }) => placeOf(file) !== 'tooling');
  const services = deployed.flatMap(({ services: own, groups, file }) =>
    own.map((service) => ({ ...withGroups(service, file, groups, input.settings, shared), file })),
  );
  const modules = findModules(
    input.manifests,
    [...services, ...listConfiguredApplications(input.settings, input.manifests)],
    findApplicationNames(input.settings),
    tops,
  );
  const settings = openSettings(
    input.settings,
    (file) => modules.moduleOf(file)?.settings ?? [],
    (file) => modules.moduleOf(file)?.names ?? [],
  );
  const symbols = indexSymbols(input.readings, (file) => modules.moduleOf(file)?.root ?? '');
  const named = indexServices(modules);
  const listeners = indexListeners(modules, settings);
  const fillers: Fillers = {
    settings,
    symbols,
    serviceNamed: (setting, file) => {
      const found = serviceNamed(setting, named);
      const own = modules.moduleOf(file)?.names ?? [];
      return found !== undefined && own.some((name) => foldKey(name) === foldKey(found))
        ? undefined
        : found;
    },
    serviceListening: (port, file) => {
      const own = modules.moduleOf(file)?.name;
      const listening = [...(listeners.get(port) ?? [])].filter((name) => name !== own);
      return listening.length === 1 ? listening[0] : undefined;
    },
  };
  const rootOf = (file: string): string => modules.moduleOf(file)?.root ?? file;
  const usesOfSynonyms = openSynonyms(input.readings);
  const serviceHosts = listHosts(modules);
  const located = new Map(
    [...input.readings].map(([file, { facts }]) => [
      file,
      [
        ...facts
          .filter((fact): fact is ConnectionFact => fact.kind === 'connection')
          .flatMap((fact) => fillConnection(fact, file, fillers))
          .map((fact) => ({ ...fact, target: shortenHost(fact.target, serviceHosts) })),
        ...usesOfSynonyms(file),
      ],
    ]),
  );
  const byRoot = groupBy(
    [...located].flatMap(([file, facts]) => facts.map((fact) => ({ root: rootOf(file), fact }))),
    ({ root }) => root,
  );
  const brokers = openBrokers(
    modules,
    new Map([...byRoot].map(([root, own]) => [root, own.map(({ fact }) => fact)])),
  );
  const filled = new Map(
    [...located].map(([file, facts]) => [file, facts.map((fact) => brokers.address(fact, file))]),
  );
  const seen = new Map<string, Set<string>>();
  for (const [file, facts] of filled) {
    const hosts = seen.get(rootOf(file)) ?? new Set();
    seen.set(rootOf(file), hosts);
    for (const { target } of facts) if (target.kind === 'address') hosts.add(target.host);
  }
  for (const { root, names, hosts } of modules.modules.filter(isService)) {
    const all = seen.get(root) ?? new Set();
    seen.set(root, all);
    for (const name of [...names, ...hosts]) all.add(name.toLowerCase());
  }
  return {
    modules,
    fillers,
    connectionsOf: (file) => filled.get(file) ?? [],
    serviceHosts,
    hostsSeenBy: (file) => seen.get(rootOf(file)) ?? new Set(),
  };
}

function listHosts({ modules, services }: ModuleTable): Set<string> {
  return new Set(
    [...modules.filter(isService), ...services].flatMap(({ name, hosts }) =>
      [name, ...hosts].map((each) => each.toLowerCase()),
    ),
  );
}

/** The services that listen on each port, as descriptors and their own settings say. */
function indexListeners(
  { modules, services, moduleOf }: ModuleTable,
  settings: SettingsScope,
): Map<number, Set<string>> {
  const index = new Map<number, Set<string>>();
  const add = (port: number, name: string): void => {
    index.set(port, (index.get(port) ?? new Set()).add(name));
  };
  for (const { name, ports } of services) for (const port of ports) add(port, name);
  for (const { name, ports, defaultPorts, root } of modules.filter(isService)) {
    const own = root === '' ? 'settings' : `${root}/settings`;
    const set = settings
      .find('server.port', own)
      .filter(({ value, file }) => /^\d{2,5}$/.test(value) && moduleOf(file)?.name === name)
      .map(({ value }) => Number(value));
    for (const port of [...ports, ...(set.length > 0 ? set : defaultPorts)]) add(port, name);
  }
  return index;
}

/** A service with the settings of the groups and files that its descriptor names. */
function withGroups(
  service: Service,
  file: string,
  own: SettingsReading['groups'],
  all: readonly FoundReading[],
  shared: ReadonlySet<string>,
): Service {
  // Variants of a deployment give one name to different settings: the nearest are meant.
  const groups = sortBy(
    all.flatMap(({ groups: other, file: place }) =>
      other.filter(({ name }) => service.groups.includes(name)).map((group) => ({ group, place })),
    ),
    ({ place }) => -sharedFolders(file, place),
  ).map(({ group }) => group);
  const named = service.groups.flatMap((name) => {
    const found = [...own, ...groups].find((group) => group.name === name)?.settings ?? [];
    return shared.has(name) ? found.map((setting) => ({ ...setting, isShared: true })) : found;
  });
  const files = service.envFiles.flatMap((file) =>
    all.filter((reading) => reading.file === file).flatMap(({ settings }) => settings),
  );
  return { ...service, settings: [...service.settings, ...named, ...files] };
}

/** Setting groups that more than one service takes as a whole. */
function findSharedGroups(settings: readonly FoundReading[]): Set<string> {
  const users = groupBy(
    settings.flatMap(({ services }) =>
      services.flatMap(({ name, groups }) => groups.map((group) => ({ name, group }))),
    ),
    ({ group }) => group,
  );
  return new Set(
    [...users]
      .filter(([, group]) => new Set(group.map(({ name }) => name)).size > 1)
      .map(([name]) => name),
  );
}

/** How many folders two files have in common. */
function sharedFolders(file: string, other: string): number {
  const folders = file.split('/').slice(0, -1);
  const others = other.split('/').slice(0, -1);
  const differs = folders.findIndex((folder, at) => folder !== others[at]);
  return differs < 0 ? folders.length : differs;
}

const applicationNameKeys = new Set(
  ['spring.application.name', 'quarkus.application.name', 'micronaut.application.name'].map(
    foldKey,
  ),
);

function findApplicationNames(readings: readonly FoundReading[]): { file: string; name: string }[] {
  return readings.flatMap(({ settings, file }) =>
    settings
      .filter(
        ({ key, value }) => applicationNameKeys.has(foldKey(key)) && /^[\w.-]{1,80}$/.test(value),
      )
      .map(({ value }) => ({ file, name: value })),
  );
}

function indexServices({ modules, services }: ModuleTable): Map<string, string> {
  const index = new Map<string, string>();
  const add = (name: string, target: string): void => {
    const key = foldKey(name).replace(/(?:service|svc)$/, '');
    if (key.length > 2 && !index.has(key)) index.set(key, target);
  };
  for (const module of modules.filter(isService))
    for (const name of module.names) add(name, module.name);
  for (const { name, hosts } of services)
    for (const each of [name, ...hosts]) if (!each.includes('.')) add(each, name);
  return index;
}

function isService({ isDeployable }: Module): boolean {
  return isDeployable;
}

const addressSuffix =
  /(?:base)?(?:urls?|uris?|hosts?|hostname|addr|address|endpoints?|servers?|baseaddress|host(?:and)?port|origin|api(?:url|host)?)$/;

/** `ORDERS_SERVICE_URL`, `orders.endpoint` and `OrdersApiBaseUrl` are named after the service `orders`. */
function serviceNamed(setting: string, named: ReadonlyMap<string, string>): string | undefined {
  let key = foldKey(setting).replace(/^(?:app|services?|endpoints?|clients?)(?=.{3})/, '');
  if (!addressSuffix.test(key)) return undefined;
  for (let guard = 0; guard < 3; guard++) {
    const shorter = key.replace(addressSuffix, '');
    if (shorter === key || shorter === '') break;
    key = shorter;
    const found = named.get(key.replace(/(?:service|svc)$/, ''));
    if (found !== undefined) return found;
  }
  return undefined;
}
