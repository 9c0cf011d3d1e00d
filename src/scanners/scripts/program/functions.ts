import { toChoice, toUnknown, type Value } from './calls.ts';
import type { FunctionBody } from './program.ts';
import { type Frame, maxDepth, type State } from './state.ts';

/** Walks a function without a name; its parameters are what the call around it gives. */
export function walkFunction(
  body: FunctionBody,
  given: Value | undefined,
  frame: Frame,
  state: State,
  depth: number,
): Value | undefined {
  if (depth > maxDepth) return undefined;
  const scope = { values: new Map<string, Value>(), outer: frame.scope };
  for (const { name, type, fallback } of body.parameters) {
    const typed = type === undefined ? undefined : makeInstance(type, body, state);
    const value = fallback ? state.evaluate(fallback, frame, depth + 1) : undefined;
    scope.values.set(name, typed ?? value ?? given ?? toUnknown(name));
  }
  const returns: Value[] = [];
  state.walk(body.body, { scope, className: frame.className, returns }, depth + 1);
  return returns.length === 0 ? undefined : toChoice(returns);
}

/** An instance of a type that a client library or this file has, made elsewhere and handed in. */
export function makeInstance(
  type: string,
  at: FunctionBody | { readonly line?: number; readonly column?: number },
  state: State,
): Value | undefined {
  const path = type.split('.');
  const callee = state.names.qualify(path);
  const isOwnClass = state.classes.has(type) && !state.names.findImport(path);
  if (state.isKnown(callee) && !isOwnClass) {
    const id = state.calls.length;
    const position = 'line' in at ? at : {};
    state.calls.push({
      id,
      callee,
      args: [],
      named: new Map(),
      typeArguments: [],
      text: type,
      line: position.line ?? 1,
      column: position.column ?? 1,
    });
    return { kind: 'result', call: id, callee, from: [id] };
  }
  const imported = state.names.findImport(path);
  if (state.classes.has(type)) return { kind: 'unknown', text: type, type, from: [] };
  return imported ? { kind: 'unknown', text: type, type, from: [] } : undefined;
}
