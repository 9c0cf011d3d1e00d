import { javaClients } from '../clients/java.ts';
import type { Expression, Program, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { lowerMembers, lowerType } from './java-declarations.ts';
import { lowerExpression } from './java-expressions.ts';
import type { JavaLowering } from './java-lowering.ts';
import { lowerStatements } from './java-statements.ts';
import { javaTextFunctions, readLiteral } from './java-texts.ts';
import type { Language } from './language.ts';

/** Java, with the client libraries that its services are written with. */
export const java: Language = {
  grammar: 'java',
  lower: lowerFile,
  clients: javaClients,
  textFunctions: javaTextFunctions,
  environmentObjects: [],
  implicitModules: ['java.lang'],
};

function lowerFile(root: Node): Program {
  const imports = childrenOf(root).flatMap((node) =>
    node.type === 'import_declaration' ? readImport(node) : [],
  );
  const packaged = childrenOf(root).find(({ type }) => type === 'package_declaration');
  const lowering: JavaLowering = {
    imports: imports.map(({ name, isAll }) => (isAll ? `${name}.*` : name)),
    packageName: packaged ? (childrenOf(packaged).at(-1)?.text ?? '') : '',
    className: '',
    superclass: undefined,
    urlConnections: new Set(),
    requested: new Set(),
    constants: readConstants(root),
    settingsTypes: new Map(),
    knownTypes: new Set([...clientTypes, ...readTypes(root)]),
    expression: (node) => lowerExpression(node, lowering),
    statements: (node) => lowerStatements(node, lowering),
    members: (node) =>
      node.type === 'class_body' ? lowerMembers(node, lowering) : lowerType(node, lowering),
  };
  const body = childrenOf(root).filter(
    ({ type }) => !/^(?:import|package)_declaration$/.test(type),
  );
  return {
    body: [...imports.flatMap(toImport), ...body.flatMap((node) => lowering.statements(node))],
  };
}

interface Import {
  readonly name: string;
  readonly isAll: boolean;
  readonly isStatic: boolean;
}

function readImport(node: Node): Import[] {
  const name = childrenOf(node).find(({ type }) => /identifier$/.test(type))?.text;
  if (name === undefined) return [];
  return [
    {
      name: name.replace(/\s/g, ''),
      isAll: childrenOf(node).some(({ type }) => type === 'asterisk'),
      isStatic: node.children.some((child) => child?.type === 'static'),
    },
  ];
}

/** A class is a name of its package; what is imported of a class is a name behind it. */
function toImport({ name, isAll, isStatic }: Import): Statement[] {
  if (isAll) return [{ kind: 'import-all', module: name }];
  const parts = name.split('.');
  const local = parts.at(-1) ?? name;
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  const at = first > 0 ? first : parts.length - (isStatic ? 2 : 1);
  return at <= 0
    ? []
    : [
        {
          kind: 'import',
          local,
          module: parts.slice(0, at).join('.'),
          imported: parts.slice(at).join('.'),
        },
      ];
}

/** Fields with a literal text: where a text is taken apart, their names are read through. */
function readConstants(root: Node): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const field of root.descendantsOfType(['field_declaration', 'constant_declaration'])) {
    for (const declarator of field?.childrenForFieldName('declarator') ?? []) {
      const name = declarator?.childForFieldName('name')?.text;
      const value = declarator?.childForFieldName('value');
      if (name !== undefined && value?.type === 'string_literal')
        found.set(name, { kind: 'text', text: readLiteral(value.text) });
    }
  }
  return found;
}

/** The simple names of the types in the client table. */
const clientTypes: readonly string[] = javaClients.flatMap(({ calls }) =>
  calls.map((call) => call.slice(call.lastIndexOf('.') + 1)),
);

/** The types that the file declares. */
function readTypes(root: Node): string[] {
  return root
    .descendantsOfType([
      'class_declaration',
      'record_declaration',
      'enum_declaration',
      'interface_declaration',
    ])
    .flatMap((type) => type?.childForFieldName('name')?.text ?? []);
}
