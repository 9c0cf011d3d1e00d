import { ts } from 'ts-morph';
import type { Expression, FunctionBody, Position, Program, Statement } from '../program/program.ts';
import { lowerClass } from './typescript-classes.ts';
import { lowerExpression } from './typescript-expressions.ts';
import { lowerFunction } from './typescript-functions.ts';
import { listNames } from './typescript-modules.ts';
import { lowerNamedObject } from './typescript-objects.ts';
import { findPrototypes, lowerPrototype, readPrototypeMethod } from './typescript-prototypes.ts';
import { lowerStatement } from './typescript-statements.ts';

/** What every part of the lowering needs: the file, its names, and the way back to the whole. */
export interface Lowering {
  readonly source: ts.SourceFile;
  /** Local name → module, of the names that stand for a whole module. */
  readonly modules: ReadonlyMap<string, string>;
  /** All names that the file declares, wherever. */
  readonly declared: ReadonlySet<string>;
  expression(node: ts.Node): Expression;
  statements(nodes: readonly ts.Node[]): Statement[];
  function(node: ts.SignatureDeclaration, first?: readonly Statement[]): FunctionBody;
  class(node: ts.ClassLikeDeclaration, name: string): Statement[];
  /** An object literal under a name; its methods know it as `this`. */
  object(node: ts.ObjectLiteralExpression, name: string): Statement[];
  /** A name for a module that is required inside an expression. */
  requireModule(module: string): Expression;
  positionOf(node: ts.Node): Position;
  /** The first line as written, cut. */
  textOf(node: ts.Node, length?: number): string;
}

/** What nests deeper than any program that a person wrote is not followed. */
const maxDepth = 250;

/** Lowers a file to the program form; broken code is lowered as far as the parser made sense of it. */
export function lowerTypescript(source: ts.SourceFile): Program {
  const required = new Map<string, string>();
  let depth = 0;
  const lowering: Lowering = {
    source,
    ...listNames(source),
    expression(node) {
      if (depth > maxDepth) return { kind: 'other', source: '…', parts: [] };
      depth++;
      const expression = lowerExpression(node, lowering);
      depth--;
      return expression;
    },
    statements(nodes) {
      if (depth > maxDepth) return [];
      depth++;
      const made = findPrototypes(nodes);
      const lower = (node: ts.Node): Statement[] => {
        const own = ts.isFunctionDeclaration(node) ? made.get(node.name?.text ?? '') : undefined;
        if (own && ts.isFunctionDeclaration(node)) return [lowerPrototype(node, own, lowering)];
        const method = made.size === 0 ? undefined : readPrototypeMethod(node);
        return method && made.has(method.owner) ? [] : lowerStatement(node, lowering);
      };
      // What is registered to run later sees what the statements behind it leave in their names.
      const later = nodes.filter(isRegistration);
      const now = later.length === 0 ? nodes : nodes.filter((node) => !isRegistration(node));
      const statements = [...now.flatMap(lower), ...later.flatMap(lower)];
      depth--;
      return statements;
    },
    function: (node, first) => lowerFunction(node, lowering, first),
    class: (node, name) => lowerClass(node, name, lowering),
    object: (node, name) => lowerNamedObject(node, name, lowering),
    requireModule(module) {
      const name = `require ${module}`;
      required.set(name, module);
      return { kind: 'name', name };
    },
    positionOf(node) {
      const { line, character } = ts.getLineAndCharacterOfPosition(source, node.getStart(source));
      return { line: line + 1, column: character + 1 };
    },
    textOf(node, length = 120) {
      const start = node.getStart(source);
      const text = source.text.slice(start, Math.min(node.end, start + length));
      return (/^[^\r\n]*/.exec(text)?.[0] ?? '').trimEnd();
    },
  };
  const body = lowering.statements(source.statements);
  const imports = [...required].map(
    ([local, module]): Statement => ({ kind: 'import', local, module }),
  );
  return { body: [...imports, ...body] };
}

const registering = new Set(
  'get post put patch delete del all use on once route param event message addEventListener listen subscribe command action register schedule hears task'.split(
    ' ',
  ),
);

/** `app.get('/x', (request, reply) => …)`, `socket.on('message', (text) => …)`. */
function isRegistration(node: ts.Node): boolean {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  const { expression: callee, arguments: given } = node.expression;
  return (
    ts.isPropertyAccessExpression(callee) &&
    registering.has(callee.name.text) &&
    given.some((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument))
  );
}
