import { ts } from 'ts-morph';
import type { Expression, Statement } from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';
import { readKey } from './typescript-targets.ts';

/**
 * Lowers an object literal that has a name. Where a method of it says `this`, the methods become
 * those of a class of that name, and the other entries its fields.
 */
export function lowerNamedObject(
  node: ts.ObjectLiteralExpression,
  name: string,
  lowering: Lowering,
): Statement[] {
  const declare = (value: Expression): Statement => ({
    kind: 'assign',
    target: { kind: 'name', name },
    value,
    isDeclaration: true,
  });
  const value = lowering.expression(node);
  const methods = node.properties.flatMap(readMethod);
  if (value.kind !== 'object' || !methods.some(({ body }) => body && saysThis(body, 0)))
    return [declare(value)];
  const own = new Set(methods.map(({ key }) => key));
  const entries = value.entries.filter(({ key }) => key === undefined || !own.has(key));
  const fields = entries.flatMap(({ key }): Statement[] => {
    if (key === undefined) return [];
    const entry: Expression = { kind: 'member', object: { kind: 'name', name }, name: key };
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name: key },
        value: entry,
        isDeclaration: true,
      },
    ];
  });
  const functions = methods.map(
    ({ key, node: method }): Statement => ({
      kind: 'function',
      name: key,
      function: lowering.function(method),
    }),
  );
  return [
    declare({ kind: 'object', entries }),
    { kind: 'class', name, supertypes: [], members: [...fields, ...functions] },
  ];
}

interface Method {
  readonly key: string;
  readonly node: ts.MethodDeclaration | ts.FunctionExpression;
  readonly body: ts.Node | undefined;
}

function readMethod(property: ts.ObjectLiteralElementLike): Method[] {
  const key = property.name ? readKey(property.name) : undefined;
  if (key === undefined) return [];
  if (ts.isMethodDeclaration(property)) return [{ key, node: property, body: property.body }];
  return ts.isPropertyAssignment(property) && ts.isFunctionExpression(property.initializer)
    ? [{ key, node: property.initializer, body: property.initializer.body }]
    : [];
}

function saysThis(node: ts.Node, depth: number): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (depth > 40 || ts.isFunctionExpression(node) || ts.isClassLike(node)) return false;
  return ts.forEachChild(node, (child) => saysThis(child, depth + 1) || undefined) ?? false;
}
