import { redact } from '../../../redact.ts';
import type { CallSite } from '../facts.ts';
import { assign, isForeign } from './assign.ts';
import { type CallRecord, textsOf, toChoice, toHole, toUnknown, type Value } from './calls.ts';
import { evaluateExpression } from './expressions.ts';
import { makeInstance } from './functions.ts';
import { openNames } from './names.ts';
import type { Expression, FunctionBody, Program, Statement } from './program.ts';
import { openJournal, openScope } from './scopes.ts';
import {
  type EvaluationRules,
  type Frame,
  type LocalFunction,
  maxDepth,
  type State,
} from './state.ts';

/** What a program does as far as it shows without running it. */
export interface Evaluation {
  readonly calls: readonly CallRecord[];
  /** Names that other files may use → open texts. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly sites: readonly CallSite[];
}

/**
 * Follows the values through a program: walks it in the order it is written, each function once,
 * with its parameters left open. Names hold what was assigned to them last, or one of several where
 * branches differ.
 */
export function evaluate(program: Program, rules: EvaluationRules): Evaluation {
  const known = new Set(rules.clients.flatMap(({ calls }) => calls));
  const state: State = {
    rules,
    isKnown: (name) => known.has(name) || Object.hasOwn(rules.textFunctions, name),
    names: openNames(
      (name) => known.has(name) || Object.hasOwn(rules.textFunctions, name),
      rules.implicitModules,
    ),
    journal: openJournal(),
    module: openScope(),
    calls: [],
    sites: [],
    functions: new Map(),
    bodies: new Set(),
    classes: new Map(),
    evaluate: (expression, frame, depth) => evaluateExpression(expression, frame, state, depth),
    walk: (body, frame, depth) => walk(body, frame, state, depth),
    summarise: (local, depth) => summarise(local, state, depth),
  };
  const frame: Frame = { scope: state.module, className: undefined, returns: [] };
  walk(program.body, frame, state, 0);
  // Functions run later than the module around them, and see what it left in its names.
  for (const local of state.functions.values()) summarise(local, state, 0);
  return { calls: state.calls, definitions: listDefinitions(state), sites: state.sites };
}

function walk(body: readonly Statement[], frame: Frame, state: State, depth: number): void {
  if (depth > maxDepth) return;
  hoist(body, frame, state);
  for (const statement of body) walkStatement(statement, frame, state, depth);
}

/** Imports, functions and classes are known before the first statement runs. */
function hoist(body: readonly Statement[], frame: Frame, state: State): void {
  for (const statement of body) {
    switch (statement.kind) {
      case 'import':
        state.names.add(statement.local, statement.module, statement.imported);
        break;
      case 'import-all':
        state.names.addAll(statement.module);
        break;
      case 'function':
        addFunction(statement.name, statement.function, frame, state);
        break;
      case 'class': {
        const before = state.classes.get(statement.name);
        state.classes.set(statement.name, {
          supertypes: [...(before?.supertypes ?? []), ...statement.supertypes],
          fields: before?.fields ?? new Map(),
          fieldTypes: before?.fieldTypes ?? new Map(),
        });
        const inside = { ...frame, className: statement.name };
        for (const member of statement.members) {
          if (member.kind === 'function') addFunction(member.name, member.function, inside, state);
          else if (member.kind === 'class') hoist([member], frame, state);
        }
        break;
      }
      default:
    }
  }
}

function addFunction(name: string, body: FunctionBody, frame: Frame, state: State): void {
  const base = frame.className === undefined ? name : `${frame.className}.${name}`;
  // Overloads and functions of the same name in different scopes: the first is called by its name.
  if (state.bodies.has(body)) return;
  state.bodies.add(body);
  const key = state.functions.has(base) ? `${base}~${state.functions.size}` : base;
  state.functions.set(key, {
    key,
    function: body,
    scope: frame.scope,
    className: frame.className,
    isWalked: false,
  });
}

function walkStatement(statement: Statement, frame: Frame, state: State, depth: number): void {
  switch (statement.kind) {
    case 'expression':
      state.evaluate(statement.value, frame, depth + 1);
      return;
    case 'return':
      frame.returns.push(state.evaluate(statement.value, frame, depth + 1));
      return;
    case 'assign':
      walkAssignment(statement, frame, state, depth);
      return;
    case 'class':
      walkClass(statement, frame, state, depth);
      return;
    case 'block': {
      const scope = openScope(frame.scope);
      walk(statement.body, { ...frame, scope }, state, depth + 1);
      return;
    }
    case 'branch':
      state.journal.branch(
        statement.branches.map((branch) => () => walk(branch, frame, state, depth + 1)),
        statement.isComplete,
      );
      return;
    case 'loop': {
      const over = statement.over ? state.evaluate(statement.over, frame, depth + 1) : undefined;
      if (statement.variable && over)
        assign(statement.variable, itemOf(over, statement.variable), frame, state, depth + 1, true);
      walk(statement.body, frame, state, depth + 1);
      return;
    }
    case 'function':
    case 'import':
    case 'import-all':
  }
}

/** What a loop's variable holds: one of the items. */
function itemOf(over: Value, variable: Expression): Value {
  if (over.kind === 'list' && over.items.length > 0) {
    const item = toChoice(over.items);
    return item.kind === 'text' || item.kind === 'choice'
      ? { ...lower(item), from: item.from }
      : item;
  }
  if (over.kind === 'choice')
    return toChoice(over.options.map((option) => itemOf(option, variable)));
  return toUnknown(variable.kind === 'name' ? variable.name : '…', over.from);
}

function lower(value: Value): Value {
  if (value.kind === 'choice') return { ...value, options: value.options.map(lower) };
  return value.kind === 'text' ? { ...value, confidence: Math.min(value.confidence, 0.7) } : value;
}

function walkAssignment(
  statement: Statement & { kind: 'assign' },
  frame: Frame,
  state: State,
  depth: number,
): void {
  const { target, type } = statement;
  const typed = (): Value | undefined =>
    type === undefined ? undefined : makeInstance(type, {}, state);
  let value: Value | undefined;
  if (statement.value) {
    value = statement.isAppend
      ? state.evaluate({ kind: 'join', parts: [target, statement.value] }, frame, depth + 1)
      : state.evaluate(statement.value, frame, depth + 1);
    // `RestTemplate client = factory.make()`: the declared type says more than the call.
    const isForeignCall =
      isForeign(value, state) &&
      value.kind === 'result' &&
      !state.isKnown(value.callee.split('#', 1)[0] ?? '');
    if ((value.kind === 'unknown' && value.type === undefined) || isForeignCall) {
      const instance = typed();
      const says =
        !isForeignCall || (instance?.kind === 'result' && state.isKnown(instance.callee));
      if (instance && says) value = { ...instance, from: [...instance.from, ...value.from] };
    }
  } else value = typed();
  if (value === undefined) {
    if (!statement.isDeclaration) return;
    value = toUnknown(target.kind === 'name' ? target.name : '…');
  }
  assign(target, value, frame, state, depth + 1, statement.isDeclaration === true);
}

function walkClass(
  statement: Statement & { kind: 'class' },
  frame: Frame,
  state: State,
  depth: number,
): void {
  const local = state.classes.get(statement.name);
  if (!local) return;
  const inside: Frame = { ...frame, className: statement.name };
  for (const member of statement.members) {
    if (member.kind === 'assign' && member.target.kind === 'name') {
      const { type } = member;
      const value = member.value ? state.evaluate(member.value, inside, depth + 1) : undefined;
      const typed =
        (value === undefined || (value.kind === 'unknown' && value.type === undefined)) &&
        type !== undefined
          ? makeInstance(type, {}, state)
          : undefined;
      const given = typed ?? value;
      if (given) state.journal.write(local.fields, member.target.name, given);
      if (type !== undefined) local.fieldTypes.set(member.target.name, type);
    } else if (member.kind !== 'function') walkStatement(member, inside, state, depth + 1);
  }
  const made = state.functions.get(`${statement.name}.constructor`);
  if (made) summarise(made, state, depth + 1);
}

/** Walks a function's body once, its parameters left open for whoever calls it. */
function summarise(
  local: LocalFunction,
  state: State,
  depth: number,
): NonNullable<LocalFunction['summary']> {
  if (local.summary) return local.summary;
  if (local.isWalked || depth > maxDepth) return { returns: undefined, sets: [] };
  local.isWalked = true;
  const scope = openScope(local.scope);
  const outer: Frame = { scope: local.scope, className: local.className, returns: [] };
  const opened = local.function.parameters.map(({ name, type, fallback }, index): Value => {
    const given = fallback ? state.evaluate(fallback, outer, depth + 1) : undefined;
    const typed = type === undefined ? undefined : makeInstance(type, {}, state);
    const hole = toHole({ kind: 'param', function: local.key, index });
    const value = typed ?? (given && given.kind !== 'unknown' ? softened(given) : hole);
    scope.values.set(name, value);
    return value;
  });
  const returns: Value[] = [];
  walk(local.function.body, { scope, className: local.className, returns }, state, depth + 1);
  const sets = local.function.parameters.map(({ name }, index) => {
    const after = scope.values.get(name);
    return after === opened[index] ? undefined : after;
  });
  local.summary = { returns: returns.length === 0 ? undefined : toChoice(returns), sets };
  return local.summary;
}

function softened(value: Value): Value {
  return value.kind === 'text' ? { ...value, confidence: Math.min(value.confidence, 0.8) } : value;
}

const mostDefinitions = 1_000;
const longestDefinition = 300;

/** Names of the module and of its classes that hold a text, for other files. */
function listDefinitions(state: State): Record<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, value: Value, depth: number): void => {
    if (found.size >= mostDefinitions || depth > 4) return;
    if (value.kind === 'object') {
      for (const [key, entry] of value.entries) add(`${name}.${key}`, entry, depth + 1);
      return;
    }
    const [text] = textsOf(value);
    if (!text || text.text.length > longestDefinition || text.text.includes(`{name:${name}}`))
      return;
    // A password is told by the name it stands at, and goes no further.
    const written = `${name}: "${text.text}"`;
    if (redact(written) === written) found.set(name, text.text);
  };
  for (const [name, value] of state.module.values) add(name, value, 0);
  for (const [name, { fields }] of state.classes)
    for (const [field, value] of fields) add(`${name}.${field}`, value, 0);
  for (const local of state.functions.values()) {
    const { returns } = local.summary ?? { returns: undefined };
    if (returns && !local.key.includes('~')) add(`${local.key}()`, returns, 0);
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
