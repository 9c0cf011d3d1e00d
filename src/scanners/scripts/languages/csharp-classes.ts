import type { Expression, Parameter, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { lowerParameters } from './csharp-arguments.ts';
import {
  lowerAttributes,
  lowerGenericSupertypes,
  lowerParameterAttributes,
} from './csharp-attributes.ts';
import { nameTypedClient } from './csharp-calls.ts';
import { findPart, type Lowering, partsOf } from './csharp-lowering.ts';
import { lowerRefitMethod } from './csharp-refit.ts';
import { isReceiver, nameLast, nameType } from './csharp-types.ts';

type Constructor = Extract<Statement, { kind: 'function' }>;

/**
 * A class, record, struct or interface. Properties that are expressions are worked out behind the
 * fields that the constructor sets, as their values come out of those.
 */
export function lowerClass(node: Node, lowering: Lowering): Statement[] {
  const name = node.childForFieldName('name')?.text ?? '';
  const bases = findPart(node, 'base_list');
  const body = node.childForFieldName('body');
  const members: Statement[] = [];
  const constructors: Constructor[] = [];
  const computed: Statement[] = [];
  const extensions: Statement[] = [];
  const primary = findPart(node, 'parameter_list');
  if (primary) {
    const { fields, made } = lowerPrimary(name, primary, lowering);
    members.push(...fields);
    constructors.push(made);
  }
  const visit = (part: Node): void => {
    switch (part.type) {
      case 'field_declaration':
        members.push(
          ...partsOf(part)
            .filter(({ type }) => type === 'variable_declaration')
            .flatMap((each) => lowering.variables(each, false))
            .map((field) => holdOpen(field, name)),
        );
        return;
      case 'property_declaration':
      case 'indexer_declaration':
        lowerProperty(part, name, lowering, members, computed);
        return;
      case 'constructor_declaration':
        constructors.push(lowerConstructor(name, part, lowering));
        return;
      case 'method_declaration':
      case 'operator_declaration':
      case 'conversion_operator_declaration':
      case 'destructor_declaration':
        (isExtension(part) ? extensions : members).push(
          ...lowerMethod(part, name, node.type === 'interface_declaration', lowering),
        );
        return;
      case 'preproc_if':
      case 'preproc_else':
      case 'preproc_elif':
        for (const inner of partsOf(part)) visit(inner);
        return;
      default:
        members.push(...lowering.statements(part));
    }
  };
  for (const part of body ? partsOf(body) : []) visit(part);
  for (const member of [...members, ...computed])
    if (member.kind === 'assign' && 'name' in member.target)
      lowering.members.add(member.target.name);
  const [main, ...others] = sortConstructors(constructors);
  if (main || computed.length > 0)
    members.push({
      kind: 'function',
      name: 'constructor',
      function: {
        parameters: main?.function.parameters ?? [],
        body: [...(main?.function.body ?? []), ...computed],
      },
    });
  return [
    ...lowerAttributes(node, lowering),
    ...lowerGenericSupertypes(bases),
    {
      kind: 'class',
      name,
      supertypes: bases
        ? partsOf(bases)
            .filter(({ type }) => type !== 'argument_list')
            .map(nameLast)
        : [],
      members: [...members, ...others],
    },
    ...extensions,
  ];
}

/** The constructor with the most parameters is the one that dependency injection takes. */
function sortConstructors(constructors: readonly Constructor[]): Constructor[] {
  return [...constructors].sort(
    (a, b) => b.function.parameters.length - a.function.parameters.length,
  );
}

/** `class X(HttpClient http)`: the parameters are fields that all methods see. */
function lowerPrimary(
  className: string,
  list: Node,
  lowering: Lowering,
): { fields: Statement[]; made: Constructor } {
  const parameters = lowerParameters(list, lowering);
  const fields = parameters.map(
    ({ name, fallback }): Statement => ({
      kind: 'assign',
      target: { kind: 'name', name },
      ...(fallback ? { value: fallback } : {}),
      isDeclaration: true,
    }),
  );
  const made: Constructor = {
    kind: 'function',
    name: 'constructor',
    function: {
      parameters,
      body: [
        ...lowering.injected(parameters),
        ...listTypedClients(className, parameters),
        ...parameters.map(
          ({ name }): Statement => ({
            kind: 'assign',
            target: { kind: 'member', object: { kind: 'name', name: 'this' }, name },
            value: { kind: 'name', name },
          }),
        ),
      ],
    },
  };
  return { fields, made };
}

function lowerConstructor(className: string, node: Node, lowering: Lowering): Constructor {
  const parameters = lowerParameters(node.childForFieldName('parameters'), lowering);
  const first = listTypedClients(className, parameters);
  return { kind: 'function', name: 'constructor', function: lowering.function(node, first) };
}

/** An HTTP client that is injected into a class has the base address that the class is registered with. */
function listTypedClients(className: string, parameters: readonly Parameter[]): Statement[] {
  return parameters
    .filter(({ type }) => type === 'HttpClient' || type === 'System.Net.Http.HttpClient')
    .map(({ name }) => ({
      kind: 'assign',
      target: { kind: 'member', object: { kind: 'name', name }, name: 'BaseAddress' },
      value: { kind: 'name', name: nameTypedClient(className) },
    }));
}

function lowerProperty(
  node: Node,
  className: string,
  lowering: Lowering,
  members: Statement[],
  computed: Statement[],
): void {
  members.push(...lowerAttributes(node, lowering));
  const name = node.childForFieldName('name')?.text;
  const type = nameType(node.childForFieldName('type'));
  const value = node.childForFieldName('value');
  const accessors = node.childForFieldName('accessors');
  const bodies = accessors
    ? partsOf(accessors).filter((accessor) => accessor.childForFieldName('body'))
    : [];
  const getter = bodies.find((accessor) => accessor.childForFieldName('name')?.text === 'get');
  const body = getter?.childForFieldName('body') ?? null;
  const expression =
    value?.type === 'arrow_expression_clause'
      ? (partsOf(value)[0] ?? null)
      : body?.type === 'arrow_expression_clause'
        ? (partsOf(body)[0] ?? null)
        : findReturned(body);
  for (const accessor of bodies) {
    if (expression !== null && accessor.id === getter?.id) continue;
    members.push({
      kind: 'function',
      name: `${accessor.childForFieldName('name')?.text ?? 'get'}_${name ?? 'item'}`,
      function: { parameters: [], body: lowering.body(accessor.childForFieldName('body')) },
    });
  }
  if (name === undefined) return;
  const typed = type === undefined ? {} : { type };
  if (expression) {
    computed.push({
      kind: 'assign',
      target: { kind: 'member', object: { kind: 'name', name: 'this' }, name },
      value: lowering.expression(expression, type),
    });
    return;
  }
  members.push(
    holdOpen(
      {
        kind: 'assign',
        target: { kind: 'name', name },
        ...(value ? { value: lowering.expression(value, type) } : {}),
        ...typed,
      },
      className,
    ),
  );
}

/** A field without a value is one that a constructor, or another part of the class, gives a value. */
function holdOpen(field: Statement, className: string): Statement {
  if (field.kind !== 'assign' || field.value || field.target.kind !== 'name') return field;
  const value: Expression = {
    kind: 'member',
    object: { kind: 'name', name: className },
    name: field.target.name,
  };
  return { ...field, value };
}

/** The value of a getter that is one `return`. */
function findReturned(body: Node | null): Node | null {
  const [only, ...rest] = body?.type === 'block' ? partsOf(body) : [];
  return only?.type === 'return_statement' && rest.length === 0 ? (partsOf(only)[0] ?? null) : null;
}

function lowerMethod(
  node: Node,
  className: string,
  isInterface: boolean,
  lowering: Lowering,
): Statement[] {
  const refit = isInterface ? lowerRefitMethod(node, className, lowering) : undefined;
  return [
    ...(refit ?? lowerAttributes(node, lowering)),
    ...lowerParameterAttributes(node.childForFieldName('parameters'), lowering),
    {
      kind: 'function',
      name: node.childForFieldName('name')?.text ?? 'operator',
      function: lowering.function(node),
    },
  ];
}

/** Whether a method extends its first parameter: callers do not name the class that it stands in. */
function isExtension(node: Node): boolean {
  const list = node.childForFieldName('parameters');
  const [first] = list ? partsOf(list) : [];
  return first !== undefined && isReceiver(first);
}
