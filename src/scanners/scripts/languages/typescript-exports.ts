import { ts } from 'ts-morph';
import type { Expression, Statement } from '../program/program.ts';
import type { Lowering } from './typescript-lowering.ts';
import { findRequired, readModule } from './typescript-modules.ts';
import { lowerTarget, readKey } from './typescript-targets.ts';

/** SvelteKit gives environment variables as modules. */
const environmentModule = /^\$env\/static\/(?:private|public)$/;

/** Lowers `import`. */
export function lowerImport(node: ts.ImportDeclaration | ts.ImportEqualsDeclaration): Statement[] {
  if (ts.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    const module = ts.isExternalModuleReference(reference)
      ? readModule(reference.expression)
      : undefined;
    return module === undefined ? [] : [{ kind: 'import', local: node.name.text, module }];
  }
  const module = readModule(node.moduleSpecifier);
  const clause = node.importClause;
  if (module === undefined || !clause) return [];
  const statements: Statement[] = [];
  if (clause.name)
    statements.push({ kind: 'import', local: clause.name.text, module, imported: 'default' });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings))
    statements.push({ kind: 'import', local: bindings.name.text, module });
  else if (bindings) {
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text;
      statements.push(
        environmentModule.test(module)
          ? toDeclaration(name.text, {
              kind: 'member',
              object: toMember('process', 'env'),
              name: imported,
            })
          : { kind: 'import', local: name.text, module, imported },
      );
    }
  }
  return statements;
}

/** `const { Client } = require('pg')`, `const axios = require('axios')`, and then `= pg`. */
export function lowerRequired(
  node: ts.VariableDeclaration,
  lowering: Lowering,
): Statement[] | undefined {
  const { initializer } = node;
  const known =
    initializer && ts.isIdentifier(initializer)
      ? lowering.modules.get(initializer.text)
      : undefined;
  const required = known === undefined ? findRequired(initializer) : { module: known };
  if (!required) return undefined;
  const { module, name } = required;
  if (ts.isIdentifier(node.name)) {
    const whole = { kind: 'import', local: node.name.text, module } as const;
    return [name === undefined ? whole : { ...whole, imported: name }];
  }
  if (!ts.isObjectBindingPattern(node.name)) return undefined;
  return node.name.elements.flatMap((element): Statement[] => {
    const key = readKey(element.propertyName ?? element.name);
    if (key === undefined) return [];
    if (ts.isIdentifier(element.name) && !element.initializer) {
      const imported = [name, key].filter((part) => part !== undefined).join('.');
      return [{ kind: 'import', local: element.name.text, module, imported }];
    }
    const whole = lowering.requireModule(module);
    const object: Expression = name === undefined ? whole : { kind: 'member', object: whole, name };
    const value: Expression = { kind: 'member', object, name: key };
    return [toElement(element, value, lowering)];
  });
}

/** `{ a: { b } }` and `{ a = 1 }` of a module are taken apart like those of any value. */
function toElement(
  { name, initializer }: ts.BindingElement,
  value: Expression,
  lowering: Lowering,
): Statement {
  const given: Expression = initializer
    ? { kind: 'default', value, fallback: lowering.expression(initializer) }
    : value;
  return { kind: 'assign', target: lowerTarget(name, lowering), value: given, isDeclaration: true };
}

/** Lowers `export { … }`, `export * from` and `export default`. */
export function lowerExport(
  node: ts.ExportDeclaration | ts.ExportAssignment,
  lowering: Lowering,
): Statement[] {
  if (ts.isExportAssignment(node)) return exportWhole(node.expression, lowering);
  const module = readModule(node.moduleSpecifier);
  const clause = node.exportClause;
  if (!clause) return module === undefined ? [] : [{ kind: 'import-all', module }];
  if (ts.isNamespaceExport(clause))
    return module === undefined ? [] : [{ kind: 'import', local: clause.name.text, module }];
  return clause.elements.flatMap(({ name, propertyName }): Statement[] => {
    const own = (propertyName ?? name).text;
    if (module !== undefined) return [{ kind: 'import', local: name.text, module, imported: own }];
    const renamed = toDeclaration(name.text, { kind: 'name', name: own });
    return [...(own === name.text ? [] : [renamed]), markExported(own, node, lowering)];
  });
}

/**
 * Other files use what is exported: a client that this file only makes is not without use. Written
 * as a call of a method `export`, which the clients' table knows.
 */
export function markExported(name: string, node: ts.Node, lowering: Lowering): Statement {
  return {
    kind: 'expression',
    value: {
      kind: 'call',
      target: toMember(name, 'export'),
      args: [],
      source: lowering.textOf(node),
      ...lowering.positionOf(node),
    },
  };
}

/** Lowers `module.exports = …` and `exports.x = …`; undefined where it is no such statement. */
export function lowerExportedObject(
  node: ts.BinaryExpression,
  lowering: Lowering,
): Statement[] | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  if (isExports(node.left)) {
    // `module.exports = exports = { … }`
    const value =
      ts.isBinaryExpression(node.right) && isExports(node.right.left)
        ? node.right.right
        : node.right;
    return exportWhole(value, lowering);
  }
  if (!ts.isPropertyAccessExpression(node.left) || !isExports(node.left.expression))
    return undefined;
  return exportName(node.left.name.text, node.right, lowering);
}

function isExports(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node)
    ? ts.isIdentifier(node.expression) &&
        node.expression.text === 'module' &&
        node.name.text === 'exports'
    : ts.isIdentifier(node) && node.text === 'exports';
}

/** Exports a value as `default`, and each of its entries under its own name, as an importer may see both. */
function exportWhole(node: ts.Expression, lowering: Lowering): Statement[] {
  const value = skipTypes(node);
  if (ts.isObjectLiteralExpression(value)) {
    const named = value.properties.flatMap((property): Statement[] => {
      if (ts.isShorthandPropertyAssignment(property))
        return [markExported(property.name.text, property, lowering)];
      if (!ts.isPropertyAssignment(property)) return [];
      const key = readKey(property.name);
      // What the file declares keeps its own value.
      return key === undefined || lowering.declared.has(key)
        ? []
        : [toDeclaration(key, toMember('default', key))];
    });
    return [...lowering.object(value, 'default'), ...named];
  }
  return exportName('default', value, lowering);
}

function exportName(name: string, node: ts.Expression, lowering: Lowering): Statement[] {
  const mark = markExported(name, node, lowering);
  if (ts.isIdentifier(node) && node.text === name) return [mark];
  if (ts.isClassExpression(node)) return lowering.class(node, name);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return [{ kind: 'function', name, function: lowering.function(node) }];
  return [toDeclaration(name, lowering.expression(node)), mark];
}

/** An expression without what TypeScript says of its type. */
export function skipTypes(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isParenthesizedExpression(at))
    at = at.expression;
  return at;
}

function toDeclaration(name: string, value: Expression): Statement {
  return { kind: 'assign', target: { kind: 'name', name }, value, isDeclaration: true };
}

function toMember(object: string, name: string): Expression {
  return { kind: 'member', object: { kind: 'name', name: object }, name };
}
