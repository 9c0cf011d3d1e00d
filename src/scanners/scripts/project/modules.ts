import { groupBy, sortBy, sortedUnique } from '../../../order.ts';
import type { SystemKind } from '../../../vocabulary.ts';
import type { Position } from '../facts.ts';
import { isSelected } from '../settings/join-services.ts';
import { folderOf, imageFolder } from '../settings/paths.ts';
import { foldKey, type Setting } from '../settings/setting.ts';
import { type FoundService, isDockerfile, isStore } from './found-service.ts';
import type { Manifest } from './manifests.ts';
import { groupByImage, splitInstances } from './same-image.ts';
import { separateNamespaces } from './separate-namespaces.ts';

/** A folder of code that belongs together, and what it is called. */
export interface Module {
  /** The folder; empty for the root. */
  readonly root: string;
  /** The name it is deployed under, else what it calls itself. */
  readonly name: string;
  /** All names that it goes by, its own name among them. */
  readonly names: readonly string[];
  readonly hosts: readonly string[];
  /** Labels of its workloads. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** It runs by itself, so it is a system. */
  readonly isDeployable: boolean;
  /** A database or broker where its image is one, else an application. */
  readonly kind: SystemKind;
  /** `observability` … where its image says it. */
  readonly type?: string;
  readonly ports: readonly number[];
  /** Where it listens if neither descriptors nor settings say it. */
  readonly defaultPorts: readonly number[];
  /** What it is to a registry of services, and the manifest that says so. */
  readonly discovery?: { readonly role: 'service' | 'gateway'; readonly file: string };
  /** What the descriptors put into its environment. */
  readonly settings: readonly (Setting & { readonly file: string })[];
  readonly file: string;
  readonly at: Position;
}

/** A service that a descriptor names and that none of the code is: a database, a broker, a product. */
export interface BackingService {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly kind: SystemKind;
  readonly type?: string;
  readonly protocol?: string;
  readonly ports: readonly number[];
  readonly labels: readonly Readonly<Record<string, string>>[];
  readonly settings: readonly (Setting & { readonly file: string })[];
  readonly file: string;
  readonly at: Position;
}

export interface FoundManifest extends Manifest {
  readonly file: string;
}

export interface ModuleTable {
  readonly modules: readonly Module[];
  readonly services: readonly BackingService[];
  /** The module that a file belongs to. */
  moduleOf(file: string): Module | undefined;
}

/** Names of folders that say nothing of what is in them. */
const generic = new Set(
  'src app apps api backend frontend server service services code docker build main source lib cmd deploy deployment k8s kubernetes web-app container image images'.split(
    ' ',
  ),
);

/**
 * Finds the modules among the folders that hold a manifest, gives them the names that deployment
 * descriptors have for them, and lists the services that are no module.
 * @param applicationNames what a module's own configuration calls it, e.g. `spring.application.name`
 * @param tops the folders of the source itself: what stands there is about all that is below
 */
export function findModules(
  manifests: readonly FoundManifest[],
  given: readonly FoundService[],
  applicationNames: readonly { readonly file: string; readonly name: string }[],
  tops: ReadonlySet<string>,
): ModuleTable {
  const isLoose = findLoose(manifests);
  const own = separateNamespaces(given.filter(({ file }) => !isLoose(file)));
  const { services, folders: images } = splitInstances(own);
  const roots = groupBy(
    manifests.filter(
      ({ isAggregator, file }) =>
        !isAggregator && !isLoose(file) && !images.has(rootOfManifest(file)),
    ),
    ({ file }) => rootOfManifest(file),
  );
  for (const { build } of services)
    if (build !== undefined && !roots.has(toRoot(build))) roots.set(toRoot(build), []);
  const folders = [...roots.keys()].sort((a, b) => b.length - a.length);
  const rootFor = (file: string): string | undefined =>
    folders.find((root) => root === '' || file.startsWith(`${root}/`));
  const drafts = new Map(
    [...roots].map(
      ([root, found]) => [root, toDraft(root, found, root === '' || tops.has(root))] as const,
    ),
  );
  for (const { file, name } of applicationNames) {
    const root = rootFor(file);
    const draft = root === undefined ? undefined : drafts.get(root);
    if (
      draft &&
      /(?:^|\/)(?:src\/main\/resources|resources|config)\/[^/]+$|^[^/]+$/.test(
        file.slice(draft.root === '' ? 0 : draft.root.length + 1),
      )
    ) {
      draft.ownNames.unshift(name);
      draft.isNamed = true;
    }
  }
  const workloads = services.filter(({ selector }) => selector === undefined);
  const answering = services.filter(({ selector }) => selector !== undefined);
  const rest: FoundService[][] = [];
  const builtFrom = groupBy(workloads, ({ build }) => build ?? '');
  for (const group of groupByImage(workloads)) {
    const found = group.map((service) => findDraft(service, drafts, answering, builtFrom));
    const draft = found.find((each) => each !== undefined);
    if (draft) draft.services.push(...group);
    // `Dockerfile` at the top builds all that is below: what runs there has names of its own.
    else if (group.some(({ name }) => /\w/.test(name))) rest.push(group);
  }
  const isAlone = ![...drafts.values()].some((draft) => !draft.isTop && runs(draft));
  const modules = sortBy(
    [...drafts.values()].map((draft) => finish(draft, answering, isAlone)),
    ({ root }) => root,
  );
  const byRoot = new Map(modules.map((module) => [module.root, module] as const));
  return {
    modules,
    services: mergeServices(rest, answering),
    moduleOf: (file) => {
      const root = rootFor(file);
      return root === undefined ? undefined : byRoot.get(root);
    },
  };
}

interface Draft {
  readonly root: string;
  readonly manifests: readonly FoundManifest[];
  readonly ownNames: string[];
  readonly services: FoundService[];
  /** It is the source itself. */
  readonly isTop: boolean;
  /** Its settings give it the name of an application. */
  isNamed: boolean;
}

function toDraft(root: string, manifests: readonly FoundManifest[], isTop: boolean): Draft {
  return {
    root,
    manifests,
    ownNames: [
      ...folderNames(root),
      ...sortBy(
        manifests.flatMap(({ names }) => names),
        (name) => (ofTests.test(name) ? 1 : 0),
      ),
    ],
    services: [],
    isNamed: false,
    isTop,
  };
}

/** A manifest of tests beside that of the program: `orders-e2e`. */
const ofTests = /(?:^|[-_.])(?:e2e|tests?|testing|cypress|playwright)$/i;

/** A folder's name, or that of the folder around it where it says nothing. */
function folderNames(root: string): string[] {
  const parts = root.split('/').filter((part) => part !== '');
  const telling = parts.reverse().find((part) => !generic.has(part.toLowerCase()));
  return telling === undefined ? [] : [telling];
}

/** Image files such as `docker/Dockerfile` beside modules: for any of them, so for none. */
function findLoose(manifests: readonly FoundManifest[]): (file: string) => boolean {
  const folders = new Set(
    manifests.filter(({ isAggregator }) => !isAggregator).map(({ file }) => toRoot(folderOf(file))),
  );
  return (file) => {
    if (!isDockerfile(file)) return false;
    const root = rootOfManifest(file);
    const own = toRoot(folderOf(file));
    const isBeside = (folder: string): boolean =>
      folder !== own && (root === '' ? folder !== '' : folder.startsWith(`${root}/`));
    return root !== own && !folders.has(root) && [...folders].some(isBeside);
  };
}

/** The folder that a manifest is of. */
export function rootOfManifest(file: string): string {
  return toRoot(isDockerfile(file) ? imageFolder(file) : folderOf(file));
}

function toRoot(build: string): string {
  return build === '.' ? '' : build.replace(/\/$/, '');
}

/**
 * The module that a workload runs: built from its folder, or called like it. A version of it,
 * `reviews-v2`, is called by the name that the service in front of it has.
 */
function findDraft(
  service: FoundService,
  drafts: ReadonlyMap<string, Draft>,
  answering: readonly FoundService[],
  builtFrom: ReadonlyMap<string, readonly FoundService[]>,
): Draft | undefined {
  if (service.build !== undefined) {
    const built = drafts.get(toRoot(service.build));
    // What several are built from, with modules below it, is the folder around them.
    const isAround =
      built !== undefined &&
      new Set(builtFrom.get(service.build)?.map(({ name }) => foldKey(name))).size > 1 &&
      [...drafts.keys()].some((root) => root.startsWith(`${built.root}/`));
    if (built && !isAround && (!built.isTop || drafts.size === 1)) return built;
  }
  const image = service.image?.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const own = [service.name, image?.slice(image.lastIndexOf('/') + 1) ?? ''];
  const labels = service.labels ?? {};
  const called = [
    ...service.hosts,
    ...hostsOf(service, answering),
    labels['app.kubernetes.io/name'] ?? '',
    labels['app'] ?? '',
  ];
  for (const name of [...own, ...called]) {
    if (name === '' || name.includes('.')) continue;
    const matches = [...drafts.values()].filter(
      (draft) =>
        (!draft.isTop || own.includes(name)) &&
        draft.ownNames.some((each) => foldKey(each) === foldKey(name)),
    );
    if (matches.length === 1) return matches[0];
  }
  return undefined;
}

/** Whether the code of a draft runs by itself: a descriptor deploys it, or it is built as a program. */
function runs({ services, manifests, isNamed }: Draft): boolean {
  return (
    services.some(({ file }) => isDockerfile(file)) ||
    manifests.some(({ isDeployable, usesRuntime }) => isDeployable || (usesRuntime && isNamed))
  );
}

function finish(draft: Draft, answering: readonly FoundService[], isAlone: boolean): Module {
  // An image's own file names its folder; what deploys it names the service.
  const services = sortBy(draft.services, ({ file }) => (isDockerfile(file) ? 1 : 0));
  const [service] = services;
  const manifest = draft.manifests[0];
  const type = services.find((each) => each.type !== undefined)?.type;
  const given = services
    .filter(
      ({ name, file }) =>
        !isDockerfile(file) || (/\w/.test(name) && !generic.has(name.toLowerCase())),
    )
    .map(({ name }) => name);
  // Versions beside each other are one system, by the name that all of them answer to.
  const shared = draft.ownNames.find((own) =>
    services.some((each) => [...each.hosts, ...hostsOf(each, answering)].includes(own)),
  );
  const isVersion = given.every((name) => name === shared || name.startsWith(`${shared}-`));
  // Deployed as `frontend`, the folder `shop/frontend` needs no name of the folder around it.
  const folder = draft.root.slice(draft.root.lastIndexOf('/') + 1);
  const isFolder = given.some((name) => foldKey(name) === foldKey(folder));
  const around = isFolder ? folderNames(draft.root).filter((name) => name !== folder) : [];
  const own = draft.ownNames.filter((name) => !around.includes(name));
  const names = sortedNames([
    ...(isVersion && shared !== undefined ? [shared] : []),
    ...given,
    ...own,
  ]);
  const settings = services.flatMap(({ settings: given, file }) =>
    given.map((setting) => ({ ...setting, file })),
  );
  return {
    root: draft.root,
    name: names[0] ?? (draft.root === '' ? 'root' : draft.root),
    names,
    hosts: sortedUnique([
      ...services.flatMap(({ hosts }) => hosts),
      ...services.flatMap((each) => hostsOf(each, answering)),
    ]),
    // What is built for the whole source is a system only where nothing below it is one.
    isDeployable:
      names.length > 0 &&
      (services.some(({ file }) => !isDockerfile(file)) ||
        ((!draft.isTop || isAlone) && runs(draft))),
    ports: [...new Set(services.flatMap(({ ports }) => ports))],
    defaultPorts: draft.manifests.flatMap(({ defaultPorts = [] }) => defaultPorts),
    ...toDiscovery(draft.manifests),
    labels: services.flatMap(({ labels }) => (labels ? [labels] : [])),
    kind: services.map(({ kind }) => kind).find(isStore) ?? 'application',
    ...(type === undefined ? {} : { type }),
    settings,
    file: service?.file ?? manifest?.file ?? draft.root,
    at: service ? { line: service.line, column: service.column } : { line: 1, column: 1 },
  };
}

function toDiscovery(manifests: readonly FoundManifest[]): Pick<Module, 'discovery'> {
  const [found] = manifests.flatMap(({ discovery: role, file }) => (role ? [{ role, file }] : []));
  return found ? { discovery: found } : {};
}

function sortedNames(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  // Spelled with another separator it is a name that others may use.
  for (const name of names) {
    const key = name.toLowerCase();
    if (!seen.has(key)) seen.set(key, name);
  }
  return [...seen.values()];
}

/** The names of descriptors that lead to a workload by its labels. */
function hostsOf(service: FoundService, answering: readonly FoundService[]): string[] {
  return answering.filter((door) => isSelected(service, door)).flatMap(({ hosts }) => hosts);
}

/** One service for each name, whichever descriptors name it. */
function mergeServices(
  services: readonly (readonly FoundService[])[],
  answering: readonly FoundService[],
): BackingService[] {
  const byName = groupBy(services, (same) => foldKey(same[0]?.name ?? ''));
  const merged = [...byName.values()].flatMap((groups) => {
    const group = groups.flat();
    const [first] = group;
    if (!first) return [];
    const type = group.find((each) => each.type !== undefined)?.type;
    const protocol = group.find((each) => each.protocol !== undefined)?.protocol;
    return [
      {
        name: first.name,
        hosts: sortedUnique(group.flatMap((each) => [...each.hosts, ...hostsOf(each, answering)])),
        kind: group.find(({ kind }) => kind !== undefined)?.kind ?? ('application' as const),
        ...(type === undefined ? {} : { type }),
        ...(protocol === undefined ? {} : { protocol }),
        ports: [...new Set(group.flatMap(({ ports }) => ports))],
        labels: group.flatMap(({ labels }) => (labels ? [labels] : [])),
        settings: group.flatMap(({ settings, file }) =>
          settings.map((each) => ({ ...each, file })),
        ),
        file: first.file,
        at: { line: first.line, column: first.column },
      },
    ];
  });
  return sortBy(merged, ({ name }) => name);
}
