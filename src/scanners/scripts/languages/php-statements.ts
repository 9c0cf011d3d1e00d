import type { Expression, FunctionBody, Parameter, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { lowerExpression, type PhpPlace } from './php-expressions.ts';

/** Lowers the statements below a node, in order. */
export function lowerStatements(nodes: readonly Node[], place: PhpPlace): Statement[] {
  return nodes.flatMap((node) => lowerStatement(node, place));
}

/** Lowers a function, a method or a closure; an arrow function returns its expression. */
export function lowerFunction(node: Node, place: PhpPlace): FunctionBody {
  const inside: PhpPlace = { ...place, isFunction: true, globals: new Set(), curl: new Map() };
  const list = node.childForFieldName('parameters');
  const given = list ? childrenOf(list) : [];
  const body = node.childForFieldName('body');
  const promoted = given
    .filter(({ type }) => type === 'property_promotion_parameter')
    .flatMap((parameter): Statement[] => {
      const name = parameterName(parameter);
      return [
        {
          kind: 'assign',
          target: { kind: 'member', object: { kind: 'name', name: 'this' }, name },
          value: { kind: 'name', name: `$${name}` },
        },
      ];
    });
  const statements: Statement[] = !body
    ? []
    : body.type === 'compound_statement'
      ? lowerStatements(childrenOf(body), inside)
      : [{ kind: 'return', value: lowerExpression(body, inside) }];
  return {
    parameters: given.map((parameter) => lowerParameter(parameter, place)),
    body: [...promoted, ...statements],
  };
}

function parameterName(node: Node): string {
  return node.childForFieldName('name')?.text.replace(/^[&.]*\$/, '') ?? '';
}

function lowerParameter(node: Node, place: PhpPlace): Parameter {
  const type = typeName(node.childForFieldName('type'));
  const fallback = node.childForFieldName('default_value');
  return {
    name: `$${parameterName(node)}`,
    ...(type === undefined || node.type === 'variadic_parameter' ? {} : { type }),
    ...(fallback ? { fallback: lowerExpression(fallback, place) } : {}),
  };
}

/** The first class that a type names. */
function typeName(node: Node | null): string | undefined {
  const found = /^\??\(?\\?([A-Za-z_][\w\\]*)/.exec(node?.text ?? '')?.[1]?.replaceAll('\\', '.');
  return found === undefined || /^[a-z]+$/.test(found) ? simpleType(found) : found;
}

/** Types of the language say nothing; classes of libraries may be written small. */
function simpleType(name: string | undefined): string | undefined {
  const language =
    /^(?:string|int|float|bool|array|mixed|callable|iterable|object|void|null|self|static|never|false|true)$/;
  return name === undefined || language.test(name) ? undefined : name;
}

function lowerStatement(node: Node, place: PhpPlace): Statement[] {
  const value = (child: Node | null): Expression => lowerExpression(child, place);
  const evaluated = (child: Node): Statement => ({ kind: 'expression', value: value(child) });
  const body = (child: Node | null): Statement[] =>
    child ? lowerStatements(child.type.endsWith('clause') ? [] : blockOf(child), place) : [];
  switch (node.type) {
    case 'expression_statement':
      return childrenOf(node).flatMap((child) => lowerExpressionStatement(child, place));
    case 'echo_statement':
    case 'exit_statement':
    case 'unset_statement':
      return childrenOf(node).map(evaluated);
    case 'return_statement':
      return childrenOf(node).map((child) => ({ kind: 'return', value: value(child) }));
    case 'const_declaration':
      return lowerConstants(node, place);
    case 'global_declaration':
      for (const child of childrenOf(node)) place.globals.add(child.text);
      return [];
    case 'function_static_declaration':
      return childrenOf(node).flatMap((child) => {
        const name = child.childForFieldName('name');
        const given = child.childForFieldName('value');
        return name && given ? [toAssignment(name, value(given), place)] : [];
      });
    case 'function_definition': {
      const name = node.childForFieldName('name')?.text ?? '';
      return [{ kind: 'function', name, function: lowerFunction(node, place) }];
    }
    case 'class_declaration':
    case 'trait_declaration':
    case 'enum_declaration':
    case 'interface_declaration':
      return [lowerClass(node, node.childForFieldName('name')?.text ?? '', place)];
    case 'namespace_definition':
      return body(node.childForFieldName('body'));
    case 'compound_statement':
    case 'colon_block':
    case 'else_clause':
    case 'ERROR':
      return lowerStatements(blockOf(node), place);
    case 'if_statement':
      return lowerIf(node, place);
    case 'switch_statement':
      return lowerSwitch(node, place);
    case 'try_statement':
      return lowerTry(node, place);
    case 'foreach_statement':
      return lowerForeach(node, place);
    case 'for_statement':
    case 'while_statement':
    case 'do_statement': {
      const inside = node.childForFieldName('body');
      const head = childrenOf(node).filter((child) => child.id !== inside?.id);
      return [
        ...head.flatMap((child) => lowerExpressionStatement(child, place)),
        { kind: 'loop', body: body(inside) },
      ];
    }
    default:
      return [];
  }
}

function blockOf(node: Node): Node[] {
  if (node.type === 'compound_statement' || node.type === 'colon_block' || node.type === 'ERROR')
    return childrenOf(node);
  if (node.type === 'else_clause')
    return node.childForFieldName('body') ? blockOf(node.childForFieldName('body') as Node) : [];
  return [node];
}

function lowerExpressionStatement(node: Node, place: PhpPlace): Statement[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  switch (node.type) {
    case 'assignment_expression':
    case 'reference_assignment_expression':
      if (left && right) return [toAssignment(left, lowerExpression(right, place), place)];
      return [];
    case 'augmented_assignment_expression': {
      if (!left || !right) return [];
      const value = lowerExpression(right, place);
      const operator = node.childForFieldName('operator')?.text;
      if (operator === '??=')
        return [
          toAssignment(
            left,
            { kind: 'default', value: lowerExpression(left, place), fallback: value },
            place,
          ),
        ];
      const assigned = toAssignment(left, value, place);
      if (operator !== '.=' || assigned.kind !== 'assign') return [{ kind: 'expression', value }];
      return [{ ...assigned, isAppend: true }];
    }
    case 'sequence_expression':
    case 'parenthesized_expression':
      return childrenOf(node).flatMap((child) => lowerExpressionStatement(child, place));
    case 'function_call_expression': {
      const defined = lowerDefine(node, place);
      if (defined) return [defined];
    }
  }
  return [{ kind: 'expression', value: lowerExpression(node, place) }];
}

/** `define('ERP_URL', …)` */
function lowerDefine(node: Node, place: PhpPlace): Statement | undefined {
  if (node.childForFieldName('function')?.text.toLowerCase() !== 'define') return undefined;
  const [name, given] = childrenOf(node.childForFieldName('arguments') ?? node).map((argument) =>
    argument.namedChild(0),
  );
  const text = name ? lowerExpression(name, place) : undefined;
  if (text?.kind !== 'text' || !given) return undefined;
  return {
    kind: 'assign',
    target: { kind: 'name', name: text.text },
    value: lowerExpression(given, place),
  };
}

function toAssignment(target: Node, value: Expression, place: PhpPlace): Statement {
  const isOwn =
    place.isFunction && target.type === 'variable_name' && !place.globals.has(target.text);
  return {
    kind: 'assign',
    target: lowerExpression(target, place),
    value,
    ...(isOwn ? { isDeclaration: true } : {}),
  };
}

function lowerConstants(node: Node, place: PhpPlace): Statement[] {
  return childrenOf(node).flatMap((element): Statement[] => {
    const [name, value] = childrenOf(element);
    if (element.type !== 'const_element' || !name || !value) return [];
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name: name.text },
        value: lowerExpression(value, place),
        isDeclaration: true,
      },
    ];
  });
}

function lowerIf(node: Node, place: PhpPlace): Statement[] {
  const condition = node.childForFieldName('condition');
  const body = node.childForFieldName('body');
  const alternatives = node.childrenForFieldName('alternative').flatMap((each) => each ?? []);
  const branches = [...(body ? [body] : []), ...alternatives].map((branch) => {
    const inside = branch.childForFieldName('body') ?? branch;
    const tested = branch.type === 'else_if_clause' ? branch.childForFieldName('condition') : null;
    return [
      ...(tested ? lowerExpressionStatement(tested, place) : []),
      ...lowerStatements(blockOf(inside), place),
    ];
  });
  return [
    ...(condition ? lowerExpressionStatement(condition, place) : []),
    { kind: 'branch', branches, isComplete: alternatives.at(-1)?.type === 'else_clause' },
  ];
}

function lowerSwitch(node: Node, place: PhpPlace): Statement[] {
  const condition = node.childForFieldName('condition');
  const cases = childrenOf(node.childForFieldName('body') ?? node).filter(({ type }) =>
    /^(?:case|default)_statement$/.test(type),
  );
  return [
    ...(condition ? lowerExpressionStatement(condition, place) : []),
    {
      kind: 'branch',
      branches: cases.map((clause) => lowerStatements(childrenOf(clause), place)),
      isComplete: cases.some(({ type }) => type === 'default_statement'),
    },
  ];
}

function lowerTry(node: Node, place: PhpPlace): Statement[] {
  const body = node.childForFieldName('body');
  const caught = childrenOf(node)
    .filter(({ type }) => type === 'catch_clause')
    .map((clause) => lowerStatements(blockOf(clause.childForFieldName('body') ?? clause), place));
  const last = childrenOf(node).find(({ type }) => type === 'finally_clause');
  return [
    ...(body ? lowerStatements(blockOf(body), place) : []),
    ...(caught.length > 0
      ? [{ kind: 'branch' as const, branches: caught, isComplete: false }]
      : []),
    ...(last ? lowerStatements(blockOf(last.childForFieldName('body') ?? last), place) : []),
  ];
}

function lowerForeach(node: Node, place: PhpPlace): Statement[] {
  const body = node.childForFieldName('body');
  const [over, each] = childrenOf(node).filter((child) => child.id !== body?.id);
  const variable = each?.type === 'pair' ? (each.namedChild(1) ?? undefined) : each;
  return [
    {
      kind: 'loop',
      ...(variable ? { variable: lowerExpression(variable, place) } : {}),
      ...(over ? { over: lowerExpression(over, place) } : {}),
      body: body ? lowerStatements(blockOf(body), place) : [],
    },
  ];
}

/** Lowers a class, a trait or an enum; attributes stand before what they are written at. */
export function lowerClass(node: Node, name: string, place: PhpPlace): Statement {
  const body = node.childForFieldName('body');
  const members = body ? childrenOf(body) : [];
  const supertypes = [
    ...childrenOf(node).filter(({ type }) => /^(?:base_clause|class_interface_clause)$/.test(type)),
    ...members.filter(({ type }) => type === 'use_declaration'),
  ].flatMap((clause) =>
    childrenOf(clause).map(({ text }) => text.replace(/^\\/, '').replaceAll('\\', '.')),
  );
  return {
    kind: 'class',
    name,
    supertypes,
    members: members.flatMap((member) => lowerMember(member, place)),
  };
}

function lowerMember(node: Node, place: PhpPlace): Statement[] {
  switch (node.type) {
    case 'const_declaration':
      return lowerConstants(node, place);
    case 'property_declaration': {
      const type = typeName(node.childForFieldName('type'));
      return childrenOf(node)
        .filter((child) => child.type === 'property_element')
        .map((element) => toField(element, 'default_value', type, place));
    }
    case 'enum_case':
      return [toField(node, 'value', undefined, place)];
    case 'method_declaration': {
      const name = node.childForFieldName('name')?.text ?? '';
      const parameters = node.childForFieldName('parameters');
      const promoted = (parameters ? childrenOf(parameters) : [])
        .filter(({ type }) => type === 'property_promotion_parameter')
        .map((each) => toField(each, 'none', typeName(each.childForFieldName('type')), place));
      return [
        ...promoted,
        {
          kind: 'function',
          name: name.toLowerCase() === '__construct' ? 'constructor' : name,
          function: lowerFunction(node, place),
        },
      ];
    }
    default:
      return [];
  }
}

function toField(
  node: Node,
  valueField: string,
  type: string | undefined,
  place: PhpPlace,
): Statement {
  const value = node.childForFieldName(valueField);
  const name = node.childForFieldName('name')?.text.replace(/^\$/, '') ?? '';
  return {
    kind: 'assign',
    target: { kind: 'name', name },
    isDeclaration: true,
    ...(value && value.type !== 'null' ? { value: lowerExpression(value, place) } : {}),
    ...(type === undefined ? {} : { type }),
  };
}
