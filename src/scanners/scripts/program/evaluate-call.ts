import { assign } from './assign.ts';
import { type Callee, findCallee } from './callees.ts';
import {
  fillParameters,
  lowerConfidence,
  mergeSources,
  textsOf,
  toUnknown,
  type Value,
} from './calls.ts';
import { walkFunction } from './functions.ts';
import { toPath } from './names.ts';
import { isOpen } from './open-text.ts';
import type { CallExpression, FunctionBody } from './program.ts';
import { findScope } from './scopes.ts';
import type { Frame, LocalFunction, State } from './state.ts';
import { applyTextFunction } from './text-functions.ts';

/** Records a call, and tells what it returns as far as that is known. */
export function evaluateCall(
  call: CallExpression,
  frame: Frame,
  state: State,
  depth: number,
): Value {
  const callee = findCallee(call, frame, state, depth);
  const args: Value[] = [];
  const named = new Map<string, Value>();
  const functions: FunctionBody[] = [];
  for (const argument of call.args) {
    if (argument.value.kind === 'function') {
      functions.push(argument.value.function);
      if (argument.name === undefined) args.push(toUnknown('…'));
      continue;
    }
    const value = state.evaluate(argument.value, frame, depth + 1);
    if (argument.isSpread) {
      if (value.kind === 'list') args.push(...value.items);
      else if (value.kind === 'object')
        for (const [key, entry] of value.entries) named.set(key, entry);
      else args.push(value);
    } else if (argument.name === undefined) args.push(value);
    else named.set(argument.name, value);
  }
  if (call.target.kind === 'function' && callee.object) return callee.object;
  const known = applyKnown(call, callee, args, named, state);
  if (known) {
    storeAppended(call, callee, known, frame, state, depth);
    return known;
  }
  if (putIntoMap(call, callee, args, frame, state, depth)) return toUnknown('…');
  const local = callee.local
    ? callLocal(callee.local, call, args, named, frame, state, depth)
    : undefined;
  if (!callee.local && callee.foreign !== undefined) noteSite(callee.foreign, call, args, state);
  // `settings.url()` that gives back an open setting is that setting.
  const isTold = local && (local.kind !== 'unknown' || isOpen(`{${local.text}}`));
  if (isTold && !isResultOfClient(local, state)) {
    for (const body of functions) walkFunction(body, undefined, frame, state, depth);
    return local;
  }
  return record(call, callee, args, named, local, functions, frame, state, depth);
}

function record(
  call: CallExpression,
  callee: Callee,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  local: Value | undefined,
  functions: readonly FunctionBody[],
  frame: Frame,
  state: State,
  depth: number,
): Value {
  const id = state.calls.length;
  state.calls.push({
    id,
    callee: callee.name,
    ...(callee.receiver === undefined ? {} : { receiver: callee.receiver }),
    args,
    named,
    typeArguments: call.typeArguments ?? [],
    text: call.source,
    line: call.line,
    column: call.column,
  });
  setFields(callee, named, state);
  const handed = recordHandedOver(call, args, named, frame, state);
  const carried = mergeSources([
    ...args,
    ...named.values(),
    ...(callee.object ? [callee.object] : []),
    ...(local ? [local] : []),
  ]);
  const result: Value = {
    kind: 'result',
    call: id,
    callee: callee.name,
    ...(callee.made === undefined ? {} : { type: callee.made }),
    from: [id, ...carried, ...handed],
  };
  // A callback sees what the call gives: a connection, rows, the client being built.
  const returned = functions.map((body) => walkFunction(body, result, frame, state, depth));
  const inner = mergeSources(returned.filter((value) => value !== undefined));
  if (local?.kind === 'result') return { ...local, from: [...local.from, id] };
  return inner.length === 0
    ? result
    : { ...result, from: [...result.from, ...inner].slice(0, 100) };
}

/** `Server{addr: x}`: fields of a class of this file that are set where it is made. */
function setFields({ made, local }: Callee, named: ReadonlyMap<string, Value>, state: State): void {
  const own = made === undefined || local ? undefined : state.classes.get(made);
  if (own) for (const [name, value] of named) state.journal.write(own.fields, name, value);
}

function applyKnown(
  call: CallExpression,
  callee: Callee,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  state: State,
): Value | undefined {
  if (callee.local) return undefined;
  const { textFunctions } = state.rules;
  const find = (name: string): Value | undefined =>
    Object.hasOwn(textFunctions, name) && textFunctions[name]
      ? applyTextFunction(textFunctions[name], callee.object, args, named)
      : undefined;
  const whole = find(callee.name);
  if (whole || call.target.kind !== 'member') return whole;
  // A method of a text: of what a client returned it is the client's.
  return callee.object?.kind === 'result' ? undefined : find(`#${call.target.name}`);
}

/** `builder.append(x)` changes the text that the builder's name holds. */
function storeAppended(
  call: CallExpression,
  callee: Callee,
  value: Value,
  frame: Frame,
  state: State,
  depth: number,
): void {
  const { target } = call;
  if (target.kind !== 'member' || !/^(?:append|Append|AppendFormat|concat!|<<)$/.test(target.name))
    return;
  if (callee.object && toPath(target.object)) assign(target.object, value, frame, state, depth + 1);
}

/** `properties.put("bootstrap.servers", x)` on what is no client is an entry of a map. */
function putIntoMap(
  call: CallExpression,
  callee: Callee,
  args: readonly Value[],
  frame: Frame,
  state: State,
  depth: number,
): boolean {
  const { target } = call;
  if (target.kind !== 'member' || !/^(?:put|setProperty|Add|TryAdd|store)$/.test(target.name))
    return false;
  const [key, value] = args;
  const { object } = callee;
  if (key?.kind !== 'text' || !value || args.length !== 2 || callee.local || !object) return false;
  if (object.kind === 'result' && isResultOfClient(object, state)) return false;
  if (object.kind !== 'object' && object.kind !== 'result') return false;
  if (!toPath(target.object)) return false;
  const entries = object.kind === 'object' ? object.entries : new Map<string, Value>();
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
  return true;
}

function isResultOfClient(value: Value, state: State): boolean {
  if (value.kind !== 'result') return false;
  const [root = ''] = value.callee.split('#');
  return state.isKnown(root) || state.isKnown(value.callee);
}

/** Calls a function of the file: notes the arguments for its open parameters, and what it gives back. */
function callLocal(
  local: LocalFunction,
  call: CallExpression,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  frame: Frame,
  state: State,
  depth: number,
): Value | undefined {
  const inOrder = local.function.parameters.map(
    ({ name }, index): Value | undefined => args[index] ?? named.get(name),
  );
  noteSite(local.key, call, inOrder, state);
  const summary = state.summarise(local, depth + 1);
  const { parameters } = local.function;
  parameters.forEach((_, index) => {
    const given = call.args[index]?.value;
    const set = summary.sets[index];
    if (given?.kind === 'reference' && set)
      assign(given.target, fillParameters(set, local.key, inOrder), frame, state, depth + 1);
  });
  if (!summary.returns) return undefined;
  const value = fillParameters(summary.returns, local.key, inOrder);
  const from = mergeSources([value, ...args, ...named.values()]);
  return { ...lowerConfidence(value, 0.8), from };
}

const mostSites = 2_000;

function noteSite(
  name: string,
  call: CallExpression,
  args: readonly (Value | undefined)[],
  state: State,
): void {
  if (state.sites.length >= mostSites) return;
  const texts = args.map((value) => {
    const [text] = textsOf(value);
    return text && text.text.length <= 300 ? text.text : '';
  });
  if (texts.every((text) => text === '')) return;
  state.sites.push({ function: name, args: texts, line: call.line, column: call.column });
}

/** `retry(requests.get, url)` calls what it is given with the arguments behind it. */
function recordHandedOver(
  call: CallExpression,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  frame: Frame,
  state: State,
): number[] {
  // `patch(requests.get)` only speaks of it.
  if (args.length + named.size < 2) return [];
  const first = call.args[0]?.value;
  const path =
    first && (first.kind === 'member' || first.kind === 'name') ? toPath(first) : undefined;
  if (!path || findScope(frame.scope, path[0] ?? '')) return [];
  const callee = state.names.qualify(path);
  if (!state.names.findImport(path) || !state.isKnown(callee)) return [];
  const id = state.calls.length;
  state.calls.push({
    id,
    callee,
    args: args.slice(1),
    named,
    typeArguments: [],
    text: call.source,
    line: call.line,
    column: call.column,
  });
  return [id];
}
