import type { Argument, CallExpression, Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';

/** What a file says anywhere in it, known before its first statement is lowered. */
export interface PythonFile {
  /** Local name → what it stands for: `{ Request: 'urllib.request.Request' }`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Whether `from x import *` may bring in any name. */
  readonly hasWildcard: boolean;
  /** Names of functions that the file defines. */
  readonly functions: ReadonlySet<string>;
  /** Names that hold a parser of INI files. */
  readonly iniParsers: ReadonlySet<string>;
  /** `add_argument` calls: the name of the option → the node of its default. */
  readonly options: ReadonlyMap<string, Node | undefined>;
  /** Every name that the file uses. */
  readonly names: ReadonlySet<string>;
}

/** Looks through a whole file once. */
export function scanPythonFile(root: Node): PythonFile {
  const imports = new Map<string, string>();
  const functions = new Set<string>();
  const iniParsers = new Set<string>();
  const options = new Map<string, Node | undefined>();
  const names = new Set<string>();
  let hasWildcard = false;
  const kinds = [
    'import_statement',
    'import_from_statement',
    'function_definition',
    'assignment',
    'as_pattern',
    'call',
    'identifier',
  ];
  for (const node of root.descendantsOfType(kinds)) {
    switch (node?.type) {
      case 'import_statement':
      case 'import_from_statement':
        for (const { local, module, imported } of listImports(node)) {
          imports.set(local, imported === undefined ? module : `${module}.${imported}`);
        }
        hasWildcard ||= childrenOf(node).some(({ type }) => type === 'wildcard_import');
        break;
      case 'function_definition': {
        const name = node.childForFieldName('name')?.text;
        if (name) functions.add(name);
        break;
      }
      case 'assignment': {
        const made = node.childForFieldName('right')?.childForFieldName('function')?.text ?? '';
        const name = node.childForFieldName('left')?.text;
        if (name && /ConfigParser$/.test(made)) iniParsers.add(name);
        break;
      }
      case 'call':
        noteOption(node, options);
        break;
      case 'identifier':
        names.add(node.text);
        break;
      default:
    }
  }
  return { imports, hasWildcard, functions, iniParsers, options, names };
}

/** One name that an import statement brings in. */
export interface PythonImport {
  readonly local: string;
  readonly module: string;
  readonly imported?: string;
}

/** The names of an import statement. `import a.b` binds `a`; `import a.b as c` binds `a.b`. */
export function listImports(node: Node): PythonImport[] {
  const from = node.childForFieldName('module_name')?.text;
  return node.childrenForFieldName('name').flatMap((child): PythonImport[] => {
    if (!child) return [];
    const name = (child.childForFieldName('name') ?? child).text.replace(/\s/g, '');
    const alias = child.childForFieldName('alias')?.text;
    if (from !== undefined) {
      return [{ local: alias ?? name, module: from.replace(/\s/g, ''), imported: name }];
    }
    if (alias) return [{ local: alias, module: name }];
    const first = name.split('.')[0] ?? name;
    return [{ local: first, module: first }];
  });
}

/** `add_argument('-h', '--host', default='x')` → `host`. */
function noteOption(call: Node, options: Map<string, Node | undefined>): void {
  if (!/\.?add_(?:argument|option)$/.test(call.childForFieldName('function')?.text ?? '')) return;
  const args = childrenOf(call.childForFieldName('arguments') ?? call);
  const flags = args.filter(({ type }) => type === 'string').map(({ text }) => unquote(text));
  const named = (name: string): Node | undefined =>
    args
      .find(
        (child) =>
          child.type === 'keyword_argument' && child.childForFieldName('name')?.text === name,
      )
      ?.childForFieldName('value') ?? undefined;
  const given = named('dest');
  const flag = flags.find((text) => text.startsWith('--')) ?? flags[0];
  const name = given ? unquote(given.text) : flag?.replace(/^-+/, '').replaceAll('-', '_');
  if (name) options.set(name, named('default'));
}

/** A plain string literal without its quotes. */
export function unquote(text: string): string {
  return text.replace(/^[a-zA-Z]{0,2}(?:"""|'''|"|')|(?:"""|'''|"|')$/g, '');
}

/** What the lowering of a node needs to know of what is around it. */
export interface PythonContext {
  readonly file: PythonFile;
  /** The name that a method gives the object it is called on. */
  readonly self: string | undefined;
  /** Statements that must run before the expression being lowered: the loops of comprehensions. */
  readonly before: Statement[];
  /** Names that a function shares with the module: `global x`. */
  readonly shared: ReadonlySet<string>;
  /** Lowers an expression; kept here because expressions hold functions, and functions expressions. */
  expression(node: Node, context: PythonContext): Expression;
  /** Lowers the statements of a block. */
  block(node: Node, context: PythonContext): Statement[];
}

/** A text as an expression. */
export function textOf(text: string): Expression {
  return { kind: 'text', text };
}

/** A value that nothing is known of. */
export function otherOf(node: Node, parts: readonly Expression[] = []): Expression {
  return { kind: 'other', source: node.text.split('\n', 1)[0]?.slice(0, 80) ?? '', parts };
}

/** The named children that are no comments. */
export function expressionsOf(node: Node): Node[] {
  return childrenOf(node).filter(({ type }) => type !== 'comment');
}

/** A call at a node. */
export function toCall(target: Expression, args: readonly Argument[], node: Node): CallExpression {
  const source = node.text.split('\n', 1)[0]?.slice(0, 120) ?? '';
  return { kind: 'call', target, args, source, ...positionOf(node) };
}

/** A call of a method at a node. */
export function callMethod(
  object: Expression,
  name: string,
  args: readonly Argument[],
  node: Node,
): CallExpression {
  return toCall({ kind: 'member', object, name }, args, node);
}

/** A setting of the environment or of a configuration file, and its default. */
export function toSetting(name: string, fallback: Expression | undefined, node: Node): Expression {
  const args = [textOf(name), ...(fallback ? [fallback] : [])];
  return toCall(
    { kind: 'name', name: settingFunction },
    args.map((value) => ({ value })),
    node,
  );
}

/** Stands for whatever a framework reads a setting with. */
export const settingFunction = 'setting()';
