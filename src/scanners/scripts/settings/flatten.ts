import type { Position } from '../program/program.ts';
import { isMapping, mergeKeys, type Path, type Tree, toScalar } from './documents.ts';
import { type PlaceholderSyntax, toOpenValue } from './open-value.ts';
import type { Setting } from './setting.ts';

const mostSettings = 20_000;
const deepest = 60;

/** How the keys of nested values are joined. */
export interface FlattenOptions {
  /** `.` as in Spring (`a.b[0]`), or `:` as in .NET (`a:b:0`). */
  readonly separator?: '.' | ':';
  readonly syntax?: PlaceholderSyntax;
  /** Where in the tree to begin; keys count from there. */
  readonly from?: Path;
  /** What stands before each key. */
  readonly prefix?: string;
}

/** All values of a tree as settings. A list of plain values is one setting too: `a,b`. */
export function flattenTree(tree: Tree, options: FlattenOptions = {}): Setting[] {
  const { separator = '.', syntax, from = [], prefix = '' } = options;
  const settings: Setting[] = [];

  const add = (key: string, text: string, path: Path): void => {
    if (key === '' || settings.length >= mostSettings) return;
    const place: Position = tree.placeOf(path);
    settings.push({
      key,
      value: toOpenValue(key, text, syntax),
      line: place.line,
      column: place.column,
    });
  };
  const visit = (value: unknown, key: string, path: Path): void => {
    if (settings.length >= mostSettings || path.length > deepest) return;
    const scalar = toScalar(value);
    if (scalar !== undefined) add(key, scalar, path);
    else if (Array.isArray(value)) {
      const scalars = value.slice(0, 200).map(toScalar);
      if (value.length > 1 && scalars.every((item) => item !== undefined))
        add(key, scalars.join(','), path);
      for (const [index, item] of value.entries()) {
        if (settings.length >= mostSettings) return;
        visit(item, separator === ':' ? `${key}:${index}` : `${key}[${index}]`, [...path, index]);
      }
    } else if (isMapping(value)) {
      for (const [name, item] of Object.entries(mergeKeys(value))) {
        if (settings.length >= mostSettings) return;
        // What a merge key brings stands where the merge does.
        const at = Object.hasOwn(value, name) ? [...path, name] : [...path, '<<', name];
        visit(item, key === '' ? name : `${key}${separator}${name}`, at);
      }
    }
  };
  visit(valueAt(tree.value, from), prefix, from);
  return settings;
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isMapping(current)) current = mergeKeys(current)[String(key)];
    else return undefined;
  }
  return current;
}
