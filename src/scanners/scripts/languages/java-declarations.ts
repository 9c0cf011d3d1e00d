import type { Expression, FunctionBody, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';
import {
  type Annotation,
  argumentOf,
  readAnnotations,
  settingOf,
  toAnnotationCalls,
} from './java-annotations.ts';
import { argumentsOf, nameOfType, toNames, typeArgumentsOf } from './java-calls.ts';
import { isDeclaredClient, lowerDeclaredClient } from './java-declared-clients.ts';
import { readParameters } from './java-expressions.ts';
import { type JavaLowering, noteSettings, sourceOf } from './java-lowering.ts';
import { lowerDeclaration } from './java-statements.ts';
import { toSetting } from './java-texts.ts';

/** Lowers a class, interface, record or enum, with what its annotations and supertypes stand for. */
export function lowerType(node: Node, lowering: JavaLowering): Statement[] {
  const name = node.childForFieldName('name')?.text ?? '';
  const outer = { className: lowering.className, superclass: lowering.superclass };
  const supertypes = listSupertypes(node);
  const annotations = readAnnotations(node, lowering);
  lowering.className = name;
  lowering.superclass = supertypes[0] ? nameOfType(supertypes[0]) : undefined;
  const body = node.childForFieldName('body');
  const members = [
    ...(node.type === 'record_declaration' ? lowerComponents(node, annotations) : []),
    ...(body ? lowerMembers(body, lowering) : []),
  ];
  Object.assign(lowering, outer);
  const generated = lowerGenerated(members, annotations);
  return [
    ...toAnnotationCalls(
      annotations.filter((annotation) => !isDeclaredClient(annotation)),
      lowering,
    ),
    ...lowerDeclaredClient(node, annotations, lowering),
    ...supertypes.flatMap(lowerRepository),
    {
      kind: 'class',
      name,
      // A nested class sees the names of the one around it.
      supertypes: [
        ...supertypes.map(nameOfType),
        ...(outer.className === '' ? [] : [outer.className]),
      ],
      members: [...bindSettings(members, annotations), ...generated],
    },
  ];
}

function listSupertypes(node: Node): Node[] {
  return childrenOf(node)
    .filter(({ type }) => /^(?:superclass|super_interfaces|extends_interfaces)$/.test(type))
    .flatMap((child) =>
      childrenOf(child).flatMap((each) => (each.type === 'type_list' ? childrenOf(each) : [each])),
    );
}

const repositories = /(?:Repository|PanacheEntity(?:Base)?)$/;

/** `interface Orders extends JpaRepository<Order, Long>` uses the store that the settings name. */
function lowerRepository(supertype: Node): Statement[] {
  const name = nameOfType(supertype);
  if (!repositories.test(name)) return [];
  return [
    {
      kind: 'expression',
      value: {
        kind: 'call',
        target: toNames(name),
        args: [],
        isNew: true,
        typeArguments: typeArgumentsOf(supertype),
        source: sourceOf(supertype),
        ...positionOf(supertype),
      },
    },
  ];
}

/** The members of a class body, of an enum's, of an interface's. */
export function lowerMembers(body: Node, lowering: JavaLowering): Statement[] {
  return childrenOf(body).flatMap((member): Statement[] => {
    switch (member.type) {
      case 'field_declaration':
      case 'constant_declaration':
        return lowerField(member, lowering);
      case 'method_declaration':
      case 'constructor_declaration':
      case 'compact_constructor_declaration':
        return lowerFunction(member, lowering);
      case 'enum_constant':
        return [lowerEnumConstant(member, lowering)];
      case 'enum_body_declarations':
        return lowerMembers(member, lowering);
      case 'static_initializer':
      case 'block':
        return [{ kind: 'block', body: childrenOf(member).flatMap(lowering.statements) }];
      case 'class_declaration':
      case 'record_declaration':
      case 'interface_declaration':
      case 'enum_declaration':
        return lowerType(member, lowering);
      case 'ERROR':
        return childrenOf(member).flatMap(lowering.statements);
      default:
        return [];
    }
  });
}

function lowerField(field: Node, lowering: JavaLowering): Statement[] {
  const annotations = readAnnotations(field, lowering);
  const type = field.childForFieldName('type');
  const setting = settingOf(annotations);
  const declared = lowerDeclaration(field, lowering, false).map(
    (statement): Statement =>
      setting && statement.kind === 'assign' && statement.value === undefined
        ? { ...statement, value: setting }
        : statement,
  );
  return [
    ...toAnnotationCalls(annotations, lowering, type ? nameOfType(type) : undefined),
    ...declared,
  ];
}

const toldByParameter = /^(?:Channel|GrpcClient)$/;

function lowerFunction(method: Node, lowering: JavaLowering): Statement[] {
  const list = method.childForFieldName('parameters');
  const body = method.childForFieldName('body');
  const isConstructor = method.type !== 'method_declaration';
  const before = [...lowering.urlConnections];
  const settingsBefore = [...lowering.settingsTypes];
  lowering.requested.clear();
  const given = list
    ? childrenOf(list).flatMap((node) => {
        const [parameter] = readParameters([node]);
        return parameter ? [{ parameter, node, annotations: readAnnotations(node, lowering) }] : [];
      })
    : [];
  for (const { parameter } of given) noteSettings(parameter.name, parameter.type, lowering);
  const settings = given.flatMap(({ parameter, annotations }): Statement[] => {
    const value = settingOf(annotations);
    const target: Expression = { kind: 'name', name: parameter.name };
    return value ? [{ kind: 'assign', target, value, isDeclaration: true }] : [];
  });
  const statements = body ? lowering.statements(body) : [];
  lowering.urlConnections.clear();
  for (const name of before) lowering.urlConnections.add(name);
  lowering.settingsTypes.clear();
  for (const [name, type] of settingsBefore) lowering.settingsTypes.set(name, type);
  return [
    ...toAnnotationCalls(readAnnotations(method, lowering), lowering),
    ...given.flatMap(({ annotations, node }) =>
      toAnnotationCalls(
        annotations.filter(({ name }) => toldByParameter.test(name)),
        lowering,
        typeNameOf(node),
      ),
    ),
    {
      kind: 'function',
      name: isConstructor ? 'constructor' : (method.childForFieldName('name')?.text ?? ''),
      function: {
        parameters: given.map(({ parameter }) => parameter),
        body: [...settings, ...statements],
      },
    },
  ];
}

function typeNameOf(parameter: Node): string | undefined {
  const type = parameter.childForFieldName('type');
  return type ? nameOfType(type) : undefined;
}

/** `PROD("https://erp.example")` is an instance of its enum. */
function lowerEnumConstant(constant: Node, lowering: JavaLowering): Statement {
  const name = constant.childForFieldName('name')?.text ?? '';
  return {
    kind: 'assign',
    target: { kind: 'name', name },
    value: {
      kind: 'call',
      target: { kind: 'name', name: lowering.className },
      args: argumentsOf(constant, lowering).map((value) => ({ value })),
      isNew: true,
      source: sourceOf(constant),
      ...positionOf(constant),
    },
  };
}

const thisMember = (name: string): Expression => ({
  kind: 'member',
  object: { kind: 'name', name: 'this' },
  name,
});

/** A record's components: fields that its constructor sets, and methods that give them back. */
function lowerComponents(record: Node, annotations: readonly Annotation[]): Statement[] {
  const list = record.childForFieldName('parameters');
  const parameters = list ? readParameters(childrenOf(list)) : [];
  const isBound = annotations.some(({ name }) => name === 'ConfigurationProperties');
  const made: FunctionBody = {
    parameters,
    body: parameters.map(({ name }) => ({
      kind: 'assign',
      target: thisMember(name),
      value: { kind: 'name', name },
    })),
  };
  return [
    ...parameters.map(
      ({ name, type }): Statement => ({
        kind: 'assign',
        target: { kind: 'name', name },
        ...(type === undefined ? {} : { type }),
      }),
    ),
    // What a framework makes from settings is not set by a call.
    ...(isBound ? [] : [{ kind: 'function', name: 'constructor', function: made } as const]),
    ...parameters.map(({ name }) => toGetter(name, name)),
  ];
}

function toGetter(name: string, field: string): Statement {
  return {
    kind: 'function',
    name,
    function: { parameters: [], body: [{ kind: 'return', value: thisMember(field) }] },
  };
}

/** Getters that Lombok writes. */
function lowerGenerated(
  members: readonly Statement[],
  annotations: readonly Annotation[],
): Statement[] {
  if (!annotations.some(({ name }) => /^(?:Data|Getter|Value)$/.test(name))) return [];
  return members.flatMap((member): Statement[] => {
    if (member.kind !== 'assign' || member.target.kind !== 'name') return [];
    const { name } = member.target;
    return [toGetter(`get${name.charAt(0).toUpperCase()}${name.slice(1)}`, name)];
  });
}

/** The fields of a class that a framework fills from the settings under a prefix. */
function bindSettings(
  members: readonly Statement[],
  annotations: readonly Annotation[],
): readonly Statement[] {
  const bound = annotations.find(({ name }) =>
    /^(?:ConfigurationProperties|ConfigMapping)$/.test(name),
  );
  const prefix = bound ? (argumentOf(bound, 'prefix') ?? argumentOf(bound, 'value')) : undefined;
  if (prefix?.kind !== 'text') return members;
  return members.map((member): Statement => {
    if (member.kind !== 'assign' || member.target.kind !== 'name') return member;
    const isPlain = member.value === undefined || member.value.kind === 'text';
    if (!isPlain || member.type !== undefined) return member;
    const name = `${prefix.text}.${member.target.name}`;
    return { ...member, value: toSetting(name, member.value) };
  });
}
