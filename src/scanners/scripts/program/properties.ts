import {
  lowerConfidence,
  mergeSources,
  toChoice,
  toHole,
  toUnknown,
  type Value,
  writeValue,
} from './calls.ts';
import { readOpenText } from './open-text.ts';
import { findScope } from './scopes.ts';
import type { Frame, State } from './state.ts';

/** A property or an item of a value. */
export function readKey(object: Value, key: string, state: State): Value {
  switch (object.kind) {
    case 'object':
      return object.entries.get(key) ?? toUnknown(key, object.from);
    case 'list':
      return object.items[Number(key)] ?? toUnknown(key, object.from);
    case 'choice':
      return toChoice(object.options.map((option) => readKey(option, key, state)));
    case 'text':
      // The parts of an address are the address.
      return /^(?:href|origin|value|Value)$/.test(key) ? object : toUnknown(key, object.from);
    case 'result':
    case 'unknown': {
      const field = object.type ? readField(object.type, key, state) : undefined;
      if (field) return lowerConfidence({ ...field, from: mergeSources([field, object]) }, 0.9);
      if (object.kind === 'result') {
        return object.type === undefined
          ? { ...object }
          : { ...toHole({ kind: 'name', name: `${object.type}.${key}` }), from: object.from };
      }
      return readHoleKey(object, key, state);
    }
  }
}

/** `config['erp']['url']` and `settings.erp.url` where `config` or `settings` is open itself. */
function readHoleKey(object: Value & { kind: 'unknown' }, key: string, state: State): Value {
  if (object.type !== undefined) {
    // `config.Settings`, a type of an imported package
    const imported = object.type.includes('.')
      ? state.names.findImport(object.type.split('.'))
      : undefined;
    const hole = imported
      ? toHole({ kind: 'import', module: imported.module, name: `${imported.name}.${key}` })
      : toHole({ kind: 'name', name: `${object.type}.${key}` });
    return { ...hole, from: object.from };
  }
  const hole = readOpenText(`{${object.text}}`)[0];
  if (typeof hole !== 'object' || hole.kind === 'param' || hole.kind === 'unknown')
    return toUnknown(`${object.text}.${key}`, object.from);
  const { environmentObjects } = state.rules;
  const path = hole.kind === 'import' ? `${hole.module}.${hole.name}` : hole.name;
  if (hole.kind !== 'env' && environmentObjects.includes(path))
    return { ...toHole({ kind: 'env', name: key }), from: object.from };
  return { ...toHole({ ...hole, name: `${hole.name}.${key}` }), from: object.from };
}

/** A field of a local class, its own or inherited. */
export function readField(className: string, name: string, state: State): Value | undefined {
  let at: string | undefined = className;
  for (let guard = 0; at !== undefined && guard < 10; guard++) {
    const local = state.classes.get(at);
    const value = local?.fields.get(name);
    if (value) return value;
    at = local?.supertypes.find((supertype) => state.classes.has(supertype));
  }
  return undefined;
}

/** Whether a path is the environment or a settings object itself. */
export function isEnvironment(path: readonly string[], frame: Frame, state: State): boolean {
  const [first = ''] = path;
  if (path.length === 0 || findScope(frame.scope, first)) return false;
  const { environmentObjects } = state.rules;
  return (
    environmentObjects.includes(path.join('.')) ||
    environmentObjects.includes(state.names.qualify(path))
  );
}

/** `a ?? b`: the default of a setting stays with it; else the first that has a value. */
export function withDefault(value: Value, fallback: Value): Value {
  if (value.kind !== 'unknown')
    return value.kind === 'text' && value.text === '' ? fallback : value;
  const hole = readOpenText(`{${value.text}}`)[0];
  if (
    typeof hole === 'object' &&
    hole.kind === 'env' &&
    (fallback.kind === 'text' || fallback.kind === 'unknown')
  )
    return { ...toHole({ ...hole, fallback: writeValue(fallback) }), from: value.from };
  return lowerConfidence({ ...fallback, from: mergeSources([value, fallback]) }, 0.8);
}
