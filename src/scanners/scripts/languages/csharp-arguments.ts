import type { Argument, Expression, Parameter } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';
import { type Lowering, partsOf } from './csharp-lowering.ts';
import { nameType } from './csharp-types.ts';

/** The parameters of a method, lambda or record; a `params` array stands among them without a node of its own. */
export function lowerParameters(list: Node | null, lowering: Lowering): Parameter[] {
  if (!list) return [];
  const parameters: Parameter[] = [];
  for (const part of partsOf(list)) {
    if (part.type === 'identifier') parameters.push({ name: part.text });
    if (part.type !== 'parameter') continue;
    const name = part.childForFieldName('name');
    const typeNode = part.childForFieldName('type');
    const type = nameType(typeNode);
    const given = partsOf(part).find(
      (each) => each.startIndex > (name?.endIndex ?? Number.POSITIVE_INFINITY),
    );
    parameters.push({
      name: name?.text ?? '_',
      ...(type === undefined ? {} : { type }),
      ...(given ? { fallback: lowering.expression(given, type) } : {}),
    });
  }
  return parameters;
}

/** The arguments of a call, a `new` or an attribute. */
export function lowerArguments(list: Node | null, lowering: Lowering): Argument[] {
  if (!list) return [];
  return partsOf(list).flatMap((part): Argument[] => {
    if (part.type !== 'argument' && part.type !== 'attribute_argument') return [];
    const value = unwrapArgument(part);
    if (part.type === 'attribute_argument' && value?.type === 'assignment_expression') {
      const name = value.childForFieldName('left')?.text ?? '';
      return [{ name, value: lowering.expression(value.childForFieldName('right')) }];
    }
    const name = part.childForFieldName('name')?.text;
    const lowered: Expression =
      value === null && /^(?:this|base)$/.test(part.text)
        ? { kind: 'name', name: 'this' }
        : lowering.expression(value);
    const isReference = /^(?:out|ref)\s/.test(part.text);
    return [
      {
        ...(name === undefined ? {} : { name }),
        value: isReference ? { kind: 'reference', target: lowered } : lowered,
      },
    ];
  });
}

/** The expression in an argument, behind its name. */
export function unwrapArgument(node: Node): Node | null {
  if (node.type !== 'argument' && node.type !== 'attribute_argument') return node;
  const name = node.childForFieldName('name');
  return partsOf(node).find((part) => part.id !== name?.id) ?? null;
}
