import { ts } from 'ts-morph';
import type { Expression, ObjectEntry } from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';

/** Lowers what is assigned to: a name, a member, or a pattern that takes a value apart. */
export function lowerTarget(node: ts.Node, lowering: Lowering): Expression {
  if (ts.isIdentifier(node)) return { kind: 'name', name: node.text };
  if (ts.isObjectBindingPattern(node)) {
    return {
      kind: 'object',
      entries: node.elements.map((element) => {
        const target = withFallback(element.name, element.initializer, lowering);
        const key = element.propertyName ?? element.name;
        return element.dotDotDotToken ? { value: target } : toEntry(key, target);
      }),
    };
  }
  if (ts.isArrayBindingPattern(node)) {
    return {
      kind: 'list',
      items: node.elements.map((element) =>
        ts.isBindingElement(element)
          ? withFallback(element.name, element.initializer, lowering)
          : nothing,
      ),
    };
  }
  if (ts.isObjectLiteralExpression(node)) {
    return {
      kind: 'object',
      entries: node.properties.flatMap((property): ObjectEntry[] => {
        if (ts.isShorthandPropertyAssignment(property))
          return [
            toEntry(
              property.name,
              withFallback(property.name, property.objectAssignmentInitializer, lowering),
            ),
          ];
        return ts.isPropertyAssignment(property)
          ? [toEntry(property.name, lowerTarget(property.initializer, lowering))]
          : [];
      }),
    };
  }
  if (ts.isArrayLiteralExpression(node))
    return { kind: 'list', items: node.elements.map((element) => lowerTarget(element, lowering)) };
  // `[a = 1] = x`
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return withFallback(node.left, node.right, lowering);
  return lowering.expression(node);
}

const nothing: Expression = { kind: 'other', source: '', parts: [] };

function withFallback(
  name: ts.Node,
  fallback: ts.Expression | undefined,
  lowering: Lowering,
): Expression {
  const target = lowerTarget(name, lowering);
  return fallback
    ? { kind: 'default', value: target, fallback: lowering.expression(fallback) }
    : target;
}

function toEntry(key: ts.Node, value: Expression): ObjectEntry {
  const name = readKey(key);
  return name === undefined ? { value } : { key: name, value };
}

/** The text of a property's name, where it is written out. */
export function readKey(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text;
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  return ts.isComputedPropertyName(node) && ts.isStringLiteralLike(node.expression)
    ? node.expression.text
    : undefined;
}
