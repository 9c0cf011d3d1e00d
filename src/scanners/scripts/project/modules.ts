import { groupBy, sortBy, sortedUnique } from '../../../order.ts';
import type { SystemKind } from '../../../vocabulary.ts';
import type { Position } from '../facts.ts';
import { foldKey, type Service, type Setting } from '../settings/setting.ts';
import type { Manifest } from './manifests.ts';

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
  readonly ports: readonly number[];
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

export interface FoundService extends Service {
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
 */
export function findModules(
  manifests: readonly FoundManifest[],
  services: readonly FoundService[],
  applicationNames: readonly { readonly file: string; readonly name: string }[],
): ModuleTable {
  const roots = groupBy(
    manifests.filter(({ isAggregator }) => !isAggregator),
    ({ file }) => rootOf(file),
  );
  for (const { build } of services)
    if (build !== undefined && !roots.has(toRoot(build))) roots.set(toRoot(build), []);
  const folders = [...roots.keys()].sort((a, b) => b.length - a.length);
  const rootFor = (file: string): string | undefined =>
    folders.find((root) => root === '' || file.startsWith(`${root}/`));
  const drafts = new Map([...roots].map(([root, found]) => [root, toDraft(root, found)] as const));
  for (const { file, name } of applicationNames) {
    const root = rootFor(file);
    const draft = root === undefined ? undefined : drafts.get(root);
    if (
      draft &&
      /(?:^|\/)(?:src\/main\/resources|resources|config)\/[^/]+$|^[^/]+$/.test(
        file.slice(draft.root === '' ? 0 : draft.root.length + 1),
      )
    )
      draft.ownNames.unshift(name);
  }
  const workloads = services.filter(({ selector }) => selector === undefined);
  const rest: FoundService[] = [];
  for (const service of workloads) {
    const draft = findDraft(service, drafts);
    if (draft) draft.services.push(service);
    else rest.push(service);
  }
  const answering = services.filter(({ selector }) => selector !== undefined);
  const modules = sortBy(
    [...drafts.values()].map((draft) => finish(draft, answering)),
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
}

function toDraft(root: string, manifests: readonly FoundManifest[]): Draft {
  return {
    root,
    manifests,
    ownNames: [...folderNames(root), ...manifests.flatMap(({ names }) => names)],
    services: [],
  };
}

/** A folder's name, or that of the folder around it where it says nothing. */
function folderNames(root: string): string[] {
  const parts = root.split('/').filter((part) => part !== '');
  const telling = parts.reverse().find((part) => !generic.has(part.toLowerCase()));
  return telling === undefined ? [] : [telling];
}

function rootOf(file: string): string {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  // `orders/docker/Dockerfile` builds orders.
  return isDockerfile(file) ? folder.replace(/(?:^|\/)(?:docker|build|deploy)$/i, '') : folder;
}

function toRoot(build: string): string {
  return build === '.' ? '' : build.replace(/\/$/, '');
}

/** The module that a workload runs: built from its folder, or called like it. */
function findDraft(service: FoundService, drafts: ReadonlyMap<string, Draft>): Draft | undefined {
  if (service.build !== undefined) {
    const built = drafts.get(toRoot(service.build));
    if (built && (built.root !== '' || drafts.size === 1)) return built;
  }
  const image = service.image?.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const wanted = [service.name, image?.slice(image.lastIndexOf('/') + 1) ?? ''];
  for (const name of wanted) {
    if (name === '') continue;
    const matches = [...drafts.values()].filter((draft) =>
      draft.ownNames.some((own) => foldKey(own) === foldKey(name)),
    );
    if (matches.length === 1) return matches[0];
  }
  return undefined;
}

function finish(draft: Draft, answering: readonly FoundService[]): Module {
  // An image's own file names its folder; what deploys it names the service.
  const services = sortBy(draft.services, ({ file }) => (isDockerfile(file) ? 1 : 0));
  const [service] = services;
  const manifest = draft.manifests[0];
  const names = sortedNames([...services.map(({ name }) => name), ...draft.ownNames]);
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
    isDeployable:
      services.length > 0 ||
      (draft.root !== '' && draft.manifests.some(({ isDeployable }) => isDeployable)),
    ports: [...new Set(services.flatMap(({ ports }) => ports))],
    labels: services.flatMap(({ labels }) => (labels ? [labels] : [])),
    kind: services.map(({ kind }) => kind).find(isStore) ?? 'application',
    settings,
    file: service?.file ?? manifest?.file ?? draft.root,
    at: service ? { line: service.line, column: service.column } : { line: 1, column: 1 },
  };
}

function isStore(kind: SystemKind | undefined): kind is SystemKind {
  return kind === 'database' || kind === 'broker' || kind === 'file-store';
}

function isDockerfile(file: string): boolean {
  return /(?:^|\/)[^/]*Dockerfile[^/]*$/i.test(file);
}

function sortedNames(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names) if (!seen.has(foldKey(name))) seen.set(foldKey(name), name);
  return [...seen.values()];
}

/** The names of descriptors that lead to a workload by its labels. */
function hostsOf(service: FoundService, answering: readonly FoundService[]): string[] {
  const { labels } = service;
  if (!labels) return [];
  return answering.flatMap(({ selector, hosts }) => {
    const wanted = Object.entries(selector ?? {});
    return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value) ? hosts : [];
  });
}

/** One service for each name, whichever descriptors name it. */
function mergeServices(
  services: readonly FoundService[],
  answering: readonly FoundService[],
): BackingService[] {
  const merged = [...groupBy(services, ({ name }) => foldKey(name)).values()].flatMap((group) => {
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
