import type { Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { completeClass, listSettings } from './python-frameworks.ts';
import {
  lowerFunctionBody,
  lowerParameters,
  optionDefaults,
  typeName,
} from './python-functions.ts';
import { expressionsOf, listImports, otherOf, type PythonContext } from './python-scan.ts';

/** Lowers the statements of a module or a block. */
export function lowerBlock(node: Node, context: PythonContext): Statement[] {
  return childrenOf(node).flatMap((child) => lowerStatement(child, context));
}

/** One statement, behind what its expressions need to have run before. */
function lowerStatement(node: Node, outer: PythonContext): Statement[] {
  const context: PythonContext = { ...outer, before: [] };
  const statements = lower(node, context);
  return [...context.before, ...statements];
}

function lower(node: Node, context: PythonContext): Statement[] {
  switch (node.type) {
    case 'comment':
      return [];
    case 'import_statement':
    case 'import_from_statement':
      return lowerImport(node);
    case 'expression_statement':
      return expressionsOf(node).flatMap((child) => lowerSimple(child, context));
    case 'return_statement':
      return expressionsOf(node).map((child) => ({
        kind: 'return',
        value: context.expression(child, context),
      }));
    case 'if_statement':
      return lowerIf(node, context);
    case 'match_statement':
      return lowerMatch(node, context);
    case 'for_statement':
    case 'while_statement':
      return lowerLoop(node, context);
    case 'try_statement':
      return lowerTry(node, context);
    case 'with_statement':
      return lowerWith(node, context);
    case 'function_definition':
      return [lowerFunction(node, [], false, context)];
    case 'class_definition':
      return [lowerClass(node, context)];
    case 'decorated_definition':
      return lowerDecorated(node, context, false);
    case 'block':
    case 'module':
    case 'else_clause':
    case 'finally_clause':
    case 'ERROR':
      return childrenOf(node).flatMap((child) => lowerStatement(child, context));
    case 'global_statement':
    case 'nonlocal_statement':
    case 'pass_statement':
      return [];
    default:
      return expressionsOf(node).map((child) => evaluated(child, context));
  }
}

function evaluated(node: Node, context: PythonContext): Statement {
  return { kind: 'expression', value: context.expression(node, context) };
}

function lowerImport(node: Node): Statement[] {
  const wildcard = childrenOf(node).some(({ type }) => type === 'wildcard_import');
  const module = node.childForFieldName('module_name')?.text;
  if (wildcard && module !== undefined) return [{ kind: 'import-all', module }];
  return listImports(node).map((found) => ({ kind: 'import', ...found }));
}

function lowerSimple(node: Node, context: PythonContext): Statement[] {
  if (node.type !== 'assignment' && node.type !== 'augmented_assignment')
    return [evaluated(node, context)];
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const declared = node.childForFieldName('type');
  const type = declared ? typeName(declared) : undefined;
  if (!left) return [];
  const target = context.expression(left, context);
  const value = right ? context.expression(right, context) : undefined;
  const isShared = left.type === 'identifier' && context.shared.has(left.text);
  return [
    {
      kind: 'assign',
      target,
      ...(value === undefined ? {} : { value }),
      ...(type === undefined ? {} : { type }),
      ...(node.type === 'augmented_assignment' ? { isAppend: true } : {}),
      // A name belongs to the function that assigns it, unless it says otherwise.
      ...(value === undefined || isShared ? {} : { isDeclaration: true }),
    },
    ...listSettings(target, value, node),
  ];
}

function blockOf(node: Node | null, context: PythonContext): Statement[] {
  return node ? context.block(node, context) : [];
}

function lowerIf(node: Node, context: PythonContext): Statement[] {
  const condition = node.childForFieldName('condition');
  const branches = [blockOf(node.childForFieldName('consequence'), context)];
  let isComplete = false;
  for (const other of node.childrenForFieldName('alternative')) {
    if (other?.type === 'else_clause') {
      isComplete = true;
      branches.push(blockOf(other.childForFieldName('body'), context));
    } else if (other) {
      const test = other.childForFieldName('condition');
      branches.push([
        ...(test ? lowerStatementOf(test, context) : []),
        ...blockOf(other.childForFieldName('consequence'), context),
      ]);
    }
  }
  return [
    ...(condition ? [evaluated(condition, context)] : []),
    { kind: 'branch', branches, isComplete },
  ];
}

/** An expression as statements, with the loops that it holds. */
function lowerStatementOf(node: Node, outer: PythonContext): Statement[] {
  const context: PythonContext = { ...outer, before: [] };
  const statement = evaluated(node, context);
  return [...context.before, statement];
}

function lowerMatch(node: Node, context: PythonContext): Statement[] {
  const subjects = node.childrenForFieldName('subject').filter((child) => child !== null);
  const body = node.childForFieldName('body');
  const cases = (body ? childrenOf(body) : []).filter(({ type }) => type === 'case_clause');
  return [
    ...subjects.map((subject) => evaluated(subject, context)),
    {
      kind: 'branch',
      branches: cases.map((each) => blockOf(each.childForFieldName('consequence'), context)),
      isComplete: cases.some((each) => /^case\s+_\s*:/.test(each.text.slice(0, 40))),
    },
  ];
}

function lowerLoop(node: Node, context: PythonContext): Statement[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const condition = node.childForFieldName('condition');
  return [
    ...(condition ? [evaluated(condition, context)] : []),
    {
      kind: 'loop',
      ...(left ? { variable: context.expression(left, context) } : {}),
      ...(right ? { over: context.expression(right, context) } : {}),
      body: blockOf(node.childForFieldName('body'), context),
    },
    ...blockOf(node.childForFieldName('alternative')?.childForFieldName('body') ?? null, context),
  ];
}

function lowerTry(node: Node, context: PythonContext): Statement[] {
  const rescues: Statement[][] = [];
  const after: Statement[] = [];
  for (const child of childrenOf(node)) {
    if (/^except/.test(child.type)) {
      const block = childrenOf(child).find(({ type }) => type === 'block');
      rescues.push(blockOf(block ?? null, context));
    } else if (child.type !== 'block') after.push(...lowerStatement(child, context));
  }
  return [
    ...blockOf(node.childForFieldName('body'), context),
    ...(rescues.length > 0
      ? [{ kind: 'branch', branches: rescues, isComplete: false } as const]
      : []),
    ...after,
  ];
}

function lowerWith(node: Node, context: PythonContext): Statement[] {
  const clause = childrenOf(node).find(({ type }) => type === 'with_clause');
  const items = (clause ? clause.descendantsOfType('with_item') : []).flatMap((item) =>
    item ? withItems(item) : [],
  );
  return [
    ...items.map((item): Statement => {
      if (item.type !== 'as_pattern') return evaluated(item, context);
      const [source, alias] = expressionsOf(item);
      if (!source || !alias) return evaluated(item, context);
      return {
        kind: 'assign',
        target: context.expression(alias, context),
        value: context.expression(source, context),
        isDeclaration: true,
      };
    }),
    ...blockOf(node.childForFieldName('body'), context),
  ];
}

/** `with (a as b, c as d):` is one item that holds a tuple. */
function withItems(item: Node): Node[] {
  const value = item.childForFieldName('value') ?? expressionsOf(item)[0];
  if (!value) return [];
  return value.type === 'tuple' ? expressionsOf(value) : [value];
}

function lowerFunction(
  node: Node,
  decorators: readonly Node[],
  isMethod: boolean,
  context: PythonContext,
): Statement {
  const name = node.childForFieldName('name')?.text ?? '';
  const isStatic = decorators.some(({ text }) => /^@staticmethod\b/.test(text));
  const lowered = lowerParameters(
    node.childForFieldName('parameters'),
    context,
    isMethod && !isStatic,
  );
  const defaults = optionDefaults(decorators, context);
  const parameters = lowered.parameters.map((parameter) => {
    const fallback = parameter.fallback ?? defaults.get(parameter.name);
    return fallback === undefined ? parameter : { ...parameter, fallback };
  });
  return {
    kind: 'function',
    name: isMethod && name === '__init__' ? 'constructor' : name,
    function: lowerFunctionBody(
      { ...lowered, parameters },
      node.childForFieldName('body'),
      context,
    ),
  };
}

function lowerDecorated(node: Node, context: PythonContext, isMethod: boolean): Statement[] {
  const decorators = childrenOf(node).filter(({ type }) => type === 'decorator');
  const definition = node.childForFieldName('definition');
  const before = decorators.flatMap((decorator) =>
    expressionsOf(decorator).map((child) => evaluated(child, context)),
  );
  if (!definition) return before;
  return [
    ...before,
    definition.type === 'class_definition'
      ? lowerClass(definition, context)
      : lowerFunction(definition, decorators, isMethod, context),
  ];
}

function lowerClass(node: Node, context: PythonContext): Statement {
  const given = node.childForFieldName('superclasses');
  const supertypes = (given ? expressionsOf(given) : [])
    .filter(({ type }) => type === 'identifier' || type === 'attribute')
    .map(({ text }) => text);
  const inside: PythonContext = { ...context, shared: new Set() };
  const members = childrenOf(node.childForFieldName('body') ?? node).flatMap((child) => {
    if (child.type === 'function_definition') return [lowerFunction(child, [], true, inside)];
    if (child.type === 'decorated_definition') return lowerDecorated(child, inside, true);
    return lowerStatement(child, inside);
  });
  return {
    kind: 'class',
    name: node.childForFieldName('name')?.text ?? '',
    supertypes,
    members: completeClass(supertypes, members, node),
  };
}

/** The names of libraries that the file uses without an import: they are names like any other. */
export function hideForeignNames(
  libraries: ReadonlySet<string>,
  { file }: Pick<PythonContext, 'file'>,
  root: Node,
): Statement[] {
  if (file.hasWildcard) return [];
  return [...libraries]
    .filter((name) => file.names.has(name) && !file.imports.has(name))
    .map((name) => ({
      kind: 'assign',
      target: { kind: 'name', name } satisfies Expression,
      value: { ...otherOf(root), source: name } as Expression,
      isDeclaration: true,
    }));
}
