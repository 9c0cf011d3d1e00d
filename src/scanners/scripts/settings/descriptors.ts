import { type Mapping, type Path, type Tree, toList, toMapping, toScalar } from './documents.ts';
import { toOpenValue } from './open-value.ts';
import { folderOf, lastName, resolvePath } from './paths.ts';
import { splitLines } from './read-key-lines.ts';
import { toPort, toService } from './service.ts';
import { type Service, type Setting, type SettingsReading, toSettingsReading } from './setting.ts';

const most = 1_000;

function mapSettings(value: unknown, tree: Tree, path: Path): Setting[] {
  return Object.entries(toMapping(value))
    .slice(0, most)
    .flatMap(([key, item]): Setting[] => {
      const text = toScalar(item);
      const { line, column } = tree.placeOf([...path, key]);
      return text === undefined ? [] : [{ key, value: toOpenValue(key, text), line, column }];
    });
}

/** Lists of `{name, value}`, as ECS and Kubernetes write an environment. */
function listSettings(value: unknown, tree: Tree, path: Path): Setting[] {
  return toList(value)
    .slice(0, most)
    .flatMap((item, index): Setting[] => {
      const key = toScalar(toMapping(item)['name']);
      const text = toScalar(toMapping(item)['value']);
      const { line, column } = tree.placeOf([...path, index, 'value']);
      return key === undefined || text === undefined
        ? []
        : [{ key, value: toOpenValue(key, text), line, column }];
    });
}

/** Whether a JSON or YAML file is a task definition of Amazon ECS. */
export function isTaskDefinition(value: Mapping): boolean {
  return (
    Array.isArray(value['containerDefinitions']) ||
    Array.isArray(toMapping(value['taskDefinition'])['containerDefinitions'])
  );
}

/** The containers of an ECS task. */
export function readTaskDefinition(tree: Tree): SettingsReading {
  const root = toMapping(tree.value);
  const isWrapped = !Array.isArray(root['containerDefinitions']);
  const base: Path = [...(isWrapped ? ['taskDefinition'] : []), 'containerDefinitions'];
  const containers = isWrapped
    ? toMapping(root['taskDefinition'])['containerDefinitions']
    : root['containerDefinitions'];
  const services = toList(containers)
    .slice(0, most)
    .flatMap((item, index): Service[] => {
      const container = toMapping(item);
      const name = toScalar(container['name']);
      if (name === undefined) return [];
      const path = [...base, index];
      const texts = (key: string): string[] =>
        toList(container[key]).flatMap((text) => toScalar(text) ?? []);
      return [
        toService(name, tree.placeOf(path), {
          image: toScalar(container['image']),
          hosts: [name],
          ports: toList(container['portMappings']).flatMap(
            (port) => toPort(toScalar(toMapping(port)['containerPort'])) ?? [],
          ),
          settings: listSettings(container['environment'], tree, [...path, 'environment']),
          dependsOn: [
            ...toList(container['dependsOn']).flatMap(
              (on) => toScalar(toMapping(on)['containerName']) ?? [],
            ),
            ...texts('links').map((link) => link.split(':')[0] ?? link),
          ],
          command: [...texts('entryPoint'), ...texts('command')].join(' ') || undefined,
        }),
      ];
    });
  return toSettingsReading({ services });
}

/** The functions of a `serverless.yml`, as one service with one environment. */
export function readServerless(tree: Tree, file: string): SettingsReading {
  const root = toMapping(tree.value);
  const name =
    toScalar(root['service']) ??
    toScalar(toMapping(root['service'])['name']) ??
    lastName(folderOf(file));
  const functions = Object.entries(toMapping(root['functions'])).slice(0, most);
  const settings = [
    ...mapSettings(toMapping(root['provider'])['environment'], tree, ['provider', 'environment']),
    ...functions.flatMap(([key, value]) =>
      mapSettings(toMapping(value)['environment'], tree, ['functions', key, 'environment']),
    ),
    ...mapSettings(root['custom'], tree, ['custom']).map((setting) => ({
      ...setting,
      key: `custom.${setting.key}`,
    })),
  ];
  return toSettingsReading({
    services: [toService(name, tree.placeOf(['service']), { build: folderOf(file), settings })],
  });
}

/** Images and the folders that Skaffold builds them from. */
export function readSkaffold(trees: readonly Tree[], file: string): SettingsReading {
  const services = trees.flatMap((tree) =>
    toList(toMapping(toMapping(tree.value)['build'])['artifacts'])
      .slice(0, most)
      .flatMap((item, index): Service[] => {
        const artifact = toMapping(item);
        const image = toScalar(artifact['image']);
        if (image === undefined) return [];
        const build = resolvePath(file, toScalar(artifact['context']) ?? '.');
        const name = lastName(image);
        return [
          toService(name, tree.placeOf(['build', 'artifacts', index]), {
            image,
            build,
            hosts: [name],
          }),
        ];
      }),
  );
  return toSettingsReading({ services });
}

/** The environment of a Google App Engine service. */
export function readAppEngine(tree: Tree, file: string): SettingsReading {
  const root = toMapping(tree.value);
  const settings = mapSettings(root['env_variables'], tree, ['env_variables']);
  const name = toScalar(root['service']) ?? lastName(folderOf(file));
  return toSettingsReading({
    services: [toService(name, tree.placeOf([]), { build: folderOf(file), settings })],
  });
}

/** The processes of a `Procfile`. */
export function readProcfile(text: string, file: string): SettingsReading {
  const services = splitLines(text).flatMap((line, index): Service[] => {
    const match = /^([\w-]{1,60}):\s*(\S.*)$/.exec(line);
    return match?.[1] === undefined
      ? []
      : [
          toService(
            match[1],
            { line: index + 1, column: 1 },
            { build: folderOf(file), command: match[2] },
          ),
        ];
  });
  return toSettingsReading({ services });
}
