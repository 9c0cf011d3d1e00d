import type { Position } from '../program/program.ts';
import {
  isMapping,
  type Mapping,
  mergeKeys,
  type Path,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from './documents.ts';
import { valueAt } from './flatten.ts';
import { plainName } from './helm.ts';
import { joinServices } from './join-services.ts';
import { readPolicies } from './kubernetes-policies.ts';
import { readRoutes } from './kubernetes-routes.ts';
import { readLinkerdPolicies } from './linkerd-policies.ts';
import { toOpenValue } from './open-value.ts';
import { accountLabel } from './policy-labels.ts';
import { toPort, toService } from './service.ts';
import {
  type NamedAddress,
  type Permission,
  type PolicyName,
  type Service,
  type Setting,
  type SettingGroup,
  type SettingsReading,
  toSettingsReading,
} from './setting.ts';

/** Reads a file that stands inside another, such as an entry of a ConfigMap. */
export type ReadNested = (text: string, file: string) => readonly SettingsReading[];

const mostObjects = 2_000;

/** Where each kind of workload keeps the template of its pods. */
const podPaths: Readonly<Record<string, Path>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** Containers that stand beside the one with the code. */
const sidecar =
  /(?:istio|envoy|linkerd|cloud-?sql-?proxy|vault-agent|fluent-?bit|filebeat|jaeger-agent|otel|oauth2-proxy|exporter)/i;

/** Whether a document is a Kubernetes object. */
export function isKubernetes(value: Mapping): boolean {
  return typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

/** Workloads, the Services before them, ConfigMaps and routes of a manifest. */
export function readKubernetes(trees: readonly Tree[], readNested: ReadNested): SettingsReading {
  const services: Service[] = [];
  const groups: SettingGroup[] = [];
  const names: NamedAddress[] = [];
  const settings: Setting[] = [];
  const permissions: Permission[] = [];
  const policyNames: PolicyName[] = [];
  for (const { tree, path, object } of trees
    .flatMap((tree) => listObjects(tree))
    .slice(0, mostObjects)) {
    const kind = toScalar(object['kind']) ?? '';
    const isKnative = /^serving\.knative\.dev/.test(toScalar(object['apiVersion']) ?? '');
    const podPath =
      isKnative && kind === 'Service'
        ? podPaths['Deployment']
        : Object.hasOwn(podPaths, kind)
          ? podPaths[kind]
          : undefined;
    const name = nameOf(object);
    if (name === undefined) {
      if (kind === 'Kustomization') groups.push(...readGenerators(tree, path, object));
    } else if (podPath)
      services.push(readWorkload(name, kind, tree, path, [...path, ...podPath], object));
    else if (kind === 'Service') {
      const external = toScalar(toMapping(object['spec'])['externalName']);
      if (external !== undefined)
        names.push({
          name,
          address: toOpenValue('host', external),
          ...placeOf(tree, [...path, 'spec', 'externalName']),
        });
      else services.push(readServiceName(name, tree, path, object));
    } else if (kind === 'ConfigMap')
      groups.push({ name, settings: readData(object, 'data', tree, path, readNested) });
    else if (kind === 'Secret')
      groups.push({ name, settings: readData(object, 'stringData', tree, path, readNested) });
    else {
      const linkerd = readLinkerdPolicies(kind, object, tree, path);
      permissions.push(...readPolicies(kind, object, tree, path), ...linkerd.permissions);
      policyNames.push(...linkerd.names);
      const routes = readRoutes(kind, object, tree, path);
      settings.push(...routes.settings);
      names.push(...routes.names);
    }
  }
  return toSettingsReading({
    services: joinServices(services, groups),
    groups,
    names,
    settings,
    permissions,
    policyNames,
  });
}

interface Found {
  readonly tree: Tree;
  readonly path: Path;
  readonly object: Mapping;
}

/** The objects of a document; a `List` and an OpenShift template hold several. */
function listObjects(tree: Tree): Found[] {
  const object = mergeKeys(toMapping(tree.value));
  const inside = ['items', 'objects'].find(
    (key) =>
      /(?:List|Template)$/.test(toScalar(object['kind']) ?? '') && Array.isArray(object[key]),
  );
  if (inside === undefined) return [{ tree, path: [], object }];
  return toList(object[inside])
    .slice(0, mostObjects)
    .flatMap((item, index) =>
      isMapping(item) ? [{ tree, path: [inside, index], object: mergeKeys(item) }] : [],
    );
}

function nameOf(object: Mapping): string | undefined {
  const metadata = toMapping(object['metadata']);
  const name = toScalar(metadata['name']) ?? toScalar(metadata['generateName'])?.replace(/-$/, '');
  return name === undefined ? undefined : plainName(name) || undefined;
}

function placeOf(tree: Tree, path: Path): Position {
  const { line, column } = tree.placeOf(path);
  return { line, column };
}

function toTexts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(toMapping(value)).flatMap(([key, item]) => {
      const text = toScalar(item);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

function readWorkload(
  name: string,
  kind: string,
  tree: Tree,
  path: Path,
  podPath: Path,
  object: Mapping,
): Service {
  const pod = toMapping(valueAt(tree.value, podPath));
  const specPath = [...podPath, 'spec'];
  const spec = mergeKeys(toMapping(pod['spec']));
  const containers = toList(spec['containers'])
    .slice(0, 50)
    .map((item, index) => ({
      container: mergeKeys(toMapping(item)),
      path: [...specPath, 'containers', index],
    }));
  const main =
    containers.find(({ container }) => !sidecar.test(toScalar(container['name']) ?? '')) ??
    containers[0];
  const own = main ? [main, ...containers.filter((item) => item !== main)] : [];
  const command = [
    ...toList(main?.container['command']),
    ...toList(main?.container['args']),
  ].flatMap((word) => toScalar(word) ?? []);
  const volumes = toList(spec['volumes']).flatMap(
    (volume) => toScalar(toMapping(toMapping(volume)['configMap'])['name']) ?? [],
  );
  const isBatch = kind === 'Job' || kind === 'CronJob';
  const labels = {
    ...toTexts(toMapping(object['metadata'])['labels']),
    ...toTexts(toMapping(pod['metadata'])['labels']),
    ...toTexts({ [accountLabel]: spec['serviceAccountName'] ?? spec['serviceAccount'] }),
  };
  return toService(name, placeOf(tree, [...path, 'metadata', 'name']), {
    image: plainText(main?.container['image']),
    command: command.join(' ') || undefined,
    hosts: isBatch ? [] : [name],
    ports: own.flatMap(({ container }) =>
      toList(container['ports']).flatMap(
        (port) => toPort(toScalar(toMapping(port)['containerPort'])) ?? [],
      ),
    ),
    settings: own.flatMap(({ container, path: at }) => readEnvironment(container, tree, at)),
    groups: [...new Set([...own.flatMap(({ container }) => listGroups(container)), ...volumes])],
    labels,
    ...namespaceOf(object),
  });
}

/** A text without placeholders; one with them names no image and no namespace. */
function plainText(value: unknown): string | undefined {
  const text = toScalar(value);
  return text === undefined || /[${}]/.test(text) ? undefined : text;
}

function readEnvironment(container: Mapping, tree: Tree, path: Path): Setting[] {
  return toList(container['env'])
    .slice(0, 1_000)
    .flatMap((item, index): Setting[] => {
      const variable = toMapping(item);
      const key = toScalar(variable['name']);
      const value = toScalar(variable['value']);
      const source = toMapping(variable['valueFrom']);
      const from = toMapping(source['configMapKeyRef'] ?? source['secretKeyRef']);
      const at = value === undefined ? 'name' : 'value';
      if (key === undefined) return [];
      const place = placeOf(tree, [...path, 'env', index, at]);
      const referred = toScalar(from['key']);
      if (value !== undefined) return [{ key, value: toOpenValue(key, value), ...place }];
      return referred === undefined
        ? []
        : [{ key, value: `{env:${referred.replace(/[{}\s]/g, '')}}`, ...place }];
    });
}

/** ConfigMaps that a container takes its environment from, whole or by key. */
function listGroups(container: Mapping): string[] {
  const whole = toList(container['envFrom']).flatMap((item) => {
    const source = toMapping(item);
    return toScalar(toMapping(source['configMapRef'] ?? source['secretRef'])['name']) ?? [];
  });
  const single = toList(container['env']).flatMap(
    (item) =>
      toScalar(toMapping(toMapping(toMapping(item)['valueFrom'])['configMapKeyRef'])['name']) ?? [],
  );
  return [...whole, ...single];
}

/** The names that a Service answers to; its selector says for whom. */
function readServiceName(name: string, tree: Tree, path: Path, object: Mapping): Service {
  const spec = toMapping(object['spec']);
  const { namespace } = namespaceOf(object);
  const ports = toList(spec['ports']).flatMap(
    (port) => toPort(toScalar(toMapping(port)['port'])) ?? [],
  );
  return toService(name, placeOf(tree, [...path, 'metadata', 'name']), {
    hosts: [
      name,
      ...(namespace === undefined
        ? []
        : ['', '.svc', '.svc.cluster.local'].map((end) => `${name}.${namespace}${end}`)),
    ],
    ports,
    selector: toTexts(spec['selector']),
    ...namespaceOf(object),
  });
}

function namespaceOf(object: Mapping): { readonly namespace?: string } {
  const namespace = plainText(toMapping(object['metadata'])['namespace']);
  return namespace === undefined ? {} : { namespace };
}

/** The entries of a ConfigMap; an entry that is a configuration file gives its settings. */
function readData(
  object: Mapping,
  key: string,
  tree: Tree,
  path: Path,
  readNested: ReadNested,
): Setting[] {
  return Object.entries(toMapping(object[key]))
    .slice(0, 1_000)
    .flatMap(([name, item]): Setting[] => {
      const text = toScalar(item);
      if (text === undefined) return [];
      const place = placeOf(tree, [...path, key, name]);
      if (!text.includes('\n')) return [{ key: name, value: toOpenValue(name, text), ...place }];
      return readNested(text, name).flatMap(({ settings }) =>
        settings.map((setting) => ({ ...setting, line: place.line + setting.line })),
      );
    });
}

/** ConfigMaps that Kustomize makes from literals. */
function readGenerators(tree: Tree, path: Path, object: Mapping): SettingGroup[] {
  return toList(object['configMapGenerator'])
    .slice(0, 200)
    .flatMap((item, index) => {
      const generator = toMapping(item);
      const name = toScalar(generator['name']);
      if (name === undefined) return [];
      const settings = toList(generator['literals']).flatMap((literal, at): Setting[] => {
        const match = /^([^=\s]{1,200})=([\s\S]*)$/.exec(toScalar(literal) ?? '');
        if (match?.[1] === undefined) return [];
        const place = placeOf(tree, [...path, 'configMapGenerator', index, 'literals', at]);
        const value = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2');
        return [{ key: match[1], value: toOpenValue(match[1], value), ...place }];
      });
      return [{ name, settings }];
    });
}
