import { assign } from './assign.ts';
import {
  joinTexts,
  lowerConfidence,
  mergeSources,
  toChoice,
  toHole,
  toText,
  toUnknown,
  type Value,
} from './calls.ts';
import { evaluateCall } from './evaluate-call.ts';
import { walkFunction } from './functions.ts';
import { toPath } from './names.ts';
import type { Expression } from './program.ts';
import { isEnvironment, readField, readKey, withDefault } from './properties.ts';
import { findScope } from './scopes.ts';
import { type Frame, maxDepth, type State } from './state.ts';

/** What an expression comes to. Calls in it are recorded. */
export function evaluateExpression(
  expression: Expression,
  frame: Frame,
  state: State,
  depth: number,
): Value {
  if (depth > maxDepth) return toUnknown('…');
  const inner = (part: Expression): Value => evaluateExpression(part, frame, state, depth + 1);
  switch (expression.kind) {
    case 'text':
      return toText(expression.text);
    case 'join':
      return joinTexts(expression.parts.map(inner));
    case 'name':
      return readName(expression.name, frame, state);
    case 'member':
      return readMember(expression, frame, state, depth);
    case 'item': {
      const key = inner(expression.key);
      const path = toPath(expression.object);
      if (path && isEnvironment(path, frame, state))
        return key.kind === 'text' ? toHole({ kind: 'env', name: key.text }) : toUnknown('…');
      const object = inner(expression.object);
      return key.kind === 'text' ? readKey(object, key.text, state) : toUnknown('…', object.from);
    }
    case 'call':
      return evaluateCall(expression, frame, state, depth);
    case 'object': {
      const entries = new Map<string, Value>();
      for (const { key, value: given } of expression.entries) {
        const value = inner(given);
        if (key !== undefined) entries.set(key, value);
        else if (value.kind === 'object')
          for (const [name, entry] of value.entries) entries.set(name, entry);
      }
      return { kind: 'object', entries, from: mergeSources([...entries.values()]) };
    }
    case 'list': {
      const items = expression.items.map(inner);
      return { kind: 'list', items, from: mergeSources(items) };
    }
    case 'choice':
      return lowerConfidence(toChoice(expression.options.map(inner)), 0.7);
    case 'default':
      return withDefault(inner(expression.value), inner(expression.fallback));
    case 'function': {
      walkFunction(expression.function, undefined, frame, state, depth);
      return toUnknown('…');
    }
    case 'reference':
      return inner(expression.target);
    case 'assign': {
      const value = inner(expression.value);
      assign(expression.target, value, frame, state, depth);
      return value;
    }
    case 'other': {
      const from = mergeSources(expression.parts.map(inner));
      return toUnknown(expression.source, from);
    }
  }
}

function readName(name: string, frame: Frame, state: State): Value {
  const scope = findScope(frame.scope, name);
  const value = scope?.values.get(name);
  if (value) return lowerConfidence(value, 0.9);
  if (name === 'this') return toThis(frame);
  const imported = state.names.findImport([name]);
  if (imported) return toHole({ kind: 'import', ...imported });
  const field = frame.className === undefined ? undefined : readField(frame.className, name, state);
  return field ?? toHole({ kind: 'name', name });
}

function readMember(
  expression: Expression & { kind: 'member' },
  frame: Frame,
  state: State,
  depth: number,
): Value {
  const path = toPath(expression);
  if (path) {
    const [first = ''] = path;
    if (isEnvironment(path.slice(0, -1), frame, state))
      return toHole({ kind: 'env', name: expression.name });
    // `args.host`, `svc.addr`: set somewhere by its whole path
    const dotted = path.join('.');
    const set = findScope(frame.scope, dotted)?.values.get(dotted);
    if (set) return lowerConfidence(set, 0.9);
    const isDeclared = findScope(frame.scope, first) !== undefined || first === 'this';
    if (!isDeclared) {
      const field = readField(first, path.slice(1).join('.'), state);
      if (field) return lowerConfidence(field, 0.9);
      const imported = state.names.findImport(path);
      if (imported) return toHole({ kind: 'import', ...imported });
      const inherited = frame.className && state.classes.get(frame.className)?.fields.has(first);
      // `Target.PROD.url`: a field of what a field of a class of the file holds
      const isField = path.length > 2 && readField(first, path[1] ?? '', state) !== undefined;
      if (!inherited && !isField) return toHole({ kind: 'name', name: dotted });
    }
  }
  const object = state.evaluate(expression.object, frame, depth + 1);
  return readKey(object, expression.name, state);
}

function toThis({ className }: Frame): Value {
  return { kind: 'unknown', text: 'this', from: [], ...(className ? { type: className } : {}) };
}
