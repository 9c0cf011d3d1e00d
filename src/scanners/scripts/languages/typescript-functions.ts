import { ts } from 'ts-morph';
import type { FunctionBody, Parameter, Statement } from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';
import { lowerTarget } from './typescript-targets.ts';

/**
 * Lowers a function. A parameter that is taken apart gets a name of its own, and is taken apart in
 * the first statements. `first` stands before the body.
 */
export function lowerFunction(
  node: ts.SignatureDeclaration,
  lowering: Lowering,
  first: readonly Statement[] = [],
): FunctionBody {
  const parameters: Parameter[] = [];
  const apart: Statement[] = [];
  for (const parameter of node.parameters) {
    if (!ts.isParameter(parameter)) continue;
    const isNamed = ts.isIdentifier(parameter.name);
    // `(function ($) { … })(jQuery)` means the library, not a local name.
    const isLibrary = isNamed && /^(?:\$|jQuery)$/.test(parameter.name.text);
    const name = isNamed && !isLibrary ? parameter.name.text : `argument ${parameters.length + 1}`;
    if (name === 'this') continue;
    const type = readTypeName(parameter.type) ?? injectedByName.get(name);
    parameters.push({
      name,
      ...(type === undefined ? {} : { type }),
      ...(parameter.initializer ? { fallback: lowering.expression(parameter.initializer) } : {}),
    });
    if (!isNamed) {
      apart.push({
        kind: 'assign',
        target: lowerTarget(parameter.name, lowering),
        value: { kind: 'name', name },
        isDeclaration: true,
      });
    }
  }
  const body = (node as ts.FunctionLikeDeclaration).body;
  const statements = !body
    ? []
    : ts.isBlock(body)
      ? lowering.statements(body.statements)
      : [{ kind: 'return' as const, value: lowering.expression(body) }];
  return { parameters, body: [...apart, ...first, ...statements] };
}

/** AngularJS hands services over by the parameter's name. */
const injectedByName: ReadonlyMap<string, string> = new Map([['$http', '$http']]);

/** The name of a declared type, without type arguments: `Pool` of `Pool | undefined`, `AWS.S3`. */
export function readTypeName(type: ts.TypeNode | undefined): string | undefined {
  if (!type) return undefined;
  if (ts.isUnionTypeNode(type))
    return type.types.map(readTypeName).find((name) => name !== undefined);
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const name = writeEntityName(type.typeName, 0);
  const inner = type.typeArguments?.[0];
  if (name && inner && /^(?:Promise|Awaited|Readonly|Partial|NonNullable|Required)$/.test(name))
    return readTypeName(inner);
  return name;
}

function writeEntityName(name: ts.EntityName, depth: number): string | undefined {
  if (ts.isIdentifier(name)) return name.text;
  const left = depth > 10 ? undefined : writeEntityName(name.left, depth + 1);
  return left === undefined ? undefined : `${left}.${name.right.text}`;
}
