import Handlebars from 'handlebars';
import { didYouMean } from '../../errors.ts';

/** What a template may name. */
export interface Known {
  /** Keys of the view, at any depth. */
  readonly keys: ReadonlySet<string>;
  /** Parts that `{{> part}}` may write. */
  readonly parts: readonly string[];
}

/** What is wrong at a place of a template, in words; the line is 1-based. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** A template that was read: what is wrong with it, and the parts it writes. */
export interface Checked {
  readonly faults: readonly Fault[];
  readonly uses: readonly string[];
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const helpers = ['if', 'unless', 'each', 'with', 'lookup'];
const dataNames = ['index', 'first', 'last', 'key', 'root'];
const mostDepth = 60;
const mostFaults = 5;

/** Every node of a template with its children. @throws RangeError where blocks are nested too deep */
function listNodes(root: unknown): Node[] {
  const nodes: Node[] = [];
  const open: [unknown, number][] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > mostDepth) throw new RangeError('nested too deep');
    if ('type' in value && typeof value.type === 'string') nodes.push(value as Node);
    for (const [key, child] of Object.entries(value))
      if (key !== 'loc' && !isNameOfCalled(value, key))
        open.push([child, Array.isArray(value) ? depth : depth + 1]);
  }
  return nodes;
}

/** The names of parts and helpers are no keys; they are looked at with what they belong to. */
function isNameOfCalled(value: object, key: string): boolean {
  const { type, params } = value as { readonly type?: unknown; readonly params?: unknown };
  if (type === 'PartialStatement') return key === 'name';
  const isCall = Array.isArray(params) && (params.length > 0 || type === 'SubExpression');
  return key === 'path' && isCall;
}

/** Reads a template and tells what is wrong with it: nothing of it runs. */
export function checkTemplate(text: string, known: Known): Checked {
  let nodes: Node[];
  try {
    nodes = listNodes(Handlebars.parse(text));
  } catch (error) {
    return { faults: [toParseFault(error)], uses: [] };
  }
  const named = new Set([...known.keys, ...nodes.flatMap(listBlockNames)]);
  const faults = nodes.flatMap((node) => {
    const reason = findFault(node, named, known.parts);
    return reason === undefined ? [] : [{ ...placeOf(node), reason }];
  });
  faults.sort((one, other) => one.line - other.line || one.column - other.column);
  return {
    faults: faults.slice(0, mostFaults),
    uses: nodes.flatMap((node) => (node.type === 'PartialStatement' ? [nameOf(node)] : [])),
  };
}

/** The keys that our own templates name, which the view of some landscape may lack. */
export function listNamedKeys(text: string): string[] {
  return listNodes(Handlebars.parse(text)).flatMap((node) =>
    node.type === 'PathExpression'
      ? partsOf(node)
      : node.type === 'HashPair'
        ? [`${node['key']}`]
        : [],
  );
}

function findFault(
  node: Node,
  keys: ReadonlySet<string>,
  parts: readonly string[],
): string | undefined {
  switch (node.type) {
    case 'MustacheStatement':
      if (node['escaped'] === false)
        return 'switches escaping off; write {{name}} instead of {{{name}}} or {{&name}}.';
      return findUnknownHelper(node);
    case 'BlockStatement':
    case 'SubExpression':
      return findUnknownHelper(node);
    case 'PartialStatement': {
      const name = nameOf(node);
      if (parts.includes(name)) return undefined;
      const all = parts.length === 0 ? ' Pages know no parts.' : ` Parts: ${parts.join(', ')}.`;
      return `there is no part "${name.slice(0, 80)}".${didYouMean(name, parts) || all}`;
    }
    case 'PartialBlockStatement':
    case 'Decorator':
    case 'DecoratorBlock':
      return 'blocks of parts and inline parts are not known here; write a part as {{> name}}.';
    case 'PathExpression':
      return findUnknownKey(node, keys);
    default:
      return undefined;
  }
}

function findUnknownHelper(node: Node): string | undefined {
  const params = node['params'];
  const path = node['path'] as Node;
  if (!Array.isArray(params) || (params.length === 0 && node.type !== 'SubExpression'))
    return undefined;
  const name = String(path['original']);
  if (helpers.includes(name)) return undefined;
  return `there is no helper "${name.slice(0, 80)}".${didYouMean(name, helpers) || ` Helpers: ${helpers.join(', ')}.`}`;
}

function findUnknownKey(node: Node, keys: ReadonlySet<string>): string | undefined {
  const parts = partsOf(node);
  if (node['data'] === true) {
    const [name = '', ...rest] = parts;
    if (!dataNames.includes(name))
      return `there is no "@${name.slice(0, 80)}".${didYouMean(name, dataNames)}`;
    return tellUnknown(rest, keys);
  }
  return tellUnknown(parts, keys);
}

function tellUnknown(parts: readonly string[], keys: ReadonlySet<string>): string | undefined {
  const unknown = parts.find(
    (part) => !keys.has(part) && part !== 'length' && !/^\d{1,6}$/.test(part),
  );
  return unknown === undefined
    ? undefined
    : `there is no key "${unknown.slice(0, 80)}".${didYouMean(unknown, [...keys]) || ' docs/templates.md lists all.'}`;
}

/** The names that `as |one other|` gives. */
function listBlockNames(node: Node): string[] {
  const names = node['blockParams'];
  return Array.isArray(names) ? names.map(String) : [];
}

function partsOf(node: Node): string[] {
  const parts = node['parts'];
  return Array.isArray(parts) ? parts.map(String) : [];
}

/** What a part is called; a name that is worked out is none. */
function nameOf(node: Node): string {
  const name = node['name'] as Node;
  return name.type === 'PathExpression' ? String(name['original']) : '(a name that is worked out)';
}

function placeOf(node: Node): { readonly line: number; readonly column: number } {
  const { start } = node['loc'] as { start: { line: number; column: number } };
  return { line: start.line, column: start.column + 1 };
}

/** The parser tells the line in its message alone, or on its exception. */
function toParseFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError)
    return { line: 1, column: 1, reason: 'blocks are nested too deep; split it.' };
  const line = Number(
    /on line (\d{1,7})/.exec(message)?.[1] ?? (error as { lineNumber?: number }).lineNumber ?? 1,
  );
  const mismatch = /^(\S{1,80}) doesn't match (\S{1,80})/.exec(message);
  const reason = mismatch
    ? `{{#${mismatch[1]}}} is closed by {{/${mismatch[2]}}}; close it by its own name.`
    : 'is not Handlebars; look for a brace that is not closed, or a block without its {{/…}}.';
  return { line, column: 1, reason };
}
