import type { Argument, CallExpression, Expression, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf } from '../tree-sitter.ts';
import { importsAny, type JavaLowering, sourceOf } from './java-lowering.ts';
import { readPlaceholders, toSetting } from './java-texts.ts';

/** An annotation as written, with its texts' placeholders opened. */
export interface Annotation {
  readonly name: string;
  readonly call: CallExpression;
  /** The source of its arguments. */
  readonly written: string;
}

/** The annotations before a declaration. */
export function readAnnotations(declaration: Node, lowering: JavaLowering): Annotation[] {
  const modifiers = childrenOf(declaration).find(({ type }) => type === 'modifiers');
  return modifiers
    ? childrenOf(modifiers).flatMap((child) => readAnnotation(child, lowering) ?? [])
    : [];
}

function readAnnotation(node: Node, lowering: JavaLowering): Annotation | undefined {
  if (!/annotation$/.test(node.type)) return undefined;
  const name = node.childForFieldName('name')?.text ?? '';
  const list = node.childForFieldName('arguments');
  const args = list ? childrenOf(list).flatMap((each) => readArgument(each, lowering)) : [];
  const call: CallExpression = {
    kind: 'call',
    target: { kind: 'name', name: `@${name}` },
    args,
    source: sourceOf(node),
    ...positionOf(node),
  };
  return { name: name.slice(name.lastIndexOf('.') + 1), call, written: list?.text ?? '' };
}

/** Empty texts are what annotations have where nothing is given, so they are left out. */
function readArgument(node: Node, lowering: JavaLowering): Argument[] {
  if (node.type.endsWith('comment')) return [];
  const isPair = node.type === 'element_value_pair';
  const name = isPair ? node.childForFieldName('key')?.text : undefined;
  const written = isPair ? node.childForFieldName('value') : node;
  if (!written) return [];
  const value = readValue(written, lowering);
  if (value.kind === 'text' && value.text === '') return [];
  return [{ ...(name === undefined ? {} : { name }), value }];
}

function readValue(node: Node, lowering: JavaLowering): Expression {
  if (/annotation$/.test(node.type)) {
    const nested = readAnnotation(node, lowering);
    return {
      kind: 'object',
      entries: (nested?.call.args ?? []).map(({ name, value }) => ({
        key: name ?? 'value',
        value,
      })),
    };
  }
  if (node.type === 'element_value_array_initializer') {
    const items = childrenOf(node)
      .filter(({ type }) => !type.endsWith('comment'))
      .map((child) => readValue(child, lowering));
    const [only] = items;
    return items.length === 1 && only ? only : { kind: 'list', items };
  }
  return openPlaceholders(lowering.expression(node));
}

function openPlaceholders(expression: Expression): Expression {
  if (expression.kind === 'text' && /[$#]\{/.test(expression.text))
    return readPlaceholders(expression.text);
  return expression.kind === 'join'
    ? { kind: 'join', parts: expression.parts.map(openPlaceholders) }
    : expression;
}

/** The argument of that name; the one without a name is `value`. */
export function argumentOf({ call }: Annotation, name: string): Expression | undefined {
  return call.args.find((argument) => (argument.name ?? 'value') === name)?.value;
}

const valueNames = /^(?:Value|ConfigProperty|Property)$/;

/** The setting that a field or parameter is given: `@Value("${a.b:c}")`, `@ConfigProperty(name = "a.b")`. */
export function settingOf(annotations: readonly Annotation[]): Expression | undefined {
  const found = annotations.find(({ name, call }) => valueNames.test(name) && call.args.length > 0);
  if (!found) return undefined;
  if (found.name === 'Value') return argumentOf(found, 'value');
  const name = argumentOf(found, 'name') ?? argumentOf(found, 'value');
  return name?.kind === 'text'
    ? toSetting(name.text, argumentOf(found, 'defaultValue'))
    : undefined;
}

/** Annotations as calls, one for each of the queues or topics that a listener names. */
export function toAnnotationCalls(
  annotations: readonly Annotation[],
  lowering: JavaLowering,
  declaredType?: string,
): Statement[] {
  return annotations
    .filter((annotation) => !valueNames.test(annotation.name))
    .flatMap((annotation) => split(adapt(annotation, lowering, declaredType)))
    .map((value) => ({ kind: 'expression', value }));
}

function split(call: CallExpression): CallExpression[] {
  const name = call.target.kind === 'name' ? call.target.name : '';
  const listed = call.args.find(({ value }) => value.kind === 'list' && value.items.length > 1);
  if (!/Listener$/.test(name) || listed?.value.kind !== 'list') return [call];
  return listed.value.items.map((value) => ({
    ...call,
    args: call.args.map((each) => (each === listed ? { ...each, value } : each)),
  }));
}

/** What an annotation says by more than its arguments. */
function adapt(
  annotation: Annotation,
  lowering: JavaLowering,
  declaredType: string | undefined,
): CallExpression {
  const { call, name } = annotation;
  const value = argumentOf(annotation, 'value');
  switch (name) {
    case 'GrpcClient': {
      if (value?.kind !== 'text') return call;
      const setting = importsAny(lowering, ['io.quarkus'])
        ? `quarkus.grpc.clients.${value.text}.host`
        : `grpc.client.${value.text}.address`;
      return { ...call, args: [{ value: toSetting(setting, value) }] };
    }
    case 'MessageDriven': {
      const config = argumentOf(annotation, 'activationConfig');
      const items = config?.kind === 'list' ? config.items : config ? [config] : [];
      return { ...call, args: [...call.args, ...items.flatMap(toProperty)] };
    }
    case 'Channel': {
      const isEmitter = /Emitter$/.test(declaredType ?? '');
      return useOf(call, isEmitter ? 'send' : 'receive');
    }
    default:
      return call;
  }
}

/** `@ActivationConfigProperty(propertyName = "destination", propertyValue = "queue/x")`. */
function toProperty(item: Expression): Argument[] {
  if (item.kind !== 'object') return [];
  const find = (key: string): Expression | undefined =>
    item.entries.find((entry) => entry.key === key)?.value;
  const name = find('propertyName');
  const value = find('propertyValue');
  return name?.kind === 'text' && value ? [{ name: name.text, value }] : [];
}

/** A use of what an annotation opens, as a method of it. */
export function useOf(call: CallExpression, name: string): CallExpression {
  return { ...call, target: { kind: 'member', object: call, name }, args: [] };
}
