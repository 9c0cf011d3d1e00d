import { csharpClients } from '../clients/csharp.ts';
import { csharpCommands } from '../clients/csharp-databases.ts';
import type { Expression, Program, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerExpression } from './csharp-expressions.ts';
import { type Lowering, partsOf } from './csharp-lowering.ts';
import { listHostedServices } from './csharp-services.ts';
import { listConfigurations } from './csharp-settings.ts';
import { csharpImplicitModules, csharpTextFunctions } from './csharp-standard.ts';
import {
  listInjectedSettings,
  lowerFunction,
  lowerStatement,
  lowerVariables,
} from './csharp-statements.ts';
import type { Language } from './language.ts';

/** C#: classes, records, and programs that are statements alone. */
export const csharp: Language = {
  grammar: 'c-sharp',
  lower: lowerCsharp,
  readServices: listHostedServices,
  clients: csharpClients,
  handedOver: csharpCommands,
  textFunctions: csharpTextFunctions,
  environmentObjects: [],
  implicitModules: csharpImplicitModules,
};

/** What nests deeper than any program that a person wrote is not followed. */
const maxDepth = 250;

/** Names of types that are written small, and of the object itself. */
const keywords =
  /^(?:this|string|object|bool|char|s?byte|u?short|u?int|u?long|float|double|decimal)$/;

const nothing: Expression = { kind: 'other', source: '', parts: [] };

const clientTypes = new Set(
  csharpClients.flatMap(({ calls }) => calls.map((call) => call.slice(call.lastIndexOf('.') + 1))),
);

const clientMethods = new Set(
  csharpClients.flatMap(({ calls, operations }) => [
    ...calls.filter((call) => call.startsWith('#')).map((call) => call.slice(1)),
    ...Object.keys(operations ?? {}),
  ]),
);

function lowerCsharp(root: Node): Program {
  let depth = 0;
  const guard = <T>(lower: () => T, otherwise: T): T => {
    if (depth > maxDepth) return otherwise;
    depth++;
    const lowered = lower();
    depth--;
    return lowered;
  };
  const { text } = root;
  const lowering: Lowering = {
    configurations: listConfigurations(text),
    classes: new Set(listMatches(text, /\b(?:class|record|struct|interface)\s+(\w+)/g)),
    created: listCreated(text),
    isAppHost: /\bDistributedApplication\.CreateBuilder\b/.test(text),
    usesFlurl: /\bFlurl\b/.test(text),
    roots: new Set(),
    members: new Set(),
    shared: new Set(),
    clients: [],
    isClient: (type) => clientTypes.has(type.slice(type.lastIndexOf('.') + 1)),
    isClientMethod: (method) => clientMethods.has(method),
    expression: (node, type) =>
      node ? guard(() => lowerExpression(node, lowering, type), nothing) : nothing,
    statements: (node) => guard(() => lowerStatement(node, lowering), []),
    variables: (node, isDeclaration) => lowerVariables(node, lowering, isDeclaration),
    function: (node, first) => lowerFunction(node, lowering, first),
    injected: (parameters) => listInjectedSettings(parameters, lowering),
    body: (node) => lowerBody(node, lowering),
  };
  const body = lowering.statements(root);
  // Functions give these names their values, for the whole program and for other files.
  const shared = [...lowering.shared].map(
    (name): Statement => ({
      kind: 'assign',
      target: { kind: 'name', name },
      value: { kind: 'name', name },
      isDeclaration: true,
    }),
  );
  // No type or namespace begins with a small letter: these are values, if of another file.
  const variables = [...lowering.roots]
    .filter((name) => /^[a-z_]/.test(name) && !keywords.test(name) && !lowering.members.has(name))
    .map(
      (name): Statement => ({
        kind: 'assign',
        target: { kind: 'name', name },
        isDeclaration: true,
      }),
    );
  return { body: [...shared, ...variables, ...body] };
}

function lowerBody(node: Node | null, lowering: Lowering): Statement[] {
  if (node?.type === 'block') return partsOf(node).flatMap((part) => lowering.statements(part));
  const value = node?.type === 'arrow_expression_clause' ? (partsOf(node)[0] ?? null) : node;
  return value ? [{ kind: 'return', value: lowering.expression(value) }] : [];
}

function listMatches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** Variable → the type that it is made of, where the file makes it of one type only. */
function listCreated(text: string): Map<string, string> {
  const created = new Map<string, string>();
  for (const [, name = '', type = ''] of text.matchAll(/\b(\w+)\s*=\s*new\s+(\w+)\b/g))
    created.set(name, created.has(name) && created.get(name) !== type ? '' : type);
  return created;
}
