import type { Expression, Parameter } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';
import {
  argumentsOf,
  lowerCast,
  lowerCreation,
  lowerMethod,
  lowerRequest,
  nameOfType,
} from './java-calls.ts';
import { lowerRouteCall } from './java-camel.ts';
import { importsAny, type JavaLowering, sourceOf, toOther } from './java-lowering.ts';
import { toMapKey } from './java-maps.ts';
import { namesOfTextTypes, readLiteral, readNumber, readPlaceholders } from './java-texts.ts';

/** Lowers an expression; what carries no value becomes `other` with the parts that do. */
export function lowerExpression(node: Node, lowering: JavaLowering): Expression {
  const inner = (name: string): Expression => {
    const child = node.childForFieldName(name);
    return child ? lowering.expression(child) : toOther('');
  };
  switch (node.type) {
    case 'string_literal':
    case 'character_literal': {
      const text = readLiteral(node.text);
      return text.includes('{{') && importsAny(lowering, ['org.apache.camel'])
        ? readPlaceholders(text, '{{')
        : { kind: 'text', text };
    }
    case 'decimal_integer_literal':
    case 'decimal_floating_point_literal':
      return { kind: 'text', text: readNumber(node.text) };
    case 'true':
    case 'false':
    case 'hex_integer_literal':
      return { kind: 'text', text: node.text };
    case 'identifier':
      return toMapKey(node.text) ?? { kind: 'name', name: node.text };
    case 'this':
      return { kind: 'name', name: 'this' };
    case 'parenthesized_expression': {
      const [child] = childrenOf(node);
      return child ? lowering.expression(child) : toOther(node.text);
    }
    case 'field_access': {
      const name = node.childForFieldName('field')?.text ?? '';
      const object = inner('object');
      return (
        toMapKey(name, object.kind === 'name' ? object.name : undefined) ?? {
          kind: 'member',
          object,
          name,
        }
      );
    }
    case 'array_access':
      return { kind: 'item', object: inner('array'), key: inner('index') };
    case 'method_invocation':
      return lowerInvocation(node, lowering);
    case 'object_creation_expression':
      return lowerCreation(node, lowering);
    case 'explicit_constructor_invocation':
      return lowerConstructorCall(node, lowering);
    case 'lambda_expression':
      return lowerLambda(node, lowering);
    case 'method_reference':
      return lowerReference(node, lowering);
    case 'ternary_expression':
      return { kind: 'choice', options: [inner('consequence'), inner('alternative')] };
    case 'binary_expression':
      return lowerBinary(node, lowering);
    case 'assignment_expression':
      return { kind: 'assign', target: inner('left'), value: inner('right') };
    case 'cast_expression':
      return lowerCast(node, lowering);
    case 'array_initializer':
    case 'element_value_array_initializer':
      return { kind: 'list', items: lowerAll(node, lowering) };
    case 'array_creation_expression': {
      const value = node.childForFieldName('value');
      return value ? lowering.expression(value) : toOther(node.text);
    }
    case 'switch_expression':
      return lowerSwitch(node, lowering);
    case 'instanceof_expression':
      return toOther(node.text, [inner('left')]);
    case 'unary_expression':
      return toOther(node.text, [inner('operand')]);
    default:
      return toOther(node.text);
  }
}

function lowerAll(node: Node, lowering: JavaLowering): Expression[] {
  return childrenOf(node)
    .filter(({ type }) => !type.endsWith('comment'))
    .map((child) => lowering.expression(child));
}

function lowerInvocation(node: Node, lowering: JavaLowering): Expression {
  const name = node.childForFieldName('name')?.text ?? '';
  const receiver = node.childForFieldName('object');
  // A method of the class above is found like one of the class itself.
  const object = receiver && receiver.type !== 'super' ? lowering.expression(receiver) : undefined;
  const args = argumentsOf(node, lowering);
  return (
    (object ? lowerRequest(name, object, args, lowering) : undefined) ??
    lowerRouteCall(node, name, object, args, lowering) ??
    lowerMethod(node, name, object, args, lowering)
  );
}

/** `super(…)` makes what the class above is; `this(…)` another of its own. */
function lowerConstructorCall(node: Node, lowering: JavaLowering): Expression {
  const isSuper = node.childForFieldName('constructor')?.type === 'super';
  const name = isSuper ? lowering.superclass : lowering.className;
  const args = argumentsOf(node, lowering);
  if (name === undefined) return toOther(node.text, args);
  return {
    kind: 'call',
    target: { kind: 'name', name },
    args: args.map((value) => ({ value })),
    isNew: true,
    source: sourceOf(node),
    ...positionOf(node),
  };
}

function lowerLambda(node: Node, lowering: JavaLowering): Expression {
  const given = node.childForFieldName('parameters');
  const body = node.childForFieldName('body');
  const parameters =
    given?.type === 'identifier'
      ? [{ name: given.text }]
      : given?.type === 'inferred_parameters'
        ? childrenOf(given).map(({ text }) => ({ name: text }))
        : given
          ? readParameters(childrenOf(given))
          : [];
  if (!body) return toOther(node.text);
  return {
    kind: 'function',
    function: {
      parameters,
      body:
        body.type === 'block'
          ? lowering.statements(body)
          : [{ kind: 'return', value: lowering.expression(body) }],
    },
  };
}

/** The parameters of a method. Types that are followed as texts are no types of clients. */
export function readParameters(parameters: readonly Node[]): Parameter[] {
  return parameters.flatMap((parameter): Parameter[] => {
    const declarator = childrenOf(parameter).find(({ type }) => type === 'variable_declarator');
    const name = (parameter.childForFieldName('name') ?? declarator?.childForFieldName('name'))
      ?.text;
    if (name === undefined) return [];
    const type = clientType(parameter.childForFieldName('type'));
    return [{ name, ...(type === undefined ? {} : { type }) }];
  });
}

/** The name of a declared type that may be a client's. */
export function clientType(type: Node | null): string | undefined {
  const name = type ? nameOfType(type) : '';
  return name === '' || name === 'var' || namesOfTextTypes.has(name) ? undefined : name;
}

function lowerReference(node: Node, lowering: JavaLowering): Expression {
  const [object, method] = childrenOf(node);
  if (!object || method?.type !== 'identifier') return toOther(node.text);
  return { kind: 'member', object: lowering.expression(object), name: method.text };
}

/** `a + b + c` goes down its left side without recursion: texts are put together of many lines. */
function lowerBinary(node: Node, lowering: JavaLowering): Expression {
  const parts: Expression[] = [];
  let at: Node | null = node;
  while (at?.type === 'binary_expression') {
    if (at.childForFieldName('operator')?.text !== '+') break;
    const right = at.childForFieldName('right');
    if (right) parts.push(lowering.expression(right));
    at = at.childForFieldName('left');
  }
  if (parts.length > 0) {
    if (at) parts.push(lowering.expression(at));
    return { kind: 'join', parts: parts.reverse() };
  }
  return toOther(node.text, lowerAll(node, lowering));
}

/** The values of a switch: of its arrows, or what its blocks yield. */
function lowerSwitch(node: Node, lowering: JavaLowering): Expression {
  const body = node.childForFieldName('body');
  const options: Expression[] = [];
  const collect = (at: Node, depth: number): void => {
    if (depth > 6) return;
    for (const child of childrenOf(at)) {
      if (child.type === 'yield_statement') options.push(...lowerAll(child, lowering));
      else if (child.type === 'expression_statement') {
        if (at.type === 'switch_rule') options.push(...lowerAll(child, lowering));
      } else if (child.type !== 'switch_label' && child.type !== 'lambda_expression')
        collect(child, depth + 1);
    }
  };
  if (body) collect(body, 0);
  return options.length === 0 ? toOther(node.text) : { kind: 'choice', options };
}
