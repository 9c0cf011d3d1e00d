import { ts } from 'ts-morph';
import type { Statement } from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';

interface PrototypeMethod {
  readonly name: string;
  readonly node: ts.FunctionExpression;
}

/** The methods that are put on prototypes among these statements: `Client.prototype.get = function …`. */
export function findPrototypes(
  nodes: readonly ts.Node[],
): ReadonlyMap<string, readonly PrototypeMethod[]> {
  const found = new Map<string, PrototypeMethod[]>();
  const functions = new Set(
    nodes.flatMap((node) => (ts.isFunctionDeclaration(node) && node.name ? [node.name.text] : [])),
  );
  for (const node of nodes) {
    const method = readPrototypeMethod(node);
    if (method && functions.has(method.owner))
      found.set(method.owner, [...(found.get(method.owner) ?? []), method]);
  }
  return found;
}

/** `Client` in `Client.prototype.get = function …`, and the method. */
export function readPrototypeMethod(
  node: ts.Node,
): (PrototypeMethod & { readonly owner: string }) | undefined {
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return undefined;
  const { left, right, operatorToken } = node.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isFunctionExpression(right))
    return undefined;
  if (!ts.isPropertyAccessExpression(left) || !ts.isPropertyAccessExpression(left.expression))
    return undefined;
  const { expression: owner, name } = left.expression;
  return name.text === 'prototype' && ts.isIdentifier(owner)
    ? { owner: owner.text, name: left.name.text, node: right }
    : undefined;
}

/** Lowers a function that has methods on its prototype to the class that it is. */
export function lowerPrototype(
  node: ts.FunctionDeclaration,
  methods: readonly PrototypeMethod[],
  lowering: Lowering,
): Statement {
  return {
    kind: 'class',
    name: node.name?.text ?? 'default',
    supertypes: [],
    members: [
      { kind: 'function', name: 'constructor', function: lowering.function(node) },
      ...methods.map(
        (method): Statement => ({
          kind: 'function',
          name: method.name,
          function: lowering.function(method.node),
        }),
      ),
    ],
  };
}
