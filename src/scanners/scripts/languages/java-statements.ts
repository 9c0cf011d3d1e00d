import type { Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { clientType } from './java-expressions.ts';
import { type JavaLowering, noteSettings } from './java-lowering.ts';

/** Lowers one statement; a block gives what stands in it. */
export function lowerStatements(node: Node, lowering: JavaLowering): Statement[] {
  const part = (name: string): Statement[] => {
    const child = node.childForFieldName(name);
    return child ? lowering.statements(child) : [];
  };
  switch (node.type) {
    case 'block':
    case 'constructor_body':
    case 'switch_block_statement_group':
    case 'program':
      return lowerEach(node, lowering);
    case 'expression_statement':
      return lowerEach(node, lowering);
    case 'local_variable_declaration':
      return lowerDeclaration(node, lowering, true);
    case 'assignment_expression':
      return lowerAssignment(node, lowering);
    case 'return_statement': {
      const [value] = valuesOf(node, lowering);
      return value ? [{ kind: 'return', value }] : [];
    }
    case 'if_statement': {
      const alternative = node.childForFieldName('alternative');
      return [
        ...effectsOf(node.childForFieldName('condition'), lowering),
        {
          kind: 'branch',
          branches: [
            part('consequence'),
            ...(alternative ? [lowering.statements(alternative)] : []),
          ],
          isComplete: alternative !== null,
        },
      ];
    }
    case 'switch_expression':
      return lowerSwitchStatement(node, lowering);
    case 'for_statement':
      return [{ kind: 'block', body: [...part('init'), { kind: 'loop', body: part('body') }] }];
    case 'enhanced_for_statement':
      return lowerLoop(node, lowering);
    case 'while_statement':
    case 'do_statement':
      return [
        ...effectsOf(node.childForFieldName('condition'), lowering),
        { kind: 'loop', body: part('body') },
      ];
    case 'try_statement':
    case 'try_with_resources_statement':
      return lowerTry(node, lowering);
    case 'synchronized_statement':
      return part('body');
    case 'labeled_statement':
      return lowerEach(node, lowering);
    case 'class_declaration':
    case 'record_declaration':
    case 'interface_declaration':
    case 'enum_declaration':
      return lowering.members(node);
    case 'break_statement':
    case 'continue_statement':
    case 'identifier':
    case 'line_comment':
    case 'block_comment':
    case 'switch_label':
      return [];
    case 'ERROR':
      return lowerEach(node, lowering);
    case 'throw_statement':
    case 'yield_statement':
    case 'assert_statement':
      return valuesOf(node, lowering).map((value) => ({ kind: 'expression', value }));
    default:
      return [{ kind: 'expression', value: lowering.expression(node) }];
  }
}

function lowerEach(node: Node, lowering: JavaLowering): Statement[] {
  return childrenOf(node).flatMap((child) => lowering.statements(child));
}

function valuesOf(node: Node, lowering: JavaLowering): Expression[] {
  return childrenOf(node)
    .filter(({ type }) => !type.endsWith('comment'))
    .map((child) => lowering.expression(child));
}

/** The calls of a condition are made before its branches. */
function effectsOf(condition: Node | null, lowering: JavaLowering): Statement[] {
  return condition ? [{ kind: 'expression', value: lowering.expression(condition) }] : [];
}

/** `T a = x, b;`, of a method or a class. */
export function lowerDeclaration(
  node: Node,
  lowering: JavaLowering,
  isLocal: boolean,
): Statement[] {
  const type = clientType(node.childForFieldName('type'));
  return node.childrenForFieldName('declarator').flatMap((declarator): Statement[] => {
    const name = declarator?.childForFieldName('name')?.text;
    if (!declarator || name === undefined) return [];
    if (type !== undefined && /URLConnection$/.test(type)) {
      lowering.urlConnections.add(name);
      lowering.requested.delete(name);
    }
    noteSettings(name, type, lowering);
    const value = declarator.childForFieldName('value');
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name },
        ...(value && value.type !== 'null_literal' ? { value: lowering.expression(value) } : {}),
        ...(type === undefined ? {} : { type }),
        ...(isLocal ? { isDeclaration: true } : {}),
      },
    ];
  });
}

function lowerAssignment(node: Node, lowering: JavaLowering): Statement[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return [];
  const value = lowering.expression(right);
  if (left.type === 'identifier') lowering.requested.delete(left.text);
  return [
    {
      kind: 'assign',
      target: lowering.expression(left),
      value,
      ...(node.childForFieldName('operator')?.text === '+=' ? { isAppend: true } : {}),
    },
  ];
}

function lowerLoop(node: Node, lowering: JavaLowering): Statement[] {
  const name = node.childForFieldName('name')?.text;
  const over = node.childForFieldName('value');
  const body = node.childForFieldName('body');
  return [
    {
      kind: 'loop',
      ...(name === undefined ? {} : { variable: { kind: 'name', name } }),
      ...(over ? { over: lowering.expression(over) } : {}),
      body: body ? lowering.statements(body) : [],
    },
  ];
}

function lowerTry(node: Node, lowering: JavaLowering): Statement[] {
  const resources = childrenOf(node.childForFieldName('resources') ?? node)
    .filter(({ type }) => type === 'resource')
    .flatMap((resource): Statement[] => {
      const name = resource.childForFieldName('name')?.text;
      const value = resource.childForFieldName('value');
      if (name === undefined || !value) return valuesOf(resource, lowering).map(toStatement);
      const type = clientType(resource.childForFieldName('type'));
      return [
        {
          kind: 'assign',
          target: { kind: 'name', name },
          value: lowering.expression(value),
          isDeclaration: true,
          ...(type === undefined ? {} : { type }),
        },
      ];
    });
  const body = node.childForFieldName('body');
  const rest = childrenOf(node).filter(({ type }) => /^(?:catch|finally)_clause$/.test(type));
  const clauses = rest.map((clause) => ({
    isFinal: clause.type === 'finally_clause',
    body: childrenOf(clause)
      .filter(({ type }) => type === 'block')
      .flatMap((block) => lowering.statements(block)),
  }));
  const caught = clauses.filter(({ isFinal, body: inside }) => !isFinal && inside.length > 0);
  return [
    {
      kind: 'block',
      body: [
        ...resources,
        ...(body ? lowering.statements(body) : []),
        ...(caught.length === 0
          ? []
          : [
              {
                kind: 'branch',
                branches: caught.map((clause) => clause.body),
                isComplete: false,
              } as const,
            ]),
        ...clauses.filter(({ isFinal }) => isFinal).flatMap((clause) => clause.body),
      ],
    },
  ];
}

function toStatement(value: Expression): Statement {
  return { kind: 'expression', value };
}

function lowerSwitchStatement(node: Node, lowering: JavaLowering): Statement[] {
  const body = node.childForFieldName('body');
  const groups = body
    ? childrenOf(body).filter(({ type }) => /^switch_(?:rule|block_statement_group)$/.test(type))
    : [];
  return [
    ...effectsOf(node.childForFieldName('condition'), lowering),
    {
      kind: 'branch',
      branches: groups.map((group) => lowerEach(group, lowering)),
      isComplete: groups.some((group) =>
        childrenOf(group).some(({ type, text }) => type === 'switch_label' && text === 'default'),
      ),
    },
  ];
}
