import type { Expression, ObjectEntry } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerParameters, unwrapArgument } from './csharp-arguments.ts';
import { lowerInvocation } from './csharp-calls.ts';
import { lowerCreation } from './csharp-creations.ts';
import { findPart, firstLine, type Lowering, partsOf } from './csharp-lowering.ts';
import { settingFunction, toSettingItem } from './csharp-settings.ts';
import { joinParts, readInterpolated, readLiteral } from './csharp-texts.ts';
import { nameLast, toTypeExpression, wrapperMembers } from './csharp-types.ts';

/** Lowers an expression. `type` is what it is assigned to, for `new(…)` without a type. */
export function lowerExpression(node: Node, lowering: Lowering, type?: string): Expression {
  const inner = (part: Node | null): Expression => lowering.expression(part);
  const field = (name: string): Expression => inner(node.childForFieldName(name));
  switch (node.type) {
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'character_literal':
      return joinParts([{ kind: 'text', text: readLiteral(node) }]);
    case 'interpolated_string_expression':
      return joinParts(readInterpolated(node, inner));
    case 'integer_literal':
    case 'real_literal':
    case 'boolean_literal':
      return { kind: 'text', text: node.text };
    case 'identifier':
    case 'predefined_type':
    case 'implicit_parameter':
      return { kind: 'name', name: node.text };
    case 'this':
    case 'base':
    case 'this_expression':
    case 'base_expression':
      return { kind: 'name', name: 'this' };
    case 'generic_name':
    case 'qualified_name':
    case 'alias_qualified_name':
      return toTypeExpression(node);
    case 'member_access_expression':
      return toProperty(field('expression'), node.childForFieldName('name'), lowering);
    case 'conditional_access_expression':
      return lowerConditionalAccess(node, lowering);
    case 'element_access_expression':
      return toItem(field('expression'), node.childForFieldName('subscript'), lowering);
    case 'element_binding_expression':
    case 'collection_expression':
    case 'tuple_expression':
    case 'initializer_expression':
      return { kind: 'list', items: partsOf(node).map((part) => inner(unwrapArgument(part))) };
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
      return inner(findPart(node, 'initializer_expression') ?? null);
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
    case 'ref_expression':
    case 'range_expression':
      return lowering.expression(partsOf(node)[0] ?? null, type);
    case 'postfix_unary_expression':
      return node.text.endsWith('!') ? inner(partsOf(node)[0] ?? null) : toOther(node, lowering);
    case 'cast_expression':
      return field('value');
    case 'as_expression':
      return field('left');
    case 'declaration_expression':
      return { kind: 'name', name: node.childForFieldName('name')?.text ?? '_' };
    case 'binary_expression':
      return lowerBinary(node, lowering, type);
    case 'conditional_expression':
      return toChoice(
        ['consequence', 'alternative'].map((name) => node.childForFieldName(name)),
        lowering,
        type,
      );
    case 'switch_expression':
      return toChoice(
        partsOf(node)
          .filter((part) => part.type === 'switch_expression_arm')
          .map((arm) => partsOf(arm).at(-1) ?? null),
        lowering,
        type,
      );
    case 'assignment_expression':
      return lowerAssignment(node, lowering);
    case 'is_pattern_expression':
      return lowerPattern(node, lowering);
    case 'lambda_expression':
    case 'anonymous_method_expression':
      return lowerLambda(node, lowering);
    case 'invocation_expression':
      return lowerInvocation(node, lowering);
    case 'object_creation_expression':
    case 'implicit_object_creation_expression':
      return lowerCreation(node, lowering, type);
    case 'anonymous_object_creation_expression':
      return { kind: 'object', entries: listAnonymous(node, lowering) };
    default:
      return toOther(node, lowering);
  }
}

/** A value that is not followed; types and patterns in it have no value. */
function toOther(node: Node, lowering: Lowering): Expression {
  const parts = /type|_pattern$|literal|^default/.test(node.type)
    ? []
    : partsOf(node)
        .filter(({ type }) => !/_type$|_pattern$|^identifier$|^comment$/.test(type))
        .map((part) => lowering.expression(part));
  return { kind: 'other', source: firstLine(node).slice(0, 80), parts };
}

function toProperty(object: Expression, name: Node | null, lowering: Lowering): Expression {
  const written = name ? nameLast(name) : '';
  if (written === 'Empty' && object.kind === 'name' && /^[sS]tring$/.test(object.name))
    return { kind: 'text', text: '' };
  if (wrapperMembers.has(written) || (isSetting(object) && written === 'ConnectionString'))
    return object;
  // `builder.Uri` of a UriBuilder is the address that the builder is followed as.
  if (
    written === 'Uri' &&
    object.kind === 'name' &&
    lowering.created.get(object.name) === 'UriBuilder'
  )
    return object;
  return { kind: 'member', object, name: written };
}

function isSetting(object: Expression): boolean {
  return (
    object.kind === 'call' &&
    object.target.kind === 'name' &&
    object.target.name === settingFunction
  );
}

/** `a?.b`, `a?[k]`: like `a.b` and `a[k]`. */
function lowerConditionalAccess(node: Node, lowering: Lowering): Expression {
  const object = lowering.expression(node.childForFieldName('condition'));
  const binding = partsOf(node).at(-1);
  if (binding?.type === 'member_binding_expression')
    return toProperty(object, binding.childForFieldName('name'), lowering);
  return binding?.type === 'element_binding_expression'
    ? toItem(object, binding, lowering)
    : { kind: 'other', source: firstLine(node), parts: [object] };
}

function toItem(object: Expression, keys: Node | null, lowering: Lowering): Expression {
  const [first] = keys ? partsOf(keys) : [];
  const key = lowering.expression(first ? unwrapArgument(first) : null);
  return toSettingItem(object, key, lowering) ?? { kind: 'item', object, key };
}

/** `a + b + c` nests to the left, as deep as there are parts; it is taken apart without recursion. */
function lowerBinary(node: Node, lowering: Lowering, type: string | undefined): Expression {
  const operator = node.childForFieldName('operator')?.text;
  const right = node.childForFieldName('right');
  if (operator === '??')
    return {
      kind: 'default',
      value: lowering.expression(node.childForFieldName('left'), type),
      fallback: lowering.expression(right, type),
    };
  if (operator !== '+') return toOther(node, lowering);
  const parts: Expression[] = [];
  let at: Node | null = node;
  while (at?.type === 'binary_expression' && at.childForFieldName('operator')?.text === '+') {
    parts.push(lowering.expression(at.childForFieldName('right')));
    at = at.childForFieldName('left');
  }
  parts.push(lowering.expression(at));
  return joinParts(parts.reverse());
}

function toChoice(
  nodes: readonly (Node | null)[],
  lowering: Lowering,
  type: string | undefined,
): Expression {
  const options = nodes
    .filter((node) => node !== null && node.type !== 'throw_expression')
    .map((node) => lowering.expression(node, type));
  const [only] = options;
  return options.length === 1 && only ? only : { kind: 'choice', options };
}

/** `(a = b)`; where a callback gives an HTTP client its base address, the client's name holds it too. */
export function lowerAssignment(node: Node, lowering: Lowering): Expression & { kind: 'assign' } {
  const target = lowering.expression(node.childForFieldName('left'));
  const right = node.childForFieldName('right');
  const given = lowering.expression(right);
  const value: Expression =
    node.childForFieldName('operator')?.text === '??='
      ? { kind: 'default', value: target, fallback: given }
      : given;
  const setsAddress = target.kind === 'member' && target.name === 'BaseAddress';
  let assigned: Expression & { kind: 'assign' } = { kind: 'assign', target, value };
  for (const name of setsAddress ? lowering.clients : []) {
    lowering.shared.add(name);
    assigned = { kind: 'assign', target: { kind: 'name', name }, value: assigned };
  }
  return assigned;
}

/** `x is string s`, `x is { } s`: `s` is x. */
function lowerPattern(node: Node, lowering: Lowering): Expression {
  const value = lowering.expression(node.childForFieldName('expression'));
  const name = node.childForFieldName('pattern')?.childForFieldName('name');
  return name?.type === 'identifier'
    ? { kind: 'assign', target: { kind: 'name', name: name.text }, value }
    : { kind: 'other', source: firstLine(node), parts: [value] };
}

function lowerLambda(node: Node, lowering: Lowering): Expression {
  const parameters = node.childForFieldName('parameters');
  const body = node.childForFieldName('body') ?? findPart(node, 'block') ?? null;
  return {
    kind: 'function',
    function: {
      parameters:
        parameters?.type === 'implicit_parameter'
          ? [{ name: parameters.text }]
          : lowerParameters(parameters, lowering),
      body: lowering.body(body),
    },
  };
}

/** `new { A = 1, b.C }` */
function listAnonymous(node: Node, lowering: Lowering): ObjectEntry[] {
  const entries: ObjectEntry[] = [];
  let name: string | undefined;
  const children = node.children.filter((child): child is Node => child !== null);
  for (const [at, child] of children.entries()) {
    if (!child.isNamed || child.type === 'comment') continue;
    if (children[at + 1]?.text === '=') {
      name = child.text;
      continue;
    }
    const key = name ?? /\w+$/.exec(child.text)?.[0];
    if (key !== undefined) entries.push({ key, value: lowering.expression(child) });
    name = undefined;
  }
  return entries;
}
