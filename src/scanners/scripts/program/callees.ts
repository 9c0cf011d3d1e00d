import { toUnknown, type Value } from './calls.ts';
import { walkFunction } from './functions.ts';
import { toPath } from './names.ts';
import { readOpenText } from './open-text.ts';
import type { CallExpression, Expression } from './program.ts';
import { readField } from './properties.ts';
import { findScope } from './scopes.ts';
import type { Frame, LocalFunction, State } from './state.ts';

/** What is called: by the client table's name, and by the file's own where it has such a function. */
export interface Callee {
  readonly name: string;
  readonly receiver?: number;
  readonly object?: Value;
  readonly local?: LocalFunction;
  /** The name under which other files know it, where it is no function of this file. */
  readonly foreign?: string;
  /** The local or foreign class that a `new` makes. */
  readonly made?: string;
}

export function findCallee(
  call: CallExpression,
  frame: Frame,
  state: State,
  depth: number,
): Callee {
  const { target } = call;
  const path = toPath(target);
  if (!path) {
    if (target.kind === 'member') return findMethod(target, frame, state, depth);
    // A function without a name that is called where it stands.
    const object =
      target.kind === 'function'
        ? (walkFunction(target.function, undefined, frame, state, depth) ?? toUnknown('…'))
        : state.evaluate(target, frame, depth + 1);
    return object.kind === 'result' && target.kind !== 'function'
      ? { name: `${object.callee}#`, receiver: object.call, object }
      : { name: '', object };
  }
  const [first = ''] = path;
  if (path.length === 1) return findFunction(first, call, frame, state);
  if (isOwn(first, frame, state) || target.kind !== 'member') {
    return target.kind === 'member'
      ? findMethod(target, frame, state, depth)
      : { name: `.${path.join('.')}` };
  }
  if (call.isNew) return toMade(path, state);
  const key = path.join('.');
  const local = findLocal(key, state);
  if (local) return { name: `.${key}`, local };
  const dotted = findScope(frame.scope, path.slice(0, -1).join('.'));
  if (dotted) return findMethod(target, frame, state, depth);
  const imported = state.names.findImport(path);
  const name = state.names.qualify(path);
  const foreign = imported ? `${imported.module}#${imported.name}` : key;
  // `process.env.URL.trim()`: what the method is called on is a text.
  const isText =
    !state.isKnown(name) && Object.hasOwn(state.rules.textFunctions, `#${target.name}`);
  const object = isText ? { object: state.evaluate(target.object, frame, depth + 1) } : {};
  return { name, ...object, ...(state.isKnown(name) ? {} : { foreign }) };
}

/** A name that the file itself gives a value: not a library, whatever it is called. */
function isOwn(name: string, frame: Frame, state: State): boolean {
  if (name === 'this' || findScope(frame.scope, name)) return true;
  return frame.className !== undefined && readField(frame.className, name, state) !== undefined;
}

function findFunction(name: string, call: CallExpression, frame: Frame, state: State): Callee {
  const made = call.isNew ? toMade([name], state) : undefined;
  if (made) return made;
  const method =
    frame.className === undefined ? undefined : findLocal(`${frame.className}.${name}`, state);
  const scope = findScope(frame.scope, name);
  const held = scope?.values.get(name);
  if (held?.kind === 'result')
    return { name: `${held.callee}#`, receiver: held.call, object: held };
  const local = method ?? findLocal(name, state);
  if (local) return { name: `.${name}`, local };
  // A class is called like a function in languages without `new`.
  if (state.classes.has(name)) return toMade([name], state);
  if (scope && held && !(held.kind === 'unknown' && held.text.startsWith('import:')))
    return { name: `.${name}`, object: held };
  const imported = state.names.findImport([name]);
  const qualified = state.names.qualify([name]);
  const foreign = imported ? `${imported.module}#${imported.name}` : name;
  if (state.isKnown(qualified)) return { name: qualified };
  return {
    name: qualified,
    foreign,
    ...(/^[A-Z]/.test(name) && imported ? { made: `${imported.module}#${imported.name}` } : {}),
  };
}

function toMade(path: readonly string[], state: State): Callee {
  const key = path.join('.');
  const name = state.names.qualify(path);
  // A class of the file hides a library's that needs no import.
  const isOwnClass = state.classes.has(key) && !state.names.findImport(path);
  if (state.isKnown(name) && !isOwnClass) return { name };
  const local = state.functions.get(`${key}.constructor`);
  if (state.classes.has(key)) return { name: `.${key}`, made: key, ...(local ? { local } : {}) };
  const imported = state.names.findImport(path);
  const made = imported ? `${imported.module}#${imported.name}` : key;
  return { name, made, foreign: `${made}.constructor` };
}

function findMethod(
  target: Expression & { kind: 'member' },
  frame: Frame,
  state: State,
  depth: number,
): Callee {
  const object = state.evaluate(target.object, frame, depth + 1);
  const type = object.kind === 'result' || object.kind === 'unknown' ? object.type : undefined;
  if (type !== undefined) {
    const local = findLocal(`${type}.${target.name}`, state);
    if (local) return { name: `.${type}.${target.name}`, local, object };
  }
  const foreign = type === undefined ? {} : { foreign: `${type}.${target.name}` };
  if (object.kind === 'result')
    return { name: `${object.callee}#${target.name}`, receiver: object.call, object, ...foreign };
  if (object.kind === 'choice') {
    const result = object.options.find((option) => option.kind === 'result');
    if (result?.kind === 'result')
      return { name: `${result.callee}#${target.name}`, receiver: result.call, object: result };
  }
  if (object.kind === 'unknown') {
    const hole = readOpenText(`{${object.text}}`)[0];
    if (typeof hole === 'object' && hole.kind === 'import')
      return {
        name: `${hole.module}.${hole.name}.${target.name}`,
        object,
        foreign: `${hole.module}#${hole.name}.${target.name}`,
      };
  }
  return { name: `#${target.name}`, object, ...foreign };
}

/** A function of the file, a method also of a supertype. */
function findLocal(key: string, state: State): LocalFunction | undefined {
  const dot = key.lastIndexOf('.');
  const method = key.slice(dot + 1);
  let type = dot < 0 ? undefined : key.slice(0, dot);
  if (type === undefined) return state.functions.get(key);
  for (let guard = 0; type !== undefined && guard < 10; guard++) {
    const found = state.functions.get(`${type}.${method}`);
    if (found) return found;
    type = state.classes.get(type)?.supertypes.find((supertype) => state.classes.has(supertype));
  }
  return undefined;
}
