import type { Expression, FunctionBody, ObjectEntry, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';
import {
  brokerKeys,
  type CurlMethods,
  lowerArguments,
  lowerStandard,
  startCommand,
} from './php-calls.ts';
import { lowerContainerCall } from './php-containers.ts';
import { lowerText } from './php-texts.ts';

/** What lowering needs of the place a node stands at. */
export interface PhpPlace {
  /** Variables of a function are its own, but for those it declares global. */
  readonly isFunction: boolean;
  readonly globals: Set<string>;
  readonly curl: CurlMethods;
  /** Files whose returned value is used, by the name it goes by. */
  readonly required: Map<string, string>;
  /** Classes without a name, as they are met. */
  readonly classes: Statement[];
  lowerFunction(node: Node, place: PhpPlace): FunctionBody;
  lowerClass(node: Node, name: string, place: PhpPlace): Statement;
}

/** Lowers an expression; what carries no address becomes `other` with its parts. */
export function lowerExpression(node: Node | null, place: PhpPlace): Expression {
  if (!node) return { kind: 'other', source: '', parts: [] };
  const inner = (child: Node | null): Expression => lowerExpression(child, place);
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'variable_name':
    case 'dynamic_variable_name':
      return lowerVariable(node);
    case 'name':
    case 'qualified_name':
    case 'relative_name':
    case 'namespace_name':
    case 'relative_scope':
      return toName(node.text);
    case 'integer':
    case 'float':
    case 'boolean':
      return { kind: 'text', text: node.text };
    case 'string':
    case 'encapsed_string':
    case 'heredoc':
    case 'nowdoc':
      return lowerText(node, inner);
    case 'shell_command_expression':
      return startCommand(lowerText(node, inner), node);
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
      return { kind: 'member', object: inner(field('object')), name: memberName(field('name')) };
    case 'scoped_property_access_expression':
      return { kind: 'member', object: inner(field('scope')), name: memberName(field('name')) };
    case 'class_constant_access_expression':
      return {
        kind: 'member',
        object: inner(node.namedChild(0)),
        name: node.namedChild(1)?.text ?? '',
      };
    case 'subscript_expression':
      return lowerItem(node, place);
    case 'function_call_expression':
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
    case 'object_creation_expression':
      return lowerCall(node, place);
    case 'array_creation_expression':
    case 'list_literal':
      return lowerArray(node, place);
    case 'binary_expression':
      return lowerBinary(node, place);
    case 'conditional_expression':
      return lowerConditional(node, place);
    case 'match_expression':
      return lowerMatch(node, place);
    case 'assignment_expression':
    case 'reference_assignment_expression':
      return { kind: 'assign', target: inner(field('left')), value: inner(field('right')) };
    case 'anonymous_function':
    case 'arrow_function':
      return { kind: 'function', function: place.lowerFunction(node, place) };
    case 'require_expression':
    case 'require_once_expression':
    case 'include_expression':
    case 'include_once_expression':
      return lowerRequired(node, place);
    case 'parenthesized_expression':
    case 'error_suppression_expression':
    case 'clone_expression':
    case 'by_ref':
    case 'print_intrinsic':
    case 'argument':
      return inner(node.namedChild(0));
    case 'cast_expression':
      return inner(field('value'));
    default:
      return { kind: 'other', source: sourceOf(node), parts: childrenOf(node).map(inner) };
  }
}

function lowerVariable(node: Node): Expression {
  const name = node.namedChild(0)?.text ?? node.text.replace(/^\$/, '');
  return { kind: 'name', name: name === 'this' ? 'this' : `$${name}` };
}

/** `\App\Http` is written with dots; `self` and `static` are the object's own class. */
export function toName(text: string): Expression {
  const path = text
    .replace(/^namespace\\/i, '')
    .replace(/^\\/, '')
    .split('\\')
    .filter(Boolean);
  const [first = '', ...rest] = path;
  if (/^(?:self|static)$/i.test(first) && rest.length === 0) return { kind: 'name', name: 'this' };
  return rest.reduce<Expression>((object, name) => ({ kind: 'member', object, name }), {
    kind: 'name',
    name: first,
  });
}

function memberName(node: Node | null): string {
  return node?.text.replace(/^\$/, '') ?? '';
}

function lowerItem(node: Node, place: PhpPlace): Expression {
  const [object = null, key = null] = childrenOf(node);
  return {
    kind: 'item',
    object: lowerExpression(object, place),
    // Inside a text keys have no quotes.
    key:
      key?.type === 'name' && node.parent?.type !== 'subscript_expression' && isInText(node)
        ? { kind: 'text', text: key.text }
        : lowerExpression(key, place),
  };
}

function isInText(node: Node): boolean {
  return node.parent?.type === 'encapsed_string' || node.parent?.type === 'heredoc_body';
}

function lowerCall(node: Node, place: PhpPlace): Expression {
  const inner = (child: Node | null): Expression => lowerExpression(child, place);
  const called = node.childForFieldName('function');
  if (called) {
    const name = called.text.replace(/^\\/, '').toLowerCase();
    const standard = lowerStandard(node, name, inner, place.curl);
    if (standard) return standard;
  }
  const shared = { kind: 'call', source: sourceOf(node), ...positionOf(node) } as const;
  if (node.type === 'object_creation_expression') {
    const type = node.namedChild(0);
    const anonymous = childrenOf(node).find((child) => child.type === 'anonymous_class');
    const name = anonymous ? `class@${anonymous.startIndex}` : undefined;
    if (anonymous && name !== undefined)
      place.classes.push(place.lowerClass(anonymous, name, place));
    return {
      ...shared,
      isNew: true,
      target: name === undefined ? inner(type) : { kind: 'name', name },
      args: lowerArguments(anonymous ?? node, inner),
    };
  }
  if (called)
    return {
      ...shared,
      // The functions of the language are written in any case.
      target: called.type === 'name' ? { kind: 'name', name: called.text } : inner(called),
      args: lowerArguments(node, inner),
    };
  const object = node.childForFieldName('object') ?? node.childForFieldName('scope');
  const method = memberName(node.childForFieldName('name'));
  const args = lowerArguments(node, inner);
  const contained =
    node.type === 'member_call_expression'
      ? lowerContainerCall(node, method, args, inner)
      : undefined;
  if (contained) return contained;
  const [key, value] = args;
  const isBrokers =
    method === 'set' && key?.value.kind === 'text' && value && brokerKeys.has(key.value.text);
  return {
    ...shared,
    target: { kind: 'member', object: inner(object), name: isBrokers ? 'setBrokers' : method },
    args: isBrokers ? [value] : args,
  };
}

/** An array with keys is an object, one without a list. */
function lowerArray(node: Node, place: PhpPlace): Expression {
  const inner = (child: Node | null): Expression => lowerExpression(child, place);
  if (node.type === 'list_literal')
    return { kind: 'list', items: childrenOf(node).map((child) => inner(child)) };
  const elements = childrenOf(node).filter(({ type }) => type === 'array_element_initializer');
  const isKeyed = elements.some(
    (element) =>
      childrenOf(element).length > 1 || element.namedChild(0)?.type === 'variadic_unpacking',
  );
  if (!isKeyed)
    return { kind: 'list', items: elements.map((element) => inner(element.namedChild(0))) };
  let next = 0;
  const entries = elements.flatMap((element): ObjectEntry[] => {
    const [first, second] = childrenOf(element);
    if (first?.type === 'variadic_unpacking') return [{ value: inner(first.namedChild(0)) }];
    if (!second) return [{ key: `${next++}`, value: inner(first ?? null) }];
    const key = first ? inner(first) : undefined;
    const name = key?.kind === 'text' ? key.text : first?.text;
    return name === undefined ? [] : [{ key: name, value: inner(second) }];
  });
  return { kind: 'object', entries };
}

const defaults = new Set(['??', '||', 'or']);

function lowerBinary(node: Node, place: PhpPlace): Expression {
  const operator = (each: Node): string => each.childForFieldName('operator')?.text ?? '';
  const parts: Expression[] = [];
  let at: Node | null = node;
  const own = operator(node);
  // Long sums are one join, not a deep nest. `??` binds to the right.
  if (own === '??') {
    const value = lowerExpression(node.childForFieldName('left'), place);
    return {
      kind: 'default',
      value,
      fallback: lowerExpression(node.childForFieldName('right'), place),
    };
  }
  while (at?.type === 'binary_expression' && operator(at) === own) {
    parts.unshift(lowerExpression(at.childForFieldName('right'), place));
    at = at.childForFieldName('left');
  }
  parts.unshift(lowerExpression(at, place));
  if (own === '.') return { kind: 'join', parts };
  const [value, fallback] = parts;
  // `connect() or die()`: the value is the first.
  if (defaults.has(own) && value && fallback && parts.length === 2)
    return { kind: 'default', value, fallback };
  return { kind: 'other', source: sourceOf(node), parts };
}

/** `a ?: b`, and `isset(a) ? a : b`, which says the same. */
function lowerConditional(node: Node, place: PhpPlace): Expression {
  const condition = node.childForFieldName('condition');
  const body = node.childForFieldName('body');
  const fallback = lowerExpression(node.childForFieldName('alternative'), place);
  if (!body) return { kind: 'default', value: lowerExpression(condition, place), fallback };
  const value = lowerExpression(body, place);
  const isTested =
    condition?.type !== 'unary_op_expression' &&
    body.type !== 'string' &&
    condition?.text.includes(body.text) === true;
  if (isTested) return { kind: 'default', value, fallback };
  // What the condition calls is called.
  const tested = lowerExpression(condition, place);
  const choice: Expression = { kind: 'choice', options: [value, fallback] };
  return tested.kind === 'call' || tested.kind === 'assign'
    ? {
        kind: 'choice',
        options: [{ kind: 'other', source: '', parts: [tested] }, ...choice.options],
      }
    : choice;
}

function lowerMatch(node: Node, place: PhpPlace): Expression {
  const body = node.childForFieldName('body');
  const options = (body ? childrenOf(body) : []).map((arm) =>
    lowerExpression(arm.childForFieldName('return_expression'), place),
  );
  return { kind: 'choice', options };
}

/** `require __DIR__ . '/config.php'` gives what that file returns. */
function lowerRequired(node: Node, place: PhpPlace): Expression {
  const path =
    /^\W*(?:__DIR__\s*\.\s*|dirname\(__FILE__\)\s*\.\s*)?['"]([^'"$]{1,300})['"]\W*$/.exec(
      node.text.replace(/^\w+/, ''),
    )?.[1];
  if (path === undefined || path.startsWith('/../../../../'))
    return { kind: 'other', source: sourceOf(node), parts: [] };
  const name = `require ${path}`;
  place.required.set(name, `./${path.replace(/^(?:\.?\/)+/, '')}`);
  return { kind: 'name', name };
}
