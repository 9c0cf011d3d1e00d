import { mergeSources, toUnknown, type Value } from './calls.ts';
import { toPath } from './names.ts';
import type { Expression } from './program.ts';
import { readKey, withDefault } from './properties.ts';
import { findScope } from './scopes.ts';
import { type Frame, maxDepth, type State } from './state.ts';

/** Gives a value to a name, a field, an item, or to each name of a pattern. */
export function assign(
  target: Expression,
  value: Value,
  frame: Frame,
  state: State,
  depth: number,
  isDeclaration = false,
): void {
  if (depth > maxDepth) return;
  switch (target.kind) {
    case 'name': {
      const known = isDeclaration ? frame.scope : findScope(frame.scope, target.name);
      const own = frame.className === undefined ? undefined : state.classes.get(frame.className);
      if (!known && own?.fields.has(target.name))
        state.journal.write(own.fields, target.name, value);
      else state.journal.write((known ?? frame.scope).values, target.name, value);
      return;
    }
    case 'default':
      assign(
        target.value,
        withDefault(value, state.evaluate(target.fallback, frame, depth + 1)),
        frame,
        state,
        depth + 1,
        isDeclaration,
      );
      return;
    case 'list':
      target.items.forEach((item, index) => {
        assign(item, readKey(value, `${index}`, state), frame, state, depth + 1, isDeclaration);
      });
      return;
    case 'object':
      for (const { key, value: part } of target.entries)
        if (key !== undefined)
          assign(part, readKey(value, key, state), frame, state, depth + 1, isDeclaration);
      return;
    case 'reference':
      assign(target.target, value, frame, state, depth + 1);
      return;
    case 'member':
      assignMember(target, value, frame, state, depth);
      return;
    case 'item':
      assignItem(target, value, frame, state, depth);
      return;
    default:
  }
}

function assignMember(
  target: Expression & { kind: 'member' },
  value: Value,
  frame: Frame,
  state: State,
  depth: number,
): void {
  const path = toPath(target);
  if (path?.[0] === 'this' && path.length === 2 && frame.className !== undefined) {
    const own = state.classes.get(frame.className);
    if (own) {
      // A field that only its declared type is known of keeps it where the value says nothing.
      state.journal.write(own.fields, target.name, keepType(value, own.fields.get(target.name)));
      return;
    }
  }
  const object = state.evaluate(target.object, frame, depth + 1);
  if (object.kind === 'result') {
    recordSetter(object, target.name, value, state);
    if (object.type !== undefined) {
      const own = state.classes.get(object.type);
      if (own) {
        const before = own.fields.get(target.name);
        const kept = isForeign(value, state) ? keepType(toUnknown('…', value.from), before) : value;
        state.journal.write(own.fields, target.name, kept);
      }
    }
  }
  if (object.kind === 'object') {
    const entries = new Map([...object.entries, [target.name, value] as const]);
    assign(target.object, { ...object, entries }, frame, state, depth + 1);
    return;
  }
  if (path) {
    const qualified = `${state.names.qualify(path)}=`;
    if (state.isKnown(qualified)) recordSetter({ callee: qualified }, '', value, state);
    const dotted = path.join('.');
    const scope =
      findScope(frame.scope, dotted) ?? findScope(frame.scope, path[0] ?? '') ?? frame.scope;
    state.journal.write(scope.values, dotted, value);
  }
}

/** What a function of another file returns, which says less than the declared type of a field. */
export function isForeign(value: Value, state: State): boolean {
  return value.kind === 'result' && value.type === undefined && !state.isKnown(value.callee);
}

/** A declared client stays one when an injected parameter is put into it. */
function keepType(value: Value, old: Value | undefined): Value {
  return value.kind === 'unknown' && value.type === undefined && old?.kind === 'result'
    ? { ...old, from: mergeSources([old, value]) }
    : value;
}

function assignItem(
  target: Expression & { kind: 'item' },
  value: Value,
  frame: Frame,
  state: State,
  depth: number,
): void {
  const object = state.evaluate(target.object, frame, depth + 1);
  const key = state.evaluate(target.key, frame, depth + 1);
  if (key.kind !== 'text') return;
  const entries = object.kind === 'object' ? object.entries : new Map<string, Value>();
  if (object.kind === 'list' || object.kind === 'choice') return;
  assign(
    target.object,
    {
      kind: 'object',
      entries: new Map([...entries, [key.text, value] as const]),
      from: mergeSources([object, value]),
    },
    frame,
    state,
    depth + 1,
  );
}

/** `client.BaseAddress = x` is a use of the client. */
function recordSetter(
  object: { readonly callee: string; readonly call?: number },
  name: string,
  value: Value,
  state: State,
): void {
  const callee = name === '' ? object.callee : `${object.callee}#${name}=`;
  const at = object.call === undefined ? undefined : state.calls[object.call];
  state.calls.push({
    id: state.calls.length,
    callee,
    ...(object.call === undefined ? {} : { receiver: object.call }),
    args: [value],
    named: new Map(),
    typeArguments: [],
    text: at?.text ?? callee,
    line: at?.line ?? 1,
    column: at?.column ?? 1,
  });
}
