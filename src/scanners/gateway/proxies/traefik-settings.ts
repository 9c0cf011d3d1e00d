import type { Place } from '../../../errors.ts';
import {
  type Mapping,
  mergeKeys,
  type Path,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../../scripts/settings/documents.ts';
import { flattenTree } from '../../scripts/settings/flatten.ts';
import { toOpenValue } from '../../scripts/settings/open-value.ts';
import { readToml } from '../../scripts/settings/read-nested-lines.ts';
import { readConfigTrees } from './config-trees.ts';
import type { ConfigFile } from './proxy-config.ts';

/** One value of a Traefik configuration, however it was written. */
export interface TraefikSetting {
  /** Lower case, e.g. `http.routers.shop.rule`. */
  readonly key: string;
  readonly value: string;
  /** The container that a label stands on. */
  readonly container?: string;
  readonly place: Place;
}

const mostLabels = 20_000;

/** The settings of a YAML, JSON or TOML file, and those in the labels of a Compose file. */
export function readTraefikSettings({ file, text }: ConfigFile): TraefikSetting[] {
  if (/\.toml(?:\.\w{1,10})?$/i.test(file))
    return readToml(text).map(({ key, value, line, column }) => ({
      key: key.toLowerCase(),
      value,
      place: { file, line, column },
    }));
  return readConfigTrees({ file, text }).flatMap((tree) => {
    const labels = readLabels(tree, file);
    if (labels.length > 0) return labels;
    return flattenTree(tree).map(({ key, value, line, column }) => ({
      key: key.toLowerCase(),
      value,
      place: { file, line, column },
    }));
  });
}

function readLabels(tree: Tree, file: string): TraefikSetting[] {
  const services = toMapping(toMapping(tree.value)['services']);
  const found: TraefikSetting[] = [];
  for (const [container, written] of Object.entries(mergeKeys(services))) {
    const service = mergeKeys(toMapping(written));
    const deploy = toMapping(service['deploy']);
    const places: readonly [unknown, Path][] = [
      [service['labels'], ['services', container, 'labels']],
      [deploy['labels'], ['services', container, 'deploy', 'labels']],
    ];
    for (const [labels, path] of places)
      for (const { key, value, at } of readPairs(labels)) {
        if (!/^traefik\./i.test(key) || found.length >= mostLabels) continue;
        const { line, column } = tree.placeOf([...path, at]);
        found.push({
          key: key.slice('traefik.'.length).toLowerCase(),
          value: toOpenValue('label', value, { bare: true }),
          container,
          place: { file, line, column },
        });
      }
  }
  return found;
}

/** A mapping, or a list of `key=value`. */
function readPairs(labels: unknown): { key: string; value: string; at: string | number }[] {
  if (Array.isArray(labels))
    return toList(labels).map((label, at) => {
      const text = toScalar(label) ?? '';
      const equals = text.indexOf('=');
      return equals < 0
        ? { key: text, value: '', at }
        : { key: text.slice(0, equals), value: text.slice(equals + 1), at };
    });
  return Object.entries(mergeKeys(toMapping(labels) as Mapping)).map(([key, value]) => ({
    key,
    value: toScalar(value) ?? '',
    at: key,
  }));
}
