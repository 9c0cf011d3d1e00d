import {
  type CallRecord,
  joinTexts,
  lowerConfidence,
  mergeSources,
  toText,
  toUnknown,
  type Value,
} from './calls.ts';
import { pythonClients } from './client-table.ts';
import type { ReadCode } from './facts.ts';
import { interpretCalls } from './interpret-calls.ts';
import { evaluateKnown, formatPercent } from './python-builtins.ts';
import { loadShellReader } from './shell.ts';
import { readStartedCommand } from './started-commands.ts';
import { childrenOf, loadParser, type Node, positionOf } from './tree-sitter.ts';

const maxDepth = 200;

/** Loads the Python reader. The function it returns is synchronous and pure. */
export async function loadPythonReader(): Promise<ReadCode> {
  const parse = await loadParser('python');
  const readShell = await loadShellReader();
  return (text) => {
    const calls = parse(text, listCalls);
    return [
      ...interpretCalls(calls, pythonClients),
      ...calls.flatMap((call) => readStartedCommand(call, readShell)),
    ];
  };
}

/**
 * Walks a module in the order it is written; names hold what was assigned to them last. Functions
 * are read after the module around them, as they run later, and each with names of its own.
 */
function listCalls(root: Node): CallRecord[] {
  const calls: CallRecord[] = [];
  let names = new Map<string, Value>();
  /** What `self.x` was set to, wherever in the file. */
  const attributes = new Map<string, Value>();
  const functions: { node: Node; around: Map<string, Value>; depth: number }[] = [];
  const modules = new Map<string, string>();
  const evaluated = new Map<number, Value>();

  const visit = (node: Node, depth: number): void => {
    if (depth > maxDepth) return;
    switch (node.type) {
      case 'import_statement':
        for (const child of childrenOf(node)) importModule(child);
        return;
      case 'import_from_statement': {
        const module = node.childForFieldName('module_name')?.text ?? '';
        for (const child of node.childrenForFieldName('name')) {
          const name = child?.childForFieldName('name')?.text ?? child?.text ?? '';
          modules.set(child?.childForFieldName('alias')?.text ?? name, `${module}.${name}`);
        }
        return;
      }
      case 'assignment': {
        const left = node.childForFieldName('left');
        const right = node.childForFieldName('right');
        if (right) assign(left, evaluate(right, depth), depth);
        return;
      }
      case 'as_pattern': {
        const [source, target] = childrenOf(node);
        if (source)
          assign(target ? (childrenOf(target)[0] ?? target) : null, evaluate(source, depth), depth);
        return;
      }
      case 'for_statement': {
        visitLoopHead(node, depth);
        const body = node.childForFieldName('body');
        if (body) visit(body, depth + 1);
        return;
      }
      case 'call':
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        evaluate(node, depth);
        return;
      case 'for_in_clause':
        visitLoopHead(node, depth);
        return;
      case 'function_definition':
        functions.push({ node, around: names, depth });
        return;
      default:
        for (const child of childrenOf(node)) visit(child, depth + 1);
    }
  };

  /** A loop's variable is taken for the first of the values that it goes through. */
  const visitLoopHead = (node: Node, depth: number): void => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!right) return;
    const over = evaluate(right, depth);
    const first = over.kind === 'list' ? over.items[0] : undefined;
    assign(
      left,
      first ? lowerConfidence(first, 0.7) : toUnknown(left?.text ?? '', over.from),
      depth,
    );
  };

  const visitFunction = (node: Node, around: ReadonlyMap<string, Value>, depth: number): void => {
    names = new Map(around);
    for (const parameter of childrenOf(node.childForFieldName('parameters') ?? node)) {
      if (parameter.type === 'block') continue;
      const name = parameter.childForFieldName('name') ?? parameter;
      const given = parameter.childForFieldName('value');
      names.set(
        name.type === 'identifier' ? name.text : (childrenOf(name)[0]?.text ?? name.text),
        given ? lowerConfidence(evaluate(given, depth), 0.8) : toUnknown(name.text),
      );
    }
    const body = node.childForFieldName('body');
    if (body) visit(body, depth + 1);
  };

  const importModule = (node: Node): void => {
    const name = node.childForFieldName('name')?.text ?? node.text;
    const alias = node.childForFieldName('alias')?.text;
    // `import a.b` binds `a`; `import a.b as c` binds `a.b`.
    if (alias) modules.set(alias, name);
    else modules.set(name.split('.')[0] ?? name, name.split('.')[0] ?? name);
  };

  const assign = (target: Node | null, value: Value, depth: number): void => {
    if (!target) return;
    if (target.type === 'identifier') names.set(target.text, value);
    else if (target.type === 'attribute') attributes.set(target.text, value);
    else if (target.type === 'pattern_list' || target.type === 'tuple_pattern') {
      childrenOf(target).forEach((child, index) => {
        assign(
          child,
          value.kind === 'list'
            ? (value.items[index] ?? toUnknown(child.text))
            : toUnknown(child.text, value.from),
          depth,
        );
      });
    }
  };

  const evaluate = (node: Node, depth: number): Value => {
    const known = evaluated.get(node.id);
    if (known) return known;
    const value = depth > maxDepth ? toUnknown('…') : compute(node, depth + 1);
    evaluated.set(node.id, value);
    return value;
  };

  const compute = (node: Node, depth: number): Value => {
    switch (node.type) {
      case 'string':
        return evaluateString(node, depth);
      case 'concatenated_string':
        return joinTexts(childrenOf(node).map((child) => evaluate(child, depth)));
      case 'integer':
      case 'float':
        return toText(node.text);
      case 'parenthesized_expression':
      case 'await':
        return childrenOf(node).map((child) => evaluate(child, depth))[0] ?? toUnknown(node.text);
      case 'identifier': {
        const value = names.get(node.text);
        return value ? lowerConfidence(value, 0.9) : toUnknown(node.text);
      }
      case 'attribute':
        return attributes.get(node.text) ?? toUnknown(node.text, fromOf(node, depth));
      case 'binary_operator':
      case 'boolean_operator':
        return evaluateOperator(node, depth);
      case 'conditional_expression': {
        const [first] = childrenOf(node);
        return first ? lowerConfidence(evaluate(first, depth), 0.7) : toUnknown(node.text);
      }
      case 'list':
      case 'tuple':
      case 'expression_list': {
        const items = childrenOf(node).map((child) => evaluate(child, depth));
        return { kind: 'list', items, from: mergeSources(items) };
      }
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        for (const child of childrenOf(node)) {
          if (child.type === 'for_in_clause') visit(child, depth);
        }
        return toUnknown(node.text, fromOf(node, depth));
      case 'dictionary':
        return evaluateDictionary(node, depth);
      case 'subscript':
        return evaluateSubscript(node, depth);
      case 'call':
        return evaluateCall(node, depth);
      default:
        return toUnknown(node.text, fromOf(node, depth));
    }
  };

  const evaluateOperator = (node: Node, depth: number): Value => {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    if (!left || !right) return toUnknown(node.text);
    const first = evaluate(left, depth);
    const second = evaluate(right, depth);
    switch (node.childForFieldName('operator')?.text) {
      case '+':
        return joinTexts([first, second]);
      case '/':
        return joinTexts([first, toText('/'), second]);
      case '%':
        return first.kind === 'text' ? formatPercent(first, second) : first;
      case 'or':
        // `os.environ.get("X") or "default"`
        return first.kind === 'unknown' ? lowerConfidence(second, 0.8) : first;
      default:
        return toUnknown(node.text, mergeSources([first, second]));
    }
  };

  const evaluateSubscript = (node: Node, depth: number): Value => {
    const object = node.childForFieldName('value');
    const key = node.childForFieldName('subscript');
    const value = object ? evaluate(object, depth) : toUnknown(node.text);
    const at = key ? evaluate(key, depth) : undefined;
    if (at?.kind !== 'text') return toUnknown(node.text, value.from);
    if (value.kind === 'object') return value.entries.get(at.text) ?? toUnknown(node.text);
    return toUnknown(object?.text.endsWith('environ') ? at.text : node.text, value.from);
  };

  /** Data that an expression carries although its value is unknown, e.g. `[row.id for row in rows]`. */
  const fromOf = (node: Node, depth: number): number[] =>
    mergeSources(childrenOf(node).map((child) => evaluate(child, depth)));

  const evaluateString = (node: Node, depth: number): Value => {
    const parts: Value[] = [];
    for (const child of childrenOf(node)) {
      if (child.type === 'string_content')
        parts.push(toText(child.text.replace(/\\(["'\\])/g, '$1')));
      else if (child.type === 'interpolation') {
        const [inner] = childrenOf(child);
        if (inner) parts.push(evaluate(inner, depth));
      }
    }
    return parts.length === 0 ? toText('') : joinTexts(parts);
  };

  const evaluateDictionary = (node: Node, depth: number): Value => {
    const entries = new Map<string, Value>();
    for (const pair of childrenOf(node)) {
      const key = pair.childForFieldName('key');
      const value = pair.childForFieldName('value');
      const name = key ? evaluate(key, depth) : undefined;
      if (value && name?.kind === 'text') entries.set(name.text, evaluate(value, depth));
    }
    return { kind: 'object', entries, from: mergeSources([...entries.values()]) };
  };

  const evaluateCall = (node: Node, depth: number): Value => {
    const target = node.childForFieldName('function');
    if (!target) return toUnknown(node.text);
    const { args, named } = evaluateArguments(node, target, depth);
    const { callee, receiver, object } = nameCallee(target, depth);
    const known = evaluateKnown(callee, object, args, named);
    if (known) return known;
    const id = calls.length;
    calls.push({
      id,
      callee,
      ...(receiver === undefined ? {} : { receiver }),
      args,
      named,
      text: node.text.split('\n')[0] ?? '',
      ...positionOf(node),
    });
    const carried = mergeSources([...args, ...named.values(), ...(object ? [object] : [])]);
    const from = [id, ...carried, ...recordHandedOver(node, args, named)];
    return { kind: 'result', call: id, callee, from };
  };

  /** `retry(requests.get, url)` calls what it is given with the arguments behind it. */
  const recordHandedOver = (
    node: Node,
    args: readonly Value[],
    named: ReadonlyMap<string, Value>,
  ): number[] => {
    const [first] = childrenOf(node.childForFieldName('arguments') ?? node);
    const [root = '', ...rest] = first?.text.split('.') ?? [];
    const module = modules.get(root);
    if (!module || !first || !['attribute', 'identifier'].includes(first.type)) return [];
    if (names.has(root)) return [];
    const id = calls.length;
    const callee = [module, ...rest].join('.');
    calls.push({
      id,
      callee,
      args: args.slice(1),
      named,
      text: node.text.split('\n')[0] ?? '',
      ...positionOf(node),
    });
    return [id];
  };

  const evaluateArguments = (
    node: Node,
    target: Node,
    depth: number,
  ): { args: Value[]; named: Map<string, Value> } => {
    const args: Value[] = [];
    const named = new Map<string, Value>();
    for (const child of childrenOf(node.childForFieldName('arguments') ?? node)) {
      if (child.type === 'keyword_argument') {
        const value = child.childForFieldName('value');
        if (value) named.set(child.childForFieldName('name')?.text ?? '', evaluate(value, depth));
      } else if (child.type === 'dictionary_splat') {
        const [inner] = childrenOf(child);
        const value = inner ? evaluate(inner, depth) : undefined;
        for (const [key, entry] of value?.kind === 'object' ? value.entries : [])
          named.set(key, entry);
      } else if (child.id !== target.id && child.type !== 'comment') {
        args.push(evaluate(child, depth));
      }
    }
    return { args, named };
  };

  const nameCallee = (
    target: Node,
    depth: number,
  ): { callee: string; receiver?: number; object?: Value } => {
    if (target.type === 'attribute') {
      const object = target.childForFieldName('object');
      const method = target.childForFieldName('attribute')?.text ?? '';
      const value = object ? evaluate(object, depth) : undefined;
      if (value?.kind === 'result')
        return { callee: `${value.callee}#${method}`, receiver: value.call, object: value };
      const [first = '', ...rest] = target.text.split('.');
      const module = modules.get(first);
      // What was not imported is no library, whatever it is called.
      const callee = module ? [module, ...rest].join('.') : `.${target.text}`;
      return {
        callee: value?.kind === 'text' ? `str.${method}` : callee,
        ...(value ? { object: value } : {}),
      };
    }
    const module = names.has(target.text) ? undefined : modules.get(target.text);
    return { callee: module ?? target.text };
  };

  visit(root, 0);
  for (let next = functions.shift(); next; next = functions.shift())
    visitFunction(next.node, next.around, next.depth);
  return calls;
}
