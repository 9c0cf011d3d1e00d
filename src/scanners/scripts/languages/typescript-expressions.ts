import { ts } from 'ts-morph';
import type {
  Argument,
  CallExpression,
  Expression,
  ObjectEntry,
  Statement,
} from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';
import { findRequired } from './typescript-modules.ts';
import { lowerTarget, readKey } from './typescript-targets.ts';

const globals = new Set(['globalThis', 'window', 'self', 'global']);

/** Lowers an expression; one that carries no value that can be followed is `other`. */
export function lowerExpression(node: ts.Node, lowering: Lowering): Expression {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node))
    return { kind: 'text', text: node.text };
  if (ts.isTemplateExpression(node)) return lowerTemplate(node, lowering);
  if (ts.isIdentifier(node)) {
    const isNothing = node.text === 'undefined' || node.text === '';
    return isNothing ? toOther(node, [], lowering) : { kind: 'name', name: node.text };
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) return { kind: 'name', name: 'this' };
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isExpressionWithTypeArguments(node)
  )
    return lowering.expression(node.expression);
  if (ts.isPropertyAccessExpression(node)) return lowerMember(node, lowering);
  if (ts.isElementAccessExpression(node))
    return {
      kind: 'item',
      object: lowering.expression(node.expression),
      key: lowering.expression(node.argumentExpression),
    };
  if (ts.isMetaProperty(node))
    return { kind: 'member', object: { kind: 'name', name: 'import' }, name: node.name.text };
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return lowerCall(node, lowering);
  if (ts.isTaggedTemplateExpression(node)) return lowerTagged(node, lowering);
  if (ts.isBinaryExpression(node)) return lowerBinary(node, lowering);
  if (ts.isConditionalExpression(node))
    return {
      kind: 'choice',
      options: [
        lowering.expression(node.whenTrue),
        lowering.expression(node.whenFalse),
        ...lowerCondition(node.condition, lowering),
      ],
    };
  if (ts.isObjectLiteralExpression(node)) return lowerObject(node, lowering);
  if (ts.isArrayLiteralExpression(node))
    return { kind: 'list', items: node.elements.map((item) => lowering.expression(item)) };
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return { kind: 'function', function: lowering.function(node) };
  if (ts.isClassExpression(node)) {
    const name = node.name?.text ?? `class ${lowering.positionOf(node).line}`;
    const body: Statement[] = [
      ...lowering.class(node, name),
      { kind: 'return', value: { kind: 'name', name } },
    ];
    return { kind: 'function', function: { parameters: [], body } };
  }
  return toOther(node, lowerParts(node, lowering), lowering);
}

/** Whatever stands inside a node that is not followed itself: operands, attributes, children. */
function lowerParts(node: ts.Node, lowering: Lowering): Expression[] {
  const parts: Expression[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isJsxText(child) || ts.isTypeNode(child) || ts.isIdentifier(child)) return;
    const part = lowering.expression(child);
    // Signs, keywords and names of elements hold nothing.
    if (part.kind !== 'other' || part.parts.length > 0) parts.push(part);
  });
  // `...rows`, `!rows`, `typeof rows` carry the data of a name
  const only = node as { readonly expression?: ts.Node; readonly operand?: ts.Node };
  const operand = only.expression ?? only.operand;
  if (operand && ts.isIdentifier(operand)) parts.push(lowering.expression(operand));
  return parts;
}

function toOther(node: ts.Node, parts: readonly Expression[], lowering: Lowering): Expression {
  return { kind: 'other', source: lowering.textOf(node, 80), parts };
}

function lowerTemplate(node: ts.TemplateExpression, lowering: Lowering): Expression {
  const parts: Expression[] = [{ kind: 'text', text: node.head.text }];
  for (const span of node.templateSpans) {
    parts.push(lowering.expression(span.expression), { kind: 'text', text: span.literal.text });
  }
  return { kind: 'join', parts };
}

/** sql`select …${id}` calls the function with the text that it would see. */
function lowerTagged(node: ts.TaggedTemplateExpression, lowering: Lowering): Expression {
  return {
    kind: 'call',
    target: lowering.expression(node.tag),
    args: [{ value: lowering.expression(node.template) }],
    source: lowering.textOf(node),
    ...lowering.positionOf(node),
  };
}

function lowerMember(node: ts.PropertyAccessExpression, lowering: Lowering): Expression {
  const required = findRequired(node);
  if (required) {
    const module = lowering.requireModule(required.module);
    return required.name === undefined
      ? module
      : { kind: 'member', object: module, name: required.name };
  }
  const name = node.name.text;
  const object = node.expression;
  if (ts.isIdentifier(object) && globals.has(object.text) && !lowering.declared.has(object.text))
    return { kind: 'name', name };
  return { kind: 'member', object: lowering.expression(object), name };
}

function lowerCall(node: ts.CallExpression | ts.NewExpression, lowering: Lowering): Expression {
  if (ts.isCallExpression(node)) {
    const required = findRequired(node);
    if (required) return lowering.requireModule(required.module);
  }
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return lowerSuper(node, lowering);
  const typeArguments = node.typeArguments?.map((type) =>
    ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : '',
  );
  const called = lowerCalledFunction(node, lowering);
  if (called) return called;
  const call: CallExpression = {
    kind: 'call',
    target: lowerCallee(node.expression, lowering),
    args: (node.arguments ?? []).map((argument) => lowerArgument(argument, lowering)),
    source: lowering.textOf(node),
    ...lowering.positionOf(node),
    ...(ts.isNewExpression(node) ? { isNew: true } : {}),
    ...(typeArguments?.some((name) => name !== '') ? { typeArguments } : {}),
  };
  return call;
}

/** `(function (host) { … })('a')`: its parameters are what it is called with. */
function lowerCalledFunction(
  node: ts.CallExpression | ts.NewExpression,
  lowering: Lowering,
): Expression | undefined {
  const target = ts.isParenthesizedExpression(node.expression)
    ? node.expression.expression
    : node.expression;
  if (!ts.isFunctionExpression(target) && !ts.isArrowFunction(target)) return undefined;
  const lowered = lowering.function(target);
  const given = lowered.parameters.map(({ name, fallback }, index): Statement => {
    const argument = node.arguments?.[index];
    const value = argument ? lowering.expression(argument) : fallback;
    return {
      kind: 'assign',
      target: { kind: 'name', name },
      isDeclaration: true,
      ...(value ? { value } : {}),
    };
  });
  return {
    kind: 'call',
    target: { kind: 'function', function: { parameters: [], body: [...given, ...lowered.body] } },
    args: [],
    source: lowering.textOf(node),
    ...lowering.positionOf(node),
  };
}

/** `super(…)` makes what the class extends; the class hands it on to whoever uses it. */
function lowerSuper(node: ts.CallExpression | ts.NewExpression, lowering: Lowering): Expression {
  const around = ts.findAncestor(node, ts.isClassLike);
  const extended = around && findExtended(around);
  const args = (node.arguments ?? []).map((argument) => lowerArgument(argument, lowering));
  if (!extended)
    return toOther(
      node,
      args.map(({ value }) => value),
      lowering,
    );
  return handOn(extended, node, args, lowering);
}

/** What a class extends, where it is a name. */
export function findExtended(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const extended = clause?.types[0]?.expression;
  return extended && (ts.isIdentifier(extended) || ts.isPropertyAccessExpression(extended))
    ? extended
    : undefined;
}

/** Makes an instance for others to use. */
export function handOn(
  type: ts.Expression,
  node: ts.Node,
  args: readonly Argument[],
  lowering: Lowering,
): Expression {
  const shared = { source: lowering.textOf(node), ...lowering.positionOf(node) };
  const made: Expression = {
    kind: 'call',
    target: lowering.expression(type),
    args,
    isNew: true,
    ...shared,
  };
  const target: Expression = { kind: 'member', object: made, name: 'export' };
  return { kind: 'call', target, args: [], ...shared };
}

function lowerArgument(node: ts.Node, lowering: Lowering): Argument {
  return ts.isSpreadElement(node)
    ? { isSpread: true, value: lowering.expression(node.expression) }
    : { value: lowering.expression(node) };
}

/** `(0, module.function)(…)` of compiled code is a call of the function. */
function lowerCallee(node: ts.Expression, lowering: Lowering): Expression {
  if (
    ts.isParenthesizedExpression(node) &&
    ts.isBinaryExpression(node.expression) &&
    node.expression.operatorToken.kind === ts.SyntaxKind.CommaToken
  )
    return lowering.expression(node.expression.right);
  return lowering.expression(node);
}

const defaults = new Set([
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);

function lowerBinary(node: ts.BinaryExpression, lowering: Lowering): Expression {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case ts.SyntaxKind.PlusToken:
      return { kind: 'join', parts: lowerSum(node, lowering) };
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      return {
        kind: 'default',
        value: lowering.expression(node.left),
        fallback: lowering.expression(node.right),
      };
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return {
        kind: 'choice',
        options: [lowering.expression(node.right), ...lowerCondition(node.left, lowering)],
      };
    case ts.SyntaxKind.EqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.BarBarEqualsToken:
      return {
        kind: 'assign',
        target: lowerTarget(node.left, lowering),
        value: lowerAssigned(node, lowering),
      };
    case ts.SyntaxKind.CommaToken:
      return {
        kind: 'choice',
        options: [lowering.expression(node.right), toPart(node.left, lowering)],
      };
    default:
      return toOther(
        node,
        [lowering.expression(node.left), lowering.expression(node.right)],
        lowering,
      );
  }
}

/** What an assignment gives to its target; `a ??= b` and `a ||= b` keep what is there. */
export function lowerAssigned(node: ts.BinaryExpression, lowering: Lowering): Expression {
  const value = lowering.expression(node.right);
  return defaults.has(node.operatorToken.kind)
    ? { kind: 'default', value: lowering.expression(node.left), fallback: value }
    : value;
}

/** The parts of `a + b + c`, which the parser nests to the left. */
function lowerSum(node: ts.BinaryExpression, lowering: Lowering): Expression[] {
  const parts: Expression[] = [];
  let at: ts.Expression = node;
  while (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    parts.push(lowering.expression(at.right));
    at = at.left;
  }
  parts.push(lowering.expression(at));
  return parts.reverse();
}

/** A condition is no value of what it decides; only the calls in it count. */
function lowerCondition(node: ts.Expression, lowering: Lowering): Expression[] {
  return holdsCall(node, 0) ? [toPart(node, lowering)] : [];
}

function toPart(node: ts.Expression, lowering: Lowering): Expression {
  return { kind: 'other', source: '', parts: [lowering.expression(node)] };
}

function holdsCall(node: ts.Node, depth: number): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || depth > 30) return true;
  return ts.forEachChild(node, (child) => holdsCall(child, depth + 1) || undefined) ?? false;
}

/**
 * The options that a factory of NestJS gives back stand for it: `{ useFactory: () => ({ url }) }`.
 */
function lowerFactory(property: ts.ObjectLiteralElementLike, lowering: Lowering): ObjectEntry[] {
  if (!ts.isPropertyAssignment(property) || readKey(property.name) !== 'useFactory') return [];
  const made = property.initializer;
  if (!ts.isArrowFunction(made) && !ts.isFunctionExpression(made)) return [];
  return [
    {
      value: {
        kind: 'call',
        target: { kind: 'function', function: lowering.function(made) },
        args: [],
        source: lowering.textOf(made),
        ...lowering.positionOf(made),
      },
    },
  ];
}

function lowerObject(node: ts.ObjectLiteralExpression, lowering: Lowering): Expression {
  const entries = node.properties.flatMap((property): ObjectEntry[] => {
    if (ts.isSpreadAssignment(property))
      return [{ value: lowering.expression(property.expression) }];
    const factory = lowerFactory(property, lowering);
    if (factory.length > 0) return factory;
    const value = lowerProperty(property, lowering);
    const key = readKey(property.name);
    if (key !== undefined) return [{ key, value }];
    // Without a name its value is no entry, but what it does still counts.
    return value.kind === 'function' || holdsCall(property, 0)
      ? [{ value: { kind: 'other', source: '', parts: [value] } }]
      : [];
  });
  return { kind: 'object', entries };
}

function lowerProperty(
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
  lowering: Lowering,
): Expression {
  if (ts.isPropertyAssignment(property)) return lowering.expression(property.initializer);
  if (ts.isShorthandPropertyAssignment(property)) return lowering.expression(property.name);
  return (
    lowerGetter(property, lowering) ?? { kind: 'function', function: lowering.function(property) }
  );
}

/** What a getter gives back, where it does nothing else. */
export function lowerGetter(node: ts.Node, lowering: Lowering): Expression | undefined {
  if (!ts.isGetAccessor(node)) return undefined;
  const [only, ...others] = node.body?.statements ?? [];
  return only && others.length === 0 && ts.isReturnStatement(only) && only.expression
    ? lowering.expression(only.expression)
    : undefined;
}
