import type { Expression, FunctionBody, Parameter, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerParameters } from './csharp-arguments.ts';
import { lowerAttributes, lowerParameterAttributes } from './csharp-attributes.ts';
import { settingsType } from './csharp-calls.ts';
import { lowerClass } from './csharp-classes.ts';
import { lowerAssignment } from './csharp-expressions.ts';
import { findPart, type Lowering, partsOf, toMember } from './csharp-lowering.ts';
import { isReceiver, nameType } from './csharp-types.ts';

/** Lowers a statement, a declaration, or what stands around them. */
export function lowerStatement(node: Node, lowering: Lowering): Statement[] {
  const all = (nodes: readonly Node[]): Statement[] =>
    nodes.flatMap((each) => lowering.statements(each));
  const only = (name: string): Statement[] => {
    const part = node.childForFieldName(name);
    return part ? lowering.statements(part) : [];
  };
  switch (node.type) {
    case 'using_directive':
      return lowerUsing(node);
    case 'class_declaration':
    case 'record_declaration':
    case 'struct_declaration':
    case 'record_struct_declaration':
    case 'interface_declaration':
      return lowerClass(node, lowering);
    case 'enum_declaration':
    case 'delegate_declaration':
      return [];
    case 'expression_statement':
      return toStatements(partsOf(node)[0], lowering);
    case 'local_declaration_statement':
      return all(partsOf(node).filter(({ type }) => type === 'variable_declaration'));
    case 'variable_declaration':
      return lowerVariables(node, lowering, true);
    case 'local_function_statement':
      return [
        ...lowerAttributes(node, lowering),
        ...lowerParameterAttributes(node.childForFieldName('parameters'), lowering),
        {
          kind: 'function',
          name: node.childForFieldName('name')?.text ?? '',
          function: lowerFunction(node, lowering),
        },
      ];
    case 'return_statement':
    case 'yield_statement': {
      const [value] = partsOf(node);
      return value ? [{ kind: 'return', value: lowering.expression(value) }] : [];
    }
    case 'block':
      return [{ kind: 'block', body: all(partsOf(node)) }];
    case 'if_statement':
      return lowerIf(node, lowering);
    case 'switch_statement':
      return lowerSwitch(node, lowering);
    case 'try_statement':
      return lowerTry(node, lowering);
    case 'using_statement':
    case 'fixed_statement':
      return [
        {
          kind: 'block',
          body: partsOf(node).flatMap((part) =>
            /_statement$|^block$|^variable_declaration$/.test(part.type)
              ? lowering.statements(part)
              : toStatements(part, lowering),
          ),
        },
      ];
    case 'foreach_statement': {
      const left = node.childForFieldName('left');
      return [
        {
          kind: 'loop',
          ...(left ? { variable: lowerTarget(left, lowering) } : {}),
          over: lowering.expression(node.childForFieldName('right')),
          body: only('body'),
        },
      ];
    }
    case 'for_statement':
      return [
        {
          kind: 'block',
          body: [
            ...only('initializer'),
            ...toStatements(node.childForFieldName('condition') ?? undefined, lowering),
            { kind: 'loop', body: only('body') },
          ],
        },
      ];
    case 'while_statement':
    case 'do_statement': {
      const condition = node.childForFieldName('condition') ?? undefined;
      return [{ kind: 'loop', body: [...toStatements(condition, lowering), ...only('body')] }];
    }
    case 'preproc_if':
    case 'preproc_else':
    case 'preproc_elif': {
      const condition = node.childForFieldName('condition');
      return all(partsOf(node).filter(({ id }) => id !== condition?.id));
    }
    case 'namespace_declaration':
    case 'file_scoped_namespace_declaration': {
      const name = node.childForFieldName('name');
      return all(partsOf(node).filter(({ id }) => id !== name?.id));
    }
    case 'lock_statement':
    case 'checked_statement':
    case 'unsafe_statement':
    case 'labeled_statement':
    case 'global_statement':
    case 'compilation_unit':
    case 'declaration_list':
    case 'switch_section':
    case 'catch_clause':
    case 'finally_clause':
    case 'throw_statement':
    case 'global_attribute':
    case 'ERROR':
      return all(partsOf(node).filter(({ type }) => type !== 'identifier'));
    default:
      return /_expression$/.test(node.type) ? toStatements(node, lowering) : [];
  }
}

/** An expression for its calls, an assignment for its value. */
function toStatements(node: Node | undefined, lowering: Lowering): Statement[] {
  if (!node || /literal$|^identifier$|_pattern$|^catch_/.test(node.type)) return [];
  if (node.type !== 'assignment_expression')
    return [{ kind: 'expression', value: lowering.expression(node) }];
  const { target, value } = lowerAssignment(node, lowering);
  const operator = node.childForFieldName('operator')?.text;
  if (operator === '+=') return [{ kind: 'assign', target, value, isAppend: true }];
  if (operator !== '=' && operator !== '??=')
    return [
      { kind: 'expression', value: { kind: 'other', source: operator ?? '', parts: [value] } },
    ];
  return [{ kind: 'assign', target, value }];
}

/** The variables or fields of one declaration. */
export function lowerVariables(
  node: Node,
  lowering: Lowering,
  isDeclaration: boolean,
): Statement[] {
  const type = nameType(node.childForFieldName('type'));
  return partsOf(node).flatMap((part): Statement[] => {
    if (part.type !== 'variable_declarator') return [];
    const name = part.childForFieldName('name') ?? partsOf(part)[0];
    if (!name) return [];
    const given = partsOf(part).find(
      (each) => each.id !== name.id && each.type !== 'bracketed_argument_list',
    );
    return [
      {
        kind: 'assign',
        target: lowerTarget(name, lowering),
        ...(given ? { value: lowering.expression(given, type) } : {}),
        ...(type === undefined ? {} : { type }),
        ...(isDeclaration ? { isDeclaration: true } : {}),
      },
    ];
  });
}

/** A name, or `(a, b)` that takes a tuple apart. */
function lowerTarget(node: Node, lowering: Lowering): Expression {
  if (node.type === 'identifier') return { kind: 'name', name: node.text };
  if (node.type !== 'tuple_pattern') return lowering.expression(node);
  return {
    kind: 'list',
    items: partsOf(node).map((part) => ({ kind: 'name', name: part.text })),
  };
}

/** `using X.Y;`, `using static X.Y;`, `using A = X.Y;`, each of them `global` too. */
function lowerUsing(node: Node): Statement[] {
  const alias = node.childForFieldName('name')?.text;
  const named = partsOf(node).find(({ type }) =>
    /^(?:qualified_name|identifier|alias_qualified_name|generic_name)$/.test(type),
  );
  const target = partsOf(node).at(-1);
  if (!target || !named) return [];
  const path = target.text
    .replace(/<.*$/s, '')
    .replace(/^global::/, '')
    .replace(/\s/g, '');
  const dot = path.lastIndexOf('.');
  if (alias === undefined) return [{ kind: 'import-all', module: path }];
  return dot < 0
    ? [{ kind: 'import', local: alias, module: path }]
    : [{ kind: 'import', local: alias, module: path.slice(0, dot), imported: path.slice(dot + 1) }];
}

/** `else if` is written as deep as it has branches; it is taken apart without recursion. */
function lowerIf(node: Node, lowering: Lowering): Statement[] {
  const before: Statement[] = [];
  const branches: Statement[][] = [];
  let at: Node | null = node;
  while (at?.type === 'if_statement') {
    before.push(...toStatements(at.childForFieldName('condition') ?? undefined, lowering));
    const consequence: Node | null = at.childForFieldName('consequence');
    branches.push(consequence ? lowering.statements(consequence) : []);
    at = at.childForFieldName('alternative');
  }
  if (at) branches.push(lowering.statements(at));
  return [...before, { kind: 'branch', branches, isComplete: at !== null }];
}

function lowerSwitch(node: Node, lowering: Lowering): Statement[] {
  const body = node.childForFieldName('body');
  const sections = body ? partsOf(body).filter(({ type }) => type === 'switch_section') : [];
  return [
    ...toStatements(node.childForFieldName('value') ?? undefined, lowering),
    {
      kind: 'branch',
      branches: sections.map((section) => lowering.statements(section)),
      isComplete: sections.some((section) => /^default\b/.test(section.text.slice(0, 8))),
    },
  ];
}

function lowerTry(node: Node, lowering: Lowering): Statement[] {
  const body = node.childForFieldName('body');
  const parts = partsOf(node);
  const catches = parts.filter(({ type }) => type === 'catch_clause');
  const last = parts.find(({ type }) => type === 'finally_clause');
  return [
    {
      kind: 'branch',
      branches: [
        body ? lowering.statements(body) : [],
        ...catches.map((clause) => lowering.statements(clause)),
      ],
      isComplete: true,
    },
    ...(last ? lowering.statements(last) : []),
  ];
}

/** The parameters and the body of a method, constructor or local function. */
export function lowerFunction(
  node: Node,
  lowering: Lowering,
  first: readonly Statement[] = [],
): FunctionBody {
  const list = node.childForFieldName('parameters') ?? findPart(node, 'parameter_list') ?? null;
  const parameters = lowerParameters(list, lowering);
  const receiver = list ? partsOf(list).findIndex(isReceiver) : -1;
  const own = parameters[receiver];
  // Callers of an extension method write its first parameter in front of the dot.
  const rest = own ? parameters.filter((parameter) => parameter !== own) : parameters;
  return {
    parameters: rest,
    body: [
      ...(own ? [toReceiver(own)] : []),
      ...listInjectedSettings(rest, lowering),
      ...first,
      ...lowering.body(node.childForFieldName('body')),
    ],
  };
}

function toReceiver({ name, type }: Parameter): Statement {
  const declared = { kind: 'assign', target: { kind: 'name', name }, isDeclaration: true } as const;
  return type === undefined ? declared : { ...declared, type };
}

/** Parameters whose type holds settings are known by that type: `options.Value.Url` is `Erp.Url`. */
export function listInjectedSettings(
  parameters: readonly Parameter[],
  lowering: Lowering,
): Statement[] {
  return parameters.flatMap(({ name, type }): Statement[] =>
    type !== undefined && settingsType.test(type) && !lowering.isClient(type)
      ? [{ kind: 'assign', target: { kind: 'name', name }, value: toMember(type) }]
      : [],
  );
}
